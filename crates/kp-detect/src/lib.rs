//! Detectors: questions with evidence, from the log and from declared series.
//!
//! Derived: findings can be deleted and worked out again. A finding never changes a certificate, a licence or a
//! balance, and never accuses: it produces questions.

pub mod detector_doc;
pub mod finding;
pub mod production;
pub mod stream;
pub mod trade;
