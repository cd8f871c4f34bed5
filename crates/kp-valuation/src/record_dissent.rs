//! Record dissent: an officer objects to how a lot is treated. Nobody can remove it.
//!
//! Scheme: domain 7; needs of a valuer under pressure. Exposes: L15, L19, L20. Appends `dissent_recorded`. It stops nothing
//! by itself; it stands in the log, goes with the certificate's record and the extract for a court, and reviewers see it.
//! No act takes it back, and none is refused because of it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{Lot, queries, submit_value};

const RECORD_DISSENT: Sql = sql!("record_dissent");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The lot.
        lot: String, "XA-L-17";
        /// The objection, in the officer's own words.
        words: String, "I was told to release the lot with only its weight checked.";
    }
}

/// Dissent is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DissentRecorded {
    /// Whose lot.
    pub participant: ParticipantCode,
    /// Which lot.
    pub lot: String,
    /// The objection.
    pub words: String,
    /// Who objects.
    pub dissented_by: String,
}

impl Statement for DissentRecorded {
    const KIND: &'static str = "dissent_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why dissent is not recorded.
    pub enum Refusal {
        /// Without words.
        WithoutWords = "dissent_without_words", "say what you object to", "L15, L20: dissent is on record";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<Lot>,
}

/// Records dissent.
///
/// # Errors
/// Refuses where there is no such lot, the officer is another participant's, or nothing is said.
pub fn record_dissent(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        lot: queries::lot_by_reference(tx, &request.lot)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<DissentRecorded, Box<dyn Refuse>> {
    let Some(lot) = &facts.lot else {
        return Err(submit_value::Refusal::NoSuchLot { lot: request.lot.clone() }.into());
    };
    // Whatever role: who works here may object. A trader's person does not work here.
    let (id, own, needed) =
        (facts.officer.id.clone(), facts.officer.body.clone(), lot.participant.to_string());
    if own != needed {
        return Err(may_act::Refusal::OtherBody { id, own, needed }.into());
    }
    if facts.officer.is_trader() {
        return Err(may_act::Refusal::RoleMissing { id, role: Role::Valuer }.into());
    }
    if request.words.trim().is_empty() {
        return Err(Refusal::WithoutWords.into());
    }
    Ok(DissentRecorded {
        participant: lot.participant,
        lot: lot.lot.clone(),
        words: request.words.clone(),
        dissented_by: id,
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: DissentRecorded = entry.body()?;
    tx.execute(
        RECORD_DISSENT,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.lot).into(),
            (&body.words).into(),
            (&body.dissented_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::testing::*;

    #[test]
    fn whoever_works_there_may_object() {
        let facts = Facts { officer: officer("XB", Role::Valuer), lot: None };
        let request = Request { lot: "XA-L-1".into(), words: " ".into() };
        let mut world = (facts, request);
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_lot", |w| w.0.lot = Some(lot())),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Storekeeper)),
                ("dissent_without_words", |w| w.1.words = "I object.".into()),
            ],
        );
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Trader) {
            world.0.officer = officer("XA", role);
            decide(&world.0, &world.1).unwrap();
        }
    }
}
