//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};

use crate::{
    explain_difference::{self, DifferenceExplained},
    open_lot::{self, LotOpened},
    open_value::{self, ValueOpened},
    record_dissent::{self, DissentRecorded},
    record_price_book::{self, PriceBookRecorded},
    record_weighing::{self, WeighingRecorded},
    submit_value::{self, ValueSubmitted},
};

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &[
    "valuation_lot",
    "valuation_goods",
    "valuation_value",
    "valuation_value_line",
    "valuation_weighing",
    "valuation_explanation",
    "valuation_dissent",
    "valuation_price_book",
    "valuation_band",
];

/// Brings one entry into the tables. Entries of other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        LotOpened::KIND => open_lot::apply(tx, entry),
        ValueSubmitted::KIND => submit_value::apply(tx, entry),
        ValueOpened::KIND => open_value::apply(tx, entry),
        WeighingRecorded::KIND => record_weighing::apply(tx, entry),
        DifferenceExplained::KIND => explain_difference::apply(tx, entry),
        DissentRecorded::KIND => record_dissent::apply(tx, entry),
        PriceBookRecorded::KIND => record_price_book::apply(tx, entry),
        _ => Ok(()),
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM valuation_lot; \
         DELETE FROM valuation_goods; \
         DELETE FROM valuation_value; \
         DELETE FROM valuation_value_line; \
         DELETE FROM valuation_weighing; \
         DELETE FROM valuation_explanation; \
         DELETE FROM valuation_dissent; \
         DELETE FROM valuation_price_book; \
         DELETE FROM valuation_band;",
    )
}
