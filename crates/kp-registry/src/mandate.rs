//! A mandate: an exporter lets a broker file applications in its name, for some destinations, up to some weight and value,
//! until a day. It always ends; either side may end it before.
//!
//! peers 24 (K8): what agents ask other systems for in vain. Annex II.17: the application is the exporter's, whoever carries it.

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::{Carats, ParticipantCode, UsdCents};

const MANDATE_BY_REFERENCE: Sql = sql!("mandate_by_reference");
const MANDATES_OF_LICENCE: Sql = sql!("mandates_of_licence");

/// A mandate as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Its reference.
    pub mandate: String,
    /// Whose licences these are.
    pub participant: ParticipantCode,
    /// The exporter's licence.
    pub licence_number: String,
    /// The broker's.
    pub broker: String,
    /// To whom goods may go; to all where none is named.
    pub destinations: Vec<ParticipantCode>,
    /// Most carats of all applications under it together.
    pub most_carats: Option<Carats>,
    /// Most US$ of all applications under it together.
    pub most_value: Option<UsdCents>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// The day on which somebody ended it before that.
    pub ended_on: Option<Date>,
}

impl Mandate {
    /// Whether it serves on a day: not before its first, not after its last, and not from the day on which it was ended.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_until && self.ended_on.is_none_or(|ended| day < ended)
    }

    /// Whether goods may go there under it.
    pub fn covers(&self, destination: ParticipantCode) -> bool {
        self.destinations.is_empty() || self.destinations.contains(&destination)
    }
}

/// The mandate of this reference.
///
/// # Errors
/// Where the database fails.
pub fn mandate_by_reference(tx: &mut Tx<'_>, mandate: &str) -> Result<Option<Mandate>> {
    tx.optional(MANDATE_BY_REFERENCE, &[mandate.into()], read)
}

/// The mandates that a licence gave or has, by reference.
///
/// # Errors
/// Where the database fails.
pub fn mandates_of_licence(tx: &mut Tx<'_>, licence_number: &str) -> Result<Vec<Mandate>> {
    tx.rows(MANDATES_OF_LICENCE, &[licence_number.into()], read)
}

fn read(row: &Row<'_>) -> Result<Mandate> {
    let destinations: String = row.get(4)?;
    let codes = destinations.split_whitespace().map(|code| code.parse().with_context(|| code.to_owned()));
    Ok(Mandate {
        mandate: row.get(0)?,
        participant: row.word(1)?,
        licence_number: row.get(2)?,
        broker: row.get(3)?,
        destinations: codes.collect::<Result<_>>()?,
        most_carats: row.get::<Option<i64>>(5)?.map(Carats::from_hundredths),
        most_value: row.get::<Option<i64>>(6)?.map(UsdCents::from_cents),
        valid_from: row.word(7)?,
        valid_until: row.word(8)?,
        ended_on: row.optional_word(9)?,
    })
}
