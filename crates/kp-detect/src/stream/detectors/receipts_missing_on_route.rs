//! receipts_missing_on_route: many more certificates of a route stay without a receipt than the importer leaves otherwise.
//!
//! Question: did these shipments arrive?
//! Formula: of n certificates of a route and quarter that are old enough, k have no receipt. The usual share p0 is that of
//! the importer's other routes in the quarter, with 30 rows of the importer's year, itself with 30 rows of 3 %.
//! Chance of k or more: beta-binomial, certainty M = 60.
//! Minimum data: 3 missing; certificates as old as the slowest of a hundred on the route, 30 to 120 days.
//! Thresholds (ours): chance below 10^-4.3 a quarter; quarters at most two apart are one question.
//! Innocent explanations: an outage at the importer; a batch that comes late; a member of a union named otherwise;
//! shipments that were cancelled.
//! Counter-checks: are the importer's other routes missing too in the quarter (an outage); have some come since (a late
//! batch); were they received under another importer's name.
//! An answer must contain: for each number whether the goods arrived, when and where; for those that did not, where they
//! are.
//! Evidence: the certificates without a receipt.
//! Source: needs L27 and L30; CD Section III(e); detectors D06.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text, year_of};
use super::super::chance::{beta_binomial::tail, normal::surprise};
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, float, hundredths, percent, share, short_list, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("receipts_missing_on_route.rs")));

/// Rows' worth of belief in what is known without the quarter, and the share that is known without anything.
const PSEUDO_ROWS: f64 = 30.0;
const USUAL: f64 = 0.03;

/// Certificates old enough, and those of them without a receipt.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    n: i64,
    k: i64,
}

/// One route's quarter that stands out.
struct Quarter {
    quarter: i32,
    tally: Tally,
    others: Tally,
    usual: f64,
    p: f64,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let (mut routes, mut importers, mut years) = (
        BTreeMap::<(Code, Code, i32), Tally>::new(),
        BTreeMap::<(Code, i32), Tally>::new(),
        BTreeMap::<(Code, i32), Tally>::new(),
    );
    for (at, c) in context.stream.certificates.iter().enumerate().filter(|(_, c)| context.is_mature(c)) {
        let missing = i64::from(!context.is_answered(place(at)));
        let year = years.entry((c.importer, c.year())).or_default();
        let importer = importers.entry((c.importer, c.quarter)).or_default();
        for tally in [routes.entry((c.exporter, c.importer, c.quarter)).or_default(), importer, year] {
            tally.n += 1;
            tally.k += missing;
        }
    }
    let mut out: BTreeMap<(Code, Code), Vec<Quarter>> = BTreeMap::new();
    for ((exporter, importer, quarter), tally) in &routes {
        looked.count(year_of(*quarter));
        if tally.k < context.settings.missing_least {
            continue;
        }
        let (all, year) = (importers[&(*importer, *quarter)], years[&(*importer, year_of(*quarter))]);
        let others = Tally { n: all.n - tally.n, k: all.k - tally.k };
        let rest = Tally { n: year.n - tally.n, k: year.k - tally.k };
        let of_year = (float(rest.k) + PSEUDO_ROWS * USUAL) / (float(rest.n) + PSEUDO_ROWS);
        let usual = (float(others.k) + PSEUDO_ROWS * of_year) / (float(others.n) + PSEUDO_ROWS);
        let whole = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        let p = tail(whole(tally.k), whole(tally.n), usual, float(context.settings.share_certainty));
        if surprise(p) >= parts(context.settings.missing_chance, 100) {
            out.entry((*exporter, *importer)).or_default().push(Quarter {
                quarter: *quarter,
                tally: *tally,
                others,
                usual,
                p,
            });
        }
    }
    for (route, quarters) in out {
        for story in quarters.chunk_by(|a, b| b.quarter - a.quarter <= 2) {
            looked.signals.push(signal(context, route, story));
        }
    }
    looked
}

