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
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement, entries_of_subject};
use kp_registry::admit_participant::ParticipantAdmitted;
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Period, UsdCents};
use kp_trade::record_arrival::ArrivalRecorded;

use super::rank;
use crate::finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold};

pub(in crate::trade) const SOURCE: &str = include_str!("number_used_twice.rs");
const ARRIVALS_REMEMBERED: Sql = sql!("arrivals_remembered");

struct Presented {
    at: ParticipantCode,
    carats: Carats,
    on: Date,
    place: String,
    position: u64,
}

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != ArrivalRecorded::KIND {
        return Ok(None);
    }
    let arrival: ArrivalRecorded = entry.body()?;
    let number = arrival.number.to_string();
    let presented = tx.rows(ARRIVALS_REMEMBERED, &[(&number).into()], |row| {
        Ok(Presented {
            at: row.word(0)?,
            carats: Carats::from_hundredths(row.get(1)?),
            on: row.word(2)?,
            place: row.get(3)?,
            position: u64::try_from(row.get::<i64>(4)?)?,
        })
    })?;
    let [first, _, ..] = presented.as_slice() else { return Ok(None) };
    let asked = asked(tx, &arrival.number, first)?;
    Ok(Some(finding(asked, &number, &presented)))
}

/// The issuer is asked; where the prefix belongs to nobody who could answer, whoever first held the goods. Told from the
/// first presentation, so that the finding stays the same one however often the number comes back.
fn asked(tx: &mut Tx<'_>, number: &CertificateNumber, first: &Presented) -> Result<ParticipantCode> {
    let Ok(issuer) = number.issuer(first.on) else { return Ok(first.at) };
    let admitted = entries_of_subject(tx, issuer.as_str())?
        .iter()
        .any(|entry| entry.kind == ParticipantAdmitted::KIND && entry.position < first.position);
    Ok(if admitted { issuer } else { first.at })
}

fn finding(asked: ParticipantCode, number: &str, presented: &[Presented]) -> Finding {
    let docs = crate::detector_doc::DetectorDoc::from_header(SOURCE);
    let places: Vec<String> = presented.iter().map(|p| format!("at {} on {}", p.at, p.on)).collect();
    let places = places.join(", ");
    let later: i64 = presented.iter().skip(1).map(|p| p.carats.hundredths()).fold(0, i64::saturating_add);
    let year = presented.last().map_or(0, |p| p.on.year());
    Finding {
        id: format!("number_used_twice:{asked}:{number}"),
        detector: "number_used_twice".into(),
        participant: asked,
        participant_name: asked.to_string(),
        subject: Some(number.to_owned()),
        periods: vec![Period::Year(year)],
        title: format!("certificate {number} was presented {} times: {places}", presented.len()),
        question: format!(
            "{number} was presented {places}. Which of these is the shipment it was issued for, and what was presented \
             the other time?"
        ),
        arithmetic: vec![ArithmeticLine::new(
            "arrivals recorded under the number",
            number,
            presented.len().to_string(),
        )],
        thresholds: vec![Threshold::ours("arrivals under one number", "more than 1")],
        innocent_explanations: docs.innocent_explanations,
        answer_must_contain: docs.answer_must_contain,
        evidence: presented
            .iter()
            .map(|p| Evidence {
                place: p.place.clone(),
                states: format!("presented at {} on {}: {} ct", p.at, p.on, p.carats.grouped()),
            })
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
