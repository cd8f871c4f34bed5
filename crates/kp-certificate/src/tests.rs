//! Credentials and receipts: sizes, round trips, every flipped bit, and agreement with coset and ciborium.

use coset::{CoseSign1, TaggedCborSerializable};
use kp_sign::SigningKey;
use kp_terms::{Carats, CertificateNumber, HsCode, UsdCents};
use kp_tlog::{Hash, inclusion_proof, leaf_hash, root_of};
use proptest::prelude::*;

use crate::*;

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32]).unwrap()
}

/// The everyday certificate of security 1.3: two classes, three seals.
pub(crate) fn content() -> Content {
    Content {
        number: "XA-000451".parse().unwrap(),
        issuer: "XA".parse().unwrap(),
        issued_at: "2026-02-03T09:04:00Z".parse().unwrap(),
        expires_at: "2026-04-05T00:00:00Z".parse().unwrap(),
        authority: "Ministry of Mines, XA".into(),
        destination: "XB".parse().unwrap(),
        exporter: Party { name: "River Stones Ltd".into(), registry_id: "XA-EXP-7".into() },
        importer: Party { name: "Harbour Gems & Sons BV".into(), registry_id: "XB-IMP-0031".into() },
        origins: Origins::Named(vec!["XA".parse().unwrap()]),
        lines: vec![
            Line {
                class: HsCode::Industrial,
                carats: Carats::from_hundredths(812_350),
                value: UsdCents::from_cents(9_748_200),
            },
            Line {
                class: HsCode::NonIndustrial,
                carats: Carats::from_hundredths(3_600_050),
                value: UsdCents::from_cents(1_260_017_500),
            },
        ],
        parcels: 2,
        seals: vec!["CD77120934".into(), "CD77120935".into(), "XA00417".into()],
        kind: Kind::Normal,
        flags: Flags::default(),
        record_hash: record_hash(&[7; 16], b"the full record"),
    }
}

/// A receipt for the credential as the last of `size` leaves.
pub(crate) fn receipt(credential: &Credential, size: u64, index: u64) -> (Receipt, Hash) {
    let placed = Placed { size, index, position: index + 40, previous: index + 31 };
    let mut leaves: Vec<Hash> = (0..size).map(|each| leaf_hash(&each.to_be_bytes())).collect();
    leaves[usize::try_from(index).unwrap()] = leaf_hash(&leaf_of(credential, placed));
    let path = inclusion_proof(&leaves, index).unwrap();
    let root = root_of(&leaves);
    let at = "2026-02-03T09:04:01Z".parse().unwrap();
    (Receipt::sign("kp.XA/2026", placed, &path, root, at, &key(9)).unwrap(), root)
}

#[test]
fn a_credential_reads_back_and_its_signature_fits() {
    let credential = Credential::sign(&content(), &key(7)).unwrap();
    assert_eq!(credential.content(), &content());
    let text = credential.to_text();
    assert!(text.starts_with("KPC1:"));
    assert_eq!(Credential::from_text(&text).unwrap(), credential);
    key(7).public().check_signature(credential.message(), credential.signature()).unwrap();
    assert_eq!(kp_sign::verify(credential.bytes(), &key(7).public()).unwrap().header.subject, "XA-000451");
    assert_eq!(credential.check_code(), credential.check_code().to_string().parse().unwrap());
}

#[test]
fn a_receipt_leads_to_the_signed_root_of_its_credential_and_of_no_other() {
    let credential = Credential::sign(&content(), &key(7)).unwrap();
    for (size, index) in [(2, 1), (300, 255), (300, 299), (1024, 1), (16_384, 16_383)] {
        let (receipt, root) = receipt(&credential, size, index);
        let again = Receipt::from_text(&receipt.to_text()).unwrap();
        assert_eq!(again, receipt);
        assert_eq!(again.root(&credential).unwrap(), root);
        key(9).public().check_signature(&again.message(root), again.signature()).unwrap();
        let mut other = content();
        other.parcels = 3;
        let other = Credential::sign(&other, &key(7)).unwrap();
        assert_ne!(receipt.root(&other).unwrap(), root);
    }
}

