//! Replace a certificate: before export, against the old paper, another application stands in its place.
//!
//! Scheme: CA-Act s.11, CA-Reg s.3 (on application; the old certificate is handed in). Closes: L34 on this side: what is
//! wrong before export is replaced, and both stay on file. Appends `certificate_replaced`. The old number never serves
//! again; what it drew on imports is free for the new one.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Application, ApplicationState, Certificate,
    invalidate_certificate::end,
    moves::{self, Act},
    queries,
    record_arrival::YesNo,
    rules::four_eyes,
};

const RECORD_REPLACEMENT: Sql = sql!("record_replacement");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number that is replaced.
        number: CertificateNumber, "XA-000001";
        /// The application that stands in its place; it must say what it replaces.
        application: String, "XA-A-18";
        /// Whether the old paper was handed in.
        old_paper_handed_in: YesNo, "yes";
        /// What was wrong.
        reason: String, "the importer's name is another";
    }
}

/// A certificate is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateReplaced {
    /// The number that is replaced.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// The application that stands in its place.
    pub application: String,
    /// What was wrong.
    pub reason: String,
    /// Who replaced it, and has the old paper.
    pub replaced_by: String,
}

impl Statement for CertificateReplaced {
    const KIND: &'static str = "certificate_replaced";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not replaced.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// The same person.
        SameOfficerDrafted { officer: String } = "same_officer_drafted_and_replaced", "{officer} drafted one of the two; another approver must replace the certificate", "four eyes (L19); rulings 11";
        /// Without the old paper.
        OldPaperMissing { number: CertificateNumber } = "old_paper_not_handed_in", "the paper of {number} must be handed in first; where it is missing, report it lost", "CA-Act s.11; CA-Reg s.3";
        /// The new one does not say so.
        NotItsReplacement { number: CertificateNumber, reference: String } = "application_does_not_replace", "there is no open application {reference} that says it replaces {number}; take one that does", "CA-Reg s.3";
        /// No words.
        NoReason = "no_reason", "say what was wrong with it", "domain 4: every move has its reason";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    new: Option<Application>,
    /// Who drafted the new one, where it has its number already.
    new_drafted_by: Option<String>,
}

/// Replaces a certificate.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn replace_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let drafted = queries::certificate_of_application(tx, &request.application)?;
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        new: queries::application_by_reference(tx, &request.application)?,
        new_drafted_by: match drafted {
            Some(number) => queries::certificate_by_number(tx, &number)?.map(|new| new.drafted_by),
            None => None,
        },
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<CertificateReplaced, Box<dyn Refuse>> {
    let (number, reference) = (request.number.clone(), request.application.clone());
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let participant = certificate.application.participant;
    may_act::of_participant(&facts.officer, Role::Approver, participant)?;
    moves::permit(&number, certificate.state, Act::Replace)?;
    let officer = facts.officer.id.clone();
    let drafters = std::iter::once(&certificate.drafted_by).chain(&facts.new_drafted_by);
    if drafters.into_iter().any(|drafter| !four_eyes::is_second_person(&officer, drafter)) {
        return Err(Refusal::SameOfficerDrafted { officer }.into());
    }
    if request.old_paper_handed_in == YesNo::No {
        return Err(Refusal::OldPaperMissing { number }.into());
    }
    let is_replacement = facts.new.as_ref().is_some_and(|new| {
        new.replaces.as_ref() == Some(&number)
            && new.participant == participant
            && new.state != ApplicationState::Rejected
    });
    if !is_replacement {
        return Err(Refusal::NotItsReplacement { number, reference }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let reason = request.reason.clone();
    Ok(CertificateReplaced { number, participant, application: reference, reason, replaced_by: officer })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateReplaced = entry.body()?;
    tx.execute(RECORD_REPLACEMENT, &[(&body.number.to_string()).into(), (&body.application).into()])?;
    end(tx, entry, &body.number, Act::Replace, &body.reason)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{Application, ApplicationState, CertificateState, record_arrival::YesNo, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Approver),
            certificate: None,
            new: Some(Application { application: "XA-A-2".into(), ..application() }),
            new_drafted_by: Some("xa-approver-1".into()),
        };
        let request = Request {
            number: number("XA-1"),
            application: "XA-A-2".into(),
            old_paper_handed_in: YesNo::No,
            reason: " ".into(),
        };
        let mut world = (facts, request);
        let replaced = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Departed))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Approver)),
                ("certificate_left_already", |w| w.0.certificate = Some(certificate(CertificateState::Lost))),
                ("certificate_ended", |w| w.0.certificate = Some(certificate(CertificateState::Validated))),
                ("same_officer_drafted_and_replaced", |w| w.0.new_drafted_by = Some("xa-clerk-1".into())),
                ("old_paper_not_handed_in", |w| w.1.old_paper_handed_in = YesNo::Yes),
                ("application_does_not_replace", |w| {
                    let new = w.0.new.as_mut().unwrap();
                    new.replaces = Some(number("XA-1"));
                    new.state = ApplicationState::Rejected;
                }),
                ("application_does_not_replace", |w| {
                    w.0.new.as_mut().unwrap().state = ApplicationState::Applied
                }),
                ("no_reason", |w| w.1.reason = "another importer".into()),
            ],
        );
        assert_eq!(
            (replaced.application.as_str(), replaced.replaced_by.as_str()),
            ("XA-A-2", "xa-approver-1")
        );
    }
}
