//! What must fail, one of each (security 9.2): made by hand, well signed wherever the fault is not the signature itself.

use ciborium::Value;
use kp_certificate::lists::{Compromise, Cut, Direction, Standing, StandingChange, UnderWay};
use kp_certificate::{Credential, Placed, Receipt, encode_base45, leaf_of};
use kp_sign::{MessageSigner, SigningKey};
use kp_tlog::{Hash, leaf_hash, node_hash};

use crate::world::{World, at, content, key};

/// One case: what is presented, and the reason that our verifier gives.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) credential: String,
    pub(crate) receipt: Option<String>,
    /// Which lists: those of the good certificate, or those of this case.
    pub(crate) lists: Lists,
}

/// The lists that a case is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lists {
    Good,
    KeyNotYetValid,
    KeyExpired,
    KeyCompromised,
    DestinationSuspended,
}

impl Lists {
    pub(crate) const ALL: [Self; 5] = [
        Self::Good,
        Self::KeyNotYetValid,
        Self::KeyExpired,
        Self::KeyCompromised,
        Self::DestinationSuspended,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::KeyNotYetValid => "key-not-yet-valid",
            Self::KeyExpired => "key-expired",
            Self::KeyCompromised => "key-compromised",
            Self::DestinationSuspended => "destination-suspended",
        }
    }

    /// The world of the good certificate with these lists.
    pub(crate) fn world(self) -> World {
        let mut world = good_world().0;
        let document = &mut world.trust[0].document_keys[0];
        match self {
            Self::Good => {}
            Self::KeyNotYetValid => document.valid_from = at("2026-02-05T00:00:00Z"),
            Self::KeyExpired => document.signs_until = at("2026-02-01T00:00:00Z"),
            Self::KeyCompromised => {
                let (log, noted_at) = ("kp.XA/2026".into(), at("2026-02-09T00:00:00Z"));
                document.compromise =
                    Some(Compromise { cuts: vec![Cut { log, first_untrusted: 6 }], noted_at });
            }
            Self::DestinationSuspended => {
                world.participants.participants[1].standing.push(StandingChange {
                    standing: Standing::Suspended,
                    direction: Direction::Import,
                    scope: String::new(),
                    effective_at: at("2026-02-01T00:00:00Z"),
                    under_way: UnderWay::Refuse,
                    legal_act: "AD 2026/2".into(),
                });
            }
        }
        world
    }
}

/// A log of six entries with the good certificate in the last.
pub(crate) fn good_world() -> (World, Credential, Receipt) {
    let mut world = World::new();
    for number in 1..=5 {
        world.issue(&content(number));
    }
    let (credential, receipt) = world.issue(&content(451));
    (world, credential, receipt)
}

/// Certificate and receipt of the good world, made once.
pub(crate) fn good_codes() -> &'static (Credential, Receipt) {
    static MADE: std::sync::OnceLock<(Credential, Receipt)> = std::sync::OnceLock::new();
    MADE.get_or_init(|| {
        let (_, credential, receipt) = good_world();
        (credential, receipt)
    })
}

/// Protected header and payload of the good certificate.
fn parts() -> (Vec<u8>, Vec<u8>) {
    let (credential, _) = good_codes();
    let value: Value = ciborium::from_reader(credential.bytes()).unwrap();
    let parts = value.into_tag().unwrap().1.into_array().unwrap();
    (parts[0].as_bytes().unwrap().clone(), parts[2].as_bytes().unwrap().clone())
}

fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn decode(bytes: &[u8]) -> Value {
    ciborium::from_reader(bytes).unwrap()
}

fn to_be_signed(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    encode(&Value::Array(vec![
        "Signature1".into(),
        Value::Bytes(protected.to_vec()),
        Value::Bytes(vec![]),
        Value::Bytes(payload.to_vec()),
    ]))
}

fn signature(protected: &[u8], payload: &[u8], signer: &SigningKey) -> Vec<u8> {
    signer.sign_message(&to_be_signed(protected, payload)).unwrap()
}

fn envelope(
    tag: Option<u64>,
    protected: &[u8],
    unprotected: Value,
    payload: Value,
    signature: &[u8],
) -> Vec<u8> {
    let array = Value::Array(vec![
        Value::Bytes(protected.to_vec()),
        unprotected,
        payload,
        Value::Bytes(signature.to_vec()),
    ]);
    encode(&match tag {
        Some(tag) => Value::Tag(tag, Box::new(array)),
        None => array,
    })
}

