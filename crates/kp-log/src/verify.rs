//! Find any changed, removed, inserted or reordered entry, and name it.
//!
//! Reads every statement and entry in order of arrival and recomputes everything: the statement's hash, its signature
//! (with keys learnt from the log itself, never from a table), its time and place, the commitment, the tree, the head,
//! the checkpoint, and what was kept outside the database. Trusts nothing that a person with a database tool could
//! have written: a column that cannot even be read is a fault like any other. One pass; what stays in memory are the
//! last position about each subject and the leaf hashes kept outside (32 bytes an entry).
//!
//! Logs that another node keeps and that were taken over stand beside our own. They are held to their own order: numbers
//! without gaps, times that never decrease within the log, positions that increase; and they are opened by the key that
//! the capital's log has registered for that office.
//!
//! What it cannot find, whoever looks at one node alone: the database, the outside copy and an older head put back
//! together to one earlier moment, and a history that was signed anew by whoever holds the node's own keys with a new
//! outside copy beside it. Only somebody outside who kept a checkpoint can tell (rulings 6).

mod check;
mod heads;
mod opening;
mod raw;
mod resume;

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_sign::{KeyId, PublicKey};

use crate::{Entry, Kept, LogOwner, OfficeName, Outside};
pub(crate) use check::Check;
pub(crate) use raw::RawEntry;
pub(crate) use resume::Coming;

const ALL_ENTRIES: Sql = sql!("all_entries");
const STATEMENTS_WITHOUT_ENTRY: Sql = sql!("statements_without_entry");
const STATEMENTS_REPEATED: Sql = sql!("statements_repeated");
const ENTRIES_COUNTED: Sql = sql!("entries_counted");
const ALL_HEADS: Sql = sql!("all_heads");

/// The keys that statements themselves name. Asked in order of the log.
pub trait KeyBook {
    /// Learns keys from an entry whose signature was found good.
    ///
    /// # Errors
    /// Where the entry's body does not read, or it names a key that it may not name.
    fn learn(&mut self, entry: &Entry) -> Result<()>;

    /// The key with this id that may sign at this entry.
    fn key(&self, id: KeyId) -> Option<PublicKey>;

    /// Whose officer holds or held the key; nothing for a node's own key.
    fn body(&self, id: KeyId) -> Option<LogOwner>;

    /// Whether a key that is in the book may sign a statement of this kind, for this owner's log, at this time. Asked
    /// once the signature was found good.
    ///
    /// # Errors
    /// What is wrong, in one sentence that continues "entry 7: ".
    fn may_sign(&self, id: KeyId, kind: &str, owner: LogOwner, at: Timestamp) -> Result<(), String>;

    /// A key that was in force once and was withdrawn. An office that has not heard of the withdrawal goes on using it,
    /// and what it wrote is still what it wrote: such an entry is asked about, not taken for forged.
    fn withdrawn_key(&self, id: KeyId) -> Option<PublicKey> {
        let _ = id;
        None
    }

    /// The office whose node key this is, where a statement of the capital has registered it.
    fn office(&self, id: KeyId) -> Option<OfficeName> {
        let _ = id;
        None
    }

    /// The office that looks; nothing where it is the capital.
    fn own_office(&self) -> Option<OfficeName> {
        None
    }
}

/// Something in a log that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which log, where known.
    pub log_id: String,
    /// Which entry of that log, where one can be named.
    pub entry_number: Option<u64>,
    /// What is wrong, in one sentence.
    pub sentence: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.entry_number {
            Some(number) => write!(f, "{} entry {number}: {}", self.log_id, self.sentence),
            None => write!(f, "{}: {}", self.log_id, self.sentence),
        }
    }
}

/// What was found of all logs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogReport {
    /// Entries looked at, per log.
    pub logs: BTreeMap<String, u64>,
    /// Everything wrong, in order of the log.
    pub faults: Vec<Fault>,
}

/// Where a fault cannot be pinned to one log.
pub(crate) const THE_LOG: &str = "the log";

