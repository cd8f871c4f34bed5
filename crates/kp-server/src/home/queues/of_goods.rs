//! Queues of what is valued and of blank paper.

use anyhow::Result;
use kp_accounts::rights::{Class, Thing};
use kp_db::Tx;
use kp_registry::Role;
use kp_trade::{BlankPlace, CertificateState};
use kp_valuation::{Lot, Party};

use super::{Desk, Row, WHOLE, Waiting};
use crate::{act::next::NextAct, words};

/// Of a participant's newest lots so many are looked at: whoever leaves as many behind does not value them any more.
const LOOKED_AT: u32 = 200;

/// Lots that wait for a value of the own party: also of applications that are still to come, for a lot may be opened and
/// valued before; not of what is issued.
pub(super) fn lots_to_value(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let waits = |lot: &Lot, parties: &[Party]| {
        lot.missing_at(lot.stage()).into_iter().find(|missing| parties.contains(missing))
    };
    let rows = of_parties(tx, desk, waits, |lot, party| {
        NextAct::of("submit_value", &[("lot", lot), ("party", party.word())])
    })?;
    Ok(Waiting { count: i64::try_from(rows.len())?, is_more: false, rows })
}

/// Lots of which all values are in and the own is sealed still.
pub(super) fn lots_to_open(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let waits = |lot: &Lot, parties: &[Party]| {
        let is_all_in = lot.missing_at(lot.stage()).is_empty();
        let sealed = lot.values_at(lot.stage()).filter(|value| value.opened_on.is_none());
        sealed.map(|value| value.party).find(|party| is_all_in && parties.contains(party))
    };
    let rows = of_parties(tx, desk, waits, |lot, _| NextAct::of("open_value", &[("lot", lot)]))?;
    Ok(Waiting { count: i64::try_from(rows.len())?, is_more: false, rows })
}

fn of_parties(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    waits: impl Fn(&Lot, &[Party]) -> Option<Party>,
    act: impl Fn(&str, Party) -> Option<NextAct>,
) -> Result<Vec<Row>> {
    let parties: &[Party] = match desk.frame.who.as_ref() {
        Some(who) if who.roles.contains(&Role::Valuer) => &[Party::Government, Party::Exporter],
        Some(_) => &[Party::Independent],
        None => &[Party::Government, Party::Exporter, Party::Independent],
    };
    let whose = match desk.own {
        Some(own) => vec![own],
        None => kp_registry::participants(tx)?.into_iter().map(|participant| participant.code).collect(),
    };
    let mut rows = Vec::new();
    for code in whose {
        for lot in kp_valuation::lots_not_open(tx, code, LOOKED_AT)? {
            let Some(party) = waits(&lot, parties).filter(|_| rows.len() < WHOLE as usize) else { continue };
            if let Some(link) = link(tx, &lot)? {
                rows.push(row(desk, &lot, party, link, act(&lot.lot, party)));
            }
        }
    }
    Ok(rows)
}

/// The page of a lot's application, or an empty text where it has none yet; nothing where its certificate is issued.
fn link(tx: &mut Tx<'_>, lot: &Lot) -> Result<Option<String>> {
    if let Some(number) = kp_trade::certificate_of_application(tx, &lot.application)?
        && let Some(certificate) = kp_trade::certificate_by_number(tx, &number)?
    {
        let waits = certificate.state == CertificateState::Drafted;
        return Ok(waits.then(|| format!("/certificates/{number}")));
    }
    Ok(Some(match kp_trade::application_by_reference(tx, &lot.application)? {
        Some(_) => format!("/applications/{}", crate::act::next::escaped(&lot.application)),
        None => String::new(),
    }))
}

fn row(desk: &Desk<'_>, lot: &Lot, party: Party, link: String, next: Option<NextAct>) -> Row {
    // A valuer reads no certificates.
    let sees = desk.own.is_none_or(|own| desk.frame.may_see(Class::Certificate, &Thing::of(own)));
    Row {
        name: lot.lot.clone(),
        link: if sees { link } else { String::new() },
        note: words::with(
            desk.frame.texts,
            "desk-lot-note",
            &[
                ("application", &lot.application),
                ("carats", &lot.carats().grouped()),
                ("party", &desk.frame.word(party.word())),
                ("day", &lot.opened_on),
            ],
        ),
        next: next.into_iter().collect(),
    }
}

/// Blank paper in one place, with what comes next for it.
pub(super) fn blanks(tx: &mut Tx<'_>, desk: &Desk<'_>, place: BlankPlace, act: &str) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let all = kp_trade::blanks_in_place(tx, own, place, WHOLE + 1)?;
    Ok(Waiting::of(all, desk.shown, |piece| {
        let number = |serial| kp_terms::CertificateNumber::new(own, serial).to_string();
        let numbers = match piece.first == piece.last {
            true => number(piece.first),
            false => format!("{}..{}", number(piece.first), number(piece.last)),
        };
        Row {
            link: String::new(),
            note: words::with(
                desk.frame.texts,
                "desk-blanks-note",
                &[
                    ("sheets", &(piece.last - piece.first + 1)),
                    ("where", &piece.custodian),
                    ("form", &piece.form_version),
                ],
            ),
            next: NextAct::of(act, &[("numbers", &numbers)]).into_iter().collect(),
            name: numbers,
        }
    }))
}
