//! Questions about lots, one thin typed function per statement in `sql/`, and what a lot's values come to.

mod pairs;

use std::collections::BTreeMap;

use anyhow::Result;
use kp_db::{Row, Sql, Tx, sql};
use kp_registry::{NationalRule, rule_on};
use kp_terms::{Carats, Date, HsCode, ParticipantCode, UsdCents};

use crate::{Band, Explanation, Goods, Lot, Party, Stage, Value, ValueLine, Weighing, rules::spread};

pub use pairs::{PairSpread, spread_by_pair};

const LOT_BY_REFERENCE: Sql = sql!("lot_by_reference");
const LOTS_OF_APPLICATION: Sql = sql!("lots_of_application");
const LOTS_OF_PARTICIPANT: Sql = sql!("lots_of_participant");
const LOTS_NOT_OPEN: Sql = sql!("lots_not_open");
const GOODS_OF_LOT: Sql = sql!("goods_of_lot");
const VALUES_OF_LOT: Sql = sql!("values_of_lot");
const VALUE_LINES_OF_LOT: Sql = sql!("value_lines_of_lot");
const WEIGHINGS_OF_LOT: Sql = sql!("weighings_of_lot");
const EXPLANATIONS_OF_LOT: Sql = sql!("explanations_of_lot");
const DISSENTS_OF_LOT: Sql = sql!("dissents_of_lot");
const DISSENTS_OF_PARTICIPANT: Sql = sql!("dissents_of_participant");
const PRICE_BOOKS_OF_PARTICIPANT: Sql = sql!("price_books_of_participant");
const BANDS_OF_PRICE_BOOK: Sql = sql!("bands_of_price_book");

/// A price book as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceBook {
    /// Its version.
    pub version: String,
    /// First day on which it is used.
    pub effective_from: Date,
    /// SHA-256 of the book.
    pub sha256: String,
    /// Its bands, by class and size.
    pub bands: Vec<Band>,
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dissent {
    /// Place of the statement in the log.
    pub position: u64,
    /// Which lot.
    pub lot: String,
    /// The objection.
    pub words: String,
    /// Who objects.
    pub dissented_by: String,
    /// When.
    pub dissented_on: Date,
}

/// A line of an open value outside the band of its price book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Whose value.
    pub party: Party,
    /// Condition of the goods.
    pub stage: Stage,
    /// The line.
    pub line: ValueLine,
    /// Carats of it.
    pub carats: Carats,
    /// The band it lies outside of.
    pub band: Band,
    /// Version of the book.
    pub price_book: String,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the {} value of US$ {} for {} ct of {} ({}) lies outside US$ {} to {} per carat of price book {}",
            self.party,
            self.line.value,
            self.carats,
            self.line.sort,
            self.stage,
            self.band.low,
            self.band.high,
            self.price_book
        )
    }
}

/// What the values of a lot come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assessment {
    /// Some required values are not in.
    Missing(Vec<Party>),
    /// All are in; these are not open yet.
    Sealed(Vec<Party>),
    /// All are open.
    Open {
        /// The highest value: what tax is paid on and what the certificate states at least.
        tax_base: UsdCents,
        /// The highest value by customs class, in the order of the classes.
        by_class: Vec<(HsCode, UsdCents)>,
        /// Spread in hundredths of a percent of the highest; nothing for a single value.
        spread: Option<u32>,
    },
}

/// What the values of a lot come to, at the last stage at which it was valued.
pub fn assess(lot: &Lot) -> Assessment {
    let stage = lot.stage();
    let missing = lot.missing_at(stage);
    if !missing.is_empty() {
        return Assessment::Missing(missing);
    }
    let sealed: Vec<Party> =
        lot.values_at(stage).filter(|value| value.opened_on.is_none()).map(|value| value.party).collect();
    if !sealed.is_empty() {
        return Assessment::Sealed(sealed);
    }
    let totals: Vec<UsdCents> = lot.values_at(stage).filter_map(Value::total).collect();
    // Of equal values the first: exporter, government, independent.
    let highest =
        lot.values_at(stage).reduce(|best, value| if value.total() > best.total() { value } else { best });
    let mut by_class: BTreeMap<HsCode, UsdCents> = BTreeMap::new();
    for line in highest.map(|value| value.lines.as_slice()).unwrap_or_default() {
        let sum = by_class.entry(line.sort.hs).or_default();
        *sum = sum.checked_add(line.value).unwrap_or(*sum);
    }
    Assessment::Open {
        tax_base: totals.iter().max().copied().unwrap_or_default(),
        by_class: by_class.into_iter().collect(),
        spread: spread::basis_points(&totals),
    }
}

