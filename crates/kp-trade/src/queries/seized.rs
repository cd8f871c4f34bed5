//! Questions about goods that were seized without a certificate.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::{Carats, ParticipantCode};

use crate::{HoldingState, ParcelLine, queries::holding_of_lot};

const SEIZED_LOT: Sql = sql!("seized_lot");
const SEIZED_LOTS: Sql = sql!("seized_lots");
const LINES_OF_SEIZED_LOT: Sql = sql!("lines_of_seized_lot");

/// Goods that customs seized and that carried no certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeizedLot {
    /// The lot's reference.
    pub lot: String,
    /// Who seized.
    pub at: ParticipantCode,
    /// Where they are.
    pub state: HoldingState,
    /// Weighed when they were seized.
    pub carats: Carats,
    /// Where they were found.
    pub found: String,
    /// How.
    pub circumstances: String,
    /// The order or law.
    pub legal_basis: String,
    /// Who seized.
    pub seized_by: String,
    /// The second officer at the scales.
    pub witness: String,
    /// When.
    pub seized_on: Date,
    /// Who decided what becomes of them.
    pub decided_by: Option<String>,
    /// The decision; once disposed of, how it is sure that they do not come back.
    pub decision: Option<String>,
    /// When it was over with them.
    pub ended_on: Option<Date>,
}

/// A lot of seized goods, whatever they came with: what a technical certificate draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotOfSeized {
    /// Who holds it.
    pub at: ParticipantCode,
    /// Where it is.
    pub state: HoldingState,
    /// Its weight when it was seized.
    pub carats: Carats,
}

fn seized(row: &Row<'_>) -> Result<SeizedLot> {
    Ok(SeizedLot {
        lot: row.get(0)?,
        at: row.word(1)?,
        state: row.word(2)?,
        carats: Carats::from_hundredths(row.get(3)?),
        found: row.get(4)?,
        circumstances: row.get(5)?,
        legal_basis: row.get(6)?,
        seized_by: row.get(7)?,
        witness: row.get(8)?,
        seized_on: row.word(9)?,
        decided_by: row.get(10)?,
        decision: row.get(11)?,
        ended_on: row.optional_word(12)?,
    })
}

/// The goods that were seized without a certificate under this reference.
///
/// # Errors
/// Where the database fails.
pub fn seized_lot(tx: &mut Tx<'_>, lot: &str) -> Result<Option<SeizedLot>> {
    tx.optional(SEIZED_LOT, &[lot.into()], seized)
}

/// Everything that a participant seized without a certificate, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn seized_lots(tx: &mut Tx<'_>, at: ParticipantCode) -> Result<Vec<SeizedLot>> {
    tx.rows(SEIZED_LOTS, &[at.as_str().into()], seized)
}

/// Carats of a lot that was seized without a certificate, class by class.
///
/// # Errors
/// Where the database fails.
pub fn lines_of_seized_lot(tx: &mut Tx<'_>, lot: &str) -> Result<Vec<ParcelLine>> {
    tx.rows(LINES_OF_SEIZED_LOT, &[lot.into()], |row| {
        Ok(ParcelLine { hs: row.word(0)?, carats: Carats::from_hundredths(row.get(1)?) })
    })
}

/// The lot of this reference, whether its goods came under a number or without any.
///
/// # Errors
/// Where the database fails.
pub fn lot_of_seized(tx: &mut Tx<'_>, lot: &str) -> Result<Option<LotOfSeized>> {
    if let Some(held) = holding_of_lot(tx, lot)? {
        let carats = held.carats.unwrap_or_default();
        return Ok(Some(LotOfSeized { at: held.at, state: held.state, carats }));
    }
    let found = seized_lot(tx, lot)?;
    Ok(found.map(|lot| LotOfSeized { at: lot.at, state: lot.state, carats: lot.carats }))
}
