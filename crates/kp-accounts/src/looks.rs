//! Who looked at what: one row before the thing is shown, chained like the trail.
//!
//! Closes: T20 as far as a record can: a participant sees who read its certificates (needs K7). What everybody may see is not
//! recorded, and nobody without an account is.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};

use crate::{Accounts, trail::link};

const LOOK_END: Sql = sql!("look_end");
const RECORD_LOOK: Sql = sql!("record_look");
const LOOKS: Sql = sql!("looks");
const LOOKS_FROM_START: Sql = sql!("looks_from_start");

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub by_whom: String,
    /// For which body.
    pub body: String,
    /// `certificate`, `case`, `exporters` ...
    pub what: String,
    /// Which.
    pub about: String,
    /// Whose it is: codes separated by blanks.
    pub owner: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// 1, 2, 3 ...
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who, at what.
    pub look: Look,
    chain: Vec<u8>,
}

impl Accounts {
    /// Records looks, in their order and all or none; durable when it returns.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn looked(&self, looks: &[(Timestamp, Look)]) -> Result<()> {
        self.node.db().write("record looks", |tx| looks.iter().try_for_each(|(at, look)| add(tx, *at, look)))
    }
}

fn add(tx: &mut Tx<'_>, at: Timestamp, look: &Look) -> Result<()> {
    let last: Option<(i64, Vec<u8>)> = tx.optional(LOOK_END, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (number, before) = last.map_or_else(|| (1, Vec::new()), |(number, chain)| (number + 1, chain));
    let at = at.to_string();
    let chain = chain_of(&before, number, &at, look);
    tx.execute(
        RECORD_LOOK,
        &[
            number.into(),
            (&at).into(),
            (&look.by_whom).into(),
            (&look.body).into(),
            (&look.what).into(),
            (&look.about).into(),
            (&look.owner).into(),
            chain.as_slice().into(),
        ],
    )?;
    Ok(())
}

fn chain_of(before: &[u8], number: i64, at: &str, look: &Look) -> [u8; 32] {
    link(before, number, &[at, &look.by_whom, &look.body, &look.what, &look.about, &look.owner])
}

/// Rows before a number, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn before(tx: &mut Tx<'_>, number: i64, limit: u32) -> Result<Vec<Looked>> {
    tx.rows(LOOKS, &[number.into(), i64::from(limit).into()], looked)
}

/// The number of the first row that does not follow from the one before it; none where all do.
///
/// # Errors
/// Where the database fails.
pub fn first_break(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    let mut before: (i64, Vec<u8>) = (0, Vec::new());
    for found in tx.rows(LOOKS_FROM_START, &[], looked)? {
        let expected = chain_of(&before.1, found.number, &found.at.to_string(), &found.look);
        if found.number != before.0 + 1 || found.chain != expected {
            return Ok(Some(before.0 + 1));
        }
        before = (found.number, found.chain);
    }
    Ok(None)
}

fn looked(row: &Row<'_>) -> Result<Looked> {
    Ok(Looked {
        number: row.get(0)?,
        at: row.word(1)?,
        look: Look {
            by_whom: row.get(2)?,
            body: row.get(3)?,
            what: row.get(4)?,
            about: row.get(5)?,
            owner: row.get(6)?,
        },
        chain: row.get(7)?,
    })
}
