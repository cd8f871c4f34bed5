//! Parcels, where their stones come from, and who holds them.
//!
//! Owns the tables `custody_*`. Its statements: `parcel_recorded`, `parcel_split`, `parcels_mixed`, `parcel_handed_over`,
//! `parcel_accepted`, `weight_adjusted`, `adjustment_agreed`, `parcel_seized`, `audit_recorded`. Closes L35 (splitting and
//! mixing keep the trail), L25 (zones are tested on the day of find and purchase) and, with the certificate, L36 (a mixed
//! origin keeps its composition). Knows no certificate: the room of certificates asks it and calls [`claim`], [`reserve`],
//! [`release`] and [`export`] while its own statements are applied. Postings that sum to zero come with the carat ledger.
//!
//! ```text
//! states of a parcel   held -> reserved (a certificate is drafted) -> exported (the shipment left)
//!                      held -> spent (split or mixed)      held, reserved -> seized
//! ```

pub mod accept_parcel;
pub mod adjust_parcel;
pub mod agree_adjustment;
pub mod hand_over_parcel;
pub mod mix_parcels;
pub mod record_audit;
pub mod record_parcel;
pub mod rules;
pub mod seize_parcel;
pub mod split_parcel;

mod apply;
mod claim;
mod output;
mod parcel;
mod queries;
mod regroup;
mod source;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use claim::{claim, export, release, reserve};
pub use output::Output;
pub use parcel::{Parcel, ParcelState, Share, origin_of};
pub use queries::*;
pub use source::{Source, SourceKind};

/// Most characters of a parcel's reference: it stands in the published commitment. Ours.
pub(crate) const LONGEST_REFERENCE: usize = 24;

/// Most carats of one parcel or source: 1,000,000,000.00 ct. Ours: the world digs some 120 million carats a year.
pub(crate) const MOST_CARATS: kp_terms::Carats = kp_terms::Carats::from_hundredths(100_000_000_000);
