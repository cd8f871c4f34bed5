//! round_values: a firm's values are multiples of US$ 1,000 far more often than its own and others' are.
//!
//! Question: were these goods valued, or was a round figure written?
//! Formula: k multiples of US$ 1,000 (then of US$ 10,000) among n certificates in windows of 4, 6 and 8 quarters; the usual
//! share is that of the firm's other certificates with 60 rows at none; chance of k or more: beta-binomial.
//! Minimum data: 4 round values in the window.
//! Thresholds (ours): chance below 10^-4.5; a share above 12 % and above three times the firm's own.
//! Innocent explanations: a firm that sells by price list; lots of a tender; conversion from another currency.
//! Counter-checks: are other firms of the participant as round (a price list, a currency); are the carats round too
//! (an invoice before weighing); were the lots on few days (a tender).
//! An answer must contain: how each value was found and by whom; the weighings; the invoices.
//! Evidence: the certificates with a round value.
//! Source: needs L15 and L16; detectors D10. Benford's law is not used: such cells are too small for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::super::calendar::{last_day, quarter_of, span_text, year_of};
use super::super::chance::{beta_binomial::tail, normal::surprise};
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Looked, Signal};
use super::super::table::place;
use super::super::words::{chance, float, hundredths, percent, share, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("round_values.rs")));

const WIDTHS: [i32; 3] = [4, 6, 8];
/// Cents of which a value is a multiple, largest first.
const UNITS: [i64; 2] = [1_000_000, 100_000];
const PSEUDO_ROWS: f64 = 60.0;
/// A share below this is not believed of anybody.
const LEAST_SHARE: f64 = 0.001;

struct Best {
    unit: i64,
    first: i32,
    last: i32,
    k: i64,
    n: i64,
    own: f64,
    p: f64,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let mut firms: BTreeMap<(Code, i64), Vec<u32>> = BTreeMap::new();
    for (at, c) in
        context.stream.certificates.iter().enumerate().filter(|(_, c)| c.exporter_firm != 0 && c.value > 0)
    {
        firms.entry((c.exporter, c.exporter_firm)).or_default().push(place(at));
    }
    let mut of_participant: BTreeMap<Code, (i64, i64)> = BTreeMap::new();
    for c in context.stream.certificates.iter().filter(|c| c.value > 0) {
        let (k, n) = of_participant.entry(c.exporter).or_default();
        *k += i64::from(c.value % UNITS[1] == 0);
        *n += 1;
    }
    for ((exporter, firm), rows) in firms {
        let best = UNITS.iter().filter_map(|unit| best_window(context, &rows, *unit, &mut looked));
        let best = best.min_by(|a, b| a.p.total_cmp(&b.p).then(b.unit.cmp(&a.unit)));
        if let Some(best) = best.filter(|b| surprise(b.p) >= parts(context.settings.round_chance, 100)) {
            looked.signals.push(signal(context, (exporter, firm), &rows, &best, of_participant[&exporter]));
        }
    }
    looked
}

fn best_window(context: &Context<'_>, rows: &[u32], unit: i64, looked: &mut Looked) -> Option<Best> {
    let mut quarters: BTreeMap<i32, (i64, i64)> = BTreeMap::new();
    for c in rows.iter().map(|at| context.stream.certificate(*at)) {
        let (k, n) = quarters.entry(c.quarter).or_default();
        *k += i64::from(c.value % unit == 0);
        *n += 1;
    }
    let (all_k, all_n) = quarters.values().fold((0, 0), |(k, n), (a, b)| (k + a, n + b));
    let mut best: Option<Best> = None;
    for first in quarters.iter().filter(|(_, (k, _))| *k > 0).map(|(quarter, _)| *quarter) {
        for width in WIDTHS {
            let inside = || quarters.range(first..first + width);
            let (k, n) = inside().fold((0, 0), |(k, n), (_, (a, b))| (k + a, n + b));
            let own = float(all_k - k) / (float(all_n - n) + PSEUDO_ROWS);
            looked.count(year_of(first));
            let round = float(k) / float(n.max(1));
            if k < context.settings.round_least || round <= (3.0 * own).max(0.12) {
                continue;
            }
            let whole = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
            let p = tail(whole(k), whole(n), own.max(LEAST_SHARE), float(context.settings.share_certainty));
            let last = inside()
                .filter(|(_, (k, _))| *k > 0)
                .map(|(quarter, _)| *quarter)
                .next_back()
                .unwrap_or(first);
            if best.as_ref().is_none_or(|b| p < b.p) {
                best = Some(Best { unit, first, last, k, n, own, p });
            }
        }
    }
    best
}

