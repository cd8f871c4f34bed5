//! The desk: what waits, what was found, whether the log is whole. Zero typing to start work.

use askama::Template;
use axum::{Extension, extract::State};

use kp_detect::trade::FindingRow;
use kp_registry::Role;

use crate::{
    app::Shared,
    certificate::show::may_ask,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    home::queues::{Queue, queues},
    words,
};

#[derive(Template)]
#[template(path = "home/show.html")]
struct HomePage {
    frame: Frame,
    queues: Vec<Queue>,
    takes_applications: bool,
    is_founded: bool,
    has_participants: bool,
    findings: Vec<FindingRow>,
    log_size: u64,
    logs: usize,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    let seen = visit.clone();
    page(&app, visit, Section::Desk, move |_, tx, frame| {
        let heads = kp_log::log_heads(tx)?;
        let findings = kp_detect::trade::findings(tx)?;
        let mut findings = may_ask(tx, findings, &seen)?;
        findings.truncate(5);
        Ok(HomePage {
            queues: queues(tx, &frame)?,
            takes_applications: frame.is_demo
                || frame.who.as_ref().is_some_and(|who| who.roles.contains(&Role::Clerk)),
            frame: frame.titled("Desk"),
            is_founded: kp_registry::officers_of_body_count(tx, "scheme")? > 0,
            has_participants: !kp_registry::participants(tx)?.is_empty(),
            findings,
            log_size: heads.iter().map(|head| head.size).sum(),
            logs: heads.len(),
        })
    })
    .await
}
