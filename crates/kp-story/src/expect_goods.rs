//! What must be true of parcels, lots and orders: each expectation looks, and says what it found.
//!
//! Looks only, as `expect.rs` does for everything else.

use anyhow::{Context, Result};
use kp_terms::{CertificateNumber, ParticipantCode};
use kp_valuation::{Assessment, Lot, assess, rules::spread};

use crate::{
    act::code_of,
    form::Args,
    slot,
    stage::{Sight, Stage, Verdict, maybe, nth, one},
};

fn sight(holds: bool, found: impl Into<String>) -> Sight {
    Sight { holds, found: found.into(), shows: None }
}

fn exposure(holds: bool, found: impl Into<String>) -> Sight {
    Sight { holds, found: found.into(), shows: Some(Verdict::Exposed) }
}

fn parcel_of(stage: &Stage, args: &Args) -> Result<Option<kp_custody::Parcel>> {
    let reference = one(args, "parcel")?;
    stage.node.db().read(|tx| kp_custody::parcel_by_reference(tx, reference))
}

pub(crate) fn parcel(stage: &Stage, args: &Args) -> Result<Sight> {
    let Some(parcel) = parcel_of(stage, args)? else { return Ok(sight(false, "there is no such parcel")) };
    let holds = parcel.state.word() == one(args, "parcel-state")?
        && maybe(args, "holder").is_none_or(|holder| holder == parcel.holder)
        && maybe(args, "carats").is_none_or(|carats| slot::carats(carats) == Some(parcel.carats));
    let found =
        format!("{} is {}, held by {}, {} ct", parcel.parcel, parcel.state, parcel.holder, parcel.carats);
    Ok(sight(holds, found))
}

pub(crate) fn share(stage: &Stage, args: &Args) -> Result<Sight> {
    let Some(parcel) = parcel_of(stage, args)? else { return Ok(sight(false, "there is no such parcel")) };
    let (id, carats) = (one(args, "source-id")?, slot::carats(one(args, "carats")?));
    let holds = parcel.shares.iter().any(|share| share.id == id && Some(share.carats) == carats);
    let all: Vec<String> =
        parcel.shares.iter().map(|share| format!("{} {} ct", share.id, share.carats)).collect();
    Ok(sight(holds, format!("{} consists of {}", parcel.parcel, all.join(", "))))
}

pub(crate) fn origin(stage: &Stage, args: &Args) -> Result<Sight> {
    let Some(parcel) = parcel_of(stage, args)? else { return Ok(sight(false, "there is no such parcel")) };
    let origin = parcel.origin().map(|origin| origin.to_string()).unwrap_or_default();
    Ok(sight(origin == one(args, "origin")?, format!("the origin of {} is {origin}", parcel.parcel)))
}

fn lot_of(stage: &Stage, args: &Args) -> Result<Option<Lot>> {
    let lot = one(args, "lot")?;
    stage.node.db().read(|tx| kp_valuation::lot_by_reference(tx, lot))
}

pub(crate) fn value_of(stage: &Stage, args: &Args) -> Result<Sight> {
    let Some(lot) = lot_of(stage, args)? else { return Ok(sight(false, "there is no such lot")) };
    let (party, state) = (one(args, "party")?, one(args, "seal-state")?);
    let value = lot.values_at(lot.stage()).find(|value| value.party.word() == party);
    Ok(match value {
        // A sealed value has no lines to look at: not here, and not anywhere else.
        Some(value) if value.opened_on.is_none() => {
            sight(state == "sealed" && value.lines.is_empty(), format!("the {party} value is sealed"))
        }
        Some(value) => {
            let total = value.total().map(|total| total.to_string()).unwrap_or_default();
            sight(state == "open", format!("the {party} value is open: US$ {total}"))
        }
        None => sight(false, format!("there is no {party} value")),
    })
}

/// A spread as a story writes it.
fn percent(points: u32) -> String {
    spread::percent(points).replace(' ', "")
}

