//! Detectors: questions with evidence, from the log and from declared series.
