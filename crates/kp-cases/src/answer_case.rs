//! Answer a case: the participant asked says what explains it.
//!
//! Scheme: DAQ (every question must be answered). A late answer is taken, and marked late. Appends `case_answered` to
//! the participant's own log: its word, under its key. Does not close the case.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, ParticipantCode, Refuse, Sentence};
use serde::{Deserialize, Serialize};

use crate::{Case, queries};

const RECORD_ANSWER: Sql = sql!("record_answer");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Which case.
        case_number: String, "C-2026-0001";
        /// What explains it, with the figures and papers it rests on.
        answer: String, "Stock of 31,000 ct from 2024 was exported; inventory of 31 December attached.";
    }
}

/// A case is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAnswered {
    /// Which case.
    pub case_number: String,
    /// Who was asked.
    pub participant: ParticipantCode,
    /// The answer.
    pub answer: String,
    /// The due date it answers to.
    pub answer_due: Date,
    /// Who answered.
    pub answered_by: String,
}

impl Statement for CaseAnswered {
    const KIND: &'static str = "case_answered";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.case_number.clone()
    }
}

kp_terms::refusals! {
    /// Why an answer is not taken.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCase { case_number: String } = "no_such_case", "there is no case {case_number}", "cases have numbers";
        /// Over.
        CaseClosed { case_number: String } = "case_closed", "case {case_number} is closed", "a closed case stays as it was closed";
        /// Nothing said.
        NoAnswer = "no_answer", "write the answer", "DAQ: every question is answered";
    }
}

struct Facts {
    officer: Officer,
    case: Option<Case>,
}

/// Answers a case.
///
/// # Errors
/// Refuses with the first reason that applies; lateness is no reason.
pub fn answer_case(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        case: queries::case_by_number(tx, &request.case_number)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<CaseAnswered, Box<dyn Refuse>> {
    let case_number = request.case_number.clone();
    let Some(case) = &facts.case else {
        return Err(Refusal::NoSuchCase { case_number }.into());
    };
    let case_number = case.case_number.clone();
    may_act::of_participant(&facts.officer, Role::FocalPoint, case.asked)?;
    if case.state == "closed" {
        return Err(Refusal::CaseClosed { case_number }.into());
    }
    if request.answer.trim().is_empty() {
        return Err(Refusal::NoAnswer.into());
    }
    Ok(CaseAnswered {
        case_number,
        participant: case.asked,
        answer: request.answer.clone(),
        answer_due: case.answer_due,
        answered_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CaseAnswered = entry.body()?;
    tx.execute(RECORD_ANSWER, &[(&body.case_number).into(), (&entry.on().to_string()).into()])?;
    let step = queries::NewStep {
        case_number: &body.case_number,
        step: "answered",
        by_whom: &body.answered_by,
        text: &Sentence::from(&body.answer),
        late: entry.on() > body.answer_due,
    };
    queries::record_step(tx, entry, &step)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, Role, decide};
    use crate::testing::*;

    #[test]
    fn the_party_asked_answers_while_the_case_is_open() {
        let facts = Facts { officer: officer("XB", Role::FocalPoint), case: None };
        let mut world = (facts, Request { case_number: "c-2026-0001".into(), answer: " ".into() });
        let answered = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked)),
            &[
                ("no_such_case", |w| w.0.case = Some(case("closed"))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::FocalPoint)),
                ("case_closed", |w| w.0.case = Some(case("answered"))),
                ("no_answer", |w| w.1.answer = "from stock".into()),
            ],
        );
        assert_eq!(answered.case_number, "C-2026-0001", "as the case is written, not as it was typed");
        assert_eq!((answered.participant, answered.answer_due), (code("XA"), day("2026-03-05")));
    }
}
