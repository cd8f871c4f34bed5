//! Cases for programs.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use kp_cases::Case;
use kp_language::Texts;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    case::{pages, show::case_on},
    endpoint::{AFTER, LIMIT, Parameter},
    guard::Visit,
    paged::Wanted,
    paper::{self, api::PaperBody},
    problem::Problem,
    statistics::show::KnownOn,
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
    /// The matter in a sentence, in the language asked for where it was worked out.
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
    /// Papers beside it.
    papers: Vec<PaperBody>,
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

fn body(case: Case, texts: Texts) -> CaseBody {
    CaseBody {
        case_number: case.case_number,
        finding_id: case.finding_id,
        asked: case.asked.to_string(),
        owner: case.owner,
        title: texts.sentence(&case.title),
        question: texts.sentence(&case.question),
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
    AS_OF,
    AFTER,
    LIMIT,
];

/// Query parameters of one case.
pub(crate) const SHOWN_BY: &[Parameter] = &[AS_OF];

/// The day looked back from.
pub(crate) const AS_OF: Parameter = Parameter {
    name: "as_of",
    about: "As it stood at the end of this day, UTC; who may see it is of today.",
    example: "2026-02-03",
};

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Cases>, Problem> {
    asked.only_those(LISTED_BY)?;
    let wanted = Wanted::of(&asked)?;
    let state = asked.text("state").to_owned();
    let known = KnownOn::of(&asked, app.today())?;
    let texts = Texts::of(visit.language);
    app.read(move |_, tx| {
        let most = wanted.limit() as usize + 1;
        let (read, _) = pages::cases(tx, &visit, &known, &state, wanted.after(), most)?;
        let (page, next) = wanted.page(read, |case| case.case_number.clone());
        Ok(Json(Cases { cases: page.into_iter().map(|case| body(case, texts)).collect(), next }))
    })
    .await
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    asked: Asked,
) -> Result<Json<CaseDetail>, Problem> {
    asked.only(&["as_of"])?;
    let known = KnownOn::of(&asked, app.today())?;
    let texts = Texts::of(visit.language);
    app.read(move |_, tx| {
        let (case, steps) = case_on(tx, &number, &visit, &known)?;
        let papers = paper::api::papers(&paper::record::of_case(tx, &number, &visit)?);
        let steps = steps.into_iter().map(|step| StepBody {
            position: step.position,
            step: step.step,
            by: step.by_whom,
            on: step.on.to_string(),
            text: texts.sentence(&step.text),
            late: step.late,
        });
        Ok(Json(CaseDetail { steps: steps.collect(), papers, case: body(case, texts) }))
    })
    .await
}
