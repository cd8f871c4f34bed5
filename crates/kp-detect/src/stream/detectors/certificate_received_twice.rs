//! certificate_received_twice: goods were confirmed again under a certificate that had been received.
//!
//! Question: what came the second time?
//! Formula: confirmations booked to one certificate whose carats together exceed it by more than 2 %, after split receipts
//! and typing errors were taken out; no chance in it.
//! Minimum data: two confirmations.
//! Thresholds (ours): 2 % of carats.
//! Innocent explanations: a receipt in parts; a number mistyped onto another's; goods returned and imported again; one
//! receipt sent twice.
//! Counter-checks: do the parts add up; is there one unanswered certificate that could be meant, or whose number is one slip away; are both receipts equal
//! and of one day (sent twice).
//! An answer must contain: each receipt as recorded; the seal on each; which goods came, from whom, and on which day.
//! Evidence: the certificate and every confirmation booked to it.
//! Source: needs L22; CD Section III; detectors D02.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{quarter_of, written};
use super::super::context::Context;
use super::super::reconcile::Booking;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::{Certificate, place};
use super::super::words::{ct, share};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("certificate_received_twice.rs")));

/// So many days after the first receipt, a second is no late part of it.
const LATE: i32 = 30;

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut receipts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, booking) in context.matched.bookings.iter().enumerate() {
        if let Booking::Number(certificate) | Booking::Repeat(certificate) = booking {
            receipts.entry(*certificate).or_default().push(place(at));
        }
    }
    let signals = receipts
        .into_iter()
        .filter(|(_, rows)| rows.len() > 1)
        .filter_map(|(certificate, rows)| signal(context, certificate, rows))
        .collect();
    Looked { signals, ..Looked::default() }
}

fn signal(context: &Context<'_>, at: u32, rows: Vec<u32>) -> Option<Signal> {
    let c = context.stream.certificate(at);
    let of = |row: &u32| context.stream.confirmation(*row);
    let sum: i64 = rows.iter().map(|row| of(row).carats).sum();
    if i128::from(sum) * 1000 <= i128::from(c.carats) * i128::from(1000 + context.settings.split_permille) {
        return None;
    }
    let (first, last) = (of(&rows[0]), of(&rows[rows.len() - 1]));
    let gap = last.arrived - first.arrived;
    let elsewhere = rows.iter().any(|row| of(row).importer != c.importer);
    let again = rows.iter().map(of).find(|r| r.importer != c.importer).unwrap_or(last);
    let mut signal = Signal::about(
        c.exporter,
        Some(again.importer),
        (c.quarter, quarter_of(last.arrived).max(c.quarter)),
        last.arrived,
    );
    let number = context.number(c.number).to_owned();
    signal.severity = if elsewhere || gap > LATE { 3 } else { 2 };
    (signal.carats, signal.value) = (last.carats, last.value);
    signal.certificates = vec![at];
    signal.title = format!(
        "{number}: {} certified, {} confirmed in {} receipts, the last {gap} days after the first{}",
        ct(c.carats),
        ct(sum),
        rows.len(),
        if elsewhere { ", one of them elsewhere" } else { "" }
    );
    signal.question =
        format!("What came under {number} on {}, after {}?", written(last.arrived), written(first.arrived));
    signal.arithmetic = rows
        .iter()
        .map(of)
        .map(|r| {
            ArithmeticLine::new(
                format!("received by {}, {}", r.importer, written(r.arrived)),
                ct(r.carats),
                share(r.carats, c.carats),
            )
        })
        .chain([ArithmeticLine::new(
            "together less certified",
            format!("{} - {}", ct(sum), ct(c.carats)),
            ct(sum - c.carats),
        )])
        .collect();
    signal.thresholds = thresholds(context);
    let equal = gap == 0 && first.carats == last.carats && first.value == last.value && !elsewhere;
    signal.counter_checks = vec![
        CounterCheck::holds(
            "a receipt in parts",
            format!("the receipts add up to {} of {}", ct(sum), ct(c.carats)),
            false,
        ),
        mistyped(context, c, &rows),
        CounterCheck::holds(
            "one receipt sent twice",
            format!("the receipts are {}equal and of one day", if equal { "" } else { "not " }),
            equal,
        ),
    ];
    signal.confirmations = rows;
    signal.subject = number;
    Some(signal.weighed())
}

/// A receipt that fits the certificate badly, and another's number one slip away.
fn mistyped(context: &Context<'_>, c: &Certificate, rows: &[u32]) -> CounterCheck {
    let explanation = "a number mistyped onto another's";
    let odd = rows.iter().map(|row| context.stream.confirmation(*row)).filter(|r| {
        r.importer != c.importer || r.exporter != c.exporter || (r.carats - c.carats).abs() * 50 > c.carats
    });
    let meant = odd.filter_map(|r| context.one_slip_away(r)).next();
    match meant {
        Some(other) => CounterCheck::new(
            explanation,
            format!("{} has no receipt and its number is one slip away", context.number(other.number)),
            Outcome::Explains,
        ),
        None => CounterCheck::holds(
            explanation,
            "no unanswered certificate of the parties has such contents, or a number one slip away",
            false,
        ),
    }
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![Threshold::ours(
        "above the certificate by more than",
        format!("{} in a thousand", context.settings.split_permille),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    fn second(carats: i64, value: i64) -> Vec<String> {
        let mut small = Small::default();
        small.certificate("A1-00000007", "A1", "B2", "2009-01-05", 120_00, 36_000_00);
        small.receipt("A1-00000007", "A1", "B2", "2009-01-15", 70_00, 21_000_00);
        small.receipt("A1-00000007", "A1", "B2", "2009-03-15", carats, value);
        small.found("certificate_received_twice")
    }

    #[test]
    fn fires_on_more_than_was_certified_and_is_silent_on_the_second_part() {
        assert_eq!(second(110_00, 30_000_00), ["certificate_received_twice:A1-B2:2009-Q1:A1-00000007"]);
        assert_eq!(second(50_00, 15_000_00), [""; 0]);
    }
}
