//! How well the findings fit the labels: recall by kind and difficulty, precision of the first k cases, days from onset to
//! the first day on which it could be seen, false alarms on the clean history.
//!
//! Credit is strict: only a detector that claims a kind is credited with it, for the same parties and firm, an overlap of
//! at least a quarter of the shorter and 15 % of the longer time, and not before the onset. What is one row's matter must
//! be found by that row.

use std::collections::{BTreeMap, BTreeSet};

use kp_detect::stream::{Analysis, Case, Finding, Level, day_number};

use crate::Labelled;
use crate::labels::{Kind, Label};

/// Places of the list at which precision is told.
pub const FIRST: [usize; 4] = [10, 25, 50, 100];

/// How one kind at one difficulty fared.
#[derive(Debug, Clone, Default)]
pub struct Recall {
    /// Put in.
    pub labels: u64,
    /// Found, at least to be watched.
    pub found: u64,
    /// Found as an alert.
    pub alerted: u64,
    /// Days from onset until it could be seen.
    pub days: Vec<i32>,
}

/// Successes of trials.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    /// Successes.
    pub hits: u64,
    /// Trials.
    pub of: u64,
}

impl Share {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.of += other.of;
    }

    /// The share and Wilson's 95 % interval, in thousandths.
    pub fn interval(self) -> Option<(i64, i64, i64)> {
        if self.of == 0 {
            return None;
        }
        let (n, p, z) = (self.of as f64, self.hits as f64 / self.of as f64, 1.959_963_984_540_054);
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
        let permille = |share: f64| libm::round(share.clamp(0.0, 1.0) * 1000.0) as i64;
        Some((permille(p), permille(centre - half), permille(centre + half)))
    }
}

/// How one history, or several together, fared.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// By kind and difficulty.
    pub recall: BTreeMap<(Kind, u8), Recall>,
    /// Of the first k cases, those with a finding that fits a label, by k.
    pub precision: BTreeMap<usize, Share>,
    /// The same over all alerts, and over all cases.
    pub alerts: Share,
    /// All cases.
    pub cases: Share,
    /// Unfitting cases by the detector of their first finding; those of them that lie on an innocent event.
    pub unfounded: BTreeMap<String, (u64, u64)>,
    /// Fitting and all findings by detector.
    pub detectors: BTreeMap<String, Share>,
    /// Cases that share rows or parties and time with a label, whoever claims it.
    pub near: Share,
    /// Alerts and cases on the clean history, and over how many participant-years.
    pub clean: (u64, u64, u64),
    /// Certificates of the clean histories.
    pub clean_certificates: u64,
    /// Histories.
    pub histories: u64,
    /// Cases that fall within what can be asked.
    pub asked: u64,
}

/// Day numbers of a finding: from, to, since.
pub(crate) fn days(finding: &Finding) -> (i32, i32, i32) {
    (day(&finding.from), day(&finding.to), day(&finding.since))
}

fn day(text: &str) -> i32 {
    let part =
        |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse().ok()).unwrap_or_default();
    day_number(part(0..4), part(5..7), part(8..10))
}

/// Whether two spans overlap enough.
fn overlap(a: (i32, i32), b: (i32, i32)) -> bool {
    let common = a.1.min(b.1) - a.0.max(b.0) + 1;
    let (one, other) = (a.1 - a.0 + 1, b.1 - b.0 + 1);
    common > 0 && common * 4 >= one.min(other) && common * 100 >= one.max(other) * 15
}

fn parties_fit(finding: &Finding, label: &Label) -> bool {
    let fits = match label.partner {
        None => finding.participant == label.participant,
        Some(partner) => [Some(finding.participant), finding.partner]
            .into_iter()
            .flatten()
            .all(|code| code == label.participant || code == partner),
    };
    fits && (finding.firm.is_none() || label.firm.is_none() || finding.firm == label.firm)
}

fn rows_fit(finding: &Finding, label: &Label) -> bool {
    finding.certificates.iter().any(|id| label.certificates.contains(id))
        || finding.confirmations.iter().any(|id| label.confirmations.contains(id))
}

/// Whether a finding fits a label, whoever claims it.
fn is_near(finding: &Finding, label: &Label) -> bool {
    let (from, to, since) = days(finding);
    if label.kind.is_row() {
        return rows_fit(finding, label);
    }
    parties_fit(finding, label) && since >= label.start && overlap((from, to), (label.start, label.end))
}

