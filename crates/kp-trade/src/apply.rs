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
    count_blanks::BlanksCounted,
    cure_application::{self, ApplicationCured},
    decide_seizure::{self, SeizureDecided},
    depart_shipment::{self, ShipmentDeparted},
    destroy_blanks::{self, BlanksDestroyed},
    detain_shipment::{self, ShipmentDetained},
    dispose_forfeited::{self, ForfeitedDisposed},
    dispose_seized_goods::{self, SeizedGoodsDisposed},
    draft_certificate::{self, CertificateDrafted},
    drop_confirmation::{self, ConfirmationDropped},
    file_application::{self, ApplicationFiled},
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
    "trade_filing",
];

/// Indexes that only desks and pages ask by; while everything is worked out again nobody does, and a certificate changes its
/// state six times in its life.
pub const DESK_INDEXES: &[&str] = &[
    "trade_application_exporter_from",
    "trade_application_exporter_to",
    "trade_application_importer_from",
    "trade_application_importer_to",
    "trade_application_licence",
    "trade_application_state",
    "trade_certificate_departed",
    "trade_certificate_from",
    "trade_certificate_serial",
    "trade_certificate_state",
    "trade_certificate_state_from",
    "trade_certificate_state_to",
    "trade_certificate_to",
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
    apply_kind(tx, entry)
}

/// One list of the statements of this room: what each does to the tables, and whether a body reads as one of them.
macro_rules! statements {
    ($($statement:ident => $apply:path,)+) => {
        fn apply_kind(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
            match entry.kind.as_str() {
                $($statement::KIND => $apply(tx, entry),)+
                kp_log::CREDENTIAL_SIGNED => sign_certificate::apply(tx, entry),
                _ => Ok(()),
            }
        }

        /// Whether the body of an entry reads as what its kind says. What arrives from elsewhere may not; whoever looks at
        /// entries asks this first. Of other rooms' entries nothing is said: they read.
        pub fn reads(entry: &Entry) -> bool {
            match entry.kind.as_str() {
                $($statement::KIND => entry.reads_as::<$statement>(),)+
                // A count moves no sheet; the detectors read it.
                BlanksCounted::KIND => entry.reads_as::<BlanksCounted>(),
                _ => true,
            }
        }
    };
}

statements! {
    ApplicationReceived => apply_for_certificate::apply,
    ApplicationFiled => file_application::apply,
    CertificateDrafted => draft_certificate::apply,
    CertificateIssued => issue_certificate::apply,
    CertificatePrinted => print_certificate::apply,
    CertificateValidated => validate_certificate::apply,
    ShipmentDeparted => depart_shipment::apply,
    ArrivalRecorded => record_arrival::apply,
    PreAdviceReceived => record_pre_advice::apply,
    ReceiptConfirmed => confirm_receipt::apply,
    DifferenceReported => report_difference::apply,
    RangeAllotted => allot_range::apply,
    RangeWithdrawn => withdraw_range::apply,
    EntriesTakenOver => withdraw_range::apply_taken_over,
    BlanksPrinted => record_blanks_printed::apply,
    BlanksReceived => receive_blanks::apply,
    BlanksHandedOver => hand_over_blanks::apply,
    BlanksAccepted => accept_blanks::apply,
    BlanksSpoiled => report_blanks_spoiled::apply,
    BlanksLost => report_blanks_lost::apply,
    BlanksCondemned => condemn_blanks::apply,
    BlanksDestroyed => destroy_blanks::apply,
    DeficiencyFound => find_deficiency::apply,
    ApplicationCured => cure_application::apply,
    ApplicationRejected => reject_application::apply,
    CertificateApproved => approve_certificate::apply,
    CertificateReplaced => replace_certificate::apply,
    CertificateInvalidated => invalidate_certificate::apply,
    CertificateReturned => return_certificate::apply,
    PaperReported => report_paper::apply,
    CounterfeitReported => report_counterfeit::apply,
    TransitEntered => record_transit_entry::apply,
    TransitLeft => record_transit_exit::apply,
    ShipmentDetained => detain_shipment::apply,
    ShipmentReleased => release_shipment::apply,
    ReturnOrdered => order_return::apply,
    ReturnRecorded => record_return::apply,
    ShipmentSeized => seize_shipment::apply,
    SeizureLifted => release_seized::apply,
    GoodsForfeited => forfeit_goods::apply,
    ForfeitedDisposed => dispose_forfeited::apply,
    GoodsSeized => seize_goods::apply,
    SeizureDecided => decide_seizure::apply,
    SeizedGoodsDisposed => dispose_seized_goods::apply,
    CorrectionInstructed => instruct_correction::apply,
    CorrectionAccepted => accept_correction::apply,
    ConfirmationsReceived => receive_confirmations::apply,
    AgeingSet => set_ageing::apply,
    ConfirmationDropped => drop_confirmation::apply,
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
         DELETE FROM trade_ageing; \
         DELETE FROM trade_filing;",
    )
}
