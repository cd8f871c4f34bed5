//! Carats of a year against the year before with the common movement taken out; shared by surge and collapse, which
//! ask different questions of the same arithmetic.

use kp_terms::{Carats, ParticipantCode, Period, Sentence, UsdCents, sentence};

use super::context::{Context, YearChange, year_changes};
use super::movement::Movement;
use super::signal::{Direction, Kind, Role, Signal};
use super::words::{
    ct, evidence, factor, float, or_less, or_more, per_carat, smallest_volume, times, times_log, usd,
};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};
use kp_statistics::series::{ParticipantSeries, YearFigure};

/// Rise or fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Rise,
    Fall,
}

/// From nil or to nil there is no ratio; such a change counts as this many times the threshold (ours).
const NIL_BEYOND: f64 = 2.0;
/// Years before that a rise is held against, to tell a recovery from a new height (ours).
const RECENT_YEARS: i16 = 5;

/// All changes of one way, over all participants.
pub(super) fn look(context: &Context<'_>, doc: &'static DetectorDoc, way: Way) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let changes = year_changes(series);
        for (at, change) in changes.iter().enumerate() {
            let movement = context.carats_movement(change.year, series.participant);
            let Some(beyond) = beyond(context, series.participant, change, movement, way) else { continue };
            let before = at.checked_sub(1).and_then(|b| changes.get(b)).filter(|b| b.year == change.year - 1);
            let undoes = before.is_some_and(|b| undoes(context, series, b, change, way));
            signals.push(signal(context, doc, series, change, movement, way, beyond, undoes));
        }
    }
    signals
}

/// How far it moved against its yardstick; none where it is not beyond the thresholds.
fn beyond(
    context: &Context<'_>,
    participant: ParticipantCode,
    change: &YearChange<'_>,
    movement: Movement,
    way: Way,
) -> Option<f64> {
    let settings = context.settings;
    let larger = match way {
        Way::Rise => change.carats_after,
        Way::Fall => change.carats_before,
    };
    if larger < settings.carats_minimum {
        return None;
    }
    let Some(log) = change.log_ratio() else {
        let to_nil = match way {
            Way::Rise => change.carats_before.hundredths() <= 0,
            Way::Fall => change.carats_after.hundredths() <= 0,
        };
        return to_nil.then_some(NIL_BEYOND);
    };
    let sign = if way == Way::Rise { 1.0 } else { -1.0 };
    let (declared, net) = (sign * log, sign * (log - movement.log));
    let threshold = libm::log(settings.carats_factor);
    (net >= threshold && declared >= libm::log(settings.carats_factor_declared))
        .then(|| net / context.carats_yardstick(change.year, participant).log)
}

/// The highest year of the five before, where there is one. A rise that stays below it is a recovery.
fn recent_high(series: &ParticipantSeries, year: i16) -> Option<&YearFigure> {
    let recent = series.years.iter().filter(|y| y.year < year && y.year >= year - RECENT_YEARS);
    recent.filter(|y| !y.carats.is_zero()).max_by_key(|y| (y.carats, y.year))
}

/// Whether a change is a rise that stays below the highest of the five years before.
fn is_recovery(series: &ParticipantSeries, change: &YearChange<'_>, way: Way) -> bool {
    way == Way::Rise
        && recent_high(series, change.year).is_some_and(|high| change.carats_after <= high.carats)
}

/// Whether the year before moved the other way and this change takes back at least half of that movement (in logs),
/// without going above the highest of the five years before.
fn undoes(
    context: &Context<'_>,
    series: &ParticipantSeries,
    before: &YearChange<'_>,
    change: &YearChange<'_>,
    way: Way,
) -> bool {
    if way == Way::Rise && !is_recovery(series, change, way) {
        return false;
    }
    let opposite = match way {
        Way::Rise => Way::Fall,
        Way::Fall => Way::Rise,
    };
    let movement = Movement { log: 0.0, peers: 0 };
    let level =
        super::context::log_ratio(change.carats_after.hundredths(), before.carats_before.hundredths());
    self::beyond(context, series.participant, before, movement, opposite).is_some()
        && match (before.log_ratio(), level) {
            (Some(moved), Some(level)) => libm::fabs(level) <= libm::fabs(moved) / 2.0,
            _ => false,
        }
}

