//! The desk: what waits, what was found, whether the log is whole. Zero typing to start work.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};

use kp_detect::trade::FindingRow;
use kp_registry::Role;

use crate::{
    app::Shared,
    certificate::show::may_ask,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    home::queues::{Queue, queue, queues},
    problem::{Problem, Said},
};

#[derive(Template)]
#[template(path = "home/queue.html")]
struct QueuePage {
    frame: Frame,
    queue: Queue,
}

/// One queue in full.
pub(crate) async fn queue_in_full(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
) -> Answer {
    page(&app, visit, Section::Desk, move |_, tx, frame| {
        let Some(queue) = queue(tx, &frame, &name)? else {
            return Err(Problem::not_found(Said::of("problem-no-queue").with("name", name)));
        };
        Ok(QueuePage { frame: frame.titled_by(queue.title), queue })
    })
    .await
}

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
        // Of somebody who may see few, older ones stand under all findings.
        let findings = kp_detect::trade::findings_newest(tx, 30)?;
        let mut findings = may_ask(tx, findings, &seen)?;
        findings.truncate(5);
        Ok(HomePage {
            queues: queues(tx, &frame)?,
            takes_applications: frame.is_demo
                || frame.who.as_ref().is_some_and(|who| who.roles.contains(&Role::Clerk)),
            frame: frame.titled_by("menu-desk"),
            is_founded: kp_registry::officers_of_body_count(tx, "scheme")? > 0,
            has_participants: !kp_registry::participants(tx)?.is_empty(),
            findings,
            log_size: heads.iter().map(|head| head.size).sum(),
            logs: heads.len(),
        })
    })
    .await
}