fn fits(finding: &Finding, label: &Label) -> bool {
    label.kind.claimed_by().contains(&finding.detector.as_str()) && is_near(finding, label)
}

/// Scores one history.
pub fn score(history: &Labelled, analysis: &Analysis, clean: &Analysis) -> Score {
    let mut score = Score { histories: 1, ..Score::default() };
    let mut fitting: BTreeSet<&str> = BTreeSet::new();
    let mut near: BTreeSet<&str> = BTreeSet::new();
    for label in &history.labels {
        let recall = score.recall.entry((label.kind, label.difficulty)).or_default();
        recall.labels += 1;
        let found: Vec<&Finding> = analysis.findings.iter().filter(|f| fits(f, label)).collect();
        recall.found += u64::from(!found.is_empty());
        recall.alerted += u64::from(found.iter().any(|f| f.level == Level::Alert));
        recall.days.extend(found.iter().map(|f| days(f).2 - label.start).min());
        fitting.extend(found.iter().map(|f| f.id.as_str()));
        near.extend(analysis.findings.iter().filter(|f| is_near(f, label)).map(|f| f.id.as_str()));
    }
    let holds = |case: &Case, set: &BTreeSet<&str>| case.findings.iter().any(|id| set.contains(id.as_str()));
    for finding in &analysis.findings {
        let hits = u64::from(fitting.contains(finding.id.as_str()));
        score.detectors.entry(finding.detector.clone()).or_default().add(Share { hits, of: 1 });
    }
    for case in &analysis.cases {
        let hit = Share { hits: u64::from(holds(case, &fitting)), of: 1 };
        score.cases.add(hit);
        score.near.add(Share { hits: u64::from(holds(case, &near)), of: 1 });
        score.asked += u64::from(case.asked);
        if case.level == Level::Alert {
            score.alerts.add(hit);
        }
        for first in FIRST.into_iter().filter(|first| case.place <= *first) {
            score.precision.entry(first).or_default().add(hit);
        }
        if hit.hits == 0 {
            let detector = case.id.split(':').next().unwrap_or_default().to_owned();
            let on_decoy = case
                .findings
                .iter()
                .filter_map(|id| analysis.findings.iter().find(|f| f.id == *id))
                .any(|f| history.decoys.iter().any(|d| lies_on(f, d)));
            let counted = score.unfounded.entry(detector).or_default();
            counted.0 += 1;
            counted.1 += u64::from(on_decoy);
        }
    }
    let alerts = clean.cases.iter().filter(|case| case.level == Level::Alert).count() as u64;
    score.clean = (alerts, clean.cases.len() as u64, history.participants as u64 * 21);
    score.clean_certificates = history.clean.certificates.len() as u64;
    score
}

/// Whether a finding lies on an innocent event: its rows, or its parties and time.
fn lies_on(finding: &Finding, decoy: &Label) -> bool {
    let (from, to, _) = days(finding);
    rows_fit(finding, decoy) || (parties_fit(finding, decoy) && from <= decoy.end && decoy.start <= to)
}

impl Score {
    /// Adds another history's.
    pub fn take_in(&mut self, other: Self) {
        for (key, one) in other.recall {
            let recall = self.recall.entry(key).or_default();
            recall.labels += one.labels;
            recall.found += one.found;
            recall.alerted += one.alerted;
            recall.days.extend(one.days);
        }
        for (first, share) in other.precision {
            self.precision.entry(first).or_default().add(share);
        }
        for (detector, share) in other.detectors {
            self.detectors.entry(detector).or_default().add(share);
        }
        for (detector, (all, decoys)) in other.unfounded {
            let counted = self.unfounded.entry(detector).or_default();
            counted.0 += all;
            counted.1 += decoys;
        }
        self.alerts.add(other.alerts);
        self.cases.add(other.cases);
        self.near.add(other.near);
        self.asked += other.asked;
        self.histories += other.histories;
        self.clean_certificates += other.clean_certificates;
        self.clean =
            (self.clean.0 + other.clean.0, self.clean.1 + other.clean.1, self.clean.2 + other.clean.2);
    }

    /// Recall over all kinds: found at all.
    pub fn recall_in_all(&self) -> Share {
        let mut all = Share::default();
        self.recall.values().for_each(|r| all.add(Share { hits: r.found, of: r.labels }));
        all
    }
}
