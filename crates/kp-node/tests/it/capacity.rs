//! L03 over a real node: what covers exports above capacity, and what does not.

use crate::office::Office;

const CAPACITY: [(&str, &str); 5] = [
    ("participant", "XA"),
    ("high_carats", "1000.00"),
    ("from_year", "2026"),
    ("source", "invented survey"),
    ("dated", "2026-01-01"),
];

/// Ships carats from XA to XB, up to the departure.
fn ship(office: &Office, index: u32, carats: &str) {
    office.issue(&format!("XA-A-{index}"), &format!("7102.31 {carats} 420000.00"));
    let number = format!("XA-{index:06}");
    let validated = [("number", number.as_str()), ("carats_weighed", carats), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &validated);
    office.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
}

fn arrive(office: &Office, by: &str, at: &str, number: &str, carats: &str) {
    office.done(by, "record_arrival", &[("number", number), ("at", at), ("carats_received", carats)]);
}

fn found(office: &Office, detector: &str) -> Vec<String> {
    let findings = office.node.db().read(kp_detect::trade::findings).unwrap();
    let mut ids: Vec<String> =
        findings.into_iter().map(|row| row.finding.id).filter(|id| id.starts_with(detector)).collect();
    ids.sort();
    ids
}

#[test]
fn an_estimate_that_comes_after_the_exports_finds_them() {
    let office = Office::found();
    office.two_participants();
    ship(&office, 1, "1100.01");
    assert_eq!(found(&office, "exports_above_capacity"), Vec::<String>::new());
    office.done("scheme-sec-1", "record_capacity", &CAPACITY);
    assert_eq!(found(&office, "exports_above_capacity"), ["exports_above_capacity:XA:2026"]);
    let case = office.node.db().read(kp_cases::cases).unwrap().remove(0);
    assert_eq!((case.asked.as_str(), case.opened_on.to_string().as_str()), ("XA", "2026-02-03"));
    office.is_sound();
}

/// Arrivals that nobody sent, that come back home, or that weigh more than what left, cover nothing.
#[test]
fn arrivals_made_up_do_not_cover_exports() {
    let office = Office::found();
    office.two_participants();
    office.done("scheme-sec-1", "record_capacity", &CAPACITY);
    ship(&office, 1, "1100.00");
    arrive(&office, "xa-importer-1", "XA", "XZ-000900", "5000.00");
    arrive(&office, "xa-importer-1", "XA", "XA-000001", "1100.00");
    assert_eq!(found(&office, "exports_above_capacity"), Vec::<String>::new(), "exactly what is allowed");
    ship(&office, 2, "0.01");
    assert_eq!(found(&office, "exports_above_capacity"), ["exports_above_capacity:XA:2026"]);
    office.is_sound();
}

/// XZ is no participant and can answer nothing: whoever held the goods is asked, and the finding stays one.
#[test]
fn a_number_of_nobody_presented_again_and_again_is_one_question_to_who_held_it_first() {
    let office = Office::found();
    office.two_participants();
    arrive(&office, "xb-importer-1", "XB", "xz 900", "10.00");
    arrive(&office, "xa-importer-1", "XA", "XZ-000900", "10.00");
    arrive(&office, "xa-importer-1", "XA", "XZ/900", "10.01");
    assert_eq!(found(&office, "number_used_twice"), ["number_used_twice:XB:XZ-000900"]);
    arrive(&office, "xb-importer-1", "XB", "XA-000007", "10.00");
    arrive(&office, "xb-importer-1", "XB", "XA-000007", "10.01");
    let expected = ["number_used_twice:XA:XA-000007", "number_used_twice:XB:XZ-000900"];
    assert_eq!(found(&office, "number_used_twice"), expected);
    office.is_sound();
}

/// L53: what a finding said on a day can still be asked when it has grown since.
#[test]
fn what_a_finding_said_on_a_day_stays() {
    let office = Office::found();
    office.two_participants();
    let growing = |carats: &str| arrive(&office, "xb-importer-1", "XB", "XZ-000900", carats);
    growing("10.00");
    for (day, carats) in [("2026-02-04", "10.01"), ("2026-03-09", "10.02")] {
        office.clock(day);
        growing(carats);
    }
    let said_on = |day: &str| {
        let by = day.parse().unwrap();
        let read = |tx: &mut kp_db::Tx<'_>| kp_detect::trade::findings_further(tx, None, None, by, 10);
        let mut rows = office.node.db().read(read).unwrap();
        rows.retain(|row| row.finding.detector == "number_used_twice");
        rows.pop().map(|row| row.finding.title.to_string())
    };
    let twice = "XZ-000900 was presented 2 times";
    assert_eq!(said_on("2026-02-03"), None);
    for day in ["2026-02-04", "2026-03-08"] {
        let said = said_on(day).unwrap_or_default();
        assert!(said.contains(twice), "{day}: {said}");
    }
    let said = said_on("2026-03-09").unwrap_or_default();
    assert!(said.contains("XZ-000900 was presented 3 times"), "{said}");
    let versions =
        |tx: &mut kp_db::Tx<'_>| kp_detect::trade::versions_of_finding(tx, "number_used_twice:XB:XZ-000900");
    let days = office.node.db().read(versions).unwrap().into_iter().map(|row| row.found_on.to_string());
    assert_eq!(days.collect::<Vec<_>>(), ["2026-02-04", "2026-03-09"], "the same said again is no version");
    office.is_sound();
}
