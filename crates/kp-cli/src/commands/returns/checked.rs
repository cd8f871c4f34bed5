//! `kpcs return check`: what the rules say of a file, grouped by rule with counts, and the last twelve values beside it.

use std::path::Path;

use anyhow::Context;
use kp_node::returns::{CheckedReturn, WhichReturn};
use kp_statistics::return_rules::{self, Column};
use serde::Serialize;

use super::read;
use crate::{
    answer::{Answer, Outcome},
    arguments::Reading,
    clock,
    place::Place,
    screen::{aside, say, say_json},
};

#[derive(Serialize)]
struct Shown {
    file: String,
    sha256: String,
    figures: usize,
    is_nil: bool,
    is_blocked: bool,
    unread: Vec<ShownProblem>,
    breaches: Vec<ShownProblem>,
    notes: Vec<ShownNote>,
    last_twelve: Vec<ShownHistory>,
}

#[derive(Serialize)]
struct ShownProblem {
    rule: String,
    force: String,
    row: u32,
    column: String,
    sentence: String,
    mend: String,
}

#[derive(Serialize)]
struct ShownNote {
    row: u32,
    sentence: String,
}

#[derive(Serialize)]
struct ShownHistory {
    figure: String,
    earlier: Vec<String>,
}

pub(super) fn check(
    place: &Place,
    file: &Path,
    which: WhichReturn,
    marked: Option<&Path>,
    reading: Reading,
) -> Answer {
    let (name, bytes) = read(file)?;
    let checked = place.open()?.check_return(which, &name, &bytes, clock::now())?;
    if let Some(path) = marked.filter(|_| checked.sheet.problem.is_none()) {
        std::fs::write(path, checked.marked()?).with_context(|| format!("writing {}", path.display()))?;
        aside(&format!("the sheet with its problems marked in its cells: {}", path.display()));
    }
    if !reading.json {
        return say_checked(&checked);
    }
    let found = is_found(&checked);
    say_json(&shown(&checked))?;
    Ok(if found { Outcome::Found } else { Outcome::Done })
}

fn is_found(checked: &CheckedReturn) -> bool {
    checked.is_blocked() || !checked.breaches.is_empty()
}

fn shown(checked: &CheckedReturn) -> Shown {
    let unread = checked.sheet.unread.iter().map(|cell| ShownProblem {
        rule: cell.why.name().into(),
        force: "blocks".into(),
        row: cell.row,
        column: cell.column.word().into(),
        sentence: cell.sentence.to_string(),
        mend: cell.mend.to_string(),
    });
    let breaches = checked.breaches.iter().map(|breach| ShownProblem {
        rule: breach.rule.into(),
        force: breach.force.word().into(),
        row: breach.row,
        column: breach.column.word().into(),
        sentence: breach.sentence.to_string(),
        mend: breach.mend.to_string(),
    });
    let history = checked.last_twelve().into_iter().map(|(figure, earlier)| ShownHistory {
        figure: figure.to_string(),
        earlier: earlier.iter().map(|(period, figure)| format!("{period} {figure}")).collect(),
    });
    let notes = checked.sheet.notes.iter();
    let notes = notes.map(|note| ShownNote { row: note.row, sentence: note.sentence.to_string() });
    Shown {
        file: checked.sheet.file.clone(),
        sha256: checked.sheet.sha256.clone(),
        figures: checked.sheet.figures.len(),
        is_nil: checked.sheet.is_nil,
        is_blocked: checked.is_blocked(),
        unread: unread.collect(),
        breaches: breaches.collect(),
        notes: notes.collect(),
        last_twelve: history.collect(),
    }
}

/// Says what was found, grouped by rule.
pub(super) fn say_checked(checked: &CheckedReturn) -> Answer {
    let sheet = &checked.sheet;
    if let Some(problem) = &sheet.problem {
        return Err(anyhow::anyhow!("{problem}").into());
    }
    let nil = if sheet.is_nil && sheet.figures.is_empty() { ", a nil return" } else { "" };
    let figures = if sheet.figures.len() == 1 { "figure" } else { "figures" };
    say(&format!("{} ({}): {} {figures}{nil}", sheet.file, sheet.kind, sheet.figures.len()))?;
    for (why, all) in sheet.unread_by_why() {
        say(&format!("\n{} blocks, {}: {}", why.name(), times(all.len()), why.says()))?;
        for it in all {
            say(&format!("  {}: {}; {}", place_of(it.row, it.column), it.sentence, it.mend))?;
        }
    }
    for (rule, count) in return_rules::by_rule(&checked.breaches) {
        say(&format!("\n{} {}, {}: {}", rule.name, rule.force.word(), times(count), rule.says))?;
        for breach in checked.breaches.iter().filter(|breach| breach.rule == rule.name) {
            let place = place_of(breach.row, breach.column);
            say(&format!("  {place}: {}; {}", breach.sentence, breach.mend))?;
        }
    }
    if !sheet.notes.is_empty() {
        say("\nnot used, and no hindrance")?;
    }
    for note in &sheet.notes {
        match note.row {
            0 => say(&format!("  {}", note.sentence))?,
            row => say(&format!("  row {row}: {}", note.sentence))?,
        }
    }
    if checked.last_twelve().iter().any(|(_, earlier)| !earlier.is_empty()) {
        say("\nthe last twelve values of each figure, the newest first")?;
    }
    for (figure, earlier) in checked.last_twelve() {
        let values: Vec<String> = earlier
            .iter()
            .map(|(period, f)| format!("{period} {} ct US$ {}", f.carats.grouped(), f.value.grouped()))
            .collect();
        if !values.is_empty() {
            say(&format!("  {}: {} ct now; {}", figure.key(), figure.carats.grouped(), values.join(", ")))?;
        }
    }
    Ok(if is_found(checked) { Outcome::Found } else { Outcome::Done })
}

fn place_of(row: u32, column: Column) -> String {
    match row {
        0 => "the return".to_owned(),
        row => format!("row {row}, {}", column.word()),
    }
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}
