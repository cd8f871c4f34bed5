//! The life of a certificate: application, draft, issue, seal and validation, departure, transit, arrival, confirmation,
//! and everything that can go otherwise.
//!
//! Owns the tables `trade_*`. One file per act; `ls` of this folder is what people can do here, and each file names its
//! statement. What an act does to a certificate in each state is one table, [`moves`], which the acts ask and which is
//! written out below. Asks the rooms of parcels and values before it drafts, issues and seals; moves parcels through their
//! room's functions only. Never opens a case, never counts statistics.
//!
//! Recording an arrival is never refused for what it says (rulings 13): it is evidence. Confirming is.
//!
#![doc = include_str!("../../../docs/certificate-moves.md")]

pub mod accept_blanks;
pub mod accept_correction;
pub mod allot_range;
pub mod apply_for_certificate;
pub mod approve_certificate;
pub mod condemn_blanks;
pub mod confirm_receipt;
pub mod count_blanks;
pub mod cure_application;
pub mod decide_seizure;
pub mod depart_shipment;
pub mod destroy_blanks;
pub mod detain_shipment;
pub mod dispose_forfeited;
pub mod dispose_seized_goods;
pub mod draft_certificate;
pub mod drop_confirmation;
pub mod file_application;
mod filing;
pub mod find_deficiency;
pub mod forfeit_goods;
pub mod hand_over_blanks;
pub mod instruct_correction;
pub mod invalidate_certificate;
pub mod issue_certificate;
pub mod moves;
pub mod order_return;
pub mod print_certificate;
pub mod receive_blanks;
pub mod receive_confirmations;
pub mod record_arrival;
pub mod record_blanks_printed;
pub mod record_confirmation;
pub mod record_pre_advice;
pub mod record_return;
pub mod record_transit_entry;
pub mod record_transit_exit;
pub mod reject_application;
pub mod release_seized;
pub mod release_shipment;
pub mod replace_certificate;
pub mod report_blanks_lost;
pub mod report_blanks_spoiled;
pub mod report_counterfeit;
pub mod report_difference;
pub mod report_paper;
pub mod return_certificate;
pub mod rules;
pub mod seize_goods;
pub mod seize_shipment;
pub mod set_ageing;
pub mod validate_certificate;
pub mod withdraw_range;

mod apply;
mod blank_stock;
mod came_by;
mod confirmation_queue;
mod corrected_field;
mod held_goods;
mod holding_state;
mod kept;
mod kind;
mod line;
mod missing;
mod number_range;
mod parcel_line;
mod problems;
mod queries;
mod series;
mod sign_certificate;
mod source_draw;
mod state;
mod still_missing;
#[cfg(test)]
mod testing;

pub use apply::{DESK_INDEXES, TABLES, apply, clear, reads};
pub use blank_stock::{BlankPiece, BlankPlace, blank_of_number, blanks_of_participant, numbers_missing};
pub use came_by::{CameBy, RowState};
pub use confirmation_queue::{
    QueuedConfirmation, RowId, confirmation_row_by_id, confirmation_rows, numbers_answered_at, row_counts,
    rows_of_number as confirmation_rows_of_number, rows_of_statement as confirmation_rows_of_statement,
    said_anew as confirmations_said_anew,
};
pub use corrected_field::CorrectedField;
pub use filing::{Filing, filing_of_application, filings_of_licence};
pub use holding_state::{HoldingState, NoticeOf, TransitEnd};
pub use kept::{as_kept, keep, kept};
pub use kind::{CertificateKind, Channel, Purpose};
pub use line::Line;
pub use missing::Missing;
pub use number_range::NumberRange;
pub use parcel_line::ParcelLine;
pub use problems::{Problem, problem_at, problems, set_aside_among};
pub use queries::*;
pub use rules::discrepancy::{Discrepancy, DiscrepancyCode};
pub use rules::drawn_as_held::{may_be_odd, oddity_at};
pub use series::{Range, number_for, ranges_of_participant};
pub use set_ageing::{Ageing, AgeingStep, ageing_at};
pub use source_draw::SourceDraw;
pub use state::{ApplicationState, CertificateState};
pub use still_missing::{StillMissing, still_missing};
