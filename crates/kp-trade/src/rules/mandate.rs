//! What a broker may file: an application of the exporter that gave the mandate, while it is in force, to where it says, and
//! no more carats and US$ in all than it says.
//!
//! Annex II.13 (traders are licensed), II.17 (the application is the exporter's); peers 24 (K8). Rejected applications do not
//! count against the limits. Asked again of content that cures a deficiency.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Failure};
use kp_registry::{Mandate, mandate_by_reference};
use kp_terms::{Carats, Date, ParticipantCode, Refuse, UsdCents};

use crate::{Line, apply_for_certificate::ApplicationReceived, filing};

kp_terms::refusals! {
    /// Why an application is not filed under a mandate.
    pub enum Refusal {
        /// There is none between these two.
        NoMandate { mandate: String, licence_number: String } = "no_mandate_of_exporter", "there is no mandate {mandate} of {licence_number}; an exporter's person grants one", "CD Annex II.17; peers 24";
        /// Another broker has it.
        OfAnotherBroker { mandate: String, broker: String } = "mandate_of_another_broker", "mandate {mandate} was given to another broker than {broker}", "CD Annex II.13; peers 24";
        /// It is over, was ended, or has not begun.
        NotInForce { mandate: String, from: Date, until: Date, on: Date } = "mandate_not_in_force", "mandate {mandate} serves from {from} until {until}, unless it is ended before; it does not serve on {on}", "a mandate has an end";
        /// Not to there.
        NotToThere { mandate: String, destination: ParticipantCode } = "mandate_not_to_destination", "mandate {mandate} does not cover goods to {destination}", "a mandate has a scope";
        /// Too many carats.
        TooManyCarats { mandate: String, asked: Carats, left: Carats } = "mandate_carats_exceeded", "{asked} ct are asked for, and mandate {mandate} allows {left} ct more", "a mandate has a scope";
        /// Too high a value.
        TooHighValue { mandate: String, asked: UsdCents, left: UsdCents } = "mandate_value_exceeded", "US$ {asked} are asked for, and mandate {mandate} allows US$ {left} more", "a mandate has a scope";
        /// Counted elsewhere.
        AtOffice { mandate: String } = "mandate_at_office", "what mandate {mandate} still allows is counted at the capital; file there, or let the exporter apply", "one count, one place (T35)";
    }
}

/// What is known of a mandate when somebody wants to file under it.
pub(crate) struct Facts {
    mandate: Option<Mandate>,
    filed: (Carats, UsdCents),
    at_office: bool,
}

/// Everything that is asked of the database.
///
/// # Errors
/// Where it fails.
pub(crate) fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, mandate: &str, application: &str) -> Result<Facts> {
    Ok(Facts {
        mandate: mandate_by_reference(tx, mandate)?,
        filed: filing::filed_under_mandate(tx, mandate, application)?,
        at_office: desk.node.office().is_some(),
    })
}

/// Checks an application that names a mandate; `broker` is the licence of who files it, where that is known. Gives back the
/// broker's licence.
///
/// # Errors
/// The first reason that applies.
pub(crate) fn check(
    facts: &Facts,
    named: &str,
    request: &ApplicationReceived,
    broker: Option<&str>,
    today: Date,
) -> Result<String, Box<dyn Refuse>> {
    let mandate = named.to_owned();
    if facts.at_office {
        return Err(Refusal::AtOffice { mandate }.into());
    }
    let given = facts.mandate.as_ref().filter(|given| {
        given.participant == request.participant && given.licence_number == request.licence_number
    });
    let Some(given) = given else {
        let licence_number = request.licence_number.clone();
        return Err(Refusal::NoMandate { mandate, licence_number }.into());
    };
    if let Some(broker) = broker.filter(|broker| *broker != given.broker) {
        return Err(Refusal::OfAnotherBroker { mandate, broker: broker.to_owned() }.into());
    }
    if !given.is_in_force_on(today) {
        let (from, until) = (given.valid_from, given.valid_until);
        return Err(Refusal::NotInForce { mandate, from, until, on: today }.into());
    }
    if !given.covers(request.destination) {
        return Err(Refusal::NotToThere { mandate, destination: request.destination }.into());
    }
    check_limits(given, facts.filed, request)?;
    Ok(given.broker.clone())
}

