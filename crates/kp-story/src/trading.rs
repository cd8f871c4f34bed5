//! Who may trade with whom: standing, membership, zones, national lists, conditions; and the keys that sign certificates.
//!
//! Decides nothing: a line's values become the act's fields. A document key is called by a name in a story; its bytes are
//! made from that name, so that a story gives the same log on every machine.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_registry::DocumentKey;
use kp_terms::Fields;

use crate::{
    clock::midnight,
    expect::sight,
    form::Args,
    set_up::usual,
    stage::{Sight, Stage, Stop, fields, nth, one},
};

/// SHA-256 of the record of every ceremony in stories: of nothing, since nobody films a story.
const RECORD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

pub(crate) fn standing(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut changed = fields(&[
        ("participant", one(args, "participant")?),
        ("standing", one(args, "standing")?),
        ("effective_at", one(args, "from")?),
        ("legal_act", one(args, "decision")?),
    ]);
    for (place, field) in [
        ("under-way", "under_way"),
        ("direction", "direction"),
        ("zone", "zones"),
        ("mine", "mines"),
        ("stock", "stock"),
        ("hs", "classes"),
        ("condition", "conditions"),
        ("text", "lifts_embargo"),
    ] {
        given(&mut changed, args, place, field);
    }
    stage.act("change_standing", "scheme-secretariat", changed)
}

fn given(fields: &mut Fields, args: &Args, place: &str, field: &str) {
    if let Some(values) = args.get(place) {
        fields.insert(field.to_owned(), values.clone());
    }
}

pub(crate) fn membership_ends(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let mut ended = fields(&[
        ("participant", one(args, "participant")?),
        ("how", one(args, "end")?),
        ("effective_at", one(args, "from")?),
        ("legal_act", one(args, "decision")?),
    ]);
    given(&mut ended, args, "under-way", "under_way");
    given(&mut ended, args, "successor", "successor");
    stage.act("end_membership", "scheme-secretariat", ended)
}

pub(crate) fn zone(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let recorded = fields(&[
        ("zone", one(args, "zone")?),
        ("state", one(args, "zone-state")?),
        ("effective_from", one(args, "date")?),
        ("legal_act", one(args, "decision")?),
    ]);
    stage.act("record_zone_state", "scheme-secretariat", recorded)
}

pub(crate) fn recognition(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let mut recorded = fields(&[
        ("participant", code),
        ("of", one(args, "recognised")?),
        ("valid_from", nth(args, "date", 0)?),
        ("legal_act", one(args, "decision")?),
    ]);
    if let Ok(last) = nth(args, "date", 1) {
        recorded.insert("valid_to".into(), vec![last.to_owned()]);
    }
    stage.act("record_recognition", &usual(code, "admin"), recorded)
}

pub(crate) fn rule(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let set = fields(&[
        ("participant", code),
        ("rule", one(args, "rule")?),
        ("value", one(args, "value")?),
        ("effective_from", one(args, "date")?),
        ("legal_act", one(args, "decision")?),
    ]);
    stage.act("set_national_rule", &usual(code, "admin"), set)
}

pub(crate) fn condition(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (condition, reference) = (one(args, "condition")?, one(args, "reference")?);
    let code = reference.split_once('-').map_or(reference, |(code, _)| code);
    let met = fields(&[
        ("participant", code),
        ("application", reference),
        ("condition", condition),
        ("evidence", one(args, "text")?),
    ]);
    let who = if condition == "pictures" { usual(code, "clerk") } else { "scheme-monitoring".to_owned() };
    stage.act("record_condition_met", &who, met)
}

/// The name under which the stage keeps a document key: no officer's id has a blank.
pub(crate) fn holder(name: &str) -> String {
    format!("document key {name}")
}

fn key_id(stage: &Stage, name: &str) -> Result<String> {
    Ok(stage.signer(&holder(name))?.key.public().id().to_string())
}

pub(crate) fn document_key(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let public_key = stage.public_key(&holder(one(args, "key-name")?))?;
    let mut registered = fields(&[
        ("participant", code),
        ("authority_id", &usual(code, "gdo")),
        ("key_class", "software"),
        ("valid_from", nth(args, "date", 0)?),
        ("signs_until", nth(args, "date", 1)?),
        ("place", "strong room"),
        ("record_hash", RECORD),
        ("public_key", &public_key),
    ]);
    let present = ["First Custodian".to_owned(), "Second Custodian".to_owned()];
    registered.insert("custodians".into(), present.to_vec());
    stage.act("register_document_key", &usual(code, "custodian"), registered)
}

fn on_key(stage: &Stage, args: &Args) -> Result<(String, Fields)> {
    let code = one(args, "participant")?.to_owned();
    let key_id = key_id(stage, one(args, "key-name")?)?;
    let on_key = fields(&[("participant", &code), ("key_id", &key_id)]);
    Ok((code, on_key))
}

pub(crate) fn witness(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (code, mut witnessed) = on_key(stage, args)?;
    witnessed.insert("record_hash".into(), vec![RECORD.into()]);
    stage.act("witness_ceremony", &usual(&code, "custodian-2"), witnessed)
}

pub(crate) fn retire(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (code, mut retired) = on_key(stage, args)?;
    given(&mut retired, args, "text", "reason");
    stage.act("retire_document_key", &usual(&code, "custodian"), retired)
}

pub(crate) fn compromise(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (code, mut reported) = on_key(stage, args)?;
    given(&mut reported, args, "from", "suspected_from");
    given(&mut reported, args, "text", "what_happened");
    stage.act("report_key_compromise", &usual(&code, "custodian"), reported)
}

/// The last second of the story's day: what was done on a day counts on that day.
pub(crate) fn evening(stage: &Stage) -> Result<Timestamp> {
    Ok(midnight(stage.clock.today())? + SignedDuration::from_secs(86_399))
}

/// Where a document key is in its life, on the story's day.
pub(crate) fn key_state(stage: &Stage, args: &Args) -> Result<Sight> {
    let (name, now) = (one(args, "key-name")?, evening(stage)?);
    let id = key_id(stage, name)?;
    let key: Option<DocumentKey> = stage.node.db().read(|tx| kp_registry::document_key_by_id(tx, &id))?;
    let found = key.map_or_else(|| "not registered".to_owned(), |key| key.state_at(now).to_string());
    Ok(sight(found == one(args, "key-state")?, format!("document key {name} is {found}")))
}

/// Which key signs a participant's certificates on the story's day.
pub(crate) fn signing_key(stage: &Stage, args: &Args) -> Result<Sight> {
    let code = one(args, "participant")?;
    let found = signing_key_id(stage, code)?;
    let expected = key_id(stage, one(args, "key-name")?)?;
    let said = found.clone().unwrap_or_else(|| "no key".to_owned());
    Ok(sight(found == Some(expected), format!("certificates of {code} are signed with {said}")))
}

/// That no key signs a participant's certificates on the story's day.
pub(crate) fn no_signing_key(stage: &Stage, args: &Args) -> Result<Sight> {
    let code = one(args, "participant")?;
    let found = signing_key_id(stage, code)?;
    Ok(sight(
        found.is_none(),
        format!("certificates of {code} are signed with {}", found.unwrap_or_default()),
    ))
}

fn signing_key_id(stage: &Stage, code: &str) -> Result<Option<String>> {
    let (participant, now) = (code.parse()?, evening(stage)?);
    let key = stage.node.db().read(|tx| kp_registry::active_document_key(tx, participant, None, now))?;
    Ok(key.map(|key| key.key_id))
}
