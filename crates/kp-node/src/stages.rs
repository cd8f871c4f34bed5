//! The stages that follow the log, and the clock that runs.
//!
//! Count, detect and index take no input but the log, keep a cursor, and can run twice without harm. They run after every act
//! and at start-up; a failure in them is reported and never undoes a person's act. What the node itself does about what
//! they find (open a case, remind, escalate) is a statement of its own, one act in one transaction.

use anyhow::Result;
use jiff::{Timestamp, civil::Date};
use kp_db::Tx;
use kp_log::{DayReached, Desk, Failure, Statement};

use crate::Node;

impl Node {
    /// Brings everything derived up to the end of the log, and does what the node owes about it.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn catch_up(&self, now: Timestamp) -> Result<()> {
        loop {
            self.derive()?;
            // Cases are the capital's: an office would open a second one about what the capital has seen too.
            if self.office().is_some() || !self.open_cases(now)? {
                return Ok(());
            }
        }
    }

    /// States that a new civil day has come, where one has, and lets the clocks of cases and confirmations run.
    /// Returns whether a day was stated.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn reach_day(&self, now: Timestamp) -> Result<bool> {
        let today = kp_log::day_of(now);
        // An office is told the day by the capital's log; its own clock moves nobody's reminders.
        if self.office().is_some() {
            return Ok(false);
        }
        if self.db().read(day_reached)?.is_some_and(|day| day >= today) || !self.is_founded()? {
            return Ok(false);
        }
        let desk = Desk::new(&self.keys().signer, self.keys(), now);
        let stated = self
            .at_desk("reach_day", desk, |tx, desk| {
                // Asked again inside the transaction: another process may have stated it meanwhile.
                if day_reached(tx)?.is_some_and(|day| day >= today) {
                    return Ok(None);
                }
                kp_log::append(tx, desk, &DayReached { day: today }).map(Some)
            })
            .map_err(as_error)?;
        if stated.is_none() {
            return Ok(false);
        }
        self.catch_up(now)?;
        self.run_case_clocks(now, today)?;
        self.run_return_clock(now, today)?;
        self.catch_up(now)?;
        Ok(true)
    }

    /// Count, detect and index, in short transactions, until nothing is new.
    fn derive(&self) -> Result<()> {
        loop {
            let more = self.db().write("derive", |tx| {
                let counted = kp_statistics::count::count(tx)?;
                let detected = kp_detect::trade::detect(tx)?;
                let indexed = kp_search::follow(tx)?;
                Ok::<_, anyhow::Error>(counted || detected || indexed)
            })?;
            if !more {
                return Ok(());
            }
        }
    }

    /// Opens a case for each finding over the register that has none. Returns whether any was opened.
    fn open_cases(&self, now: Timestamp) -> Result<bool> {
        let waiting = self.db().read(kp_cases::findings_without_case)?;
        for id in &waiting {
            let desk = Desk::new(&self.keys().signer, self.keys(), now);
            self.at_desk("open_case", desk, |tx, desk| {
                // Asked again inside the transaction: another process may have opened it meanwhile.
                let open = kp_cases::case_of_finding(tx, id)?;
                match (open, kp_detect::trade::finding_by_id(tx, id)?) {
                    (None, Some(row)) => {
                        kp_cases::open_case::open_for_finding(tx, desk, &row.finding).map(|_| ())
                    }
                    _ => Ok(()),
                }
            })
            .map_err(as_error)?;
        }
        Ok(!waiting.is_empty())
    }

    fn run_case_clocks(&self, now: Timestamp, today: Date) -> Result<()> {
        let node = self.keys().signer.id.clone();
        let steps = self.db().read(|tx| kp_cases::clock::due_steps(tx, today, &node))?;
        for step in steps {
            let desk = Desk::new(&self.keys().signer, self.keys(), now);
            self.at_desk("case_clock", desk, |tx, desk| {
                kp_cases::clock::take_due_step(tx, desk, &step, today)
            })
            .map_err(as_error)?;
        }
        Ok(())
    }

    /// L46: what was due and did not come rises by itself.
    fn run_return_clock(&self, now: Timestamp, today: Date) -> Result<()> {
        let steps = self.db().read(|tx| kp_statistics::calendar::due_steps(tx, today))?;
        for step in steps {
            let desk = Desk::new(&self.keys().signer, self.keys(), now);
            self.at_desk("return_clock", desk, |tx, desk| {
                kp_statistics::calendar::take_step(tx, desk, &step, today)
            })
            .map_err(as_error)?;
        }
        Ok(())
    }
}

/// The last day that the node has stated.
fn day_reached(tx: &mut Tx<'_>) -> Result<Option<Date>> {
    let last = kp_log::last_entry_of_kind(tx, DayReached::KIND)?;
    Ok(last.map(|entry| entry.body::<DayReached>()).transpose()?.map(|body| body.day))
}

/// The node's own acts are not refused for what they say; a refusal here (a clock set back) stops the work.
pub(crate) fn as_error(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Error(error) => error,
        refused @ Failure::Refused(_) => anyhow::anyhow!("{refused}"),
    }
}
