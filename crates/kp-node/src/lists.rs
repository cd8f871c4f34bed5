//! The lists that verifiers carry, made from the register: who takes part, whose keys count, which certificates there are
//! and what became of them, which numbers were allotted, how the papers look.
//!
//! specs/lists.md; security 1.6 and 7. A list is signed by whom the list above it names: the participants by the pinned
//! root keys, a participant's keys by its custodians, what changes daily by the node. A list whose content did not change
//! is published again as it was signed, so that root holders and custodians are asked only when something of theirs
//! changed. Judges nothing: it says what the log says.

mod daily;
mod participants;
mod ranges;
mod roots;
mod specimens;
mod status;
mod store;
mod trust;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use kp_certificate::lists::{Bundle, Head, List, ListFile, Roots, Snapshot, pack, seal};
use kp_db::Tx;
use kp_log::{Desk, LogOwner, Statement};
use kp_sign::{MessageSigner, SigningKey};
use kp_terms::{ParticipantCode, sentence};
use serde::{Deserialize, Serialize};

use crate::{Node, stages::as_error};
pub use daily::DailyLists;
pub use roots::{RootFile, make_root_key, open_root_key, roots_from_text, roots_to_text};
pub use store::ListStore;

/// How long lists of root holders and custodians hold.
const LONG: SignedDuration = SignedDuration::from_hours(24 * 365);
/// How long the lists of certificates hold: the longest that a verifier goes by them (rulings 20, security S-16).
const DAILY: SignedDuration = SignedDuration::from_hours(24 * 45);
/// How long a snapshot holds; past it verdicts are amber, not broken (security 7.6).
const SNAPSHOT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// A list that ends sooner than this is signed again though nothing changed.
const MARGIN: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Whoever is at hand to sign.
#[derive(Default)]
pub struct ListSigners {
    /// Root keys.
    pub roots: Vec<SigningKey>,
    /// Custodians of participants.
    pub custodians: Vec<SigningKey>,
}

/// A list that changed, and too few of those who must sign it are at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanting {
    /// Which list, in words: `the keys of XA`.
    pub list: String,
    /// How many must sign.
    pub needed: u32,
    /// How many of those who may are at hand.
    pub at_hand: u32,
    /// Who may.
    pub who: &'static str,
}

impl std::fmt::Display for Wanting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} changed and must be signed by {} of {}; {} of them is at hand",
            self.list, self.needed, self.who, self.at_hand
        )
    }
}

/// What a publication came to.
#[derive(Debug)]
pub enum Publication {
    /// The lists, packed.
    Published(Box<Bundle>),
    /// Somebody's signature is wanting; nothing was published.
    Wanting(Vec<Wanting>),
}

/// The node says which lists it has published: version and hash, so that nobody can show two sets under one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListsPublished {
    /// Version of the snapshot.
    pub version: u64,
    /// SHA-256 of the snapshot without its signature, hexadecimal.
    pub snapshot_hash: String,
}

impl Statement for ListsPublished {
    const KIND: &'static str = "lists_published";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        format!("lists {}", self.version)
    }
}

impl Node {
    /// Publishes the lists as of a moment on top of those published before.
    ///
    /// # Errors
    /// Where the database fails, or what was made does not pass the reading that every verifier does.
    pub fn publish_lists(
        &self,
        before: Option<&Bundle>,
        roots: &Roots,
        signers: &ListSigners,
        now: Timestamp,
    ) -> Result<Publication> {
        self.refuse_in_training(sentence!("training-lists", "a set of lists"))
            .map_err(crate::stages::as_error)?;
        let mut press =
            Press { node: self, before, signers, roots, now, files: Vec::new(), wanting: Vec::new() };
        self.db().read(|tx| press.print(tx))?;
        if !press.wanting.is_empty() {
            return Ok(Publication::Wanting(press.wanting));
        }
        let version = before.map_or(0, |before| before.snapshot.head.version) + 1;
        let snapshot = Snapshot::of(press.head("scheme", version, SNAPSHOT), &press.files)?;
        let snapshot = seal(&snapshot, &[&self.keys().signer.key])?;
        let snapshot_hash = kp_sign::hex(&snapshot.hash());
        let bytes = pack(&snapshot, &press.files)?;
        // Read as a stranger would before anybody gets it.
        let bundle =
            Bundle::accept(&bytes, roots, before, now).context("reading the lists that were just made")?;
        let said = ListsPublished { version, snapshot_hash };
        let desk = Desk::new(&self.keys().signer, self.keys(), now);
        self.at_desk("publish_lists", desk, |tx, desk| kp_log::append(tx, desk, &said)).map_err(as_error)?;
        Ok(Publication::Published(Box::new(bundle)))
    }
}

