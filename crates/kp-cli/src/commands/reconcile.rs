//! `kpcs reconcile FOLDER --out OUT`: certificates against confirmations, from files alone. No data folder, no set-up.
//!
//! Glue only: kp-reconcile reads and works out, kp-report writes the report; here are the files on disk, the progress on
//! standard error, and a screenful for the person. The same files give the same bytes. Never changes a file it reads.

use std::{path::Path, sync::Mutex};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_reconcile::{Inputs, Outcome as Reconciled, Settings, Stage, memory, reconcile};
use kp_report::write_reconciliation;

use super::analyze::PROGRAM;
use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::{Reconcile, ReconcileFormat},
    screen::{Table, say},
};

/// The folder of the report, below that of the results: there lie the results alone, to be compared with others'.
const REPORT: &str = "report";
/// How many rejected rows and gaps a screenful holds.
const SHOWN: usize = 5;

/// Reads, works out, writes, and says what came of it.
pub(crate) fn run(options: &Reconcile) -> Answer {
    if options.out.is_file() {
        let sentence = format!("{} is a file; name a folder for the results", options.out.display());
        return Err(Trouble::Usage(sentence));
    }
    let inputs = inputs(options)?;
    let settings = Settings {
        answered_until: Settings::day(&options.answered_until.to_string())
            .context("the day until which certificates should have been confirmed")?,
        threads: threads(options),
        memory: options.memory,
    };
    let progress = Progress::new();
    let done = reconcile(&inputs, &options.out, &settings, &|stage, done, of| progress.step(stage, done, of));
    progress.bar.finish_and_clear();
    let reconciled = done.map_err(anyhow::Error::from)?;
    let folder = options.out.join(REPORT);
    keep(&reconciled, &folder)?;
    say(&in_words(&reconciled, &options.out, &folder))?;
    Ok(if reconciled.rejected() == 0 { Outcome::Done } else { Outcome::Found })
}

fn threads(options: &Reconcile) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    options.threads.map_or_else(processors, usize::from)
}

/// What lies in the folder, with the files that were named taking the place of the folder's.
fn inputs(options: &Reconcile) -> Result<Inputs> {
    let format = options.format.map(|format| match format {
        ReconcileFormat::Csv => kp_reconcile::Format::Csv,
        ReconcileFormat::Parquet => kp_reconcile::Format::Parquet,
    });
    let mut inputs = match &options.folder {
        Some(folder) => Inputs::in_folder(folder, format)?,
        None => Inputs::default(),
    };
    let Reconcile { certificates, confirmations, production, stocks, .. } = options;
    if let Some(certificates) = certificates {
        inputs.certificates.clone_from(certificates);
    }
    if let Some(confirmations) = confirmations {
        inputs.confirmations.clone_from(confirmations);
    }
    inputs.production = production.clone().or(inputs.production);
    inputs.stocks = stocks.clone().or(inputs.stocks);
    Ok(inputs)
}

/// The bar on standard error; silent where there is no terminal.
struct Progress {
    bar: ProgressBar,
    stage: Mutex<Option<Stage>>,
}

impl Progress {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg:24} {wide_bar} {percent:>3} %  {elapsed}");
        Self {
            bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())),
            stage: Mutex::new(None),
        }
    }

    fn step(&self, stage: Stage, done: u64, of: u64) {
        let Ok(mut shown) = self.stage.lock() else { return };
        if *shown != Some(stage) {
            *shown = Some(stage);
            self.bar.set_length(of);
            self.bar.set_message(match stage {
                Stage::Certificates => "certificates: reading",
                Stage::Looking => "certificates: looking",
                Stage::Confirmations => "confirmations: matching",
                Stage::Writing => "results: writing",
            });
        }
        // Threads finish their pieces in any order; the bar does not go back.
        self.bar.set_position(done.max(if done >= of { of } else { self.bar.position().min(of) }));
    }
}

fn keep(reconciled: &Reconciled, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("making the folder {}; check that you may write there", folder.display()))?;
    let report = write_reconciliation(reconciled, PROGRAM);
    let rejected = rejected_csv(reconciled)?;
    let files: [(&str, &[u8]); 3] = [
        ("report.html", report.html.as_bytes()),
        ("report.txt", report.text.as_bytes()),
        ("rejected.csv", &rejected),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn rejected_csv(reconciled: &Reconciled) -> Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(["file", "row", "column", "found", "expected"])?;
    for rejected in reconciled.read.iter().flat_map(|read| &read.rejected) {
        let row = rejected.row.to_string();
        sheet.write_record([&rejected.file, &row, &rejected.column, &rejected.found, &rejected.expected])?;
    }
    sheet.into_inner().map_err(|error| anyhow::anyhow!("writing rejected.csv: {error}"))
}

fn in_words(reconciled: &Reconciled, out: &Path, folder: &Path) -> String {
    let mut text = String::new();
    for read in &reconciled.read {
        let account = &read.account;
        let rows = account.used + account.rejected;
        text.push_str(&format!(
            "{}: {rows} rows read from {} = {} used + {} rejected\n",
            read.table, account.file, account.used, account.rejected
        ));
    }
    for rejected in reconciled.read.iter().flat_map(|read| read.rejected.iter().take(SHOWN)) {
        text.push_str(&format!("  rejected: {rejected}\n"));
    }
    let mut classes = Table::new(&["class", ">pairs", ">carats", "meaning"]);
    for total in &reconciled.classes {
        let carats = format!("{}.{:02}", total.cc / 100, total.cc % 100);
        let (name, meaning) = (total.class.name().to_owned(), total.class.meaning().to_owned());
        classes.row(vec![name, total.count.to_string(), carats, meaning]);
    }
    text.push_str(&format!("\n{}\n", classes.text()));
    if reconciled.flagged.is_none() {
        text.push_str("\nBalances were not worked out: production and stocks were not both given.\n");
    }
    if let Some(peak) = memory::peak() {
        text.push_str(&format!("\nMemory: {} MiB at most.", peak >> 20));
    }
    text.push_str(&format!(
        "\nResults: {} files in {}, ALL {}\n",
        reconciled.written.len(),
        out.display(),
        reconciled.sha256
    ));
    text.push_str(&format!("Report: {}\n", folder.join("report.html").display()));
    text.push_str("Beside it: report.txt, rejected.csv");
    text
}
