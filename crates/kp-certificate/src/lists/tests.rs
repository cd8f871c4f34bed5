//! Bundles: taken forwards only, signed by enough, never mixed, never expired; and small enough to travel.

use kp_sign::MessageSigner;
use kp_terms::{ParticipantCode, Timestamp};

use super::*;
use crate::tests::key;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn head(issuer: &str, version: u64) -> Head {
    Head {
        version,
        issuer: issuer.into(),
        issued_at: at("2026-02-03T06:00:00Z"),
        expires_at: at("2026-03-20T06:00:00Z"),
    }
}

fn public(seed: u8) -> kp_sign::PublicKey {
    key(seed).public()
}

fn roots() -> Roots {
    Signers::new(2, [public(101), public(102), public(103)])
}

fn participants(version: u64) -> Participants {
    let participant = |code: &str, signer: u8| Participant {
        code: code.parse().unwrap(),
        name: format!("Invented {code}"),
        membership: vec![Membership {
            from: at("2003-01-01T00:00:00Z"),
            until: None,
            legal_act: "founding".into(),
        }],
        standing: vec![StandingChange {
            standing: Standing::Suspended,
            direction: Direction::Export,
            scope: String::new(),
            effective_at: at("2030-01-01T00:00:00Z"),
            under_way: UnderWay::HoldAndAsk,
            legal_act: "AD 2030/1".into(),
        }],
        excluded: vec![],
        prefixes: vec![],
        signers: Signers::new(1, [public(signer)]),
    };
    Participants {
        head: head("scheme", version),
        snapshot_signers: Signers::new(1, [public(110)]),
        participants: vec![participant("XA", 111), participant("XB", 112)],
    }
}

fn trust(version: u64) -> Trust {
    Trust {
        head: head("XA", version),
        document_keys: vec![DocumentKey {
            public: public(7),
            class: KeyClass::Token,
            valid_from: at("2026-01-01T00:00:00Z"),
            signs_until: at("2027-01-01T00:00:00Z"),
            retired_at: None,
            compromise: Some(Compromise {
                cuts: vec![Cut { log: "kp.XA/2026".into(), first_untrusted: 9 }],
                noted_at: at("2026-02-01T00:00:00Z"),
            }),
        }],
        log_keys: vec![LogKey { log: "kp.XA/2026".into(), public: public(9) }],
        list_signers: Signers::new(1, [public(121)]),
    }
}

fn status(version: u64, certificates: u64) -> Status {
    let hash = |serial: u64| {
        let mut hash = [0; 16];
        hash.copy_from_slice(&kp_sign::sha256(&serial.to_be_bytes())[..16]);
        hash
    };
    Status {
        head: head("XA", version),
        complete: vec![Complete {
            log: "kp.XA/2026".into(),
            size: certificates * 4,
            at: at("2026-02-03T06:00:00Z"),
        }],
        certificates: Status::runs((1..=certificates).map(|serial| (serial, hash(serial)))),
        fates: vec![Fate {
            serial: 3,
            state: State::Used,
            at: at("2026-01-20T10:00:00Z"),
            place: "XB".into(),
            replaced_by: None,
        }],
    }
}

fn ranges() -> Ranges {
    let on = |text: &str| text.parse().unwrap();
    Ranges {
        head: head("XA", 1),
        allotted: vec![Allotment {
            first: 1,
            last: 999,
            to: "Port office".into(),
            from: on("2026-01-01"),
            until: None,
        }],
        missing_blanks: vec![MissingBlanks {
            first: 44,
            last: 45,
            state: BlankState::Stolen,
            since: on("2026-01-09"),
        }],
    }
}

fn specimens() -> Specimens {
    let valid_from = "2026-01-01".parse().unwrap();
    Specimens {
        head: head("XA", 1),
        forms: vec![Specimen {
            form: "XA 2026".into(),
            valid_from,
            valid_until: None,
            features: vec!["watermark".into()],
            picture_hash: [3; 32],
        }],
    }
}

fn one<L: List>(list: &L, seed: u8) -> ListFile {
    seal(list, &[&key(seed)]).unwrap()
}

fn files(version: u64) -> Vec<ListFile> {
    vec![
        seal(&participants(version), &[&key(103), &key(101)]).unwrap(),
        one(&trust(version), 111),
        one(&status(version, 5 + version), 121),
        one(&ranges(), 121),
        one(&specimens(), 121),
    ]
}

