//! Questions to authenticators, for the script on our pages. Nothing is kept for who only asks.

use axum::{
    Extension, Json,
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kp_accounts::passkey::{Purpose, SECRET_ABOUT};
use serde::Serialize;

use crate::{app::Shared, asked::Asked, guard::Visit, problem::Problem};

#[derive(Serialize)]
struct Question {
    challenge: String,
    /// The name that passkeys are bound to.
    site: String,
    /// What the authenticator's secret is asked about.
    about: String,
    /// For a new one: whose, as authenticators call the officer.
    user: String,
    officer: String,
    /// For a new one: those that are registered here, so that none is made twice in one authenticator.
    known: Vec<String>,
}

/// `for` is what the question is asked for; one for a new passkey, or for a factor, is asked of who is signed in only.
pub(crate) async fn question(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Response, Problem> {
    let purpose: Purpose = asked.read("for")?.unwrap_or(Purpose::SignIn);
    let Some(site) = visit.site.clone() else { return Err(Problem::not_found("problem-passkeys-not-here")) };
    let officer = match purpose {
        Purpose::SignIn => None,
        Purpose::New | Purpose::Factor => {
            let at_desk = visit.at_desk.as_ref().filter(|_| visit.program.is_none());
            Some(at_desk.ok_or_else(Problem::needs_officer)?.signer.id.clone())
        }
    };
    let question = app.blocking(move |app| {
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (user, known) = match &officer {
            Some(id) if purpose == Purpose::New => {
                (encoded(&app.accounts.user_handle(id)), app.accounts.passkeys_at(id, &site)?)
            }
            _ => (String::new(), Vec::new()),
        };
        Ok(Question {
            challenge: encoded(&app.accounts.challenge(purpose, &visit.cookie, app.now())?),
            site: site.name,
            about: encoded(SECRET_ABOUT),
            user,
            officer: officer.filter(|_| purpose == Purpose::New).unwrap_or_default(),
            known: known.iter().map(|id| encoded(id)).collect(),
        })
    });
    Ok(Json(question.await?).into_response())
}
