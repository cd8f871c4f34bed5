//! revalued_in_corridor: a participant's goods leave for one firm abroad far below its usual price, and the firm sends goods on
//! far above what they came in at.
//!
//! Question: are these the same goods, and who gained between the two certificates?
//! Formula: over four quarters: fall = mean of ln price, all classes together, on the way in to the firm less the exporter's to
//! everybody else; rise = mean ln price of what the firm sends on less that of what it took in, less the same of the other
//! firms there, if there are any. Chance: the larger of the two contrasts' (both must hold).
//! Minimum data: 6 certificates in and 6 on, in four quarters, with firms named.
//! Thresholds (ours): fall and rise by a factor of 2 each.
//! Innocent explanations: a buyer of low goods who also trades in better ones; sorting; goods for industry and goods for
//! jewels under one roof.
//! Counter-checks: is the class other on the way in than on the way on; do the firm's other suppliers explain what it sends on
//! (carats in from elsewhere); did the carats of the corridor suffice for what was sent on.
//! An answer must contain: the invoices of both ways; the lots and what was done to them; the owners on both ends.
//! Evidence: the certificates in, then those on.
//! Source: needs L04, L15, L17 and L38 (the shape of Guinea and Lebanon, 2007 to 2009).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text, year_of};
use super::super::chance::contrast::{Sums, means, normal_equivalent};
use super::super::chance::normal::{surprise, upper_tail};
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, decimal, float, per_carat, rounded, times, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("revalued_in_corridor.rs")));

const QUARTERS: i32 = 4;
/// Minus log10 of the chance of each contrast, at least: every route, firm and year is tried.
const SURPRISE: f64 = 6.0;

/// Price sums by quarter.
type Series = BTreeMap<i32, Sums>;

#[derive(Default)]
struct Tables {
    /// Into a firm from one exporter; the rows beside.
    ways: BTreeMap<(Code, Code, i64), (Series, Vec<u32>)>,
    /// All of an exporter's, all of a participant's imports and exports, all of a firm's, with rows.
    exporters: BTreeMap<Code, Series>,
    imports: BTreeMap<Code, Series>,
    firms: BTreeMap<(Code, i64), (Series, Vec<u32>)>,
}

/// One corridor in four quarters.
struct Best {
    first: i32,
    fall: f64,
    rise: f64,
    n: (i64, i64),
    p: (f64, f64),
}

fn over(series: Option<&Series>, first: i32) -> Sums {
    series.map_or_else(Sums::default, |s| {
        s.range(first..first + QUARTERS).map(|(_, sums)| *sums).fold(Sums::default(), Sums::plus)
    })
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let tables = tables(context);
    for ((from, via, firm), (way, rows)) in &tables.ways {
        let Some((onward, on_rows)) = tables.firms.get(&(*via, *firm)) else { continue };
        if (rows.len() as i64) < context.settings.corridor_least
            || (on_rows.len() as i64) < context.settings.corridor_least
        {
            continue;
        }
        let mut best: Option<Best> = None;
        for first in way.keys() {
            looked.count(year_of(*first));
            let found = corridor(context, &tables, (*from, *via), (way, onward), *first);
            if let Some(found) = found
                && best.as_ref().is_none_or(|b| found.p.0.max(found.p.1) < b.p.0.max(b.p.1))
            {
                best = Some(found);
            }
        }
        if let Some(best) = best {
            looked.signals.push(signal(context, (*from, *via, *firm), &best, (rows, on_rows)));
        }
    }
    looked
}

fn tables(context: &Context<'_>) -> Tables {
    let mut tables = Tables::default();
    for (at, c) in context.stream.certificates.iter().enumerate() {
        // What a price is in its time: the world's movement within the class is not taken out, the class is the question.
        let Some(price) = c.log_price else { continue };
        let add = |series: &mut Series| series.entry(c.quarter).or_default().add(price);
        add(tables.exporters.entry(c.exporter).or_default());
        add(tables.imports.entry(c.importer).or_default());
        if c.importer_firm != 0 {
            let (series, rows) = tables.ways.entry((c.exporter, c.importer, c.importer_firm)).or_default();
            add(series);
            rows.push(place(at));
        }
        if c.exporter_firm != 0 {
            let (series, rows) = tables.firms.entry((c.exporter, c.exporter_firm)).or_default();
            add(series);
            rows.push(place(at));
        }
    }
    tables
}

fn corridor(
    context: &Context<'_>,
    tables: &Tables,
    (from, via): (Code, Code),
    (way, onward): (&Series, &Series),
    first: i32,
) -> Option<Best> {
    let (into, on) = (over(Some(way), first), over(Some(onward), first));
    let least = context.settings.corridor_least;
    if into.n < least || on.n < least {
        return None;
    }
    let others = over(tables.exporters.get(&from), first).less(into);
    let (there_in, there_out) =
        (over(tables.imports.get(&via), first), over(tables.exporters.get(&via), first).less(on));
    if others.n < least {
        return None;
    }
    let fall = into.mean() - others.mean();
    // Where nobody else there sends goods on, no uplift is usual, and the firm is held against what it took in.
    let alone = there_out.n < least;
    let usual = if alone { 0.0 } else { there_out.mean() - there_in.mean() };
    let rise = on.mean() - into.mean() - usual;
    if fall > -parts(context.settings.corridor_fall, 10_000)
        || rise < parts(context.settings.corridor_rise, 10_000)
    {
        return None;
    }
    let floor = parts(context.settings.shift_floor, 10_000);
    let p_fall = upper_tail(-normal_equivalent(means(into, others, floor)?, float(into.n + others.n - 2)));
    let beside = if alone { into } else { there_out };
    let p_rise = upper_tail(normal_equivalent(means(on, beside, floor)?, float(on.n + beside.n - 2)));
    (surprise(p_fall.max(p_rise)) >= SURPRISE).then_some(Best {
        first,
        fall,
        rise,
        n: (into.n, on.n),
        p: (p_fall, p_rise),
    })
}

