//! Sums by key: an open-addressing table of whole numbers, the one place where groups are formed.
//!
//! The standard map with its keyed hash costs ten times as much here, and nobody can gain by choosing the keys. Its
//! order never reaches a file: results are read out sorted.

/// No key has this value: keys are made of at most 63 bits.
const EMPTY: u64 = u64::MAX;
/// Spreads keys that lie close together (2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Something that can be added to another of its kind. Says whether the sum still fits.
pub(crate) trait Sum: Copy + Default {
    /// Adds, and says whether that passed what a whole number of 64 bits holds.
    #[must_use]
    fn add(&mut self, other: &Self) -> bool;
}

impl<const N: usize> Sum for [i64; N]
where
    [i64; N]: Default,
{
    fn add(&mut self, other: &Self) -> bool {
        let mut passed = false;
        for (mine, theirs) in self.iter_mut().zip(other) {
            let (sum, over) = mine.overflowing_add(*theirs);
            *mine = sum;
            passed |= over;
        }
        passed
    }
}

/// Sums by key.
#[derive(Debug)]
pub(crate) struct Tally<V> {
    slots: Vec<(u64, V)>,
    shift: u32,
    used: usize,
    passed: bool,
}

impl<V: Sum> Tally<V> {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::with_bits(10)
    }

    fn with_bits(bits: u32) -> Self {
        Self { slots: vec![(EMPTY, V::default()); 1 << bits], shift: 64 - bits, used: 0, passed: false }
    }

    /// Adds to the sums of this key.
    #[inline]
    pub(crate) fn add(&mut self, key: u64, value: &V) {
        let at = self.place(key);
        if self.slots[at].0 == EMPTY {
            self.enter(key, at, value);
        } else {
            self.passed |= self.slots[at].1.add(value);
        }
    }

    #[cold]
    fn enter(&mut self, key: u64, at: usize, value: &V) {
        self.slots[at] = (key, *value);
        self.used += 1;
        // At most three quarters full, so that a free place is always near.
        if self.used * 4 > self.slots.len() * 3 {
            let mut larger = Self::with_bits(64 - self.shift + 1);
            for (key, value) in self.slots.iter().filter(|(key, _)| *key != EMPTY) {
                let at = larger.place(*key);
                larger.slots[at] = (*key, *value);
            }
            self.slots = larger.slots;
            self.shift = larger.shift;
        }
    }

    /// The sums of this key, if there are any.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<&V> {
        let slot = &self.slots[self.place(key)];
        (slot.0 != EMPTY).then_some(&slot.1)
    }

    /// Where the key is, or would be put.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(SPREAD) >> self.shift) as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != EMPTY {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds all of another.
    pub(crate) fn take_in(&mut self, other: &Self) {
        self.passed |= other.passed;
        for (key, value) in other.slots.iter().filter(|(key, _)| *key != EMPTY) {
            self.add(*key, value);
        }
    }

    /// All keys with their sums, by key.
    pub(crate) fn sorted(&self) -> Vec<(u64, V)> {
        let mut all: Vec<(u64, V)> = self.slots.iter().filter(|(key, _)| *key != EMPTY).copied().collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }

    /// Whether a sum passed what 64 bits hold.
    pub(crate) fn has_passed(&self) -> bool {
        self.passed
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Tally;

    #[test]
    fn sums_are_those_of_a_map() {
        let mut tally = Tally::<[i64; 2]>::new();
        let mut map = BTreeMap::<u64, [i64; 2]>::new();
        for i in 0..50_000_u64 {
            let key = i.wrapping_mul(i) % 7001;
            tally.add(key, &[1, i as i64]);
            let sums = map.entry(key).or_default();
            *sums = [sums[0] + 1, sums[1] + i as i64];
        }
        assert_eq!(tally.sorted(), map.clone().into_iter().collect::<Vec<_>>());
        assert_eq!(tally.get(7001), None);
        let mut twice = Tally::new();
        twice.take_in(&tally);
        twice.take_in(&tally);
        assert!(twice.sorted().iter().all(|(key, sums)| sums[1] == 2 * map[key][1]));
        assert!(!twice.has_passed());
    }

    #[test]
    fn a_sum_that_passes_is_told() {
        let mut tally = Tally::<[i64; 1]>::new();
        tally.add(1, &[i64::MAX]);
        tally.add(1, &[1]);
        assert!(tally.has_passed());
    }
}
