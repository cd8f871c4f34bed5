//! Document keys: the ceremony of two, the successor, and the drill of a key in other hands (L19, T11).

use kp_log::{CREDENTIAL_SIGNED, Desk, KeyBook, LogOwner};
use kp_node::ActFailure;
use kp_registry::{DocumentKeyState, LogKeyBook, register_document_key::DocumentKeyRegistered};
use kp_terms::{ParticipantCode, Timestamp};

use crate::office::{Office, signer};

const RECORD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn xa() -> ParticipantCode {
    "XA".parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Two participants, an authority, two custodians, and somebody from the scheme's monitoring.
fn office() -> Office {
    let office = Office::found();
    office.two_participants();
    office.done(
        "xa-admin-1",
        "name_authority",
        &[("participant", "XA"), ("authority_id", "xa-gdo"), ("name", "Diamond office"), ("duty", "both")],
    );
    for id in ["xa-custodian-1", "xa-custodian-2"] {
        office.officer("xa-admin-1", "XA", id, &["custodian"]);
    }
    office.officer("scheme-sec-1", "scheme", "scheme-mon-1", &["monitoring"]);
    office
}

fn hex(key: &str) -> String {
    kp_sign::hex(&signer(key).key.public().to_bytes())
}

fn id(key: &str) -> String {
    signer(key).key.public().id().to_string()
}

fn register(office: &Office, by: &str, key: &str, from: &str, until: &str) -> Result<(), ActFailure> {
    let public = hex(key);
    let fields = [
        ("participant", "XA"),
        ("authority_id", "xa-gdo"),
        ("key_class", "software"),
        ("valid_from", from),
        ("signs_until", until),
        ("custodians", "A. Sample"),
        ("custodians", "B. Sample"),
        ("outside_witnesses", "C. Sample, Chamber of Mines"),
        ("place", "strong room"),
        ("record_hash", RECORD),
        ("public_key", public.as_str()),
    ];
    office.act(by, "register_document_key", &fields).map(|_| ())
}

fn witness(office: &Office, by: &str, key: &str) {
    let key_id = id(key);
    office.done(
        by,
        "witness_ceremony",
        &[("participant", "XA"), ("key_id", &key_id), ("record_hash", RECORD)],
    );
}

fn signing_key(office: &Office) -> Option<String> {
    let now = office.now();
    let key = office.node.db().read(|tx| kp_registry::active_document_key(tx, xa(), Some("xa-gdo"), now));
    key.unwrap().map(|key| key.key_id)
}

/// What a reader of the log alone says of a certificate signed with a key now.
fn book(office: &Office) -> LogKeyBook {
    let mut book = LogKeyBook::pinned_to(office.node.keys().signer.key.public());
    let report = office.node.db().read(|tx| kp_log::verify(tx, &mut book, None)).unwrap();
    assert_eq!(report.faults, []);
    book
}

fn may_sign(book: &LogKeyBook, key: &str, kind: &str, when: &str) -> Result<(), String> {
    book.may_sign(signer(key).key.public().id(), kind, LogOwner::Participant(xa()), at(when))
}

#[test]
fn a_key_signs_once_a_second_custodian_has_witnessed_it_and_certificates_alone() {
    let office = office();
    register(&office, "xa-custodian-1", "document key 1", "2026-02-03", "2027-02-02").unwrap();
    assert_eq!(signing_key(&office), None);
    let key_id = id("document key 1");
    let again = [("participant", "XA"), ("key_id", key_id.as_str()), ("record_hash", RECORD)];
    assert_eq!(office.refused("xa-custodian-1", "witness_ceremony", &again), "witness_registered_the_key");
    // Somebody from outside is evidence, and makes no key active.
    witness(&office, "scheme-mon-1", "document key 1");
    assert_eq!(signing_key(&office), None);
    let unwitnessed = may_sign(&book(&office), "document key 1", CREDENTIAL_SIGNED, "2026-02-03T09:00:00Z");
    assert!(unwitnessed.unwrap_err().contains("no second custodian had witnessed"));

    witness(&office, "xa-custodian-2", "document key 1");
    assert_eq!(signing_key(&office), Some(key_id));
    let book = book(&office);
    let now = "2026-02-03T09:00:00Z";
    assert_eq!(may_sign(&book, "document key 1", CREDENTIAL_SIGNED, now), Ok(()));
    assert_eq!(may_sign(&book, "xa-clerk-1", "certificate_drafted", now), Ok(()));
    for (key, kind, when, why) in [
        ("document key 1", "certificate_issued", now, "signs certificates and nothing else"),
        ("xa-approver-1", CREDENTIAL_SIGNED, now, "is no document key"),
        ("nobody's key", CREDENTIAL_SIGNED, now, "is no document key"),
        ("document key 1", CREDENTIAL_SIGNED, "2026-02-02T23:59:59Z", "signs from 2026-02-03"),
        ("document key 1", CREDENTIAL_SIGNED, "2027-02-03T00:00:00Z", "to 2027-02-02"),
    ] {
        let refused = may_sign(&book, key, kind, when).unwrap_err();
        assert!(refused.contains(why), "{key} {kind} {when}: {refused}");
    }
    let document_key = signer("document key 1").key.public().id();
    let elsewhere =
        book.may_sign(document_key, CREDENTIAL_SIGNED, LogOwner::Participant("XB".parse().unwrap()), at(now));
    assert!(elsewhere.unwrap_err().contains("no say in this log"));
    // An office's key and an officer's are never one.
    let public = hex("document key 1");
    let device =
        [("body", "XA"), ("officer_id", "xa-clerk-1"), ("device", "desk 9"), ("public_key", public.as_str())];
    assert_eq!(office.refused("xa-admin-1", "register_key", &device), "key_taken");
    office.is_sound();
}

/// security 7.4: detect, freeze, list. What was signed before the cut stays good, what came after does not, and what is in
/// no log never does.
#[test]
fn the_drill_of_a_key_in_other_hands() {
    let office = office();
    for (key, from, until) in
        [("document key 1", "2026-02-03", "2027-02-02"), ("document key 2", "2026-03-01", "2027-02-28")]
    {
        register(&office, "xa-custodian-1", key, from, until).unwrap();
        witness(&office, "xa-custodian-2", key);
        office.node.keys().documents.open(std::sync::Arc::new(signer(key).key));
    }
    office.day("2026-02-10");
    office.issue("XA-A-1", "7102.31 10.00 1000.00");
    let before = office.done("xa-customs-1", "validate_certificate", &sealed("XA-000001"));
    office.day("2026-02-14");
    office.issue("XA-A-2", "7102.31 10.00 1000.00");
    let after = office.done("xa-customs-1", "validate_certificate", &sealed("XA-000002"));
    office.day("2026-02-16");
    let key_id = id("document key 1");
    let reported = |from: &str| {
        vec![
            ("participant", "XA".to_owned()),
            ("key_id", key_id.clone()),
            ("suspected_from", from.to_owned()),
            ("what_happened", "the safe was found open".to_owned()),
        ]
    };
    let borrowed = |fields: &[(&'static str, String)], by: &str| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        office.done(by, "report_key_compromise", &fields)
    };
    borrowed(&reported("2026-02-13T00:00:00Z"), "xa-admin-1");

    let key = || office.node.db().read(|tx| kp_registry::document_key_by_id(tx, &key_id)).unwrap().unwrap();
    assert_eq!(key().state_at(office.now()), DocumentKeyState::Compromised);
    assert_eq!(signing_key(&office), None, "the successor's first day has not come");
    assert!(key().believed_at(&before.log_id, before.entry_number));
    assert!(!key().believed_at(&after.log_id, after.entry_number));
    assert!(!key().believed_at("kp.XA/2027", 0), "a log that is opened later is not believed under this key");
    // The thief goes on: whatever time he writes, his entry stands after the cut, and the desk and the log refuse the key.
    let forged = may_sign(&book(&office), "document key 1", CREDENTIAL_SIGNED, "2026-02-10T09:00:00Z");
    assert!(forged.unwrap_err().contains("was reported as compromised before"));

    // It is found that it began earlier: the cut moves back, and never forward.
    borrowed(&reported("2026-02-09T00:00:00Z"), "xa-custodian-2");
    assert!(!key().believed_at(&before.log_id, before.entry_number));
    let fields = reported("2026-02-12T00:00:00Z");
    let later: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        office.refused("xa-custodian-1", "report_key_compromise", &later),
        "compromise_reaches_no_further"
    );
    office.day("2026-03-01");
    assert_eq!(signing_key(&office), Some(id("document key 2")));
    office.is_sound();
}

fn sealed(number: &str) -> [(&str, &str); 3] {
    [("number", number), ("carats_weighed", "10.00"), ("seals", "S-1")]
}

/// L19: whoever holds the database and one clerk's key writes a document key into the log past the desk.
#[test]
fn a_document_key_written_past_the_desk_is_named_by_the_log() {
    let office = office();
    let forged = DocumentKeyRegistered {
        participant: xa(),
        authority_id: "xa-gdo".into(),
        key_class: kp_registry::KeyClass::Token,
        valid_from: "2026-02-03".parse().unwrap(),
        signs_until: "2027-02-02".parse().unwrap(),
        successor_of: None,
        custodians: vec!["A. Sample".into(), "B. Sample".into()],
        outside_witnesses: None,
        place: "a kitchen".into(),
        record_hash: RECORD.into(),
        public_key: hex("a thief's key"),
    };
    let clerk = signer("xa-clerk-1");
    let desk = Desk::new(&clerk, office.node.keys(), office.now());
    office.node.db().write("past the desk", |tx| kp_log::append(tx, &desk, &forged)).unwrap();
    let mut book = LogKeyBook::pinned_to(office.node.keys().signer.key.public());
    let report = office.node.db().read(|tx| kp_log::verify(tx, &mut book, None)).unwrap();
    let [fault] = report.faults.as_slice() else { panic!("{:?}", report.faults) };
    assert!(fault.sentence.contains("by somebody who is no custodian"), "{fault}");
    assert_eq!(book.key(signer("a thief's key").key.public().id()), None);
}

/// A document key lies under its passphrase, and one that an office keeps open signs again after a restart by itself.
#[test]
fn a_document_key_is_opened_by_who_knows_its_passphrase_or_by_itself_where_the_office_says_so() {
    let office = office();
    let keyring = office.node.keyring().unwrap();
    let under = keyring.make_document_key(Some("correct horse")).unwrap().public().id();
    let open = keyring.make_document_key(None).unwrap().public().id();
    let refused = |secret: Option<&str>| {
        let opened = office.node.open_document_key(&under.to_string(), secret);
        format!("{:#}", opened.unwrap_err())
    };
    assert!(refused(None).contains("needs its passphrase"), "{}", refused(None));
    assert!(refused(Some("wrong horse")).contains("passphrase is wrong"), "{}", refused(Some("wrong horse")));
    assert!(office.node.open_document_key("../node", None).is_err(), "only ids become file names");
    let office = office.reopened();
    assert!(office.node.keys().documents.get(open).is_some());
    assert!(office.node.keys().documents.get(under).is_none());
    let kept = office.node.keyring().unwrap().document_keys().unwrap();
    let shut: Vec<_> = kept.iter().filter(|file| !file.opens_by_itself()).collect();
    assert_eq!((kept.len(), shut.len(), shut[0].key_id.as_str()), (2, 1, under.to_string().as_str()));
    assert_eq!(office.node.open_document_key(&shut[0].key_id, Some("correct horse")).unwrap(), under);
    assert!(office.node.keys().documents.get(under).is_some());
    #[cfg(unix)]
    for file in std::fs::read_dir(office.folder.path().join("keys")).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "key files are the node's alone");
    }
}

