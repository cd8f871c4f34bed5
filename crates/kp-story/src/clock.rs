//! The story's clock: it stands still until a line moves it, and never goes back.
//!
//! Acts of one day follow each other by a minute, from nine in the morning. A line with an earlier day or moment plays
//! a desk whose clock is wrong: it holds for that line alone. Every day that passes is stated by the node.

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use kp_node::Node;

use crate::{form::Args, stage::Stage};

/// Hour at which a day's first act is done.
const OPENING_HOUR: i64 = 9;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    next: Timestamp,
    wrong: Option<Timestamp>,
    reached: Option<Date>,
}

impl Clock {
    pub(crate) fn beginning(day: Date) -> Result<Self> {
        Ok(Self { next: morning(day)?, wrong: None, reached: None })
    }

    /// The civil day, UTC.
    pub(crate) fn today(&self) -> Date {
        civil(self.next)
    }

    /// The moment of the next act. The days up to it are stated first, unless the desk's clock is wrong.
    pub(crate) fn tick(&mut self, node: &Node) -> Result<Timestamp> {
        let minute = SignedDuration::from_mins(1);
        if let Some(wrong) = &mut self.wrong {
            let now = *wrong;
            *wrong = now.checked_add(minute)?;
            return Ok(now);
        }
        let now = self.next;
        self.next = now.checked_add(minute)?;
        self.reach(node, civil(now))?;
        Ok(now)
    }

    /// Moves to the morning of a day; an earlier day holds for this line alone.
    fn on(&mut self, day: Date) -> Result<()> {
        match day {
            day if day > self.today() => self.next = morning(day)?,
            day if day < self.today() => self.wrong = Some(morning(day)?),
            _ => {}
        }
        Ok(())
    }

    /// Moves to a moment; an earlier one holds for this line alone.
    fn at(&mut self, moment: Timestamp) {
        if moment >= self.next { self.next = moment } else { self.wrong = Some(moment) }
    }

    /// What a line says about when.
    pub(crate) fn begin_line(&mut self, args: &Args) -> Result<()> {
        self.wrong = None;
        if let Some(day) = args.get("day").and_then(|v| v.first()) {
            self.on(day.parse()?)?;
        }
        if let Some(moment) = args.get("instant").and_then(|v| v.first()) {
            self.at(moment.parse()?);
        }
        Ok(())
    }

    /// States every day up to this one, as a node that runs all the time does.
    fn reach(&mut self, node: &Node, day: Date) -> Result<()> {
        loop {
            let next = match self.reached {
                Some(reached) if reached >= day => return Ok(()),
                Some(reached) => reached.tomorrow()?,
                None => day,
            };
            node.reach_day(midnight(next)?).with_context(|| format!("reaching {next}"))?;
            self.reached = Some(next);
        }
    }

    /// The day on which the node was founded, which nobody states before.
    pub(crate) fn founded(&mut self) {
        self.reached = Some(self.today());
    }
}

/// `day <date>`.
pub(crate) fn day(stage: &mut Stage, args: &Args) -> Result<()> {
    let day: Date = args.get("date").and_then(|v| v.first()).context("a day was read")?.parse()?;
    anyhow::ensure!(
        day > stage.clock.today(),
        "{day} lies behind the story's clock, {}",
        stage.clock.today()
    );
    stage.clock.on(day)?;
    let mut clock = stage.clock;
    clock.reach(&stage.node, day)?;
    stage.clock = clock;
    Ok(())
}

/// The first moment of a day, UTC.
pub(crate) fn midnight(day: Date) -> Result<Timestamp> {
    Ok(TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0))?)
}

fn morning(day: Date) -> Result<Timestamp> {
    Ok(midnight(day)?.checked_add(SignedDuration::from_hours(OPENING_HOUR))?)
}

fn civil(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}
