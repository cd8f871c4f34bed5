//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};

use crate::{
    accept_parcel::{self, ParcelAccepted},
    adjust_parcel::{self, WeightAdjusted},
    agree_adjustment::{self, AdjustmentAgreed},
    hand_over_parcel::{self, ParcelHandedOver},
    mix_parcels::{self, ParcelsMixed},
    record_audit::{self, AuditRecorded},
    record_parcel::{self, ParcelRecorded},
    seize_parcel::{self, ParcelSeized},
    split_parcel::{self, ParcelSplit},
};

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &[
    "custody_parcel",
    "custody_source",
    "custody_share",
    "custody_link",
    "custody_regrouping",
    "custody_handover",
    "custody_adjustment",
    "custody_audit",
    "custody_claim",
];

/// Brings one entry into the tables. Entries of other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        ParcelRecorded::KIND => record_parcel::apply(tx, entry),
        ParcelSplit::KIND => split_parcel::apply(tx, entry),
        ParcelsMixed::KIND => mix_parcels::apply(tx, entry),
        ParcelHandedOver::KIND => hand_over_parcel::apply(tx, entry),
        ParcelAccepted::KIND => accept_parcel::apply(tx, entry),
        WeightAdjusted::KIND => adjust_parcel::apply(tx, entry),
        AdjustmentAgreed::KIND => agree_adjustment::apply(tx, entry),
        ParcelSeized::KIND => seize_parcel::apply(tx, entry),
        AuditRecorded::KIND => record_audit::apply(tx, entry),
        _ => Ok(()),
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM custody_parcel; \
         DELETE FROM custody_source; \
         DELETE FROM custody_share; \
         DELETE FROM custody_link; \
         DELETE FROM custody_regrouping; \
         DELETE FROM custody_handover; \
         DELETE FROM custody_adjustment; \
         DELETE FROM custody_audit; \
         DELETE FROM custody_claim;",
    )
}
