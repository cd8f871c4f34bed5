//! Questions about figures, one thin typed function per statement in `sql/`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Entry;
use kp_terms::{Carats, Date, Half, HsCode, ParticipantCode, Period, Quarter, UsdCents};

use crate::{
    AnnexTable, ReturnLine,
    figure::{Counted, Figure},
    production::{Declaration, ProductionRow, RowPlace},
    return_line::{type_of, type_word},
};

const RECORD_RETURN: Sql = sql!("record_return");
const RETURN_IS_DECLARED: Sql = sql!("return_is_declared");
const RETURNS_KNOWN: Sql = sql!("returns_known");
const RESTATEMENTS: Sql = sql!("restatements");
const DECLARED_KNOWN: Sql = sql!("declared_known");
const DECLARATIONS: Sql = sql!("declarations");
const VERSIONS_DECLARED: Sql = sql!("versions_declared");
const FORCED_OF_RETURN: Sql = sql!("forced_of_return");
const POSTINGS_KNOWN: Sql = sql!("postings_known");
const PRESENTATIONS_KNOWN: Sql = sql!("presentations_known");
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
fn whole_second(known_at: Timestamp) -> String {
    let floor = jiff::TimestampRound::new().smallest(jiff::Unit::Second).mode(jiff::RoundMode::Floor);
    known_at.round(floor).unwrap_or(known_at).to_string()
}

/// The last instant of a civil day, UTC, as texts are compared.
fn end_of(day: Date) -> String {
    format!("{day}T23:59:59Z")
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

/// One declared figure as it was known at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Whose return.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
    /// The figure; nothing in a nil return.
    pub figure: Option<Figure>,
    /// Known since.
    pub recorded_at: Timestamp,
    /// The statement's place in the log.
    pub position: u64,
}

/// Declared figures of every table as they were known at an instant, of one participant and table or (none) of all.
/// Production that was loaded from a file stands in [`returns_as_known_on`].
///
/// # Errors
/// Where the database fails.
pub fn declared_as_known_on(
    tx: &mut Tx<'_>,
    known_at: Timestamp,
    participant: Option<ParticipantCode>,
    table: Option<AnnexTable>,
) -> Result<Vec<Declared>> {
    let code = participant.map(|code| code.to_string()).unwrap_or_default();
    let table = table.map(AnnexTable::word).unwrap_or_default();
    tx.rows(DECLARED_KNOWN, &[(&whole_second(known_at)).into(), (&code).into(), table.into()], |row| {
        let counted: Option<String> = row.get(9)?;
        let counted =
            counted.map(|what| if what == "validated" { Counted::Validated } else { Counted::Received });
        let count = row.get::<Option<i64>>(10)?.map(u32::try_from).transpose()?;
        let figure = Figure {
            partner: row.optional_word(4)?,
            hs: row.optional_word(5)?,
            production_type: type_of(&row.get::<String>(6)?)
                .context("a production type in the table is unknown")?,
            carats: Carats::from_hundredths(row.get(7)?),
            value: UsdCents::from_cents(row.get(8)?),
            certificates: counted.zip(count),
            visibility: row.word(11)?,
        };
        let is_nil = row.get::<String>(3)? == "nil";
        Ok(Declared {
            participant: row.word(0)?,
            table: row.word(1)?,
            period: row.word(2)?,
            figure: (!is_nil).then_some(figure),
            recorded_at: row.word(12)?,
            position: u64::try_from(row.get::<i64>(13)?)?,
        })
    })
}

/// Every period that a participant has returned a table for, with the figures in force.
///
/// # Errors
/// Where the database fails.
pub fn history(
    tx: &mut Tx<'_>,
    participant: ParticipantCode,
    table: AnnexTable,
) -> Result<BTreeMap<Period, Vec<Figure>>> {
    let mut history: BTreeMap<Period, Vec<Figure>> = BTreeMap::new();
    if table == AnnexTable::Production {
        for row in
            returns_as_known_on(tx, Timestamp::MAX)?.into_iter().filter(|r| r.participant == participant)
        {
            let figure = Figure { production_type: row.production_type, ..Figure::of(row.carats, row.value) };
            let of_half = history.entry(Period::Half(row.half)).or_default();
            of_half.extend((row.declaration == Declaration::Production).then_some(figure));
        }
        return Ok(history);
    }
    for declared in declared_as_known_on(tx, Timestamp::MAX, Some(participant), Some(table))? {
        history.entry(declared.period).or_default().extend(declared.figure);
    }
    Ok(history)
}

