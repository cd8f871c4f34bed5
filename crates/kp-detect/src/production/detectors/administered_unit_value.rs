//! administered_unit_value: the declared value is the carats times a round or a repeated price.
//!
//! Question: is the declared value a valuation of the stones, or a price list times the carats?
//! Formula: round where |US$ - carats x u| is at most US$ 1.00 for u the nearest multiple of US$ 0.10; repeated where
//! the unit value of a half equals that of the half before to the hundredth of a cent.
//! Minimum data: one half of at least 10,000 ct; the habit is asked about from two such halves on.
//! Thresholds (ours): multiples of US$ 0.10 a carat; US$ 1.00 on the declared value; 10,000 ct in the half; two halves.
//! Innocent explanations: the country's rules fix a price per class and half; production is valued at last sale's
//! average; sales come later than the return and are trued up in the next; the source rounds unit values before
//! multiplying.
//! An answer must contain: how the value was arrived at; the price list with its date; the value realised when the same
//! stones were exported; whether the return will be restated.
//! Evidence: every row of the halves, with its place in the file.
//! Source: declared value is to be a value of the shipment or production (CD Annex III(c)); examples in the public
//! statistics are Botswana at 145.00 and Zimbabwe at 50.00 US$/ct.

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries};
use kp_terms::{Sentence, sentence};

use super::super::context::Context;
use super::super::settings::Settings;
use super::super::signal::{Kind, Role, Signal, as_periods};
use super::super::words::{
    a_half, evidence, habit_from, in_half, per_carat, short_list, smallest_volume, unit_value_of, usd,
};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("administered_unit_value.rs")));

/// A half whose unit value looks set.
struct Administered<'a> {
    figure: &'a HalfFigure,
    /// The half before, where it has the same unit value to the hundredth of a cent.
    repeats: Option<&'a HalfFigure>,
    round: bool,
}

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let seen = administered(context.settings, series);
        for of_year in seen.chunk_by(|a, b| a.figure.half.year == b.figure.half.year) {
            let year = of_year.first().map_or(0, |a| a.figure.half.year);
            signals.extend(signal(context, series, of_year, Role::SupportOnly(year)));
        }
        if seen.len() >= context.settings.administered_halves {
            signals.extend(signal(context, series, &seen, Role::Habit));
        }
    }
    signals
}

fn administered<'a>(settings: &Settings, series: &'a ParticipantSeries) -> Vec<Administered<'a>> {
    let mut seen = Vec::new();
    let mut previous: Option<&HalfFigure> = None;
    for figure in &series.halves {
        let repeats = previous.filter(|p| {
            is_large(settings, figure) && is_large(settings, p) && unit_value_4(figure) == unit_value_4(p)
        });
        let round = is_round(settings, figure);
        if round || repeats.is_some() {
            seen.push(Administered { figure, repeats, round });
        }
        previous = Some(figure);
    }
    seen
}

fn is_large(settings: &Settings, figure: &HalfFigure) -> bool {
    figure.carats >= settings.form_minimum && figure.unit_value.is_some()
}

/// Unit value in hundredths of a cent, rounded half up; none where there is none.
fn unit_value_4(figure: &HalfFigure) -> Option<i128> {
    figure.unit_value?;
    let (carats, cents) = (i128::from(figure.carats.hundredths()), i128::from(figure.value.cents()));
    Some((cents * 10_000 + carats / 2) / carats)
}

/// Whether the value is the carats times a round unit value.
pub(super) fn is_round(settings: &Settings, figure: &HalfFigure) -> bool {
    let Some(unit_value) = figure.unit_value else { return false };
    let step = settings.round_unit_value.cents().max(1);
    let nearest = (unit_value.cents() + step / 2) / step * step;
    let product = i128::from(figure.carats.hundredths()) * i128::from(nearest);
    let off = (i128::from(figure.value.cents()) * 100 - product).abs();
    is_large(settings, figure)
        && nearest > 0
        && off <= i128::from(settings.round_unit_value_tolerance.cents()) * 100
}

