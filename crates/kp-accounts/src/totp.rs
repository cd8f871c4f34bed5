//! Time codes (RFC 6238): six digits, thirty seconds, HMAC-SHA-1, as every authenticator program makes them.
//!
//! One step early or late is taken, for clocks that differ; a step that was used is never taken again, so a code read over a
//! shoulder is worth nothing. Twenty lines over `ring`, which is in the tree, rather than a library that brings a second
//! SHA-1 (docs/decisions/0006-dependencies.md).

use jiff::Timestamp;
use ring::hmac;

/// Bytes of a secret: RFC 4226 section 4 asks for 160 bits.
pub const SECRET_BYTES: usize = 20;
/// Seconds of a step.
const STEP: i64 = 30;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step that an instant falls into.
pub fn step_at(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP)
}

/// The code of a step.
pub fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes.last().copied().unwrap_or_default() & 15);
    let four = bytes.get(offset..offset + 4).unwrap_or_default();
    let number = four.iter().fold(0_u32, |all, byte| (all << 8) | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The step whose code this is, now or one step around; none where it is none of them, or a step already used.
pub fn step_of(secret: &[u8], typed: &str, now: Timestamp, used: i64) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let here = step_at(now);
    // All three are worked out whichever fits.
    let fits: Vec<i64> = (here - 1..=here + 1)
        .filter(|step| crate::common::same(code(secret, *step).as_bytes(), digits.as_bytes()))
        .collect();
    fits.into_iter().find(|step| *step > used)
}

/// The secret as authenticator programs take it.
pub fn base32(secret: &[u8]) -> String {
    let bits: String = secret.iter().map(|byte| format!("{byte:08b}")).collect();
    let of = |group: &[u8]| {
        let text = std::str::from_utf8(group).unwrap_or_default();
        let value = usize::from_str_radix(&format!("{text:0<5}"), 2).unwrap_or_default();
        BASE32.get(value).map_or('A', |letter| char::from(*letter))
    };
    bits.as_bytes().chunks(5).map(of).collect()
}

/// What the symbol holds: `otpauth://totp/...`. `node` is the node's name, so that an officer at two nodes tells them apart.
pub fn address(secret: &[u8], node: &str, officer_id: &str) -> String {
    let plain: String =
        node.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
    format!(
        "otpauth://totp/kpcs%20{plain}:{officer_id}?secret={}&issuer=kpcs%20{plain}&algorithm=SHA1&digits=6&period=30",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, the SHA-1 rows, the last six digits of eight.
    #[test]
    fn the_vectors_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (second, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(code(secret, step_at(at)), expected);
        }
        assert_eq!(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_serves_once_and_only_around_its_time() {
        let secret = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).unwrap();
        let here = step_at(at(1_111_111_111));
        assert_eq!(step_of(secret, "050 471", at(1_111_111_111), 0), Some(here));
        assert_eq!(step_of(secret, "050471", at(1_111_111_111 + 30), 0), Some(here));
        assert_eq!(step_of(secret, "050471", at(1_111_111_111 - 30), 0), Some(here));
        assert_eq!(step_of(secret, "050471", at(1_111_111_111 + 90), 0), None);
        assert_eq!(step_of(secret, "050471", at(1_111_111_111), here), None, "it was used");
        assert_eq!(step_of(secret, "", at(1_111_111_111), 0), None);
    }
}
