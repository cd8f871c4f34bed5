//! The clock that runs: on each day reached, the node reminds and escalates by itself.
//!
//! rulings 4: these are the node's own statements; they change cases and nothing else. Appends `case_reminded` (seven
//! days before the due date, once per question) and `case_escalated` (each step of the ladder, once).

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{Date, sentence};
use serde::{Deserialize, Serialize};

use crate::{Case, Level, queries};

const RECORD_LEVEL: Sql = sql!("record_level");
/// Days before the due date on which a reminder goes out. Ours.
const REMIND_DAYS_BEFORE: i64 = 7;

/// A case's participant is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseReminded {
    /// Which case.
    pub case_number: String,
    /// The due date it is reminded of.
    pub answer_due: Date,
    /// The node.
    pub by: String,
}

impl Statement for CaseReminded {
    const KIND: &'static str = "case_reminded";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.case_number.clone()
    }
}

/// A case rises a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEscalated {
    /// Which case.
    pub case_number: String,
    /// The step reached.
    pub level: Level,
    /// The node.
    pub by: String,
}

impl Statement for CaseEscalated {
    const KIND: &'static str = "case_escalated";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.case_number.clone()
    }
}

/// What a day calls for in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueStep {
    /// Remind of the due date.
    Remind(CaseReminded),
    /// Rise a step.
    Escalate(CaseEscalated),
}

/// What a day calls for, over all open cases.
///
/// # Errors
/// Where the database fails.
pub fn due_steps(tx: &mut Tx<'_>, day: Date, node: &str) -> Result<Vec<DueStep>> {
    let mut due = Vec::new();
    for case in queries::cases(tx)? {
        due.extend(due_step(tx, &case, day, node)?);
    }
    Ok(due)
}

fn due_step(tx: &mut Tx<'_>, case: &Case, day: Date, node: &str) -> Result<Option<DueStep>> {
    if !case.clock_runs() || is_settled(tx, case)? {
        return Ok(None);
    }
    let steps = queries::steps_of_case(tx, &case.case_number)?;
    let reminded = steps
        .iter()
        .rev()
        .take_while(|step| step.step != "asked" && step.step != "opened")
        .any(|step| step.step == "reminded");
    let asked = steps.iter().rev().find(|step| step.step == "asked" || step.step == "opened");
    let asked_on = asked.map_or(case.opened_on, |step| step.on);
    Ok(decide(case, Question { asked_on, reminded }, day, node))
}

impl Case {
    /// Whether its clock runs. An answer stops it; but one word does not stop the clock of a certificate that is open: that case
    /// has days of its own, and only the confirmation ends them, or whoever closes the case (L27).
    pub fn clock_runs(&self) -> bool {
        self.state == "open" || (self.state == "answered" && self.visible_on.is_some())
    }
}

/// The question as it stands now.
#[derive(Debug, Clone, Copy)]
struct Question {
    asked_on: Date,
    reminded: bool,
}

fn decide(case: &Case, question: Question, day: Date, node: &str) -> Option<DueStep> {
    let level = level_on(case, day);
    let case_number = case.case_number.clone();
    if level > case.level {
        return Some(DueStep::Escalate(CaseEscalated { case_number, level, by: node.to_owned() }));
    }
    let remind_from = case.answer_due.checked_sub(Span::new().days(REMIND_DAYS_BEFORE)).ok()?;
    let within = case.state == "open"
        && remind_from <= day
        && day <= case.answer_due
        && question.asked_on < remind_from;
    (within && !question.reminded).then(|| {
        DueStep::Remind(CaseReminded { case_number, answer_due: case.answer_due, by: node.to_owned() })
    })
}

/// How far a case has come on a day: by days of its own where it has them, else by its due date.
fn level_on(case: &Case, day: Date) -> Level {
    let past_due = case.answer_due.until(day).map_or(0, |span| i64::from(span.get_days()));
    match (case.visible_on, case.public_on) {
        (_, Some(public_on)) if day >= public_on => Level::Public,
        (Some(visible_on), _) if day >= visible_on => Level::Visible,
        (Some(_), Some(_)) if past_due > 0 => Level::AnswerOwed,
        (Some(_), Some(_)) => Level::Query,
        _ => Level::after_due(past_due),
    }
}

/// Whether the case is about an open certificate that was answered meanwhile: then nothing is owed any more, and the
/// working group can close it.
///
/// # Errors
/// Where the database fails.
pub fn is_settled(tx: &mut Tx<'_>, case: &Case) -> Result<bool> {
    let mut parts = case.finding_id.split(':');
    let number = match (parts.next(), parts.nth(1).map(str::parse)) {
        (Some("unconfirmed_after_due"), Some(Ok(number))) => number,
        _ => return Ok(false),
    };
    Ok(kp_trade::confirmation_of_number(tx, &number)?.is_some())
}

/// Does one step if the day still calls for it, at a desk where the node signs: another process on the same database may
/// have done it meanwhile, or the answer may have come.
///
/// # Errors
/// Where the database fails.
pub fn take_due_step(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    step: &DueStep,
    day: Date,
) -> Result<Option<Entry>, Failure> {
    let case_number = match step {
        DueStep::Remind(reminded) => &reminded.case_number,
        DueStep::Escalate(escalated) => &escalated.case_number,
    };
    let Some(case) = queries::case_by_number(tx, case_number)? else { return Ok(None) };
    let still = due_step(tx, &case, day, &desk.signer.id)?;
    if still.as_ref() == Some(step) { take_step(tx, desk, step).map(Some) } else { Ok(None) }
}

