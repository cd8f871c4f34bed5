//! Locking: the key leaves memory, and the browser gets a cookie that means nothing.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};

use crate::{
    app::Shared,
    frame::Answer,
    guard::{Visit, set_cookie},
    session::random_text,
};

pub(crate) async fn lock(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    app.sessions.close(&visit.cookie);
    let mut response = Redirect::to("/").into_response();
    set_cookie(&app, &mut response, &random_text(32)?);
    Ok(response)
}
