//! Records: what is still missing stands there before anybody asks, why something was done stands beside it.

use crate::{acting::unlocked, browser::served, world::World};

#[test]
fn an_application_says_all_that_it_lacks() {
    let world = World::busy();
    let rule = [
        ("participant", "XA"),
        ("rule", "valuations-required"),
        ("value", "3"),
        ("legal_act", "Gazette 1"),
        ("effective_from", "2026-01-01"),
    ];
    world.done("xa-admin-1", "set_national_rule", &rule);
    let served = served(world, None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let page = clerk.get("/applications/XA-A-5").is(200).text();
    assert!(page.contains("1 thing is still missing"), "{page}");
    assert!(page.contains("3 values must be in before a certificate is issued for XA-A-5"), "{page}");
    assert!(page.contains("L15"), "a refusal names its rule: {page}");
    assert!(page.contains("/act/draft_certificate?application=XA-A-5"), "{page}");
    // With its number it is the certificate's page, which says the same.
    served.world.set("2027-02-03T08:00:00Z");
    served.world.done("xa-clerk-1", "draft_certificate", &[("application", "XA-A-5")]);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let to = clerk.get("/applications/XA-A-5").is(303).headers["location"].clone();
    let page = clerk.get(&to).is(200).text();
    assert!(page.contains("2 things are still missing") && page.contains("licence"), "a year later: {page}");
    assert!(unlocked(&served, "xb-importer-1").get("/applications/XA-A-5").is(404).text().contains("XA-A-5"));
}

#[test]
fn nothing_missing_says_so_and_what_was_issued_is_not_asked() {
    let served = served(World::busy(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    assert!(clerk.get("/certificates/XA-000004").is(200).text().contains("Nothing is missing"));
    assert!(!clerk.get("/certificates/XA-000003").is(200).text().contains("id=\"missing\""));
}

#[test]
fn a_timeline_says_why_and_a_state_what_else_it_allows() {
    let served = served(World::busy(), None);
    let told = [("application", "XA-A-5"), ("reasons", "the invoice is not signed")];
    served.world.done("xa-clerk-1", "find_deficiency", &told);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let page = clerk.get("/applications/XA-A-5").is(200).text();
    assert_eq!(page.matches("the invoice is not signed").count(), 2, "above and in the timeline: {page}");
    assert!(page.contains("/act/cure_application?application=XA-A-5"), "{page}");
    let departed = clerk.get("/certificates/XA-000003").is(200).text();
    assert!(departed.contains("What else this state allows"), "{departed}");
    assert!(departed.contains("/act/report_counterfeit?number=XA-000003"), "{departed}");
    assert!(!departed.contains("/act/issue_certificate"), "{departed}");
}
