//! In which language this browser is spoken to: chosen at the foot of every page, kept in a cookie of its own.

use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect},
};
use kp_language::Language;

use super::unlock::local;
use crate::{
    app::Shared,
    frame::Answer,
    guard::{Typed, language_cookie},
    problem::{FieldSaid, Problem},
};

/// A year; whoever comes back is spoken to as before.
const A_YEAR: u32 = 365 * 24 * 60 * 60;

pub(crate) async fn choose(State(app): State<Shared>, Extension(typed): Extension<Typed>) -> Answer {
    let chosen: Language = typed
        .first("to")
        .parse()
        .map_err(|sentence: String| Problem::fields(vec![FieldSaid::new("to", sentence)]))?;
    let name = language_cookie(&app);
    let cookie = format!("{name}={}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Strict", chosen.code());
    let cookie = HeaderValue::from_str(&cookie).map_err(|error| Problem::broke(error.into()))?;
    let mut response = Redirect::to(local(typed.first("back"))).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
