//! Where fields end: one pass over the text, eight bytes at a time, before anything is read.
//!
//! Every byte of the files' plain shapes (digits, letters, `-`, `.`) lies above the comma, every byte that parts fields
//! or lines lies at the comma or below. So one comparison finds them all, and with them every byte that is not plain
//! (a space, a quotation mark, a plus), whose line is then read the slow way.

use crate::digits::word_at;

const ABOVE_COMMA: u64 = 0x2D2D_2D2D_2D2D_2D2D;
const TOP: u64 = 0x8080_8080_8080_8080;

/// Writes the places of all bytes at or below the comma from `from` to `end` into `places`; returns how many.
///
/// `bytes` holds eight more bytes after `end`.
pub(crate) fn separators(bytes: &[u8], from: usize, end: usize, places: &mut Vec<u32>) -> usize {
    // One for each byte at most, and what a step may write beyond.
    let most = end - from + 16;
    if places.len() < most {
        places.resize(most, 0);
    }
    let places = &mut places[..most];
    let mut count = 0;
    let mut at = from;
    while at < end {
        let word = word_at(bytes, at);
        // No borrow can pass from byte to byte: each has its top bit set before it is reduced.
        let mut found = !((word | TOP).wrapping_sub(ABOVE_COMMA)) & !word & TOP;
        while found != 0 {
            places[count] = at as u32 + found.trailing_zeros() / 8;
            count += 1;
            found &= found - 1;
        }
        at += 8;
    }
    while count > 0 && places[count - 1] as usize >= end {
        count -= 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::separators;

    proptest! {
        #[test]
        fn every_byte_at_or_below_the_comma_is_found(text in proptest::collection::vec(any::<u8>(), 0..200), from in 0_usize..9) {
            let from = from.min(text.len());
            let expected: Vec<u32> =
                (from..text.len()).filter(|at| text[*at] <= b',').map(|at| at as u32).collect();
            let mut bytes = text.clone();
            bytes.extend([b','; 8]);
            let mut places = Vec::new();
            let count = separators(&bytes, from, text.len(), &mut places);
            prop_assert_eq!(&places[..count], expected.as_slice());
        }
    }
}
