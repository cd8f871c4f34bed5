//! carats_drift_on_route: parcels of a route arrive lighter than they were certified, quarter after quarter.
//!
//! Question: where do the missing carats go, or which balance is wrong?
//! Formula: d = ln(received carats / certified carats) of pairs above 50 ct; a quarter counts when its median is below
//! -0.15 % and six in ten of its parcels are; two such quarters in three. Chance: beta-binomial of the light parcels in these
//! quarters against the world's share of light parcels, M = 60.
//! Minimum data: 4 pairs in a quarter.
//! Thresholds (ours): 0.15 %, outside a balance's error (0.01 ct and 0.08 %) and the usual loss of industrial lots (0.06 %).
//! Innocent explanations: a balance set anew; cleaning and moisture; rounding to a tenth of a carat; samples taken.
//! Counter-checks: are the importer's other routes light too (its balance); are the exporter's other routes light too (the
//! exporter's balance); are the received carats rounded to tenths.
//! An answer must contain: the records of both balances; weighings at sealing and at opening; samples with their papers.
//! Evidence: the pairs that lost most.
//! Source: needs L18; CD Section III; detectors D08.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text, year_of};
use super::super::chance::beta_binomial::tail;
use super::super::context::Context;
use super::super::reconcile::{Booking, quantile};
use super::super::rows::Code;
use super::super::signal::{CounterCheck, Looked, Signal};
use super::super::table::{log_ratio, place};
use super::super::words::{chance, ct, float, share};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("carats_drift_on_route.rs")));

const CARATS_LEAST: i64 = 5_000;
const PAIRS: usize = 4;

#[derive(Debug, Clone, Copy)]
struct Pair {
    certificate: u32,
    confirmation: u32,
    quarter: i32,
    /// Ten-thousandths of a logarithm.
    d: i32,
}

type Route = (Code, Code);

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let routes = pairs(context);
    let limit = -i32::try_from(context.settings.drift_limit).unwrap_or(15);
    let light = |pairs: &[Pair]| pairs.iter().filter(|pair| pair.d < limit).count() as i64;
    let (k, n) = routes.values().fold((0, 0), |(k, n), pairs| (k + light(pairs), n + pairs.len() as i64));
    let usual = (float(k) + 3.0) / (float(n) + 60.0);
    for (route, pairs) in &routes {
        let mut signs: Vec<&[Pair]> = Vec::new();
        for quarter in pairs.chunk_by(|a, b| a.quarter == b.quarter).filter(|quarter| quarter.len() >= PAIRS)
        {
            looked.count(year_of(quarter[0].quarter));
            let median = quantile(&mut quarter.iter().map(|pair| pair.d).collect::<Vec<_>>(), 0.5);
            let share = light(quarter) * 100;
            if median < limit && share > context.settings.drift_share_percent * quarter.len() as i64 {
                signs.push(quarter);
            }
        }
        let stories =
            signs.chunk_by(|a, b| b[0].quarter - a[0].quarter <= 2).filter(|story| story.len() >= 2);
        for story in stories {
            let (k, n) =
                story.iter().fold((0, 0), |(k, n), quarter| (k + light(quarter), n + quarter.len() as i64));
            let whole = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
            let p = tail(whole(k), whole(n), usual, float(context.settings.share_certainty));
            looked.signals.push(signal(context, *route, story, (k, n, usual, p), &routes));
        }
    }
    looked
}

fn pairs(context: &Context<'_>) -> BTreeMap<Route, Vec<Pair>> {
    let mut routes: BTreeMap<Route, Vec<Pair>> = BTreeMap::new();
    for (at, booking) in context.matched.bookings.iter().enumerate() {
        let (Booking::Number(certificate) | Booking::Typing(certificate)) = booking else { continue };
        let (c, r) = (context.stream.certificate(*certificate), &context.stream.confirmations[at]);
        let near = (c.carats - r.carats).abs() * 20 <= c.carats && c.importer == r.importer;
        if let Some(d) = log_ratio(r.carats, c.carats).filter(|_| near && c.carats > CARATS_LEAST) {
            let pair = Pair { certificate: *certificate, confirmation: place(at), quarter: c.quarter, d };
            routes.entry((c.exporter, c.importer)).or_default().push(pair);
        }
    }
    routes.values_mut().for_each(|pairs| pairs.sort_by_key(|pair| (pair.quarter, pair.certificate)));
    routes
}

