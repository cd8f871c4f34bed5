//! Tails of the bell curve and of Poisson counts.

/// Chance of a standard normal value above `z`.
pub fn upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z / std::f64::consts::SQRT_2)
}

/// Chance of `k` or more where `lambda` are expected.
pub fn poisson_tail(k: u32, lambda: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    let mut term =
        libm::exp(f64::from(k) * libm::log(lambda.max(1e-300)) - lambda - libm::lgamma(f64::from(k) + 1.0));
    let mut sum = 0.0;
    let mut at = f64::from(k);
    while term > 1e-14 * sum || at < lambda {
        sum += term;
        at += 1.0;
        term *= lambda / at;
        if at > f64::from(k) + 10_000.0 {
            break;
        }
    }
    sum.min(1.0)
}

/// Minus the logarithm (base 10) of a chance, held at 300.
pub fn surprise(p: f64) -> f64 {
    -libm::log10(p.max(1e-300))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values: scipy 1.17.1, `scipy.stats.norm.sf(z)` and `scipy.stats.poisson.sf(k - 1, lam)`.
    #[test]
    fn tails_agree_with_scipy() {
        for (z, sf) in NORMAL {
            assert!((upper_tail(z) / sf - 1.0).abs() < 1e-12, "{z}: {} {sf}", upper_tail(z));
        }
        for (k, lambda, sf) in POISSON {
            assert!(
                (poisson_tail(k, lambda) / sf - 1.0).abs() < 1e-9,
                "{k} {lambda}: {} {sf}",
                poisson_tail(k, lambda)
            );
        }
    }

    const NORMAL: [(f64, f64); 5] = [
        (-1.5, 0.9331927987311419),
        (0.0, 0.5),
        (1.6448536269514722, 0.050000000000000044),
        (4.0, 3.167124183311986e-05),
        (9.0, 1.1285884059538324e-19),
    ];
    const POISSON: [(u32, f64, f64); 5] = [
        (1, 0.02, 0.0198013266932447),
        (6, 0.13, 5.997791470571414e-09),
        (5, 5.0, 0.5595067149347879),
        (20, 3.5, 1.131426237424723e-09),
        (40, 60.0, 0.9974518076963866),
    ];
}
