//! Detectors over certificate streams: certificates and confirmations of all participants, from files or the register.
//!
//! The path of the data: rows are sorted ([`table`]); confirmations are booked to certificates, typing errors and split
//! receipts taken out ([`reconcile`]); prices become residuals ([`prices`]); each detector says its signals and how many
//! tests it made; false discoveries are controlled in each family ([`control`]); findings that share rows or parties
//! become cases, ranked by three factors that are shown, and cut to what can be asked ([`cases`]).
//!
//! Pure: no database, no clock. The same rows in any order give the same bytes. It asks; it never accuses, and it changes
//! nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Evidence, Threshold};

mod calendar;
mod cases;
pub mod chance;
mod context;
mod control;
mod detectors;
#[cfg(test)]
mod example;
mod prices;
mod reconcile;
mod rows;
mod settings;
mod signal;
mod table;
mod words;

pub use calendar::{day_number, written as day_text};
pub use cases::{Case, Factors};
pub use rows::{
    CertificateRow, Code, ConfirmationRow, CountLine, Embargo, Member, ProductionLine, Rows, StockLine,
};
pub use settings::{Settings, THRESHOLDS, ThresholdDoc, VERSION};
pub use signal::{Control, CounterCheck, Group, Level, Outcome};
pub use table::normalised;

use context::Context;
use signal::{Detector, Signal};

/// A finding over a stream: a question with its arithmetic, the counter-checks that were run, and its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Composed, stable: `receipts_missing_on_route:A1-B2:2009-Q2`.
    pub id: String,
    /// The fact seen.
    pub detector: String,
    /// Which part of the record it rests on.
    pub group: Group,
    /// How it is to be taken.
    pub level: Level,
    /// Who is asked.
    pub participant: Code,
    /// The other side, where there is one.
    pub partner: Option<Code>,
    /// The firm, where it is about one.
    pub firm: Option<i64>,
    /// First day of the time it is about.
    pub from: String,
    /// Last day of it.
    pub to: String,
    /// The first day on which it could be seen.
    pub since: String,
    /// The fact in a sentence with its figures.
    pub title: String,
    /// The question, as it can be sent.
    pub question: String,
    /// How the fact was worked out.
    pub arithmetic: Vec<ArithmeticLine>,
    /// What was applied, and that it is ours.
    pub thresholds: Vec<Threshold>,
    /// What would explain it without fault.
    pub innocent_explanations: Vec<String>,
    /// Which of these were tried, and what came of it.
    pub counter_checks: Vec<CounterCheck>,
    /// What an answer must contain to close the question.
    pub answer_must_contain: Vec<String>,
    /// Where the figures stand, the first rows.
    pub evidence: Vec<Evidence>,
    /// Ids of all certificates it rests on.
    pub certificates: Vec<i64>,
    /// Ids of all confirmations it rests on.
    pub confirmations: Vec<i64>,
    /// Chance, and what it competed with.
    pub chance: Chance,
    /// Hundredths of carats at stake.
    pub carats_at_stake: i64,
    /// US cents at stake.
    pub value_at_stake: i64,
    /// 3 forgery, measures, balance; 2 value, receipts, quantity; 1 digits and new routes, and all that is only watched.
    pub severity: i64,
}

/// How likely a finding is by chance, and among how many tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Chance {
    /// How the family is controlled.
    pub control: Control,
    /// Minus log10 of the chance under the detector's model, in hundredths; none where there is no chance in it.
    pub surprise_hundredths: Option<i64>,
    /// Tests of this detector in this year.
    pub tests: u64,
    /// The adjusted chance: the share of unfounded findings at which this one would still be called, in millionths.
    pub adjusted_millionths: i64,
}

/// One family of tests and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// The detector.
    pub detector: String,
    /// The year.
    pub year: i32,
    /// Tests made.
    pub tests: u64,
    /// Signals beyond the detector's own threshold.
    pub signals: u64,
    /// Of these, those that became alerts or are watched.
    pub kept: u64,
}

/// What was read, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Certificates.
    pub certificates: u64,
    /// Confirmations.
    pub confirmations: u64,
    /// Confirmations booked to another number than they name.
    pub typing_errors: u64,
    /// Certificates received in parts.
    pub split: u64,
}

/// What comes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Analysis {
    /// What was read.
    pub counts: Counts,
    /// What reconciling first took out, in a sentence.
    pub reconciled: String,
    /// The last day in the stream: the findings know nothing after it.
    pub watermark: String,
    /// The thresholds that were applied.
    pub settings: Settings,
    /// Findings that share rows or parties, the first worth asking first.
    pub cases: Vec<Case>,
    /// All findings, by id.
    pub findings: Vec<Finding>,
    /// Every family of tests in which something was seen.
    pub families: Vec<Family>,
}

