//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{EntriesTakenOver, Entry, Statement};

use crate::{
    accept_blanks::{self, BlanksAccepted},
    allot_range::{self, RangeAllotted},
    apply_for_certificate::{self, ApplicationReceived},
    condemn_blanks::{self, BlanksCondemned},
    confirm_receipt::{self, ReceiptConfirmed},
    depart_shipment::{self, ShipmentDeparted},
    destroy_blanks::{self, BlanksDestroyed},
    draft_certificate::{self, CertificateDrafted},
    hand_over_blanks::{self, BlanksHandedOver},
    issue_certificate::{self, CertificateIssued},
    print_certificate::{self, CertificatePrinted},
    problems,
    receive_blanks::{self, BlanksReceived},
    record_arrival::{self, ArrivalRecorded},
    record_blanks_printed::{self, BlanksPrinted},
    report_blanks_lost::{self, BlanksLost},
    report_blanks_spoiled::{self, BlanksSpoiled},
    report_difference::{self, DifferenceReported},
    sign_certificate,
    validate_certificate::{self, CertificateValidated},
    withdraw_range::{self, RangeWithdrawn},
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
    "trade_range",
    "trade_blank",
    "trade_problem",
];

/// Brings one entry into the tables, where it fits what is there; what does not is recorded as a problem. Entries of
/// other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    if problems::set_aside(tx, entry)? {
        return Ok(());
    }
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
        RangeAllotted::KIND => allot_range::apply(tx, entry),
        RangeWithdrawn::KIND => withdraw_range::apply(tx, entry),
        EntriesTakenOver::KIND => withdraw_range::apply_taken_over(tx, entry),
        BlanksPrinted::KIND => record_blanks_printed::apply(tx, entry),
        BlanksReceived::KIND => receive_blanks::apply(tx, entry),
        BlanksHandedOver::KIND => hand_over_blanks::apply(tx, entry),
        BlanksAccepted::KIND => accept_blanks::apply(tx, entry),
        BlanksSpoiled::KIND => report_blanks_spoiled::apply(tx, entry),
        BlanksLost::KIND => report_blanks_lost::apply(tx, entry),
        BlanksCondemned::KIND => condemn_blanks::apply(tx, entry),
        BlanksDestroyed::KIND => destroy_blanks::apply(tx, entry),
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
         DELETE FROM trade_print; \
         DELETE FROM trade_range; \
         DELETE FROM trade_blank; \
         DELETE FROM trade_problem;",
    )
}
