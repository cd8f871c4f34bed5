//! Withdraw a range: the office gives no further number of it.
//!
//! Scheme: security S-16. Closes: L22 together with `allot_range`. Appends `range_withdrawn`. The office may be without a
//! network and go on meanwhile, rightly. So the numbers stay away from everybody until the office has stated that it has
//! read the withdrawal (`entries_taken_over` in its log); what it did not use by then is the capital's again. Where the
//! office is gone for good, its unused numbers are never given: that is the explained gap.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, EntriesTakenOver, Entry, Failure, LogName, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};

use crate::{NumberRange, Range, series};

const WITHDRAW_RANGE: Sql = sql!("withdraw_range");
const RETURN_RANGES: Sql = sql!("return_ranges");

kp_terms::form! {
    /// A range is withdrawn.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct RangeWithdrawn {
        /// Whose numbers.
        participant: ParticipantCode, "XA";
        /// Label of the office or device that has them.
        office: String, "north";
        /// The whole range as it was allotted.
        numbers: NumberRange, "XA-000101..XA-000200";
        /// Why.
        reason: String, "the office moves";
    }
}

impl Statement for RangeWithdrawn {
    const KIND: &'static str = "range_withdrawn";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a range is not withdrawn.
    pub enum Refusal {
        /// The office has no such range.
        NoSuchRange { numbers: NumberRange, office: String } = "no_such_range", "{office} has no range {numbers} that could be withdrawn; name the range as it was allotted", "one number, one desk (L22, S-16)";
    }
}

struct Facts {
    officer: Officer,
    ranges: Vec<Range>,
}

/// Withdraws a range.
///
/// # Errors
/// Refuses where the officer is no administrator of the participant, or the office has no such range.
pub fn withdraw_range(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &RangeWithdrawn) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        ranges: series::ranges_of_participant(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &RangeWithdrawn) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    let is_it = |range: &Range| {
        range.office == request.office
            && (range.first, range.last) == request.numbers.serials()
            && range.withdrawn_on.is_none()
    };
    if request.numbers.first().prefix() != request.participant || !facts.ranges.iter().any(is_it) {
        let (numbers, office) = (request.numbers.clone(), request.office.clone());
        return Err(Refusal::NoSuchRange { numbers, office }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: RangeWithdrawn = entry.body()?;
    let (first, last) = body.numbers.serials();
    tx.execute(
        WITHDRAW_RANGE,
        &[
            body.participant.as_str().into(),
            (&body.office).into(),
            i64::try_from(first)?.into(),
            i64::try_from(last)?.into(),
            (&entry.on().to_string()).into(),
            (&entry.log_id).into(),
            i64::try_from(entry.entry_number)?.into(),
        ],
    )?;
    Ok(())
}

/// An office says how far it has read the capital's log: withdrawals up to there are known to it.
pub(crate) fn apply_taken_over(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let office = entry.log_id.parse::<LogName>().ok().and_then(|name| name.office);
    let Some(office) = office else { return Ok(()) };
    let body: EntriesTakenOver = entry.body()?;
    for log in &body.logs {
        tx.execute(
            RETURN_RANGES,
            &[
                office.participant().as_str().into(),
                office.label().into(),
                (&log.log_id).into(),
                (&entry.on().to_string()).into(),
                i64::try_from(log.to)?.into(),
            ],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Range, RangeWithdrawn, decide};
    use crate::testing::*;

    #[test]
    fn only_a_range_as_it_was_allotted_is_withdrawn_and_once() {
        let request = RangeWithdrawn {
            participant: code("XA"),
            office: "south".into(),
            numbers: "XA-000101..XA-000150".parse().unwrap(),
            reason: "moves".into(),
        };
        let range = Range {
            office: "north".into(),
            first: 101,
            last: 200,
            allotted_on: day("2026-01-01"),
            withdrawn_on: Some(day("2026-01-02")),
            returned_on: None,
        };
        let facts = Facts { officer: officer("XB", Role::Administrator), ranges: vec![range] };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("no_such_range", |w| w.1.office = "north".into()),
                ("no_such_range", |w| w.1.numbers = "XA-000101..XA-000200".parse().unwrap()),
                ("no_such_range", |w| w.0.ranges[0].withdrawn_on = None),
            ],
        );
    }
}
