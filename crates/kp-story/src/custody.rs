//! Acts on parcels: a line's values become the act's fields, nothing more.
//!
//! Decides nothing: the node does the act or refuses it.

use anyhow::Context;
use kp_terms::Fields;

use crate::{
    act::code_of,
    form::Args,
    set_up::usual,
    slot,
    stage::{Stage, Stop, fields, maybe, one},
};

pub(crate) fn parcel(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    let code = code_of(parcel);
    let mut recorded = fields(&[
        ("participant", code),
        ("parcel", parcel),
        ("class", maybe(args, "hs").unwrap_or("7102.31")),
        ("holder", one(args, "holder")?),
    ]);
    copy(args, "stones", &mut recorded, "sources");
    stage.act("record_parcel", &usual(code, "clerk"), recorded)
}

pub(crate) fn split(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    let mut split = fields(&[("parcel", parcel)]);
    copy(args, "output", &mut split, "outputs");
    copy(args, "text", &mut split, "loss_reason");
    stage.act("split_parcel", &usual(code_of(parcel), "clerk"), split)
}

pub(crate) fn mix(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let named = args.get("parcel").map(Vec::as_slice).unwrap_or_default();
    let (into, parcels) = named.split_last().context("the form has two places for parcels")?;
    let mut mixed = fields(&[("into", into)]);
    mixed.insert("parcels".into(), parcels.to_vec());
    if let Some(carats) = maybe(args, "carats").and_then(slot::carats) {
        mixed.insert("carats".into(), vec![carats.to_string()]);
    }
    copy(args, "hs", &mut mixed, "class");
    copy(args, "text", &mut mixed, "loss_reason");
    stage.act("mix_parcels", &usual(code_of(into), "clerk"), mixed)
}

pub(crate) fn hand(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    let handed = fields(&[("parcel", parcel), ("to", one(args, "holder")?)]);
    stage.act("hand_over_parcel", &usual(code_of(parcel), "clerk"), handed)
}

pub(crate) fn accept(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    stage.act("accept_parcel", &usual(code_of(parcel), "customs"), fields(&[("parcel", parcel)]))
}

pub(crate) fn adjust(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?.to_string();
    let adjusted = fields(&[("parcel", parcel), ("carats", &carats), ("reason", one(args, "text")?)]);
    stage.act("adjust_parcel", &usual(code_of(parcel), "clerk"), adjusted)
}

pub(crate) fn agree(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    stage.act("agree_adjustment", &usual(code_of(parcel), "customs"), fields(&[("parcel", parcel)]))
}

pub(crate) fn seize(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let parcel = one(args, "parcel")?;
    let code = code_of(parcel);
    let seized =
        fields(&[("parcel", parcel), ("authority", &usual(code, "gdo")), ("legal_basis", one(args, "law")?)]);
    stage.act("seize_parcel", &usual(code, "customs"), seized)
}

pub(crate) fn audit(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?.to_string();
    let recorded = fields(&[
        ("participant", one(args, "participant")?),
        ("audit", one(args, "audit")?),
        ("carats", &carats),
        ("auditor", "an invented audit house"),
        ("report", "invented for this story"),
    ]);
    stage.act("record_audit", "scheme-monitoring", recorded)
}

/// Every value of a place as a field, where the line has any.
pub(crate) fn copy(args: &Args, place: &str, into: &mut Fields, field: &str) {
    if let Some(values) = args.get(place) {
        into.insert(field.to_owned(), values.clone());
    }
}
