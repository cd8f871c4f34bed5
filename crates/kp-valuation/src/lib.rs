//! What a lot is worth: up to three values, blind until all are in; price books; weighings at three points; dissent.
//!
//! Owns the tables `valuation_*`. Its statements: `lot_opened`, `value_submitted`, `value_opened`, `weighing_recorded`,
//! `difference_explained`, `dissent_recorded`, `price_book_recorded`. Closes L15 and L18 together with the room of
//! certificates, which asks [`valued_lot`] before it issues and seals. Knows an application by its reference only, and no
//! certificate. Never shows one valuer another's value before all are in, and holds nothing from which it could
//! (docs/decisions/0009-blind-values.md).

pub mod explain_difference;
pub mod open_lot;
pub mod open_value;
pub mod record_dissent;
pub mod record_price_book;
pub mod record_weighing;
pub mod rules;
pub mod submit_value;

mod apply;
mod lines;
mod lot;
mod queries;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use lines::{Band, Goods, Sort, ValueLine};
pub use lot::{Explanation, Lot, Matter, Party, Point, Stage, Value, Weighing};
pub use queries::*;

/// Most characters of a lot's reference: it stands in the published commitment. Ours.
pub(crate) const LONGEST_REFERENCE: usize = 24;
