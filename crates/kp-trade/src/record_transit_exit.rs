//! Record a transit exit: the container leaves a third participant's territory exactly as it entered.
//!
//! Scheme: Section III(d) (unopened and untampered), EU2368 Art 18 (the certificate shows the transit purpose). Closes: L33:
//! other seals, another container, another weight or another value do not leave under the old certificate; whoever opens,
//! weighs or values anew has imported, records an arrival, and applies for a re-export. Appends `transit_left`.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, UsdCents};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, Transit, TransitEnd,
    moves::{self, Act},
    queries,
    validate_certificate::clean_seals,
};

const END_TRANSIT: Sql = sql!("end_transit");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper.
        number: CertificateNumber, "XA-000001";
        /// Through whose territory.
        at: ParticipantCode, "XC";
        /// The container's number.
        container: String, "BOX-17";
        /// The number of each seal.
        seals: Vec<String>, "77120-A";
        /// Carats on the papers that go with it now, where they state any.
        carats: Option<Carats>, "1200.00";
        /// US$ on the papers that go with it now, where they state any.
        value: Option<UsdCents>, "420000.00";
        /// The day; today where none is given.
        left_on: Option<Date>, "2026-02-06";
    }
}

/// A container has left as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransitLeft {
    /// The number on the paper.
    pub number: CertificateNumber,
    /// Through whose territory.
    pub at: ParticipantCode,
    /// The container's number.
    pub container: String,
    /// Seals, sorted, each once.
    pub seals: Vec<String>,
    /// The day.
    pub left_on: Date,
    /// Who recorded.
    pub recorded_by: String,
}

impl Statement for TransitLeft {
    const KIND: &'static str = "transit_left";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why goods do not leave transit.
    pub enum Refusal {
        /// Never entered.
        NoEntry { number: CertificateNumber, at: ParticipantCode } = "no_transit_entry", "{number} is not in transit through {at}; what has not entered does not leave as it came", "CD Section III(d); L33";
        /// Unknown number.
        NumberNeverIssued { number: CertificateNumber } = "number_never_issued", "{number} is not in the issuer's register; hold the goods and ask the issuer", "CD Section III(d); L21";
        /// Something is not as it was.
        Changed { number: CertificateNumber, what: &'static str, was: String, is: String } = "transit_changed", "{what} of {number} was {was} on entry and is {is}; these goods are imported here (record an arrival) and leave again under a certificate of their own", "CD Section III(d); EU2368 Art 18; L33";
    }
}

/// Records a transit exit.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn record_transit_exit(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let transits = queries::transits_of_number(tx, &request.number)?;
    let statement = decide(&officer, certificate.as_ref(), &transits, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    certificate: Option<&Certificate>,
    transits: &[Transit],
    request: &Request,
    today: Date,
) -> Result<TransitLeft, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(officer, Role::Customs, at)?;
    let open = transits.iter().find(|transit| transit.at == at && transit.ended_as.is_none());
    let Some(entered) = open else { return Err(Refusal::NoEntry { number, at }.into()) };
    let Some(certificate) = certificate else { return Err(Refusal::NumberNeverIssued { number }.into()) };
    moves::permit(&number, certificate.state, Act::ExitTransit)?;
    let (container, seals) = (request.container.trim().to_owned(), clean_seals(&request.seals));
    for (what, was, is) in compared(entered, certificate, request, &container, &seals) {
        if was != is {
            return Err(Refusal::Changed { number, what, was, is }.into());
        }
    }
    let left_on = request.left_on.unwrap_or(today);
    Ok(TransitLeft { number, at, container, seals, left_on, recorded_by: officer.id.clone() })
}

/// What must be the same on the way out as on the way in, and on the certificate.
fn compared(
    entered: &Transit,
    certificate: &Certificate,
    request: &Request,
    container: &str,
    seals: &[String],
) -> [(&'static str, String, String); 4] {
    let application = &certificate.application;
    let (carats, value) = (application.carats, application.value);
    [
        ("the container", entered.container.clone(), container.to_owned()),
        ("the seals", entered.seals.join(" "), seals.join(" ")),
        ("the weight in ct", carats.to_string(), request.carats.unwrap_or(carats).to_string()),
        ("the value in US$", value.to_string(), request.value.unwrap_or(value).to_string()),
    ]
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: TransitLeft = entry.body()?;
    end(tx, &body.number, body.at, TransitEnd::Left, body.left_on)?;
    let transits = queries::transits_of_number(tx, &body.number)?;
    if transits.iter().all(|transit| transit.ended_as.is_some()) {
        moves::advance(tx, &body.number, Act::ExitTransit)?;
    }
    Ok(())
}

/// Ends the passage that is open there; shared with the arrival of goods that were to pass.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    number: &CertificateNumber,
    at: ParticipantCode,
    how: TransitEnd,
    on: Date,
) -> Result<()> {
    let (number, on) = (number.to_string(), on.to_string());
    tx.execute(END_TRANSIT, &[(&number).into(), at.as_str().into(), how.word().into(), (&on).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Request, decide};
    use crate::{Certificate, CertificateState, Transit, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request {
            number: number("XA-1"),
            at: code("XC"),
            container: "BOX-18".into(),
            seals: vec!["77121".into()],
            carats: Some(carats(120_001)),
            value: Some(kp_terms::UsdCents::from_cents(84_000_000)),
            left_on: None,
        };
        let mut world = (officer("XA", Role::Customs), None, vec![transit("XD")], request);
        let left = refused_in_order(
            &mut world,
            |(officer, certificate, transits, request): &(_, Option<Certificate>, Vec<Transit>, _)| {
                keyed(decide(officer, certificate.as_ref(), transits, request, day("2026-02-03")))
            },
            &[
                ("officer_of_another_body", |w| w.0 = officer("XC", Role::Importer)),
                ("role_missing", |w| w.0 = officer("XC", Role::Customs)),
                ("no_transit_entry", |w| {
                    w.2 = vec![Transit { ended_as: Some(crate::TransitEnd::Left), ..transit("XC") }];
                }),
                ("no_transit_entry", |w| w.2 = vec![transit("XC")]),
                ("number_never_issued", |w| w.1 = Some(certificate(CertificateState::Invalidated))),
                ("certificate_ended", |w| w.1 = Some(certificate(CertificateState::Issued))),
                ("certificate_not_departed", |w| w.1 = Some(certificate(CertificateState::InTransit))),
                ("transit_changed", |w| w.3.container = "BOX-17".into()),
                ("transit_changed", |w| w.3.seals = vec!["77120-A".into()]),
                ("transit_changed", |w| w.3.carats = Some(carats(120_000))),
                // L33: the same goods do not leave with a new value.
                ("transit_changed", |w| w.3.value = None),
            ],
        );
        assert_eq!(left.seals, ["77120-A"]);
    }
}
