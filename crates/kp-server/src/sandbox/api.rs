//! The sandbox for programs: the same files, rules, cells, notes and submission as on the pages.

use std::collections::BTreeMap;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use kp_accounts::{
    PUT_RETURNS,
    rights::{Class, Thing},
};
use kp_language::Texts;
use kp_node::returns::Submitting;
use kp_statistics::{
    figure::Figure,
    return_cells::ReturnCell,
    sandbox::{Noting, Sandboxed},
};
use kp_terms::{Carats, ParticipantCode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{
    act::{self, Named, forced},
    load::{Waiting, load, whose},
    show::{RuleSays, by_rule},
};
use crate::{
    app::Shared,
    asked::Asked,
    endpoint::Parameter,
    files::{self, File},
    frame::Answer,
    guard::Visit,
    problem::Problem,
    session::AtDesk,
};

/// Returns that wait.
#[derive(Serialize, ToSchema)]
pub(crate) struct WaitingReturns {
    /// By table and period.
    returns: Vec<WaitingReturn>,
}

/// A return that waits.
#[derive(Serialize, ToSchema)]
pub(crate) struct WaitingReturn {
    /// Its name in the sandbox.
    id: String,
    /// Whose.
    participant: String,
    /// `production`, `imports`, `exports`, `certificates`, `stocks`.
    table: String,
    /// `2026-Q1`.
    period: String,
    /// The file's name.
    file: String,
    /// Its SHA-256.
    file_sha256: String,
    /// Which officer put it there.
    put_by: String,
    /// When.
    put_at: String,
}

impl From<Sandboxed> for WaitingReturn {
    fn from(it: Sandboxed) -> Self {
        Self {
            id: it.id,
            participant: it.participant.to_string(),
            table: it.table.to_string(),
            period: it.period.to_string(),
            file: it.file,
            file_sha256: it.file_sha256,
            put_by: it.put_by,
            put_at: it.put_at.to_string(),
        }
    }
}

/// A return that waits, with everything that is said of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckedWaitingReturn {
    /// Which.
    waiting: WaitingReturn,
    /// Why nothing of the file could be read; empty where it could.
    file_problem: String,
    /// Whether something must be mended first.
    is_blocked: bool,
    /// Whether it is a nil return.
    is_nil: bool,
    /// What the rules found, those that block first.
    rules: Vec<RuleFound>,
    /// What of the file was not used, and blocks nothing: columns, remarks, sheets without figures.
    notes: Vec<NoteBody>,
    /// Every cell, and those of the last return that are blank here.
    cells: Vec<CellBody>,
    /// Who marked it complete; empty where nobody has.
    marked_complete_by: String,
}

/// Something of the file that was not used.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoteBody {
    /// Row in the file; 0 is the whole file.
    row: u32,
    /// What was not used.
    sentence: String,
}

/// What one rule found.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleFound {
    /// Its name.
    rule: String,
    /// `blocks` or `warns`.
    force: String,
    /// What it looks at.
    says: String,
    /// How often.
    count: usize,
    /// Where.
    rows: Vec<RowFound>,
}

/// One row that a rule speaks of.
#[derive(Serialize, ToSchema)]
pub(crate) struct RowFound {
    /// Row in the file; 0 is the whole return.
    row: u32,
    /// Which cell.
    column: String,
    /// What is wrong.
    sentence: String,
    /// How to mend it.
    mend: String,
}

/// One cell.
#[derive(Serialize, ToSchema)]
pub(crate) struct CellBody {
    /// What it is about: `XB 7102.31`.
    figure: String,
    /// Row in the file; null where it is blank.
    row: Option<u32>,
    /// The amount; null where it is blank.
    amount: Option<AmountBody>,
    /// The last twelve values, newest first.
    earlier: Vec<EarlierBody>,
    /// The least that is usual: carats, or certificates; null where there are too few values.
    usual_low: Option<String>,
    /// The most that is usual.
    usual_high: Option<String>,
    /// Whether it lies outside.
    is_unusual: bool,
    /// What was noted on it.
    comment: String,
}

/// Carats and value, or a count.
#[derive(Serialize, ToSchema)]
pub(crate) struct AmountBody {
    /// Carats.
    carats: String,
    /// US$.
    value_usd: String,
    /// Certificates, where those are counted.
    certificates: Option<u32>,
}

