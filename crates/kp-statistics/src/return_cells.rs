//! Every cell of a return beside what it was before: the last twelve values, the usual range, and cells left blank.
//!
//! peers 4.1: the last twelve values of the same cell beside the entry, and a usual range worked out from them. Pure: what
//! is known comes in. Judges nothing: what must be mended or forced is `return_rules`'.

use kp_terms::Period;

use crate::{
    figure::Figure,
    return_rules::{Draft, Known, last_twelve},
};

/// From how many values on a range means something. Ours.
pub const FEWEST_VALUES: usize = 4;

/// Three times the deviation of a normal distribution for each unit of the median absolute deviation, in thousandths:
/// 3 x 1.4826. The factor 3 is ours; 1.4826 makes the two comparable.
const REACH_PER_DEVIATION: i128 = 4448;

/// Between which amounts a cell usually lies: hundredths of a carat, or certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsualRange {
    /// At least.
    pub low: i64,
    /// At most.
    pub high: i64,
}

impl UsualRange {
    /// The median of some values and three (robust) deviations to both sides, never below nought; where at least half of
    /// them are one value, from the least to the most. Nothing where there are fewer than [`FEWEST_VALUES`].
    pub fn of(values: &[i64]) -> Option<Self> {
        if values.len() < FEWEST_VALUES {
            return None;
        }
        // Twice the median, and four times the deviation from it: the middle of two whole numbers may be none.
        let middle = doubled_median(values.iter().map(|value| i128::from(*value)).collect());
        let deviation =
            doubled_median(values.iter().map(|value| (2 * i128::from(*value) - middle).abs()).collect());
        if deviation == 0 {
            return Some(Self { low: values.iter().copied().min()?, high: values.iter().copied().max()? });
        }
        let reach = deviation * REACH_PER_DEVIATION;
        // The least and the most whole amount within.
        let low = ((2000 * middle - reach).max(0) + 3999) / 4000;
        let high = (2000 * middle + reach).div_euclid(4000);
        let whole = |amount: i128| i64::try_from(amount).unwrap_or(i64::MAX);
        Some(Self { low: whole(low), high: whole(high) })
    }

    /// Whether an amount lies in it.
    pub const fn holds(self, amount: i64) -> bool {
        self.low <= amount && amount <= self.high
    }
}

/// Twice the middle value; of an even number, the two in the middle together.
fn doubled_median(mut values: Vec<i128>) -> i128 {
    values.sort_unstable();
    let upper = values.get(values.len() / 2).copied().unwrap_or(0);
    let lower = values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    lower + upper
}

/// One cell of a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnCell {
    /// What it is about: `XB 7102.31`.
    pub key: String,
    /// Its row in the file; nothing where it is blank.
    pub row: Option<u32>,
    /// The figure; nothing where the last return had one and this has none.
    pub figure: Option<Figure>,
    /// The last twelve values, newest first.
    pub earlier: Vec<(Period, Figure)>,
    /// Between which amounts it usually lies.
    pub usual: Option<UsualRange>,
}

impl ReturnCell {
    fn new(key: String, row: Option<u32>, figure: Option<Figure>, known: &Known) -> Self {
        let earlier: Vec<(Period, Figure)> =
            last_twelve(&key, known).into_iter().map(|(period, figure)| (period, figure.clone())).collect();
        let amounts: Vec<i64> = earlier.iter().map(|(_, figure)| amount(figure)).collect();
        Self { key, row, figure, usual: UsualRange::of(&amounts), earlier }
    }

    /// Whether it lies outside its usual range.
    pub fn is_unusual(&self) -> bool {
        let pair = self.figure.as_ref().zip(self.usual);
        pair.is_some_and(|(figure, usual)| !usual.holds(amount(figure)))
    }
}

/// Hundredths of a carat; of a count, certificates.
pub fn amount(figure: &Figure) -> i64 {
    figure.certificates.map_or(figure.carats.hundredths(), |(_, count)| i64::from(count))
}

