//! What the detectors remember of the log between entries.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_terms::{CertificateNumber, Date, ParticipantCode};
use kp_trade::{
    Line, confirm_receipt::ReceiptConfirmed, depart_shipment::ShipmentDeparted,
    detain_shipment::ShipmentDetained, receive_confirmations::ConfirmationsReceived,
    record_arrival::ArrivalRecorded, record_pre_advice::PreAdviceReceived,
    report_difference::DifferenceReported,
};

use super::detectors::log_place;

const REMEMBER_SHIPMENT: Sql = sql!("remember_shipment");
const REMEMBER_ANSWER: Sql = sql!("remember_answer");
const REMEMBER_ANSWER_AT: Sql = sql!("remember_answer_at");
const REMEMBER_ARRIVAL: Sql = sql!("remember_arrival");
const ADD_TO_YEAR: Sql = sql!("add_to_year");
const SHIPMENT_BY_NUMBER: Sql = sql!("shipment_by_number");
const ARRIVALS_ELSEWHERE: Sql = sql!("arrivals_elsewhere");

pub(super) fn remember(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        ShipmentDeparted::KIND => departed(tx, entry, &entry.body()?),
        PreAdviceReceived::KIND => advised(tx, entry, &entry.body()?),
        ArrivalRecorded::KIND => arrived(tx, entry, &entry.body()?),
        ReceiptConfirmed::KIND => answered(tx, entry, &entry.body::<ReceiptConfirmed>()?.number.to_string()),
        DifferenceReported::KIND => {
            answered(tx, entry, &entry.body::<DifferenceReported>()?.number.to_string())
        }
        ConfirmationsReceived::KIND => answered_outside(tx, entry),
        ShipmentDetained::KIND => held(tx, entry, &entry.body()?),
        _ => Ok(()),
    }
}

/// Goods that their destination holds have arrived, and the issuer is told why they are held: that is an answer. What is
/// held elsewhere under the number is none.
fn held(tx: &mut Tx<'_>, entry: &Entry, body: &ShipmentDetained) -> Result<()> {
    let number = body.number.to_string();
    let on = entry.on().to_string();
    tx.execute(REMEMBER_ANSWER_AT, &[(&number).into(), (&on).into(), body.at.as_str().into()])?;
    Ok(())
}

/// A shipment whose issuer keeps its register elsewhere: known as departed; its exports are counted there.
fn advised(tx: &mut Tx<'_>, entry: &Entry, body: &PreAdviceReceived) -> Result<()> {
    remember_shipment(tx, entry, &body.number, (body.issuer, body.at), &body.lines, body.departed_on)
}

fn remember_shipment(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
    (from, to): (ParticipantCode, ParticipantCode),
    lines: &[Line],
    departed_on: Date,
) -> Result<()> {
    let carats = Line::total_carats(lines).unwrap_or_default();
    let value = Line::total_value(lines).unwrap_or_default();
    tx.execute(
        REMEMBER_SHIPMENT,
        &[
            (&number.to_string()).into(),
            from.as_str().into(),
            to.as_str().into(),
            carats.hundredths().into(),
            value.cents().into(),
            (&departed_on.to_string()).into(),
            log_place(entry).as_str().into(),
        ],
    )?;
    Ok(())
}

fn departed(tx: &mut Tx<'_>, entry: &Entry, body: &ShipmentDeparted) -> Result<()> {
    let carats = Line::total_carats(&body.lines).unwrap_or_default();
    let value = Line::total_value(&body.lines).unwrap_or_default();
    let sides = (body.participant, body.destination);
    remember_shipment(tx, entry, &body.number, sides, &body.lines, body.departed_on)?;
    let year = i64::from(body.departed_on.year());
    tx.execute(
        ADD_TO_YEAR,
        &[
            body.participant.as_str().into(),
            year.into(),
            carats.hundredths().into(),
            0.into(),
            value.cents().into(),
        ],
    )?;
    // A confirmation from outside may have waited for this departure.
    answered_outside(tx, entry)?;
    // The other desk may have been quicker.
    import(tx, &body.number.to_string(), None)
}

fn arrived(tx: &mut Tx<'_>, entry: &Entry, body: &ArrivalRecorded) -> Result<()> {
    tx.execute(
        REMEMBER_ARRIVAL,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.number.to_string()).into(),
            body.at.as_str().into(),
            body.carats_received.hundredths().into(),
            (&body.arrived_on.to_string()).into(),
            log_place(entry).as_str().into(),
        ],
    )?;
    import(tx, &body.number.to_string(), Some(entry.position))
}

/// Adds an import to its year: of the first presentation of a number that left another participant, with no more carats
/// than left there. Otherwise whoever exports too much could record arrivals until it is covered (L03).
///
/// Asked when a departure is stated (`now_at` is nothing) and when an arrival is; whichever comes second adds.
fn import(tx: &mut Tx<'_>, number: &str, now_at: Option<u64>) -> Result<()> {
    let shipment = tx.optional(SHIPMENT_BY_NUMBER, &[number.into()], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
    })?;
    let Some((exporter, left)) = shipment else { return Ok(()) };
    let arrivals = tx.rows(ARRIVALS_ELSEWHERE, &[number.into(), (&exporter).into()], |row| {
        Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?, row.word::<Date>(3)?))
    })?;
    let Some((position, at, received, arrived_on)) = arrivals.into_iter().next() else { return Ok(()) };
    if now_at.is_some_and(|now| i64::try_from(now) != Ok(position)) {
        return Ok(());
    }
    let (year, carats) = (i64::from(arrived_on.year()), received.min(left));
    tx.execute(ADD_TO_YEAR, &[(&at).into(), year.into(), 0.into(), carats.into(), 0.into()])?;
    Ok(())
}

/// What came from outside and answers a certificate whose importing authority signs none here.
fn answered_outside(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    for number in kp_trade::numbers_answered_at(tx, entry.position)? {
        answered(tx, entry, &number.to_string())?;
    }
    Ok(())
}

fn answered(tx: &mut Tx<'_>, entry: &Entry, number: &str) -> Result<()> {
    tx.execute(REMEMBER_ANSWER, &[number.into(), (&entry.on().to_string()).into()])?;
    Ok(())
}
