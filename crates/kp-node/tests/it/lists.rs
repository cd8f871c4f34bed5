//! The lists that verifiers carry: made from the register, signed by whom each list above names, asked for again only
//! where something changed.

use kp_certificate::lists::{Bundle, State};
use kp_node::lists::{
    DailyLists, ListSigners, ListStore, Publication, RootFile, roots_from_text, roots_to_text,
};

use crate::{
    office::{Office, signer},
    signed_copy::{office_with_document_key, open_key},
};

pub(crate) fn roots() -> kp_certificate::lists::Roots {
    let root = |name: &str| RootFile { holder: name.into(), key: signer(name).key.public() };
    roots_from_text(&roots_to_text(2, &[root("root 1"), root("root 2"), root("root 3")])).unwrap()
}

pub(crate) fn everybody() -> ListSigners {
    ListSigners {
        roots: ["root 1", "root 3"].map(|name| signer(name).key).to_vec(),
        custodians: ["xa-custodian-1", "xa-custodian-2"].map(|name| signer(name).key).to_vec(),
    }
}

fn published(office: &Office, before: Option<&Bundle>, signers: &ListSigners) -> Bundle {
    match office.node.publish_lists(before, &roots(), signers, office.now()).unwrap() {
        Publication::Published(bundle) => *bundle,
        Publication::Wanting(wanting) => panic!("{wanting:?}"),
    }
}

#[test]
fn lists_say_what_the_log_says_and_are_signed_again_only_where_something_changed() {
    let office = office_with_document_key();
    open_key(&office);
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let sealed = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &sealed);
    let first = published(&office, None, &everybody());
    let xa = "XA".parse().unwrap();
    assert_eq!(first.participants.participants.len(), 2);
    assert_eq!(first.trust[&xa].document_keys[0].public, signer("document key 1").key.public());
    assert!(!first.trust.contains_key(&"XB".parse().unwrap()), "who signs nothing has nothing to go by");
    let copy = office.node.signed_copy(&"XA-000001".parse().unwrap()).unwrap().unwrap();
    assert_eq!(first.status[&xa].certificate(1), Some(copy.credential.short_hash()));
    assert!(first.status[&xa].fates_of(1).is_empty());

    // A day later a certificate was used: nobody but the node is asked.
    office.day("2026-02-04");
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    let arrived = [("number", "XA-000001"), ("at", "XB"), ("carats_received", "1200.00")];
    office.done("xb-importer-1", "record_arrival", &arrived);
    let second = published(&office, Some(&first), &ListSigners::default());
    assert_eq!(second.snapshot.head.version, 2);
    assert_eq!((second.status[&xa].head.version, second.trust[&xa].head.version), (2, 1));
    let fates = second.status[&xa].fates_of(1);
    assert_eq!((fates[0].state, fates[0].place.as_str()), (State::Used, "XB"));
    assert!(second.update_for(&first).len() < second.to_bytes().len());

    // Who takes part has changed: two root keys must say so, and one is not enough.
    office.done(
        "scheme-sec-1",
        "change_standing",
        &[
            ("participant", "XB"),
            ("standing", "suspended"),
            ("effective_at", "2026-02-05T12:00:00Z"),
            ("legal_act", "decision 3"),
        ],
    );
    let one = ListSigners { roots: vec![signer("root 2").key], custodians: Vec::new() };
    let Publication::Wanting(wanting) =
        office.node.publish_lists(Some(&second), &roots(), &one, office.now()).unwrap()
    else {
        panic!("one root key was enough")
    };
    assert_eq!(
        wanting[0].to_string(),
        "the list of participants changed and must be signed by 2 of the root keys; 1 of them is at hand"
    );
    let third = published(&office, Some(&second), &everybody());
    assert_eq!(third.participants.head.version, 2);
    assert_eq!(third.participants.get("XB".parse().unwrap()).unwrap().standing.len(), 1);
    office.is_sound();
}

#[test]
fn what_needs_nobody_goes_out_each_day_by_itself() {
    let office = office_with_document_key();
    open_key(&office);
    let daily = || office.node.publish_lists_daily(office.now()).unwrap();
    assert_eq!(daily(), DailyLists::NotDue, "nothing was ever published here");
    let store = ListStore::at(&office.node.keyring().unwrap().beside("lists"));
    let root = |name: &str| RootFile { holder: name.into(), key: signer(name).key.public() };
    store.pin(&roots_to_text(2, &[root("root 1"), root("root 2"), root("root 3")])).unwrap();
    store.keep(&published(&office, None, &everybody())).unwrap();
    assert_eq!(daily(), DailyLists::NotDue, "those here are of today");
    office.day("2026-02-05");
    assert_eq!(daily(), DailyLists::Published(2));
    assert_eq!(store.bundle(&roots()).unwrap().unwrap().snapshot.head.version, 2);
    office.day("2026-02-07");
    let standing = [("participant", "XB"), ("standing", "suspended"), ("legal_act", "decision 3")];
    let at = [("effective_at", "2026-02-08T12:00:00Z")];
    office.done("scheme-sec-1", "change_standing", &[&standing[..], &at].concat());
    assert!(matches!(daily(), DailyLists::Wanting(wanting) if wanting[0].list == "the list of participants"));
    assert_eq!(store.bundle(&roots()).unwrap().unwrap().snapshot.head.version, 2, "those of before stay");
}

/// Long after a certificate's last day all but the sentence about its number leaves the list; its hash never does.
#[test]
fn of_what_is_long_over_the_sentence_stays_in_the_list() {
    let office = office_with_document_key();
    open_key(&office);
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let sealed = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &sealed);
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    let arrived = |by: &str, at: &str| {
        let arrived = [("number", "XA-000001"), ("at", at), ("carats_received", "1200.00")];
        office.done(by, "record_arrival", &arrived);
    };
    arrived("xb-importer-1", "XB");
    office.day("2026-02-04");
    arrived("xa-importer-1", "XA");
    let paper = [("number", "XA-000001"), ("at", "XB"), ("circumstances", "a copy")];
    office.done("xb-importer-1", "report_counterfeit", &paper);
    let xa = "XA".parse().unwrap();
    let said = |bundle: &Bundle| -> Vec<(State, String)> {
        bundle.status[&xa].fates_of(1).iter().map(|fate| (fate.state, fate.place.clone())).collect()
    };
    let first = published(&office, None, &everybody());
    let all = [
        (State::Used, "XB".to_owned()),
        (State::Used, "XA".to_owned()),
        (State::Counterfeit, "XB".to_owned()),
    ];
    assert_eq!(said(&first), all);
    // It expired on 4 April 2026; 400 days later it is still all there, and the day after the sentence alone.
    office.day("2027-05-09");
    let later = published(&office, Some(&first), &everybody());
    assert_eq!(said(&later), all);
    office.day("2027-05-10");
    let last = published(&office, Some(&later), &everybody());
    assert_eq!(said(&last), [(State::Used, "XB".to_owned())]);
    assert_eq!(
        last.status[&xa].certificate(1),
        first.status[&xa].certificate(1),
        "what there is, is there for good"
    );
    office.is_sound();
}