fn signal(
    context: &Context<'_>,
    series: &ParticipantSeries,
    seen: &[Administered<'_>],
    role: Role,
) -> Option<Signal> {
    let largest = seen.iter().max_by_key(|a| (a.figure.value, a.figure.half))?;
    let halves: Vec<kp_terms::Half> = seen.iter().map(|a| a.figure.half).collect();
    let values: Vec<Sentence> =
        seen.iter().map(|a| in_half(per_carat(a.figure.unit_value), a.figure.half)).collect();
    let name = series.name.as_str();
    Some(Signal {
        doc: &DOC,
        kind: Kind::Form,
        role,
        participant: series.participant,
        severity: Severity::Note,
        periods: as_periods(&halves),
        // The largest half, not the sum: the question is about the habit, not about every carat ever declared.
        carats_at_stake: largest.figure.carats,
        value_at_stake: largest.figure.value,
        beyond: habit_beyond(seen.len(), context.settings.administered_halves),
        direction: None,
        undoes_year_before: false,
        title: match role {
            Role::Habit => sentence!(
                "found-set-habit",
                "{name}: in {count} halves the declared value is the carats times a round or repeated price ({values})",
                name = name,
                count = seen.len(),
                values = short_list(&values, 4),
            ),
            _ => sentence!(
                "found-set-title",
                "{name}: the declared value is the carats times {values}",
                name = name,
                values = short_list(&values, 2),
            ),
        },
        question: sentence!(
            "found-set-question",
            "How did {name} arrive at {values}: by valuing the stones, or by a price list times the carats?",
            name = name,
            values = short_list(&values, 4),
        ),
        arithmetic: seen.iter().map(arithmetic).collect(),
        thresholds: thresholds(context.settings),
        evidence: seen.iter().flat_map(|a| evidence(a.figure)).collect(),
    })
}

/// A habit of twice the halves asked for counts one more; it never outgrows a movement of the figures.
pub(super) fn habit_beyond(halves: usize, asked_from: usize) -> f64 {
    let ratio = i64::try_from(halves).unwrap_or(i64::MAX).max(1);
    let from = i64::try_from(asked_from).unwrap_or(1).max(1);
    1.0 + libm::fmax(0.0, libm::log2(super::super::words::float(ratio) / super::super::words::float(from)))
}

fn arithmetic(seen: &Administered<'_>) -> ArithmeticLine {
    let figure = seen.figure;
    let shape = match (seen.round, seen.repeats) {
        (true, Some(before)) => {
            sentence!("found-set-both", "round, and the same as in {half}", half = before.half)
        }
        (true, None) => sentence!("found-set-round", "round"),
        (false, Some(before)) => {
            sentence!(
                "found-set-same",
                "the same as in {half} to the hundredth of a cent",
                half = before.half
            )
        }
        (false, None) => String::new().into(),
    };
    ArithmeticLine::new(
        unit_value_of(figure.half),
        format!("US$ {} / {} ct", figure.value.grouped(), figure.carats.grouped()),
        sentence!("found-set-shape", "{value}: {shape}", value = per_carat(figure.unit_value), shape = shape,),
    )
}

fn thresholds(settings: &Settings) -> Vec<Threshold> {
    vec![
        Threshold::ours(
            sentence!("found-set-multiples", "a unit value is round at multiples of"),
            usd(settings.round_unit_value),
        ),
        Threshold::ours(
            sentence!("found-set-allowed", "difference allowed on the declared value"),
            usd(settings.round_unit_value_tolerance),
        ),
        Threshold::ours(smallest_volume(), a_half(settings.form_minimum)),
        Threshold::ours(habit_from(), settings.administered_halves.to_string()),
    ]
}

/// Carats and value that nobody would call small, for tests of neighbours.
#[cfg(test)]
pub(super) fn figure(carats: &str, value: &str) -> HalfFigure {
    let (carats, value): (kp_terms::Carats, kp_terms::UsdCents) =
        (carats.parse().unwrap(), value.parse().unwrap());
    HalfFigure {
        half: kp_terms::Half { year: 2008, half: 1 },
        state: kp_statistics::series::ReturnState::Reported,
        carats,
        value,
        unit_value: kp_statistics::series::unit_value(carats, value),
        parts: Vec::new(),
        rows: Vec::new(),
        declared: Vec::new(),
        created: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};
    use super::*;

    #[test]
    fn fires_on_two_halves_at_a_round_price() {
        let rows = steady_world(2009).half("XA", 2008, 1, "15620.31", "281165.58").half(
            "XA",
            2008,
            2,
            "15351.07",
            "253292.66",
        );
        assert_eq!(findings(&rows, "administered_unit_value"), ["administered_unit_value:XA:2008-H1"]);
    }

    #[test]
    fn is_silent_on_valued_stones() {
        assert_eq!(findings(&steady_world(2009), "administered_unit_value"), [""; 0]);
    }

    #[test]
    fn round_means_to_the_dollar_on_the_whole_value() {
        let settings = Settings::default();
        assert!(is_round(&settings, &figure("1715579.67", "30880434.06")));
        assert!(is_round(&settings, &figure("1382910.42", "22818021.93")));
        assert!(!is_round(&settings, &figure("1382910.42", "22818033.93")));
        assert!(!is_round(&settings, &figure("100.00", "1800.00")));
    }
}
