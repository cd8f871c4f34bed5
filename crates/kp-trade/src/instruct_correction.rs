//! Instruct a correction: the issuer tells the importing authority that a small, obvious error should read otherwise.
//!
//! Scheme: IN-DGFT34 (only on instruction of the issuing authority; valid together with the instruction). Closes: L34: the
//! signed certificate stays as it is; the correction is a statement of its own, and counts when the importing authority
//! has accepted it. Appends `correction_instructed`.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Exporter, Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, CorrectedField, Correction,
    issue_certificate::exporter_of,
    moves::{self, Act},
    queries,
    rules::four_eyes,
};

const RECORD_CORRECTION: Sql = sql!("record_correction");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The certificate's number.
        number: CertificateNumber, "XA-000001";
        /// What is corrected: importer-name, importer-address, importer-registration, exporter-name, exporter-address, remarks.
        field: CorrectedField, "importer-name";
        /// As it should read.
        becomes: String, "Harbour Gems BV";
        /// Why the error is obvious.
        reason: String, "a letter was left out; the invoice has the full name";
    }
}

/// A correction is instructed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionInstructed {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// What is corrected.
    pub field: CorrectedField,
    /// As the certificate says, which stays.
    pub was: String,
    /// As it should read.
    pub becomes: String,
    /// Why the error is obvious.
    pub reason: String,
    /// Who instructed.
    pub instructed_by: String,
}

impl Statement for CorrectionInstructed {
    const KIND: &'static str = "correction_instructed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a correction is not instructed.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// The same person.
        SameOfficerDrafted { number: CertificateNumber, officer: String } = "same_officer_drafted_and_corrected", "{officer} drafted {number}; another approver must instruct its correction", "four eyes (L19); rulings 11";
        /// One at a time.
        CorrectionOpen { number: CertificateNumber, field: CorrectedField } = "correction_open", "a correction of {field} of {number} waits for its acceptance already", "IN-DGFT34: each instruction is answered";
        /// No words.
        NoReason = "no_reason", "say why the error is obvious", "IN-DGFT34: facially obvious errors";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    exporter: Option<Exporter>,
    corrections: Vec<Correction>,
}

/// Instructs a correction.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn instruct_correction(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        exporter: match &certificate {
            Some(c) => kp_registry::exporter_by_licence(tx, &c.application.licence_number)?,
            None => None,
        },
        certificate,
        corrections: queries::corrections_of_number(tx, &request.number)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<CorrectionInstructed, Box<dyn Refuse>> {
    let (number, field) = (request.number.clone(), request.field);
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let participant = certificate.application.participant;
    may_act::of_participant(&facts.officer, Role::Approver, participant)?;
    field.may_be_corrected()?;
    moves::permit(&number, certificate.state, Act::InstructCorrection)?;
    let officer = facts.officer.id.clone();
    if !four_eyes::is_second_person(&officer, &certificate.drafted_by) {
        return Err(Refusal::SameOfficerDrafted { number, officer }.into());
    }
    if facts.corrections.iter().any(|other| other.field == field && other.accepted_at.is_none()) {
        return Err(Refusal::CorrectionOpen { number, field }.into());
    }
    let was = as_it_reads(facts, certificate, field);
    field.is_a_correction(&was, &request.becomes)?;
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let (becomes, reason) = (request.becomes.trim().to_owned(), request.reason.clone());
    Ok(CorrectionInstructed { number, participant, field, was, becomes, reason, instructed_by: officer })
}

/// What is corrected: the certificate's own text, or the last correction that was accepted.
fn as_it_reads(facts: &Facts, certificate: &Certificate, field: CorrectedField) -> String {
    let accepted = facts.corrections.iter().rev().find(|c| c.field == field && c.accepted_at.is_some());
    match accepted {
        Some(correction) => correction.becomes.clone(),
        None => field.on(certificate, &exporter_of(&certificate.application, facts.exporter.as_ref())),
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CorrectionInstructed = entry.body()?;
    tx.execute(
        RECORD_CORRECTION,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.number.to_string()).into(),
            body.field.word().into(),
            (&body.was).into(),
            (&body.becomes).into(),
            (&body.reason).into(),
            (&body.instructed_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    moves::advance(tx, &body.number, Act::InstructCorrection)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, CorrectedField, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Approver),
            certificate: None,
            exporter: Some(exporter()),
            corrections: vec![correction(None)],
        };
        let request = Request {
            number: number("XA-1"),
            field: CorrectedField::Carats,
            becomes: "1000.00".into(),
            reason: " ".into(),
        };
        let mut world = (facts, request);
        let corrected = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Validated))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| {
                    w.0.officer = officer("XA", Role::Approver);
                    w.0.officer.id = "xa-clerk-1".into();
                }),
                // L34
                ("amounts_are_not_corrected", |w| w.1.field = CorrectedField::Origin),
                ("not_correctable", |w| w.1.field = CorrectedField::ImporterName),
                ("correct_before_departure", |w| {
                    w.0.certificate = Some(certificate(CertificateState::Returned))
                }),
                ("certificate_ended", |w| w.0.certificate = Some(certificate(CertificateState::Arrived))),
                ("same_officer_drafted_and_corrected", |w| w.0.officer.id = "xa-approver-1".into()),
                ("correction_open", |w| w.0.corrections.clear()),
                ("another_party", |w| w.1.becomes = "Harbour Gems".into()),
                ("nothing_changes", |w| w.1.becomes = "Harbour Gem".into()),
                ("no_reason", |w| w.1.reason = "a letter too many".into()),
            ],
        );
        assert_eq!((corrected.was.as_str(), corrected.becomes.as_str()), ("Harbour Gems", "Harbour Gem"));
    }

    /// A second correction begins where the first one ended.
    #[test]
    fn a_correction_corrects_what_reads_now() {
        let facts = Facts {
            officer: officer("XA", Role::Approver),
            certificate: Some(certificate(CertificateState::Confirmed)),
            exporter: None,
            corrections: vec![correction(Some(12))],
        };
        let request = Request {
            number: number("XA-1"),
            field: CorrectedField::ImporterName,
            becomes: "Harbour Gems BV".into(),
            reason: "so it is".into(),
        };
        assert_eq!(decide(&facts, &request).unwrap().was, "Harbour Gems B");
    }
}
