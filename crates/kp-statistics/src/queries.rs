//! Questions about figures, one thin typed function per statement in `sql/`.

mod declared;
mod postings;

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Entry;
use kp_terms::{Carats, Date, Half, HsCode, ParticipantCode, Quarter, Sentence, UsdCents};

use crate::{
    ReturnLine,
    production::{Declaration, ProductionRow, RowPlace},
    return_line::{type_of, type_word},
};

pub use declared::*;
pub use postings::*;

const RECORD_RETURN: Sql = sql!("record_return");
const RETURN_IS_DECLARED: Sql = sql!("return_is_declared");
const RETURNS_KNOWN: Sql = sql!("returns_known");
const RESTATEMENTS: Sql = sql!("restatements");
const CERTIFICATE_COUNTS_KNOWN: Sql = sql!("certificate_counts_known");
const CELLS_KNOWN: Sql = sql!("cells_known");
const CELLS: Sql = sql!("cells");
const CERTIFICATE_COUNTS: Sql = sql!("certificate_counts");
const PROBLEMS: Sql = sql!("problems");

/// One row to record.
pub(crate) struct ReturnRow<'a> {
    pub(crate) code: ParticipantCode,
    pub(crate) name: &'a str,
    pub(crate) half: Half,
    pub(crate) line: ReturnLine,
    pub(crate) created: Option<Date>,
    pub(crate) modified: Option<Date>,
    pub(crate) source: &'a str,
    pub(crate) file: &'a str,
    pub(crate) file_row: u32,
}

pub(crate) fn record_return(tx: &mut Tx<'_>, entry: &Entry, order: usize, row: &ReturnRow<'_>) -> Result<()> {
    let declaration = if row.line.declaration == Declaration::Production { "production" } else { "nil" };
    tx.execute(
        RECORD_RETURN,
        &[
            i64::try_from(entry.position)?.into(),
            i64::try_from(order)?.into(),
            row.code.as_str().into(),
            row.name.into(),
            (&row.half.to_string()).into(),
            declaration.into(),
            type_word(row.line.production_type).into(),
            row.line.carats.hundredths().into(),
            row.line.value.cents().into(),
            row.created.map(|d| d.to_string()).as_ref().into(),
            row.modified.map(|d| d.to_string()).as_ref().into(),
            row.source.into(),
            row.file.into(),
            i64::from(row.file_row).into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn is_declared(tx: &mut Tx<'_>, code: ParticipantCode, half: Half) -> Result<bool> {
    let count: i64 =
        tx.one(RETURN_IS_DECLARED, &[code.as_str().into(), (&half.to_string()).into()], |row| row.get(0))?;
    Ok(count > 0)
}

/// Production returns as they were known at an instant: of several statements about one participant's half, the last
/// one recorded by then. Closes L53: "what did 2008 look like when the plenary of November 2009 decided?"
///
/// # Errors
/// Where the database fails.
pub fn returns_as_known_on(tx: &mut Tx<'_>, known_at: Timestamp) -> Result<Vec<ProductionRow>> {
    tx.rows(RETURNS_KNOWN, &[(&whole_second(known_at)).into()], production_row)
}

/// Statements carry whole seconds, and texts are compared: a fraction would stand before the bare second.
pub(crate) fn whole_second(known_at: Timestamp) -> String {
    let floor = jiff::TimestampRound::new().smallest(jiff::Unit::Second).mode(jiff::RoundMode::Floor);
    known_at.round(floor).unwrap_or(known_at).to_string()
}

fn production_row(row: &Row<'_>) -> Result<ProductionRow> {
    let (code, name): (ParticipantCode, String) = (row.word(0)?, row.get(1)?);
    let declaration: String = row.get(3)?;
    let production_type: String = row.get(4)?;
    let (source, file): (String, String) = (row.get(9)?, row.get(10)?);
    Ok(ProductionRow {
        participant: code,
        participant_name: if name.is_empty() { code.to_string() } else { name },
        half: row.word(2)?,
        declaration: if declaration == "nil" { Declaration::NoProduction } else { Declaration::Production },
        production_type: type_of(&production_type).context("a production type in the table is unknown")?,
        carats: Carats::from_hundredths(row.get(5)?),
        value: UsdCents::from_cents(row.get(6)?),
        created: row.optional_word(7)?,
        modified: row.optional_word(8)?,
        public: None,
        place: RowPlace {
            file: if file.is_empty() { source } else { file },
            sheet: None,
            row: u32::try_from(row.get::<i64>(11)?)?,
        },
    })
}

/// A half that was declared more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restatement {
    /// Whose return.
    pub participant: ParticipantCode,
    /// For which half.
    pub half: Half,
    /// Known since.
    pub recorded_at: Timestamp,
    /// Carats of this version.
    pub carats: Carats,
    /// Value of this version.
    pub value: UsdCents,
}

/// Every version of every half that was declared more than once, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn restatements(tx: &mut Tx<'_>) -> Result<Vec<Restatement>> {
    tx.rows(RESTATEMENTS, &[], |row| {
        Ok(Restatement {
            participant: row.word(0)?,
            half: row.word(1)?,
            recorded_at: row.word(2)?,
            carats: Carats::from_hundredths(row.get(3)?),
            value: UsdCents::from_cents(row.get(4)?),
        })
    })
}

/// All cells as they were known at an instant, by participant, flow, quarter, partner, class.
///
/// # Errors
/// Where the database fails.
pub fn cells_as_known_on(tx: &mut Tx<'_>, known_at: Timestamp) -> Result<Vec<Cell>> {
    tx.rows(CELLS_KNOWN, &[(&whole_second(known_at)).into()], cell)
}

fn cell(row: &Row<'_>) -> Result<Cell> {
    Ok(Cell {
        participant: row.word(0)?,
        flow: row.get(1)?,
        partner: row.word(2)?,
        quarter: row.word(3)?,
        hs: row.word(4)?,
        carats: Carats::from_hundredths(row.get(5)?),
        value: UsdCents::from_cents(row.get(6)?),
        shipments: row.get(7)?,
    })
}

/// One Annex III cell, counted from the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Whose figure.
    pub participant: ParticipantCode,
    /// `export` or `import`.
    pub flow: String,
    /// Destination, or provenance.
    pub partner: ParticipantCode,
    /// Which quarter.
    pub quarter: Quarter,
    /// Which class.
    pub hs: HsCode,
    /// Carats.
    pub carats: Carats,
    /// Value, US$.
    pub value: UsdCents,
    /// How many shipments.
    pub shipments: i64,
}