fn take_step(tx: &mut Tx<'_>, desk: &Desk<'_>, step: &DueStep) -> Result<Entry, Failure> {
    let entry = match step {
        DueStep::Remind(reminded) => append(tx, desk, reminded)?,
        DueStep::Escalate(escalated) => append(tx, desk, escalated)?,
    };
    apply(tx, &entry)?;
    Ok(entry)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    if entry.kind == CaseReminded::KIND {
        let body: CaseReminded = entry.body()?;
        let text = sentence!("case-step-due", "the answer is due on {day}", day = body.answer_due);
        let step = queries::NewStep {
            case_number: &body.case_number,
            step: "reminded",
            by_whom: &body.by,
            text: &text,
            late: false,
        };
        return queries::record_step(tx, entry, &step);
    }
    let body: CaseEscalated = entry.body()?;
    tx.execute(RECORD_LEVEL, &[(&body.case_number).into(), body.level.word().into()])?;
    let step = queries::NewStep {
        case_number: &body.case_number,
        step: "escalated",
        by_whom: &body.by,
        text: &body.level.meaning(),
        late: false,
    };
    queries::record_step(tx, entry, &step)
}

#[cfg(test)]
mod tests {
    use super::{Case, DueStep, Level, Question, decide};
    use crate::testing::*;

    fn on(case: &Case, question: Question, text: &str) -> Option<String> {
        decide(case, question, day(text), "node").map(|step| match step {
            DueStep::Remind(reminded) => format!("remind of {}", reminded.answer_due),
            DueStep::Escalate(escalated) => escalated.level.to_string(),
        })
    }

    /// Due on 5 March 2026; the days are counted through months and years.
    #[test]
    fn a_day_calls_for_a_reminder_or_a_step() {
        let asked = Question { asked_on: day("2026-02-03"), reminded: false };
        for (text, expected) in [
            ("2026-02-25", None),
            ("2026-02-26", Some("remind of 2026-03-05")),
            ("2026-03-05", Some("remind of 2026-03-05")),
            ("2026-03-06", Some("answer_owed")),
            ("2026-04-03", Some("answer_owed")),
            ("2026-04-04", Some("visible")),
            ("2026-05-03", Some("visible")),
            ("2026-05-04", Some("public")),
            ("2027-03-05", Some("public")),
            ("2036-03-05", Some("public")),
        ] {
            assert_eq!(on(&case("open"), asked, text).as_deref(), expected, "{text}");
        }
    }

    /// L27: a case with days of its own climbs by them, each step on its day.
    #[test]
    fn a_case_about_an_open_certificate_climbs_by_the_days_of_its_departure() {
        let reminded = Question { asked_on: day("2026-02-21"), reminded: true };
        let (visible_on, public_on) = (Some(day("2026-04-07")), Some(day("2026-05-07")));
        let case = Case { answer_due: day("2026-03-07"), visible_on, public_on, ..case("open") };
        for (text, expected) in [
            ("2026-03-07", None),
            ("2026-03-08", Some("answer_owed")),
            ("2026-04-06", Some("answer_owed")),
            ("2026-04-07", Some("visible")),
            ("2026-05-06", Some("visible")),
            ("2026-05-07", Some("public")),
        ] {
            assert_eq!(on(&case, reminded, text).as_deref(), expected, "{text}");
        }
    }

    /// L27: an answer of one word stops no clock of an open certificate; it is only not reminded of any more.
    #[test]
    fn an_answer_stops_the_clock_of_a_question_and_not_of_an_open_certificate() {
        let with_days = Case { visible_on: Some(day("2026-04-07")), ..case("answered") };
        let states = [("open", true), ("answered", false), ("closed", false)];
        for (state, expected) in states {
            assert_eq!(case(state).clock_runs(), expected, "{state}");
        }
        assert!(with_days.clock_runs());
        assert!(!Case { state: "closed".into(), ..with_days.clone() }.clock_runs());
        let asked = Question { asked_on: day("2026-02-03"), reminded: false };
        assert_eq!(on(&with_days, asked, "2026-03-01"), None);
    }

    #[test]
    fn nothing_is_done_twice() {
        let reminded = Question { asked_on: day("2026-02-03"), reminded: true };
        assert_eq!(on(&case("open"), reminded, "2026-02-26"), None);
        let risen = Case { level: Level::Visible, ..case("open") };
        assert_eq!(on(&risen, reminded, "2026-04-04"), None);
        assert_eq!(on(&risen, reminded, "2026-05-04").as_deref(), Some("public"));
    }

    #[test]
    fn a_question_asked_within_a_week_of_its_due_date_is_not_reminded_of() {
        for (asked_on, reminds) in [("2026-02-25", true), ("2026-02-26", false), ("2026-03-01", false)] {
            let question = Question { asked_on: day(asked_on), reminded: false };
            assert_eq!(on(&case("open"), question, "2026-03-02").is_some(), reminds, "{asked_on}");
        }
    }
}
