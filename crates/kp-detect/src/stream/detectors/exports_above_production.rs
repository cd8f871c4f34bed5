//! exports_above_production: over two years a producer certified more goods of its own origin than it declared to have
//! mined or taken from stock.
//!
//! Question: where did the difference come from?
//! Formula: own-origin carats certified in four halves / (production declared in them + fall of declared stock).
//! Minimum data: declared production for four halves; 1,000 ct.
//! Thresholds (ours): 105 %; the excess at least 1,000 ct. Halves that overlap are one question.
//! Innocent explanations: stock released; a return that comes late or is revised; goods of others sorted here and certified
//! as own by mistake.
//! Counter-checks: did the declared stock fall (it is counted in); is a half's return missing; is the unit value of
//! production that of the exports (|ln| above 0.5: other goods).
//! An answer must contain: production by mine and half with its papers; stock at both ends; the register of purchases.
//! Evidence: the series of both; the rows are the exporter's own certificates of the halves.
//! Source: needs L03 and L04; Republic of Congo 2004; detectors D16 (a), (b); (c) and (d) are production_surge and
//! duplicated_carats over declared production.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{last_day, span_text};
use super::super::context::Context;
use super::super::rows::Code;
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Looked, Outcome, Signal};
use super::super::words::{ct, float, per_carat, percent, rounded, share, times};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("exports_above_production.rs")));

const HALVES: i32 = 4;
const LEAST: i64 = 100_000;

/// Carats and value.
type Amounts = (i64, i64);

/// Four halves, the last of which is named: years times two plus one for the second.
#[derive(Debug, Clone, Copy)]
struct Window {
    last: i32,
    exported: Amounts,
    made: Amounts,
    fall: i64,
}

impl Window {
    fn excess(&self) -> i64 {
        self.exported.0 - self.made.0 - self.fall
    }
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let (mut exported, mut made) =
        (BTreeMap::<(Code, i32), Amounts>::new(), BTreeMap::<(Code, i32), Amounts>::new());
    for c in context.stream.certificates.iter().filter(|c| c.is_own_origin()) {
        let (carats, value) = exported.entry((c.exporter, c.quarter.div_euclid(2))).or_default();
        (*carats, *value) = (*carats + c.carats, *value + c.value);
    }
    for p in &context.rows.production {
        let (carats, value) = made.entry((p.participant, p.year * 2 + p.half - 1)).or_default();
        (*carats, *value) = (*carats + p.carats, *value + p.value);
    }
    let mut producers: Vec<Code> = made.keys().map(|(code, _)| *code).collect();
    producers.dedup();
    for code in producers {
        let halves: Vec<i32> =
            made.range((code, i32::MIN)..=(code, i32::MAX)).map(|((_, half), _)| *half).collect();
        let (Some(first), Some(last)) = (halves.first(), halves.last()) else { continue };
        let windows =
            (first + HALVES - 1..=*last).filter_map(|half| window(context, code, half, &exported, &made));
        let out: Vec<Window> = windows.collect();
        for story in out.chunk_by(|a, b| b.last - a.last <= HALVES) {
            looked.signals.push(signal(context, code, story, &made));
        }
    }
    looked
}

fn window(
    context: &Context<'_>,
    code: Code,
    last: i32,
    exported: &BTreeMap<(Code, i32), Amounts>,
    made: &BTreeMap<(Code, i32), Amounts>,
) -> Option<Window> {
    let sum = |map: &BTreeMap<(Code, i32), Amounts>| {
        map.range((code, last - HALVES + 1)..=(code, last))
            .fold((0, 0), |(c, v), (_, (carats, value))| (c + carats, v + value))
    };
    let years = (last - HALVES + 1).div_euclid(2)..=last.div_euclid(2);
    let fall: i64 = context
        .rows
        .stocks
        .iter()
        .filter(|s| s.participant == code && years.contains(&s.year))
        .map(|s| s.opening - s.closing)
        .sum();
    let window = Window { last, exported: sum(exported), made: sum(made), fall: fall.max(0) };
    let above = float(window.exported.0)
        > parts(context.settings.plausible_percent, 100) * float(window.made.0 + window.fall);
    (above && window.excess() >= LEAST).then_some(window)
}

