//! Accounts for programs: what the pages of accounts do, asked for as JSON.
//!
//! Changed by persons only: a session of `POST /api/session` is one, a token that was lent is not, so that a program that
//! leaked makes itself no second way in. Codes and tokens are shown once: who asks again under the same Idempotency-Key gets
//! the answer without them.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kp_accounts::{Accounts, Invitation, Issued, NewToken, Recovery, Token};
use kp_registry::Officer;
use kp_terms::sentence;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::{
    account::own::can_confirm,
    app::{App, Shared},
    frame::Answer,
    guard::Visit,
    once::KeptAs,
    problem::{FieldSaid, Problem, Said},
    session::AtDesk,
};

/// The own account.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnAccount {
    /// Who asks.
    officer: String,
    /// Sessions that are open.
    sessions: Vec<SessionLine>,
    /// Tokens for programs, the newest first, ended ones too.
    tokens: Vec<TokenBody>,
    /// Recoveries of colleagues that wait for somebody who saw them.
    to_confirm: Vec<RecoveryBody>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionLine {
    /// To end it by.
    name: String,
    /// The address it came from.
    from: String,
    /// When it began.
    started_at: String,
    /// When it was last used.
    used_at: String,
    /// Whether it waits for its PIN.
    locked: bool,
}

/// A token, without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
pub(crate) struct TokenBody {
    /// Short public name.
    id: String,
    /// What it is for.
    label: String,
    /// `read`, and names of acts.
    scopes: Vec<String>,
    /// When it was made.
    made_at: String,
    /// Until when it serves.
    expires_at: String,
    /// When it was ended.
    ended_at: Option<String>,
}

/// A recovery of an account.
#[derive(Serialize, ToSchema)]
#[schema(as = Recovery)]
pub(crate) struct RecoveryBody {
    /// Short id.
    id: String,
    /// Whose account.
    officer: String,
    /// `factor` or `password`.
    kind: &'static str,
    /// Who started it.
    started_by: String,
    /// When.
    started_at: String,
    /// Who saw the person.
    confirmed_by: Option<String>,
    /// From when its code can be fetched.
    ready_at: Option<String>,
}

/// A recovery just started.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryStarted {
    /// To confirm, stop or finish it by.
    id: String,
}

/// A token just made.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenMade {
    /// The token; absent where this request was answered before under its Idempotency-Key.
    token: Option<String>,
}

/// A code just issued.
#[derive(Serialize, ToSchema)]
pub(crate) struct CodeIssued {
    /// The code; absent where this request was answered before under its Idempotency-Key.
    code: Option<String>,
    /// For whom.
    officer: String,
    /// Until when it serves.
    expires_at: String,
}

/// Accounts of the own body.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountsListed {
    /// By officer.
    accounts: Vec<AccountBody>,
    /// Recoveries under way.
    recoveries: Vec<RecoveryBody>,
}

/// An account.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub(crate) struct AccountBody {
    /// Whose.
    officer: String,
    /// `invited`, `open` or `closed`.
    state: &'static str,
    /// Since when.
    since: String,
    /// Until when its invitation serves.
    invited_until: Option<String>,
}

/// What is left to do about somebody who leaves.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountClosed {
    /// Whose.
    officer: String,
    /// The body whose log the withdrawals go into.
    body: String,
    /// Keys that still sign: withdraw them with the act `withdraw_key`.
    keys: Vec<String>,
}

/// A token that is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTokenBody {
    /// What it is for.
    #[schema(example = "customs gateway")]
    label: String,
    /// `read`, and names of acts.
    scopes: Vec<String>,
    /// How many days it serves.
    #[schema(minimum = 1, maximum = 366, example = 30)]
    #[serde(deserialize_with = "crate::whole::whole")]
    days: i64,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPasswordBody {
    /// The present one.
    present: String,
    /// The new one.
    password: String,
}

/// An officer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficerNamed {
    /// The officer's id.
    #[schema(example = "xa-clerk-2")]
    officer: String,
}

/// A recovery that is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecovery {
    /// Whose account.
    #[schema(example = "xa-clerk-1")]
    officer: String,
    /// What was lost: `factor` or `password`.
    #[schema(example = "factor")]
    kind: String,
}

/// That a colleague was seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColleagueSeen {
    /// Whether whoever confirms saw the person and knows them.
    seen_in_person: bool,
}

