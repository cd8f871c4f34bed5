//! unit_value_shift: US$ per carat moved far from the same half a year before while the others' did not.
//!
//! Question: what changed in the stones, or in the way they are valued?
//! Formula: r = ln(US$/ct of the half / US$/ct of the same half a year before), less the median of the same r of all
//! other participants in that half. It is measured against ln 2, or against twice the median size of the participant's own
//! other r where that is more. The halves of a year that fire the same way are put as one question.
//! Minimum data: carats and US$ for the same half in two successive years, at least 10,000 ct each; five other
//! participants for the common movement, else none is taken out.
//! Thresholds (ours): net of the common movement x 1.50 or more, or x 0.67 or less; as declared x 1.25 or more, or
//! x 0.80 or less; 10,000 ct in either half. Where both unit values are round the matter is only watched, because a
//! price list moved, not necessarily the stones.
//! Innocent explanations: another mine or field with other stones; the sorting or the cut-off size changed; a few very
//! large stones; a new price list or valuator; sales of another period valued into this one; carats or US$ mistyped.
//! An answer must contain: carats and US$ by mine or area for both halves; the price list or valuation used, with its
//! date; the largest stones and lots; who valued, and whether a second valuation exists.
//! Evidence: every row of the halves compared, with its place in the file.
//! Source: the scheme's anomaly questionnaire compares US$ per carat period with period; CD Annex III(c).

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries};
use kp_terms::{Carats, Period, Sentence, UsdCents, sentence};

use super::super::change::{whole, yardstick};
use super::super::context::{Context, half_changes, unit_value_log_ratio};
use super::super::movement::Movement;
use super::super::signal::{Direction, Kind, Role, Signal};
use super::super::words::{
    a_half, evidence, float, or_less, or_more, per_carat, smallest_volume, times_log, unit_value_of, usd,
};
use super::administered_unit_value::is_round;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("unit_value_shift.rs")));

/// One half that moved.
struct Shift<'a> {
    before: &'a HalfFigure,
    after: &'a HalfFigure,
    log: f64,
    movement: Movement,
    value_at_stake: i64,
}

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let shifts: Vec<Shift<'_>> = half_changes(series)
            .filter_map(|(before, after)| shift(context, series, before, after))
            .collect();
        for of_year in shifts.chunk_by(|a, b| a.after.half.year == b.after.half.year && same_way(a, b)) {
            signals.extend(signal(context, series, of_year));
        }
    }
    signals
}

fn same_way(a: &Shift<'_>, b: &Shift<'_>) -> bool {
    (a.log > 0.0) == (b.log > 0.0)
}

fn shift<'a>(
    context: &Context<'_>,
    series: &ParticipantSeries,
    before: &'a HalfFigure,
    after: &'a HalfFigure,
) -> Option<Shift<'a>> {
    let settings = context.settings;
    if before.carats.min(after.carats) < settings.unit_value_minimum {
        return None;
    }
    let log = unit_value_log_ratio(before, after)?;
    let movement = context.unit_value_movement(after.half, series.participant);
    let net = log - movement.log;
    let far = libm::fabs(net) >= libm::log(settings.unit_value_factor)
        && libm::fabs(log) >= libm::log(settings.unit_value_factor_declared)
        && (net > 0.0) == (log > 0.0);
    let expected = float(before.value.cents()) / float(before.carats.hundredths())
        * libm::exp(movement.log)
        * float(after.carats.hundredths());
    let value_at_stake = whole(libm::round(libm::fabs(float(after.value.cents()) - expected)));
    far.then_some(Shift { before, after, log, movement, value_at_stake })
}

fn signal(context: &Context<'_>, series: &ParticipantSeries, shifts: &[Shift<'_>]) -> Option<Signal> {
    // The half with most at stake gives the sentence; the others of the year stand in the arithmetic.
    let lead = shifts.iter().max_by_key(|s| (s.value_at_stake, s.after.half))?;
    let (name, half) = (series.name.as_str(), lead.after.half);
    let round = |s: &Shift<'_>| is_round(context.settings, s.before) && is_round(context.settings, s.after);
    let all_round = shifts.iter().all(round);
    let up = lead.log > 0.0;
    let value_at_stake = shifts.iter().fold(0_i64, |sum, s| sum.saturating_add(s.value_at_stake));
    let carats = shifts.iter().fold(0_i64, |sum, s| sum.saturating_add(s.after.carats.hundredths()));
    let net = libm::fabs(lead.log - lead.movement.log);
    Some(Signal {
        doc: &DOC,
        kind: Kind::UnitValue,
        role: Role::Year(half.year),
        participant: series.participant,
        severity: if all_round { Severity::Watch } else { Severity::Ask },
        periods: std::iter::once(half)
            .chain(shifts.iter().map(|s| s.after.half).filter(|h| *h != half))
            .map(Period::Half)
            .chain(shifts.iter().map(|s| Period::Half(s.before.half)))
            .collect(),
        carats_at_stake: Carats::from_hundredths(carats),
        value_at_stake: UsdCents::from_cents(value_at_stake),
        beyond: net / context.unit_value_yardstick(half, series.participant).log,
        direction: Some(if up { Direction::Up } else { Direction::Down }),
        undoes_year_before: undoes(context, series, lead),
        title: title(name, lead),
        question: sentence!(
            "found-shift-question",
            "What changed in the stones {name} declared for {half}, or in how they were valued, so that a carat was declared at \
             {after} after {before} in the same half of the year before?",
            name = name,
            half = half,
            after = per_carat(lead.after.unit_value),
            before = per_carat(lead.before.unit_value),
        ),
        arithmetic: shifts.iter().flat_map(|s| arithmetic(context, series, s)).collect(),
        thresholds: thresholds(context, up),
        evidence: shifts
            .iter()
            .flat_map(|s| evidence(s.before).into_iter().chain(evidence(s.after)))
            .collect(),
    })
}

