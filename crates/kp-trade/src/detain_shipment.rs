//! Detain a shipment: the importing authority holds what was presented, because a condition is not met.
//!
//! Scheme: EU2368 Art 5(1)-(3) (detain; the purported issuer is told within a month). Appends `shipment_detained`, with the
//! reason, what differs, and the day by which the issuer must have been told. Goods presented elsewhere than at the
//! certificate's destination, or under a number that is answered or unknown, are held as goods: they never move the
//! certificate, else whoever presents a copy could stop the genuine shipment.

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, Discrepancy, DiscrepancyCode, Holding,
    held_goods::open_holding,
    moves::{self, Act},
    queries,
};

const RECORD_HOLDING: Sql = sql!("record_holding");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// The importing participant.
        at: ParticipantCode, "XB";
        /// Which condition is not met.
        reason: String, "the seals do not match and the importer cannot say why";
        /// What differs, beyond what was worked out on arrival.
        codes: Option<Vec<DiscrepancyCode>>, "FORGERY_SUSPECT";
    }
}

/// A shipment is detained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentDetained {
    /// The number on the paper presented.
    pub number: CertificateNumber,
    /// Who holds the goods.
    pub at: ParticipantCode,
    /// Which condition is not met.
    pub reason: String,
    /// What differs: worked out on arrival, and added by the officer.
    pub codes: Vec<DiscrepancyCode>,
    /// Last day on which the issuer must have been told.
    pub inform_by: Date,
    /// Who detained.
    pub detained_by: String,
}

impl Statement for ShipmentDetained {
    const KIND: &'static str = "shipment_detained";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why goods are not detained.
    pub enum Refusal {
        /// Nothing was presented here.
        NoArrival { number: CertificateNumber, at: ParticipantCode } = "no_arrival", "no arrival of {number} at {at} is recorded; record it first, with its weight", "CD Section III(b); Annex II.23";
        /// Held already.
        AlreadyDetained { number: CertificateNumber } = "already_detained", "the goods presented under {number} are detained already", "EU2368 Art 5(1)";
        /// No words.
        NoReason = "no_reason", "say which condition is not met", "EU2368 Art 5(3)";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    has_arrived: bool,
    discrepancies: Vec<Discrepancy>,
    holdings: Vec<Holding>,
}

/// Detains a shipment.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn detain_shipment(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    let statement = decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Facts, Failure> {
    let arrivals = queries::arrivals_of_number(tx, &request.number)?;
    let last = arrivals.iter().rev().find(|arrival| arrival.at == request.at);
    Ok(Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        has_arrived: last.is_some(),
        discrepancies: match last {
            Some(last) => queries::discrepancies_of_arrival(tx, last.position)?,
            None => Vec::new(),
        },
        holdings: queries::holdings_of_number(tx, &request.number)?,
    })
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<ShipmentDetained, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    if !facts.has_arrived {
        return Err(Refusal::NoArrival { number, at }.into());
    }
    if let Some(certificate) = facts.certificate.as_ref().filter(|c| c.application.destination == at) {
        moves::permit(&number, certificate.state, Act::Detain)?;
    }
    if open_holding(&facts.holdings, at).is_some() {
        return Err(Refusal::AlreadyDetained { number }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let seen = facts.discrepancies.iter().map(|found| found.code);
    let mut codes: Vec<DiscrepancyCode> = seen.chain(request.codes.iter().flatten().copied()).collect();
    codes.sort();
    codes.dedup();
    Ok(ShipmentDetained {
        number,
        at,
        reason: request.reason.clone(),
        codes,
        inform_by: today.checked_add(Span::new().months(1)).unwrap_or(today),
        detained_by: facts.officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ShipmentDetained = entry.body()?;
    let certificate = queries::certificate_by_number(tx, &body.number)?;
    let own = certificate.is_some_and(|certificate| {
        certificate.application.destination == body.at
            && matches!(moves::outcome(certificate.state, Act::Detain), moves::Outcome::To(_))
    });
    let codes: Vec<&str> = body.codes.iter().map(|code| code.word()).collect();
    tx.execute(
        RECORD_HOLDING,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.number.to_string()).into(),
            body.at.as_str().into(),
            (if own { "certificate" } else { "goods" }).into(),
            (&body.reason).into(),
            (&codes.join(" ")).into(),
            (&body.inform_by.to_string()).into(),
            (&body.detained_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    if own {
        moves::advance(tx, &body.number, Act::Detain)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, Discrepancy, DiscrepancyCode, HoldingState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Importer),
            certificate: Some(certificate(CertificateState::Departed)),
            has_arrived: false,
            discrepancies: vec![Discrepancy { code: DiscrepancyCode::SealBroken, says: "broken".into() }],
            holdings: vec![holding(HoldingState::Detained)],
        };
        let codes = Some(vec![DiscrepancyCode::ForgerySuspect, DiscrepancyCode::SealBroken]);
        let request = Request { number: number("XA-1"), at: code("XB"), reason: " ".into(), codes };
        let mut world = (facts, request);
        let detained = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request, day("2026-01-31"))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Importer)),
                ("no_arrival", |w| w.0.has_arrived = true),
                ("no_arrival", |w| w.0.certificate = Some(certificate(CertificateState::Detained))),
                ("already_detained", |w| w.0.certificate = Some(certificate(CertificateState::Confirmed))),
                ("already_detained", |w| w.0.holdings[0].ended_on = Some(day("2026-01-30"))),
                ("no_reason", |w| w.1.reason = "the seal was cut".into()),
            ],
        );
        assert_eq!(detained.codes, [DiscrepancyCode::SealBroken, DiscrepancyCode::ForgerySuspect]);
        assert_eq!(detained.inform_by, day("2026-02-28"), "a month, EU2368 Art 5(3)");
    }

    /// A copy that turns up elsewhere is held and says nothing of the certificate.
    #[test]
    fn what_is_presented_elsewhere_is_held_whatever_the_certificates_state() {
        for state in CertificateState::ALL {
            let facts = Facts {
                officer: officer("XC", Role::Importer),
                certificate: Some(certificate(*state)),
                has_arrived: true,
                discrepancies: Vec::new(),
                holdings: vec![holding(HoldingState::Detained)],
            };
            let request =
                Request { number: number("XA-1"), at: code("XC"), reason: "a copy".into(), codes: None };
            decide(&facts, &request, day("2026-02-03")).unwrap();
        }
    }
}
