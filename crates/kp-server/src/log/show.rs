//! The log: its heads, the last entries, whether it is as it was written, and proofs to take away.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::{rights::Viewer, shown::shown_to};
use kp_log::{Head, LogReport};

use crate::{
    act::receipt::{EntryLine, line},
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
};

/// How many of the last entries are shown.
const SHOWN: u32 = 30;

#[derive(Template)]
#[template(path = "log/show.html")]
struct LogPage {
    frame: Frame,
    heads: Vec<Head>,
    entries: Vec<EntryLine>,
    report: Option<LogReport>,
    may_verify: bool,
}

impl LogPage {
    fn checked(&self) -> u64 {
        self.report.iter().flat_map(|report| report.logs.values()).sum()
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    // Reading everything again takes its time: only for who is known here.
    let may_verify = visit.viewer != Viewer::Nobody;
    let report = match asked.text("verify") {
        "" => None,
        _ if !may_verify => None,
        _ => Some(app.blocking(|app| Ok(app.node.verify_log()?)).await?),
    };
    page(&app, visit, Section::Log, move |app, tx, frame| {
        let last = kp_log::last_position(tx)?;
        let node = &app.node.keys().signer.id;
        let mut entries = Vec::new();
        for entry in kp_log::entries_after(tx, last.saturating_sub(SHOWN.into()), SHOWN)?.iter().rev() {
            let line = line(tx, frame.texts, node, entry)?;
            if shown_to(tx, &frame.viewer, entry, &line.who)?.is_some() {
                entries.push(line);
            }
        }
        Ok(LogPage {
            may_verify,
            frame: frame.titled_by("menu-log"),
            heads: kp_log::log_heads(tx)?,
            entries,
            report,
        })
    })
    .await
}
