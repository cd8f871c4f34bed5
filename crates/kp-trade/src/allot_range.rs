//! Allot a range: these numbers are given at one office, or by one device, and nowhere else.
//!
//! Scheme: Annex I.A (unique number), security S-16 (issuing never needs the network). Closes: L22 for offices that cannot
//! ask. Appends `range_allotted`. From then on the capital gives none of them, so what the office issues without a network
//! is final and cannot collide with anything.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, OfficeName, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};

use crate::{NumberRange, Range, series};

const RECORD_RANGE: Sql = sql!("record_range");

kp_terms::form! {
    /// A range is allotted.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct RangeAllotted {
        /// Whose numbers.
        participant: ParticipantCode, "XA";
        /// Label of the office or device that alone gives them.
        office: String, "north";
        /// The numbers.
        numbers: NumberRange, "XA-000101..XA-000200";
    }
}

impl Statement for RangeAllotted {
    const KIND: &'static str = "range_allotted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a range is not allotted.
    pub enum Refusal {
        /// The label cannot be an office's.
        NotALabel { reason: String } = "not_an_office_label", "{reason}", "the label stands in the names of the office's logs";
        /// The prefix is not ours.
        NumberOfAnotherIssuer { numbers: NumberRange, code: ParticipantCode } = "number_of_another_issuer", "{numbers} do not carry the prefix of {code}", "CD Annex I.A: prefix of the issuing participant";
        /// Somebody has them.
        RangeOverlaps { numbers: NumberRange, office: String } = "range_overlaps", "some of {numbers} are allotted to {office}; a number is given at one desk only, and a withdrawn range is free again when that office has read the withdrawal", "one number, one desk (L22, S-16)";
        /// Some have served.
        NumbersUsed { number: CertificateNumber } = "range_of_used_numbers", "certificate {number} was drafted already; begin after it", "CD Annex I.A: unique number (L22)";
    }
}

struct Facts {
    officer: Officer,
    ranges: Vec<Range>,
    used: Option<u64>,
}

/// Allots a range.
///
/// # Errors
/// Refuses where the officer is no administrator of the participant, or a number is allotted or used.
pub fn allot_range(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &RangeAllotted) -> Result<Entry, Failure> {
    let (first, last) = request.numbers.serials();
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        ranges: series::ranges_of_participant(tx, request.participant)?,
        used: series::highest_used(tx, request.participant, first, last)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &RangeAllotted) -> Result<(), Box<dyn Refuse>> {
    let (code, numbers) = (request.participant, request.numbers.clone());
    may_act::of_participant(&facts.officer, Role::Administrator, code)?;
    if let Err(error) = OfficeName::new(code, &request.office) {
        return Err(Refusal::NotALabel { reason: error.to_string() }.into());
    }
    if numbers.first().prefix() != code {
        return Err(Refusal::NumberOfAnotherIssuer { numbers, code }.into());
    }
    let (first, last) = numbers.serials();
    let overlaps = |range: &&Range| range.is_away() && range.first <= last && range.last >= first;
    if let Some(range) = facts.ranges.iter().find(overlaps) {
        return Err(Refusal::RangeOverlaps { numbers, office: range.office.clone() }.into());
    }
    if let Some(used) = facts.used {
        return Err(Refusal::NumbersUsed { number: CertificateNumber::new(code, used) }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: RangeAllotted = entry.body()?;
    let (first, last) = body.numbers.serials();
    tx.execute(
        RECORD_RANGE,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.office).into(),
            i64::try_from(first)?.into(),
            i64::try_from(last)?.into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Range, RangeAllotted, decide};
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let request = RangeAllotted {
            participant: code("XA"),
            office: "capital".into(),
            numbers: "XB-000101..XB-000200".parse().unwrap(),
        };
        let range = |first, last, returned| Range {
            office: "south".into(),
            first,
            last,
            allotted_on: day("2026-01-01"),
            withdrawn_on: Some(day("2026-01-02")),
            returned_on: returned,
        };
        let facts = Facts {
            officer: officer("XB", Role::Administrator),
            ranges: vec![range(200, 300, None), range(90, 120, Some(day("2026-01-03")))],
            used: Some(150),
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("not_an_office_label", |w| w.1.office = "north".into()),
                ("number_of_another_issuer", |w| w.1.numbers = "XA-000101..XA-000200".parse().unwrap()),
                ("range_overlaps", |w| w.1.numbers = "XA-000101..XA-000199".parse().unwrap()),
                ("range_of_used_numbers", |w| w.0.used = None),
            ],
        );
    }
}
