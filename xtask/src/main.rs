//! Developers' commands. `cargo xtask check` is the one face; `just` only wraps it.
//!
//! Nothing here is part of the program that users run.

#![allow(clippy::print_stdout, reason = "a command for developers speaks on standard output")]

mod bench;
mod check;
mod schema;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask check     format, lints, tidy, tests: all that must hold before a commit
cargo xtask tidy      the house's own rules only
cargo xtask schema    writes schema/current.sql anew from the migrations
cargo xtask measure-detectors   how well the detectors find what was put into invented trade, in a release build;
                      writes docs/detectors-measured.md; --tuning measures the tuning seeds and only prints
cargo xtask bench     ratios to raw inserts and plain sums, in a release build; --small does a tenth

PostgreSQL is started for tidy and for the tests where its programs are installed;
KP_TEST_POSTGRES=postgres://... names a server to use instead.
";

fn main() -> anyhow::Result<ExitCode> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("because xtask lies in the root's folder");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let good = match arguments[..] {
        ["check"] => check::run(root)?,
        ["tidy"] => tidy::run(root)?,
        ["schema"] => schema::write(root).map(|()| true)?,
        ["bench", ref options @ ..] => bench::run(root, options)?,
        ["measure-detectors", ref options @ ..] => bench::measure_detectors(root, options)?,
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            true
        }
        _ => {
            print!("expected one of these commands:\n\n{HELP}");
            false
        }
    };
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
