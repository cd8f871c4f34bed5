//! surge_beside_measure: a neighbour of a participant under measures certified more goods of its own origin while they
//! lasted.
//!
//! Question: where did the neighbour's additional goods come from?
//! Formula: difference in differences: ln(n_during / n_before) less the same of all other producers, by sqrt(1/n + 1/n +
//! 0.22^2); and the movement of the neighbour's prices (against the world's) towards those of the participant under measures
//! before them: D = W1(during, before) - W1(during, mix), the best weight of the mix gives the share.
//! Minimum data: 5 certificates before and during; the table of measures and of neighbours.
//! Thresholds (ours): z above 1.6 and 22 % more; the bar is low since event and border are known. Without the prices' movement
//! it is only watched.
//! Innocent explanations: a rush at the same time; prices; better capture of artisanal output after a reform.
//! Counter-checks: do the prices move towards the other's (foreign goods); do other producers that border on nobody rise too;
//! how much of the lost flow reappears; do they share buyers.
//! An answer must contain: carats by border district; buyers and their books; patrols and seizures at the border.
//! Evidence: the certificates of the time with the highest value.
//! Source: needs L05; Cote d'Ivoire's goods in neighbours' exports under the embargo; detectors D13.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::calendar::{first_day, last_day, quarter_of, quarter_text, year_of};
use super::super::chance::normal::upper_tail;
use super::super::context::Context;
use super::super::rows::{Code, Embargo};
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{chance, ct, decimal, float, percent, rounded, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("surge_beside_measure.rs")));

const LEAST: i64 = 5;
/// Quarters before the measure that are compared with, at most.
const BEFORE: i32 = 8;
/// Weights of the mix that are tried, in twentieths.
const STEPS: u32 = 20;

/// Own-origin certificates of one participant, before and during.
struct Flow {
    before: Vec<u32>,
    during: Vec<u32>,
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    for embargo in &context.rows.embargoes {
        let neighbours = context.rows.members.iter().filter(|m| m.code != embargo.participant).filter(|m| {
            m.neighbours.contains(&embargo.participant)
                || context
                    .rows
                    .members
                    .iter()
                    .any(|e| e.code == embargo.participant && e.neighbours.contains(&m.code))
        });
        for neighbour in neighbours {
            looked.count(year_of(quarter_of(embargo.start)));
            looked.signals.extend(one(context, embargo, neighbour.code));
        }
    }
    looked
}

fn flow(context: &Context<'_>, embargo: &Embargo, is: impl Fn(Code) -> bool) -> Flow {
    let length = (embargo.end - embargo.start + 1).max(1);
    // The same length before, so that counts compare; at most two years.
    let from = embargo.start - length.min(BEFORE * 91);
    let rows = |days: std::ops::RangeInclusive<i32>| -> Vec<u32> {
        (0..context.stream.certificates.len())
            .map(place)
            .filter(|at| {
                let c = context.stream.certificate(*at);
                c.is_own_origin() && is(c.exporter) && days.contains(&c.issued)
            })
            .collect()
    };
    Flow { before: rows(from..=embargo.start - 1), during: rows(embargo.start..=embargo.end) }
}

fn one(context: &Context<'_>, embargo: &Embargo, code: Code) -> Option<Signal> {
    let own = flow(context, embargo, |c| c == code);
    let world = flow(context, embargo, |c| c != code && c != embargo.participant);
    let lost = flow(context, embargo, |c| c == embargo.participant);
    let n = |rows: &[u32]| rows.len() as i64;
    if n(&own.before) < LEAST || n(&own.during) < LEAST || world.before.is_empty() || world.during.is_empty()
    {
        return None;
    }
    let ratio = |flow: &Flow| float(n(&flow.during)) / float(n(&flow.before));
    let log = libm::log(ratio(&own) / ratio(&world));
    let tau = parts(context.settings.surge_tau, 100);
    let z = log / libm::sqrt(1.0 / float(n(&own.before)) + 1.0 / float(n(&own.during)) + tau * tau);
    if z <= parts(context.settings.embargo_z, 100)
        || libm::exp(log) < 1.0 + parts(context.settings.embargo_percent, 100)
    {
        return None;
    }
    let footprint = footprint(context, &own, &lost);
    Some(signal(context, embargo, code, &own, &lost, (log, z), footprint))
}

