//! Cases as they stood at the end of a day: "what did we believe on 5 November 2009".
//!
//! Closes: L53. A case's tables hold how it stands now; how it stood is worked out anew from its own statements up to that
//! day, so that nothing has to be kept twice. What was asked, how far it had come and whether it was answered are of that
//! day; later steps are not there yet.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};
use kp_terms::Date;

use crate::{
    Case, Level, Step,
    answer_case::CaseAnswered,
    ask_question::QuestionAsked,
    clock::CaseEscalated,
    close_case::CaseClosed,
    open_case::CaseOpened,
    queries::{cases, steps_of_case},
};

/// Every case that was open by the end of a day or had been, as it stood then, the youngest first.
///
/// # Errors
/// Where the database fails or a statement does not read.
pub fn cases_as_known_on(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Case>> {
    let mut then = Vec::new();
    for case in cases(tx)? {
        then.extend(case_as_known_on(tx, &case, day)?.map(|(case, _)| case));
    }
    Ok(then)
}

/// One case as it stood at the end of a day, with the steps until then; nothing where it was not opened yet.
///
/// # Errors
/// As [`cases_as_known_on`].
pub fn case_as_known_on(tx: &mut Tx<'_>, now: &Case, day: Date) -> Result<Option<(Case, Vec<Step>)>> {
    if now.opened_on > day {
        return Ok(None);
    }
    let mut then = Case {
        state: "open".to_owned(),
        level: Level::Query,
        answered_on: None,
        closed_on: None,
        outcome: None,
        ..now.clone()
    };
    let mut steps = steps_of_case(tx, &now.case_number)?;
    steps.retain(|step| step.on <= day);
    for step in &steps {
        take(&mut then, &kp_log::entry_at(tx, step.position)?)?;
    }
    Ok(Some((then, steps)))
}

/// What one statement does to a case: the same as its `apply` does to the table.
fn take(case: &mut Case, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        CaseOpened::KIND => {
            let body: CaseOpened = entry.body()?;
            (case.question, case.answer_due) = (body.question, body.answer_due);
            (case.visible_on, case.public_on) = (body.visible_on, body.public_on);
        }
        QuestionAsked::KIND => {
            let body: QuestionAsked = entry.body()?;
            (case.question, case.answer_due) = (body.question.into(), body.answer_due);
            (case.visible_on, case.public_on) = (None, None);
            case.level = Level::Query;
            "open".clone_into(&mut case.state);
        }
        CaseAnswered::KIND => {
            case.answered_on = Some(entry.on());
            "answered".clone_into(&mut case.state);
        }
        CaseEscalated::KIND => case.level = entry.body::<CaseEscalated>()?.level,
        CaseClosed::KIND => {
            case.closed_on = Some(entry.on());
            case.outcome = Some(entry.body::<CaseClosed>()?.outcome.word().to_owned());
            "closed".clone_into(&mut case.state);
        }
        _ => {}
    }
    Ok(())
}