/// An earlier value.
#[derive(Serialize, ToSchema)]
pub(crate) struct EarlierBody {
    /// `2025-Q4`.
    period: String,
    /// The amount.
    amount: AmountBody,
}

impl From<&Figure> for AmountBody {
    fn from(figure: &Figure) -> Self {
        Self {
            carats: figure.carats.to_string(),
            value_usd: figure.value.to_string(),
            certificates: figure.certificates.map(|(_, count)| count),
        }
    }
}

/// A return is put into the sandbox: `text`, or `base64` of a file's bytes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutReturn {
    /// Whose: `XA`.
    participant: String,
    /// `exports`.
    table: String,
    /// `2026-Q1`.
    period: String,
    /// The file's name.
    #[serde(default)]
    name: Option<String>,
    /// The file, where it is text.
    #[serde(default)]
    text: Option<String>,
    /// The file's bytes, base64.
    #[serde(default)]
    base64: Option<String>,
}

/// A comment on a figure.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommentFigure {
    /// Which: `XB 7102.31`.
    figure: String,
    /// The words; empty takes the comment back.
    words: String,
}

/// Whether what is blank is meant to be blank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkComplete {
    /// Yes or no.
    complete: bool,
}

/// With what a return is declared.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclareWaiting {
    /// Why it is sent again, where it is.
    #[serde(default)]
    reason: Option<String>,
    /// Rule to reason, for each warning that is forced.
    #[serde(default)]
    forced: BTreeMap<String, String>,
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
pub(crate) struct Declared {
    /// Place of the statement in the log.
    position: u64,
    /// The log.
    log: String,
    /// The entry's number in it.
    entry: u64,
}

fn rule(says: RuleSays, texts: Texts) -> RuleFound {
    RuleFound {
        rule: says.rule,
        force: if says.blocks { "blocks" } else { "warns" }.to_owned(),
        says: texts.sentence(&says.says),
        count: says.breaches.len(),
        rows: says
            .breaches
            .into_iter()
            .map(|row| RowFound {
                row: row.row,
                column: row.column.word().to_owned(),
                sentence: texts.sentence(&row.sentence),
                mend: texts.sentence(&row.mend),
            })
            .collect(),
    }
}

fn cell(cell: &ReturnCell, waiting: &Waiting) -> CellBody {
    let is_count =
        cell.figure.iter().chain(cell.earlier.iter().map(|(_, f)| f)).any(|f| f.certificates.is_some());
    let usual = |amount: i64| match is_count {
        true => amount.to_string(),
        false => Carats::from_hundredths(amount).to_string(),
    };
    let comment = waiting.notes.comments.iter().find(|note| note.figure == cell.key);
    CellBody {
        figure: cell.key.clone(),
        row: cell.row,
        amount: cell.figure.as_ref().map(AmountBody::from),
        earlier: cell
            .earlier
            .iter()
            .map(|(period, figure)| EarlierBody { period: period.to_string(), amount: figure.into() })
            .collect(),
        usual_low: cell.usual.map(|range| usual(range.low)),
        usual_high: cell.usual.map(|range| usual(range.high)),
        is_unusual: cell.is_unusual(),
        comment: comment.map(|note| note.words.clone()).unwrap_or_default(),
    }
}

fn body(waiting: Waiting, texts: Texts) -> CheckedWaitingReturn {
    CheckedWaitingReturn {
        file_problem: waiting
            .checked
            .sheet
            .problem
            .as_ref()
            .map(|why| texts.sentence(why))
            .unwrap_or_default(),
        is_blocked: waiting.checked.is_blocked(),
        is_nil: waiting.checked.sheet.is_nil,
        rules: by_rule(&waiting).into_iter().map(|says| rule(says, texts)).collect(),
        notes: waiting
            .checked
            .sheet
            .notes
            .iter()
            .map(|note| NoteBody { row: note.row, sentence: texts.sentence(&note.sentence) })
            .collect(),
        cells: waiting.checked.cells().iter().map(|one| cell(one, &waiting)).collect(),
        marked_complete_by: waiting.notes.complete.map(|note| note.noted_by).unwrap_or_default(),
        waiting: waiting.it.into(),
    }
}

