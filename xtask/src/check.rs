//! `cargo xtask check`: all that must hold before a commit, in the order in which a mistake is cheapest to see.
//!
//! Parts that tests skipped are repeated at the end, so that nobody takes them for passed.
//! It stops at the first step that fails, so that the last screen shows what to mend.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

/// What one step runs.
enum Work {
    /// cargo with these arguments.
    Cargo(&'static [&'static str]),
    /// The house's own rules.
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
    let skipped = Skipped::collected()?;
    for (name, work) in STEPS {
        let begin = Instant::now();
        println!("== {name}: {}", work.command());
        if !work.run(root, &skipped)? {
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
    println!("== {}", skipped.in_words()?);
    Ok(true)
}

/// The file in which every test program notes what it skipped.
struct Skipped(PathBuf);

impl Skipped {
    /// Empty at the beginning of a check.
    fn collected() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("kpcs-skipped-{}", std::process::id()));
        std::fs::write(&path, "").with_context(|| format!("writing {}", path.display()))?;
        Ok(Self(path))
    }

    fn in_words(&self) -> Result<String> {
        let text = std::fs::read_to_string(&self.0)?;
        let lines: BTreeSet<&str> = text.lines().collect();
        Ok(match lines.len() {
            0 => "nothing was skipped".to_owned(),
            1 => format!("1 part was skipped:\n{text}"),
            count => {
                let lines: Vec<&str> = lines.into_iter().collect();
                format!("{count} parts were skipped:\n{}", lines.join("\n"))
            }
        })
    }
}

impl Drop for Skipped {
    fn drop(&mut self) {
        // What is left behind lies in the folder for temporary files.
        std::fs::remove_file(&self.0).unwrap_or_default();
    }
}

impl Work {
    fn command(&self) -> String {
        match self {
            Self::Cargo(arguments) => format!("cargo {}", arguments.join(" ")),
            Self::Tidy => "cargo xtask tidy".to_owned(),
        }
    }

    fn run(&self, root: &Path, skipped: &Skipped) -> Result<bool> {
        // The cargo that runs us, so that both are of one toolchain.
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = match self {
            Self::Cargo(_) => Command::new(cargo),
            Self::Tidy => Command::new(std::env::current_exe()?),
        };
        match self {
            Self::Cargo(arguments) => command.args(*arguments),
            Self::Tidy => command.arg("tidy"),
        };
        let status = command.current_dir(root).env("KPCS_SKIPPED_FILE", &skipped.0).status();
        Ok(status.with_context(|| format!("could not start `{}`", self.command()))?.success())
    }
}
