//! Certificates as JSON: amounts and dates as text, so that no program rounds them; names are kept once given.

use kp_log::Entry;
use kp_terms::CertificateNumber;
use kp_trade::{Arrival, Certificate, Confirmation, Line};
use serde::Serialize;

use super::Whole;

/// A certificate in one line.
#[derive(Serialize)]
pub(super) struct Brief {
    pub(super) number: String,
    pub(super) state: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) carats: String,
    pub(super) value_usd: String,
    pub(super) application: String,
    pub(super) issued_on: Option<String>,
}

impl From<&Certificate> for Brief {
    fn from(certificate: &Certificate) -> Self {
        let application = &certificate.application;
        Self {
            number: certificate.number.to_string(),
            state: certificate.state.to_string(),
            from: application.participant.to_string(),
            to: application.destination.to_string(),
            carats: application.carats.to_string(),
            value_usd: application.value.to_string(),
            application: application.application.clone(),
            issued_on: certificate.issued_on.map(|on| on.to_string()),
        }
    }
}

/// A certificate with everything that happened to it.
#[derive(Serialize)]
pub(super) struct ShownWhole {
    number: String,
    certificate: Option<Brief>,
    origin: Option<String>,
    licence: Option<String>,
    importer: Option<String>,
    drafted_by: Option<String>,
    issued_by: Option<String>,
    validated_by: Option<String>,
    expires_on: Option<String>,
    departed_on: Option<String>,
    seals: Vec<String>,
    lines: Vec<ShownLine>,
    arrivals: Vec<ShownArrival>,
    confirmation: Option<ShownConfirmation>,
    timeline: Vec<ShownEntry>,
}

#[derive(Serialize)]
struct ShownLine {
    hs: String,
    carats: String,
    value_usd: String,
}

#[derive(Serialize)]
struct ShownArrival {
    at: String,
    on: String,
    carats_received: String,
    seals_intact: bool,
    recorded_by: String,
}

#[derive(Serialize)]
struct ShownConfirmation {
    outcome: String,
    on: String,
    carats_confirmed: String,
    explanation: String,
    confirmed_by: String,
}

#[derive(Serialize)]
struct ShownEntry {
    at: String,
    statement: String,
    log: String,
    entry: u64,
    sha256: String,
}

impl ShownWhole {
    /// Everything that is known of a number.
    pub(super) fn of(number: &CertificateNumber, whole: &Whole) -> Self {
        let certificate = whole.certificate.as_ref();
        let application = certificate.map(|c| &c.application);
        Self {
            number: number.to_string(),
            certificate: certificate.map(Brief::from),
            origin: application.map(|a| a.origin.to_string()),
            licence: application.map(|a| a.licence_number.clone()),
            importer: application.map(|a| a.importer.clone()),
            drafted_by: certificate.map(|c| c.drafted_by.clone()),
            issued_by: certificate.and_then(|c| c.issued_by.clone()),
            validated_by: certificate.and_then(|c| c.validated_by.clone()),
            expires_on: certificate.and_then(|c| c.expires_on).map(|on| on.to_string()),
            departed_on: certificate.and_then(|c| c.departed_on).map(|on| on.to_string()),
            seals: certificate.map(|c| c.seals.clone()).unwrap_or_default(),
            lines: whole.lines.iter().map(ShownLine::from).collect(),
            arrivals: whole.arrivals.iter().map(ShownArrival::from).collect(),
            confirmation: whole.confirmation.as_ref().map(ShownConfirmation::from),
            timeline: whole.timeline.iter().map(ShownEntry::from).collect(),
        }
    }
}

impl From<&Line> for ShownLine {
    fn from(line: &Line) -> Self {
        Self { hs: line.hs.to_string(), carats: line.carats.to_string(), value_usd: line.value.to_string() }
    }
}

impl From<&Arrival> for ShownArrival {
    fn from(arrival: &Arrival) -> Self {
        Self {
            at: arrival.at.to_string(),
            on: arrival.arrived_on.to_string(),
            carats_received: arrival.carats_received.to_string(),
            seals_intact: arrival.seals_intact,
            recorded_by: arrival.recorded_by.clone(),
        }
    }
}

impl From<&Confirmation> for ShownConfirmation {
    fn from(confirmation: &Confirmation) -> Self {
        Self {
            outcome: confirmation.outcome.to_string(),
            on: confirmation.confirmed_on.to_string(),
            carats_confirmed: confirmation.carats_confirmed.to_string(),
            explanation: confirmation.explanation.to_string(),
            confirmed_by: confirmation.confirmed_by.clone(),
        }
    }
}

impl From<&Entry> for ShownEntry {
    fn from(entry: &Entry) -> Self {
        Self {
            at: entry.at.to_string(),
            statement: entry.kind.clone(),
            log: entry.log_id.clone(),
            entry: entry.entry_number,
            sha256: kp_sign::hex(&entry.statement_hash),
        }
    }
}
