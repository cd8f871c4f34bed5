//! Acts for programs: the catalogue, one call per act that takes its fields as JSON, and one that only tries it.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use kp_accounts::answers::{Known, Named};
use kp_language::Texts;
use kp_node::{ACTS, Act, Receipt};
use kp_terms::Kind;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    act::{
        form::act_named,
        perform::{done, done_once, tried},
        typed::fields_of_json,
    },
    app::{App, Shared},
    frame::Answer,
    guard::Visit,
    once,
    problem::{Problem, ProblemBody},
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

/// What a try came to.
#[derive(Serialize, ToSchema)]
#[schema(as = Check)]
pub(crate) struct CheckBody {
    /// Which act.
    act: &'static str,
    /// `would_be_recorded` or `would_not`.
    outcome: &'static str,
    /// Never: a try leaves nothing behind. It says so each time.
    recorded: bool,
    /// What it would be about: a number that is given by counting may be another by the time the act is done.
    subject: Option<String>,
    /// Kind of the statement that would stand.
    kind: Option<String>,
    /// Which log it would stand in.
    log_id: Option<String>,
    /// What stands in the way: all fields that cannot be read, or the first refusal in the order in which they are checked.
    problem: Option<ProblemBody>,
}

fn checked(app: &App, act: &'static Act, visit: &Visit, body: &Bytes) -> Result<Typed, Problem> {
    let Some(at_desk) = visit.at_desk.clone() else { return Err(Problem::needs_token()) };
    if visit.program.as_ref().is_some_and(|token| !token.may_do(act.name)) {
        return Err(Problem::not_in_scope(act.name));
    }
    // A token is asked for nothing more; a session of a person's is opened anew with a code.
    let asks = kp_accounts::fresh::of_act(act.name).filter(|_| !at_desk.shown.is_empty());
    if asks.is_some_and(|row| !row.is_met_by(&at_desk.shown, app.now())) {
        return Err(Problem::factor_needed());
    }
    let object: Map<String, Value> =
        serde_json::from_slice(body).map_err(|error| Problem::json_not_read("problem-json-of-act", error))?;
    Ok(Typed { at_desk, object })
}

struct Typed {
    at_desk: AtDesk,
    object: Map<String, Value>,
}

pub(crate) async fn perform(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let act = act_named(&name)?;
    let Typed { at_desk, object } = checked(&app, act, &visit, &body)?;
    let named = once::named(&headers, &at_desk.signer.id, &[b"act", act.name.as_bytes(), &body])?;
    let Some(named) = named else {
        let (fields, passphrases) = fields_of_json(object).map_err(Problem::fields)?;
        let work = move |app: &App| done(app, &at_desk, act, &fields, &passphrases);
        return Ok(recorded(app.blocking(work).await?));
    };
    // Looked up before the fields are: what made a key the first time would stumble over it the second.
    if let Some(answer) = once::answered(known(&app, &named).await?)? {
        return Ok(answer);
    }
    let (fields, passphrases) = fields_of_json(object).map_err(Problem::fields)?;
    let under = named.clone();
    let work = move |app: &App| done_once(app, &at_desk, act, &fields, &passphrases, &under);
    match app.blocking(work).await? {
        Some(receipt) => Ok(recorded(receipt)),
        // The same request came in twice at once, and the other was first.
        None => match once::answered(known(&app, &named).await?)? {
            Some(answer) => Ok(answer),
            None => Err(Problem::broke(anyhow::anyhow!("an answer under a name is not there any more"))),
        },
    }
}

async fn known(app: &Shared, named: &Named) -> Result<Known, Problem> {
    let named = named.clone();
    app.read(move |app, tx| Ok(named.known(tx, app.now())?)).await
}

/// Every check runs and nothing is recorded.
pub(crate) async fn check(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Json<CheckBody>, Problem> {
    let act = act_named(&name)?;
    let Typed { at_desk, object } = checked(&app, act, &visit, &body)?;
    let outcome = match fields_of_json(object) {
        Err(fields) => Err(Problem::fields(fields)),
        Ok((fields, passphrases)) => {
            app.blocking(move |app| tried(app, &at_desk, act, &fields, &passphrases)).await
        }
    };
    match outcome {
        Ok(receipt) => Ok(Json(CheckBody {
            act: act.name,
            outcome: "would_be_recorded",
            recorded: false,
            subject: Some(receipt.subject),
            kind: Some(receipt.kind),
            log_id: Some(receipt.log_id),
            problem: None,
        })),
        // A fault of ours is no finding about the request.
        Err(problem) if problem.status.is_server_error() => Err(problem),
        Err(problem) => Ok(Json(CheckBody {
            act: act.name,
            outcome: "would_not",
            recorded: false,
            subject: None,
            kind: None,
            log_id: None,
            problem: Some(problem.body(Texts::of(visit.language))),
        })),
    }
}

/// A receipt as it is kept under a name.
pub(crate) fn kept(receipt: &Receipt) -> anyhow::Result<(u16, String)> {
    Ok((StatusCode::CREATED.as_u16(), serde_json::to_string(&ReceiptBody::from(receipt.clone()))?))
}

fn recorded(receipt: Receipt) -> axum::response::Response {
    (StatusCode::CREATED, Json(ReceiptBody::from(receipt))).into_response()
}
