//! dormant_route_burst: a route without a certificate for six years carries several within two quarters.
//!
//! Question: what is this new business?
//! Formula: no certificate in 24 quarters, then n in two; expected lambda = 0.02 N_e N_i / N, the share of a dead route in
//! what exporter and importer trade; chance: Poisson tail.
//! Minimum data: 24 quarters of record; both sides participants for three years; 6 certificates.
//! Thresholds (ours): 6 certificates; it is watched, and an alert only with a second sign: prices three deviations away,
//! firms new on both ends, a neighbour under measures, or no receipt.
//! Innocent explanations: lawful new business; a buyer who moved; a participant that joined.
//! Counter-checks: are the prices those of the exporter's other goods; are the firms known from other routes; are the
//! receipts there; is a neighbour of the exporter under measures.
//! An answer must contain: who buys and sells, since when; the contract; where the goods go from there.
//! Evidence: the certificates of the two quarters.
//! Source: needs L05 and L36; most findings on an honest history come from here; detectors D14.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::super::calendar::{first_day, last_day, quarter_text, span_text, year_of};
use super::super::chance::normal::poisson_tail;
use super::super::context::Context;
use super::super::reconcile::days;
use super::super::rows::Code;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, decimal, float, share, times, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("dormant_route_burst.rs")));

/// What of its gravity share a dead route deserves.
const DEAD: f64 = 0.02;
const YEARS_A_MEMBER: i32 = 3;
/// Spread of honest prices, in logarithms, where a route has none of its own.
const SPREAD: f64 = 0.7;

/// Certificates of each quarter, by exporter, by importer, in all.
#[derive(Default)]
struct Activity {
    exporters: BTreeMap<(Code, i32), i64>,
    importers: BTreeMap<(Code, i32), i64>,
    all: BTreeMap<i32, i64>,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let mut routes: BTreeMap<(Code, Code), Vec<u32>> = BTreeMap::new();
    let mut activity = Activity::default();
    for (at, c) in context.stream.certificates.iter().enumerate() {
        routes.entry((c.exporter, c.importer)).or_default().push(place(at));
        *activity.exporters.entry((c.exporter, c.quarter)).or_default() += 1;
        *activity.importers.entry((c.importer, c.quarter)).or_default() += 1;
        *activity.all.entry(c.quarter).or_default() += 1;
    }
    let Some(begin) = activity.all.keys().next().copied() else { return looked };
    let quiet = days(context.settings.dormant_quarters);
    for (route, rows) in &routes {
        let quarter = |at: u32| context.stream.certificate(at).quarter;
        let mut previous = begin - 1;
        for (from, at) in rows.iter().enumerate() {
            let first = quarter(*at);
            let (gap, known) = (first - previous - 1, first - begin);
            previous = first;
            if gap < quiet || known < quiet || !are_members(context, *route, first) {
                continue;
            }
            looked.count(year_of(first));
            let burst: Vec<u32> =
                rows[from..].iter().copied().take_while(|at| quarter(*at) <= first + 1).collect();
            if burst.len() as i64 >= context.settings.dormant_least {
                looked.signals.push(signal(context, *route, &burst, first, &activity));
            }
        }
    }
    looked
}

/// Both sides participants for some years; where no table says so, taken as they are.
fn are_members(context: &Context<'_>, (exporter, importer): (Code, Code), quarter: i32) -> bool {
    let old = |code: Code| {
        context
            .rows
            .members
            .iter()
            .find(|m| m.code == code)
            .is_none_or(|m| m.joined + YEARS_A_MEMBER <= year_of(quarter))
    };
    old(exporter) && old(importer)
}

fn signal(
    context: &Context<'_>,
    (exporter, importer): (Code, Code),
    burst: &[u32],
    first: i32,
    activity: &Activity,
) -> Signal {
    let mut signal = Signal::about(
        exporter,
        Some(importer),
        (first, first + 1),
        last_day(first + 1).min(context.stream.watermark),
    );
    let sum = |map: &BTreeMap<(Code, i32), i64>, code: Code| -> i64 {
        (first..=first + 1).filter_map(|quarter| map.get(&(code, quarter))).sum()
    };
    let all: i64 = (first..=first + 1).filter_map(|quarter| activity.all.get(&quarter)).sum();
    let (out, into) = (sum(&activity.exporters, exporter), sum(&activity.importers, importer));
    let lambda = DEAD * float(out) * float(into) / float(all.max(1));
    let p = poisson_tail(u32::try_from(burst.len()).unwrap_or(u32::MAX), lambda);
    signal.p = Some(p);
    signal.severity = 2;
    signal.certificates = burst.to_vec();
    (signal.carats, signal.value) = context.totals(burst);
    let when = span_text(first, first + 1);
    signal.title = format!(
        "{exporter} to {importer}, {when}: {} certificates after {} quarters without one, {} and {}",
        burst.len(),
        context.settings.dormant_quarters,
        ct(signal.carats),
        usd(signal.value)
    );
    signal.question = format!(
        "What is the business between {exporter} and {importer} that began in {}?",
        quarter_text(first)
    );
    signal.arithmetic = vec![ArithmeticLine::new(
        "expected on a dead route",
        format!("{DEAD} x {out} x {into} / {all} = {}", decimal(lambda)),
        format!("{} or more: {}", burst.len(), chance(p)),
    )];
    signal.thresholds = vec![
        Threshold::ours("quarters without a certificate", context.settings.dormant_quarters.to_string()),
        Threshold::ours("certificates in two quarters", context.settings.dormant_least.to_string()),
    ];
    let (checks, signs) = checks(context, (exporter, importer), burst, first);
    signal.counter_checks = checks;
    if signs == 0 {
        signal.at_most = Level::Watch;
    }
    signal
}

