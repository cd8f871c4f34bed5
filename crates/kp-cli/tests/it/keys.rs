//! Document keys at the command line: made in a ceremony, witnessed, checked, reported.

use crate::kpcs::{Kpcs, PASSPHRASE};

/// The demonstration's world names two custodians of XA.
fn with_record() -> Kpcs {
    let kpcs = Kpcs::with_world();
    kpcs.file("record.txt", "the script, signed by all who were there\n");
    kpcs
}

fn make(kpcs: &Kpcs, officer: &str, more: &[&str]) -> crate::kpcs::Said {
    #[allow(clippy::disallowed_methods, reason = "the command under test reads the machine's clock too")]
    let year: i16 = jiff::Timestamp::now().to_string()[..4].parse().unwrap();
    let until = format!("{}-01-31", year + 1);
    let words = [
        "key",
        "document",
        "make",
        "--as",
        officer,
        "--participant",
        "XA",
        "--authority",
        "xa-gdo",
        "--signs-until",
        &until,
        "--custodian",
        "A. Sample",
        "--custodian",
        "B. Sample",
        "--place",
        "strong room",
        "--record",
        "record.txt",
    ];
    let passphrase = kpcs.file("document.passphrase", PASSPHRASE);
    let under = ["--document-passphrase-file", passphrase.as_str()];
    let under: &[&str] = if more.is_empty() { &under } else { more };
    kpcs.run(&[&words, under].concat())
}

#[test]
fn a_document_key_is_made_witnessed_checked_and_reported() {
    let kpcs = with_record();
    let refused = make(&kpcs, "xa-clerk", &[]);
    assert!(refused.text.contains("[role_missing]"), "{}", refused.text);
    // The demonstration's own, which a second custodian has witnessed.
    let keys = |kpcs: &Kpcs| kpcs.run(&["key", "document", "list"]).out;
    assert!(keys(&kpcs).lines().count() == 2 && keys(&kpcs).contains("  open"), "{}", keys(&kpcs));
    let made = make(&kpcs, "xa-custodian-1", &[]);
    assert_eq!(made.code, 0, "{}", made.text);
    let id = made.out.split("Document key ").nth(1).unwrap()[..16].to_owned();
    let list = || keys(&kpcs).lines().find(|line| line.contains(&id)).unwrap().to_owned();
    assert!(list().contains("awaiting-witness") && list().contains("under a passphrase"), "{}", list());
    let witness =
        |by: &str| kpcs.run(&["key", "document", "witness", &id, "--as", by, "--record", "record.txt"]);
    assert!(witness("xa-custodian-1").text.contains("[witness_registered_the_key]"));
    assert_eq!(witness("xa-custodian-2").code, 0);
    assert!(list().contains("  active"), "{}", list());

    let check = |file: &str| {
        let file = kpcs.path(file);
        kpcs.run(&["key", "document", "check", &id, "--document-passphrase-file", &file])
    };
    assert!(check("document.passphrase").out.contains("opens and signs"));
    let wrong = check("record.txt");
    assert!(wrong.code == 3 && wrong.text.contains("the passphrase is wrong"), "{}", wrong.text);

    let report = [
        "key",
        "document",
        "compromise",
        &id,
        "--as",
        "xa-admin",
        "--since",
        "2024-03-01",
        "--what",
        "stolen",
    ];
    let reported = kpcs.run(&report);
    assert!(reported.out.contains("nothing is believed in\n  kp.XA/2024 from entry "), "{}", reported.text);
    assert!(list().contains("compromised"));
    assert_eq!(kpcs.run(&["log", "verify"]).code, 0);
    assert_eq!(kpcs.run(&["rebuild", "--check"]).code, 0);
}

#[test]
fn an_open_key_is_listed_as_such_and_a_token_needs_its_library() {
    let kpcs = with_record();
    assert_eq!(make(&kpcs, "xa-custodian-1", &["--open"]).code, 0);
    assert!(kpcs.run(&["key", "document", "list"]).out.contains("awaiting-witness  open"));
    let in_token = ["--token", "XA office", "--module", "/no/such/library.so", "--pin-file", "record.txt"];
    let refused = make(&kpcs, "xa-custodian-1", &in_token);
    let why = if cfg!(feature = "hsm") { "is it installed?" } else { "built without tokens" };
    assert!(refused.code == 3 && refused.text.contains(why), "{}", refused.text);
}
