//! value_differs_on_arrival: on one route and quarter many shipments were valued on arrival otherwise than on departure.
//!
//! Question: which of the two values is right, and why do they differ here and now?
//! Formula: rho = ln(received value / certified value) less the route's median; k of n pairs beyond 14 %, then beyond 6 %; the
//! usual share is the route's own outside the quarter at half weight, with 30 rows of the world's; chance of k or more:
//! beta-binomial, M = 30. The gap of the totals is split into parts that add up to it.
//! Minimum data: 8 pairs on the route, 2 beyond the limit.
//! Thresholds (ours): chance below 10^-4.6; quarters at most two apart are one question.
//! Innocent explanations: the importer values so always; a currency keyed as US$; freight and insurance added; a new price
//! list.
//! Counter-checks: the route's median (what is always so is taken out); do the carats agree (the same goods); do the
//! importer's other routes differ as well (its own way of valuing); is one factor common to all (a currency).
//! An answer must contain: for the ten largest pairs both valuations with who made them; the rate of exchange; the invoices.
//! Evidence: the certificates whose value differs most.
//! Source: needs L15 and L47; mirror statistics, log ratio without a CIF factor; detectors D07.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text, year_of};
use super::super::chance::{beta_binomial::tail, normal::surprise};
use super::super::context::Context;
use super::super::reconcile::{Booking, quantile};
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::{log_ratio, place};
use super::super::words::{chance, float, hundredths, percent, share, times, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("value_differs_on_arrival.rs")));

const PAIRS: usize = 8;
const LEAST: i64 = 2;
const PSEUDO_ROWS: f64 = 30.0;
const CERTAINTY: f64 = 30.0;

/// A certificate and its receipt: rho in ten-thousandths, the route's median taken out.
#[derive(Debug, Clone, Copy)]
struct Pair {
    certificate: u32,
    confirmation: u32,
    quarter: i32,
    rho: i32,
}

/// One route's quarter that stands out.
struct Quarter {
    quarter: i32,
    limit: i64,
    k: i64,
    n: i64,
    usual: f64,
    p: f64,
}

type Route = (Code, Code);

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let routes = pairs(context);
    let limits = [context.settings.value_gap_wide, context.settings.value_gap_narrow];
    let beyond = |pair: &Pair, limit: i64| i64::from(pair.rho.abs()) > limit;
    let world = limits.map(|limit| {
        let all = routes.values().flat_map(|(_, pairs)| pairs);
        let (k, n) = all.fold((0, 0), |(k, n), pair| (k + i64::from(beyond(pair, limit)), n + 1));
        float(k) / float(n.max(1))
    });
    for (route, (median, pairs)) in &routes {
        let mut out: Vec<Quarter> = Vec::new();
        for quarter in pairs.chunk_by(|a, b| a.quarter == b.quarter) {
            looked.count(year_of(quarter[0].quarter));
            let best = limits.iter().zip(world).filter_map(|(limit, world)| {
                let count = |pairs: &[Pair]| pairs.iter().filter(|pair| beyond(pair, *limit)).count() as i64;
                let (k, n) = (count(quarter), quarter.len() as i64);
                let (others, of) = (count(pairs) - k, pairs.len() as i64 - n);
                let usual = (0.5 * float(others) + PSEUDO_ROWS * world) / (0.5 * float(of) + PSEUDO_ROWS);
                let whole = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
                // Two limits are tried, so each chance counts twice.
                let p = (2.0 * tail(whole(k), whole(n), usual, CERTAINTY)).min(1.0);
                (k >= LEAST).then_some(Quarter { quarter: quarter[0].quarter, limit: *limit, k, n, usual, p })
            });
            let best = best.min_by(|a, b| a.p.total_cmp(&b.p));
            out.extend(best.filter(|q| surprise(q.p) >= parts(context.settings.value_gap_chance, 100)));
        }
        for story in out.chunk_by(|a, b| b.quarter - a.quarter <= 2) {
            looked.signals.push(signal(context, *route, *median, pairs, story, &routes));
        }
    }
    looked
}

