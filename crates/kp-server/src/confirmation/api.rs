//! Confirmations from outside for programs: the queue, and a list taken in.

use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode, response::IntoResponse};
use kp_accounts::rights::{Class, Thing};
use kp_exchange::confirmations::PassedOver;
use kp_language::Texts;
use kp_terms::ParticipantCode;
use kp_trade::{QueuedConfirmation, RowState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::load::{Given, taken};
use crate::{
    app::Shared,
    asked::Asked,
    endpoint::{AFTER, LIMIT, Parameter},
    files,
    frame::Answer,
    guard::Visit,
    paged::Wanted,
    problem::Problem,
};

/// Rows of one answer.
const MOST_ROWS: u32 = 10_000;

/// Rows of the queue.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConfirmationRows {
    /// The newest file first, its rows in their order.
    rows: Vec<ConfirmationRowBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A row of the queue.
#[derive(Serialize, ToSchema)]
#[schema(as = ConfirmationRow)]
pub(crate) struct ConfirmationRowBody {
    /// Its name: statement and place.
    row: String,
    /// Whose queue.
    participant: String,
    /// `matched`, `noted`, `to_mend`, `mended` or `dropped`.
    state: String,
    /// The certificate, where its number could be read.
    number: Option<String>,
    /// Who confirms.
    at: Option<String>,
    /// Carats weighed on arrival.
    carats: Option<String>,
    /// The day of arrival.
    arrived_on: Option<String>,
    /// Short name of why it waits, or empty.
    reason: String,
    /// Why it waits and how to mend it; where matched, what differs.
    sentence: String,
    /// File, sheet and row.
    place: String,
    /// Everything that stood there.
    raw: String,
    /// Who sent it.
    sent_by: String,
    /// The day it came.
    received_on: String,
}

/// What came of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConfirmationsTaken {
    /// Place of the statement in the log.
    position: u64,
    /// Whether the same bytes had been received before: then nothing was changed.
    received_before: bool,
    /// Rows that answer their certificate.
    matched: u64,
    /// Rows that say again what is on file, or whose importing authority signs its own answers here.
    noted: u64,
    /// Lines that hold neither a certificate's number nor a weight.
    passed_over: Vec<PassedOverBody>,
    /// Rows that wait.
    to_mend: Vec<ConfirmationRowBody>,
}

/// A line of a list that was passed over.
#[derive(Serialize, ToSchema)]
#[schema(as = PassedOverLine)]
pub(crate) struct PassedOverBody {
    /// The sheet, in a workbook of several.
    sheet: Option<String>,
    /// Its line, from 1.
    line: u32,
    /// What stands there.
    says: String,
}

impl From<PassedOver> for PassedOverBody {
    fn from(line: PassedOver) -> Self {
        Self { sheet: line.sheet, line: line.row, says: line.raw }
    }
}

/// What a program sends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConfirmationsSent)]
pub(crate) struct Sending {
    /// Whose certificates are confirmed.
    #[schema(example = "XA")]
    participant: String,
    /// Who confirms, where the list itself does not say.
    #[serde(default)]
    #[schema(example = "XB")]
    from: String,
    /// Who sent the list.
    #[schema(example = "Belmora Diamond Office")]
    sent_by: String,
    /// How it came: `file` where nothing is said.
    came_by: Option<String>,
    /// Name of the file.
    #[schema(example = "list.csv")]
    name: Option<String>,
    /// The list as text; or `base64`.
    #[schema(example = "certificate;carats;date\nXA-000001;1200.00;2026-02-05")]
    text: Option<String>,
    /// The bytes of a file; or `text`.
    base64: Option<String>,
}

impl ConfirmationRowBody {
    fn of(row: QueuedConfirmation, texts: Texts) -> Self {
        Self {
            row: row.id.to_string(),
            place: texts.sentence(&row.place()),
            participant: row.participant.to_string(),
            state: row.state.to_string(),
            number: row.told.number.map(|number| number.to_string()),
            at: row.told.at.map(|at| at.to_string()),
            carats: row.told.carats.map(|carats| carats.to_string()),
            arrived_on: row.told.arrived_on.map(|day| day.to_string()),
            reason: row.reason,
            sentence: texts.sentence(&row.sentence),
            raw: row.told.raw,
            sent_by: row.sent_by,
            received_on: row.received_on.to_string(),
        }
    }
}

/// Query parameters of the queue.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter { name: "state", about: "Only rows in this state.", example: "to_mend" },
    Parameter { name: "of", about: "Only this participant's queue.", example: "XA" },
    AFTER,
    LIMIT,
];

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<ConfirmationRows>, Problem> {
    asked.only_those(LISTED_BY)?;
    let state = asked.read::<RowState>("state")?;
    let of = asked.read::<ParticipantCode>("of")?;
    let wanted = Wanted::of(&asked)?;
    let texts = Texts::of(visit.language);
    app.read(move |app, tx| {
        let own = visit.viewer.officer().map(|officer| officer.body.parse().ok());
        let mut rows = kp_trade::confirmation_rows(tx, own.unwrap_or(of), state, MOST_ROWS)?;
        rows.retain(|row| visit.may_see(Class::Certificate, &Thing::of(row.participant)));
        let (rows, next) = wanted.cut(rows, |row| row.id.to_string())?;
        let rows = kp_trade::confirmations_said_anew(tx, rows, app.today())?;
        if let Some(row) = rows.first() {
            visit.saw("confirmations", "queue", &[row.participant.to_string()]);
        }
        let rows = rows.into_iter().map(|row| ConfirmationRowBody::of(row, texts)).collect();
        Ok(Json(ConfirmationRows { rows, next }))
    })
    .await
}

pub(crate) async fn load(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Answer {
    let texts = Texts::of(visit.language);
    let Some(at_desk) = visit.at_desk else { return Err(Problem::needs_token()) };
    if visit.program.is_some_and(|token| !token.may_do(kp_accounts::LOAD_CONFIRMATIONS)) {
        return Err(Problem::not_in_scope(kp_accounts::LOAD_CONFIRMATIONS));
    }
    let sending: Sending = serde_json::from_slice(&body)
        .map_err(|error| Problem::json_not_read("problem-json-of-confirmations", error))?;
    let bytes = files::sent(sending.text, sending.base64)?;
    let given = Given {
        participant: sending.participant,
        from: sending.from,
        sent_by: sending.sent_by,
        came_by: sending.came_by.unwrap_or_else(|| "file".to_owned()),
        name: sending.name.unwrap_or_else(|| "list".to_owned()),
        bytes,
    };
    let (received, passed_over) = app.blocking(move |app| taken(app, &at_desk, &given)).await?;
    let status = if received.again { StatusCode::OK } else { StatusCode::CREATED };
    let body = ConfirmationsTaken {
        position: received.receipt.position,
        received_before: received.again,
        matched: received.count(RowState::Matched),
        noted: received.count(RowState::Noted),
        passed_over: passed_over.into_iter().map(PassedOverBody::from).collect(),
        to_mend: received.to_mend.into_iter().map(|row| ConfirmationRowBody::of(row, texts)).collect(),
    };
    Ok((status, Json(body)).into_response())
}
