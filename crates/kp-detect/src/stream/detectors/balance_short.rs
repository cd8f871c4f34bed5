//! balance_short: more left a participant or lies in its stock than was there.
//!
//! Question: which of the five numbers is wrong, or where did the goods come from?
//! Formula: R = opening + production + imports - exports - closing, by year; imports are the larger of what was confirmed and
//! what was certified inbound, so that a missing receipt counts for the participant. R above nothing is use at home. Asked
//! where R / supply is below -3 %, or where it lies 5 robust deviations below the participant's own history and below 2 %
//! (use at home would hide a part).
//! Minimum data: opening and closing stock declared; for the second, 6 years of history.
//! Thresholds (ours): 3 % of supply, since unconfirmed imports alone reach 2 to 3 %; 5 deviations.
//! Innocent explanations: a confirmation that is missing; stock not declared at joining; parcels returned; a fiscal year that
//! is not the calendar's; carats rounded.
//! Counter-checks: is the opening stock nothing or other than the last closing; how much do certificates without a receipt
//! make; does the next year give back as much (a cut at the year's end); which single number would close it most easily.
//! An answer must contain: the five numbers with their papers; the count of stock; the list of inbound certificates.
//! Evidence: the largest inbound certificates without a receipt.
//! Source: needs L03 and L38; Republic of Congo 2004, Lebanon 2009; detectors D11.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{civil, first_day, last_day};
use super::super::context::Context;
use super::super::rows::{Code, StockLine};
use super::super::settings::parts;
use super::super::signal::{CounterCheck, Level, Looked, Outcome, Signal};
use super::super::table::place;
use super::super::words::{ct, decimal, float, percent, rounded};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("balance_short.rs")));

const HISTORY: usize = 6;
const DEVIATIONS: f64 = 5.0;
const BELOW: f64 = 0.02;
/// A spread of R / supply that is assumed at least: a year-end falls within a shipment.
const SPREAD: f64 = 0.006;
/// Supply below this, in hundredths of carats, is left alone.
const LEAST: i64 = 100_000;

/// One participant's year.
#[derive(Debug, Clone, Copy)]
struct Year {
    stock: StockLine,
    production: i64,
    confirmed: i64,
    certified: i64,
    exports: i64,
    /// Value of the exports, cents.
    value: i64,
}

impl Year {
    fn imports(&self) -> i64 {
        self.confirmed.max(self.certified)
    }

    fn supply(&self) -> i64 {
        self.stock.opening + self.production + self.imports()
    }

    fn rest(&self) -> i64 {
        self.supply() - self.exports - self.stock.closing
    }

    fn rho(&self) -> f64 {
        float(self.rest()) / float(self.supply().max(1))
    }
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut looked = Looked::default();
    let years = years(context);
    for years in years.chunk_by(|a, b| a.stock.participant == b.stock.participant) {
        for (at, year) in years.iter().enumerate().filter(|(_, year)| year.supply() >= LEAST) {
            let deviations = deviations(years, at);
            let short = year.rho() < -parts(context.settings.balance_permille, 1000);
            let unlike = deviations.is_some_and(|z| z < -DEVIATIONS) && year.rho() < BELOW;
            if short || unlike {
                looked.signals.push(signal(context, years, at, deviations, short));
            }
        }
    }
    looked
}

fn years(context: &Context<'_>) -> Vec<Year> {
    let (mut confirmed, mut certified, mut exports) = (
        BTreeMap::<(Code, i32), i64>::new(),
        BTreeMap::<(Code, i32), i64>::new(),
        BTreeMap::<(Code, i32), (i64, i64)>::new(),
    );
    for c in &context.stream.certificates {
        *certified.entry((c.importer, c.year())).or_default() += c.carats;
        let (carats, value) = exports.entry((c.exporter, c.year())).or_default();
        *carats += c.carats;
        *value += c.value;
    }
    for c in &context.stream.confirmations {
        *confirmed.entry((c.importer, civil(c.arrived).0)).or_default() += c.carats;
    }
    let made = |code: Code, year: i32| -> i64 {
        context
            .rows
            .production
            .iter()
            .filter(|p| p.participant == code && p.year == year)
            .map(|p| p.carats)
            .sum()
    };
    let year = |stock: &StockLine| {
        let key = (stock.participant, stock.year);
        let of = |map: &BTreeMap<(Code, i32), i64>| map.get(&key).copied().unwrap_or_default();
        let (carats, value) = exports.get(&key).copied().unwrap_or_default();
        Year {
            stock: *stock,
            production: made(key.0, key.1),
            confirmed: of(&confirmed),
            certified: of(&certified),
            exports: carats,
            value,
        }
    };
    context.rows.stocks.iter().map(year).collect()
}

