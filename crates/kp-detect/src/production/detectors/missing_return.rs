//! missing_return: a producer owes a production return that is not in the files.
//!
//! Question: was nothing produced, was nothing returned, or was the return lost?
//! Formula: halves without any row, between a participant's first return and the last complete half of the files, or
//! within its membership where that is on file. A nil return is a return. A half is not held against anyone while it is
//! not due, or while fewer than 60 percent of those who returned the half before have returned it.
//! Minimum data: the participant declared carats at some time; participants that never did stand in the reporting
//! calendar only.
//! Thresholds (ours): any missing half; below 50,000 ct in the last return the matter is only watched.
//! Innocent explanations: suspended or left the scheme (give a membership table); joined another participant; the files
//! are an extract; the source lost the row.
//! An answer must contain: the return, or a nil return, for each half named; when and to whom it was first sent.
//! Evidence: the last return before the gap and the first after it, with their places in the file.
//! Source: CD Annex III(c): half-yearly, within two months; a participant that cannot publish tells the Chair at once.

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries, ReturnState};
use kp_terms::{Carats, Half, Sentence, UsdCents, sentence};

use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal, as_periods};
use super::super::words::{ct, evidence, short_list};
use super::administered_unit_value::habit_beyond;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("missing_return.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    context.series.participants.iter().filter_map(|series| signal(context, series)).collect()
}

fn signal(context: &Context<'_>, series: &ParticipantSeries) -> Option<Signal> {
    let missing: Vec<Half> =
        series.halves.iter().filter(|f| f.state == ReturnState::Missing).map(|f| f.half).collect();
    if missing.is_empty() || !series.is_producer() {
        return None;
    }
    let gaps: Vec<&[HalfFigure]> = series
        .halves
        .chunk_by(|a, b| (a.state == ReturnState::Missing) == (b.state == ReturnState::Missing))
        .filter(|run| run.first().is_some_and(|f| f.state == ReturnState::Missing))
        .collect();
    // What one missing half would have held, judged by the last return with carats before a gap or the next after it.
    let neighbour = gaps.iter().filter_map(|gap| neighbour(series, gap)).max_by_key(|f| (f.carats, f.half));
    let carats = neighbour.map_or(Carats::ZERO, |f| f.carats);
    let name = series.name.as_str();
    let names: Vec<Sentence> = missing.iter().map(|half| half.to_string().into()).collect();
    Some(Signal {
        doc: &DOC,
        kind: Kind::Record,
        role: Role::Habit,
        participant: series.participant,
        severity: if carats < context.settings.carats_minimum { Severity::Note } else { Severity::Watch },
        periods: as_periods(&missing),
        carats_at_stake: carats,
        value_at_stake: neighbour.map_or(UsdCents::ZERO, |f| f.value),
        beyond: habit_beyond(missing.len(), 1),
        direction: None,
        undoes_year_before: false,
        title: sentence!(
            "found-missing-title",
            "{name}: no production return for {halves}",
            name = name,
            halves = short_list(&names, 6),
        ),
        question: sentence!(
            "found-missing-question",
            "What did {name} produce in {halves}, and where is the return?",
            name = name,
            halves = short_list(&names, 6),
        ),
        arithmetic: gaps.iter().map(|gap| arithmetic(series, gap)).collect(),
        thresholds: vec![
            Threshold::ours(
                sentence!("found-missing-halves", "missing halves"),
                sentence!("found-any", "any"),
            ),
            Threshold::ours(
                sentence!("found-missing-note", "carats from which more than a note"),
                ct(context.settings.carats_minimum),
            ),
        ],
        evidence: gaps.iter().filter_map(|gap| neighbour_of(series, gap)).flat_map(evidence).collect(),
    })
}

fn neighbour<'a>(series: &'a ParticipantSeries, gap: &[HalfFigure]) -> Option<&'a HalfFigure> {
    neighbour_of(series, gap)
}

/// The last half with a return before the gap; for a gap at the front of a membership, the first after it.
fn neighbour_of<'a>(series: &'a ParticipantSeries, gap: &[HalfFigure]) -> Option<&'a HalfFigure> {
    let (first, last) = (gap.first()?.half, gap.last()?.half);
    let before = series.halves.iter().rfind(|f| f.half < first && f.state.has_return());
    before.or_else(|| series.halves.iter().find(|f| f.half > last && f.state.has_return()))
}

fn arithmetic(series: &ParticipantSeries, gap: &[HalfFigure]) -> ArithmeticLine {
    let span = match gap {
        [one] => one.half.to_string().into(),
        [first, .., last] => {
            sentence!("found-from-to", "{first} to {last}", first = first.half, last = last.half)
        }
        [] => String::new().into(),
    };
    let beside = neighbour_of(series, gap).map_or_else(
        || sentence!("found-missing-none-beside", "no return beside it"),
        |f| {
            sentence!(
                "found-missing-nearest",
                "nearest return, {half}: {carats}",
                half = f.half,
                carats = ct(f.carats),
            )
        },
    );
    ArithmeticLine::new(
        span,
        beside,
        sentence!("found-missing-count", "{count} halves without a return", count = gap.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_on_a_hole() {
        let rows = steady_world(2009).without("XA", 2008, 1);
        assert_eq!(findings(&rows, "missing_return"), ["missing_return:XA:2008-H1"]);
    }

    #[test]
    fn is_silent_before_the_first_return() {
        let rows = steady_world(2009).without("XA", 2005, 1).without("XA", 2005, 2);
        assert_eq!(findings(&rows, "missing_return"), [""; 0]);
    }
}
