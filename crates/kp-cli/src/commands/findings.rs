//! `kpcs findings list` and `show`: what the detectors saw, over the register and over declared production.

use anyhow::Result;
use kp_detect::{
    finding::{ArithmeticLine, Finding},
    trade::FindingRow,
};
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::{FindingsList, Reading},
    clock, declared,
    place::Place,
    screen::{Table, say, say_json},
};

#[derive(Serialize)]
struct Both<'a> {
    register: Vec<OverRegister<'a>>,
    declared_production: Vec<&'a Finding>,
    declared_production_total: usize,
}

#[derive(Serialize)]
struct OverRegister<'a> {
    found_on: String,
    finding: &'a Finding,
}

/// Lists findings.
pub(crate) fn list(place: &Place, options: FindingsList) -> Answer {
    let node = place.open()?;
    let register = node.db().read(kp_detect::trade::findings)?;
    let known = declared::analysis(&node, clock::now())?;
    let declared: Vec<&Finding> = known.findings().map(|(_, finding)| finding).collect();
    if options.reading.json {
        let over_register = |row: &'_ FindingRow| row.found_on.to_string();
        say_json(&Both {
            register: register
                .iter()
                .map(|row| OverRegister { found_on: over_register(row), finding: &row.finding })
                .collect(),
            declared_production: declared.iter().take(options.limit).copied().collect(),
            declared_production_total: declared.len(),
        })?;
        return Ok(Outcome::Done);
    }
    say("Over the register, the newest first:")?;
    let mut table = Table::new(&["  id", "found on", "what was seen"]);
    for row in &register {
        table.row(vec![
            format!("  {}", row.finding.id),
            row.found_on.to_string(),
            row.finding.title.to_string(),
        ]);
    }
    table.say_or("  nothing was seen")?;
    say(&format!("Over declared production, {} of {}:", declared.len().min(options.limit), declared.len()))?;
    if declared.is_empty() {
        say("  nothing was seen; `kpcs statistics load` takes over the returns of a file")?;
        return Ok(Outcome::Done);
    }
    say(&numbered(declared.iter().take(options.limit).copied()))?;
    Ok(Outcome::Done)
}

/// Findings one below the other, with their place in the list.
pub(crate) fn numbered<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let mut table = Table::new(&["", ">#", "how soon", "id", "what was seen"]);
    for (at, finding) in (1..).zip(findings) {
        let severity = finding.rank.severity.as_str().to_owned();
        let at: usize = at;
        table.row(vec![
            String::new(),
            at.to_string(),
            severity,
            finding.id.clone(),
            finding.title.to_string(),
        ]);
    }
    table.text()
}

/// Shows one finding with everything an answer needs.
pub(crate) fn show(place: &Place, id: &str, reading: Reading) -> Answer {
    let node = place.open()?;
    let registered = node.db().read(|tx| kp_detect::trade::finding_by_id(tx, id))?;
    let finding = match registered {
        Some(row) => Some(row.finding),
        None => {
            let known = declared::analysis(&node, clock::now())?;
            known.findings().map(|(_, finding)| finding).find(|finding| finding.id == id).cloned()
        }
    };
    let Some(finding) = finding else {
        let message = format!("there is no finding {id:?} here; `kpcs findings list` shows those there are");
        return Err(anyhow::anyhow!(message).into());
    };
    if reading.json {
        say_json(&finding)?
    } else {
        say(&in_words(&finding)?)?
    }
    Ok(Outcome::Done)
}

fn in_words(finding: &Finding) -> Result<String> {
    use std::fmt::Write;
    let mut text = format!("{}\n{}\n\nQuestion:\n  {}\n", finding.id, finding.title, finding.question);
    writeln!(text, "\nArithmetic:\n{}", arithmetic(&finding.arithmetic))?;
    writeln!(text, "\nThresholds:")?;
    for threshold in &finding.thresholds {
        writeln!(text, "  {}: {} ({})", threshold.name, threshold.value, threshold.set_by)?;
    }
    let lists = [
        ("What would explain it without fault", &finding.innocent_explanations),
        ("An answer must contain", &finding.answer_must_contain),
    ];
    for (heading, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        writeln!(text, "\n{heading}:")?;
        for line in lines {
            writeln!(text, "  - {line}")?;
        }
    }
    writeln!(text, "\nEvidence:")?;
    for evidence in &finding.evidence {
        writeln!(text, "  {}: {}", evidence.place, evidence.states)?;
    }
    for signal in &finding.supporting {
        writeln!(text, "\nAlso seen: {}\n{}", signal.title, arithmetic(&signal.arithmetic))?;
    }
    write!(text, "\nWhy it stands where it stands: {}", finding.rank.in_words())?;
    Ok(text)
}

/// Arithmetic as a person would check it, one line each.
pub(crate) fn arithmetic(lines: &[ArithmeticLine]) -> String {
    let line = |line: &ArithmeticLine| format!("  {}: {} -> {}", line.label, line.expression, line.result);
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}
