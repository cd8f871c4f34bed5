//! The life of a certificate: application, draft, issue, seal and validation, departure, arrival, confirmation.
//!
//! Owns the tables `trade_*`. Its statements: `application_received`, `certificate_drafted`, `certificate_issued`,
//! `certificate_validated`, `shipment_departed`, `arrival_recorded`, `receipt_confirmed`, `difference_reported`. One
//! file per act; `ls` of this folder is what people can do here. Asks the rooms of parcels and values before it drafts,
//! issues and seals; moves parcels through their room's functions only. Never opens a case, never counts statistics.
//!
//! ```text
//! allowed moves   apply -> drafted -> issued -> validated -> departed -> arrived -> confirmed
//!                                                                               \-> confirmed_with_difference
//! ```
//!
//! Recording an arrival is never refused for what it says (rulings 13): it is evidence. Confirming is.

pub mod apply_for_certificate;
pub mod confirm_receipt;
pub mod depart_shipment;
pub mod draft_certificate;
pub mod issue_certificate;
pub mod record_arrival;
pub mod report_difference;
pub mod rules;
pub mod validate_certificate;

mod apply;
mod line;
mod queries;
mod state;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use line::Line;
pub use queries::*;
pub use state::CertificateState;
