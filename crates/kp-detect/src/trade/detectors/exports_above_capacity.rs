//! exports_above_capacity: a participant exported more in a year than its ground and its imports could give.
//!
//! Question: where did the carats above the high estimate come from?
//! Formula: exports of the calendar year (by departure) > high estimate x 1.10 + imports of the same year (by arrival).
//! Minimum data: one capacity on file whose first year is not later than the year; one departure. Looked at with every
//! departure and with every estimate put on file. An import counts once, where its departure is known, and with no more
//! carats than left there.
//! Thresholds (ours): margin of 10 % on the high estimate.
//! Innocent explanations: stock from before the series was exported; a new mine is missing from the estimate; goods
//! imported earlier were re-exported; goods that were sent back left again; the estimate is out of date.
//! An answer must contain: production of the year by mine or region; opening and closing stock; the import certificates
//! that re-exports draw on; a newer estimate with its source, if there is one.
//! Evidence: the estimate with source and date, the year's exports and imports, the departure that crossed the line.
//! Source: L03; RAP04 (Republic of Congo 2004: exports about 100 times the estimated output); CD Annex II.8.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_registry::{Capacity, record_capacity::CapacityRecorded};
use kp_terms::{Carats, ParticipantCode, Period, UsdCents, sentence};
use kp_trade::depart_shipment::ShipmentDeparted;

use super::{log_place, rank};
use crate::finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold};

