//! own_origin_surge: a producer certified far more goods of its own origin for a while, and they were not its usual goods.
//!
//! Question: where did these goods come from?
//! Formula: certificates of own origin in windows of 4, 6 and 8 quarters against the 8 quarters before and the 8 after, by
//! the world's activity: z_n = ln(ratio) / sqrt(1/n_w + 1/n_b + 0.22^2). Prices: z_u, the contrast of residuals. Score =
//! surprise of z_n + the smaller of 6 and the surprise of |z_u|.
//! Minimum data: 40 certificates of own origin, 5 in the window and 5 around it.
//! Thresholds (ours): z_n above 2; half as many again; score above 5.5.
//! Innocent explanations: a rush on a new field; a new mine; stocks released; a price cycle; a new buyer who bundles.
//! Counter-checks: are prices and sizes as before (a rush); did it stay (a new mine); did the declared stock fall by as
//! much; does declared production rise in the same halves; do the neighbours fall.
//! An answer must contain: carats by field and licence for the window and the year before; what opened; stocks; who
//! bought.
//! Evidence: the certificates of the window with the highest value.
//! Source: needs L04 and L05; detectors D12.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, quarter_of, span_text, year_of};
use super::super::chance::contrast::{Sums, counts, means};
use super::super::chance::normal::{surprise, upper_tail};
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, decimal, float, hundredths, percent, times, usd};
use super::windows::{Running, span};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("own_origin_surge.rs")));

const WIDTHS: [i32; 3] = [4, 6, 8];
const AROUND: i32 = 8;
const IN_ALL: usize = 40;
const IN_PART: i64 = 5;
/// The prices' surprise counts at most this much.
const PRICE_AT_MOST: f64 = 6.0;

struct Best {
    first: i32,
    last: i32,
    n: i64,
    base: i64,
    ratio: f64,
    z_n: f64,
    z_u: f64,
    shift: f64,
    score: f64,
}

/// One producer's own-origin certificates, the world's activity, and what is looked at.
struct Series<'a> {
    rows: &'a [u32],
    own: Running,
    world: &'a Running,
    quarters: BTreeMap<i32, Sums>,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let mut producers: BTreeMap<Code, Vec<u32>> = BTreeMap::new();
    for (at, c) in context.stream.certificates.iter().enumerate().filter(|(_, c)| c.is_own_origin()) {
        producers.entry(c.exporter).or_default().push(place(at));
    }
    let Some((first, last)) = span(context.stream.certificates.iter().map(|c| c.quarter)) else {
        return looked;
    };
    let running = |rows: &mut dyn Iterator<Item = i32>| {
        let mut each = vec![0_i64; usize::try_from(last - first + 1).unwrap_or(0)];
        rows.for_each(|quarter| each[usize::try_from(quarter - first).unwrap_or(0)] += 1);
        Running::new(first, &each)
    };
    let world =
        running(&mut context.stream.certificates.iter().filter(|c| c.is_own_origin()).map(|c| c.quarter));
    for (code, rows) in producers.iter().filter(|(_, rows)| rows.len() >= IN_ALL) {
        let own = running(&mut rows.iter().map(|at| context.stream.certificate(*at).quarter));
        let mut quarters: BTreeMap<i32, Sums> = BTreeMap::new();
        for at in rows {
            if let Some(residual) = context.prices.long_run[*at as usize] {
                quarters.entry(context.stream.certificate(*at).quarter - first).or_default().add(residual);
            }
        }
        let series = Series { rows, own, world: &world, quarters };
        if let Some(best) = best_window(context, &series, &mut looked) {
            looked.signals.push(signal(context, *code, &series, &best));
        }
    }
    looked
}

fn best_window(context: &Context<'_>, series: &Series<'_>, looked: &mut Looked) -> Option<Best> {
    let settings = context.settings;
    let mut best: Option<Best> = None;
    for first in 0..series.own.len() {
        for width in WIDTHS.into_iter().filter(|width| first + width <= series.own.len()) {
            looked.count(year_of(series.own.first + first));
            let Some(found) = window(context, series, first, first + width - 1) else { continue };
            let enough = found.z_n > 2.0
                && found.ratio >= 1.0 + parts(settings.surge_percent, 100)
                && found.score >= parts(settings.surge_score, 100);
            if enough && best.as_ref().is_none_or(|b| found.score > b.score) {
                best = Some(found);
            }
        }
    }
    best
}