#[expect(clippy::too_many_arguments, reason = "each is one figure of the sentence it writes")]
fn signal(
    context: &Context<'_>,
    doc: &'static DetectorDoc,
    series: &ParticipantSeries,
    change: &YearChange<'_>,
    movement: Movement,
    way: Way,
    beyond: f64,
    undoes_year_before: bool,
) -> Signal {
    let (year, name) = (change.year, series.name.as_str());
    let (carats_at_stake, value_at_stake) = at_stake(change, movement);
    Signal {
        doc,
        kind: Kind::Volume,
        role: Role::Year(year),
        participant: series.participant,
        severity: match way {
            Way::Rise if !is_recovery(series, change, way) => Severity::Ask,
            // A fall brings no unexplained carats into trade, and a recovery none beyond what was there before.
            _ => Severity::Watch,
        },
        periods: vec![Period::Year(year), Period::Year(year - 1)],
        carats_at_stake,
        value_at_stake,
        beyond,
        direction: Some(if way == Way::Rise { Direction::Up } else { Direction::Down }),
        undoes_year_before,
        title: title(name, change, movement, way),
        question: match way {
            Way::Rise => sentence!(
                "found-rise-question",
                "Where did the {carats} that {name} declared for {year} beyond the level of {before} come from?",
                carats = ct(carats_at_stake),
                name = name,
                year = year,
                before = year - 1,
            ),
            Way::Fall => sentence!(
                "found-fall-question",
                "What ended in {name} in {year}, and where do the {carats} go that were declared the year before and not now?",
                name = name,
                year = year,
                carats = ct(carats_at_stake),
            ),
        },
        arithmetic: arithmetic(context, series, change, movement, carats_at_stake, value_at_stake),
        thresholds: thresholds(context, way),
        evidence: change
            .halves
            .iter()
            .flat_map(|(b, a)| evidence(b).into_iter().chain(evidence(a)))
            .collect(),
    }
}

fn title(name: &str, change: &YearChange<'_>, movement: Movement, way: Way) -> Sentence {
    let (before, after) = (change.carats_before, change.carats_after);
    let ratio = times(after.hundredths(), before.hundredths());
    let (year, others) = (change.year, others_in_words(movement));
    match way {
        Way::Rise => sentence!(
            "found-rise-title",
            "{name} {year}: declared carats rose from {before} to {after} ({ratio}); {others}",
            name = name,
            year = year,
            before = before.grouped(),
            after = after.grouped(),
            ratio = ratio,
            others = others,
        ),
        Way::Fall => sentence!(
            "found-fall-title",
            "{name} {year}: declared carats fell from {before} to {after} ({ratio}); {others}",
            name = name,
            year = year,
            before = before.grouped(),
            after = after.grouped(),
            ratio = ratio,
            others = others,
        ),
    }
}

/// Carats beyond (or short of) the level of the year before moved as the others moved, and their value at the higher
/// of the two unit values: the larger figure is the one that could be in question.
fn at_stake(change: &YearChange<'_>, movement: Movement) -> (Carats, UsdCents) {
    let expected = float(change.carats_before.hundredths()) * libm::exp(movement.log);
    let carats = libm::round(libm::fabs(float(change.carats_after.hundredths()) - expected));
    let unit = change.unit_value_before().max(change.unit_value_after()).unwrap_or(UsdCents::ZERO);
    let value = libm::round(carats / 100.0 * float(unit.cents()));
    (Carats::from_hundredths(whole(carats)), UsdCents::from_cents(whole(value)))
}

/// A rounded float as a whole number, held within what an i64 takes.
#[expect(clippy::cast_possible_truncation, reason = "clamped")]
pub(super) fn whole(rounded: f64) -> i64 {
    libm::fmin(libm::fmax(rounded, -9.0e18), 9.0e18) as i64
}

fn others_in_words(movement: Movement) -> Sentence {
    match movement.peers {
        0 => sentence!("found-others-few", "too few others returned figures to know the common movement"),
        n => sentence!(
            "found-others-median",
            "the median of {count} others was {median}",
            count = n,
            median = times_log(movement.log),
        ),
    }
}

