//! A threshold from the question to the statement: what a change would do over eight quarters is seen before, is not done by
//! looking, is done by the working group's statement, and is taken back by another; each stays in the log.

use kp_detect::{
    set_detector_threshold::{holding, thresholds_set},
    stream::{QuarterChange, compare},
};
use kp_node::stream::{analysis, analysis_with};

use crate::office::Office;

const QUARTERS: i32 = 8;

/// What another value would do, as `kpcs findings preview` shows it.
fn preview(office: &Office, value: u32) -> Vec<QuarterChange> {
    let (before, after) = office
        .node
        .db()
        .read(|tx| {
            let now = holding(tx)?;
            let mut changed = now.clone();
            changed.set("missing_least", i64::from(value)).map_err(anyhow::Error::msg)?;
            Ok::<_, anyhow::Error>((analysis_with(tx, &now)?, analysis_with(tx, &changed)?))
        })
        .unwrap();
    compare(&before, &after, QUARTERS)
}

fn missing(office: &Office) -> usize {
    let all = office.node.db().read(analysis).unwrap();
    all.findings.iter().filter(|finding| finding.id.starts_with("receipts_missing_on_route")).count()
}

/// Eight shipments in the first quarter, of which two arrive; one in September shows that it is September.
fn silent_route() -> Office {
    let office = Office::found();
    office.two_participants();
    for n in 1..=9 {
        if n == 9 {
            office.day("2026-09-10");
        }
        office.issue(&format!("XA-A-{n}"), "7102.31 120.00 42000.00");
        let number = format!("XA-{n:06}");
        let validated = [("number", number.as_str()), ("carats_weighed", "120.00"), ("seals", "1")];
        office.done("xa-customs-1", "validate_certificate", &validated);
        office.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
        if n <= 2 {
            let arrived = [("number", number.as_str()), ("at", "XB"), ("carats_received", "120.00")];
            office.done("xb-importer-1", "record_arrival", &arrived);
        }
    }
    office
}

#[test]
fn a_threshold_is_previewed_over_eight_quarters_set_and_taken_back() {
    let office = silent_route();
    assert_eq!(missing(&office), 1, "six of eight have no receipt");
    let last = office.node.db().read(kp_log::last_position).unwrap();
    let shown = preview(&office, 7);
    assert_eq!(shown.len(), 8);
    assert_eq!(shown.last().map(|quarter| quarter.quarter.as_str()), Some("2026-Q3"));
    let changed: Vec<&QuarterChange> =
        shown.iter().filter(|q| !q.appear.is_empty() || !q.gone.is_empty()).collect();
    let [quarter] = changed.as_slice() else { panic!("one quarter changes: {shown:?}") };
    assert!(quarter.appear.is_empty(), "{quarter:?}");
    let gone = quarter.gone.iter().filter(|id| id.starts_with("receipts_missing_on_route")).count();
    assert_eq!(gone, 1, "{quarter:?}");
    // Looking changed nothing.
    assert_eq!(office.node.db().read(kp_log::last_position).unwrap(), last);
    assert_eq!(missing(&office), 1);

    let set = [("threshold", "missing_least"), ("value", "7"), ("reason", "a batch is late")];
    assert_eq!(office.refused("xa-focal-1", "set_detector_threshold", &set), "officer_of_another_body");
    office.done("scheme-sec-1", "set_detector_threshold", &set);
    assert_eq!(missing(&office), 0, "what was previewed is what holds now");
    let back = preview(&office, 3);
    let appear: Vec<&String> = back.iter().flat_map(|quarter| &quarter.appear).collect();
    assert!(appear.iter().any(|id| id.starts_with("receipts_missing_on_route")), "{back:?}");

    office.day("2026-09-20");
    let back = [("threshold", "missing_least"), ("value", "3"), ("reason", "the batch never came")];
    office.done("scheme-sec-1", "set_detector_threshold", &back);
    assert_eq!(missing(&office), 1);
    let history = office.node.db().read(thresholds_set).unwrap();
    assert_eq!(history.len(), 2, "both stay, each with its reason: {history:?}");
    office.is_sound();
}
