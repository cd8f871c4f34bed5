//! signed_far_above_usual: a document key signed far more certificates at one desk on one day than on any day before.
//!
//! Question: what made this day so busy, and did each certificate have its goods?
//! Formula: certificates signed with the key at the desk on the day > 3 x the busiest of the 30 days before.
//! Minimum data: 5 days with certificates among the 30 days before; 20 certificates on the day itself.
//! Thresholds (ours): 3 times the busiest day; 20 certificates.
//! Innocent explanations: an auction or the end of a season; the desk was closed for days and caught up; another key was out of
//! use and this one signed for it.
//! An answer must contain: the exporters of the day and why they came together; who validated; that each number has its goods,
//! or which have not.
//! Evidence: the day's number, and the days before.
//! Source: security T12 (rate limit, three times the peak of thirty days); T11; L19.

use anyhow::Result;
use jiff::ToSpan;
use kp_db::{Sql, Tx, sql};
use kp_log::{CREDENTIAL_SIGNED, Entry, LogOwner};
use kp_terms::{Sentence, sentence};

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::log_place,
        seen::Seen,
        signing_memory::{desk_in_words, office_of},
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("signed_far_above_usual.rs");
const SIGNINGS_BETWEEN: Sql = sql!("signings_between");
/// How many times the busiest day before.
const TIMES: i64 = 3;
/// Fewer certificates than this are no busy day.
const FEWEST: i64 = 20;
/// Days that are looked back on.
const DAYS: i32 = 30;
/// Days with certificates among them, below which nothing is usual yet.
const DAYS_KNOWN: usize = 5;

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    let LogOwner::Participant(asked) = entry.owner else { return Ok(None) };
    if entry.kind != CREDENTIAL_SIGNED {
        return Ok(None);
    }
    let (key, office, today) = (entry.key_id.to_string(), office_of(entry), entry.on());
    let (from, to) = (today.checked_sub(DAYS.days())?.to_string(), today.to_string());
    let of = [(&key).into(), (&office).into(), (&from).into(), (&to).into()];
    let days = tx.rows(SIGNINGS_BETWEEN, &of, |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))?;
    let Some(((_, signed), before)) = days.split_last().filter(|((day, _), _)| *day == to) else {
        return Ok(None);
    };
    let busiest = before.iter().map(|(_, signed)| *signed).max().unwrap_or(0);
    if before.len() < DAYS_KNOWN || *signed < FEWEST || *signed <= busiest.saturating_mul(TIMES) {
        return Ok(None);
    }
    let desk = desk_in_words(&office);
    Ok(Some(
        Seen {
            source: SOURCE,
            about: format!("{key}:{office}:{today}"),
            number: None,
            asked,
            on: today,
            title: sentence!(
                "found-busy-title",
                "document key {key} signed {signed} certificates on {day} at {desk}; the busiest of {days} days before had \
                 {busiest}",
                key = key,
                signed = signed,
                day = today,
                desk = desk,
                days = DAYS,
                busiest = busiest,
            ),
            question: sentence!(
                "found-busy-question",
                "On {day} document key {key} signed {signed} certificates at {desk}; on the busiest of the {days} days before \
                 it signed {busiest}. What made this day so busy, and did each certificate have its goods?",
                day = today,
                key = key,
                signed = signed,
                desk = desk,
                days = DAYS,
                busiest = busiest,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-busy-against", "certificates of the day against the busiest day before"),
                format!("{signed} > {TIMES} x {busiest}"),
                signed.to_string(),
            ),
            threshold: Threshold::ours(
                sentence!("found-busy-threshold", "against the busiest day before"),
                sentence!("found-busy-limit", "x {times}, and {fewest} or more", times = TIMES, fewest = FEWEST),
            ),
            evidence: evidence(&key, &desk, before, entry, *signed),
            severity: Severity::Urgent,
            count: u64::try_from(*signed)?,
        }
        .finding(),
    ))
}

/// The days before, and the certificate that crossed the line.
fn evidence(
    key: &str,
    desk: &Sentence,
    before: &[(String, i64)],
    entry: &Entry,
    signed: i64,
) -> Vec<(Sentence, Sentence)> {
    let at = sentence!("found-busy-key", "document key {key}, {desk}", key = key, desk = desk);
    let of_day = |(day, signed): &(String, i64)| {
        let said = sentence!("found-busy-day", "{day}: {signed} certificates", day = day, signed = signed);
        (at.clone(), said)
    };
    let last = sentence!("found-busy-last", "{day}: the {signed}th", day = entry.on(), signed = signed);
    before.iter().map(of_day).chain(std::iter::once((log_place(entry), last))).collect()
}
