//! Questions about declared returns: figures as they were known, which returns have come, every version.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_terms::{Carats, Date, ParticipantCode, Period, UsdCents};

use super::{returns_as_known_on, whole_second};
use crate::{
    AnnexTable,
    figure::{Counted, Figure},
    production::Declaration,
    return_line::type_of,
};

const DECLARED_KNOWN: Sql = sql!("declared_known");
const DECLARATIONS: Sql = sql!("declarations");
const VERSIONS_DECLARED: Sql = sql!("versions_declared");
const FORCED_OF_RETURN: Sql = sql!("forced_of_return");
const COMMENTS_OF_RETURN: Sql = sql!("comments_of_return");

/// The last instant of a civil day, UTC, as texts are compared.
fn end_of(day: Date) -> String {
    format!("{day}T23:59:59Z")
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

/// What a return says of single figures: each with the figure it is about.
///
/// # Errors
/// Where the database fails.
pub fn comments_of_return(tx: &mut Tx<'_>, position: u64) -> Result<Vec<(String, String)>> {
    tx.rows(COMMENTS_OF_RETURN, &[i64::try_from(position)?.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}
