//! blanks_not_counted: a month has passed, and somebody who keeps blank paper has not counted it.
//!
//! Question: why was the blank paper not counted, and what does a count find now?
//! Formula: on a day, for each custodian who received blanks before the month just ended, no count by that custodian in
//! that month; only where the national rule `blank-stock` was yes on the last day of it.
//! Minimum data: one whole month with blanks in somebody's custody.
//! Thresholds (ours): one month, as the scheme's own practice of monthly counts.
//! Innocent explanations: the count was made and not entered; an office without a network has entered it, and its log has
//! not come yet; the custodian has no sheet left.
//! An answer must contain: the count, number by number; the reason why it was not made.
//! Evidence: since when the custodian keeps blanks.
//! Source: L23; domain 4.1: blanks are counted monthly by number.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{DayReached, Entry, Statement};
use kp_terms::{Date, ParticipantCode, sentence};

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::{fewer_than, read_place},
        numbers_memory::month_of,
        seen::Seen,
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("blanks_not_counted.rs");
const KEEPERS_WITHOUT_COUNT: Sql = sql!("keepers_without_count");
const BLANK_RULE_ON: Sql = sql!("blank_rule_on");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<Finding>> {
    if entry.kind != DayReached::KIND {
        return Ok(Vec::new());
    }
    let first_of_month = entry.body::<DayReached>()?.day.first_of_month();
    let last = first_of_month.yesterday()?;
    let (month, begun) = (month_of(last), last.first_of_month());
    let keepers = tx.rows(KEEPERS_WITHOUT_COUNT, &[(&month).into(), (&begun.to_string()).into()], |row| {
        Ok((
            row.word::<ParticipantCode>(0)?,
            row.get::<String>(1)?,
            row.get::<String>(2)?,
            row.get::<String>(3)?,
        ))
    })?;
    let mut found = Vec::new();
    for (code, custodian, since, place) in keepers {
        let rule = tx.rows(BLANK_RULE_ON, &[code.as_str().into(), (&last.to_string()).into()], |row| {
            row.get::<String>(0)
        })?;
        if rule.first().is_some_and(|value| value == "yes") {
            found.push(finding(code, &custodian, (&month, last), (since, place)));
        }
    }
    Ok(found)
}

fn finding(
    code: ParticipantCode,
    custodian: &str,
    (month, last): (&str, Date),
    (since, place): (String, String),
) -> Finding {
    Seen {
        source: SOURCE,
        about: format!("{custodian}:{month}"),
        number: None,
        asked: code,
        on: last,
        title: sentence!(
            "found-not-counted-title",
            "{custodian} of {code} keeps blank certificates and did not count them in {month}",
            custodian = custodian,
            code = code,
            month = month,
        ),
        question: sentence!(
            "found-not-counted-question",
            "No count of blanks by {custodian} is on file for {month}. Why not, and what does a count find now?",
            custodian = custodian,
            month = month,
        ),
        arithmetic: ArithmeticLine::new(
            sentence!("found-not-counted-counts", "counts in the month"),
            month,
            "0",
        ),
        threshold: Threshold::ours(
            sentence!("found-not-counted-threshold", "counts in a month"),
            fewer_than(1),
        ),
        evidence: vec![(
            read_place(place),
            sentence!(
                "found-not-counted-since",
                "{custodian} keeps blanks since {since}",
                custodian = custodian,
                since = since,
            ),
        )],
        severity: Severity::Ask,
        count: 1,
    }
    .finding()
}