fn snapshot(version: u64, files: &[ListFile]) -> ListFile {
    one(&Snapshot::of(head("scheme", version), files).unwrap(), 110)
}

fn bundle(version: u64) -> Vec<u8> {
    let files = files(version);
    pack(&snapshot(version, &files), &files).unwrap()
}

const NOW: &str = "2026-02-04T08:00:00Z";

fn accept(bytes: &[u8], older: Option<&Bundle>) -> Result<Bundle, BundleFault> {
    Bundle::accept(bytes, &roots(), older, at(NOW))
}

#[test]
fn a_bundle_is_taken_stored_and_handed_on_in_the_same_bytes() {
    let bytes = bundle(1);
    let first = accept(&bytes, None).unwrap();
    assert_eq!(first.to_bytes(), bytes);
    assert_eq!(Bundle::open(&bytes, &roots()).unwrap(), first);
    let xa: ParticipantCode = "XA".parse().unwrap();
    assert_eq!(first.status[&xa].certificates.len(), 1);
    assert!(first.status[&xa].certificate(6).is_some() && first.status[&xa].certificate(7).is_none());
    assert_eq!(first.status[&xa].fates_of(3).len(), 1);
    assert_eq!(first.ranges[&xa].missing_blank(45).unwrap().state, BlankState::Stolen);
    assert!(first.ranges[&xa].allotment(1000).is_none());
    assert_eq!(first.specimens[&xa].on("2026-05-05".parse().unwrap()).count(), 1);
    assert_eq!(accept(&bytes, Some(&first)).unwrap(), first, "the same bundle again changes nothing");
}

#[test]
fn an_update_holds_only_what_changed_and_makes_the_same_bundle() {
    let first = accept(&bundle(1), None).unwrap();
    let second = accept(&bundle(2), None).unwrap();
    let update = second.update_for(&first);
    assert!(update.len() < bundle(2).len());
    assert_eq!(accept(&update, Some(&first)).unwrap(), second);
    assert!(matches!(accept(&update, None), Err(BundleFault::Incomplete { .. })));
}

#[test]
fn a_bundle_is_taken_forwards_only() {
    let (first, second) = (accept(&bundle(1), None).unwrap(), accept(&bundle(2), None).unwrap());
    assert!(matches!(accept(&bundle(1), Some(&second)), Err(BundleFault::Older { found: 1, known: 2, .. })));
    // The snapshot is newer, one of its lists is older: freeze of one list.
    let mut frozen = files(2);
    frozen[2] = one(&status(1, 6), 121);
    let frozen_file = pack(&snapshot(3, &frozen), &frozen).unwrap();
    assert!(
        matches!(accept(&frozen_file, Some(&second)), Err(BundleFault::Older { content_type, .. }) if content_type == Status::CONTENT_TYPE)
    );
    // Two lists of one version.
    let mut forked = files(1);
    forked[2] = one(&status(1, 99), 121);
    let forked_file = pack(&snapshot(2, &forked), &forked).unwrap();
    assert!(matches!(accept(&forked_file, Some(&first)), Err(BundleFault::TwoOfOneVersion { .. })));
    let same_version = pack(&snapshot(1, &forked), &forked).unwrap();
    assert!(matches!(accept(&same_version, Some(&first)), Err(BundleFault::TwoOfOneVersion { .. })));
    // A list that was there is left out of the snapshot.
    let fewer = &files(2)[..4];
    let fewer_file = pack(&snapshot(2, fewer), fewer).unwrap();
    assert!(matches!(accept(&fewer_file, Some(&first)), Err(BundleFault::Incomplete { .. })));
}

#[test]
fn lists_of_different_days_are_not_mixed() {
    let (today, yesterday) = (files(2), files(1));
    let mut mixed = today.clone();
    mixed[2] = yesterday[2].clone();
    let file = pack(&snapshot(2, &today), &mixed).unwrap();
    assert!(matches!(accept(&file, None), Err(BundleFault::Mixed { .. })));
    // One list too many.
    let mut more = today.clone();
    more.push(yesterday[2].clone());
    let file = pack(&snapshot(2, &today), &more).unwrap();
    assert!(matches!(accept(&file, None), Err(BundleFault::Mixed { .. })));
}

