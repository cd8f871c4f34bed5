//! class_changed_on_arrival: the importing authority measured other customs classes than the certificate states.
//!
//! Question: of which class are these goods, and who examined them on each side?
//! Formula: for a class of the certificate or of the arrival, |carats measured - carats stated| beyond the tolerance of
//! the shipment, where the arrival was measured class by class.
//! Minimum data: one departure and one arrival elsewhere with its classes.
//! Thresholds (ours): per class the larger of 0.05 ct per parcel and 0.1 % of the stated carats, as for weights.
//! Innocent explanations: goods declared as unsorted were sorted on arrival; the two sides draw the line between
//! industrial and gem quality differently; a class was typed wrongly.
//! An answer must contain: who examined the goods before export and how; the valuation with its US$ per carat by class;
//! photographs, where there are any; which class is right.
//! Evidence: the departure and the arrival, with carats of each class and US$ per carat on both sides.
//! Source: L17; domain 3.7: a change of class is always a discrepancy (HS_DIFF); S08, S42: gems leave as industrial stones.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement, entries_of_subject};
use kp_terms::{Carats, CertificateNumber, HsCode, Period, Sentence, UsdCents, sentence};
use kp_trade::{
    Line, depart_shipment::ShipmentDeparted, issue_certificate::CertificateIssued,
    record_arrival::ArrivalRecorded, rules::weight,
};

use super::{log_place, presentations, rank};
use crate::finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold};

pub(in crate::trade) const SOURCE: &str = include_str!("class_changed_on_arrival.rs");

/// One class on both sides.
struct Changed {
    hs: HsCode,
    stated: Carats,
    measured: Carats,
}

/// Looks when the second of the two, departure and arrival, is stated.
pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    let Some(number) = with_two_sides(tx, entry)? else { return Ok(None) };
    let mut about = entries_of_subject(tx, &number.to_string())?;
    about.retain(|earlier| earlier.position <= entry.position);
    let Some(left) = about.iter().find(|e| e.kind == ShipmentDeparted::KIND) else { return Ok(None) };
    let departed: ShipmentDeparted = left.body()?;
    let issued = about.iter().find(|e| e.kind == CertificateIssued::KIND);
    let parcels =
        issued.map(|e| e.body::<CertificateIssued>()).transpose()?.map_or(1, |issued| issued.parcels);
    for came in about.iter().filter(|e| e.kind == ArrivalRecorded::KIND) {
        let arrived: ArrivalRecorded = came.body()?;
        let changed = match &arrived.lines {
            Some(measured) if arrived.at != departed.participant => {
                changed(&departed.lines, measured, parcels)
            }
            _ => continue,
        };
        if !changed.is_empty() {
            return Ok(Some(finding(left, &departed, came, &arrived, &changed)));
        }
    }
    Ok(None)
}

/// The number of goods that were measured by class and have left; most are weighed as a whole, and need no look back.
fn with_two_sides(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<CertificateNumber>> {
    match entry.kind.as_str() {
        ArrivalRecorded::KIND => {
            let arrived: ArrivalRecorded = entry.body()?;
            Ok(arrived.lines.is_some().then_some(arrived.number))
        }
        ShipmentDeparted::KIND => {
            let number = entry.body::<ShipmentDeparted>()?.number;
            let came_before = !presentations(tx, &number.to_string())?.is_empty();
            Ok(came_before.then_some(number))
        }
        _ => Ok(None),
    }
}

fn changed(stated: &[Line], measured: &[Line], parcels: u32) -> Vec<Changed> {
    let of = |lines: &[Line], hs| {
        let of_class = lines.iter().filter(|line| line.hs == hs).map(|line| line.carats.hundredths());
        Carats::from_hundredths(of_class.fold(0, i64::saturating_add))
    };
    HsCode::ALL
        .into_iter()
        .map(|hs| Changed { hs, stated: of(stated, hs), measured: of(measured, hs) })
        .filter(|class| !weight::agrees(class.stated, class.measured, parcels))
        .collect()
}

fn in_words(lines: &[Line]) -> Sentence {
    let line = |line: &Line| {
        sentence!(
            "found-class-line",
            "{hs} {carats} ct, US$ {value} (about {unit_value} US$/ct)",
            hs = line.hs,
            carats = line.carats.grouped(),
            value = line.value.grouped(),
            unit_value = line.value.cents().checked_div(line.carats.hundredths()).unwrap_or(0),
        )
    };
    Sentence::row(lines.iter().map(line), "; ")
}

fn finding(
    left: &Entry,
    departed: &ShipmentDeparted,
    came: &Entry,
    arrived: &ArrivalRecorded,
    changed: &[Changed],
) -> Finding {
    let docs = crate::detector_doc::DetectorDoc::from_header(SOURCE);
    let (number, asked) = (&departed.number, departed.participant);
    let class = |c: &Changed| {
        sentence!(
            "found-class-changed",
            "{hs}: {stated} ct stated, {measured} ct measured",
            hs = c.hs,
            stated = c.stated.grouped(),
            measured = c.measured.grouped(),
        )
    };
    let classes = Sentence::row(changed.iter().map(class), "; ");
    let moved = changed.iter().map(|c| c.measured.hundredths().saturating_sub(c.stated.hundredths()).max(0));
    let carats = Carats::from_hundredths(moved.fold(0, i64::saturating_add));
    let measured = arrived.lines.as_deref().unwrap_or_default();
    let value = Line::total_value(measured).unwrap_or(UsdCents::ZERO);
    Finding {
        id: format!("class_changed_on_arrival:{asked}:{number}"),
        detector: "class_changed_on_arrival".into(),
        participant: asked,
        participant_name: asked.to_string(),
        subject: Some(number.to_string()),
        periods: vec![Period::Year(departed.departed_on.year())],
        title: sentence!(
            "found-class-title",
            "{number} left {asked} and arrived at {at} with other classes: {classes}",
            number = number,
            asked = asked,
            at = arrived.at,
            classes = classes,
        ),
        question: sentence!(
            "found-class-question",
            "The certificate {number} and the measurement at {at} differ by class ({classes}). Of which class are these \
             goods, and who examined them on each side?",
            number = number,
            at = arrived.at,
            classes = classes,
        ),
        arithmetic: changed
            .iter()
            .map(|c| {
                ArithmeticLine::new(
                    sentence!("found-class-ct", "class {hs}, ct", hs = c.hs),
                    format!("{} - {}", c.measured.grouped(), c.stated.grouped()),
                    Carats::from_hundredths(c.measured.hundredths().saturating_sub(c.stated.hundredths()))
                        .grouped(),
                )
            })
            .collect(),
        thresholds: vec![Threshold::ours(
            sentence!("found-class-threshold", "difference of a class"),
            sentence!("found-class-tolerance", "0.05 ct per parcel, or 0.1 %"),
        )],
        innocent_explanations: docs.explanations(),
        answer_must_contain: docs.answers(),
        evidence: vec![
            Evidence {
                place: log_place(left),
                states: sentence!("found-class-stated", "stated: {lines}", lines = in_words(&departed.lines)),
            },
            Evidence {
                place: log_place(came),
                states: sentence!("found-class-measured", "measured: {lines}", lines = in_words(measured)),
            },
        ],
        supporting: Vec::new(),
        rank: rank(Severity::Urgent, carats, value, 100),
    }
}
