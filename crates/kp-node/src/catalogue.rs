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

/// All acts, by room.
pub const ACTS: &[Act] = &[
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
        "record_audit",
        "Record an audit of a stockpile",
        "custody",
        Monitoring,
        kp_custody::record_audit::record_audit,
        kp_custody::record_audit::AuditRecorded
    ),
    act!(
        "record_parcel",
        "Record a parcel",
        "custody",
        Clerk,
        kp_custody::record_parcel::record_parcel,
        kp_custody::record_parcel::ParcelRecorded
    ),
    act!(
        "split_parcel",
        "Split a parcel",
        "custody",
        Clerk,
        kp_custody::split_parcel::split_parcel,
        kp_custody::split_parcel::Request
    ),
    act!(
        "mix_parcels",
        "Mix parcels",
        "custody",
        Clerk,
        kp_custody::mix_parcels::mix_parcels,
        kp_custody::mix_parcels::Request
    ),
    act!(
        "hand_over_parcel",
        "Hand a parcel over",
        "custody",
        Clerk,
        kp_custody::hand_over_parcel::hand_over_parcel,
        kp_custody::hand_over_parcel::Request
    ),
    act!(
        "accept_parcel",
        "Accept a parcel",
        "custody",
        Clerk,
        kp_custody::accept_parcel::accept_parcel,
        kp_custody::accept_parcel::Request
    ),
    act!(
        "adjust_parcel",
        "Adjust a weight",
        "custody",
        Clerk,
        kp_custody::adjust_parcel::adjust_parcel,
        kp_custody::adjust_parcel::Request
    ),
    act!(
        "agree_adjustment",
        "Agree to an adjusted weight",
        "custody",
        Customs,
        kp_custody::agree_adjustment::agree_adjustment,
        kp_custody::agree_adjustment::Request
    ),
    act!(
        "seize_parcel",
        "Seize a parcel",
        "custody",
        Customs,
        kp_custody::seize_parcel::seize_parcel,
        kp_custody::seize_parcel::Request
    ),
    act!(
        "open_lot",
        "Open a lot for valuation",
        "valuation",
        Clerk,
        kp_valuation::open_lot::open_lot,
        kp_valuation::open_lot::Request
    ),
    act!(
        "record_price_book",
        "Record a price book",
        "valuation",
        Administrator,
        kp_valuation::record_price_book::record_price_book,
        kp_valuation::record_price_book::PriceBookRecorded
    ),
    act!(
        "submit_value",
        "Submit a value",
        "valuation",
        Valuer,
        kp_valuation::submit_value::submit_value,
        kp_valuation::submit_value::Request
    ),
    act!(
        "open_value",
        "Open the own value",
        "valuation",
        Valuer,
        kp_valuation::open_value::open_value,
        kp_valuation::open_value::Request
    ),
    act!(
        "record_weighing",
        "Record a weighing",
        "valuation",
        Valuer,
        kp_valuation::record_weighing::record_weighing,
        kp_valuation::record_weighing::Request
    ),
    act!(
        "explain_difference",
        "Explain a difference",
        "valuation",
        Approver,
        kp_valuation::explain_difference::explain_difference,
        kp_valuation::explain_difference::Request
    ),
    act!(
        "record_dissent",
        "Record dissent",
        "valuation",
        Valuer,
        kp_valuation::record_dissent::record_dissent,
        kp_valuation::record_dissent::Request
    ),
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
