//! A list of confirmations is taken in, from a page or from a program: one way for both, through the node.

use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use kp_exchange::{
    confirmations::{ConfirmationContext, PassedOver, read_confirmations},
    participants::Participants,
};
use kp_node::confirmations::{ReceivedFile, Sent};
use kp_terms::ParticipantCode;
use kp_trade::CameBy;

use super::list;
use crate::{
    app::{App, Shared},
    files::Brought,
    frame::Answer,
    guard::{Typed, Visit},
    problem::{FieldSaid, Problem, Said},
    session::AtDesk,
};

/// What was sent, before anything of it is read.
pub(crate) struct Given {
    pub(crate) participant: String,
    pub(crate) from: String,
    pub(crate) sent_by: String,
    pub(crate) came_by: String,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The form was sent.
pub(crate) async fn perform(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let at_desk = visit.desk()?;
    let given = Given {
        participant: typed.first("participant").to_owned(),
        from: typed.first("from").to_owned(),
        sent_by: typed.first("sent_by").to_owned(),
        came_by: "message".to_owned(),
        name: "message".to_owned(),
        bytes: typed.first("text").as_bytes().to_vec(),
    };
    take(&app, visit, at_desk, given).await
}

/// A file was sent: a list as `.csv`, `.xlsx` or `.ods`.
pub(crate) async fn from_file(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Extension(Brought(files)): Extension<Brought>,
) -> Answer {
    let at_desk = visit.desk()?;
    let Some(file) = files.first() else {
        return Err(Problem::fields(vec![FieldSaid::new("file", "input-no-file")]));
    };
    let given = Given {
        participant: typed.first("participant").to_owned(),
        from: typed.first("from").to_owned(),
        sent_by: typed.first("sent_by").to_owned(),
        came_by: "file".to_owned(),
        name: file.name.clone(),
        bytes: file.bytes.clone(),
    };
    take(&app, visit, at_desk, given).await
}

/// Takes a list in and goes on to what is to be mended, where anything is. Lines that were passed over are kept nowhere but
/// in the file itself, and are shown at once; the page sent again changes nothing.
async fn take(app: &Shared, visit: Visit, at_desk: AtDesk, given: Given) -> Answer {
    let (received, passed_over) = app.blocking(move |app| taken(app, &at_desk, &given)).await?;
    let state = if received.to_mend.is_empty() { "" } else { "to_mend" };
    if !passed_over.is_empty() {
        return list::shown(app, visit, state.to_owned(), String::new(), passed_over).await;
    }
    let state = if state.is_empty() { "" } else { "?state=to_mend" };
    Ok(Redirect::to(&format!("/confirmations{state}")).into_response())
}

/// Takes a list in as whoever is at the desk. When this returns `Ok`, it is durable. Answers what came of it, and which
/// lines were passed over.
pub(crate) fn taken(
    app: &App,
    at_desk: &AtDesk,
    given: &Given,
) -> Result<(ReceivedFile, Vec<PassedOver>), Problem> {
    if let Some(fault) = app.node.faults().first() {
        return Err(Problem::log_not_as_written(fault));
    }
    let mut problems = Vec::new();
    let mut wrong = |field: &str, typed: &str, error: String| {
        let said = Said::of("input-not-read-as-typed").with("typed", typed);
        problems.push(FieldSaid::new(field, said.or_in_english(error)));
    };
    let participant = given.participant.trim().parse::<ParticipantCode>();
    let participant =
        participant.map_err(|error| wrong("participant", &given.participant, error.to_string())).ok();
    let from = match given.from.trim() {
        "" => None,
        code => code.parse::<ParticipantCode>().map_err(|error| wrong("from", code, error.to_string())).ok(),
    };
    let came_by = given
        .came_by
        .parse::<CameBy>()
        .map_err(|error| wrong("came_by", &given.came_by, error.to_string()))
        .ok();
    let (Some(participant), Some(came_by), true) = (participant, came_by, problems.is_empty()) else {
        return Err(Problem::fields(problems));
    };
    let participants = Participants::known();
    let context = ConfirmationContext { ours: participant, from, participants: &participants };
    let file = read_confirmations(&given.name, &given.bytes, context);
    if let Some(problem) = file.problem {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "list_not_read",
            "problem-list-not-read-title",
            Said::of("problem-list-not-read").or_in_english(problem.sentence),
        ));
    }
    let sent = Sent { participant, came_by, sent_by: given.sent_by.clone() };
    let received = app
        .node
        .receive_confirmations(&file, &given.bytes, &sent, &at_desk.signer, app.now())
        .map_err(kp_node::ActFailure::from)?;
    let position = received.receipt.position;
    tracing::info!(
        position,
        rows = file.rows.len(),
        to_mend = received.to_mend.len(),
        "confirmations taken in"
    );
    Ok((received, file.passed_over))
}