/// The doors make a document key like an officer's: the file is there before the act, and gone where it is refused.
#[test]
fn the_doors_make_a_document_key_and_take_it_back_where_the_act_is_refused() {
    let office = office();
    let make = |by: &str, class: &str| {
        let typed = [
            ("participant", "XA"),
            ("authority_id", "xa-gdo"),
            ("key_class", class),
            ("valid_from", "2026-02-03"),
            ("signs_until", "2027-02-02"),
            ("place", "strong room"),
            ("record_hash", RECORD),
        ];
        let mut fields: kp_terms::Fields =
            typed.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect();
        fields.insert("custodians".into(), vec!["A. Sample".into(), "B. Sample".into()]);
        office.node.perform_with_new_key(
            "register_document_key",
            fields,
            "correct horse",
            &signer(by),
            office.now(),
        )
    };
    let kept = || office.node.keyring().unwrap().document_keys().unwrap().len();
    make("xa-clerk-1", "software").unwrap_err();
    assert_eq!(kept(), 0);
    let token = make("xa-custodian-1", "token").unwrap_err().to_string();
    assert!(token.contains("kpcs key document make --token"), "{token}");
    let receipt = make("xa-custodian-1", "software").unwrap();
    assert_eq!(kept(), 1);
    office.node.open_document_key(&receipt.subject, Some("correct horse")).unwrap();
    office.is_sound();
}

