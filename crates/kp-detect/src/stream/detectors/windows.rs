//! Series of quarters and the windows laid over them.

use super::super::words::float;

/// Sums up to each quarter, so that any window is one difference.
#[derive(Debug, Clone)]
pub(super) struct Running {
    /// First quarter.
    pub first: i32,
    sums: Vec<i64>,
}

impl Running {
    /// From one number a quarter.
    pub(super) fn new(first: i32, values: &[i64]) -> Self {
        let mut sums = vec![0];
        for value in values {
            sums.push(sums.last().copied().unwrap_or_default() + value);
        }
        Self { first, sums }
    }

    /// The quarters that are there.
    pub(super) fn len(&self) -> i32 {
        i32::try_from(self.sums.len()).unwrap_or(i32::MAX) - 1
    }

    /// Sum from one quarter to another, both counted from the first and held within the series.
    pub(super) fn of(&self, from: i32, to: i32) -> i64 {
        let at = |quarter: i32| self.sums[usize::try_from(quarter.clamp(0, self.len())).unwrap_or(0)];
        if to < from { 0 } else { at(to + 1) - at(from) }
    }

    /// The same as a float, for ratios.
    pub(super) fn float(&self, from: i32, to: i32) -> f64 {
        float(self.of(from, to))
    }
}

/// First and last quarter of a list of quarters; none where it is empty.
pub(super) fn span(quarters: impl Iterator<Item = i32>) -> Option<(i32, i32)> {
    quarters.fold(None, |span, quarter| {
        let (first, last) = span.unwrap_or((quarter, quarter));
        Some((first.min(quarter), last.max(quarter)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_differences_held_within_the_series() {
        let running = Running::new(10, &[1, 2, 3, 4]);
        assert_eq!(
            (running.len(), running.of(0, 3), running.of(1, 2), running.of(3, 9), running.of(-4, 0)),
            (4, 10, 5, 4, 1)
        );
        assert_eq!((running.of(-8, -1), running.of(2, 1)), (0, 0));
        assert_eq!(span([3, 1, 2].into_iter()), Some((1, 3)));
    }
}
