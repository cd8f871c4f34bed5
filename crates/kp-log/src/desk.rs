//! The desk an act is done at: who signs, what time it is, and the node's own keys.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::{Timestamp, Unit, civil::Date, tz::TimeZone};
use kp_sign::{KeyId, MessageSigner, SigningKey};
use kp_terms::Refuse;
use kp_tlog::{CheckpointKey, Hash};

use crate::OfficeName;

/// A person (or the node itself) with the key that signs.
#[derive(Debug, Clone)]
pub struct Signer {
    /// The officer's id, as registered: `xa-clerk-1`. The node's own id is its name: `node`, or `XA.north` for an office.
    pub id: String,
    /// The signing key.
    pub key: SigningKey,
}

/// A key that signs certificates, in memory or in a token.
pub type DocumentSigner = Arc<dyn MessageSigner + Send + Sync>;

/// The keys that sign certificates and are open at this node; they come and go while it runs.
#[derive(Default)]
pub struct DocumentKeys(RwLock<BTreeMap<KeyId, DocumentSigner>>);

impl DocumentKeys {
    /// Lays a key open; returns its short name.
    pub fn open(&self, key: DocumentSigner) -> KeyId {
        let id = key.public().id();
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, key);
        id
    }

    /// The open key of this name.
    pub fn get(&self, id: KeyId) -> Option<DocumentSigner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

/// The name of every node that is for training.
pub const TRAINING: &str = "training";

/// The node's own keys: one for its statements, one for the checkpoints of its logs; and the document keys it may use.
pub struct NodeKeys {
    /// Signs what the node itself states: logs opened, days reached, cases opened.
    pub signer: Signer,
    /// Ed25519 seed of the checkpoint keys: one key pair, named after each log as C2SP asks.
    pub checkpoint_seed: [u8; 32],
    /// Sign certificates on behalf of an authority.
    pub documents: DocumentKeys,
}

impl NodeKeys {
    /// The office that this node is; none where it is a participant's or the scheme's own node. The node's name says it.
    pub fn office(&self) -> Option<OfficeName> {
        self.signer.id.parse().ok()
    }

    /// Whether this node is for training: its name says it, and its name stands in the first entry of every log it opens,
    /// so that no copy of its database passes for a real one.
    pub fn is_training(&self) -> bool {
        self.signer.id == TRAINING
    }

    /// Which node this is, as `log_head` names it: `XA.north`, or nothing for the capital.
    pub(crate) fn node(&self) -> String {
        self.office().map(|office| office.to_string()).unwrap_or_default()
    }

    /// The key that signs the checkpoints of one log.
    ///
    /// # Errors
    /// Where the log's name cannot be a key name, which log names are made never to be.
    pub fn checkpoint_key(&self, log_id: &str) -> anyhow::Result<CheckpointKey> {
        Ok(CheckpointKey::from_seed(log_id, self.checkpoint_seed)?)
    }
}

/// The civil day of an instant, UTC: the one notion of "day" that acts, statements and clocks share.
pub fn day_of(instant: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(instant).date()
}

/// What one append added, for the copy kept outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Which log.
    pub log_id: String,
    /// Place in it.
    pub entry_number: u64,
    /// The Merkle leaf hash.
    pub leaf_hash: Hash,
    /// The signed checkpoint after this entry.
    pub checkpoint: String,
}

/// Where an act is done. One desk serves one act in one transaction.
pub struct Desk<'a> {
    /// Who signs.
    pub signer: &'a Signer,
    /// The clock's reading, whole seconds.
    pub now: Timestamp,
    /// The node's keys.
    pub node: &'a NodeKeys,
    appended: RefCell<Vec<Appended>>,
}

impl<'a> Desk<'a> {
    /// A desk at which `signer` acts at the given moment.
    pub fn new(signer: &'a Signer, node: &'a NodeKeys, now: Timestamp) -> Self {
        // Whole seconds: what is signed is then what is shown.
        let now = now
            .round(jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Floor))
            .unwrap_or(now);
        Self { signer, now, node, appended: RefCell::new(Vec::new()) }
    }

    /// Today's civil date, UTC.
    pub fn today(&self) -> Date {
        day_of(self.now)
    }

    pub(crate) fn note(&self, appended: Appended) {
        self.appended.borrow_mut().push(appended);
    }

    /// What was appended at this desk so far.
    pub fn appended(&self) -> Vec<Appended> {
        self.appended.borrow().clone()
    }

    /// What was appended at this desk.
    pub fn into_appended(self) -> Vec<Appended> {
        self.appended.into_inner()
    }
}

/// Why an act did not happen: we said no, or something broke. The two are never mixed.
#[derive(Debug)]
pub enum Failure {
    /// We said no, with a key, a sentence and a rule.
    Refused(Box<dyn Refuse>),
    /// Something broke; the transaction left no trace.
    Error(anyhow::Error),
}

impl Failure {
    /// A refusal as a failure.
    pub fn refused(refusal: impl Refuse) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Box<dyn Refuse>> for Failure {
    fn from(refusal: Box<dyn Refuse>) -> Self {
        Self::Refused(refusal)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "{refusal} (rule: {})", refusal.rule()),
            Self::Error(error) => write!(f, "{error:#}"),
        }
    }
}
