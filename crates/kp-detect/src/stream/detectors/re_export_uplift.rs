//! re_export_uplift: what leaves a hub is worth far more a carat than what came in, more than is usual there.
//!
//! Question: what was done to the goods between coming and going?
//! Formula: U = carat-weighted median of ln price out in the quarter less that in over the quarter and the one before, of mixed
//! origin, by class; against the hub's own history: (U - median) / (1.4826 MAD, at least 0.05).
//! Minimum data: 30 certificates in and 30 out; 8 quarters of history.
//! Thresholds (ours): 4 robust deviations, and U above ln 1.25. Quarters at most two apart are one question.
//! Innocent explanations: sorting and bundling (a steady uplift of 10 to 25 %); cheap goods kept for cutting; a turn of prices
//! between coming and going.
//! Counter-checks: is the uplift steady (its own median is taken out); do fewer carats leave than came (cheap goods kept);
//! did the world's prices turn; is one firm behind it.
//! An answer must contain: the lots in and out with what was sorted or cut; the firms; the destinations.
//! Evidence: the certificates out with the highest value.
//! Source: needs L37 and L38; valuation at trading hubs (FATF 2013); detectors D17.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text, year_of};
use super::super::chance::normal::upper_tail;
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, decimal, float, percent, rounded, share, times, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("re_export_uplift.rs")));

const LEAST: usize = 30;
const HISTORY: usize = 8;
const SPREAD: f64 = 0.05;

/// One hub's quarter and class.
#[derive(Debug, Clone, Copy)]
struct Point {
    quarter: i32,
    /// Logarithms.
    uplift: f64,
    carats_in: i64,
    carats_out: i64,
}

type Hub = (Code, u32);

#[derive(Default)]
struct Flows {
    into: BTreeMap<(Hub, i32), Vec<(i32, i64)>>,
    out: BTreeMap<(Hub, i32), Vec<(i32, i64)>>,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let mut flows = Flows::default();
    for c in &context.stream.certificates {
        let Some(price) = c.log_price else { continue };
        flows.into.entry(((c.importer, c.hs), c.quarter)).or_default().push((price, c.carats));
        if !c.is_own_origin() {
            flows.out.entry(((c.exporter, c.hs), c.quarter)).or_default().push((price, c.carats));
        }
    }
    let mut hubs: BTreeMap<Hub, Vec<Point>> = BTreeMap::new();
    for ((hub, quarter), out) in &flows.out {
        let into: Vec<(i32, i64)> = [quarter - 1, *quarter]
            .iter()
            .filter_map(|q| flows.into.get(&(*hub, *q)))
            .flatten()
            .copied()
            .collect();
        if out.len() >= LEAST && into.len() >= LEAST {
            let carats = |rows: &[(i32, i64)]| rows.iter().map(|row| row.1).sum();
            let uplift = f64::from(weighted_median(out) - weighted_median(&into)) / 10_000.0;
            hubs.entry(*hub).or_default().push(Point {
                quarter: *quarter,
                uplift,
                carats_in: carats(&into),
                carats_out: carats(out),
            });
        }
    }
    for (hub, points) in hubs.iter().filter(|(_, points)| points.len() > HISTORY) {
        let mut values: Vec<f64> = points.iter().map(|p| p.uplift).collect();
        let usual = middle(&mut values);
        let spread = (1.4826 * middle(&mut values.iter().map(|u| libm::fabs(u - usual)).collect::<Vec<_>>()))
            .max(SPREAD);
        points.iter().for_each(|p| looked.count(year_of(p.quarter)));
        let far = |p: &&Point| {
            let z = (p.uplift - usual) / spread;
            z > parts(context.settings.uplift_z, 100)
                && p.uplift > parts(context.settings.uplift_least, 10_000)
        };
        let out: Vec<Point> = points.iter().filter(far).copied().collect();
        for story in out.chunk_by(|a, b| b.quarter - a.quarter <= 2) {
            looked.signals.push(signal(context, *hub, story, (usual, spread)));
        }
    }
    looked
}