fn signal(context: &Context<'_>, (exporter, importer): (Code, Code), story: &[Quarter]) -> Signal {
    let (first, last) = (story[0].quarter, story[story.len() - 1].quarter);
    let since = last_day(first) + super::super::reconcile::days(context.settings.mature_days_least).max(60);
    let mut signal =
        Signal::about(exporter, Some(importer), (first, last), since.min(context.stream.watermark));
    signal.p = story.iter().map(|q| q.p).reduce(f64::min);
    let in_story = |quarter: i32| story.iter().any(|q| q.quarter == quarter);
    signal.certificates = context
        .stream
        .certificates
        .iter()
        .enumerate()
        .filter(|(at, c)| {
            c.exporter == exporter
                && c.importer == importer
                && in_story(c.quarter)
                && context.is_mature(c)
                && !context.is_answered(place(*at))
        })
        .map(|(at, _)| place(at))
        .collect();
    (signal.carats, signal.value) = context.totals(&signal.certificates);
    let (k, n) = story.iter().fold((0, 0), |(k, n), q| (k + q.tally.k, n + q.tally.n));
    let when = span_text(first, last);
    signal.title = format!(
        "{exporter} to {importer}, {when}: {} without a receipt, {} and {}",
        share(k, n),
        ct(signal.carats),
        usd(signal.value)
    );
    signal.question = format!(
        "Did the shipments of these {k} certificates arrive at {importer}, and where are those that did not?"
    );
    signal.arithmetic = story.iter().map(|q| line(context, q)).collect();
    signal.thresholds = vec![
        Threshold::ours("missing, at least", context.settings.missing_least.to_string()),
        Threshold::ours(
            "chance in a quarter below",
            format!("10^-{}", hundredths(context.settings.missing_chance)),
        ),
        Threshold::ours("certainty of the usual share", format!("{} rows", context.settings.share_certainty)),
    ];
    signal.counter_checks = checks(context, importer, story, &signal.certificates);
    let outage = &signal.counter_checks[0];
    if outage.outcome == Outcome::Explains {
        signal.at_most = super::super::signal::Level::Watch;
    }
    signal
}

fn line(context: &Context<'_>, q: &Quarter) -> ArithmeticLine {
    ArithmeticLine::new(
        format!("missing, {}", span_text(q.quarter, q.quarter)),
        format!(
            "P(K >= {}) of {}, usual {} (other routes {}), M = {}",
            q.tally.k,
            q.tally.n,
            percent(q.usual),
            share(q.others.k, q.others.n),
            context.settings.share_certainty
        ),
        chance(q.p),
    )
}

fn checks(context: &Context<'_>, importer: Code, story: &[Quarter], missing: &[u32]) -> Vec<CounterCheck> {
    let (k, n) = story.iter().fold((0, 0), |(k, n), q| (k + q.others.k, n + q.others.n));
    let outage = n > 0 && float(k) / float(n) > 0.25;
    let mut firms: BTreeMap<i64, i64> = BTreeMap::new();
    for at in missing {
        *firms.entry(context.stream.certificate(*at).exporter_firm).or_default() += 1;
    }
    let top = firms.iter().max_by_key(|(firm, count)| (**count, -**firm));
    let numbers: Vec<String> =
        missing.iter().map(|at| context.number(context.stream.certificate(*at).number).to_owned()).collect();
    let elsewhere = context
        .stream
        .confirmations
        .iter()
        .filter(|c| {
            c.importer != importer
                && missing.iter().any(|at| context.stream.certificate(*at).number == c.number)
        })
        .count();
    vec![
        CounterCheck::holds(
            "an outage at the importer",
            format!("on its other routes {} are missing in the same quarters", share(k, n)),
            outage,
        ),
        CounterCheck::holds(
            "named otherwise on arrival",
            format!("{elsewhere} of the numbers were confirmed by another importer"),
            elsewhere > 0,
        ),
        CounterCheck::new(
            "one firm's shipments were cancelled",
            match top {
                Some((firm, count)) => format!(
                    "firm {firm} stands behind {}; numbers: {}",
                    share(*count, missing.len() as i64),
                    short_list(&numbers, 8)
                ),
                None => "no firm is named".to_owned(),
            },
            Outcome::NotKnown,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    /// Steady trade of four; the receipts of A1 to B2 in the second quarter of 2010 are taken away, or all of B2's are.
    fn without(only_from: Option<&str>) -> Small {
        let mut small = Small::steady(&["A1", "B2", "C3", "D4"], 2009..=2011, 8);
        let gone: Vec<String> = small
            .certificates()
            .iter()
            .filter(|c| c.importer.as_str() == "B2" && only_from.is_none_or(|e| c.exporter.as_str() == e))
            .filter(|c| (day("2010-04-01")..day("2010-07-01")).contains(&c.issued))
            .map(|c| c.number.clone())
            .collect();
        small.confirmations().retain(|c| !gone.contains(&c.number));
        small
    }

    #[test]
    fn fires_on_one_route_and_is_silent_on_an_outage_of_the_importer() {
        assert_eq!(
            without(Some("A1")).found("receipts_missing_on_route"),
            ["receipts_missing_on_route:A1-B2:2010-Q2"]
        );
        assert_eq!(without(None).found("receipts_missing_on_route"), [""; 0]);
    }
}
