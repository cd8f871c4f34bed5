//! The clock that runs: on each day reached, the node reminds and escalates by itself.
//!
//! rulings 4: these are the node's own statements; they change cases and nothing else. Appends `case_reminded` (seven
//! days before the due date, once per question) and `case_escalated` (each step of the ladder, once).

use anyhow::Result;
use jiff::Span;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::Date;
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
    for case in queries::cases(tx)?.into_iter().filter(|case| case.state == "open") {
        let reminded = queries::steps_of_case(tx, &case.case_number)?
            .iter()
            .rev()
            .take_while(|step| step.step != "asked" && step.step != "opened")
            .any(|step| step.step == "reminded");
        due.extend(decide(&case, reminded, day, node));
    }
    Ok(due)
}

fn decide(case: &Case, reminded: bool, day: Date, node: &str) -> Option<DueStep> {
    let past_due = case.answer_due.until(day).map_or(0, |span| i64::from(span.get_days()));
    let level = Level::after_due(past_due);
    let case_number = case.case_number.clone();
    if level > case.level {
        return Some(DueStep::Escalate(CaseEscalated { case_number, level, by: node.to_owned() }));
    }
    let remind_from = case.answer_due.checked_sub(Span::new().days(REMIND_DAYS_BEFORE)).ok()?;
    let within = remind_from <= day && day <= case.answer_due && case.opened_on < remind_from;
    (within && !reminded).then(|| {
        DueStep::Remind(CaseReminded { case_number, answer_due: case.answer_due, by: node.to_owned() })
    })
}

/// Does one step, at a desk where the node signs.
///
/// # Errors
/// Where the database fails.
pub fn take_step(tx: &mut Tx<'_>, desk: &Desk<'_>, step: &DueStep) -> Result<Entry, Failure> {
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
        let text = format!("the answer is due on {}", body.answer_due);
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
        text: body.level.meaning(),
        late: false,
    };
    queries::record_step(tx, entry, &step)
}
