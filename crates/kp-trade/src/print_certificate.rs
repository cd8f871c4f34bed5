//! Print a certificate: each print is an act of its own, so that nobody can hold two originals of one number unseen.
//!
//! Scheme: Annex I.A (tamper- and forgery-resistant), domain 3.3. Closes part of L21: from the second sheet on, the paper
//! itself says REPRINT, with its running number and day. Appends `certificate_printed`. Draws nothing: the sheet is made
//! from what the log says, by whoever asks for it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{Certificate, CertificateState, Print, queries};

const RECORD_PRINT: Sql = sql!("record_print");

/// Most sheets of one number. Ours: a printer that jams more often is a matter for a person, not for one more copy.
const MOST_COPIES: u32 = 99;

kp_terms::form! {
    /// What the clerk types.
    pub struct Request {
        /// The certificate's number.
        number: CertificateNumber, "XA-000001";
        /// Why it is printed again; needed from the second sheet on.
        reason: Option<String>, "the printer tore the first sheet; it was destroyed before two witnesses";
    }
}

/// A certificate is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificatePrinted {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// 1 the original; from 2 on a reprint.
    pub copy: u32,
    /// Why it was printed again; empty for the original.
    pub reason: String,
    /// Who printed.
    pub printed_by: String,
}

impl Statement for CertificatePrinted {
    const KIND: &'static str = "certificate_printed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not printed.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// Nothing is vouched for yet.
        NotIssued { number: CertificateNumber } = "certificate_not_issued", "certificate {number} is only drafted; it is printed once it is issued", "CD Section IV: the issuing process; domain 4.1";
        /// Goods have left under the paper that there is.
        AlreadyLeft { number: CertificateNumber, state: CertificateState } = "certificate_has_left", "certificate {number} is {state}: its paper is with the goods, and no second one is made", "CD Section II(a): one certificate accompanies the shipment; L21";
        /// A second sheet without a reason.
        ReprintWithoutReason { number: CertificateNumber, copy: u32 } = "reprint_without_reason", "this would be sheet {copy} of {number}; say why it is printed again and what became of the one before", "domain 3.3: papers are accounted for; L21";
        /// Too many.
        TooManyPrints { number: CertificateNumber } = "too_many_prints", "99 sheets of {number} were printed already; replace the certificate instead", "limit ours";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    prints: Vec<Print>,
}

/// Prints a certificate; the sheet's running number is in the statement.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn print_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        prints: queries::prints_of_number(tx, &request.number)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<CertificatePrinted, Box<dyn Refuse>> {
    let number = request.number.clone();
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    may_act::of_participant(&facts.officer, Role::Clerk, certificate.application.participant)?;
    match certificate.state {
        CertificateState::Drafted => return Err(Refusal::NotIssued { number }.into()),
        CertificateState::Issued | CertificateState::Validated => {}
        state => return Err(Refusal::AlreadyLeft { number, state }.into()),
    }
    let last = facts.prints.iter().map(|print| print.copy).max().unwrap_or(0);
    if last >= MOST_COPIES {
        return Err(Refusal::TooManyPrints { number }.into());
    }
    let copy = last + 1;
    let reason = request.reason.clone().unwrap_or_default();
    if copy > 1 && reason.trim().is_empty() {
        return Err(Refusal::ReprintWithoutReason { number, copy }.into());
    }
    Ok(CertificatePrinted {
        number,
        participant: certificate.application.participant,
        copy,
        reason,
        printed_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificatePrinted = entry.body()?;
    tx.execute(
        RECORD_PRINT,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.number.to_string()).into(),
            i64::from(body.copy).into(),
            (&body.reason).into(),
            (&body.printed_by).into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, MOST_COPIES, Request, decide};
    use crate::{CertificateState, Print, testing::*};

    fn print(copy: u32) -> Print {
        Print {
            number: number("XA-1"),
            copy,
            reason: String::new(),
            printed_by: "xa-clerk-1".into(),
            printed_at: NOW.parse().unwrap(),
        }
    }

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Clerk),
            certificate: None,
            prints: vec![print(1), print(MOST_COPIES)],
        };
        let mut world = (facts, Request { number: number("XA-1"), reason: Some(" ".into()) });
        let printed = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked)),
            &[
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Drafted))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("certificate_not_issued", |w| {
                    w.0.certificate = Some(certificate(CertificateState::Departed));
                }),
                ("certificate_has_left", |w| {
                    w.0.certificate = Some(certificate(CertificateState::Validated));
                }),
                ("too_many_prints", |w| w.0.prints = vec![print(1)]),
                ("reprint_without_reason", |w| w.1.reason = Some("torn".into())),
            ],
        );
        assert_eq!(printed.copy, 2);
    }

    #[test]
    fn the_original_needs_no_reason() {
        let facts = Facts {
            officer: officer("XA", Role::Clerk),
            certificate: Some(certificate(CertificateState::Issued)),
            prints: Vec::new(),
        };
        let printed = decide(&facts, &Request { number: number("XA-1"), reason: None }).unwrap();
        assert_eq!((printed.copy, printed.reason.as_str()), (1, ""));
    }
}
