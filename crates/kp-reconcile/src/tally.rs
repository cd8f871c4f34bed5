//! Sums by key: open-addressing tables of whole numbers, the one place where groups are formed.
//!
//! The standard map with its keyed hash costs ten times as much here, and nobody can gain by choosing the keys. Its
//! order never reaches a file: results are read out sorted.

/// Spreads a key over all bits: keys are made of a few fields, and one multiplication would leave them in heaps.
#[inline]
pub(crate) fn spread(key: u64) -> u64 {
    let key = (key ^ key >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (key ^ key >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

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

/// Sums by key. The upper half of a key names a page (a quarter, a year), the lower half a line on it.
///
/// Rows come in order of time, so that at any moment one page is in use. It is small and lies close together: an index of
/// eight bytes for each line, and the lines in the order of their first appearance, the busy ones first. In one large
/// table every row would wait for memory.
#[derive(Debug)]
pub(crate) struct Tally<V> {
    /// The place of each page, by its number; [`NO_PAGE`] where there is none.
    places: Vec<u32>,
    pages: Vec<Page<V>>,
    passed: bool,
}

const NO_PAGE: u32 = u32::MAX;

#[derive(Debug)]
struct Page<V> {
    number: u32,
    /// Line and its place.
    index: Vec<(u32, u32)>,
    shift: u32,
    lines: Vec<(u32, V)>,
}

/// No line.
const EMPTY: u32 = u32::MAX;

impl<V: Sum> Page<V> {
    fn new(number: u32) -> Self {
        Self { number, index: vec![(0, EMPTY); 16], shift: 64 - 4, lines: Vec::new() }
    }

    /// Where the line is in the index, or would be put.
    #[inline]
    fn place(&self, line: u32) -> usize {
        let mask = self.index.len() - 1;
        let mut at = (spread(u64::from(line)) >> self.shift) as usize & mask;
        while self.index[at].0 != line && self.index[at].1 != EMPTY {
            at = (at + 1) & mask;
        }
        at
    }

    #[cold]
    fn enter(&mut self, at: usize, line: u32, value: &V) {
        self.index[at] = (line, self.lines.len() as u32);
        self.lines.push((line, *value));
        // At most half full, so that a free place is always near.
        if self.lines.len() * 2 > self.index.len() {
            self.shift -= 1;
            self.index = vec![(0, EMPTY); self.index.len() * 2];
            for place in 0..self.lines.len() {
                let line = self.lines[place].0;
                let at = self.place(line);
                self.index[at] = (line, place as u32);
            }
        }
    }
}

impl<V: Sum> Tally<V> {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { places: Vec::new(), pages: Vec::new(), passed: false }
    }

    /// Adds to the sums of this key.
    #[inline]
    pub(crate) fn add(&mut self, key: u64, value: &V) {
        let (number, line) = ((key >> 32) as u32, key as u32);
        let place = match self.places.get(number as usize) {
            Some(place) if *place != NO_PAGE => *place,
            _ => self.begin(number),
        };
        let page = &mut self.pages[place as usize];
        let at = page.place(line);
        match page.index[at].1 {
            EMPTY => page.enter(at, line, value),
            place => self.passed |= page.lines[place as usize].1.add(value),
        }
    }

    #[cold]
    fn begin(&mut self, number: u32) -> u32 {
        if self.places.len() <= number as usize {
            self.places.resize(number as usize + 1, NO_PAGE);
        }
        self.places[number as usize] = self.pages.len() as u32;
        self.pages.push(Page::new(number));
        self.places[number as usize]
    }

    /// The sums of this key, if there are any.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<&V> {
        let place = *self.places.get((key >> 32) as usize)?;
        let page = self.pages.get(place as usize)?;
        match page.index[page.place(key as u32)].1 {
            EMPTY => None,
            place => Some(&page.lines[place as usize].1),
        }
    }

    fn all(&self) -> impl Iterator<Item = (u64, V)> {
        let key = |page: &Page<V>, line: u32| u64::from(page.number) << 32 | u64::from(line);
        self.pages
            .iter()
            .flat_map(move |page| page.lines.iter().map(move |(line, sums)| (key(page, *line), *sums)))
    }

    /// Adds all of another.
    pub(crate) fn take_in(&mut self, other: &Self) {
        self.passed |= other.passed;
        for (key, value) in other.all() {
            self.add(key, &value);
        }
    }

    /// All keys with their sums, by key.
    pub(crate) fn sorted(&self) -> Vec<(u64, V)> {
        let mut all: Vec<(u64, V)> = self.all().collect();
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
            let key = (i % 3) << 32 | (i.wrapping_mul(i) % 7001);
            tally.add(key, &[1, i as i64]);
            let sums = map.entry(key).or_default();
            *sums = [sums[0] + 1, sums[1] + i as i64];
        }
        assert_eq!(tally.sorted(), map.clone().into_iter().collect::<Vec<_>>());
        assert_eq!((tally.get(7001), tally.get(9 << 32)), (None, None));
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