fn title(name: &str, lead: &Shift<'_>) -> Sentence {
    let (before, after) = (per_carat(lead.before.unit_value), per_carat(lead.after.unit_value));
    let (half, ratio, count) = (lead.after.half, times_log(lead.log), lead.movement.peers);
    let median = times_log(lead.movement.log);
    match lead.log > 0.0 {
        true => sentence!(
            "found-shift-rose",
            "{name} {half}: unit value rose from {before} to {after} ({ratio}); the median of {count} others was {median}",
            name = name,
            half = half,
            before = before,
            after = after,
            ratio = ratio,
            count = count,
            median = median,
        ),
        false => sentence!(
            "found-shift-fell",
            "{name} {half}: unit value fell from {before} to {after} ({ratio}); the median of {count} others was {median}",
            name = name,
            half = half,
            before = before,
            after = after,
            ratio = ratio,
            count = count,
            median = median,
        ),
    }
}

/// Whether the unit value takes back at least half (in logs) of a move the other way in the year before.
fn undoes(context: &Context<'_>, series: &ParticipantSeries, shift: &Shift<'_>) -> bool {
    let before = shift.before.half;
    let Some(earlier) = series.half(kp_terms::Half { year: before.year - 1, ..before }) else { return false };
    let threshold = libm::log(context.settings.unit_value_factor);
    match (unit_value_log_ratio(earlier, shift.before), unit_value_log_ratio(earlier, shift.after)) {
        (Some(moved), Some(level)) => {
            libm::fabs(moved) >= threshold
                && (moved > 0.0) != (shift.log > 0.0)
                && libm::fabs(level) <= libm::fabs(moved) / 2.0
        }
        _ => false,
    }
}

fn arithmetic(context: &Context<'_>, series: &ParticipantSeries, shift: &Shift<'_>) -> Vec<ArithmeticLine> {
    let line = |figure: &HalfFigure| {
        ArithmeticLine::new(
            unit_value_of(figure.half),
            format!("US$ {} / {} ct", figure.value.grouped(), figure.carats.grouped()),
            per_carat(figure.unit_value),
        )
    };
    vec![
        line(shift.before),
        line(shift.after),
        ArithmeticLine::new(
            sentence!(
                "found-shift-net",
                "change to {half}, net of the common movement",
                half = shift.after.half,
            ),
            sentence!(
                "found-shift-median",
                "{ratio} / {median} (median of {count} others)",
                ratio = times_log(shift.log),
                median = times_log(shift.movement.log),
                count = shift.movement.peers,
            ),
            times_log(shift.log - shift.movement.log),
        ),
        context
            .unit_value_yardstick(shift.after.half, series.participant)
            .line(shift.log - shift.movement.log),
        ArithmeticLine::new(
            sentence!("found-shift-stake", "value at stake, {half}", half = shift.after.half),
            sentence!(
                "found-shift-worth",
                "|US$ {value} - {carats} ct at {price} {median}|",
                value = shift.after.value.grouped(),
                carats = shift.after.carats.grouped(),
                price = per_carat(shift.before.unit_value),
                median = times_log(shift.movement.log),
            ),
            usd(UsdCents::from_cents(shift.value_at_stake)),
        ),
    ]
}

fn thresholds(context: &Context<'_>, up: bool) -> Vec<Threshold> {
    let limit = |f: f64| if up { or_more(f) } else { or_less(1.0 / f) };
    vec![
        Threshold::ours(
            sentence!("found-value-net", "unit value net of the common movement"),
            limit(context.settings.unit_value_factor),
        ),
        Threshold::ours(
            sentence!("found-value-declared", "unit value as declared"),
            limit(context.settings.unit_value_factor_declared),
        ),
        Threshold::ours(smallest_volume(), a_half(context.settings.unit_value_minimum)),
        yardstick(context.settings),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_when_one_unit_value_halves() {
        let rows = steady_world(2009).year("XA", 2009, "100000.00", "4512345.00");
        assert_eq!(findings(&rows, "unit_value_shift"), ["unit_value_shift:XA:2009-H2"]);
    }

    #[test]
    fn is_silent_when_prices_halve_everywhere() {
        let mut rows = steady_world(2009);
        for code in ["XA", "XB", "XC", "XD", "XE", "XF", "XG"] {
            rows = rows.year(code, 2009, "100000.00", "4512345.00");
        }
        assert_eq!(findings(&rows, "unit_value_shift"), [""; 0]);
    }
}
