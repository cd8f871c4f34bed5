//! The detectors over certificate streams, in one sorted list; each is one file, and its header is its page.

pub(super) mod balance_short;
pub(super) mod carats_drift_on_route;
pub(super) mod certificate_received_twice;
pub(super) mod contents_copied;
pub(super) mod counts_differ_from_register;
pub(super) mod dates_out_of_order;
pub(super) mod dormant_route_burst;
pub(super) mod exports_above_production;
pub(super) mod firm_unit_value_shift;
pub(super) mod number_not_issued;
pub(super) mod number_on_two_certificates;
pub(super) mod own_origin_surge;
pub(super) mod parcel_comes_round;
pub(super) mod production_level_shift;
pub(super) mod re_export_uplift;
pub(super) mod receipts_missing_on_route;
pub(super) mod revalued_in_corridor;
pub(super) mod round_values;
pub(super) mod seal_on_two_certificates;
pub(super) mod surge_beside_measure;
pub(super) mod value_differs_on_arrival;
mod windows;

use super::signal::{Control, Detector, Group};

macro_rules! listed {
    ($($name:ident $group:ident $control:ident),* $(,)?) => {
        [$(Detector { doc: &$name::DOC, group: Group::$group, control: Control::$control, look: $name::look }),*]
    };
}

/// All of them, sorted by name.
pub(super) static ALL: [Detector; 21] = listed![
    balance_short Quantity Exact,
    carats_drift_on_route Quantity StepUp,
    certificate_received_twice Identity Exact,
    contents_copied Identity StepUp,
    counts_differ_from_register Quantity Exact,
    dates_out_of_order Identity Exact,
    dormant_route_burst Network StepUp,
    exports_above_production Quantity Exact,
    firm_unit_value_shift Value StepUpAnyDependence,
    number_not_issued Identity Exact,
    number_on_two_certificates Identity Exact,
    own_origin_surge Volume StepUpAnyDependence,
    parcel_comes_round Network Exact,
    production_level_shift Quantity StepUp,
    re_export_uplift Value StepUp,
    receipts_missing_on_route Quantity StepUp,
    revalued_in_corridor Value StepUpAnyDependence,
    round_values Value StepUpAnyDependence,
    seal_on_two_certificates Identity Exact,
    surge_beside_measure Volume StepUp,
    value_differs_on_arrival Value StepUp,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_page_is_complete() {
        let names: Vec<&str> = ALL.iter().map(|d| d.doc.name.as_str()).collect();
        assert!(names.is_sorted(), "{names:?}");
        for detector in &ALL {
            assert_eq!(detector.doc.empty_sections(), [""; 0], "{}", detector.doc.name);
            assert!(
                !detector.doc.fact.is_empty() && !detector.doc.counter_checks.is_empty(),
                "{}",
                detector.doc.name
            );
        }
    }
}
