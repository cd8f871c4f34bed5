//! Rows of the log as they stand, read without trusting even the types of their columns.
//!
//! SQLite keeps any type in any column; a superuser of PostgreSQL can change a column's type. A value that is not of
//! the type it was written in is read as absent, so that one spoilt cell is a fault of its entry and hides no other.

use kp_db::Row;

/// One entry with its statement.
pub(crate) struct RawEntry {
    pub(crate) position: Option<u64>,
    pub(crate) log_id: String,
    pub(crate) entry_number: Option<u64>,
    pub(crate) subject: Option<String>,
    pub(crate) leaf: Option<Vec<u8>>,
    pub(crate) leaf_hash: Option<Vec<u8>>,
    pub(crate) statement_hash: Option<Vec<u8>>,
    pub(crate) kind: Option<String>,
    pub(crate) signed: Option<Vec<u8>>,
}

/// One head.
pub(super) struct RawHead {
    pub(super) log_id: String,
    pub(super) owner: Option<String>,
    pub(super) year: Option<i64>,
    pub(super) size: Option<u64>,
    pub(super) frontier: Option<Vec<u8>>,
    pub(super) last_at: Option<String>,
    pub(super) checkpoint: Option<String>,
    pub(super) office: Option<String>,
}

pub(super) fn entry(row: &Row<'_>) -> RawEntry {
    RawEntry {
        position: number(row, 0),
        log_id: text(row, 1).unwrap_or_else(|| super::THE_LOG.to_owned()),
        entry_number: number(row, 2),
        subject: text(row, 3),
        leaf: bytes(row, 4),
        leaf_hash: bytes(row, 5),
        statement_hash: bytes(row, 6),
        kind: text(row, 7),
        signed: bytes(row, 8),
    }
}

pub(super) fn head(row: &Row<'_>) -> RawHead {
    RawHead {
        log_id: text(row, 0).unwrap_or_else(|| super::THE_LOG.to_owned()),
        owner: text(row, 1),
        year: row.get::<Option<i64>>(2).ok().flatten(),
        size: number(row, 3),
        frontier: bytes(row, 4),
        last_at: text(row, 5),
        checkpoint: text(row, 6),
        office: text(row, 7),
    }
}

pub(super) fn number(row: &Row<'_>, column: usize) -> Option<u64> {
    row.get::<Option<i64>>(column).ok().flatten().and_then(|n| u64::try_from(n).ok())
}

pub(super) fn text(row: &Row<'_>, column: usize) -> Option<String> {
    row.get::<Option<String>>(column).ok().flatten()
}

fn bytes(row: &Row<'_>, column: usize) -> Option<Vec<u8>> {
    row.get::<Option<Vec<u8>>>(column).ok().flatten()
}