/// The figures of `specs/certificate.md`: printed with `--nocapture`, and held below their caps.
#[test]
fn sizes_are_those_that_the_symbols_were_chosen_for() {
    let typical = Credential::sign(&content(), &key(7)).unwrap();
    let mut longest = content();
    longest.authority = "A".repeat(23);
    longest.number = CertificateNumber::new("XA".parse().unwrap(), 9_999_999_999_999);
    longest.exporter = Party::fitting(&"Société d'Exploitation Minière ".repeat(9), "XA-EXP-2026-000007");
    longest.importer = Party::fitting(&"شركة الألماس ".repeat(9), "XB-IMP-2026-000031");
    longest.origins = Origins::Named(["XA", "XB", "XC"].map(|code| code.parse().unwrap()).to_vec());
    longest.lines = HsCode::ALL
        .map(|class| Line {
            class,
            carats: Carats::from_hundredths(4_000_000_000),
            value: UsdCents::from_cents(4_000_000_000),
        })
        .to_vec();
    longest.flags.single_officer = true;
    let cut = longest.clone().fitted().unwrap();
    let longest_signed = Credential::sign(&cut, &key(7)).unwrap();
    println!("S typical {} bytes, {} characters", typical.bytes().len(), typical.to_text().len());
    println!(
        "S longest {} bytes, {} characters",
        longest_signed.bytes().len(),
        longest_signed.to_text().len()
    );
    assert!(longest_signed.bytes().len() <= LARGEST_CREDENTIAL);
    assert!(cut.exporter.name.ends_with('…') && cut.importer.name.ends_with('…'));
    assert_eq!(cut.clone().fitted().unwrap(), cut, "what fits is not cut again");
    assert!(matches!(
        Credential::sign(&longest, &key(7)),
        Err(CredentialFault::Content(ContentFault::TooLong { field: Field::Whole, .. }))
    ));
    for depth in [4_u64, 7, 8, 10, 12, 17] {
        let size = 1 << depth;
        let (receipt, _) = receipt(&typical, size, size - 1);
        println!("R depth {depth} {} bytes, {} characters", receipt.bytes().len(), receipt.to_text().len());
    }
}

#[test]
fn every_field_says_by_how_much_it_is_too_long() {
    let mut long = content();
    long.authority = "A".repeat(30);
    let fault = Credential::sign(&long, &key(7)).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "the issuing authority's short name is 7 bytes longer than the signed code can hold; shorten it"
    );
    let mut long = content();
    long.parcels = 256;
    assert_eq!(
        Credential::sign(&long, &key(7)).unwrap_err(),
        ContentFault::TooLong { field: Field::Parcels, over: 1 }.into()
    );
    let mut long = content();
    long.seals = (0..9).map(|n| format!("SEAL{}", n * 2)).collect();
    assert!(matches!(
        Credential::sign(&long, &key(7)),
        Err(CredentialFault::Content(ContentFault::TooLong { field: Field::Seals, .. }))
    ));
}

#[test]
fn what_cannot_be_on_a_certificate_is_not_signed() {
    type Change = fn(&mut Content);
    let changes: Vec<(&str, Change)> = vec![
        ("the number XB-000451 does not begin with its issuer XA", |c| {
            c.number = "XB-000451".parse().unwrap()
        }),
        ("a certificate expires after it is issued, and within a year", |c| c.expires_at = c.issued_at),
        ("a certificate expires after it is issued, and within a year", |c| {
            c.expires_at = "2027-04-05T00:00:00Z".parse().unwrap()
        }),
        ("times are whole seconds from 1970 on", |c| c.issued_at = "2026-02-03T09:04:00.5Z".parse().unwrap()),
        (
            "the exporter's name and registry id has characters that signed bytes may not hold: normalise it (NFC) and leave out control characters",
            |c| c.exporter.name = "Socie\u{301}te\u{301}".into(),
        ),
        ("the issuing authority's short name is missing", |c| c.authority.clear()),
        ("origins are one to three different codes in the order of the alphabet, or mixed", |c| {
            c.origins = Origins::Named(vec![])
        }),
        ("lines are one to three different classes in the order of their codes", |c| c.lines.reverse()),
        ("lines are one to three different classes in the order of their codes", |c| c.lines.clear()),
        ("the line 7102.21 needs carats above zero and a value that is not below zero", |c| {
            c.lines[0].carats = Carats::ZERO
        }),
        ("the number of parcels is missing", |c| c.parcels = 0),
        ("the list of seals is missing", |c| c.seals.clear()),
        ("\"cd 1\" is not a seal number as signed bytes hold it, or stands there twice", |c| {
            c.seals[0] = "cd 1".into()
        }),
        ("\"CD77120934\" is not a seal number as signed bytes hold it, or stands there twice", |c| {
            c.seals[1] = "CD77120934".into()
        }),
    ];
    for (sentence, change) in changes {
        let mut changed = content();
        change(&mut changed);
        assert_eq!(Credential::sign(&changed, &key(7)).unwrap_err().to_string(), sentence);
    }
}

#[test]
fn every_flipped_bit_is_noticed_before_or_by_the_signature() {
    let credential = Credential::sign(&content(), &key(7)).unwrap();
    let (receipt, root) = receipt(&credential, 300, 299);
    for (at, bit) in (0..credential.bytes().len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut altered = credential.bytes().to_vec();
        altered[at] ^= 1 << bit;
        if let Ok(opened) = Credential::open(&altered) {
            let fits = key(7).public().check_signature(opened.message(), opened.signature()).is_ok();
            assert!(!fits || opened.key_id() != credential.key_id(), "bit {bit} of byte {at}");
        }
    }
    for (at, bit) in (0..receipt.bytes().len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut altered = receipt.bytes().to_vec();
        altered[at] ^= 1 << bit;
        let Ok(opened) = Receipt::open(&altered) else { continue };
        let Ok(found) = opened.root(&credential) else { continue };
        let fits = key(9).public().check_signature(&opened.message(found), opened.signature()).is_ok();
        assert!(!fits || opened.key_id() != receipt.key_id(), "bit {bit} of byte {at}, root {root}");
    }
}

