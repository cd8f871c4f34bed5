//! All findings: from certificates and shipments, and from production returns, each a question.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::Class;
use kp_detect::{finding::Finding, trade::FindingRow};
use kp_terms::ParticipantCode;

use crate::{
    app::Shared,
    asked::Asked,
    case::show::question,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    statistics::{analysis, show::KnownOn},
};

/// Findings of returns shown at once.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "finding/list.html")]
struct ListPage {
    frame: Frame,
    known: KnownOn,
    participant: String,
    severity: String,
    of_register: Vec<(FindingRow, String)>,
    of_returns: Vec<(usize, Finding)>,
    all_of_returns: usize,
}

impl ListPage {
    fn is_cut(&self) -> bool {
        self.all_of_returns > self.of_returns.len()
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let participant: Option<ParticipantCode> = asked.read("participant")?;
    let severity = asked.text("severity").to_owned();
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Findings, move |app, tx, frame| {
        let takes = |finding: &Finding| {
            participant.is_none_or(|p| finding.participant == p)
                && (severity.is_empty() || finding.rank.severity.as_str() == severity)
        };
        let mut of_register = Vec::new();
        for row in kp_detect::trade::findings(tx)?.into_iter().filter(|row| takes(&row.finding)) {
            if row.found_on > known.day {
                continue;
            }
            let case = kp_cases::case_of_finding(tx, &row.finding.id)?;
            if !frame.may_see(Class::Question, &question(row.finding.participant, case.as_ref())) {
                continue;
            }
            let case = case.filter(|case| case.opened_on <= known.day);
            of_register.push((row, case.map(|case| case.case_number).unwrap_or_default()));
        }
        let declared = analysis::of_day(app, tx, known.day)?;
        let mut of_returns: Vec<(usize, Finding)> = Vec::new();
        for (place, finding) in declared.findings().filter(|(_, finding)| takes(finding)) {
            let case = kp_cases::case_of_finding(tx, &finding.id)?;
            if frame.may_see(Class::Question, &question(finding.participant, case.as_ref())) {
                of_returns.push((place, finding.clone()));
            }
        }
        let all_of_returns = of_returns.len();
        of_returns.truncate(SHOWN);
        Ok(ListPage {
            frame: frame.titled_by("menu-findings"),
            known,
            participant: participant.map(|p| p.to_string()).unwrap_or_default(),
            severity,
            of_register,
            of_returns,
            all_of_returns,
        })
    })
    .await
}