fn lot(row: &Row<'_>) -> Result<Lot> {
    Ok(Lot {
        lot: row.get(0)?,
        participant: row.word(1)?,
        application: row.get(2)?,
        licence_number: row.get(3)?,
        required: u32::try_from(row.get::<i64>(4)?)?,
        opened_on: row.word(5)?,
        opened_by: row.get(6)?,
        goods: Vec::new(),
        values: Vec::new(),
        weighings: Vec::new(),
        explanations: Vec::new(),
    })
}

/// The lot with this reference.
///
/// # Errors
/// Where the database fails.
pub fn lot_by_reference(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Lot>> {
    let found = tx.optional(LOT_BY_REFERENCE, &[reference.into()], lot)?;
    found.map(|lot| with_contents(tx, lot)).transpose()
}

/// Every lot that was opened for an application, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn lots_of_application(tx: &mut Tx<'_>, application: &str) -> Result<Vec<Lot>> {
    let found = tx.rows(LOTS_OF_APPLICATION, &[application.into()], lot)?;
    found.into_iter().map(|lot| with_contents(tx, lot)).collect()
}

/// The lot that counts for an application: the one opened last.
///
/// # Errors
/// Where the database fails.
pub fn valued_lot(tx: &mut Tx<'_>, application: &str) -> Result<Option<Lot>> {
    Ok(lots_of_application(tx, application)?.pop())
}

/// Every lot of a participant, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn lots_of_participant(tx: &mut Tx<'_>, participant: ParticipantCode) -> Result<Vec<Lot>> {
    let found = tx.rows(LOTS_OF_PARTICIPANT, &[participant.as_str().into()], lot)?;
    found.into_iter().map(|lot| with_contents(tx, lot)).collect()
}

/// Of the newest lots of a participant, so many, those of which not all values are in and open; the oldest first.
///
/// # Errors
/// Where the database fails.
pub fn lots_not_open(tx: &mut Tx<'_>, participant: ParticipantCode, newest: u32) -> Result<Vec<Lot>> {
    let params = [participant.as_str().into(), i64::from(newest).into()];
    let found = tx.rows(LOTS_NOT_OPEN, &params, lot)?;
    found.into_iter().map(|lot| with_contents(tx, lot)).collect()
}

fn with_contents(tx: &mut Tx<'_>, mut lot: Lot) -> Result<Lot> {
    let reference = lot.lot.clone();
    lot.goods = tx.rows(GOODS_OF_LOT, &[(&reference).into()], |row| {
        format!("{} {}", row.get::<String>(0)?, Carats::from_hundredths(row.get(1)?))
            .parse::<Goods>()
            .map_err(Into::into)
    })?;
    lot.values = tx.rows(VALUES_OF_LOT, &[(&reference).into()], value)?;
    let lines = tx.rows(VALUE_LINES_OF_LOT, &[(&reference).into()], |row| {
        let line: ValueLine =
            format!("{} {}", row.get::<String>(2)?, UsdCents::from_cents(row.get(3)?)).parse()?;
        Ok((row.word::<Stage>(0)?, row.word::<Party>(1)?, line))
    })?;
    for (stage, party, line) in lines {
        if let Some(value) = lot.values.iter_mut().find(|v| v.stage == stage && v.party == party) {
            value.lines.push(line);
        }
    }
    lot.weighings = tx.rows(WEIGHINGS_OF_LOT, &[(&reference).into()], weighing)?;
    lot.explanations = tx.rows(EXPLANATIONS_OF_LOT, &[(&reference).into()], |row| {
        Ok(Explanation {
            matter: row.word(0)?,
            figures: row.get(1)?,
            explanation: row.get(2)?,
            explained_by: row.get(3)?,
        })
    })?;
    Ok(lot)
}

