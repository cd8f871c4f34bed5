//! The lock of a desk that is left alone (rulings 27): the session stays, shows nothing, keeps what was typed, and its PIN
//! opens it again. Five wrong PINs end it.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kp_terms::sentence;

use crate::{
    act::{next::escaped, typed::CONTROLS},
    app::Shared,
    desk::unlock::local,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit, set_cookie},
    problem::Problem,
    session::Pin,
    token::random_text,
};

#[derive(Template)]
#[template(path = "desk/locked.html")]
struct LockedPage {
    frame: Frame,
    back: String,
    whose: Option<String>,
    is_wrong: bool,
}

/// Locks, where there is a PIN to open it again; ends the session where there is none.
pub(crate) async fn lock(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    if app.sessions.lock(&visit.cookie) {
        let back = escaped(local(typed.first("back")));
        return Ok(Redirect::to(&format!("/locked?back={back}")).into_response());
    }
    let mut response = Redirect::to("/").into_response();
    set_cookie(&app, &mut response, &random_text(32)?);
    Ok(response)
}

/// Asks for the PIN. A desk that is not locked yet is locked by coming here: that is how a browser left alone gets here.
pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(mut visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let back = local(Typed(asked).first("back")).to_owned();
    if visit.locked.is_none() {
        let at_desk = visit.at_desk.take().filter(|at_desk| at_desk.has_pin);
        let Some(at_desk) = at_desk.filter(|_| app.sessions.lock(&visit.cookie)) else {
            return Ok(Redirect::to(&back).into_response());
        };
        visit.viewer = kp_accounts::rights::Viewer::Nobody;
        visit.locked = Some(at_desk.signer.id);
    }
    form(&app, visit, back, false).await
}

async fn form(app: &Shared, visit: Visit, back: String, is_wrong: bool) -> Answer {
    let status = if is_wrong { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let whose = visit.locked.clone();
    page_with_status(app, visit, Section::None, status, move |_, _, frame| {
        Ok(LockedPage { frame: frame.titled_by("locked-title"), back, whose, is_wrong })
    })
    .await
}

/// Opens it with the PIN.
pub(crate) async fn unlock(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let back = local(typed.first("back")).to_owned();
    match app.sessions.unlock(&visit.cookie, typed.first("pin").trim(), app.now()) {
        Pin::Right => Ok(Redirect::to(&back).into_response()),
        Pin::Wrong => form(&app, visit, back, true).await,
        Pin::Ended => {
            if let Some(officer) = visit.locked {
                app.blocking(move |app| {
                    let why = sentence!("trail-why-lock", "the session ended at its lock");
                    Ok(app.accounts.signed_out(&officer, &why, app.now())?)
                })
                .await?;
            }
            let mut response = Redirect::to(&format!("/sign-in?back={}", escaped(&back))).into_response();
            set_cookie(&app, &mut response, &random_text(32)?);
            Ok(response)
        }
    }
}

/// What was being typed when the desk was left alone; only while there is a session to keep it.
pub(crate) async fn keep(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Response {
    let path = local(typed.first("kept_path")).to_owned();
    if visit.at_desk.is_none() && visit.locked.is_none() {
        return Problem::needs_officer().into_response();
    }
    let own = |name: &str| name == "kept_path" || (CONTROLS.contains(&name) && name != "add");
    let kept = typed.0.into_iter().filter(|(name, _)| !own(name)).collect();
    app.sessions.keep(&visit.cookie, &path, kept);
    StatusCode::NO_CONTENT.into_response()
}

/// That somebody is still typing; the session has been seen by coming here.
pub(crate) async fn awake() -> StatusCode {
    StatusCode::NO_CONTENT
}
