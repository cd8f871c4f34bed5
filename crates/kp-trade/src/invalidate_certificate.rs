//! Invalidate a certificate: the issuer declares it void, because what it says is false or was changed.
//!
//! Scheme: CA-Act s.12, s.14(1) (no import under an invalidated certificate). Appends `certificate_invalidated`. Possible
//! until the importing authority has answered or holds the goods; goods under way are then presented under a void
//! number, and cannot be confirmed.

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

const RECORD_END: Sql = sql!("record_end");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The certificate's number.
        number: CertificateNumber, "XA-000001";
        /// What is false, and how that was found.
        reason: String, "the origin was declared falsely: the mine was closed";
    }
}

/// A certificate is invalidated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateInvalidated {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// What is false.
    pub reason: String,
    /// Who invalidated.
    pub invalidated_by: String,
}

impl Statement for CertificateInvalidated {
    const KIND: &'static str = "certificate_invalidated";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not invalidated.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// The same person.
        SameOfficerDrafted { number: CertificateNumber, officer: String } = "same_officer_drafted_and_invalidated", "{officer} drafted {number}; another approver must invalidate it", "four eyes (L19); rulings 11";
        /// No words.
        NoReason = "no_reason", "say what is false and how that was found", "CA-Act s.12; domain 4: every move has its reason";
    }
}

/// Invalidates a certificate.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn invalidate_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
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
) -> Result<CertificateInvalidated, Box<dyn Refuse>> {
    let number = request.number.clone();
    let Some(certificate) = certificate else { return Err(Refusal::NoSuchCertificate { number }.into()) };
    let participant = certificate.application.participant;
    may_act::of_participant(officer, Role::Approver, participant)?;
    moves::permit(&number, certificate.state, Act::Invalidate)?;
    if !four_eyes::is_second_person(&officer.id, &certificate.drafted_by) {
        return Err(Refusal::SameOfficerDrafted { number, officer: officer.id.clone() }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let reason = request.reason.clone();
    Ok(CertificateInvalidated { number, participant, reason, invalidated_by: officer.id.clone() })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateInvalidated = entry.body()?;
    end(tx, entry, &body.number, Act::Invalidate, &body.reason)
}

/// Takes a certificate out of use: shared by every act that does so before it was answered.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
    act: Act,
    because: &str,
) -> Result<()> {
    let on = entry.on().to_string();
    tx.execute(RECORD_END, &[(&number.to_string()).into(), (&on).into(), because.into()])?;
    moves::advance(tx, number, act)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Request, decide};
    use crate::{Certificate, CertificateState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { number: number("XA-1"), reason: " ".into() };
        let mut world = (officer("XB", Role::Approver), None, request);
        refused_in_order(
            &mut world,
            |(officer, certificate, request): &(_, Option<Certificate>, _)| {
                keyed(decide(officer, certificate.as_ref(), request))
            },
            &[
                ("no_such_certificate", |w| w.1 = Some(certificate(CertificateState::Drafted))),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Clerk)),
                ("role_missing", |w| {
                    w.0 = officer("XA", Role::Approver);
                    w.0.id = "xa-clerk-1".into();
                }),
                ("certificate_not_issued", |w| w.1 = Some(certificate(CertificateState::Confirmed))),
                ("number_already_used", |w| w.1 = Some(certificate(CertificateState::Detained))),
                ("shipment_detained", |w| w.1 = Some(certificate(CertificateState::Replaced))),
                ("certificate_ended", |w| w.1 = Some(certificate(CertificateState::Departed))),
                ("same_officer_drafted_and_invalidated", |w| w.0.id = "xa-approver-1".into()),
                ("no_reason", |w| w.2.reason = "false origin".into()),
            ],
        );
    }
}
