//! What a statement means to whom: which officers are told, of what, and where they look.
//!
//! The roles are ours; each is one that the act which follows is done by. An officer of whom no key signs any more is told
//! nothing. Closes: L27 in part (a question nobody heard of), L46 (a return nobody was reminded of).

use anyhow::Result;
use kp_cases::{
    answer_case::CaseAnswered,
    ask_question::QuestionAsked,
    clock::{CaseEscalated, CaseReminded},
    open_case::CaseOpened,
};
use kp_db::Tx;
use kp_log::{Entry, Statement};
use kp_registry::{
    Officer, Role, register_document_key::DocumentKeyRegistered, register_key::KeyRegistered,
    report_key_compromise::KeyCompromiseReported, retire_document_key::DocumentKeyRetired,
    withdraw_key::KeyWithdrawn,
};
use kp_statistics::calendar::{ReturnStep, ReturnStepReached};
use kp_terms::CertificateNumber;
use kp_trade::{
    Certificate, confirm_receipt::ReceiptConfirmed, depart_shipment::ShipmentDeparted,
    report_difference::DifferenceReported,
};

use Role::{Administrator, Approver, Clerk, Custodian, Director, FocalPoint, Importer, Statistics};

/// Something that officers are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Which text is said.
    pub kind: &'static str,
    /// What it is filled with.
    pub details: Vec<(&'static str, String)>,
    /// The page of what it is about, or empty.
    pub about: String,
    /// Who is told.
    pub to: Vec<String>,
}

/// Every kind there is; each has its texts in every language.
pub const KINDS: [&str; 12] = [
    "shipment_departed",
    "receipt_confirmed",
    "difference_reported",
    "case_opened",
    "question_asked",
    "case_reminded",
    "case_escalated",
    "case_answered",
    "return_due",
    "return_overdue",
    "key_changed",
    "account_changed",
];

/// What is done to an account and told to its officer; each has its text in every language.
pub const TOLD_OF_ACCOUNTS: [&str; 8] = [
    "invited",
    "closed",
    "password_changed",
    "recovery_started",
    "recovery_confirmed",
    "token_made",
    "ministry_bound",
    "ministry_unbound",
];

