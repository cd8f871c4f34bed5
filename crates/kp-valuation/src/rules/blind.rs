//! How a value is sealed so that nobody reads it before all are in: not another valuer, not a superior, and not whoever
//! administers the machine and its database.
//!
//! Closes part of L15. The key of a seal is the SHA-256 of a deterministic signature (RFC 6979) that the officer's own
//! private key makes over the lot, the party, the stage and the moment. So the machine holds nothing from which the value
//! could be read while that private key is locked away under its passphrase, and the officer has nothing to remember: the
//! same key makes the same signature again. When the value is opened the seal's key is stated with it, and anybody can
//! check that the opened value is the one that was committed to. The reasons, and what this does not protect against:
//! docs/decisions/0009-blind-values.md.

use kp_sign::{KeyError, MessageSigner, hex, sha256};

use crate::{Party, Stage, ValueLine};

/// Sealed texts have this length or a multiple of it, so that the number of digits does not show.
const BLOCK: usize = 256;

/// What is sealed, and when: no two seals share a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Which lot.
    pub lot: &'a str,
    /// At which stage.
    pub stage: Stage,
    /// Whose value.
    pub party: Party,
    /// The instant of sealing, RFC 3339.
    pub sealed_at: &'a str,
}

/// A sealed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Commits to the value, hexadecimal.
    pub commitment: String,
    /// The value, readable with the key only, hexadecimal.
    pub sealed: String,
}

/// The key of a seal.
///
/// # Errors
/// Where the signer does not sign.
pub fn key(place: Place<'_>, signer: &dyn MessageSigner) -> Result<[u8; 32], KeyError> {
    let Place { lot, stage, party, sealed_at } = place;
    let label = format!("kpcs blind value 1\n{lot}\n{stage}\n{party}\n{sealed_at}");
    Ok(sha256(&signer.sign_message(label.as_bytes())?))
}

/// Seals a value under a key.
pub fn seal(key: &[u8; 32], lines: &[ValueLine]) -> Seal {
    let mut bytes = text_of(lines).into_bytes();
    let commitment = hash(b"commitment", key, &bytes);
    bytes.push(b'\n');
    bytes.resize(bytes.len().next_multiple_of(BLOCK), b' ');
    Seal { commitment: hex(&commitment), sealed: hex(&veiled(key, &bytes)) }
}

/// Opens a sealed value; nothing where the key is another one, or the sealed text was altered.
pub fn open(key: &[u8; 32], seal: &Seal) -> Option<Vec<ValueLine>> {
    let bytes = veiled(key, &unhex(&seal.sealed)?);
    let lines: Vec<ValueLine> = String::from_utf8(bytes)
        .ok()?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.parse().ok())
        .collect::<Option<_>>()?;
    is_committed(key, &seal.commitment, &lines).then_some(lines)
}

/// Whether a commitment is to this value under this key: what anybody can check once a value is open.
pub fn is_committed(key: &[u8; 32], commitment: &str, lines: &[ValueLine]) -> bool {
    hex(&hash(b"commitment", key, text_of(lines).as_bytes())) == commitment
}

fn text_of(lines: &[ValueLine]) -> String {
    lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn hash(what: &[u8], key: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    sha256(&[b"kpcs blind value 1 ".as_slice(), what, b"\n", key, bytes].concat())
}

/// The bytes under a stream that the key makes: SHA-256 in counter mode. A key serves one text only, and the commitment
/// is what tells an altered one.
fn veiled(key: &[u8; 32], bytes: &[u8]) -> Vec<u8> {
    let stream = (0_u64..).flat_map(|counter| hash(b"stream", key, &counter.to_be_bytes()));
    bytes.iter().zip(stream).map(|(byte, veil)| byte ^ veil).collect()
}

/// Lower-case hexadecimal as bytes.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2)
        || !text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use kp_sign::SigningKey;

    use super::{BLOCK, Place, Seal, is_committed, key, open, seal};
    use crate::{Party, Stage, ValueLine};

    const PLACE: Place<'static> = Place {
        lot: "XA-L-1",
        stage: Stage::AsPresented,
        party: Party::Government,
        sealed_at: "2026-02-03T09:00:00Z",
    };

    fn signer(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32]).unwrap()
    }

    fn lines() -> Vec<ValueLine> {
        vec!["7102.21 5.00".parse().unwrap(), "7102.31 large 648540.00".parse().unwrap()]
    }

    #[test]
    fn the_same_officer_opens_what_was_sealed_and_nobody_else() {
        let key_of = |place, byte| key(place, &signer(byte)).unwrap();
        let sealed = seal(&key_of(PLACE, 7), &lines());
        assert_eq!(open(&key_of(PLACE, 7), &sealed).unwrap(), lines());
        assert_eq!(open(&key_of(PLACE, 8), &sealed), None, "another officer");
        let later = Place { sealed_at: "2026-02-03T09:00:01Z", ..PLACE };
        assert_eq!(open(&key_of(later, 7), &sealed), None, "another moment");
        let other = Place { party: Party::Independent, ..PLACE };
        assert_ne!(seal(&key_of(other, 7), &lines()).sealed, sealed.sealed);
    }

    #[test]
    fn nothing_of_the_value_shows() {
        let at = key(PLACE, &signer(7)).unwrap();
        let (small, large) = (seal(&at, &["7102.31 1.00".parse().unwrap()]), seal(&at, &lines()));
        assert_eq!((small.sealed.len(), large.sealed.len()), (2 * BLOCK, 2 * BLOCK));
        let bytes = super::unhex(&large.sealed).unwrap();
        assert!(!bytes.windows(6).any(|w| w == b"648540"));
    }

    #[test]
    fn an_altered_seal_does_not_open_and_another_value_is_not_the_committed_one() {
        let at = key(PLACE, &signer(7)).unwrap();
        let whole = seal(&at, &lines());
        for index in [0, 9, 20, 40, 511] {
            let mut text = whole.sealed.clone().into_bytes();
            text[index] = if text[index] == b'0' { b'1' } else { b'0' };
            let altered = Seal { sealed: String::from_utf8(text).unwrap(), ..whole.clone() };
            // Blanks that fill the block up carry nothing; everything else does.
            assert!(open(&at, &altered).is_none_or(|opened| opened == lines()), "{index}");
        }
        let mut text = whole.sealed.clone().into_bytes();
        text[2] = if text[2] == b'0' { b'1' } else { b'0' };
        assert_eq!(open(&at, &Seal { sealed: String::from_utf8(text).unwrap(), ..whole.clone() }), None);
        assert!(is_committed(&at, &whole.commitment, &lines()));
        assert!(!is_committed(&at, &whole.commitment, &["7102.31 large 648540.01".parse().unwrap()]));
        assert_eq!(open(&at, &Seal { sealed: "zz".into(), ..whole }), None);
    }
}