impl From<Token> for TokenBody {
    fn from(token: Token) -> Self {
        Self {
            id: token.id,
            label: token.label,
            scopes: token.scopes,
            made_at: token.made_at.to_string(),
            expires_at: token.expires_at.to_string(),
            ended_at: token.ended_at.map(|at| at.to_string()),
        }
    }
}

impl From<Recovery> for RecoveryBody {
    fn from(recovery: Recovery) -> Self {
        Self {
            id: recovery.id,
            officer: recovery.officer_id,
            kind: recovery.kind.word(),
            started_by: recovery.started_by,
            started_at: recovery.started_at.to_string(),
            confirmed_by: recovery.confirmed_by,
            ready_at: recovery.ready_at.map(|at| at.to_string()),
        }
    }
}

fn who(visit: &Visit) -> Result<Officer, Problem> {
    visit.viewer.officer().cloned().ok_or_else(Problem::needs_token)
}

/// Whoever asks, where it is a person, who showed as lately that it is them as the form of the page asks for.
fn person(app: &App, visit: &Visit, form: &str) -> Result<(Officer, AtDesk), Problem> {
    if visit.program.is_some() {
        return Err(Problem::not_in_scope("accounts"));
    }
    let at_desk = visit.at_desk.clone().ok_or_else(Problem::needs_token)?;
    let asks = kp_accounts::fresh::of_form(form).filter(|_| !at_desk.shown.is_empty());
    if asks.is_some_and(|row| !row.is_met_by(&at_desk.shown, app.now())) {
        return Err(Problem::factor_needed());
    }
    Ok((who(visit)?, at_desk))
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::json_not_read("problem-json-of-call", error))
}

/// An answer with something that is shown once; `kept` is what stays of it.
fn shown_once<T: Serialize>(shown: &T, kept: &T) -> Answer {
    let kept = serde_json::to_string(kept).map_err(|error| Problem::broke(error.into()))?;
    let mut response = (StatusCode::CREATED, Json(shown)).into_response();
    response.extensions_mut().insert(KeptAs(kept));
    Ok(response)
}

const DONE: StatusCode = StatusCode::NO_CONTENT;

