//! The receipt: the log's signed word that a credential stands in it, at which place, under which root.
//!
//! RFC 9942: a COSE_Sign1 whose payload is the root of the log's tree and is left out; whoever reads works it out from
//! the credential and the path. The RFC signs the root only, and one path fits many pairs of size and index (security
//! 2.2); so size, index, position and previous are in the protected header as well, and must agree. A receipt carries
//! no names and no figures, and proves nothing without its credential.

use coset::{CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, cbor::Value, iana};
use kp_sign::{KeyError, KeyId, MessageSigner};
use kp_terms::Timestamp;
use kp_tlog::{Hash, leaf_hash, root_from_inclusion};

use crate::{
    Credential, TextFault, base45,
    cbor::{CborFault, Reader},
    credential::from_prefixed,
    leaf::{is_log_of, leaf_of, log_of},
    signature::{in_range, signed_message},
};

/// What the second symbol on the paper begins with.
pub const RECEIPT_PREFIX: &str = "KPR1:";
/// A longer path belongs to no log of one participant and one year.
const LONGEST_PATH: u64 = 40;
/// A receipt longer than this is not read.
const LARGEST_RECEIPT: usize = 2048;

const VDS: i64 = 395;
const VDP: i64 = 396;
const CWT_CLAIMS: i64 = 15;
/// Private claim: `[tree size, index, position, previous]`.
const PLACED: i64 = -65_537;
const INCLUSION: i64 = -1;
const RFC9162_SHA256: i64 = 1;

/// Where a credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Leaves in the tree that the receipt speaks of.
    pub size: u64,
    /// Entry number in its log, from 0; entry 0 opens a log and is never a credential.
    pub index: u64,
    /// Order of arrival at the issuing node, over all its logs, from 1.
    pub position: u64,
    /// Position of the previous entry about the same number, 0 where there is none.
    pub previous: u64,
}

/// Why bytes are not a receipt, or not the receipt of this credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// The bytes are not of the agreed form.
    #[error("the receipt is not of the agreed form: {0}")]
    NotInForm(String),
    /// The places named in it cannot be.
    #[error("the receipt names places that cannot be: {0}")]
    Impossible(&'static str),
    /// The places in the proof are not those that were signed.
    #[error("the receipt's proof speaks of another place than its signature")]
    OtherPlace,
    /// It is from another log than this credential's.
    #[error("the receipt is from the log {found}; this certificate belongs into {expected}")]
    OtherLog {
        /// Log named in the receipt.
        found: String,
        /// Log of the certificate.
        expected: String,
    },
    /// It was made before the certificate was.
    #[error("the receipt is older than the certificate")]
    Older,
    /// The number of hashes does not belong to size and index.
    #[error("the receipt has {found} hashes where its places need {expected}")]
    PathLength {
        /// Hashes that belong there.
        expected: u64,
        /// Hashes found.
        found: u64,
    },
    /// The log's key did not sign.
    #[error("the receipt could not be signed: {0}")]
    Signer(KeyError),
}

impl From<CborFault> for ReceiptFault {
    fn from(fault: CborFault) -> Self {
        Self::NotInForm(fault.to_string())
    }
}

/// An opened receipt. Its signature is not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    log: String,
    key_id: KeyId,
    placed: Placed,
    at: Timestamp,
    path: Vec<Hash>,
    protected: Vec<u8>,
    signature: [u8; 64],
    bytes: Vec<u8>,
}

