//! Record a production capacity with its source: what the ground could give in a year, at the high estimate.
//!
//! Scheme: Annex II.8 (producers analyse production). Exposes: L03 (the detector `exports_above_capacity` reads it).
//! Appends `capacity_recorded` to the scheme's log: an estimate of somebody's ground is not made by its owner alone.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{Carats, ParticipantCode, Refuse};

use crate::{Officer, Participant, Role, queries, rules::may_act};

const RECORD_CAPACITY: Sql = sql!("record_capacity");

kp_terms::form! {
    /// A capacity is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct CapacityRecorded {
        /// Whose ground.
        participant: ParticipantCode, "XA";
        /// High estimate for one calendar year.
        high_carats: Carats, "5000.00";
        /// First calendar year it is meant for.
        from_year: u32, "2025";
        /// Who estimated, and in which paper.
        source: String, "invented survey, table 2";
        /// Date of the estimate.
        dated: Date, "2025-01-15";
    }
}

impl Statement for CapacityRecorded {
    const KIND: &'static str = "capacity_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a capacity is not recorded.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant", "{code} is not a participant; admit it first", "CD Section VI.8";
        /// A capacity below nothing.
        Negative = "capacity_negative", "a capacity is zero carats or more", "CD Annex II.8";
        /// The year cannot be meant.
        NotAYear { year: u32 } = "not_a_year", "{year} is not a calendar year between 1900 and 2200", "CD Annex II.8";
        /// No source.
        WithoutSource = "capacity_without_source", "a capacity needs its source, so that others can judge it", "CD Section V(c); house: a figure carries its source";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
}

/// Records a capacity.
///
/// # Errors
/// Refuses where the officer is not of the Working Group on Statistics, or the estimate does not serve.
pub fn record_capacity(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &CapacityRecorded,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &CapacityRecorded) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Statistics)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    if request.high_carats < Carats::ZERO {
        return Err(Refusal::Negative.into());
    }
    if !(1900..=2200).contains(&request.from_year) {
        return Err(Refusal::NotAYear { year: request.from_year }.into());
    }
    if request.source.trim().is_empty() {
        return Err(Refusal::WithoutSource.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CapacityRecorded = entry.body()?;
    tx.execute(
        RECORD_CAPACITY,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            body.high_carats.hundredths().into(),
            i64::from(body.from_year).into(),
            (&body.source).into(),
            (&body.dated.to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{CapacityRecorded, Carats, Facts, decide};
    use crate::{Role, testing::*};

    #[test]
    fn the_working_group_records_an_estimate_that_can_be_judged() {
        let request = CapacityRecorded {
            participant: code("XA"),
            high_carats: Carats::from_hundredths(-1),
            from_year: 1899,
            source: " ".into(),
            dated: jiff::civil::date(2025, 1, 15),
        };
        let facts = Facts { officer: officer("XA", Role::Administrator), participant: None };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Statistics)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XA"))),
                ("capacity_negative", |w| w.1.high_carats = Carats::ZERO),
                ("not_a_year", |w| w.1.from_year = 2201),
                ("not_a_year", |w| w.1.from_year = 2200),
                ("capacity_without_source", |w| w.1.source = "invented survey".into()),
            ],
        );
    }
}
