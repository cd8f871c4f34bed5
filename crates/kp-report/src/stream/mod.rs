//! The report of `kpcs analyze FOLDER` over certificates and confirmations: the cases in the order in which one would ask,
//! each finding with its arithmetic, the counter-checks that were run, and its rows; as a page, as CSV and as JSON.
//!
//! Nothing here reads a clock or a machine: the same rows in any order and the same thresholds give the same bytes.

mod lists;

use std::collections::BTreeMap;

use askama::Template;
use kp_detect::stream::{Analysis, Case, CounterCheck, Finding, Level, Outcome};
use kp_terms::{Carats, UsdCents};

use crate::style::STYLE;

/// Cases that are set out in full on the page; the lists hold every one.
const ON_THE_PAGE: usize = 200;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamReport {
    /// `report.html`
    pub html: String,
    /// `cases.csv`: one line for each case.
    pub cases_csv: String,
    /// `findings.csv`: one line for each finding, in the order of the cases.
    pub findings_csv: String,
    /// `findings.json`: everything, with the thresholds and the files' SHA-256.
    pub findings_json: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes; two files with the same rows in another order differ here, so it is told on the page only.
    pub sha256: String,
    /// Rows that were used.
    pub used: u64,
    /// Rows that were left out.
    pub rejected: u64,
}

#[derive(Template)]
#[template(path = "stream/page.html")]
struct Page<'a> {
    style: &'static str,
    program: &'a str,
    analysis: &'a Analysis,
    files: &'a [FileRead],
    cases: Vec<CaseView<'a>>,
    not_on_page: usize,
    asked: usize,
    thresholds: Vec<(&'static str, i64, &'static str)>,
}

struct CaseView<'a> {
    case: &'a Case,
    findings: Vec<&'a Finding>,
}

impl Page<'_> {
    #[expect(clippy::unused_self, reason = "a template calls what it shows")]
    fn detector_in_words(&self, detector: &str) -> String {
        in_words(detector)
    }
}

#[expect(clippy::unused_self, reason = "a template calls what it shows")]
impl CaseView<'_> {
    fn anchor(&self) -> String {
        crate::anchor(&self.case.id)
    }

    fn level(&self) -> &'static str {
        level(self.case.level)
    }

    fn certainty(&self) -> String {
        thousandths(self.case.factors.certainty_thousandths)
    }

    fn size(&self) -> String {
        thousandths(self.case.factors.size_thousandths)
    }

    fn priority(&self) -> String {
        thousandths(self.case.factors.priority_thousandths)
    }

    fn value(&self) -> String {
        money(self.case.value_at_stake)
    }

    fn chance(&self, finding: &Finding) -> String {
        chance(finding)
    }

    fn said(&self, check: &CounterCheck) -> &'static str {
        said(check)
    }

    fn in_words(&self, detector: &str) -> String {
        in_words(detector)
    }
}

/// Writes the report. `program` is the name and version for the foot of the page.
pub fn write_stream_report(analysis: &Analysis, files: &[FileRead], program: &str) -> StreamReport {
    let by_id: BTreeMap<&str, &Finding> = analysis.findings.iter().map(|f| (f.id.as_str(), f)).collect();
    let view = |case| CaseView { case, findings: of_case(case, &by_id) };
    let thresholds = kp_detect::stream::THRESHOLDS
        .iter()
        .map(|doc| (doc.name, analysis.settings.get(doc.name).unwrap_or(doc.default), doc.meaning));
    let page = Page {
        style: STYLE,
        program,
        analysis,
        files,
        cases: analysis.cases.iter().take(ON_THE_PAGE).map(view).collect(),
        not_on_page: analysis.cases.len().saturating_sub(ON_THE_PAGE),
        asked: analysis.cases.iter().filter(|case| case.asked).count(),
        thresholds: thresholds.collect(),
    };
    StreamReport {
        html: page.render().expect("because the template only writes texts that are already there"),
        cases_csv: lists::cases_csv(analysis, &by_id),
        findings_csv: lists::findings_csv(analysis, &by_id),
        findings_json: lists::findings_json(analysis, program),
    }
}

fn of_case<'a>(case: &Case, by_id: &BTreeMap<&str, &'a Finding>) -> Vec<&'a Finding> {
    case.findings.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect()
}

/// Thousandths with three decimals.
fn thousandths(value: i64) -> String {
    format!("{}.{:03}", value / 1000, value % 1000)
}

fn money(cents: i64) -> String {
    UsdCents::from_cents(cents).grouped()
}

fn carats(hundredths: i64) -> String {
    Carats::from_hundredths(hundredths).grouped()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Alert => "ask",
        Level::Watch => "watch",
    }
}

/// What a counter-check says, in a word or two.
fn said(check: &CounterCheck) -> &'static str {
    match check.outcome {
        Outcome::Explains => "would explain it",
        Outcome::DoesNotExplain => "does not explain it",
        Outcome::NotKnown => "to be asked",
    }
}

/// How likely by chance, in words.
fn chance(finding: &Finding) -> String {
    let chance = &finding.chance;
    match chance.surprise_hundredths {
        None => "no chance in it: true or not".to_owned(),
        Some(surprise) => format!(
            "10^-{}.{:02} under the detector's model; {} such tests in the year; adjusted for them {}",
            surprise / 100,
            surprise % 100,
            chance.tests,
            millionths(chance.adjusted_millionths)
        ),
    }
}

fn millionths(value: i64) -> String {
    format!("{}.{:06}", value / 1_000_000, value % 1_000_000)
}

/// `production_surge` as a person says it.
fn in_words(detector: &str) -> String {
    detector.replace('_', " ")
}