fn check_limits(
    given: &Mandate,
    (carats, value): (Carats, UsdCents),
    request: &ApplicationReceived,
) -> Result<(), Box<dyn Refuse>> {
    let mandate = given.mandate.clone();
    if let Some(most) = given.most_carats {
        let left = most.checked_sub(carats).unwrap_or(Carats::ZERO).max(Carats::ZERO);
        let asked = Line::total_carats(&request.lines).unwrap_or(Carats::from_hundredths(i64::MAX));
        if asked > left {
            return Err(Refusal::TooManyCarats { mandate, asked, left }.into());
        }
    }
    if let Some(most) = given.most_value {
        let left = most.checked_sub(value).unwrap_or(UsdCents::ZERO).max(UsdCents::ZERO);
        let asked = Line::total_value(&request.lines).unwrap_or(UsdCents::from_cents(i64::MAX));
        if asked > left {
            return Err(Refusal::TooHighValue { mandate, asked, left }.into());
        }
    }
    Ok(())
}

/// Asks the same of new content for an application that was filed under a mandate.
///
/// # Errors
/// As [`check`]; where the database fails.
pub(crate) fn check_cure(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ApplicationReceived,
) -> Result<(), Failure> {
    let filed = filing::filing_of_application(tx, &request.application)?;
    let Some(mandate) = filed.and_then(|filed| filed.mandate) else { return Ok(()) };
    let facts = load(tx, desk, &mandate, &request.application)?;
    check(&facts, &mandate, request, None, desk.today())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Mandate;
    use kp_terms::UsdCents;
    use kp_testkit::refused_in_order;

    use super::{Facts, check};
    use crate::{apply_for_certificate::ApplicationReceived, testing::*};

    fn mandate() -> Mandate {
        Mandate {
            mandate: "XA-M-1".into(),
            participant: code("XA"),
            licence_number: "XA-EXP-7".into(),
            broker: "XA-BRK-2".into(),
            destinations: vec![code("XC")],
            most_carats: Some(carats(200_000)),
            most_value: Some(UsdCents::from_cents(60_000_000)),
            valid_from: day("2026-02-01"),
            valid_until: day("2026-02-28"),
            ended_on: Some(day("2026-02-02")),
        }
    }

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            mandate: Some(Mandate { licence_number: "XA-EXP-8".into(), ..mandate() }),
            filed: (carats(100_000), UsdCents::from_cents(30_000_000)),
            at_office: true,
        };
        let broker = refused_in_order(
            &mut (facts, received(), "XA-BRK-3"),
            |(facts, request, broker): &(Facts, ApplicationReceived, &str)| {
                keyed(check(facts, "XA-M-1", request, Some(broker), day("2026-02-03")))
            },
            &[
                ("mandate_at_office", |w| w.0.at_office = false),
                ("no_mandate_of_exporter", |w| w.0.mandate = Some(mandate())),
                ("mandate_of_another_broker", |w| w.2 = "XA-BRK-2"),
                ("mandate_not_in_force", |w| {
                    w.0.mandate = Some(Mandate { ended_on: None, ..mandate() });
                }),
                ("mandate_not_to_destination", |w| {
                    let destinations = vec![code("XB")];
                    w.0.mandate = Some(Mandate { ended_on: None, destinations, ..mandate() });
                }),
                // 1,200.00 ct and US$ 420,000.00 are asked for; 1,000.00 ct and US$ 300,000.00 are left.
                ("mandate_carats_exceeded", |w| w.0.filed.0 = carats(80_000)),
                ("mandate_value_exceeded", |w| w.0.filed.1 = UsdCents::from_cents(18_000_000)),
            ],
        );
        assert_eq!(broker, "XA-BRK-2");
    }
}
