//! One certificate: where it is in its life, what it says, who did what when, and what can be done next.

use anyhow::Result;
use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_accounts::rights::{Class, Thing};
use kp_db::Tx;
use kp_detect::trade::FindingRow;
use kp_language::Texts;
use kp_terms::CertificateNumber;
use kp_trade::{
    Arrival, Certificate, CertificateState, Confirmation, Filing, Line, Print, QueuedConfirmation, RowState,
    StillMissing, moves,
};

use crate::{
    act::{
        context::filed_by,
        next::{self, NextAct},
        receipt::{EntryLine, line},
    },
    app::{App, Shared},
    case::show::question,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    paper::{panel::panel, record},
    problem::{Problem, Said},
    words,
};

/// A certificate with everything on file about it.
pub(crate) struct Whole {
    /// Who filed the application, in words, and as it is on file: for those of its own authority.
    filed: Option<String>,
    pub(crate) filing: Option<Filing>,
    pub(crate) certificate: Certificate,
    pub(crate) exporter: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) confirmation: Option<Confirmation>,
    /// The row from outside that answered it, where no authority here did.
    outside: Option<QueuedConfirmation>,
    pub(crate) timeline: Vec<EntryLine>,
    pub(crate) findings: Vec<FindingRow>,
    pub(crate) prints: Vec<Print>,
    /// For which reasons a draft would not be issued today.
    pub(crate) missing: StillMissing,
}

pub(crate) use kp_accounts::shown::parties;

/// Everything about the certificate that a typed number means.
///
/// # Errors
/// Where the number does not read, or no such certificate is on file for whoever asks: one answer for both.
pub(crate) fn whole(
    app: &App,
    tx: &mut Tx<'_>,
    texts: Texts,
    typed: &str,
    visit: &Visit,
) -> Result<Whole, Problem> {
    let number: CertificateNumber = typed.parse().map_err(|e| Problem::address_not_read(typed, e))?;
    let found = kp_trade::certificate_by_number(tx, &number)?;
    let mut arrivals = kp_trade::arrivals_of_number(tx, &number)?;
    let thing = match &found {
        Some(certificate) => parties(tx, certificate)?,
        None => Thing::default(),
    };
    let Some(certificate) = found.filter(|_| visit.may_see(Class::Certificate, &thing)) else {
        arrivals.retain(|arrival| visit.may_see(Class::Certificate, &Thing::of(arrival.at)));
        return Err(Problem::not_found(unknown(texts, &number, &arrivals)));
    };
    visit.saw("certificate", &number, &thing.bodies);
    let subject = number.to_string();
    let mut entries = kp_log::entries_of_subject(tx, &certificate.application.application)?;
    entries.extend(kp_log::entries_of_subject(tx, &subject)?);
    entries.sort_by_key(|entry| entry.position);
    entries.dedup_by_key(|entry| entry.position);
    let node = &app.node.keys().signer.id;
    let exporter = kp_registry::exporter_by_licence(tx, &certificate.application.licence_number)?;
    // Between an exporter, its broker and their own authority: the other side has the certificate.
    let own =
        visit.viewer.officer().is_some_and(|o| o.body == certificate.application.participant.to_string());
    let filing = kp_trade::filing_of_application(tx, &certificate.application.application)?.filter(|_| own);
    let filed = filing.as_ref().map(|filing| filed_by(tx, texts, filing)).transpose()?;
    let findings = kp_detect::trade::findings_of_subject(tx, &subject)?;
    let findings = may_ask(tx, findings, visit)?;
    Ok(Whole {
        filed,
        filing,
        exporter: exporter
            .map(|exporter| format!("{}, {}", exporter.holder, exporter.address))
            .or_else(|| certificate.application.exporter.clone())
            .unwrap_or_default(),
        lines: kp_trade::lines_of_application(tx, &certificate.application.application)?,
        arrivals,
        confirmation: kp_trade::confirmation_of_number(tx, &number)?,
        outside: kp_trade::confirmation_rows_of_number(tx, &number)?
            .into_iter()
            .find(|row| row.state == RowState::Matched),
        timeline: entries.iter().map(|entry| line(tx, texts, node, entry)).collect::<Result<_>>()?,
        prints: kp_trade::prints_of_number(tx, &number)?,
        findings,
        missing: kp_trade::still_missing(
            tx,
            &certificate.application,
            Some(&certificate),
            app.node.office(),
            app.now(),
        )?,
        certificate,
    })
}

/// The findings that whoever looks may see.
pub(crate) fn may_ask(tx: &mut Tx<'_>, all: Vec<FindingRow>, visit: &Visit) -> Result<Vec<FindingRow>> {
    let mut seen = Vec::new();
    for row in all {
        let case = kp_cases::case_of_finding(tx, &row.finding.id)?;
        if visit.may_see(Class::Question, &question(row.finding.participant, case.as_ref())) {
            seen.push(row);
        }
    }
    Ok(seen)
}

/// What is known of a number that is not in the register: where it was presented, if anywhere (L21).
fn unknown(texts: Texts, number: &CertificateNumber, arrivals: &[Arrival]) -> Said {
    if arrivals.is_empty() {
        return Said::of("problem-no-certificate").with("number", number);
    }
    let presented: Vec<String> = arrivals
        .iter()
        .map(|a| {
            let carats = a.carats_received.grouped();
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("at", &a.at), ("day", &a.arrived_on), ("carats", &carats)];
            words::with(texts, "problem-presented-item", &values)
        })
        .collect();
    Said::of("problem-presented-only").with("number", number).with("presented", presented.join(", "))
}

/// A step of a life, as the bar on top shows it.
struct Step {
    name: String,
    is_done: bool,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "certificate/show.html")]
