//! Every act there is, in one list. A new act is one file in its room and one line here.

use kp_registry::Role;
use kp_terms::Form;

use crate::act::{Act, read_and_do};

macro_rules! act {
    ($name:literal, $title:literal, $room:literal, $role:ident, $function:path, $request:ty) => {
        Act {
            name: $name,
            title: $title,
            room: $room,
            role: Role::$role,
            fields: <$request as Form>::FIELDS,
            perform: |tx, desk, fields| {
                read_and_do::<$request>(tx, desk, fields, |tx, desk, request| $function(tx, desk, request))
            },
        }
    };
}

mod goods;

/// All acts, by room.
pub const ACTS: &[Act] =
    &joined::<{ FIRST.len() + goods::ACTS.len() + SECOND.len() }>([FIRST, goods::ACTS, SECOND]);

/// Several lists as one, while the program is compiled.
const fn joined<const N: usize>(lists: [&[Act]; 3]) -> [Act; N] {
    let mut all = [lists[0][0]; N];
    let (mut list, mut at) = (0, 0);
    while list < lists.len() {
        let mut index = 0;
        while index < lists[list].len() {
            all[at] = lists[list][index];
            (index, at) = (index + 1, at + 1);
        }
        list += 1;
    }
    all
}

/// Who may act, and numbers and blank paper.
const FIRST: &[Act] = &[
    act!(
        "admit_participant",
        "Admit a participant",
        "registry",
        Secretariat,
        kp_registry::admit_participant::admit_participant,
        kp_registry::admit_participant::ParticipantAdmitted
    ),
    act!(
        "change_standing",
        "Change a participant's standing",
        "registry",
        Secretariat,
        kp_registry::change_standing::change_standing,
        kp_registry::change_standing::StandingChanged
    ),
    act!(
        "name_authority",
        "Name an authority",
        "registry",
        Administrator,
        kp_registry::name_authority::name_authority,
        kp_registry::name_authority::AuthorityNamed
    ),
    act!(
        "name_officer",
        "Name an officer",
        "registry",
        Administrator,
        kp_registry::name_officer::name_officer,
        kp_registry::name_officer::OfficerNamed
    ),
    act!(
        "register_key",
        "Register a key",
        "registry",
        Administrator,
        kp_registry::register_key::register_key,
        kp_registry::register_key::KeyRegistered
    ),
    act!(
        "withdraw_key",
        "Withdraw a key",
        "registry",
        Administrator,
        kp_registry::withdraw_key::withdraw_key,
        kp_registry::withdraw_key::KeyWithdrawn
    ),
    act!(
        "license_exporter",
        "License an exporter",
        "registry",
        Administrator,
        kp_registry::license_exporter::license_exporter,
        kp_registry::license_exporter::ExporterLicensed
    ),
    act!(
        "record_capacity",
        "Record a production capacity",
        "registry",
        Statistics,
        kp_registry::record_capacity::record_capacity,
        kp_registry::record_capacity::CapacityRecorded
    ),
    act!(
        "set_national_rule",
        "Set a national rule",
        "registry",
        Administrator,
        kp_registry::set_national_rule::set_national_rule,
        kp_registry::set_national_rule::NationalRuleSet
    ),
    act!(
        "override_refusal",
        "Set a refusal aside",
        "registry",
        Director,
        kp_registry::override_refusal::override_refusal,
        kp_registry::override_refusal::RefusalOverridden
    ),
    act!(
        "register_office",
        "Register an office",
        "registry",
        Administrator,
        kp_registry::register_office::register_office,
        kp_registry::register_office::OfficeRegistered
    ),
    act!(
        "allot_range",
        "Allot a range of numbers",
        "number",
        Administrator,
        kp_trade::allot_range::allot_range,
        kp_trade::allot_range::RangeAllotted
    ),
    act!(
        "withdraw_range",
        "Withdraw a range of numbers",
        "number",
        Administrator,
        kp_trade::withdraw_range::withdraw_range,
        kp_trade::withdraw_range::RangeWithdrawn
    ),
    act!(
        "record_blanks_printed",
        "Record printed blanks",
        "blank",
        Storekeeper,
        kp_trade::record_blanks_printed::record_blanks_printed,
        kp_trade::record_blanks_printed::Request
    ),
    act!(
        "receive_blanks",
        "Receive blanks from the printer",
        "blank",
        Storekeeper,
        kp_trade::receive_blanks::receive_blanks,
        kp_trade::receive_blanks::Request
    ),
    act!(
        "hand_over_blanks",
        "Hand over blanks",
        "blank",
        Storekeeper,
        kp_trade::hand_over_blanks::hand_over_blanks,
        kp_trade::hand_over_blanks::Request
    ),
    act!(
        "accept_blanks",
        "Accept blanks",
        "blank",
        Storekeeper,
        kp_trade::accept_blanks::accept_blanks,
        kp_trade::accept_blanks::Request
    ),
    act!(
        "report_blanks_spoiled",
        "Set spoilt blanks aside",
        "blank",
        Storekeeper,
        kp_trade::report_blanks_spoiled::report_blanks_spoiled,
        kp_trade::report_blanks_spoiled::Request
    ),
    act!(
        "report_blanks_lost",
        "Report blanks lost or stolen",
        "blank",
        Storekeeper,
        kp_trade::report_blanks_lost::report_blanks_lost,
        kp_trade::report_blanks_lost::Request
    ),
    act!(
        "condemn_blanks",
        "Set blanks out to be destroyed",
        "blank",
        Storekeeper,
        kp_trade::condemn_blanks::condemn_blanks,
        kp_trade::condemn_blanks::Request
    ),
    act!(
        "destroy_blanks",
        "Witness that blanks were destroyed",
        "blank",
        Storekeeper,
        kp_trade::destroy_blanks::destroy_blanks,
        kp_trade::destroy_blanks::Request
    ),
    act!(
        "count_blanks",
        "Count blanks",
        "blank",
        Storekeeper,
        kp_trade::count_blanks::count_blanks,
        kp_trade::count_blanks::Request
    ),
    act!(
        "record_specimen",
        "Record a specimen of the paper",
        "registry",
        Administrator,
        kp_registry::record_specimen::record_specimen,
        kp_registry::record_specimen::SpecimenRecorded
    ),
    act!(
        "register_document_key",
        "Register a document key",
        "registry",
        Custodian,
        kp_registry::register_document_key::register_document_key,
        kp_registry::register_document_key::DocumentKeyRegistered
    ),
    act!(
        "witness_ceremony",
        "Witness a key ceremony",
        "registry",
        Custodian,
        kp_registry::witness_ceremony::witness_ceremony,
        kp_registry::witness_ceremony::CeremonyWitnessed
    ),
    act!(
        "retire_document_key",
        "Retire a document key",
        "registry",
        Custodian,
        kp_registry::retire_document_key::retire_document_key,
        kp_registry::retire_document_key::DocumentKeyRetired
    ),
    act!(
        "report_key_compromise",
        "Report a compromised key",
        "registry",
        Custodian,
        kp_registry::report_key_compromise::report_key_compromise,
        kp_registry::report_key_compromise::Request
    ),
    act!(
        "end_membership",
        "End a membership",
        "registry",
        Secretariat,
        kp_registry::end_membership::end_membership,
        kp_registry::end_membership::MembershipEnded
    ),
    act!(
        "record_zone_state",
        "Record a zone's state",
        "registry",
        Secretariat,
        kp_registry::record_zone_state::record_zone_state,
        kp_registry::record_zone_state::ZoneStateRecorded
    ),
    act!(
        "record_recognition",
        "Record recognition",
        "registry",
        Administrator,
        kp_registry::record_recognition::record_recognition,
        kp_registry::record_recognition::RecognitionRecorded
    ),
    act!(
        "record_condition_met",
        "Record that a condition is met",
        "registry",
        Monitoring,
        kp_registry::record_condition_met::record_condition_met,
        kp_registry::record_condition_met::ConditionMet
    ),
];

