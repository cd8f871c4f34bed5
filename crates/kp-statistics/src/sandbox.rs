//! The sandbox: a return that was uploaded and that nobody has signed yet. It survives sign-out, and is shown to nobody but
//! its participant until it is submitted or dropped.
//!
//! Ours (peers 4.2, E2). Not a statement and not rebuilt: what is in it has not been said yet.

mod notes;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_terms::{ParticipantCode, Period, Timestamp};

use crate::annex_table::AnnexTable;

pub use notes::{LONGEST_COMMENT, Note, Notes, Noting, note, notes};

const PUT_IN_SANDBOX: Sql = sql!("put_in_sandbox");
const SANDBOX_OF_PARTICIPANT: Sql = sql!("sandbox_of_participant");
const SANDBOX_CONTENT: Sql = sql!("sandbox_content");
const DROP_FROM_SANDBOX: Sql = sql!("drop_from_sandbox");

/// Files larger than this are no return.
pub const LARGEST: usize = 8 << 20;

/// A return in the sandbox, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sandboxed {
    /// The first sixteen digits of its SHA-256, table and period: the same file for the same return stands once.
    pub id: String,
    /// Whose.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
    /// The file's name.
    pub file: String,
    /// Its SHA-256.
    pub file_sha256: String,
    /// Which officer put it there.
    pub put_by: String,
    /// When.
    pub put_at: Timestamp,
}

/// Puts a return into its participant's sandbox.
///
/// # Errors
/// Where the database fails or the file is too large.
pub fn put(tx: &mut Tx<'_>, it: &Sandboxed, content: &[u8]) -> Result<()> {
    anyhow::ensure!(content.len() <= LARGEST, "{} is larger than 8 MiB, which no return is", it.file);
    tx.execute(
        PUT_IN_SANDBOX,
        &[
            (&it.id).into(),
            it.participant.as_str().into(),
            it.table.word().into(),
            (&it.period.to_string()).into(),
            (&it.file).into(),
            (&it.file_sha256).into(),
            content.into(),
            (&it.put_by).into(),
            (&it.put_at.to_string()).into(),
        ],
    )?;
    Ok(())
}

/// The name under which a file for a return stands.
pub fn id_of(file_sha256: &str, table: AnnexTable, period: Period) -> String {
    format!("{table}-{period}-{}", file_sha256.get(..16).unwrap_or(file_sha256))
}

/// What is in the sandbox of a participant, or (none) of everybody.
///
/// # Errors
/// Where the database fails.
pub fn sandbox(tx: &mut Tx<'_>, participant: Option<ParticipantCode>) -> Result<Vec<Sandboxed>> {
    let code = participant.map(|code| code.to_string()).unwrap_or_default();
    tx.rows(SANDBOX_OF_PARTICIPANT, &[(&code).into()], |row| {
        Ok(Sandboxed {
            id: row.get(0)?,
            participant: row.word(1)?,
            table: row.word(2)?,
            period: row.word(3)?,
            file: row.get(4)?,
            file_sha256: row.get(5)?,
            put_by: row.get(6)?,
            put_at: row.word(7)?,
        })
    })
}

/// The file behind one, of this participant and nobody else.
///
/// # Errors
/// Where the database fails.
pub fn content(tx: &mut Tx<'_>, id: &str, participant: ParticipantCode) -> Result<Option<Vec<u8>>> {
    tx.optional(SANDBOX_CONTENT, &[id.into(), participant.as_str().into()], |row| row.get(0))
}

/// Drops one with its notes. Answers whether it was there.
///
/// # Errors
/// Where the database fails.
pub fn drop_it(tx: &mut Tx<'_>, id: &str, participant: ParticipantCode) -> Result<bool> {
    notes::forget(tx, id, participant)?;
    Ok(tx.execute(DROP_FROM_SANDBOX, &[id.into(), participant.as_str().into()])? > 0)
}
