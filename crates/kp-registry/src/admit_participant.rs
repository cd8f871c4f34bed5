//! Admit a participant: the scheme says that from a day on, certificates of this participant are good.
//!
//! Scheme: Section VI.8-9 (open to all willing and able), admission by Plenary. A country whose membership ended is admitted
//! again the same way (RoC 8 November 2007). Appends `participant_admitted` to the scheme's log. Does not open or close
//! trade with anyone: standing is a separate act.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_terms::{ParticipantCode, Refuse};

use crate::{
    MembershipChange, MembershipStep, Officer, Participant, Role, UnderWayRule, end_membership,
    membership::morning_of, queries, rules::may_act,
};

const RECORD_PARTICIPANT: Sql = sql!("record_participant");

kp_terms::form! {
    /// A participant is admitted.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ParticipantAdmitted {
        /// Two-letter code.
        code: ParticipantCode, "XA";
        /// Name as the scheme lists it.
        name: String, "Examplia";
        /// First day of membership.
        member_from: Date, "2025-01-01";
        /// The decision that admits it.
        legal_act: String, "Plenary decision 2024/7";
    }
}

impl Statement for ParticipantAdmitted {
    const KIND: &'static str = "participant_admitted";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.code.to_string()
    }
}

kp_terms::refusals! {
    /// Why a participant is not admitted.
    pub enum Refusal {
        /// It is one already.
        AlreadyAParticipant { code: ParticipantCode } = "already_a_participant",
            "{code} is a participant already", "CD Section VI.8: admitted once, then listed";
        /// The new membership would begin within the old one.
        BeginsBeforeTheEnd { code: ParticipantCode, member_from: Date, ended_on: Date } = "admitted_before_membership_ended",
            "the earlier membership of {code} ended on {ended_on}; the new one cannot begin on {member_from}, before that", "domain 4.3: one membership at a time";
    }
}

/// What the decision rests on.
struct Facts {
    officer: Officer,
    existing: Option<Participant>,
    memberships: Vec<MembershipChange>,
}

/// Admits a participant.
///
/// # Errors
/// Refuses where the officer is not of the secretariat or the code is taken.
pub fn admit_participant(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ParticipantAdmitted,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        existing: queries::participant_by_code(tx, request.code)?,
        memberships: queries::memberships_of_participant(tx, request.code)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &ParticipantAdmitted) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Secretariat)?;
    let code = request.code;
    if facts.existing.is_none() {
        return Ok(());
    }
    let last = facts.memberships.iter().max_by_key(|change| change.effective_at);
    let Some(ended) = last.filter(|change| change.step != MembershipStep::Admitted) else {
        return Err(Refusal::AlreadyAParticipant { code }.into());
    };
    if morning_of(request.member_from) < ended.effective_at {
        let (member_from, ended_on) = (request.member_from, day_of(ended.effective_at));
        return Err(Refusal::BeginsBeforeTheEnd { code, member_from, ended_on }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParticipantAdmitted = entry.body()?;
    tx.execute(
        RECORD_PARTICIPANT,
        &[
            body.code.as_str().into(),
            (&body.name).into(),
            (&body.member_from.to_string()).into(),
            (&body.legal_act).into(),
        ],
    )?;
    let change = MembershipChange {
        step: MembershipStep::Admitted,
        effective_at: morning_of(body.member_from),
        legal_act: body.legal_act,
        under_way: UnderWayRule::HoldAndAsk,
        successor: None,
    };
    end_membership::record(tx, entry, body.code, &change)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, ParticipantAdmitted, decide};
    use crate::{MembershipChange, MembershipStep, Role, UnderWayRule, testing::*};

    #[test]
    fn only_the_secretariat_admits_and_once() {
        let request = ParticipantAdmitted {
            code: code("XA"),
            name: "Examplia".into(),
            member_from: jiff::civil::date(2025, 1, 1),
            legal_act: "invented".into(),
        };
        let mut facts = Facts {
            officer: officer("XA", Role::Administrator),
            existing: Some(participant("XA")),
            memberships: vec![change(MembershipStep::Admitted, "2020-01-01T00:00:00Z")],
        };
        refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request)),
            &[
                ("officer_of_another_body", |f| f.officer = officer("scheme", Role::Statistics)),
                ("role_missing", |f| f.officer = officer("scheme", Role::Secretariat)),
                ("already_a_participant", |f| {
                    f.memberships.push(change(MembershipStep::Withdrawn, "2025-06-01T12:00:00Z"));
                }),
                ("admitted_before_membership_ended", |f| {
                    f.memberships[1].effective_at = "2024-06-01T12:00:00Z".parse().unwrap();
                }),
            ],
        );
        facts.existing = None;
        facts.memberships.clear();
        assert_eq!(keyed(decide(&facts, &request)), Ok(()));
    }

    fn change(step: MembershipStep, effective_at: &str) -> MembershipChange {
        MembershipChange {
            step,
            effective_at: effective_at.parse().unwrap(),
            legal_act: "invented".into(),
            under_way: UnderWayRule::HoldAndAsk,
            successor: None,
        }
    }
}
