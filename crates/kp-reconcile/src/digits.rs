//! Digits, eight at a time: the fixed shapes of the input files read as machine words.
//!
//! Every buffer has [`PAD`] bytes before and after what counts, so that a word may be taken around any field.

/// Bytes that stand before and after the text in every buffer.
pub(crate) const PAD: usize = 8;

const ZEROS: u64 = 0x3030_3030_3030_3030;
const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
const SIXES: u64 = 0x0606_0606_0606_0606;

/// Eight bytes as a word, the first lowest.
#[inline]
pub(crate) fn word_at(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

/// Eight digits, the first lowest in the word, as a number.
#[inline]
pub(crate) fn eight(word: u64) -> Option<u64> {
    let digits = (word & HIGH) == ZEROS && (word.wrapping_add(SIXES) & HIGH) == ZEROS;
    // Pairs, then fours, then eight: each step adds neighbours with their weights.
    let word = word.wrapping_sub(ZEROS);
    let pairs = word.wrapping_mul(10).wrapping_add(word >> 8);
    let mask = 0x0000_00FF_0000_00FF;
    let even = (pairs & mask).wrapping_mul(100 + (1_000_000 << 32));
    let odd = ((pairs >> 16) & mask).wrapping_mul(1 + (10_000 << 32));
    digits.then_some(even.wrapping_add(odd) >> 32)
}

/// One to eight digits that end before `end`.
#[inline]
fn up_to_eight(bytes: &[u8], end: usize, length: usize) -> Option<u64> {
    let word = word_at(bytes, end - 8);
    // What stands before the field counts as leading zeros.
    let before = 64 - 8 * length as u32;
    let kept = word.unbounded_shr(before).unbounded_shl(before);
    eight(kept | (ZEROS & !u64::MAX.unbounded_shl(before)))
}

/// One to eighteen digits.
#[inline]
pub(crate) fn whole(bytes: &[u8], from: usize, end: usize) -> Option<i64> {
    match end - from {
        length @ 1..=8 => up_to_eight(bytes, end, length).map(|value| value as i64),
        9..=18 => {
            let high = whole(bytes, from, end - 8)?;
            Some(high * 100_000_000 + up_to_eight(bytes, end, 8)? as i64)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PAD, whole};

    fn read(text: &str) -> Option<i64> {
        let mut bytes = vec![b'9'; PAD];
        bytes.extend(text.bytes());
        let end = bytes.len();
        bytes.extend([b'7'; PAD]);
        whole(&bytes, PAD, end)
    }

    proptest! {
        #[test]
        fn numbers_are_read_back(value in 0_i64..1_000_000_000_000_000_000, cut in 0_u32..18) {
            let value = value / 10_i64.pow(cut);
            prop_assert_eq!(read(&value.to_string()), Some(value));
        }

        #[test]
        fn what_is_not_all_digits_is_none(text in "[0-9]{0,9}[ -/:-~\u{e9}][0-9]{0,8}") {
            prop_assert_eq!(read(&text), None);
        }
    }

    #[test]
    fn leading_zeros_and_lengths() {
        assert_eq!(read("000000000000000007"), Some(7));
        assert_eq!(read("00000000"), Some(0));
        assert_eq!(read(""), None);
        assert_eq!(read("1234567890123456789"), None);
    }
}
