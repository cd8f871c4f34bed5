//! Detectors: questions with evidence, from the log and from declared series.
//!
//! Derived: findings can be deleted and worked out again; the one act here sets a threshold. A finding never changes a certificate, a licence or a
//! balance, and never accuses: it produces questions.

pub mod detector_doc;
pub mod finding;
pub mod production;
pub mod set_detector_threshold;
pub mod stream;
pub mod trade;
