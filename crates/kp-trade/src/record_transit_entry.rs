//! Record a transit entry: a closed container enters a third participant's territory on its way.
//!
//! Scheme: Section III(d), EU2368 Art 18. Closes: L33 together with the exit: what goes in is written down, so that it can
//! be compared when it leaves. Never refused for what it says (rulings 13). Appends `transit_entered` to the log of the
//! participant passed through. It is no import and is counted nowhere.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, Transit,
    moves::{self, Act},
    queries,
    validate_certificate::clean_seals,
};

const RECORD_TRANSIT: Sql = sql!("record_transit");

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
        /// The day; today where none is given.
        entered_on: Option<Date>, "2026-02-04";
    }
}

/// A container has entered in transit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransitEntered {
    /// The number on the paper.
    pub number: CertificateNumber,
    /// Through whose territory.
    pub at: ParticipantCode,
    /// The container's number.
    pub container: String,
    /// Seals, sorted, each once.
    pub seals: Vec<String>,
    /// The day.
    pub entered_on: Date,
    /// Who recorded.
    pub recorded_by: String,
}

impl Statement for TransitEntered {
    const KIND: &'static str = "transit_entered";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a transit entry is not recorded: never for what it says of the goods.
    pub enum Refusal {
        /// It begins or ends there.
        NotTransit { number: CertificateNumber, at: ParticipantCode } = "not_transit", "{number} begins or ends at {at}; record its departure or its arrival", "CD Section I: transit begins and ends outside";
        /// It has not left yet.
        StillInTransit { number: CertificateNumber, at: ParticipantCode } = "still_in_transit", "{number} is in transit through {at} already; record its exit first", "CD Section III(d)";
        /// No seals.
        NoSeal { number: CertificateNumber } = "no_seal", "write down the seals of {number}; without seals nobody can say that it leaves as it came, and it is an import", "CD Section III(d)";
    }
}

/// Records a transit entry.
///
/// # Errors
/// Refuses where the officer may not, or what is recorded is no passage.
pub fn record_transit_entry(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
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
) -> Result<TransitEntered, Box<dyn Refuse>> {
    let (number, at) = (request.number.clone(), request.at);
    may_act::of_participant(officer, Role::Customs, at)?;
    let ends = certificate.map(|c| [c.application.participant, c.application.destination]);
    if ends.is_some_and(|ends| ends.contains(&at)) {
        return Err(Refusal::NotTransit { number, at }.into());
    }
    if transits.iter().any(|transit| transit.at == at && transit.ended_as.is_none()) {
        return Err(Refusal::StillInTransit { number, at }.into());
    }
    let seals = clean_seals(&request.seals);
    if seals.is_empty() {
        return Err(Refusal::NoSeal { number }.into());
    }
    Ok(TransitEntered {
        number,
        at,
        container: request.container.trim().to_owned(),
        seals,
        entered_on: request.entered_on.unwrap_or(today),
        recorded_by: officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: TransitEntered = entry.body()?;
    tx.execute(
        RECORD_TRANSIT,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.number.to_string()).into(),
            body.at.as_str().into(),
            (&body.container).into(),
            (&body.seals.join(" ")).into(),
            (&body.entered_on.to_string()).into(),
            (&body.recorded_by).into(),
        ],
    )?;
    moves::advance(tx, &body.number, Act::EnterTransit)
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
            at: code("XB"),
            container: " BOX-17 ".into(),
            seals: vec![" ".into()],
            entered_on: None,
        };
        let inside = vec![transit("XC"), transit("XD")];
        let mut world =
            (officer("XA", Role::Customs), Some(certificate(CertificateState::Departed)), inside, request);
        let entered = refused_in_order(
            &mut world,
            |(officer, certificate, transits, request): &(_, Option<Certificate>, Vec<Transit>, _)| {
                keyed(decide(officer, certificate.as_ref(), transits, request, day("2026-02-03")))
            },
            &[
                ("officer_of_another_body", |w| w.0 = officer("XB", Role::Importer)),
                ("role_missing", |w| w.0 = officer("XB", Role::Customs)),
                ("not_transit", |w| {
                    w.3.at = code("XC");
                    w.0 = officer("XC", Role::Customs);
                }),
                ("still_in_transit", |w| w.2[0].ended_as = Some(crate::TransitEnd::Left)),
                ("no_seal", |w| w.3.seals = vec!["77121".into(), "77120-A".into(), "77121".into()]),
            ],
        );
        assert_eq!(
            (entered.seals, entered.container),
            (vec!["77120-A".into(), "77121".into()], "BOX-17".into())
        );
    }

    /// rulings 13: a number that nobody knows is evidence too.
    #[test]
    fn an_unknown_number_is_recorded() {
        let request = Request {
            number: number("XZ-900"),
            at: code("XC"),
            container: "BOX".into(),
            seals: vec!["1".into()],
            entered_on: Some(day("1999-01-01")),
        };
        decide(&officer("XC", Role::Customs), None, &[], &request, day("2026-02-03")).unwrap();
    }
}
