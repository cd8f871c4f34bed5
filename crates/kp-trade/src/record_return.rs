//! Record a return: the issuer has the goods again that were ordered back, and weighs them.
//!
//! Scheme: CA-Act s.15, IN-DGFT34. Closes: part of L32: between the order and this act the goods are returning, and whoever
//! looks sees since when. Appends `return_recorded` to the issuer's log. What it weighs is written down as it is.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, Holding, HoldingState,
    held_goods::{held, move_held},
    moves::Act,
    queries,
    rules::amounts::MOST_CARATS,
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number under which they had left.
        number: CertificateNumber, "XA-000001";
        /// Who sends them back.
        at: ParticipantCode, "XB";
        /// Carats weighed when they were back.
        carats_received: Carats, "1200.00";
    }
}

/// A return is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRecorded {
    /// The number under which they had left.
    pub number: CertificateNumber,
    /// Who sent them back.
    pub at: ParticipantCode,
    /// The issuer, who has them again.
    pub issuer: ParticipantCode,
    /// Carats weighed.
    pub carats_received: Carats,
    /// Who recorded.
    pub recorded_by: String,
}

impl Statement for ReturnRecorded {
    const KIND: &'static str = "return_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.issuer)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a return is not recorded.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// No scale shows that.
        NotAWeight { carats: Carats } = "not_a_weight", "{carats} ct is not what a scale shows: weigh again and write 0.00 to 1,000,000,000.00 ct", "CD Annex II.23; limit ours (rules/amounts.rs)";
    }
}

struct Facts {
    officer: Officer,
    holdings: Vec<Holding>,
    certificate: Option<Certificate>,
}

/// Records a return.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn record_return(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        holdings: queries::holdings_of_number(tx, &request.number)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ReturnRecorded, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let issuer = certificate.application.participant;
    may_act::of_participant(&facts.officer, Role::Importer, issuer)?;
    held(&facts.holdings, &number, at, Act::TakeBack)?;
    let carats = request.carats_received;
    if carats < Carats::ZERO || carats > MOST_CARATS {
        return Err(Refusal::NotAWeight { carats }.into());
    }
    let recorded_by = facts.officer.id.clone();
    Ok(ReturnRecorded { number, at, issuer, carats_received: carats, recorded_by })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReturnRecorded = entry.body()?;
    move_held(tx, entry, &body.number, body.at, Act::TakeBack, HoldingState::Returned)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, HoldingState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Importer),
            holdings: vec![holding(HoldingState::Detained)],
            certificate: None,
        };
        let request = Request { number: number("XA-1"), at: code("XB"), carats_received: carats(-1) };
        let mut world = (facts, request);
        let back = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Returning))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Importer)),
                ("no_return_ordered", |w| w.0.holdings = vec![holding(HoldingState::Returning)]),
                ("not_a_weight", |w| w.1.carats_received = carats(119_000)),
            ],
        );
        assert_eq!(back.issuer, code("XA"));
    }
}
