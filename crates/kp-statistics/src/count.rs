//! Count Annex III cells from the log: exports by departure, imports by arrival, certificates by validation.
//!
//! Scheme: Annex III(a), rulings 12. Derived: follows the log with a cursor, can run twice without harm, and gives the
//! same cells from the same entries. Depends on entries and on this crate's own tables alone. A second presentation of
//! one number is not a second import: it is counted once, and a finding elsewhere. An arrival that was recorded before
//! the departure is counted when the departure is; goods that came back to where they left from are no import.
//!
//! Where the importing authority has measured class by class, its own classes, carats and values are the import (the
//! importer's valuation is a statistic, domain 3.7). Where only the whole was weighed, classes and value are the
//! certificate's, and a difference in weight is booked on the class with the most carats.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement, earlier_of_kind, entries_after, entries_of_subject};
use kp_terms::{
    Carats, CertificateNumber, Date, HsCode, ParticipantCode, Quarter, Sentence, UsdCents, sentence,
};
use kp_trade::{
    Line, depart_shipment::ShipmentDeparted, record_arrival::ArrivalRecorded,
    record_pre_advice::PreAdviceReceived, validate_certificate::CertificateValidated,
};

const CURSOR: Sql = sql!("cursor");
const MOVE_CURSOR: Sql = sql!("move_cursor");
const ADD_TO_CELL: Sql = sql!("add_to_cell");
const ADD_TO_COUNT: Sql = sql!("add_to_count");
const RECORD_CERTIFICATE_POSTING: Sql = sql!("record_certificate_posting");
const RECORD_PRESENTATION: Sql = sql!("record_presentation");
const RECORD_POSTING: Sql = sql!("record_posting");
const RECORD_SHIPMENT: Sql = sql!("record_shipment");
const SHIPMENT_LINES: Sql = sql!("shipment_lines");
const MARK_ARRIVED: Sql = sql!("mark_arrived");
const RECORD_PROBLEM: Sql = sql!("record_problem");
const FORGET_PROBLEM: Sql = sql!("forget_problem");

/// Entries looked at per call of [`count`], so that a transaction stays short.
const BATCH: u32 = 500;

/// Counts what is new in the log since the cursor. Returns whether there may be more.
///
/// # Errors
/// Where the database fails or an entry does not read.
pub fn count(tx: &mut Tx<'_>) -> Result<bool> {
    let seen = counted_to(tx)?;
    let entries = entries_after(tx, seen, BATCH)?;
    count_entries(tx, &entries)?;
    Ok(!entries.is_empty())
}

/// Position of the last entry that was counted; 0 where none was.
///
/// # Errors
/// Where the database fails.
pub fn counted_to(tx: &mut Tx<'_>) -> Result<u64> {
    let seen = tx.optional(CURSOR, &[], |row| row.get::<i64>(0))?.unwrap_or(0);
    Ok(u64::try_from(seen)?)
}

