//! Checkpoints and notes: what is taken, and the sentence for everything that is not.

use kp_tlog::{
    Checkpoint, CheckpointFault, CheckpointKey, NoteFault, VerifierKey, empty_root, leaf_hash, open_note,
    root_of, sign_note,
};

const ORIGIN: &str = "kp.XA/2026";

fn key() -> CheckpointKey {
    CheckpointKey::from_seed(ORIGIN, [7; 32]).unwrap()
}

fn known() -> Vec<VerifierKey> {
    vec![key().verifier_key()]
}

fn signed() -> String {
    let root = root_of(&[leaf_hash(b"first"), leaf_hash(b"second")]);
    Checkpoint::new(ORIGIN, 2, root).unwrap().sign(&key()).unwrap()
}

/// The same three lines, rewritten and signed by the right key: the form is judged, not the signature.
fn resigned(text: &str) -> Result<Checkpoint, CheckpointFault> {
    Checkpoint::open(&sign_note(text, &key()).unwrap(), &known())
}

fn refused(note: &str) -> String {
    Checkpoint::open(note, &known()).unwrap_err().to_string()
}

/// The public example of golang.org/x/mod/sumdb/note: made by other hands.
#[test]
fn a_note_signed_by_another_implementation_is_opened() {
    let key: VerifierKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    let signature = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let note = format!("{text}\n{signature}");
    let keys = [key];
    let opened = open_note(&note, &keys).unwrap();
    assert_eq!((opened.text, opened.signers[0].name()), (text, "PeterNeumann"));
    assert!(open_note(&note.replace("cryptography", "encryption"), &keys).is_err());
}

#[test]
fn what_is_signed_is_opened() {
    let opened = Checkpoint::open(&signed(), &known()).unwrap();
    assert_eq!((opened.origin(), opened.size()), (ORIGIN, 2));
    assert_eq!(opened.root(), root_of(&[leaf_hash(b"first"), leaf_hash(b"second")]));
    let empty = Checkpoint::new(ORIGIN, 0, empty_root()).unwrap();
    assert_eq!(Checkpoint::open(&empty.sign(&key()).unwrap(), &known()), Ok(empty));
}

#[test]
fn any_changed_byte_is_seen() {
    let good = signed();
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] ^= 1;
        // Not UTF-8: not even a text.
        let Ok(text) = String::from_utf8(bytes) else { continue };
        assert!(Checkpoint::open(&text, &known()).is_err(), "byte {at} changed unseen:\n{text}");
    }
    for end in 0..good.len() {
        if let Some(cut) = good.get(..end) {
            assert!(Checkpoint::open(cut, &known()).is_err(), "cut at {end} unseen");
        }
    }
}

#[test]
fn every_malformed_checkpoint_has_its_sentence() {
    let root = empty_root().to_base64();
    let sentence = |text: String| resigned(&text).unwrap_err().to_string();
    assert!(sentence(format!("{ORIGIN}\n0\n")).contains("three lines before the empty one"));
    assert!(sentence(format!("{ORIGIN}\n0\n{root}\nmore\n")).contains("`more`, is an extension line"));
    for size in ["-1", "+1", "01", "", "1 ", "0x1", "18446744073709551616"] {
        assert!(sentence(format!("{ORIGIN}\n{size}\n{root}\n")).contains("is not a tree size"), "{size}");
    }
    assert!(sentence(format!("{ORIGIN}\n1\n{}\n", root.trim_end_matches('='))).contains("not a hash"));
    assert!(sentence(format!("{ORIGIN}\n1\nAAAA\n")).contains("a hash has 32 bytes, this has 3"));
    assert!(sentence(format!("kp xa\n1\n{root}\n")).contains("cannot be an origin"));
    assert!(sentence(format!("{ORIGIN}\n0\n{}\n", leaf_hash(b"").to_base64())).contains("SHA-256(\"\")"));
}

#[test]
fn every_malformed_note_has_its_sentence() {
    let good = signed();
    let line = good.lines().last().unwrap();
    assert!(refused(&good.replace('\n', "\r\n")).contains("line 1 holds the control character 0x0d"));
    assert!(refused(good.trim_end()).contains("does not end in a newline"));
    assert!(refused(&good.replace("\n\n", "\n")).contains("no empty line"));
    assert!(refused(&format!("\n\n{line}\n")).contains("no text before"));
    assert!(
        refused(good.split_inclusive(line).next().unwrap().trim_end_matches(line)).contains("no signature")
    );
    assert!(refused(&format!("{good}{line}\n")).contains("line 6: key `kp.XA/2026` signs a second time"));
    assert!(refused(&good.replace('\u{2014}', "-")).contains("line 5 is not a signature"));
    assert!(refused(&good.replace(line, "\u{2014} kp.XA/2026 AAAA")).contains("the signature has 3 bytes"));
    let many = format!("{good}{}", "\u{2014} witness.example AAAAAAAA\n".repeat(64));
    assert!(refused(&many).contains("65 signature lines"));
    assert!(refused(&good.replace("\n2\n", "\n3\n")).contains("was altered"));
}

#[test]
fn unknown_signatures_are_passed_over_but_one_must_be_known() {
    let witnessed = format!("{}\u{2014} witness.example AAAAAAAA\n", signed());
    assert!(Checkpoint::open(&witnessed, &known()).is_ok());
    let stranger = CheckpointKey::from_seed(ORIGIN, [8; 32]).unwrap().verifier_key();
    let fault = Checkpoint::open(&signed(), &[stranger]).unwrap_err();
    let signers = "kp.XA/2026".to_owned();
    assert_eq!(fault, CheckpointFault::Note(NoteFault::NoKnownKey { known: 1, signers }));
    assert!(Checkpoint::open(&signed(), &[]).is_err());
}

#[test]
fn the_key_of_one_log_cannot_speak_for_another() {
    let other = CheckpointKey::from_seed("kp.XB/2026", [9; 32]).unwrap();
    let checkpoint = Checkpoint::new(ORIGIN, 0, empty_root()).unwrap();
    assert!(matches!(checkpoint.sign(&other), Err(CheckpointFault::ForeignKey { .. })));
    let forged = sign_note(&checkpoint.text(), &other).unwrap();
    let fault = Checkpoint::open(&forged, &[key().verifier_key(), other.verifier_key()]).unwrap_err();
    assert!(fault.to_string().contains("`kp.XA/2026` is spoken for by a key of that name only"));
}

#[test]
fn texts_that_could_not_be_opened_again_are_not_signed() {
    assert_eq!(sign_note("no newline", &key()), Err(NoteFault::NoFinalNewline));
    assert_eq!(sign_note("", &key()), Err(NoteFault::NoText));
    assert_eq!(sign_note("a\tb\n", &key()), Err(NoteFault::ControlCharacter { line: 1, found: 9 }));
}
