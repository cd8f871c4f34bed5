//! Returns: what is due from whom and what came; every version that was declared, with what was forced.

use askama::Template;
use axum::{
    Extension,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kp_accounts::rights::{Class, Thing};
use kp_statistics::{
    Version,
    calendar::{self, Due, Punctuality},
};
use kp_terms::ParticipantCode;

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
    statistics::show::KnownOn,
};

struct Declared {
    version: Version,
    forced: Vec<(String, String)>,
    /// What it says of single figures.
    comments: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "statistics/returns.html")]
struct ReturnsPage {
    frame: Frame,
    known: KnownOn,
    participant: String,
    due: Vec<Due>,
    punctual: Vec<(ParticipantCode, Punctuality)>,
    declared: Vec<Declared>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let known = KnownOn::of(&asked, app.today())?;
    let chosen: Option<ParticipantCode> = asked.read("participant")?;
    page(&app, visit, Section::Statistics, move |_, tx, frame| {
        let mut due = calendar::calendar(tx, known.day)?;
        due.retain(|due| chosen.is_none_or(|code| code == due.participant));
        let known_at = kp_node::declared::end_of(known.day)?;
        let mut declared = Vec::new();
        for version in kp_statistics::versions_declared(tx)? {
            if version.recorded_at <= known_at && chosen.is_none_or(|code| code == version.participant) {
                let forced = kp_statistics::forced_of_return(tx, version.position)?;
                // Words on a figure may tell what its visibility keeps back.
                let comments = match frame.may_see(Class::Question, &Thing::of(version.participant)) {
                    true => kp_statistics::comments_of_return(tx, version.position)?,
                    false => Vec::new(),
                };
                declared.push(Declared { version, forced, comments });
            }
        }
        Ok(ReturnsPage {
            frame: frame.titled_by("statistics-returns"),
            participant: chosen.map(|code| code.to_string()).unwrap_or_default(),
            punctual: calendar::punctuality(&due, known.day).into_iter().collect(),
            due,
            declared,
            known,
        })
    })
    .await
}

/// The calendar as comma-separated text.
pub(crate) async fn csv(State(app): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["as_of", "known_on"])?;
    let day = KnownOn::of(&asked, app.today())?.day;
    let due = app.read(move |_, tx| Ok(calendar::calendar(tx, day)?)).await?;
    let mut text =
        "participant,table,period,due_on,state,came_on,days_late,nil,versions,step,as_of\n".to_owned();
    for due in due {
        text.push_str(&format!(
            "{},{},{},{},{},{},{},{},{},{},{day}\n",
            due.participant,
            due.table,
            due.period,
            due.due_on,
            due.state(day),
            due.came_on.map(|came| came.to_string()).unwrap_or_default(),
            due.days_late(day),
            if due.is_nil { "yes" } else { "no" },
            due.versions,
            due.step.map_or("", calendar::ReturnStep::word)
        ));
    }
    Ok(download("returns", "csv", "text/csv; charset=utf-8", text.into_bytes(), day))
}

/// A file to be kept, whose name says as of which day it is.
pub(crate) fn download(
    name: &str,
    ending: &str,
    kind: &'static str,
    bytes: Vec<u8>,
    as_of: kp_terms::Date,
) -> Response {
    let disposition = format!("attachment; filename=\"kpcs-{name}-as-of-{as_of}.{ending}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
