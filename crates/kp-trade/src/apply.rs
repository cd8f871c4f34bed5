//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};

use crate::{
    apply_for_certificate::{self, ApplicationReceived},
    confirm_receipt::{self, ReceiptConfirmed},
    depart_shipment::{self, ShipmentDeparted},
    draft_certificate::{self, CertificateDrafted},
    issue_certificate::{self, CertificateIssued},
    print_certificate::{self, CertificatePrinted},
    record_arrival::{self, ArrivalRecorded},
    report_difference::{self, DifferenceReported},
    sign_certificate,
    validate_certificate::{self, CertificateValidated},
};

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &[
    "trade_application",
    "trade_line",
    "trade_certificate",
    "trade_arrival",
    "trade_confirmation",
    "trade_credential",
    "trade_print",
];

/// Brings one entry into the tables. Entries of other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        ApplicationReceived::KIND => apply_for_certificate::apply(tx, entry),
        CertificateDrafted::KIND => draft_certificate::apply(tx, entry),
        CertificateIssued::KIND => issue_certificate::apply(tx, entry),
        kp_log::CREDENTIAL_SIGNED => sign_certificate::apply(tx, entry),
        CertificatePrinted::KIND => print_certificate::apply(tx, entry),
        CertificateValidated::KIND => validate_certificate::apply(tx, entry),
        ShipmentDeparted::KIND => depart_shipment::apply(tx, entry),
        ArrivalRecorded::KIND => record_arrival::apply(tx, entry),
        ReceiptConfirmed::KIND => confirm_receipt::apply(tx, entry),
        DifferenceReported::KIND => report_difference::apply(tx, entry),
        _ => Ok(()),
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM trade_application; \
         DELETE FROM trade_line; \
         DELETE FROM trade_certificate; \
         DELETE FROM trade_arrival; \
         DELETE FROM trade_confirmation; \
         DELETE FROM trade_credential; \
         DELETE FROM trade_print;",
    )
}
