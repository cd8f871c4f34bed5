//! One participant: standing and its history, who acts for it, its exporters and capacities, certificates, findings,
//! cases, and its production.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_cases::Case;
use kp_detect::trade::FindingRow;
use kp_registry::{Authority, Capacity, Exporter, Officer, Participant, StandingChange};
use kp_terms::ParticipantCode;
use kp_trade::Certificate;

use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
    statistics::analysis::{self, LINKS},
    words,
};

/// How many certificates the page shows before pointing to the list.
const SHOWN: u32 = 20;

#[derive(Template)]
#[template(path = "participant/show.html")]
struct ShowPage {
    frame: Frame,
    participant: Participant,
    standing: String,
    changes: Vec<StandingChange>,
    authorities: Vec<Authority>,
    officers: Vec<Officer>,
    exporters: Vec<Exporter>,
    capacities: Vec<Capacity>,
    certificates: Vec<Certificate>,
    findings: Vec<FindingRow>,
    cases: Vec<Case>,
    figures: Vec<String>,
}

impl ShowPage {
    fn is_in_force(&self, exporter: &Exporter) -> bool {
        exporter.is_active_on(self.frame.today)
    }
}

/// The participant that a typed code means.
///
/// # Errors
/// Where it does not read.
pub(crate) fn code_of(typed: &str) -> Result<ParticipantCode, Problem> {
    typed.parse().map_err(|error| Problem::not_found(format!("{error}.")))
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(typed): Path<String>,
) -> Answer {
    let code = code_of(&typed)?;
    page(&app, visit, Section::Participants, move |app, tx, frame| {
        let Some(participant) = kp_registry::participant_by_code(tx, code)? else {
            let detail = format!(
                "No participant {code} is admitted at this node; its figures may stand under Statistics."
            );
            return Err(Problem::not_found(detail));
        };
        let changes = kp_registry::standing_changes_of_participant(tx, code)?;
        let (body, prefix) = (code.to_string(), format!("{code}-"));
        let known = analysis::of_today(app, tx)?;
        Ok(ShowPage {
            frame: frame.titled(participant.name.clone()),
            standing: kp_registry::stands_now(tx, code, app.now())?.words,
            authorities: kept(kp_registry::authorities(tx)?, |a| a.participant == code),
            officers: kept(kp_registry::officers(tx)?, |o| o.body == body),
            exporters: kept(kp_registry::exporters(tx)?, |e| e.participant == code),
            capacities: kp_registry::capacities_of_participant(tx, code)?,
            certificates: kept(kp_trade::certificates(tx, &prefix, SHOWN)?, |c| {
                c.application.participant == code
            }),
            findings: kp_detect::trade::findings_of_participant(tx, code)?,
            cases: kept(kp_cases::cases(tx)?, |case| case.asked == code),
            figures: known.of(code).map_or_else(Vec::new, |series| {
                kp_report::participant_figures(series, &known.findings_of(code), LINKS)
            }),
            changes,
            participant,
        })
    })
    .await
}

fn kept<T>(mut all: Vec<T>, keep: impl Fn(&T) -> bool) -> Vec<T> {
    all.retain(keep);
    all
}
