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
use kp_terms::{Sentence, sentence};
use kp_trade::record_arrival::ArrivalRecorded;

use super::{more_than, presentations, presented_there, read_place};
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
    let how = Sentence::behind::<&str>(&format!("word-{how}"), how, []);
    let reported = sentence!(
        "found-blank-reported",
        "the blank {number} was reported {how} on {day}",
        number = number,
        how = how,
        day = reported_on,
    );
    let mut evidence = vec![(read_place(place), reported)];
    evidence.extend(presented.iter().map(|p| (p.place.clone(), presented_there(p))));
    Ok(Some(
        Seen {
            source: SOURCE,
            about: number.clone(),
            number: Some(number.clone()),
            asked: arrival.number.issuer(arrival.arrived_on).unwrap_or(code),
            on: arrival.arrived_on,
            title: sentence!(
                "found-blank-title",
                "{number} was presented at {at} on {arrived}; its blank was reported {how} on {day}",
                number = number,
                at = arrival.at,
                arrived = arrival.arrived_on,
                how = how,
                day = reported_on,
            ),
            question: sentence!(
                "found-blank-question",
                "The blank {number} was reported {how} on {day}, and goods came under this number at {at} on {arrived}. Who \
                 filled it in, and what came under it?",
                number = number,
                how = how,
                day = reported_on,
                at = arrival.at,
                arrived = arrival.arrived_on,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-blank-arrivals", "arrivals under a missing blank"),
                &number,
                presented.len().to_string(),
            ),
            threshold: Threshold::ours(
                sentence!("found-blank-arrivals", "arrivals under a missing blank"),
                more_than(0),
            ),
            evidence,
            severity: Severity::Urgent,
            count: presented.len() as u64,
        }
        .finding(),
    ))
}
