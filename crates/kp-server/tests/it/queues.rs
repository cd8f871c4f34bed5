//! Work queues: what waits stands on the desk of whoever it waits for, with its button, and on nobody else's.

use crate::{acting::unlocked, browser::served, world::World};

#[test]
fn a_lot_waits_for_its_valuer_before_anybody_has_applied() {
    let world = World::founded();
    let lot = [
        ("lot", "XA-L-1"),
        ("application", "XA-A-77"),
        ("licence_number", "XA-EXP-7"),
        ("goods", "7102.31 large 1200.00"),
    ];
    world.done("xa-clerk-1", "open_lot", &lot);
    let served = served(world, None);
    let desk = unlocked(&served, "xa-valuer-1").get("/").is(200).text();
    assert!(desk.contains("/act/submit_value?lot=XA-L-1&#38;party=government"), "{desk}");
    assert!(
        !desk.contains("/certificates/") && !desk.contains("/applications/"),
        "a valuer reads no trade: {desk}"
    );
    let others = unlocked(&served, "xa-house-1").get("/").is(200).text();
    assert!(!others.contains("XA-L-1"), "one value is asked, and it is the government's: {others}");
}

#[test]
fn time_alone_puts_things_on_the_approvers_desk() {
    let served = served(World::busy(), None);
    let desk = |id: &str| unlocked(&served, id).get("/").is(200).text();
    assert!(!desk("xa-approver-1").contains("/act/return_certificate"));
    served.world.done("xa-approver-1", "issue_certificate", &[("number", "XA-000004")]);
    assert!(!desk("xa-focal-1").contains("/act/record_confirmation"), "it has just left");
    served.world.set("2026-06-03T08:00:00Z");
    let approver = desk("xa-approver-1");
    assert!(
        approver.contains("/act/return_certificate?number=XA-000004"),
        "its last day has passed: {approver}"
    );
    assert!(approver.contains("/act/record_confirmation?number=XA-000003"), "nobody answered: {approver}");
    assert!(!approver.contains("record_confirmation?number=XA-000002"), "it has arrived: {approver}");
    assert!(desk("xa-focal-1").contains("/act/record_confirmation?number=XA-000003"));
    assert!(!desk("xb-importer-1").contains("/act/return_certificate"), "the paper is the issuer's");
}

#[test]
fn a_queue_in_full_is_its_roles_alone() {
    let served = served(World::busy(), None);
    let mut clerk = unlocked(&served, "xa-clerk-1");
    let page = clerk.get("/queue/queue-applications").is(200).text();
    assert!(
        page.contains("/applications/XA-A-5") && page.contains("/act/draft_certificate?application=XA-A-5")
    );
    clerk.get("/queue/queue-departed").is(404);
    clerk.get("/queue/nonsense").is(404);
    unlocked(&served, "xb-importer-1").get("/queue/queue-applications").is(404);
    let expected = unlocked(&served, "xb-importer-1").get("/").is(200).text();
    assert!(expected.contains("/act/record_arrival?number=XA-000003&#38;at=XB"), "{expected}");
    // An administrator reads no trade, and has no queue of it.
    let administrator = unlocked(&served, "xa-admin-1").get("/").is(200).text();
    assert!(!administrator.contains("XA-00000"), "{administrator}");
}

#[test]
fn paper_waits_for_the_storekeeper() {
    let world = World::founded();
    let printed = [
        ("printer", "Sample Security Printers"),
        ("numbers", "XA-000001..XA-000100"),
        ("form_version", "A1"),
    ];
    world.done("xa-store-1", "record_blanks_printed", &printed);
    let served = served(world, None);
    let desk = unlocked(&served, "xa-store-1").get("/").is(200).text();
    assert!(desk.contains("/act/receive_blanks?numbers=XA-000001..XA-000100"), "{desk}");
    assert!(!unlocked(&served, "xb-store-1").get("/").is(200).text().contains("receive_blanks"));
}
