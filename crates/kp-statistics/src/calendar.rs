//! The calendar of returns: what is due from whom, what came when, and what the node does about what did not come.
//!
//! Scheme: CD Annex III; domain 4.7 (OVERDUE on day 1, REMINDED, REPORTED_TO_CHAIR, NAMED). Closes: L46 (no report, and
//! nobody notices). Nothing is due until the Working Group on Statistics has begun the calendar (`begin_calendar`). The
//! steps are the node's own statements `return_step_reached`, on days reached, each once; the days are ours.

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, ParticipantCode, Period, Refuse};
use serde::{Deserialize, Serialize};

use crate::{annex_table::AnnexTable, queries};

const RECORD_CALENDAR: Sql = sql!("record_calendar");
const CALENDAR_BEGINS: Sql = sql!("calendar_begins");
const RECORD_STEP: Sql = sql!("record_return_step");
const STEPS: Sql = sql!("return_steps");

/// How far a missing return has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnStep {
    /// Two weeks before it is due.
    Reminded,
    /// The day after.
    Overdue,
    /// Told to the Chair.
    ReportedToChair,
    /// On the public list.
    Named,
}

impl ReturnStep {
    /// The steps with the days after the due date on which each is reached.
    pub const LADDER: [(Self, i64); 4] =
        [(Self::Reminded, -14), (Self::Overdue, 1), (Self::ReportedToChair, 45), (Self::Named, 90)];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reminded => "reminded",
            Self::Overdue => "overdue",
            Self::ReportedToChair => "reported_to_chair",
            Self::Named => "named",
        }
    }
}

impl std::str::FromStr for ReturnStep {
    type Err = kp_terms::ReadError;

    fn from_str(text: &str) -> Result<Self, kp_terms::ReadError> {
        let found = Self::LADDER.into_iter().map(|(step, _)| step).find(|step| step.word() == text);
        found.ok_or_else(|| kp_terms::ReadError::new(format!("{text:?} is no step of a missing return")))
    }
}

impl Serialize for ReturnStep {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for ReturnStep {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

kp_terms::form! {
    /// The calendar begins.
    #[derive(Serialize, Deserialize)]
    pub struct CalendarBegun {
        /// Returns are due for periods that hold this day, and later ones.
        from: Date, "2026-01-01";
        /// The decision it rests on.
        decision: String, "WGS 2026/1, item 2";
    }
}

impl Statement for CalendarBegun {
    const KIND: &'static str = "calendar_begun";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        "calendar of returns".to_owned()
    }
}

/// A missing return has come a step further: the node's own statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnStepReached {
    /// Who owes it.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
    /// When it was due.
    pub due_on: Date,
    /// The step.
    pub step: ReturnStep,
}

impl Statement for ReturnStepReached {
    const KIND: &'static str = "return_step_reached";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        format!("return {} {} {}", self.participant, self.table, self.period)
    }
}

kp_terms::refusals! {
    /// Why the calendar does not begin.
    pub enum Refusal {
        /// Before the scheme.
        BeforeTheScheme { from: Date } = "before_the_scheme", "{from} is before 2003, when returns begin", "CD Annex III";
        /// No decision.
        NoDecision = "decision_missing", "name the decision of the working group that begins the calendar", "thresholds are public and have an author";
    }
}

/// One return that is or will be due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who owes it.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
    /// Last day on which it is in time.
    pub due_on: Date,
    /// The day on which the first version came.
    pub came_on: Option<Date>,
    /// Whether the version in force is a nil return.
    pub is_nil: bool,
    /// How often it was declared.
    pub versions: u32,
    /// How far it has come without one.
    pub step: Option<ReturnStep>,
}

impl Due {
    /// Days after the due date on which it came, or on which it is still missing; nothing while there is time.
    pub fn days_late(&self, today: Date) -> i64 {
        let on = self.came_on.unwrap_or(today);
        self.due_on.until(on).map_or(0, |span| i64::from(span.get_days())).max(0)
    }

    /// `in time`, `late`, `missing` or `open`.
    pub fn state(&self, today: Date) -> &'static str {
        match (self.came_on, self.days_late(today)) {
            (Some(_), 0) => "in time",
            (Some(_), _) => "late",
            (None, 0) => "open",
            (None, _) => "missing",
        }
    }
}

/// How complete and how punctual a participant is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Punctuality {
    /// Returns whose due date has passed.
    pub due: u32,
    /// Of those, how many have come.
    pub came: u32,
    /// Of those, how many came in time.
    pub in_time: u32,
    /// Days late, of all that came late or are missing.
    pub days_late: i64,
}

/// Begins the calendar.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn begin_calendar(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &CalendarBegun) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    decide(&officer, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, request: &CalendarBegun) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(officer, Role::Statistics)?;
    if request.from.year() < 2003 {
        return Err(Refusal::BeforeTheScheme { from: request.from }.into());
    }
    if request.decision.trim().is_empty() {
        return Err(Refusal::NoDecision.into());
    }
    Ok(())
}

