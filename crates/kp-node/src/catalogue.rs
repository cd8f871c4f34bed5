//! Every act there is, in one list. A new act is one file in its room and one line here.

use kp_registry::Role;
use kp_terms::Form;

use crate::act::{Act, read_and_do};

/// Each line: the role, what people call it, the crate and the file whose function of the same name does it, and the
/// request in that file, or with its path where it is another act's.
macro_rules! acts {
    ($($room:literal: $($role:ident $title:literal $krate:ident $act:ident $($request:ident)::+;)+)+) => {
        &[$($(Act {
            name: stringify!($act),
            title: $title,
            room: $room,
            role: Role::$role,
            fields: <acts!(@request $krate $act $($request)::+) as Form>::FIELDS,
            perform: |tx, desk, fields| {
                read_and_do::<acts!(@request $krate $act $($request)::+)>(tx, desk, fields, |tx, desk, request| {
                    $krate::$act::$act(tx, desk, request)
                })
            },
        },)+)+]
    };
    (@request $krate:ident $act:ident $request:ident) => { $krate::$act::$request };
    (@request $krate:ident $act:ident $($path:ident)::+) => { $krate::$($path)::+ };
}

/// All acts, by room.
pub const ACTS: &[Act] = acts! {
    "registry":
    Secretariat "Admit a participant" kp_registry admit_participant ParticipantAdmitted;
    Secretariat "Change a participant's standing" kp_registry change_standing StandingChanged;
    Administrator "Name an authority" kp_registry name_authority AuthorityNamed;
    Administrator "Name an officer" kp_registry name_officer OfficerNamed;
    Administrator "Register a key" kp_registry register_key KeyRegistered;
    Administrator "Withdraw a key" kp_registry withdraw_key KeyWithdrawn;
    Administrator "License an exporter" kp_registry license_exporter ExporterLicensed;
    Statistics "Record a production capacity" kp_registry record_capacity CapacityRecorded;
    Administrator "Set a national rule" kp_registry set_national_rule NationalRuleSet;
    Director "Set a refusal aside" kp_registry override_refusal RefusalOverridden;
    Trader "Grant a mandate" kp_registry grant_mandate MandateGranted;
    Trader "End a mandate" kp_registry end_mandate MandateEnded;

    "custody":
    Monitoring "Record an audit of a stockpile" kp_custody record_audit AuditRecorded;
    Clerk "Record a parcel" kp_custody record_parcel ParcelRecorded;
    Clerk "Split a parcel" kp_custody split_parcel Request;
    Clerk "Mix parcels" kp_custody mix_parcels Request;
    Clerk "Hand a parcel over" kp_custody hand_over_parcel Request;
    Clerk "Accept a parcel" kp_custody accept_parcel Request;
    Clerk "Adjust a weight" kp_custody adjust_parcel Request;
    Customs "Agree to an adjusted weight" kp_custody agree_adjustment Request;
    Customs "Seize a parcel" kp_custody seize_parcel Request;

    "valuation":
    Clerk "Open a lot for valuation" kp_valuation open_lot Request;
    Administrator "Record a price book" kp_valuation record_price_book PriceBookRecorded;
    Valuer "Submit a value" kp_valuation submit_value Request;
    Valuer "Open the own value" kp_valuation open_value Request;
    Valuer "Record a weighing" kp_valuation record_weighing Request;
    Approver "Explain a difference" kp_valuation explain_difference Request;
    Valuer "Record dissent" kp_valuation record_dissent Request;

    "registry":
    Administrator "Register an office" kp_registry register_office OfficeRegistered;

    "number":
    Administrator "Allot a range of numbers" kp_trade allot_range RangeAllotted;
    Administrator "Withdraw a range of numbers" kp_trade withdraw_range RangeWithdrawn;

    "blank":
    Storekeeper "Record printed blanks" kp_trade record_blanks_printed Request;
    Storekeeper "Receive blanks from the printer" kp_trade receive_blanks Request;
    Storekeeper "Hand over blanks" kp_trade hand_over_blanks Request;
    Storekeeper "Accept blanks" kp_trade accept_blanks Request;
    Storekeeper "Set spoilt blanks aside" kp_trade report_blanks_spoiled Request;
    Storekeeper "Report blanks lost or stolen" kp_trade report_blanks_lost Request;
    Storekeeper "Set blanks out to be destroyed" kp_trade condemn_blanks Request;
    Storekeeper "Witness that blanks were destroyed" kp_trade destroy_blanks Request;
    Storekeeper "Count blanks" kp_trade count_blanks Request;

    "registry":
    Administrator "Record a specimen of the paper" kp_registry record_specimen SpecimenRecorded;
    Custodian "Register a document key" kp_registry register_document_key DocumentKeyRegistered;
    Custodian "Witness a key ceremony" kp_registry witness_ceremony CeremonyWitnessed;
    Custodian "Retire a document key" kp_registry retire_document_key DocumentKeyRetired;
    Custodian "Report a compromised key" kp_registry report_key_compromise Request;
    Secretariat "End a membership" kp_registry end_membership MembershipEnded;
    Secretariat "Record a zone's state" kp_registry record_zone_state ZoneStateRecorded;
    Administrator "Record recognition" kp_registry record_recognition RecognitionRecorded;
    Monitoring "Record that a condition is met" kp_registry record_condition_met ConditionMet;

    "certificate":
    Clerk "Take an application" kp_trade apply_for_certificate ApplicationReceived;
    Trader "File an application" kp_trade file_application apply_for_certificate::ApplicationReceived;
    Clerk "Draft a certificate" kp_trade draft_certificate Request;
    Approver "Issue a certificate" kp_trade issue_certificate Request;
    Customs "Seal and validate" kp_trade validate_certificate Request;
    Clerk "Print a certificate" kp_trade print_certificate Request;
    Customs "Record a departure" kp_trade depart_shipment Request;
    Importer "Record a pre-advice" kp_trade record_pre_advice Request;
    Importer "Record an arrival" kp_trade record_arrival Request;
    Importer "Confirm a receipt" kp_trade confirm_receipt Request;
    Importer "Report a difference" kp_trade report_difference Request;
    Clerk "Find an application deficient" kp_trade find_deficiency Request;
    Clerk "Cure an application" kp_trade cure_application apply_for_certificate::ApplicationReceived;
    Approver "Reject an application" kp_trade reject_application Request;
    Approver "Approve a certificate first" kp_trade approve_certificate Request;
    Approver "Replace a certificate" kp_trade replace_certificate Request;
    Approver "Invalidate a certificate" kp_trade invalidate_certificate Request;
    Approver "Take unused paper back" kp_trade return_certificate Request;
    Approver "Report a paper lost, stolen or spoiled" kp_trade report_paper Request;
    Importer "Report a counterfeit" kp_trade report_counterfeit Request;
    Customs "Record a transit entry" kp_trade record_transit_entry Request;
    Customs "Record a transit exit" kp_trade record_transit_exit Request;
    Importer "Detain a shipment" kp_trade detain_shipment Request;
    Importer "Release a shipment" kp_trade release_shipment Request;
    Importer "Order a return" kp_trade order_return Request;
    Importer "Record a return" kp_trade record_return Request;
    Customs "Seize a shipment" kp_trade seize_shipment Request;
    Importer "Lift a seizure" kp_trade release_seized Request;
    Customs "Forfeit goods" kp_trade forfeit_goods Request;
    Importer "Dispose of forfeited goods" kp_trade dispose_forfeited Request;
    Customs "Seize goods without a certificate" kp_trade seize_goods Request;
    Importer "Decide a seizure" kp_trade decide_seizure Request;
    Importer "Dispose of seized goods" kp_trade dispose_seized_goods Request;
    Clerk "Record a confirmation from outside" kp_trade record_confirmation Request;
    Clerk "Drop a row of confirmations" kp_trade drop_confirmation Request;
    Statistics "Set the ageing of open certificates" kp_trade set_ageing AgeingSet;
    Approver "Instruct a correction" kp_trade instruct_correction Request;
    Importer "Accept a correction" kp_trade accept_correction Request;

    "statistics":
    FocalPoint "Submit a production return" kp_statistics submit_return ReturnSubmitted;
    Statistics "Set a detector's threshold" kp_detect set_detector_threshold Request;
    FocalPoint "Declare a return" kp_statistics declare_return ReturnDeclared;
    Statistics "Begin the calendar of returns" kp_statistics begin_calendar CalendarBegun;
    Statistics "Approve a period" kp_statistics approve_period Request;
    Statistics "Open a period again" kp_statistics open_period Request;

    "case":
    Statistics "Open a case" kp_cases open_case Request;
    Statistics "Ask again" kp_cases ask_question Request;
    FocalPoint "Answer a case" kp_cases answer_case Request;
    Statistics "Close a case" kp_cases close_case Request;
};

/// The act of this name; hyphens and underscores are the same.
pub fn act_by_name(name: &str) -> Option<&'static Act> {
    let name = name.replace('-', "_");
    ACTS.iter().find(|act| act.name == name)
}
