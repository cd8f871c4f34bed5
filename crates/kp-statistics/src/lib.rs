//! Annex III: production returns, trade cells, what was known when.
//!
//! Owns the tables `statistics_*`. Returns are statements (`return_submitted`, `returns_loaded`) and every version is
//! kept; cells are derived from departures and arrivals and can be thrown away. Writes nothing else.

pub mod count;
pub mod load_returns;
pub mod production;
pub mod series;
pub mod submit_return;

mod apply;
mod queries;
mod return_line;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use queries::*;
pub use return_line::ReturnLine;
