//! Ask again: the answer did not settle it, or more must be known.
//!
//! Scheme: Section VI.13(a). Appends `question_asked` to the scheme's log; the case is open again with a new due date.

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, Refuse, Sentence};
use kp_trade::keep;
use serde::{Deserialize, Serialize};

use crate::{Case, Level, open_case::ANSWER_DAYS, queries};

const RECORD_QUESTION: Sql = sql!("record_question");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Which case.
        case_number: String, "C-2026-0001";
        /// The question, as it is sent.
        question: String, "Please send the import certificates that the re-exports draw on.";
        /// Last day for the answer; 30 days from today where none is given.
        answer_due: Option<Date>, "2026-04-05";
    }
}

/// A question is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAsked {
    /// Which case.
    pub case_number: String,
    /// The question.
    pub question: String,
    /// Last day for the answer.
    pub answer_due: Date,
    /// Who asked.
    pub asked_by: String,
}

impl Statement for QuestionAsked {
    const KIND: &'static str = "question_asked";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.case_number.clone()
    }
}

kp_terms::refusals! {
    /// Why a question is not asked.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCase { case_number: String } = "no_such_case", "there is no case {case_number}", "cases have numbers";
        /// Over.
        CaseClosed { case_number: String } = "case_closed", "case {case_number} is closed; open a new one", "a closed case stays as it was closed";
        /// No question.
        NoQuestion = "no_question", "write the question", "DAQ: every question is answered";
        /// Due before it is asked.
        DueInThePast { answer_due: Date, today: Date } = "answer_due_in_the_past", "the answer would be due on {answer_due}; today is {today}", "an answer needs time";
    }
}

struct Facts {
    officer: Officer,
    case: Option<Case>,
}

/// Asks again.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn ask_question(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        case: queries::case_by_number(tx, &request.case_number)?,
    };
    let statement = decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<QuestionAsked, Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Statistics)?;
    let case_number = request.case_number.clone();
    let Some(case) = &facts.case else {
        return Err(Refusal::NoSuchCase { case_number }.into());
    };
    let case_number = case.case_number.clone();
    if case.state == "closed" {
        return Err(Refusal::CaseClosed { case_number }.into());
    }
    if request.question.trim().is_empty() {
        return Err(Refusal::NoQuestion.into());
    }
    let default_due = today.checked_add(Span::new().days(ANSWER_DAYS)).unwrap_or(today);
    let answer_due = request.answer_due.unwrap_or(default_due);
    if answer_due <= today {
        return Err(Refusal::DueInThePast { answer_due, today }.into());
    }
    let question = request.question.clone();
    Ok(QuestionAsked { case_number, question, answer_due, asked_by: facts.officer.id.clone() })
}

/// A new question begins at the foot of the ladder; but where a certificate is open its own days go on, and how far the case has
/// come stays (L27): whoever asks again hides nothing.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: QuestionAsked = entry.body()?;
    tx.execute(
        RECORD_QUESTION,
        &[
            (&body.case_number).into(),
            (&keep(&Sentence::from(&body.question))).into(),
            (&body.answer_due.to_string()).into(),
            Level::Query.word().into(),
        ],
    )?;
    let step = queries::NewStep {
        case_number: &body.case_number,
        step: "asked",
        by_whom: &body.asked_by,
        text: &Sentence::from(&body.question),
        late: false,
    };
    queries::record_step(tx, entry, &step)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, Role, decide};
    use crate::testing::*;

    #[test]
    fn the_working_group_asks_again_while_the_case_is_open() {
        let facts = Facts { officer: officer("XA", Role::FocalPoint), case: None };
        let request = Request {
            case_number: "c-2026-0001".into(),
            question: " ".into(),
            answer_due: Some(day("2026-02-10")),
        };
        let (mut world, today) = ((facts, request), day("2026-02-10"));
        let asked = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked, today)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Statistics)),
                ("no_such_case", |w| w.0.case = Some(case("closed"))),
                ("case_closed", |w| w.0.case = Some(case("answered"))),
                ("no_question", |w| w.1.question = "and the mines?".into()),
                ("answer_due_in_the_past", |w| w.1.answer_due = None),
            ],
        );
        assert_eq!((asked.case_number.as_str(), asked.answer_due), ("C-2026-0001", day("2026-03-12")));
    }
}