/// Looks at a stream.
pub fn analyze(mut rows: Rows, settings: &Settings) -> Analysis {
    let stream = table::Stream::new(&mut rows);
    rows.certificates = Vec::new();
    rows.confirmations = Vec::new();
    sort_small_tables(&mut rows);
    let matched = reconcile::reconcile(&stream, settings);
    let prices = prices::Prices::new(&stream);
    let context = Context { stream: &stream, matched: &matched, rows: &rows, settings, prices: &prices };
    let (mut findings, mut families) = (Vec::new(), Vec::new());
    for detector in &detectors::ALL {
        controlled(&context, detector, &mut findings, &mut families);
    }
    findings.sort_by(|a: &Found, b| a.finding.id.cmp(&b.finding.id));
    // Two signals of one detector about the same parties and time are one question.
    findings.dedup_by(|a, b| a.finding.id == b.finding.id);
    let cases = cases::build(&findings, settings);
    Analysis {
        counts: Counts {
            certificates: stream.certificates.len() as u64,
            confirmations: stream.confirmations.len() as u64,
            typing_errors: matched.typing_errors.len() as u64,
            split: matched.split.len() as u64,
        },
        reconciled: matched.in_words(settings),
        watermark: day_text(stream.watermark),
        settings: settings.clone(),
        cases,
        findings: findings.into_iter().map(|found| found.finding).collect(),
        families,
    }
}

fn sort_small_tables(rows: &mut Rows) {
    rows.production.sort_unstable();
    rows.stocks.sort_unstable();
    rows.counts.sort_unstable();
    rows.members.sort_unstable();
    rows.embargoes.sort_unstable();
}

/// A finding with what building cases needs of it.
struct Found {
    finding: Finding,
    first: i32,
    last: i32,
    since: i32,
    p: f64,
}

/// Runs one detector and keeps what its families' false discovery rate allows.
fn controlled(
    context: &Context<'_>,
    detector: &Detector,
    found: &mut Vec<Found>,
    families: &mut Vec<Family>,
) {
    let looked = (detector.look)(context);
    let mut by_year: BTreeMap<i32, Vec<Signal>> = BTreeMap::new();
    for signal in looked.signals {
        by_year.entry(calendar::year_of(signal.first)).or_default().push(signal);
    }
    for (year, signals) in by_year {
        let tests = looked.tests.get(&year).copied().unwrap_or(signals.len() as u64);
        let chances: Vec<f64> = signals.iter().map(|s| s.p.unwrap_or(0.0)).collect();
        let adjusted = control::adjusted(&chances, tests, detector.control);
        let mut family = Family {
            detector: detector.doc.name.clone(),
            year,
            tests,
            signals: signals.len() as u64,
            kept: 0,
        };
        for (signal, adjusted) in signals.into_iter().zip(adjusted) {
            if adjusted <= settings::parts(context.settings.watch_permille, 1000) {
                family.kept += 1;
                found.push(finding(context, detector, signal, tests, adjusted));
            }
        }
        families.push(family);
    }
}

fn finding(context: &Context<'_>, detector: &Detector, signal: Signal, tests: u64, adjusted: f64) -> Found {
    let is_alert = adjusted <= settings::parts(context.settings.alert_permille, 1000);
    let level = if is_alert { signal.at_most } else { Level::Watch };
    let certificate_id = |at: &u32| context.stream.certificate(*at).id;
    let confirmation_id = |at: &u32| context.stream.confirmation(*at).id;
    let doc = detector.doc;
    let finding = Finding {
        id: id(&doc.name, &signal),
        detector: doc.name.clone(),
        group: detector.group,
        level,
        participant: signal.participant,
        partner: signal.partner,
        firm: signal.firm,
        from: day_text(calendar::first_day(signal.first)),
        to: day_text(calendar::last_day(signal.last)),
        since: day_text(signal.since),
        innocent_explanations: doc.innocent_explanations.clone(),
        answer_must_contain: doc.answer_must_contain.clone(),
        evidence: context.evidence(&signal.certificates, &signal.confirmations),
        certificates: signal.certificates.iter().map(certificate_id).collect(),
        confirmations: signal.confirmations.iter().map(confirmation_id).collect(),
        chance: Chance {
            control: detector.control,
            surprise_hundredths: signal.p.map(|p| words::rounded(chance::normal::surprise(p) * 100.0)),
            tests,
            adjusted_millionths: words::rounded(adjusted * 1e6),
        },
        carats_at_stake: signal.carats,
        value_at_stake: signal.value,
        severity: if level == Level::Watch { 1 } else { signal.severity },
        title: signal.title,
        question: signal.question,
        arithmetic: signal.arithmetic,
        thresholds: signal.thresholds,
        counter_checks: signal.counter_checks,
    };
    Found { finding, first: signal.first, last: signal.last, since: signal.since, p: signal.p.unwrap_or(0.0) }
}

fn id(detector: &str, signal: &Signal) -> String {
    let mut id = format!("{detector}:{}", signal.participant);
    if let Some(partner) = signal.partner {
        id.push_str(&format!("-{partner}"));
    }
    if let Some(firm) = signal.firm {
        id.push_str(&format!("-firm{firm}"));
    }
    id.push_str(&format!(":{}", calendar::quarter_text(signal.first)));
    if !signal.subject.is_empty() {
        id.push_str(&format!(":{}", signal.subject));
    }
    id
}

/// The pages of these detectors, sorted by name.
pub fn detector_docs() -> Vec<&'static DetectorDoc> {
    detectors::ALL.iter().map(|detector| &**detector.doc).collect()
}
