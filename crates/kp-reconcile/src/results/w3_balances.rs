//! W3: does a participant's year balance? Opening stock, production and imports against exports and closing stock (L03).
//!
//! Exports are what it certified, by year of issue; imports what it confirmed, by year of arrival.

use std::{collections::BTreeMap, path::Path};

use crate::{
    certificates::RouteClass,
    failure::Failure,
    results::w1_quarters::{Key, Sides},
    sheet::{Sheet, Written},
    table::Sink,
    values::code_text,
};

/// Hundredths of carats by participant and year.
pub(crate) type ByYear = BTreeMap<(u32, i64), i64>;

/// Takes production rows.
#[derive(Debug, Default)]
pub(crate) struct ProductionSink(pub(crate) ByYear);

impl Sink for ProductionSink {
    fn row(&mut self, values: &[i64]) {
        *self.0.entry((values[0] as u32, values[1])).or_default() += values[2];
    }
}

/// Takes stocks: participant, year, opening, closing.
#[derive(Debug, Default)]
pub(crate) struct StockSink(pub(crate) Vec<(u32, i64, i64, i64)>);

impl Sink for StockSink {
    fn row(&mut self, values: &[i64]) {
        self.0.push((values[0] as u32, values[1], values[2], values[3]));
    }
}

/// One participant's year, in hundredths of carats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The participant's two letters.
    pub participant: [u8; 2],
    /// The year.
    pub year: i64,
    /// Opening stock, as declared.
    pub opening: i64,
    /// Production, as declared.
    pub production: i64,
    /// What it confirmed.
    pub imports: i64,
    /// What it certified.
    pub exports: i64,
    /// Closing stock, as declared.
    pub closing: i64,
}

impl Balance {
    /// What is left over; below zero where more went out, or is in stock, than came in.
    pub fn residual(&self) -> i64 {
        self.opening + self.production + self.imports - self.exports - self.closing
    }

    /// More went out or is in stock than came in, by more than two percent of what came in.
    pub fn is_flagged(&self) -> bool {
        let came_in = i128::from(self.opening + self.production + self.imports);
        i128::from(-self.residual()) * 100 > 2 * came_in
    }
}

/// One balance for each row of stocks, in the order of the file.
pub(crate) fn balances(
    stocks: &[(u32, i64, i64, i64)],
    production: &ByYear,
    rows: &BTreeMap<Key, Sides>,
) -> Vec<Balance> {
    let (mut exports, mut imports) = (ByYear::new(), ByYear::new());
    for ((quarter, route, _), sides) in rows {
        let year = i64::from(quarter / 4);
        *exports.entry((RouteClass::exporter_of(*route), year)).or_default() += sides.certified[1];
        *imports.entry((RouteClass::importer_of(*route), year)).or_default() += sides.confirmed[1];
    }
    let of = |map: &ByYear, key| map.get(&key).copied().unwrap_or_default();
    let mut stocks = stocks.to_vec();
    stocks.sort_unstable();
    stocks
        .into_iter()
        .map(|(participant, year, opening, closing)| Balance {
            participant: code_text(participant),
            year,
            opening,
            production: of(production, (participant, year)),
            imports: of(&imports, (participant, year)),
            exports: of(&exports, (participant, year)),
            closing,
        })
        .collect()
}

/// Writes `w3.csv`.
pub(crate) fn write(folder: &Path, balances: &[Balance]) -> Result<Written, Failure> {
    let header = "participant,year,opening,production,imports,exports,closing,residual,flag";
    let mut sheet = Sheet::begin(folder, "w3.csv", header)?;
    for balance in balances {
        let Balance { participant, year, opening, production, imports, exports, closing } = *balance;
        sheet.text(&participant).ints(&[year, opening, production, imports, exports, closing]);
        sheet.int(balance.residual()).int(i64::from(balance.is_flagged())).end()?;
    }
    sheet.finish()
}