fn signal(
    context: &Context<'_>,
    (exporter, firm): (Code, i64),
    rows: &[u32],
    best: &Best,
    all: (i64, i64),
) -> Signal {
    let since = last_day(best.last).min(context.stream.watermark);
    let mut signal = Signal::about(
        exporter,
        None,
        (best.first, best.last.min(quarter_of(context.stream.watermark))),
        since,
    );
    signal.firm = Some(firm);
    signal.p = Some(best.p);
    signal.severity = 1;
    let round = |at: &&u32| {
        let c = context.stream.certificate(**at);
        (best.first..=best.last).contains(&c.quarter) && c.value % best.unit == 0
    };
    signal.certificates = rows.iter().filter(round).copied().collect();
    (signal.carats, signal.value) = context.totals(&signal.certificates);
    let (when, unit) = (span_text(best.first, best.last), usd(best.unit));
    signal.title =
        format!("{exporter}, firm {firm}, {when}: {} values are multiples of {unit}", share(best.k, best.n));
    signal.question = format!(
        "How were the values of firm {firm} in {when} found, so that {} are multiples of {unit}?",
        share(best.k, best.n)
    );
    signal.arithmetic = vec![ArithmeticLine::new(
        "round values",
        format!(
            "P(K >= {}) of {}, usual {} (the firm's other certificates and 60 rows at none), M = {}",
            best.k,
            best.n,
            percent(best.own.max(LEAST_SHARE)),
            context.settings.share_certainty
        ),
        chance(best.p),
    )];
    signal.thresholds = vec![
        Threshold::ours("chance below", format!("10^-{}", hundredths(context.settings.round_chance))),
        Threshold::ours("share above", "12 % and three times the firm's own"),
    ];
    signal.counter_checks = checks(context, &signal.certificates, best, all);
    signal.weighed()
}

fn checks(context: &Context<'_>, round: &[u32], best: &Best, (k, n): (i64, i64)) -> Vec<CounterCheck> {
    let (others_k, others_n) = (k - best.k, n - best.n);
    let usual = float(others_k) / float(others_n.max(1));
    let carats = round.iter().filter(|at| context.stream.certificate(**at).carats % 1000 == 0).count();
    let days: BTreeSet<i32> = round.iter().map(|at| context.stream.certificate(*at).issued).collect();
    vec![
        CounterCheck::holds(
            "a price list or a currency that everybody there uses",
            format!(
                "of {}'s other certificates {} are multiples of US$ 1,000",
                context.stream.certificate(round[0]).exporter,
                share(others_k, others_n)
            ),
            usual > 0.12,
        ),
        CounterCheck::holds(
            "lots of one tender",
            format!("{} round values on {} days", round.len(), days.len()),
            days.len() * 3 <= round.len(),
        ),
        CounterCheck::new(
            "carats round too",
            format!("{} are whole tens of carats", share(carats as i64, round.len() as i64)),
            super::super::signal::Outcome::NotKnown,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    fn rounded(exporter: Option<&str>, firm: i64) -> Small {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2009..=2012, 6);
        for row in small.certificates().iter_mut() {
            let inside = (day("2010-01-01")..day("2011-01-01")).contains(&row.issued);
            if inside
                && exporter.is_some_and(|e| row.exporter.as_str() == e)
                && row.exporter_firm == firm
                && row.id % 3 == 0
            {
                row.value = row.value / 100_000 * 100_000 + 100_000;
            }
        }
        small
    }

    #[test]
    fn fires_on_a_third_of_a_firms_values_and_is_silent_without() {
        let found = rounded(Some("B2"), 3).found("round_values");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("round_values:B2-firm3:"), "{found:?}");
        assert_eq!(rounded(None, 3).found("round_values"), [""; 0]);
    }
}