fn window(context: &Context<'_>, series: &Series<'_>, first: i32, last: i32) -> Option<Best> {
    let (own, world) = (&series.own, series.world);
    let n = own.of(first, last);
    let base = own.of(first - AROUND, first - 1) + own.of(last + 1, last + AROUND);
    if n < IN_PART || base < IN_PART {
        return None;
    }
    // The producer itself is taken out of the world, else a great producer would be its own yardstick.
    let e_window = (world.float(first, last) - own.float(first, last)).max(1.0);
    let e_base = (world.float(first - AROUND, first - 1) + world.float(last + 1, last + AROUND)
        - float(base))
    .max(1.0);
    let tau = parts(context.settings.surge_tau, 100);
    let z_n = counts(float(n), e_window, float(base), e_base, tau)?;
    let sums = |from: i32, to: i32| {
        series.quarters.range(from..=to.max(from - 1)).map(|(_, s)| *s).fold(Sums::default(), Sums::plus)
    };
    let around = sums(first - AROUND, first - 1).plus(sums(last + 1, last + AROUND));
    let inside = sums(first, last);
    let z_u = means(inside, around, parts(context.settings.shift_floor, 10_000)).unwrap_or(0.0);
    let score = surprise(upper_tail(z_n)) + surprise(upper_tail(libm::fabs(z_u))).min(PRICE_AT_MOST);
    Some(Best {
        first: own.first + first,
        last: own.first + last,
        n,
        base,
        ratio: (float(n) / e_window) / (float(base) / e_base),
        z_n,
        z_u,
        shift: inside.mean() - around.mean(),
        score,
    })
}

fn signal(context: &Context<'_>, code: Code, series: &Series<'_>, best: &Best) -> Signal {
    let mut signal =
        Signal::about(code, None, (best.first, best.last), last_day(best.last).min(context.stream.watermark));
    // The two surprises are of independent readings, volume and price: their chances multiply.
    signal.p = Some(libm::exp10(-best.score));
    signal.severity = 3;
    signal.certificates = series
        .rows
        .iter()
        .copied()
        .filter(|at| (best.first..=best.last).contains(&context.stream.certificate(*at).quarter))
        .collect();
    signal.certificates.sort_by_key(|at| (-context.stream.certificate(*at).value, *at));
    let (carats, value) = context.totals(&signal.certificates);
    let extra = 1.0 - 1.0 / best.ratio;
    (signal.carats, signal.value) = (
        super::super::words::rounded(float(carats) * extra),
        super::super::words::rounded(float(value) * extra),
    );
    let when = span_text(best.first, best.last);
    signal.title = format!(
        "{code}, {when}: {} certificates of own origin, x {} of what the quarters around and the world would give; prices {}",
        best.n,
        decimal(best.ratio),
        times(best.shift)
    );
    signal.question =
        format!("Where did the additional goods come from that {code} certified as its own in {when}?");
    signal.arithmetic = vec![
        ArithmeticLine::new(
            "certificates by the world's activity",
            format!("{} in the window, {} in the 8 quarters on either side", best.n, best.base),
            format!("x {}, z = {}", decimal(best.ratio), decimal(best.z_n)),
        ),
        ArithmeticLine::new(
            "prices for such goods",
            format!("mean of residuals moved by {}", decimal(best.shift)),
            format!("{}, z = {}", times(best.shift), decimal(best.z_u)),
        ),
        ArithmeticLine::new(
            "score",
            format!(
                "{} + min(6, {})",
                decimal(surprise(upper_tail(best.z_n))),
                decimal(surprise(upper_tail(libm::fabs(best.z_u))))
            ),
            format!("{}, {}", decimal(best.score), chance(libm::exp10(-best.score))),
        ),
        ArithmeticLine::new(
            "at stake: what is above the usual",
            format!("{} and {} x {}", ct(carats), usd(value), percent(extra)),
            usd(signal.value),
        ),
    ];
    signal.thresholds = vec![
        Threshold::ours("rise, at least", format!("{} %", context.settings.surge_percent)),
        Threshold::ours("score, at least", hundredths(context.settings.surge_score)),
        Threshold::ours("usual swing", hundredths(context.settings.surge_tau)),
    ];
    signal.counter_checks = checks(context, code, series, best, carats);
    // A rush (the same goods) and a mine that stays are lawful as far as figures go.
    if signal.counter_checks.iter().any(|check| check.outcome == Outcome::Explains) {
        signal.at_most = Level::Watch;
    }
    signal
}

