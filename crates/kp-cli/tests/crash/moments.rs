//! Random moments that can be drawn again.

use std::hash::{BuildHasher, Hasher};

/// SplitMix64: small, and good enough to choose moments.
#[derive(Debug)]
pub(crate) struct Moments(u64);

impl Moments {
    /// From `KPCS_CRASH_SEED`, or others at each run. The seed is printed, and shown where the test fails.
    pub(crate) fn of(test: &str) -> Self {
        let given = std::env::var("KPCS_CRASH_SEED").ok().map(|text| text.parse().unwrap());
        let seed = given.unwrap_or_else(|| std::hash::RandomState::new().build_hasher().finish());
        eprintln!("{test}: KPCS_CRASH_SEED={seed} draws these moments again");
        Self(seed)
    }

    /// A number from 0 to `most`.
    pub(crate) fn up_to(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % (most + 1)
    }
}
