//! contradictory_declarations: one half is declared both as Production and as No Production.
//!
//! Question: which of the two declarations holds?
//! Formula: rows of both declarations for one participant and half, or carats on a No Production row. What is reported
//! is counted.
//! Minimum data: two rows for one half, or one nil row with carats.
//! Thresholds (ours): none; any such half is asked about.
//! Innocent explanations: the nil row speaks of one kind of mining only; a first nil return was replaced and not
//! deleted; a default was left on the form.
//! An answer must contain: which row holds; what the other was meant to say; whether it will be withdrawn.
//! Evidence: every row of the half, with its place in the file.
//! Source: CD Annex III(c); the public statistics know the declarations Production and No Production.

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries, ReturnState};
use kp_terms::{Period, Sentence, sentence};

use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal};
use super::super::words::{ct, evidence, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("contradictory_declarations.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let seen: Vec<&HalfFigure> =
            series.halves.iter().filter(|f| f.state == ReturnState::Contradictory).collect();
        for of_year in seen.chunk_by(|a, b| a.half.year == b.half.year) {
            signals.extend(signal(series, of_year));
        }
    }
    signals
}

fn signal(series: &ParticipantSeries, seen: &[&HalfFigure]) -> Option<Signal> {
    let largest = seen.iter().max_by_key(|f| (f.value, f.carats, f.half))?;
    let name = series.name.as_str();
    let halves: Vec<Sentence> = seen.iter().map(|f| f.half.to_string().into()).collect();
    let halves = super::super::words::list(&halves);
    Some(Signal {
        doc: &DOC,
        kind: Kind::Record,
        role: Role::Year(largest.half.year),
        participant: series.participant,
        severity: Severity::Ask,
        periods: seen.iter().map(|f| Period::Half(f.half)).collect(),
        carats_at_stake: largest.carats,
        value_at_stake: largest.value,
        beyond: 1.0,
        direction: None,
        undoes_year_before: false,
        title: sentence!(
            "found-both-title",
            "{name}: both Production and No Production declared for {halves}",
            name = name,
            halves = halves,
        ),
        question: sentence!(
            "found-both-question",
            "Which holds for {name} in {halves}: the figures, or the declaration that nothing was produced?",
            name = name,
            halves = halves,
        ),
        arithmetic: seen
            .iter()
            .map(|f| {
                ArithmeticLine::new(
                    sentence!("found-both-counted", "{half}, counted as reported", half = f.half),
                    sentence!(
                        "found-both-rows",
                        "{count} rows, at least one of them No Production",
                        count = f.rows.len(),
                    ),
                    format!("{}, {}", ct(f.carats), usd(f.value)),
                )
            })
            .collect(),
        thresholds: vec![Threshold::ours(
            sentence!("found-both-threshold", "halves with both declarations"),
            sentence!("found-any", "any"),
        )],
        evidence: seen.iter().flat_map(|f| evidence(f)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_on_figures_beside_a_nil_return() {
        let rows = steady_world(2009).nil("XA", 2008, 2);
        assert_eq!(findings(&rows, "contradictory_declarations"), ["contradictory_declarations:XA:2008-H2"]);
    }

    #[test]
    fn is_silent_on_an_honest_nil_return() {
        let rows = steady_world(2009).nil("XZ", 2008, 2);
        assert_eq!(findings(&rows, "contradictory_declarations"), [""; 0]);
    }
}
