//! Findings for programs.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use kp_detect::finding::{ArithmeticLine, Finding};
use kp_language::Texts;
use kp_terms::{ParticipantCode, Sentence};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    endpoint::{AFTER, LIMIT, Parameter},
    finding::{pages, show::found},
    guard::Visit,
    paged::Wanted,
    problem::Problem,
    statistics::{analysis, show::KnownOn},
};

/// Findings over certificates, the newest first, then of production returns in the order in which we would ask.
#[derive(Serialize, ToSchema)]
pub(crate) struct Findings {
    /// Each a question.
    findings: Vec<FindingBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A finding: a question, never a verdict.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub(crate) struct FindingBody {
    /// The same facts give the same id.
    id: String,
    /// The fact seen.
    detector: String,
    /// Who is asked.
    participant: String,
    /// What else it is about, e.g. a certificate number.
    subject: Option<String>,
    /// The period asked about first, then those it is compared with.
    periods: Vec<String>,
    /// `urgent`, `ask`, `watch` or `note`.
    severity: String,
    /// The fact in a sentence with its figures, as every sentence of it in the language asked for.
    title: String,
    /// The question, as it can be sent.
    question: String,
}

/// A finding with everything it rests on.
#[derive(Serialize, ToSchema)]
pub(crate) struct FindingDetail {
    /// The finding.
    finding: FindingBody,
    /// The day it was first seen, for findings over certificates.
    found_on: Option<String>,
    /// What it said before it said this, the oldest first; for findings over certificates.
    earlier: Vec<EarlierBody>,
    /// The case about it.
    case_number: Option<String>,
    /// How the fact was worked out.
    arithmetic: Vec<ArithmeticBody>,
    /// What was applied, and who set it.
    thresholds: Vec<ThresholdBody>,
    /// What would explain it without fault.
    innocent_explanations: Vec<String>,
    /// What an answer must contain.
    answer_must_contain: Vec<String>,
    /// Where the figures stand.
    evidence: Vec<EvidenceBody>,
}

/// What a finding said from a day on.
#[derive(Serialize, ToSchema)]
#[schema(as = EarlierFinding)]
pub(crate) struct EarlierBody {
    /// From which day on.
    said_on: String,
    /// The fact, as it was then.
    title: String,
}

/// One line of arithmetic.
#[derive(Serialize, ToSchema)]
#[schema(as = Arithmetic)]
pub(crate) struct ArithmeticBody {
    /// What is worked out.
    label: String,
    /// The numbers put in.
    expression: String,
    /// What comes out.
    result: String,
}

/// A threshold that was applied.
#[derive(Serialize, ToSchema)]
#[schema(as = Threshold)]
pub(crate) struct ThresholdBody {
    /// What is limited.
    name: String,
    /// The limit.
    value: String,
    /// Who chose it.
    set_by: String,
}

/// One piece of evidence.
#[derive(Serialize, ToSchema)]
#[schema(as = Evidence)]
pub(crate) struct EvidenceBody {
    /// Where.
    place: String,
    /// What stands there.
    states: String,
}

fn body(finding: &Finding, texts: Texts) -> FindingBody {
    FindingBody {
        id: finding.id.clone(),
        detector: finding.detector.clone(),
        participant: finding.participant.to_string(),
        subject: finding.subject.clone(),
        periods: finding.periods.iter().map(ToString::to_string).collect(),
        severity: finding.rank.severity.as_str().to_owned(),
        title: texts.sentence(&finding.title),
        question: texts.sentence(&finding.question),
    }
}

/// Query parameters of the list.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter { name: "participant", about: "Only findings about this participant.", example: "XA" },
    Parameter {
        name: "as_of",
        about: "As known at the end of this day, UTC: over returns, worked out from what was known then; over the register, \
                those found by then, in the words of then.",
        example: "2026-02-03",
    },
    AFTER,
    LIMIT,
];

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Findings>, Problem> {
    asked.only_those(LISTED_BY)?;
    let wanted = Wanted::of(&asked)?;
    let participant: Option<ParticipantCode> = asked.read("participant")?;
    let day = KnownOn::of(&asked, app.today())?.day;
    let texts = Texts::of(visit.language);
    app.read(move |app, tx| {
        let of = pages::Wanted { visit: &visit, about: participant, severity: "", by: day };
        let declared = analysis::of_day(app, tx, day)?;
        let (after, most) = (wanted.after(), wanted.limit() as usize);
        // The list goes on over returns where the one over the register ends.
        let in_returns = declared.findings().any(|(_, finding)| finding.id == after);
        let mut findings: Vec<Finding> = match in_returns {
            true => Vec::new(),
            false => of.of_register(tx, after, most + 1)?.0.into_iter().map(|(row, _)| row.finding).collect(),
        };
        if findings.len() <= most {
            let from = if in_returns { after } else { "" };
            let (further, _) = of.of_returns(tx, &declared, from, most + 1 - findings.len())?;
            findings.extend(further.into_iter().map(|(_, finding)| finding));
        }
        let (findings, next) = wanted.page(findings, |finding| finding.id.clone());
        Ok(Json(Findings { findings: findings.iter().map(|finding| body(finding, texts)).collect(), next }))
    })
    .await
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<Json<FindingDetail>, Problem> {
    app.read(move |app, tx| {
        let found = found(app, tx, &id, &visit)?;
        let texts = Texts::of(visit.language);
        let finding = found.finding;
        let say = |sentence: &Sentence| texts.sentence(sentence);
        let arithmetic = |line: &ArithmeticLine| ArithmeticBody {
            label: say(&line.label),
            expression: say(&line.expression),
            result: say(&line.result),
        };
        Ok(Json(FindingDetail {
            found_on: found.on.map(|day| day.to_string()),
            earlier: found
                .earlier
                .iter()
                .map(|(day, title)| EarlierBody { said_on: day.to_string(), title: say(title) })
                .collect(),
            case_number: found.case.map(|case| case.case_number),
            arithmetic: finding.arithmetic.iter().map(arithmetic).collect(),
            thresholds: finding
                .thresholds
                .iter()
                .map(|t| ThresholdBody { name: say(&t.name), value: say(&t.value), set_by: say(&t.set_by) })
                .collect(),
            evidence: finding
                .evidence
                .iter()
                .map(|e| EvidenceBody { place: say(&e.place), states: say(&e.states) })
                .collect(),
            finding: body(&finding, texts),
            innocent_explanations: finding.innocent_explanations.iter().map(say).collect(),
            answer_must_contain: finding.answer_must_contain.iter().map(say).collect(),
        }))
    })
    .await
}