/// Counts the entries that come after the cursor, where somebody has read them already.
///
/// # Errors
/// As [`count`].
pub fn count_entries(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<()> {
    let Some(last) = entries.last() else { return Ok(()) };
    // An act that was set aside when it was taken over moved no goods.
    let aside = kp_trade::set_aside_among(tx, entries)?;
    for entry in entries.iter().filter(|entry| !aside.contains(&entry.position)) {
        if let Some(count) = count_of(&entry.kind) {
            count(tx, entry)?;
        }
    }
    tx.execute(MOVE_CURSOR, &[i64::try_from(last.position)?.into()])?;
    Ok(())
}

type Count = fn(&mut Tx<'_>, &Entry) -> Result<()>;

/// What is counted of a kind of entries, where anything is.
fn count_of(kind: &str) -> Option<Count> {
    Some(match kind {
        CertificateValidated::KIND => |tx, entry| {
            let body: CertificateValidated = entry.body()?;
            add_certificate(tx, entry, body.participant, body.validated_on, "validated")
        },
        ShipmentDeparted::KIND => |tx, entry| departed(tx, entry, &entry.body()?),
        PreAdviceReceived::KIND => |tx, entry| advised(tx, entry, &entry.body()?),
        ArrivalRecorded::KIND => |tx, entry| {
            let body = entry.body()?;
            present(tx, entry, &body)?;
            arrived(tx, entry, &body, None)
        },
        _ => return None,
    })
}

fn departed(tx: &mut Tx<'_>, entry: &Entry, body: &ShipmentDeparted) -> Result<()> {
    for (order, line) in (0..).zip(&body.lines) {
        let cell =
            Flow { code: body.participant, flow: "export", partner: body.destination, on: body.departed_on };
        add(tx, &cell, line.hs, line.carats, line.value)?;
        post(tx, entry, order, &body.number, &cell, (line.hs, line.carats, line.value))?;
    }
    left(tx, entry, &body.number, body.participant, &body.lines, body.departed_on)
}

/// The issuer counts its exports in its own register; here the shipment is known for the import that will come of it.
fn advised(tx: &mut Tx<'_>, entry: &Entry, body: &PreAdviceReceived) -> Result<()> {
    left(tx, entry, &body.number, body.issuer, &body.lines, body.departed_on)
}

/// Remembers what left, and counts what was presented before it was told.
fn left(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
    exporter: ParticipantCode,
    lines: &[Line],
    departed_on: Date,
) -> Result<()> {
    let number = number.to_string();
    for line in lines {
        tx.execute(
            RECORD_SHIPMENT,
            &[
                (&number).into(),
                line.hs.code().into(),
                exporter.as_str().into(),
                line.carats.hundredths().into(),
                line.value.cents().into(),
            ],
        )?;
    }
    for earlier in earlier_of_kind(tx, &number, ArrivalRecorded::KIND, entry.position)? {
        tx.execute(FORGET_PROBLEM, &[i64::try_from(earlier.position)?.into()])?;
        arrived(tx, &earlier, &earlier.body()?, Some(departed_on))?;
    }
    Ok(())
}

struct ShipmentLine {
    hs: HsCode,
    exporter: ParticipantCode,
    carats: Carats,
    value: UsdCents,
    arrived: i64,
}

/// `departed_on` where the departure was stated only after this arrival; otherwise it is looked up when it matters.
fn arrived(tx: &mut Tx<'_>, entry: &Entry, body: &ArrivalRecorded, departed_on: Option<Date>) -> Result<()> {
    let mut lines = tx.rows(SHIPMENT_LINES, &[(&body.number.to_string()).into()], |row| {
        Ok(ShipmentLine {
            hs: row.word(0)?,
            exporter: row.word(1)?,
            carats: Carats::from_hundredths(row.get(2)?),
            value: UsdCents::from_cents(row.get(3)?),
            arrived: row.get(4)?,
        })
    })?;
    let Some(exporter) = lines.first().map(|line| line.exporter) else {
        let sentence = sentence!(
            "uncounted-no-departure",
            "the arrival of {number} was not counted: no departure under that number is known",
            number = body.number,
        );
        return problem(tx, entry, &sentence);
    };
    if exporter == body.at {
        let sentence = sentence!(
            "uncounted-where-it-left",
            "the arrival of {number} was not counted: {exporter} is where it left from",
            number = body.number,
            exporter = exporter,
        );
        return problem(tx, entry, &sentence);
    }
    if lines.iter().any(|line| line.arrived != 0) {
        let sentence = sentence!(
            "uncounted-presented-again",
            "{number} was presented again; it is counted once",
            number = body.number,
        );
        return problem(tx, entry, &sentence);
    }
    match &body.lines {
        Some(measured) => {
            let line =
                |m: &Line| ShipmentLine { hs: m.hs, exporter, carats: m.carats, value: m.value, arrived: 0 };
            lines = measured.iter().map(line).collect();
        }
        None => book_difference(&mut lines, body.carats_received),
    }
    let on = day_counted(tx, entry, body, departed_on)?;
    for (order, line) in (0..).zip(&lines) {
        let cell = Flow { code: body.at, flow: "import", partner: exporter, on };
        add(tx, &cell, line.hs, line.carats, line.value)?;
        post(tx, entry, order, &body.number, &cell, (line.hs, line.carats, line.value))?;
    }
    mark_arrived(tx, &body.number, entry)?;
    add_certificate(tx, entry, body.at, on, "received")
}

/// The day on which an arrival is counted: the one that was stated, where it can be right. A desk east of Greenwich may
/// be one day ahead of the log's clock.
fn day_counted(
    tx: &mut Tx<'_>,
    entry: &Entry,
    body: &ArrivalRecorded,
    departed_on: Option<Date>,
) -> Result<Date> {
    let (stated, recorded) = (body.arrived_on, entry.on());
    let departed_on = match departed_on {
        // What had left when this was recorded had left by this very day.
        None if stated == recorded => return Ok(stated),
        None => day_of_departure(tx, &body.number)?,
        known => known,
    };
    let (on, why) = match departed_on {
        Some(departed_on) if stated < departed_on => {
            (departed_on, sentence!("uncounted-before-it-left", "before it left"))
        }
        _ if stated > recorded.tomorrow().unwrap_or(recorded) => {
            (recorded, sentence!("uncounted-after-recorded", "after the day it was recorded"))
        }
        _ => return Ok(stated),
    };
    let sentence = sentence!(
        "uncounted-other-day",
        "{number} is said to have arrived on {stated}, {why}; it is counted on {day}",
        number = body.number,
        stated = stated,
        why = why,
        day = on,
    );
    problem(tx, entry, &sentence)?;
    Ok(on)
}

fn day_of_departure(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<Date>> {
    let entries = entries_of_subject(tx, &number.to_string())?;
    for entry in &entries {
        match entry.kind.as_str() {
            ShipmentDeparted::KIND => return Ok(Some(entry.body::<ShipmentDeparted>()?.departed_on)),
            PreAdviceReceived::KIND => return Ok(Some(entry.body::<PreAdviceReceived>()?.departed_on)),
            _ => {}
        }
    }
    Ok(None)
}

/// Puts the difference between the weight received and the weights stated on the heaviest line.
fn book_difference(lines: &mut [ShipmentLine], received: Carats) {
    let stated = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.carats.hundredths()));
    let difference = received.hundredths().saturating_sub(stated);
    if let Some(heaviest) = lines.iter_mut().rev().max_by_key(|line| line.carats) {
        heaviest.carats = Carats::from_hundredths(heaviest.carats.hundredths().saturating_add(difference));
    }
}

struct Flow {
    code: ParticipantCode,
    flow: &'static str,
    partner: ParticipantCode,
    on: Date,
}

fn add(tx: &mut Tx<'_>, cell: &Flow, hs: HsCode, carats: Carats, value: UsdCents) -> Result<()> {
    tx.execute(
        ADD_TO_CELL,
        &[
            cell.code.as_str().into(),
            cell.flow.into(),
            cell.partner.as_str().into(),
            (&Quarter::of(cell.on).to_string()).into(),
            hs.code().into(),
            carats.hundredths().into(),
            value.cents().into(),
        ],
    )?;
    Ok(())
}

/// What a cell is made of, with the certificate behind it and the moment since which it is known: a cell as it was on any
/// day is the sum of what was known by then (L53), and every gap has its numbers (L47).
fn post(
    tx: &mut Tx<'_>,
    entry: &Entry,
    order: i64,
    number: &CertificateNumber,
    cell: &Flow,
    (hs, carats, value): (HsCode, Carats, UsdCents),
) -> Result<()> {
    tx.execute(
        RECORD_POSTING,
        &[
            i64::try_from(entry.position)?.into(),
            order.into(),
            (&number.to_string()).into(),
            cell.code.as_str().into(),
            cell.flow.into(),
            cell.partner.as_str().into(),
            (&cell.on.to_string()).into(),
            (&Quarter::of(cell.on).to_string()).into(),
            hs.code().into(),
            carats.hundredths().into(),
            value.cents().into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

/// Every presentation of a number, whether it was counted or not: a second one, or one of a number that never left, is what
/// a gap between two participants' figures may come from (L22, L47).
fn present(tx: &mut Tx<'_>, entry: &Entry, body: &ArrivalRecorded) -> Result<()> {
    tx.execute(
        RECORD_PRESENTATION,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.number.to_string()).into(),
            body.at.as_str().into(),
            (&body.arrived_on.to_string()).into(),
            body.carats_received.hundredths().into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

fn add_certificate(
    tx: &mut Tx<'_>,
    entry: &Entry,
    code: ParticipantCode,
    on: Date,
    what: &str,
) -> Result<()> {
    let quarter = Quarter::of(on).to_string();
    tx.execute(ADD_TO_COUNT, &[code.as_str().into(), (&quarter).into(), what.into()])?;
    tx.execute(
        RECORD_CERTIFICATE_POSTING,
        &[
            i64::try_from(entry.position)?.into(),
            code.as_str().into(),
            (&quarter).into(),
            what.into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

fn mark_arrived(tx: &mut Tx<'_>, number: &CertificateNumber, entry: &Entry) -> Result<()> {
    tx.execute(MARK_ARRIVED, &[(&number.to_string()).into(), i64::try_from(entry.position)?.into()])?;
    Ok(())
}

fn problem(tx: &mut Tx<'_>, entry: &Entry, sentence: &Sentence) -> Result<()> {
    let sentence = kp_trade::keep(sentence);
    tx.execute(RECORD_PROBLEM, &[i64::try_from(entry.position)?.into(), (&sentence).into()])?;
    Ok(())
}