#[test]
fn enough_must_have_signed_and_the_right_ones() {
    let replaced = |at: usize, file: ListFile| {
        let mut files = files(1);
        files[at] = file;
        pack(&snapshot(1, &files), &files).unwrap()
    };
    let below = |bytes: &[u8]| match accept(bytes, None).unwrap_err() {
        BundleFault::List { fault: ListFault::BelowThreshold { found, needed }, .. } => (found, needed),
        other => panic!("{other}"),
    };
    assert_eq!(below(&replaced(0, one(&participants(1), 101))), (1, 2), "threshold less one");
    let stranger = seal(&participants(1), &[&key(101), &key(99)]).unwrap();
    assert_eq!(below(&replaced(0, stranger)), (1, 2), "a stranger's signature does not count");
    assert_eq!(below(&replaced(1, one(&trust(1), 112))), (0, 1), "another participant's key");
    assert_eq!(below(&replaced(2, one(&status(1, 6), 111))), (0, 1), "a key for another list");
    let files = files(1);
    let by_stranger = one(&Snapshot::of(head("scheme", 1), &files).unwrap(), 99);
    assert_eq!(below(&pack(&by_stranger, &files).unwrap()), (0, 1), "a stranger's snapshot");
}

#[test]
fn an_expired_bundle_is_not_taken() {
    let late = at("2026-03-20T06:00:00Z");
    let fault = Bundle::accept(&bundle(1), &roots(), None, late).unwrap_err();
    assert!(matches!(fault, BundleFault::Expired { .. }), "{fault}");
    assert!(
        Bundle::open(&bundle(1), &roots()).is_ok(),
        "what was taken in time still opens; its age is judged later"
    );
}

#[test]
fn every_flipped_bit_of_a_bundle_is_noticed() {
    let bytes = bundle(1);
    let whole = accept(&bytes, None).unwrap();
    // Every byte costs five signatures; a prime step visits all kinds of places.
    for at in (0..bytes.len()).step_by(17) {
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(accept(&altered, None).is_err(), "byte {at}");
        assert!(accept(&altered, Some(&whole)).is_err(), "byte {at}, over the older one");
    }
    for length in (0..bytes.len()).step_by(97) {
        assert!(accept(&bytes[..length], None).is_err());
    }
}

#[test]
fn lists_that_contradict_themselves_are_neither_made_nor_read() {
    let unsound = |fault: ListFault| matches!(fault, ListFault::Unsound(_));
    let mut list = participants(1);
    list.participants.reverse();
    assert!(unsound(seal(&list, &[&key(101)]).unwrap_err()));
    let mut list = status(1, 6);
    list.certificates.push(Run { first: 7, hashes: vec![0; 16] });
    assert!(unsound(seal(&list, &[&key(121)]).unwrap_err()), "runs that touch are one run");
    let mut list = ranges();
    list.allotted.push(Allotment { first: 999, last: 1000, ..list.allotted[0].clone() });
    assert!(unsound(seal(&list, &[&key(121)]).unwrap_err()));
    let mut list = trust(1);
    list.log_keys[0].public = public(7);
    assert!(unsound(seal(&list, &[&key(111)]).unwrap_err()));
    assert!(matches!(seal(&ranges(), &[]), Err(ListFault::NotInForm(_))), "nobody signed");
    let file = one(&ranges(), 121);
    assert!(file.read::<Status>().is_err(), "another sort of list");
    assert_eq!(ListFile::from_bytes(&file.to_bytes()), Ok(file));
}

/// The figure of security 1.6: printed with `--nocapture`, and held below a megabyte for the list of hashes.
#[test]
fn the_certificates_of_the_world_in_a_year_fit_a_small_file() {
    let (older, newer) = (one(&status(1, 60_000), 121), one(&status(2, 60_250), 121));
    let bytes = older.to_bytes().len();
    println!("60000 certificates: {bytes} bytes; a day more: {}", newer.to_bytes().len() - bytes);
    assert!(bytes < 1_000_000);
    assert_eq!(newer.read::<Status>().unwrap().certificate(60_250), status(2, 60_250).certificate(60_250));
}