fn signal(
    context: &Context<'_>,
    (exporter, importer): Route,
    story: &[&[Pair]],
    (k, n, usual, p): (i64, i64, f64, f64),
    routes: &BTreeMap<Route, Vec<Pair>>,
) -> Signal {
    let (first, last) = (story[0][0].quarter, story[story.len() - 1][0].quarter);
    let since = (last_day(story[1][0].quarter) + 30).min(context.stream.watermark);
    let mut signal = Signal::about(exporter, Some(importer), (first, last), since);
    signal.p = Some(p);
    let mut rows: Vec<&Pair> = story.iter().copied().flatten().collect();
    let lost = |pair: &Pair| {
        context.stream.certificate(pair.certificate).carats
            - context.stream.confirmation(pair.confirmation).carats
    };
    rows.sort_by_key(|pair| (-lost(pair), pair.certificate));
    signal.certificates = rows.iter().map(|pair| pair.certificate).collect();
    signal.confirmations = rows.iter().map(|pair| pair.confirmation).collect();
    signal.carats = rows.iter().map(|pair| lost(pair)).sum::<i64>().max(0);
    let (carats, value) = context.totals(&signal.certificates);
    signal.value = i64::try_from(i128::from(value) * i128::from(signal.carats) / i128::from(carats.max(1)))
        .unwrap_or(i64::MAX);
    let when = span_text(first, last);
    signal.title = format!(
        "{exporter} to {importer}, {when}: {} arrive light, {} missing in all",
        share(k, n),
        ct(signal.carats)
    );
    signal.question = format!(
        "Where are the {} that left {exporter} and did not reach {importer} in {when}, or which balance is wrong?",
        ct(signal.carats)
    );
    signal.arithmetic = story.iter().map(|quarter| line(quarter)).collect();
    signal.arithmetic.push(ArithmeticLine::new(
        "light parcels",
        format!("P(K >= {k}) of {n}, the world's share {}", super::super::words::percent(usual)),
        chance(p),
    ));
    signal.thresholds = thresholds(context);
    let others = |is: &dyn Fn(&Route) -> bool| {
        let pairs = routes.iter().filter(|(route, _)| is(route)).flat_map(|(_, pairs)| pairs);
        let inside = pairs.filter(|pair| (first..=last).contains(&pair.quarter));
        inside.fold((0_i64, 0_i64), |(k, n), pair| (k + i64::from(pair.d < -15), n + 1))
    };
    let (at_importer, at_exporter) = (
        others(&|(from, to)| *to == importer && *from != exporter),
        others(&|(from, to)| *from == exporter && *to != importer),
    );
    let most = |(k, n): (i64, i64)| n > 0 && k * 2 > n;
    let tenths =
        rows.iter().filter(|pair| context.stream.confirmation(pair.confirmation).carats % 10 == 0).count()
            as i64;
    signal.counter_checks = vec![
        CounterCheck::holds(
            "the importer's balance",
            format!("{} of its other receipts are light", share(at_importer.0, at_importer.1)),
            most(at_importer),
        ),
        CounterCheck::holds(
            "the exporter's balance",
            format!("{} of its other shipments are light", share(at_exporter.0, at_exporter.1)),
            most(at_exporter),
        ),
        CounterCheck::holds(
            "rounding to tenths",
            format!("{} of the received weights are whole tenths", share(tenths, n)),
            tenths * 10 > n * 9,
        ),
    ];
    signal.weighed()
}

fn line(quarter: &[Pair]) -> ArithmeticLine {
    let median = quantile(&mut quarter.iter().map(|pair| pair.d).collect::<Vec<_>>(), 0.5);
    ArithmeticLine::new(
        format!("median of ln(received / certified), {}", span_text(quarter[0].quarter, quarter[0].quarter)),
        format!("{} pairs", quarter.len()),
        format!("{} %", super::super::words::hundredths(i64::from(median))),
    )
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("light below", format!("-{} in ten thousand", context.settings.drift_limit)),
        Threshold::ours(
            "light parcels in a quarter, more than",
            format!("{} %", context.settings.drift_share_percent),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    fn lighter(permille: i64) -> Vec<String> {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2009..=2011, 8);
        for row in small.confirmations().iter_mut() {
            let inside = (day("2010-01-11")..day("2010-10-11")).contains(&row.arrived);
            if inside && row.exporter.as_str() == "A1" && row.importer.as_str() == "B2" {
                row.carats -= row.carats * permille / 1000;
            }
        }
        small.found("carats_drift_on_route")
    }

    #[test]
    fn fires_on_half_a_percent_and_is_silent_within_a_balances_error() {
        assert_eq!(lighter(5), ["carats_drift_on_route:A1-B2:2010-Q1"]);
        assert_eq!(lighter(1), [""; 0]);
    }
}
