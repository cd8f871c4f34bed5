//! An entry: a statement at its place in a log; and the leaf, its public commitment.

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use kp_sign::{KeyId, Opened, Profile};
use kp_tlog::Hash;
use serde::{Deserialize, Serialize};

use crate::{
    LogOwner, Statement,
    statement::{Payload, PayloadHead, VERSION},
};

/// The kind of the entry whose statement is a certificate as signed bytes (specs/certificate.md).
pub const CREDENTIAL_SIGNED: &str = "credential_signed";

/// Longest a leaf may be, bytes (rulings 1).
pub(crate) const LEAF_LIMIT: usize = 200;

/// What is hashed into the tree and published: a commitment, never a name or a figure.
///
/// Canonical CBOR array: version, entry number, kind, owner, subject, time, SHA-256 of the signed statement, position,
/// position of the previous entry about the same subject (0 where there is none). Number and position are inside, so an
/// entry that was moved betrays itself, within its log and among the logs of the node; and a whole log that is taken
/// away leaves a gap that cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Leaf(
    /// Version.
    pub(crate) u8,
    /// Entry number in its log.
    pub(crate) u64,
    /// Kind of act.
    pub(crate) String,
    /// Owner of the log.
    pub(crate) String,
    /// Public subject.
    pub(crate) String,
    /// Time, RFC 3339 UTC.
    pub(crate) String,
    /// SHA-256 of the signed statement.
    pub(crate) serde_bytes_32::Bytes32,
    /// Order of arrival at this node.
    pub(crate) u64,
    /// Position of the previous entry about the same subject, or 0.
    pub(crate) u64,
);

impl Leaf {
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        let bytes = kp_sign::to_canonical(self)?;
        ensure!(
            bytes.len() <= LEAF_LIMIT,
            "the log commitment would be {} bytes; the most is {LEAF_LIMIT}",
            bytes.len()
        );
        Ok(bytes)
    }
}

/// SHA-256 as a CBOR byte string.
pub(crate) mod serde_bytes_32 {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    /// Thirty-two bytes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct Bytes32(pub(crate) [u8; 32]);

    impl Serialize for Bytes32 {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(&self.0)
        }
    }

    impl<'de> Deserialize<'de> for Bytes32 {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl de::Visitor<'_> for Visitor {
                type Value = Bytes32;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("32 bytes")
                }
                fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes32, E> {
                    bytes.try_into().map(Bytes32).map_err(|_| E::invalid_length(bytes.len(), &self))
                }
            }
            deserializer.deserialize_bytes(Visitor)
        }
    }
}

/// A statement at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Order of arrival at this node, from 1. Derived stages follow this.
    pub position: u64,
    /// Which log: `kp.XA/2026`.
    pub log_id: String,
    /// Place in that log, from 0.
    pub entry_number: u64,
    /// Kind of act: `certificate_issued`.
    pub kind: String,
    /// Owner of the log.
    pub owner: LogOwner,
    /// Public subject, or empty.
    pub subject: String,
    /// When it was signed.
    pub at: Timestamp,
    /// Which key signed.
    pub key_id: KeyId,
    /// SHA-256 of the signed bytes.
    pub statement_hash: [u8; 32],
    /// Canonical: it was checked when the envelope was opened.
    payload: Vec<u8>,
    /// The body, once somebody has read it: every room looks at every entry, and reading is dear.
    read: ReadOnce,
}

/// What a payload says, read once. Two entries are the same where their payloads are.
#[derive(Clone, Default)]
struct ReadOnce(OnceLock<Arc<dyn Any + Send + Sync>>);

impl std::fmt::Debug for ReadOnce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.get().is_some() { "read" } else { "not read" })
    }
}

impl PartialEq for ReadOnce {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ReadOnce {}

/// Of a payload, what says why; other members are passed over.
#[derive(serde::Deserialize)]
struct PayloadWhy {
    body: Why,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Why {
    reason: Option<String>,
    reasons: Option<String>,
    explanation: Option<String>,
    legal_basis: Option<String>,
}

/// What the log files a statement by.
struct Filed {
    kind: String,
    owner: LogOwner,
    at: Timestamp,
}

impl Entry {
    /// From the signed bytes at a place. The signature is not checked here; `verify` does that.
    pub(crate) fn from_signed(
        position: u64,
        log_id: String,
        entry_number: u64,
        signed: &[u8],
    ) -> Result<Self> {
        let opened = kp_sign::open(signed)?;
        let filed = match opened.header.profile {
            Profile::Statement => filed_statement(&opened)?,
            Profile::Credential => filed_credential(&opened)?,
        };
        Ok(Self {
            position,
            log_id,
            entry_number,
            kind: filed.kind,
            owner: filed.owner,
            subject: opened.header.subject,
            at: filed.at,
            key_id: opened.header.key_id,
            statement_hash: kp_sign::sha256(signed),
            payload: opened.payload,
            read: ReadOnce::default(),
        })
    }