fn signal(
    context: &Context<'_>,
    (from, via, firm): (Code, Code, i64),
    best: &Best,
    (rows, on_rows): (&[u32], &[u32]),
) -> Signal {
    let last = best.first + QUARTERS - 1;
    let inside = |rows: &[u32]| -> Vec<u32> {
        rows.iter()
            .copied()
            .filter(|at| (best.first..=last).contains(&context.stream.certificate(*at).quarter))
            .collect()
    };
    let (into, on) = (inside(rows), inside(on_rows));
    let mut signal =
        Signal::about(from, Some(via), (best.first, last), last_day(last).min(context.stream.watermark));
    signal.firm = Some(firm);
    signal.p = Some(best.p.0.max(best.p.1));
    signal.severity = 3;
    let ((carats_in, value_in), (carats_on, value_on)) = (context.totals(&into), context.totals(&on));
    signal.carats = carats_in;
    signal.value = rounded(float(value_in) * (libm::exp(-best.fall) - 1.0));
    let when = span_text(best.first, last);
    signal.title = format!(
        "{from} to {via}, firm {firm}, {when}: {} in at {} ({} {from}'s others), {} on at {}",
        ct(carats_in),
        per_carat(value_in, carats_in),
        times(best.fall),
        ct(carats_on),
        per_carat(value_on, carats_on)
    );
    signal.question = format!(
        "Are the goods that firm {firm} sent on from {via} in {when} those that came from {from}, and who gained between?"
    );
    signal.arithmetic = vec![
        ArithmeticLine::new(
            format!("{from} to the firm, {} certificates", best.n.0),
            format!("{} for {}", usd(value_in), ct(carats_in)),
            per_carat(value_in, carats_in),
        ),
        ArithmeticLine::new(
            "fall against the exporter's other goods, all classes",
            format!("mean of ln price moved by {}", decimal(best.fall)),
            format!("{}, {}", times(best.fall), chance(best.p.0)),
        ),
        ArithmeticLine::new(
            format!("the firm's own exports, {} certificates", best.n.1),
            format!("{} for {}", usd(value_on), ct(carats_on)),
            per_carat(value_on, carats_on),
        ),
        ArithmeticLine::new(
            "rise from in to on, beyond what is usual there",
            format!("mean of ln price moved by {}", decimal(best.rise)),
            format!("{}, {}", times(best.rise), chance(best.p.1)),
        ),
        ArithmeticLine::new(
            "value missing on the way in",
            format!("{} x ({} - 1)", usd(value_in), times(-best.fall)),
            usd(signal.value),
        ),
    ];
    signal.thresholds = thresholds(context);
    signal.counter_checks = checks(context, (from, via, firm), &into, &on, best.first);
    signal.certificates = into.into_iter().chain(on).collect();
    signal.weighed()
}

fn checks(
    context: &Context<'_>,
    (from, via, firm): (Code, Code, i64),
    into: &[u32],
    on: &[u32],
    first: i32,
) -> Vec<CounterCheck> {
    let gem = |rows: &[u32]| rows.iter().filter(|at| context.stream.certificate(**at).hs == 710_231).count();
    let elsewhere: i64 = context
        .stream
        .certificates
        .iter()
        .filter(|c| {
            c.importer == via
                && c.importer_firm == firm
                && c.exporter != from
                && (first - 1..first + QUARTERS).contains(&c.quarter)
        })
        .map(|c| c.carats)
        .sum();
    let ((carats_in, _), (carats_on, _)) = (context.totals(into), context.totals(on));
    vec![
        CounterCheck::new(
            "industrial in, gem on",
            format!("gems: {} of {} certificates in, {} of {} on", gem(into), into.len(), gem(on), on.len()),
            Outcome::NotKnown,
        ),
        CounterCheck::holds(
            "the firm's other suppliers",
            format!("{} came from elsewhere; {} were sent on", ct(elsewhere), ct(carats_on)),
            elsewhere > 3 * carats_on && elsewhere > 3 * carats_in,
        ),
        CounterCheck::new(
            "carats that suffice",
            format!("{} from {from}, {} sent on", ct(carats_in), ct(carats_on)),
            Outcome::NotKnown,
        ),
    ]
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("fall, at least", times(parts(context.settings.corridor_fall, 10_000))),
        Threshold::ours("rise, at least", times(parts(context.settings.corridor_rise, 10_000))),
        Threshold::ours("chance of each below", format!("10^-{SURPRISE}")),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    /// In 2010 A1's goods for firm 2 at B2 leave at a fifth, and firm 2 sends its goods on at three times the value.
    fn corridor(down: i64, up: i64) -> Vec<String> {
        let mut small = Small::steady(&["A1", "B2", "C3"], 2009..=2011, 16);
        for row in small
            .certificates()
            .iter_mut()
            .filter(|c| (day("2010-01-01")..day("2011-01-01")).contains(&c.issued))
        {
            if row.exporter.as_str() == "A1" && row.importer.as_str() == "B2" && row.importer_firm == 2 {
                row.value /= down;
            }
            if row.exporter.as_str() == "B2" && row.exporter_firm == 2 {
                row.value *= up;
            }
        }
        small.found("revalued_in_corridor")
    }

    #[test]
    fn fires_on_both_ways_and_is_silent_on_one_alone() {
        assert_eq!(corridor(5, 3), ["revalued_in_corridor:A1-B2-firm2:2010-Q1"]);
        assert_eq!(corridor(1, 3), [""; 0]);
        assert_eq!(corridor(5, 1), [""; 0]);
    }
}
