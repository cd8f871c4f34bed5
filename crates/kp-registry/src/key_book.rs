//! Which key may sign at which place in the log, learnt from the statements themselves and from nothing else.
//!
//! The tables could have been altered by whoever holds the database; the signed log cannot. The first entry of all
//! introduces the node's key and is the root of trust. Closes: L19, T11: a document key counts only once two different
//! custodians have signed for it, and then for certificates alone; an officer's key signs everything but certificates.

mod documents;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use kp_db::Tx;
use kp_log::{CREDENTIAL_SIGNED, Entry, KeyBook, LogName, LogOpened, LogOwner, OfficeName, Statement};
use kp_sign::{KeyId, PublicKey};
use kp_terms::ParticipantCode;

use crate::{
    Role, name_officer::OfficerNamed, name_officer::public_key, register_document_key::DocumentKeyRegistered,
    register_key::KeyRegistered, register_office::OfficeRegistered,
    report_key_compromise::KeyCompromiseReported, retire_document_key::DocumentKeyRetired,
    rules::of_the_capital, withdraw_key::KeyWithdrawn, witness_ceremony::CeremonyWitnessed,
};
use documents::DocumentKeys;

/// What a key was introduced for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Statements of an officer, or of the node.
    Acts,
    /// Certificates as signed bytes, and nothing else.
    Certificates,
}

/// Kinds of statement that name keys, and so all that a book must read.
const KINDS: [&str; 9] = [
    LogOpened::KIND,
    OfficerNamed::KIND,
    KeyRegistered::KIND,
    KeyWithdrawn::KIND,
    OfficeRegistered::KIND,
    DocumentKeyRegistered::KIND,
    CeremonyWitnessed::KIND,
    DocumentKeyRetired::KIND,
    KeyCompromiseReported::KIND,
];

/// Keys named by the statements read so far and not withdrawn by them.
#[derive(Debug, Default)]
pub struct LogKeyBook {
    keys: BTreeMap<KeyId, PublicKey>,
    bodies: BTreeMap<KeyId, LogOwner>,
    holders: BTreeMap<KeyId, String>,
    custodians: BTreeMap<String, LogOwner>,
    documents: DocumentKeys,
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

    /// What a key was introduced for; nothing where it is unknown.
    pub fn purpose(&self, id: KeyId) -> Option<Purpose> {
        if self.documents.key(id).is_some() {
            Some(Purpose::Certificates)
        } else {
            self.keys.contains_key(&id).then_some(Purpose::Acts)
        }
    }

    /// One key, one holder, one purpose, once: a key that comes back, or comes to a second person, is refused as the desk
    /// does.
    fn is_new(&self, key: &PublicKey) -> Result<()> {
        let id = key.id();
        ensure!(!self.withdrawn.contains_key(&id), "key {id} was withdrawn, and is introduced again");
        let known = self.keys.contains_key(&id) || self.documents.key(id).is_some();
        ensure!(!known, "key {id} is introduced a second time");
        Ok(())
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
        self.is_new(&key)?;
        self.keys.insert(id, key);
        self.offices.insert(id, office);
        Ok(())
    }

    fn add(&mut self, hex: &str, body: LogOwner, officer: &str) -> Result<()> {
        let key = public_key(hex).context("a key in a statement is not a P-256 point")?;
        self.is_new(&key)?;
        let id = key.id();
        self.keys.insert(id, key);
        self.bodies.insert(id, body);
        self.holders.insert(id, officer.to_owned());
        Ok(())
    }

    fn withdraw(&mut self, key_id: &str, body: LogOwner) -> Result<()> {
        let held = self.bodies.iter().find(|(id, holder)| id.to_string() == key_id && **holder == body);
        let id =
            *held.with_context(|| format!("key {key_id} is not one of {body} that could be withdrawn"))?.0;
        self.bodies.remove(&id);
        self.holders.remove(&id);
        if let Some(key) = self.keys.remove(&id) {
            self.withdrawn.insert(id, (key, body));
        }
        Ok(())
    }

    /// The custodian of a participant who signed an entry; none where whoever signed is not one.
    fn custodian(&self, entry: &Entry, participant: ParticipantCode) -> Option<String> {
        let officer = self.holders.get(&entry.key_id)?;
        let body = self.custodians.get(officer)?;
        (*body == LogOwner::Participant(participant)).then(|| officer.clone())
    }

    fn learn_document_key(&mut self, entry: &Entry) -> Result<()> {
        match entry.kind.as_str() {
            DocumentKeyRegistered::KIND => {
                let body: DocumentKeyRegistered = entry.body()?;
                let registrar = self.custodian(entry, body.participant).with_context(|| {
                    format!(
                        "a document key of {} is registered by somebody who is no custodian",
                        body.participant
                    )
                })?;
                let key = public_key(&body.public_key).context("a document key is not a P-256 point")?;
                self.is_new(&key)?;
                self.documents.register(key, &body, registrar);
                Ok(())
            }
            CeremonyWitnessed::KIND => {
                let body: CeremonyWitnessed = entry.body()?;
                match self.custodian(entry, body.participant) {
                    Some(witness) => self.documents.witness(&body, &witness),
                    // Somebody from outside: evidence, which makes no key active.
                    None => Ok(()),
                }
            }
            DocumentKeyRetired::KIND => {
                let body: DocumentKeyRetired = entry.body()?;
                self.documents.end(&body.key_id, body.participant, "was retired")
            }
            KeyCompromiseReported::KIND => {
                let body: KeyCompromiseReported = entry.body()?;
                self.documents.end(&body.key_id, body.participant, "was reported as compromised")
            }
            _ => Ok(()),
        }
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
                self.add(&named.public_key, named.body, &named.officer_id)?;
                if named.roles.contains(&Role::Custodian) {
                    self.custodians.insert(named.officer_id, named.body);
                }
                Ok(())
            }
            KeyRegistered::KIND => {
                let registered: KeyRegistered = entry.body()?;
                self.add(&registered.public_key, registered.body, &registered.officer_id)
            }
            OfficeRegistered::KIND => self.add_office(&entry.body()?),
            KeyWithdrawn::KIND => {
                let withdrawn: KeyWithdrawn = entry.body()?;
                self.withdraw(&withdrawn.key_id, withdrawn.body)
            }
            _ => self.learn_document_key(entry),
        }
    }

    fn key(&self, id: KeyId) -> Option<PublicKey> {
        self.keys.get(&id).or_else(|| self.documents.key(id)).cloned()
    }

    fn body(&self, id: KeyId) -> Option<LogOwner> {
        let withdrawn = || self.withdrawn.get(&id).map(|(_, body)| *body);
        self.bodies.get(&id).copied().or_else(|| self.documents.body(id)).or_else(withdrawn)
    }

    fn may_sign(&self, id: KeyId, kind: &str, owner: LogOwner, at: Timestamp) -> Result<(), String> {
        match (self.purpose(id), kind == CREDENTIAL_SIGNED) {
            (Some(Purpose::Certificates), true) => self.documents.may_sign(id, owner, at),
            (Some(Purpose::Certificates), false) => Err(format!(
                "it is signed with the document key {id}, which signs certificates and nothing else"
            )),
            (_, true) => Err(format!(
                "it is a certificate signed with key {id}, which is no document key; only those sign certificates"
            )),
            (_, false) => Ok(()),
        }
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
