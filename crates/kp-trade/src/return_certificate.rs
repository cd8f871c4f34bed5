//! Return a certificate: paper that was not used comes back to the issuer.
//!
//! Scheme: EU2368 Art 12(5) (what is not used in time goes back to the issuing authority). Appends
//! `certificate_returned`. The number never serves again; what it drew on imports is free.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate,
    invalidate_certificate::end,
    moves::{self, Act},
    queries,
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper that came back.
        number: CertificateNumber, "XA-000001";
        /// Why it was not used; where its last day has passed, that is reason enough.
        reason: Option<String>, "the buyer withdrew";
    }
}

/// A certificate is returned unused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateReturned {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// Its last day, where that had passed.
    pub expired_on: Option<Date>,
    /// Why it was not used.
    pub reason: String,
    /// Who has the paper.
    pub returned_to: String,
}

impl Statement for CertificateReturned {
    const KIND: &'static str = "certificate_returned";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a paper is not taken back.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// No words.
        NoReason { number: CertificateNumber } = "no_reason", "{number} could still be used; say why it was not", "domain 4: every move has its reason";
    }
}

/// Takes an unused paper back.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn return_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let statement = decide(&officer, certificate.as_ref(), request, day_of(desk.now))?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    certificate: Option<&Certificate>,
    request: &Request,
    today: Date,
) -> Result<CertificateReturned, Box<dyn Refuse>> {
    let number = request.number.clone();
    let Some(certificate) = certificate else { return Err(Refusal::NoSuchCertificate { number }.into()) };
    let participant = certificate.application.participant;
    may_act::of_participant(officer, Role::Approver, participant)?;
    moves::permit(&number, certificate.state, Act::ReturnUnused)?;
    let expired_on = certificate.expires_on.filter(|_| certificate.is_expired_on(today));
    let said = request.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let reason = match (said, expired_on) {
        (Some(said), _) => said.to_owned(),
        (None, Some(last)) => format!("not used by {last}"),
        (None, None) => return Err(Refusal::NoReason { number }.into()),
    };
    Ok(CertificateReturned { number, participant, expired_on, reason, returned_to: officer.id.clone() })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateReturned = entry.body()?;
    end(tx, entry, &body.number, Act::ReturnUnused, &body.reason)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Request, decide};
    use crate::{Certificate, CertificateState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { number: number("XA-1"), reason: None };
        let mut world = (officer("XB", Role::Approver), None, day("2026-04-02"));
        let returned = refused_in_order(
            &mut world,
            |(officer, certificate, today): &(_, Option<Certificate>, _)| {
                keyed(decide(officer, certificate.as_ref(), &request, *today))
            },
            &[
                ("no_such_certificate", |w| w.1 = Some(certificate(CertificateState::Drafted))),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0 = officer("XA", Role::Approver)),
                ("certificate_not_issued", |w| w.1 = Some(certificate(CertificateState::Arrived))),
                ("certificate_left_already", |w| w.1 = Some(certificate(CertificateState::Validated))),
                // On its last day it could still be used.
                ("no_reason", |w| w.2 = day("2026-04-03")),
            ],
        );
        assert_eq!(returned.expired_on, Some(day("2026-04-02")));
        assert_eq!(returned.reason, "not used by 2026-04-02");
    }
}
