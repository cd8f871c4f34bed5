//! The acts on goods before they leave: parcels, and what they are worth. A part of the one list beside.

use kp_registry::Role;
use kp_terms::Form;

use crate::act::{Act, read_and_do};

/// Acts of the rooms of parcels and of values.
pub(super) const ACTS: &[Act] = &[
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
];
