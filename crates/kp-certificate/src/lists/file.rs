//! One list as a file: its canonical bytes, and beside them a signature by each who signed.
//!
//! CBOR array `[payload, [signature, ...]]`; each signature is a COSE_Sign1 with detached payload and the list's own
//! content type, so that a signature under one sort of list is worth nothing under another. Signatures stand in the
//! order of their key ids. Whose signatures count is said by the list above.

use kp_sign::{
    CanonicalError, KeyId, MessageSigner, PublicKey, StatementError, from_canonical, open_detached, sha256,
    sign_detached, to_canonical,
};
use kp_terms::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::text::{as_key, as_text};
use crate::cbor::{Reader, Writer};

/// More signatures than this are not read.
const MOST_SIGNATURES: u64 = 32;
/// A list longer than this is not read (the certificates of the world in ten years are 10 MB).
const LARGEST_LIST: usize = 16 * 1024 * 1024;

/// What every list begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Grows by one or more with each issue of the list.
    pub version: u64,
    /// Whose list it is: `scheme`, or a participant's code.
    pub issuer: String,
    /// When it was made.
    #[serde(with = "as_text")]
    pub issued_at: Timestamp,
    /// From then on a newer one must be had.
    #[serde(with = "as_text")]
    pub expires_at: Timestamp,
}

/// Keys that may sign, and how many of them must.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signers {
    /// So many different keys at least, one or more.
    pub threshold: u32,
    /// These keys.
    pub keys: Vec<ListKey>,
}

/// A key inside a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListKey(#[serde(with = "as_key")] pub PublicKey);

impl Signers {
    /// These keys, of which so many must sign.
    pub fn new(threshold: u32, keys: impl IntoIterator<Item = PublicKey>) -> Self {
        Self { threshold, keys: keys.into_iter().map(ListKey).collect() }
    }

    /// The public keys.
    pub fn public_keys(&self) -> impl Iterator<Item = &PublicKey> {
        self.keys.iter().map(|key| &key.0)
    }
}

/// One of the lists.
pub trait List: Serialize + DeserializeOwned + Sized {
    /// Told by the signatures: `application/kpc-...+cbor`.
    const CONTENT_TYPE: &'static str;

    /// Version, issuer, times.
    fn head(&self) -> &Head;

