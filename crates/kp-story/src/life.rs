//! Acts on certificates beside the straight way: deficiency and cure, replacement, lost paper, transit, detention, seizure,
//! correction. A line's values become the act's fields, nothing more.

use anyhow::Context;
use kp_terms::Fields;

use crate::{
    act::{application, code_of, of_issuer},
    form::Args,
    set_up::usual,
    slot,
    stage::{Stage, Stop, fields, maybe, nth, one},
};

pub(crate) fn slip(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let issuer = of_issuer(number, "clerk");
    let code = issuer.split('-').next().unwrap_or_default().to_uppercase();
    let mut typed = fields(&[
        ("participant", &code),
        ("number", number),
        ("at", one(args, "importer")?),
        ("came_by", "slip"),
        ("sent_by", one(args, "text")?),
    ]);
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?;
    typed.insert("carats".into(), vec![carats.to_string()]);
    if let Some(day) = maybe(args, "date") {
        typed.insert("arrived_on".into(), vec![day.to_owned()]);
    }
    stage.act("record_confirmation", &issuer, typed)
}

pub(crate) fn deficient(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let reference = one(args, "reference")?;
    let found = fields(&[("application", reference), ("reasons", one(args, "text")?)]);
    stage.act("find_deficiency", &usual(code_of(reference), "clerk"), found)
}

pub(crate) fn cure(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let reference = one(args, "reference")?.to_owned();
    let clerk = usual(one(args, "exporter")?, "clerk");
    stage.act("cure_application", &clerk, application(args, &reference)?)
}

pub(crate) fn reject(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let reference = one(args, "reference")?;
    let rejected = fields(&[("application", reference), ("reason", one(args, "text")?)]);
    stage.act("reject_application", &usual(code_of(reference), "approver"), rejected)
}

pub(crate) fn approve(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    stage.act("approve_certificate", &of_issuer(number, "approver"), fields(&[("number", number)]))
}

pub(crate) fn replace(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let handed_in = if maybe(args, "paper") == Some("missing") { "no" } else { "yes" };
    let replaced = fields(&[
        ("number", number),
        ("application", one(args, "reference")?),
        ("old_paper_handed_in", handed_in),
        ("reason", one(args, "text")?),
    ]);
    stage.act("replace_certificate", &of_issuer(number, "approver"), replaced)
}

pub(crate) fn invalidate(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let invalidated = fields(&[("number", number), ("reason", one(args, "text")?)]);
    stage.act("invalidate_certificate", &of_issuer(number, "approver"), invalidated)
}

pub(crate) fn return_unused(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let mut returned = fields(&[("number", number)]);
    if let Some(reason) = maybe(args, "text") {
        returned.insert("reason".into(), vec![reason.to_owned()]);
    }
    stage.act("return_certificate", &of_issuer(number, "approver"), returned)
}

pub(crate) fn report_paper(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (number, at) = (one(args, "number")?, one(args, "importer")?);
    let reported = fields(&[
        ("number", number),
        ("participant", at),
        ("mishap", one(args, "mishap")?),
        ("circumstances", one(args, "text")?),
    ]);
    let issuer = of_issuer(number, "approver");
    let by = if issuer == usual(at, "approver") { issuer } else { usual(at, "importer") };
    stage.act("report_paper", &by, reported)
}

pub(crate) fn counterfeit(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let at = one(args, "importer")?;
    let reported =
        fields(&[("number", one(args, "number")?), ("at", at), ("circumstances", one(args, "text")?)]);
    stage.act("report_counterfeit", &usual(at, "importer"), reported)
}

fn passing(args: &Args) -> Result<Fields, Stop> {
    let mut passing = fields(&[
        ("number", one(args, "number")?),
        ("at", one(args, "importer")?),
        ("container", one(args, "container")?),
    ]);
    passing.insert("seals".into(), args.get("seal").cloned().unwrap_or_default());
    Ok(passing)
}

pub(crate) fn enter(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    stage.act("record_transit_entry", &usual(one(args, "importer")?, "customs"), passing(args)?)
}

pub(crate) fn leave(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut left = passing(args)?;
    if let (Some(carats), Some(usd)) = (maybe(args, "carats"), maybe(args, "usd")) {
        left.insert("carats".into(), vec![slot::carats(carats).context("carats were read")?.to_string()]);
        left.insert("value".into(), vec![slot::usd(usd).context("US dollars were read")?.to_string()]);
    }
    stage.act("record_transit_exit", &usual(one(args, "importer")?, "customs"), left)
}