fn text(bytes: &[u8]) -> String {
    format!("KPC1:{}", encode_base45(bytes))
}

fn nothing() -> Value {
    Value::Map(vec![])
}

/// Signed as it should be, whatever it says.
fn signed_parts(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let signature = signature(protected, payload, &key("XA document"));
    envelope(Some(18), protected, nothing(), Value::Bytes(payload.to_vec()), &signature)
}

/// The good certificate with its payload changed, then signed.
fn payload(change: impl FnOnce(&mut Vec<(Value, Value)>)) -> Vec<u8> {
    let (protected, payload) = parts();
    let mut map = decode(&payload).into_map().unwrap();
    change(&mut map);
    signed_parts(&protected, &encode(&Value::Map(map)))
}

/// The good certificate with a part of its payload's bytes replaced, then signed.
fn payload_bytes(from: &[u8], to: &[u8]) -> Vec<u8> {
    let (protected, payload) = parts();
    let at = payload.windows(from.len()).position(|window| window == from).unwrap();
    let changed = [&payload[..at], to, &payload[at + from.len()..]].concat();
    signed_parts(&protected, &changed)
}

/// The good certificate with its protected header changed, then signed.
fn header(change: impl FnOnce(&mut Vec<(Value, Value)>)) -> Vec<u8> {
    let (protected, payload) = parts();
    let mut map = decode(&protected).into_map().unwrap();
    change(&mut map);
    signed_parts(&encode(&Value::Map(map)), &payload)
}

fn set(map: &mut [(Value, Value)], wanted: i64, value: Value) {
    map.iter_mut().find(|(key, _)| *key == Value::from(wanted)).unwrap().1 = value;
}

fn without(map: &mut Vec<(Value, Value)>, wanted: i64) {
    map.retain(|(key, _)| *key != Value::from(wanted));
}

fn claim(wanted: i64, value: Value) -> Vec<u8> {
    header(|map| {
        let (_, claims) = map.iter_mut().find(|(key, _)| *key == Value::from(15)).unwrap();
        set(claims.as_map_mut().unwrap(), wanted, value);
    })
}

fn unprotected(header_map: Value, without_protected: Option<i64>) -> Vec<u8> {
    let (protected, payload) = parts();
    let mut map = decode(&protected).into_map().unwrap();
    if let Some(label) = without_protected {
        without(&mut map, label);
    }
    let protected = encode(&Value::Map(map));
    let signature = signature(&protected, &payload, &key("XA document"));
    envelope(Some(18), &protected, header_map, Value::Bytes(payload), &signature)
}

/// The good certificate under another signature.
fn with_signature(change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let (protected, payload) = parts();
    let good = signature(&protected, &payload, &key("XA document"));
    envelope(Some(18), &protected, nothing(), Value::Bytes(payload), &change(good))
}

fn high_s(good: &[u8]) -> Vec<u8> {
    let low = p256::ecdsa::Signature::from_slice(good).unwrap();
    let (r, s) = low.split_scalars();
    p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap().to_bytes().to_vec()
}

fn lines(rows: &[[i64; 3]], total: [i64; 2]) -> Vec<u8> {
    let array = |numbers: &[i64]| Value::Array(numbers.iter().map(|number| Value::from(*number)).collect());
    payload(|map| {
        set(map, 7, Value::Array(rows.iter().map(|row| array(row)).collect()));
        set(map, 8, array(&total));
    })
}

fn party(name: &str) -> Value {
    Value::Array(vec![name.into(), "XA-EXP-7".into()])
}

fn texts() -> Vec<(&'static str, &'static str, String)> {
    let good = good_codes().0.to_text();
    let rest = &good[5..];
    vec![
        ("prefix-lower-case", "not-our-code", format!("kpc1:{rest}")),
        ("prefix-of-a-later-form", "newer-form", format!("KPC2:{rest}")),
        ("prefix-missing", "not-our-code", rest.to_owned()),
        ("trailing-newline", "damaged-code", format!("{good}\n")),
        ("trailing-space", "damaged-code", format!("{good} ")),
        ("base45-too-large", "damaged-code", "KPC1:GGW".into()),
        ("base45-much-too-large", "damaged-code", "KPC1::::".into()),
        ("base45-odd-tail", "damaged-code", good[..good.len() - 1].to_owned()),
        ("base45-lower-case", "damaged-code", format!("KPC1:{}", rest.to_lowercase())),
    ]
}

