//! What the detectors remember of origins: production as declared last, and where goods of each origin went.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement};
use kp_statistics::{load_returns::ReturnsLoaded, submit_return::ReturnSubmitted};
use kp_terms::{Carats, Half, Origin, ParticipantCode};
use kp_trade::{Line, depart_shipment::ShipmentDeparted};

const REMEMBER_PRODUCTION: Sql = sql!("remember_production");
const ADD_ORIGIN_LEFT: Sql = sql!("add_origin_left");
const REMEMBER_ORIGIN_SENT: Sql = sql!("remember_origin_sent");

pub(super) fn remember(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        ReturnSubmitted::KIND => {
            let body: ReturnSubmitted = entry.body()?;
            let carats = body.lines.iter().map(|line| line.carats.hundredths());
            produced(tx, body.participant, body.half, carats.fold(0, i64::saturating_add))
        }
        ReturnsLoaded::KIND => loaded(tx, &entry.body()?),
        ShipmentDeparted::KIND => left(tx, &entry.body()?),
        _ => Ok(()),
    }
}

/// A file has several rows for one half, one for each kind of mining.
fn loaded(tx: &mut Tx<'_>, body: &ReturnsLoaded) -> Result<()> {
    let mut sums: BTreeMap<(ParticipantCode, Half), i64> = BTreeMap::new();
    for row in &body.rows {
        let sum = sums.entry((row.code, row.half)).or_default();
        *sum = sum.saturating_add(row.carats.hundredths());
    }
    for ((code, half), carats) in sums {
        produced(tx, code, half, carats)?;
    }
    Ok(())
}

fn produced(tx: &mut Tx<'_>, code: ParticipantCode, half: Half, carats: i64) -> Result<()> {
    tx.execute(REMEMBER_PRODUCTION, &[code.as_str().into(), (&half.to_string()).into(), carats.into()])?;
    Ok(())
}

fn left(tx: &mut Tx<'_>, body: &ShipmentDeparted) -> Result<()> {
    let year = i64::from(body.departed_on.year());
    for (origin, carats) in parts(body) {
        let (code, origin) = (body.participant.as_str(), origin.as_str());
        tx.execute(ADD_ORIGIN_LEFT, &[code.into(), origin.into(), year.into(), carats.hundredths().into()])?;
        tx.execute(REMEMBER_ORIGIN_SENT, &[body.destination.as_str().into(), origin.into()])?;
    }
    Ok(())
}

/// The origins that a certificate names, with their carats.
pub(super) fn parts(body: &ShipmentDeparted) -> Vec<(ParticipantCode, Carats)> {
    match &body.origin {
        Origin::One(code) => vec![(*code, Line::total_carats(&body.lines).unwrap_or_default())],
        Origin::Mixed(composition) => composition.parts().to_vec(),
    }
}