fn arithmetic(
    context: &Context<'_>,
    series: &ParticipantSeries,
    change: &YearChange<'_>,
    movement: Movement,
    carats_at_stake: Carats,
    value_at_stake: UsdCents,
) -> Vec<ArithmeticLine> {
    let (year, previous) = (change.year, change.year - 1);
    let (before, after) = (change.carats_before, change.carats_after);
    let mut lines = vec![ArithmeticLine::new(
        against(year, previous),
        format!("{} / {}", after.grouped(), before.grouped()),
        times(after.hundredths(), before.hundredths()),
    )];
    // The year before that tells a rise from a recovery, and a spike from a step.
    if let Some(earlier) = series.year(previous - 1).filter(|y| y.halves_returned > 0) {
        lines.push(ArithmeticLine::new(
            against(previous, previous - 1),
            format!("{} / {}", before.grouped(), earlier.carats.grouped()),
            times(before.hundredths(), earlier.carats.hundredths()),
        ));
    }
    if let Some(high) = recent_high(series, year) {
        lines.push(ArithmeticLine::new(
            sentence!(
                "found-against-high",
                "carats declared, {year} against the highest of the {years} years before, {high}",
                year = year,
                years = RECENT_YEARS,
                high = high.year,
            ),
            format!("{} / {}", after.grouped(), high.carats.grouped()),
            times(after.hundredths(), high.carats.hundredths()),
        ));
    }
    for (b, a) in &change.halves {
        lines.push(ArithmeticLine::new(
            sentence!(
                "found-like-half",
                "like half with like half, {after} against {before}",
                after = a.half,
                before = b.half,
            ),
            format!("{} / {}", a.carats.grouped(), b.carats.grouped()),
            times(a.carats.hundredths(), b.carats.hundredths()),
        ));
    }
    lines.push(ArithmeticLine::new(
        sentence!("found-common-of", "common movement of {year}", year = year),
        sentence!(
            "found-common-median",
            "median of the same ratio of {count} other participants",
            count = movement.peers,
        ),
        times_log(movement.log),
    ));
    if let Some(log) = change.log_ratio() {
        lines.push(ArithmeticLine::new(
            sentence!("found-net", "net of the common movement"),
            format!("{} / {}", times_log(log), times_log(movement.log)),
            times_log(log - movement.log),
        ));
        lines.push(context.carats_yardstick(year, series.participant).line(log - movement.log));
    }
    lines.push(ArithmeticLine::new(
        sentence!("found-unit-value", "unit value"),
        of_year(previous, change.unit_value_before()),
        of_year(year, change.unit_value_after()),
    ));
    let stake = sentence!(
        "found-at-stake-higher",
        "{carats}, {value} at the higher of the two unit values",
        carats = ct(carats_at_stake),
        value = usd(value_at_stake),
    );
    let of = format!("|{} - {} {}|", after.grouped(), before.grouped(), times_log(movement.log));
    lines.push(ArithmeticLine::new(sentence!("found-at-stake", "at stake"), of, stake));
    lines
}

fn against(year: i16, other: i16) -> Sentence {
    sentence!("found-against", "carats declared, {year} against {other}", year = year, other = other)
}

fn of_year(year: i16, unit_value: Option<UsdCents>) -> Sentence {
    sentence!("found-of-year", "{year}: {figure}", year = year, figure = per_carat(unit_value))
}

fn thresholds(context: &Context<'_>, way: Way) -> Vec<Threshold> {
    let settings = context.settings;
    let limit = |f: f64| match way {
        Way::Rise => or_more(f),
        Way::Fall => or_less(1.0 / f),
    };
    vec![
        Threshold::ours(
            sentence!("found-carats-net", "carats net of the common movement"),
            limit(settings.carats_factor),
        ),
        Threshold::ours(
            sentence!("found-carats-declared", "carats as declared"),
            limit(settings.carats_factor_declared),
        ),
        Threshold::ours(
            smallest_volume(),
            sentence!("found-a-year", "{carats} a year", carats = ct(settings.carats_minimum)),
        ),
        yardstick(settings),
    ]
}

/// The yardstick as a threshold is stated.
pub(super) fn yardstick(settings: &super::settings::Settings) -> Threshold {
    Threshold::ours(
        sentence!("found-yardstick", "yardstick"),
        sentence!(
            "found-yardstick-is",
            "{factor}, or twice the participant's usual movement in logs where that is more",
            factor = factor(settings.yardstick_factor),
        ),
    )
}
