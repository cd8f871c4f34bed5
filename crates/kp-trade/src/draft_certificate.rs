//! Draft a certificate: a clerk gives an application its number.
//!
//! Scheme: Annex I.A (a unique number with the issuer's prefix). Closes: L22 for our own numbers, L23 where certificates are
//! written on numbered blanks. Appends `certificate_drafted`. A number once drafted never serves again, whatever becomes of
//! it; which numbers serve at this desk is said in `series.rs`.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Application, ApplicationState, BlankPiece, Certificate, blank_stock, number_range::NumberRange, queries,
    rules::blank_moves::BlankMove, series::Series,
};

const RECORD_DRAFT: Sql = sql!("record_draft");
const MOVE_APPLICATION: Sql = sql!("move_application");

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
        /// Something is missing.
        Deficient { reference: String } = "application_deficient", "application {reference} is deficient; cure it first", "CA-Act s.9-10";
        /// Turned down.
        Rejected { reference: String } = "application_rejected", "application {reference} was rejected; the exporter applies anew", "CA-Act s.10";
        /// The prefix is not ours.
        NumberOfAnotherIssuer { number: CertificateNumber, code: ParticipantCode } = "number_of_another_issuer", "number {number} does not carry the prefix of {code}", "CD Annex I.A: prefix of the issuing participant";
        /// The number has served.
        NumberAlreadyUsed { number: CertificateNumber } = "number_already_used", "certificate number {number} was used already; numbers never serve twice", "CD Annex I.A: unique number; L22";
    }
}

struct Facts {
    officer: Officer,
    application: Application,
    drafted: Option<CertificateNumber>,
    number: Option<CertificateNumber>,
    existing: Option<Certificate>,
    series: Series,
    /// Where the paper of the number is.
    blank: Option<BlankPiece>,
}

/// Drafts a certificate; the entry's subject is its number.
///
/// # Errors
/// Refuses where the application or the number does not serve.
pub fn draft_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    let statement = decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Facts, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let Some(application) = queries::application_by_reference(tx, &request.application)? else {
        return Err(Failure::refused(Refusal::NoSuchApplication { reference: request.application.clone() }));
    };
    let series = Series::load(tx, application.participant, desk.node.office(), desk.today())?;
    let number = match &request.number {
        Some(number) => Some(number.clone()),
        None => series.next(tx)?,
    };
    let (mut existing, mut blank) = (None, None);
    if let Some(number) = &number {
        existing = queries::certificate_by_number(tx, number)?;
        blank = blank_stock::blank_of_number(tx, number)?;
    }
    Ok(Facts {
        officer,
        drafted: queries::certificate_of_application(tx, &request.application)?,
        application,
        number,
        existing,
        series,
        blank,
    })
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<CertificateDrafted, Box<dyn Refuse>> {
    let reference = request.application.clone();
    let code = facts.application.participant;
    may_act::of_participant(&facts.officer, Role::Clerk, code)?;
    let number = facts.series.given(facts.number.as_ref())?;
    if facts.existing.is_some() {
        return Err(Refusal::NumberAlreadyUsed { number: number.clone() }.into());
    }
    if let Some(number) = &facts.drafted {
        return Err(Refusal::AlreadyDrafted { reference, number: number.clone() }.into());
    }
    match facts.application.state {
        ApplicationState::Deficient => return Err(Refusal::Deficient { reference }.into()),
        ApplicationState::Rejected => return Err(Refusal::Rejected { reference }.into()),
        ApplicationState::Applied | ApplicationState::Drafted => {}
    }
    if number.issuer(today).ok() != Some(code) {
        return Err(Refusal::NumberOfAnotherIssuer { number: number.clone(), code }.into());
    }
    facts.series.check(number, facts.blank.as_ref())?;
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
    tx.execute(MOVE_APPLICATION, &[(&body.application).into(), ApplicationState::Drafted.word().into()])?;
    use_blank(tx, entry, &body.number)
}

/// The sheet is used, where there was one and it lay with whoever drafted. One that is missing stays missing.
fn use_blank(tx: &mut Tx<'_>, entry: &Entry, number: &CertificateNumber) -> Result<()> {
    let Some(piece) = blank_stock::blank_of_number(tx, number)? else { return Ok(()) };
    let step = BlankMove::Use { here: piece.custodian.clone() };
    match NumberRange::new(number.clone(), number.clone()) {
        Ok(one) if step.allows(&piece) => blank_stock::apply_move(tx, entry, number.prefix(), &one, &step),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{
        ApplicationState, BlankPlace, CertificateState, number_range::HIGHEST_SERIAL, series::Series,
        testing::*,
    };
    use kp_registry::Role;
    use kp_terms::CertificateNumber;

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { application: "XA-A-1".into(), number: None };
        let mut facts = Facts {
            officer: officer("XB", Role::Clerk),
            application: application(),
            drafted: Some(number("XA-000007")),
            number: None,
            existing: Some(certificate(CertificateState::Confirmed)),
            series: Series { code: code("XA"), office: None, ranges: Vec::new(), held: None },
            blank: Some(blanks(1, 20, BlankPlace::Stolen, "capital")),
        };
        let today = day("2026-02-03");
        let drafted = refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request, today)),
            &[
                ("officer_of_another_body", |f| f.officer = officer("XA", Role::Approver)),
                ("role_missing", |f| f.officer = officer("XA", Role::Clerk)),
                ("no_number_left", |f| {
                    f.number = Some(CertificateNumber::new(code("XB"), HIGHEST_SERIAL + 1));
                }),
                ("number_already_used", |f| f.existing = None),
                ("application_already_drafted", |f| {
                    f.drafted = None;
                    f.application.state = ApplicationState::Deficient;
                }),
                ("application_deficient", |f| f.application.state = ApplicationState::Rejected),
                ("application_rejected", |f| f.application = application()),
                ("number_of_another_issuer", |f| {
                    f.number = Some(CertificateNumber::new(code("XA"), HIGHEST_SERIAL + 1));
                }),
                ("number_too_long", |f| f.number = Some(number("xa.0012"))),
                ("blank_missing", |f| f.blank = Some(blanks(1, 20, BlankPlace::Printed, "printer"))),
            ],
        );
        assert_eq!(
            (drafted.number.to_string(), drafted.drafted_by),
            ("XA-000012".into(), "xa-clerk-1".into())
        );
    }
}
