//! Questions about what cells are made of: lines of certificates on both sides, and presentations, as they were known.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_terms::{Carats, Date, HsCode, ParticipantCode, UsdCents};

use super::whole_second;

const POSTINGS_KNOWN: Sql = sql!("postings_known");
const PRESENTATIONS_KNOWN: Sql = sql!("presentations_known");

/// One line of one certificate, as it was counted on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The certificate.
    pub number: String,
    /// Whose figure.
    pub participant: ParticipantCode,
    /// `export` or `import`.
    pub flow: String,
    /// The other side.
    pub partner: ParticipantCode,
    /// The day of departure or arrival.
    pub counted_on: Date,
    /// Class.
    pub hs: HsCode,
    /// Carats.
    pub carats: Carats,
    /// Value.
    pub value: UsdCents,
    /// Known since.
    pub recorded_at: Timestamp,
    /// The statement's place in the log.
    pub position: u64,
}

/// What cells are made of, as it was known at an instant, by certificate.
///
/// # Errors
/// Where the database fails.
pub fn postings_as_known_on(tx: &mut Tx<'_>, known_at: Timestamp) -> Result<Vec<Posting>> {
    tx.rows(POSTINGS_KNOWN, &[(&whole_second(known_at)).into()], |row| {
        Ok(Posting {
            number: row.get(0)?,
            participant: row.word(1)?,
            flow: row.get(2)?,
            partner: row.word(3)?,
            counted_on: row.word(4)?,
            hs: row.word(5)?,
            carats: Carats::from_hundredths(row.get(6)?),
            value: UsdCents::from_cents(row.get(7)?),
            recorded_at: row.word(8)?,
            position: u64::try_from(row.get::<i64>(9)?)?,
        })
    })
}

/// A number presented somewhere, counted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
    /// The statement's place in the log.
    pub position: u64,
    /// The number.
    pub number: String,
    /// Where.
    pub at: ParticipantCode,
    /// The day, as it was stated.
    pub arrived_on: Date,
    /// Carats weighed.
    pub carats: Carats,
}

/// Every presentation as it was known at an instant, by number.
///
/// # Errors
/// Where the database fails.
pub fn presentations_as_known_on(tx: &mut Tx<'_>, known_at: Timestamp) -> Result<Vec<Presentation>> {
    tx.rows(PRESENTATIONS_KNOWN, &[(&whole_second(known_at)).into()], |row| {
        Ok(Presentation {
            position: u64::try_from(row.get::<i64>(0)?)?,
            number: row.get(1)?,
            at: row.word(2)?,
            arrived_on: row.word(3)?,
            carats: Carats::from_hundredths(row.get(4)?),
        })
    })
}
