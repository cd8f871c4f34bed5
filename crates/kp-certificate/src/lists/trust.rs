//! Whose keys count for one participant: document keys, log keys, and the keys of its other lists.
//!
//! Security 7.4: after a compromise the record is "not trusted for entries with index >= i0 of log L, and for nothing
//! outside the log". Earlier certificates whose place the log proves stay good (a stolen key is an incident, not a
//! catastrophe, T11). A key id is the first 8 bytes of the SHA-256 of the compressed point, and two keys may share one.

use kp_sign::{KeyId, PublicKey};
use kp_terms::{ParticipantCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    file::{Head, List, Signers},
    text::{as_key, as_text, as_text_or_null, words},
};

/// The trust list of one participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// Version and times; the issuer is the participant.
    pub head: Head,
    /// Keys that sign certificates.
    pub document_keys: Vec<DocumentKey>,
    /// Keys that sign receipts.
    pub log_keys: Vec<LogKey>,
    /// Who signs its lists of certificates, ranges and specimens.
    pub list_signers: Signers,
}

/// Where a key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyClass {
    /// In a file on a computer, under a passphrase.
    Software,
    /// In a token or security module that does not give it away.
    Token,
}

words!(KeyClass, "a class of key", Software => "software", Token => "token");

/// A key that signs certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentKey {
    /// The key.
    #[serde(with = "as_key")]
    pub public: PublicKey,
    /// Software or token.
    pub class: KeyClass,
    /// Certificates issued from then on.
    #[serde(with = "as_text")]
    pub valid_from: Timestamp,
    /// Certificates issued up to then, itself not included.
    #[serde(with = "as_text")]
    pub signs_until: Timestamp,
    /// Taken out of use in good order: nothing issued from then on is good.
    #[serde(with = "as_text_or_null")]
    pub retired_at: Option<Timestamp>,
    /// Somebody else may have it.
    pub compromise: Option<Compromise>,
}

impl DocumentKey {
    /// The key's short name.
    pub fn id(&self) -> KeyId {
        self.public.id()
    }
}

/// Since when a key is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compromise {
    /// How far each of the participant's logs is believed, in the order of their names. A log that is not named here is
    /// not believed at all: it was opened later, or was never told of.
    pub cuts: Vec<Cut>,
    /// When the participant said so. Nothing issued from then on is good.
    #[serde(with = "as_text")]
    pub noted_at: Timestamp,
}

/// How far one log is believed for a compromised key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// In this log,
    pub log: String,
    /// entries from this number on are not believed.
    pub first_untrusted: u64,
}

impl Compromise {
    /// Whether an entry of a log came before the cut.
    pub fn came_before(&self, log: &str, index: u64) -> bool {
        self.cuts.iter().any(|cut| cut.log == log && index < cut.first_untrusted)
    }
}

/// A key that signs receipts of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogKey {
    /// The log: `kp.XA/2026`.
    pub log: String,
    /// The key.
    #[serde(with = "as_key")]
    pub public: PublicKey,
}

impl List for Trust {
    const CONTENT_TYPE: &'static str = "application/kpc-trust+cbor";

    fn head(&self) -> &Head {
        &self.head
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.head.issuer.parse::<ParticipantCode>().is_err() {
            return Err("a trust list is a participant's");
        }
        if self.document_keys.iter().any(|key| key.signs_until <= key.valid_from) {
            return Err("a key's time ends before it begins");
        }
        let twice =
            |key: &DocumentKey| self.document_keys.iter().filter(|k| k.public == key.public).count() > 1;
        if self.document_keys.iter().any(twice) {
            return Err("a document key stands there twice");
        }
        let in_order = |key: &DocumentKey| {
            key.compromise.as_ref().is_none_or(|found| found.cuts.is_sorted_by(|a, b| a.log < b.log))
        };
        if !self.document_keys.iter().all(in_order) {
            return Err(
                "the cuts of a compromised key are not in the order of their logs, or one is there twice",
            );
        }
        let both = |key: &LogKey| self.document_keys.iter().any(|each| each.public == key.public);
        if self.log_keys.iter().any(both) {
            return Err("a key signs certificates and receipts; each has keys of its own");
        }
        Ok(())
    }
}
