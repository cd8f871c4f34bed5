//! Window contrast: a window of quarters against the quarters around it.
//!
//! Counts are compared by their exposure (the world's activity takes the cycle out) with room for the swings that honest
//! producers show (`tau`); means are compared on winsorised residuals, whose sums are whole numbers.

/// Counts in a window against a baseline, as a standard normal value; none without counts on both sides.
///
/// `z = ln((n_w / e_w) / (n_b / e_b)) / sqrt(1 / n_w + 1 / n_b + tau^2)`
pub fn counts(n_window: f64, e_window: f64, n_base: f64, e_base: f64, tau: f64) -> Option<f64> {
    if n_window <= 0.0 || n_base <= 0.0 || e_window <= 0.0 || e_base <= 0.0 {
        return None;
    }
    let log = libm::log((n_window / e_window) / (n_base / e_base));
    Some(log / libm::sqrt(1.0 / n_window + 1.0 / n_base + tau * tau))
}

/// Rows of which only number, sum and sum of squares are kept; sums in whole ten-thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Rows.
    pub n: i64,
    /// Sum of the residuals in ten-thousandths.
    pub sum: i64,
    /// Sum of their squares.
    pub squares: i128,
}

impl Sums {
    /// Takes one residual in.
    pub fn add(&mut self, residual: i32) {
        self.n += 1;
        self.sum += i64::from(residual);
        self.squares += i128::from(residual) * i128::from(residual);
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { n: self.n + other.n, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    /// The first without the second, which is a part of it.
    pub fn less(self, part: Self) -> Self {
        Self { n: self.n - part.n, sum: self.sum - part.sum, squares: self.squares - part.squares }
    }

    /// Mean, in logarithms.
    #[expect(clippy::cast_precision_loss, reason = "sums of logarithms to four decimals")]
    pub fn mean(self) -> f64 {
        if self.n == 0 { 0.0 } else { self.sum as f64 / self.n as f64 / 10_000.0 }
    }

    /// Sum of squared differences from the mean.
    #[expect(clippy::cast_precision_loss, reason = "sums of logarithms to four decimals")]
    fn scatter(self) -> f64 {
        let mean = self.mean();
        (self.squares as f64 / 1e8 - self.n as f64 * mean * mean).max(0.0)
    }
}

/// Means of two sets of residuals, as a standard normal value: `(m_w - m_b) / (s sqrt(1 / n_w + 1 / n_b))`.
///
/// `s` is the pooled spread within the two, but never below `floor`: a firm whose few prices agree is not thereby exact.
#[expect(clippy::cast_precision_loss, reason = "numbers of rows")]
pub fn means(window: Sums, base: Sums, floor: f64) -> Option<f64> {
    if window.n < 1 || base.n < 1 || window.n + base.n < 3 {
        return None;
    }
    let (n_w, n_b) = (window.n as f64, base.n as f64);
    let pooled = libm::sqrt((window.scatter() + base.scatter()) / (n_w + n_b - 2.0)).max(floor);
    Some((window.mean() - base.mean()) / (pooled * libm::sqrt(1.0 / n_w + 1.0 / n_b)))
}

/// Holds a residual within so many ten-thousandths, so that one stone does not carry a mean.
pub fn winsorised(residual: i32, limit: i32) -> i32 {
    residual.clamp(-limit, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy 2.4.6: `np.log((30/100)/(40/400)) / np.sqrt(1/30 + 1/40 + 0.22**2)`.
    #[test]
    fn counts_by_hand() {
        let z = counts(30.0, 100.0, 40.0, 400.0, 0.22).unwrap();
        assert!((z - REFERENCE_COUNTS).abs() < 1e-12, "{z}");
        assert_eq!(counts(0.0, 1.0, 5.0, 1.0, 0.2), None);
    }

    /// scipy 1.17.1: `scipy.stats.ttest_ind([0.5, 0.7, 0.9], [0.1, -0.1, 0.2, 0.0]).statistic` (pooled variances).
    #[test]
    fn means_are_students_pooled_statistic() {
        let of = |values: &[i32]| {
            let mut sums = Sums::default();
            values.iter().for_each(|v| sums.add(*v));
            sums
        };
        let (window, base) = (of(&[5000, 7000, 9000]), of(&[1000, -1000, 2000, 0]));
        let z = means(window, base, 0.0).unwrap();
        assert!((z - REFERENCE_MEANS).abs() < 1e-9, "{z}");
        assert!(means(window, base, 10.0).unwrap() < 0.1);
        assert_eq!(window.plus(base).less(base), window);
    }

    const REFERENCE_COUNTS: f64 = 3.3627487206553264;
    const REFERENCE_MEANS: f64 = 5.277986629117476;
}
