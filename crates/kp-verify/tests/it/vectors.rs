//! Keeps `specs/certificate.md`, `specs/lists.md` and their vectors true: everything is made anew here and compared.

use kp_certificate::lists::{Bundle, BundleFault, pack};
use kp_certificate::{Credential, Receipt, leaf_of};
use kp_sign::{hex, sha256};
use kp_verify::{Clock, Code, Presented, Seen, State, TrustData, verify};
use serde_json::{Value, json};

use crate::must_fail::{Case, Lists, cases, good_codes, good_world};
use crate::world::{World, at, key};

const NOW: &str = "2026-02-12T10:00:00Z";
/// Names of the keys in the vectors; a secret key is the SHA-256 of its name.
const KEYS: [&str; 11] = [
    "XA document",
    "XA desk",
    "XA log",
    "XA lists",
    "XA root",
    "XB document",
    "XB log",
    "snapshot",
    "root 1",
    "root 2",
    "root 3",
];

fn path(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs").join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_default()
}

/// Compares a file of vectors with what the code makes; `KPCS_WRITE_VECTORS=1` writes it instead.
#[track_caller]
pub(crate) fn compare(name: &str, page: &str, made: &Value) {
    let made = format!("{}\n", serde_json::to_string_pretty(made).unwrap());
    if std::env::var_os("KPCS_WRITE_VECTORS").is_some() {
        std::fs::write(path(name), &made).unwrap();
    }
    let same = read(name) == made;
    assert!(
        same,
        "specs/{name} is not what the code makes; KPCS_WRITE_VECTORS=1 writes it, if the format was meant to change"
    );
    let hash = format!("SHA-256 of the vectors: `{}`", hex(&sha256(made.as_bytes())));
    assert!(read(page).contains(&hash), "specs/{page} must say: {hash}");
}

/// The lists of each case, made once.
fn bundle(lists: Lists) -> Bundle {
    static MADE: std::sync::OnceLock<Vec<(Lists, Bundle)>> = std::sync::OnceLock::new();
    let accept =
        |lists: Lists| Bundle::accept(&lists.world().bundle(), &World::roots(), None, at(NOW)).unwrap();
    let made = MADE.get_or_init(|| Lists::ALL.map(|lists| (lists, accept(lists))).to_vec());
    made.iter().find(|(of, _)| *of == lists).unwrap().1.clone()
}

fn judged(case: &Case) -> (State, String) {
    let lists = TrustData::new(bundle(case.lists));
    let presented = Presented::Codes {
        credential: Code::Text(&case.credential),
        paper: &kp_verify::OnPaper::NOTHING,
        receipt: case.receipt.as_deref().map(Code::Text),
    };
    let verdict = verify(&presented, Some(&lists), Clock::reading(at(NOW)), &Seen::new());
    (verdict.state, verdict.reason().key().to_owned())
}

pub(crate) fn word(state: State) -> &'static str {
    match state {
        State::Green => "green",
        State::Amber => "amber",
        State::Grey => "grey",
        State::Red => "red",
    }
}

fn good() -> Value {
    let (credential, receipt) = good_codes();
    let root = receipt.root(credential).unwrap();
    json!({
        "kpc1": credential.to_text(),
        "credential": hex(credential.bytes()),
        "credential_to_be_signed": hex(credential.message()),
        "credential_sha256": hex(credential.hash()),
        "check_code": credential.check_code().to_string(),
        "leaf": hex(&leaf_of(credential, receipt.placed())),
        "kpr1": receipt.to_text(),
        "receipt": hex(receipt.bytes()),
        "receipt_to_be_signed": hex(&receipt.message(root)),
        "root": root.to_hex(),
    })
}

fn keys() -> Value {
    let one = |name: &str| {
        let public = key(name).public();
        let value = json!({
            "secret": hex(&sha256(name.as_bytes())),
            "public": hex(&public.to_bytes()),
            "key_id": hex(&public.id().0),
        });
        (name.to_owned(), value)
    };
    Value::Object(KEYS.into_iter().map(one).collect())
}

#[test]
fn the_vectors_of_certificates_are_those_that_the_code_makes() {
    let lists = Lists::ALL.map(|lists| (lists.name().to_owned(), hex(&lists.world().bundle()).into()));
    let must_fail: Vec<Value> = cases()
        .iter()
        .map(|case| {
            let (state, _) = judged(case);
            json!({
                "name": case.name,
                "kpc1": case.credential,
                "kpr1": case.receipt,
                "lists": case.lists.name(),
                "state": word(state),
                "reason": case.reason,
            })
        })
        .collect();
    let made = json!({
        "about": "Made by the tests of crates/kp-verify; see specs/certificate.md. Bytes are hexadecimal.",
        "clock": NOW,
        "roots": { "threshold": 2, "keys": ["root 1", "root 2", "root 3"] },
        "keys": keys(),
        "lists": Value::Object(lists.into_iter().collect()),
        "good": good(),
        "must_fail": must_fail,
    });
    compare("vectors/certificate.json", "certificate.md", &made);
}

#[test]
fn what_must_fail_fails_for_the_reason_it_was_made_for() {
    for case in cases() {
        let (state, reason) = judged(&case);
        assert_eq!(reason, case.reason, "{}", case.name);
        assert!(matches!(state, State::Red | State::Grey), "{}: {state:?}", case.name);
    }
    let (credential, receipt) = good_codes();
    let good = Case {
        name: "good",
        reason: "good",
        credential: credential.to_text(),
        receipt: Some(receipt.to_text()),
        lists: Lists::Good,
    };
    assert_eq!(judged(&good), (State::Green, "good".to_owned()));
}