impl Receipt {
    /// Signs that the leaf with this path stands at this place of the log, whose tree has this root.
    ///
    /// # Errors
    /// Where the places cannot be, the path does not belong to them, or the signer fails.
    pub fn sign(
        log: &str,
        placed: Placed,
        path: &[Hash],
        root: Hash,
        at: Timestamp,
        signer: &dyn MessageSigner,
    ) -> Result<Self, ReceiptFault> {
        let unsigned = |value: u64| Value::from(value);
        let numbers = [placed.size, placed.index, placed.position, placed.previous].map(unsigned).to_vec();
        let claims = Value::Map(vec![
            (Value::from(1), Value::from(log)),
            (Value::from(6), Value::from(at.as_second())),
            (Value::from(PLACED), Value::Array(numbers)),
        ]);
        let protected = HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .key_id(signer.public().id().0.to_vec())
            .value(CWT_CLAIMS, claims)
            .value(VDS, Value::from(RFC9162_SHA256))
            .build();
        let proofs = Value::Array(vec![Value::Bytes(proof_bytes(placed, path))]);
        let unprotected =
            HeaderBuilder::new().value(VDP, Value::Map(vec![(Value::from(INCLUSION), proofs)])).build();
        let bytes = CoseSign1Builder::new()
            .protected(protected)
            .unprotected(unprotected)
            .try_create_detached_signature(root.as_bytes(), &[], |message| signer.sign_message(message))
            .map_err(ReceiptFault::Signer)?
            .build()
            .to_tagged_vec()
            .map_err(|fault| ReceiptFault::NotInForm(fault.to_string()))?;
        Self::open(&bytes)
    }

    /// Opens a receipt: its form and its own sense, not its signature and not whose receipt it is.
    ///
    /// # Errors
    /// Where the bytes are not exactly of our profile, or their places cannot be.
    pub fn open(bytes: &[u8]) -> Result<Self, ReceiptFault> {
        if bytes.len() > LARGEST_RECEIPT {
            return Err(ReceiptFault::NotInForm("it is longer than 2048 bytes".into()));
        }
        let mut outer = Reader::new(bytes);
        outer.tag(18, "the tag of a COSE_Sign1")?;
        outer.array_of(4, "the four parts of a COSE_Sign1")?;
        let protected = outer.bytes()?;
        let (key_id, log, at, placed) = protected_header(protected)?;
        outer.map_of(1, "the one unprotected header")?;
        outer.exactly(VDP, "the proofs")?;
        outer.map_of(1, "the one kind of proof")?;
        outer.exactly(INCLUSION, "the inclusion proofs")?;
        outer.array_of(1, "the one inclusion proof")?;
        let path = proof(outer.bytes()?, placed)?;
        outer.null("the left-out payload")?;
        let signature = in_range(outer.bytes()?)
            .ok_or_else(|| ReceiptFault::NotInForm("its signature is none of ours".into()))?;
        outer.end()?;
        Ok(Self {
            log: log.to_owned(),
            key_id,
            placed,
            at,
            path,
            protected: protected.to_owned(),
            signature,
            bytes: bytes.to_owned(),
        })
    }

    /// Opens the text of the second symbol.
    ///
    /// # Errors
    /// Where the text is not one of ours, is damaged, or does not hold a receipt.
    pub fn from_text(text: &str) -> Result<Self, TextFault<ReceiptFault>> {
        let bytes = from_prefixed(text, RECEIPT_PREFIX, "KPR").map_err(TextFault::not_opened)?;
        Self::open(&bytes).map_err(TextFault::Inside)
    }

    /// The text of the second symbol: `KPR1:` and base45.
    pub fn to_text(&self) -> String {
        format!("{RECEIPT_PREFIX}{}", base45::encode(&self.bytes))
    }

    /// The root of the log's tree, worked out from the credential: what the log's key must have signed.
    ///
    /// # Errors
    /// Where the receipt is of another log or year than the credential, older than it, or its path has the wrong length.
    pub fn root(&self, credential: &Credential) -> Result<Hash, ReceiptFault> {
        let content = credential.content();
        if !is_log_of(&self.log, content.issuer, content.issued_at) {
            let expected = log_of(content.issuer, content.issued_at);
            return Err(ReceiptFault::OtherLog { found: self.log.clone(), expected });
        }
        if self.at < content.issued_at {
            return Err(ReceiptFault::Older);
        }
        self.root_of_leaf(leaf_hash(&leaf_of(credential, self.placed)))
    }

