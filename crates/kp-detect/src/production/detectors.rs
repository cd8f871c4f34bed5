//! The detectors of declared production, in one sorted list; each is one file, and its header is its page.

pub(super) mod administered_unit_value;
pub(super) mod carats_without_value;
pub(super) mod contradictory_declarations;
pub(super) mod duplicated_carats;
pub(super) mod factor_of_ten;
pub(super) mod late_return;
pub(super) mod missing_return;
pub(super) mod production_collapse;
pub(super) mod production_outside_capacity;
pub(super) mod production_surge;
pub(super) mod round_quantity;
pub(super) mod unit_value_shift;

use std::sync::LazyLock;

use super::context::Context;
use super::signal::Signal;
use crate::detector_doc::DetectorDoc;

/// A detector: its page, and the function that looks.
pub(super) struct Detector {
    pub doc: &'static LazyLock<DetectorDoc>,
    pub look: fn(&Context<'_>) -> Vec<Signal>,
}

macro_rules! listed {
    ($($name:ident),* $(,)?) => {
        [$(Detector { doc: &$name::DOC, look: $name::look }),*]
    };
}

/// All of them, sorted by name.
pub(super) static ALL: [Detector; 12] = listed![
    administered_unit_value,
    carats_without_value,
    contradictory_declarations,
    duplicated_carats,
    factor_of_ten,
    late_return,
    missing_return,
    production_collapse,
    production_outside_capacity,
    production_surge,
    round_quantity,
    unit_value_shift,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_page_is_complete() {
        let names: Vec<&str> = ALL.iter().map(|d| d.doc.name.as_str()).collect();
        assert!(names.is_sorted());
        for detector in &ALL {
            assert_eq!(detector.doc.empty_sections(), [""; 0], "{}", detector.doc.name);
            assert!(!detector.doc.fact.is_empty(), "{}", detector.doc.name);
        }
    }
}