fn middle(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The price below which half of the carats lie.
fn weighted_median(rows: &[(i32, i64)]) -> i32 {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let half = rows.iter().map(|row| i128::from(row.1)).sum::<i128>() / 2;
    let mut sum = 0_i128;
    rows.iter()
        .find(|row| {
            sum += i128::from(row.1);
            sum > half
        })
        .map_or(0, |row| row.0)
}

fn signal(context: &Context<'_>, (code, hs): Hub, story: &[Point], (usual, spread): (f64, f64)) -> Signal {
    let (first, last) = (story[0].quarter, story[story.len() - 1].quarter);
    let worst =
        story.iter().copied().reduce(|a, b| if b.uplift > a.uplift { b } else { a }).unwrap_or(story[0]);
    let z = (worst.uplift - usual) / spread;
    let mut signal = Signal::about(code, None, (first, last), last_day(first).min(context.stream.watermark));
    signal.subject = hs.to_string();
    // The deviation rests on a median of few quarters: its chance is taken at three quarters of its size.
    signal.p = Some(upper_tail(0.75 * z));
    let inside = |at: &u32| {
        let c = context.stream.certificate(*at);
        c.exporter == code && c.hs == hs && !c.is_own_origin() && (first..=last).contains(&c.quarter)
    };
    let mut rows: Vec<u32> = (0..context.stream.certificates.len()).map(place).filter(inside).collect();
    rows.sort_by_key(|at| (-context.stream.certificate(*at).value, *at));
    let (carats, value) = context.totals(&rows);
    let extra = 1.0 - libm::exp(usual - worst.uplift);
    (signal.carats, signal.value) = (carats, rounded(float(value) * extra));
    let when = span_text(first, last);
    signal.title = format!(
        "{code}, {hs}, {when}: goods leave at {} what came in, where {} is usual",
        times(worst.uplift),
        times(usual)
    );
    signal.question =
        format!("What was done to the goods of class {hs} at {code} in {when} before they left?");
    signal.arithmetic = vec![
        ArithmeticLine::new(
            "uplift of the worst quarter",
            format!("{} against {} usual, spread {}", decimal(worst.uplift), decimal(usual), decimal(spread)),
            format!("z = {}, {}", decimal(z), chance(upper_tail(0.75 * z))),
        ),
        ArithmeticLine::new(
            "value above the usual uplift",
            format!("{} x {}", usd(value), percent(extra)),
            usd(signal.value),
        ),
    ];
    signal.thresholds = thresholds(context);
    let mut firms: BTreeMap<i64, i64> = BTreeMap::new();
    for c in rows.iter().map(|at| context.stream.certificate(*at)) {
        *firms.entry(c.exporter_firm).or_default() += c.value;
    }
    let top =
        firms.iter().max_by_key(|(firm, value)| (**value, -**firm)).map(|(firm, value)| (*firm, *value));
    signal.counter_checks = vec![
        CounterCheck::holds(
            "sorting, which is steady",
            format!("its own usual uplift of {} is taken out", times(usual)),
            false,
        ),
        CounterCheck::new(
            "cheap goods kept for cutting",
            format!("{} came, {} left", ct(worst.carats_in), ct(worst.carats_out)),
            if worst.carats_out * 3 < worst.carats_in { Outcome::NotKnown } else { Outcome::DoesNotExplain },
        ),
        CounterCheck::new(
            "one firm",
            top.map_or_else(String::new, |(firm, own)| {
                format!("firm {firm} stands for {} of the value", share(own / 100, value / 100))
            }),
            Outcome::NotKnown,
        ),
    ];
    // One quarter can be one great parcel: an alert needs two.
    if story.len() < 2 {
        signal.at_most = Level::Watch;
    }
    // A hub's quarter holds hundreds of rows that are nobody's in particular: they stay evidence of the sum only.
    rows.truncate(12);
    signal.certificates = rows;
    signal
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("deviations above", super::super::words::hundredths(context.settings.uplift_z)),
        Threshold::ours("uplift above", times(parts(context.settings.uplift_least, 10_000))),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    /// Goods leave B2 as of mixed origin, in one half-year at twice the value.
    fn dearer(factor: i64) -> Vec<String> {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2008..=2012, 20);
        for row in small.certificates().iter_mut().filter(|c| c.exporter.as_str() == "B2") {
            row.origin = super::super::super::Code::MIXED;
            if (day("2010-04-01")..day("2010-10-01")).contains(&row.issued) {
                row.value *= factor;
            }
        }
        small.found("re_export_uplift")
    }

    #[test]
    fn fires_on_twice_the_value_and_is_silent_on_the_usual() {
        assert_eq!(dearer(2), ["re_export_uplift:B2:2010-Q2:710231"]);
        assert_eq!(dearer(1), [""; 0]);
    }
}
