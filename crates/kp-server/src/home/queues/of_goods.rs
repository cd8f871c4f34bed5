//! Queues of what is valued and of blank paper.

use anyhow::Result;
use kp_db::Tx;
use kp_registry::Role;
use kp_terms::ParticipantCode;
use kp_trade::{ApplicationState, BlankPlace, CertificateState, DeskView};
use kp_valuation::{Lot, Party};

use super::{Desk, Row, WHOLE, Waiting};
use crate::{act::next::NextAct, words};

/// Applications among which lots are looked for; older ones come up as the newer are done.
const LOOKED_AT: u32 = 60;

/// Lots that wait for a value of the own party: of applications and drafts, for what is issued needs none.
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
    let mut rows = Vec::new();
    for reference in applications(tx, desk.own)? {
        let Some(lot) = kp_valuation::lots_of_application(tx, &reference)?.pop() else { continue };
        let Some(party) = waits(&lot, parties) else { continue };
        rows.push(Row {
            name: lot.lot.clone(),
            link: format!("/applications/{}", crate::act::next::escaped(&reference)),
            note: words::with(
                desk.frame.texts,
                "desk-lot-note",
                &[
                    ("application", &reference),
                    ("carats", &lot.carats().grouped()),
                    ("party", &desk.frame.word(party.word())),
                    ("day", &lot.opened_on),
                ],
            ),
            next: act(&lot.lot, party).into_iter().collect(),
        });
    }
    Ok(rows)
}

/// References of what is applied for or drafted, the oldest first.
fn applications(tx: &mut Tx<'_>, own: Option<ParticipantCode>) -> Result<Vec<String>> {
    let (_, waiting) = kp_trade::applications_waiting(tx, ApplicationState::Applied, own, LOOKED_AT)?;
    let view = own.map_or(DeskView::All, DeskView::From);
    let (_, drafts) = kp_trade::certificates_in_state(tx, CertificateState::Drafted, view, LOOKED_AT)?;
    let drafts = drafts.into_iter().map(|draft| draft.application.application);
    Ok(drafts.chain(waiting.into_iter().map(|application| application.application)).collect())
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
