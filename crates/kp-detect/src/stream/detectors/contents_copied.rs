//! contents_copied: two certificates of one firm to one importer carry the same, or nearly the same, carats and value.
//!
//! Question: are these two shipments, or one shipment twice?
//! Formula: pairs of one exporting firm, importer and HS code within 60 days whose carats differ by rc and values by rv, as
//! shares of what is allowed; a = rc rv. Chance of one such pair: kappa a (1 - ln a), kappa = 2 in 100,000 (how often two
//! honest parcels of a firm come so near by chance); times twice the firm's certificates of the 60 days. Equal to the
//! hundredth of a carat and the cent: 1 in 100 million instead.
//! Minimum data: two certificates, each above US$ 1,000.
//! Thresholds (ours): carats within 0.3 %; value within 1 %; 60 days; expected number by chance below 10^-3.92.
//! Innocent explanations: the re-issue of a certificate that was void; a contract of fixed lots; a return sent again.
//! Counter-checks: was only one of the two received (a re-issue); did the firm send such lots before (three or more of the
//! same contents are a contract).
//! An answer must contain: both certificates with their weighings and invoices; what became of the first; who received
//! each.
//! Evidence: both certificates.
//! Source: needs L20 and L34; detectors D05.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::chance::normal::surprise;
use super::super::context::Context;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Looked, Signal};
use super::super::table::{Certificate, place};
use super::super::words::{chance, ct, float, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("contents_copied.rs")));

/// How often two honest parcels of one firm lie within the limits by chance, and how often they are equal.
const NEAR: f64 = 2e-5;
const EQUAL: f64 = 1e-8;

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let (stream, settings) = (context.stream, context.settings);
    let mut looked = Looked::default();
    let mut groups: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    let mut of_firm: BTreeMap<_, Vec<i32>> = BTreeMap::new();
    for (at, c) in
        stream.certificates.iter().enumerate().filter(|(_, c)| c.value >= settings.copy_value_least)
    {
        groups.entry((c.exporter, c.exporter_firm, c.importer, c.hs)).or_default().push(place(at));
        of_firm.entry((c.exporter, c.exporter_firm)).or_default().push(c.issued);
        looked.count(c.year());
    }
    let window = super::super::reconcile::days(settings.copy_days);
    for group in groups.values() {
        for (from, a) in group.iter().enumerate() {
            let one = stream.certificate(*a);
            let later = group
                .iter()
                .skip(from + 1)
                .take_while(|b| stream.certificate(**b).issued - one.issued <= window);
            for b in later {
                let other = stream.certificate(*b);
                let Some(nearness) = nearness(context, one, other) else { continue };
                let days = &of_firm[&(one.exporter, one.exporter_firm)];
                let around = days.partition_point(|d| *d <= other.issued)
                    - days.partition_point(|d| *d < other.issued - window);
                let near = |c: &&u32| nearness_of(context, one, stream.certificate(**c));
                let alike = group.iter().filter(near).count();
                looked.signals.extend(signal(context, (*a, *b), nearness, around, alike));
            }
        }
    }
    looked
}

fn nearness_of(context: &Context<'_>, one: &Certificate, other: &Certificate) -> bool {
    nearness(context, one, other).is_some()
}

/// The product of the two differences as shares of what is allowed; 0 where both are equal.
fn nearness(context: &Context<'_>, one: &Certificate, other: &Certificate) -> Option<f64> {
    let share =
        |a: i64, b: i64, permille: i64| float((a - b).abs()) / (float(a) * parts(permille, 1000)).max(1.0);
    let carats = share(one.carats, other.carats, context.settings.copy_carats_permille);
    let value = share(one.value, other.value, context.settings.copy_value_permille);
    // One hundredth and one cent are as near as figures can differ.
    let least = |a: i64| 1.0 / float(a).max(1.0);
    (carats <= 1.0 && value <= 1.0).then(|| {
        if one.carats == other.carats && one.value == other.value {
            0.0
        } else {
            carats.max(least(one.carats)) * value.max(least(one.value))
        }
    })
}

