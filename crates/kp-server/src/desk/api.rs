//! Sessions for programs: password and code for a bearer token, or a passphrase where no account is needed; in a
//! demonstration the officer's id is enough. A program without anybody beside it uses a token of its own instead.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Request, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use kp_accounts::fresh::Given;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::{
    app::{App, Shared},
    desk::{
        act_as::demo_opening,
        sign_in::{Credentials, signed_in},
    },
    frame::Answer,
    guard::Visit,
    problem::Problem,
    session::{Opening, Place},
};

/// Who acts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SessionRequest)]
pub(crate) struct OpenBody {
    /// The officer's id.
    #[schema(example = "xa-clerk-1")]
    officer: String,
    /// The passphrase of the officer's key, which is the password of the account; not needed in a demonstration.
    passphrase: Option<String>,
    /// The code of the moment, or a recovery code; needed where the officer has an account.
    factor: Option<String>,
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

pub(crate) async fn open(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Answer {
    let asked: OpenBody = serde_json::from_slice(&body)
        .map_err(|error| Problem::json_not_read("problem-json-of-session", error))?;
    let officer = asked.officer.clone();
    let token = app
        .blocking(move |app| {
            let opening = opening(app, asked, visit.from)?;
            Ok(app.sessions.open(opening, app.now())?)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(SessionBody { token, officer })).into_response())
}

fn opening(app: &App, asked: OpenBody, from: String) -> Result<Opening, Problem> {
    let passphrase = match asked.passphrase.map(Zeroizing::new) {
        Some(passphrase) => passphrase,
        None if app.demo.is_some() => return demo_opening(app, &asked.officer),
        None => return Err(Problem::key_not_opened()),
    };
    let (signer, shown) = match app.passphrase_is_enough(&asked.officer)? {
        true => (app.open_key(&asked.officer, &passphrase)?, None),
        false => {
            let factor = asked.factor.unwrap_or_default();
            let credentials = Credentials {
                officer: asked.officer,
                password: passphrase,
                factor,
                ..Credentials::default()
            };
            (signed_in(app, &credentials, &from, "")?.signer, Some((Given::Code, app.now())))
        }
    };
    Ok(Opening { signer, place: Place::Program, pin: String::new(), from, shown })
}

pub(crate) async fn close(State(app): State<Shared>, request: Request) -> StatusCode {
    let said = request.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    if let Some(token) = said.and_then(|text| text.strip_prefix("Bearer ")) {
        app.sessions.close(token);
    }
    StatusCode::NO_CONTENT
}
