//! The provider that an office named: `ministry.toml` in the data folder.
//!
//! ```toml
//! issuer = "https://sso.ministry.example/realms/diamonds"   # as the provider names itself
//! client_id = "kpcs"
//! client_secret_file = "ministry.secret"   # for its owner only; or the environment variable KPCS_MINISTRY_SECRET
//! root_file = "ministry-root.pem"          # where the provider's certificate is the ministry's own
//! scopes = ["profile"]                     # beside openid, where a name is to be shown
//! session_minutes = 0                      # how old a sign-in there may be; 0: anew each time
//! [label]
//! fr = "Se connecter avec le compte du ministère"
//! ```

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, bail, ensure};
use openidconnect::{IssuerUrl, url::Url};
use serde::Deserialize;
use zeroize::Zeroizing;

/// The file's name.
pub const FILE: &str = "ministry.toml";
/// The environment variable that the secret may come in.
pub const SECRET: &str = "KPCS_MINISTRY_SECRET";
/// Languages that a label may be in.
const LANGUAGES: [&str; 3] = ["en", "fr", "pt"];
/// The longest that a sign-in of earlier may serve: a working day.
const LONGEST_SESSION: i64 = 720;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: String,
    client_id: String,
    client_secret_file: Option<String>,
    root_file: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    session_minutes: i64,
    #[serde(default)]
    label: BTreeMap<String, String>,
}

/// What the office wrote, checked.
pub(crate) struct Configuration {
    pub(crate) issuer: IssuerUrl,
    /// Whether the provider is on this machine, in the clear.
    pub(crate) is_local: bool,
    pub(crate) client_id: String,
    pub(crate) secret: Zeroizing<String>,
    /// The only roots that are believed, PEM; none: those of the public web.
    pub(crate) roots: Option<Vec<u8>>,
    pub(crate) scopes: Vec<String>,
    pub(crate) session_minutes: i64,
    pub(crate) label: BTreeMap<String, String>,
}

impl Configuration {
    /// What a data folder says; none where it names no provider.
    pub(crate) fn of_folder(folder: &Path, from_environment: Option<String>) -> Result<Option<Self>> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Self::of_text(&text, folder, from_environment)
            .map(Some)
            .with_context(|| format!("in {}", path.display()))
    }

    fn of_text(text: &str, folder: &Path, from_environment: Option<String>) -> Result<Self> {
        let file: File = toml::from_str(text)?;
        let issuer = IssuerUrl::new(file.issuer.clone()).with_context(|| {
            format!("issuer {:?} is no address; write for example https://sso.ministry.example", file.issuer)
        })?;
        let is_local = is_this_machine(issuer.url());
        ensure!(
            issuer.url().scheme() == "https" || (issuer.url().scheme() == "http" && is_local),
            "issuer {:?} is not asked: a provider is reached over https; in the clear only on this machine",
            file.issuer
        );
        ensure!(!file.client_id.trim().is_empty(), "client_id is empty: the provider gives it");
        ensure!(
            (0..=LONGEST_SESSION).contains(&file.session_minutes),
            "session_minutes is {}; write 0, so that officers sign in anew each time, to {LONGEST_SESSION}",
            file.session_minutes
        );
        if let Some(unknown) = file.label.keys().find(|language| !LANGUAGES.contains(&language.as_str())) {
            bail!("label.{unknown}: pages are in {}", LANGUAGES.join(", "));
        }
        let roots = match &file.root_file {
            Some(root) => {
                Some(std::fs::read(folder.join(root)).with_context(|| format!("reading root_file {root}"))?)
            }
            None => None,
        };
        Ok(Self {
            issuer,
            is_local,
            client_id: file.client_id,
            secret: secret(file.client_secret_file.as_deref(), folder, from_environment)?,
            roots,
            scopes: file.scopes,
            session_minutes: file.session_minutes,
            label: file.label,
        })
    }
}

/// The client's secret: from the environment where it is there, else from a file that nobody else reads.
fn secret(file: Option<&str>, folder: &Path, from_environment: Option<String>) -> Result<Zeroizing<String>> {
    let text = match (from_environment, file) {
        (Some(text), _) => Zeroizing::new(text),
        (None, Some(file)) => {
            let path = folder.join(file);
            is_for_owner(&path)?;
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("reading client_secret_file {}", path.display()))?;
            Zeroizing::new(text)
        }
        (None, None) => {
            bail!("client_secret_file is missing, and {SECRET} is not set: one of them is needed")
        }
    };
    let text = Zeroizing::new(text.trim().to_owned());
    ensure!(!text.is_empty(), "the client's secret is empty");
    Ok(text)
}

#[cfg(unix)]
fn is_for_owner(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let about = || format!("reading client_secret_file {}", path.display());
    let mode = std::fs::metadata(path).with_context(about)?.permissions().mode();
    ensure!(
        mode & 0o077 == 0,
        "client_secret_file {} can be read by others (rights {:o}): chmod 600 {}",
        path.display(),
        mode & 0o777,
        path.display()
    );
    Ok(())
}

#[cfg(not(unix))]
fn is_for_owner(_: &Path) -> Result<()> {
    Ok(())
}

/// Whether an address leads to this machine.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

    use super::*;

    fn read(text: &str) -> Result<Configuration> {
        Configuration::of_text(text, Path::new("/nowhere"), Some("from the environment".into()))
    }

    #[test]
    fn what_cannot_serve_is_said() {
        let good = "issuer = \"https://sso.example/realms/x\"\nclient_id = \"kpcs\"\n";
        assert_eq!(read(good).unwrap().secret.as_str(), "from the environment");
        assert!(read("issuer = \"http://127.0.0.1:9/\"\nclient_id = \"kpcs\"\n").is_ok());
        for (text, says) in [
            ("issuer = \"http://sso.example\"\nclient_id = \"kpcs\"\n", "over https"),
            ("issuer = \"sso\"\nclient_id = \"kpcs\"\n", "is no address"),
            ("issuer = \"https://sso.example\"\n", "client_id"),
            ("issuer = \"https://sso.example\"\nclient_id = \" \"\n", "client_id is empty"),
            (&format!("{good}session_minutes = 9999\n"), "anew each time"),
            (&format!("{good}secret = \"x\"\n"), "unknown field"),
            (&format!("{good}root_file = \"none.pem\"\n"), "root_file"),
            (&format!("{good}[label]\nde = \"x\"\n"), "label.de"),
        ] {
            let said = format!("{:#}", read(text).err().unwrap());
            assert!(said.contains(says), "{text}: {said}");
        }
        let none = Configuration::of_text(good, Path::new("/nowhere"), None);
        assert!(format!("{:#}", none.err().unwrap()).contains("KPCS_MINISTRY_SECRET"));
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_read_is_not_taken() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ministry.secret");
        std::fs::write(&path, "between us\n").unwrap();
        let taken = |mode| {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            secret(Some("ministry.secret"), folder.path(), None)
        };
        for open in [0o644, 0o640, 0o604] {
            let said = taken(open).unwrap_err().to_string();
            assert!(said.contains("chmod 600"), "{open:o}: {said}");
        }
        assert_eq!(taken(0o600).unwrap().as_str(), "between us");
    }
}