/// Signed bytes under a key, put into XA's log past every desk, as a thief with the database would, or an office that
/// signs well.
fn sign_into_log(office: &Office, key: &str, number: &str) -> kp_log::Entry {
    let (clerk, key) = (signer("xa-customs-1"), signer(key).key);
    let desk = Desk::new(&clerk, office.node.keys(), office.now());
    let sign = |at: Timestamp| {
        let payload = kp_sign::to_canonical(&std::collections::BTreeMap::from([(1, 2)]))?;
        let header = kp_sign::Header {
            profile: kp_sign::Profile::Credential,
            issuer: "XA".into(),
            subject: number.to_owned(),
            issued_at: at.as_second(),
            expires_at: Some(at.as_second() + 86_400),
            key_id: key.public().id(),
        };
        Ok(kp_sign::sign_under(&payload, &header, &key)?)
    };
    let owner = LogOwner::Participant(xa());
    office.node.db().write("past the desk", |tx| kp_log::append_signed(tx, &desk, owner, sign)).unwrap()
}

/// The same drill over signed bytes that stand in the log: what came before the report verifies for ever, what a thief
/// appends after it is named, and so is a certificate under an officer's key.
#[test]
fn certificates_in_the_log_are_checked_against_the_document_keys_of_their_day() {
    let office = office();
    register(&office, "xa-custodian-1", "document key 1", "2026-02-03", "2027-02-02").unwrap();
    witness(&office, "xa-custodian-2", "document key 1");
    office.day("2026-02-10");
    let good = sign_into_log(&office, "document key 1", "XA-000001");
    office.day("2026-02-14");
    let doubtful = sign_into_log(&office, "document key 1", "XA-000002");
    let key_id = id("document key 1");
    office.done(
        "xa-custodian-1",
        "report_key_compromise",
        &[
            ("participant", "XA"),
            ("key_id", &key_id),
            ("suspected_from", "2026-02-12T00:00:00Z"),
            ("what_happened", "a copy of the disk was for sale"),
        ],
    );
    let faults = || {
        let mut book = LogKeyBook::pinned_to(office.node.keys().signer.key.public());
        office.node.db().read(|tx| kp_log::verify(tx, &mut book, None)).unwrap().faults
    };
    assert_eq!(faults(), [], "the report says what is believed; it makes no honest log a forged one");
    let key = office.node.db().read(|tx| kp_registry::document_key_by_id(tx, &key_id)).unwrap().unwrap();
    assert!(key.believed_at(&good.log_id, good.entry_number));
    assert!(!key.believed_at(&doubtful.log_id, doubtful.entry_number));

    let forged = sign_into_log(&office, "document key 1", "XA-000003");
    assert!(!key.believed_at(&forged.log_id, forged.entry_number));
    sign_into_log(&office, "xa-approver-1", "XA-000004");
    let sentences: Vec<String> = faults().iter().map(|fault| fault.sentence.clone()).collect();
    let [first, second] = sentences.as_slice() else { panic!("{sentences:?}") };
    assert!(first.contains("was reported as compromised before"), "{first}");
    assert!(second.contains("is no document key"), "{second}");
}