/// Pairs of each route by quarter of issue, with the route's median.
fn pairs(context: &Context<'_>) -> BTreeMap<Route, (i32, Vec<Pair>)> {
    let mut routes: BTreeMap<Route, Vec<Pair>> = BTreeMap::new();
    for (at, booking) in context.matched.bookings.iter().enumerate() {
        let (Booking::Number(certificate) | Booking::Typing(certificate)) = booking else { continue };
        let (c, r) = (context.stream.certificate(*certificate), &context.stream.confirmations[at]);
        let same_goods = (c.carats - r.carats).abs() * 50 <= c.carats && c.importer == r.importer;
        if let Some(rho) = log_ratio(r.value, c.value).filter(|_| same_goods) {
            let pair = Pair { certificate: *certificate, confirmation: place(at), quarter: c.quarter, rho };
            routes.entry((c.exporter, c.importer)).or_default().push(pair);
        }
    }
    routes.retain(|_, pairs| pairs.len() >= PAIRS);
    let centred = |(route, mut pairs): (Route, Vec<Pair>)| {
        let median = quantile(&mut pairs.iter().map(|pair| pair.rho).collect::<Vec<_>>(), 0.5);
        pairs.iter_mut().for_each(|pair| pair.rho -= median);
        pairs.sort_by_key(|pair| (pair.quarter, pair.certificate));
        (route, (median, pairs))
    };
    routes.into_iter().map(centred).collect()
}

fn signal(
    context: &Context<'_>,
    (exporter, importer): Route,
    median: i32,
    pairs: &[Pair],
    story: &[Quarter],
    routes: &BTreeMap<Route, (i32, Vec<Pair>)>,
) -> Signal {
    let (first, last) = (story[0].quarter, story[story.len() - 1].quarter);
    let mut far: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| story.iter().any(|q| q.quarter == pair.quarter && i64::from(pair.rho.abs()) > q.limit))
        .collect();
    let value_of = |pair: &Pair| {
        let (c, r) =
            (context.stream.certificate(pair.certificate), context.stream.confirmation(pair.confirmation));
        r.value - c.value
    };
    far.sort_by_key(|pair| (-value_of(pair).abs(), pair.certificate));
    let since = far
        .iter()
        .map(|pair| context.stream.confirmation(pair.confirmation).arrived)
        .max()
        .unwrap_or_default();
    let mut signal = Signal::about(
        exporter,
        Some(importer),
        (first, last),
        last_day(first).max(since.min(last_day(first) + 45)).min(context.stream.watermark),
    );
    signal.p = story.iter().map(|q| q.p).reduce(f64::min);
    signal.certificates = far.iter().map(|pair| pair.certificate).collect();
    signal.confirmations = far.iter().map(|pair| pair.confirmation).collect();
    signal.carats = context.totals(&signal.certificates).0;
    signal.value = far.iter().map(|pair| value_of(pair).abs()).sum();
    let typical = quantile(&mut far.iter().map(|pair| pair.rho).collect::<Vec<_>>(), 0.5);
    let when = span_text(first, last);
    let (k, n) = story.iter().fold((0, 0), |(k, n), q| (k + q.k, n + q.n));
    signal.title = format!(
        "{exporter} to {importer}, {when}: {} valued on arrival otherwise than usual, typically {}",
        share(k, n),
        times(f64::from(typical) / 10_000.0)
    );
    signal.question =
        format!("Which values are right for the {k} shipments of {when}, and why do the two ends differ?");
    signal.arithmetic = vec![ArithmeticLine::new(
        "the route's median, taken out",
        format!("of {} pairs", pairs.len()),
        times(f64::from(median) / 10_000.0),
    )];
    signal.arithmetic.extend(story.iter().map(|q| {
        ArithmeticLine::new(
            format!("beyond {}, {}", percent(float(q.limit) / 10_000.0), span_text(q.quarter, q.quarter)),
            format!("P(K >= {}) of {}, usual {}, M = {CERTAINTY}; two limits", q.k, q.n, percent(q.usual)),
            chance(q.p),
        )
    }));
    signal.arithmetic.extend(gap(context, (exporter, importer), (first, last)));
    signal.thresholds = thresholds(context);
    signal.counter_checks = checks(importer, exporter, (first, last), &far, routes);
    signal
}

