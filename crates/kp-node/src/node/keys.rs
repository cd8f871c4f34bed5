//! Keys that come into being at a node, and document keys that are laid open at it.
//!
//! A key's file is written before the act that makes it known, and taken back where the act is refused: the other way
//! round a power cut would leave a key in force that nobody holds. Closes: T12 in part: what signs certificates is opened
//! by a person who knows its passphrase or PIN.

use anyhow::Result;
use jiff::Timestamp;
use kp_log::Signer;
use kp_sign::{KeyId, SigningKey};
use kp_terms::{FieldProblem, Fields};

use super::{Node, Once};
use crate::{Act, ActFailure, Keyring, Receipt};

impl Node {
    /// Does an act that names an officer or a device, or registers a document key, making the key here under a passphrase.
    /// The key file is taken back where the act is refused.
    ///
    /// # Errors
    /// As [`Node::perform`], and where the key cannot be kept.
    pub fn perform_with_new_key(
        &self,
        name: &str,
        fields: Fields,
        passphrase: &str,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, ActFailure> {
        self.with_new_key(fields, passphrase, |fields| self.perform(name, fields, signer, now))
    }

    /// As [`Node::perform_with_new_key`], unless `once` says that it was done; none, where it was.
    ///
    /// # Errors
    /// As [`Node::perform_with_new_key`].
    pub fn perform_once_with_new_key(
        &self,
        act: &'static Act,
        fields: Fields,
        passphrase: &str,
        signer: &Signer,
        now: Timestamp,
        once: &dyn Once,
    ) -> Result<Option<Receipt>, ActFailure> {
        self.with_new_key(fields, passphrase, |fields| self.perform_once(act, fields, signer, now, once))
    }

    fn with_new_key<T>(
        &self,
        mut fields: Fields,
        passphrase: &str,
        act: impl FnOnce(&Fields) -> Result<T, ActFailure>,
    ) -> Result<T, ActFailure> {
        let keyring = self.own_keyring()?;
        let first = |name: &str| fields.get(name).and_then(|v| v.first()).map(|text| text.trim().to_owned());
        let officer_id = first("officer_id");
        let key = match &officer_id {
            Some(officer_id) => keyring.make(officer_id, passphrase)?.key,
            None if first("key_class").as_deref() == Some("token") => return Err(made_in_token()),
            None => keyring.make_document_key(Some(passphrase))?,
        };
        fields.insert("public_key".into(), vec![kp_sign::hex(&key.public().to_bytes())]);
        let outcome = act(&fields);
        // An act can fail after it became durable (the copy outside could not be written): then the key is in force, and
        // this file is the only one that holds it. Where it was done before under its name, this key is nobody's.
        if !self.may_know_key(&key) {
            match &officer_id {
                Some(officer_id) => keyring.unmake(officer_id)?,
                None => keyring.unmake_document_key(&key.public().id().to_string())?,
            }
        }
        outcome
    }

    /// Whether a key is registered, for an officer or for documents, or nobody can tell.
    fn may_know_key(&self, key: &SigningKey) -> bool {
        let id = key.public().id().to_string();
        self.db
            .read(|tx| {
                let held = kp_registry::officer_of_key(tx, &id)?.is_some();
                Ok::<_, anyhow::Error>(held || kp_registry::document_key_by_id(tx, &id)?.is_some())
            })
            .unwrap_or(true)
    }

    fn own_keyring(&self) -> Result<&Keyring> {
        self.keyring.as_ref().ok_or_else(|| anyhow::anyhow!("this node has no key folder"))
    }

    /// Lays a document key open, so that certificates can be signed with it until the node stops.
    ///
    /// # Errors
    /// As [`Keyring::open_document_key`].
    pub fn open_document_key(&self, key_id: &str, secret: Option<&str>) -> Result<KeyId> {
        Ok(self.keys.documents.open(self.own_keyring()?.open_document_key(key_id, secret)?))
    }

    /// Lays those document keys open that an office keeps without a passphrase: they must sign again after a power cut with
    /// nobody there. One that cannot be read is said, and keeps nobody from the rest.
    pub(super) fn open_what_opens_by_itself(&self) {
        let Some(keyring) = &self.keyring else { return };
        let files = keyring.document_keys().unwrap_or_else(|error| {
            tracing::warn!(error = format!("{error:#}"), "the document keys of this folder cannot be listed");
            Vec::new()
        });
        for file in files.iter().filter(|file| file.opens_by_itself()) {
            if let Err(error) = self.open_document_key(&file.key_id, None) {
                tracing::warn!(error = format!("{error:#}"), "a document key stays shut");
            }
        }
    }
}

fn made_in_token() -> ActFailure {
    ActFailure::Fields(vec![FieldProblem {
        field: "public_key".into(),
        sentence: "a key in a token is made with `kpcs key document make --token ...`, not here; or give the public half of \
                   one that was made"
            .into(),
    }])
}
