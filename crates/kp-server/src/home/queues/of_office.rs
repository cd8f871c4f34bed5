//! Queues of those who keep an office running, and of those who read what it did.

use anyhow::Result;
use kp_accounts::{
    Accounts,
    rights::{Class, Thing},
};
use kp_db::Tx;
use kp_terms::Date;

use super::{Desk, Row, WHOLE, Waiting};
use crate::{act::next::NextAct, words};

/// Within how many days an end is told beforehand. Ours.
const AHEAD: i64 = 45;

fn ahead(desk: &Desk<'_>) -> Result<Date> {
    Ok(desk.today.checked_add(jiff::Span::new().days(AHEAD))?)
}

/// Recoveries under way: somebody has lost a factor, and a colleague, an administrator or time is waited for.
pub(super) fn recoveries(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let mut all = Vec::new();
    for recovery in Accounts::recoveries(tx)?.into_iter().filter(|recovery| recovery.ended.is_none()) {
        let officer = kp_registry::officer_by_id(tx, &recovery.officer_id)?;
        let body = officer.map(|officer| officer.body).unwrap_or_default();
        if desk.frame.may_see(Class::Account, &Thing::of(body)) {
            all.push(recovery);
        }
    }
    Ok(Waiting::of(all, desk.shown, |recovery| Row {
        name: recovery.officer_id.clone(),
        link: "/accounts".to_owned(),
        note: words::with(
            desk.frame.texts,
            "desk-recovery-note",
            &[("who", &recovery.started_by), ("at", &words::instant(&recovery.started_at))],
        ),
        next: Vec::new(),
    }))
}

/// Licences that end soon: renewed in time, no parcel waits for them.
pub(super) fn licences_ending(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let all = kp_registry::exporters_ending(tx, own, desk.today, ahead(desk)?, WHOLE + 1)?;
    Ok(Waiting::of(all, desk.shown, |exporter| {
        let filled = [
            ("participant", own.to_string()),
            ("licence_number", exporter.licence_number.clone()),
            ("holder", exporter.holder.clone()),
            ("address", exporter.address.clone()),
        ];
        let filled: Vec<(&str, &str)> = filled.iter().map(|(name, text)| (*name, text.as_str())).collect();
        Row {
            name: exporter.holder.clone(),
            link: String::new(),
            note: words::with(
                desk.frame.texts,
                "desk-licence-note",
                &[("licence", &exporter.licence_number), ("day", &exporter.valid_until)],
            ),
            next: NextAct::of("license_exporter", &filled).into_iter().collect(),
        }
    }))
}

/// Document keys that stop signing soon: the next one takes a ceremony.
pub(super) fn keys_ending(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let until = ahead(desk)?;
    keys(tx, desk, |key, today| key.signs_until >= today && key.signs_until <= until, "register_document_key")
}

/// Document keys whose ceremony nobody has witnessed yet.
pub(super) fn keys_to_witness(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    keys(tx, desk, |key, _| key.witnessed_at.is_none(), "witness_ceremony")
}

fn keys(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    waits: impl Fn(&kp_registry::DocumentKey, Date) -> bool,
    act: &str,
) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let mut all = kp_registry::document_keys_of_participant(tx, own)?;
    all.retain(|key| key.retired_at.is_none() && waits(key, desk.today));
    Ok(Waiting::of(all, desk.shown, |key| {
        let code = own.to_string();
        let filled = match act {
            "witness_ceremony" => vec![
                ("participant", code.as_str()),
                ("key_id", key.key_id.as_str()),
                ("record_hash", key.record_hash.as_str()),
            ],
            _ => vec![("participant", code.as_str()), ("authority_id", key.authority.as_str())],
        };
        Row {
            next: NextAct::of(act, &filled).into_iter().collect(),
            note: words::with(
                desk.frame.texts,
                "desk-key-note",
                &[("authority", &key.authority), ("day", &key.signs_until)],
            ),
            link: String::new(),
            name: key.key_id,
        }
    }))
}

/// Participants for whom nobody can act here yet.
pub(super) fn participants_without_officer(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let mut all = Vec::new();
    for participant in kp_registry::participants(tx)? {
        if kp_registry::officers_of_body_count(tx, participant.code.as_str())? == 0 {
            all.push(participant);
        }
    }
    Ok(Waiting::of(all, desk.shown, |participant| {
        let code = participant.code.to_string();
        Row {
            link: format!("/participants/{code}"),
            note: words::with(desk.frame.texts, "desk-since", &[("day", &participant.member_from)]),
            next: NextAct::of("name_officer", &[("body", &code), ("roles", "administrator")])
                .into_iter()
                .collect(),
            name: participant.name,
        }
    }))
}

/// Refusals that a director set aside, the newest first (L20).
pub(super) fn overrides(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let mut all = kp_registry::overrides_of_participant(tx, own)?;
    all.sort_by_key(|order| std::cmp::Reverse(order.at));
    all.truncate(WHOLE as usize + 1);
    Ok(Waiting::of(all, desk.shown, |order| Row {
        link: format!("/search?q={}", crate::act::next::escaped(&order.subject)),
        note: words::with(
            desk.frame.texts,
            "desk-override-note",
            &[
                ("who", &order.director),
                ("at", &words::instant(&order.at)),
                ("reason", &order.reason),
                ("law", &order.legal_basis),
            ],
        ),
        next: Vec::new(),
        name: format!("{}: {}", order.subject, desk.frame.act(&order.act)),
    }))
}

/// Objections of valuers and others, which nobody can take away, the newest first.
pub(super) fn dissents(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let mut all = kp_valuation::dissents_of_participant(tx, own)?;
    all.sort_by_key(|dissent| std::cmp::Reverse(dissent.position));
    all.truncate(WHOLE as usize + 1);
    Ok(Waiting::of(all, desk.shown, |dissent| Row {
        name: dissent.lot,
        link: format!("/receipts/{}", dissent.position),
        note: format!("{} ({}, {})", dissent.words, dissent.dissented_by, dissent.dissented_on),
        next: Vec::new(),
    }))
}