fn value(row: &Row<'_>) -> Result<Value> {
    Ok(Value {
        stage: row.word(0)?,
        party: row.word(1)?,
        valued_by: row.get(2)?,
        key_id: row.get(3)?,
        sealed_at: row.get(4)?,
        commitment: row.get(5)?,
        sealed: row.get(6)?,
        price_book: row.get(7)?,
        opened_on: row.optional_word(8)?,
        lines: Vec::new(),
    })
}

fn weighing(row: &Row<'_>) -> Result<Weighing> {
    Ok(Weighing {
        point: row.word(0)?,
        carats: Carats::from_hundredths(row.get(1)?),
        scale: row.get(2)?,
        photo: row.get(3)?,
        weighed_by: row.get(4)?,
        weighed_on: row.word(5)?,
    })
}

/// Every objection to a lot, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn dissents_of_lot(tx: &mut Tx<'_>, lot: &str) -> Result<Vec<Dissent>> {
    tx.rows(DISSENTS_OF_LOT, &[lot.into()], dissent)
}

/// Every objection in a participant's offices, in the order of the log: what reviewers read.
///
/// # Errors
/// Where the database fails.
pub fn dissents_of_participant(tx: &mut Tx<'_>, participant: ParticipantCode) -> Result<Vec<Dissent>> {
    tx.rows(DISSENTS_OF_PARTICIPANT, &[participant.as_str().into()], dissent)
}

/// Every objection to any lot of an application: it goes with the certificate's record and a court's extract.
///
/// # Errors
/// Where the database fails.
pub fn dissents_of_application(tx: &mut Tx<'_>, application: &str) -> Result<Vec<Dissent>> {
    let mut all = Vec::new();
    for lot in lots_of_application(tx, application)? {
        all.extend(dissents_of_lot(tx, &lot.lot)?);
    }
    Ok(all)
}

fn dissent(row: &Row<'_>) -> Result<Dissent> {
    Ok(Dissent {
        position: u64::try_from(row.get::<i64>(0)?)?,
        lot: row.get(1)?,
        words: row.get(2)?,
        dissented_by: row.get(3)?,
        dissented_on: row.word(4)?,
    })
}

/// Every price book of a participant, in the order of their versions.
///
/// # Errors
/// Where the database fails.
pub fn price_books_of_participant(tx: &mut Tx<'_>, participant: ParticipantCode) -> Result<Vec<PriceBook>> {
    let mut books = tx.rows(PRICE_BOOKS_OF_PARTICIPANT, &[participant.as_str().into()], |row| {
        Ok(PriceBook {
            version: row.get(0)?,
            effective_from: row.word(1)?,
            sha256: row.get(2)?,
            bands: Vec::new(),
        })
    })?;
    for book in &mut books {
        book.bands =
            tx.rows(BANDS_OF_PRICE_BOOK, &[participant.as_str().into(), (&book.version).into()], |row| {
                let (low, high) = (UsdCents::from_cents(row.get(1)?), UsdCents::from_cents(row.get(2)?));
                format!("{} {low} {high}", row.get::<String>(0)?).parse::<Band>().map_err(Into::into)
            })?;
    }
    Ok(books)
}

/// The lines of a lot's open values that lie outside the bands of the price books they were made with.
///
/// # Errors
/// Where the database fails.
pub fn warnings_of_lot(tx: &mut Tx<'_>, lot: &Lot) -> Result<Vec<Warning>> {
    let books = price_books_of_participant(tx, lot.participant)?;
    Ok(warnings(lot, &books))
}

