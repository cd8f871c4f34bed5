//! Parquet's packed whole numbers: runs and bit-packed groups (levels, places in a dictionary), and packed differences.
//!
//! All read from a padded buffer, from `at` and never beyond `end`; what does not fit is none.

use crate::digits::word_at;

/// Reads along a padded buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Along<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) end: usize,
}

impl<'a> Along<'a> {
    /// The next bytes: where they begin.
    pub(super) fn skip(&mut self, length: usize) -> Option<usize> {
        let from = self.at;
        self.at = from.checked_add(length).filter(|next| *next <= self.end)?;
        Some(from)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.skip(1).map(|at| self.bytes[at])
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.skip(4).map(|at| word_at(self.bytes, at) as u32)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// So many numbers of this width, in runs and bit-packed groups of eight.
    pub(super) fn hybrid(&mut self, width: u32, count: usize, mut each: impl FnMut(u32)) -> Option<()> {
        if width > 32 {
            return None;
        }
        let mut left = count;
        while left > 0 {
            let header = self.varint()?;
            let many = usize::try_from(header >> 1).ok()?;
            if header & 1 == 0 {
                let at = self.skip(width.div_ceil(8) as usize)?;
                let value = word_at(self.bytes, at) & mask(width);
                let taken = many.min(left);
                (0..taken).for_each(|_| each(value as u32));
                left -= taken;
                (taken > 0).then_some(())?;
            } else {
                // The last group may be cut short after what is needed.
                let room = many.checked_mul(width as usize)?.min(self.end - self.at);
                let at = self.skip(room)?;
                let taken = many.checked_mul(8)?.min(left);
                if taken * width as usize > room * 8 {
                    return None;
                }
                (0..taken).for_each(|place| each(packed(self.bytes, at, place, width) as u32));
                left -= taken;
                (taken > 0).then_some(())?;
            }
        }
        Some(())
    }

    /// Numbers as packed differences (DELTA_BINARY_PACKED): returns how many there were.
    pub(super) fn differences(&mut self, most: usize, mut each: impl FnMut(i64)) -> Option<usize> {
        let block = usize::try_from(self.varint()?).ok()?;
        let parts = usize::try_from(self.varint()?).ok()?;
        let total = usize::try_from(self.varint()?).ok()?;
        let mut value = self.zigzag()?;
        let of_part = block.checked_div(parts)?;
        if total > most || !of_part.is_multiple_of(8) || of_part == 0 {
            return None;
        }
        if total > 0 {
            each(value);
        }
        let mut left = total.saturating_sub(1);
        while left > 0 {
            let least = self.zigzag()?;
            let widths = self.skip(parts)?;
            for part in 0..parts {
                if left == 0 {
                    break;
                }
                let width = u32::from(self.bytes[widths + part]);
                if width > 64 {
                    return None;
                }
                let at = self.skip((of_part / 8).checked_mul(width as usize)?)?;
                for place in 0..of_part.min(left) {
                    let difference = packed(self.bytes, at, place, width) as i64;
                    value = value.wrapping_add(least).wrapping_add(difference);
                    each(value);
                }
                left -= of_part.min(left);
            }
        }
        Some(total)
    }
}

fn mask(width: u32) -> u64 {
    1_u64.unbounded_shl(width).wrapping_sub(1)
}

/// The number at a place among numbers of this width, packed from the lowest bit on.
#[inline]
fn packed(bytes: &[u8], at: usize, place: usize, width: u32) -> u64 {
    let bit = place * width as usize;
    let (byte, shift) = (at + bit / 8, (bit % 8) as u32);
    let low = word_at(bytes, byte) >> shift;
    // Beyond 57 bits a ninth byte may hold the rest.
    let high = if width + shift > 64 { u64::from(bytes[byte + 8]).unbounded_shl(64 - shift) } else { 0 };
    (low | high) & mask(width)
}

#[cfg(test)]
mod tests {
    use super::Along;

    fn along(bytes: &[u8]) -> (Vec<u8>, usize) {
        let mut padded = vec![0; 8];
        padded.extend_from_slice(bytes);
        let end = padded.len();
        padded.extend([0; 8]);
        (padded, end)
    }

    #[test]
    fn runs_and_groups() {
        // The example of Parquet's own description: 0 to 7 in three bits; then a run of four fives.
        let (bytes, end) = along(&[0b0000_0011, 0b1000_1000, 0b1100_0110, 0b1111_1010, 8, 5]);
        let mut read = Vec::new();
        let mut along = Along { bytes: &bytes, at: 8, end };
        assert_eq!(along.hybrid(3, 12, |value| read.push(value)), Some(()));
        assert_eq!(read, [0, 1, 2, 3, 4, 5, 6, 7, 5, 5, 5, 5]);
        assert_eq!(along.hybrid(3, 1, |_| ()), None);
    }

    #[test]
    fn differences_are_summed_up() {
        // 7, 5, 3, 1, 2, 3, 4, 5 from Parquet's own description: first 7, least -2, two bits each.
        let head = [128, 1, 4, 8, 14, 3, 2, 0, 0, 0];
        let body = [0b1100_0000, 0b0011_1111, 0, 0, 0, 0, 0, 0];
        let (bytes, end) = along(&[&head[..], &body].concat());
        let mut read = Vec::new();
        let mut along = Along { bytes: &bytes, at: 8, end };
        assert_eq!(along.differences(8, |value| read.push(value)), Some(8));
        assert_eq!(read, [7, 5, 3, 1, 2, 3, 4, 5]);
        assert_eq!(Along { bytes: &bytes, at: 8, end }.differences(7, |_| ()), None);
    }
}
