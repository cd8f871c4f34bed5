//! The participants on file at this node, a page at a time.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_cases::Level;
use kp_registry::Participant;
use kp_terms::{ParticipantCode, Sentence};

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    paged,
};

/// Rows of a page.
const SHOWN: u32 = 50;

struct Row {
    participant: Participant,
    standing: Sentence,
    findings: u64,
    open_cases: u64,
}

#[derive(Template)]
#[template(path = "participant/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    next: Option<ParticipantCode>,
    is_first: bool,
    limit: u32,
}

impl ListPage {
    /// The address of the page after a participant.
    fn at(&self, after: &ParticipantCode) -> String {
        match self.limit {
            SHOWN => format!("?after={after}"),
            limit => format!("?after={after}&limit={limit}"),
        }
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let after = asked.text("after").to_ascii_uppercase();
    let limit = paged::limit(&asked, SHOWN)?;
    page(&app, visit, Section::Participants, move |app, tx, frame| {
        let mut found = kp_registry::participants_after(tx, &after, limit + 1)?;
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let next = found.last().filter(|_| more).map(|last| last.code);
        let mut rows = Vec::new();
        for participant in found {
            let code = participant.code;
            let asks =
                |level: Option<Level>| frame.may_see(Class::Question, &Thing { level, ..Thing::of(code) });
            let findings = kp_cases::finding_levels(tx, code)?;
            let cases = kp_cases::open_case_levels(tx, code)?;
            rows.push(Row {
                standing: kp_registry::stands_now(tx, code, app.now())?.words,
                findings: findings.iter().filter(|(level, _)| asks(*level)).map(|(_, count)| count).sum(),
                open_cases: cases
                    .iter()
                    .filter(|(level, _)| asks(Some(*level)))
                    .map(|(_, count)| count)
                    .sum(),
                participant,
            });
        }
        Ok(ListPage {
            frame: frame.titled_by("menu-participants"),
            rows,
            next,
            is_first: after.is_empty(),
            limit,
        })
    })
    .await
}
