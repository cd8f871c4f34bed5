//! Where in the logs an instant lies: from which entry on something is no longer believed.
//!
//! Scheme: security 7.4. The log's order is what a thief of a key cannot write, so an instant of suspicion is turned into
//! entry numbers once, and those are what everybody goes by.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};

use crate::{LogOwner, entry::Leaf, leaves_of_log};

const LOGS_OF_OWNER: Sql = sql!("logs_of_owner");

/// Entries read at a time.
const STEP: u64 = 1_000;

/// Of every log of an owner, by name: the number of the first entry signed at or after an instant, or the log's size where
/// all were signed before. Reads commitments only, in order, so that an entry out of its time cuts as early as it stands.
///
/// # Errors
/// Where the database fails or a commitment does not read.
pub fn first_entries_since(tx: &mut Tx<'_>, owner: LogOwner, at: Timestamp) -> Result<Vec<(String, u64)>> {
    let logs = tx.rows(LOGS_OF_OWNER, &[(&owner.to_string()).into()], |row| {
        Ok((row.get::<String>(0)?, u64::try_from(row.get::<i64>(1)?)?))
    })?;
    logs.into_iter().map(|(log_id, size)| Ok((log_id.clone(), first_since(tx, &log_id, size, at)?))).collect()
}

fn first_since(tx: &mut Tx<'_>, log_id: &str, size: u64, at: Timestamp) -> Result<u64> {
    let mut next = 0;
    while next < size {
        let leaves = leaves_of_log(tx, log_id, next, STEP)?;
        if leaves.is_empty() {
            break;
        }
        for leaf in leaves {
            let broken =
                || format!("the commitment of entry {next} of {log_id} does not read; run `kpcs log verify`");
            let leaf: Leaf = kp_sign::from_canonical(&leaf).with_context(broken)?;
            let signed_at: Timestamp = leaf.5.parse().with_context(broken)?;
            if signed_at >= at {
                return Ok(next);
            }
            next += 1;
        }
    }
    Ok(size)
}
