//! Queues of applications and certificates: for the issuer by where they came from, for the importer by where they go.

use anyhow::Result;
use kp_db::Tx;
use kp_terms::Date;
use kp_trade::{Application, ApplicationState, Certificate, CertificateState, DeskView, RowState, ageing_at};

use super::{Desk, Row, WHOLE, Waiting};
use crate::{
    act::next::{self, NextAct, escaped},
    words,
};

pub(super) fn applications(tx: &mut Tx<'_>, desk: &Desk<'_>, state: ApplicationState) -> Result<Waiting> {
    let (count, first) = kp_trade::applications_waiting(tx, state, desk.own, desk.shown)?;
    let row = |application: Application| Row {
        name: application.application.clone(),
        link: format!("/applications/{}", escaped(&application.application)),
        note: words::with(
            desk.frame.texts,
            "desk-application-note",
            &[
                ("to", &application.destination),
                ("carats", &application.carats.grouped()),
                ("day", &application.applied_on),
            ],
        ),
        next: next::of_application(&application),
    };
    Ok(Waiting { count, is_more: false, rows: first.into_iter().map(row).collect() })
}

/// Those that the own participant issues.
pub(super) fn from(tx: &mut Tx<'_>, desk: &Desk<'_>, state: CertificateState) -> Result<Waiting> {
    in_state(tx, desk, state, desk.own.map_or(DeskView::All, DeskView::From))
}

/// Those on their way to the own participant, or there.
pub(super) fn to(tx: &mut Tx<'_>, desk: &Desk<'_>, state: CertificateState) -> Result<Waiting> {
    in_state(tx, desk, state, desk.own.map_or(DeskView::All, DeskView::To))
}

fn in_state(tx: &mut Tx<'_>, desk: &Desk<'_>, state: CertificateState, view: DeskView) -> Result<Waiting> {
    let (count, first) = kp_trade::certificates_in_state(tx, state, view, desk.shown)?;
    let rows = first.into_iter().map(|certificate| row(desk, &certificate)).collect();
    Ok(Waiting { count, is_more: false, rows })
}

fn row(desk: &Desk<'_>, certificate: &Certificate) -> Row {
    Row {
        name: certificate.number.to_string(),
        link: format!("/certificates/{}", certificate.number),
        note: words::with(
            desk.frame.texts,
            "desk-certificate-note",
            &[
                ("from", &certificate.application.participant),
                ("to", &certificate.application.destination),
                ("carats", &certificate.application.carats.grouped()),
                ("day", &since(certificate)),
            ],
        ),
        next: next::of_certificate(certificate),
    }
}

fn since(certificate: &Certificate) -> Date {
    certificate
        .departed_on
        .or(certificate.validated_on)
        .or(certificate.issued_on)
        .unwrap_or(certificate.drafted_on)
}

/// Paper whose last day has passed unused: it goes back and is taken out of use (EU2368 Art 12(5)).
pub(super) fn expired(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let all = match desk.own {
        Some(own) => kp_trade::certificates_expired_unused_of(tx, own, desk.today, WHOLE + 1)?,
        None => kp_trade::certificates_expired_unused(tx, desk.today, None, WHOLE + 1)?,
    };
    Ok(Waiting::of(all, desk.shown, |certificate| Row {
        next: NextAct::of("return_certificate", &[("number", &certificate.number.to_string())])
            .into_iter()
            .collect(),
        ..row(desk, &certificate)
    }))
}

/// Shipments that left longer ago than the calendar of questions allows and that nobody has answered (L27).
pub(super) fn ageing(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let last = kp_log::last_position(tx)?;
    let ageing = ageing_at(tx, last)?;
    let days = jiff::Span::new().days(i64::from(ageing.query_after));
    let before = desk.today.checked_sub(days)?;
    let (count, first) = kp_trade::certificates_unanswered_of(tx, own, before, desk.shown)?;
    let rows = first.into_iter().map(|certificate| Row {
        next: NextAct::of("record_confirmation", &[("number", &certificate.number.to_string())])
            .into_iter()
            .collect(),
        ..row(desk, &certificate)
    });
    Ok(Waiting { count, is_more: false, rows: rows.collect() })
}

/// Goods that passed in and have not passed out.
pub(super) fn transits(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let Some(own) = desk.own else { return Ok(Waiting::default()) };
    let all = kp_trade::transits_open(tx, own, WHOLE + 1)?;
    Ok(Waiting::of(all, desk.shown, |(number, day)| {
        let number = number.to_string();
        Row {
            link: format!("/certificates/{number}"),
            note: words::with(desk.frame.texts, "desk-since", &[("day", &day)]),
            next: NextAct::of("record_transit_exit", &[("number", &number), ("at", own.as_str())])
                .into_iter()
                .collect(),
            name: number,
        }
    }))
}

/// Rows of confirmations that came as a list or letter and fit nothing yet.
pub(super) fn confirmations(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Waiting> {
    let all = kp_trade::confirmation_rows(tx, desk.own, Some(RowState::ToMend), WHOLE + 1)?;
    Ok(Waiting::of(all, desk.shown, |row| {
        let (id, whose) = (row.id.to_string(), row.participant.to_string());
        let acts = [
            NextAct::of("record_confirmation", &[("mends", &id), ("participant", &whose)]),
            NextAct::of("drop_confirmation", &[("row", &id), ("participant", &whose)]),
        ];
        Row {
            name: row.told.number.as_ref().map_or_else(|| row.id.to_string(), ToString::to_string),
            link: format!("/confirmations?state=to_mend#row-{}", row.id),
            note: format!("{}, {}", row.sent_by, row.received_on),
            next: acts.into_iter().flatten().collect(),
        }
    }))
}
