//! Traders' persons and mandates: a line's values become the act's fields, nothing more.
//!
//! Where a line names nobody, the person of the licence signs: the first who was named for it.

use anyhow::Context;
use kp_registry::Role;

use crate::{
    act::application,
    form::Args,
    set_up::usual,
    slot,
    stage::{Stage, Stop, fields, maybe, nth, one},
};

/// Signs where nobody was named for a licence: an officer that is not there, so that the act is refused.
const NOBODY: &str = "nobody";

pub(crate) fn trader(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (id, code) = (one(args, "officer")?.to_owned(), one(args, "participant")?.to_owned());
    let mut named = stage.officer_fields(&id, &code, &["trader"])?;
    named.insert("licence_number".into(), vec![one(args, "licence")?.to_owned()]);
    stage.act("name_officer", &usual(&code, "admin"), named)
}

pub(crate) fn grant(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mandate = one(args, "mandate")?;
    let (from, to) = (nth(args, "licence", 0)?, nth(args, "licence", 1)?);
    let mut granted = fields(&[
        ("participant", crate::act::code_of(mandate)),
        ("mandate", mandate),
        ("licence_number", from),
        ("broker", to),
        ("valid_from", nth(args, "date", 0)?),
        ("valid_until", nth(args, "date", 1)?),
    ]);
    if let Some(destinations) = args.get("destination") {
        granted.insert("destinations".into(), destinations.clone());
    }
    if let Some(text) = maybe(args, "carats") {
        let most = slot::carats(text).context("carats were read")?;
        granted.insert("most_carats".into(), vec![most.to_string()]);
    }
    if let Some(text) = maybe(args, "usd") {
        let most = slot::usd(text).context("US dollars were read")?;
        granted.insert("most_value".into(), vec![most.to_string()]);
    }
    let by = person_of(stage, from)?;
    stage.act("grant_mandate", &by, granted)
}

pub(crate) fn end(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mandate = one(args, "mandate")?;
    let given = stage.node.db().read(|tx| kp_registry::mandate_by_reference(tx, mandate))?;
    let by = match given {
        Some(given) => person_of(stage, &given.licence_number)?,
        None => NOBODY.to_owned(),
    };
    let code = crate::act::code_of(mandate);
    let ended = fields(&[("participant", code), ("mandate", mandate), ("reason", one(args, "text")?)]);
    stage.act("end_mandate", &by, ended)
}

pub(crate) fn file(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let reference = one(args, "reference")?.to_owned();
    let mut filed = application(args, &reference)?;
    let mut licence = filed.get("licence_number").and_then(|l| l.first()).cloned().unwrap_or_default();
    if let Some(mandate) = maybe(args, "mandate") {
        filed.insert("mandate".into(), vec![mandate.to_owned()]);
        let given = stage.node.db().read(|tx| kp_registry::mandate_by_reference(tx, mandate))?;
        licence = given.map_or(licence, |given| given.broker);
    }
    let by = person_of(stage, &licence)?;
    stage.act("file_application", &by, filed)
}

fn person_of(stage: &Stage, licence: &str) -> Result<String, Stop> {
    let officers = stage.node.db().read(kp_registry::officers)?;
    let of =
        |o: &&kp_registry::Officer| o.roles.contains(&Role::Trader) && o.licence.as_deref() == Some(licence);
    Ok(officers.iter().find(of).map_or_else(|| NOBODY.to_owned(), |officer| officer.id.clone()))
}
