//! Findings: from certificates and shipments, and from production returns, each a question; both a page at a time.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::Class;
use kp_detect::{finding::Finding, trade::FindingRow};
use kp_terms::ParticipantCode;

use super::pages::Wanted;
use crate::{
    act::next::escaped,
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    paged,
    statistics::{analysis, show::KnownOn},
};

/// Findings of each sort on a page.
const SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "finding/list.html")]
struct ListPage {
    frame: Frame,
    known: KnownOn,
    participant: String,
    severity: String,
    of_register: Vec<(FindingRow, String)>,
    of_returns: Vec<(usize, Finding)>,
    /// The way on in each of the two lists.
    next: Option<String>,
    next_of_returns: Option<String>,
    is_first: bool,
    limit: u32,
}

impl ListPage {
    fn is_filtered(&self) -> bool {
        !self.participant.is_empty() || !self.severity.is_empty()
    }

    fn sees_every(&self) -> bool {
        self.frame.sees_every(Class::Question)
    }

    /// What is said where a list is empty: of somebody who sees a part, that it may be.
    fn none(&self) -> &'static str {
        if self.sees_every() { "none" } else { "none-seen" }
    }

    /// The address of a page with the same filters: where the two lists go on.
    fn at(&self, after: &str, of_returns: &str) -> String {
        let mut parts = Vec::new();
        for (name, text) in
            [("participant", self.participant.as_str()), ("severity", &self.severity), ("after", after)]
        {
            parts.extend(Some(text).filter(|text| !text.is_empty()).map(|text| (name, escaped(text))));
        }
        if !of_returns.is_empty() {
            parts.push(("returns_after", escaped(of_returns)));
        }
        if self.limit != SHOWN {
            parts.push(("limit", self.limit.to_string()));
        }
        if !self.known.is_today {
            parts.push(("as_of", self.known.day.to_string()));
        }
        let pairs: Vec<String> = parts.into_iter().map(|(name, text)| format!("{name}={text}")).collect();
        format!("?{}", pairs.join("&"))
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let participant: Option<ParticipantCode> = asked.read("participant")?;
    let severity = asked.text("severity").to_owned();
    let (after, returns_after) = (asked.text("after").to_owned(), asked.text("returns_after").to_owned());
    let known = KnownOn::of(&asked, app.today())?;
    let limit = paged::limit(&asked, SHOWN)?;
    let seen = visit.clone();
    page(&app, visit, Section::Findings, move |app, tx, frame| {
        let wanted = Wanted { visit: &seen, about: participant, severity: &severity, by: known.day };
        let (of_register, more) = wanted.of_register(tx, &after, limit as usize)?;
        let declared = analysis::of_day(app, tx, known.day)?;
        let (of_returns, more_of_returns) =
            wanted.of_returns(tx, &declared, &returns_after, limit as usize)?;
        let case = |case: Option<kp_cases::Case>| {
            let opened = case.filter(|case| case.opened_on <= known.day);
            opened.map(|case| case.case_number).unwrap_or_default()
        };
        Ok(ListPage {
            frame: frame.titled_by("menu-findings"),
            next: of_register.last().filter(|_| more).map(|(row, _)| row.finding.id.clone()),
            next_of_returns: of_returns.last().filter(|_| more_of_returns).map(|(_, f)| f.id.clone()),
            of_register: of_register.into_iter().map(|(row, of)| (row, case(of))).collect(),
            of_returns,
            limit,
            is_first: after.is_empty() && returns_after.is_empty(),
            participant: participant.map(|p| p.to_string()).unwrap_or_default(),
            severity: severity.clone(),
            known,
        })
    })
    .await
}
