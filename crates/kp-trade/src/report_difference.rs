//! Report a difference: the importing authority answers that the shipment arrived, but not as certified.
//!
//! Scheme: Section III(b), Annex II.23; EU2368 Art 5(3) (failures are told to the issuer). Appends `difference_reported`
//! to the importer's log; the certificate is then confirmed with a difference, and the explanation stays with it.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, Refuse, Sentence};
use serde::{Deserialize, Serialize};

use crate::{
    CertificateState,
    confirm_receipt::{Facts, check_state, load, record},
    moves::{self, Act},
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The certificate's number.
        number: CertificateNumber, "XA-000001";
        /// The importing participant.
        at: ParticipantCode, "XB";
        /// What differs and what was found out about it.
        explanation: String, "3 parcels instead of 2; 12.00 ct more than certified";
    }
}

/// A difference is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceReported {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// Carats the certificate states.
    pub carats_stated: Carats,
    /// Carats weighed on arrival.
    pub carats_received: Carats,
    /// What differs.
    pub explanation: String,
    /// Who reported.
    pub reported_by: String,
}

impl Statement for DifferenceReported {
    const KIND: &'static str = "difference_reported";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a difference is not reported.
    pub enum Refusal {
        /// Nothing was presented here.
        NoArrival { number: CertificateNumber, at: ParticipantCode } = "no_arrival", "no arrival of {number} at {at} is recorded; record it first, with its weight", "CD Section III(b); Annex II.23";
        /// The number is done.
        NumberAlreadyUsed { number: CertificateNumber, at: ParticipantCode } = "number_already_used", "certificate {number} was answered already, by {at}", "CD Section II(a); L22";
        /// Never issued.
        NumberNeverIssued { number: CertificateNumber } = "number_never_issued", "{number} is not in the issuer's register; hold the goods and ask the issuer", "CD Section III(b); L21";
        /// No words.
        NoExplanation = "no_explanation", "say what differs and what was found out about it", "EU2368 Art 5(3)";
    }
}

/// Reports a difference.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn report_difference(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, &request.number, request.at)?;
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<DifferenceReported, Box<dyn Refuse>> {
    let number = request.number.clone();
    may_act::of_participant(&facts.officer, Role::Importer, request.at)?;
    if let Some(confirmation) = &facts.confirmation {
        return Err(Refusal::NumberAlreadyUsed { number, at: confirmation.at }.into());
    }
    let Some(arrival) = facts.arrivals.iter().rev().find(|a| a.at == request.at) else {
        return Err(Refusal::NoArrival { number, at: request.at }.into());
    };
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NumberNeverIssued { number }.into());
    };
    check_state(facts, certificate, request.at, Act::Differ)?;
    if request.explanation.trim().is_empty() {
        return Err(Refusal::NoExplanation.into());
    }
    Ok(DifferenceReported {
        number,
        at: request.at,
        carats_stated: certificate.application.carats,
        carats_received: arrival.carats_received,
        explanation: request.explanation.clone(),
        reported_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: DifferenceReported = entry.body()?;
    moves::advance(tx, &body.number, Act::Differ)?;
    let outcome = CertificateState::ConfirmedWithDifference;
    record(
        tx,
        entry,
        &body.number,
        body.at,
        outcome,
        body.carats_received,
        &Sentence::from(&body.explanation),
        &body.reported_by,
    )
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Importer),
            certificate: None,
            exporter: Some(exporter()),
            arrivals: vec![arrival("XC")],
            confirmation: Some(confirmation("XB")),
            goods: kp_registry::Goods::default(),
            issuer: open("XA"),
            holdings: vec![holding(crate::HoldingState::Detained)],
            notices: vec![crate::NoticeOf::Lost],
            discrepancies: Vec::new(),
            destination: open("XB"),
        };
        let request = Request { number: number("XA 1"), at: code("XB"), explanation: " ".into() };
        let mut world = (facts, request);
        let reported = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Importer)),
                ("number_already_used", |w| w.0.confirmation = None),
                ("no_arrival", |w| w.0.arrivals.push(arrival("XB"))),
                ("number_never_issued", |w| w.0.certificate = Some(certificate(CertificateState::Issued))),
                ("certificate_not_departed", |w| {
                    w.0.certificate = Some(certificate(CertificateState::Invalidated));
                }),
                ("certificate_ended", |w| w.0.certificate = Some(certificate(CertificateState::Departed))),
                ("shipment_detained", |w| w.0.holdings[0].ended_on = Some(day("2026-02-03"))),
                ("no_explanation", |w| {
                    w.0.arrivals[1].carats_received = carats(119_000);
                    w.1.explanation = "one stone is missing".into();
                }),
            ],
        );
        // A second presentation is no reason: it is what is reported.
        assert_eq!((reported.carats_stated, reported.carats_received), (carats(120_000), carats(119_000)));
    }
}
