//! Who is there: participants with their people, authorities, exporters, capacities.
//!
//! The usual people exist so that a story can be short. They are named by the same acts as everybody else, by the
//! officers who may: the secretariat admits and names the first administrator, who names the others.

use kp_terms::Fields;

use crate::{
    form::Args,
    stage::{Stage, Stop, fields, maybe, nth, one},
};

/// Years for which the usual exporter is licensed.
const LICENSED_YEARS: i16 = 5;

/// The usual officer of a participant: `xa-clerk`.
pub(crate) fn usual(code: &str, who: &str) -> String {
    format!("{}-{who}", code.to_lowercase())
}

pub(crate) fn participants(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    for code in args.get("participant").into_iter().flatten() {
        admit(stage, code, &format!("Invented land {code}"), None, "invented for this story")?;
        let (administrator, authority) = (usual(code, "admin"), usual(code, "gdo"));
        name(stage, "scheme-secretariat", &administrator, code, &["administrator"], None)?;
        let office = fields(&[
            ("participant", code),
            ("authority_id", &authority),
            ("name", "Diamond office"),
            ("duty", "both"),
        ]);
        stage.act("name_authority", &administrator, office)?;
        let people = [
            ("clerk", "clerk"),
            ("approver", "approver"),
            ("customs", "customs"),
            ("importer", "importer"),
            ("focal", "focal-point"),
        ];
        for (who, role) in people {
            name(stage, &administrator, &usual(code, who), code, &[role], Some(&authority))?;
        }
        license_usual_exporter(stage, code, &administrator)?;
    }
    Ok(())
}

/// Those who value, and the one who may set a refusal aside; apart from the usual people, because most stories need none.
pub(crate) fn valuers(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    for code in args.get("participant").into_iter().flatten() {
        let (administrator, authority) = (usual(code, "admin"), usual(code, "gdo"));
        for (who, role) in
            [("valuer", "valuer"), ("independent", "independent-valuer"), ("director", "director")]
        {
            name(stage, &administrator, &usual(code, who), code, &[role], Some(&authority))?;
        }
    }
    Ok(())
}

fn license_usual_exporter(stage: &mut Stage, code: &str, administrator: &str) -> Result<(), Stop> {
    let first = stage.clock.today();
    let last = jiff::civil::date(first.year() + LICENSED_YEARS, 12, 31);
    license(
        stage,
        administrator,
        [code, &format!("{code}-EXP-1"), "Sample Diamonds"],
        &first.to_string(),
        &last.to_string(),
    )
}

pub(crate) fn participant(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let decision = maybe(args, "decision").unwrap_or("invented for this story");
    admit(stage, one(args, "participant")?, one(args, "text")?, maybe(args, "date"), decision)
}

fn admit(stage: &mut Stage, code: &str, name: &str, from: Option<&str>, act: &str) -> Result<(), Stop> {
    let today = stage.clock.today().to_string();
    let member_from = from.unwrap_or(&today);
    let admitted =
        fields(&[("code", code), ("name", name), ("member_from", member_from), ("legal_act", act)]);
    stage.act("admit_participant", "scheme-secretariat", admitted)
}

pub(crate) fn authority(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let named = fields(&[
        ("participant", code),
        ("authority_id", one(args, "authority")?),
        ("name", one(args, "text")?),
        ("duty", maybe(args, "duty").unwrap_or("both")),
    ]);
    stage.act("name_authority", &usual(code, "admin"), named)
}

pub(crate) fn officer(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (id, body) = (one(args, "officer")?.to_owned(), one(args, "body")?.to_owned());
    let roles: Vec<&str> = args.get("role").into_iter().flatten().map(String::as_str).collect();
    let mut named = stage.officer_fields(&id, &body, &roles)?;
    if let Some(authority) = maybe(args, "authority") {
        named.insert("authority_id".into(), vec![authority.to_owned()]);
    }
    if let Some(name) = maybe(args, "text") {
        named.insert("name".into(), vec![name.to_owned()]);
    }
    let first = stage.node.db().read(|tx| kp_registry::officers_of_body_count(tx, &body))? == 0;
    let usual_signer =
        if body == "scheme" || first { "scheme-secretariat".to_owned() } else { usual(&body, "admin") };
    stage.act("name_officer", &usual_signer, named)
}

fn name(
    stage: &mut Stage,
    by: &str,
    id: &str,
    body: &str,
    roles: &[&str],
    authority: Option<&str>,
) -> Result<(), Stop> {
    let mut named: Fields = stage.officer_fields(id, body, roles)?;
    if let Some(authority) = authority {
        named.insert("authority_id".into(), vec![authority.to_owned()]);
    }
    stage.act("name_officer", by, named)
}

pub(crate) fn register_key(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let id = one(args, "officer")?.to_owned();
    stage.take_next_key(&id);
    let key = stage.public_key(&id)?;
    let body = body_of(&id);
    let registered =
        fields(&[("body", &body), ("officer_id", &id), ("device", one(args, "text")?), ("public_key", &key)]);
    let outcome = stage.act("register_key", &key_keeper(&body), registered);
    if outcome.is_err() {
        stage.give_key_back(&id);
    }
    outcome
}

pub(crate) fn withdraw_key(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let id = one(args, "officer")?;
    let key_id = stage.signer(id)?.key.public().id().to_string();
    let body = body_of(id);
    let withdrawn = fields(&[("body", &body), ("key_id", &key_id), ("reason", one(args, "text")?)]);
    stage.act("withdraw_key", &key_keeper(&body), withdrawn)
}

/// Whose officer an id names: `xa-clerk` is XA's.
fn body_of(id: &str) -> String {
    match id.split_once('-') {
        Some(("scheme", _)) => "scheme".into(),
        Some((code, _)) => code.to_uppercase(),
        None => id.to_uppercase(),
    }
}

fn key_keeper(body: &str) -> String {
    if body == "scheme" { "scheme-secretariat".into() } else { usual(body, "admin") }
}

pub(crate) fn exporter(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let code = one(args, "participant")?;
    let administrator = usual(code, "admin");
    let who = [code, one(args, "licence")?, one(args, "text")?];
    license(stage, &administrator, who, nth(args, "date", 0)?, nth(args, "date", 1)?)
}

fn license(stage: &mut Stage, by: &str, who: [&str; 3], from: &str, until: &str) -> Result<(), Stop> {
    let [code, licence_number, holder] = who;
    let licensed = fields(&[
        ("participant", code),
        ("licence_number", licence_number),
        ("holder", holder),
        ("address", "1 Market Road, Port Example"),
        ("valid_from", from),
        ("valid_until", until),
    ]);
    stage.act("license_exporter", by, licensed)
}

pub(crate) fn capacity(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let dated = one(args, "date")?;
    let year = dated.get(..4).unwrap_or(dated);
    let high = one(args, "carats-a-year")?;
    let recorded = fields(&[
        ("participant", one(args, "participant")?),
        ("high_carats", high.strip_suffix("/year").unwrap_or(high)),
        ("from_year", maybe(args, "count").unwrap_or(year)),
        ("source", one(args, "text")?),
        ("dated", dated),
    ]);
    stage.act("record_capacity", "scheme-statistics", recorded)
}
