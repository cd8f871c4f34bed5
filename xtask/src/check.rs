//! `cargo xtask check`: all that must hold before a commit, in the order in which a mistake is cheapest to see.
//!
//! It stops at the first step that fails, so that the last screen shows what to mend.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

/// What one step runs.
enum Work {
    /// cargo with these arguments.
    Cargo(&'static [&'static str]),
    /// The house's own rules, in this process.
    Tidy,
}

const STEPS: &[(&str, Work)] = &[
    ("format", Work::Cargo(&["fmt", "--all", "--", "--check"])),
    (
        "lints",
        Work::Cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ]),
    ),
    ("tidy", Work::Tidy),
    ("tests", Work::Cargo(&["test", "--workspace", "--locked"])),
];

/// Runs the steps; `false` when one failed.
pub(crate) fn run(root: &Path) -> Result<bool> {
    let all = Instant::now();
    for (name, work) in STEPS {
        let begin = Instant::now();
        println!("== {name}: {}", work.command());
        if !work.run(root)? {
            println!(
                "== {name} FAILED after {} s. The steps after it were not run. Mend what stands above; `{}` repeats this step alone.",
                begin.elapsed().as_secs(),
                work.command()
            );
            return Ok(false);
        }
        println!("== {name} ok, {} s", begin.elapsed().as_secs());
    }
    println!("== all {} steps ok, {} s", STEPS.len(), all.elapsed().as_secs());
    Ok(true)
}

impl Work {
    fn command(&self) -> String {
        match self {
            Self::Cargo(arguments) => format!("cargo {}", arguments.join(" ")),
            Self::Tidy => "cargo xtask tidy".to_owned(),
        }
    }

    fn run(&self, root: &Path) -> Result<bool> {
        match self {
            Self::Cargo(arguments) => {
                // The cargo that runs us, so that both are of one toolchain.
                let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
                let status = Command::new(cargo).args(*arguments).current_dir(root).status();
                Ok(status.with_context(|| format!("could not start `{}`", self.command()))?.success())
            }
            Self::Tidy => crate::tidy::run(root),
        }
    }
}
