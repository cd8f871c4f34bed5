//! Declared production: invented participants are looked at apart from real ones (rulings 14), at every door.

use kp_statistics::{
    load_returns::{LoadedRow, ReturnsLoaded},
    production::{Declaration, ProductionType},
};
use kp_terms::{Carats, UsdCents};

use crate::office::{Office, signer};

/// Six halves of one real participant whose last year is twenty times the ones before.
fn returns() -> ReturnsLoaded {
    let halves = ["2006-H1", "2006-H2", "2007-H1", "2007-H2", "2008-H1", "2008-H2"];
    let rows = halves.iter().zip(1..).map(|(half, row)| {
        let carats = if half.starts_with("2008") { 200_000_000 } else { 10_000_000 };
        LoadedRow {
            code: "GN".parse().unwrap(),
            name: "Guinea".into(),
            half: half.parse().unwrap(),
            declaration: Declaration::Production,
            production_type: ProductionType::Unlabelled,
            carats: Carats::from_hundredths(carats),
            value: UsdCents::from_cents(carats * 50),
            created: None,
            modified: None,
            row,
        }
    });
    ReturnsLoaded {
        source: "a made-up table for a test".into(),
        file: "returns.csv".into(),
        file_sha256: "00".repeat(32),
        rows: rows.collect(),
    }
}

#[test]
fn a_return_of_an_invented_participant_changes_nothing_that_is_said_of_real_ones() {
    let office = Office::found();
    office.two_participants();
    office.node.load_returns(&returns(), &signer("scheme-sec-1"), office.now()).unwrap();
    let look = || {
        office.node.db().read(|tx| kp_node::declared::declared_on(tx, kp_log::day_of(office.now()))).unwrap()
    };
    let before = look();
    assert!(!before.real.findings.is_empty(), "the rise of 2008 is asked about");
    // A half that no real participant has returned.
    let submitted = [("participant", "XA"), ("half", "2025-H2"), ("lines", "production 5000.00 250000.00")];
    office.done("xa-focal-1", "submit_return", &submitted);
    let after = look();
    let ids = |known: &kp_node::declared::Declared| -> Vec<String> {
        known.real.findings.iter().map(|finding| finding.id.clone()).collect()
    };
    assert_eq!(ids(&before), ids(&after));
    assert!(after.invented.findings.iter().all(|finding| finding.participant.is_invented()));
    assert_eq!(after.participants().count(), 2);
}
