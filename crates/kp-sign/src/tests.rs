//! Must-fail list of statements and keys: every second encoding, every wrong key, every altered byte.

use crate::{KeyError, PublicKey, SigningKey, StatementError, open, sign, to_canonical, verify};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32]).unwrap()
}

fn signed() -> Vec<u8> {
    let payload = to_canonical(&std::collections::BTreeMap::from([("carats", "36000.00")])).unwrap();
    sign(&payload, "XA", "XA-000001", 1_770_000_000, &key(7)).unwrap()
}

#[test]
fn a_statement_opens_with_its_own_key_and_no_other() {
    let bytes = signed();
    let opened = verify(&bytes, &key(7).public()).unwrap();
    assert_eq!(opened.header.issuer, "XA");
    assert_eq!(opened.header.subject, "XA-000001");
    assert!(matches!(
        verify(&bytes, &key(8).public()),
        Err(StatementError::Envelope("it names another key"))
    ));
}

#[test]
fn signing_is_deterministic() {
    assert_eq!(signed(), signed());
}

#[test]
fn every_flipped_bit_is_noticed() {
    let bytes = signed();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            assert!(verify(&altered, &key(7).public()).is_err(), "bit {bit} of byte {at} went unnoticed");
        }
    }
}

#[test]
fn the_other_half_of_the_curve_is_refused() {
    // r, n - s is a second valid ECDSA signature; accepting it would give one statement two hashes.
    let bytes = signed();
    let (head, signature) = bytes.split_at(bytes.len() - 64);
    let low = p256::ecdsa::Signature::from_slice(signature).unwrap();
    let (r, s) = low.split_scalars();
    let high = p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
    let forged = [head, high.to_bytes().as_slice()].concat();
    assert_eq!(verify(&forged, &key(7).public()), Err(StatementError::Key(KeyError::BadSignature)));
}

#[test]
fn trailing_and_missing_bytes_are_refused() {
    let mut longer = signed();
    longer.push(0);
    assert!(open(&longer).is_err());
    let whole = signed();
    for length in 0..whole.len() {
        assert!(open(&whole[..length]).is_err());
    }
}

#[test]
fn a_payload_in_another_order_is_refused() {
    let unsorted = [0xa2, 0x61, b'b', 1, 0x61, b'a', 2];
    assert!(matches!(sign(&unsorted, "XA", "x", 0, &key(7)), Err(StatementError::Canonical(_))));
    let long_integer = [0x18, 0x01];
    assert!(matches!(sign(&long_integer, "XA", "x", 0, &key(7)), Err(StatementError::Canonical(_))));
    assert!(to_canonical(&1.5).is_err());
}

#[test]
fn a_key_opens_with_its_passphrase_only() {
    let pem = key(9).to_encrypted_pem("salt and water", [1; 16], [2; 16]).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    assert_eq!(SigningKey::from_encrypted_pem(&pem, "salt and water").unwrap().public(), key(9).public());
    assert_eq!(SigningKey::from_encrypted_pem(&pem, "salt").unwrap_err(), KeyError::DoesNotOpen);
    assert_eq!(SigningKey::from_pem(&key(9).to_pem().unwrap()).unwrap().public(), key(9).public());
}

#[test]
fn public_keys_read_back() {
    let public = key(3).public();
    assert_eq!(PublicKey::from_bytes(&public.to_bytes()).unwrap(), public);
    assert_eq!(PublicKey::from_bytes(&[0; 33]).unwrap_err(), KeyError::NotAKey);
}

#[test]
fn the_published_key_file_is_the_one_the_code_makes() {
    // `specs/statement.md` tells how OpenSSL reads it.
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/vectors/encrypted-key.pem");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let secret: [u8; 32] = std::array::from_fn(|at| u8::try_from(at + 1).unwrap());
    let key = SigningKey::from_bytes(&secret).unwrap();
    let made = key.to_encrypted_pem("salt and water", [1; 16], [2; 16]).unwrap();
    assert_eq!(written, *made, "put this there, if the form was meant to change:\n{}", *made);
    assert_eq!(SigningKey::from_encrypted_pem(&written, "salt and water").unwrap().public(), key.public());
}
