//! Approve a certificate: the first of two approvers vouches for it; another one issues it.
//!
//! Scheme: rulings 11 (two approvals are an authority's own setting, the national rule `second-approval`). Closes: L19 one
//! step further. Appends `certificate_approved`. Issues nothing.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate,
    moves::{self, Act},
    queries,
    rules::four_eyes,
};

const RECORD_APPROVAL: Sql = sql!("record_approval");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The drafted certificate's number.
        number: CertificateNumber, "XA-000001";
    }
}

/// A certificate is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateApproved {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// Who approved.
    pub approved_by: String,
}

impl Statement for CertificateApproved {
    const KIND: &'static str = "certificate_approved";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not approved.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no draft of certificate {number}", "CD Section II";
        /// The same person.
        SameOfficerDraftedAndApproved { number: CertificateNumber, officer: String } = "same_officer_drafted_and_approved", "{officer} drafted {number}; another officer must approve it", "four eyes (L19); rulings 11";
        /// Approved already.
        AlreadyApproved { number: CertificateNumber, officer: String } = "certificate_approved_already", "{officer} approved {number} already; another approver issues it", "rulings 11";
    }
}

/// Approves a certificate.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn approve_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let statement = decide(&officer, certificate.as_ref(), request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    certificate: Option<&Certificate>,
    request: &Request,
) -> Result<CertificateApproved, Box<dyn Refuse>> {
    let number = request.number.clone();
    let Some(certificate) = certificate else { return Err(Refusal::NoSuchCertificate { number }.into()) };
    let participant = certificate.application.participant;
    may_act::of_participant(officer, Role::Approver, participant)?;
    moves::permit(&number, certificate.state, Act::Approve)?;
    if !four_eyes::is_second_person(&officer.id, &certificate.drafted_by) {
        return Err(Refusal::SameOfficerDraftedAndApproved { number, officer: officer.id.clone() }.into());
    }
    if let Some(officer) = certificate.approved_by.clone() {
        return Err(Refusal::AlreadyApproved { number, officer }.into());
    }
    Ok(CertificateApproved { number, participant, approved_by: officer.id.clone() })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateApproved = entry.body()?;
    let (number, on) = (body.number.to_string(), entry.on().to_string());
    tx.execute(RECORD_APPROVAL, &[(&number).into(), (&body.approved_by).into(), (&on).into()])?;
    moves::advance(tx, &body.number, Act::Approve)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Request, decide};
    use crate::{Certificate, CertificateState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { number: number("XA-1") };
        let mut world = (officer("XB", Role::Approver), None);
        let approved = refused_in_order(
            &mut world,
            |(officer, certificate): &(_, Option<Certificate>)| {
                keyed(decide(officer, certificate.as_ref(), &request))
            },
            &[
                ("no_such_certificate", |w| w.1 = Some(certificate(CertificateState::Issued))),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0 = officer("XA", Role::Approver)),
                ("number_already_used", |w| {
                    let mut drafted = certificate(CertificateState::Drafted);
                    drafted.drafted_by = "xa-approver-1".into();
                    drafted.approved_by = Some("xa-approver-2".into());
                    w.1 = Some(drafted);
                }),
                ("same_officer_drafted_and_approved", |w| w.0.id = "xa-approver-3".into()),
                ("certificate_approved_already", |w| w.1 = Some(certificate(CertificateState::Drafted))),
            ],
        );
        assert_eq!(approved.approved_by, "xa-approver-3");
    }
}
