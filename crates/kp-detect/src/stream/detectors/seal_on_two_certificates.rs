//! seal_on_two_certificates: one seal number stands on certificates of different days or parties.
//!
//! Question: which container bore this seal?
//! Formula: certificates with equal seal numbers that are not one container (one day, exporter and importer); no chance.
//! Minimum data: two certificates that name a seal.
//! Thresholds (ours): none; any repeat that is not one container is asked about.
//! Innocent explanations: two shipments in one container; another maker's seals with the same numbers; a seal that was
//! entered for another.
//! Counter-checks: one day and the same parties (a container); how many seals of this exporter repeat (another maker's
//! series); was the first received before the second was issued (the first seal was broken then).
//! An answer must contain: both seals as recorded at sealing and at opening, with pictures; the maker.
//! Evidence: the certificates with the seal.
//! Source: CD Section III(c) on tamper resistance; needs L19 and L22; detectors D04.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::context::Context;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{ct, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::ArithmeticLine;

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("seal_on_two_certificates.rs")));

/// So many repeats of one exporter are another maker's series.
const SERIES: usize = 20;

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut of_seal: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, c) in context.stream.certificates.iter().enumerate() {
        if let Some(seal) = c.seal {
            of_seal.entry(seal).or_default().push(place(at));
        }
    }
    let one_container = |rows: &[u32]| {
        let first = context.stream.certificate(rows[0]);
        let same = |c: &super::super::table::Certificate| {
            c.issued == first.issued && c.exporter == first.exporter && c.importer == first.importer
        };
        rows.iter().all(|at| same(context.stream.certificate(*at)))
    };
    of_seal.retain(|_, rows| rows.len() > 1 && !one_container(rows));
    let mut of_exporter: BTreeMap<_, usize> = BTreeMap::new();
    for rows in of_seal.values() {
        *of_exporter.entry(context.stream.certificate(rows[rows.len() - 1]).exporter).or_default() += 1;
    }
    let signals = of_seal.iter().map(|(seal, rows)| signal(context, *seal, rows, &of_exporter)).collect();
    Looked { signals, ..Looked::default() }
}

fn signal(
    context: &Context<'_>,
    seal: u32,
    rows: &[u32],
    of_exporter: &BTreeMap<super::super::rows::Code, usize>,
) -> Signal {
    let (first, last) =
        (context.stream.certificate(rows[0]), context.stream.certificate(rows[rows.len() - 1]));
    let seal = &context.stream.seals[seal as usize];
    let mut signal =
        Signal::about(last.exporter, Some(last.importer), (first.quarter, last.quarter), last.issued);
    signal.subject = seal.clone();
    signal.certificates = rows.to_vec();
    (signal.carats, signal.value) = (last.carats, last.value);
    let days = last.issued - first.issued;
    signal.title = format!(
        "seal {seal} stands on {} and, {days} days later, on {}: {} and {}",
        context.number(first.number),
        context.number(last.number),
        ct(last.carats),
        usd(last.value)
    );
    signal.question = format!("Which container bore seal {seal}, and how did the other come by its number?");
    signal.arithmetic = vec![ArithmeticLine::new(
        "days and parties",
        format!("{} to {}, then {} to {}", first.exporter, first.importer, last.exporter, last.importer),
        format!("{days} days apart"),
    )];
    let opened =
        context.matched.answered_by[rows[0] as usize].map(|at| context.stream.confirmation(at).arrived);
    let repeats = of_exporter.get(&last.exporter).copied().unwrap_or_default();
    signal.counter_checks = vec![
        CounterCheck::holds("two shipments in one container", "days or parties differ", false),
        CounterCheck::holds(
            "another maker's series",
            format!("{repeats} seals of {} repeat", last.exporter),
            repeats >= SERIES,
        ),
        CounterCheck::new(
            "the first seal was broken before",
            match opened {
                Some(day) if day <= last.issued => {
                    "the first shipment was received before the second certificate was issued".to_owned()
                }
                Some(_) => {
                    "the first shipment was still sealed when the second certificate was issued".to_owned()
                }
                None => "the first shipment has no receipt".to_owned(),
            },
            Outcome::NotKnown,
        ),
    ];
    signal.weighed()
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    fn two(second_day: &str) -> Vec<String> {
        let mut small = Small::default();
        small.certificate("A1-00000007", "A1", "B2", "2009-01-05", 120_00, 36_000_00).seal = "S1".into();
        small.certificate("A1-00000008", "A1", "B2", second_day, 300_00, 61_000_00).seal = "S1".into();
        small.found("seal_on_two_certificates")
    }

    #[test]
    fn fires_on_another_day_and_is_silent_on_one_container() {
        assert_eq!(two("2009-02-05"), ["seal_on_two_certificates:A1-B2:2009-Q1:S1"]);
        assert_eq!(two("2009-01-05"), [""; 0]);
    }
}