pub(crate) async fn own(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Result<Json<OwnAccount>, Problem> {
    let who = who(&visit)?;
    app.read(move |app, tx| {
        let sessions = app.sessions.of(&who.id, "", app.now()).into_iter().map(|session| SessionLine {
            name: session.name,
            from: session.from,
            started_at: session.started_at.to_string(),
            used_at: session.used_at.to_string(),
            locked: session.is_locked,
        });
        let waiting = Accounts::recoveries(tx)?.into_iter().filter(|r| can_confirm(&who, r));
        Ok(Json(OwnAccount {
            sessions: sessions.collect(),
            tokens: Accounts::tokens_of(tx, &who.id)?.into_iter().map(TokenBody::from).collect(),
            to_confirm: waiting.map(RecoveryBody::from).collect(),
            officer: who.id,
        }))
    })
    .await
}

pub(crate) async fn end_session(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    let (officer, _) = person(&app, &visit, "/account/end-session")?;
    let which = (name != "all").then_some(name.as_str());
    if app.sessions.end(&officer.id, which) == 0 {
        return Err(Problem::not_found(Said::of("problem-no-such").with("what", name)));
    }
    let why = sentence!("trail-why-program", "ended by a program");
    app.blocking(move |app| Ok(app.accounts.signed_out(&officer.id, &why, app.now())?)).await?;
    Ok(DONE)
}

pub(crate) async fn change_password(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let (officer, at_desk) = person(&app, &visit, "/account/password")?;
    let asked: NewPasswordBody = read(&body)?;
    let (present, new) = (Zeroizing::new(asked.present), Zeroizing::new(asked.password));
    app.blocking(move |app| {
        app.accounts.change_password(&at_desk.signer, &officer.name, &present, &new, &new, app.now())?;
        Ok(())
    })
    .await?;
    Ok(DONE)
}

pub(crate) async fn make_token(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Answer {
    let (_, at_desk) = person(&app, &visit, "/account/token")?;
    let asked: NewTokenBody = read(&body)?;
    let asked = NewToken { label: asked.label, scopes: asked.scopes, days: asked.days };
    let made =
        app.blocking(move |app| Ok(app.accounts.make_token(&at_desk.signer, &asked, app.now())?)).await?;
    shown_once(&TokenMade { token: Some(made.to_string()) }, &TokenMade { token: None })
}

pub(crate) async fn end_token(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let (officer, _) = person(&app, &visit, "/account/end-token")?;
    app.blocking(move |app| {
        let own = app.node.db().read(|tx| Accounts::tokens_of(tx, &officer.id))?;
        if !own.iter().any(|token| token.id == id) {
            return Err(Problem::not_found(Said::of("problem-no-such").with("what", id)));
        }
        Ok(app.accounts.end_token(&officer.id, &id, app.now())?)
    })
    .await?;
    Ok(DONE)
}

pub(crate) async fn stop_recovery(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let (officer, _) = person(&app, &visit, "/account/stop-recovery")?;
    app.blocking(move |app| Ok(app.accounts.stop_recovery(&officer, &id, app.now())?)).await?;
    Ok(DONE)
}

pub(crate) async fn confirm_recovery(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let (officer, _) = person(&app, &visit, "/account/confirm-recovery")?;
    let seen: ColleagueSeen = read(&body)?;
    if !seen.seen_in_person {
        return Err(Problem::fields(vec![FieldSaid::new("seen_in_person", "input-not-seen-in-person")]));
    }
    app.blocking(move |app| Ok(app.accounts.confirm_recovery(&officer, &id, app.now())?)).await?;
    Ok(DONE)
}

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Result<Json<AccountsListed>, Problem> {
    app.read(move |app, tx| {
        let sees = |officer: &str| crate::account::list::looks_after(&visit.viewer, officer);
        let invitations: Vec<Invitation> = app.accounts.invitations(app.now())?;
        let accounts = app.accounts.all()?.into_iter().filter(|account| sees(&account.officer_id));
        let recoveries = Accounts::recoveries(tx)?.into_iter();
        let recoveries = recoveries.filter(|r| r.ended.is_none() && sees(&r.officer_id));
        Ok(Json(AccountsListed {
            accounts: accounts
                .map(|account| AccountBody {
                    invited_until: invitations
                        .iter()
                        .find(|invitation| invitation.officer_id == account.officer_id)
                        .map(|invitation| invitation.expires_at.to_string()),
                    state: account.state.word(),
                    since: account.since.to_string(),
                    officer: account.officer_id,
                })
                .collect(),
            recoveries: recoveries.map(RecoveryBody::from).collect(),
        }))
    })
    .await
}

async fn issued(
    app: Shared,
    visit: Visit,
    form: &str,
    work: impl FnOnce(&App, &Officer) -> Result<Issued, Problem> + Send + 'static,
) -> Answer {
    let (officer, _) = person(&app, &visit, form)?;
    let issued = app.blocking(move |app| work(app, &officer)).await?;
    let body = |code: Option<String>| CodeIssued {
        code,
        officer: issued.invitation.officer_id.clone(),
        expires_at: issued.invitation.expires_at.to_string(),
    };
    shown_once(&body(Some(issued.code.to_string())), &body(None))
}

pub(crate) async fn invite(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Answer {
    let asked: OfficerNamed = read(&body)?;
    issued(app, visit, "/accounts/invite", move |app, by| {
        Ok(app.accounts.invite(by, asked.officer.trim(), app.now())?)
    })
    .await
}

pub(crate) async fn close(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (officer, _) = person(&app, &visit, "/accounts/close")?;
    let closed = app
        .blocking(move |app| {
            let closed = app.accounts.close(&officer, &id, app.now())?;
            app.sessions.end(&closed.officer_id, None);
            Ok(closed)
        })
        .await?;
    let body = AccountClosed { officer: closed.officer_id, body: closed.body, keys: closed.keys };
    Ok(Json(body).into_response())
}

pub(crate) async fn recover(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Answer {
    let (officer, _) = person(&app, &visit, "/accounts/recover")?;
    let asked: NewRecovery = read(&body)?;
    let kind = asked.kind.parse().map_err(|error: kp_terms::ReadError| {
        let said = Said::of("input-not-read-as-typed").with("typed", &asked.kind);
        Problem::fields(vec![FieldSaid::new("kind", said.or_in_english(error.to_string()))])
    })?;
    let id = app
        .blocking(move |app| Ok(app.accounts.start_recovery(&officer, &asked.officer, kind, app.now())?))
        .await?;
    Ok((StatusCode::CREATED, Json(RecoveryStarted { id })).into_response())
}

pub(crate) async fn recovery_code(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Answer {
    issued(app, visit, "/accounts/recovery-code", move |app, by| {
        Ok(app.accounts.fetch_recovery_code(by, &id, app.now())?)
    })
    .await
}
