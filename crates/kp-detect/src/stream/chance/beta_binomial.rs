//! Beta-binomial tail: how likely are so many of so many, where the share itself varies from route to route.
//!
//! With a plain binomial, busy routes would be flagged for ever; the over-dispersion `m` keeps the alarm rate honest.

/// Chance of `k` or more of `n` where the share is `p0` on average and as sure as `m` rows make it:
/// `K ~ BB(n, m p0, m (1 - p0))`.
///
/// The terms are summed upward from `k`, each from the one before it, until they no longer matter.
pub fn tail(k: u32, n: u32, p0: f64, m: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if k > n {
        return 0.0;
    }
    let share = p0.clamp(1e-9, 1.0 - 1e-9);
    let (a, b) = (m * share, m * (1.0 - share));
    let (k_, n_) = (f64::from(k), f64::from(n));
    let first = log_choose(n_, k_) + log_beta(k_ + a, n_ - k_ + b) - log_beta(a, b);
    let (mut term, mut sum) = (1.0, 0.0);
    for at in k..=n {
        sum += term;
        let i = f64::from(at);
        if at == n {
            break;
        }
        let next = term * (n_ - i) / (i + 1.0) * (a + i) / (b + n_ - i - 1.0);
        // Terms rise to their greatest and fall from there: only falling ones may be left out.
        if next < term && next < 1e-12 * sum {
            break;
        }
        term = next;
    }
    (libm::exp(first) * sum).min(1.0)
}

fn log_choose(n: f64, k: f64) -> f64 {
    libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
}

fn log_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values: scipy 1.17.1, `scipy.stats.betabinom.pmf(np.arange(k, n + 1), n, m * p0, m * (1 - p0)).sum()`
    /// (its `sf` is one less the distribution and loses the small tails).
    #[test]
    fn the_tail_agrees_with_scipy() {
        for (k, n, p0, m, sf) in REFERENCE {
            let ours = tail(k, n, p0, m);
            assert!((ours / sf - 1.0).abs() < 1e-8, "{k} of {n}, {p0}, {m}: {ours} {sf}");
        }
        assert_eq!((tail(3, 2, 0.1, 60.0), tail(0, 2, 0.1, 60.0)), (0.0, 1.0));
    }

    const REFERENCE: [(u32, u32, f64, f64, f64); 7] = [
        (3, 8, 0.03, 60.0, 0.003555573381465278),
        (12, 12, 0.03, 60.0, 6.487413411326794e-13),
        (0, 5, 0.2, 60.0, 1.0000000000000002),
        (40, 400, 0.03, 60.0, 0.01517232226009704),
        (7, 30, 0.1, 30.0, 0.0804236203549683),
        (150, 1000, 0.05, 500.0, 5.561795662687566e-10),
        (2, 50, 0.01, 20.0, 0.11236434869098902),
    ];
}
