//! Change a participant's standing: from an instant on it may trade, may not for a time, or is off the list.
//!
//! Scheme: Section III(c) (no trade with non-participants); precedents RoC 9 July 2004, CAR 23 May 2013. Closes: L24.
//! Appends `standing_changed` to the scheme's log. Touches no certificate: desks ask for the standing when they act.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{Officer, Participant, Role, Standing, UnderWayRule, queries, rules::may_act};

const RECORD_STANDING: Sql = sql!("record_standing");

kp_terms::form! {
    /// A participant's standing changes.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct StandingChanged {
        /// Whose standing.
        participant: ParticipantCode, "XC";
        /// What holds from then on.
        standing: Standing, "suspended";
        /// From which instant, UTC.
        effective_at: Timestamp, "2026-07-09T12:00:00Z";
        /// The decision.
        legal_act: String, "Administrative decision 2026/3";
        /// What happens to goods exported before and arriving after; hold-and-ask where the decision is silent.
        under_way: Option<UnderWayRule>, "hold-and-ask";
    }
}

impl Statement for StandingChanged {
    const KIND: &'static str = "standing_changed";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a standing is not changed.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant",
            "{code} is not a participant; admit it first", "CD Section VI.8";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
}

/// Changes a standing.
///
/// # Errors
/// Refuses where the officer is not of the secretariat or the participant is unknown.
pub fn change_standing(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &StandingChanged,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &StandingChanged) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Secretariat)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: StandingChanged = entry.body()?;
    tx.execute(
        RECORD_STANDING,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            body.standing.word().into(),
            (&body.effective_at.to_string()).into(),
            (&body.legal_act).into(),
            body.under_way.unwrap_or(UnderWayRule::HoldAndAsk).word().into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, StandingChanged, decide};
    use crate::{Role, Standing, testing::*};

    #[test]
    fn only_the_secretariat_changes_a_standing_and_only_of_a_participant() {
        let request = StandingChanged {
            participant: code("XC"),
            standing: Standing::Suspended,
            effective_at: "2026-07-09T12:00:00Z".parse().unwrap(),
            legal_act: "invented".into(),
            under_way: None,
        };
        let mut facts = Facts { officer: officer("XC", Role::Administrator), participant: None };
        refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request)),
            &[
                ("officer_of_another_body", |f| f.officer = officer("scheme", Role::Statistics)),
                ("role_missing", |f| f.officer = officer("scheme", Role::Secretariat)),
                ("not_a_participant", |f| f.participant = Some(participant("XC"))),
            ],
        );
    }
}
