//! Record an arrival: a container with a certificate number is presented to an importing authority, and weighed.
//!
//! Scheme: Section III(b), Annex II.22-23 (seals checked, contents opened and inspected). Never refused for what it
//! says (rulings 13): an unknown number, a second presentation or broken seals are evidence, kept as they are; what is
//! odd becomes a finding. Only who may record is checked. Appends `arrival_recorded` to the importer's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, FieldValue, Kind, ParticipantCode, ReadError};
use serde::{Deserialize, Serialize};

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

/// Records an arrival.
///
/// # Errors
/// Refuses only where the officer is not an importing officer of that participant.
pub fn record_arrival(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    may_act::of_participant(&officer, Role::Importer, request.at)?;
    let statement = ArrivalRecorded {
        number: request.number.clone(),
        at: request.at,
        carats_received: request.carats_received,
        seals_intact: request.seals_intact.unwrap_or(YesNo::Yes),
        arrived_on: request.arrived_on.unwrap_or(desk.today()),
        recorded_by: officer.id,
    };
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
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
