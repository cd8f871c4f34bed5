//! Record a zone's state: from a day on, stones found or sold there may be exported, or may not.
//!
//! Scheme: domain 4.4 (compliant zones). Closes: L25. Appends `zone_state_recorded` to the scheme's log: which zones are
//! compliant is found by the scheme's monitoring, not by the participant concerned. Changes nothing that was exported.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse, Zone};

use crate::{Officer, Participant, Role, ZoneState, queries, rules::may_act};

const RECORD_ZONE_STATE: Sql = sql!("record_zone_state");

kp_terms::form! {
    /// A zone's state is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ZoneStateRecorded {
        /// Which zone.
        zone: Zone, "XA/north-river";
        /// What holds from then on.
        state: ZoneState, "compliant";
        /// First day on which it holds.
        effective_from: Date, "2026-03-01";
        /// The decision.
        legal_act: String, "Monitoring team decision 4";
    }
}

impl Statement for ZoneStateRecorded {
    const KIND: &'static str = "zone_state_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.zone.to_string()
    }
}

kp_terms::refusals! {
    /// Why a zone's state is not recorded.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant; admit it first", "CD Section VI.8";
        /// Without a decision a zone stays what it is.
        WithoutLegalAct = "zone_state_without_legal_act", "a zone's state needs the decision that makes it one", "domain 4.4: each with its date and act";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
}

/// Records a zone's state.
///
/// # Errors
/// Refuses where the officer is neither of the secretariat nor of the scheme's monitoring, or the zone is nobody's.
pub fn record_zone_state(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ZoneStateRecorded,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.zone.participant())?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &ZoneStateRecorded) -> Result<(), Box<dyn Refuse>> {
    let secretariat = facts.officer.roles.contains(&Role::Secretariat);
    may_act::of_scheme(&facts.officer, if secretariat { Role::Secretariat } else { Role::Monitoring })?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.zone.participant() }.into());
    }
    if request.legal_act.trim().is_empty() {
        return Err(Refusal::WithoutLegalAct.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ZoneStateRecorded = entry.body()?;
    tx.execute(
        RECORD_ZONE_STATE,
        &[
            i64::try_from(entry.position)?.into(),
            body.zone.participant().as_str().into(),
            (&body.zone.to_string()).into(),
            body.state.word().into(),
            (&body.effective_from.to_string()).into(),
            (&body.legal_act).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, ZoneStateRecorded, decide};
    use crate::{Role, ZoneState, testing::*};

    #[test]
    fn the_scheme_says_which_zones_are_compliant() {
        let request = ZoneStateRecorded {
            zone: "XA/north-river".parse().unwrap(),
            state: ZoneState::Compliant,
            effective_from: jiff::civil::date(2026, 3, 1),
            legal_act: " ".into(),
        };
        let facts = Facts { officer: officer("XA", Role::Administrator), participant: None };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Statistics)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Monitoring)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XA"))),
                ("zone_state_without_legal_act", |w| w.1.legal_act = "decision 4".into()),
            ],
        );
    }
}