/// All cells, by participant, flow, quarter, partner, class.
///
/// # Errors
/// Where the database fails.
pub fn cells(tx: &mut Tx<'_>) -> Result<Vec<Cell>> {
    tx.rows(CELLS, &[], cell)
}

/// How many certificates a participant validated, or received with imports, in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateCount {
    /// Whose count.
    pub participant: ParticipantCode,
    /// Which quarter.
    pub quarter: Quarter,
    /// `validated` or `received`.
    pub what: String,
    /// How many.
    pub certificates: i64,
}

/// All certificate counts, by participant and quarter.
///
/// # Errors
/// Where the database fails.
pub fn certificate_counts(tx: &mut Tx<'_>) -> Result<Vec<CertificateCount>> {
    tx.rows(CERTIFICATE_COUNTS, &[], certificate_count)
}

/// All certificate counts as they were known at an instant.
///
/// # Errors
/// Where the database fails.
pub fn certificate_counts_as_known_on(tx: &mut Tx<'_>, known_at: Timestamp) -> Result<Vec<CertificateCount>> {
    tx.rows(CERTIFICATE_COUNTS_KNOWN, &[(&whole_second(known_at)).into()], certificate_count)
}

fn certificate_count(row: &Row<'_>) -> Result<CertificateCount> {
    Ok(CertificateCount {
        participant: row.word(0)?,
        quarter: row.word(1)?,
        what: row.get(2)?,
        certificates: row.get(3)?,
    })
}

/// What could not be counted, with the position of its entry.
///
/// # Errors
/// Where the database fails.
pub fn problems(tx: &mut Tx<'_>) -> Result<Vec<(u64, Sentence)>> {
    tx.rows(PROBLEMS, &[], |row| Ok((u64::try_from(row.get::<i64>(0)?)?, kp_trade::kept(row.get(1)?))))
}
