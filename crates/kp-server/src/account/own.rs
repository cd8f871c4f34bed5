//! One's own account: sessions, tokens for programs, the password, and a colleague's recovery to confirm.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use kp_accounts::{
    Accounts, LOAD_CONFIRMATIONS, NewToken, PUT_RETURNS, READ, Recovery, State as AccountState, Token,
    ministry::Binding,
    passkey::{Keeping, Passkey},
};
use kp_node::{ACTS, Act};
use kp_registry::Officer;
use kp_terms::sentence;
use zeroize::Zeroizing;

use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit},
    problem::Problem,
    session::{Listed, Place},
    style, words,
};

#[derive(Template)]
#[template(path = "account/own.html")]
struct OwnPage {
    frame: Frame,
    sessions: Vec<Listed>,
    tokens: Vec<Token>,
    acts: Vec<&'static Act>,
    to_confirm: Vec<Recovery>,
    has_account: bool,
    passkeys: Vec<Passkey>,
    /// Whether passkeys serve at the address that this page was called by.
    has_passkeys: bool,
    script: &'static str,
    /// The binding to the ministry's sign-in.
    binding: Option<Binding>,
    /// Whether there is one to be bound to.
    has_ministry: bool,
    codes_left: Option<String>,
    /// A token just made: shown once.
    made: Option<Zeroizing<String>>,
    /// Key of what is said to be done; empty where nothing is.
    done: &'static str,
    problem: Option<Problem>,
}

impl OwnPage {
    fn problem_of(&self, name: &str) -> String {
        let mut all = self.problem.iter().flat_map(|p| &p.fields);
        all.find(|p| p.field == name).map(|p| p.said.said(self.frame.texts)).unwrap_or_default()
    }
}

#[derive(Default)]
pub(crate) struct Said {
    pub(crate) codes_left: Option<String>,
    pub(crate) made: Option<Zeroizing<String>>,
    pub(crate) done: &'static str,
    pub(crate) problem: Option<Problem>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let left = Typed(asked).first("codes_left").to_owned();
    let codes_left = Some(left).filter(|left| left.len() <= 2 && left.parse::<u8>().is_ok());
    own_page(&app, visit, Said { codes_left, ..Said::default() }).await
}

pub(crate) async fn own_page(app: &Shared, visit: Visit, said: Said) -> Answer {
    let status = said.problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    let (here, has_passkeys) = (visit.cookie.clone(), visit.site.is_some());
    page_with_status(app, visit, Section::None, status, move |app, tx, frame| {
        let who = frame.who.clone().ok_or_else(Problem::needs_officer)?;
        let account = app.accounts.of_officer(&who.id)?;
        Ok(OwnPage {
            sessions: app.sessions.of(&who.id, &here, app.now()),
            tokens: Accounts::tokens_of(tx, &who.id)?,
            acts: lendable(&who),
            to_confirm: Accounts::recoveries(tx)?.into_iter().filter(|r| can_confirm(&who, r)).collect(),
            passkeys: Accounts::passkeys_of(tx, &who.id)?,
            has_passkeys,
            binding: Accounts::binding_of(tx, &who.id)?,
            has_ministry: app.ministry.is_some(),
            script: style::passkey_path(),
            has_account: account.is_some_and(|account| account.state == AccountState::Open),
            frame: frame.titled_by("frame-account"),
            codes_left: said.codes_left,
            made: said.made,
            done: said.done,
            problem: said.problem,
        })
    })
    .await
}

fn lendable(who: &Officer) -> Vec<&'static Act> {
    ACTS.iter().filter(|act| who.roles.contains(&act.role) && Token::can_be_lent(act.name)).collect()
}

pub(crate) fn can_confirm(who: &Officer, r: &Recovery) -> bool {
    let same_body = r.officer_id.split('-').next() == who.id.split('-').next();
    same_body
        && !who.is_trader()
        && r.ended.is_none()
        && r.confirmed_by.is_none()
        && r.started_by != who.id
        && r.officer_id != who.id
}

pub(crate) fn who(visit: &Visit) -> Result<Officer, Problem> {
    visit.viewer.officer().cloned().ok_or_else(Problem::needs_officer)
}

pub(crate) async fn end_session(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let name = typed.first("session").to_owned();
    let ended = match name.as_str() {
        "" => return Err(Problem::not_found("problem-which-session")),
        "all" => app.sessions.end(&officer.id, None),
        name => app.sessions.end(&officer.id, Some(name)),
    };
    if ended > 0 {
        app.blocking(move |app| {
            Ok(app.accounts.signed_out(
                &officer.id,
                &sentence!("trail-why-ended", "ended under Account"),
                app.now(),
            )?)
        })
        .await?;
    }
    Ok(Redirect::to("/account").into_response())
}

pub(crate) async fn change_password(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let at_desk = visit.desk()?;
    let secret = |name| Zeroizing::new(typed.first(name).to_owned());
    let (present, new, again) = (secret("present"), secret("password"), secret("again"));
    let (from, mark) = (visit.from.clone(), visit.mark.clone());
    let outcome = app.blocking(move |app| {
        app.accounts.change_password(&at_desk.signer, &officer.name, &present, &new, &again, app.now())?;
        tracing::info!(officer = officer.id, from, known = !mark.is_empty(), "a password was changed");
        Ok(())
    });
    match outcome.await {
        Ok(()) => {
            let done = "account-password-changed";
            own_page(&app, visit, Said { done, ..Said::default() }).await
        }
        Err(problem) => own_page(&app, visit, Said { problem: Some(problem), ..Said::default() }).await,
    }
}

pub(crate) async fn make_token(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    // A token does not make another: that would outlive what it was given for.
    let at_desk = visit.person_at_desk()?;
    let asked = NewToken {
        label: typed.first("label").to_owned(),
        scopes: typed.0.iter().filter(|(name, _)| name == "scopes").map(|(_, scope)| scope.clone()).collect(),
        days: typed.first("days").trim().parse().unwrap_or_default(),
    };
    let made = app.blocking(move |app| Ok(app.accounts.make_token(&at_desk.signer, &asked, app.now())?));
    let said = match made.await {
        Ok(made) => Said { made: Some(made), ..Said::default() },
        Err(problem) => Said { problem: Some(problem), ..Said::default() },
    };
    own_page(&app, visit, said).await
}

pub(crate) async fn end_token(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let id = typed.first("id").to_owned();
    app.blocking(move |app| Ok(app.accounts.end_token(&officer.id, &id, app.now())?)).await?;
    Ok(Redirect::to("/account").into_response())
}

pub(crate) async fn stop_recovery(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let id = typed.first("recovery").to_owned();
    app.blocking(move |app| Ok(app.accounts.stop_recovery(&officer, &id, app.now())?)).await?;
    Ok(Redirect::to("/account").into_response())
}

pub(crate) async fn confirm_recovery(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    if typed.first("seen").is_empty() {
        let problem = Problem::fields(vec![kp_terms::FieldProblem {
            field: "seen".into(),
            sentence: "confirm only somebody whom you have seen in person and know".into(),
        }]);
        return own_page(&app, visit, Said { problem: Some(problem), ..Said::default() }).await;
    }
    let id = typed.first("recovery").to_owned();
    app.blocking(move |app| Ok(app.accounts.confirm_recovery(&officer, &id, app.now())?)).await?;
    let done = "account-recovery-confirmed";
    own_page(&app, visit, Said { done, ..Said::default() }).await
}
