//! Questions about attached papers, one thin typed function per statement in `sql/`.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};

use crate::{BelongsTo, MediaType, PaperSort};

const PAPERS_OF_RECORD: Sql = sql!("papers_of_record");
const PAPER_BY_POSITION: Sql = sql!("paper_by_position");

/// A paper beside a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Place of its statement in the log.
    pub position: u64,
    /// What it belongs to.
    pub belongs_to: BelongsTo,
    /// Which.
    pub record: String,
    /// What it is.
    pub sort: PaperSort,
    /// What it shows.
    pub words: String,
    /// SHA-256 of the file, hexadecimal.
    pub file_sha256: String,
    /// What the file is.
    pub media_type: MediaType,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whose officer attached it.
    pub body: String,
    /// Which officer.
    pub attached_by: String,
    /// When.
    pub attached_at: Timestamp,
}

fn paper(row: &Row<'_>) -> Result<Paper> {
    Ok(Paper {
        position: u64::try_from(row.get::<i64>(0)?)?,
        belongs_to: row.word(1)?,
        record: row.get(2)?,
        sort: row.word(3)?,
        words: row.get(4)?,
        file_sha256: row.get(5)?,
        media_type: row.word(6)?,
        bytes: u64::try_from(row.get::<i64>(7)?)?,
        body: row.get(8)?,
        attached_by: row.get(9)?,
        attached_at: row.word(10)?,
    })
}

/// The papers of a record, in the order in which they were attached.
///
/// # Errors
/// Where the database fails.
pub fn papers_of_record(tx: &mut Tx<'_>, belongs_to: BelongsTo, record: &str) -> Result<Vec<Paper>> {
    tx.rows(PAPERS_OF_RECORD, &[belongs_to.word().into(), record.into()], paper)
}

/// The paper whose statement stands at this place.
///
/// # Errors
/// Where the database fails.
pub fn paper_by_position(tx: &mut Tx<'_>, position: u64) -> Result<Option<Paper>> {
    let Ok(position) = i64::try_from(position) else { return Ok(None) };
    tx.optional(PAPER_BY_POSITION, &[position.into()], paper)
}
