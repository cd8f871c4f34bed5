//! Record recognition: from a day on, a participant's own law lets it trade with another, up to a last day where there is
//! one.
//!
//! Scheme: domain 4.3 (each participant changes its own list). Closes: L24. Appends `recognition_recorded` to the
//! recognising participant's log. Whether a participant keeps a list at all is its national rule `recognition-list`. An
//! entry with the same first day as an earlier one replaces it: that is how an end is written.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{Officer, Participant, Role, queries, rules::may_act};

const RECORD_RECOGNITION: Sql = sql!("record_recognition");

kp_terms::form! {
    /// Recognition is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct RecognitionRecorded {
        /// Whose list.
        participant: ParticipantCode, "XA";
        /// Who is recognised.
        of: ParticipantCode, "XC";
        /// First day.
        valid_from: Date, "2026-04-26";
        /// Last day; empty where no end is known.
        valid_to: Option<Date>, "2028-05-22";
        /// The law or notice.
        legal_act: String, "Notice of 26 April 2026";
    }
}

impl Statement for RecognitionRecorded {
    const KIND: &'static str = "recognition_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.of.to_string()
    }
}

kp_terms::refusals! {
    /// Why recognition is not recorded.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant of the scheme; nobody can recognise it", "CD Section III(c)";
        /// Oneself.
        OfItself { code: ParticipantCode } = "recognition_of_itself", "{code} needs no entry about itself", "domain 4.3: bilateral recognition";
        /// Ends before it begins.
        EndsBeforeItStarts { valid_from: Date, valid_to: Date } = "recognition_ends_before_it_starts", "the last day, {valid_to}, lies before the first, {valid_from}", "domain 4.3";
        /// Without a law there is no entry.
        WithoutLegalAct = "recognition_without_legal_act", "an entry needs the law or notice that makes it one", "domain 4.3: each with its legal act";
    }
}

struct Facts {
    officer: Officer,
    of: Option<Participant>,
}

/// Records recognition.
///
/// # Errors
/// Refuses where the officer is not an administrator of the recognising participant, or the entry cannot be meant.
pub fn record_recognition(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &RecognitionRecorded,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        of: queries::participant_by_code(tx, request.of)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &RecognitionRecorded) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    if request.of == request.participant {
        return Err(Refusal::OfItself { code: request.of }.into());
    }
    if facts.of.is_none() {
        return Err(Refusal::NotAParticipant { code: request.of }.into());
    }
    if let Some(valid_to) = request.valid_to.filter(|last| *last < request.valid_from) {
        return Err(Refusal::EndsBeforeItStarts { valid_from: request.valid_from, valid_to }.into());
    }
    if request.legal_act.trim().is_empty() {
        return Err(Refusal::WithoutLegalAct.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: RecognitionRecorded = entry.body()?;
    tx.execute(
        RECORD_RECOGNITION,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            body.of.as_str().into(),
            (&body.valid_from.to_string()).into(),
            body.valid_to.map(|last| last.to_string()).as_ref().into(),
            (&body.legal_act).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, RecognitionRecorded, decide};
    use crate::{Role, testing::*};

    #[test]
    fn a_participant_writes_its_own_list_and_no_other() {
        let request = RecognitionRecorded {
            participant: code("XA"),
            of: code("XA"),
            valid_from: jiff::civil::date(2026, 4, 26),
            valid_to: Some(jiff::civil::date(2026, 4, 25)),
            legal_act: " ".into(),
        };
        let facts = Facts { officer: officer("XC", Role::Administrator), of: None };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::FocalPoint)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("recognition_of_itself", |w| w.1.of = code("XC")),
                ("not_a_participant", |w| w.0.of = Some(participant("XC"))),
                ("recognition_ends_before_it_starts", |w| w.1.valid_to = None),
                ("recognition_without_legal_act", |w| w.1.legal_act = "notice".into()),
            ],
        );
    }
}
