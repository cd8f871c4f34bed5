//! One participant: standing and its history, who acts for it, its exporters and capacities, certificates, findings,
//! cases, and its production.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_accounts::rights::{Class, Thing};
use kp_cases::Case;
use kp_detect::trade::FindingRow;
use kp_registry::{Authority, Capacity, Exporter, Officer, Participant, StandingChange};
use kp_terms::{ParticipantCode, Sentence};
use kp_trade::Certificate;

use crate::{
    app::Shared,
    case::show::question,
    certificate::show::may_ask,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::{Problem, Said},
    statistics::analysis,
    words,
};

/// How many certificates the page shows before pointing to the list.
const SHOWN: u32 = 20;

#[derive(Template)]
#[template(path = "participant/show.html")]
struct ShowPage {
    frame: Frame,
    sees_staff: bool,
    sees_traders: bool,
    sees_certificates: bool,
    sees_shared: bool,
    participant: Participant,
    standing: Sentence,
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
    /// May it trade, in words.
    fn trades(&self) -> String {
        let frame = &self.frame;
        match self.standing.as_str() {
            "open" => frame.t("participant-may-trade"),
            "conditional" => frame.t("participant-may-trade-conditionally"),
            mixed if mixed.contains(", ") => self.frame.t("participant-trade-differs"),
            _ => {
                let standing = words::spoken(&frame.sentence(&self.standing));
                frame.t1("participant-may-not-trade", "standing", standing)
            }
        }
    }

    /// What a change of standing says beyond its word, part by part.
    fn details(&self, change: &StandingChange) -> String {
        let frame = &self.frame;
        let mut parts = vec![
            frame.t1("participant-from", "day", words::instant(&change.effective_at)),
            change.legal_act.clone(),
        ];
        if !change.scope.is_all() {
            parts.push(change.scope.in_words());
        }
        if change.direction.word() != "both" {
            parts.push(frame.t(format!("participant-only-{}", change.direction.word())));
        }
        parts.extend(change.conditions.iter().map(|condition| frame.word(condition.word())));
        parts.push(frame.t1("participant-under-way", "what", frame.word(change.under_way.word())));
        parts.join(" · ")
    }

    fn is_in_force(&self, exporter: &Exporter) -> bool {
        exporter.is_active_on(self.frame.today)
    }
}

/// The participant that a typed code means.
///
/// # Errors
/// Where it does not read.
pub(crate) fn code_of(typed: &str) -> Result<ParticipantCode, Problem> {
    typed.parse().map_err(|error| Problem::address_not_read(typed, error))
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(typed): Path<String>,
) -> Answer {
    let code = code_of(&typed)?;
    let seen = visit.clone();
    page(&app, visit, Section::Participants, move |app, tx, frame| {
        let Some(participant) = kp_registry::participant_by_code(tx, code)? else {
            return Err(Problem::not_found(
                Said::of("problem-no-participant-but-figures").with("code", code),
            ));
        };
        let frame = frame.titled(participant.name.clone());
        let changes = kp_registry::standing_changes_of_participant(tx, code)?;
        let (body, prefix) = (code.to_string(), format!("{code}-"));
        let known = analysis::of_today(app, tx)?;
        let findings = kp_detect::trade::findings_of_participant(tx, code)?;
        let findings = may_ask(tx, findings, &seen)?;
        let own = Thing::of(code);
        let sees = |class| frame.may_see(class, &own);
        let sees_case = |case: &Case| frame.may_see(Class::Question, &question(case.asked, Some(case)));
        // Of one's own participant all; of another those that come here or go there, in the list of certificates.
        let of_certificates = sees(Class::Certificate);
        let certificates =
            if of_certificates { kp_trade::certificates(tx, &prefix, SHOWN)? } else { Vec::new() };
        let certificates = kept(certificates, |c| c.application.participant == code);
        if let (Some(first), Some(last)) = (certificates.first(), certificates.last()) {
            frame.saw("certificates", format!("{} to {}", first.number, last.number), &own.bodies);
        }
        let exporters = kept(kp_registry::exporters(tx)?, |e| e.participant == code && sees(Class::Trader));
        if !exporters.is_empty() {
            frame.saw("exporters", code, &own.bodies);
        }
        Ok(ShowPage {
            sees_staff: sees(Class::Staff),
            sees_traders: sees(Class::Trader),
            sees_certificates: of_certificates,
            sees_shared: sees(Class::Shared),
            standing: kp_registry::stands_now(tx, code, app.now())?.words,
            authorities: kept(kp_registry::authorities(tx)?, |a| a.participant == code),
            officers: kept(kp_registry::officers(tx)?, |o| o.body == body && sees(Class::Staff)),
            exporters,
            capacities: kp_registry::capacities_of_participant(tx, code)?,
            certificates,
            findings,
            cases: kept(kp_cases::cases(tx)?, |case| case.asked == code && sees_case(case)),
            figures: known.of(code).map_or_else(Vec::new, |series| {
                let findings = if sees(Class::Question) { known.findings_of(code) } else { Vec::new() };
                kp_report::participant_figures(series, &findings, analysis::setting(frame.texts))
            }),
            changes,
            participant,
            frame,
        })
    })
    .await
}

fn kept<T>(mut all: Vec<T>, keep: impl Fn(&T) -> bool) -> Vec<T> {
    all.retain(keep);
    all
}
