//! Which rows share a key with another row, without sorting all of them.
//!
//! A bit for each of many buckets says that a row fell into it, a second bit that another did. Rows in a bucket of their
//! own share nothing; the few that are left go round again with other buckets, and what then is left is sorted and
//! compared in full. So the answer is exact whatever the hash.

use crate::{
    certificates::{Certificates, Place},
    tally::spread,
};

/// Buckets for each row, at least.
const ROOM: usize = 8;
/// Rounds after the first.
const ROUNDS: u64 = 2;

/// Regions into which the buckets are cut.
const REGION_BITS: u32 = 6;
/// Rows that wait for a region.
const WAITING: usize = 256;

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
        if self.seen[word] & bit != 0 {
            self.again[word] |= bit;
        }
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

/// Rows on their way to the buckets: they wait until many go to the same region, so that its memory is looked up once
/// for all of them and not once for each.
struct Waiting {
    regions: Vec<Vec<(u64, Place)>>,
}

impl Waiting {
    fn new() -> Self {
        Self { regions: (0..1 << REGION_BITS).map(|_| Vec::with_capacity(WAITING)).collect() }
    }

    /// Sends every row that has a hash to its region.
    fn pass(
        &mut self,
        certificates: &Certificates,
        hash: impl Fn(usize, usize) -> Option<u64>,
        mut go: impl FnMut(&[(u64, Place)]),
    ) {
        for (at, block) in certificates.blocks.iter().enumerate() {
            for row in 0..block.rows.len() {
                let Some(hash) = hash(at, row) else { continue };
                let region = &mut self.regions[(hash >> (64 - REGION_BITS)) as usize];
                region.push((hash, Certificates::place(at, row)));
                if region.len() == WAITING {
                    go(region);
                    region.clear();
                }
            }
        }
        for region in &mut self.regions {
            go(region);
            region.clear();
        }
    }
}

/// All rows whose hash another row has as well, and perhaps a few more. `part` of `parts` of the hashes are looked at, so that
/// several threads may share the work. A row without a hash shares nothing.
pub(crate) fn may_be_repeated(
    certificates: &Certificates,
    (part, parts): (u64, u64),
    hash: impl Fn(usize, usize) -> Option<u64>,
) -> Vec<Place> {
    let mut waiting = Waiting::new();
    // The low bits choose the part, the high ones the bucket.
    let mine = |at: usize, row: usize| hash(at, row).filter(|hash| hash % parts == part);
    let mut buckets = Buckets::for_rows(certificates.len() / parts as usize + 1);
    waiting.pass(certificates, mine, |rows| rows.iter().for_each(|(hash, _)| buckets.enter(*hash)));
    let mut left: Vec<(u64, Place)> = Vec::new();
    let is_shared = |(hash, _): &&(u64, Place)| buckets.is_shared(*hash);
    waiting.pass(certificates, mine, |rows| left.extend(rows.iter().filter(is_shared)));
    drop(buckets);
    for round in 1..=ROUNDS {
        let mut buckets = Buckets::for_rows(left.len());
        let other = |hash: u64| spread(hash ^ round);
        left.iter().for_each(|(hash, _)| buckets.enter(other(*hash)));
        left.retain(|(hash, _)| buckets.is_shared(other(*hash)));
    }
    left.into_iter().map(|(_, place)| place).collect()
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
