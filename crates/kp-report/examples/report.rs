//! Writes the report of some files into a folder, to look at while working on it:
//! `cargo run -p kp-report --example report -- OUT FILE...`

use std::path::PathBuf;

use kp_detect::production::{Input, analyze};
use kp_exchange::participants::Participants;
use kp_report::{AnalysisInput, write_report};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let out = arguments.next().unwrap_or_else(|| "target/report".into());
    let files: Vec<PathBuf> = arguments.collect();
    let reading = kp_exchange::read_production(&files);
    let membership = Participants::known().membership();
    let analysis =
        analyze(&Input { rows: &reading.rows, capacities: &[], membership: &membership, today: None });
    let report = write_report(&AnalysisInput {
        reading: &reading,
        analysis: &analysis,
        capacities: &[],
        other_files: &[],
        citation: Some("Kimberley Process Rough Diamond Statistics, production by half-year, as of 2024"),
        as_of: None,
        program: "kpcs",
    });
    std::fs::create_dir_all(&out)?;
    std::fs::write(out.join("report.html"), report.html)?;
    std::fs::write(out.join("findings.csv"), report.findings_csv)?;
    std::fs::write(out.join("findings.json"), report.findings_json)?;
    std::fs::write(out.join("rejected.csv"), report.rejected_csv)?;
    std::fs::write(out.join("duplicates.csv"), report.duplicates_csv)?;
    Ok(())
}