/// Query parameters of the list.
pub(crate) const LISTED_BY: &[Parameter] =
    &[Parameter { name: "of", about: "Only this participant's.", example: "XA" }];

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<WaitingReturns>, Problem> {
    asked.only(&["of"])?;
    let of: Option<ParticipantCode> = asked.read("of")?;
    app.read(move |_, tx| {
        let mut all = kp_statistics::sandbox::sandbox(tx, of)?;
        all.retain(|it| visit.may_see(Class::Draft, &Thing::of(it.participant)));
        Ok(Json(WaitingReturns { returns: all.into_iter().map(WaitingReturn::from).collect() }))
    })
    .await
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((of, id)): Path<(String, String)>,
) -> Result<Json<CheckedWaitingReturn>, Problem> {
    let of = whose(&of)?;
    app.blocking(move |app| Ok(Json(body(load(app, &visit, of, &id)?, Texts::of(visit.language))))).await
}

/// Who calls, where the token says that it may.
fn at_desk(visit: &Visit, scope: &str) -> Result<AtDesk, Problem> {
    if visit.program.as_ref().is_some_and(|token| !token.may_do(scope)) {
        return Err(Problem::not_in_scope(scope));
    }
    visit.at_desk.clone().ok_or_else(Problem::needs_token)
}

fn read<T: DeserializeOwned>(body: &Bytes, expected: &'static str) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::json_not_read(expected, error))
}

pub(crate) async fn put(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    sent: Bytes,
) -> Answer {
    let desk = at_desk(&visit, PUT_RETURNS)?;
    let sent: PutReturn = read(&sent, "problem-json-of-return")?;
    let bytes = files::sent(sent.text, sent.base64)?;
    let named = Named { participant: &sent.participant, table: &sent.table, period: &sent.period };
    let which = named.read()?;
    let file = File { name: sent.name.unwrap_or_else(|| "return".to_owned()), bytes };
    let body = app
        .blocking(move |app| {
            let put = act::put(app, &desk, which, &file)?;
            Ok(body(load(app, &visit, put.participant, &put.id)?, Texts::of(visit.language)))
        })
        .await?;
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

pub(crate) async fn comment(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(place): Path<(String, String)>,
    sent: Bytes,
) -> Answer {
    let sent: CommentFigure = read(&sent, "problem-json-of-return")?;
    noted(&app, visit, place, Noting::Comment { figure: sent.figure, words: sent.words }).await
}

pub(crate) async fn complete(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(place): Path<(String, String)>,
    sent: Bytes,
) -> Answer {
    let sent: MarkComplete = read(&sent, "problem-json-of-return")?;
    noted(&app, visit, place, if sent.complete { Noting::Complete } else { Noting::NotComplete }).await
}

async fn noted(app: &Shared, visit: Visit, (of, id): (String, String), noting: Noting) -> Answer {
    let (desk, of) = (at_desk(&visit, PUT_RETURNS)?, whose(&of)?);
    let body = app
        .blocking(move |app| {
            act::note(app, &visit, &desk, (of, &id), &noting)?;
            Ok(body(load(app, &visit, of, &id)?, Texts::of(visit.language)))
        })
        .await?;
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

pub(crate) async fn declare(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((of, id)): Path<(String, String)>,
    sent: Bytes,
) -> Answer {
    let (desk, of) = (at_desk(&visit, "declare_return")?, whose(&of)?);
    let sent: DeclareWaiting = read(&sent, "problem-json-of-return")?;
    let forced = forced(sent.forced.iter().map(|(rule, reason)| (rule.as_str(), reason.as_str())))?;
    let with = Submitting { reason: sent.reason, forced, complete: false };
    let receipt = app.blocking(move |app| act::submit(app, &visit, &desk, (of, &id), with)).await?;
    let body =
        Declared { position: receipt.position, log: receipt.log_id.to_string(), entry: receipt.entry_number };
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

pub(crate) async fn forget(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    let (desk, of) = (at_desk(&visit, PUT_RETURNS)?, whose(&of)?);
    app.blocking(move |app| act::forget(app, &visit, &desk, (of, &id))).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
