//! Base45 (RFC 9285), read strictly: one text for one row of bytes, and no other.
//!
//! Our own sixty lines rather than a library: the common ones take a line break at the end or small letters (security
//! 9.1), and a second text for the same certificate is a second paper. It never guesses what a damaged text meant.

/// The 45 characters of a QR symbol's alphanumeric mode, in the order of their values.
const ALPHABET: [u8; 45] = *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The value of each byte in [`ALPHABET`], 255 where it is none of them.
const VALUES: [u8; 256] = values();

#[allow(clippy::indexing_slicing, reason = "computed by the compiler, which refuses an index outside")]
const fn values() -> [u8; 256] {
    let mut values = [255; 256];
    let mut value = 0_u8;
    while (value as usize) < ALPHABET.len() {
        values[ALPHABET[value as usize] as usize] = value;
        value += 1;
    }
    values
}

/// Why a text is not base45.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Base45Fault {
    /// A character that base45 does not have; small letters and line breaks are such.
    #[error("character {position} is none of the 45 that the code is written in")]
    Character {
        /// Counted from 1, after the prefix.
        position: usize,
    },
    /// One character is left over at the end.
    #[error("the code is one or two characters too long or too short")]
    Tail,
    /// Three characters that stand for more than two bytes, or two for more than one.
    #[error("the characters from {position} on stand for more than their bytes can hold")]
    TooLarge {
        /// Counted from 1, after the prefix.
        position: usize,
    },
}

/// Writes bytes as base45.
///
/// ```
/// assert_eq!(kp_certificate::encode_base45(b"ietf!"), "QED8WEX0");
/// ```
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 2 * 3 + 2);
    let mut put = |value: u16| {
        let character = ALPHABET.get(usize::from(value % 45)).copied().unwrap_or(b'0');
        text.push(char::from(character));
        value / 45
    };
    for pair in bytes.chunks(2) {
        match pair {
            [high, low] => {
                let rest = put(u16::from_be_bytes([*high, *low]));
                let rest = put(rest);
                put(rest);
            }
            [last] => {
                let rest = put(u16::from(*last));
                put(rest);
            }
            _ => {}
        }
    }
    text
}

/// Reads base45.
///
/// # Errors
/// Any text that [`encode`] would not have written.
///
/// ```
/// use kp_certificate::decode_base45;
/// assert_eq!(decode_base45("QED8WEX0").as_deref(), Ok(&b"ietf!"[..]));
/// assert!(decode_base45("QED8WEX0\n").is_err());
/// assert!(decode_base45("FGW").is_ok() && decode_base45("GGW").is_err()); // 65535 and 65536
/// ```
pub fn decode(text: &str) -> Result<Vec<u8>, Base45Fault> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for (triple, position) in text.as_bytes().chunks(3).zip((1..).step_by(3)) {
        match triple {
            [a, b, c] => {
                let (a, b, c) = (value(*a), value(*b), value(*c));
                if a.max(b).max(c) > 44 {
                    return Err(stray(triple, position));
                }
                let number = a + 45 * b + 2025 * c;
                let pair = u16::try_from(number).map_err(|_| Base45Fault::TooLarge { position })?;
                bytes.extend_from_slice(&pair.to_be_bytes());
            }
            [a, b] => {
                let (a, b) = (value(*a), value(*b));
                if a.max(b) > 44 {
                    return Err(stray(triple, position));
                }
                bytes.push(u8::try_from(a + 45 * b).map_err(|_| Base45Fault::TooLarge { position })?);
            }
            _ => return Err(if value_fits(triple) { Base45Fault::Tail } else { stray(triple, position) }),
        }
    }
    Ok(bytes)
}

#[inline]
fn value(character: u8) -> u32 {
    u32::from(VALUES.get(usize::from(character)).copied().unwrap_or(255))
}

fn value_fits(characters: &[u8]) -> bool {
    characters.iter().all(|character| value(*character) <= 44)
}

fn stray(characters: &[u8], first: usize) -> Base45Fault {
    let before = characters.iter().take_while(|character| value(**character) <= 44).count();
    Base45Fault::Character { position: first + before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc() {
        for (bytes, text) in [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581")] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Ok(bytes.as_bytes()));
        }
        assert_eq!(decode(""), Ok(vec![]));
    }

    #[test]
    fn what_must_fail() {
        for (text, fault) in [
            ("GGW", Base45Fault::TooLarge { position: 1 }),
            (":::", Base45Fault::TooLarge { position: 1 }),
            ("BB8::", Base45Fault::TooLarge { position: 4 }),
            ("BB8B", Base45Fault::Tail),
            ("BB8\n", Base45Fault::Character { position: 4 }),
            ("bB8", Base45Fault::Character { position: 1 }),
            ("BB8B\u{e9}", Base45Fault::Character { position: 5 }),
        ] {
            assert_eq!(decode(text), Err(fault), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes: Vec<u8>) {
            proptest::prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }

        #[test]
        fn what_is_read_is_the_only_text_for_its_bytes(text in "[0-9A-Z $%*+./:-]{0,40}") {
            if let Ok(bytes) = decode(&text) {
                proptest::prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
