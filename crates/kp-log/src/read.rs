//! Reading entries: from a cursor, about a subject, at a position.

use anyhow::{Context, Result};
use kp_db::{Row, Sql, Tx, sql};

use crate::Entry;

const ENTRIES_AFTER: Sql = sql!("entries_after");
const ENTRIES_OF_SUBJECT: Sql = sql!("entries_of_subject");
const EARLIER_OF_KIND: Sql = sql!("earlier_of_kind");
const ENTRY_AT: Sql = sql!("entry_at");
const LAST_ENTRY_OF_KIND: Sql = sql!("last_entry_of_kind");
const ENTRIES_OF_KIND: Sql = sql!("entries_of_kind");
const ENTRY_OF_LOG: Sql = sql!("entry_of_log");
const LAST_POSITION: Sql = sql!("last_position");
const SIGNED_AT: Sql = sql!("signed_at");

/// Up to `limit` entries after a position, in order. A stage that has seen everything gets none.
///
/// # Errors
/// Where the database fails or a statement does not read.
pub fn entries_after(tx: &mut Tx<'_>, position: u64, limit: u32) -> Result<Vec<Entry>> {
    tx.rows(ENTRIES_AFTER, &[i64::try_from(position)?.into(), i64::from(limit).into()], entry_of)
}

/// Every entry about one public subject, in order: the timeline of a certificate or a case.
///
/// # Errors
/// Where the database fails or a statement does not read.
pub fn entries_of_subject(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<Entry>> {
    tx.rows(ENTRIES_OF_SUBJECT, &[subject.into()], entry_of)
}

/// The entries of one kind about one public subject that stand before a position, in order.
///
/// # Errors
/// Where the database fails or a statement does not read.
pub fn earlier_of_kind(tx: &mut Tx<'_>, subject: &str, kind: &str, position: u64) -> Result<Vec<Entry>> {
    tx.rows(EARLIER_OF_KIND, &[subject.into(), kind.into(), i64::try_from(position)?.into()], entry_of)
}

/// The entry at a position.
///
/// # Errors
/// Where there is none, the database fails or the statement does not read.
pub fn entry_at(tx: &mut Tx<'_>, position: u64) -> Result<Entry> {
    tx.optional(ENTRY_AT, &[i64::try_from(position)?.into()], entry_of)?
        .with_context(|| format!("the log has no entry at position {position}"))
}

/// The signed bytes at a position, exactly as they were signed.
///
/// # Errors
/// Where there are none or the database fails.
pub fn signed_at(tx: &mut Tx<'_>, position: u64) -> Result<Vec<u8>> {
    tx.optional(SIGNED_AT, &[i64::try_from(position)?.into()], |row| row.get(0))?
        .with_context(|| format!("the log has no statement at position {position}"))
}

/// The last position given out, 0 where the log is empty.
///
/// # Errors
/// Where the database fails.
pub fn last_position(tx: &mut Tx<'_>) -> Result<u64> {
    Ok(u64::try_from(tx.one(LAST_POSITION, &[], |row| row.get::<i64>(0))?)?)
}

/// The last entry of a kind, where there is one.
///
/// # Errors
/// Where the database fails or the statement does not read.
pub fn last_entry_of_kind(tx: &mut Tx<'_>, kind: &str) -> Result<Option<Entry>> {
    tx.optional(LAST_ENTRY_OF_KIND, &[kind.into()], entry_of)
}

/// Every entry of a kind, in order.
///
/// # Errors
/// Where the database fails or a statement does not read.
pub fn entries_of_kind(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<Entry>> {
    tx.rows(ENTRIES_OF_KIND, &[kind.into()], entry_of)
}

/// The entry with a number in a log, where it is there.
///
/// # Errors
/// Where the database fails or the statement does not read.
pub fn entry_of_log(tx: &mut Tx<'_>, log_id: &str, entry_number: u64) -> Result<Option<Entry>> {
    tx.optional(ENTRY_OF_LOG, &[log_id.into(), i64::try_from(entry_number)?.into()], entry_of)
}

fn entry_of(row: &Row<'_>) -> Result<Entry> {
    let position: i64 = row.get(0)?;
    let entry_number: i64 = row.get(2)?;
    Entry::from_signed(
        u64::try_from(position)?,
        row.get(1)?,
        u64::try_from(entry_number)?,
        &row.get::<Vec<u8>>(3)?,
    )
    .with_context(|| format!("reading the statement at position {position}; run `kpcs log verify`"))
}
