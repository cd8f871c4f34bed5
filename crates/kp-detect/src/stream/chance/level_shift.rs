//! A robust line with one level shift: trend + same-half effect + delta from t0 on, by least trimmed squares.
//!
//! After Rousseeuw, Perrotta, Riani and Hubert (2017): three quarters of the points are fitted, so that single spikes and
//! typing errors do not move the line; every t0 with four points on either side is tried and the one
//! with the least sum of squares, each held at an outlier's, is taken; points within 2.58 deviations are
//! then fitted once more. Deterministic: concentration starts from the plain fit and from those without each
//! single point, with no random subsets.

use std::collections::BTreeSet;

/// Coefficients: level, trend, second half, shift.
type Fit = [f64; 4];

/// The shift that fits best.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// The first point after it.
    pub at: usize,
    /// How much the level moved, in the units of the series.
    pub delta: f64,
    /// `delta` by its standard error.
    pub z: f64,
    /// Points that lie off the fitted line.
    pub spikes: Vec<usize>,
    /// How many places were tried.
    pub tried: usize,
}

const LEAST: usize = 8;
const EACH_SIDE: usize = 4;
const STEPS: usize = 30;
/// Takes the spread of the innermost three quarters to that of a whole bell curve: 1 / sqrt(1 - 2 q phi(q) / 0.75),
/// q = 1.1503.
const CONSISTENT: f64 = 1.6476;
const OFF: f64 = 2.58;

/// Looks for the shift; none where the series is shorter than eight points. `second` tells which points are second halves.
pub fn level_shift(y: &[f64], second: &[bool]) -> Option<Shift> {
    let n = y.len();
    if n < LEAST || second.len() != n {
        return None;
    }
    let kept = (n * 3).div_ceil(4).max(5);
    let places = EACH_SIDE..=n - EACH_SIDE;
    let fits: Vec<(f64, usize, Fit)> = places
        .filter_map(|at| trimmed(y, second, at, kept).map(|(objective, fit)| (objective, at, fit)))
        .collect();
    let objective = fits.iter().map(|fit| fit.0).reduce(f64::min)?;
    // Short series fit their innermost points too well: the factor of Rousseeuw and Leroy (1987) for small samples.
    let spread = CONSISTENT * (1.0 + 5.0 / (count(n) - 4.0)) * libm::sqrt(objective / count(kept));
    // Trimming forgives a place that is wrong by a few points; every point counts here, but none for more than an outlier.
    let most = square(OFF * spread.max(1e-9));
    let capped = |at: usize, fit: &Fit| -> f64 {
        (0..n).map(|t| square(y[t] - value(fit, second, t, at)).min(most)).sum()
    };
    let (_, at, fit) = *fits.iter().min_by(|a, b| capped(a.1, &a.2).total_cmp(&capped(b.1, &b.2)))?;
    let off: Vec<usize> =
        (0..n).filter(|t| libm::fabs(y[*t] - value(&fit, second, *t, at)) > OFF * spread.max(1e-9)).collect();
    let inside: Vec<usize> = (0..n).filter(|t| !off.contains(t)).collect();
    let (fit, inverse) = least_squares(y, second, at, &inside)?;
    let squares: f64 = inside.iter().map(|t| square(y[*t] - value(&fit, second, *t, at))).sum();
    let free = count(inside.len()) - 4.0;
    // What was left out does not make the rest exact: no smaller than the robust spread of all points would allow.
    let error = libm::sqrt((squares / free.max(1.0)).max(1e-12) * inverse);
    Some(Shift { at, delta: fit[3], z: fit[3] / error, spikes: off, tried: n - 2 * EACH_SIDE + 1 })
}

fn square(x: f64) -> f64 {
    x * x
}

#[expect(clippy::cast_precision_loss, reason = "points of a short series")]
fn count(n: usize) -> f64 {
    n as f64
}

fn row(second: &[bool], t: usize, at: usize) -> Fit {
    [1.0, count(t), f64::from(u8::from(second[t])), f64::from(u8::from(t >= at))]
}

fn value(fit: &Fit, second: &[bool], t: usize, at: usize) -> f64 {
    fit.iter().zip(row(second, t, at)).map(|(a, b)| a * b).sum()
}

/// The best of concentrations that start from the plain fit and from the fits without each single point.
fn trimmed(y: &[f64], second: &[bool], at: usize, kept: usize) -> Option<(f64, Fit)> {
    // From equal subsets the steps are equal: what was walked once is not walked again.
    let mut walked = BTreeSet::new();
    let starts = (0..=y.len()).rev().filter_map(|without| {
        let points: Vec<usize> = (0..y.len()).filter(|t| *t != without).collect();
        concentrated(y, second, at, kept, points, &mut walked)
    });
    starts.reduce(|best, next| if next.0 < best.0 { next } else { best })
}

