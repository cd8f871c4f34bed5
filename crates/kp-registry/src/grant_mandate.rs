//! Grant a mandate: an exporter's person lets a broker file applications in the exporter's name.
//!
//! Scheme: Annex II.13 (both are licensed), II.17 (the application is the exporter's). Appends `mandate_granted` to the
//! participant's log, signed by the exporter's own person: the authority cannot make one.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{Carats, ParticipantCode, Refuse, UsdCents};

use crate::{
    Exporter, Mandate, Officer, Role, mandate_by_reference, queries,
    rules::{may_act, reference},
};

const RECORD_MANDATE: Sql = sql!("record_mandate");

/// Most characters of a reference: it stands in addresses and in applications. Ours.
const LONGEST_REFERENCE: usize = 24;

kp_terms::form! {
    /// A mandate is granted.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct MandateGranted {
        /// The participant that licensed both.
        participant: ParticipantCode, "XA";
        /// Reference of the mandate, starting with the participant's code.
        mandate: String, "XA-M-1";
        /// The licence that gives it: the one that you act for.
        licence_number: String, "XA-EXP-7";
        /// Licence number of the broker who gets it.
        broker: String, "XA-BRK-2";
        /// To which participants goods may go under it; to all where none is named.
        destinations: Option<Vec<ParticipantCode>>, "XB";
        /// Most carats of all applications under it together; no limit where nothing is said.
        most_carats: Option<Carats>, "5000.00";
        /// Most US$ of all applications under it together; no limit where nothing is said.
        most_value: Option<UsdCents>, "2000000.00";
        /// First day of the mandate.
        valid_from: Date, "2026-02-01";
        /// Last day of the mandate.
        valid_until: Date, "2026-07-31";
    }
}

