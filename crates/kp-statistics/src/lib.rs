//! Annex III: production returns, trade cells, what was known when.
//!
//! Owns the tables `statistics_*`. Returns are statements (`return_submitted`, `return_declared`, `returns_loaded`) and
//! every version is kept; which are due, and what the node does about those that do not come, is `calendar`; cells are derived from departures and arrivals and can be thrown away. Writes nothing else.

pub mod annex_table;
pub mod approve_period;
pub mod begin_calendar;
pub mod calendar;
pub mod count;
pub mod customs;
pub mod declare_return;
pub mod explore;
pub mod figure;
pub mod load_returns;
pub mod open_period;
pub mod outstanding;
pub mod production;
pub mod reconcile;
pub mod register;
pub mod return_cells;
pub mod return_comment;
pub mod return_rules;
pub mod sandbox;
pub mod series;
pub mod submit_return;

mod apply;
mod queries;
mod return_line;
#[cfg(test)]
mod testing;

pub use annex_table::AnnexTable;
pub use apply::{TABLES, apply, clear};
pub use queries::*;
pub use return_line::ReturnLine;
