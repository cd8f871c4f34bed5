//! Whether a code text holds one whole CBOR item: enough to know that no piece of it is missing. What the item says is
//! not looked at here.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const PREFIX: usize = 5;
/// Deeper nesting than a credential or receipt ever has.
const DEEPEST: usize = 16;

/// Whether what follows the prefix is base45 of exactly one CBOR item of definite length.
pub(crate) fn is_whole(text: &str) -> bool {
    let bytes = text.get(PREFIX..).and_then(decoded);
    bytes.is_some_and(|bytes| item(&bytes, 0, DEEPEST) == Some(bytes.len()))
}

/// Bytes of a base45 text (RFC 9285).
fn decoded(text: &str) -> Option<Vec<u8>> {
    let digit = |c: &u8| ALPHABET.iter().position(|known| known == c);
    let mut bytes = Vec::with_capacity(text.len() * 2 / 3 + 1);
    for group in text.as_bytes().chunks(3) {
        let digits: Vec<usize> = group.iter().map(digit).collect::<Option<_>>()?;
        match digits[..] {
            [low, middle, high] => {
                bytes.extend(u16::try_from(low + 45 * middle + 2025 * high).ok()?.to_be_bytes());
            }
            [low, high] => bytes.push(u8::try_from(low + 45 * high).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

/// The end of the item that begins at `at`.
fn item(bytes: &[u8], at: usize, deeper: usize) -> Option<usize> {
    let head = *bytes.get(at)?;
    let (value, mut end) = match head & 0x1f {
        small @ 0..24 => (u64::from(small), at + 1),
        size @ 24..28 => {
            let width = 1 << (size - 24);
            let digits = bytes.get(at + 1..at + 1 + width)?;
            (digits.iter().fold(0, |value, digit| value << 8 | u64::from(*digit)), at + 1 + width)
        }
        _ => return None,
    };
    let inside = match head >> 5 {
        2 | 3 => {
            let end = end.checked_add(usize::try_from(value).ok()?)?;
            return (end <= bytes.len()).then_some(end);
        }
        4 => value,
        5 => value.checked_mul(2)?,
        6 => 1,
        _ => 0,
    };
    let deeper = deeper.checked_sub(1)?;
    for _ in 0..inside {
        end = item(bytes, end, deeper)?;
    }
    Some(end)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn base45(bytes: &[u8]) -> String {
        let mut text = String::new();
        for pair in bytes.chunks(2) {
            let mut value = pair.iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
            for _ in 0..=pair.len() {
                text.push(char::from(ALPHABET[value % 45]));
                value /= 45;
            }
        }
        text
    }

    #[test]
    fn one_item_is_whole_and_less_or_more_is_not() {
        // RFC 9285, section 4.3, gives "AB" as BB8.
        assert_eq!(base45(b"AB"), "BB8");
        let tagged = [0xd2, 0x84, 0x41, 1, 0xa0, 0x42, 7, 7, 0x41, 9];
        assert!(is_whole(&format!("KPC1:{}", base45(&tagged))));
        assert!(!is_whole(&format!("KPC1:{}", base45(&tagged[..9]))));
        assert!(!is_whole(&format!("KPC1:{}", base45(&[&tagged[..], &[0]].concat()))));
        assert!(!is_whole("KPC1:GGW") && !is_whole("KPC1:") && !is_whole("KPC1:A"));
    }
}