/// How often a table was declared for a period, and when first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaring {
    /// The day of the first version.
    pub first_on: Date,
    /// How many versions.
    pub versions: u32,
    /// Whether the version in force is nil.
    pub is_nil: bool,
}

/// Which returns have come by the end of a day.
///
/// # Errors
/// Where the database fails.
pub fn declarations(
    tx: &mut Tx<'_>,
    day: Date,
) -> Result<BTreeMap<(ParticipantCode, AnnexTable, Period), Declaring>> {
    let rows = tx.rows(DECLARATIONS, &[(&end_of(day)).into()], |row| {
        let first_at: Timestamp = row.word(3)?;
        let versions = u32::try_from(row.get::<i64>(4)?)?;
        let declaring = Declaring { first_on: kp_log::day_of(first_at), versions, is_nil: false };
        Ok(((row.word(0)?, row.word(1)?, row.word(2)?), declaring))
    })?;
    let mut all: BTreeMap<(ParticipantCode, AnnexTable, Period), Declaring> = rows.into_iter().collect();
    let known_at: Timestamp = end_of(day).parse()?;
    for declared in declared_as_known_on(tx, known_at, None, None)?.iter().filter(|d| d.figure.is_none()) {
        let key = (declared.participant, declared.table, declared.period);
        all.entry(key).and_modify(|declaring| declaring.is_nil = true);
    }
    for row in
        returns_as_known_on(tx, known_at)?.iter().filter(|r| r.declaration == Declaration::NoProduction)
    {
        let key = (row.participant, AnnexTable::Production, Period::Half(row.half));
        all.entry(key).and_modify(|declaring| declaring.is_nil = true);
    }
    Ok(all)
}

/// One version of a declared return, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Whose return.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
    /// Known since.
    pub recorded_at: Timestamp,
    /// Why it was sent again; empty for the first.
    pub reason: String,
    /// The statement's place in the log.
    pub position: u64,
    /// Carats of all its figures.
    pub carats: Carats,
    /// Value of all its figures.
    pub value: UsdCents,
    /// Certificates of all its figures.
    pub certificates: i64,
}

/// Every version of every return that was declared here, oldest first: what was restated, when, from what, to what, why.
///
/// # Errors
/// Where the database fails.
pub fn versions_declared(tx: &mut Tx<'_>) -> Result<Vec<Version>> {
    tx.rows(VERSIONS_DECLARED, &[], |row| {
        Ok(Version {
            participant: row.word(0)?,
            table: row.word(1)?,
            period: row.word(2)?,
            recorded_at: row.word(3)?,
            reason: row.get(4)?,
            position: u64::try_from(row.get::<i64>(5)?)?,
            carats: Carats::from_hundredths(row.get(6)?),
            value: UsdCents::from_cents(row.get(7)?),
            certificates: row.get(8)?,
        })
    })
}

/// The warnings that were forced in a return, each with its rule and reason.
///
/// # Errors
/// Where the database fails.
pub fn forced_of_return(tx: &mut Tx<'_>, position: u64) -> Result<Vec<(String, String)>> {
    tx.rows(FORCED_OF_RETURN, &[i64::try_from(position)?.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

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

/// What could not be counted, with the position of its entry.
///
/// # Errors
/// Where the database fails.
pub fn problems(tx: &mut Tx<'_>) -> Result<Vec<(u64, String)>> {
    tx.rows(PROBLEMS, &[], |row| Ok((u64::try_from(row.get::<i64>(0)?)?, row.get(1)?)))
}