/// What is due on a day, by participant, table and period; with what will be due within the running period.
///
/// # Errors
/// Where the database fails.
pub fn calendar(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Due>> {
    let Some(begins) = tx.optional(CALENDAR_BEGINS, &[], |row| row.word::<Date>(0))? else {
        return Ok(Vec::new());
    };
    let came = queries::declarations(tx, today)?;
    let steps: BTreeMap<(ParticipantCode, AnnexTable, Period), ReturnStep> = tx
        .rows(STEPS, &[], |row| Ok(((row.word(0)?, row.word(1)?, row.word(2)?), row.word(3)?)))?
        .into_iter()
        .collect();
    let mut due = Vec::new();
    for participant in kp_registry::participants(tx)? {
        let ended = kp_registry::memberships_of_participant(tx, participant.code)?
            .iter()
            .filter(|change| change.step != kp_registry::MembershipStep::Admitted)
            .map(|change| kp_log::day_of(change.effective_at))
            .min();
        for table in AnnexTable::ALL {
            for period in table.periods(begins.max(participant.member_from), today) {
                // Whoever left owes what was over before.
                if ended.is_some_and(|day| period.last_day() >= day) {
                    continue;
                }
                let key = (participant.code, table, period);
                let known = came.get(&key);
                due.push(Due {
                    participant: participant.code,
                    table,
                    period,
                    due_on: table.due_on(period),
                    came_on: known.map(|it| it.first_on),
                    is_nil: known.is_some_and(|it| it.is_nil),
                    versions: known.map_or(0, |it| it.versions),
                    step: steps.get(&key).copied(),
                });
            }
        }
    }
    Ok(due)
}

/// Completeness and punctuality by participant.
pub fn punctuality(calendar: &[Due], today: Date) -> BTreeMap<ParticipantCode, Punctuality> {
    let mut all: BTreeMap<ParticipantCode, Punctuality> = BTreeMap::new();
    for due in calendar.iter().filter(|due| due.due_on < today) {
        let of = all.entry(due.participant).or_default();
        of.due += 1;
        of.came += u32::from(due.came_on.is_some());
        of.in_time += u32::from(due.state(today) == "in time");
        of.days_late += due.days_late(today);
    }
    all
}

/// What a day calls for: each missing return whose next step is reached.
///
/// # Errors
/// Where the database fails.
pub fn due_steps(tx: &mut Tx<'_>, day: Date) -> Result<Vec<ReturnStepReached>> {
    Ok(calendar(tx, day)?.iter().filter_map(|due| step_on(due, day)).collect())
}

fn step_on(due: &Due, day: Date) -> Option<ReturnStepReached> {
    if due.came_on.is_some() {
        return None;
    }
    let reached = |days: i64| due.due_on.checked_add(Span::new().days(days)).is_ok_and(|from| day >= from);
    let (step, _) = ReturnStep::LADDER.into_iter().rev().find(|(_, days)| reached(*days))?;
    (due.step.is_none_or(|known| known < step)).then_some(ReturnStepReached {
        participant: due.participant,
        table: due.table,
        period: due.period,
        due_on: due.due_on,
        step,
    })
}

/// States a step, at a desk where the node signs, where the day still calls for it.
///
/// # Errors
/// Where the database fails.
pub fn take_step(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    step: &ReturnStepReached,
    day: Date,
) -> Result<Option<Entry>, Failure> {
    if !due_steps(tx, day)?.contains(step) {
        return Ok(None);
    }
    let entry = append(tx, desk, step)?;
    apply_step(tx, &entry)?;
    Ok(Some(entry))
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CalendarBegun = entry.body()?;
    let position = i64::try_from(entry.position)?;
    tx.execute(
        RECORD_CALENDAR,
        &[position.into(), (&body.from.to_string()).into(), (&body.decision).into()],
    )?;
    Ok(())
}

pub(crate) fn apply_step(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReturnStepReached = entry.body()?;
    tx.execute(
        RECORD_STEP,
        &[
            body.participant.as_str().into(),
            body.table.word().into(),
            (&body.period.to_string()).into(),
            body.step.word().into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::code;

    fn due(came_on: Option<&str>, step: Option<ReturnStep>) -> Due {
        Due {
            participant: code("XA"),
            table: AnnexTable::Production,
            period: "2025-H2".parse().unwrap(),
            due_on: "2026-02-28".parse().unwrap(),
            came_on: came_on.map(|day| day.parse().unwrap()),
            is_nil: false,
            versions: 0,
            step,
        }
    }

    /// L46: the clock is advanced, and silence rises by itself.
    #[test]
    fn silence_rises_by_the_calendar() {
        let step =
            |day: &str| step_on(&due(None, None), day.parse().unwrap()).map(|reached| reached.step.word());
        assert_eq!(step("2026-02-13"), None);
        assert_eq!(step("2026-02-14"), Some("reminded"));
        assert_eq!(step("2026-02-28"), Some("reminded"));
        assert_eq!(step("2026-03-01"), Some("overdue"));
        assert_eq!(step("2026-04-14"), Some("reported_to_chair"));
        assert_eq!(step("2026-05-29"), Some("named"));
        assert_eq!(step_on(&due(Some("2026-04-01"), None), "2026-05-29".parse().unwrap()), None);
        assert_eq!(step_on(&due(None, Some(ReturnStep::Named)), "2026-05-29".parse().unwrap()), None);
    }

    #[test]
    fn late_is_counted_in_days_and_only_what_was_due_counts() {
        let today: Date = "2026-03-10".parse().unwrap();
        assert_eq!(due(Some("2026-02-28"), None).state(today), "in time");
        assert_eq!(due(Some("2026-03-04"), None).state(today), "late");
        assert_eq!(due(None, None).state(today), "missing");
        assert_eq!(due(None, None).state("2026-02-28".parse().unwrap()), "open");
        let all = [due(Some("2026-02-01"), None), due(Some("2026-03-04"), None), due(None, None)];
        let punctual = punctuality(&all, today)[&code("XA")];
        assert_eq!(punctual, Punctuality { due: 3, came: 2, in_time: 1, days_late: 4 + 10 });
    }
}