/// What an entry of the log means to whom; nothing for most.
///
/// # Errors
/// Where the database fails or the entry does not read.
pub fn of_entry(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Event>> {
    Ok(match entry.kind.as_str() {
        ShipmentDeparted::KIND => of_certificate(tx, entry, "shipment_departed", |certificate| {
            (certificate.application.destination.to_string(), &[Importer])
        })?,
        ReceiptConfirmed::KIND => of_certificate(tx, entry, "receipt_confirmed", |certificate| {
            (certificate.application.participant.to_string(), &[Clerk, Approver])
        })?,
        DifferenceReported::KIND => of_certificate(tx, entry, "difference_reported", |certificate| {
            (certificate.application.participant.to_string(), &[Approver, FocalPoint, Director])
        })?,
        CaseOpened::KIND => of_case(tx, entry, "case_opened", &[FocalPoint])?,
        QuestionAsked::KIND => of_case(tx, entry, "question_asked", &[FocalPoint])?,
        CaseReminded::KIND => of_case(tx, entry, "case_reminded", &[FocalPoint])?,
        CaseEscalated::KIND => of_case(tx, entry, "case_escalated", &[FocalPoint, Director])?,
        CaseAnswered::KIND => of_case(tx, entry, "case_answered", &[])?,
        ReturnStepReached::KIND => Some(of_return(tx, &entry.body()?)?),
        KeyRegistered::KIND
        | KeyWithdrawn::KIND
        | DocumentKeyRegistered::KIND
        | DocumentKeyRetired::KIND
        | KeyCompromiseReported::KIND => Some(of_key(tx, entry)?),
        _ => None,
    })
}

fn of_certificate(
    tx: &mut Tx<'_>,
    entry: &Entry,
    kind: &'static str,
    told: impl FnOnce(&Certificate) -> (String, &'static [Role]),
) -> Result<Option<Event>> {
    let Ok(number) = entry.subject.parse::<CertificateNumber>() else { return Ok(None) };
    let Some(certificate) = kp_trade::certificate_by_number(tx, &number)? else { return Ok(None) };
    let (body, roles) = told(&certificate);
    Ok(Some(Event {
        kind,
        details: vec![("number", number.to_string()), ("code", check_code(tx, &number)?)],
        about: format!("/certificates/{number}"),
        to: in_roles(tx, &body, roles)?,
    }))
}

/// The short check code of a certificate that was signed; with the number it is verified without any link.
fn check_code(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<String> {
    Ok(kp_trade::credential_of_number(tx, number)?.map(|signed| signed.check_code).unwrap_or_default())
}

fn of_case(tx: &mut Tx<'_>, entry: &Entry, kind: &'static str, roles: &[Role]) -> Result<Option<Event>> {
    let Some(case) = kp_cases::case_by_number(tx, &entry.subject)? else { return Ok(None) };
    let (body, roles) = match kind {
        "case_answered" => ("scheme".to_owned(), &[Statistics][..]),
        _ => (case.asked.to_string(), roles),
    };
    Ok(Some(Event {
        kind,
        details: vec![
            ("number", case.case_number.clone()),
            ("code", String::new()),
            ("participant", case.asked.to_string()),
            ("due", case.answer_due.to_string()),
        ],
        about: format!("/cases/{}", case.case_number),
        to: in_roles(tx, &body, roles)?,
    }))
}

fn of_return(tx: &mut Tx<'_>, step: &ReturnStepReached) -> Result<Event> {
    let (kind, roles) = match step.step {
        ReturnStep::Reminded => ("return_due", &[FocalPoint][..]),
        _ => ("return_overdue", &[FocalPoint, Director][..]),
    };
    Ok(Event {
        kind,
        details: vec![
            ("number", format!("{} {}", step.table, step.period)),
            ("code", String::new()),
            ("participant", step.participant.to_string()),
            ("due", step.due_on.to_string()),
        ],
        about: "/statistics/returns".to_owned(),
        to: in_roles(tx, &step.participant.to_string(), roles)?,
    })
}

/// Who looks after keys is told of every change to one; so is the officer whose key it is.
fn of_key(tx: &mut Tx<'_>, entry: &Entry) -> Result<Event> {
    let body = entry.owner.to_string();
    let mut to = in_roles(tx, &body, &[Administrator, Custodian])?;
    let whose = match entry.kind.as_str() {
        KeyRegistered::KIND => entry.body::<KeyRegistered>()?.officer_id,
        KeyWithdrawn::KIND => {
            let key = entry.body::<KeyWithdrawn>()?.key_id;
            kp_registry::officer_of_key(tx, &key)?.unwrap_or_default()
        }
        _ => String::new(),
    };
    if !whose.is_empty() {
        to.push(whose.clone());
    }
    to.sort_unstable();
    to.dedup();
    Ok(Event {
        kind: "key_changed",
        details: vec![("number", entry.position.to_string()), ("code", String::new()), ("participant", body)],
        about: format!("/receipts/{}", entry.position),
        to,
    })
}

/// Something was done to an account: its officer is told, whoever did it.
pub fn of_account(step: &kp_accounts::trail::Step) -> Option<Event> {
    TOLD_OF_ACCOUNTS.contains(&step.what.as_str()).then(|| Event {
        kind: "account_changed",
        details: vec![
            ("number", step.number.to_string()),
            ("code", String::new()),
            ("what", step.what.clone()),
            ("by", step.by_whom.clone()),
        ],
        about: "/account".to_owned(),
        to: vec![step.about.clone()],
    })
}

fn in_roles(tx: &mut Tx<'_>, body: &str, roles: &[Role]) -> Result<Vec<String>> {
    let holds = |officer: &Officer| officer.body == body && officer.roles.iter().any(|r| roles.contains(r));
    let mut told = Vec::new();
    for officer in kp_registry::officers(tx)?.into_iter().filter(holds) {
        if !kp_registry::keys_of_officer(tx, &officer.id)?.is_empty() {
            told.push(officer.id);
        }
    }
    Ok(told)
}