fn warnings(lot: &Lot, books: &[PriceBook]) -> Vec<Warning> {
    let mut found = Vec::new();
    for value in &lot.values {
        let Some(book) = books.iter().find(|book| Some(&book.version) == value.price_book.as_ref()) else {
            continue;
        };
        for line in &value.lines {
            let carats = lot.goods.iter().find(|goods| goods.sort == line.sort).map(|goods| goods.carats);
            let band = book.bands.iter().find(|band| band.sort == line.sort);
            let (Some(carats), Some(band)) = (carats, band) else { continue };
            if !band.holds(carats, line.value) {
                found.push(Warning {
                    party: value.party,
                    stage: value.stage,
                    line: line.clone(),
                    carats,
                    band: band.clone(),
                    price_book: book.version.clone(),
                });
            }
        }
    }
    found
}

/// The largest spread, in whole percent, that needs no explanation in a participant's offices on a day.
///
/// # Errors
/// Where the database fails.
pub fn spread_limit_on(tx: &mut Tx<'_>, participant: ParticipantCode, day: Date) -> Result<u32> {
    let sets = kp_registry::national_rules_of_participant(tx, participant)?;
    Ok(rule_on(&sets, NationalRule::SpreadLimit, day).parse()?)
}

#[cfg(test)]
mod tests {
    use super::{Assessment, PriceBook, assess, warnings};
    use crate::{Party, Stage, Value, testing::*};

    /// L15: a published triple.
    #[test]
    fn the_highest_of_three_is_the_tax_base() {
        let mut lot = lot();
        lot.required = 3;
        assert_eq!(
            assess(&lot),
            Assessment::Missing(vec![Party::Exporter, Party::Government, Party::Independent])
        );
        lot.values = vec![
            value(Party::Exporter, "xa-clerk-1", "601701.00"),
            value(Party::Government, "xa-valuer-1", "648540.00"),
        ];
        assert_eq!(assess(&lot), Assessment::Missing(vec![Party::Independent]));
        let open = value(Party::Independent, "xa-independent-1", "659925.00");
        lot.values.push(Value { opened_on: None, ..open.clone() });
        assert_eq!(assess(&lot), Assessment::Sealed(vec![Party::Independent]));
        lot.values[2] = open;
        let usd = |text: &str| text.parse().unwrap();
        let expected = Assessment::Open {
            tax_base: usd("659925.00"),
            by_class: vec![("7102.31".parse().unwrap(), usd("659925.00"))],
            spread: Some(882),
        };
        assert_eq!(assess(&lot), expected);
        // Cleaned, it is valued anew.
        lot.values
            .push(Value { stage: Stage::Cleaned, ..value(Party::Government, "xa-valuer-1", "1300000.00") });
        assert_eq!(assess(&lot), Assessment::Missing(vec![Party::Exporter, Party::Independent]));
    }

    #[test]
    fn a_value_outside_the_band_of_its_own_book_warns() {
        let mut lot = lot();
        let book = |version: &str, band: &str| PriceBook {
            version: version.into(),
            effective_from: day("2026-01-01"),
            sha256: String::new(),
            bands: vec![band.parse().unwrap()],
        };
        let books = [book("2025-01", "7102.31 1.00 2.00"), book("2026-01", "7102.31 100.00 900.00")];
        let valued = |usd: &str, version: Option<&str>| Value {
            price_book: version.map(Into::into),
            ..value(Party::Government, "xa-valuer-1", usd)
        };
        lot.values = vec![valued("12090.00", Some("2026-01"))];
        assert_eq!(warnings(&lot, &books), []);
        lot.values = vec![valued("12089.99", Some("2026-01")), valued("12089.99", None)];
        let found = warnings(&lot, &books);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string(),
            "the government value of US$ 12089.99 for 120.90 ct of 7102.31 (as-presented) lies outside US$ 100.00 to \
             900.00 per carat of price book 2026-01"
        );
        // Classes that the book does not know say nothing.
        lot.goods = vec!["7102.31 small 120.90".parse().unwrap()];
        lot.values[0].lines = vec!["7102.31 small 1.00".parse().unwrap()];
        assert_eq!(warnings(&lot, &books), []);
    }
}