fn cbor() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let (protected, good) = parts();
    let in_form = |name, bytes| (name, "not-in-form", bytes);
    let indefinite = [&[0xbf], &good[1..], &[0xff]].concat();
    let trailing = [good.as_slice(), &[0]].concat();
    let nested = (0..9).fold(Value::from(1), |inner, _| Value::Array(vec![inner]));
    vec![
        in_form("indefinite-length", signed_parts(&protected, &indefinite)),
        in_form("key-twice", payload(|map| map.insert(1, map[0].clone()))),
        in_form("keys-unsorted", payload(|map| map.swap(1, 2))),
        in_form("long-integer", payload_bytes(&[0x09, 0x02], &[0x09, 0x18, 0x02])),
        in_form("bytes-after-the-payload", signed_parts(&protected, &trailing)),
        in_form("bytes-after-the-end", [signed_parts(&protected, &good), vec![0]].concat()),
        in_form(
            "carats-as-a-float",
            payload_bytes(&[0x1a, 0x00, 0x36, 0xee, 0xb2], &[0xfa, 0x4a, 0x5b, 0xba, 0xc8]),
        ),
        in_form("nine-deep", payload(|map| set(map, 9, nested))),
        in_form("big-number", payload(|map| set(map, 9, Value::Tag(2, Box::new(Value::Bytes(vec![2])))))),
        in_form("not-utf-8", payload_bytes(b"River", b"R\xffver")),
        in_form("name-not-in-form-c", payload(|map| set(map, 4, party("Socie\u{301}te\u{301}")))),
        in_form("a-field-too-many", payload(|map| map.push((99.into(), 1.into())))),
        in_form("a-field-too-few", payload(|map| without(map, 9))),
        in_form(
            "seals-not-in-short-form",
            payload(|map| {
                set(map, 10, Value::Array(vec!["CD77120934".into(), "CD77120935".into(), "XA00417".into()]))
            }),
        ),
        in_form("cut-short", signed_parts(&protected, &good)[..200].to_vec()),
    ]
}

fn cose() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let (protected, good) = parts();
    let proper = signature(&protected, &good, &key("XA document"));
    let tagged = |tag| envelope(tag, &protected, nothing(), Value::Bytes(good.clone()), &proper);
    let algorithm = |value: Value| header(|map| set(map, 1, value));
    let in_form = |name, bytes| (name, "not-in-form", bytes);
    let kid = || Value::Bytes(key("XA document").public().id().0.to_vec());
    let by = |name: &str, named: &str| {
        let (protected, payload) = parts();
        let mut map = decode(&protected).into_map().unwrap();
        set(&mut map, 4, Value::Bytes(key(named).public().id().0.to_vec()));
        let protected = encode(&Value::Map(map));
        let signature = signature(&protected, &payload, &key(name));
        envelope(Some(18), &protected, nothing(), Value::Bytes(payload), &signature)
    };
    vec![
        in_form("no-tag", tagged(None)),
        in_form("tag-98", tagged(Some(98))),
        in_form("algorithm-eddsa", algorithm((-8).into())),
        in_form("algorithm-es384", algorithm((-35).into())),
        in_form("algorithm-missing", header(|map| without(map, 1))),
        in_form("algorithm-a-list", algorithm(Value::Array(vec![(-7).into()]))),
        in_form("algorithm-unprotected", unprotected(Value::Map(vec![(1.into(), (-7).into())]), Some(1))),
        in_form("key-id-missing", header(|map| without(map, 4))),
        in_form("key-id-unprotected", unprotected(Value::Map(vec![(4.into(), kid())]), Some(4))),
        in_form("something-unprotected", unprotected(Value::Map(vec![(4.into(), kid())]), None)),
        ("key-id-unknown", "unknown-key", by("nobody", "nobody")),
        ("key-id-of-another-key", "altered", by("nobody", "XA document")),
        in_form("critical-header", header(|map| map.insert(1, (2.into(), Value::Array(vec![99.into()]))))),
        in_form("another-content-type", header(|map| set(map, 3, "application/kpcs-statement+cbor".into()))),
        in_form("no-payload", envelope(Some(18), &protected, nothing(), Value::Null, &proper)),
        in_form("signature-empty", with_signature(|_| vec![])),
        in_form("signature-63-bytes", with_signature(|good| good[..63].to_vec())),
        in_form("signature-65-bytes", with_signature(|good| [good, vec![0]].concat())),
        in_form("r-zero", with_signature(|good| [&[0; 32], &good[32..]].concat())),
        in_form("s-zero", with_signature(|good| [&good[..32], &[0; 32]].concat())),
        in_form("s-above-half", with_signature(|good| high_s(&good))),
        (
            "one-bit-of-the-signature",
            "altered",
            with_signature(|mut good| {
                good[5] ^= 1;
                good
            }),
        ),
        ("signed-by-a-log-key", "key-for-other-use", by("XA log", "XA log")),
        ("signed-by-another-participant", "wrong-issuer", by("XB document", "XB document")),
    ]
}

