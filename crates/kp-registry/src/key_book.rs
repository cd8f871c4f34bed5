//! Which key may sign at which place in the log, learnt from the statements themselves and from nothing else.
//!
//! The tables could have been altered by whoever holds the database; the signed log cannot. The first entry of all
//! introduces the node's key and is the root of trust.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use kp_db::Tx;
use kp_log::{Entry, KeyBook, LogName, LogOpened, LogOwner, OfficeName, Statement};
use kp_sign::{KeyId, PublicKey};

use crate::{
    name_officer::OfficerNamed, name_officer::public_key, register_key::KeyRegistered,
    register_office::OfficeRegistered, rules::of_the_capital, withdraw_key::KeyWithdrawn,
};

/// Kinds of statement that name keys, and so all that a book must read.
const KINDS: [&str; 5] =
    [LogOpened::KIND, OfficerNamed::KIND, KeyRegistered::KIND, KeyWithdrawn::KIND, OfficeRegistered::KIND];

/// Keys named by the statements read so far and not withdrawn by them.
#[derive(Debug, Default)]
pub struct LogKeyBook {
    keys: BTreeMap<KeyId, PublicKey>,
    bodies: BTreeMap<KeyId, LogOwner>,
    withdrawn: BTreeMap<KeyId, (PublicKey, LogOwner)>,
    /// Node keys of offices.
    offices: BTreeMap<KeyId, OfficeName>,
    pinned: Option<KeyId>,
    /// The office that looks.
    own: Option<OfficeName>,
}

impl LogKeyBook {
    /// A book that believes logs opened by this node key only, which was kept outside the database.
    pub fn pinned_to(node_key: PublicKey) -> Self {
        let id = node_key.id();
        Self { keys: BTreeMap::from([(id, node_key)]), pinned: Some(id), ..Self::default() }
    }

    /// The same book, read by an office: its own logs are then those that it keeps.
    #[must_use]
    pub fn read_by(self, office: Option<OfficeName>) -> Self {
        Self { own: office, ..self }
    }

    /// Learns from the log as it stands here, in its order.
    ///
    /// # Errors
    /// Where the database fails, or the log names keys that it may not name: `log verify` says which.
    pub fn learn_log(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let mut entries = Vec::new();
        for kind in KINDS {
            entries.extend(kp_log::entries_of_kind(tx, kind)?);
        }
        entries.sort_by_key(|entry| entry.position);
        for entry in &entries {
            self.learn(entry).with_context(|| {
                format!("{} entry {}; run `kpcs log verify`", entry.log_id, entry.entry_number)
            })?;
        }
        Ok(())
    }

    fn add_office(&mut self, registered: &OfficeRegistered) -> Result<()> {
        let office = OfficeName::new(registered.participant, &registered.label)?;
        ensure!(!self.offices.values().any(|known| *known == office), "office {office} is registered twice");
        let key = public_key(&registered.node_key).context("the office's key is not a P-256 point")?;
        let id = key.id();
        ensure!(!self.keys.contains_key(&id), "key {id} is introduced a second time");
        self.keys.insert(id, key);
        self.offices.insert(id, office);
        Ok(())
    }

    /// One key, one holder, once: a key that comes back, or comes to a second person, is refused as the desk does.
    fn add(&mut self, hex: &str, body: LogOwner) -> Result<()> {
        let key = public_key(hex).context("a key in a statement is not a P-256 point")?;
        let id = key.id();
        ensure!(!self.withdrawn.contains_key(&id), "key {id} was withdrawn, and is introduced again");
        ensure!(!self.keys.contains_key(&id), "key {id} is introduced a second time");
        self.keys.insert(id, key);
        self.bodies.insert(id, body);
        Ok(())
    }

    fn withdraw(&mut self, key_id: &str, body: LogOwner) -> Result<()> {
        let held = self.bodies.iter().find(|(id, holder)| id.to_string() == key_id && **holder == body);
        let id =
            *held.with_context(|| format!("key {key_id} is not one of {body} that could be withdrawn"))?.0;
        self.bodies.remove(&id);
        if let Some(key) = self.keys.remove(&id) {
            self.withdrawn.insert(id, (key, body));
        }
        Ok(())
    }
}

impl KeyBook for LogKeyBook {
    fn learn(&mut self, entry: &Entry) -> Result<()> {
        let of_office = entry.log_id.parse::<LogName>().is_ok_and(|name| name.office.is_some());
        ensure!(
            !of_office || !of_the_capital::is(&entry.kind),
            "{} is stated at the capital alone, and this is the log of an office",
            entry.kind
        );
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
            OfficeRegistered::KIND => self.add_office(&entry.body()?),
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
        self.bodies.get(&id).copied().or_else(|| self.withdrawn.get(&id).map(|(_, body)| *body))
    }

    fn withdrawn_key(&self, id: KeyId) -> Option<PublicKey> {
        self.withdrawn.get(&id).map(|(key, _)| key.clone())
    }

    fn office(&self, id: KeyId) -> Option<OfficeName> {
        self.offices.get(&id).cloned()
    }

    fn own_office(&self) -> Option<OfficeName> {
        self.own.clone()
    }
}