/// Name, bundle, whether it comes over the one of version 2, the clock, and the fault.
fn bundles() -> Vec<(&'static str, Vec<u8>, bool, &'static str, &'static str)> {
    let world = |version: u64| {
        let mut world = good_world().0;
        world.version = version;
        world
    };
    let (old, new) = (world(1), world(2));
    let mut one_root = world(1);
    one_root.roots.pop();
    let mut strangers = world(1);
    strangers.roots = vec!["root 1", "nobody"];
    let mut mixed = new.files();
    mixed[3] = old.files()[3].clone();
    let mixed = pack(&new.snapshot(&new.files()), &mixed).unwrap();
    let mut fork = world(2);
    fork.leaves.pop();
    let without_status = new.files().into_iter().enumerate().filter(|(at, _)| *at != 3);
    let without_status: Vec<_> = without_status.map(|(_, file)| file).collect();
    let incomplete = pack(&new.snapshot(&new.files()), &without_status).unwrap();
    let altered = {
        let mut bytes = old.bundle();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        bytes
    };
    vec![
        ("lower-version", old.bundle(), true, NOW, "older"),
        ("expired", old.bundle(), false, "2027-02-10T06:00:00Z", "expired"),
        ("threshold-less-one", one_root.bundle(), false, NOW, "below-threshold"),
        ("a-stranger-signed", strangers.bundle(), false, NOW, "below-threshold"),
        ("mixed-snapshot", mixed, false, NOW, "mixed"),
        ("two-lists-of-one-version", fork.bundle(), true, NOW, "two-of-one-version"),
        ("a-list-missing", incomplete, false, NOW, "incomplete"),
        ("one-bit", altered, false, NOW, "mixed"),
        ("cut", old.bundle()[..500].to_vec(), false, NOW, "not-in-form"),
    ]
}

fn fault_word(fault: &BundleFault) -> &'static str {
    match fault {
        BundleFault::NotInForm(_) => "not-in-form",
        BundleFault::List { fault: kp_certificate::lists::ListFault::BelowThreshold { .. }, .. } => {
            "below-threshold"
        }
        BundleFault::List { .. } => "list",
        BundleFault::Mixed { .. } => "mixed",
        BundleFault::Incomplete { .. } => "incomplete",
        BundleFault::Stranger(_) => "stranger",
        BundleFault::Older { .. } => "older",
        BundleFault::TwoOfOneVersion { .. } => "two-of-one-version",
        BundleFault::Expired { .. } => "expired",
    }
}

#[test]
fn the_vectors_of_bundles_are_those_that_the_code_makes() {
    let mut newer = good_world().0;
    newer.version = 2;
    let newer = Bundle::accept(&newer.bundle(), &World::roots(), None, at(NOW)).unwrap();
    let mut must_fail = Vec::new();
    for (name, bytes, over_newer, clock, expected) in bundles() {
        let older = over_newer.then_some(&newer);
        let fault = Bundle::accept(&bytes, &World::roots(), older, at(clock)).expect_err(name);
        assert_eq!(fault_word(&fault), expected, "{name}: {fault}");
        must_fail.push(json!({
            "name": name,
            "bundle": hex(&bytes),
            "over_the_good_one": over_newer,
            "clock": clock,
            "fault": expected,
        }));
    }
    let made = json!({
        "about": "Made by the tests of crates/kp-verify; see specs/lists.md. Keys are those of certificate.json.",
        "clock": NOW,
        "roots": { "threshold": 2, "keys": ["root 1", "root 2", "root 3"] },
        "good": hex(&newer.to_bytes()),
        "must_fail": must_fail,
    });
    compare("vectors/lists.json", "lists.md", &made);
}

#[test]
fn the_pages_show_the_example_and_say_why_each_vector_fails() {
    let page = read("certificate.md");
    let (credential, receipt) = good_codes();
    assert!(
        page.contains(&credential.to_text()),
        "the first code of specs/certificate.md: {}",
        credential.to_text()
    );
    assert!(page.contains(&receipt.to_text()), "the second code: {}", receipt.to_text());
    assert!(
        page.contains(&credential.check_code().to_string()),
        "the check code: {}",
        credential.check_code()
    );
    for case in cases() {
        assert!(
            page.contains(&format!("`{}`", case.name)),
            "specs/certificate.md does not say why {} fails",
            case.name
        );
    }
    for reason in kp_verify::Reason::order() {
        assert!(
            page.contains(&format!("`{reason}`")),
            "specs/certificate.md does not list the reason {reason}"
        );
    }
    let listed: Vec<usize> = kp_verify::Reason::order()
        .iter()
        .map(|reason| page.find(&format!("| `{reason}` |")).unwrap_or_default())
        .collect();
    assert!(listed.is_sorted(), "specs/certificate.md lists the reasons in another order than they have");
    let page = read("lists.md");
    for (name, ..) in bundles() {
        assert!(page.contains(&format!("`{name}`")), "specs/lists.md does not say why {name} fails");
    }
}

#[test]
fn the_texts_of_the_vectors_open_to_the_bytes_beside_them() {
    let vectors: Value = serde_json::from_str(&read("vectors/certificate.json")).unwrap();
    let text = |name: &str| vectors["good"][name].as_str().unwrap().to_owned();
    assert_eq!(hex(Credential::from_text(&text("kpc1")).unwrap().bytes()), text("credential"));
    assert_eq!(hex(Receipt::from_text(&text("kpr1")).unwrap().bytes()), text("receipt"));
}
