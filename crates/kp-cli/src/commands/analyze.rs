//! `kpcs analyze FILE... --out FOLDER`: production returns in, explained findings out. No data folder, no set-up.
//!
//! Glue only: kp-exchange reads, kp-detect looks, kp-report writes; here are the files on disk and a screenful for the
//! person. The same files give the same bytes. Never changes a file it reads.

mod inputs;
mod stream;

use std::path::Path;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_detect::production::{Analysis, CapacityBand, Input, analyze};
use kp_exchange::{
    ProductionReader, Reading, RejectedKind,
    capacities::{CapacityReading, read_capacities},
    participants::Participants,
};
use kp_report::{AnalysisInput, Report, write_report};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Analyze,
    commands::findings,
    screen::{aside, say},
};

/// What the report says wrote it.
pub(crate) const PROGRAM: &str = concat!("kpcs ", env!("CARGO_PKG_VERSION"));
/// How often a spinner turns, so that one long file is seen to be worked on.
const TICK: std::time::Duration = std::time::Duration::from_millis(100);
/// How many findings a screenful holds.
const SHOWN: usize = 10;
/// How many rejected rows are shown; all are in `rejected.csv`.
const REJECTED_SHOWN: usize = 5;
/// Findings are called incomplete where more than one in so many rows with figures cannot be read. Ours.
const UNREADABLE_IN: usize = 10;
/// What a report consists of.
const REPORT_FILES: [&str; 5] =
    ["report.html", "findings.csv", "findings.json", "rejected.csv", "duplicates.csv"];

/// Reads, looks, writes, and says what came of it.
pub(crate) fn run(options: &Analyze) -> Answer {
    inputs::can_be_a_folder(&options.out)?;
    if let [folder] = options.files.as_slice()
        && stream::is_stream(folder)
    {
        return stream::run(folder, options);
    }
    if options.thresholds.is_some() {
        let sentence = "--thresholds is for a folder that holds certificates and confirmations; the thresholds over production stand in the report";
        return Err(Trouble::Usage(sentence.to_owned()));
    }
    let files = inputs::files(&options.files, &options.out)?;
    let participants = Participants::known();
    let reading = read(&files, &participants);
    let readable = reading.files.iter().filter(|file| file.problem.is_none()).count();
    for problem in reading.files.iter().filter_map(|file| file.problem.as_ref()) {
        aside(&format!("not read: {}", problem.sentence));
    }
    if readable == 0 {
        return Err(anyhow::anyhow!("none of the files could be read, so no report was written").into());
    }
    let capacities = options.capacities.as_deref().map(|path| read_capacities(path, &participants));
    let bands = bands_of(capacities.as_ref())?;
    let bar = spinner("looking at the series");
    let analysis = analyze(&Input {
        rows: &reading.rows,
        capacities: bands,
        membership: &participants.membership(),
        today: options.as_of,
    });
    bar.set_message("writing the report");
    let other_files: Vec<(String, String)> =
        capacities.iter().map(|read| (read.file.clone(), read.sha256.clone())).collect();
    let report = write_report(&AnalysisInput {
        program: PROGRAM,
        reading: &reading,
        analysis: &analysis,
        capacities: bands,
        other_files: &other_files,
        citation: options.citation.as_deref(),
        as_of: options.as_of,
    });
    keep(&report, &options.out)?;
    bar.finish_and_clear();
    say(&in_words(&reading, &analysis, &options.out))?;
    let all_read = readable == reading.files.len();
    Ok(if all_read && !nothing_used(&reading) { Outcome::Done } else { Outcome::Found })
}

