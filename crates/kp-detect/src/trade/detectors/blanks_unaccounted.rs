//! blanks_unaccounted: a count of blank paper did not come out.
//!
//! Question: where are the sheets that the stock says are here, and whence come those that it says are not?
//! Formula: numbers that the stock places with a custodian, less the numbers found there; and the other way round.
//! Minimum data: one count.
//! Thresholds (ours): one sheet.
//! Innocent explanations: a sheet was used, spoilt or handed over and the act was not entered yet; the count was taken while
//! a clerk had sheets on the desk; a number was read wrongly.
//! An answer must contain: each number with where it was found, or the report that it is lost or stolen; who has counted
//! again, and with whom.
//! Evidence: the count, with the numbers missing and those too many.
//! Source: L23; domain 4.1: blanks are counted monthly by number.

use anyhow::Result;
use kp_log::{Entry, Statement};
use kp_terms::{Sentence, sentence};
use kp_trade::{NumberRange, count_blanks::BlanksCounted};

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::{log_place, more_than},
        seen::Seen,
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("blanks_unaccounted.rs");

pub(in crate::trade) fn look(entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != BlanksCounted::KIND {
        return Ok(None);
    }
    let body: BlanksCounted = entry.body()?;
    let sheets = |of: &[NumberRange]| of.iter().map(NumberRange::count).sum::<u64>();
    let (missing, surplus) = (sheets(&body.missing), sheets(&body.surplus));
    if missing + surplus == 0 {
        return Ok(None);
    }
    let in_words = |of: &[NumberRange]| match of {
        [] => sentence!("found-none", "none"),
        _ => Sentence::row(of.iter().map(|range| Sentence::from(range.to_string())), ", "),
    };
    let numbers = sentence!(
        "found-unaccounted-numbers",
        "missing: {missing}; too many: {surplus}",
        missing = in_words(&body.missing),
        surplus = in_words(&body.surplus),
    );
    Ok(Some(
        Seen {
            source: SOURCE,
            about: format!("{}:{}", body.here, entry.on()),
            number: None,
            asked: body.participant,
            on: entry.on(),
            title: sentence!(
                "found-unaccounted-title",
                "the count of blanks at {here} on {day} did not come out: {missing} sheets missing, {surplus} too many",
                here = body.here,
                day = entry.on(),
                missing = missing,
                surplus = surplus,
            ),
            question: sentence!(
                "found-unaccounted-question",
                "At {here} on {day} ({numbers}). Where are these sheets, or whence do they come?",
                here = body.here,
                day = entry.on(),
                numbers = numbers,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-unaccounted-sheets", "sheets in the stock here and not found"),
                numbers.clone(),
                missing.to_string(),
            ),
            threshold: Threshold::ours(
                sentence!("found-unaccounted-threshold", "sheets not accounted for"),
                more_than(0),
            ),
            evidence: vec![(log_place(entry), numbers)],
            severity: Severity::Urgent,
            count: missing + surplus,
        }
        .finding(),
    ))
}
