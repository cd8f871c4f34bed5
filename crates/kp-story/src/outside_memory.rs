//! The copy outside the database, kept in memory for the length of a story.
//!
//! Also remembers every checkpoint, so that a story can play somebody who puts an old one back.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use kp_log::{Appended, EarlierHashes, Kept, Outside};

type Logs = BTreeMap<String, Vec<Appended>>;

/// Everything that was appended, by log. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct OutsideMemory(Arc<Mutex<Logs>>);

impl OutsideMemory {
    /// What was appended to a log, from entry 0.
    pub(crate) fn appended(&self, log_id: &str) -> Vec<Appended> {
        self.logs_kept().get(log_id).cloned().unwrap_or_default()
    }

    fn logs_kept(&self) -> MutexGuard<'_, Logs> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outside for OutsideMemory {
    /// Written by one process in the order of the commits, so nothing earlier is ever missing.
    fn keep(&self, appended: &[Appended], _earlier: &mut EarlierHashes<'_>) -> Result<()> {
        let mut logs = self.logs_kept();
        for entry in appended {
            logs.entry(entry.log_id.clone()).or_default().push(entry.clone());
        }
        Ok(())
    }

    fn kept(&self, log_id: &str) -> Result<Kept> {
        let appended = self.appended(log_id);
        Ok(Kept {
            checkpoint: appended.last().map(|entry| entry.checkpoint.clone()),
            leaf_hashes: appended.iter().map(|entry| entry.leaf_hash).collect(),
        })
    }

    fn logs(&self) -> Result<Vec<String>> {
        Ok(self.logs_kept().keys().cloned().collect())
    }
}
