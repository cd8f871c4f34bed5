//! The report of the published returns in `data/`, and of files made up for a test.

use std::path::PathBuf;
use std::sync::LazyLock;

use kp_detect::production::{Analysis, Input, analyze};
use kp_exchange::participants::Participants;
use kp_exchange::{ProductionReader, Reading};
use kp_report::{AnalysisInput, Report, write_report};

pub(crate) struct Written {
    pub(crate) reading: Reading,
    pub(crate) analysis: Analysis,
    pub(crate) report: Report,
}

/// Worked out once: reading and analysing take a moment.
pub(crate) static PUBLISHED: LazyLock<Written> = LazyLock::new(|| {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/kp_production_halfyear.csv");
    write(kp_exchange::read_production(&[file]))
});

pub(crate) fn of_text(name: &str, text: &str) -> Written {
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_bytes(name, text.as_bytes());
    write(reader.finish())
}

pub(crate) fn write(reading: Reading) -> Written {
    let membership = Participants::known().membership();
    let analysis =
        analyze(&Input { rows: &reading.rows, capacities: &[], membership: &membership, today: None });
    let report = write_report(&input(&reading, &analysis));
    Written { reading, analysis, report }
}

pub(crate) fn input<'a>(reading: &'a Reading, analysis: &'a Analysis) -> AnalysisInput<'a> {
    AnalysisInput {
        reading,
        analysis,
        capacities: &[],
        other_files: &[],
        citation: Some("Kimberley Process Rough Diamond Statistics, production by half-year, as of 2024"),
        as_of: None,
        program: "kpcs",
    }
}
