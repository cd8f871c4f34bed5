//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{EntriesTakenOver, Entry, Statement};

use crate::{
    accept_blanks::{self, BlanksAccepted},
    accept_correction::{self, CorrectionAccepted},
    allot_range::{self, RangeAllotted},
    apply_for_certificate::{self, ApplicationReceived},
    approve_certificate::{self, CertificateApproved},
    condemn_blanks::{self, BlanksCondemned},
    confirm_receipt::{self, ReceiptConfirmed},
    cure_application::{self, ApplicationCured},
    decide_seizure::{self, SeizureDecided},
    depart_shipment::{self, ShipmentDeparted},
    destroy_blanks::{self, BlanksDestroyed},
    detain_shipment::{self, ShipmentDetained},
    dispose_forfeited::{self, ForfeitedDisposed},
    dispose_seized_goods::{self, SeizedGoodsDisposed},
    draft_certificate::{self, CertificateDrafted},
    drop_confirmation::{self, ConfirmationDropped},
    find_deficiency::{self, DeficiencyFound},
    forfeit_goods::{self, GoodsForfeited},
    hand_over_blanks::{self, BlanksHandedOver},
    instruct_correction::{self, CorrectionInstructed},
    invalidate_certificate::{self, CertificateInvalidated},
    issue_certificate::{self, CertificateIssued},
    order_return::{self, ReturnOrdered},
    print_certificate::{self, CertificatePrinted},
    problems,
    receive_blanks::{self, BlanksReceived},
    receive_confirmations::{self, ConfirmationsReceived},
    record_arrival::{self, ArrivalRecorded},
    record_blanks_printed::{self, BlanksPrinted},
    record_pre_advice::{self, PreAdviceReceived},
    record_return::{self, ReturnRecorded},
    record_transit_entry::{self, TransitEntered},
    record_transit_exit::{self, TransitLeft},
    reject_application::{self, ApplicationRejected},
    release_seized::{self, SeizureLifted},
    release_shipment::{self, ShipmentReleased},
    replace_certificate::{self, CertificateReplaced},
    report_blanks_lost::{self, BlanksLost},
    report_blanks_spoiled::{self, BlanksSpoiled},
    report_counterfeit::{self, CounterfeitReported},
    report_difference::{self, DifferenceReported},
    report_paper::{self, PaperReported},
    return_certificate::{self, CertificateReturned},
    seize_goods::{self, GoodsSeized},
    seize_shipment::{self, ShipmentSeized},
    set_ageing::{self, AgeingSet},
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
    "trade_application_step",
    "trade_source",
    "trade_parcel",
    "trade_arrival_line",
    "trade_discrepancy",
    "trade_transit",
    "trade_holding",
    "trade_notice",
    "trade_correction",
    "trade_oddity",
    "trade_seized_lot",
    "trade_seized_lot_line",
    "trade_confirmation_row",
    "trade_ageing",
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
        PreAdviceReceived::KIND => record_pre_advice::apply(tx, entry),
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
        DeficiencyFound::KIND => find_deficiency::apply(tx, entry),
        ApplicationCured::KIND => cure_application::apply(tx, entry),
        ApplicationRejected::KIND => reject_application::apply(tx, entry),
        CertificateApproved::KIND => approve_certificate::apply(tx, entry),
        CertificateReplaced::KIND => replace_certificate::apply(tx, entry),
        CertificateInvalidated::KIND => invalidate_certificate::apply(tx, entry),
        CertificateReturned::KIND => return_certificate::apply(tx, entry),
        PaperReported::KIND => report_paper::apply(tx, entry),
        CounterfeitReported::KIND => report_counterfeit::apply(tx, entry),
        TransitEntered::KIND => record_transit_entry::apply(tx, entry),
        TransitLeft::KIND => record_transit_exit::apply(tx, entry),
        ShipmentDetained::KIND => detain_shipment::apply(tx, entry),
        ShipmentReleased::KIND => release_shipment::apply(tx, entry),
        ReturnOrdered::KIND => order_return::apply(tx, entry),
        ReturnRecorded::KIND => record_return::apply(tx, entry),
        ShipmentSeized::KIND => seize_shipment::apply(tx, entry),
        SeizureLifted::KIND => release_seized::apply(tx, entry),
        GoodsForfeited::KIND => forfeit_goods::apply(tx, entry),
        ForfeitedDisposed::KIND => dispose_forfeited::apply(tx, entry),
        GoodsSeized::KIND => seize_goods::apply(tx, entry),
        SeizureDecided::KIND => decide_seizure::apply(tx, entry),
        SeizedGoodsDisposed::KIND => dispose_seized_goods::apply(tx, entry),
        CorrectionInstructed::KIND => instruct_correction::apply(tx, entry),
        CorrectionAccepted::KIND => accept_correction::apply(tx, entry),
        ConfirmationsReceived::KIND => receive_confirmations::apply(tx, entry),
        AgeingSet::KIND => set_ageing::apply(tx, entry),
        ConfirmationDropped::KIND => drop_confirmation::apply(tx, entry),
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
         DELETE FROM trade_problem; \
         DELETE FROM trade_application_step; \
         DELETE FROM trade_source; \
         DELETE FROM trade_parcel; \
         DELETE FROM trade_arrival_line; \
         DELETE FROM trade_discrepancy; \
         DELETE FROM trade_transit; \
         DELETE FROM trade_holding; \
         DELETE FROM trade_notice; \
         DELETE FROM trade_correction; \
         DELETE FROM trade_oddity; \
         DELETE FROM trade_seized_lot; \
         DELETE FROM trade_seized_lot_line; \
         DELETE FROM trade_confirmation_row; \
         DELETE FROM trade_ageing;",
    )
}
