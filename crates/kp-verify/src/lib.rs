//! Certificate, receipt and lists into one verdict with a sentence, offline.
//!
//! Four states and one reason first (rulings 20; security 1.6): never a bare tick, never silence, always the age of the
//! trust data. The order of the reasons is the order in which [`Reason`] lists them; the strongest state wins, and within
//! it the first reason is the sentence. Pure: no clock, disk, network or randomness. It never decides what happens to the
//! goods: that is an officer's act.

#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::float_arithmetic, clippy::indexing_slicing))]

mod check;
mod facts;
mod judge;
mod presented;
mod reason;
mod say;
mod trust_data;
mod verdict;

pub use check::{Bulk, CheckKey, Reference, SignatureCheck};
pub use judge::{verify, verify_with};
pub use kp_language::Language;
pub use presented::{Clock, Code, OnPaper, Presented, Seen, Sighting};
pub use reason::{NextStep, Reason, State};
pub use say::Speaker;
pub use trust_data::{FRESH_DAYS, LONGEST_DAYS, TrustData};
pub use verdict::{TrustAge, Verdict};
