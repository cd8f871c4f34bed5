//! The demonstration's switch: act as any invented officer. Not there outside a demonstration (rulings 23).

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};
use kp_log::Signer;

use crate::{
    app::{App, Shared},
    desk::unlock::local,
    frame::Answer,
    guard::{Typed, Visit, set_cookie},
    problem::Problem,
    session::{Opening, Place},
    token::random_text,
};

pub(crate) async fn act_as(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = typed.first("officer").to_owned();
    let id = match officer.as_str() {
        "" => random_text(32)?,
        _ => app.blocking(move |app| Ok(app.sessions.open(demo_opening(app, &officer)?, app.now())?)).await?,
    };
    app.sessions.close(&visit.cookie);
    let mut response = Redirect::to(local(typed.first("back"))).into_response();
    set_cookie(&app, &mut response, &id);
    Ok(response)
}

/// A session as an invented officer.
///
/// # Errors
/// As [`demo_signer`].
pub(crate) fn demo_opening(app: &App, officer: &str) -> Result<Opening, Problem> {
    let signer = demo_signer(app, officer)?;
    Ok(Opening {
        signer,
        place: Place::Demonstration,
        pin: String::new(),
        from: "this machine".into(),
        shown: None,
    })
}

/// The key of an invented officer.
///
/// # Errors
/// Where this is no demonstration, or the demonstration's passphrase does not open that key.
fn demo_signer(app: &App, officer: &str) -> Result<Signer, Problem> {
    match &app.demo {
        Some(demo) => app.open_key(officer, &demo.passphrase),
        None => Err(Problem::not_found("problem-not-a-demo")),
    }
}
