//! Reading entries on a thread of its own, some batches ahead of whoever works on them: opening what was signed and reading
//! what it says takes about as long as what follows from it.

use std::sync::mpsc::sync_channel;

use anyhow::Result;
use kp_db::{Db, Tx};

use crate::{Entry, entries_after};

/// Entries of a batch.
const BATCH: u32 = 1000;
/// Batches that wait for the worker; the reader is never further ahead.
const AHEAD: usize = 4;

/// Reads every entry up to a position, in order, a batch at a time; `prepare` is called where it is read, `work` on this
/// thread. The log may grow meanwhile: what comes after the position is left alone. A database in memory has no second reader:
/// there the transaction reads, which must hold the same log.
///
/// # Errors
/// Where the database fails or a statement does not read, and what `work` returned; nothing more is read then.
pub fn read_ahead(
    db: &Db,
    tx: &mut Tx<'_>,
    up_to: u64,
    prepare: impl Fn(&Entry) + Send,
    mut work: impl FnMut(&mut Tx<'_>, &[Entry]) -> Result<()>,
) -> Result<()> {
    if !db.has_readers() {
        let mut position = 0;
        while position < up_to {
            let entries = batch_after(tx, position, up_to, &prepare)?;
            position = entries.last().map_or(up_to, |last| last.position);
            work(tx, &entries)?;
        }
        return Ok(());
    }
    std::thread::scope(|scope| {
        let (read, batches) = sync_channel(AHEAD);
        scope.spawn(move || {
            let mut position = 0;
            while position < up_to {
                let batch = db.read(|tx| batch_after(tx, position, up_to, &prepare));
                position = match &batch {
                    Ok(entries) => entries.last().map_or(up_to, |last| last.position),
                    Err(_) => up_to,
                };
                // Nobody listens any more where the work failed.
                if read.send(batch).is_err() {
                    return;
                }
            }
        });
        for batch in batches {
            work(tx, &batch?)?;
        }
        Ok(())
    })
}

fn batch_after(tx: &mut Tx<'_>, position: u64, up_to: u64, prepare: &impl Fn(&Entry)) -> Result<Vec<Entry>> {
    let mut entries = entries_after(tx, position, BATCH)?;
    entries.truncate(entries.partition_point(|entry| entry.position <= up_to));
    entries.iter().for_each(prepare);
    Ok(entries)
}