#[test]
fn texts_that_are_not_ours_are_told_apart() {
    let credential = Credential::sign(&content(), &key(7)).unwrap();
    let text = credential.to_text();
    for not_ours in [
        "",
        "https://example.org",
        "kpc1:AB",
        "HC1:AB",
        "KPC1",
        " KPC1:AB",
        "KPR1:AB",
        "KPCx:AB",
        "KPC12345:A",
    ] {
        assert_eq!(Credential::from_text(not_ours), Err(TextFault::NotOurs), "{not_ours}");
    }
    assert_eq!(Credential::from_text("KPC2:AB"), Err(TextFault::Newer("KPC2".into())));
    for damaged in [format!("{text}\n"), format!("{text} :::"), text.to_lowercase().replace("kpc1:", "KPC1:")]
    {
        assert!(matches!(Credential::from_text(&damaged), Err(TextFault::Damaged(_))), "{damaged}");
    }
    assert!(matches!(Credential::from_text("KPC1:"), Err(TextFault::Inside(_))));
}

prop_compose! {
    pub(crate) fn any_content()(
        serial in 0_u64..10_000_000,
        names in proptest::collection::vec("[A-Za-z0-9éñЖ钻& .]{1,24}", 3),
        ids in proptest::collection::vec("[A-Z0-9-]{0,12}", 2),
        mixed: bool,
        amounts in proptest::collection::vec((1_i64..5_000_000_000, 0_i64..500_000_000_000), 1..4),
        parcels in 1_u32..256,
        seals in proptest::collection::btree_set("[A-Z]{2}[0-9]{3}", 1..5),
        kind in 0_usize..4,
        flags in 0..4,
        issued in 1_700_000_000_i64..1_900_000_000,
        length in 1..LONGEST_VALIDITY_SECONDS,
        record_hash: [u8; 32],
    ) -> Content {
        let mut content = content();
        content.number = CertificateNumber::new(content.issuer, serial);
        let at = |seconds| kp_terms::Timestamp::from_second(seconds).unwrap();
        (content.issued_at, content.expires_at) = (at(issued), at(issued + length));
        content.exporter = Party::fitting(&format!("E{}", names[0]), &ids[0]);
        content.importer = Party::fitting(&format!("I{}", names[1]), &ids[1]);
        content.authority = shorten(&format!("A{}", names[2]), 23);
        if mixed { content.origins = Origins::Mixed; }
        content.lines = HsCode::ALL.into_iter().zip(amounts).map(|(class, (carats, cents))| Line {
            class, carats: Carats::from_hundredths(carats), value: UsdCents::from_cents(cents),
        }).collect();
        content.parcels = parcels;
        content.seals = seals.into_iter().collect();
        content.kind = [Kind::Normal, Kind::Technical(Purpose::Seized), Kind::Technical(Purpose::Research), Kind::Technical(Purpose::Return)][kind];
        content.flags = Flags { single_officer: flags & 1 != 0, training: flags & 2 != 0 };
        content.record_hash = record_hash;
        content
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_fits_reads_back_and_a_cose_library_agrees(content in any_content()) {
        let Ok(content) = content.fitted() else { return Ok(()) };
        let credential = Credential::sign(&content, &key(7)).unwrap();
        prop_assert_eq!(credential.content(), &content);
        let theirs = CoseSign1::from_tagged_slice(credential.bytes()).unwrap();
        prop_assert_eq!(theirs.tbs_data(&[]), credential.message());
        prop_assert_eq!(&theirs.signature, credential.signature());
    }

    /// Wherever one byte is another, our reader takes no more than a reader that decodes, encodes and compares does.
    #[test]
    fn the_strict_reader_takes_nothing_that_encoding_again_would_refuse(at in 0_usize..380, byte: u8, cut in 0_usize..8) {
        let mut bytes = Credential::sign(&content(), &key(7)).unwrap().bytes().to_vec();
        if let Some(place) = bytes.get_mut(at) { *place = byte; }
        if cut == 0 { bytes.truncate(at); }
        if Credential::open(&bytes).is_ok() {
            prop_assert!(kp_sign::open(&bytes).is_ok());
        }
    }

    #[test]
    fn no_bytes_are_too_wild_for_the_readers(bytes: Vec<u8>, text in "K?P?[CR]?[12]?:?[0-9A-Z $%*+./:-]{0,80}") {
        let _ = Credential::open(&bytes);
        let _ = Receipt::open(&bytes);
        let _ = Credential::from_text(&text);
        let _ = Receipt::from_text(&text);
    }
}
