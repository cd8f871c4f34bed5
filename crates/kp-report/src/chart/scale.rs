//! From an amount to a height. The only place where an amount becomes a float, and it becomes a place on paper.

use super::ticks;

/// Largest to smallest from which a line is drawn on a logarithmic axis. Ours: below it a linear axis still shows the
/// small figures.
const LOGARITHMIC_FROM: i64 = 40;

/// An axis of amounts in hundredths.
pub(crate) enum Scale {
    Linear { top: i64 },
    Logarithmic { low: f64, high: f64 },
}

impl Scale {
    /// An axis from zero, with its ticks.
    pub(crate) fn from_zero(most: i64) -> (Self, Vec<i64>) {
        let ticks = ticks::from_zero(most);
        let top = ticks.last().copied().unwrap_or(1);
        (Self::Linear { top }, ticks)
    }

    /// An axis for a line: from zero, or logarithmic where the figures span far.
    pub(crate) fn for_line(amounts: &[i64]) -> (Self, Vec<i64>) {
        let positive = || amounts.iter().copied().filter(|a| *a > 0);
        let (least, most) = (positive().min().unwrap_or(1), positive().max().unwrap_or(1));
        if most / least < LOGARITHMIC_FROM {
            return Self::from_zero(most);
        }
        let ticks = ticks::logarithmic(least, most);
        let end = |tick: Option<&i64>| libm::log10(tick.copied().unwrap_or(1) as f64);
        (Self::Logarithmic { low: end(ticks.first()), high: end(ticks.last()) }, ticks)
    }

    pub(crate) fn is_logarithmic(&self) -> bool {
        matches!(self, Self::Logarithmic { .. })
    }

    /// Share of the axis below the amount, 0 to 1.
    pub(crate) fn share(&self, amount: i64) -> f64 {
        match self {
            Self::Linear { top } => (amount.max(0) as f64 / *top as f64).min(1.0),
            Self::Logarithmic { low, high } => {
                ((libm::log10(amount.max(1) as f64) - low) / (high - low)).clamp(0.0, 1.0)
            }
        }
    }
}
