//! Bytes that are not what they should be: told apart, and never more than told.

use super::*;

fn site() -> Site {
    Site { name: "localhost".into(), origin: "http://localhost:8080".into() }
}

fn data(site: &Site, flags: u8, rest: &[u8]) -> Vec<u8> {
    [kp_sign::sha256(site.name.as_bytes()).as_slice(), &[flags], &[0, 0, 0, 7], rest].concat()
}

fn cose(pairs: &[(i64, Value)]) -> Vec<u8> {
    let map = pairs.iter().map(|(label, value)| (Value::from(*label), value.clone())).collect();
    let mut bytes = Vec::new();
    ciborium::into_writer(&Value::Map(map), &mut bytes).unwrap();
    bytes
}

fn ed25519() -> Vec<u8> {
    cose(&[(1, 1.into()), (3, (-8).into()), (-1, 6.into()), (-2, Value::Bytes(vec![9; 32]))])
}

fn credential(key: &[u8], length: u16) -> Vec<u8> {
    [&[0; 16], length.to_be_bytes().as_slice(), &[5; 16], key].concat()
}

#[test]
fn the_authenticators_part_is_read_to_its_end_and_says_that_its_owner_was_there() {
    let (site, here) = (site(), USER_PRESENT | USER_VERIFIED);
    assert_eq!(authenticator(&data(&site, here, &[]), &site).unwrap().counter, 7);
    let made = authenticator(&data(&site, here | ATTESTED | SYNCED, &credential(&ed25519(), 16)), &site);
    let made = made.unwrap();
    assert!(made.is_synced && made.made.is_some_and(|made| made.id == [5; 16] && made.key == ed25519()));
    let extended = [credential(&ed25519(), 16), vec![0xa0]].concat();
    assert!(authenticator(&data(&site, here | ATTESTED | EXTENDED, &extended), &site).is_ok());
    let unread = Fault::Unread("the authenticator's part");
    let elsewhere = Site { name: "example.com".into(), ..site.clone() };
    for (bytes, fault) in [
        (data(&site, here, &[0]), unread),
        (data(&site, here | EXTENDED, &[]), unread),
        (data(&site, here | ATTESTED, &extended), unread),
        (data(&site, USER_PRESENT, &[]), Fault::NotVerified),
        (data(&site, USER_VERIFIED, &[]), Fault::NotVerified),
        (data(&elsewhere, here, &[]), Fault::Site),
        (data(&site, here | ATTESTED, &credential(&ed25519(), 0)), Fault::Unread("the new passkey")),
        (data(&site, here | ATTESTED, &credential(&ed25519(), 1024)), Fault::Unread("the new passkey")),
        (data(&site, here | ATTESTED, &credential(&cose(&[(1, 2.into())]), 16)), Fault::Algorithm),
        (vec![0; MOST_BYTES + 1], unread),
    ] {
        assert_eq!(authenticator(&bytes, &site).unwrap_err(), fault);
    }
}

#[test]
fn the_browsers_part_names_kind_site_and_question() {
    let said = |kind: &str, origin: &str, more: &str| {
        format!(r#"{{"type":"{kind}","challenge":"AQID","origin":"{origin}"{more}}}"#).into_bytes()
    };
    let read = |bytes: &[u8]| client_data(bytes, Question::Get, &site());
    let ours = "http://localhost:8080";
    assert_eq!(read(&said("webauthn.get", ours, "")).unwrap(), [1, 2, 3]);
    assert_eq!(read(&said("webauthn.get", ours, r#","crossOrigin":false,"new":1"#)).unwrap(), [1, 2, 3]);
    for (bytes, fault) in [
        (said("webauthn.create", ours, ""), Fault::Kind),
        (said("webauthn.get", "http://localhost:8081", ""), Fault::Site),
        (said("webauthn.get", "https://localhost:8080", ""), Fault::Site),
        (said("webauthn.get", ours, r#","crossOrigin":true"#), Fault::Site),
        (b"{".to_vec(), Fault::Unread("the browser's part")),
    ] {
        assert_eq!(read(&bytes).unwrap_err(), fault);
    }
}

/// Every beginning of an attestation object, and every one with a byte changed, is answered.
#[test]
fn whatever_comes_is_answered() {
    let site = site();
    let inside = data(&site, USER_PRESENT | USER_VERIFIED | ATTESTED, &credential(&ed25519(), 16));
    let map = vec![
        (Value::Text("fmt".into()), Value::Text("none".into())),
        (Value::Text("attStmt".into()), Value::Map(Vec::new())),
        (Value::Text("authData".into()), Value::Bytes(inside.clone())),
    ];
    let mut whole = Vec::new();
    ciborium::into_writer(&Value::Map(map), &mut whole).unwrap();
    assert_eq!(attested(&whole).unwrap(), inside);
    for at in 0..whole.len() {
        let _ = attested(&whole[..at]).map(|data| authenticator(&data, &site));
        assert!(attested(&whole[..at]).is_err(), "{at} bytes");
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[at] ^= 1 << bit;
            let _ = attested(&changed).map(|data| authenticator(&data, &site));
        }
    }
    // A length of sixteen million million: nothing is set aside for it.
    assert!(attested(&[0x5b, 0, 0, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff]).is_err());
}
