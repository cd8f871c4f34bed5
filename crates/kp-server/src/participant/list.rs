//! The participants on file at this node.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::Class;
use kp_registry::Participant;

use crate::{
    app::Shared,
    case::show::question,
    certificate::show::may_ask,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
};

struct Row {
    participant: Participant,
    standing: String,
    findings: usize,
    open_cases: usize,
}

#[derive(Template)]
#[template(path = "participant/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    let seen = visit.clone();
    page(&app, visit, Section::Participants, move |app, tx, frame| {
        let mut cases = kp_cases::cases(tx)?;
        cases.retain(|case| frame.may_see(Class::Question, &question(case.asked, Some(case))));
        let findings = kp_detect::trade::findings(tx)?;
        let findings = may_ask(tx, findings, &seen)?;
        let mut rows = Vec::new();
        for participant in kp_registry::participants(tx)? {
            let code = participant.code;
            rows.push(Row {
                standing: kp_registry::stands_now(tx, code, app.now())?.words,
                findings: findings.iter().filter(|row| row.finding.participant == code).count(),
                open_cases: cases.iter().filter(|case| case.asked == code && case.state != "closed").count(),
                participant,
            });
        }
        Ok(ListPage { frame: frame.titled("Participants"), rows })
    })
    .await
}
