//! What a change of thresholds does: the cases of the last quarters before and after it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Analysis;
use super::calendar::{day_number, quarter_of, quarter_text};
use super::signal::Level;

/// One quarter before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterChange {
    /// `2024-Q3`.
    pub quarter: String,
    /// Cases to ask about and cases to watch, before.
    pub before: (usize, usize),
    /// The same after.
    pub after: (usize, usize),
    /// Findings that appear.
    pub appear: Vec<String>,
    /// Findings that are gone.
    pub gone: Vec<String>,
}

/// Compares two analyses of the same rows over so many quarters up to the last day seen.
pub fn compare(before: &Analysis, after: &Analysis, quarters: i32) -> Vec<QuarterChange> {
    let part =
        |range: std::ops::Range<usize>| after.watermark.get(range).and_then(|t| t.parse().ok()).unwrap_or(1);
    let last = quarter_of(day_number(part(0..4), part(5..7), part(8..10)));
    (last - quarters + 1..=last)
        .map(|quarter| {
            let quarter = quarter_text(quarter);
            let (old, new) = (findings(before, &quarter), findings(after, &quarter));
            let only =
                |a: &BTreeSet<&str>, b: &BTreeSet<&str>| a.difference(b).map(ToString::to_string).collect();
            QuarterChange {
                before: counts(before, &quarter),
                after: counts(after, &quarter),
                appear: only(&new, &old),
                gone: only(&old, &new),
                quarter,
            }
        })
        .collect()
}

fn counts(analysis: &Analysis, quarter: &str) -> (usize, usize) {
    let of =
        |level| analysis.cases.iter().filter(|case| case.quarter == quarter && case.level == level).count();
    (of(Level::Alert), of(Level::Watch))
}

fn findings<'a>(analysis: &'a Analysis, quarter: &str) -> BTreeSet<&'a str> {
    let cases = analysis.cases.iter().filter(|case| case.quarter == quarter);
    cases.flat_map(|case| &case.findings).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Small;
    use super::super::{Settings, analyze};
    use super::compare;

    #[test]
    fn a_stricter_threshold_takes_the_finding_away_in_its_quarter() {
        let mut small = Small::default();
        small.certificate("A1-00000001", "A1", "B2", "2009-01-05", 120_00, 36_120_50);
        small.received();
        small.certificate("A1-00000002", "A1", "B2", "2009-01-25", 120_20, 36_120_50);
        small.received();
        let before = analyze(small.rows(), &Settings::default());
        let mut settings = Settings::default();
        settings.set("copy_carats_permille", 1).unwrap();
        let after = analyze(small.rows(), &settings);
        let changed = compare(&before, &after, 8);
        assert_eq!((changed.len(), changed[7].quarter.as_str()), (8, "2009-Q1"));
        assert_eq!((changed[7].before, changed[7].after), ((1, 0), (0, 0)));
        assert_eq!(changed[7].gone, ["contents_copied:A1-B2-firm1:2009-Q1:A1-00000001+A1-00000002"]);
        assert!(changed[..7].iter().all(|quarter| quarter.before == (0, 0) && quarter.appear.is_empty()));
    }
}