/// How far the year's share lies from the median of the other years, in robust deviations.
fn deviations(years: &[Year], at: usize) -> Option<f64> {
    let mut others: Vec<f64> =
        years.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, year)| year.rho()).collect();
    if others.len() < HISTORY {
        return None;
    }
    let middle = middle(&mut others);
    let mut apart: Vec<f64> = others.iter().map(|rho| libm::fabs(rho - middle)).collect();
    Some((years[at].rho() - middle) / (1.4826 * self::middle(&mut apart)).max(SPREAD))
}

fn middle(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn signal(context: &Context<'_>, years: &[Year], at: usize, deviations: Option<f64>, short: bool) -> Signal {
    let year = &years[at];
    let (code, of) = (year.stock.participant, year.stock.year);
    let (first, last) = (of * 4, of * 4 + 3);
    let mut signal = Signal::about(code, None, (first, last), last_day(last).min(context.stream.watermark));
    signal.severity = 3;
    let usual = years.iter().map(Year::rho).sum::<f64>() / float(years.len() as i64);
    let deficit = if short { -year.rest() } else { rounded((usual - year.rho()) * float(year.supply())) };
    signal.carats = deficit;
    signal.value = rounded(float(deficit) * float(year.value) / float(year.exports.max(1)));
    signal.title = format!(
        "{code} {of}: {} and {} in stock at the end, of a supply of {}; {} {}",
        format_args!("{} exported", ct(year.exports)),
        ct(year.stock.closing),
        ct(year.supply()),
        ct(year.rest()),
        "left"
    );
    signal.question = format!(
        "Where did the {} come from that {code} had not by its own figures in {of}, or which of the figures is to be restated?",
        ct(deficit.max(0))
    );
    signal.arithmetic = arithmetic(year, deficit, usual, deviations);
    signal.thresholds = thresholds(context);
    let mut missing = inbound_without_receipt(context, code, of);
    let (unconfirmed, _) = context.totals(&missing);
    missing.truncate(20);
    signal.counter_checks = checks(years, at, deficit, unconfirmed);
    if signal.counter_checks.iter().any(|check| check.outcome == Outcome::Explains) {
        signal.at_most = Level::Watch;
    }
    // The inbound certificates are evidence, not what the case turns on: they would join cases that have nothing in common.
    signal.arithmetic.push(ArithmeticLine::new(
        "largest inbound certificates without a receipt",
        missing
            .iter()
            .take(5)
            .map(|at| context.number(context.stream.certificate(*at).number).to_owned())
            .collect::<Vec<_>>()
            .join(", "),
        ct(unconfirmed),
    ));
    debug_assert!(first_day(first) <= last_day(last), "a year has its quarters in order");
    signal
}

/// Which single number closes the balance with the least strain: a change in units of each number's usual error.
fn easiest(year: &Year, deficit: i64) -> (String, f64) {
    let candidates = [
        ("production", year.production, 0.01),
        ("opening stock", year.stock.opening, 0.003),
        ("closing stock", year.stock.closing, 0.003),
        ("imports", year.imports(), 0.01),
        ("exports", year.exports, 0.005),
    ];
    let strain = |amount: i64, error: f64| float(deficit) / (float(amount) * error).max(1.0);
    let best = candidates.iter().min_by(|a, b| strain(a.1, a.2).total_cmp(&strain(b.1, b.2)));
    best.map_or_else(
        || ("nothing".to_owned(), 0.0),
        |(name, amount, error)| ((*name).to_owned(), strain(*amount, *error)),
    )
}

fn checks(years: &[Year], at: usize, deficit: i64, unconfirmed: i64) -> Vec<CounterCheck> {
    let year = &years[at];
    let before =
        at.checked_sub(1).map(|before| years[before].stock).filter(|stock| stock.year + 1 == year.stock.year);
    let jump = before.map(|stock| year.stock.opening - stock.closing);
    let next = years.get(at + 1).filter(|next| next.stock.year == year.stock.year + 1);
    let back =
        next.is_some_and(|next| next.rest() > 2 * deficit.max(0) && next.stock.opening == year.stock.closing);
    let (number, strain) = easiest(year, deficit);
    vec![
        CounterCheck::holds(
            "stock not declared at joining",
            format!(
                "opening stock {}{}",
                ct(year.stock.opening),
                if at == 0 { ", the first year declared" } else { "" }
            ),
            at == 0 && year.stock.opening == 0,
        ),
        CounterCheck::new(
            "stock that was corrected at the turn of the year",
            jump.map_or_else(
                || "no year before".to_owned(),
                |jump| format!("opening less the last closing: {}", ct(jump)),
            ),
            Outcome::NotKnown,
        ),
        CounterCheck::holds(
            "missing confirmations",
            format!(
                "inbound certificates without a receipt make {}, and count as imports already",
                ct(unconfirmed)
            ),
            false,
        ),
        CounterCheck::new(
            "a cut at the year's end",
            next.map_or_else(
                || "no year after".to_owned(),
                |next| format!("the next year leaves {}", ct(next.rest())),
            ),
            if back { Outcome::NotKnown } else { Outcome::DoesNotExplain },
        ),
        CounterCheck::new(
            "one figure wrong",
            format!("{number} would have to change least by its usual error: {} times it", decimal(strain)),
            Outcome::NotKnown,
        ),
    ]
}

fn arithmetic(year: &Year, deficit: i64, usual: f64, deviations: Option<f64>) -> Vec<ArithmeticLine> {
    vec![
        ArithmeticLine::new(
            "supply: opening stock, production, imports",
            format!(
                "{} + {} + {} (confirmed {}, certified inbound {})",
                ct(year.stock.opening),
                ct(year.production),
                ct(year.imports()),
                ct(year.confirmed),
                ct(year.certified)
            ),
            ct(year.supply()),
        ),
        ArithmeticLine::new(
            "left: supply less exports less closing stock",
            format!("{} - {} - {}", ct(year.supply()), ct(year.exports), ct(year.stock.closing)),
            ct(year.rest()),
        ),
        ArithmeticLine::new(
            "by supply",
            format!("own history: {} on average", percent(usual)),
            format!(
                "{}{}",
                percent(year.rho()),
                deviations.map(|z| format!(", {} deviations", decimal(z))).unwrap_or_default()
            ),
        ),
        ArithmeticLine::new(
            "the deficit in days of exports",
            format!("{} / ({} / 365)", ct(deficit), ct(year.exports)),
            format!("{} days", rounded(float(deficit) * 365.0 / float(year.exports.max(1)))),
        ),
    ]
}

/// Places of the year's inbound certificates without a receipt, the largest first.
fn inbound_without_receipt(context: &Context<'_>, code: Code, of: i32) -> Vec<u32> {
    let mut missing: Vec<u32> = (0..context.stream.certificates.len())
        .map(place)
        .filter(|at| {
            let c = context.stream.certificate(*at);
            c.importer == code && c.year() == of && !context.is_answered(*at)
        })
        .collect();
    missing.sort_by_key(|at| (-context.stream.certificate(*at).carats, *at));
    missing
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![
        Threshold::ours(
            "left by supply below",
            format!("-{} in a thousand", context.settings.balance_permille),
        ),
        Threshold::ours(
            "or below its own history by",
            format!("{DEVIATIONS} robust deviations, and below {}", percent(BELOW)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::Small;

    /// B2 received 1,000 ct a year, sent 900 on, and had 100 ct at the start; closing as told for the last year.
    fn closing(last: i64) -> Vec<String> {
        let mut small = Small::default();
        for year in 2009..=2016 {
            small.certificate(
                &format!("A1-0000{year}"),
                "A1",
                "B2",
                &format!("{year}-02-01"),
                1_000_00,
                100_000_00,
            );
            small.received();
            small.certificate(
                &format!("B2-0000{year}"),
                "B2",
                "C3",
                &format!("{year}-06-01"),
                900_00,
                99_000_00,
            );
            small.received();
            let opening = 100_00 + 60_00 * i64::from(year - 2009);
            small.stock("B2", year, opening, if year == 2016 { last } else { opening + 60_00 });
        }
        small.found("balance_short")
    }

    #[test]
    fn fires_on_more_stock_than_was_there_and_is_silent_where_it_closes() {
        assert_eq!(closing(900_00), ["balance_short:B2:2016-Q1"]);
        assert_eq!(closing(580_00), [""; 0]);
    }
}
