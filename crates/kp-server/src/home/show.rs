//! The desk: what waits, what was found, whether the log is whole. Zero typing to start work.

use askama::Template;
use axum::{Extension, extract::State};

use kp_detect::trade::FindingRow;

use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    home::queues::{Queue, queues},
};

#[derive(Template)]
#[template(path = "home/show.html")]
struct HomePage {
    frame: Frame,
    queues: Vec<Queue>,
    is_founded: bool,
    has_participants: bool,
    findings: Vec<FindingRow>,
    log_size: u64,
    logs: usize,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    page(&app, visit, Section::Desk, |_, tx, frame| {
        let heads = kp_log::log_heads(tx)?;
        Ok(HomePage {
            queues: queues(tx, frame.texts, frame.who.as_ref(), frame.today)?,
            frame: frame.titled_by("menu-desk"),
            is_founded: kp_registry::officers_of_body_count(tx, "scheme")? > 0,
            has_participants: !kp_registry::participants(tx)?.is_empty(),
            findings: kp_detect::trade::findings(tx)?.into_iter().take(5).collect(),
            log_size: heads.iter().map(|head| head.size).sum(),
            logs: heads.len(),
        })
    })
    .await
}
