//! A trader's person at the pages: files, gives a mandate, sees the own and nothing else.

use crate::{acting::unlocked, browser::served, world::World};

fn world() -> World {
    let world = World::founded();
    world.license_another("XA-EXP-8", "Hill Stones");
    world.license_another("XA-BRK-2", "Quay Brokers");
    world.name_trader("xa-stones-1", "XA-EXP-7");
    world.name_trader("xa-hill-1", "XA-EXP-8");
    world.name_trader("xa-quay-1", "XA-BRK-2");
    world.draft("XA-A-1", "7102.31 1200.00 420000.00");
    world
}

fn typed<'a>(reference: &'a str, licence: &'a str, mandate: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("participant", "XA"),
        ("application", reference),
        ("licence_number", licence),
        ("importer", "Harbour Gems BV"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XB"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines.word", "7102.31"),
        ("lines.carats", "10.00"),
        ("lines.value", "3500.00"),
        ("declared_by", "M. Exporter"),
        ("mandate", mandate),
    ]
}

#[test]
fn a_trader_files_and_a_broker_files_under_a_mandate_and_each_sees_the_own() {
    let served = served(world(), None);
    let mut stones = unlocked(&served, "xa-stones-1");
    let own = stones.get("/filings").is(200).text();
    assert!(own.contains("XA-A-1") && own.contains("XA-000001") && own.contains("at the counter"), "{own}");
    let form = stones.get("/act/file_application").is(200).text();
    assert!(form.contains("value=\"XA-EXP-7\""), "the own licence is filled in: {form}");
    stones.post("/act/file_application", &typed("XA-A-2", "XA-EXP-7", "")).is(303);
    let refused = stones.post("/act/file_application", &typed("XA-A-3", "XA-EXP-8", "")).is(409).text();
    assert!(refused.contains("name the mandate under which you file for it"), "{refused}");
    let mandate = [
        ("participant", "XA"),
        ("mandate", "XA-M-1"),
        ("licence_number", "XA-EXP-7"),
        ("broker", "XA-BRK-2"),
        ("destinations", "XB"),
        ("most_carats", "10.00"),
        ("valid_from", "2026-02-01"),
        ("valid_until", "2026-03-31"),
    ];
    stones.post("/act/grant_mandate", &mandate).is(303);

    let mut quay = unlocked(&served, "xa-quay-1");
    assert!(!quay.get("/filings").is(200).text().contains("XA-A-"));
    quay.post("/act/file_application", &typed("XA-A-4", "XA-EXP-7", "XA-M-1")).is(303);
    let beyond = quay.post("/act/file_application", &typed("XA-A-5", "XA-EXP-7", "XA-M-1")).is(409).text();
    assert!(beyond.contains("allows 0.00 ct more") && beyond.contains("a mandate has a scope"), "{beyond}");
    let held = quay.get("/filings").is(200).text();
    assert!(
        held.contains("XA-A-4") && held.contains("XA-EXP-7 → XA-BRK-2") && held.contains("/act/end_mandate")
    );
    assert!(!held.contains("XA-A-2"), "the exporter's own filings are not the broker's");
    let both = stones.get("/filings").is(200).text();
    assert!(
        both.contains("XA-BRK-2 under mandate XA-M-1"),
        "the exporter sees what was filed for it: {both}"
    );

    let mut hill = unlocked(&served, "xa-hill-1");
    let nothing = hill.get("/filings").is(200).text();
    assert!(!nothing.contains("XA-A-") && !nothing.contains("XA-M-1"), "{nothing}");
    for path in ["/certificates", "/certificates/XA-000001", "/accounts", "/trail", "/statistics/trade"] {
        hill.get(path).is(403);
    }
    unlocked(&served, "xa-clerk-1").get("/filings").is(403);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let form = clerk.get("/act/draft_certificate?application=XA-A-4").is(200).text();
    assert!(form.contains("Quay Brokers (XA-BRK-2) under mandate XA-M-1"), "who drafts sees both: {form}");
    clerk.post("/act/draft_certificate", &[("application", "XA-A-4")]).is(303);
    let page = clerk.get("/certificates/XA-000002").is(200).text();
    assert!(page.contains("River Stones Ltd") && page.contains("Quay Brokers (XA-BRK-2)"), "{page}");
    let abroad = unlocked(&served, "xb-importer-1").get("/certificates/XA-000002").is(200).text();
    assert!(
        !abroad.contains("Quay Brokers"),
        "between the exporter, its broker and their authority: {abroad}"
    );
    let filing = clerk.get("/api/certificates/XA-000002").is(200).json()["filing"].clone();
    let said = serde_json::json!({
        "filed_by": "xa-quay-1", "filed_under": "XA-BRK-2", "mandate": "XA-M-1",
    });
    assert_eq!(filing, said, "programs see who filed, as the page does");
    let abroad = unlocked(&served, "xb-importer-1").get("/api/certificates/XA-000002").is(200).json();
    assert!(abroad["filing"].is_null(), "{abroad}");
    assert!(quay.get("/filings").text().contains("Drafted"), "the broker sees where it stands");
}
