//! Cases for programs.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use kp_accounts::rights::Class;
use kp_cases::Case;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    case::show::{question, seen_case},
    endpoint::{AFTER, LIMIT, Parameter},
    guard::Visit,
    paged::Wanted,
    problem::Problem,
};

/// Cases, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Cases {
    /// Each a question with an owner and a clock.
    cases: Vec<CaseBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A case.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
pub(crate) struct CaseBody {
    /// Its number.
    case_number: String,
    /// The finding it is about, or empty.
    finding_id: String,
    /// Who owes the answer.
    asked: String,
    /// Who follows it.
    owner: String,
    /// The matter in a sentence.
    title: String,
    /// The question as it stands now.
    question: String,
    /// The day it was opened.
    opened_on: String,
    /// Last day for the answer.
    answer_due: String,
    /// `open`, `answered` or `closed`.
    state: String,
    /// How far it has come without an answer.
    level: String,
    /// The day of the last answer.
    answered_on: Option<String>,
    /// The day it was closed.
    closed_on: Option<String>,
    /// How it ended.
    outcome: Option<String>,
}

/// A case with what was said.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseDetail {
    /// The case.
    case: CaseBody,
    /// What was said, in the order of the log.
    steps: Vec<StepBody>,
}

/// One step of a case.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseStep)]
pub(crate) struct StepBody {
    /// Place of the statement in the log.
    position: u64,
    /// `opened`, `asked`, `answered`, `reminded`, `escalated` or `closed`.
    step: String,
    /// Officer, or the node.
    by: String,
    /// The day.
    on: String,
    /// What was said.
    text: String,
    /// Whether an answer came after its due date.
    late: bool,
}

fn body(case: Case) -> CaseBody {
    CaseBody {
        case_number: case.case_number,
        finding_id: case.finding_id,
        asked: case.asked.to_string(),
        owner: case.owner,
        title: case.title,
        question: case.question,
        opened_on: case.opened_on.to_string(),
        answer_due: case.answer_due.to_string(),
        state: case.state,
        level: case.level.to_string(),
        answered_on: case.answered_on.map(|day| day.to_string()),
        closed_on: case.closed_on.map(|day| day.to_string()),
        outcome: case.outcome,
    }
}

/// Query parameters of the list.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter { name: "state", about: "Only cases in this state: open, answered, closed.", example: "open" },
    AFTER,
    LIMIT,
];

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Cases>, Problem> {
    asked.only_those(LISTED_BY)?;
    let wanted = Wanted::of(&asked)?;
    let state = asked.text("state").to_owned();
    app.read(move |_, tx| {
        let all = kp_cases::cases(tx)?.into_iter().filter(|case| state.is_empty() || case.state == state);
        let all = all.filter(|case| visit.may_see(Class::Question, &question(case.asked, Some(case))));
        let (page, next) = wanted.cut(all.collect(), |case: &Case| case.case_number.clone())?;
        Ok(Json(Cases { cases: page.into_iter().map(body).collect(), next }))
    })
    .await
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Result<Json<CaseDetail>, Problem> {
    app.read(move |_, tx| {
        let case = seen_case(tx, &number, &visit)?;
        let steps = kp_cases::steps_of_case(tx, &number)?.into_iter().map(|step| StepBody {
            position: step.position,
            step: step.step,
            by: step.by_whom,
            on: step.on.to_string(),
            text: step.text,
            late: step.late,
        });
        Ok(Json(CaseDetail { steps: steps.collect(), case: body(case) }))
    })
    .await
}