pub(in crate::trade) const SOURCE: &str = include_str!("exports_above_capacity.rs");
const YEARS_OF_PARTICIPANT: Sql = sql!("years_of_participant");
/// Percent of the high estimate that is passed over in silence.
const MARGIN_PERCENT: i64 = 10;

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<Finding>> {
    match entry.kind.as_str() {
        ShipmentDeparted::KIND => {
            let departed: ShipmentDeparted = entry.body()?;
            let (code, year) = (departed.participant, departed.departed_on.year());
            let flows = years(tx, code, year)?.into_iter().find(|flows| flows.year == year);
            let capacities = capacities_at(tx, code, entry)?;
            let crossing = evidence(entry, &departed);
            Ok(flows
                .and_then(|flows| judge(code, &flows, &capacities, Some(&crossing)))
                .into_iter()
                .collect())
        }
        CapacityRecorded::KIND => {
            let recorded: CapacityRecorded = entry.body()?;
            let (code, from) = (recorded.participant, i16::try_from(recorded.from_year)?);
            let (years, capacities) = (years(tx, code, from)?, capacities_at(tx, code, entry)?);
            Ok(years.iter().filter_map(|flows| judge(code, flows, &capacities, None)).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// Estimates stated up to this entry and none later: a rebuild must see what was seen then.
fn capacities_at(tx: &mut Tx<'_>, code: ParticipantCode, entry: &Entry) -> Result<Vec<Capacity>> {
    let mut capacities = kp_registry::capacities_of_participant(tx, code)?;
    capacities.retain(|capacity| capacity.position <= entry.position);
    Ok(capacities)
}

fn judge(
    code: ParticipantCode,
    flows: &Flows,
    capacities: &[Capacity],
    crossing: Option<&Evidence>,
) -> Option<Finding> {
    let on_file = capacities.iter().filter(|capacity| capacity.from_year <= flows.year);
    let capacity = on_file.max_by_key(|capacity| (capacity.from_year, capacity.position))?;
    let allowance = allowance(capacity.high, flows.imported);
    (flows.exported > allowance).then(|| finding(code, capacity, flows, allowance, crossing))
}

struct Flows {
    year: i16,
    exported: Carats,
    imported: Carats,
    value: UsdCents,
}

/// What left and came in, year by year from one on.
fn years(tx: &mut Tx<'_>, code: ParticipantCode, from: i16) -> Result<Vec<Flows>> {
    tx.rows(YEARS_OF_PARTICIPANT, &[code.as_str().into(), i64::from(from).into()], |row| {
        Ok(Flows {
            year: i16::try_from(row.get::<i64>(0)?)?,
            exported: Carats::from_hundredths(row.get(1)?),
            imported: Carats::from_hundredths(row.get(2)?),
            value: UsdCents::from_cents(row.get(3)?),
        })
    })
}

/// What the ground and the imports could give.
fn allowance(high: Carats, imported: Carats) -> Carats {
    let with_margin = i128::from(high.hundredths()) * i128::from(100 + MARGIN_PERCENT) / 100;
    let sum = with_margin + i128::from(imported.hundredths());
    Carats::from_hundredths(i64::try_from(sum).unwrap_or(i64::MAX))
}

fn evidence(entry: &Entry, departed: &ShipmentDeparted) -> Evidence {
    let carats = kp_trade::Line::total_carats(&departed.lines).unwrap_or_default();
    Evidence {
        place: log_place(entry),
        states: sentence!(
            "found-left-for",
            "certificate {number} left for {destination} on {day} with {carats} ct",
            number = departed.number,
            destination = departed.destination,
            day = departed.departed_on,
            carats = carats.grouped(),
        ),
    }
}

fn on_file(capacity: &Capacity) -> Evidence {
    Evidence {
        place: sentence!("found-capacity-file", "capacity on file, dated {dated}", dated = capacity.dated),
        states: sentence!(
            "found-capacity-estimate",
            "{high} ct a year from {from_year} ({source})",
            high = capacity.high.grouped(),
            from_year = capacity.from_year,
            source = capacity.source,
        ),
    }
}

fn finding(
    code: ParticipantCode,
    capacity: &Capacity,
    flows: &Flows,
    allowance: Carats,
    crossing: Option<&Evidence>,
) -> Finding {
    let year = flows.year;
    let (exported, imported, high) = (flows.exported, flows.imported, capacity.high);
    let above = Carats::from_hundredths(exported.hundredths() - allowance.hundredths());
    let docs = crate::detector_doc::DetectorDoc::from_header(SOURCE);
    let beyond = exported.hundredths().saturating_mul(100) / allowance.hundredths().max(1);
    Finding {
        id: format!("exports_above_capacity:{code}:{year}"),
        detector: "exports_above_capacity".into(),
        participant: code,
        participant_name: code.to_string(),
        subject: None,
        periods: vec![Period::Year(year)],
        title: sentence!(
            "found-capacity-title",
            "{code} exported {exported} ct in {year}, {above} ct more than the high estimate of its ground and its imports \
             allow",
            code = code,
            exported = exported.grouped(),
            year = year,
            above = above.grouped(),
        ),
        question: sentence!(
            "found-capacity-question",
            "The high estimate for {code} is {high} ct a year ({source}, {dated}). By departures, {exported} ct left in {year}, \
             and {imported} ct came in. Where did the other {above} ct come from?",
            code = code,
            high = high.grouped(),
            source = capacity.source,
            dated = capacity.dated,
            exported = exported.grouped(),
            year = year,
            imported = imported.grouped(),
            above = above.grouped(),
        ),
        arithmetic: vec![
            ArithmeticLine::new(
                sentence!("found-capacity-give", "what ground and imports could give, ct"),
                format!("{} x 1.{MARGIN_PERCENT} + {}", high.grouped(), imported.grouped()),
                allowance.grouped(),
            ),
            ArithmeticLine::new(
                sentence!("found-capacity-above", "exports above that, ct"),
                format!("{} - {}", exported.grouped(), allowance.grouped()),
                above.grouped(),
            ),
        ],
        thresholds: vec![Threshold::ours(
            sentence!("found-capacity-margin", "margin on the high estimate"),
            format!("{MARGIN_PERCENT} %"),
        )],
        innocent_explanations: docs.explanations(),
        answer_must_contain: docs.answers(),
        evidence: std::iter::once(on_file(capacity)).chain(crossing.cloned()).collect(),
        supporting: Vec::new(),
        rank: rank(Severity::Urgent, above, flows.value, beyond),
    }
}