    /// Order, doubles and whatever else a reader must be able to rely on.
    ///
    /// # Errors
    /// What is wrong.
    fn sound(&self) -> Result<(), &'static str>;
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListFault {
    /// Not of the agreed form.
    #[error("the list is not of the agreed form: {0}")]
    NotInForm(String),
    /// Not in canonical CBOR, or not the list that was expected.
    #[error("the list does not read: {0}")]
    Unreadable(#[from] CanonicalError),
    /// In form, and senseless.
    #[error("the list contradicts itself: {0}")]
    Unsound(&'static str),
    /// Somebody did not sign, or the signature is not of our profile.
    #[error("a signature of the list cannot be used: {0}")]
    Signature(#[from] StatementError),
    /// Too few of those who must have signed.
    #[error("{found} of those who may signed the list; {needed} must")]
    BelowThreshold {
        /// Good signatures of different keys.
        found: u32,
        /// Needed.
        needed: u32,
    },
}

impl From<crate::cbor::CborFault> for ListFault {
    fn from(fault: crate::cbor::CborFault) -> Self {
        Self::NotInForm(fault.to_string())
    }
}

/// A list with its signatures, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    payload: Vec<u8>,
    signatures: Vec<Vec<u8>>,
    content_type: String,
}

/// Makes a list's file: canonical bytes, signed by each of these.
///
/// # Errors
/// Where the list contradicts itself, nobody signs, or a signer fails.
pub fn seal<L: List>(list: &L, signers: &[&dyn MessageSigner]) -> Result<ListFile, ListFault> {
    list.sound().map_err(ListFault::Unsound)?;
    let payload = to_canonical(list)?;
    let mut signed: Vec<(KeyId, Vec<u8>)> = Vec::new();
    for signer in signers {
        signed.push((signer.public().id(), sign_detached(&payload, L::CONTENT_TYPE, *signer)?));
    }
    signed.sort();
    let signatures = signed.into_iter().map(|(_, signature)| signature).collect();
    ListFile { payload, signatures, content_type: L::CONTENT_TYPE.to_owned() }.checked()
}

impl ListFile {
    /// Reads a file. Nothing is believed yet.
    ///
    /// # Errors
    /// Where the bytes are not of the form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ListFault> {
        if bytes.len() > LARGEST_LIST {
            return Err(ListFault::NotInForm("it is larger than 16 MiB".into()));
        }
        let mut reader = Reader::new(bytes);
        reader.array_of(2, "a list and its signatures")?;
        let payload = reader.bytes()?.to_owned();
        let count = reader.array()?;
        if count > MOST_SIGNATURES {
            return Err(ListFault::NotInForm("it has more than 32 signatures".into()));
        }
        let mut signatures = Vec::new();
        for _ in 0..count {
            signatures.push(reader.bytes()?.to_owned());
        }
        reader.end()?;
        Self { payload, signatures, content_type: String::new() }.checked()
    }

    /// All signatures under one content type, by different keys, in their order.
    fn checked(mut self) -> Result<Self, ListFault> {
        let mut before: Option<KeyId> = None;
        for signature in &self.signatures {
            let opened = open_detached(signature)?;
            if before.is_some_and(|before| before >= opened.key_id) {
                return Err(ListFault::NotInForm("its signatures are not in order of their key ids".into()));
            }
            if before.is_some() && opened.content_type != self.content_type {
                return Err(ListFault::NotInForm("its signatures name different sorts of list".into()));
            }
            (before, self.content_type) = (Some(opened.key_id), opened.content_type);
        }
        match before {
            Some(_) => Ok(self),
            None => Err(ListFault::NotInForm("nobody signed it".into())),
        }
    }

    /// The file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer(Vec::with_capacity(self.payload.len() + 128));
        writer.array(2);
        writer.bytes(&self.payload);
        writer.array(self.signatures.len());
        self.signatures.iter().for_each(|signature| writer.bytes(signature));
        writer.0
    }

    /// What sort of list the signatures say it is.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// SHA-256 of the list without its signatures: what a snapshot names.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.payload)
    }

    /// The list inside. It is not believed yet: ask [`signed_by`](Self::signed_by).
    ///
    /// # Errors
    /// Where it is another sort of list, not canonical, or contradicts itself.
    pub fn read<L: List>(&self) -> Result<L, ListFault> {
        if self.content_type != L::CONTENT_TYPE {
            let sentence = format!("{} where {} was expected", self.content_type, L::CONTENT_TYPE);
            return Err(ListFault::NotInForm(sentence));
        }
        let list: L = from_canonical(&self.payload)?;
        // An instant or a code has one spelling: written again, the list must be the same bytes.
        if to_canonical(&list)? != self.payload {
            return Err(ListFault::Unreadable(CanonicalError::NotCanonical));
        }
        list.sound().map_err(ListFault::Unsound)?;
        Ok(list)
    }

    /// Checks that enough of these signed. Signatures of other keys are passed over; a wrong one of a key that may sign
    /// makes the file worthless.
    ///
    /// # Errors
    /// Where a signature does not fit or too few are there.
    pub fn signed_by(&self, signers: &Signers) -> Result<SignedBy, ListFault> {
        let mut good = Vec::new();
        for signature in &self.signatures {
            let opened = open_detached(signature)?;
            let Some(key) = signers.public_keys().find(|key| key.id() == opened.key_id) else { continue };
            opened.check(&self.payload, key).map_err(StatementError::from)?;
            good.push(opened.key_id);
        }
        let found = u32::try_from(good.len()).unwrap_or(u32::MAX);
        let needed = signers.threshold.max(1);
        if found < needed { Err(ListFault::BelowThreshold { found, needed }) } else { Ok(SignedBy(good)) }
    }
}

/// Whose good signatures a list carries, in order of key ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy(pub Vec<KeyId>);
