//! Which rows share a key with another row, without sorting all of them.
//!
//! A bit for each of many buckets says that a row fell into it, a second bit that another did. Rows in a bucket of their
//! own share nothing; the few that are left go round again with other buckets, and what then is left is sorted and
//! compared in full. So the answer is exact whatever the hash.

use crate::certificates::{Certificates, Place};

/// Buckets for each row, at least.
const ROOM: usize = 8;
/// Rounds after the first.
const ROUNDS: u64 = 2;

/// Spreads a key over all bits.
#[inline]
pub(crate) fn spread(key: u64) -> u64 {
    let key = (key ^ key >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (key ^ key >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

struct Buckets {
    seen: Vec<u64>,
    again: Vec<u64>,
    shift: u32,
}

impl Buckets {
    fn for_rows(rows: usize) -> Self {
        let bits = (rows * ROOM).next_power_of_two().trailing_zeros().max(6);
        Self { seen: vec![0; 1 << (bits - 6)], again: vec![0; 1 << (bits - 6)], shift: 64 - bits }
    }

    #[inline]
    fn enter(&mut self, hash: u64) {
        let (word, bit) = self.bucket(hash);
        self.again[word] |= self.seen[word] & bit;
        self.seen[word] |= bit;
    }

    #[inline]
    fn is_shared(&self, hash: u64) -> bool {
        let (word, bit) = self.bucket(hash);
        self.again[word] & bit != 0
    }

    #[inline]
    fn bucket(&self, hash: u64) -> (usize, u64) {
        let bucket = hash >> self.shift;
        ((bucket >> 6) as usize, 1 << (bucket & 63))
    }
}

/// All rows whose hash another row has as well, and perhaps a few more. `part` of `parts` of the hashes are looked at, so that
/// several threads may share the work. A row without a hash shares nothing.
pub(crate) fn may_be_repeated(
    certificates: &Certificates,
    (part, parts): (u64, u64),
    hash: impl Fn(usize, usize) -> Option<u64>,
) -> Vec<Place> {
    // The low bits choose the part, the high ones the bucket.
    let mine = |at: usize, row: usize| hash(at, row).filter(|hash| hash % parts == part);
    let mut buckets = Buckets::for_rows(certificates.len() / parts as usize + 1);
    for (at, block) in certificates.blocks.iter().enumerate() {
        for row in 0..block.rows.len() {
            if let Some(hash) = mine(at, row) {
                buckets.enter(hash);
            }
        }
    }
    let mut left: Vec<(Place, u64)> = Vec::new();
    for (at, block) in certificates.blocks.iter().enumerate() {
        for row in 0..block.rows.len() {
            if let Some(hash) = mine(at, row).filter(|hash| buckets.is_shared(*hash)) {
                left.push((Certificates::place(at, row), hash));
            }
        }
    }
    drop(buckets);
    for round in 1..=ROUNDS {
        let mut buckets = Buckets::for_rows(left.len());
        let other = |hash: u64| spread(hash ^ round);
        left.iter().for_each(|(_, hash)| buckets.enter(other(*hash)));
        left.retain(|(_, hash)| buckets.is_shared(other(*hash)));
    }
    left.into_iter().map(|(place, _)| place).collect()
}

/// Groups of rows that have the same key, of at least two.
pub(crate) fn groups<K: Ord>(places: Vec<Place>, key: impl Fn(Place) -> K) -> Vec<(K, Vec<Place>)> {
    let mut keyed: Vec<(K, Place)> = places.into_iter().map(|place| (key(place), place)).collect();
    keyed.sort_unstable();
    let mut groups: Vec<(K, Vec<Place>)> = Vec::new();
    for (key, place) in keyed {
        match groups.last_mut().filter(|group| group.0 == key) {
            Some(group) => group.1.push(place),
            None => groups.push((key, vec![place])),
        }
    }
    groups.retain(|group| group.1.len() > 1);
    groups
}
