//! Verdicts: one row for each reason, every altered bit, two libraries against each other, and the languages.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]
#![allow(clippy::too_many_lines, reason = "tables of cases are read row by row")]

mod fates_in_order;
mod languages;
mod must_fail;
mod mutations;
mod table;
mod vectors;
mod world;
