//! From findings to cases: what belongs together is asked together, in an order that is explained, and no more of it than
//! can be asked.
//!
//! Findings belong together when they share a certificate, or when participant and partner (or firm) are the same and their
//! times overlap. A case's chance is the Cauchy combination over groups of evidence, each with its least chance times its
//! size: detectors of one group read the same signal and must not vote twice. Priority is the product of three factors that
//! are shown: certainty (one less the adjusted chance), size (log10 of 1 + US$ / 10,000), severity. The adjusted chance
//! stands in for a local false discovery rate: a list of some dozen cases has no bulk from which to fit an empirical null.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Found;
use super::calendar::{quarter_of, quarter_text, written};
use super::chance::normal::surprise;
use super::control::combined;
use super::rows::Code;
use super::settings::Settings;
use super::signal::{Group, Level};
use super::words::{float, rounded};

/// Why a case stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Factors {
    /// One less the adjusted chance of its surest finding, in thousandths.
    pub certainty_thousandths: i64,
    /// log10 of 1 + US$ at stake / 10,000, in thousandths.
    pub size_thousandths: i64,
    /// 1 to 3.
    pub severity: i64,
    /// Their product in thousandths; only for ordering, never shown alone.
    pub priority_thousandths: i64,
}

/// Findings that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Its place in the whole list, from 1.
    pub place: usize,
    /// The id of its first finding.
    pub id: String,
    /// Everybody it is about.
    pub participants: Vec<Code>,
    /// The highest level among its findings.
    pub level: Level,
    /// Ids of its findings, the weightiest first.
    pub findings: Vec<String>,
    /// Groups of evidence that agree.
    pub groups: Vec<Group>,
    /// Minus log10 of the combined chance, in hundredths; 30000 where an identity is among them.
    pub surprise_hundredths: i64,
    /// The first day on which one of its findings could be seen.
    pub since: String,
    /// The quarter in whose budget it falls.
    pub quarter: String,
    /// Whether it is within what can be asked in that quarter.
    pub asked: bool,
    /// US cents at stake: the most that one of its findings puts at stake.
    pub value_at_stake: i64,
    /// Why it stands where it stands.
    pub factors: Factors,
}

/// Puts findings together, ranks, and cuts.
pub(super) fn build(found: &[Found], settings: &Settings) -> Vec<Case> {
    let mut cases: Vec<(i32, Case)> =
        components(found).into_iter().map(|members| case(found, members)).collect();
    cases.sort_by(|(_, a), (_, b)| {
        let key = |c: &Case| (c.factors.priority_thousandths, c.surprise_hundredths, c.value_at_stake);
        key(b).cmp(&key(a)).then_with(|| a.id.cmp(&b.id))
    });
    let mut asked: BTreeMap<i32, i64> = BTreeMap::new();
    for (place, (quarter, case)) in (1..).zip(&mut cases) {
        case.place = place;
        let so_far = asked.entry(*quarter).or_default();
        case.asked = *so_far < settings.budget_per_quarter;
        *so_far += 1;
    }
    cases.into_iter().map(|(_, case)| case).collect()
}

/// Places of findings that hang together, each component sorted, components by their first place.
fn components(found: &[Found]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..found.len()).collect();
    let mut by_row: BTreeMap<i64, usize> = BTreeMap::new();
    let mut by_party: BTreeMap<(Code, Option<Code>, Option<i64>), Vec<usize>> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        for id in &one.finding.certificates {
            let first = *by_row.entry(*id).or_insert(at);
            join(&mut root, first, at);
        }
        let f = &one.finding;
        by_party.entry((f.participant, f.partner, f.firm)).or_default().push(at);
    }
    for same in by_party.values() {
        for (place, a) in same.iter().enumerate() {
            for b in same.iter().skip(place + 1) {
                let (one, other) = (&found[*a], &found[*b]);
                let overlap = one.first <= other.last && other.first <= one.last;
                // Single rows of one route and quarter are no story together by themselves.
                let rows = one.finding.group == Group::Identity && other.finding.group == Group::Identity;
                if overlap && !rows {
                    join(&mut root, *a, *b);
                }
            }
        }
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..found.len() {
        components.entry(top(&mut root, at)).or_default().push(at);
    }
    components.into_values().collect()
}

fn top(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// The smaller place is the root, so that the result does not depend on the order of joining.
fn join(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (top(root, a), top(root, b));
    root[a.max(b)] = a.min(b);
}

fn case(found: &[Found], mut members: Vec<usize>) -> (i32, Case) {
    let weight = |at: usize| {
        let f = &found[at].finding;
        (f.level, f.severity, -f.chance.adjusted_millionths, f.value_at_stake)
    };
    members.sort_by(|a, b| {
        weight(*b).cmp(&weight(*a)).then_with(|| found[*a].finding.id.cmp(&found[*b].finding.id))
    });
    let of = || members.iter().map(|at| &found[*at]);
    let mut groups: BTreeMap<Group, Vec<f64>> = BTreeMap::new();
    for one in of() {
        groups.entry(one.finding.group).or_default().push(one.p);
    }
    let chances: Vec<f64> = groups
        .values()
        .map(|ps| (ps.iter().copied().fold(1.0, f64::min) * float(ps.len() as i64)).min(1.0))
        .collect();
    let mut participants: Vec<Code> =
        of().flat_map(|one| [Some(one.finding.participant), one.finding.partner]).flatten().collect();
    participants.sort_unstable();
    participants.dedup();
    let value = of().map(|one| one.finding.value_at_stake).max().unwrap_or_default();
    let since = of().map(|one| one.since).min().unwrap_or_default();
    let severity = of().map(|one| one.finding.severity).max().unwrap_or(1);
    let adjusted = of().map(|one| one.finding.chance.adjusted_millionths).min().unwrap_or(1_000_000);
    let case = Case {
        place: 0,
        id: of().next().map(|one| one.finding.id.clone()).unwrap_or_default(),
        participants,
        level: of().map(|one| one.finding.level).max().unwrap_or(Level::Watch),
        findings: of().map(|one| one.finding.id.clone()).collect(),
        groups: groups.keys().copied().collect(),
        surprise_hundredths: rounded(surprise(combined(&chances)) * 100.0),
        since: written(since),
        quarter: quarter_text(quarter_of(since)),
        asked: false,
        value_at_stake: value,
        factors: factors(adjusted, value, severity),
    };
    (quarter_of(since), case)
}

/// Worked out from the rounded factors that are shown, so that a reader can redo it.
fn factors(adjusted_millionths: i64, value: i64, severity: i64) -> Factors {
    let certainty = (1_000_000 - adjusted_millionths).max(0) / 1000;
    let size = rounded(libm::log10(1.0 + float(value.max(0)) / 1_000_000.0) * 1000.0);
    Factors {
        certainty_thousandths: certainty,
        size_thousandths: size,
        severity,
        priority_thousandths: certainty * size * severity / 1000,
    }
}
