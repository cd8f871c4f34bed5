//! Release a shipment: what was wrong is remedied, and the goods go to the importer.
//!
//! Scheme: EU2368 Art 5(2) (innocent failures are cured and released). Appends `shipment_released`; the certificate is then
//! confirmed with a difference, and what was remedied stays with it. Goods that no certificate covers are not released
//! (CD Section III(b)): they are seized, or ordered back.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, CertificateState, Holding, HoldingState, confirm_receipt,
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
        /// What was wrong, and how it was remedied.
        remedy: String, "the exporting authority sent the seal's number again; it was misprinted";
    }
}

/// A shipment is released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentReleased {
    /// The number on the paper presented.
    pub number: CertificateNumber,
    /// Who holds the goods.
    pub at: ParticipantCode,
    /// Carats weighed on arrival.
    pub carats_received: Carats,
    /// What was wrong, and how it was remedied.
    pub remedy: String,
    /// Who released.
    pub released_by: String,
}

impl Statement for ShipmentReleased {
    const KIND: &'static str = "shipment_released";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a shipment is not released.
    pub enum Refusal {
        /// Nothing covers them.
        NotCovered { number: CertificateNumber, at: ParticipantCode } = "goods_not_covered", "no certificate {number} for {at} waits for an answer: nothing covers these goods; seize them, or order them back", "CD Section III(b): a validated certificate is required; L21, L22";
        /// No words.
        NoRemedy = "no_reason", "say what was wrong and how it was remedied", "EU2368 Art 5(2)";
    }
}

struct Facts {
    officer: Officer,
    holdings: Vec<Holding>,
    certificate: Option<Certificate>,
    /// On the last arrival here.
    carats_received: Carats,
}

/// Releases a shipment.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn release_shipment(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        holdings: queries::holdings_of_number(tx, &request.number)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        carats_received: queries::arrivals_of_number(tx, &request.number)?
            .iter()
            .rev()
            .find(|arrival| arrival.at == request.at)
            .map_or(Carats::ZERO, |arrival| arrival.carats_received),
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<ShipmentReleased, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    let holding = held(&facts.holdings, &number, at, Act::Release)?;
    let waits = facts.certificate.as_ref().is_some_and(|certificate| {
        certificate.application.destination == at && certificate.state.awaits_answer()
    });
    if !holding.moves_certificate && !waits {
        return Err(Refusal::NotCovered { number, at }.into());
    }
    if request.remedy.trim().is_empty() {
        return Err(Refusal::NoRemedy.into());
    }
    Ok(ShipmentReleased {
        number,
        at,
        carats_received: facts.carats_received,
        remedy: request.remedy.clone(),
        released_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ShipmentReleased = entry.body()?;
    let (number, at) = (&body.number, body.at);
    let Some(holding) = move_held(tx, entry, number, at, Act::Release, HoldingState::Released)? else {
        return Ok(());
    };
    if !holding.moves_certificate {
        return Ok(());
    }
    let outcome = CertificateState::ConfirmedWithDifference;
    confirm_receipt::record(
        tx,
        entry,
        number,
        at,
        outcome,
        body.carats_received,
        &kp_terms::Sentence::from(&body.remedy),
        &body.released_by,
    )
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
            officer: officer("XA", Role::Importer),
            holdings: vec![holding(HoldingState::Returning)],
            certificate: Some(certificate(CertificateState::Confirmed)),
            carats_received: carats(120_000),
        };
        let request = Request { number: number("XA-1"), at: code("XB"), remedy: " ".into() };
        let mut world = (facts, request);
        let released = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Importer)),
                ("return_ordered", |w| w.0.holdings = vec![holding(HoldingState::Seized)]),
                ("shipment_seized", |w| w.0.holdings.clear()),
                ("not_detained", |w| {
                    w.0.holdings = vec![holding(HoldingState::Detained)];
                    w.0.holdings[0].moves_certificate = false;
                }),
                ("goods_not_covered", |w| w.0.certificate = None),
                ("goods_not_covered", |w| w.0.holdings[0].moves_certificate = true),
                ("no_reason", |w| w.1.remedy = "the seal was misprinted".into()),
            ],
        );
        assert_eq!(released.carats_received, carats(120_000));
    }
}