struct ShowPage {
    frame: Frame,
    whole: Whole,
    steps: Vec<Step>,
    next: Vec<NextAct>,
    /// The papers beside it, as HTML.
    attached: String,
    /// What else its state allows.
    allowed: Vec<NextAct>,
    /// Whether a sheet may still be printed.
    can_print: bool,
    /// About the last day on which the goods may leave, where that matters now.
    expiry: String,
}

impl ShowPage {
    /// Who confirmed, where, when and how much.
    fn confirmed_by(&self, confirmation: &Confirmation) -> String {
        let carats = confirmation.carats_confirmed.grouped();
        if let Some(row) = &self.whole.outside {
            let place = self.frame.texts.sentence(&row.place());
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("at", &confirmation.at),
                ("place", &place),
                ("sender", &row.sent_by),
                ("day", &row.received_on),
                ("carats", &carats),
            ];
            return words::with(self.frame.texts, "certificate-confirmed-outside", &values);
        }
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("who", &confirmation.confirmed_by),
            ("at", &confirmation.at),
            ("day", &confirmation.confirmed_on),
            ("carats", &carats),
        ];
        words::with(self.frame.texts, "certificate-confirmed-by", &values)
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Answer {
    let seen = visit.clone();
    page(&app, visit, Section::Certificates, move |app, tx, frame| {
        let whole = whole(app, tx, frame.texts, &number, &seen)?;
        let beside = record::of_certificate(tx, &number, &seen)?;
        Ok(ShowPage {
            attached: panel(app, frame.texts, &beside, &seen)
                .map_err(|error| Problem::broke(error.into()))?,
            steps: steps(frame.texts, whole.certificate.state),
            next: next::of_certificate(&whole.certificate),
            allowed: allowed(&whole.certificate),
            can_print: matches!(
                whole.certificate.state,
                CertificateState::Issued | CertificateState::Validated
            ),
            expiry: expiry(frame.texts, &whole.certificate, app.today()),
            frame: {
                let title = frame.t1("certificate-title", "number", &whole.certificate.number);
                frame.titled(title)
            },
            whole,
        })
    })
    .await
}

/// Everything that the state allows and that is not offered above as next; who may do it stands beside it.
fn allowed(certificate: &Certificate) -> Vec<NextAct> {
    let number = certificate.number.to_string();
    let offered = next::of_certificate(certificate);
    let of = |act: &moves::Act| NextAct::of(act.word(), &[("number", &number)]);
    let acts = moves::Act::ALL.iter().filter(|act| moves::allows(certificate.state, **act)).filter_map(of);
    acts.filter(|act| !offered.iter().any(|other| other.act == act.act)).collect()
}

fn steps(texts: Texts, state: CertificateState) -> Vec<Step> {
    let mut names: Vec<String> = ["drafted", "issued", "validated", "departed", "arrived"]
        .map(|at| texts.text(&format!("step-{at}")))
        .into();
    let at = match state {
        CertificateState::Drafted => 0,
        CertificateState::Issued => 1,
        CertificateState::Validated => 2,
        CertificateState::Departed | CertificateState::InTransit => 3,
        CertificateState::Arrived => 4,
        _ => 5,
    };
    // How it ends, or what holds it up: otherwise confirmed is what is hoped for.
    names.push(match state {
        other if at == 5 && other != CertificateState::ConfirmedWithDifference => words::state(texts, &other),
        _ => texts.text("step-confirmed"),
    });
    // Whatever ended before the goods left has skipped the steps in between.
    let was_used = !matches!(
        state,
        CertificateState::Replaced
            | CertificateState::ReturnedUnused
            | CertificateState::Spoiled
            | CertificateState::Lost
            | CertificateState::Stolen
            | CertificateState::Invalidated
    );
    let step =
        |(index, name)| Step { name, is_done: index < at && (was_used || at < 5), is_here: index == at };
    names.into_iter().enumerate().map(step).collect()
}

fn expiry(texts: Texts, certificate: &Certificate, today: kp_terms::Date) -> String {
    let Some(day) = certificate.expires_on else { return String::new() };
    if certificate.is_expired_on(today) {
        words::with(texts, "certificate-expired", &[("day", &day)])
    } else {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_nobody_issued_says_where_it_was_presented() {
        let number: CertificateNumber = "XA-000777".parse().unwrap();
        let english = Texts::of(kp_language::Language::English);
        let said = |arrivals: &[Arrival]| unknown(english, &number, arrivals).said(english);
        assert_eq!(said(&[]), "No certificate XA-000777 is on file at this node, or none that you may see.");
        let arrival = Arrival {
            position: 9,
            number: number.clone(),
            at: "XC".parse().unwrap(),
            carats_received: "5".parse().unwrap(),
            seals_intact: true,
            arrived_on: "2026-01-15".parse().unwrap(),
            recorded_by: "xc-importer".into(),
            parcels: None,
            container: None,
            seals: Vec::new(),
            channel: None,
            importer: None,
        };
        assert_eq!(
            said(&[arrival]),
            "XA-000777 is not in the register here; it was presented here at XC on 2026-01-15 with 5.00 ct."
        );
    }

    #[test]
    fn both_ways_of_confirming_end_the_bar() {
        for state in [CertificateState::Confirmed, CertificateState::ConfirmedWithDifference] {
            let steps = steps(Texts::of(kp_language::Language::English), state);
            assert_eq!(steps.iter().filter(|s| s.is_done).count(), 5);
            assert!(steps.last().is_some_and(|s| s.is_here));
        }
        let english = Texts::of(kp_language::Language::English);
        assert!(steps(english, CertificateState::Drafted).first().is_some_and(|s| s.is_here));
    }
}
