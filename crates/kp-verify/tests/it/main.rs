//! Verdicts: one row for each reason, every altered bit, two libraries against each other, and the languages.

mod languages;
mod must_fail;
mod mutations;
mod table;
mod vectors;
mod world;
