//! number_outside_range: a number was drafted at a desk to which it was not allotted.
//!
//! Question: how did this desk come to give a number that belongs to another one?
//! Formula: a draft stands in the log of an office and its number is in no range allotted to that office before; or it
//! stands in the capital's log and its number is in a range allotted to an office.
//! Minimum data: one draft.
//! Thresholds (ours): none; every such draft is asked about.
//! Innocent explanations: the office was set up with an older program; the range was allotted after the draft, in words that
//! reached the office by telephone; a withdrawn range was given back before the capital knew what had been used of it.
//! An answer must contain: who drafted and on whose instruction; the paper on which the number stands; whether the other
//! desk has given the number too, and which of the two certificates is to be invalidated.
//! Evidence: every draft of the number, and the range in which it lies.
//! Source: L22; CD Annex I.A: unique number; security S-16: what an office issues without a network is final.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, LogName, Statement};
use kp_terms::{Sentence, sentence};
use kp_trade::draft_certificate::CertificateDrafted;

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::{more_than, read_place},
        seen::Seen,
        signing_memory::desk_in_words,
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("number_outside_range.rs");
const RANGES_OF_SERIAL: Sql = sql!("ranges_of_serial");
const DRAFTS_OF_NUMBER: Sql = sql!("drafts_of_number");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != CertificateDrafted::KIND {
        return Ok(None);
    }
    let body: CertificateDrafted = entry.body()?;
    let office = entry.log_id.parse::<LogName>().ok().and_then(|name| name.office);
    let serial = i64::try_from(body.number.serial())?;
    let ranges = tx.rows(RANGES_OF_SERIAL, &[body.participant.as_str().into(), serial.into()], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?))
    })?;
    let is_wrong = match &office {
        Some(office) => !ranges.iter().any(|(label, _)| label == office.label()),
        // What was withdrawn and given back is the capital's again; a draft of it there fits the tables, and those say so.
        None => !ranges.is_empty() && kp_trade::problem_at(tx, entry.position)?.is_some(),
    };
    if !is_wrong {
        return Ok(None);
    }
    let desk = desk_in_words(&office.map(|office| office.to_string()).unwrap_or_default());
    let number = body.number.to_string();
    let drafts = tx.rows(DRAFTS_OF_NUMBER, &[(&number).into()], |row| row.get::<String>(0))?;
    let drafted = sentence!("found-range-drafted", "{number} was drafted", number = number);
    let allotted = |label: &String| {
        sentence!("found-range-allotted", "{number} was allotted to {label}", number = number, label = label)
    };
    let mut evidence: Vec<(Sentence, Sentence)> =
        drafts.iter().map(|place| (read_place(place.clone()), drafted.clone())).collect();
    evidence.extend(ranges.iter().map(|(label, place)| (read_place(place.clone()), allotted(label))));
    let to = ranges
        .first()
        .map_or_else(|| sentence!("found-range-nobody", "nobody"), |(label, _)| Sentence::from(label));
    Ok(Some(
        Seen {
            source: SOURCE,
            about: number.clone(),
            number: Some(number.clone()),
            asked: body.participant,
            on: entry.on(),
            title: sentence!(
                "found-range-title",
                "{number} was drafted at {desk}, and it is allotted to {to}",
                number = number,
                desk = desk,
                to = to,
            ),
            question: sentence!(
                "found-range-question",
                "{desk} of {participant} drafted {number}, which is allotted to {to}. How did it come to give this number?",
                desk = desk,
                participant = body.participant,
                number = number,
                to = to,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-range-drafts", "drafts of the number"),
                &number,
                drafts.len().to_string(),
            ),
            threshold: Threshold::ours(
                sentence!("found-range-threshold", "drafts outside the desk's own ranges"),
                more_than(0),
            ),
            evidence,
            severity: Severity::Urgent,
            count: drafts.len() as u64,
        }
        .finding(),
    ))
}
