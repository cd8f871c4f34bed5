//! The document keys of a key book: who registered each, whether another custodian witnessed it, and whether it ended.
//!
//! What is refused here is what the desk refuses too: a log that holds it was written past the desk.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use jiff::{Timestamp, civil::Date};
use kp_log::{LogOwner, day_of};
use kp_sign::{KeyId, PublicKey};
use kp_terms::ParticipantCode;

use crate::{register_document_key::DocumentKeyRegistered, witness_ceremony::CeremonyWitnessed};

#[derive(Debug)]
struct Known {
    key: PublicKey,
    participant: ParticipantCode,
    registrar: String,
    valid_from: Date,
    signs_until: Date,
    witnessed: Option<String>,
    ended: Option<&'static str>,
}

/// Document keys named by the statements read so far.
#[derive(Debug, Default)]
pub(super) struct DocumentKeys(BTreeMap<KeyId, Known>);

impl DocumentKeys {
    pub(super) fn key(&self, id: KeyId) -> Option<&PublicKey> {
        self.0.get(&id).map(|known| &known.key)
    }

    pub(super) fn body(&self, id: KeyId) -> Option<LogOwner> {
        self.0.get(&id).map(|known| LogOwner::Participant(known.participant))
    }

    pub(super) fn register(&mut self, key: PublicKey, body: &DocumentKeyRegistered, registrar: String) {
        let known = Known {
            participant: body.participant,
            registrar,
            valid_from: body.valid_from,
            signs_until: body.signs_until,
            witnessed: None,
            ended: None,
            key,
        };
        self.0.insert(known.key.id(), known);
    }

    fn of(&mut self, key_id: &str, participant: ParticipantCode) -> Result<&mut Known> {
        let found = self
            .0
            .iter_mut()
            .find(|(id, known)| id.to_string() == key_id && known.participant == participant);
        Ok(found.with_context(|| format!("{key_id} is no document key of {participant}"))?.1)
    }

    pub(super) fn witness(&mut self, body: &CeremonyWitnessed, witness: &str) -> Result<()> {
        let known = self.of(&body.key_id, body.participant)?;
        ensure!(
            known.registrar != witness,
            "the document key {} is witnessed by {witness}, who registered it",
            body.key_id
        );
        known.witnessed.get_or_insert_with(|| witness.to_owned());
        Ok(())
    }

    pub(super) fn end(
        &mut self,
        key_id: &str,
        participant: ParticipantCode,
        how: &'static str,
    ) -> Result<()> {
        self.of(key_id, participant)?.ended = Some(how);
        Ok(())
    }

    /// Whether a document key may sign a certificate for a log at this place in the logs' order.
    pub(super) fn may_sign(&self, id: KeyId, owner: LogOwner, at: Timestamp) -> Result<(), String> {
        let known = self.0.get(&id).ok_or_else(|| format!("{id} is no document key"))?;
        if owner != LogOwner::Participant(known.participant) {
            let of = known.participant;
            return Err(format!(
                "it is signed with the document key {id} of {of}, which has no say in this log"
            ));
        }
        if known.witnessed.is_none() {
            return Err(format!(
                "it is signed with the document key {id}, whose ceremony no second custodian had witnessed"
            ));
        }
        if let Some(how) = known.ended {
            return Err(format!("it is signed with the document key {id}, which {how} before"));
        }
        let (day, first, last) = (day_of(at), known.valid_from, known.signs_until);
        if day < first || day > last {
            return Err(format!(
                "it is signed on {day} with the document key {id}, which signs from {first} to {last}"
            ));
        }
        Ok(())
    }
}
