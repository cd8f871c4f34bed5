//! One participant's production: three charts, what is asked about them, the table, and what was restated.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_accounts::rights::{Class, Thing};
use kp_statistics::Restatement;
use kp_terms::ParticipantCode;

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    participant::show::code_of,
    problem::{Problem, Said},
    statistics::{analysis, show::KnownOn},
    words,
};

#[derive(Template)]
#[template(path = "statistics/participant.html")]
struct ParticipantPage {
    frame: Frame,
    known: KnownOn,
    code: ParticipantCode,
    name: String,
    /// Set out by the same code as in the report; HTML.
    section: String,
    restated: Vec<Restatement>,
    is_registered: bool,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(typed): Path<String>,
    asked: Asked,
) -> Answer {
    let (code, known) = (code_of(&typed)?, KnownOn::of(&asked, app.today())?);
    page(&app, visit, Section::Statistics, move |app, tx, frame| {
        let on_file = analysis::of_day(app, tx, known.day)?;
        let Some(series) = on_file.of(code) else {
            let detail = Said::of("problem-no-return").with("code", code).with("day", known.day);
            return Err(Problem::not_found(detail));
        };
        // The figures are public; what is asked about them is not, until the clock of the question has run.
        let asks = frame.may_see(Class::Question, &Thing::of(code));
        let findings = if asks { on_file.findings_of(code) } else { Vec::new() };
        let end = kp_node::declared::end_of(known.day)?;
        let mut restated = kp_statistics::restatements(tx)?;
        restated.retain(|r| r.participant == code && r.recorded_at <= end);
        let setting = analysis::setting(frame.texts);
        let section = kp_report::participant_section(series, &findings, &on_file.capacities, setting);
        Ok(ParticipantPage {
            frame: {
                let title = frame.t1("production-of-title", "name", &series.name);
                frame.titled(title)
            },
            section,
            name: series.name.clone(),
            is_registered: kp_registry::participant_by_code(tx, code)?.is_some(),
            code,
            restated,
            known,
        })
    })
    .await
}
