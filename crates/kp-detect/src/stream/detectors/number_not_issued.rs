//! number_not_issued: goods were confirmed under a number that no certificate bears.
//!
//! Question: which paper came with these goods?
//! Formula: the confirmation's number is in no certificate after typing errors were taken out; beside it stand the tests
//! that it fails: form of the number, issuer known and a participant on the day, serial within those issued by the day, day
//! of issue between its neighbours'.
//! Minimum data: one confirmation.
//! Thresholds (ours): none; any is asked about.
//! Innocent explanations: a mistyped number; the exporter's register is not up to date here; an old series.
//! Counter-checks: is there one unanswered certificate that is plainly meant, or whose number is one slip away; how far does the exporter's register reach;
//! are other numbers of the exporter unknown in the same quarter.
//! An answer must contain: a picture of the paper; for the issuer: whether the number was given, when, for what.
//! Evidence: the confirmation.
//! Source: needs L21, L23 and L24; Sierra Leone 2015, Cameroon and Kenya (papers of non-participants); detectors D03.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{civil, written};
use super::super::context::Context;
use super::super::reconcile::Booking;
use super::super::rows::Code;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::{Confirmation, place};
use super::super::words::{ct, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::ArithmeticLine;

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("number_not_issued.rs")));

/// A register that ends so many days before an arrival may not hold the certificate yet.
const BEHIND: i32 = 21;

/// Serials of one issuer with the days of their issue, by serial.
type Register = BTreeMap<Code, BTreeMap<u32, i32>>;

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let nowhere: Vec<u32> = (0..context.matched.bookings.len())
        .filter(|at| context.matched.bookings[*at] == Booking::Nowhere)
        .map(place)
        .collect();
    if nowhere.is_empty() {
        return looked;
    }
    let mut register = Register::new();
    let mut reach: BTreeMap<Code, i32> = BTreeMap::new();
    for c in &context.stream.certificates {
        if let Some((issuer, serial)) = context.stream.issuer_and_serial(c.number) {
            register.entry(issuer).or_default().insert(serial, c.issued);
        }
        let last = reach.entry(c.exporter).or_insert(c.issued);
        *last = c.issued.max(*last);
    }
    let mut in_quarter: BTreeMap<(Code, i32), usize> = BTreeMap::new();
    for at in &nowhere {
        let c = context.stream.confirmation(*at);
        *in_quarter.entry((c.exporter, c.quarter)).or_default() += 1;
    }
    for at in nowhere {
        let c = context.stream.confirmation(at);
        let others = in_quarter[&(c.exporter, c.quarter)] - 1;
        looked.signals.push(signal(context, at, &register, reach.get(&c.exporter).copied(), others));
    }
    looked
}

/// Which tests the number fails, in words.
fn failed(context: &Context<'_>, c: &Confirmation, register: &Register) -> Vec<ArithmeticLine> {
    let Some((issuer, serial)) = context.stream.issuer_and_serial(c.number) else {
        let text = context.number(c.number);
        return vec![ArithmeticLine::new(
            "form",
            format!("{text:?}"),
            "not an issuer's code and eight digits",
        )];
    };
    let mut lines = Vec::new();
    if let Some(member) = context.rows.members.iter().find(|m| m.code == issuer)
        && member.joined > civil(c.arrived).0
    {
        lines.push(ArithmeticLine::new(
            "issuer",
            format!("{issuer} joined in {}", member.joined),
            "not a participant on the day",
        ));
    }
    let Some(issued) = register.get(&issuer) else {
        lines.push(ArithmeticLine::new(
            "issuer",
            issuer.to_string(),
            "has issued nothing that is known here",
        ));
        return lines;
    };
    let by_then: Vec<u32> =
        issued.iter().filter(|(_, day)| **day <= c.arrived).map(|(serial, _)| *serial).collect();
    if let (Some(least), Some(most)) = (by_then.iter().min(), by_then.iter().max()) {
        let outside = !(*least..=*most).contains(&serial);
        lines.push(ArithmeticLine::new(
            "serials issued by the day",
            format!("{least} to {most}; this is {serial}"),
            if outside { "outside" } else { "inside, and skipped" },
        ));
    }
    let neighbour = |found: Option<(&u32, &i32)>| {
        found.map_or_else(|| "none".to_owned(), |(s, day)| format!("{s} of {}", written(*day)))
    };
    lines.push(ArithmeticLine::new(
        "neighbours",
        format!(
            "{} ; {}",
            neighbour(issued.range(..serial).next_back()),
            neighbour(issued.range(serial + 1..).next())
        ),
        format!("arrived {}", written(c.arrived)),
    ));
    lines
}

/// A number one slip away, as an explanation.
fn near(context: &Context<'_>, r: &Confirmation) -> CounterCheck {
    match context.one_slip_away(r) {
        Some(c) => CounterCheck::new(
            "a mistyped number",
            format!(
                "{} has no receipt and its number is one slip away; it says {}",
                context.number(c.number),
                ct(c.carats)
            ),
            Outcome::Explains,
        ),
        None => CounterCheck::holds(
            "a mistyped number",
            "no unanswered certificate of the parties has such contents, or a number one slip away",
            false,
        ),
    }
}

fn signal(context: &Context<'_>, at: u32, register: &Register, reach: Option<i32>, others: usize) -> Signal {
    let c = context.stream.confirmation(at);
    let mut signal = Signal::about(c.importer, Some(c.exporter), (c.quarter, c.quarter), c.arrived);
    let number = context.number(c.number).to_owned();
    signal.severity = 3;
    signal.confirmations = vec![at];
    (signal.carats, signal.value) = (c.carats, c.value);
    signal.title = format!(
        "{number}: {} and {} confirmed by {} on {}, and no certificate bears the number",
        ct(c.carats),
        usd(c.value),
        c.importer,
        written(c.arrived)
    );
    signal.question = format!(
        "Which paper came with these goods to {}, and did {} give the number {number}?",
        c.importer, c.exporter
    );
    signal.arithmetic = failed(context, c, register);
    let behind = reach.is_none_or(|last| last + BEHIND < c.arrived);
    signal.counter_checks = vec![
        near(context, c),
        CounterCheck::holds(
            "the exporter's register is not up to date here",
            reach.map_or_else(
                || format!("no certificate of {} is known here", c.exporter),
                |last| format!("it reaches to {}", written(last)),
            ),
            behind && reach.is_some(),
        ),
        CounterCheck::new(
            "an old series",
            format!("{others} other numbers of {} are unknown in the quarter", c.exporter),
            Outcome::NotKnown,
        ),
    ];
    signal.subject = number;
    signal.weighed()
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    #[test]
    fn fires_on_a_number_never_given_and_is_silent_on_a_typing_error() {
        let with = |carats: i64| {
            let mut small = Small::default();
            small.certificate("A1-00000007", "A1", "B2", "2009-01-05", 120_00, 36_000_00);
            small.receipt("A1-00000071", "A1", "B2", "2009-01-15", carats, 36_000_00);
            small.found("number_not_issued")
        };
        assert_eq!(with(400_00), ["number_not_issued:B2-A1:2009-Q1:A1-00000071"]);
        assert_eq!(with(120_00), [""; 0]);
    }
}
