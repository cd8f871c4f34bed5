//! `cargo xtask bench` and `measure-detectors`: builds the ratios of crates/kp-cli/benches and crates/kp-verify/benches as they would be released, and runs them.
//!
//! Prints and never asserts (rulings 32). How to read it: docs/operating/benchmarks.md.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Package and name of each bench.
const BENCHES: [(&str, &str); 3] = [("kp-cli", "ratios"), ("kp-cli", "desks"), ("kp-verify", "full_check")];

/// Runs the benches; `false` where one could not be built or did not end well.
pub(crate) fn run(root: &Path, options: &[&str]) -> Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut all_well = true;
    for (package, bench) in BENCHES {
        let fixed = ["bench", "--locked", "--package", package, "--bench", bench, "--"];
        let status = Command::new(&cargo).args(fixed).args(options).current_dir(root).status();
        all_well &= status.context("could not start `cargo bench`")?.success();
    }
    Ok(all_well)
}

/// Measures the detectors on the held-back seeds and writes the page; with options, prints instead.
pub(crate) fn measure_detectors(root: &Path, options: &[&str]) -> Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let fixed =
        ["run", "--locked", "--release", "--package", "kp-measure", "--bin", "measure-detectors", "--"];
    let write: &[&str] = if options.is_empty() { &["--write", "docs/detectors-measured.md"] } else { &[] };
    let status = Command::new(cargo).args(fixed).args(options).args(write).current_dir(root).status();
    Ok(status.context("could not start `cargo run`")?.success())
}
