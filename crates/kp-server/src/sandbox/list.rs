//! The sandbox: returns that wait to be declared, and the form that brings a file. Nobody but its participant's focal
//! point sees it (peers 4.2: nothing is public until it is committed).

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_statistics::{AnnexTable, sandbox::Sandboxed};

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    words,
};

#[derive(Template)]
#[template(path = "sandbox/list.html")]
struct SandboxPage {
    frame: Frame,
    /// The participant of whoever is at the desk.
    own: String,
    tables: [AnnexTable; 5],
    waiting: Vec<Sandboxed>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    asked.only(&[])?;
    page(&app, visit, Section::Statistics, move |_, tx, frame| {
        let mut waiting = kp_statistics::sandbox::sandbox(tx, None)?;
        waiting.retain(|it| frame.may_see(Class::Draft, &Thing::of(it.participant)));
        let own = frame.who.as_ref().map(|who| who.body.clone()).filter(|body| body != "scheme");
        Ok(SandboxPage {
            frame: frame.titled_by("sandbox-title"),
            own: own.unwrap_or_default(),
            tables: AnnexTable::ALL,
            waiting,
        })
    })
    .await
}