fn contents() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let in_form = |name, bytes| (name, "not-in-form", bytes);
    let good = [[710_221, 812_350, 9_748_200], [710_231, 3_600_050, 1_260_017_500]];
    let carats = 812_350 + 3_600_050;
    let value = 9_748_200 + 1_260_017_500;
    vec![
        in_form("expires-before-issue", claim(4, (1_770_109_440_i64 - 60).into())),
        in_form("expires-after-more-than-a-year", claim(4, (1_770_109_440_i64 + 368 * 86_400).into())),
        in_form("number-of-another-issuer", claim(2, "XB-000451".into())),
        in_form("number-without-its-zeros", claim(2, "XA-451".into())),
        in_form("class-out-of-scope", lines(&[[710_239, 812_350, 9_748_200]], [812_350, 9_748_200])),
        in_form("total-not-the-sum", lines(&good, [carats + 1, value])),
        in_form("no-carats", lines(&[[710_221, 0, 9_748_200]], [0, 9_748_200])),
        in_form(
            "four-lines",
            lines(&[[710_210, 1, 1], good[0], good[1], [710_231, 1, 1]], [carats + 2, value + 2]),
        ),
        in_form("a-class-twice", lines(&[good[0], good[0]], [2 * 812_350, 2 * 9_748_200])),
        in_form("too-long-a-name", payload(|map| set(map, 4, party(&"N".repeat(90))))),
        in_form("no-seals", payload(|map| set(map, 10, Value::Array(vec![])))),
        in_form("origins-twice", payload(|map| set(map, 6, Value::Array(vec!["XA".into(), "XA".into()])))),
    ]
}

fn of_credentials() -> Vec<Case> {
    let receipt = good_codes().1.to_text();
    let bytes = [cbor(), cose(), contents()].into_iter().flatten();
    let all = texts().into_iter().chain(bytes.map(|(name, reason, bytes)| (name, reason, text(&bytes))));
    all.map(|(name, reason, credential)| Case {
        name,
        reason,
        credential,
        receipt: Some(receipt.clone()),
        lists: Lists::Good,
    })
    .collect()
}

/// A receipt made by hand: claims, proof and root as given, signed by the log's key.
fn raw_receipt(log: &str, time: i64, places: [u64; 4], proof: Value, root: Hash, signer: &str) -> String {
    let numbers = Value::Array(places.iter().map(|number| Value::from(*number)).collect());
    let claims =
        Value::Map(vec![(1.into(), log.into()), (6.into(), time.into()), ((-65_537).into(), numbers)]);
    let protected = encode(&Value::Map(vec![
        (1.into(), (-7).into()),
        (4.into(), Value::Bytes(key(signer).public().id().0.to_vec())),
        (15.into(), claims),
        (395.into(), 1.into()),
    ]));
    let proofs = Value::Map(vec![((-1).into(), Value::Array(vec![Value::Bytes(encode(&proof))]))]);
    let signature = signature(&protected, root.as_bytes(), &key(signer));
    let unprotected = Value::Map(vec![(396.into(), proofs)]);
    let bytes = envelope(Some(18), &protected, unprotected, Value::Null, &signature);
    format!("KPR1:{}", encode_base45(&bytes))
}

fn proof(size: u64, index: u64, path: Vec<Vec<u8>>) -> Value {
    let hashes = path.into_iter().map(Value::Bytes).collect();
    Value::Array(vec![size.into(), index.into(), Value::Array(hashes)])
}

