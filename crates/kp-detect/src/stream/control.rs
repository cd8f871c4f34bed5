//! False discoveries are controlled in each family (one detector in one year): Benjamini and Hochberg where tests do not
//! overlap, Benjamini and Yekutieli where they do.
//!
//! A test that was made and said nothing counts too: a chance of 1 in 1,000 is remarkable alone and expected among 3,000.

use super::signal::Control;
use super::words::float;

/// The adjusted chances (q-values), in the order of the chances given: the smallest rate of false discoveries at which
/// each would still be called. `tests` is how many were made in all.
pub(crate) fn adjusted(chances: &[f64], tests: u64, control: Control) -> Vec<f64> {
    let tests = tests.max(chances.len() as u64);
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|a, b| chances[*a].total_cmp(&chances[*b]).then(a.cmp(b)));
    let m = float(i64::try_from(tests).unwrap_or(i64::MAX));
    let penalty = match control {
        Control::StepUpAnyDependence => harmonic(tests),
        Control::StepUp | Control::Exact => 1.0,
    };
    let mut adjusted = vec![1.0; chances.len()];
    let mut least = 1.0_f64;
    for (place, at) in order.iter().enumerate().rev() {
        let rank = float(i64::try_from(place).unwrap_or(i64::MAX)) + 1.0;
        least = least.min(chances[*at] * m * penalty / rank);
        adjusted[*at] = least;
    }
    adjusted
}

/// `1 + 1/2 + ... + 1/m`, summed from the smallest; beyond 10,000 by its expansion.
fn harmonic(m: u64) -> f64 {
    let m = i64::try_from(m).unwrap_or(i64::MAX);
    if m <= 10_000 {
        return (1..=m).rev().map(|i| 1.0 / float(i)).sum();
    }
    libm::log(float(m)) + 0.577_215_664_901_532_9 + 0.5 / float(m)
}

/// The chances of dependent tests put together (Cauchy combination, equal weights).
pub(crate) fn combined(chances: &[f64]) -> f64 {
    if chances.is_empty() {
        return 1.0;
    }
    let weight = 1.0 / float(i64::try_from(chances.len()).unwrap_or(i64::MAX));
    let sum: f64 = chances.iter().map(|p| weight * cauchy(*p)).sum();
    if sum > 1e15 {
        return 1.0 / (sum * std::f64::consts::PI);
    }
    (0.5 - libm::atan(sum) / std::f64::consts::PI).clamp(0.0, 1.0)
}

/// `tan((1/2 - p) pi)`, by its leading term where p is too small for the difference to be told from one half.
fn cauchy(p: f64) -> f64 {
    let p = p.clamp(1e-300, 1.0 - 1e-15);
    if p < 1e-15 { 1.0 / (p * std::f64::consts::PI) } else { libm::tan((0.5 - p) * std::f64::consts::PI) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1: `scipy.stats.false_discovery_control(ps, method="bh")` and `"by"`, ps as below with eight more of 1.0
    /// (the tests that said nothing); `scipy.stats.combine_pvalues` has no Cauchy, so by numpy:
    /// `0.5 - np.arctan(np.mean(np.tan((0.5 - p) * np.pi))) / np.pi` for p = 0.01, 0.2, 0.6.
    #[test]
    fn agrees_with_scipy() {
        for (control, reference) in [(Control::StepUp, BH), (Control::StepUpAnyDependence, BY)] {
            for (ours, theirs) in adjusted(&PS, 12, control).iter().zip(reference) {
                assert!((ours - theirs).abs() < 1e-12, "{control:?}: {ours} {theirs}");
            }
        }
        assert!((combined(&[0.01, 0.2, 0.6]) - CAUCHY).abs() < 1e-12);
        assert!((combined(&[1e-40, 0.5]) / 2e-40 - 1.0).abs() < 1e-6);
        assert!((harmonic(10_001) - harmonic(10_000) - 1.0 / 10_001.0).abs() < 1e-9);
    }

    const PS: [f64; 4] = [0.012, 0.0001, 0.03, 0.004];
    const BH: [f64; 4] = [0.048, 0.0012000000000000001, 0.09, 0.024];
    const BY: [f64; 4] = [0.14895411255411256, 0.003723852813852814, 0.279288961038961, 0.07447705627705628];
    const CAUCHY: f64 = 0.02896970889442002;
}
