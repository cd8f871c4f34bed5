//! The detectors over certificate streams, in one sorted list; each is one file, and its header is its page.

pub(super) mod contents_copied;
pub(super) mod firm_unit_value_shift;
pub(super) mod own_origin_surge;
pub(super) mod parcel_comes_round;
pub(super) mod receipts_missing_on_route;
pub(super) mod round_values;
mod windows;

use super::signal::{Control, Detector, Group};

macro_rules! listed {
    ($($name:ident $group:ident $control:ident),* $(,)?) => {
        [$(Detector { doc: &$name::DOC, group: Group::$group, control: Control::$control, look: $name::look }),*]
    };
}

/// All of them, sorted by name.
pub(super) static ALL: [Detector; 6] = listed![
    contents_copied Identity StepUp,
    firm_unit_value_shift Value StepUpAnyDependence,
    own_origin_surge Volume StepUpAnyDependence,
    parcel_comes_round Network Exact,
    receipts_missing_on_route Quantity StepUp,
    round_values Value StepUpAnyDependence,
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
