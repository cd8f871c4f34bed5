//! Which key may sign at which place in the log, learnt from the statements themselves and from nothing else.
//!
//! The tables could have been altered by whoever holds the database; the signed log cannot. The first entry of all
//! introduces the node's key and is the root of trust.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kp_log::{Entry, KeyBook, LogOpened, Statement};
use kp_sign::{KeyId, PublicKey};

use crate::{
    name_officer::OfficerNamed, name_officer::public_key, register_key::KeyRegistered,
    withdraw_key::KeyWithdrawn,
};

/// Keys named by the statements read so far and not withdrawn by them.
#[derive(Debug, Default)]
pub struct LogKeyBook {
    keys: BTreeMap<KeyId, PublicKey>,
    pinned: Option<KeyId>,
}

impl LogKeyBook {
    /// A book that believes the first entry only if it introduces this node key, which was kept outside the database.
    pub fn pinned_to(node_key: KeyId) -> Self {
        Self { keys: BTreeMap::new(), pinned: Some(node_key) }
    }

    fn add(&mut self, hex: &str) -> Result<()> {
        let key = public_key(hex).context("a key in a statement is not a P-256 point")?;
        self.keys.insert(key.id(), key);
        Ok(())
    }
}

impl KeyBook for LogKeyBook {
    fn learn(&mut self, entry: &Entry) -> Result<()> {
        match entry.kind.as_str() {
            LogOpened::KIND if entry.position == 1 => {
                let opened: LogOpened = entry.body()?;
                let key = public_key(&opened.node_key).context("the node's key is not a P-256 point")?;
                if self.pinned.is_none_or(|pinned| pinned == key.id()) {
                    self.keys.insert(key.id(), key);
                }
            }
            OfficerNamed::KIND => self.add(&entry.body::<OfficerNamed>()?.public_key)?,
            KeyRegistered::KIND => self.add(&entry.body::<KeyRegistered>()?.public_key)?,
            KeyWithdrawn::KIND => {
                let withdrawn: KeyWithdrawn = entry.body()?;
                self.keys.retain(|id, _| id.to_string() != withdrawn.key_id);
            }
            _ => {}
        }
        Ok(())
    }

    fn key(&self, id: KeyId) -> Option<PublicKey> {
        self.keys.get(&id).cloned()
    }
}
