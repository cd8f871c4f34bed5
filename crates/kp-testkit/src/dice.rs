//! Chance that is the same on every machine for the same seed (xoshiro256**, seeded by splitmix64; logarithms from
//! libm).

/// Chance from a seed.
#[derive(Debug, Clone)]
pub struct Dice([u64; 4]);

impl Dice {
    /// The same seed, the same chance.
    pub fn seeded(mut seed: u64) -> Self {
        Self([(); 4].map(|()| {
            seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let z = (seed ^ seed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ z >> 31
        }))
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// At least 0 and below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True once in so many.
    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// From the bell curve around 0 with deviation 1.
    pub fn bell(&mut self) -> f64 {
        let (radius, angle) = (self.unit().max(1e-300), self.unit());
        libm::sqrt(-2.0 * libm::log(radius)) * libm::cos(std::f64::consts::TAU * angle)
    }

    /// A place in a list of weights that are summed up from the first to the last.
    pub fn weighted(&mut self, summed: &[f64]) -> usize {
        let at = self.unit() * summed.last().copied().unwrap_or_default();
        summed.partition_point(|sum| *sum <= at).min(summed.len() - 1)
    }
}

/// Sums weights up from the first to the last.
pub fn summed(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    weights
        .into_iter()
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}
