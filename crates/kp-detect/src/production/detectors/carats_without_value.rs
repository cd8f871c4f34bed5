//! carats_without_value: carats are declared and their value is nil.
//!
//! Question: what were the carats worth, and why was it not declared?
//! Formula: carats above the smallest volume and US$ 0.00 in the same half.
//! Minimum data: 1,000 ct in the half.
//! Thresholds (ours): 1,000 ct.
//! Innocent explanations: stones not yet valued when the return was due; the first return of a new participant; the
//! value column was lost in copying.
//! An answer must contain: the value for each half; who valued and when.
//! Evidence: every row of the halves, with its place in the file.
//! Source: CD Annex III(c): production in carats and US$.

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries};
use kp_terms::{Carats, Half, Sentence, UsdCents, sentence};

use super::super::change::whole;
use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal, as_periods};
use super::super::words::{ct, evidence, float, list, per_carat, smallest_volume};
use super::administered_unit_value::habit_beyond;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("carats_without_value.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    context.series.participants.iter().filter_map(|series| signal(context, series)).collect()
}

fn signal(context: &Context<'_>, series: &ParticipantSeries) -> Option<Signal> {
    let least = context.settings.factor_ten_minimum;
    let seen: Vec<&HalfFigure> =
        series.halves.iter().filter(|f| f.carats >= least && f.value.cents() <= 0).collect();
    let largest = seen.iter().max_by_key(|f| (f.carats, f.half))?;
    let halves: Vec<Half> = seen.iter().map(|f| f.half).collect();
    let names: Vec<Sentence> = halves.iter().map(|half| half.to_string().into()).collect();
    let total = seen.iter().fold(0_i64, |sum, f| sum.saturating_add(f.carats.hundredths()));
    // The nearest unit value of its own says roughly what is missing.
    let nearest = series
        .halves
        .iter()
        .find(|f| f.half > largest.half && f.unit_value.is_some())
        .or_else(|| series.halves.iter().rfind(|f| f.unit_value.is_some()));
    let unit = nearest.and_then(|f| f.unit_value).unwrap_or(UsdCents::ZERO);
    let name = series.name.as_str();
    Some(Signal {
        doc: &DOC,
        kind: Kind::Record,
        role: Role::Habit,
        participant: series.participant,
        severity: Severity::Watch,
        periods: as_periods(&halves),
        carats_at_stake: Carats::from_hundredths(total),
        value_at_stake: UsdCents::from_cents(whole(libm::round(float(total) / 100.0 * float(unit.cents())))),
        beyond: habit_beyond(seen.len(), 1),
        direction: None,
        undoes_year_before: false,
        title: sentence!(
            "found-worthless-title",
            "{name}: {carats} declared without a value in {halves}",
            name = name,
            carats = ct(Carats::from_hundredths(total)),
            halves = list(&names),
        ),
        question: sentence!(
            "found-worthless-question",
            "What were the carats of {name} in {halves} worth?",
            name = name,
            halves = list(&names),
        ),
        arithmetic: seen
            .iter()
            .map(|f| ArithmeticLine::new(f.half.to_string(), ct(f.carats), "US$ 0.00"))
            .chain(nearest.map(|f| {
                ArithmeticLine::new(
                    sentence!("found-worthless-nearest", "nearest unit value of its own"),
                    f.half.to_string(),
                    per_carat(f.unit_value),
                )
            }))
            .collect(),
        thresholds: vec![Threshold::ours(smallest_volume(), ct(least))],
        evidence: seen.iter().flat_map(|f| evidence(f)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_on_carats_worth_nothing() {
        let rows = steady_world(2009).half("XA", 2005, 1, "51234.56", "0.00");
        assert_eq!(findings(&rows, "carats_without_value"), ["carats_without_value:XA:2005-H1"]);
    }

    #[test]
    fn is_silent_on_a_nil_return() {
        let rows = steady_world(2009).nil("XZ", 2005, 1);
        assert_eq!(findings(&rows, "carats_without_value"), [""; 0]);
    }
}
