//! What an administrator does to accounts: invite, close, recover. Each stands in the trail; none of it opens a key.

use axum::{Extension, extract::State};

use crate::{
    account::list::{Said, list},
    app::{App, Shared},
    frame::Answer,
    guard::{Typed, Visit},
    problem::Problem,
};

/// Does something as the officer at the desk, and shows the list with what came of it.
async fn shown(
    app: Shared,
    visit: Visit,
    work: impl FnOnce(&App, &kp_registry::Officer) -> Result<Said, Problem> + Send + 'static,
) -> Answer {
    let officer = visit.viewer.officer().cloned().ok_or_else(Problem::needs_officer)?;
    let said = match app.blocking(move |app| work(app, &officer)).await {
        Ok(said) => said,
        Err(problem) => Said { problem: Some(problem), ..Said::default() },
    };
    list(&app, visit, said).await
}

pub(crate) async fn invite(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let id = typed.first("officer").trim().to_owned();
    shown(app, visit, move |app, by| {
        Ok(Said { issued: Some(app.accounts.invite(by, &id, app.now())?), ..Said::default() })
    })
    .await
}

pub(crate) async fn close(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let id = typed.first("officer").to_owned();
    shown(app, visit, move |app, by| {
        let closed = app.accounts.close(by, &id, app.now())?;
        app.sessions.end(&closed.officer_id, None);
        Ok(Said { closed: Some(closed), ..Said::default() })
    })
    .await
}

pub(crate) async fn recover(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let (id, kind) = (typed.first("officer").to_owned(), typed.first("kind").to_owned());
    shown(app, visit, move |app, by| {
        let kind =
            kind.parse().map_err(|error: kp_terms::ReadError| Problem::not_found(format!("{error}.")))?;
        app.accounts.start_recovery(by, &id, kind, app.now())?;
        Ok(Said::default())
    })
    .await
}

pub(crate) async fn stop_recovery(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let id = typed.first("recovery").to_owned();
    shown(app, visit, move |app, by| {
        app.accounts.stop_recovery(by, &id, app.now())?;
        Ok(Said::default())
    })
    .await
}

pub(crate) async fn recovery_code(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let id = typed.first("recovery").to_owned();
    shown(app, visit, move |app, by| {
        Ok(Said { issued: Some(app.accounts.fetch_recovery_code(by, &id, app.now())?), ..Said::default() })
    })
    .await
}