/// A certificate's life, figures and cases.
const SECOND: &[Act] = &[
    act!(
        "apply_for_certificate",
        "Take an application",
        "certificate",
        Clerk,
        kp_trade::apply_for_certificate::apply_for_certificate,
        kp_trade::apply_for_certificate::ApplicationReceived
    ),
    act!(
        "draft_certificate",
        "Draft a certificate",
        "certificate",
        Clerk,
        kp_trade::draft_certificate::draft_certificate,
        kp_trade::draft_certificate::Request
    ),
    act!(
        "issue_certificate",
        "Issue a certificate",
        "certificate",
        Approver,
        kp_trade::issue_certificate::issue_certificate,
        kp_trade::issue_certificate::Request
    ),
    act!(
        "validate_certificate",
        "Seal and validate",
        "certificate",
        Customs,
        kp_trade::validate_certificate::validate_certificate,
        kp_trade::validate_certificate::Request
    ),
    act!(
        "print_certificate",
        "Print a certificate",
        "certificate",
        Clerk,
        kp_trade::print_certificate::print_certificate,
        kp_trade::print_certificate::Request
    ),
    act!(
        "depart_shipment",
        "Record a departure",
        "certificate",
        Customs,
        kp_trade::depart_shipment::depart_shipment,
        kp_trade::depart_shipment::Request
    ),
    act!(
        "record_arrival",
        "Record an arrival",
        "certificate",
        Importer,
        kp_trade::record_arrival::record_arrival,
        kp_trade::record_arrival::Request
    ),
    act!(
        "confirm_receipt",
        "Confirm a receipt",
        "certificate",
        Importer,
        kp_trade::confirm_receipt::confirm_receipt,
        kp_trade::confirm_receipt::Request
    ),
    act!(
        "report_difference",
        "Report a difference",
        "certificate",
        Importer,
        kp_trade::report_difference::report_difference,
        kp_trade::report_difference::Request
    ),
    act!(
        "find_deficiency",
        "Find an application deficient",
        "certificate",
        Clerk,
        kp_trade::find_deficiency::find_deficiency,
        kp_trade::find_deficiency::Request
    ),
    act!(
        "cure_application",
        "Cure an application",
        "certificate",
        Clerk,
        kp_trade::cure_application::cure_application,
        kp_trade::apply_for_certificate::ApplicationReceived
    ),
    act!(
        "reject_application",
        "Reject an application",
        "certificate",
        Approver,
        kp_trade::reject_application::reject_application,
        kp_trade::reject_application::Request
    ),
    act!(
        "approve_certificate",
        "Approve a certificate first",
        "certificate",
        Approver,
        kp_trade::approve_certificate::approve_certificate,
        kp_trade::approve_certificate::Request
    ),
    act!(
        "replace_certificate",
        "Replace a certificate",
        "certificate",
        Approver,
        kp_trade::replace_certificate::replace_certificate,
        kp_trade::replace_certificate::Request
    ),
    act!(
        "invalidate_certificate",
        "Invalidate a certificate",
        "certificate",
        Approver,
        kp_trade::invalidate_certificate::invalidate_certificate,
        kp_trade::invalidate_certificate::Request
    ),
    act!(
        "return_certificate",
        "Take unused paper back",
        "certificate",
        Approver,
        kp_trade::return_certificate::return_certificate,
        kp_trade::return_certificate::Request
    ),
    act!(
        "report_paper",
        "Report a paper lost, stolen or spoiled",
        "certificate",
        Approver,
        kp_trade::report_paper::report_paper,
        kp_trade::report_paper::Request
    ),
    act!(
        "report_counterfeit",
        "Report a counterfeit",
        "certificate",
        Importer,
        kp_trade::report_counterfeit::report_counterfeit,
        kp_trade::report_counterfeit::Request
    ),
    act!(
        "record_transit_entry",
        "Record a transit entry",
        "certificate",
        Customs,
        kp_trade::record_transit_entry::record_transit_entry,
        kp_trade::record_transit_entry::Request
    ),
    act!(
        "record_transit_exit",
        "Record a transit exit",
        "certificate",
        Customs,
        kp_trade::record_transit_exit::record_transit_exit,
        kp_trade::record_transit_exit::Request
    ),
    act!(
        "detain_shipment",
        "Detain a shipment",
        "certificate",
        Importer,
        kp_trade::detain_shipment::detain_shipment,
        kp_trade::detain_shipment::Request
    ),
    act!(
        "release_shipment",
        "Release a shipment",
        "certificate",
        Importer,
        kp_trade::release_shipment::release_shipment,
        kp_trade::release_shipment::Request
    ),
    act!(
        "order_return",
        "Order a return",
        "certificate",
        Importer,
        kp_trade::order_return::order_return,
        kp_trade::order_return::Request
    ),
    act!(
        "record_return",
        "Record a return",
        "certificate",
        Importer,
        kp_trade::record_return::record_return,
        kp_trade::record_return::Request
    ),
    act!(
        "seize_shipment",
        "Seize a shipment",
        "certificate",
        Customs,
        kp_trade::seize_shipment::seize_shipment,
        kp_trade::seize_shipment::Request
    ),
    act!(
        "release_seized",
        "Lift a seizure",
        "certificate",
        Importer,
        kp_trade::release_seized::release_seized,
        kp_trade::release_seized::Request
    ),
    act!(
        "forfeit_goods",
        "Forfeit goods",
        "certificate",
        Customs,
        kp_trade::forfeit_goods::forfeit_goods,
        kp_trade::forfeit_goods::Request
    ),
    act!(
        "dispose_forfeited",
        "Dispose of forfeited goods",
        "certificate",
        Importer,
        kp_trade::dispose_forfeited::dispose_forfeited,
        kp_trade::dispose_forfeited::Request
    ),
    act!(
        "instruct_correction",
        "Instruct a correction",
        "certificate",
        Approver,
        kp_trade::instruct_correction::instruct_correction,
        kp_trade::instruct_correction::Request
    ),
    act!(
        "accept_correction",
        "Accept a correction",
        "certificate",
        Importer,
        kp_trade::accept_correction::accept_correction,
        kp_trade::accept_correction::Request
    ),
    act!(
        "submit_return",
        "Submit a production return",
        "statistics",
        FocalPoint,
        kp_statistics::submit_return::submit_return,
        kp_statistics::submit_return::ReturnSubmitted
    ),
    act!(
        "open_case",
        "Open a case",
        "case",
        Statistics,
        kp_cases::open_case::open_case,
        kp_cases::open_case::Request
    ),
    act!(
        "ask_question",
        "Ask again",
        "case",
        Statistics,
        kp_cases::ask_question::ask_question,
        kp_cases::ask_question::Request
    ),
    act!(
        "answer_case",
        "Answer a case",
        "case",
        FocalPoint,
        kp_cases::answer_case::answer_case,
        kp_cases::answer_case::Request
    ),
    act!(
        "close_case",
        "Close a case",
        "case",
        Statistics,
        kp_cases::close_case::close_case,
        kp_cases::close_case::Request
    ),
];

/// The act of this name; hyphens and underscores are the same.
pub fn act_by_name(name: &str) -> Option<&'static Act> {
    let name = name.replace('-', "_");
    ACTS.iter().find(|act| act.name == name)
}
