//! Set a threshold of the detectors over certificate streams.
//!
//! Thresholds are the working group's: public, each with its reason, and every one that ever held stays in the log. What a
//! change would do is shown before it is made (`kpcs findings preview NAME=VALUE`: the cases of the last eight quarters
//! before and after). Appends `detector_threshold_set` to the scheme's log. Changes no finding that was recorded.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, Refuse};
use serde::{Deserialize, Serialize};

use crate::stream::{Settings, THRESHOLDS};

const RECORD_THRESHOLD: Sql = sql!("record_threshold");
const THRESHOLDS_SET: Sql = sql!("thresholds_set");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Its name in the public list (`kpcs findings thresholds`).
        threshold: String, "missing_least";
        /// Its value, in the unit that the list states.
        value: u32, "4";
        /// Why.
        reason: String, "three missing receipts are common on new routes";
    }
}

/// A threshold is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetectorThresholdSet {
    /// Its name.
    pub threshold: String,
    /// Its value, in the unit that the list states.
    pub value: u32,
    /// Why.
    pub reason: String,
    /// Who set it.
    pub set_by: String,
}

impl Statement for DetectorThresholdSet {
    const KIND: &'static str = "detector_threshold_set";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.threshold.clone()
    }
}

kp_terms::refusals! {
    /// Why a threshold is not set.
    pub enum Refusal {
        /// No such name.
        NoSuchThreshold { threshold: String } = "no_such_threshold", "there is no threshold {threshold}; `kpcs findings thresholds` lists those there are", "house: thresholds are public and have names";
        /// Out of its range.
        OutOfRange { threshold: String, value: u32, low: i64, high: i64 } = "threshold_out_of_range", "{threshold} lies between {low} and {high}, not at {value}", "house: a threshold that makes no sense hides every finding or none";
        /// It has that value.
        AlreadySo { threshold: String, value: u32 } = "threshold_already_so", "{threshold} is {value} already", "house: a statement changes something";
        /// No reason.
        WithoutReason = "threshold_without_reason", "write why, so that others can judge it", "AD 02/2013: a review that is uniform and transparent";
    }
}

/// A threshold that was set at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetThreshold {
    /// Its name.
    pub threshold: String,
    /// Its value.
    pub value: i64,
    /// Why.
    pub reason: String,
    /// Who.
    pub set_by: String,
    /// When.
    pub set_on: Date,
}

struct Facts {
    officer: Officer,
    holding: Settings,
}

/// Sets a threshold.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn set_detector_threshold(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts { officer: kp_registry::officer_at_desk(tx, desk)?, holding: holding(tx)? };
    let set = decide(&facts, request)?;
    let entry = append(tx, desk, &set)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<DetectorThresholdSet, Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Statistics)?;
    let (threshold, value) = (request.threshold.trim().to_owned(), request.value);
    let Some(doc) = THRESHOLDS.iter().find(|doc| doc.name == threshold) else {
        return Err(Refusal::NoSuchThreshold { threshold }.into());
    };
    let (low, high) = doc.range;
    if !(low..=high).contains(&i64::from(value)) {
        return Err(Refusal::OutOfRange { threshold, value, low, high }.into());
    }
    if facts.holding.get(&threshold) == Some(i64::from(value)) {
        return Err(Refusal::AlreadySo { threshold, value }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::WithoutReason.into());
    }
    Ok(DetectorThresholdSet {
        threshold,
        value,
        reason: request.reason.trim().to_owned(),
        set_by: facts.officer.id.clone(),
    })
}

/// Brings a statement into the table; entries of other kinds are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    if entry.kind != DetectorThresholdSet::KIND {
        return Ok(());
    }
    let body: DetectorThresholdSet = entry.body()?;
    tx.execute(
        RECORD_THRESHOLD,
        &[
            i64::try_from(entry.position)?.into(),
            (&body.threshold).into(),
            i64::from(body.value).into(),
            (&body.reason).into(),
            (&body.set_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

/// Every threshold that was ever set, in order.
///
/// # Errors
/// Where the database fails.
pub fn thresholds_set(tx: &mut Tx<'_>) -> Result<Vec<SetThreshold>> {
    tx.rows(THRESHOLDS_SET, &[], |row| {
        Ok(SetThreshold {
            threshold: row.get(0)?,
            value: row.get(1)?,
            reason: row.get(2)?,
            set_by: row.get(3)?,
            set_on: row.word(4)?,
        })
    })
}

/// The thresholds that hold: the program's, and over them what was set last. A name that this program no longer knows, or a
/// value outside a range that became narrower, is passed over: what was stated before stays stated.
///
/// # Errors
/// Where the database fails.
pub fn holding(tx: &mut Tx<'_>) -> Result<Settings> {
    let mut settings = Settings::default();
    for set in thresholds_set(tx)? {
        // Not an error: the sentence would blame a statement that was right in its time.
        let _passed_over = settings.set(&set.threshold, set.value);
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::*;

    #[test]
    fn the_working_group_sets_a_threshold_of_the_list_with_its_reason() {
        let officer = |body: &str, role: Role| Officer {
            id: "scheme-stat-1".to_owned(),
            body: body.to_owned(),
            authority: None,
            name: "A. Sample".to_owned(),
            roles: vec![role],
            licence: None,
        };
        let request = Request { threshold: "missing_few".into(), value: 0, reason: " ".into() };
        let facts = Facts { officer: officer("XA", Role::Administrator), holding: Settings::default() };
        let mut work = (facts, request);
        refused_in_order(
            &mut work,
            |(facts, request)| decide(facts, request).map(|_| ()).map_err(|refusal| refusal.key().to_owned()),
            &[
                ("officer_of_another_body", |w| w.0.officer.body = "scheme".into()),
                ("role_missing", |w| w.0.officer.roles = vec![Role::Statistics]),
                ("no_such_threshold", |w| w.1.threshold = "missing_least".into()),
                ("threshold_out_of_range", |w| w.1.value = 3),
                ("threshold_already_so", |w| w.1.value = 4),
                ("threshold_without_reason", |w| w.1.reason = "seen too often".into()),
            ],
        );
    }
}