/// How much nearer the mix is than what was before, and the best weight of the other's goods in it.
fn footprint(context: &Context<'_>, own: &Flow, lost: &Flow) -> Option<(f64, f64)> {
    let prices = |rows: &[u32]| -> Vec<f64> {
        let mut all: Vec<f64> = rows
            .iter()
            .filter_map(|at| context.prices.against_world[*at as usize])
            .map(|p| f64::from(p) / 10_000.0)
            .collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let (before, during, other) = (prices(&own.before), prices(&own.during), prices(&lost.before));
    if before.len() < 20 || during.len() < 20 || other.len() < 20 {
        return None;
    }
    let base = distance(&during, &before, &other, 0.0);
    let best = (1..=STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        .map(|weight| (distance(&during, &before, &other, weight), weight))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(apart, weight)| (base - apart, weight))
}

/// Earth mover's distance between sorted values and the mix of two others by weight.
fn distance(values: &[f64], one: &[f64], other: &[f64], weight: f64) -> f64 {
    let mut at: Vec<f64> = values.iter().chain(one).chain(other).copied().collect();
    at.sort_by(f64::total_cmp);
    let below = |sorted: &[f64], x: f64| {
        float(sorted.partition_point(|v| *v <= x) as i64) / float(sorted.len() as i64)
    };
    at.windows(2)
        .map(|pair| {
            let mixed = (1.0 - weight) * below(one, pair[0]) + weight * below(other, pair[0]);
            libm::fabs(below(values, pair[0]) - mixed) * (pair[1] - pair[0])
        })
        .sum()
}

fn signal(
    context: &Context<'_>,
    embargo: &Embargo,
    code: Code,
    own: &Flow,
    lost: &Flow,
    (log, z): (f64, f64),
    footprint: Option<(f64, f64)>,
) -> Signal {
    let (first, last) = (quarter_of(embargo.start), quarter_of(embargo.end.min(context.stream.watermark)));
    let mut signal = Signal::about(code, None, (first, last), last_day(last).min(context.stream.watermark));
    signal.p = Some(upper_tail(z));
    signal.severity = 3;
    signal.subject = format!("beside-{}", embargo.participant);
    signal.certificates.clone_from(&own.during);
    signal.certificates.sort_by_key(|at| (-context.stream.certificate(*at).value, *at));
    let (carats, value) = context.totals(&own.during);
    let extra = 1.0 - libm::exp(-log);
    (signal.carats, signal.value) = (rounded(float(carats) * extra), rounded(float(value) * extra));
    signal.title = format!(
        "{code} certified {} goods of its own while {} was under measures ({} to {}), {} more than the world's way",
        own.during.len(),
        embargo.participant,
        quarter_text(first),
        quarter_text(last),
        percent(libm::exp(log) - 1.0)
    );
    signal.question = format!(
        "Where did {code}'s additional goods come from while {} might not export?",
        embargo.participant
    );
    let at_stake = ArithmeticLine::new(
        "at stake: what is above the world's way",
        format!("{} and {} x {}", ct(carats), usd(value), percent(extra)),
        usd(signal.value),
    );
    signal.arithmetic = arithmetic(embargo, own, lost, (log, z), footprint);
    signal.arithmetic.push(at_stake);
    signal.thresholds = thresholds(context);
    let buyers = |rows: &[u32]| -> BTreeSet<(Code, i64)> {
        rows.iter().map(|at| context.stream.certificate(*at)).map(|c| (c.importer, c.importer_firm)).collect()
    };
    let (theirs, ours) = (buyers(&lost.before), buyers(&own.during));
    let common = ours.intersection(&theirs).count();
    let moved = footprint.is_some_and(|(nearer, weight)| nearer > 0.02 && weight >= 0.1);
    signal.counter_checks = vec![
        CounterCheck::new(
            "a rush: its own goods, only more",
            if moved {
                "prices moved towards the other's"
            } else {
                "prices did not move towards the other's"
            },
            if moved { Outcome::DoesNotExplain } else { Outcome::Explains },
        ),
        CounterCheck::holds("everybody's certificates rose", "the world's way was taken out", false),
        CounterCheck::new(
            "the same buyers",
            format!("{common} of the other's {} buyers before bought here during", theirs.len()),
            Outcome::NotKnown,
        ),
    ];
    if !moved {
        signal.at_most = Level::Watch;
    }
    debug_assert!(first_day(first) <= embargo.end, "a measure ends after it begins");
    signal
}

fn arithmetic(
    embargo: &Embargo,
    own: &Flow,
    lost: &Flow,
    (log, z): (f64, f64),
    footprint: Option<(f64, f64)>,
) -> Vec<ArithmeticLine> {
    vec![
        ArithmeticLine::new(
            "certificates of own origin, before and during",
            format!("{} ; {}", own.before.len(), own.during.len()),
            format!("x {} against the world", decimal(libm::exp(log))),
        ),
        ArithmeticLine::new(
            "difference in differences",
            format!("z = {}", decimal(z)),
            chance(upper_tail(z)),
        ),
        ArithmeticLine::new(
            format!("prices towards {}'s before", embargo.participant),
            footprint.map_or_else(
                || "fewer than 20 prices".to_owned(),
                |(nearer, weight)| format!("nearer by {} at a share of {}", decimal(nearer), percent(weight)),
            ),
            footprint.map_or_else(
                || "not known".to_owned(),
                |(nearer, _)| if nearer > 0.02 { "moved".to_owned() } else { "not moved".to_owned() },
            ),
        ),
        ArithmeticLine::new(
            format!("{}'s own, before and during", embargo.participant),
            format!("{} ; {}", lost.before.len(), lost.during.len()),
            format!("{} lost", lost.before.len().saturating_sub(lost.during.len())),
        ),
    ]
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("z above", super::super::words::hundredths(context.settings.embargo_z)),
        Threshold::ours("rise, at least", format!("{} %", context.settings.embargo_percent)),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    /// C3 under measures in 2011 and 2012; its certificates of the time leave as B2's own, or stay away.
    fn beside(through_neighbour: bool) -> Vec<String> {
        let mut small = Small::steady(&["A1", "B2", "C3", "D4", "E5"], 2008..=2014, 4);
        small.member("B2", 2003, &["C3"]);
        small.member("C3", 2003, &[]);
        small.embargo("C3", "2011-01-01", "2012-12-31");
        let inside = day("2011-01-01")..day("2013-01-01");
        let b2 = super::super::super::example::code("B2");
        for row in small
            .certificates()
            .iter_mut()
            .filter(|c| c.exporter.as_str() == "C3" && inside.contains(&c.issued))
        {
            if through_neighbour && row.importer != b2 {
                (row.exporter, row.origin) = (b2, b2);
                row.number = row.number.replace("C3", "B2");
            } else {
                row.issued += 800;
            }
        }
        small.found("surge_beside_measure")
    }

    #[test]
    fn fires_where_the_goods_reappear_next_door_and_is_silent_where_they_do_not() {
        assert_eq!(beside(true), ["surge_beside_measure:B2:2011-Q1:beside-C3"]);
        assert_eq!(beside(false), [""; 0]);
    }
}
