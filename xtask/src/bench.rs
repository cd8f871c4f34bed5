//! `cargo xtask bench`: builds the ratios of crates/kp-cli/benches as they would be released, and runs them.
//!
//! Prints and never asserts (rulings 32). How to read it: docs/operating/benchmarks.md.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Runs the benches; `false` where they could not be built or did not end well.
pub(crate) fn run(root: &Path, options: &[&str]) -> Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let fixed = ["bench", "--locked", "--package", "kp-cli", "--bench", "ratios", "--"];
    let status = Command::new(cargo).args(fixed).args(options).current_dir(root).status();
    Ok(status.context("could not start `cargo bench`")?.success())
}
