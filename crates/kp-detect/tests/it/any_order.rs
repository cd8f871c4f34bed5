//! The same rows in any order give the same bytes: series, calendar, findings and their order.

use kp_detect::production::{Input, analyze};
use kp_statistics::production::ProductionRow;
use proptest::prelude::*;

use crate::table;

fn bytes(rows: &[ProductionRow]) -> String {
    let analysis = analyze(&Input { rows, capacities: &[], membership: &[], today: None });
    serde_json::to_string(&analysis).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_rows_give_the_same_bytes(shuffled in Just(table::rows()).prop_shuffle()) {
        prop_assert_eq!(bytes(&shuffled), bytes(&table::rows()));
    }
}

#[test]
fn a_changed_figure_gives_other_bytes() {
    let mut rows = table::rows();
    let first = rows.iter_mut().find(|r| !r.carats.is_zero()).unwrap();
    first.carats = kp_terms::Carats::from_hundredths(first.carats.hundredths() + 1);
    assert_ne!(bytes(&rows), bytes(&table::rows()));
}
