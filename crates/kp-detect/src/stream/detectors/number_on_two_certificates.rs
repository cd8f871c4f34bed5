//! number_on_two_certificates: one number stands on two certificates.
//!
//! Question: which of the two was issued, and what is the other?
//! Formula: certificates whose normalised numbers are equal; no chance in it.
//! Minimum data: two certificates.
//! Thresholds (ours): none; any repeat is asked about.
//! Innocent explanations: an amended certificate entered beside the first; records taken over twice; a series that was
//! begun again.
//! Counter-checks: are day, parties, carats and value the same (entered twice); how many numbers of this exporter repeat (a
//! series begun again); which of them were received.
//! An answer must contain: both papers; which was void and since when; which shipment left under each.
//! Evidence: both certificates.
//! Source: CD Annex I: a unique number; needs L20 and L22; detectors D01.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::context::Context;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::words::{ct, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::ArithmeticLine;

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("number_on_two_certificates.rs")));

/// So many repeats of one exporter are a series that was begun again.
const SERIES: usize = 20;

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let stream = context.stream;
    let mut looked = Looked::default();
    let numbers = 0..super::super::table::place(stream.numbers.len());
    let repeated: Vec<&[u32]> =
        numbers.map(|n| stream.with_number(n)).filter(|rows| rows.len() > 1).collect();
    let mut of_exporter: BTreeMap<_, usize> = BTreeMap::new();
    for rows in &repeated {
        *of_exporter.entry(stream.certificate(rows[0]).exporter).or_default() += 1;
    }
    for rows in repeated {
        let repeats = of_exporter[&stream.certificate(rows[0]).exporter];
        looked.signals.push(signal(context, rows, repeats));
    }
    looked
}

fn signal(context: &Context<'_>, rows: &[u32], repeats: usize) -> Signal {
    let (first, last) =
        (context.stream.certificate(rows[0]), context.stream.certificate(rows[rows.len() - 1]));
    let quarters = (first.quarter.min(last.quarter), first.quarter.max(last.quarter));
    let mut signal =
        Signal::about(first.exporter, Some(last.importer), quarters, last.issued.max(first.issued));
    let number = context.number(first.number).to_owned();
    signal.severity = 3;
    signal.certificates = rows.to_vec();
    signal.confirmations = rows.iter().filter_map(|at| context.matched.answered_by[*at as usize]).collect();
    (signal.carats, signal.value) = (last.carats, last.value);
    let days = last.issued - first.issued;
    signal.title = format!(
        "{number} stands on {} certificates, {days} days apart: {} and {} to {}, {} and {} to {}",
        rows.len(),
        ct(first.carats),
        usd(first.value),
        first.importer,
        ct(last.carats),
        usd(last.value),
        last.importer
    );
    signal.question = format!("Which shipment left under {number}, and what is the other certificate?");
    signal.arithmetic = vec![ArithmeticLine::new(
        "difference of the two",
        format!("{} ; {}", ct(last.carats - first.carats), usd(last.value - first.value)),
        format!("{days} days"),
    )];
    let same = days == 0
        && first.carats == last.carats
        && first.value == last.value
        && first.importer == last.importer;
    let received = rows.iter().filter(|at| context.is_answered(**at)).count();
    signal.counter_checks = vec![
        CounterCheck::holds(
            "entered twice",
            format!("day, importer, carats and value are {}the same", if same { "" } else { "not " }),
            same,
        ),
        CounterCheck::holds(
            "a series begun again",
            format!("{repeats} numbers of {} repeat", first.exporter),
            repeats >= SERIES,
        ),
        CounterCheck::new(
            "the first was void",
            format!("{received} of {} were received", rows.len()),
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
    fn fires_on_a_number_used_again_and_is_silent_on_the_next_one() {
        let two = |second: &str| {
            let mut small = Small::default();
            small.certificate("A1-00000007", "A1", "B2", "2009-01-05", 120_00, 36_000_00);
            small.received();
            small.certificate(second, "A1", "C3", "2009-02-05", 300_00, 61_000_00);
            small.received();
            small.found("number_on_two_certificates")
        };
        assert_eq!(two("a1 OOOOOOO7"), ["number_on_two_certificates:A1-C3:2009-Q1:A1-00000007"]);
        assert_eq!(two("A1-00000008"), [""; 0]);
    }
}
