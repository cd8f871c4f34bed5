//! Shrunk unit value: what a cell's price is, when its own rows are few and its parent knows more (empirical Bayes).
//!
//! `mu = (n y / s^2 + parent / t^2) / (n / s^2 + 1 / t^2)`; the predictive variance makes small cells quiet, not wild.

/// What is expected of a row in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The cell's level.
    pub mean: f64,
    /// How far one honest row may lie from it: a standard deviation.
    pub spread: f64,
}

/// The level of a cell with `n` rows of mean `mean`, of spread `s` among rows and `t` among cells, below a parent.
pub fn expected(n: f64, mean: f64, parent: f64, s: f64, t: f64) -> Expected {
    let (rows, cells) = (n / (s * s), 1.0 / (t * t));
    Expected {
        mean: (rows * mean + cells * parent) / (rows + cells),
        spread: libm::sqrt(s * s + 1.0 / (rows + cells)),
    }
}

impl Expected {
    /// A row's place in the predictive spread.
    pub fn z(&self, u: f64) -> f64 {
        (u - self.mean) / self.spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: s = 0.5, t = 0.25 make 16 n = 4 rows weigh as much as 16 of the parent, so the level lies half way, and
    /// the spread is sqrt(0.25 + 1/32).
    #[test]
    fn a_small_cell_leans_on_its_parent_and_a_large_one_does_not() {
        let half = expected(4.0, 1.0, 0.0, 0.5, 0.25);
        assert!((half.mean - 0.5).abs() < 1e-12 && (half.spread - libm::sqrt(0.28125)).abs() < 1e-12);
        let empty = expected(0.0, 9.0, 0.3, 0.5, 0.25);
        assert!((empty.mean - 0.3).abs() < 1e-12 && (empty.z(0.3)).abs() < 1e-12);
        assert!(expected(1e6, 1.0, 0.0, 0.5, 0.25).mean > 0.9999);
    }
}
