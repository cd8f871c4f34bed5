//! Writes the input files into a folder of their own, runs, and gives back the results as texts.

use std::{collections::BTreeMap, fs, path::Path};

use kp_reconcile::{Failure, Format, Inputs, Outcome, Settings, reconcile};
use tempfile::TempDir;

pub(crate) const CERTIFICATES: &str = "cert_id,cert_no,exporter,importer,origin,hs,issue_date,expiry_date,carats,value_usd,parcels,exp_firm,imp_firm,seal_no\n";
pub(crate) const CONFIRMATIONS: &str = "conf_id,cert_no,exporter,importer,hs,arrival_date,carats,value_usd\n";
pub(crate) const PRODUCTION: &str = "participant,year,half,carats,value_usd\n";
pub(crate) const STOCKS: &str = "participant,year,opening_carats,closing_carats\n";

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) outcome: Outcome,
    /// Each result file's text.
    pub(crate) files: BTreeMap<String, String>,
}

pub(crate) fn settings(threads: usize) -> Settings {
    Settings { answered_until: Settings::ANSWERED_UNTIL, threads, memory: None }
}

/// Runs on a folder that is there.
pub(crate) fn run_in(folder: &Path, format: Format, settings: &Settings) -> Result<Ran, Failure> {
    let out = folder.join(format!("out-{}", settings.threads));
    let inputs = Inputs::in_folder(folder, Some(format))?;
    let outcome = reconcile(&inputs, &out, settings, &|_, _, _| {})?;
    let files = fs::read_dir(&out).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
    });
    Ok(Ran { files: files.collect(), outcome })
}

/// Files of these names and texts, in a folder.
pub(crate) fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Runs on the two large tables alone.
pub(crate) fn run_on(certificates: &[u8], confirmations: &[u8]) -> Result<Ran, Failure> {
    let folder = folder_of(&[("certificates.csv", certificates), ("confirmations.csv", confirmations)]);
    run_in(folder.path(), Format::Csv, &settings(2))
}
