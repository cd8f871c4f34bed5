//! Verdicts in words: one at length, many in a list with the exceptions first, all as JSON.

use kp_certificate::Content;
use kp_node::lists::ListStore;
use kp_verify::{Speaker, State};
use serde::Serialize;

use super::Outcomes;
use crate::screen::Table;

/// Exceptions that a list names one by one; what follows is counted.
const NAMED: usize = 500;

/// A verdict for programs.
#[derive(Serialize)]
pub(super) struct Shown {
    name: String,
    state: String,
    reason: String,
    sentence: String,
    number: Option<String>,
    check_code: Option<String>,
    carats: Option<String>,
    value_usd: Option<String>,
    remarks: Vec<String>,
}

impl Shown {
    /// Of what one input came to.
    pub(super) fn of(outcome: &Outcomes, speaker: &Speaker) -> Self {
        let verdict = &outcome.verdict;
        let content = verdict.content.as_ref();
        Self {
            name: outcome.name.clone(),
            state: format!("{:?}", verdict.state).to_lowercase(),
            reason: verdict.reason().key().to_owned(),
            sentence: speaker.sentence(verdict),
            number: verdict.number.as_ref().map(ToString::to_string),
            check_code: verdict.check_code.as_ref().map(ToString::to_string),
            carats: content.and_then(Content::carats).map(|carats| carats.to_string()),
            value_usd: content.and_then(Content::value).map(|value| value.to_string()),
            remarks: outcome.remarks.clone(),
        }
    }
}

/// One verdict at length.
pub(super) fn one_whole(outcome: &Outcomes, speaker: &Speaker, store: &ListStore) -> String {
    let verdict = &outcome.verdict;
    let mut lines = vec![format!("{}  {}", speaker.state(verdict.state).to_uppercase(), outcome.name)];
    lines.extend(speaker.lines(verdict).into_iter().map(|line| format!("  {line}")));
    lines.extend(outcome.remarks.iter().map(|remark| format!("  {remark}")));
    let mut facts = verdict.content.as_ref().map(|content| speaker.facts(content)).unwrap_or_default();
    if let Some(code) = &verdict.check_code {
        facts.push((speaker.label("fact-check-code"), code.to_string()));
    }
    for specimen in &verdict.specimens {
        let until = specimen.valid_until.map_or_else(String::new, |day| format!(" / {day}"));
        let form = format!("{}, {}{until}", specimen.form, specimen.valid_from);
        facts.push((speaker.label("fact-form"), form));
        facts.extend(specimen.features.iter().map(|feature| (String::new(), format!("- {feature}"))));
        let picture = store.picture(&kp_sign::hex(&specimen.picture_hash));
        if picture.exists() {
            facts.push((speaker.label("fact-picture"), picture.display().to_string()));
        }
    }
    if !facts.is_empty() {
        lines.push(String::new());
    }
    lines.extend(facts.into_iter().map(|(label, value)| format!("  {label:<15}{value}")));
    lines.join("\n")
}

/// Many verdicts: the exceptions first, one line each, then how many of each.
pub(super) fn summary(outcomes: &[Outcomes], speaker: &Speaker) -> String {
    let mut table = Table::new(&["verdict", "number", "what", "where"]);
    let exceptions = outcomes.iter().filter(|outcome| outcome.verdict.state != State::Green);
    for outcome in exceptions.clone().take(NAMED) {
        let verdict = &outcome.verdict;
        table.row(vec![
            speaker.state(verdict.state),
            verdict.number.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string),
            speaker.reason(verdict.reason()),
            outcome.name.clone(),
        ]);
    }
    let mut text = if table.is_empty() { String::new() } else { format!("{}\n", table.text()) };
    let left = exceptions.count().saturating_sub(NAMED);
    if left > 0 {
        text.push_str(&format!("and {left} more exceptions\n"));
    }
    let count = |state: State| outcomes.iter().filter(|outcome| outcome.verdict.state == state).count();
    let counts: Vec<String> = [State::Red, State::Grey, State::Amber, State::Green]
        .into_iter()
        .map(|state| format!("{} {}", count(state), speaker.state(state)))
        .collect();
    text.push_str(&format!("{}: {}", outcomes.len(), counts.join(", ")));
    if let Some(first) = outcomes.first() {
        text.push_str(&format!("\n{}", speaker.age(first.verdict.trust)));
    }
    text
}
