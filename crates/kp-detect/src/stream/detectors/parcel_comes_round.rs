//! parcel_comes_round: the same carats go from participant to participant and back, each time at a higher value.
//!
//! Question: is this one parcel, and who gained from each turn?
//! Formula: a certificate follows another if it leaves where the other went, 4 to 45 days later, with carats within 0.45 %,
//! as many parcels, and 1.2 to 25 % more value; the longest such chain that comes back to the same participants every two
//! or three steps. Chance of a link: about 2 in 100 at a million certificates, and of coming round: one in the number of
//! partners; five in a ring about one in a million.
//! Minimum data: 5 certificates, each of 50 ct or more, not industrial.
//! Thresholds (ours): 5 certificates; 0.45 % of carats; 1.2 to 25 % of value; 4 to 45 days.
//! Innocent explanations: goods on consignment that come back; viewings at a tender; standard boxes of equal weight.
//! Counter-checks: does the value rise at every step (what is viewed or returned keeps its value); how many certificates of
//! the route have such carats (standard boxes); is one firm on both ends.
//! An answer must contain: for each step seller, buyer, owner behind them, invoice and payment; where the stones are now.
//! Evidence: the chain, step by step.
//! Source: needs L16 (round trips); FATF 2013; detectors D15.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::written;
use super::super::context::Context;
use super::super::reconcile::days;
use super::super::rows::Code;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::table::{Certificate, log_ratio, place};
use super::super::words::{ct, float, percent, share, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("parcel_comes_round.rs")));

const INDUSTRIAL: u32 = 710_221;
/// Countries after which a chain is back.
const PERIODS: [usize; 2] = [2, 3];

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let rows: Vec<u32> = context
        .stream
        .certificates
        .iter()
        .enumerate()
        .filter(|(_, c)| {
            c.carats >= context.settings.chain_carats_least && c.hs != INDUSTRIAL && c.log_price.is_some()
        })
        .map(|(at, _)| place(at))
        .collect();
    let next = links(context, &rows);
    let mut used = vec![false; context.stream.certificates.len()];
    // Rows come by day, so a chain is found from its first certificate.
    for at in &rows {
        if used[*at as usize] {
            continue;
        }
        let best = PERIODS.iter().map(|period| chain(context, &next, *at, *period)).max_by_key(Vec::len);
        if let Some(best) = best.filter(|chain| chain.len() as i64 >= context.settings.chain_records) {
            best.iter().for_each(|at| used[*at as usize] = true);
            looked.signals.push(signal(context, best));
        }
    }
    looked
}

/// Of each certificate those that may follow it, by day.
fn links(context: &Context<'_>, rows: &[u32]) -> BTreeMap<u32, Vec<u32>> {
    // Carats in logarithmic steps a little wider than what is allowed, so that a match lies in the same step or the next.
    let step = i32::try_from(context.settings.chain_carats_apart + 5).unwrap_or(50);
    let bucket = |c: &Certificate| log_ratio(c.carats, 1).unwrap_or_default().div_euclid(step);
    let mut leaving: BTreeMap<(Code, i32), Vec<u32>> = BTreeMap::new();
    for at in rows {
        let c = context.stream.certificate(*at);
        leaving.entry((c.exporter, bucket(c))).or_default().push(*at);
    }
    let (least, most) = (days(context.settings.chain_days_least), days(context.settings.chain_days_most));
    let mut next = BTreeMap::new();
    for at in rows {
        let c = context.stream.certificate(*at);
        let mut follow: Vec<u32> = Vec::new();
        for near in -1..=1 {
            let Some(candidates) = leaving.get(&(c.importer, bucket(c) + near)) else { continue };
            let from =
                candidates.partition_point(|b| context.stream.certificate(*b).issued < c.issued + least);
            let in_time = candidates[from..]
                .iter()
                .take_while(|b| context.stream.certificate(**b).issued <= c.issued + most);
            follow.extend(in_time.filter(|b| may_follow(context, c, context.stream.certificate(**b))));
        }
        if !follow.is_empty() {
            follow.sort_unstable();
            next.insert(*at, follow);
        }
    }
    next
}

fn may_follow(context: &Context<'_>, one: &Certificate, other: &Certificate) -> bool {
    let settings = context.settings;
    let apart = log_ratio(other.carats, one.carats).map_or(i64::MAX, |log| i64::from(log.abs()));
    let rise = (i128::from(other.value) - i128::from(one.value)) * 10_000 / i128::from(one.value.max(1));
    apart <= settings.chain_carats_apart
        && other.parcels == one.parcels
        && (i128::from(settings.chain_rise_least)..=i128::from(settings.chain_rise_most)).contains(&rise)
}

/// The longest chain from a certificate on whose countries repeat after so many steps.
fn chain(context: &Context<'_>, next: &BTreeMap<u32, Vec<u32>>, start: u32, period: usize) -> Vec<u32> {
    let mut longest = vec![start];
    let mut open = vec![vec![start]];
    // Bounded: links are few, and what is longer than a hundred steps is cut there.
    let mut steps = 0;
    while let Some(chain) = open.pop() {
        steps += 1;
        if chain.len() > longest.len() {
            longest.clone_from(&chain);
        }
        if steps > 2000 || chain.len() > 100 {
            break;
        }
        let Some(follow) = chain.last().and_then(|last| next.get(last)) else { continue };
        for at in follow.iter().rev() {
            let exporter = context.stream.certificate(*at).exporter;
            let back = chain.len().checked_sub(period).map(|i| context.stream.certificate(chain[i]).exporter);
            let fresh = || chain.iter().all(|c| context.stream.certificate(*c).exporter != exporter);
            if back.map_or_else(fresh, |code| code == exporter) {
                let mut longer = chain.clone();
                longer.push(*at);
                open.push(longer);
            }
        }
    }
    longest
}