/// Concentration steps: the points nearest to the line are fitted again until they stay the same.
fn concentrated(
    y: &[f64],
    second: &[bool],
    at: usize,
    kept: usize,
    mut points: Vec<usize>,
    walked: &mut BTreeSet<Vec<usize>>,
) -> Option<(f64, Fit)> {
    let (mut fit, _) = least_squares(y, second, at, &points)?;
    for _ in 0..STEPS {
        let mut order: Vec<usize> = (0..y.len()).collect();
        let apart = |t: usize| square(y[t] - value(&fit, second, t, at));
        order.sort_by(|a, b| apart(*a).total_cmp(&apart(*b)).then(a.cmp(b)));
        order.truncate(kept);
        order.sort_unstable();
        if order == points {
            break;
        }
        if !walked.insert(order.clone()) {
            return None;
        }
        // A subset that lies on one side of the shift cannot tell it.
        let Some((next, _)) = least_squares(y, second, at, &order) else { break };
        (fit, points) = (next, order);
    }
    let mut squares: Vec<f64> = (0..y.len()).map(|t| square(y[t] - value(&fit, second, t, at))).collect();
    squares.sort_by(f64::total_cmp);
    Some((squares.iter().take(kept).sum(), fit))
}

/// Normal equations by elimination; also the last diagonal element of their inverse, for the shift's error.
fn least_squares(y: &[f64], second: &[bool], at: usize, points: &[usize]) -> Option<(Fit, f64)> {
    // Four columns, then the right side, then the unit vector of the shift.
    let mut m = [[0.0_f64; 6]; 4];
    for t in points {
        let x = row(second, *t, at);
        for i in 0..4 {
            for j in 0..4 {
                m[i][j] += x[i] * x[j];
            }
            m[i][4] += x[i] * y[*t];
        }
    }
    m[3][5] = 1.0;
    for column in 0..4 {
        let pivot =
            (column..4).max_by(|a, b| libm::fabs(m[*a][column]).total_cmp(&libm::fabs(m[*b][column])))?;
        if libm::fabs(m[pivot][column]) < 1e-9 {
            return None;
        }
        m.swap(column, pivot);
        for other in (0..4).filter(|other| *other != column) {
            let by = m[other][column] / m[column][column];
            let from = m[column];
            m[other].iter_mut().zip(from).for_each(|(cell, above)| *cell -= by * above);
        }
    }
    let solved = |column: usize| [0, 1, 2, 3].map(|i| m[i][column] / m[i][i]);
    Some((solved(4), solved(5)[3]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixteen halves: 5 + 0.01 t, 0.2 in second halves, 0.6 from the ninth on, the noise `np.random.default_rng(7).normal(0, 0.015, 16)`, one spike at 3.
    fn series() -> (Vec<f64>, Vec<bool>) {
        let noise = [
            0.0, 0.0045, -0.0041, -0.0134, -0.0068, -0.0149, 0.0009, 0.0201, -0.0074, -0.0093, 0.0073,
            0.0054, 0.0016, -0.014, -0.0004, 0.0104,
        ];
        let second: Vec<bool> = (0..16).map(|t| t % 2 == 1).collect();
        let y = (0..16)
            .map(|t| {
                let shift = if t >= 8 { 0.6 } else { 0.0 };
                let spike = if t == 3 { 2.0 } else { 0.0 };
                5.0 + 0.01 * count(t) + if second[t] { 0.2 } else { 0.0 } + shift + noise[t] + spike
            })
            .collect();
        (y, second)
    }

    /// numpy 2.4.6: `np.linalg.lstsq` on the fifteen points without the spike (columns 1, t, second, t >= 8), and
    /// `delta / np.sqrt(s2 * np.linalg.inv(X.T @ X)[3, 3])`.
    #[test]
    fn the_shift_is_found_beside_a_spike_and_agrees_with_numpy() {
        let (y, second) = series();
        let shift = level_shift(&y, &second).unwrap();
        assert_eq!((shift.at, shift.spikes.as_slice(), shift.tried), (8, [3].as_slice(), 9));
        assert!((shift.delta - DELTA).abs() < 1e-9, "{}", shift.delta);
        assert!((shift.z / Z - 1.0).abs() < 1e-6, "{}", shift.z);
    }

    #[test]
    fn a_line_without_a_shift_has_none_to_speak_of() {
        let (mut y, second) = series();
        (8..16).for_each(|t| y[t] -= 0.6);
        assert!(level_shift(&y, &second).unwrap().delta.abs() < 0.06);
        assert_eq!(level_shift(&y[..7], &second[..7]), None);
    }

    const DELTA: f64 = 0.5905609374999982;
    const Z: f64 = 56.759907545210815;
}