/// Verifies every log in the database.
///
/// # Errors
/// Where the database cannot be read at all; everything else is a fault in the report.
pub fn verify(tx: &mut Tx<'_>, keys: &mut dyn KeyBook, outside: Option<&dyn Outside>) -> Result<LogReport> {
    let (kept, unreadable) = kept_outside(outside);
    let heads = tx.rows(ALL_HEADS, &[], |row| Ok(raw::head(row)))?;
    let mut check = Check::new(keys, kept, &heads);
    unreadable.into_iter().for_each(|fault| check.note(fault));
    tx.each(ALL_ENTRIES, &[], |row| {
        check.entry(&raw::entry(row));
        Ok(())
    })?;
    tx.each(STATEMENTS_WITHOUT_ENTRY, &[], |row| {
        let (position, kind) = (raw::number(row, 0), raw::text(row, 1));
        check.statement_alone(position, kind);
        Ok(())
    })?;
    tx.each(STATEMENTS_REPEATED, &[], |row| {
        check.repeated(&raw::text(row, 0).unwrap_or_default(), raw::number(row, 1), raw::number(row, 2));
        Ok(())
    })?;
    check.heads(&heads);
    Ok(check.report())
}

/// What is kept outside, and what of it cannot be read. Asked before the first row is read: the copy may then be older
/// than the view of the database, and never newer, however many acts are done meanwhile.
fn kept_outside(outside: Option<&dyn Outside>) -> (BTreeMap<String, Kept>, Vec<Fault>) {
    let (mut all, mut faults) = (BTreeMap::new(), Vec::new());
    let Some(outside) = outside else { return (all, faults) };
    let mut unreadable = |log_id: &str, error: &anyhow::Error| {
        let sentence = format!("the copy kept outside cannot be read: {error:#}");
        faults.push(Fault { log_id: log_id.to_owned(), entry_number: None, sentence });
    };
    let logs = outside.logs().unwrap_or_else(|error| {
        unreadable(THE_LOG, &error);
        Vec::new()
    });
    for log_id in logs {
        match outside.kept(&log_id) {
            Ok(kept) => {
                all.insert(log_id, kept);
            }
            Err(error) => unreadable(&log_id, &error),
        }
    }
    (all, faults)
}

/// Compares only the heads with the outside copy: quick enough for every start.
///
/// # Errors
/// Where the database cannot be read.
pub fn compare_with_outside(tx: &mut Tx<'_>, outside: &dyn Outside) -> Result<Vec<Fault>> {
    let (kept, mut faults) = kept_outside(Some(outside));
    let heads: BTreeMap<String, u64> = tx
        .rows(ALL_HEADS, &[], |row| Ok(raw::head(row)))?
        .into_iter()
        .map(|head| (head.log_id, head.size.unwrap_or(0)))
        .collect();
    for (log_id, kept) in kept {
        let (size, there) = (kept.size(), heads.get(&log_id).copied().unwrap_or(0));
        if there < size {
            faults.push(cut_tail(&log_id, there, size));
        }
    }
    Ok(faults)
}

/// Compares each head with the entries that are there: finds removed and added entries without reading them. Quick
/// enough for every start; what was altered in place is for [`verify`].
///
/// # Errors
/// Where the database cannot be read.
pub fn compare_heads_with_entries(tx: &mut Tx<'_>) -> Result<Vec<Fault>> {
    let counted = tx.rows(ENTRIES_COUNTED, &[], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?))
    })?;
    let odd = counted.into_iter().filter(|(_, size, there, last)| there != size || last + 1 != *size);
    let fault = |(log_id, size, there, _): (String, i64, i64, i64)| Fault {
        log_id,
        entry_number: None,
        sentence: format!(
            "its head says {size} entries, and {there} are there; run `kpcs log verify`, which names them"
        ),
    };
    Ok(odd.map(fault).collect())
}

pub(crate) fn cut_tail(log_id: &str, there: u64, kept: u64) -> Fault {
    Fault {
        log_id: log_id.to_owned(),
        entry_number: Some(there),
        sentence: format!(
            "the database holds {there} entries, but the copy kept outside it has {kept}: \
             the entries from {there} on are missing; restore the newest backup, do not go on from here"
        ),
    }
}

impl Kept {
    /// How many entries are kept: what the checkpoint says (its signature is checked elsewhere) or as many hashes as
    /// there are, whichever is more.
    pub(crate) fn size(&self) -> u64 {
        let said = self.checkpoint.as_deref().and_then(heads::size_said).unwrap_or(0);
        said.max(self.leaf_hashes.len() as u64)
    }
}