/// Lists being made.
struct Press<'a> {
    node: &'a Node,
    before: Option<&'a Bundle>,
    signers: &'a ListSigners,
    roots: &'a Roots,
    now: Timestamp,
    files: Vec<ListFile>,
    wanting: Vec<Wanting>,
}

impl Press<'_> {
    fn print(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let head = self.head("scheme", 1, LONG);
        let participants = participants::list(tx, head, self.node.keys().signer.key.public())?;
        self.add(
            "the list of participants",
            "the root keys",
            &participants,
            self.roots,
            &self.signers.roots,
            LONG,
        )?;
        for participant in &participants.participants {
            let (code, issuer) = (participant.code, participant.code.to_string());
            let trust =
                trust::list(tx, self.head(&issuer, 1, LONG), code, self.node.keys().signer.key.public())?;
            // A participant that signs no certificates has nothing that a verifier could go by.
            if trust.document_keys.is_empty() {
                continue;
            }
            let name = format!("the keys of {code}");
            self.add(&name, "its custodians", &trust, &participant.signers, &self.signers.custodians, LONG)?;
            self.add_daily(tx, code)?;
        }
        Ok(())
    }

    /// What the node itself signs: certificates, numbers, papers.
    fn add_daily(&mut self, tx: &mut Tx<'_>, code: ParticipantCode) -> Result<()> {
        let issuer = code.to_string();
        let node = std::slice::from_ref(&self.node.keys().signer.key);
        let only_node = kp_certificate::lists::Signers::new(1, node.iter().map(SigningKey::public));
        let head = self.head(&issuer, 1, DAILY);
        let status = status::list(tx, head.clone(), code, self.now)?;
        self.add(&format!("the certificates of {code}"), "the node", &status, &only_node, node, DAILY)?;
        let ranges = ranges::list(tx, head.clone(), code)?;
        self.add(&format!("the numbers of {code}"), "the node", &ranges, &only_node, node, DAILY)?;
        let specimens = specimens::list(tx, head, code)?;
        self.add(&format!("the papers of {code}"), "the node", &specimens, &only_node, node, DAILY)
    }

    fn head(&self, issuer: &str, version: u64, holds: SignedDuration) -> Head {
        let whole = Timestamp::from_second(self.now.as_second()).unwrap_or(self.now);
        let expires_at = whole.checked_add(holds).unwrap_or(Timestamp::MAX);
        Head { version, issuer: issuer.to_owned(), issued_at: whole, expires_at }
    }

    /// The list as it was signed before where it still holds and says the same; else signed anew, one version on.
    fn add<L: List + Clone + PartialEq + WithHead>(
        &mut self,
        name: &str,
        who: &'static str,
        list: &L,
        may_sign: &kp_certificate::lists::Signers,
        at_hand: &[SigningKey],
        holds: SignedDuration,
    ) -> Result<()> {
        let issuer = &list.head().issuer;
        let file = self.before.and_then(|before| before.file(L::CONTENT_TYPE, issuer));
        let earlier: Option<L> = file.map(ListFile::read).transpose()?;
        if let (Some(file), Some(earlier)) = (file, &earlier) {
            let same = list.clone().with_head(earlier.head().clone()) == *earlier;
            let margin = MARGIN.min(holds / 2);
            let holds_on = earlier.head().expires_at.duration_since(self.now) > margin;
            if same && holds_on && file.signed_by(may_sign).is_ok() {
                self.files.push(file.clone());
                return Ok(());
            }
        }
        let version = earlier.map_or(0, |earlier| earlier.head().version) + 1;
        let list = list.clone().with_head(self.head(issuer, version, holds));
        let keys: Vec<&dyn MessageSigner> = at_hand
            .iter()
            .filter(|key| may_sign.public_keys().any(|may| *may == key.public()))
            .map(|key| key as &dyn MessageSigner)
            .collect();
        let (needed, found) = (may_sign.threshold, u32::try_from(keys.len())?);
        if found < needed {
            self.wanting.push(Wanting { list: name.to_owned(), needed, at_hand: found, who });
            return Ok(());
        }
        self.files.push(seal(&list, &keys)?);
        Ok(())
    }
}

/// A list under another head.
trait WithHead {
    fn with_head(self, head: Head) -> Self;
}

macro_rules! with_head {
    ($($list:ty),*) => {
        $(impl WithHead for $list {
            fn with_head(self, head: Head) -> Self {
                Self { head, ..self }
            }
        })*
    };
}

with_head!(
    kp_certificate::lists::Participants,
    kp_certificate::lists::Trust,
    kp_certificate::lists::Status,
    kp_certificate::lists::Ranges,
    kp_certificate::lists::Specimens
);
