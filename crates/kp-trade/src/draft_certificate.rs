//! Draft a certificate: a clerk gives an application its number.
//!
//! Scheme: Annex I.A (a unique number with the issuer's prefix). Closes: L22 for our own numbers. Appends
//! `certificate_drafted`. A number once drafted never serves again, whatever becomes of it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{Application, Certificate, queries, rules::parcels};

const RECORD_DRAFT: Sql = sql!("record_draft");

/// Highest serial. One number with a digit too many would otherwise push the whole series up after it.
const HIGHEST_SERIAL: u64 = 99_999_999;

kp_terms::form! {
    /// What the clerk types.
    pub struct Request {
        /// The application's reference.
        application: String, "XA-A-17";
        /// The number on the paper; the next number of the series where none is given.
        number: Option<CertificateNumber>, "XA-000001";
    }
}

/// A certificate is drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateDrafted {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// The application it answers.
    pub application: String,
    /// Who drafted.
    pub drafted_by: String,
}

impl Statement for CertificateDrafted {
    const KIND: &'static str = "certificate_drafted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not drafted.
    pub enum Refusal {
        /// Unknown reference.
        NoSuchApplication { reference: String } = "no_such_application", "there is no application {reference}; take the application first", "CD Annex II.17";
        /// It has a number.
        AlreadyDrafted { reference: String, number: CertificateNumber } = "application_already_drafted", "application {reference} has certificate {number} already", "CD Section II(a): one certificate per shipment";
        /// The prefix is not ours.
        NumberOfAnotherIssuer { number: CertificateNumber, code: ParticipantCode } = "number_of_another_issuer", "number {number} does not carry the prefix of {code}", "CD Annex I.A: prefix of the issuing participant";
        /// The number is too long.
        NumberTooLong { number: CertificateNumber } = "number_too_long", "number {number} has more than 8 digits; give the number that stands on the paper", "EU2368 Annex IV: 8 digits are the most that any scheme prints; limit ours";
        /// The number has served.
        NumberAlreadyUsed { number: CertificateNumber } = "number_already_used", "certificate number {number} was used already; numbers never serve twice", "CD Annex I.A: unique number; L22";
    }
}

struct Facts {
    officer: Officer,
    application: Option<Application>,
    drafted: Option<CertificateNumber>,
    number: Option<CertificateNumber>,
    existing: Option<Certificate>,
}

/// Drafts a certificate; the entry's subject is its number.
///
/// # Errors
/// Refuses where the application or the number does not serve.
pub fn draft_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    let statement = decide(&facts, request, desk.today())?;
    parcels::check_draft(tx, statement.participant, &statement.application, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Facts, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let application = queries::application_by_reference(tx, &request.application)?;
    let number = match (&request.number, &application) {
        (Some(number), _) => Some(number.clone()),
        (None, Some(application)) => Some(queries::next_number(tx, application.participant)?),
        (None, None) => None,
    };
    Ok(Facts {
        officer,
        drafted: queries::certificate_of_application(tx, &request.application)?,
        existing: match &number {
            Some(number) => queries::certificate_by_number(tx, number)?,
            None => None,
        },
        application,
        number,
    })
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<CertificateDrafted, Box<dyn Refuse>> {
    let reference = request.application.clone();
    let (Some(application), Some(number)) = (&facts.application, &facts.number) else {
        return Err(Refusal::NoSuchApplication { reference }.into());
    };
    may_act::of_participant(&facts.officer, Role::Clerk, application.participant)?;
    if facts.existing.is_some() {
        return Err(Refusal::NumberAlreadyUsed { number: number.clone() }.into());
    }
    if let Some(number) = &facts.drafted {
        return Err(Refusal::AlreadyDrafted { reference, number: number.clone() }.into());
    }
    let code = application.participant;
    if number.issuer(today).ok() != Some(code) {
        return Err(Refusal::NumberOfAnotherIssuer { number: number.clone(), code }.into());
    }
    if number.serial() > HIGHEST_SERIAL {
        return Err(Refusal::NumberTooLong { number: number.clone() }.into());
    }
    Ok(CertificateDrafted {
        number: number.clone(),
        participant: code,
        application: reference,
        drafted_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateDrafted = entry.body()?;
    tx.execute(
        RECORD_DRAFT,
        &[
            (&body.number.to_string()).into(),
            (&body.application).into(),
            body.participant.as_str().into(),
            (&body.drafted_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    kp_custody::reserve(tx, &body.application)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, HIGHEST_SERIAL, Request, decide};
    use crate::{CertificateState, testing::*};
    use kp_registry::Role;
    use kp_terms::CertificateNumber;

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { application: "XA-A-1".into(), number: None };
        let mut facts = Facts {
            officer: officer("XB", Role::Clerk),
            application: None,
            drafted: Some(number("XA-000007")),
            number: Some(CertificateNumber::new(code("XB"), HIGHEST_SERIAL + 1)),
            existing: Some(certificate(CertificateState::Confirmed)),
        };
        let today = day("2026-02-03");
        let drafted = refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request, today)),
            &[
                ("no_such_application", |f| f.application = Some(application())),
                ("officer_of_another_body", |f| f.officer = officer("XA", Role::Approver)),
                ("role_missing", |f| f.officer = officer("XA", Role::Clerk)),
                ("number_already_used", |f| f.existing = None),
                ("application_already_drafted", |f| f.drafted = None),
                ("number_of_another_issuer", |f| {
                    f.number = Some(CertificateNumber::new(code("XA"), HIGHEST_SERIAL + 1));
                }),
                ("number_too_long", |f| f.number = Some(number("xa.0012"))),
            ],
        );
        assert_eq!(
            (drafted.number.to_string(), drafted.drafted_by),
            ("XA-000012".into(), "xa-clerk-1".into())
        );
    }
}
