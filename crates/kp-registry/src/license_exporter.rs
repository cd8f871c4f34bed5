//! License an exporter: who may apply for certificates, and until when.
//!
//! Scheme: Annex II.13-14 (buyers, sellers, exporters registered and licensed: name, address). Closes part of L02.
//! Appends `exporter_licensed` to the participant's log.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{
    Exporter, Officer, Role, queries,
    rules::{may_act, reference},
};

const RECORD_EXPORTER: Sql = sql!("record_exporter");

/// Most characters of a licence number. Ours.
const LONGEST_NUMBER: usize = 40;

kp_terms::form! {
    /// An exporter is licensed.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ExporterLicensed {
        /// Who licenses.
        participant: ParticipantCode, "XA";
        /// Licence number, starting with the participant's code.
        licence_number: String, "XA-EXP-7";
        /// Name of the holder.
        holder: String, "River Stones Ltd";
        /// Address of the holder.
        address: String, "1 Market Road, Port Example";
        /// First day of the licence.
        valid_from: Date, "2026-01-01";
        /// Last day of the licence.
        valid_until: Date, "2026-12-31";
    }
}

impl Statement for ExporterLicensed {
    const KIND: &'static str = "exporter_licensed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    /// Empty: a holder may be a person, and entries are published.
    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why an exporter is not licensed.
    pub enum Refusal {
        /// The number is in use.
        LicenceNumberTaken { number: String } = "licence_number_taken", "licence number {number} was given out already", "CD Annex II.13: one record per licence";
        /// The number does not begin with the code.
        NumberNotOfParticipant { number: String, code: ParticipantCode } = "licence_number_not_of_participant",
            "licence number {number} must start with the participant's code {code} and a hyphen and have at most 40 characters: letters, digits, - / .", "licence numbers are unique across participants";
        /// The dates are the wrong way round.
        EndsBeforeItBegins { from: Date, until: Date } = "licence_ends_before_it_begins", "the licence would end on {until}, before it begins on {from}", "CD Annex II.13";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<Exporter>,
}

/// Licenses an exporter.
///
/// # Errors
/// Refuses where the officer is not an administrator of the participant, or number or dates do not serve.
pub fn license_exporter(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ExporterLicensed,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        existing: queries::exporter_by_licence(tx, &request.licence_number)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &ExporterLicensed) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    if !reference::belongs_to(&request.licence_number, request.participant, LONGEST_NUMBER) {
        let number = request.licence_number.clone();
        return Err(Refusal::NumberNotOfParticipant { number, code: request.participant }.into());
    }
    if facts.existing.is_some() {
        return Err(Refusal::LicenceNumberTaken { number: request.licence_number.clone() }.into());
    }
    if request.valid_until < request.valid_from {
        return Err(
            Refusal::EndsBeforeItBegins { from: request.valid_from, until: request.valid_until }.into()
        );
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ExporterLicensed = entry.body()?;
    tx.execute(
        RECORD_EXPORTER,
        &[
            (&body.licence_number).into(),
            body.participant.as_str().into(),
            (&body.holder).into(),
            (&body.address).into(),
            (&body.valid_from.to_string()).into(),
            (&body.valid_until.to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_testkit::refused_in_order;

    use super::{ExporterLicensed, Facts, decide};
    use crate::{Exporter, Role, testing::*};

    fn exporter() -> Exporter {
        Exporter {
            licence_number: "XA-EXP-7".into(),
            participant: code("XA"),
            holder: "River Stones".into(),
            address: "1 Market Road".into(),
            valid_from: date(2026, 1, 1),
            valid_until: date(2026, 12, 31),
        }
    }

    #[test]
    fn an_administrator_licenses_exporters_of_its_own_participant() {
        let request = ExporterLicensed {
            participant: code("XA"),
            licence_number: "XB-EXP-7".into(),
            holder: "River Stones".into(),
            address: "1 Market Road".into(),
            valid_from: date(2026, 12, 31),
            valid_until: date(2026, 12, 30),
        };
        let facts = Facts { officer: officer("XB", Role::Administrator), existing: Some(exporter()) };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("licence_number_not_of_participant", |w| w.1.licence_number = "XA-".into()),
                ("licence_number_not_of_participant", |w| w.1.licence_number = "XA-EXP-7".into()),
                ("licence_number_taken", |w| w.0.existing = None),
                ("licence_ends_before_it_begins", |w| w.1.valid_until = w.1.valid_from),
            ],
        );
    }

    /// L02: the day before and the day after a licence are outside it.
    #[test]
    fn a_licence_is_in_force_from_its_first_day_to_its_last() {
        let exporter = exporter();
        for (day, active) in [
            (date(2025, 12, 31), false),
            (date(2026, 1, 1), true),
            (date(2026, 12, 31), true),
            (date(2027, 1, 1), false),
        ] {
            assert_eq!(exporter.is_active_on(day), active, "{day}");
        }
    }
}
