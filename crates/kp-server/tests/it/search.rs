//! The search: a number goes straight to its record, names are found past accents and slips, and nobody finds what is not
//! theirs.

use crate::{
    acting::unlocked,
    browser::{Browser, served},
    world::{PASSPHRASE, World},
};

/// A world with names that are hard to type.
fn world() -> World {
    let world = World::busy();
    let licence = [
        ("participant", "XA"),
        ("licence_number", "XA-EXP-9"),
        ("holder", "Société d'Étoile"),
        ("address", "2 Market Road"),
        ("valid_from", "2025-01-01"),
        ("valid_until", "2025-12-31"),
    ];
    world.done("xa-admin-1", "license_exporter", &licence);
    world
}

fn found(browser: &mut Browser, typed: &str) -> String {
    browser.get(&format!("/search?q={typed}")).is(200).text()
}

#[test]
fn a_number_goes_straight_to_its_record() {
    let served = served(world(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    for (typed, page) in [
        ("xa%20000001", "/certificates/XA-000001"),
        ("2", "/certificates/XA-000002"),
        ("xa-a-4", "/certificates/XA-000004"),
        ("XA-A-5", "/applications/XA-A-5"),
    ] {
        let answer = clerk.get(&format!("/search?q={typed}")).is(303);
        assert_eq!(answer.headers["location"], page, "{typed}");
    }
    let mut focal = unlocked(&served, "xa-focal-1");
    assert_eq!(focal.get("/search?q=c-2026-0001").is(303).headers["location"], "/cases/C-2026-0001");
    let none = found(&mut clerk, "XA-000777");
    assert!(none.contains("No certificate XA-000777 is on file"), "{none}");
}

#[test]
fn names_seals_and_licences_are_found_with_where_they_stand_and_what_is_next() {
    let served = served(world(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let exporter = found(&mut clerk, "rivr+stoens");
    for said in [
        "River Stones Ltd",
        "Licence holds",
        "/act/apply_for_certificate?participant=XA&#38;licence_number=XA-EXP-7",
        "/certificates/XA-000003",
        "/act/issue_certificate?number=XA-000004",
    ] {
        assert!(exporter.contains(said), "no {said}: {exporter}");
    }
    let lapsed = found(&mut clerk, "etoile");
    assert!(
        lapsed.contains("Société d&#39;Étoile") && lapsed.contains("Licence not valid today"),
        "{lapsed}"
    );
    assert!(!lapsed.contains("apply_for_certificate"), "a dead licence gets no certificate");
    assert!(
        found(&mut clerk, "exp-7").contains("Nothing of that name"),
        "a licence is found by its beginning"
    );
    assert!(found(&mut clerk, "XA+EXP+7").contains("River Stones Ltd"));
    let seal = found(&mut clerk, "77120a");
    assert!(seal.contains("/certificates/XA-000001") && seal.contains("/certificates/XA-000003"), "{seal}");
    let party = found(&mut clerk, "harbor+gems");
    assert!(party.contains("Harbour Gems BV") && party.contains("Importer"), "{party}");
    let officer = found(&mut clerk, "xa-customs");
    assert!(officer.contains("xa-customs-1, XA: customs") && officer.contains("Signs"), "{officer}");
    assert!(found(&mut clerk, "exmplia").contains("/participants/XA"));
}

#[test]
fn nobody_finds_what_is_not_theirs() {
    let served = served(world(), None);
    let mut nobody = served.browser();
    assert!(found(&mut nobody, "examplia").contains("/participants/XA"));
    for typed in ["river", "XA-000001", "77120", "harbour", "xa-clerk-1", "XA-A-5", "C-2026-0001", "1"] {
        let page = found(&mut nobody, typed);
        assert!(page.contains("class=\"notice\" role=\"status\""), "{typed}: {page}");
        assert!(!page.contains("class=\"found\""), "{typed}: {page}");
    }
    // The other side of the shipment finds the importer and the certificate, and no licence and no draft.
    let mut importer = unlocked(&served, "xb-importer-1");
    let page = found(&mut importer, "harbour");
    assert!(page.contains("/certificates/XA-000002"), "{page}");
    for typed in ["river+stones", "xa-clerk-1", "XA-A-5"] {
        assert!(found(&mut importer, typed).contains("Nothing of that name"), "{typed}");
    }
    // An administrator reads no trade, and finds the own officers and licences.
    let mut administrator = unlocked(&served, "xa-admin-1");
    assert!(found(&mut administrator, "harbour").contains("Nothing of that name"));
    let licence = found(&mut administrator, "river");
    assert!(licence.contains("River Stones Ltd") && !licence.contains("/certificates/XA-"), "{licence}");
}

#[test]
fn a_program_searches_too_and_what_was_found_is_on_record() {
    let served = served(world(), None);
    let mut browser = unlocked(&served, "xa-clerk-1");
    let body = serde_json::json!({"officer": "xa-clerk-1", "passphrase": PASSPHRASE});
    let session = browser.call("/api/session", "", &[], &body).is(201).json();
    let bearer = format!("Bearer {}", session["token"].as_str().expect("a token"));
    let asked = [("authorization", bearer.as_str())];
    let found = browser.send("GET", "/api/search?q=river", &asked, "").is(200).json();
    let exporters = found["groups"].as_array().unwrap().iter().find(|g| g["kind"] == "exporter").unwrap();
    assert_eq!(exporters["things"][0]["name"], "River Stones Ltd", "{found}");
    assert_eq!(exporters["things"][0]["next"][0], "apply_for_certificate");
    let straight = browser.send("GET", "/api/search?q=XA%201", &asked, "").is(200).json();
    assert_eq!(straight["page"], "/certificates/XA-000001");
    browser.send("GET", "/api/search?qq=river", &asked, "").is(422);
    drop(browser);
    let auditor = unlocked(&served, "xa-auditor-1").get("/looks").is(200).text();
    assert!(auditor.contains("XA-EXP-7"), "who looked at a licence stands on record: {auditor}");
}
