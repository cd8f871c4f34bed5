//! presented_without_departure: a certificate number was presented to an importing authority, and no departure under
//! it was on file.
//!
//! Question: was the number issued, did the goods leave under it, and what was presented?
//! Formula: an arrival is recorded under the number, and no departure of the number stands in the log before it.
//! Minimum data: one arrival.
//! Thresholds (ours): none; every such arrival is asked about.
//! Innocent explanations: the exporting desk states its departures later than the goods travel; the exporting authority
//! keeps its register elsewhere; a number was typed wrongly.
//! An answer must contain: whether the number was ever given out, when and to whom; the departure with its day, carats
//! and seals, or that there was none; what is known of the paper that was presented.
//! Evidence: every arrival under the number, with place, day and weight.
//! Source: L21; CD Section III(a): goods leave only with a duly validated certificate; rulings 13: an arrival is recorded
//! whatever it says, for it is evidence.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_terms::{Carats, ParticipantCode, Period, Sentence, UsdCents, sentence};
use kp_trade::record_arrival::ArrivalRecorded;

use super::{Presented, asked, fewer_than, presentations, presented_there, rank};
use crate::finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold};

pub(in crate::trade) const SOURCE: &str = include_str!("presented_without_departure.rs");
const SHIPMENT_BY_NUMBER: Sql = sql!("shipment_by_number");

/// A departure stated later does not take the question back: that goods came before the paper says they left is what
/// the issuer is asked about, and its answer is the late statement.
pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != ArrivalRecorded::KIND {
        return Ok(None);
    }
    let arrival: ArrivalRecorded = entry.body()?;
    let number = arrival.number.to_string();
    let departed = tx.optional(SHIPMENT_BY_NUMBER, &[(&number).into()], |row| row.get::<String>(0))?;
    if departed.is_some() {
        return Ok(None);
    }
    let presented = presentations(tx, &number)?;
    let [first, ..] = presented.as_slice() else { return Ok(None) };
    let asked = asked(tx, &arrival.number, first)?;
    Ok(Some(finding(asked, &number, &presented)))
}

fn finding(asked: ParticipantCode, number: &str, presented: &[Presented]) -> Finding {
    let docs = crate::detector_doc::DetectorDoc::from_header(SOURCE);
    let place = |p: &Presented| {
        sentence!(
            "found-at-on-with",
            "at {at} on {day} with {carats} ct",
            at = p.at,
            day = p.on,
            carats = p.carats.grouped(),
        )
    };
    let places = Sentence::row(presented.iter().map(place), ", ");
    let carats = presented.iter().map(|p| p.carats.hundredths()).fold(0, i64::saturating_add);
    let year = presented.last().map_or(0, |p| p.on.year());
    Finding {
        id: format!("presented_without_departure:{asked}:{number}"),
        detector: "presented_without_departure".into(),
        participant: asked,
        participant_name: asked.to_string(),
        subject: Some(number.to_owned()),
        periods: vec![Period::Year(year)],
        title: sentence!(
            "found-undeparted-title",
            "certificate {number} was presented {places}; no departure under it was on file",
            number = number,
            places = places,
        ),
        question: sentence!(
            "found-undeparted-question",
            "{number} was presented {places}, and no departure under this number was on file. Was it issued, did it leave, and \
             what was presented?",
            number = number,
            places = places,
        ),
        arithmetic: vec![
            ArithmeticLine::new(
                sentence!("found-arrivals-under", "arrivals recorded under the number"),
                number,
                presented.len().to_string(),
            ),
            ArithmeticLine::new(
                sentence!("found-undeparted-before", "departures on file before them"),
                number,
                "0",
            ),
        ],
        thresholds: vec![Threshold::ours(
            sentence!("found-undeparted-threshold", "departures on file before an arrival"),
            fewer_than(1),
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
            Carats::from_hundredths(carats),
            UsdCents::ZERO,
            i64::try_from(presented.len()).unwrap_or(i64::MAX).saturating_mul(100),
        ),
    }
}
