//! production_level_shift: a participant's declared production moved to another level and stayed there.
//!
//! Question: what changed, and did exports and stocks change with it?
//! Formula: ln(carats of the half) less the median of the other producers' own movements; a robust line (least trimmed squares, three
//! quarters of the points) with trend, same-half effect and one shift; |delta| by its error. Points off the line by more
//! than 2.58 deviations are named as spikes.
//! Minimum data: 12 halves above 1,000 ct, four on either side.
//! Thresholds (ours): 4 deviations, and a factor of 1.3.
//! Innocent explanations: a new mine; a closure; a strike; prices; a pandemic.
//! Counter-checks: the others' median movement is taken out (prices, a pandemic); did own-origin certificates move alike (a mine that
//! opened or closed).
//! An answer must contain: what opened or closed, when, with its licence; carats by mine before and after.
//! Evidence: the two levels; the halves that were declared.
//! Source: needs L03 and L04; Rousseeuw and others 2017; detectors D19.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, year_of};
use super::super::chance::level_shift::{Shift, level_shift};
use super::super::chance::normal::upper_tail;
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::words::{chance, ct, decimal, float, rounded, times, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("production_level_shift.rs")));

const HALVES: usize = 12;
const LEAST: i64 = 100_000;
/// Halves on either side in which certificates are compared.
const AROUND: i32 = 4;

/// Carats and cents by half (twice the year, and one for the second).
type Halves = BTreeMap<i32, (i64, i64)>;

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let mut producers = BTreeMap::<Code, Halves>::new();
    for p in &context.rows.production {
        let half = p.year * 2 + p.half - 1;
        let (carats, value) = producers.entry(p.participant).or_default().entry(half).or_default();
        (*carats, *value) = (*carats + p.carats, *value + p.value);
    }
    for (code, halves) in &producers {
        let known: Vec<(i32, i64)> = halves
            .iter()
            .filter(|(_, (carats, _))| *carats >= LEAST)
            .map(|(half, (carats, _))| (*half, *carats))
            .collect();
        if known.len() < HALVES {
            continue;
        }
        looked.count(year_of(known[0].0 * 2));
        let common: Vec<Option<f64>> =
            known.iter().map(|(half, _)| common(&producers, *code, *half)).collect();
        let has_others = common.iter().all(Option::is_some);
        let log = |((_, own), common): (&(i32, i64), &Option<f64>)| {
            libm::log(float(*own)) - common.filter(|_| has_others).unwrap_or(0.0)
        };
        let y: Vec<f64> = known.iter().zip(&common).map(log).collect();
        let second: Vec<bool> = known.iter().map(|(half, _)| half.rem_euclid(2) == 1).collect();
        let far = |shift: &Shift| {
            libm::fabs(shift.z) > parts(context.settings.level_z, 100)
                && libm::fabs(shift.delta) > parts(context.settings.level_least, 10_000)
        };
        if let Some(shift) = level_shift(&y, &second).filter(far) {
            looked.count(year_of(known[shift.at].0 * 2));
            looked.signals.push(signal(context, *code, &known, &shift, has_others));
        }
    }
    looked
}

/// The median of the other producers' movements against their own means; none where fewer than three are known.
fn common(producers: &BTreeMap<Code, Halves>, code: Code, half: i32) -> Option<f64> {
    let mut moved: Vec<f64> = producers
        .iter()
        .filter(|(other, halves)| **other != code && halves.len() >= HALVES)
        .filter_map(|(_, halves)| {
            let known = || halves.values().filter(|(carats, _)| *carats >= LEAST);
            let own = halves.get(&half).filter(|(carats, _)| *carats >= LEAST)?;
            let mean = known().map(|(carats, _)| libm::log(float(*carats))).sum::<f64>()
                / float(known().count() as i64);
            Some(libm::log(float(own.0)) - mean)
        })
        .collect();
    moved.sort_by(f64::total_cmp);
    (moved.len() >= 3).then(|| moved[moved.len() / 2])
}

