//! The life of a certificate: application, draft, issue, seal and validation, departure, arrival, confirmation.
//!
//! Owns the tables `trade_*`. Its statements: `application_received`, `certificate_drafted`, `certificate_issued`,
//! `certificate_validated`, `shipment_departed`, `arrival_recorded`, `receipt_confirmed`, `difference_reported`;
//! of numbers and blank paper `range_allotted`, `range_withdrawn`, `blanks_printed`, `blanks_received`,
//! `blanks_handed_over`, `blanks_accepted`, `blanks_spoiled`, `blanks_lost`, `blanks_condemned`, `blanks_destroyed`,
//! `blanks_counted`. One
//! file per act; `ls` of this folder is what people can do here. Never opens a case, never counts statistics.
//!
//! ```text
//! allowed moves   apply -> drafted -> issued -> validated -> departed -> arrived -> confirmed
//!                                                                               \-> confirmed_with_difference
//! ```
//!
//! Recording an arrival is never refused for what it says (rulings 13): it is evidence. Confirming is.

pub mod accept_blanks;
pub mod allot_range;
pub mod apply_for_certificate;
pub mod condemn_blanks;
pub mod confirm_receipt;
pub mod count_blanks;
pub mod depart_shipment;
pub mod destroy_blanks;
pub mod draft_certificate;
pub mod hand_over_blanks;
pub mod issue_certificate;
pub mod receive_blanks;
pub mod record_arrival;
pub mod record_blanks_printed;
pub mod report_blanks_lost;
pub mod report_blanks_spoiled;
pub mod report_difference;
pub mod rules;
pub mod validate_certificate;
pub mod withdraw_range;

mod apply;
mod blank_stock;
mod line;
mod missing;
mod number_range;
mod problems;
mod queries;
mod series;
mod state;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use blank_stock::{BlankPiece, BlankPlace, blank_of_number, blanks_of_participant, numbers_missing};
pub use line::Line;
pub use missing::Missing;
pub use number_range::NumberRange;
pub use problems::{Problem, problem_at, problems};
pub use queries::*;
pub use series::{Range, number_for, ranges_of_participant};
pub use state::CertificateState;