fn read(files: &[std::path::PathBuf], participants: &Participants) -> Reading {
    let bar = ProgressBar::with_draw_target(Some(files.len() as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {wide_bar} {pos} of {len} files read");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(TICK);
    let mut reader = ProductionReader::new(participants);
    for file in files {
        reader.add_path(file);
        bar.inc(1);
    }
    bar.finish_and_clear();
    reader.finish()
}

/// Turns where there is a terminal, and is silent elsewhere.
fn spinner(doing: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message(doing);
    bar.enable_steady_tick(TICK);
    bar
}

/// Capacity bands were asked for by name: a file that cannot be used stops the work, a row that cannot is named.
fn bands_of(capacities: Option<&CapacityReading>) -> Result<&[CapacityBand]> {
    let Some(capacities) = capacities else { return Ok(&[]) };
    if let Some(problem) = &capacities.problem {
        anyhow::bail!("{}", problem.sentence);
    }
    for rejected in &capacities.rejected {
        aside(&format!("capacity not used: {rejected}"));
    }
    Ok(&capacities.bands)
}

/// Writes the report's files into a folder.
pub(crate) fn keep(report: &Report, folder: &Path) -> Result<()> {
    inputs::can_be_a_folder(folder)?;
    std::fs::create_dir_all(folder).with_context(|| {
        format!("making the folder {} for the report; check that you may write there", folder.display())
    })?;
    let texts = [
        &report.html,
        &report.findings_csv,
        &report.findings_json,
        &report.rejected_csv,
        &report.duplicates_csv,
    ];
    for (name, text) in REPORT_FILES.into_iter().zip(texts) {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn in_words(reading: &Reading, analysis: &Analysis, out: &Path) -> String {
    let mut text = format!("{}\n", account(reading));
    for rejected in reading.rejected.iter().take(REJECTED_SHOWN) {
        text.push_str(&format!("  rejected: {rejected}\n"));
    }
    if reading.rejected.len() > REJECTED_SHOWN {
        text.push_str(&format!("  and {} more in rejected.csv\n", reading.rejected.len() - REJECTED_SHOWN));
    }
    let found = analysis.findings.len();
    if nothing_used(reading) {
        text.push_str("\nNo row could be used, so nothing was examined.\n");
    } else if found == 0 {
        text.push_str("\nNo findings.\n");
    } else {
        let shown = found.min(SHOWN);
        let table = findings::numbered(analysis.findings.iter().take(SHOWN));
        text.push_str(&format!(
            "\n{found} findings; each is a question, not a verdict. The first {shown}:\n{table}\n"
        ));
    }
    if let Some(sentence) = incomplete(reading) {
        text.push_str(&format!("{sentence}\n"));
    }
    text.push_str(&format!("\nReport: {}\n", out.join("report.html").display()));
    text.push_str("Beside it: findings.csv, findings.json, rejected.csv, duplicates.csv");
    text
}

/// Whether there was nothing to look at, so that finding nothing says nothing.
fn nothing_used(reading: &Reading) -> bool {
    let counts = reading.counts();
    counts.used + counts.nil == 0
}

/// Says so where many rows that should hold figures could not be read. Totals, trade and remarks are rejected too,
/// but no finding misses them.
fn incomplete(reading: &Reading) -> Option<String> {
    let unreadable = reading.rejected.iter().filter(|row| row.kind == RejectedKind::Unreadable).count();
    let counts = reading.counts();
    let figures = counts.used + counts.nil + counts.duplicate + unreadable;
    let many = unreadable * UNREADABLE_IN > figures && !nothing_used(reading);
    many.then(|| {
        format!(
            "{unreadable} of {figures} rows with figures were rejected, more than a tenth: the findings are incomplete."
        )
    })
}

/// Every row read became exactly one thing.
pub(crate) fn account(reading: &Reading) -> String {
    let counts = reading.counts();
    format!(
        "{} rows read from {} = {} used + {} nil + {} duplicate + {} rejected",
        counts.read,
        match reading.files.as_slice() {
            [file] => file.file.clone(),
            files => format!("{} files", files.len()),
        },
        counts.used,
        counts.nil,
        counts.duplicate,
        counts.rejected
    )
}
