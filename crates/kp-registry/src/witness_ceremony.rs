//! Witness the ceremony of a document key: a second custodian, who was there, says that it went by the script. From
//! then on the key signs.
//!
//! Scheme: security 7.5 (dual control). Closes: L19: whoever holds one custodian's key cannot bring a document key into
//! the world. Somebody from the scheme's monitoring may witness too; that is evidence, and makes no key active. Appends
//! `ceremony_witnessed` to the participant's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{DocumentKey, Officer, Role, queries, rules::may_act};

const RECORD_CEREMONY_WITNESS: Sql = sql!("record_ceremony_witness");
const ACTIVATE_DOCUMENT_KEY: Sql = sql!("activate_document_key");

kp_terms::form! {
    /// The ceremony of a document key is witnessed.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct CeremonyWitnessed {
        /// Whose key.
        participant: ParticipantCode, "XA";
        /// Id of the key, sixteen hexadecimal digits, as the witness read it from the device.
        key_id: String, "0123456789abcdef";
        /// SHA-256 of the record of the ceremony, as the witness has it.
        record_hash: String, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        /// Anything that did not go by the script.
        remark: Option<String>, "seal of the second safe was broken and replaced";
    }
}

impl Statement for CeremonyWitnessed {
    const KIND: &'static str = "ceremony_witnessed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.key_id.clone()
    }
}

kp_terms::refusals! {
    /// Why a ceremony is not witnessed.
    pub enum Refusal {
        /// There is no such key.
        NoSuchDocumentKey { id: String } = "no_such_document_key", "{id} is not a document key of this participant; the list of keys shows which there are", "security 7.5";
        /// The same person.
        WitnessIsRegistrar { id: String, officer: String } = "witness_registered_the_key", "{officer} registered key {id}; another custodian who was present must witness it", "security 7.5: dual control; L19";
        /// Said once already.
        WitnessedAlready { id: String, officer: String } = "ceremony_witnessed_already", "{officer} has witnessed the ceremony of key {id} already", "one witness, one word";
        /// Another film.
        RecordDiffers { id: String, registered: String } = "ceremony_record_differs", "key {id} was registered with the record {registered}; the two of you do not speak of the same ceremony", "security 7.5: the hash of the record is logged";
        /// It is over.
        NoLongerInUse { id: String } = "document_key_no_longer_in_use", "key {id} was retired or reported as compromised; a new key needs a new ceremony", "security 7.4";
    }
}

struct Facts {
    officer: Officer,
    key: Option<DocumentKey>,
    witnesses: Vec<String>,
}

/// Witnesses a ceremony.
///
/// # Errors
/// Refuses where the officer is neither another custodian of that participant nor of the scheme's monitoring, or speaks
/// of another ceremony.
pub fn witness_ceremony(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &CeremonyWitnessed,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        key: queries::document_key_by_id(tx, &request.key_id)?,
        witnesses: queries::witnesses_of_ceremony(tx, &request.key_id)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &CeremonyWitnessed) -> Result<(), Box<dyn Refuse>> {
    let (id, officer) = (request.key_id.clone(), facts.officer.id.clone());
    if facts.officer.body == "scheme" {
        may_act::of_scheme(&facts.officer, Role::Monitoring)?;
    } else {
        may_act::of_participant(&facts.officer, Role::Custodian, request.participant)?;
    }
    let Some(key) = facts.key.as_ref().filter(|key| key.participant == request.participant) else {
        return Err(Refusal::NoSuchDocumentKey { id }.into());
    };
    if key.registered_by == officer {
        return Err(Refusal::WitnessIsRegistrar { id, officer }.into());
    }
    if facts.witnesses.contains(&officer) {
        return Err(Refusal::WitnessedAlready { id, officer }.into());
    }
    if !key.record_hash.eq_ignore_ascii_case(&request.record_hash) {
        return Err(Refusal::RecordDiffers { id, registered: key.record_hash.clone() }.into());
    }
    if key.retired_at.is_some() || key.compromise.is_some() {
        return Err(Refusal::NoLongerInUse { id }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CeremonyWitnessed = entry.body()?;
    let officer_id = queries::officer_of_key(tx, &entry.key_id.to_string())?.unwrap_or_default();
    let at = entry.at.to_string();
    tx.execute(
        RECORD_CEREMONY_WITNESS,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.key_id).into(),
            (&officer_id).into(),
            (&at).into(),
            body.remark.as_ref().into(),
        ],
    )?;
    let of_own_body = queries::officer_by_id(tx, &officer_id)?
        .is_some_and(|officer| officer.body == body.participant.as_str());
    if of_own_body {
        tx.execute(ACTIVATE_DOCUMENT_KEY, &[(&body.key_id).into(), (&at).into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{CeremonyWitnessed, Facts, decide};
    use crate::{DocumentKey, Role, testing::*};

    fn request() -> CeremonyWitnessed {
        CeremonyWitnessed {
            participant: code("XA"),
            key_id: "0123456789abcdef".into(),
            record_hash: "11".repeat(32),
            remark: None,
        }
    }

    fn key(of: &str) -> Option<DocumentKey> {
        Some(DocumentKey {
            retired_at: Some("2026-01-06T00:00:00Z".parse().unwrap()),
            ..document_key(of, "2026-01-10", "2027-01-09")
        })
    }

    #[test]
    fn another_custodian_of_the_same_participant_witnesses_once() {
        let facts = Facts {
            officer: officer("XB", Role::Custodian),
            key: None,
            witnesses: vec!["xa-custodian-2".into()],
        };
        refused_in_order(
            &mut (facts, request()),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Custodian)),
                ("no_such_document_key", |w| w.0.key = key("XB")),
                ("no_such_document_key", |w| w.0.key = key("XA")),
                ("witness_registered_the_key", |w| w.0.officer.id = "xa-custodian-2".into()),
                ("ceremony_witnessed_already", |w| w.0.witnesses.clear()),
                ("ceremony_record_differs", |w| w.1.record_hash = "00".repeat(32)),
                ("document_key_no_longer_in_use", |w| {
                    w.0.key = Some(document_key("XA", "2026-01-10", "2027-01-09"));
                }),
            ],
        );
    }

    #[test]
    fn monitoring_may_witness_and_other_offices_of_the_scheme_may_not() {
        let mut request = request();
        request.record_hash = "00".repeat(32);
        let facts = |role| Facts {
            officer: officer("scheme", role),
            key: Some(document_key("XA", "2026-01-10", "2027-01-09")),
            witnesses: Vec::new(),
        };
        assert_eq!(keyed(decide(&facts(Role::Statistics), &request)), Err("role_missing".into()));
        assert_eq!(keyed(decide(&facts(Role::Monitoring), &request)), Ok(()));
    }
}
