//! Which key may sign at which place in the log, learnt from the statements themselves and from nothing else.
//!
//! The tables could have been altered by whoever holds the database; the signed log cannot. The first entry of all
//! introduces the node's key and is the root of trust.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use kp_log::{Entry, KeyBook, LogOpened, LogOwner, Statement};
use kp_sign::{KeyId, PublicKey};

use crate::{
    name_officer::OfficerNamed, name_officer::public_key, register_key::KeyRegistered,
    withdraw_key::KeyWithdrawn,
};

/// Keys named by the statements read so far and not withdrawn by them.
#[derive(Debug, Default)]
pub struct LogKeyBook {
    keys: BTreeMap<KeyId, PublicKey>,
    bodies: BTreeMap<KeyId, LogOwner>,
    withdrawn: BTreeSet<KeyId>,
    pinned: Option<KeyId>,
}

impl LogKeyBook {
    /// A book that believes logs opened by this node key only, which was kept outside the database.
    pub fn pinned_to(node_key: PublicKey) -> Self {
        let id = node_key.id();
        Self { keys: BTreeMap::from([(id, node_key)]), pinned: Some(id), ..Self::default() }
    }

    /// One key, one holder, once: a key that comes back, or comes to a second person, is refused as the desk does.
    fn add(&mut self, hex: &str, body: LogOwner) -> Result<()> {
        let key = public_key(hex).context("a key in a statement is not a P-256 point")?;
        let id = key.id();
        ensure!(!self.withdrawn.contains(&id), "key {id} was withdrawn, and is introduced again");
        ensure!(!self.keys.contains_key(&id), "key {id} is introduced a second time");
        self.keys.insert(id, key);
        self.bodies.insert(id, body);
        Ok(())
    }

    fn withdraw(&mut self, key_id: &str, body: LogOwner) -> Result<()> {
        let held = self.bodies.iter().find(|(id, holder)| id.to_string() == key_id && **holder == body);
        let id =
            *held.with_context(|| format!("key {key_id} is not one of {body} that could be withdrawn"))?.0;
        self.keys.remove(&id);
        self.bodies.remove(&id);
        self.withdrawn.insert(id);
        Ok(())
    }
}

impl KeyBook for LogKeyBook {
    fn learn(&mut self, entry: &Entry) -> Result<()> {
        match entry.kind.as_str() {
            LogOpened::KIND if entry.position == 1 => {
                let opened: LogOpened = entry.body()?;
                let key = public_key(&opened.node_key).context("the node's key is not a P-256 point")?;
                if self.pinned.is_none() {
                    self.pinned = Some(key.id());
                    self.keys.insert(key.id(), key);
                }
                Ok(())
            }
            OfficerNamed::KIND => {
                let named: OfficerNamed = entry.body()?;
                self.add(&named.public_key, named.body)
            }
            KeyRegistered::KIND => {
                let registered: KeyRegistered = entry.body()?;
                self.add(&registered.public_key, registered.body)
            }
            KeyWithdrawn::KIND => {
                let withdrawn: KeyWithdrawn = entry.body()?;
                self.withdraw(&withdrawn.key_id, withdrawn.body)
            }
            _ => Ok(()),
        }
    }

    fn key(&self, id: KeyId) -> Option<PublicKey> {
        self.keys.get(&id).cloned()
    }

    fn body(&self, id: KeyId) -> Option<LogOwner> {
        self.bodies.get(&id).copied()
    }
}
