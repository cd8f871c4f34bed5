//! The trail: what was done to accounts, and who came and went. Only added to; each row is chained to the one before, so
//! that a row changed or taken out with a database tool shows ([`first_break`]). A cut end shows only against a copy of the
//! last chain value, which `kpcs account trail` prints.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Param, Row, Sql, Tx, sql};
use kp_terms::Sentence;

use crate::common::sha256;

const TRAIL_END: Sql = sql!("trail_end");
const RECORD_TRAIL: Sql = sql!("record_trail");
const TRAIL: Sql = sql!("trail");
const TRAIL_AFTER: Sql = sql!("trail_after");
const TRAIL_FROM_START: Sql = sql!("trail_from_start");

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// 1, 2, 3 ...
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// An officer, or [`KEEPER`](crate::KEEPER).
    pub by_whom: String,
    /// `invited`, `joined`, `signed_in` ...
    pub what: String,
    /// The officer concerned.
    pub about: String,
    /// In words.
    pub detail: Sentence,
    /// The words as the table keeps them, which the chain is made over.
    kept: String,
    /// Hash over the chain before and this row.
    pub chain: Vec<u8>,
}

/// Adds a row.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by_whom: &str,
    what: &str,
    about: &str,
    detail: impl Into<Sentence>,
) -> Result<()> {
    let detail = kp_trade::keep(&detail.into());
    let last: Option<(i64, Vec<u8>)> = tx.optional(TRAIL_END, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (number, before) = last.map_or_else(|| (1, Vec::new()), |(number, chain)| (number + 1, chain));
    let at = now.to_string();
    let chain = link(&before, number, &[&at, by_whom, what, about, &detail]);
    let row: [Param<'_>; 7] = [
        number.into(),
        (&at).into(),
        by_whom.into(),
        what.into(),
        about.into(),
        (&detail).into(),
        chain.as_slice().into(),
    ];
    tx.execute(RECORD_TRAIL, &row)?;
    Ok(())
}

pub(crate) fn link(before: &[u8], number: i64, texts: &[&str]) -> [u8; 32] {
    let number = number.to_be_bytes();
    let mut parts: Vec<&[u8]> = vec![b"kpcs trail", before, &number];
    parts.extend(texts.iter().map(|text| text.as_bytes()));
    sha256(&parts)
}

/// Rows before a number, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn before(tx: &mut Tx<'_>, number: i64, limit: u32) -> Result<Vec<Step>> {
    tx.rows(TRAIL, &[number.into(), i64::from(limit).into()], step)
}

/// Rows after a number, the oldest first.
///
/// # Errors
/// Where the database fails.
pub fn after(tx: &mut Tx<'_>, number: i64, limit: u32) -> Result<Vec<Step>> {
    tx.rows(TRAIL_AFTER, &[number.into(), i64::from(limit).into()], step)
}

/// The number of the last row; 0 where there is none.
///
/// # Errors
/// Where the database fails.
pub fn last(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional(TRAIL_END, &[], |row| row.get(0))?.unwrap_or(0))
}

/// The number of the first row that does not follow from the one before it; none where all do.
///
/// # Errors
/// Where the database fails.
pub fn first_break(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    let mut before: (i64, Vec<u8>) = (0, Vec::new());
    for found in tx.rows(TRAIL_FROM_START, &[], step)? {
        let at = found.at.to_string();
        let expected =
            link(&before.1, found.number, &[&at, &found.by_whom, &found.what, &found.about, &found.kept]);
        if found.number != before.0 + 1 || found.chain != expected {
            return Ok(Some(before.0 + 1));
        }
        before = (found.number, found.chain);
    }
    Ok(None)
}

fn step(row: &Row<'_>) -> Result<Step> {
    Ok(Step {
        number: row.get(0)?,
        at: row.word(1)?,
        by_whom: row.get(2)?,
        what: row.get(3)?,
        about: row.get(4)?,
        detail: kp_trade::kept(row.get(5)?),
        kept: row.get(5)?,
        chain: row.get(6)?,
    })
}
