//! `findings.json`: every finding in full, with the files it was worked out from.
//!
//! `format` names this layout and its version. Carats and US$ are texts with two decimals, so that no reader rounds
//! them; `*_hundredths` and `*_thousandths` are whole numbers of those parts.

use kp_detect::finding::Finding;
use serde::Serialize;

use super::AnalysisInput;

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    program: &'a str,
    as_of: Option<String>,
    citation: Option<&'a str>,
    thresholds_set_by: &'static str,
    files: Vec<File<'a>>,
    other_files: Vec<OtherFile<'a>>,
    findings: Vec<Placed<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    sha256: &'a str,
    bytes: u64,
    kind: &'a str,
    rows_read: usize,
    used: usize,
    nil: usize,
    duplicate: usize,
    rejected: usize,
    problem: Option<&'a str>,
}

#[derive(Serialize)]
struct OtherFile<'a> {
    name: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Placed<'a> {
    place: usize,
    #[serde(flatten)]
    finding: &'a Finding,
}

pub(super) fn findings_json(input: &AnalysisInput<'_>) -> String {
    let findings = input.analysis.findings.iter().enumerate();
    let document = Document {
        format: "kpcs-findings/1",
        program: input.program,
        as_of: input.as_of.map(|day| day.to_string()),
        citation: input.citation,
        thresholds_set_by: "ours; the scheme's Working Group on Statistics has published none",
        files: input.reading.files.iter().map(file).collect(),
        other_files: input.other_files.iter().map(|(name, sha256)| OtherFile { name, sha256 }).collect(),
        findings: findings.map(|(at, finding)| Placed { place: at + 1, finding }).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document)
        .expect("because it holds only texts, whole numbers and lists of them");
    text.push('\n');
    text
}

fn file(file: &kp_exchange::FileReading) -> File<'_> {
    File {
        name: &file.file,
        sha256: &file.sha256,
        bytes: file.bytes,
        kind: &file.kind,
        rows_read: file.counts.read,
        used: file.counts.used,
        nil: file.counts.nil,
        duplicate: file.counts.duplicate,
        rejected: file.counts.rejected,
        problem: file.problem.as_ref().map(|p| p.sentence.as_str()),
    }
}