fn of_receipts() -> Vec<Case> {
    let (mut world, credential, receipt) = good_world();
    let placed = receipt.placed();
    let Placed { size, index, position, previous } = placed;
    let places = [size, index, position, previous];
    let path: Vec<Vec<u8>> = receipt.path().iter().map(|hash| hash.as_bytes().to_vec()).collect();
    let root = receipt.root(&credential).unwrap();
    let time = credential.content().issued_at.as_second();
    let log = "kp.XA/2026";
    let good_proof = || proof(size, index, path.clone());
    let raw = |log: &str, time, places, proof, root| raw_receipt(log, time, places, proof, root, "XA log");
    // One hash more, and the root that a careless reader would work out with it.
    let longer: Vec<Vec<u8>> = path.iter().cloned().chain([vec![7; 32]]).collect();
    let longer_root = node_hash(&Hash([7; 32]), &root);
    let short_hash: Vec<Vec<u8>> = path.iter().map(|hash| hash[..31].to_vec()).collect();
    let (_, other) = world.issue(&content(452));
    let case = |name, reason, receipt: String| Case {
        name,
        reason,
        credential: credential.to_text(),
        receipt: Some(receipt),
        lists: Lists::Good,
    };
    let leaf = leaf_hash(&leaf_of(&credential, Placed { size, index: size, position, previous }));
    vec![
        case(
            "receipt-index-not-below-size",
            "receipt-does-not-fit",
            raw(log, time, [size, size, position, previous], proof(size, size, path.clone()), leaf),
        ),
        case(
            "receipt-index-zero",
            "receipt-does-not-fit",
            raw(log, time, [size, 0, position, previous], proof(size, 0, path.clone()), root),
        ),
        case(
            "receipt-hash-too-many",
            "receipt-does-not-fit",
            raw(log, time, places, proof(size, index, longer), longer_root),
        ),
        case(
            "receipt-hash-too-few",
            "receipt-does-not-fit",
            raw(log, time, places, proof(size, index, path[..path.len() - 1].to_vec()), root),
        ),
        case(
            "receipt-hash-of-31-bytes",
            "receipt-does-not-fit",
            raw(log, time, places, proof(size, index, short_hash), root),
        ),
        case("receipt-of-another-certificate", "receipt-does-not-fit", other.to_text()),
        case(
            "receipt-signed-size-differs",
            "receipt-does-not-fit",
            raw(log, time, [size + 1, index, position, previous], good_proof(), root),
        ),
        case(
            "receipt-position-changed",
            "receipt-does-not-fit",
            raw(log, time, [size, index, position + 1, previous], good_proof(), root),
        ),
        case(
            "receipt-of-an-unknown-log-key",
            "receipt-unknown-log",
            raw_receipt(log, time, places, good_proof(), root, "XB log"),
        ),
        case(
            "receipt-of-another-log",
            "receipt-does-not-fit",
            raw("kp.XB/2026", time, places, good_proof(), root),
        ),
        case(
            "receipt-of-another-year",
            "receipt-does-not-fit",
            raw("kp.XA/2025", time, places, good_proof(), root),
        ),
        case(
            "receipt-older-than-the-certificate",
            "receipt-does-not-fit",
            raw(log, time - 1, places, good_proof(), root),
        ),
        case(
            "receipt-root-not-signed",
            "receipt-does-not-fit",
            raw(log, time, places, good_proof(), Hash([1; 32])),
        ),
    ]
}

fn of_lists() -> Vec<Case> {
    let (credential, receipt) = good_codes();
    let case = |name, reason, lists| Case {
        name,
        reason,
        credential: credential.to_text(),
        receipt: Some(receipt.to_text()),
        lists,
    };
    vec![
        case("key-not-yet-valid", "key-not-yet-valid", Lists::KeyNotYetValid),
        case("key-expired", "key-out-of-use", Lists::KeyExpired),
        case("key-compromised-before", "key-revoked-before", Lists::KeyCompromised),
        case("destination-suspended", "destination-barred", Lists::DestinationSuspended),
    ]
}

/// All of them.
pub(crate) fn cases() -> Vec<Case> {
    [of_credentials(), of_receipts(), of_lists()].into_iter().flatten().collect()
}
