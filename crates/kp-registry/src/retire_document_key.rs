//! Retire a document key: from now on it signs nothing. What it signed before stays good.
//!
//! Scheme: security 7.2 (rotation). Appends `document_key_retired` to the participant's log. For a key that may have been
//! in other hands there is `report_key_compromise`; this act says that it was not.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{DocumentKey, Officer, Role, queries, rules::may_act};

const RETIRE_DOCUMENT_KEY: Sql = sql!("retire_document_key");

kp_terms::form! {
    /// A document key is retired.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct DocumentKeyRetired {
        /// Whose key.
        participant: ParticipantCode, "XA";
        /// Id of the key, sixteen hexadecimal digits.
        key_id: String, "0123456789abcdef";
        /// Why: replaced, the token is worn out, the authority is closed.
        reason: String, "replaced by its successor";
    }
}

impl Statement for DocumentKeyRetired {
    const KIND: &'static str = "document_key_retired";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.key_id.clone()
    }
}

kp_terms::refusals! {
    /// Why a document key is not retired.
    pub enum Refusal {
        /// There is no such key.
        NoSuchDocumentKey { id: String } = "no_such_document_key", "{id} is not a document key of this participant; the list of keys shows which there are", "security 7.2";
        /// It is out of use.
        AlreadyRetired { id: String } = "document_key_already_retired", "key {id} is retired already", "a key is retired once";
        /// It is worse than retired.
        AlreadyCompromised { id: String } = "document_key_compromised", "key {id} was reported as compromised and signs nothing any more", "security 7.4";
    }
}

struct Facts {
    officer: Officer,
    key: Option<DocumentKey>,
}

/// Retires a document key.
///
/// # Errors
/// Refuses where the officer is not a custodian of that participant, or the key is not in use.
pub fn retire_document_key(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &DocumentKeyRetired,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        key: queries::document_key_by_id(tx, &request.key_id)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &DocumentKeyRetired) -> Result<(), Box<dyn Refuse>> {
    let id = request.key_id.clone();
    may_act::of_participant(&facts.officer, Role::Custodian, request.participant)?;
    let Some(key) = facts.key.as_ref().filter(|key| key.participant == request.participant) else {
        return Err(Refusal::NoSuchDocumentKey { id }.into());
    };
    if key.compromise.is_some() {
        return Err(Refusal::AlreadyCompromised { id }.into());
    }
    if key.retired_at.is_some() {
        return Err(Refusal::AlreadyRetired { id }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: DocumentKeyRetired = entry.body()?;
    tx.execute(
        RETIRE_DOCUMENT_KEY,
        &[(&body.key_id).into(), (&entry.at.to_string()).into(), (&body.reason).into()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{DocumentKeyRetired, Facts, decide};
    use crate::{Compromise, Role, testing::*};

    #[test]
    fn a_custodian_retires_a_key_of_its_own_once() {
        let request = DocumentKeyRetired {
            participant: code("XA"),
            key_id: "0123456789abcdef".into(),
            reason: "replaced".into(),
        };
        let mut facts = Facts { officer: officer("XB", Role::Custodian), key: None };
        let at = "2026-02-03T08:00:00Z".parse().unwrap();
        let compromise = Compromise {
            suspected_from: at,
            reported_at: at,
            what_happened: "lost".into(),
            cuts: Vec::new(),
        };
        let mut worst = document_key("XA", "2026-01-10", "2027-01-09");
        (worst.retired_at, worst.compromise) = (Some(at), Some(compromise));
        facts.key = Some(worst);
        refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request)),
            &[
                ("officer_of_another_body", |f| f.officer = officer("XA", Role::Approver)),
                ("role_missing", |f| f.officer = officer("XA", Role::Custodian)),
                ("document_key_compromised", |f| f.key.as_mut().unwrap().compromise = None),
                ("document_key_already_retired", |f| f.key.as_mut().unwrap().participant = code("XB")),
                ("no_such_document_key", |f| f.key = Some(document_key("XA", "2026-01-10", "2027-01-09"))),
            ],
        );
    }
}
