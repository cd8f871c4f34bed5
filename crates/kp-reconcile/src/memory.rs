//! How much is held at once, as a formula, as a limit, and as the system saw it.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::failure::Failure;

/// Bytes for each certificate while certificates are read and looked at: 32 for the row, 8 for its number, 8 for its
/// seal, and up to 12 for what is worked out from it.
pub const EACH_CERTIFICATE: u64 = 60;
/// Bytes for each serial number between a book's first and last while confirmations are matched, beside 32 for the row.
pub const EACH_SERIAL: u64 = 12;
/// Bytes for each exception and each repeated number that is found.
pub const EACH_EXCEPTION: u64 = 24;
/// Bytes whatever the size of the files; Parquet adds one row group of needed columns for each thread.
pub const FIXED: u64 = 48 * 1024 * 1024;

/// The largest size of this process so far, where the system tells.
pub fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// What certificates have taken, against a limit.
#[derive(Debug)]
pub(crate) struct Memory {
    limit: u64,
    taken: AtomicU64,
}

impl Memory {
    pub(crate) fn new(limit: Option<u64>) -> Self {
        Self { limit: limit.unwrap_or(u64::MAX), taken: AtomicU64::new(FIXED) }
    }

    /// Takes room for so many certificates, if there is.
    pub(crate) fn take(&self, certificates: u64) -> bool {
        let room = certificates * EACH_CERTIFICATE;
        self.taken.fetch_add(room, Ordering::Relaxed) + room <= self.limit
    }

    /// Whether the limit was kept.
    pub(crate) fn is_kept(&self) -> Result<(), Failure> {
        let taken = self.taken.load(Ordering::Relaxed);
        if taken <= self.limit {
            return Ok(());
        }
        Err(Failure::Input(format!(
            "the certificates need more than the {} MiB allowed ({EACH_CERTIFICATE} bytes each): raise --memory, or reconcile year by year",
            self.limit / (1024 * 1024)
        )))
    }
}