#[test]
fn standing_membership_and_exclusions_are_looked_up_by_the_instant() {
    let mut list = participants(1);
    list.participants[0].excluded.push(Exclusion {
        of: "XB".parse().unwrap(),
        from: at("2026-01-01T00:00:00Z"),
        until: Some(at("2026-06-01T00:00:00Z")),
        legal_act: "Regulation 7".into(),
    });
    let xa = list.get("XA".parse().unwrap()).unwrap();
    assert!(xa.belonged(at(NOW)) && !xa.belonged(at("2002-12-31T23:59:59Z")));
    assert!(xa.standing_at(Direction::Export, at(NOW)).is_none());
    assert!(xa.standing_at(Direction::Export, at("2030-01-01T00:00:00Z")).is_some());
    assert!(xa.standing_at(Direction::Import, at("2031-01-01T00:00:00Z")).is_none());
    assert!(xa.exclusion("XB".parse().unwrap(), at(NOW)).is_some());
    assert!(xa.exclusion("XB".parse().unwrap(), at("2026-06-01T00:00:00Z")).is_none());
    assert_eq!(
        list.by_prefix("XB".parse().unwrap(), "2026-02-03".parse().unwrap()).unwrap().code.as_str(),
        "XB"
    );
    let signer: &dyn MessageSigner = &key(1);
    assert_eq!(signer.public(), public(1));
}

/// An office's log sorts before the capital's, and is believed no further for that.
#[test]
fn a_compromised_key_is_believed_before_the_cut_of_each_log_and_nowhere_else() {
    let cut = |log: &str, first_untrusted| Cut { log: log.into(), first_untrusted };
    let cuts = vec![cut("kp.XA.north/2026", 5), cut("kp.XA/2025", 300), cut("kp.XA/2026", 9)];
    let compromise = Compromise { cuts, noted_at: at("2026-02-01T00:00:00Z") };
    for (log, index, believed) in [
        ("kp.XA/2026", 8, true),
        ("kp.XA/2026", 9, false),
        ("kp.XA/2025", 299, true),
        ("kp.XA/2025", 300, false),
        ("kp.XA.north/2026", 4, true),
        ("kp.XA.north/2026", 5, false),
        ("kp.XA.south/2026", 0, false),
        ("kp.XA/2027", 0, false),
        ("kp.XA/2024", 0, false),
    ] {
        assert_eq!(compromise.came_before(log, index), believed, "{log} {index}");
    }
    let mut list = trust(1);
    list.document_keys[0].compromise.as_mut().unwrap().cuts = vec![cut("b", 1), cut("a", 1)];
    assert!(matches!(seal(&list, &[&key(111)]), Err(ListFault::Unsound(_))));
}

/// What leaves a status list: of each number that is long over all but the sentence; of any other number nothing.
#[test]
fn of_a_number_that_is_long_over_the_sentence_stays() {
    use super::{Fate, State, Status};

    let fate = |serial: u64, state: State, day: i64, place: &str| Fate {
        serial,
        state,
        at: kp_terms::Timestamp::from_second(day * 86_400).unwrap(),
        place: place.into(),
        replaced_by: None,
    };
    let fates = vec![
        fate(1, State::Detained, 1, "XB"),
        fate(1, State::Used, 2, "XB"),
        fate(1, State::Used, 9, "XC"),
        fate(1, State::Counterfeit, 10, "XA"),
        fate(2, State::Lost, 3, "XA"),
        fate(3, State::Used, 4, "XB"),
        fate(3, State::Used, 5, "XC"),
    ];
    let kept = |is_long_over: fn(u64) -> bool| -> Vec<(u64, State, String)> {
        let pruned = Status::prune(fates.clone(), is_long_over);
        pruned.into_iter().map(|fate| (fate.serial, fate.state, fate.place)).collect()
    };
    assert_eq!(
        kept(|serial| serial < 3),
        [
            (1, State::Used, "XB".into()),
            (2, State::Lost, "XA".into()),
            (3, State::Used, "XB".into()),
            (3, State::Used, "XC".into())
        ]
    );
    assert_eq!(kept(|_| false).len(), fates.len());
    let again = Status::prune(Status::prune(fates.clone(), |_| true), |_| true);
    assert_eq!(again, Status::prune(fates, |_| true), "once is enough");
}