/// The checks, and how many of them are a second sign.
fn checks(
    context: &Context<'_>,
    (exporter, importer): (Code, Code),
    burst: &[u32],
    first: i32,
) -> (Vec<CounterCheck>, usize) {
    let residuals: Vec<f64> = burst
        .iter()
        .filter_map(|at| context.prices.long_run[*at as usize])
        .map(|r| f64::from(r) / 10_000.0)
        .collect();
    let n = float(residuals.len() as i64).max(1.0);
    let mean = residuals.iter().sum::<f64>() / n;
    let z = mean * libm::sqrt(n) / SPREAD;
    let start = first_day(first);
    let known: BTreeSet<(Code, i64)> = context
        .stream
        .certificates
        .iter()
        .filter(|c| c.issued < start)
        .flat_map(|c| [(c.exporter, c.exporter_firm), (c.importer, c.importer_firm)])
        .collect();
    let strangers = burst
        .iter()
        .map(|at| context.stream.certificate(*at))
        .filter(|c| {
            !known.contains(&(c.exporter, c.exporter_firm)) && !known.contains(&(c.importer, c.importer_firm))
        })
        .count();
    let mature: Vec<u32> =
        burst.iter().copied().filter(|at| context.is_mature(context.stream.certificate(*at))).collect();
    let missing = mature.iter().filter(|at| !context.is_answered(**at)).count();
    let borders = |m: &super::super::rows::Member| {
        m.code == exporter && m.neighbours.iter().any(|n| under_measures(context, *n, start))
    };
    let beside = context.rows.members.iter().any(borders) || under_measures(context, importer, start);
    let signs = [libm::fabs(z) > 3.0, strangers * 2 > burst.len(), missing * 2 > mature.len(), beside];
    let outcome = |sign: bool| if sign { Outcome::DoesNotExplain } else { Outcome::Explains };
    let checks = vec![
        CounterCheck::new(
            "usual goods at usual prices",
            format!("prices {} the exporter's usual ones (z = {})", times(mean), decimal(z)),
            outcome(signs[0]),
        ),
        CounterCheck::new(
            "firms known from other routes",
            format!("{} between firms unknown on both ends", share(strangers as i64, burst.len() as i64)),
            outcome(signs[1]),
        ),
        CounterCheck::new(
            "the goods were received",
            format!("{} without a receipt", share(missing as i64, mature.len() as i64)),
            outcome(signs[2]),
        ),
        CounterCheck::new(
            "nobody near is under measures",
            if beside { "a neighbour is" } else { "no neighbour is" },
            outcome(beside),
        ),
    ];
    (checks, signs.iter().filter(|sign| **sign).count())
}

fn under_measures(context: &Context<'_>, code: Code, day: i32) -> bool {
    context.rows.embargoes.iter().any(|e| e.participant == code && (e.start..=e.end + 365).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::super::super::Level;
    use super::super::super::example::Small;

    /// E5 never traded; in the first half of 2017 A1 sends it eight shipments at three times the price, or at the usual one.
    fn begun(factor: i64) -> Vec<(String, Level)> {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2009..=2017, 3);
        for serial in 0..8 {
            small.certificate(
                &format!("A1-9000000{serial}"),
                "A1",
                "E5",
                &format!("2017-0{}-10", 1 + serial % 6),
                150_00 + serial,
                (150_00 + serial) * 100 * factor,
            );
            small.received();
        }
        let analysis = small.analysis();
        analysis
            .findings
            .into_iter()
            .filter(|f| f.detector == "dormant_route_burst")
            .map(|f| (f.id, f.level))
            .collect()
    }

    #[test]
    fn fires_on_dear_goods_and_only_watches_usual_ones() {
        assert_eq!(begun(3), [("dormant_route_burst:A1-E5:2017-Q1".to_owned(), Level::Alert)]);
        assert_eq!(begun(1), [("dormant_route_burst:A1-E5:2017-Q1".to_owned(), Level::Watch)]);
        assert_eq!(Small::steady(&["A1", "B2", "C3"], 2009..=2017, 3).found("dormant_route_burst"), [""; 0]);
    }
}
