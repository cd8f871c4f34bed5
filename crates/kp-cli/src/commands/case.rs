//! `kpcs case list` and `show`: who was asked what, until when, and what came of it.

use anyhow::Result;
use kp_cases::{Case, Step};
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::Reading,
    place::Place,
    screen::{Table, say, say_json},
};

#[derive(Serialize)]
struct Brief {
    number: String,
    state: String,
    level: String,
    asked: String,
    owner: String,
    answer_due: String,
    finding: Option<String>,
    title: String,
    opened_on: String,
    closed_on: Option<String>,
    outcome: Option<String>,
}

impl From<&Case> for Brief {
    fn from(case: &Case) -> Self {
        Self {
            number: case.case_number.clone(),
            state: case.state.clone(),
            level: case.level.word().to_owned(),
            asked: case.asked.to_string(),
            owner: case.owner.clone(),
            answer_due: case.answer_due.to_string(),
            finding: Some(case.finding_id.clone()).filter(|id| !id.is_empty()),
            title: case.title.to_string(),
            opened_on: case.opened_on.to_string(),
            closed_on: case.closed_on.map(|on| on.to_string()),
            outcome: case.outcome.clone(),
        }
    }
}

/// Lists cases.
pub(crate) fn list(place: &Place, reading: Reading) -> Answer {
    let cases = place.open()?.db().read(kp_cases::cases)?;
    if reading.json {
        say_json(&cases.iter().map(Brief::from).collect::<Vec<_>>())?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["number", "state", "level", "asked", "answer due", "about"]);
    for case in &cases {
        let brief = Brief::from(case);
        let level = brief.level.replace('_', " ");
        table.row(vec![brief.number, brief.state, level, brief.asked, brief.answer_due, brief.title]);
    }
    table.say_or("There is no case.")?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Whole {
    case: Brief,
    question: String,
    steps: Vec<ShownStep>,
}

#[derive(Serialize)]
struct ShownStep {
    on: String,
    step: String,
    by: String,
    late: bool,
    text: String,
}

impl From<&Step> for ShownStep {
    fn from(step: &Step) -> Self {
        Self {
            on: step.on.to_string(),
            step: step.step.clone(),
            by: step.by_whom.clone(),
            late: step.late,
            text: step.text.to_string(),
        }
    }
}

/// Shows one case with every step.
pub(crate) fn show(place: &Place, number: &str, reading: Reading) -> Answer {
    let (case, steps) = place.open()?.db().read(|tx| {
        let case = kp_cases::case_by_number(tx, number)?;
        Ok::<_, anyhow::Error>((case, kp_cases::steps_of_case(tx, number)?))
    })?;
    let Some(case) = case else {
        let message = format!("there is no case {number:?} here; `kpcs case list` shows those there are");
        return Err(anyhow::anyhow!(message).into());
    };
    if reading.json {
        say_json(&Whole {
            case: Brief::from(&case),
            question: case.question.to_string(),
            steps: steps.iter().map(ShownStep::from).collect(),
        })?;
    } else {
        say(&in_words(&case, &steps)?)?;
    }
    Ok(Outcome::Done)
}

fn in_words(case: &Case, steps: &[Step]) -> Result<String> {
    use std::fmt::Write;
    let mut text = format!("Case {}: {}\n", case.case_number, case.title);
    let level = case.level.word().replace('_', " ");
    writeln!(text, "  {:<12}{}, {level}", "state", case.state)?;
    writeln!(text, "  {:<12}{}, answer due {}", "asked", case.asked, case.answer_due)?;
    writeln!(text, "  {:<12}{}", "followed by", case.owner)?;
    if !case.finding_id.is_empty() {
        writeln!(text, "  {:<12}{}", "finding", case.finding_id)?;
    }
    if let Some(outcome) = &case.outcome {
        writeln!(text, "  {:<12}{}", "outcome", outcome.replace('_', " "))?;
    }
    writeln!(text, "Question:\n  {}\nSteps:", case.question)?;
    for step in steps {
        let late = if step.late { ", late" } else { "" };
        writeln!(text, "  {}  {} by {}{late}", step.on, step.step, step.by_whom)?;
        if !step.text.is_empty() && step.text != case.question {
            writeln!(text, "              {}", step.text)?;
        }
    }
    Ok(text.trim_end().to_owned())
}
