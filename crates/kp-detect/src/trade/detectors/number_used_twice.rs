//! number_used_twice: one certificate number was presented to importing authorities more than once.
//!
//! Question: which of the presentations is the shipment the certificate was issued for, and what was the other?
//! Formula: count of arrivals recorded under the number > 1.
//! Minimum data: two arrivals.
//! Thresholds (ours): none; any second presentation is asked about.
//! Innocent explanations: one arrival was recorded twice by mistake; a shipment was returned and sent again under the
//! same paper; a number was typed wrongly.
//! An answer must contain: the register entry of the number with carats, value, importer and seals; which arrival it
//! belongs to; what is known of the paper presented the other time.
//! Evidence: every arrival, with place, day and weight.
//! Source: L22; CD Section II(a): one certificate per shipment; domain 4.1: at most one presentation per number.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};
use kp_terms::{Carats, ParticipantCode, Period, Sentence, UsdCents, sentence};
use kp_trade::record_arrival::ArrivalRecorded;

use super::{Presented, asked, more_than, presentations, presented_there, rank};
use crate::finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold};

pub(in crate::trade) const SOURCE: &str = include_str!("number_used_twice.rs");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != ArrivalRecorded::KIND {
        return Ok(None);
    }
    let arrival: ArrivalRecorded = entry.body()?;
    let number = arrival.number.to_string();
    let presented = presentations(tx, &number)?;
    let [first, _, ..] = presented.as_slice() else { return Ok(None) };
    let asked = asked(tx, &arrival.number, first)?;
    Ok(Some(finding(asked, &number, &presented)))
}

fn finding(asked: ParticipantCode, number: &str, presented: &[Presented]) -> Finding {
    let docs = crate::detector_doc::DetectorDoc::from_header(SOURCE);
    let place = |p: &Presented| sentence!("found-at-on", "at {at} on {day}", at = p.at, day = p.on);
    let places = Sentence::row(presented.iter().map(place), ", ");
    let later: i64 = presented.iter().skip(1).map(|p| p.carats.hundredths()).fold(0, i64::saturating_add);
    let year = presented.last().map_or(0, |p| p.on.year());
    Finding {
        id: format!("number_used_twice:{asked}:{number}"),
        detector: "number_used_twice".into(),
        participant: asked,
        participant_name: asked.to_string(),
        subject: Some(number.to_owned()),
        periods: vec![Period::Year(year)],
        title: sentence!(
            "found-twice-title",
            "certificate {number} was presented {times} times: {places}",
            number = number,
            times = presented.len(),
            places = places,
        ),
        question: sentence!(
            "found-twice-question",
            "{number} was presented {places}. Which of these is the shipment it was issued for, and what was presented the \
             other time?",
            number = number,
            places = places,
        ),
        arithmetic: vec![ArithmeticLine::new(
            sentence!("found-arrivals-under", "arrivals recorded under the number"),
            number,
            presented.len().to_string(),
        )],
        thresholds: vec![Threshold::ours(
            sentence!("found-twice-threshold", "arrivals under one number"),
            more_than(1),
        )],
        innocent_explanations: docs.explanations(),
        answer_must_contain: docs.answers(),
        evidence: presented
            .iter()
            .map(|p| Evidence { place: p.place.clone(), states: presented_there(p) })
            .collect(),
        supporting: Vec::new(),
        rank: rank(
            Severity::Urgent,
            Carats::from_hundredths(later),
            UsdCents::ZERO,
            i64::try_from(presented.len()).unwrap_or(i64::MAX).saturating_mul(100),
        ),
    }
}
