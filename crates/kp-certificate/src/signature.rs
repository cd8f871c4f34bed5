//! What is signed (RFC 9052 section 4.4), and which 64 bytes can be a signature of ours.
//!
//! A signature with s above half the order of the group would verify too; it is refused, so that one certificate has one
//! SHA-256 (security 2.2). Nothing is verified here.

use crate::cbor::Writer;

/// The order of the group of P-256, and half of it rounded down, big-endian.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
    0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
const HALF_ORDER: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xde,
    0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
];

/// The signature, where it has 64 bytes, `0 < r < n` and `0 < s <= n/2`.
pub(crate) fn in_range(bytes: &[u8]) -> Option<[u8; 64]> {
    let (r, s) = bytes.split_at_checked(32)?;
    let (r, s): ([u8; 32], [u8; 32]) = (r.try_into().ok()?, s.try_into().ok()?);
    let fits = r != [0; 32] && s != [0; 32] && r < ORDER && s <= HALF_ORDER;
    if fits { bytes.try_into().ok() } else { None }
}

/// The `Sig_structure` over a protected header and a payload, with no external data.
pub(crate) fn signed_message(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut message = Writer(Vec::with_capacity(protected.len() + payload.len() + 20));
    message.array(4);
    message.text("Signature1");
    message.bytes(protected);
    message.bytes(&[]);
    message.bytes(payload);
    message.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_of_the_range() {
        let signature = |r: [u8; 32], s: [u8; 32]| [r, s].concat();
        let mut one = [0; 32];
        one[31] = 1;
        let above_half = {
            let mut n = HALF_ORDER;
            n[31] += 1;
            n
        };
        assert!(in_range(&signature(one, one)).is_some());
        assert!(in_range(&signature(one, HALF_ORDER)).is_some());
        for (r, s) in [(one, above_half), ([0; 32], one), (one, [0; 32]), (ORDER, one)] {
            assert!(in_range(&signature(r, s)).is_none());
        }
        assert!(in_range(&[]).is_none() && in_range(&[1; 63]).is_none() && in_range(&[1; 65]).is_none());
    }

    #[test]
    fn half_the_order_is_half_the_order() {
        // n is odd: twice the half is n - 1.
        let mut carry = 0;
        let mut doubled = [0_u8; 32];
        for (out, byte) in doubled.iter_mut().rev().zip(HALF_ORDER.iter().rev()) {
            let sum = u16::from(*byte) * 2 + carry;
            *out = (sum & 0xff) as u8;
            carry = sum >> 8;
        }
        doubled[31] += 1;
        assert_eq!(doubled, ORDER);
    }
}
