//! The report of `kpcs analyze`: one HTML page that needs nothing else, and its lists as CSV and JSON.
//!
//! Scheme: after the Working Group's anomaly questionnaire and CD Annex III(c); rulings 34 for the rows' law. Nothing
//! here reads a clock: the day of analysis is part of the input. The same input gives the same bytes.

mod calendar_view;
mod finding_view;
mod findings_csv;
mod findings_json;
mod page;
mod participant_view;
mod rejected_csv;
pub(crate) mod table_text;
mod world_view;

pub use calendar_view::calendar_section;
pub use finding_view::finding_section;
pub use participant_view::participant_section;
pub use world_view::world_section;

use kp_detect::production::{Analysis, CapacityBand};
use kp_exchange::Reading;
use kp_terms::Date;

/// How many findings are set out in full: a statistician's morning.
pub const SET_OUT: usize = 20;
/// How many findings stand on the page at all; the lists hold every one.
pub const ON_THE_PAGE: usize = 500;
/// How many rejected rows and duplicates stand on the page; the lists hold every one.
pub const ROWS_ON_THE_PAGE: usize = 300;

/// What a report is written from.
#[derive(Debug, Clone, Copy)]
pub struct AnalysisInput<'a> {
    /// What was read, and what became of every row.
    pub reading: &'a Reading,
    /// Series and findings.
    pub analysis: &'a Analysis,
    /// Capacity bands that were used, if any.
    pub capacities: &'a [CapacityBand],
    /// Files read beside the returns, such as capacity bands: name and SHA-256 of each.
    pub other_files: &'a [(String, String)],
    /// How the figures are to be cited, where the caller knows.
    pub citation: Option<&'a str>,
    /// The day of analysis, if one was given.
    pub as_of: Option<Date>,
    /// Name and version of the program, for the foot of the page.
    pub program: &'a str,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `report.html`
    pub html: String,
    /// `findings.csv`: one line per finding, in the order of the list.
    pub findings_csv: String,
    /// `findings.json`: the same with arithmetic and evidence in full, and the files read with their SHA-256.
    pub findings_json: String,
    /// `rejected.csv`: one line per column at fault of every rejected row.
    pub rejected_csv: String,
    /// `duplicates.csv`: one line per row that repeats an earlier one.
    pub duplicates_csv: String,
}

/// Writes the report.
pub fn write_report(input: &AnalysisInput<'_>) -> Report {
    Report {
        html: page::page(input),
        findings_csv: findings_csv::findings_csv(&input.analysis.findings),
        findings_json: findings_json::findings_json(input),
        rejected_csv: rejected_csv::rejected_csv(&input.reading.rejected),
        duplicates_csv: rejected_csv::duplicates_csv(&input.reading.duplicates),
    }
}
