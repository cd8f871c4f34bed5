//! End a membership: a participant was removed, left, was absorbed by another or broke up.
//!
//! Scheme: domain 4.3; Section III(c) (no trade with non-participants). Closes: L24. Appends `membership_ended` to the
//! scheme's log. What it signed before stays what it was; goods under way follow the decision's own rule. A country that
//! comes back is admitted again.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{
    MembershipChange, MembershipEnd, MembershipStep, Officer, Participant, Role, UnderWayRule, membership_at,
    queries, rules::may_act,
};

const RECORD_MEMBERSHIP: Sql = sql!("record_membership");

kp_terms::form! {
    /// A membership ends.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct MembershipEnded {
        /// Whose membership.
        participant: ParticipantCode, "XC";
        /// How it ends.
        how: MembershipEnd, "withdrawn";
        /// From which instant, UTC.
        effective_at: Timestamp, "2026-07-09T12:00:00Z";
        /// The decision or note.
        legal_act: String, "Chair's notice 2026/5";
        /// What happens to goods exported before and arriving after; hold-and-ask where the decision is silent.
        under_way: Option<UnderWayRule>, "hold-and-ask";
        /// Who answers for it from then on: the participant that absorbed it.
        successor: Option<ParticipantCode>, "XB";
    }
}

impl Statement for MembershipEnded {
    const KIND: &'static str = "membership_ended";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a membership is not ended.
    pub enum Refusal {
        /// It is none.
        NotAParticipant { code: ParticipantCode, at: Timestamp } = "not_a_participant", "{code} is not a participant at {at}; there is nothing to end", "CD Section VI.8";
        /// Without a decision nothing ends.
        WithoutLegalAct = "membership_without_legal_act", "an end of membership needs the decision or note that makes it one", "domain 4.3: each change with its legal act";
        /// Absorbed by nobody.
        WithoutSuccessor { code: ParticipantCode } = "absorbed_without_successor", "name the participant that absorbs {code}", "domain 4.3: absorbed";
        /// Absorbed by a stranger or by itself.
        SuccessorNotAParticipant { successor: ParticipantCode } = "successor_not_a_participant", "{successor} is not another participant; it cannot answer for anybody", "domain 4.3";
    }
}

struct Facts {
    officer: Officer,
    memberships: Vec<MembershipChange>,
    successor: Option<Participant>,
}

/// Ends a membership.
///
/// # Errors
/// Refuses where the officer is not of the secretariat, or there is no membership at that instant.
pub fn end_membership(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &MembershipEnded) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        memberships: queries::memberships_of_participant(tx, request.participant)?,
        successor: match request.successor {
            Some(successor) => queries::participant_by_code(tx, successor)?,
            None => None,
        },
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &MembershipEnded) -> Result<(), Box<dyn Refuse>> {
    let (code, at) = (request.participant, request.effective_at);
    may_act::of_scheme(&facts.officer, Role::Secretariat)?;
    let is_member = membership_at(&facts.memberships, at).is_some_and(|c| c.step == MembershipStep::Admitted);
    if !is_member {
        return Err(Refusal::NotAParticipant { code, at }.into());
    }
    if request.legal_act.trim().is_empty() {
        return Err(Refusal::WithoutLegalAct.into());
    }
    match request.successor {
        None if request.how == MembershipEnd::Absorbed => Err(Refusal::WithoutSuccessor { code }.into()),
        Some(successor) if facts.successor.is_none() || successor == code => {
            Err(Refusal::SuccessorNotAParticipant { successor }.into())
        }
        _ => Ok(()),
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: MembershipEnded = entry.body()?;
    record(
        tx,
        entry,
        body.participant,
        &MembershipChange {
            step: match body.how {
                MembershipEnd::Removed => MembershipStep::Removed,
                MembershipEnd::Withdrawn => MembershipStep::Withdrawn,
                MembershipEnd::Absorbed => MembershipStep::Absorbed,
                MembershipEnd::Separated => MembershipStep::Separated,
            },
            effective_at: body.effective_at,
            legal_act: body.legal_act,
            under_way: body.under_way.unwrap_or(UnderWayRule::HoldAndAsk),
            successor: body.successor,
        },
    )
}

/// Writes one change of membership; also used when a participant is admitted.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    entry: &Entry,
    code: ParticipantCode,
    change: &MembershipChange,
) -> Result<()> {
    tx.execute(
        RECORD_MEMBERSHIP,
        &[
            i64::try_from(entry.position)?.into(),
            code.as_str().into(),
            change.step.word().into(),
            (&change.effective_at.to_string()).into(),
            (&change.legal_act).into(),
            change.under_way.word().into(),
            change.successor.map(|code| code.to_string()).as_ref().into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, MembershipEnded, decide};
    use crate::{
        MembershipChange, MembershipEnd, MembershipStep, Role, UnderWayRule, membership::morning_of,
        testing::*,
    };

    #[test]
    fn the_secretariat_ends_what_there_is() {
        let request = MembershipEnded {
            participant: code("XC"),
            how: MembershipEnd::Absorbed,
            effective_at: "2026-07-09T12:00:00Z".parse().unwrap(),
            legal_act: String::new(),
            under_way: None,
            successor: None,
        };
        let admitted = |from| MembershipChange {
            step: MembershipStep::Admitted,
            effective_at: morning_of(from),
            legal_act: "invented".into(),
            under_way: UnderWayRule::HoldAndAsk,
            successor: None,
        };
        let facts = Facts {
            officer: officer("XC", Role::Administrator),
            memberships: vec![admitted(jiff::civil::date(2026, 8, 1))],
            successor: None,
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Statistics)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("not_a_participant", |w| {
                    w.0.memberships[0].effective_at = "2025-01-01T00:00:00Z".parse().unwrap();
                }),
                ("membership_without_legal_act", |w| w.1.legal_act = "treaty".into()),
                ("absorbed_without_successor", |w| w.1.successor = Some(code("XC"))),
                ("successor_not_a_participant", |w| w.0.successor = Some(participant("XC"))),
                ("successor_not_a_participant", |w| w.1.successor = Some(code("XB"))),
            ],
        );
    }
}
