//! Record an arrival: a container with a certificate number is presented to an importing authority, and weighed.
//!
//! Scheme: Section III(b), Annex II.22-23 (seals checked, contents opened and inspected). Never refused for what it
//! says of the world (rulings 13): an unknown number, a second presentation, a day that cannot be right or broken seals
//! are evidence, kept as they are; what is odd becomes a finding or a problem of the count. Only who may record is
//! checked, and that the weight is one that a scale can show. Appends `arrival_recorded` to the importer's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, FieldValue, Kind, ParticipantCode, ReadError, Refuse};
use serde::{Deserialize, Serialize};

use crate::rules::amounts::MOST_CARATS;

const RECORD_ARRIVAL: Sql = sql!("record_arrival");
const MOVE_TO_ARRIVED: Sql = sql!("move_to_arrived");

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

impl YesNo {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

impl std::str::FromStr for YesNo {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "yes" => Ok(Self::Yes),
            "no" => Ok(Self::No),
            _ => Err(ReadError::new(format!("{text:?} is neither yes nor no"))),
        }
    }
}

impl Serialize for YesNo {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for YesNo {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for YesNo {
    const KIND: Kind = Kind::Choice(&["yes", "no"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// The importing participant.
        at: ParticipantCode, "XB";
        /// Carats weighed on arrival.
        carats_received: Carats, "1200.00";
        /// Whether container and seals were intact; yes where nothing is said.
        seals_intact: Option<YesNo>, "yes";
        /// The day of arrival; today where none is given.
        arrived_on: Option<Date>, "2026-02-05";
    }
}

/// An arrival is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalRecorded {
    /// The number presented.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// Carats weighed.
    pub carats_received: Carats,
    /// Seals.
    pub seals_intact: YesNo,
    /// The day.
    pub arrived_on: Date,
    /// Who recorded.
    pub recorded_by: String,
}

impl Statement for ArrivalRecorded {
    const KIND: &'static str = "arrival_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why an arrival is not recorded: never for what it says of the world.
    pub enum Refusal {
        /// No scale shows that.
        NotAWeight { carats: Carats } = "not_a_weight", "{carats} ct is not what a scale shows: weigh again and write 0.00 to 1,000,000,000.00 ct", "CD Annex II.23: the contents are inspected; limit ours (rules/amounts.rs)";
    }
}

/// Records an arrival.
///
/// # Errors
/// Refuses only where the officer is not an importing officer of that participant, or the weight cannot be one.
pub fn record_arrival(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let statement = decide(&officer, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, request: &Request, today: Date) -> Result<ArrivalRecorded, Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Importer, request.at)?;
    let carats = request.carats_received;
    if carats < Carats::ZERO || carats > MOST_CARATS {
        return Err(Refusal::NotAWeight { carats }.into());
    }
    Ok(ArrivalRecorded {
        number: request.number.clone(),
        at: request.at,
        carats_received: carats,
        seals_intact: request.seals_intact.unwrap_or(YesNo::Yes),
        arrived_on: request.arrived_on.unwrap_or(today),
        recorded_by: officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ArrivalRecorded = entry.body()?;
    let number = body.number.to_string();
    tx.execute(
        RECORD_ARRIVAL,
        &[
            i64::try_from(entry.position)?.into(),
            (&number).into(),
            body.at.as_str().into(),
            body.carats_received.hundredths().into(),
            body.seals_intact.word().into(),
            (&body.arrived_on.to_string()).into(),
            (&body.recorded_by).into(),
        ],
    )?;
    tx.execute(MOVE_TO_ARRIVED, &[(&number).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{MOST_CARATS, Request, YesNo, decide};
    use crate::testing::*;

    fn request() -> Request {
        Request {
            number: number("xz 900"),
            at: code("XB"),
            carats_received: carats(-1),
            seals_intact: None,
            arrived_on: None,
        }
    }

    #[test]
    fn only_who_records_and_what_a_scale_shows_are_asked() {
        let mut world = (officer("XA", Role::Importer), request());
        let today = day("2026-02-03");
        let arrived = refused_in_order(
            &mut world,
            |(officer, asked)| keyed(decide(officer, asked, today)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0 = officer("XB", Role::Importer)),
                ("not_a_weight", |w| w.1.carats_received = carats(MOST_CARATS.hundredths() + 1)),
                ("not_a_weight", |w| w.1.carats_received = carats(0)),
            ],
        );
        assert_eq!((arrived.arrived_on, arrived.seals_intact), (today, YesNo::Yes), "where nothing is said");
    }

    /// rulings 13: evidence is kept as it is.
    #[test]
    fn a_day_that_cannot_be_right_is_kept_as_it_was_typed() {
        for typed in ["1999-01-01", "2062-02-03"] {
            let request = Request { carats_received: carats(1), arrived_on: Some(day(typed)), ..request() };
            let arrived = decide(&officer("XB", Role::Importer), &request, day("2026-02-03")).unwrap();
            assert_eq!(arrived.arrived_on, day(typed));
        }
    }
}
