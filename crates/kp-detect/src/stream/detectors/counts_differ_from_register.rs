//! counts_differ_from_register: a participant declared another number of certificates than the register shows.
//!
//! Question: which certificates are in the one and not in the other?
//! Formula: declared less registered, of issued (by day of issue) and of received (by day of arrival); and numbers skipped:
//! greatest serial of the year less the greatest of the year before less those registered. No chance in it.
//! Minimum data: one year declared.
//! Thresholds (ours): more than 2 and more than 0.5 %.
//! Innocent explanations: the day of cut-off; void certificates counted; amendments entered late; a year of another calendar.
//! Counter-checks: how many lie within ten days of the year's ends (cut-off); do skipped numbers make up the difference (void
//! ones); does the next year give it back.
//! An answer must contain: the list of numbers of the year with void ones; the day on which the count was made.
//! Evidence: the counts by quarter.
//! Source: CD Annex III (counts of certificates); needs L19 and L53; detectors D20.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{civil, last_day, quarter_text};
use super::super::context::Context;
use super::super::rows::{Code, CountLine};
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::words::float;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("counts_differ_from_register.rs")));

const LEAST: i64 = 2;
const CUT_OFF: i32 = 10;

/// What the register shows of a participant's year.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    count: i64,
    carats: i64,
    value: i64,
    near_the_ends: i64,
    greatest: u32,
    quarters: [i64; 4],
}

type Key = (Code, i32);

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let (mut issued, mut received) = (BTreeMap::<Key, Shown>::new(), BTreeMap::<Key, Shown>::new());
    for c in &context.stream.certificates {
        let shown = issued.entry((c.exporter, c.year())).or_default();
        add(shown, c.issued, c.quarter, (c.carats, c.value));
        shown.greatest =
            shown.greatest.max(context.stream.issuer_and_serial(c.number).map_or(0, |(_, serial)| serial));
    }
    for c in &context.stream.confirmations {
        add(
            received.entry((c.importer, civil(c.arrived).0)).or_default(),
            c.arrived,
            c.quarter,
            (c.carats, c.value),
        );
    }
    let mut looked = Looked::default();
    for line in &context.rows.counts {
        let key = (line.participant, line.year);
        for (what, declared, shown) in
            [("issued", line.issued, &issued), ("received", line.received, &received)]
        {
            let of = shown.get(&key).copied().unwrap_or_default();
            let apart = (declared - of.count).abs();
            if apart > LEAST && apart * 1000 > context.settings.count_permille * of.count.max(declared) {
                let before = shown.get(&(line.participant, line.year - 1)).map(|s| s.greatest);
                looked.signals.push(signal(context, line, what, declared, &of, before));
            }
        }
    }
    looked
}

fn add(shown: &mut Shown, day: i32, quarter: i32, (carats, value): (i64, i64)) {
    shown.count += 1;
    shown.carats += carats;
    shown.value += value;
    shown.quarters[usize::try_from(quarter.rem_euclid(4)).unwrap_or(0)] += 1;
    let (year, month, of_month) = civil(day);
    debug_assert!(year > 0, "a year of the common era");
    shown.near_the_ends +=
        i64::from((month == 1 && of_month <= CUT_OFF) || (month == 12 && of_month > 31 - CUT_OFF));
}

fn signal(
    context: &Context<'_>,
    line: &CountLine,
    what: &str,
    declared: i64,
    shown: &Shown,
    before: Option<u32>,
) -> Signal {
    let (first, last) = (line.year * 4, line.year * 4 + 3);
    let mut signal =
        Signal::about(line.participant, None, (first, last), last_day(last).min(context.stream.watermark));
    signal.subject = what.to_owned();
    signal.severity = 2;
    let apart = declared - shown.count;
    let share = float(apart.abs()) / float(shown.count.max(1));
    signal.carats = super::super::words::rounded(float(shown.carats) * share.min(1.0));
    signal.value = super::super::words::rounded(float(shown.value) * share.min(1.0));
    signal.title = format!(
        "{} {}: {declared} certificates declared as {what}, {} in the register",
        line.participant, line.year, shown.count
    );
    signal.question = format!(
        "Which {} certificates {what} in {} are in the one count and not in the other?",
        apart.abs(),
        line.year
    );
    signal.arithmetic = vec![ArithmeticLine::new(
        format!("declared less registered, {what}"),
        format!("{declared} - {}", shown.count),
        apart.to_string(),
    )];
    signal.arithmetic.extend((0_i32..).zip(shown.quarters).map(|(at, n)| {
        ArithmeticLine::new(format!("registered, {}", quarter_text(first + at)), String::new(), n.to_string())
    }));
    signal.thresholds = vec![Threshold::ours(
        "counts apart by more than",
        format!("{LEAST} and {} in a thousand", context.settings.count_permille),
    )];
    let skipped = before
        .filter(|_| what == "issued" && shown.greatest > 0)
        .map(|before| i64::from(shown.greatest) - i64::from(before) - shown.count);
    signal.counter_checks = vec![
        CounterCheck::new(
            "the day of cut-off",
            format!("{} lie within {CUT_OFF} days of the year's ends", shown.near_the_ends),
            if shown.near_the_ends < apart.abs() { Outcome::DoesNotExplain } else { Outcome::NotKnown },
        ),
        CounterCheck::holds(
            "void certificates counted",
            skipped.map_or_else(
                || "serials do not say".to_owned(),
                |n| format!("{n} serials of the year are not in the register"),
            ),
            apart > 0 && skipped == Some(apart),
        ),
    ];
    signal.weighed()
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    fn declared(issued: i64) -> Vec<String> {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2009..=2009, 5);
        small.count("A1", 2009, issued, 40);
        small.found("counts_differ_from_register")
    }

    #[test]
    fn fires_on_five_too_many_and_is_silent_on_two() {
        assert_eq!(declared(45), ["counts_differ_from_register:A1:2009-Q1:issued"]);
        assert_eq!(declared(42), [""; 0]);
    }
}