    fn root_of_leaf(&self, leaf: Hash) -> Result<Hash, ReceiptFault> {
        root_from_inclusion(leaf, self.placed.index, self.placed.size, &self.path).map_err(
            |fault| match fault {
                kp_tlog::ProofFault::Length { expected, found } => {
                    ReceiptFault::PathLength { expected, found }
                }
                _ => ReceiptFault::Impossible("the index is not below the size"),
            },
        )
    }

    /// The bytes whose ES256 signature is [`signature`](Self::signature), for the root that was worked out.
    pub fn message(&self, root: Hash) -> Vec<u8> {
        signed_message(&self.protected, root.as_bytes())
    }

    /// 64 bytes r||s, low-S.
    pub fn signature(&self) -> &[u8; 64] {
        &self.signature
    }

    /// The log: `kp.XA/2026`.
    pub fn log(&self) -> &str {
        &self.log
    }

    /// Which of the log's keys signed.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// Size, index, position, previous.
    pub fn placed(&self) -> Placed {
        self.placed
    }

    /// When it was made, as the node's clock said.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The hashes beside the leaf's way to the root, from the leaf up.
    pub fn path(&self) -> &[Hash] {
        &self.path
    }

    /// The signed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn proof_bytes(placed: Placed, path: &[Hash]) -> Vec<u8> {
    let mut proof = crate::cbor::Writer::default();
    proof.array(3);
    proof.unsigned(placed.size);
    proof.unsigned(placed.index);
    proof.array(path.len());
    path.iter().for_each(|hash| proof.bytes(hash.as_bytes()));
    proof.0
}

fn protected_header(bytes: &[u8]) -> Result<(KeyId, &str, Timestamp, Placed), ReceiptFault> {
    let mut header = Reader::new(bytes);
    header.map_of(4, "the four protected headers")?;
    header.exactly(1, "the algorithm")?;
    header.exactly(-7, "ES256")?;
    header.exactly(4, "the key id")?;
    let key_id = KeyId(header.fixed("a key id of eight bytes")?);
    header.exactly(CWT_CLAIMS, "the claims")?;
    header.map_of(3, "the three claims")?;
    header.exactly(1, "the log")?;
    let log = header.text()?;
    header.exactly(6, "the time")?;
    let at = Timestamp::from_second(header.amount()?)
        .map_err(|_| ReceiptFault::Impossible("its time is no time"))?;
    header.exactly(PLACED, "the places")?;
    header.array_of(4, "the four places")?;
    let placed = Placed {
        size: header.unsigned()?,
        index: header.unsigned()?,
        position: header.unsigned()?,
        previous: header.unsigned()?,
    };
    header.exactly(VDS, "the kind of tree")?;
    header.exactly(RFC9162_SHA256, "the tree of RFC 9162")?;
    header.end()?;
    possible(placed)?;
    Ok((key_id, log, at, placed))
}

fn possible(placed: Placed) -> Result<(), ReceiptFault> {
    let impossible = |what| Err(ReceiptFault::Impossible(what));
    match placed {
        Placed { index: 0, .. } => impossible("entry 0 opens a log and is no certificate"),
        Placed { index, size, .. } if index >= size => impossible("the index is not below the size"),
        // Position counts from 1 over all logs, the index from 0 in one.
        Placed { index, position, .. } if position <= index => impossible("the position is below the index"),
        Placed { previous, position, .. } if previous >= position => {
            impossible("the previous entry does not stand before")
        }
        _ => Ok(()),
    }
}

fn proof(bytes: &[u8], placed: Placed) -> Result<Vec<Hash>, ReceiptFault> {
    let mut proof = Reader::new(bytes);
    proof.array_of(3, "the three parts of a proof")?;
    if (proof.unsigned()?, proof.unsigned()?) != (placed.size, placed.index) {
        return Err(ReceiptFault::OtherPlace);
    }
    let length = proof.array()?;
    if length > LONGEST_PATH {
        return Err(ReceiptFault::NotInForm("its path is longer than any log's".into()));
    }
    let mut path = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    for _ in 0..length {
        path.push(Hash(proof.fixed("a hash of 32 bytes")?));
    }
    proof.end()?;
    Ok(path)
}
