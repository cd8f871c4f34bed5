//! Record a departure: the sealed shipment leaves, and the importing authority is told.
//!
//! Scheme: Annex II.19 and 21 (the message carries carats, value, origin, exporter, number), EU2368 Art 12(5) (before
//! expiry). Closes part of L24 and L27 (the clock for the confirmation starts here). Appends `shipment_departed`, which
//! carries that message's content. Exports are counted by this statement (rulings 12). Where the destination's desk was
//! quicker and its arrival is recorded already, the certificate has arrived with this act. Whether the goods could leave is
//! asked for the day on which they left: a departure before a suspension may be recorded after it, and what it says of goods
//! under way is then for the importing authority.

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_registry::{Direction, Goods, Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, Origin, ParticipantCode, Refuse, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Application, Certificate, CertificateState, Line,
    moves::{self, Act},
    queries,
    rules::eligible::{self, Eligibility, Side, Trade},
};

const RECORD_DEPARTURE: Sql = sql!("record_departure");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The validated certificate's number.
        number: CertificateNumber, "XA-000001";
        /// The day the goods left; today where none is given.
        departed_on: Option<Date>, "2026-02-03";
    }
}

/// A shipment has departed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentDeparted {
    /// Its certificate.
    pub number: CertificateNumber,
    /// Exporting participant.
    pub participant: ParticipantCode,
    /// Where to.
    pub destination: ParticipantCode,
    /// Where the goods were mined.
    pub origin: Origin,
    /// Class, carats, US$.
    pub lines: Vec<Line>,
    /// Seal numbers.
    pub seals: Vec<String>,
    /// The day the goods left.
    pub departed_on: Date,
}

impl Statement for ShipmentDeparted {
    const KIND: &'static str = "shipment_departed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

/// Days within which a departure is recorded once its certificate has expired: a weekend and a holiday. Ours.
const STATED_WITHIN_DAYS: i64 = 7;

kp_terms::refusals! {
    /// Why a departure is not recorded.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// Not validated, or already gone.
        WrongState { number: CertificateNumber, state: CertificateState } = "certificate_not_validated", "certificate {number} is {state}; only goods under a validated certificate leave, and once", "CD Section III(a)";
        /// A day that has not come.
        InTheFuture { departed_on: Date, today: Date } = "departure_in_the_future", "{departed_on} has not come yet; today is {today}", "a departure is recorded when it has happened";
        /// A day before the seal.
        BeforeValidation { departed_on: Date, validated_on: Date } = "departure_before_validation", "the goods cannot have left on {departed_on}, before they were sealed on {validated_on}", "CD Section III(a)";
        /// Too late.
        Expired { number: CertificateNumber, expires_on: Date } = "certificate_expired", "certificate {number} expired on {expires_on}; it must be returned to the issuing authority", "EU2368 Art 12(5)";
        /// Said long after, when the certificate has expired: a day before its end could be given to any goods.
        StatedLate { number: CertificateNumber, departed_on: Date, expires_on: Date, days: i64 } = "departure_stated_late", "certificate {number} expired on {expires_on}, and a departure on {departed_on} was to be recorded within {days} days of it; return the certificate to the issuing authority, or tell it what left", "EU2368 Art 12(5); the days are ours";
        /// One of the two may not trade.
        SideBarred { code: ParticipantCode, legal_act: String } = "participant_barred", "{code} may not trade at present ({legal_act})", "CD Section III(c); L24";
        /// One of the two is not a participant.
        NotAParticipant { code: ParticipantCode, on: Date } = "not_a_participant", "{code} is not a participant on {on}", "CD Section III(c)";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    lines: Vec<Line>,
    goods: Goods,
    issuer: Side,
    destination: Side,
}

/// Records a departure.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn depart_shipment(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    let statement = decide(&facts, request, desk.now)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Facts, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let (issuer, destination) = (Side::default(), Side::default());
    let mut facts =
        Facts { officer, certificate, lines: Vec::new(), goods: Goods::default(), issuer, destination };
    if let Some(application) = facts.certificate.as_ref().map(|certificate| &certificate.application) {
        facts.lines = queries::lines_of_application(tx, &application.application)?;
        facts.goods = queries::goods_of_application(tx, application)?;
        facts.issuer = queries::side(tx, application.participant)?;
        facts.destination = queries::side(tx, application.destination)?;
    }
    Ok(facts)
}

fn decide(facts: &Facts, request: &Request, now: Timestamp) -> Result<ShipmentDeparted, Box<dyn Refuse>> {
    let (number, today) = (request.number.clone(), day_of(now));
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let application = &certificate.application;
    may_act::of_participant(&facts.officer, Role::Customs, application.participant)?;
    if !moves::allows(certificate.state, Act::Depart) {
        return Err(Refusal::WrongState { number, state: certificate.state }.into());
    }
    let departed_on = request.departed_on.unwrap_or(today);
    if departed_on > today {
        return Err(Refusal::InTheFuture { departed_on, today }.into());
    }
    if let Some(validated_on) = certificate.validated_on.filter(|day| departed_on < *day) {
        return Err(Refusal::BeforeValidation { departed_on, validated_on }.into());
    }
    if let Some(expires_on) = certificate.expires_on.filter(|day| *day < departed_on) {
        return Err(Refusal::Expired { number, expires_on }.into());
    }
    let stated_by = departed_on.checked_add(Span::new().days(STATED_WITHIN_DAYS)).unwrap_or(Date::MAX);
    if let Some(expires_on) = certificate.expires_on.filter(|day| *day < today && stated_by < today) {
        let days = STATED_WITHIN_DAYS;
        return Err(Refusal::StatedLate { number, departed_on, expires_on, days }.into());
    }
    check_sides(facts, application, eligible::left_at(departed_on, now))?;
    Ok(ShipmentDeparted {
        number,
        participant: application.participant,
        destination: application.destination,
        origin: application.origin.clone(),
        lines: facts.lines.clone(),
        seals: certificate.seals.clone(),
        departed_on,
    })
}

