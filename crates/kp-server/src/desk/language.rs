//! In which language this browser is spoken to: chosen at the foot of every page, kept in a cookie of its own.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};
use kp_language::Language;
use kp_terms::FieldProblem;

use super::unlock::local;
use crate::{
    app::Shared,
    frame::Answer,
    guard::{Typed, add_cookie},
    problem::Problem,
    visit::language_cookie,
};

/// A year; whoever comes back is spoken to as before.
const A_YEAR: u32 = 365 * 24 * 60 * 60;

pub(crate) async fn choose(State(app): State<Shared>, Extension(typed): Extension<Typed>) -> Answer {
    let chosen: Language = typed
        .first("to")
        .parse()
        .map_err(|sentence| Problem::fields(vec![FieldProblem { field: "to".to_owned(), sentence }]))?;
    let cookie = app.door.set_cookie_text(&language_cookie(&app), chosen.code(), Some(A_YEAR));
    let mut response = Redirect::to(local(typed.first("back"))).into_response();
    add_cookie(&mut response, &cookie);
    Ok(response)
}