impl Statement for MandateGranted {
    const KIND: &'static str = "mandate_granted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    /// Empty: between whom it is is their business, and entries are published.
    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why a mandate is not granted.
    pub enum Refusal {
        /// Another's licence.
        NotYourLicence { licence_number: String } = "mandate_of_another_licence", "{licence_number} is not the licence that you act for; only its own person gives a mandate for it", "CD Annex II.13, II.17: the application is the exporter's";
        /// The reference is in use.
        ReferenceTaken { mandate: String } = "mandate_reference_taken", "mandate {mandate} exists already; give the next free reference", "one mandate, one reference";
        /// The reference does not begin with the code or is too long.
        ReferenceNotOfParticipant { mandate: String, code: ParticipantCode } = "mandate_reference_not_of_participant",
            "the reference {mandate} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// No such broker.
        NoSuchBroker { broker: String } = "no_such_broker", "{broker} is not a licence of this participant; a broker is licensed before it files anything", "CD Annex II.13";
        /// To itself.
        ToItself { licence_number: String } = "mandate_to_itself", "{licence_number} needs no mandate to file its own applications", "CD Annex II.17";
        /// The dates are the wrong way round.
        EndsBeforeItBegins { from: Date, until: Date } = "mandate_ends_before_it_begins", "the mandate would end on {until}, before it begins on {from}", "a mandate has an end";
        /// Over before it is given.
        AlreadyOver { until: Date } = "mandate_already_over", "the mandate would have ended on {until} already", "a mandate is given for what is to come";
        /// A limit of nothing.
        LimitNotPositive = "mandate_limit_not_positive", "a limit is more than nothing; leave it out where there is none", "a mandate that allows nothing is none";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<Mandate>,
    broker: Option<Exporter>,
}

/// Grants a mandate.
///
/// # Errors
/// Refuses where the signer is no person of the licence, or reference, broker, dates or limits do not serve.
pub fn grant_mandate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &MandateGranted) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        existing: mandate_by_reference(tx, &request.mandate)?,
        broker: queries::exporter_by_licence(tx, &request.broker)?,
    };
    decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &MandateGranted, today: Date) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Trader, request.participant)?;
    let licence_number = request.licence_number.clone();
    if facts.officer.licence.as_ref() != Some(&licence_number) {
        return Err(Refusal::NotYourLicence { licence_number }.into());
    }
    let mandate = request.mandate.clone();
    if !reference::belongs_to(&mandate, request.participant, LONGEST_REFERENCE) {
        return Err(Refusal::ReferenceNotOfParticipant { mandate, code: request.participant }.into());
    }
    if facts.existing.is_some() {
        return Err(Refusal::ReferenceTaken { mandate }.into());
    }
    if request.broker == licence_number {
        return Err(Refusal::ToItself { licence_number }.into());
    }
    if facts.broker.as_ref().is_none_or(|broker| broker.participant != request.participant) {
        return Err(Refusal::NoSuchBroker { broker: request.broker.clone() }.into());
    }
    let (from, until) = (request.valid_from, request.valid_until);
    if until < from {
        return Err(Refusal::EndsBeforeItBegins { from, until }.into());
    }
    if until < today {
        return Err(Refusal::AlreadyOver { until }.into());
    }
    let nothing = request.most_carats.is_some_and(|most| most <= Carats::ZERO)
        || request.most_value.is_some_and(|most| most <= UsdCents::ZERO);
    if nothing { Err(Refusal::LimitNotPositive.into()) } else { Ok(()) }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: MandateGranted = entry.body()?;
    let mut codes: Vec<&str> = body.destinations.iter().flatten().map(ParticipantCode::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    tx.execute(
        RECORD_MANDATE,
        &[
            (&body.mandate).into(),
            body.participant.as_str().into(),
            (&body.licence_number).into(),
            (&body.broker).into(),
            (&codes.join(" ")).into(),
            body.most_carats.map(Carats::hundredths).into(),
            body.most_value.map(UsdCents::cents).into(),
            (&body.valid_from.to_string()).into(),
            (&body.valid_until.to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_terms::Carats;
    use kp_testkit::refused_in_order;

    use super::{Facts, MandateGranted, decide};
    use crate::{Exporter, Mandate, Role, testing::*};

    fn broker(of: &str) -> Exporter {
        Exporter {
            licence_number: "XA-BRK-2".into(),
            participant: code(of),
            holder: "Quay Brokers".into(),
            address: "2 Quay".into(),
            valid_from: date(2026, 1, 1),
            valid_until: date(2026, 12, 31),
        }
    }

    #[test]
    fn each_reason_in_its_order() {
        let existing = Mandate {
            mandate: "XA-M-1".into(),
            participant: code("XA"),
            licence_number: "XA-EXP-7".into(),
            broker: "XA-BRK-2".into(),
            destinations: Vec::new(),
            most_carats: None,
            most_value: None,
            valid_from: date(2026, 1, 1),
            valid_until: date(2026, 1, 31),
            ended_on: None,
        };
        let request = MandateGranted {
            participant: code("XA"),
            mandate: "XB-M-1".into(),
            licence_number: "XA-EXP-7".into(),
            broker: "XA-EXP-7".into(),
            destinations: None,
            most_carats: Some(Carats::ZERO),
            most_value: None,
            valid_from: date(2026, 2, 2),
            valid_until: date(2026, 2, 1),
        };
        let facts = Facts {
            officer: officer("XB", Role::Clerk),
            existing: Some(existing),
            broker: Some(broker("XB")),
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, date(2026, 3, 1))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Trader)),
                ("mandate_of_another_licence", |w| w.0.officer.licence = Some("XA-EXP-7".into())),
                ("mandate_reference_not_of_participant", |w| w.1.mandate = "XA-M-1".into()),
                ("mandate_reference_taken", |w| w.0.existing = None),
                ("mandate_to_itself", |w| w.1.broker = "XA-BRK-2".into()),
                ("no_such_broker", |w| w.0.broker = Some(broker("XA"))),
                ("mandate_ends_before_it_begins", |w| w.1.valid_until = date(2026, 2, 28)),
                ("mandate_already_over", |w| w.1.valid_until = date(2026, 3, 1)),
                ("mandate_limit_not_positive", |w| w.1.most_carats = None),
            ],
        );
    }

    #[test]
    fn it_serves_from_its_first_day_to_its_last_and_not_from_the_day_of_its_end() {
        let mut mandate = Mandate {
            mandate: "XA-M-1".into(),
            participant: code("XA"),
            licence_number: "XA-EXP-7".into(),
            broker: "XA-BRK-2".into(),
            destinations: vec![code("XB")],
            most_carats: None,
            most_value: None,
            valid_from: date(2026, 2, 1),
            valid_until: date(2026, 2, 28),
            ended_on: None,
        };
        for (day, serves) in [
            (date(2026, 1, 31), false),
            (date(2026, 2, 1), true),
            (date(2026, 2, 28), true),
            (date(2026, 3, 1), false),
        ] {
            assert_eq!(mandate.is_in_force_on(day), serves, "{day}");
        }
        mandate.ended_on = Some(date(2026, 2, 10));
        assert!(mandate.is_in_force_on(date(2026, 2, 9)) && !mandate.is_in_force_on(date(2026, 2, 10)));
        assert!(mandate.covers(code("XB")) && !mandate.covers(code("XC")));
    }
}
