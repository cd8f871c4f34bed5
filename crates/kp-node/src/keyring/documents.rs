//! The keys that sign certificates: one file each, `document-<key id>`, in the key folder.
//!
//! Three ways, and the file's ending and head say which. *Under a passphrase* (`.pem`, the default): whoever starts the
//! service types it or names a file that holds it, and a stolen disk signs nothing. *Open* (`.pem`, readable by the node's
//! account alone): for an office that must issue again after a power cut with nobody there; a stolen disk is then a stolen
//! key, and docs/operating/keys.md says what to do. *In a token* (`.token`): the file only says where; the token keeps the
//! key and asks for its PIN. Closes: T11 as far as a disk can. Never decides whether a key may sign: the registry does.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, bail, ensure};
use kp_log::DocumentSigner;
use kp_sign::SigningKey;
use zeroize::Zeroizing;

use super::{Keyring, new_key, random, read};
use crate::{folder::write_whole, token::TokenPlace};

/// How a document key is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// In a file under a passphrase.
    UnderPassphrase,
    /// In a file that the node's account can read.
    Open,
    /// In a token.
    InToken(TokenPlace),
}

/// A document key that this node can use, once it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentKeyFile {
    /// Id of the key, sixteen hexadecimal digits.
    pub key_id: String,
    /// How it is kept.
    pub kept: Kept,
}

impl DocumentKeyFile {
    /// Whether it opens without anybody's secret.
    pub fn opens_by_itself(&self) -> bool {
        self.kept == Kept::Open
    }

    /// What is asked for to open it.
    pub fn secret(&self) -> &'static str {
        match self.kept {
            Kept::InToken(_) => "PIN",
            _ => "passphrase",
        }
    }
}

impl Keyring {
    /// Makes a document key and keeps it here: under a passphrase, or open where none is given.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn make_document_key(&self, passphrase: Option<&str>) -> Result<SigningKey> {
        let key = new_key()?;
        let pem = match passphrase {
            Some(passphrase) => key.to_encrypted_pem(passphrase, random::<16>()?, random::<16>()?)?,
            None => key.to_pem()?,
        };
        let file = self.document_file(&key.public().id().to_string(), "pem")?;
        write_whole(&file, pem.as_bytes(), true)?;
        Ok(key)
    }

    /// Notes that a document key lies in a token, and where.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn note_token_key(&self, key_id: &str, place: &TokenPlace) -> Result<()> {
        write_whole(&self.document_file(key_id, "token")?, place.to_text()?.as_bytes(), true)
    }

    /// Takes back what was kept of a key whose act was then refused. A key in a token stays in the token.
    ///
    /// # Errors
    /// Where a file cannot be removed.
    pub fn unmake_document_key(&self, key_id: &str) -> Result<()> {
        for ending in ["pem", "token"] {
            let file = self.document_file(key_id, ending)?;
            if file.exists() {
                std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
            }
        }
        Ok(())
    }

    /// Every document key kept here, by id.
    ///
    /// # Errors
    /// Where the folder or a file cannot be read.
    pub fn document_keys(&self) -> Result<Vec<DocumentKeyFile>> {
        let mut found = Vec::new();
        let entries = std::fs::read_dir(&self.folder);
        for entry in entries.with_context(|| format!("reading {}", self.folder.display()))? {
            let name = entry?.file_name();
            let Some(name) = name.to_str().and_then(|name| name.strip_prefix("document-")) else { continue };
            if let Some((key_id, "pem" | "token")) = name.split_once('.')
                && let Some(file) = self.document_key_file(key_id)?
            {
                found.push(file);
            }
        }
        found.sort_unstable_by(|a, b| a.key_id.cmp(&b.key_id));
        found.dedup();
        Ok(found)
    }

    /// How the document key with this id is kept here, where it is.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn document_key_file(&self, key_id: &str) -> Result<Option<DocumentKeyFile>> {
        let (token, pem) = (self.document_file(key_id, "token")?, self.document_file(key_id, "pem")?);
        let kept = if token.exists() {
            let place = TokenPlace::from_text(&read(&token)?);
            Kept::InToken(
                place.with_context(|| format!("{} does not say where the token is", token.display()))?,
            )
        } else if !pem.exists() {
            return Ok(None);
        } else if Zeroizing::new(read(&pem)?).contains("ENCRYPTED") {
            Kept::UnderPassphrase
        } else {
            Kept::Open
        };
        Ok(Some(DocumentKeyFile { key_id: key_id.to_owned(), kept }))
    }

    /// Opens a document key with its passphrase or PIN; one that is kept open needs none.
    ///
    /// # Errors
    /// Where the key is not here, the secret is wrong, the token does not answer, or what opens is another key.
    pub fn open_document_key(&self, key_id: &str, secret: Option<&str>) -> Result<DocumentSigner> {
        let Some(file) = self.document_key_file(key_id)? else {
            bail!("no document key {key_id} is kept in {}", self.folder.display())
        };
        let needs = || format!("document key {key_id} needs its {}", file.secret());
        let signer: DocumentSigner = match &file.kept {
            Kept::InToken(place) => place.open(secret.with_context(needs)?)?,
            Kept::UnderPassphrase => {
                let pem = read(&self.document_file(key_id, "pem")?)?;
                let key = SigningKey::from_encrypted_pem(&pem, secret.with_context(needs)?)
                    .with_context(|| format!("opening document key {key_id}"))?;
                Arc::new(key)
            }
            Kept::Open => {
                let pem = Zeroizing::new(read(&self.document_file(key_id, "pem")?)?);
                Arc::new(
                    SigningKey::from_pem(&pem).with_context(|| format!("opening document key {key_id}"))?,
                )
            }
        };
        let opened = signer.public().id().to_string();
        ensure!(opened == key_id, "what is kept as document key {key_id} is another key, {opened}");
        Ok(signer)
    }

    /// Only ids become file names.
    fn document_file(&self, key_id: &str, ending: &str) -> Result<PathBuf> {
        let is_id = key_id.len() == 16 && key_id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ensure!(is_id, "{key_id:?} is not the id of a key: sixteen hexadecimal digits, lower case");
        Ok(self.folder.join(format!("document-{key_id}.{ending}")))
    }
}