fn signal(
    context: &Context<'_>,
    code: Code,
    story: &[Window],
    made: &BTreeMap<(Code, i32), Amounts>,
) -> Signal {
    let worst = story.iter().max_by_key(|w| (w.excess(), -w.last)).unwrap_or(&story[0]);
    let first = (worst.last - HALVES + 1) * 2;
    let last = worst.last * 2 + 1;
    let since = last_day(story[0].last * 2 + 1).min(context.stream.watermark);
    let mut signal = Signal::about(code, None, (first, last), since);
    signal.severity = 3;
    signal.carats = worst.excess();
    signal.value = rounded(float(worst.excess()) * float(worst.exported.1) / float(worst.exported.0.max(1)));
    let when = span_text(first, last);
    let ratio = float(worst.exported.0) / float((worst.made.0 + worst.fall).max(1));
    signal.title = format!(
        "{code}, {when}: {} of own origin certified, {} declared as mined and {} from stock",
        ct(worst.exported.0),
        ct(worst.made.0),
        ct(worst.fall)
    );
    signal.question = format!(
        "Where did the {} come from that {code} certified as its own in {when} beyond what it declared?",
        ct(worst.excess())
    );
    signal.arithmetic = vec![
        ArithmeticLine::new(
            "own-origin exports by production and fall of stock",
            format!("{} / ({} + {})", ct(worst.exported.0), ct(worst.made.0), ct(worst.fall)),
            percent(ratio),
        ),
        ArithmeticLine::new(
            "excess",
            format!("{} - {} - {}", ct(worst.exported.0), ct(worst.made.0), ct(worst.fall)),
            ct(worst.excess()),
        ),
    ];
    signal.thresholds = thresholds(context);
    let returned = (worst.last - HALVES + 1..=worst.last)
        .filter(|half| made.contains_key(&(code, *half)))
        .count() as i64;
    let price = libm::log(
        (float(worst.exported.1) / float(worst.exported.0.max(1)))
            / (float(worst.made.1.max(1)) / float(worst.made.0.max(1))),
    );
    let apart = libm::fabs(price) > parts(context.settings.plausible_price, 10_000);
    signal.counter_checks = vec![
        CounterCheck::holds(
            "stock released",
            format!("declared stock fell by {}, which is counted in", ct(worst.fall)),
            false,
        ),
        CounterCheck::holds(
            "a return that is missing",
            format!("{} halves returned", share(returned, i64::from(HALVES))),
            returned < i64::from(HALVES),
        ),
        CounterCheck::new(
            "other goods",
            format!(
                "production {}, exports {} ({})",
                per_carat(worst.made.1, worst.made.0),
                per_carat(worst.exported.1, worst.exported.0),
                times(price)
            ),
            if apart { Outcome::NotKnown } else { Outcome::DoesNotExplain },
        ),
    ];
    signal.weighed()
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours("above", format!("{} %", context.settings.plausible_percent)),
        Threshold::ours("excess, at least", ct(LEAST)),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    fn declared(carats: i64) -> Vec<String> {
        let mut small = Small::default();
        for (serial, (year, half)) in [(2009, 1), (2009, 2), (2010, 1), (2010, 2)].into_iter().enumerate() {
            let month = if half == 1 { "03" } else { "09" };
            small.certificate(
                &format!("A1-0000000{serial}"),
                "A1",
                "B2",
                &format!("{year}-{month}-05"),
                5_000_00,
                400_000_00,
            );
            small.received();
            small.production("A1", year, half, carats, carats * 80);
        }
        small.found("exports_above_production")
    }

    #[test]
    fn fires_on_a_quarter_more_than_declared_and_is_silent_within_a_few_percent() {
        assert_eq!(declared(4_000_00), ["exports_above_production:A1:2009-Q1"]);
        assert_eq!(declared(4_900_00), [""; 0]);
    }
}