/// The gap of the totals in its parts, which add up to it.
fn gap(context: &Context<'_>, (exporter, importer): Route, (first, last): (i32, i32)) -> Vec<ArithmeticLine> {
    let inside = first..=last;
    let (mut left, mut came, mut missing, mut later, mut class, mut change) =
        (0_i64, 0_i64, 0_i64, 0_i64, 0_i64, 0_i64);
    for (at, c) in context.stream.certificates.iter().enumerate() {
        if (c.exporter, c.importer) != (exporter, importer) || !inside.contains(&c.quarter) {
            continue;
        }
        left += c.value;
        match context.matched.answered_by[at].map(|answer| context.stream.confirmation(answer)) {
            None => missing -= c.value,
            Some(r) if !inside.contains(&r.quarter) => later -= c.value,
            Some(r) if r.hs != c.hs => class += r.value - c.value,
            Some(r) => change += r.value - c.value,
        }
    }
    for r in &context.stream.confirmations {
        came += if (r.exporter, r.importer) == (exporter, importer) && inside.contains(&r.quarter) {
            r.value
        } else {
            0
        };
    }
    let rest = came - left - missing - later - class - change;
    [
        ("certified and received", format!("{} ; {}", usd(left), usd(came)), usd(came - left)),
        ("of the gap: no receipt", String::new(), usd(missing)),
        ("of the gap: received after these quarters", String::new(), usd(later)),
        ("of the gap: under another class", String::new(), usd(class)),
        ("of the gap: other value for the same carats", String::new(), usd(change)),
        ("of the gap: issued before, under other parties or numbers, or in parts", String::new(), usd(rest)),
    ]
    .into_iter()
    .map(|(label, expression, result)| ArithmeticLine::new(label, expression, result))
    .collect()
}

fn checks(
    importer: Code,
    exporter: Code,
    (first, last): (i32, i32),
    far: &[&Pair],
    routes: &BTreeMap<Route, (i32, Vec<Pair>)>,
) -> Vec<CounterCheck> {
    let others = routes.iter().filter(|((from, to), _)| *to == importer && *from != exporter);
    let (mut k, mut n) = (0_i64, 0_i64);
    for pair in others.flat_map(|(_, (_, pairs))| pairs).filter(|pair| (first..=last).contains(&pair.quarter))
    {
        k += i64::from(pair.rho.abs() > 600);
        n += 1;
    }
    let mut rhos: Vec<i32> = far.iter().map(|pair| pair.rho).collect();
    let (low, high) = (quantile(&mut rhos, 0.1), quantile(&mut rhos, 0.9));
    vec![
        CounterCheck::holds("the importer values so always", "the route's median was taken out", false),
        CounterCheck::holds(
            "the importer's own way of valuing, now",
            format!("on its other routes {} differ by more than 6 % in the same quarters", share(k, n)),
            n > 0 && float(k) / float(n) > 0.3,
        ),
        CounterCheck::new(
            "a currency keyed as US$",
            format!(
                "factors from {} to {}",
                times(f64::from(low) / 10_000.0),
                times(f64::from(high) / 10_000.0)
            ),
            if high - low < 200 { Outcome::NotKnown } else { Outcome::DoesNotExplain },
        ),
        CounterCheck::holds("other goods", "only pairs whose carats agree within 2 % are compared", false),
    ]
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("chance below", format!("10^-{}", hundredths(context.settings.value_gap_chance))),
        Threshold::ours(
            "far, at two limits",
            format!(
                "{} and {} in ten thousand",
                context.settings.value_gap_wide, context.settings.value_gap_narrow
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    fn revalued(inside: std::ops::Range<i32>) -> Vec<String> {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2009..=2012, 6);
        for row in small.confirmations().iter_mut() {
            if row.exporter.as_str() == "A1" && row.importer.as_str() == "B2" && inside.contains(&row.arrived)
            {
                row.value += row.value / 10;
            }
        }
        small.found("value_differs_on_arrival")
    }

    #[test]
    fn fires_on_one_quarter_and_is_silent_where_it_was_always_so() {
        let found = revalued(day("2010-04-11")..day("2010-07-11"));
        assert_eq!(found, ["value_differs_on_arrival:A1-B2:2010-Q2"]);
        assert_eq!(revalued(day("2009-01-01")..day("2013-12-31")), [""; 0]);
    }
}
