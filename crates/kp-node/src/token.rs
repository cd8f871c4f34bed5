//! A document key in a PKCS#11 token or hardware module, which signs and never gives the key away.
//!
//! security 7.3: a USB token is enough for an office of five certificates a week. The token is found by its label and the
//! key by its own, so that a token in another slot after a restart is still found. Built with the feature `hsm` only
//! (rulings 28); without it a key in a token is named, and refused with a sentence. Never keeps a PIN on disk.

use std::path::PathBuf;

use anyhow::{Result, bail};
use kp_log::DocumentSigner;

#[cfg(feature = "hsm")]
mod key;
#[cfg(feature = "hsm")]
pub use key::TokenKey;

/// Where a key lies in a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenPlace {
    /// The library of the token's maker: `/usr/lib/softhsm/libsofthsm2.so`.
    pub module: PathBuf,
    /// Label of the token.
    pub token: String,
    /// Label of the key in it.
    pub key: String,
}

impl TokenPlace {
    /// Three lines, `module = ...`, `token = ...`, `key = ...`.
    pub(crate) fn to_text(&self) -> Result<String> {
        let lines = [
            ("module", self.module.display().to_string()),
            ("token", self.token.clone()),
            ("key", self.key.clone()),
        ];
        if lines.iter().any(|(_, value)| value.contains(['\n', '\r'])) {
            bail!("the labels of token and key must each be one line");
        }
        Ok(lines.iter().map(|(name, value)| format!("{name} = {value}\n")).collect())
    }

    /// Reads what [`TokenPlace::to_text`] wrote.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let value = |name: &str| {
            text.lines().find_map(|line| {
                let (found, value) = line.split_once('=')?;
                (found.trim() == name).then(|| value.trim().to_owned())
            })
        };
        Some(Self { module: value("module")?.into(), token: value("token")?, key: value("key")? })
    }

    /// Opens the key with the token's PIN.
    #[cfg(feature = "hsm")]
    pub(crate) fn open(&self, pin: &str) -> Result<DocumentSigner> {
        Ok(std::sync::Arc::new(TokenKey::open(self, pin)?))
    }

    #[cfg(not(feature = "hsm"))]
    pub(crate) fn open(&self, _pin: &str) -> Result<DocumentSigner> {
        bail!(
            "the key {:?} lies in the token {:?}, and this kpcs was built without tokens; build it with `--features hsm`",
            self.key,
            self.token
        )
    }
}

#[cfg(test)]
mod tests {
    use super::TokenPlace;

    #[test]
    fn where_a_key_lies_is_written_in_three_lines() {
        let place = TokenPlace {
            module: "/usr/lib/softhsm/libsofthsm2.so".into(),
            token: "XA diamond office = 1".into(),
            key: "documents 2026".into(),
        };
        assert_eq!(TokenPlace::from_text(&place.to_text().unwrap()), Some(place.clone()));
        assert_eq!(TokenPlace::from_text("module = x\ntoken = y\n"), None);
        assert!(TokenPlace { key: "two\nlines".into(), ..place }.to_text().is_err());
    }
}
