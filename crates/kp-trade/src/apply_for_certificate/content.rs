//! An application's content into the tables, and out of them again when new content cures it.

use anyhow::Result;
use kp_db::{Param, Sql, Tx, sql};
use kp_terms::Date;

use super::ApplicationReceived;
use crate::Line;

const RECORD_APPLICATION: Sql = sql!("record_application");
const RECORD_LINE: Sql = sql!("record_line");
const RECORD_SOURCE: Sql = sql!("record_source");
const RECORD_PARCEL: Sql = sql!("record_parcel");
const FORGET_APPLICATION: Sql = sql!("forget_application");
const FORGET_LINES: Sql = sql!("forget_lines");
const FORGET_SOURCES: Sql = sql!("forget_sources");
const FORGET_PARCELS: Sql = sql!("forget_parcels");

/// Writes the content.
pub(crate) fn record(tx: &mut Tx<'_>, body: &ApplicationReceived, applied_on: Date) -> Result<()> {
    let carats = Line::total_carats(&body.lines).unwrap_or_default();
    let value = Line::total_value(&body.lines).unwrap_or_default();
    let replaces = body.replaces.as_ref().map(ToString::to_string);
    tx.execute(
        RECORD_APPLICATION,
        &[
            (&body.application).into(),
            body.participant.as_str().into(),
            (&body.licence_number).into(),
            (&body.importer).into(),
            (&body.importer_address).into(),
            body.destination.as_str().into(),
            (&body.origin.to_string()).into(),
            i64::from(body.parcels).into(),
            carats.hundredths().into(),
            value.cents().into(),
            (&body.declared_by).into(),
            (&applied_on.to_string()).into(),
            body.certificate_kind.unwrap_or_default().word().into(),
            body.purpose.map(|purpose| purpose.word()).into(),
            body.file_reference.as_deref().into(),
            body.transit_purpose.as_deref().into(),
            body.exporter.as_deref().into(),
            body.exporter_address.as_deref().into(),
            i64::from(body.containers.unwrap_or(1)).into(),
            replaces.as_deref().into(),
        ],
    )?;
    record_parts(tx, body)
}

fn record_parts(tx: &mut Tx<'_>, body: &ApplicationReceived) -> Result<()> {
    let application: Param<'_> = (&body.application).into();
    for line in &body.lines {
        let (carats, cents) = (line.carats.hundredths(), line.value.cents());
        tx.execute(RECORD_LINE, &[application, line.hs.code().into(), carats.into(), cents.into()])?;
    }
    for source in body.sources.iter().flatten() {
        let number = source.number.to_string();
        tx.execute(RECORD_SOURCE, &[application, (&number).into(), source.carats.hundredths().into()])?;
    }
    for (place, parcel) in (1_i64..).zip(body.parcel_list.iter().flatten()) {
        let carats = parcel.carats.hundredths();
        tx.execute(RECORD_PARCEL, &[application, place.into(), parcel.hs.code().into(), carats.into()])?;
    }
    Ok(())
}

/// Takes the content out again; the log keeps it.
pub(crate) fn forget(tx: &mut Tx<'_>, application: &str) -> Result<()> {
    for statement in [FORGET_APPLICATION, FORGET_LINES, FORGET_SOURCES, FORGET_PARCELS] {
        tx.execute(statement, &[application.into()])?;
    }
    Ok(())
}