/// Both sides, at the moment at which the goods left.
fn check_sides(facts: &Facts, application: &Application, left: Timestamp) -> Result<(), Box<dyn Refuse>> {
    let (issuer, destination) = (application.participant, application.destination);
    let sides =
        [(issuer, &facts.issuer, Direction::Export), (destination, &facts.destination, Direction::Import)];
    for (code, side, direction) in sides {
        match side.eligibility(direction, left) {
            Eligibility::Eligible => {}
            Eligibility::NotAParticipant => {
                return Err(Refusal::NotAParticipant { code, on: day_of(left) }.into());
            }
            Eligibility::Barred { legal_act, .. } => {
                return Err(Refusal::SideBarred { code, legal_act }.into());
            }
        }
    }
    let (from, to, goods) = (&facts.issuer, &facts.destination, &facts.goods);
    eligible::may_trade(&Trade { issuer, from, destination, to, goods }, left)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ShipmentDeparted = entry.body()?;
    tx.execute(
        RECORD_DEPARTURE,
        &[
            (&body.number.to_string()).into(),
            (&entry.at.to_string()).into(),
            (&body.departed_on.to_string()).into(),
        ],
    )?;
    moves::advance(tx, &body.number, Act::Depart)?;
    let arrivals = queries::arrivals_of_number(tx, &body.number)?;
    if arrivals.iter().any(|arrival| arrival.at == body.destination) {
        moves::advance(tx, &body.number, Act::Arrive)?;
    }
    crate::confirmation_queue::look_again(tx, entry, &body.number)
}

#[cfg(test)]
mod tests {
    use kp_registry::{Goods, Role, UnderWayRule};
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, rules::eligible::Side, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Customs),
            certificate: None,
            lines: Vec::new(),
            goods: Goods::default(),
            issuer: Side::default(),
            destination: Side::default(),
        };
        let request = Request { number: number("XA-1"), departed_on: Some(day("2026-02-04")) };
        let mut world = (facts, request);
        let departed = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked, now())),
            &[
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Issued))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Importer)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Customs)),
                ("certificate_not_validated", |w| {
                    let mut late = certificate(CertificateState::Validated);
                    late.expires_on = Some(day("2026-02-02"));
                    w.0.certificate = Some(late);
                }),
                ("departure_in_the_future", |w| w.1.departed_on = Some(day("2026-02-01"))),
                ("departure_before_validation", |w| w.1.departed_on = None),
                ("certificate_expired", |w| w.1.departed_on = Some(day("2026-02-02"))),
                ("not_a_participant", |w| {
                    w.0.issuer = suspended("XA", "2026-02-02T12:00:00Z", UnderWayRule::Release)
                }),
                ("participant_barred", |w| w.0.issuer = open("XA")),
                ("not_a_participant", |w| {
                    w.0.destination = suspended("XB", "2026-02-02T12:00:00Z", UnderWayRule::Release)
                }),
                ("participant_barred", |w| w.0.destination = open("XB")),
            ],
        );
        assert_eq!((departed.departed_on, departed.destination), (day("2026-02-02"), code("XB")));
    }

    /// An expired certificate is not brought to life by a day long ago; what left in time is recorded after a weekend.
    #[test]
    fn a_departure_is_not_dated_back_long_after_the_certificate_has_expired() {
        let mut certificate = certificate(CertificateState::Validated);
        certificate.expires_on = Some(day("2026-02-05"));
        let facts = Facts {
            officer: officer("XA", Role::Customs),
            certificate: Some(certificate),
            lines: Vec::new(),
            goods: Goods::default(),
            issuer: open("XA"),
            destination: open("XB"),
        };
        for (departed_on, now, key) in [
            ("2026-02-05", "2026-02-12T09:00:00Z", None),
            ("2026-02-05", "2026-02-13T09:00:00Z", Some("departure_stated_late")),
            ("2026-02-02", "2026-02-06T09:00:00Z", None),
            ("2026-02-02", "2026-02-10T09:00:00Z", Some("departure_stated_late")),
        ] {
            let request = Request { number: number("XA-1"), departed_on: Some(day(departed_on)) };
            let refused = decide(&facts, &request, now.parse().unwrap()).err().map(|refusal| refusal.key());
            assert_eq!(refused, key, "left on {departed_on}, stated on {now}");
        }
    }

    /// Noticed earlier and left open: goods that left before a suspension could not be recorded as departed after it.
    #[test]
    fn a_departure_before_a_suspension_is_recorded_after_it_and_one_of_its_day_is_not() {
        for (since, departed_on, key) in [
            ("2026-02-03T00:00:00Z", "2026-02-02", None),
            ("2026-02-02T12:00:00Z", "2026-02-02", Some("participant_barred")),
            ("2026-02-03T00:00:00Z", "2026-02-03", Some("participant_barred")),
        ] {
            let facts = Facts {
                officer: officer("XA", Role::Customs),
                certificate: Some(certificate(CertificateState::Validated)),
                lines: Vec::new(),
                goods: Goods::default(),
                issuer: suspended("XA", since, UnderWayRule::HoldAndAsk),
                destination: open("XB"),
            };
            let request = Request { number: number("XA-1"), departed_on: Some(day(departed_on)) };
            let refused = decide(&facts, &request, now()).err().map(|refusal| refusal.key());
            assert_eq!(refused, key, "suspended since {since}, left on {departed_on}");
        }
    }
}
