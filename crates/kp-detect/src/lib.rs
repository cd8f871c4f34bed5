//! Detectors: questions with evidence, from the log and from declared series.

pub mod finding;
pub mod production;
