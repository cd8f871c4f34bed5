//! Sessions for programs: a passphrase for a bearer token; in a demonstration the officer's id is enough.

use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode, response::IntoResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::{app::Shared, desk::act_as::demo_signer, frame::Answer, guard::Token, problem::Problem};

/// Who acts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SessionRequest)]
pub(crate) struct OpenBody {
    /// The officer's id.
    #[schema(example = "xa-clerk-1")]
    officer: String,
    /// The passphrase of the officer's key; not needed in a demonstration.
    passphrase: Option<String>,
}

/// An open session.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionBody {
    /// Send it as `Authorization: Bearer ...`; it dies after fifteen minutes without use.
    token: String,
    /// Who acts with it.
    officer: String,
}

pub(crate) async fn open(State(app): State<Shared>, body: Bytes) -> Answer {
    let asked: OpenBody = serde_json::from_slice(&body)
        .map_err(|error| Problem::json_not_read("problem-json-of-session", error))?;
    let officer = asked.officer.clone();
    let passphrase = asked.passphrase.map(Zeroizing::new);
    let token = app
        .blocking(move |app| {
            let signer = match &passphrase {
                Some(passphrase) => app.open_key(&officer, passphrase)?,
                None if app.demo.is_some() => demo_signer(app, &officer)?,
                None => return Err(Problem::key_not_opened()),
            };
            Ok(app.sessions.open(signer, app.now())?)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(SessionBody { token, officer: asked.officer })).into_response())
}

pub(crate) async fn close(State(app): State<Shared>, Extension(token): Extension<Token>) -> StatusCode {
    app.sessions.close(&token.0);
    StatusCode::NO_CONTENT
}