fn signal(context: &Context<'_>, chain: Vec<u32>) -> Signal {
    let of = |at: usize| context.stream.certificate(chain[at]);
    let (first, last) = (of(0), of(chain.len() - 1));
    let since = of(usize::try_from(context.settings.chain_records).unwrap_or(5).min(chain.len()) - 1).issued;
    let mut signal =
        Signal::about(first.exporter, Some(first.importer), (first.quarter, last.quarter), since);
    signal.subject = context.number(first.number).to_owned();
    signal.carats = first.carats;
    signal.value = last.value;
    let gain = float(last.value) / float(first.value.max(1)) - 1.0;
    let way: Vec<&str> = chain
        .iter()
        .map(|at| context.stream.certificate(*at).exporter.as_str())
        .chain([last.importer.as_str()])
        .collect();
    signal.title = format!(
        "{} go {}: {} certificates from {} to {}, value up {}",
        ct(first.carats),
        way.join(" > "),
        chain.len(),
        usd(first.value),
        usd(last.value),
        percent(gain)
    );
    signal.question =
        format!("Are these {} certificates one parcel, and what was added to it at each step?", chain.len());
    signal.arithmetic = (1..chain.len())
        .map(|at| {
            let (one, other) = (of(at - 1), of(at));
            ArithmeticLine::new(
                format!("step {at}, {} to {}, {}", other.exporter, other.importer, written(other.issued)),
                format!(
                    "{} after {}; {} after {}; {} days",
                    ct(other.carats),
                    ct(one.carats),
                    usd(other.value),
                    usd(one.value),
                    other.issued - one.issued
                ),
                percent(float(other.value) / float(one.value.max(1)) - 1.0),
            )
        })
        .collect();
    signal.thresholds = vec![
        Threshold::ours("certificates, at least", context.settings.chain_records.to_string()),
        Threshold::ours(
            "carats apart, at most",
            format!("{} in ten thousand", context.settings.chain_carats_apart),
        ),
        Threshold::ours(
            "value up at each step",
            format!(
                "{} to {} in ten thousand",
                context.settings.chain_rise_least, context.settings.chain_rise_most
            ),
        ),
    ];
    signal.counter_checks = checks(context, first, &chain);
    signal.certificates = chain;
    signal.weighed()
}

fn checks(context: &Context<'_>, first: &Certificate, chain: &[u32]) -> Vec<CounterCheck> {
    let mut alike = (0_i64, 0_i64);
    for c in context
        .stream
        .certificates
        .iter()
        .filter(|c| c.exporter == first.exporter && c.importer == first.importer)
    {
        alike.1 += 1;
        alike.0 += i64::from(
            log_ratio(c.carats, first.carats)
                .is_some_and(|log| i64::from(log.abs()) <= context.settings.chain_carats_apart),
        );
    }
    let own = chain
        .iter()
        .filter(|at| {
            context.stream.certificate(**at).exporter == first.exporter
                && context.stream.certificate(**at).importer == first.importer
        })
        .count();
    let others = alike.0 - own as i64;
    let mut firms: Vec<(Code, i64)> = chain
        .iter()
        .map(|at| context.stream.certificate(*at))
        .map(|c| (c.exporter, c.exporter_firm))
        .collect();
    firms.sort_unstable();
    firms.dedup();
    vec![
        CounterCheck::holds(
            "consignment, return or viewing: the value stays",
            "the value rises at every step",
            false,
        ),
        CounterCheck::holds(
            "standard boxes of equal weight",
            format!("besides the chain {} of the route have such carats", share(others, alike.1)),
            others > 20 && others * 10 > alike.1,
        ),
        CounterCheck::new(
            "the same owners behind both ends",
            format!("{} firms sent the {} certificates", firms.len(), chain.len()),
            Outcome::NotKnown,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    /// 300 ct between A1 and B2, six times, 5 % dearer each time or at one value.
    fn ring(percent: i64) -> Small {
        let mut small = Small::default();
        let (mut value, mut issued) = (900_000_00_i64, day("2010-01-10"));
        for step in 0..6 {
            let (from, to) = if step % 2 == 0 { ("A1", "B2") } else { ("B2", "A1") };
            let on = super::super::super::day_text(issued);
            small.certificate(&format!("{from}-{step:08}"), from, to, &on, 300_00 + step, value);
            small.received();
            value += value * percent / 100;
            issued += 20;
        }
        small
    }

    #[test]
    fn fires_on_a_rising_ring_and_is_silent_where_the_value_stays() {
        assert_eq!(ring(5).found("parcel_comes_round"), ["parcel_comes_round:A1-B2:2010-Q1:A1-00000000"]);
        assert_eq!(ring(0).found("parcel_comes_round"), [""; 0]);
    }
}