pub(crate) fn tax_base(stage: &Stage, args: &Args) -> Result<Sight> {
    let Some(lot) = lot_of(stage, args)? else { return Ok(sight(false, "there is no such lot")) };
    Ok(match assess(&lot) {
        Assessment::Open { tax_base, spread, .. } => {
            let spread = spread.map(percent).unwrap_or_default();
            let holds = slot::usd(one(args, "usd")?) == Some(tax_base)
                && maybe(args, "percent").is_none_or(|expected| expected == spread);
            exposure(holds, format!("the tax base of {} is US$ {tax_base}, spread {spread}", lot.lot))
        }
        other => sight(false, format!("the values are not open: {other:?}")),
    })
}

pub(crate) fn warnings(stage: &Stage, args: &Args) -> Result<Sight> {
    let Some(lot) = lot_of(stage, args)? else { return Ok(sight(false, "there is no such lot")) };
    let found = stage.node.db().read(|tx| kp_valuation::warnings_of_lot(tx, &lot))?;
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    let holds = found.len().to_string() == one(args, "count")?;
    Ok(exposure(holds, format!("{} warnings: {}", found.len(), all.join("; "))))
}

pub(crate) fn pair(stage: &Stage, args: &Args) -> Result<Sight> {
    let (first, second) = (nth(args, "person", 0)?, nth(args, "person", 1)?);
    let code: ParticipantCode = code_of(first).to_uppercase().parse()?;
    let pairs = stage.node.db().read(|tx| kp_valuation::spread_by_pair(tx, code))?;
    let in_words: Vec<String> = pairs
        .iter()
        .map(|p| format!("{} and {} {} apart in {}", p.first, p.second, percent(p.mean), p.lots))
        .collect();
    let (apart, count) = (one(args, "percent")?, one(args, "count")?);
    let holds = pairs.iter().any(|p| {
        p.first == first && p.second == second && percent(p.mean) == apart && p.lots.to_string() == count
    });
    Ok(exposure(holds, in_words.join("; ")))
}

pub(crate) fn dissent(stage: &Stage, args: &Args) -> Result<Sight> {
    let reference = one(args, "reference")?;
    let found = stage.node.db().read(|tx| kp_valuation::dissents_of_application(tx, reference))?;
    let all: Vec<String> =
        found.iter().map(|dissent| format!("{}: {}", dissent.dissented_by, dissent.words)).collect();
    let holds = found.len().to_string() == one(args, "count")?;
    Ok(exposure(holds, format!("{} objections: {}", found.len(), all.join("; "))))
}

pub(crate) fn certified(stage: &Stage, args: &Args) -> Result<Sight> {
    let number: CertificateNumber = one(args, "number")?.parse()?;
    let certificate = stage.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number))?;
    let Some(certificate) = certificate else { return Ok(sight(false, "there is no such certificate")) };
    let lines = stage
        .node
        .db()
        .read(|tx| kp_trade::lines_of_application(tx, &certificate.application.application))?;
    let of_lines = kp_trade::Line::total_value(&lines).context("the lines add up")?;
    let value = certificate.application.value;
    let holds = slot::usd(one(args, "usd")?) == Some(value) && of_lines == value;
    Ok(sight(holds, format!("{number} bears US$ {value}, its lines US$ {of_lines}")))
}

/// What an officer of the monitoring group reads, which is what anybody may count.
pub(crate) fn overrides(stage: &Stage, args: &Args) -> Result<Sight> {
    let code: ParticipantCode = one(args, "participant")?.parse()?;
    let year: i16 = one(args, "year")?.parse()?;
    let (count, all) = stage.node.db().read(|tx| {
        let count = kp_registry::overrides_in_year(tx, code, year)?;
        Ok::<_, anyhow::Error>((count, kp_registry::overrides_of_participant(tx, code)?))
    })?;
    let orders: Vec<String> = all
        .iter()
        .map(|o| {
            let used = o.used_at.map_or("has not served".to_owned(), |at| format!("served at {at}"));
            format!(
                "{} set {} aside for {}: {} ({}); {used}",
                o.director, o.refusal, o.subject, o.reason, o.legal_basis
            )
        })
        .collect();
    let holds = count.to_string() == one(args, "count")?;
    Ok(exposure(holds, format!("{count} refusals were set aside in {year}: {}", orders.join("; "))))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_percent_is_written_without_a_blank() {
        assert_eq!(super::percent(882), "8.82%");
        assert_eq!(super::percent(5_016), "50.16%");
    }
}
