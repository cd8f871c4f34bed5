//! Acts for programs: the catalogue, and one call per act that takes its fields as JSON.

use std::collections::VecDeque;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use kp_node::{ACTS, Act, Receipt};
use kp_terms::Kind;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use utoipa::ToSchema;

use crate::{
    act::{form::act_named, perform::done, typed::fields_of_json},
    app::Shared,
    frame::Answer,
    guard::Visit,
    problem::Problem,
    session::AtDesk,
};

/// All acts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Catalogue {
    /// By room.
    acts: Vec<ActBody>,
}

/// One act.
#[derive(Serialize, ToSchema)]
#[schema(as = Act)]
pub(crate) struct ActBody {
    /// Verb and noun.
    name: &'static str,
    /// For people.
    title: &'static str,
    /// The room it belongs to.
    room: &'static str,
    /// The role that may do it.
    role: &'static str,
    /// What to fill in.
    fields: Vec<FieldOfAct>,
}

/// One field of an act.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldOfAct)]
pub(crate) struct FieldOfAct {
    /// Member of the JSON object.
    name: &'static str,
    /// One line of help.
    help: &'static str,
    /// An example that reads.
    example: &'static str,
    /// Whether it must be given.
    required: bool,
    /// Whether a list of texts may be given.
    repeated: bool,
    /// The words to choose from, where there are few.
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<&'static [&'static str]>,
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
#[schema(as = Receipt)]
pub(crate) struct ReceiptBody {
    /// Which act.
    act: &'static str,
    /// What it was about: a certificate number, an application, a case; may be empty.
    subject: String,
    /// Kind of the statement.
    kind: String,
    /// Which log it stands in.
    log_id: String,
    /// Its place there.
    entry_number: u64,
    /// Order of arrival at this node.
    position: u64,
    /// SHA-256 of the signed statement, hexadecimal.
    statement_hash: String,
    /// The day of the act.
    on: String,
}

impl From<Receipt> for ReceiptBody {
    fn from(receipt: Receipt) -> Self {
        Self {
            act: receipt.act,
            subject: receipt.subject,
            kind: receipt.kind,
            log_id: receipt.log_id,
            entry_number: receipt.entry_number,
            position: receipt.position,
            statement_hash: receipt.statement_hash,
            on: receipt.on.to_string(),
        }
    }
}

fn act_body(act: &'static Act) -> ActBody {
    let field = |field: &'static kp_terms::Field| FieldOfAct {
        name: field.name,
        help: field.help,
        example: field.example,
        required: field.required,
        repeated: field.repeated,
        choices: match field.kind {
            Kind::Choice(words) => Some(words),
            _ => None,
        },
    };
    ActBody {
        name: act.name,
        title: act.title,
        room: act.room,
        role: act.role.word(),
        fields: act.fields.iter().map(field).collect(),
    }
}

pub(crate) async fn catalogue() -> Json<Catalogue> {
    Json(Catalogue { acts: ACTS.iter().map(act_body).collect() })
}

/// How many answered keys a session keeps; in memory, gone with the session.
const MOST_KEPT: usize = 200;

/// Receipts by `Idempotency-Key`, so that a program that lost an answer may ask again without acting twice. Only what
/// was recorded is kept: a refusal is looked at anew.
#[derive(Default)]
pub(crate) struct KeptAnswers(Mutex<VecDeque<KeptAnswer>>);

struct KeptAnswer {
    key: String,
    request: [u8; 32],
    receipt: Receipt,
}

pub(crate) async fn perform(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let act = act_named(&name)?;
    let Some(at_desk) = visit.at_desk else { return Err(Problem::needs_token()) };
    if visit.program.is_some_and(|token| !token.may_do(act.name)) {
        return Err(Problem::not_in_scope(act.name));
    }
    // A token is asked for nothing more; a session of a person's is opened anew with a code.
    let asks = kp_accounts::fresh::of_act(act.name).filter(|_| !at_desk.shown.is_empty());
    if asks.is_some_and(|row| !row.is_met_by(&at_desk.shown, app.now())) {
        return Err(Problem::factor_needed());
    }
    let Some(key) = headers.get("idempotency-key").and_then(|v| v.to_str().ok()) else {
        return Ok(recorded(once(&app, at_desk, act, &body).await?));
    };
    if key.is_empty() || key.len() > 100 {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "idempotency_key_not_read",
            "problem-idempotency-key-not-read-title",
            "problem-idempotency-key-not-read",
        ));
    }
    let request: [u8; 32] =
        Sha256::new().chain_update(act.name).chain_update([0]).chain_update(&body).finalize().into();
    let answers = at_desk.answers.clone();
    // Held while the act is done: the same key sent twice at once acts once.
    let mut kept = answers.0.lock().await;
    if let Some(answer) = kept.iter().find(|answer| answer.key == key) {
        if answer.request == request {
            return Ok(recorded(answer.receipt.clone()));
        }
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "problem-idempotency-key-reused-title",
            "problem-idempotency-key-reused",
        ));
    }
    let receipt = once(&app, at_desk, act, &body).await?;
    if kept.len() >= MOST_KEPT {
        kept.pop_front();
    }
    kept.push_back(KeptAnswer { key: key.to_owned(), request, receipt: receipt.clone() });
    Ok(recorded(receipt))
}

fn recorded(receipt: Receipt) -> axum::response::Response {
    (StatusCode::CREATED, Json(ReceiptBody::from(receipt))).into_response()
}

async fn once(app: &Shared, at_desk: AtDesk, act: &'static Act, body: &Bytes) -> Result<Receipt, Problem> {
    let object: Map<String, Value> =
        serde_json::from_slice(body).map_err(|error| Problem::json_not_read("problem-json-of-act", error))?;
    let (fields, passphrases) = fields_of_json(object).map_err(Problem::fields)?;
    app.blocking(move |app| done(app, &at_desk, act, &fields, &passphrases)).await
}
