//! Garbage: no bytes make the program panic, and none that it did not make are taken for its own.

use kp_tlog::{Checkpoint, Frontier};
use proptest::prelude::*;

use crate::log::{log_with_example, node, officer, read_back};

proptest! {
    #[test]
    fn any_bytes_are_a_statement_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(kp_sign::open(&bytes).is_err());
        let _ = kp_sign::from_canonical::<std::collections::BTreeMap<String, String>>(&bytes);
        prop_assert!(read_back(&bytes).is_err());
    }

    #[test]
    fn a_statement_with_some_bytes_replaced_is_refused(
        at in any::<prop::sample::Index>(),
        with in prop::collection::vec(any::<u8>(), 1..12),
    ) {
        let good = log_with_example().1.signed;
        let at = at.index(good.len());
        let mut bytes = good.clone();
        let end = bytes.len().min(at + with.len());
        bytes.splice(at..end, with);
        let verified = kp_sign::verify(&bytes, &officer().key.public());
        prop_assert_eq!(verified.is_ok(), bytes == good);
        let _ = read_back(&bytes);
    }

    #[test]
    fn any_bytes_are_a_frontier_with_the_same_bytes_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(frontier) = Frontier::from_bytes(&bytes) {
            prop_assert_eq!(frontier.to_bytes(), bytes);
            let _ = frontier.root();
        }
    }

    #[test]
    fn any_text_is_no_checkpoint(text in "\\PC{0,80}(\n\\PC{0,40}){0,8}\n?", size in any::<u64>()) {
        let key = node().checkpoint_key("kp.scheme/2026").unwrap().verifier_key();
        prop_assert!(Checkpoint::open(&text, std::slice::from_ref(&key)).is_err());
        let near = format!("kp.scheme/2026\n{size}\n{text}");
        prop_assert!(Checkpoint::open(&near, &[key]).is_err());
        let _ = text.parse::<kp_tlog::VerifierKey>();
    }

    #[test]
    fn any_text_is_no_key(text in "\\PC{0,200}") {
        prop_assert!(kp_sign::SigningKey::from_pem(&text).is_err());
        prop_assert!(kp_sign::SigningKey::from_encrypted_pem(&text, "x").is_err());
    }
}

#[test]
fn deep_and_boastful_cbor_is_refused_without_harm() {
    // Ten thousand arrays in one another; an array that says it has 2^40 items; a text that says it has 2^60 bytes.
    let deep = vec![0x81; 10_000];
    let boast = [0x9b, 0, 0, 1, 0, 0, 0, 0, 0];
    let long = [0x7b, 0x10, 0, 0, 0, 0, 0, 0, 0];
    for bytes in [deep.as_slice(), &boast, &long] {
        assert!(kp_sign::from_canonical::<Vec<u8>>(bytes).is_err());
        let sealed = [
            &[
                0xd2,
                0x84,
                0x40,
                0xa0,
                0x59,
                u8::try_from(bytes.len() >> 8).unwrap(),
                (bytes.len() & 0xff) as u8,
            ],
            bytes,
            &[0x40],
        ]
        .concat();
        assert!(kp_sign::open(&sealed).is_err());
        assert!(kp_sign::open(bytes).is_err());
    }
}
