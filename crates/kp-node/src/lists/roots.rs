//! The root keys that a verifier pins: a small text that people can compare word for word.
//!
//! ```text
//! kpcs root keys
//! threshold 2
//! 02ab...   holder of the first key
//! 03cd...   holder of the second key
//! ```

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use kp_certificate::lists::{Roots, Signers};
use kp_sign::{PublicKey, SigningKey};

use crate::{
    folder::write_whole,
    keyring::{new_key, random},
};

const TITLE: &str = "kpcs root keys";

/// One root key with its holder, for the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootFile {
    /// Who holds it.
    pub holder: String,
    /// Its public half.
    pub key: PublicKey,
}

/// The text that pins these keys.
pub fn roots_to_text(threshold: u32, roots: &[RootFile]) -> String {
    let lines = roots.iter().map(|root| format!("{} {}\n", kp_sign::hex(&root.key.to_bytes()), root.holder));
    format!("{TITLE}\nthreshold {threshold}\n{}", lines.collect::<String>())
}

/// Reads the text.
///
/// # Errors
/// Where a line does not read, a key stands twice, or more signatures are asked for than keys are there.
pub fn roots_from_text(text: &str) -> Result<Roots> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).zip(1..);
    ensure!(
        lines.next().is_some_and(|(line, _)| line == TITLE),
        "a file of root keys begins with the line {TITLE:?}"
    );
    let threshold = lines
        .next()
        .and_then(|(line, _)| line.strip_prefix("threshold ").and_then(|count| count.parse::<u32>().ok()))
        .context("the second line says how many must sign, for example: threshold 2")?;
    let mut keys: Vec<PublicKey> = Vec::new();
    for (line, number) in lines {
        let hex = line.split_whitespace().next().unwrap_or_default();
        let Some(key) = kp_registry::name_officer::public_key(hex) else {
            let number: usize = number;
            bail!("line {number} does not begin with a public key of 66 hexadecimal digits");
        };
        ensure!(!keys.contains(&key), "the key {hex} stands there twice");
        keys.push(key);
    }
    ensure!(
        threshold >= 1 && usize::try_from(threshold)? <= keys.len(),
        "threshold {threshold} does not fit {} keys",
        keys.len()
    );
    Ok(Signers::new(threshold, keys))
}

/// Makes a root key and keeps it in a new file under a passphrase.
///
/// # Errors
/// Where the file is there already or cannot be written.
pub fn make_root_key(file: &Path, passphrase: &str) -> Result<PublicKey> {
    ensure!(!file.exists(), "{} is there already; a key is never written over", file.display());
    let key = new_key()?;
    let pem = key.to_encrypted_pem(passphrase, random::<16>()?, random::<16>()?)?;
    write_whole(file, pem.as_bytes(), true)?;
    Ok(key.public())
}

/// Opens a root key's file.
///
/// # Errors
/// Where it cannot be read or the passphrase is wrong.
pub fn open_root_key(file: &Path, passphrase: &str) -> Result<SigningKey> {
    let pem = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    SigningKey::from_encrypted_pem(&pem, passphrase).with_context(|| format!("opening {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::{RootFile, roots_from_text, roots_to_text};

    fn root(seed: u8) -> RootFile {
        let key = kp_sign::SigningKey::from_bytes(&[seed; 32]).unwrap().public();
        RootFile { holder: format!("holder {seed}"), key }
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = roots_to_text(2, &[root(1), root(2), root(3)]);
        let roots = roots_from_text(&text).unwrap();
        assert_eq!((roots.threshold, roots.keys.len()), (2, 3));
        assert_eq!(roots_from_text(&text.replace('\n', "\r\n\r\n")).unwrap(), roots);
    }

    #[test]
    fn what_does_not_pin_anything_is_refused() {
        let text = roots_to_text(2, &[root(1), root(2)]);
        for (bad, why) in [
            (text.replace("kpcs root", "root"), "begins with the line"),
            (text.replace("threshold 2", "threshold two"), "how many must sign"),
            (text.replace("threshold 2", "threshold 3"), "does not fit 2 keys"),
            (text.replace("threshold 2", "threshold 0"), "does not fit 2 keys"),
            (roots_to_text(1, &[root(1), root(1)]), "stands there twice"),
            (text.replace("\n02", "\n09").replace("\n03", "\n09"), "does not begin with a public key"),
        ] {
            let sentence = roots_from_text(&bad).unwrap_err().to_string();
            assert!(sentence.contains(why), "{sentence}");
        }
    }
}
