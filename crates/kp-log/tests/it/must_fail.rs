//! Bytes that look like a statement and are none: each has one thing wrong, and is refused for that.

use crate::log::{example_secret, log_with_example, read_back};

/// Order of the group of P-256.
const N: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// A statement taken apart, each part as it is encoded.
struct Parts {
    tag: Vec<u8>,
    protected: Vec<u8>,
    unprotected: Vec<u8>,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl Parts {
    /// tag 18, array of 4, bytes with a two-byte head, empty map, bytes with a head, 64 bytes.
    fn of(signed: &[u8]) -> Self {
        assert_eq!(signed[..3], [0xd2, 0x84, 0x58], "tag 18, four parts, a byte string below 256");
        let end = 4 + usize::from(signed[3]);
        assert_eq!(signed[end], 0xa0, "nothing in the unprotected header");
        let (rest, signature) = signed.split_at(signed.len() - 66);
        Self {
            tag: vec![0xd2],
            protected: signed[4..end].to_vec(),
            unprotected: vec![0xa0],
            payload: rest[end + 1..].to_vec(),
            signature: signature[2..].to_vec(),
        }
    }

    fn whole(&self) -> Vec<u8> {
        let mut bytes = self.tag.clone();
        bytes.extend([0x84, 0x58, u8::try_from(self.protected.len()).unwrap()]);
        bytes.extend(&self.protected);
        bytes.extend(&self.unprotected);
        bytes.extend(&self.payload);
        bytes.extend([0x58, u8::try_from(self.signature.len()).unwrap()]);
        bytes.extend(&self.signature);
        bytes
    }
}

fn altered(change: impl Fn(&mut Parts)) -> Vec<u8> {
    let mut parts = Parts::of(&log_with_example().1.signed);
    change(&mut parts);
    parts.whole()
}

/// The same envelope with another text of the same length somewhere in its protected header.
fn header(from: &str, to: &[u8]) -> Vec<u8> {
    altered(|parts| {
        let at = parts.protected.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
        parts.protected.splice(at..at + from.len(), to.iter().copied());
    })
}

/// n - s: the second signature that verifies.
fn high_s(signature: &mut [u8]) {
    let order = crate::log::unhex(N);
    let mut borrow = 0i16;
    for (s, n) in signature[32..].iter_mut().zip(&order).rev() {
        let difference = i16::from(*n) - i16::from(*s) - borrow;
        borrow = i16::from(difference < 0);
        *s = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
}

/// A well-signed payload with this head: what is inside is wrong, not the envelope.
fn inside(payload: &[u8], issuer: &str, at: i64) -> Vec<u8> {
    let key = kp_sign::SigningKey::from_bytes(&example_secret()).unwrap();
    kp_sign::sign(payload, issuer, "XA", at, &key).unwrap()
}

fn payload(v: u8, owner: &str, at: &str) -> Vec<u8> {
    let mut bytes = vec![0xa5, 0x61, b'v', v];
    for (name, value) in [("at", at), ("body", ""), ("kind", "any"), ("owner", owner)] {
        bytes.push(0x60 | u8::try_from(name.len()).unwrap());
        bytes.extend(name.bytes());
        bytes.push(0x60 | u8::try_from(value.len()).unwrap());
        bytes.extend(value.bytes());
    }
    bytes
}

/// 2026-02-03T08:00:00Z.
const AT: i64 = 1_770_105_600;

/// Name, bytes.
pub(crate) fn list() -> Vec<(&'static str, Vec<u8>)> {
    let good = log_with_example().1.signed;
    vec![
        ("high-s", altered(|p| high_s(&mut p.signature))),
        ("one-bit-of-the-signature", altered(|p| p.signature[0] ^= 1)),
        ("short-signature", altered(|p| p.signature.truncate(63))),
        ("no-tag", altered(|p| p.tag.clear())),
        ("another-tag", altered(|p| p.tag = vec![0xd1])),
        ("trailing-byte", [good.as_slice(), &[0]].concat()),
        ("cut", good[..good.len() - 1].to_vec()),
        ("something-unprotected", altered(|p| p.unprotected = vec![0xa1, 0x04, 0x41, 0x00])),
        ("another-content-type", header("kpcs-statement", b"kpcs-Statement")),
        ("another-algorithm", altered(|p| p.protected[2] = 0x27)),
        (
            "long-form-in-the-header",
            altered(|p| {
                p.protected.splice(0..1, [0xb8, 0x04]);
            }),
        ),
        ("no-payload", altered(|p| p.payload = vec![0xf6])),
        ("payload-keys-not-sorted", altered(|p| p.payload = vec![0x47, 0xa2, 0x61, b'b', 1, 0x61, b'a', 2])),
        ("payload-with-a-float", altered(|p| p.payload = vec![0x43, 0xf9, 0x3c, 0x00])),
        ("payload-with-a-long-integer", altered(|p| p.payload = vec![0x42, 0x18, 0x01])),
        ("payload-with-a-key-twice", altered(|p| p.payload = vec![0x47, 0xa2, 0x61, b'a', 1, 0x61, b'a', 1])),
        ("version-2", inside(&payload(2, "scheme", "2026-02-03T08:00:00Z"), "scheme", AT)),
        ("owner-not-the-issuer", inside(&payload(1, "scheme", "2026-02-03T08:00:00Z"), "XA", AT)),
        ("owner-no-participant", inside(&payload(1, "nobody", "2026-02-03T08:00:00Z"), "nobody", AT)),
        (
            "time-not-that-of-the-envelope",
            inside(&payload(1, "scheme", "2026-02-03T08:00:01Z"), "scheme", AT),
        ),
        ("time-in-another-form", inside(&payload(1, "scheme", "2026-02-03T09:00+01:00"), "scheme", AT)),
    ]
}

#[test]
fn each_is_refused_and_the_pattern_they_are_made_from_is_not() {
    let key = kp_sign::SigningKey::from_bytes(&example_secret()).unwrap().public();
    let accepted = |bytes: &[u8]| kp_sign::verify(bytes, &key).is_ok() && read_back(bytes).is_ok();
    assert!(accepted(&altered(|_| ())));
    assert!(accepted(&inside(&payload(1, "scheme", "2026-02-03T08:00:00Z"), "scheme", AT)));
    for (name, bytes) in list() {
        assert!(!accepted(&bytes), "{name} was taken for a statement");
        // Signatures aside, the form alone must already be refused.
        let form = !["high-s", "one-bit-of-the-signature", "short-signature"].contains(&name);
        assert!(!form || read_back(&bytes).is_err(), "{name} was read");
    }
}