    /// The statement's body, where it is of this kind.
    ///
    /// # Errors
    /// Where the kind is another, the body does not read, or it is about something else than the envelope says.
    pub fn body<S: Statement>(&self) -> Result<S> {
        self.read().map(|body| S::clone(&body))
    }

    /// Whether the body reads as one of this kind.
    pub fn reads_as<S: Statement>(&self) -> bool {
        self.read::<S>().is_ok()
    }

    fn read<S: Statement>(&self) -> Result<Arc<S>> {
        if let Some(read) = self.read.0.get().and_then(|body| Arc::clone(body).downcast().ok()) {
            return Ok(read);
        }
        let body = Arc::new(self.read_anew::<S>()?);
        // Another thread may have been quicker, with the same.
        let _ = self.read.0.set(Arc::<S>::clone(&body));
        Ok(body)
    }

    fn read_anew<S: Statement>(&self) -> Result<S> {
        ensure!(self.kind == S::KIND, "this entry is a {}, not a {}", self.kind, S::KIND);
        let payload: Payload<S> = kp_sign::from_checked(&self.payload)
            .with_context(|| format!("reading {} at position {}", self.kind, self.position))?;
        // The log files a statement by its envelope, the rooms read the body: the two must speak of the same thing.
        ensure!(
            payload.body.owner() == self.owner && payload.body.subject() == self.subject,
            "the {} at position {} is about something else than its envelope says",
            self.kind,
            self.position
        );
        Ok(payload.body)
    }

    /// Why it was done, as far as the statement says: its reason, its explanation, the law it names. For showing; whoever
    /// decides reads the body.
    pub fn why(&self) -> Vec<String> {
        let Ok(said) = kp_sign::from_checked::<PayloadWhy>(&self.payload) else { return Vec::new() };
        let Why { reason, reasons, explanation, legal_basis } = said.body;
        let said = [reason, reasons, explanation, legal_basis].into_iter().flatten();
        said.filter(|text| !text.trim().is_empty()).collect()
    }

    /// The payload of a certificate as signed bytes, where the entry is one.
    pub fn credential(&self) -> Option<&[u8]> {
        (self.kind == CREDENTIAL_SIGNED).then_some(self.payload.as_slice())
    }

    /// The leaf that commits to this entry.
    pub(crate) fn leaf(&self, previous: u64) -> Leaf {
        Leaf(
            VERSION,
            self.entry_number,
            self.kind.clone(),
            self.owner.to_string(),
            self.subject.clone(),
            self.at.to_string(),
            serde_bytes_32::Bytes32(self.statement_hash),
            self.position,
            previous,
        )
    }

    /// The civil date of the act, UTC.
    pub fn on(&self) -> jiff::civil::Date {
        jiff::tz::TimeZone::UTC.to_datetime(self.at).date()
    }
}

fn filed_statement(opened: &Opened) -> Result<Filed> {
    let head: PayloadHead = kp_sign::from_checked(&opened.payload)?;
    ensure!(head.v == VERSION, "statement version {} is not known to this program", head.v);
    ensure!(head.kind != CREDENTIAL_SIGNED, "a statement may not pass itself off as a certificate");
    let at: Timestamp =
        head.at.parse().with_context(|| format!("statement time {:?} is not an instant", head.at))?;
    // Said twice, signed once: envelope and payload are made from the same words, in one form only.
    let same = head.owner == opened.header.issuer
        && at.as_second() == opened.header.issued_at
        && at.to_string() == head.at;
    ensure!(same, "the envelope and the statement inside name different owners or times");
    Ok(Filed { kind: head.kind, owner: head.owner.parse()?, at })
}

/// A certificate says everything that the log needs in its envelope; what is inside is for others to read.
fn filed_credential(opened: &Opened) -> Result<Filed> {
    let at = Timestamp::from_second(opened.header.issued_at)
        .context("the certificate's time is not an instant")?;
    let owner: LogOwner = opened.header.issuer.parse()?;
    ensure!(owner != LogOwner::Scheme, "the scheme issues no certificates");
    Ok(Filed { kind: CREDENTIAL_SIGNED.to_owned(), owner, at })
}

/// The RFC 6962 hash of a leaf.
pub(crate) fn hash_of(leaf: &[u8]) -> Hash {
    kp_tlog::leaf_hash(leaf)
}
