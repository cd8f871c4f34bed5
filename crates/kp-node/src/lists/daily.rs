//! The lists published anew each day by the node that publishes them, where nobody's signature but its own is needed.
//!
//! Security 7.6: a verifier whose lists are a week old says so in every verdict; so what needs nobody must not wait for
//! somebody. Root holders and custodians are still asked where something of theirs changed: then nothing is published,
//! and whoever runs the node is told.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use super::{ListSigners, ListStore, Publication, Wanting};
use crate::Node;

/// After so long the lists are published again.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// What the daily look at the lists came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DailyLists {
    /// Lists were never published here, or another node publishes them, or those here are of today.
    NotDue,
    /// Published, under this version.
    Published(u64),
    /// Somebody must sign; the lists of before stay.
    Wanting(Vec<Wanting>),
}

impl Node {
    /// Publishes the lists of this data folder anew where they are a day old and this node is their publisher.
    ///
    /// # Errors
    /// Where the lists cannot be read or written, or the database fails.
    pub fn publish_lists_daily(&self, now: Timestamp) -> Result<DailyLists> {
        let Some(keyring) = self.keyring().filter(|_| !self.is_training()) else {
            return Ok(DailyLists::NotDue);
        };
        let store = ListStore::at(&keyring.beside("lists"));
        let Some(roots) = store.roots()? else { return Ok(DailyLists::NotDue) };
        let Some(before) = store.bundle(&roots)? else { return Ok(DailyLists::NotDue) };
        let own = self.keys().signer.key.public();
        let is_publisher = before.participants.snapshot_signers.public_keys().any(|key| *key == own);
        if !is_publisher || now < before.snapshot.head.issued_at.checked_add(A_DAY)? {
            return Ok(DailyLists::NotDue);
        }
        match self.publish_lists(Some(&before), &roots, &ListSigners::default(), now)? {
            Publication::Wanting(wanting) => Ok(DailyLists::Wanting(wanting)),
            Publication::Published(bundle) => {
                store.keep(&bundle)?;
                Ok(DailyLists::Published(bundle.snapshot.head.version))
            }
        }
    }
}
