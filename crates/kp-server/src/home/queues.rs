//! The work queues of the desk: what waits, for whom, with the next act as a button in the row.

use anyhow::Result;
use kp_accounts::rights::{Class, Thing, Viewer};
use kp_cases::Case;
use kp_db::Tx;
use kp_language::Texts;
use kp_registry::Role;
use kp_terms::{Date, ParticipantCode};
use kp_trade::{CertificateState, DeskView};

use crate::{
    act::next::{self, NextAct},
    case::show,
    frame::Frame,
    words,
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
    /// Key of the title.
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
    let texts = frame.texts;
    let own: Option<ParticipantCode> = who.and_then(|who| who.body.parse().ok());
    let mine = |role| who.is_some_and(|who| who.roles.contains(&role));
    let of_certificates = match own {
        Some(own) => frame.may_see(Class::Certificate, &Thing::of(own)),
        None => frame.viewer == Viewer::Demonstration,
    };
    let mut all = if of_certificates { vec![applications(tx, texts, own)?] } else { Vec::new() };
    for (title, role, state, is_inward) in OF_CERTIFICATES.iter().filter(|_| of_certificates) {
        let view = match is_inward {
            true => DeskView { issuer: None, destination: own },
            false => DeskView { issuer: own, destination: None },
        };
        all.push(certificates(tx, texts, title, *role, *state, view)?);
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
    ("queue-drafted", Role::Approver, CertificateState::Drafted, false),
    ("queue-issued", Role::Customs, CertificateState::Issued, false),
    ("queue-validated", Role::Customs, CertificateState::Validated, false),
    ("queue-departed", Role::Importer, CertificateState::Departed, true),
    ("queue-arrived", Role::Importer, CertificateState::Arrived, true),
];

fn applications(tx: &mut Tx<'_>, texts: Texts, own: Option<ParticipantCode>) -> Result<Queue> {
    let mut waiting = kp_trade::applications_without_draft(tx)?;
    waiting.retain(|application| own.is_none_or(|own| application.participant == own));
    let row = |application: &kp_trade::Application| Row {
        name: application.application.clone(),
        link: String::new(),
        note: words::with(
            texts,
            "desk-application-note",
            &[
                ("to", &application.destination),
                ("carats", &application.carats.grouped()),
                ("day", &application.applied_on),
            ],
        ),
        next: next::of_application(application),
    };
    Ok(Queue {
        title: "queue-applications",
        role: Role::Clerk,
        count: i64::try_from(waiting.len())?,
        rows: waiting.iter().take(SHOWN as usize).map(row).collect(),
        is_mine: false,
    })
}

fn certificates(
    tx: &mut Tx<'_>,
    texts: Texts,
    title: &'static str,
    role: Role,
    state: CertificateState,
    view: DeskView,
) -> Result<Queue> {
    let (count, first) = kp_trade::certificates_in_state(tx, state, view, SHOWN)?;
    let row = |certificate: &kp_trade::Certificate| Row {
        name: certificate.number.to_string(),
        link: format!("/certificates/{}", certificate.number),
        note: words::with(
            texts,
            "desk-certificate-note",
            &[
                ("from", &certificate.application.participant),
                ("to", &certificate.application.destination),
                ("carats", &certificate.application.carats.grouped()),
                ("day", &since(certificate)),
            ],
        ),
        next: next::of_certificate(certificate),
    };
    Ok(Queue { title, role, count, rows: first.iter().map(row).collect(), is_mine: false })
}

/// Cases to answer, and cases to close. Only a participant's own where its officer is at the desk.
fn cases(tx: &mut Tx<'_>, own: Option<ParticipantCode>, today: Date, frame: &Frame) -> Result<Vec<Queue>> {
    let texts = frame.texts;
    let mut all = kp_cases::cases(tx)?;
    all.retain(|case| frame.may_see(Class::Question, &show::question(case.asked, Some(case))));
    all.retain(|case| own.is_none_or(|own| case.asked == own));
    all.sort_by_key(|case| case.answer_due);
    let queue = |title, role, state: &str| -> Result<Queue> {
        let waiting: Vec<&Case> = all.iter().filter(|case| case.state == state).collect();
        let row = |case: &&Case| Row {
            name: case.case_number.clone(),
            link: format!("/cases/{}", case.case_number),
            note: format!("{}: {} ({})", case.asked, case.title, show::clock(texts, case, &today)),
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
        queue("queue-cases-open", Role::FocalPoint, "open")?,
        queue("queue-cases-answered", Role::Statistics, "answered")?,
    ])
}

fn since(certificate: &kp_trade::Certificate) -> Date {
    certificate
        .departed_on
        .or(certificate.validated_on)
        .or(certificate.issued_on)
        .unwrap_or(certificate.drafted_on)
}
