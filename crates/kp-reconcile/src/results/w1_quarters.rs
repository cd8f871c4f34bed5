//! W1: certificates and confirmations side by side, by quarter, route and class.
//!
//! The first look of the Working Group on Statistics: what the exporter certified and the importer confirmed, before any
//! number is matched.

use std::{collections::BTreeMap, path::Path};

use crate::{
    certificates::{Amounts, RouteClass},
    failure::Failure,
    sheet::{Sheet, Written},
    tally::Tally,
};

/// One row: both sides of a quarter, route and class.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sides {
    pub(crate) certified: Amounts,
    pub(crate) confirmed: Amounts,
}

/// Quarter, route, HS code.
pub(crate) type Key = (u16, u32, i32);

/// All rows, in the order of the file.
pub(crate) fn rows(
    certified: &Tally<Amounts>,
    confirmed: &Tally<Amounts>,
    hs_codes: &[i32],
) -> BTreeMap<Key, Sides> {
    let mut rows = BTreeMap::<Key, Sides>::new();
    for (key, sums) in certified.sorted() {
        rows.entry(key_of(key, hs_codes)).or_default().certified = sums;
    }
    for (key, sums) in confirmed.sorted() {
        rows.entry(key_of(key, hs_codes)).or_default().confirmed = sums;
    }
    rows
}

/// Quarter, route and HS code from the key of a sum.
pub(crate) fn key_of(key: u64, hs_codes: &[i32]) -> Key {
    let route_class = RouteClass(key as u32);
    ((key >> 32) as u16, route_class.route(), hs_codes[route_class.hs() as usize])
}

/// Writes `w1.csv`.
pub(crate) fn write(folder: &Path, rows: &BTreeMap<Key, Sides>) -> Result<Written, Failure> {
    let header = "year,quarter,exporter,importer,hs,x_n,x_cc,x_vc,m_n,m_cc,m_vc";
    let mut sheet = Sheet::begin(folder, "w1.csv", header)?;
    for ((quarter, route, hs), sides) in rows {
        sheet.int(i64::from(quarter / 4)).int(i64::from(quarter % 4) + 1).route(*route).int(i64::from(*hs));
        sheet.ints(&sides.certified).ints(&sides.confirmed).end()?;
    }
    sheet.finish()
}