fn checks(
    context: &Context<'_>,
    code: Code,
    series: &Series<'_>,
    best: &Best,
    carats: i64,
) -> Vec<CounterCheck> {
    let end = quarter_of(context.stream.watermark);
    let at = |quarter: i32| quarter - series.own.first;
    let years_after = (end - best.last).min(AROUND);
    let after = series.own.of(at(best.last) + 1, at(best.last) + AROUND);
    let before = series.own.of(at(best.first) - AROUND, at(best.first) - 1);
    let stays = years_after >= 4 && after * i64::from(AROUND) >= 2 * before.max(1) * i64::from(years_after);
    let (first_year, last_year) = (year_of(best.first), year_of(best.last));
    let fall: i64 = context
        .rows
        .stocks
        .iter()
        .filter(|s| s.participant == code && (first_year..=last_year).contains(&s.year))
        .map(|s| s.opening - s.closing)
        .sum();
    let declared = |from: i32, to: i32| -> i64 {
        context
            .rows
            .production
            .iter()
            .filter(|p| p.participant == code && (from..=to).contains(&p.year))
            .map(|p| p.carats)
            .sum()
    };
    let (during, earlier) = (
        declared(first_year, last_year),
        declared(first_year - (last_year - first_year) - 1, first_year - 1),
    );
    vec![
        CounterCheck::holds(
            "a rush: the same goods, only more",
            format!("prices {} (z = {})", times(best.shift), decimal(best.z_u)),
            libm::fabs(best.z_u) < 3.0,
        ),
        CounterCheck::holds(
            "a new mine: it stays",
            format!(
                "{before} certificates in the 8 quarters before, {after} in the {years_after} known after"
            ),
            stays,
        ),
        CounterCheck::holds(
            "stocks released",
            format!("declared stock fell by {} while {} were certified", ct(fall), ct(carats)),
            fall * 3 > carats,
        ),
        CounterCheck::new(
            "production rose as declared",
            format!("{} declared, {} in as many years before", ct(during), ct(earlier)),
            Outcome::NotKnown,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    /// A1's own certificates of 2011 three times over, at half the price or at the same.
    fn surge(by: i64) -> Small {
        let mut small = Small::steady(&["A1", "B2", "C3", "D4"], 2008..=2014, 4);
        let inside = day("2011-01-01")..day("2012-01-01");
        let more: Vec<_> = small
            .certificates()
            .iter()
            .filter(|c| c.exporter.as_str() == "A1" && inside.contains(&c.issued))
            .cloned()
            .collect();
        for copy in 1..=2 {
            for row in &more {
                let serial = 50_000 + copy * 10_000 + row.id;
                let issued = super::super::super::day_text(row.issued);
                let (importer, carats) = (row.importer.as_str().to_owned(), row.carats + copy * 731);
                small.certificate(
                    &format!("A1-{serial:08}"),
                    "A1",
                    &importer,
                    &issued,
                    carats,
                    carats * 100 / by,
                );
                small.received();
            }
        }
        small
    }

    #[test]
    fn fires_on_more_and_cheaper_goods_and_only_watches_a_rush() {
        let analysis = surge(3).analysis();
        let found: Vec<_> = analysis.findings.iter().filter(|f| f.detector == "own_origin_surge").collect();
        assert_eq!(found.len(), 1, "{:?}", found.iter().map(|f| &f.id).collect::<Vec<_>>());
        assert_eq!(
            (found[0].participant.as_str(), found[0].level),
            ("A1", super::super::super::Level::Alert)
        );
        let rush = surge(1).analysis();
        assert!(
            rush.findings
                .iter()
                .filter(|f| f.detector == "own_origin_surge")
                .all(|f| f.level == super::super::super::Level::Watch)
        );
        assert_eq!(
            Small::steady(&["A1", "B2", "C3", "D4"], 2008..=2014, 4).found("own_origin_surge"),
            [""; 0]
        );
    }
}