fn signal(
    context: &Context<'_>,
    pair: (u32, u32),
    nearness: f64,
    around: usize,
    alike: usize,
) -> Option<Signal> {
    let (one, other) = (context.stream.certificate(pair.0), context.stream.certificate(pair.1));
    let firm = float(i64::try_from(around).unwrap_or(i64::MAX));
    let single = if nearness == 0.0 { EQUAL } else { NEAR * nearness * (1.0 - libm::log(nearness)) };
    let lambda = 2.0 * firm * single;
    if surprise(lambda) < parts(context.settings.copy_chance, 100) {
        return None;
    }
    let mut signal = Signal::about(
        one.exporter,
        Some(one.importer),
        (one.quarter.min(other.quarter), other.quarter),
        other.issued,
    );
    signal.firm = Some(one.exporter_firm);
    signal.subject = format!("{}+{}", context.number(one.number), context.number(other.number));
    signal.p = Some(1.0 - libm::exp(-lambda));
    signal.certificates = vec![pair.0, pair.1];
    (signal.carats, signal.value) = (other.carats, other.value);
    let days = other.issued - one.issued;
    signal.title = format!(
        "{} and {}: {} and {}, {} and {}, {days} days apart, of one firm to one importer",
        context.number(one.number),
        context.number(other.number),
        ct(one.carats),
        ct(other.carats),
        usd(one.value),
        usd(other.value)
    );
    signal.question = format!(
        "Are {} and {} two shipments, or one shipment certified twice?",
        context.number(one.number),
        context.number(other.number)
    );
    signal.arithmetic = vec![
        ArithmeticLine::new(
            "difference",
            format!("{} ; {}", ct(other.carats - one.carats), usd(other.value - one.value)),
            format!("{days} days"),
        ),
        ArithmeticLine::new(
            "such pairs expected by chance",
            format!("2 x {around} certificates of the firm in the time x {}", chance(single)),
            chance(lambda),
        ),
    ];
    signal.thresholds = vec![
        Threshold::ours("carats within", format!("{} in a thousand", context.settings.copy_carats_permille)),
        Threshold::ours("value within", format!("{} in a thousand", context.settings.copy_value_permille)),
        Threshold::ours(
            "expected by chance below",
            format!("10^-{}", super::super::words::hundredths(context.settings.copy_chance)),
        ),
    ];
    let (first, second) = (context.is_answered(pair.0), context.is_answered(pair.1));
    signal.counter_checks = vec![
        CounterCheck::holds(
            "the re-issue of a certificate that was void",
            format!(
                "the first was {}received, the second {}received",
                if first { "" } else { "not " },
                if second { "" } else { "not " }
            ),
            !first && second && context.is_mature(one),
        ),
        CounterCheck::holds(
            "a contract of fixed lots",
            format!("{alike} certificates of the firm to this importer have such contents"),
            alike >= 4,
        ),
    ];
    Some(signal.weighed())
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    /// Two certificates of firm 1, 20 days apart: 120.00 ct at US$ 36,120.50, and the same again; then another content.
    fn two(carats: i64) -> Small {
        let mut small = Small::default();
        small.certificate("A1-00000001", "A1", "B2", "2009-01-05", 120_00, 36_120_50);
        small.received();
        small.certificate("A1-00000002", "A1", "B2", "2009-01-25", carats, 36_120_50);
        small.received();
        small
    }

    #[test]
    fn fires_on_equal_contents_and_is_silent_on_one_percent_more_carats() {
        assert_eq!(
            two(120_00).found("contents_copied"),
            ["contents_copied:A1-B2-firm1:2009-Q1:A1-00000001+A1-00000002"]
        );
        assert_eq!(two(121_20).found("contents_copied"), [""; 0]);
    }

    #[test]
    fn a_first_that_was_never_received_is_a_re_issue_and_only_watched() {
        let mut small = two(120_00);
        small.confirmations().remove(0);
        small.certificate("A1-00000003", "A1", "B2", "2009-12-25", 77_00, 10_120_50);
        let analysis = small.analysis();
        let found = analysis.findings.iter().find(|f| f.detector == "contents_copied").unwrap();
        assert_eq!(found.level, super::super::super::Level::Watch);
    }
}
