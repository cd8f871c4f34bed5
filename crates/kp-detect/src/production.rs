//! Analysis of declared production: series, reporting calendar and ranked findings.
//!
//! Pure: no database, no clock; the day of analysis comes in as an argument and may be absent. The same rows in any
//! order give the same bytes. It asks; it never accuses, and it changes nothing.

use jiff::civil::Date;
use kp_statistics::production::ProductionRow;
use kp_statistics::series::{MembershipSpan, ProductionSeries};
use kp_terms::{Carats, ParticipantCode};
use serde::{Deserialize, Serialize};

use crate::detector_doc::DetectorDoc;
use crate::finding::Finding;

mod change;
mod context;
mod detectors;
#[cfg(test)]
mod example;
mod movement;
mod rank;
mod settings;
mod signal;
mod words;

pub use settings::Settings;
pub use words::row_place;

/// What a participant's ground can plausibly give in a year, with its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CapacityBand {
    /// Whose.
    pub participant: ParticipantCode,
    /// First year it holds for.
    pub first_year: i16,
    /// Last year it holds for; none means until further notice.
    pub last_year: Option<i16>,
    /// Least carats a year, where known.
    pub low: Option<Carats>,
    /// Most carats a year.
    pub high: Carats,
    /// Who estimated it and when.
    pub source: String,
}

/// What is analysed.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Rows as read, identical rows already taken out.
    pub rows: &'a [ProductionRow],
    /// Capacity bands, if any are on file.
    pub capacities: &'a [CapacityBand],
    /// When participants owed returns; may be empty.
    pub membership: &'a [MembershipSpan],
    /// The day of analysis, if known.
    pub today: Option<Date>,
}

/// What comes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Analysis {
    /// Series per participant, the world, the reporting calendar.
    pub series: ProductionSeries,
    /// Findings, the first worth reading first.
    pub findings: Vec<Finding>,
}

/// Adds the rows up and looks at them with the thresholds by default.
///
/// ```
/// use kp_detect::production::{Input, analyze};
/// let nothing = analyze(&Input { rows: &[], capacities: &[], membership: &[], today: None });
/// assert!(nothing.findings.is_empty());
/// ```
pub fn analyze(input: &Input<'_>) -> Analysis {
    analyze_with(input, &Settings::default())
}

/// The same with thresholds of the caller's choice; the findings state those that were applied.
pub fn analyze_with(input: &Input<'_>, settings: &Settings) -> Analysis {
    let series = ProductionSeries::build(input.rows, input.membership, input.today);
    let context = context::Context::new(&series, input.capacities, settings);
    let signals = detectors::ALL.iter().flat_map(|detector| (detector.look)(&context)).collect();
    let findings = rank::findings(&series, signals);
    Analysis { findings, series }
}

/// The pages of the detectors of declared production, sorted by name: what `docs/detectors.md` is generated from.
pub fn detector_docs() -> Vec<&'static DetectorDoc> {
    detectors::ALL.iter().map(|detector| &**detector.doc).collect()
}
