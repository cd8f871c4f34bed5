//! Order a return: what is detained goes back to the issuer, under a technical certificate or by order.
//!
//! Scheme: CA-Act s.15 (return instead of seizure), IN-DGFT34 (technical certificate for a return at the issuer's request).
//! Appends `return_ordered`. Until the issuer has the goods again they are returning, and nobody has them at their
//! disposal.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, CertificateKind, Holding, HoldingState,
    held_goods::{held, move_held},
    moves::Act,
    queries,
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// Who holds the goods.
        at: ParticipantCode, "XB";
        /// The order, or the issuer's request, and why.
        order: String, "order 2026/4: container opened on the way, papers otherwise good";
        /// The technical certificate under which they go back, where there is one.
        technical_certificate: Option<CertificateNumber>, "XB-000009";
    }
}

/// A return is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnOrdered {
    /// The number on the paper presented.
    pub number: CertificateNumber,
    /// Who holds the goods.
    pub at: ParticipantCode,
    /// The issuer, who gets them back.
    pub issuer: ParticipantCode,
    /// The order.
    pub order: String,
    /// The technical certificate under which they go back.
    pub technical_certificate: Option<CertificateNumber>,
    /// Who ordered.
    pub ordered_by: String,
}

impl Statement for ReturnOrdered {
    const KIND: &'static str = "return_ordered";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a return is not ordered.
    pub enum Refusal {
        /// Nobody to send them to.
        NumberNeverIssued { number: CertificateNumber } = "number_never_issued", "{number} is not in the issuer's register: nobody sent these goods under it; seize them", "CD Section III(b); L21";
        /// Not a technical one.
        NotTechnical { technical: CertificateNumber, at: ParticipantCode } = "not_a_technical_certificate", "{technical} is not a technical certificate of {at} for goods that go back", "IN-DGFT34; WGDE14";
        /// No words.
        NoOrder = "no_reason", "name the order, or the issuer's request", "CA-Act s.15";
    }
}

struct Facts {
    officer: Officer,
    holdings: Vec<Holding>,
    certificate: Option<Certificate>,
    technical: Option<Certificate>,
}

/// Orders a return.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn order_return(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        holdings: queries::holdings_of_number(tx, &request.number)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        technical: match &request.technical_certificate {
            Some(number) => queries::certificate_by_number(tx, number)?,
            None => None,
        },
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ReturnOrdered, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    held(&facts.holdings, &number, at, Act::OrderReturn)?;
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NumberNeverIssued { number }.into());
    };
    if let Some(technical) = request.technical_certificate.clone() {
        let serves = facts.technical.as_ref().is_some_and(|paper| {
            paper.application.kind == CertificateKind::Technical && paper.application.participant == at
        });
        if !serves {
            return Err(Refusal::NotTechnical { technical, at }.into());
        }
    }
    if request.order.trim().is_empty() {
        return Err(Refusal::NoOrder.into());
    }
    Ok(ReturnOrdered {
        number,
        at,
        issuer: certificate.application.participant,
        order: request.order.clone(),
        technical_certificate: request.technical_certificate.clone(),
        ordered_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReturnOrdered = entry.body()?;
    move_held(tx, entry, &body.number, body.at, Act::OrderReturn, HoldingState::Returning)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{Certificate, CertificateKind, CertificateState, HoldingState, testing::*};

    fn technical() -> Certificate {
        let mut paper = certificate(CertificateState::Validated);
        paper.application.kind = CertificateKind::Technical;
        paper.application.participant = code("XB");
        paper
    }

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Importer),
            holdings: vec![holding(HoldingState::Seized)],
            certificate: None,
            technical: None,
        };
        let technical_certificate = Some(number("XB-9"));
        let request =
            Request { number: number("XA-1"), at: code("XB"), order: " ".into(), technical_certificate };
        let mut world = (facts, request);
        let ordered = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Importer)),
                ("shipment_seized", |w| w.0.holdings = vec![holding(HoldingState::Returning)]),
                ("return_ordered", |w| w.0.holdings = vec![holding(HoldingState::Detained)]),
                ("number_never_issued", |w| w.0.certificate = Some(certificate(CertificateState::Detained))),
                ("not_a_technical_certificate", |w| {
                    w.0.technical = Some(Certificate { application: application(), ..technical() });
                }),
                ("not_a_technical_certificate", |w| w.0.technical = Some(technical())),
                ("no_reason", |w| w.1.order = "order 4".into()),
            ],
        );
        assert_eq!(ordered.issuer, code("XA"));
    }
}
