//! What health statistics software tries on each series, on the same data: z-score, modified z-score, minimum and maximum.
//!
//! Series are the quarters of each route and of each participant's exports and imports: certificates, carats, value, value a
//! carat; at least 8 quarters. Credit is generous: a flag counts for any oddity of the same parties whose time it touches.

use std::collections::BTreeMap;

use kp_detect::stream::{Code, Rows};

use crate::Labelled;
use crate::evaluate::{FIRST, Share};

/// The three tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Test {
    /// Beyond 3 standard deviations of the mean.
    ZScore,
    /// 0.6745 (x - median) / MAD beyond 3.5.
    ModifiedZScore,
    /// Outside the mean and 2 standard deviations of the series before it.
    MinMax,
}

impl Test {
    /// All three.
    pub const ALL: [Self; 3] = [Self::ZScore, Self::ModifiedZScore, Self::MinMax];

    /// As the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ZScore => "z-score above 3",
            Self::ModifiedZScore => "modified z-score above 3.5",
            Self::MinMax => "minimum and maximum (mean and 2 deviations of the quarters before)",
        }
    }
}

/// A value that a test flags.
#[derive(Debug, Clone, Copy)]
struct Flag {
    participant: Code,
    partner: Option<Code>,
    quarter: i32,
    score: f64,
}

/// How a test fared.
#[derive(Debug, Clone, Default)]
pub struct Fared {
    /// Flags that touch an oddity, of the first k.
    pub precision: BTreeMap<usize, Share>,
    /// Of all flags.
    pub flags: Share,
    /// Oddities touched by any flag.
    pub recall: Share,
    /// Oddities touched by the first flags, as many as our list has cases.
    pub recall_same_length: Share,
    /// Flags on the clean history, and participant-years.
    pub clean: (u64, u64),
}

impl Fared {
    /// Adds another history's.
    pub fn take_in(&mut self, other: &Self) {
        for (first, share) in &other.precision {
            self.precision.entry(*first).or_default().add(*share);
        }
        self.flags.add(other.flags);
        self.recall.add(other.recall);
        self.recall_same_length.add(other.recall_same_length);
        self.clean = (self.clean.0 + other.clean.0, self.clean.1 + other.clean.1);
    }
}

type Key = (Code, Option<Code>, u8);

/// Four figures a quarter: certificates, carats, value, value a carat.
fn series(rows: &Rows) -> BTreeMap<Key, BTreeMap<i32, [f64; 4]>> {
    let mut all: BTreeMap<Key, BTreeMap<i32, [f64; 4]>> = BTreeMap::new();
    let mut add = |key: Key, day: i32, carats: i64, value: i64| {
        let figures = all.entry(key).or_default().entry(quarter(day)).or_default();
        figures[0] += 1.0;
        figures[1] += carats as f64;
        figures[2] += value as f64;
    };
    for c in &rows.certificates {
        add((c.exporter, Some(c.importer), 0), c.issued, c.carats, c.value);
        add((c.exporter, None, 1), c.issued, c.carats, c.value);
    }
    for c in &rows.confirmations {
        add((c.exporter, Some(c.importer), 2), c.arrived, c.carats, c.value);
        add((c.importer, None, 3), c.arrived, c.carats, c.value);
    }
    for figures in all.values_mut().flat_map(BTreeMap::values_mut) {
        figures[3] = figures[2] / figures[1].max(1.0);
    }
    all
}

/// Quarters since 1970, near enough for series.
fn quarter(day: i32) -> i32 {
    (f64::from(day) / 91.3125) as i32
}

fn flags(rows: &Rows, test: Test) -> Vec<Flag> {
    let mut flags = Vec::new();
    for ((participant, partner, _), quarters) in series(rows) {
        if quarters.len() < 8 {
            continue;
        }
        for figure in 0..4 {
            let values: Vec<(i32, f64)> = quarters.iter().map(|(q, figures)| (*q, figures[figure])).collect();
            for (quarter, score) in scores(&values, test) {
                flags.push(Flag { participant, partner, quarter, score });
            }
        }
    }
    flags.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then(a.quarter.cmp(&b.quarter)).then(a.participant.cmp(&b.participant))
    });
    flags
}

fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    (mean, libm::sqrt(variance))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

/// Quarters beyond the test's limit, with how far.
fn scores(values: &[(i32, f64)], test: Test) -> Vec<(i32, f64)> {
    let plain: Vec<f64> = values.iter().map(|v| v.1).collect();
    match test {
        Test::ZScore => {
            let (mean, deviation) = mean_and_deviation(&plain);
            beyond(values, |v| (v - mean).abs() / deviation.max(1e-9), 3.0)
        }
        Test::ModifiedZScore => {
            let middle = median(&plain);
            let mad = median(&plain.iter().map(|v| (v - middle).abs()).collect::<Vec<_>>());
            beyond(values, |v| 0.6745 * (v - middle).abs() / mad.max(1e-9), 3.5)
        }
        Test::MinMax => (8..values.len())
            .filter_map(|at| {
                let (mean, deviation) = mean_and_deviation(&plain[..at]);
                let score = (plain[at] - mean).abs() / deviation.max(1e-9);
                (score > 2.0).then_some((values[at].0, score))
            })
            .collect(),
    }
}

fn beyond(values: &[(i32, f64)], score: impl Fn(f64) -> f64, limit: f64) -> Vec<(i32, f64)> {
    values
        .iter()
        .map(|(quarter, value)| (*quarter, score(*value)))
        .filter(|(_, score)| *score > limit)
        .collect()
}

/// Tries one test on a history; `length` is how many cases our own list has.
pub fn fared(history: &Labelled, test: Test, length: usize) -> Fared {
    let flags = flags(&history.rows, test);
    let touches = |flag: &Flag, label: &crate::Label| {
        let parties = [Some(flag.participant), flag.partner];
        let own = parties.contains(&Some(label.participant));
        let both = flag.partner.is_none() || label.partner.is_none() || parties.contains(&label.partner);
        own && both && (quarter(label.start)..=quarter(label.end)).contains(&flag.quarter)
    };
    let hits: Vec<bool> =
        flags.iter().map(|flag| history.labels.iter().any(|label| touches(flag, label))).collect();
    let mut fared = Fared::default();
    for (place, hit) in (1..).zip(&hits) {
        let share = Share { hits: u64::from(*hit), of: 1 };
        fared.flags.add(share);
        for first in FIRST.into_iter().filter(|first| place <= *first) {
            fared.precision.entry(first).or_default().add(share);
        }
    }
    for label in &history.labels {
        let found = |flags: &[Flag]| u64::from(flags.iter().any(|flag| touches(flag, label)));
        fared.recall.add(Share { hits: found(&flags), of: 1 });
        fared.recall_same_length.add(Share { hits: found(&flags[..length.min(flags.len())]), of: 1 });
    }
    fared.clean = (self::flags(&history.clean, test).len() as u64, history.participants as u64 * 21);
    fared
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of 1, 1, 1, 1, 1, 1, 1, 1, 1, 9 the mean is 1.8 and the deviation 2.5298, so z = 2.846 does not pass 3;
    /// the median is 1 and the MAD 0, so the modified score passes; nine ones before it have no deviation at all.
    #[test]
    fn the_three_tests_by_hand() {
        let mut values: Vec<(i32, f64)> = (0..9).map(|q| (q, 1.0)).collect();
        values.push((9, 9.0));
        assert!(scores(&values, Test::ZScore).is_empty());
        assert_eq!(scores(&values, Test::ModifiedZScore).iter().map(|s| s.0).collect::<Vec<_>>(), [9]);
        assert_eq!(scores(&values, Test::MinMax).iter().map(|s| s.0).collect::<Vec<_>>(), [9]);
    }
}
