//! Admit a participant: the scheme says that from a day on, certificates of this participant are good.
//!
//! Scheme: Section VI.8-9 (open to all willing and able), admission by Plenary. Appends `participant_admitted` to the
//! scheme's log. Does not open or close trade with anyone: standing is a separate act.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{Officer, Participant, Role, queries, rules::may_act};

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
    }
}

/// What the decision rests on.
struct Facts {
    officer: Officer,
    existing: Option<Participant>,
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
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &ParticipantAdmitted) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Secretariat)?;
    if facts.existing.is_some() {
        return Err(Refusal::AlreadyAParticipant { code: request.code }.into());
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, ParticipantAdmitted, decide};
    use crate::{Role, testing::*};

    #[test]
    fn only_the_secretariat_admits_and_once() {
        let request = ParticipantAdmitted {
            code: code("XA"),
            name: "Examplia".into(),
            member_from: jiff::civil::date(2025, 1, 1),
            legal_act: "invented".into(),
        };
        let mut facts =
            Facts { officer: officer("XA", Role::Administrator), existing: Some(participant("XA")) };
        refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request)),
            &[
                ("officer_of_another_body", |f| f.officer = officer("scheme", Role::Statistics)),
                ("role_missing", |f| f.officer = officer("scheme", Role::Secretariat)),
                ("already_a_participant", |f| f.existing = None),
            ],
        );
    }
}