/// An act on held goods, with its words under a name of its own.
fn on_held(args: &Args, words: &str) -> Result<Fields, Stop> {
    Ok(fields(&[
        ("number", one(args, "number")?),
        ("at", one(args, "importer")?),
        (words, one(args, "text")?),
    ]))
}

pub(crate) fn detain(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    stage.act("detain_shipment", &usual(one(args, "importer")?, "importer"), on_held(args, "reason")?)
}

pub(crate) fn release(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    stage.act("release_shipment", &usual(one(args, "importer")?, "importer"), on_held(args, "remedy")?)
}

pub(crate) fn order_return(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut ordered = on_held(args, "order")?;
    if let Ok(technical) = nth(args, "number", 1) {
        ordered.insert("technical_certificate".into(), vec![technical.to_owned()]);
    }
    stage.act("order_return", &usual(one(args, "importer")?, "importer"), ordered)
}

pub(crate) fn take_back(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let back = fields(&[
        ("number", number),
        ("at", one(args, "importer")?),
        ("carats_received", one(args, "carats")?),
    ]);
    stage.act("record_return", &of_issuer(number, "importer"), back)
}

pub(crate) fn seize(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut seized = on_held(args, "legal_basis")?;
    seized.insert("lot".into(), vec![one(args, "lot")?.to_owned()]);
    seized.insert("carats".into(), vec![one(args, "carats")?.to_owned()]);
    stage.act("seize_shipment", &usual(one(args, "importer")?, "customs"), seized)
}

/// Goods that carry no certificate: customs weighs them before the importing authority's officer.
pub(crate) fn seize_goods(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    let code = crate::act::code_of(lot);
    let mut seized = fields(&[
        ("at", code),
        ("lot", lot),
        ("found", nth(args, "text", 0)?),
        ("circumstances", nth(args, "text", 1)?),
        ("legal_basis", one(args, "law")?),
        ("witness", maybe(args, "officer").unwrap_or(&usual(code, "approver"))),
    ]);
    seized.insert("goods".into(), args.get("weighed").cloned().unwrap_or_default());
    stage.act("seize_goods", &usual(code, "customs"), seized)
}

pub(crate) fn decide_seizure(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    let code = crate::act::code_of(lot);
    let decided = fields(&[
        ("at", code),
        ("lot", lot),
        ("outcome", one(args, "seizure-outcome")?),
        ("decision", one(args, "text")?),
    ]);
    stage.act("decide_seizure", &usual(code, "importer"), decided)
}

pub(crate) fn dispose_seized(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    let code = crate::act::code_of(lot);
    let mut disposed = fields(&[
        ("at", code),
        ("lot", lot),
        ("disposal", one(args, "disposal")?),
        ("carats", one(args, "carats")?),
        ("assurance", nth(args, "text", 0)?),
        ("notice", "Gazette of this story"),
    ]);
    if let Ok(explanation) = nth(args, "text", 1) {
        disposed.insert("explanation".into(), vec![explanation.to_owned()]);
    }
    stage.act("dispose_seized_goods", &usual(code, "importer"), disposed)
}

pub(crate) fn lift(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    stage.act("release_seized", &usual(one(args, "importer")?, "importer"), on_held(args, "decision")?)
}

pub(crate) fn forfeit(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    stage.act("forfeit_goods", &usual(one(args, "importer")?, "customs"), on_held(args, "decision")?)
}

pub(crate) fn dispose(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut disposed = on_held(args, "assurance")?;
    disposed.insert("disposal".into(), vec![one(args, "disposal")?.to_owned()]);
    disposed.insert("carats".into(), vec![one(args, "carats")?.to_owned()]);
    disposed.insert("notice".into(), vec!["Gazette of this story".to_owned()]);
    if let Ok(explanation) = nth(args, "text", 1) {
        disposed.insert("explanation".into(), vec![explanation.to_owned()]);
    }
    stage.act("dispose_forfeited", &usual(one(args, "importer")?, "importer"), disposed)
}

pub(crate) fn correct(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let corrected = fields(&[
        ("number", number),
        ("field", one(args, "field")?),
        ("becomes", nth(args, "text", 0)?),
        ("reason", nth(args, "text", 1)?),
    ]);
    stage.act("instruct_correction", &of_issuer(number, "approver"), corrected)
}

pub(crate) fn accept(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let at = one(args, "importer")?;
    let accepted = fields(&[("number", one(args, "number")?), ("at", at), ("field", one(args, "field")?)]);
    stage.act("accept_correction", &usual(at, "importer"), accepted)
}
