//! duplicated_carats: one participant's carats are the same to the hundredth in two different halves.
//!
//! Question: was one half's figure copied into the other?
//! Formula: two rows of the same kind (unlabelled, ASM or LSM) for two different halves with equal carats; whether the
//! US$ are equal too is said. Rows that are identical in every column were taken out when the files were read.
//! Minimum data: two halves of at least 100 ct; figures that are whole hundreds of carats are left to round_quantity.
//! Thresholds (ours): equal to the hundredth of a carat; 100 ct.
//! Innocent explanations: chance, for figures kept in whole carats; a half's return was filed again for the next while
//! the real one was awaited; a database slip in copying.
//! An answer must contain: both returns as filed, with their dates; carats by mine or area for both halves; which of the
//! two is to be restated.
//! Evidence: every row of both halves, with its place in the file.
//! Source: in the public table such pairs are few and mostly real (India 2017 and 2018, first halves: 22,604.16 ct).

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, Part, ParticipantSeries};
use kp_terms::{Period, Sentence, sentence};

use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal};
use super::super::words::{ct, evidence, kind, list, usd};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("duplicated_carats.rs")));

/// Whole hundreds of carats say nothing: they repeat by rounding.
const WHOLE_HUNDRED: i64 = 100 * 100;

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let mut parts: Vec<(&Part, &HalfFigure)> = series
            .halves
            .iter()
            .flat_map(|f| f.declared.iter().map(move |p| (p, f)))
            .filter(|(p, _)| p.carats >= context.settings.duplicate_minimum)
            .filter(|(p, _)| p.carats.hundredths() % WHOLE_HUNDRED != 0)
            .collect();
        parts.sort_by_key(|(p, f)| (p.carats, p.production_type, f.half));
        for same in
            parts.chunk_by(|a, b| a.0.carats == b.0.carats && a.0.production_type == b.0.production_type)
        {
            // One question per copied figure, put with the latest half, however often it was copied.
            let Some(after) = same.last() else { continue };
            let before = same.iter().rev().find(|(_, f)| f.half != after.1.half);
            signals.extend(before.map(|before| signal(context, series, *before, *after)));
        }
    }
    signals
}

fn signal(
    context: &Context<'_>,
    series: &ParticipantSeries,
    (first, before): (&Part, &HalfFigure),
    (second, after): (&Part, &HalfFigure),
) -> Signal {
    let name = series.name.as_str();
    let value_too = first.value == second.value;
    Signal {
        doc: &DOC,
        kind: Kind::Form,
        role: Role::Year(after.half.year),
        participant: series.participant,
        severity: Severity::Ask,
        periods: vec![Period::Half(after.half), Period::Half(before.half)],
        carats_at_stake: second.carats,
        value_at_stake: second.value,
        beyond: if value_too { 2.0 } else { 1.0 },
        direction: None,
        undoes_year_before: false,
        title: title(name, second, (before, after), value_too),
        question: sentence!(
            "found-copied-question",
            "Is {carats} what {name} produced in {after}, or the figure of {before}?",
            carats = ct(second.carats),
            name = name,
            after = after.half,
            before = before.half,
        ),
        arithmetic: vec![
            ArithmeticLine::new(
                sentence!(
                    "found-copied-carats",
                    "carats, {after} less {before} ({kind})",
                    after = after.half,
                    before = before.half,
                    kind = kind(second.production_type),
                ),
                format!("{} - {}", second.carats.grouped(), first.carats.grouped()),
                "0.00 ct",
            ),
            ArithmeticLine::new(
                sentence!(
                    "found-copied-value",
                    "value, {after} and {before}",
                    after = after.half,
                    before = before.half,
                ),
                list(&[usd(second.value).into(), usd(first.value).into()]),
                match value_too {
                    true => sentence!("found-copied-equal", "equal"),
                    false => sentence!("found-copied-different", "different"),
                },
            ),
        ],
        thresholds: vec![
            Threshold::ours(
                sentence!("found-copied-difference", "difference in carats"),
                sentence!("found-copied-none", "none, to the hundredth"),
            ),
            Threshold::ours(
                sentence!("found-copied-smallest", "smallest figure looked at"),
                ct(context.settings.duplicate_minimum),
            ),
        ],
        evidence: evidence(before).into_iter().chain(evidence(after)).collect(),
    }
}

fn title(name: &str, part: &Part, (before, after): (&HalfFigure, &HalfFigure), value_too: bool) -> Sentence {
    let carats = ct(part.carats);
    match value_too {
        false => sentence!(
            "found-copied-title",
            "{name}: {carats} in {before} and in {after}, the same to the hundredth",
            name = name,
            carats = carats,
            before = before.half,
            after = after.half,
        ),
        true => sentence!(
            "found-copied-title-both",
            "{name}: {carats} in {before} and in {after}, the same to the hundredth, and the US$ too",
            name = name,
            carats = carats,
            before = before.half,
            after = after.half,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_on_the_same_hundredths_in_two_years() {
        let rows = steady_world(2009).half("XA", 2008, 1, "50604.16", "5123456.78").half(
            "XA",
            2009,
            1,
            "50604.16",
            "5223456.78",
        );
        assert_eq!(findings(&rows, "duplicated_carats"), ["duplicated_carats:XA:2009-H1"]);
    }

    #[test]
    fn is_silent_on_whole_hundreds() {
        let rows = steady_world(2009).half("XA", 2008, 1, "50600.00", "5123456.78").half(
            "XA",
            2009,
            1,
            "50600.00",
            "5223456.78",
        );
        assert_eq!(findings(&rows, "duplicated_carats"), [""; 0]);
    }
}
