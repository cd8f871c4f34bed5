//! Verdicts: one row for each reason, every altered bit, two libraries against each other, and the languages.

mod languages;
mod mutations;
mod table;
mod world;
