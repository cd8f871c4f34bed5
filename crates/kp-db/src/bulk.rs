//! Filling whole tables at once: SQLite is given more memory for its pages, and indexes that the filling itself does not
//! read are made at its end, in one pass over sorted rows.
//!
//! On PostgreSQL nothing is changed: there, taking an index away would hold up everybody who reads meanwhile.

use anyhow::{Context, Result};

use crate::{Engine, Tx};

/// Pages kept in memory meanwhile, in KiB: enough for what lives of twenty years move at any time, on a PC of 4 GB.
const PAGES_KIB: u32 = 256 * 1024;
/// What SQLite keeps otherwise, in KiB.
const PAGES_KIB_OTHERWISE: u32 = 2000;

impl Tx<'_> {
    /// Runs work that fills whole tables, and makes these indexes again after it. A failure leaves them as they were, as the
    /// transaction ends.
    ///
    /// # Errors
    /// What the work returned; where there is no such index, or one cannot be made again.
    pub fn in_bulk<T>(&mut self, indexes: &[&str], work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.engine() == Engine::Postgres {
            return work(self);
        }
        self.batch(&format!("PRAGMA cache_size=-{PAGES_KIB}"))?;
        let outcome = self.without_indexes(indexes, work);
        self.batch(&format!("PRAGMA cache_size=-{PAGES_KIB_OTHERWISE}"))?;
        outcome
    }

    fn without_indexes<T>(
        &mut self,
        indexes: &[&str],
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let mut texts = Vec::new();
        for index in indexes {
            let text = self.connection.index_text(index)?;
            texts.push(text.with_context(|| format!("the schema has no index {index}"))?);
            self.batch(&format!("DROP INDEX {index}"))?;
        }
        let value = work(self)?;
        for text in &texts {
            self.batch(text)?;
        }
        Ok(value)
    }
}