/// The cells of a return in the order of the file; then those of the last return before it that are blank in this one.
pub fn cells(draft: &Draft, known: &Known) -> Vec<ReturnCell> {
    let mut cells: Vec<ReturnCell> = Vec::new();
    for (row, figure) in &draft.rows {
        cells.push(ReturnCell::new(figure.key(), Some(*row), Some(figure.clone()), known));
    }
    for key in blank(draft, known) {
        cells.push(ReturnCell::new(key, None, None, known));
    }
    cells
}

/// Figures of the last return before this one that are blank in it, by key.
pub fn blank(draft: &Draft, known: &Known) -> Vec<String> {
    let before = |period: &Period| period.last_day() < draft.period.first_day();
    let Some((_, last)) = known.history.iter().rfind(|(period, _)| before(period)) else { return Vec::new() };
    let here = |key: &String| draft.rows.iter().any(|(_, figure)| figure.key() == *key);
    let mut keys: Vec<String> = last.iter().map(Figure::key).filter(|key| !here(key)).collect();
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnnexTable, testing::code};

    fn known(values: &[i64]) -> Known {
        let mut known = Known::default();
        for (n, carats) in (0..).zip(values) {
            let period: Period = format!("{}-Q{}", 2023 + n / 4, n % 4 + 1).parse().unwrap();
            let figure = |partner: &str| format!("{partner} 7102.31 {carats}.00 100.00").parse().unwrap();
            known.history.insert(period, vec![figure("XB"), figure("XC")]);
        }
        known
    }

    fn draft(figures: &[&str]) -> Draft {
        Draft {
            participant: code("XA"),
            table: AnnexTable::Exports,
            period: "2026-Q1".parse().unwrap(),
            rows: (2..).zip(figures.iter().map(|text| text.parse().unwrap())).collect(),
            totals: Vec::new(),
        }
    }

    #[test]
    fn a_range_is_robust_against_one_slip() {
        let (plain, slip) = ([100, 110, 90, 105, 95], [100, 110, 90, 105, 95_000]);
        let (of_plain, of_slip) = (UsualRange::of(&plain).unwrap(), UsualRange::of(&slip).unwrap());
        assert_eq!(of_plain, UsualRange { low: 78, high: 122 });
        assert!(of_slip.high < 200 && !of_slip.holds(95_000), "{of_slip:?}");
        let even = UsualRange::of(&[130, 100, 120, 110]);
        assert_eq!(even, Some(UsualRange { low: 71, high: 159 }), "115, and 10 from it in the middle");
        assert_eq!(UsualRange::of(&[1, 2, 3]), None, "three values make no range");
        assert_eq!(UsualRange::of(&[5, 5, 5, 9]), Some(UsualRange { low: 5, high: 9 }));
        assert_eq!(UsualRange::of(&[i64::MAX, 0, i64::MIN, 7]).map(|range| range.low), Some(0));
    }

    #[test]
    fn a_cell_has_its_last_twelve_values_and_blanks_are_listed() {
        let history: Vec<i64> = (1..=13).map(|n| 1000 + n).collect();
        let (known, draft) = (known(&history), draft(&["XB 7102.31 9000.00 100.00", "XD 7102.10 5.00 1.00"]));
        let cells = cells(&draft, &known);
        let shown: Vec<(&str, Option<u32>, usize, bool)> =
            cells.iter().map(|c| (c.key.as_str(), c.row, c.earlier.len(), c.is_unusual())).collect();
        assert_eq!(
            shown,
            [
                ("XB 7102.31", Some(2), 12, true),
                ("XD 7102.10", Some(3), 0, false),
                ("XC 7102.31", None, 12, false)
            ]
        );
        let newest: Vec<String> =
            cells[0].earlier.iter().take(2).map(|(period, _)| period.to_string()).collect();
        assert_eq!(
            newest,
            ["2026-Q1", "2025-Q4"],
            "newest first; what is known of the same period stands there too"
        );
    }
}
