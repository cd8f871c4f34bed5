//! presented_blank_missing: goods came under a number whose blank paper was reported lost or stolen.
//!
//! Question: who filled in a sheet that was reported missing, and what came under it?
//! Formula: an arrival is recorded under a number, and the blank of that number was reported lost or stolen before.
//! Minimum data: one report of missing blanks and one arrival.
//! Thresholds (ours): none; every such arrival is asked about.
//! Innocent explanations: the sheet was found again and drafted on by a desk that had not heard of the report; a number was
//! typed wrongly; the report named too many numbers.
//! An answer must contain: when and where the sheet went missing; whether it was found; who presented the paper, and what
//! was done with the goods.
//! Evidence: the report, and every arrival under the number.
//! Source: L23; domain 4.1: a lost or stolen blank is broadcast at once; rulings 13: an arrival is recorded, for it is evidence.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_trade::record_arrival::ArrivalRecorded;

use super::presentations;
use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::seen::Seen,
};

pub(in crate::trade) const SOURCE: &str = include_str!("presented_blank_missing.rs");
const BLANK_MISSING: Sql = sql!("blank_missing");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != ArrivalRecorded::KIND {
        return Ok(None);
    }
    let arrival: ArrivalRecorded = entry.body()?;
    let (code, number) = (arrival.number.prefix(), arrival.number.to_string());
    let serial = i64::try_from(arrival.number.serial())?;
    let reports = tx.rows(BLANK_MISSING, &[code.as_str().into(), serial.into()], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
    })?;
    let Some((how, reported_on, place)) = reports.into_iter().next() else { return Ok(None) };
    let presented = presentations(tx, &number)?;
    let mut evidence = vec![(place, format!("the blank {number} was reported {how} on {reported_on}"))];
    evidence.extend(
        presented.iter().map(|p| {
            (p.place.clone(), format!("presented at {} on {}: {} ct", p.at, p.on, p.carats.grouped()))
        }),
    );
    Ok(Some(
        Seen {
            source: SOURCE,
            about: number.clone(),
            number: Some(number.clone()),
            asked: arrival.number.issuer(arrival.arrived_on).unwrap_or(code),
            on: arrival.arrived_on,
            title: format!(
                "{number} was presented at {} on {}; its blank was reported {how} on {reported_on}",
                arrival.at, arrival.arrived_on
            ),
            question: format!(
                "The blank {number} was reported {how} on {reported_on}, and goods came under this number at {} on {}. Who \
                 filled it in, and what came under it?",
                arrival.at, arrival.arrived_on
            ),
            arithmetic: ArithmeticLine::new("arrivals under a missing blank", &number, presented.len().to_string()),
            threshold: Threshold::ours("arrivals under a missing blank", "more than 0"),
            evidence,
            severity: Severity::Urgent,
            count: presented.len() as u64,
        }
        .finding(),
    ))
}