fn signal(
    context: &Context<'_>,
    code: Code,
    known: &[(i32, i64)],
    shift: &Shift,
    has_others: bool,
) -> Signal {
    let half = known[shift.at].0;
    let last = (half + AROUND - 1).min(known[known.len() - 1].0);
    let mut signal = Signal::about(
        code,
        None,
        (half * 2, last * 2 + 1),
        last_day(last * 2 + 1).min(context.stream.watermark),
    );
    // Every place of the shift was tried.
    signal.p = Some((2.0 * upper_tail(libm::fabs(shift.z)) * float(shift.tried as i64)).min(1.0));
    let four = (shift.at.saturating_sub(4)..shift.at, shift.at..(shift.at + 4).min(known.len()));
    let mean =
        |of: &[(i32, i64)]| of.iter().map(|(_, carats)| *carats).sum::<i64>() / (of.len() as i64).max(1);
    let (before, after) = (mean(&known[four.0.clone()]), mean(&known[four.1.clone()]));
    signal.carats = (after - before).abs() * 2;
    let value: i64 = context.rows.production.iter().filter(|p| p.participant == code).map(|p| p.value).sum();
    let carats: i64 =
        context.rows.production.iter().filter(|p| p.participant == code).map(|p| p.carats).sum();
    signal.value = rounded(float(signal.carats) * float(value) / float(carats.max(1)));
    let when = half_text(half);
    // Two different things: what was declared, and what that is beside the own trend and everybody else's movement.
    signal.title = format!(
        "{code}: declared production went from {} to {} a half from {when} on, {} of what its own trend and the movement of the \
         others led to expect",
        ct(before),
        ct(after),
        times(shift.delta)
    );
    signal.question = format!(
        "What changed in {code}'s production in {when}, so that its level became {} of what its own trend and the movement of \
         the others led to expect?",
        times(shift.delta)
    );
    signal.arithmetic = vec![
        ArithmeticLine::new(
            "mean of four halves before and after",
            format!("{} ; {}", ct(before), ct(after)),
            ct(after - before),
        ),
        ArithmeticLine::new("declared in the halves before", declared(&known[four.0]), ct(before)),
        ArithmeticLine::new("declared in the halves after", declared(&known[four.1]), ct(after)),
        ArithmeticLine::new(
            "shift of the robust line",
            format!(
                "delta = {}, by its error {}; {} places tried",
                decimal(shift.delta),
                decimal(shift.z),
                shift.tried
            ),
            chance(signal.p.unwrap_or(1.0)),
        ),
        ArithmeticLine::new(
            "halves off the line",
            shift.spikes.iter().map(|at| half_text(known[*at].0)).collect::<Vec<_>>().join(", "),
            format!("{} of {}", shift.spikes.len(), known.len()),
        ),
        ArithmeticLine::new(
            "a year's difference at the participant's mean price",
            ct(signal.carats),
            usd(signal.value),
        ),
    ];
    signal.thresholds = thresholds(context);
    let (check, alike) = moved_alike(context, code, half, (before, after));
    signal.counter_checks = vec![common_check(has_others), check];
    if alike {
        signal.at_most = Level::Watch;
    }
    signal
}

/// `2009-H1`.
fn half_text(half: i32) -> String {
    format!("{}-H{}", half.div_euclid(2), half.rem_euclid(2) + 1)
}

fn declared(halves: &[(i32, i64)]) -> String {
    let each: Vec<String> =
        halves.iter().map(|(half, carats)| format!("{} {}", half_text(*half), ct(*carats))).collect();
    each.join(", ")
}

/// Prices, a pandemic: what moved everybody was taken out.
fn common_check(has_others: bool) -> CounterCheck {
    let result = if has_others {
        "the median of the others' movements was taken out"
    } else {
        "there are too few others to compare with"
    };
    CounterCheck::holds("prices, a pandemic: everybody's production moved", result, false)
}

/// Whether own-origin certificates moved as the declared production did.
fn moved_alike(
    context: &Context<'_>,
    code: Code,
    half: i32,
    (before, after): (i64, i64),
) -> (CounterCheck, bool) {
    let certified = |halves: std::ops::Range<i32>| -> i64 {
        context
            .stream
            .certificates
            .iter()
            .filter(|c| c.is_own_origin() && c.exporter == code && halves.contains(&c.quarter.div_euclid(2)))
            .map(|c| c.carats)
            .sum()
    };
    let (out_before, out_after) = (certified(half - AROUND..half), certified(half..half + AROUND));
    let explanation = "a mine that opened or closed: exports moved alike";
    if out_before == 0 && out_after == 0 {
        let none = "no own-origin certificates of those years are in the file";
        return (CounterCheck::new(explanation, none, Outcome::NotKnown), false);
    }
    let moved = libm::log(float(out_after.max(1)) / float(out_before.max(1)));
    let declared = libm::log(float(after.max(1)) / float(before.max(1)));
    let alike = libm::fabs(moved - declared) < 0.4;
    let check = CounterCheck::new(
        explanation,
        format!(
            "own-origin certificates {} before, {} after ({}); declared {}",
            ct(out_before),
            ct(out_after),
            times(moved),
            times(declared)
        ),
        if alike { Outcome::Explains } else { Outcome::DoesNotExplain },
    );
    (check, alike)
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("deviations above", super::super::words::hundredths(context.settings.level_z)),
        Threshold::ours("factor above", times(parts(context.settings.level_least, 10_000))),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    fn declared(after: i64) -> Vec<String> {
        let mut small = Small::default();
        small.certificate("A1-00000001", "A1", "B2", "2014-12-25", 5_000_00, 400_000_00);
        for (half, year) in (2005..=2014).flat_map(|year| [(1, year), (2, year)]) {
            for (at, code) in ["A1", "B2", "C3", "D4"].into_iter().enumerate() {
                let wobble = i64::from((year * 7 + half * 3 + i32::try_from(at).unwrap() * 5) % 11);
                let level = if code == "A1" && year >= 2010 { after } else { 50_000_00 };
                small.production(code, year, half, level + wobble * 40_000, level * 80);
            }
        }
        small.found("production_level_shift")
    }

    #[test]
    fn fires_on_twice_the_level_and_is_silent_on_the_same() {
        assert_eq!(declared(100_000_00), ["production_level_shift:A1:2010-Q1"]);
        assert_eq!(declared(50_000_00), [""; 0]);
    }

    /// What was declared and the factor against the trend are two things: a fall may be much more than was to be expected.
    #[test]
    fn halves_are_named_as_halves() {
        assert_eq!((super::half_text(4019), super::half_text(4020)), ("2009-H2".into(), "2010-H1".into()));
        assert_eq!(super::declared(&[(4020, 12_345)]), "2010-H1 123.45 ct");
    }
}
