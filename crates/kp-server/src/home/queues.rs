//! The work queues of the desk: what waits, for whom, with the next act as a button in the row.

use anyhow::Result;
use kp_accounts::rights::{Class, Thing, Viewer};
use kp_cases::Case;
use kp_db::Tx;
use kp_registry::Role;
use kp_terms::{Date, ParticipantCode};
use kp_trade::{CertificateState, DeskView};

use crate::{
    act::next::{self, NextAct},
    case::show,
    frame::Frame,
};

/// How many rows a queue shows; the count says how many there are.
const SHOWN: u32 = 5;

/// One thing that waits.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) note: String,
    pub(crate) next: Vec<NextAct>,
}

/// What waits for one role.
pub(crate) struct Queue {
    pub(crate) title: &'static str,
    pub(crate) role: Role,
    pub(crate) count: i64,
    pub(crate) rows: Vec<Row>,
    /// Whether the person at the desk is the one it waits for.
    pub(crate) is_mine: bool,
}

/// All queues; with an officer of a participant at the desk only that participant's, and the officer's own first.
///
/// What somebody may not see does not wait for them: who has not signed in has no queues, an administrator none of
/// certificates. Counting and naming what waits is not recorded as a look; opening it is.
pub(crate) fn queues(tx: &mut Tx<'_>, frame: &Frame) -> Result<Vec<Queue>> {
    let (who, today) = (frame.who.as_ref(), frame.today);
    if frame.viewer == Viewer::Nobody {
        return Ok(Vec::new());
    }
    let own: Option<ParticipantCode> = who.and_then(|who| who.body.parse().ok());
    let mine = |role| who.is_some_and(|who| who.roles.contains(&role));
    let of_certificates = match own {
        Some(own) => frame.may_see(Class::Certificate, &Thing::of(own)),
        None => frame.viewer == Viewer::Demonstration,
    };
    let mut all = if of_certificates { vec![applications(tx, own)?] } else { Vec::new() };
    for (title, role, state, is_inward) in OF_CERTIFICATES.iter().filter(|_| of_certificates) {
        let view = match is_inward {
            true => DeskView { issuer: None, destination: own },
            false => DeskView { issuer: own, destination: None },
        };
        all.push(certificates(tx, title, *role, *state, view)?);
    }
    let of_questions = match own {
        Some(own) => frame.may_see(Class::Question, &Thing::of(own)),
        None => frame.may_see(Class::Question, &Thing::of("scheme")),
    };
    if of_questions {
        all.extend(cases(tx, own, today, frame)?);
    }
    for queue in &mut all {
        queue.is_mine = mine(queue.role);
    }
    all.sort_by_key(|queue| !queue.is_mine);
    Ok(all)
}

/// Title, whose work, which state, and whether it is the destination's desk.
const OF_CERTIFICATES: &[(&str, Role, CertificateState, bool)] = &[
    ("Drafts to issue", Role::Approver, CertificateState::Drafted, false),
    ("Issued, to seal and validate", Role::Customs, CertificateState::Issued, false),
    ("Validated, to depart", Role::Customs, CertificateState::Validated, false),
    ("Departed, expected here", Role::Importer, CertificateState::Departed, true),
    ("Arrived, to confirm", Role::Importer, CertificateState::Arrived, true),
];

fn applications(tx: &mut Tx<'_>, own: Option<ParticipantCode>) -> Result<Queue> {
    let mut waiting = kp_trade::applications_without_draft(tx)?;
    waiting.retain(|application| own.is_none_or(|own| application.participant == own));
    let row = |application: &kp_trade::Application| Row {
        name: application.application.clone(),
        link: String::new(),
        note: format!(
            "to {}, {} ct, taken on {}",
            application.destination,
            application.carats.grouped(),
            application.applied_on
        ),
        next: next::of_application(application),
    };
    Ok(Queue {
        title: "Applications to draft",
        role: Role::Clerk,
        count: i64::try_from(waiting.len())?,
        rows: waiting.iter().take(SHOWN as usize).map(row).collect(),
        is_mine: false,
    })
}

fn certificates(
    tx: &mut Tx<'_>,
    title: &'static str,
    role: Role,
    state: CertificateState,
    view: DeskView,
) -> Result<Queue> {
    let (count, first) = kp_trade::certificates_in_state(tx, state, view, SHOWN)?;
    let row = |certificate: &kp_trade::Certificate| Row {
        name: certificate.number.to_string(),
        link: format!("/certificates/{}", certificate.number),
        note: format!(
            "{} to {}, {} ct{}",
            certificate.application.participant,
            certificate.application.destination,
            certificate.application.carats.grouped(),
            since(certificate)
        ),
        next: next::of_certificate(certificate),
    };
    Ok(Queue { title, role, count, rows: first.iter().map(row).collect(), is_mine: false })
}

/// Cases to answer, and cases to close. Only a participant's own where its officer is at the desk.
fn cases(tx: &mut Tx<'_>, own: Option<ParticipantCode>, today: Date, frame: &Frame) -> Result<Vec<Queue>> {
    let mut all = kp_cases::cases(tx)?;
    all.retain(|case| frame.may_see(Class::Question, &show::question(case.asked, Some(case))));
    all.retain(|case| own.is_none_or(|own| case.asked == own));
    all.sort_by_key(|case| case.answer_due);
    let queue = |title, role, state: &str| -> Result<Queue> {
        let waiting: Vec<&Case> = all.iter().filter(|case| case.state == state).collect();
        let row = |case: &&Case| Row {
            name: case.case_number.clone(),
            link: format!("/cases/{}", case.case_number),
            note: format!("{}: {} ({})", case.asked, case.title, show::clock(case, &today)),
            next: show::next(case).into_iter().take(1).collect(),
        };
        Ok(Queue {
            title,
            role,
            count: i64::try_from(waiting.len())?,
            rows: waiting.iter().take(SHOWN as usize).map(row).collect(),
            is_mine: false,
        })
    };
    Ok(vec![
        queue("Cases to answer", Role::FocalPoint, "open")?,
        queue("Answered, to close", Role::Statistics, "answered")?,
    ])
}

fn since(certificate: &kp_trade::Certificate) -> String {
    let last = certificate
        .departed_on
        .or(certificate.validated_on)
        .or(certificate.issued_on)
        .unwrap_or(certificate.drafted_on);
    format!(", since {last}")
}
