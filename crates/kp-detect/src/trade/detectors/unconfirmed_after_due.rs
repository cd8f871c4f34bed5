//! unconfirmed_after_due: a shipment left, and the importing authority has not answered within the time.
//!
//! Question: did the shipment arrive, and if so, why is it not confirmed?
//! Formula: day reached - day of departure >= days of the first step, and neither a confirmation nor a difference is
//! recorded, by the importing authority itself or, where it signs none here, as it came from outside.
//! Minimum data: one departure; the days come from the node's own statements.
//! Thresholds (ours): 15 days query, 30 days an answer is owed, 60 days visible to all participants, 90 days public; until
//! the Working Group on Statistics sets others (`set_ageing`).
//! Innocent explanations: the goods are still under way or in customs transit; the confirmation was sent on another
//! channel and not entered; the shipment was returned before arrival.
//! An answer must contain: whether the container was presented, where and when; the confirmation, or the reason why there
//! is none; where the goods are now.
//! Evidence: the departure, with day, carats and destination.
//! Source: L27; CD Section III(b): confirmation is sent expeditiously; domain 4.1: ageing steps, configurable.

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{DayReached, Entry, Statement};
use kp_terms::{Carats, Date, ParticipantCode, Period, Sentence, UsdCents, sentence};
use kp_trade::{Ageing, AgeingStep};

use super::{rank, read_place};
use crate::finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold};

pub(in crate::trade) const SOURCE: &str = include_str!("unconfirmed_after_due.rs");
const SHIPMENTS_UNANSWERED: Sql = sql!("shipments_unanswered");
struct Shipment {
    number: String,
    exporter: ParticipantCode,
    destination: ParticipantCode,
    carats: Carats,
    value: UsdCents,
    departed_on: Date,
    place: Sentence,
}

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<Finding>> {
    if entry.kind != DayReached::KIND {
        return Ok(Vec::new());
    }
    let day = entry.body::<DayReached>()?.day;
    let ageing = kp_trade::ageing_at(tx, entry.position)?;
    let latest_departure = day.checked_sub(Span::new().days(i64::from(ageing.query_after)))?;
    let late = tx.rows(SHIPMENTS_UNANSWERED, &[(&latest_departure.to_string()).into()], |row| {
        Ok(Shipment {
            number: row.get(0)?,
            exporter: row.word(1)?,
            destination: row.word(2)?,
            carats: Carats::from_hundredths(row.get(3)?),
            value: UsdCents::from_cents(row.get(4)?),
            departed_on: row.word(5)?,
            place: read_place(row.get(6)?),
        })
    })?;
    late.iter().map(|shipment| finding(shipment, &ageing, day)).collect()
}

/// The last step of the ladder that a shipment has reached on a day.
fn step(ageing: &Ageing, departed_on: Date, day: Date) -> Result<(i64, AgeingStep)> {
    let days = i64::from(departed_on.until(day)?.get_days());
    let ladder = ageing.ladder();
    Ok(ladder.into_iter().rev().find(|(after, _)| days >= *after).unwrap_or(ladder[0]))
}

fn finding(shipment: &Shipment, ageing: &Ageing, day: Date) -> Result<Finding> {
    let docs = crate::detector_doc::DetectorDoc::from_header(SOURCE);
    let (number, departed_on) = (&shipment.number, shipment.departed_on);
    let (after, reached) = step(ageing, departed_on, day)?;
    let reached_on = departed_on.checked_add(Span::new().days(after))?;
    let carats = shipment.carats.grouped();
    Ok(Finding {
        id: format!("unconfirmed_after_due:{}:{number}", shipment.destination),
        detector: "unconfirmed_after_due".into(),
        participant: shipment.destination,
        participant_name: shipment.destination.to_string(),
        subject: Some(number.clone()),
        periods: vec![Period::Year(departed_on.year())],
        title: sentence!(
            "found-unconfirmed-title",
            "{number} left {exporter} for {destination} on {day} with {carats} ct and was not confirmed after {after} days: \
             {meaning}",
            number = number,
            exporter = shipment.exporter,
            destination = shipment.destination,
            day = departed_on,
            carats = carats,
            after = after,
            meaning = in_words(reached),
        ),
        question: sentence!(
            "found-unconfirmed-question",
            "{carats} ct left {exporter} for {destination} on {day} under {number}. Did they arrive, and if so, why is the \
             arrival not confirmed?",
            carats = carats,
            exporter = shipment.exporter,
            destination = shipment.destination,
            day = departed_on,
            number = number,
        ),
        arithmetic: vec![ArithmeticLine::new(
            sentence!("found-unconfirmed-days", "days without an answer, at least"),
            format!("{reached_on} - {departed_on}"),
            after.to_string(),
        )],
        thresholds: ageing.ladder().iter().map(|(days, step)| threshold(ageing, *step, *days)).collect(),
        innocent_explanations: docs.explanations(),
        answer_must_contain: docs.answers(),
        evidence: vec![Evidence {
            place: shipment.place.clone(),
            states: sentence!(
                "found-unconfirmed-left",
                "{number} left {exporter} on {day}: {carats} ct for {destination}",
                number = number,
                exporter = shipment.exporter,
                day = departed_on,
                carats = carats,
                destination = shipment.destination,
            ),
        }],
        supporting: Vec::new(),
        rank: rank(
            if after >= i64::from(ageing.visible_after) { Severity::Urgent } else { Severity::Ask },
            shipment.carats,
            shipment.value,
            after * 100 / i64::from(ageing.query_after),
        ),
    })
}

fn threshold(ageing: &Ageing, step: AgeingStep, days: i64) -> Threshold {
    let ours = Threshold::ours(in_words(step), sentence!("found-days", "{days} days", days = days));
    match &ageing.decided {
        None => ours,
        Some((decision, on)) => Threshold {
            set_by: sentence!(
                "found-decided",
                "Working Group on Statistics: {decision}, recorded on {day}",
                decision = decision,
                day = on,
            ),
            ..ours
        },
    }
}

fn in_words(step: AgeingStep) -> Sentence {
    match step {
        AgeingStep::Query => sentence!("found-unconfirmed-query", "a question is put"),
        AgeingStep::Owed => sentence!("found-unconfirmed-owed", "an answer is owed"),
        AgeingStep::Visible => sentence!("found-unconfirmed-visible", "visible to all participants"),
        AgeingStep::Public => sentence!("found-unconfirmed-public", "public"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_trade::AgeingStep::{Owed, Public, Query, Visible};

    #[test]
    fn the_ladder_is_climbed_by_the_calendar() {
        let left = date(2026, 2, 3);
        let check = |day, expected| {
            assert_eq!(super::step(&kp_trade::Ageing::default(), left, day).unwrap(), expected, "on {day}")
        };
        check(date(2026, 2, 18), (15, Query));
        check(date(2026, 3, 4), (15, Query));
        check(date(2026, 3, 5), (30, Owed));
        check(date(2026, 4, 4), (60, Visible));
        check(date(2026, 5, 4), (90, Public));
        check(date(2027, 5, 4), (90, Public));
    }
}
