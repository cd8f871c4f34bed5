//! A node in a data folder: founded, used, closed, opened again; and what it says when the folder was tampered with.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

mod any_order;
mod attacks;
mod away;
mod blind_values;
mod capacity;
mod confirmations;
mod court_extract;
mod declared;
mod document_keys;
mod exchange_attacks;
mod keys;
mod lists;
mod missing_things;
mod moves;
mod office;
mod offices;
mod one_person;
mod returns;
mod signed_copy;
mod signing_rates;
mod thresholds;
#[cfg(feature = "hsm")]
mod token;
mod training;

use office::{Office, fields};

#[test]
fn a_certificate_lives_from_application_to_confirmation() {
    let office = Office::found();
    office.two_participants();
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    office.done(
        "xa-customs-1",
        "validate_certificate",
        &[("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "77120-A")],
    );
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    office.done(
        "xb-importer-1",
        "record_arrival",
        &[("number", "XA-000001"), ("at", "XB"), ("carats_received", "1200.00")],
    );
    office.done("xb-importer-1", "confirm_receipt", &[("number", "XA-000001"), ("at", "XB")]);
    let cells = office.node.db().read(kp_statistics::cells).unwrap();
    let shown: Vec<String> = cells
        .iter()
        .map(|c| format!("{} {} {} {} {}", c.participant, c.flow, c.partner, c.quarter, c.carats))
        .collect();
    assert_eq!(shown, ["XA export XB 2026-Q1 1200.00", "XB import XA 2026-Q1 1200.00"]);
    office.is_sound();
}

#[test]
fn a_number_confirmed_once_never_serves_again() {
    let office = Office::found();
    office.two_participants();
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    assert_eq!(
        office.refused("xa-approver-1", "issue_certificate", &[("number", "XA-000001")]),
        "number_already_used"
    );
    office.done(
        "xa-clerk-1",
        "apply_for_certificate",
        &fields("XA-A-2", "7102.31 10.00 100.00").iter().map(|(a, b)| (*a, b.as_str())).collect::<Vec<_>>(),
    );
    let draft = [("application", "XA-A-2"), ("number", "xa 1")];
    assert_eq!(office.refused("xa-clerk-1", "draft_certificate", &draft), "number_already_used");
}

#[test]
fn an_open_node_opens_again_where_it_was() {
    let office = Office::found();
    office.two_participants();
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let office = office.reopened();
    assert_eq!(
        office.refused("xa-approver-1", "issue_certificate", &[("number", "XA-000001")]),
        "number_already_used"
    );
    office.is_sound();
}

#[test]
fn an_outside_copy_that_contradicts_the_database_stops_the_desk() {
    let office = Office::found();
    office.two_participants();
    let outside = office.folder.path().join("outside");
    let hashes = std::fs::read_dir(&outside)
        .unwrap()
        .map(|f| f.unwrap().path())
        .find(|p| p.to_string_lossy().ends_with("scheme-2026.hashes"))
        .unwrap();
    let mut bytes = std::fs::read(&hashes).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&hashes, bytes).unwrap();
    // The checkpoint must lag too, or the copy is not even compared: as after a restored, altered database.
    let checkpoint = hashes.with_extension("checkpoint");
    let text = std::fs::read_to_string(&checkpoint).unwrap();
    std::fs::write(&checkpoint, text + " ").unwrap();
    let office = office.reopened();
    assert_eq!(office.node.faults().len(), 1);
    assert_eq!(office.node.faults()[0].entry_number, Some(1));
    let failure = office.act(
        "scheme-sec-1",
        "admit_participant",
        &[("code", "XD"), ("name", "D"), ("member_from", "2026-01-01"), ("legal_act", "x")],
    );
    assert!(failure.unwrap_err().to_string().contains("not as it was written"));
    assert!(office.node.verify_log().unwrap().faults.iter().any(|f| f.entry_number == Some(1)));
}

#[test]
fn an_unconfirmed_shipment_climbs_the_ladder_by_itself() {
    let office = Office::found();
    office.two_participants();
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    office.done(
        "xa-customs-1",
        "validate_certificate",
        &[("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")],
    );
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    let case = |office: &Office| office.node.db().read(kp_cases::cases).unwrap().into_iter().next();
    office.day("2026-02-17");
    assert!(case(&office).is_none(), "fourteen days are not late");
    office.day("2026-02-18");
    let opened = case(&office).unwrap();
    assert_eq!((opened.asked.as_str(), opened.level.word()), ("XB", "query"));
    assert_eq!(opened.answer_due.to_string(), "2026-03-04");
    for (day, level) in [
        ("2026-03-04", "query"),
        ("2026-03-05", "answer_owed"),
        ("2026-04-03", "answer_owed"),
        ("2026-04-04", "visible"),
        ("2026-05-03", "visible"),
        ("2026-05-04", "public"),
    ] {
        office.day(day);
        assert_eq!(case(&office).unwrap().level.word(), level, "on {day}");
    }
    let close = [("case_number", "C-2026-0001"), ("outcome", "explained"), ("reason", "x")];
    assert_eq!(office.refused("xb-focal-1", "close_case", &close), "asked_party_may_not_close");
    office.is_sound();
}
