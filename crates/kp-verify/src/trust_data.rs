//! The lists made ready for many verdicts: keys prepared once, and the age that every verdict names.
//!
//! Security 1.6: fresh for 7 days, usable with a warning for 45, then it cannot be said. S-16: places without a network
//! must go on, so old lists do not stop the desk; they take away the green.

use std::collections::BTreeMap;

use kp_certificate::lists::{Bundle, DocumentKey, Head};
use kp_terms::{ParticipantCode, Timestamp};

use crate::CheckKey;

/// Up to this many days old, lists are fresh.
pub const FRESH_DAYS: i64 = 7;
/// Up to this many days old, lists still say something.
pub const LONGEST_DAYS: i64 = 45;

/// One participant's keys, ready to check with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    pub(crate) document: Vec<(CheckKey, DocumentKey)>,
    pub(crate) log: Vec<(CheckKey, String)>,
}

/// The lists at hand.
#[derive(Debug, Clone)]
pub struct TrustData {
    bundle: Bundle,
    keys: BTreeMap<ParticipantCode, Keys>,
    newest: Timestamp,
}

impl TrustData {
    /// Makes an accepted bundle ready.
    pub fn new(bundle: Bundle) -> Self {
        let ready = |trust: &kp_certificate::lists::Trust| Keys {
            document: trust
                .document_keys
                .iter()
                .map(|key| (CheckKey::new(&key.public), key.clone()))
                .collect(),
            log: trust.log_keys.iter().map(|key| (CheckKey::new(&key.public), key.log.clone())).collect(),
        };
        let keys = bundle.trust.iter().map(|(code, trust)| (*code, ready(trust))).collect();
        let newest = heads(&bundle).map(|head| head.issued_at).max().unwrap_or_default();
        Self { keys, newest, bundle }
    }

    /// The lists themselves.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// When the lists were bound together: what their age is counted from.
    pub fn as_of(&self) -> Timestamp {
        self.bundle.snapshot.head.issued_at
    }

    /// The latest moment that any list was made: a right clock is not earlier.
    pub fn newest(&self) -> Timestamp {
        self.newest
    }

    pub(crate) fn keys(&self, code: ParticipantCode) -> Option<&Keys> {
        self.keys.get(&code)
    }

    pub(crate) fn all_keys(&self) -> impl Iterator<Item = (ParticipantCode, &Keys)> {
        self.keys.iter().map(|(code, keys)| (*code, keys))
    }

    /// Whether the lists themselves say that they are no longer to be used.
    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        [&self.bundle.snapshot.head, &self.bundle.participants.head].iter().any(|head| head.expires_at <= now)
    }
}

fn heads(bundle: &Bundle) -> impl Iterator<Item = &Head> {
    [&bundle.snapshot.head, &bundle.participants.head]
        .into_iter()
        .chain(bundle.trust.values().map(|list| &list.head))
        .chain(bundle.status.values().map(|list| &list.head))
        .chain(bundle.ranges.values().map(|list| &list.head))
}
