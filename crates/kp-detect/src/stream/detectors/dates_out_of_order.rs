//! dates_out_of_order: goods arrived before their certificate was issued, or after it had expired.
//!
//! Question: which date is wrong, or under which paper did the goods travel?
//! Formula: arrival less issue below nothing; arrival after the last day of validity; or later than twice the route's slow
//! lag (the slowest of 200). The first two are true or not; the third is only watched.
//! Minimum data: a certificate with its receipt; 40 receipts on the route for the third.
//! Thresholds (ours): any; twice the slow lag.
//! Innocent explanations: time zones (a day); day and month changed about; goods held at the border.
//! Counter-checks: one day only (time zones); does changing day and month about put the dates in order; was the certificate
//! received on a day on which most of the importer's month was entered (a batch).
//! An answer must contain: the stamp of arrival; the certificate's first page; where the goods were meanwhile.
//! Evidence: the certificate and its confirmation.
//! Source: CD Annex I (date of expiry); needs L22 and L30; detectors D18.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::calendar::{civil, day_number, quarter_of, written};
use super::super::context::Context;
use super::super::reconcile::{Booking, quantile};
use super::super::rows::Code;
use super::super::signal::{CounterCheck, Level, Looked, Signal};
use super::super::table::place;
use super::super::words::share;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("dates_out_of_order.rs")));

const RECEIPTS: usize = 40;

/// What is out of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Before,
    Expired,
    Slow(i32),
}

pub(crate) fn look(context: &Context<'_>) -> Looked {
    let mut lags: BTreeMap<(Code, Code), Vec<i32>> = BTreeMap::new();
    let mut entered: BTreeMap<(Code, i32), i64> = BTreeMap::new();
    let mut months: BTreeMap<(Code, i32, i32), i64> = BTreeMap::new();
    for (at, booking) in context.matched.bookings.iter().enumerate() {
        let r = &context.stream.confirmations[at];
        let (year, month, _) = civil(r.arrived);
        *entered.entry((r.importer, r.arrived)).or_default() += 1;
        *months.entry((r.importer, year, month)).or_default() += 1;
        if let Booking::Number(certificate) = booking {
            let c = context.stream.certificate(*certificate);
            lags.entry((c.exporter, c.importer)).or_default().push(r.arrived - c.issued);
        }
    }
    let slow: BTreeMap<(Code, Code), i32> = lags
        .into_iter()
        .filter(|(_, lags)| lags.len() >= RECEIPTS)
        .map(|(route, mut lags)| (route, quantile(&mut lags, 0.995)))
        .collect();
    let mut looked = Looked::default();
    for (at, booking) in context.matched.bookings.iter().enumerate() {
        let Booking::Number(certificate) = *booking else { continue };
        let (c, r) = (context.stream.certificate(certificate), &context.stream.confirmations[at]);
        let route_slow = slow.get(&(c.exporter, c.importer)).copied().unwrap_or(i32::MAX / 4);
        let factor = i32::try_from(context.settings.lag_factor).unwrap_or(2);
        let order = if r.arrived < c.issued {
            Order::Before
        } else if r.arrived > c.expires {
            Order::Expired
        } else if r.arrived - c.issued > route_slow.saturating_mul(factor) {
            Order::Slow(route_slow)
        } else {
            continue;
        };
        let (year, month, _) = civil(r.arrived);
        let batch = (entered[&(r.importer, r.arrived)], months[&(r.importer, year, month)]);
        looked.signals.push(signal(context, certificate, place(at), order, batch));
    }
    looked
}

fn signal(
    context: &Context<'_>,
    certificate: u32,
    confirmation: u32,
    order: Order,
    batch: (i64, i64),
) -> Signal {
    let (c, r) = (context.stream.certificate(certificate), context.stream.confirmation(confirmation));
    let (first, last) = (c.quarter.min(quarter_of(r.arrived)), c.quarter.max(quarter_of(r.arrived)));
    let mut signal = Signal::about(c.importer, Some(c.exporter), (first, last), r.arrived.max(c.issued));
    let number = context.number(c.number).to_owned();
    (signal.certificates, signal.confirmations) = (vec![certificate], vec![confirmation]);
    (signal.carats, signal.value) = (c.carats, c.value);
    let days = r.arrived - c.issued;
    signal.title = match order {
        Order::Before => {
            format!("{number}: arrived {}, {} days before it was issued", written(r.arrived), -days)
        }
        Order::Expired => format!(
            "{number}: arrived {}, {} days after it expired",
            written(r.arrived),
            r.arrived - c.expires
        ),
        Order::Slow(slow) => {
            format!("{number}: arrived after {days} days, where 199 of 200 on the route take at most {slow}")
        }
    };
    signal.question = format!("Which date of {number} is wrong, or where were the goods meanwhile?");
    signal.arithmetic = vec![ArithmeticLine::new(
        "issued, valid to, arrived",
        format!("{} ; {} ; {}", written(c.issued), written(c.expires), written(r.arrived)),
        format!("{days} days"),
    )];
    signal.thresholds = thresholds(context);
    let (year, month, day) = civil(r.arrived);
    let about = (day <= 12)
        .then(|| day_number(year, day, month))
        .filter(|swapped| (c.issued..=c.expires).contains(swapped));
    signal.counter_checks = vec![
        CounterCheck::holds(
            "time zones",
            format!("{} days out of order", days.min(0).abs()),
            order == Order::Before && days >= -1,
        ),
        CounterCheck::holds(
            "day and month changed about",
            about.map_or_else(
                || "changed about, the dates are not in order either".to_owned(),
                |day| format!("changed about, it arrived {}, which is in order", written(day)),
            ),
            about.is_some() && !matches!(order, Order::Slow(_)),
        ),
        CounterCheck::holds(
            "entered in a batch",
            format!("{} entries of the importer's month bear this day", share(batch.0, batch.1)),
            batch.1 >= 10 && batch.0 * 10 >= batch.1 * 8,
        ),
    ];
    signal.subject = number;
    if matches!(order, Order::Slow(_)) {
        signal.at_most = Level::Watch;
    }
    signal.weighed()
}

fn thresholds(context: &Context<'_>) -> Vec<Threshold> {
    vec![Threshold::ours(
        "slow",
        format!("{} times the slowest of 200 on the route", context.settings.lag_factor),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{Small, day};

    fn arrived(on: &str) -> Vec<String> {
        let mut small = Small::default();
        small.certificate("A1-00000007", "A1", "B2", "2009-01-25", 120_00, 36_000_00);
        small.received().arrived = day(on);
        small.found("dates_out_of_order")
    }

    #[test]
    fn fires_before_issue_and_after_expiry_and_is_silent_between() {
        assert_eq!(arrived("2009-01-20"), ["dates_out_of_order:B2-A1:2009-Q1:A1-00000007"]);
        assert_eq!(arrived("2009-04-20"), ["dates_out_of_order:B2-A1:2009-Q1:A1-00000007"]);
        assert_eq!(arrived("2009-03-20"), [""; 0]);
    }
}
