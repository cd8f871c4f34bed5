//! Record that a condition is met for one shipment: approved before export, pictures on file, audited afterwards.
//!
//! Scheme: domain 4.4 (CAR 2015-2024). Closes: L25. A participant whose standing is conditional exports nothing for which
//! the conditions that hold goods back are not recorded. Approval and audit are the scheme's monitoring's to state, pictures
//! the participant's own clerk's. Appends `condition_met` to the participant's log. Never issues anything.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{
    Condition, Officer, Role, queries,
    rules::{may_act, reference},
};

const RECORD_CONDITION_MET: Sql = sql!("record_condition_met");

/// Most characters of an application's reference, as kp-trade has it.
const LONGEST_REFERENCE: usize = 24;

kp_terms::form! {
    /// A condition is met for one shipment.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ConditionMet {
        /// Whose shipment.
        participant: ParticipantCode, "XC";
        /// The application's reference.
        application: String, "XC-A-17";
        /// Which condition.
        condition: Condition, "prior-approval";
        /// What shows it: the approval's reference, the SHA-256 of the pictures.
        evidence: String, "Monitoring team letter 12";
    }
}

impl Statement for ConditionMet {
    const KIND: &'static str = "condition_met";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.application.clone()
    }
}

kp_terms::refusals! {
    /// Why a condition is not recorded as met.
    pub enum Refusal {
        /// Not an application's reference.
        NotAReference { reference: String, code: ParticipantCode } = "application_reference_not_of_participant",
            "{reference} is not the reference of an application of {code}: it starts with {code} and a hyphen and has at most 24 characters", "references are unique across participants";
        /// Nothing shows it.
        WithoutEvidence = "condition_without_evidence", "say what shows it: the approval's reference, or the SHA-256 of the pictures", "domain 4.4: evidence required";
        /// Looked up, not stated.
        FollowsFromZones = "condition_follows_from_zones", "which zones are compliant follows from the register of zones; record a zone's state there", "domain 4.4: zones with dates";
        /// Said once already.
        MetAlready { condition: Condition, reference: String } = "condition_met_already", "{condition} is recorded for {reference} already", "one condition, one record";
    }
}

struct Facts {
    officer: Officer,
    met: Vec<Condition>,
}

/// Records that a condition is met.
///
/// # Errors
/// Refuses where the officer is not the one to say so, or the record cannot be meant.
pub fn record_condition_met(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ConditionMet,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        met: queries::conditions_met_of_application(tx, &request.application)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &ConditionMet) -> Result<(), Box<dyn Refuse>> {
    match request.condition {
        Condition::PriorApproval | Condition::PostAudit => {
            may_act::of_scheme(&facts.officer, Role::Monitoring)?;
        }
        Condition::CompliantZones => return Err(Refusal::FollowsFromZones.into()),
        Condition::Pictures => may_act::of_participant(&facts.officer, Role::Clerk, request.participant)?,
    }
    let (reference, code) = (request.application.clone(), request.participant);
    if !reference::belongs_to(&reference, code, LONGEST_REFERENCE) {
        return Err(Refusal::NotAReference { reference, code }.into());
    }
    if request.evidence.trim().is_empty() {
        return Err(Refusal::WithoutEvidence.into());
    }
    if facts.met.contains(&request.condition) {
        return Err(Refusal::MetAlready { condition: request.condition, reference }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ConditionMet = entry.body()?;
    let stated_by = queries::officer_of_key(tx, &entry.key_id.to_string())?.unwrap_or_default();
    tx.execute(
        RECORD_CONDITION_MET,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.application).into(),
            body.condition.word().into(),
            (&body.evidence).into(),
            (&stated_by).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{ConditionMet, Facts, decide};
    use crate::{Condition, Role, testing::*};

    #[test]
    fn monitoring_approves_and_the_clerk_keeps_the_pictures() {
        let request = ConditionMet {
            participant: code("XC"),
            application: "XA-A-17".into(),
            condition: Condition::CompliantZones,
            evidence: " ".into(),
        };
        let facts = Facts {
            officer: officer("XC", Role::Clerk),
            met: vec![Condition::PriorApproval, Condition::Pictures],
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("condition_follows_from_zones", |w| w.1.condition = Condition::PriorApproval),
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Monitoring)),
                ("application_reference_not_of_participant", |w| w.1.application = "XC-A-17".into()),
                ("condition_without_evidence", |w| w.1.evidence = "letter 12".into()),
                ("condition_met_already", |w| w.1.condition = Condition::Pictures),
                ("officer_of_another_body", |w| w.0.officer = officer("XC", Role::Clerk)),
                ("condition_met_already", |w| w.0.met.clear()),
            ],
        );
    }
}
