//! Set the ageing of open certificates: after how many days each step is reached.
//!
//! Scheme: Section III(b) asks that confirmations are sent expeditiously; no number of days was found in any source
//! (domain 4.1), so the days are a decision of the Working Group on Statistics, public and versioned. Closes: L27.
//! Appends `ageing_set` to the scheme's log; holds for days reached after it. Until one is set: 15, 30, 60 and 90 days
//! after departure, which are ours.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, Refuse};

const RECORD_AGEING: Sql = sql!("record_ageing");
const AGEING_AT: Sql = sql!("ageing_at");

/// The latest that any step may be: two years.
const MOST_DAYS: u32 = 730;

kp_terms::form! {
    /// The ageing of open certificates is set.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct AgeingSet {
        /// Days after departure until the importing participant is asked.
        query_after: u32, "15";
        /// Days after departure until an answer is owed.
        owed_after: u32, "30";
        /// Days after departure until every participant sees it.
        visible_after: u32, "60";
        /// Days after departure until everybody sees it.
        public_after: u32, "90";
        /// The decision it rests on.
        decision: String, "WGS 2026/2, item 4";
    }
}

impl Statement for AgeingSet {
    const KIND: &'static str = "ageing_set";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        "ageing of confirmations".to_owned()
    }
}

/// Days after departure at which each step is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ageing {
    /// A question is put.
    pub query_after: u32,
    /// An answer is owed.
    pub owed_after: u32,
    /// Visible to all participants.
    pub visible_after: u32,
    /// Public.
    pub public_after: u32,
    /// The decision, and the day it was recorded; nothing where these are the days that come with the software.
    pub decided: Option<(String, Date)>,
}

impl Default for Ageing {
    fn default() -> Self {
        Self { query_after: 15, owed_after: 30, visible_after: 60, public_after: 90, decided: None }
    }
}

/// A step of the ladder of open certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeingStep {
    /// A question is put.
    Query,
    /// An answer is owed.
    Owed,
    /// Visible to all participants.
    Visible,
    /// Public.
    Public,
}

impl Ageing {
    /// Each step: days after departure, and which it is.
    pub fn ladder(&self) -> [(i64, AgeingStep); 4] {
        [
            (self.query_after.into(), AgeingStep::Query),
            (self.owed_after.into(), AgeingStep::Owed),
            (self.visible_after.into(), AgeingStep::Visible),
            (self.public_after.into(), AgeingStep::Public),
        ]
    }
}

kp_terms::refusals! {
    /// Why the ageing is not set.
    pub enum Refusal {
        /// Not rising.
        StepsNotRising = "steps_not_rising", "each step must come at least a day after the one before: query, answer owed, visible, public, and the first at least a day after departure", "a ladder is climbed step by step (L27)";
        /// Never.
        TooLate { most: u32 } = "step_too_late", "the last step lies more than {most} days after departure; a step that is never reached hides what it should show", "L27; limit ours";
        /// No decision.
        NoDecision = "decision_missing", "name the decision of the working group that sets these days", "thresholds are public and have an author";
    }
}

/// Sets the ageing.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn set_ageing(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &AgeingSet) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    decide(&officer, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, request: &AgeingSet) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(officer, Role::Statistics)?;
    let steps = [0, request.query_after, request.owed_after, request.visible_after, request.public_after];
    if steps.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Refusal::StepsNotRising.into());
    }
    if request.public_after > MOST_DAYS {
        return Err(Refusal::TooLate { most: MOST_DAYS }.into());
    }
    if request.decision.trim().is_empty() {
        return Err(Refusal::NoDecision.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: AgeingSet = entry.body()?;
    tx.execute(
        RECORD_AGEING,
        &[
            i64::try_from(entry.position)?.into(),
            i64::from(body.query_after).into(),
            i64::from(body.owed_after).into(),
            i64::from(body.visible_after).into(),
            i64::from(body.public_after).into(),
            (&body.decision).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

/// The ageing in force for an entry: what was set last before it.
///
/// # Errors
/// Where the database fails.
pub fn ageing_at(tx: &mut Tx<'_>, position: u64) -> Result<Ageing> {
    let set = tx.optional(AGEING_AT, &[i64::try_from(position)?.into()], |row| {
        let days = |at: usize| -> Result<u32> { Ok(u32::try_from(row.get::<i64>(at)?)?) };
        Ok(Ageing {
            query_after: days(0)?,
            owed_after: days(1)?,
            visible_after: days(2)?,
            public_after: days(3)?,
            decided: Some((row.get(4)?, row.word(5)?)),
        })
    })?;
    Ok(set.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{AgeingSet, decide};
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let request = AgeingSet {
            query_after: 0,
            owed_after: 20,
            visible_after: 20,
            public_after: 731,
            decision: " ".into(),
        };
        let mut world = (officer("XA", Role::FocalPoint), request);
        refused_in_order(
            &mut world,
            |(officer, asked)| keyed(decide(officer, asked)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0 = officer("scheme", Role::Statistics)),
                ("steps_not_rising", |w| w.1.query_after = 10),
                ("steps_not_rising", |w| w.1.visible_after = 40),
                ("step_too_late", |w| w.1.public_after = 730),
                ("decision_missing", |w| w.1.decision = "WGS 2026/2".into()),
            ],
        );
    }
}
