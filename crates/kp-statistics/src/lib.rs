//! Annex III: production returns, trade cells, what was known when.
//!
//! Owns the tables `statistics_*`. Derived: everything here rebuilds from the log. Writes nothing else.

pub mod production;
pub mod series;
