//! Saying that a part of a test was not run, so that nobody takes it for passed.
//!
//! One line of one form for each part: `SKIPPED: part because reason; to have it: remedy`. It goes past the capturing
//! of the test harness to standard error, because a test that passes shows nothing of what it printed. The same lines
//! go to the file that `KPCS_SKIPPED_FILE` names, where it does: `cargo xtask check` repeats them at its end.

use std::{
    collections::BTreeSet,
    fmt,
    io::Write,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

/// A fresh machine of the build sets this to `1`: everything must run there.
const REQUIRE_ALL: &str = "KPCS_REQUIRE_ALL";
/// Where the lines are collected.
const COLLECTED: &str = "KPCS_SKIPPED_FILE";

/// Something a test needs and this machine does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What is not there: `no PostgreSQL server program was found`.
    pub reason: String,
    /// How to have it: `apt-get install postgresql`.
    pub remedy: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; to have it: {}", self.reason, self.remedy)
    }
}

/// Says that a part was skipped, once in each test program.
///
/// # Panics
/// With `KPCS_REQUIRE_ALL=1`: then a skipped part is a failure.
#[track_caller]
pub fn skipped(part: &str, missing: &Missing) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let line = format!("SKIPPED: {part} because {missing}");
    assert!(
        std::env::var_os(REQUIRE_ALL).is_none_or(|value| value.is_empty() || value == "0"),
        "{line} ({REQUIRE_ALL} is set, so that a skipped part fails)"
    );
    let first = SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(line.clone());
    if first {
        // Where standard error is closed, there is nobody to tell.
        writeln!(std::io::stderr().lock(), "{line}").unwrap_or_default();
        collect(&line);
    }
}

/// # Panics
/// Where the file cannot be written: a skip that is lost looks like a pass.
fn collect(line: &str) {
    let Some(path) = std::env::var_os(COLLECTED).filter(|path| !path.is_empty()) else { return };
    let appended = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(&path)
        .and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
    assert!(appended.is_ok(), "{COLLECTED} names {}, which cannot be written: {appended:?}", path.display());
}

/// The place of a program in `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
