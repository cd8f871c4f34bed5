//! factor_of_ten: a unit value is ten (or a hundred) times, or a tenth of, its neighbours'.
//!
//! Question: has a decimal point moved in the carats or in the US$?
//! Formula: q = US$/ct of the half / median US$/ct of the participant's nearest halves (up to two before and two
//! after); fires where q is within a factor 1.25 of 10, 100, 1/10 or 1/100.
//! Minimum data: 1,000 ct in the half; two neighbouring halves with a unit value, within a factor 2 of each other.
//! Thresholds (ours): a factor 1.25 around 10, 100, 1/10 and 1/100; neighbours within a factor 2.00; 1,000 ct.
//! Innocent explanations: an exceptional stone; a half of very few, very good stones; a parcel declared in another
//! currency.
//! An answer must contain: the return as filed; carats and US$ by lot; whether it will be restated, and since when the
//! slip was known.
//! Evidence: every row of the half and of its neighbours, with its place in the file.
//! Source: in the public table Liberia 2014, first half, stands at 4,050.00 US$/ct between halves near 400.

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries};
use kp_terms::{Period, Sentence, UsdCents, sentence};

use super::super::change::whole;
use super::super::context::Context;
use super::super::signal::{Kind, Role, Signal};
use super::super::words::{
    ct, evidence, factor, float, in_half, list, per_carat, smallest_volume, times, unit_value_of, usd,
};
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("factor_of_ten.rs")));

/// Neighbours looked at on either side.
const NEIGHBOURS: usize = 2;

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let valued: Vec<&HalfFigure> = series.halves.iter().filter(|f| f.unit_value.is_some()).collect();
        for (at, figure) in valued.iter().enumerate() {
            if figure.carats < context.settings.factor_ten_minimum {
                continue;
            }
            let from = at.saturating_sub(NEIGHBOURS);
            let neighbours: Vec<&HalfFigure> = valued
                .iter()
                .enumerate()
                .skip(from)
                .take(at - from + NEIGHBOURS + 1)
                .filter(|(other, _)| *other != at)
                .map(|(_, f)| *f)
                .collect();
            signals.extend(signal(context, series, figure, &neighbours));
        }
    }
    signals
}

/// The power of ten a unit value is off by, if it is near one.
fn power(context: &Context<'_>, unit_value: UsdCents, usual: UsdCents) -> Option<i32> {
    let log = libm::log10(float(unit_value.cents()) / float(usual.cents()));
    let near = libm::log10(context.settings.factor_ten_tolerance);
    [-2_i32, -1, 1, 2].into_iter().find(|p| libm::fabs(log - f64::from(*p)) <= near)
}

fn signal(
    context: &Context<'_>,
    series: &ParticipantSeries,
    figure: &HalfFigure,
    neighbours: &[&HalfFigure],
) -> Option<Signal> {
    if neighbours.len() < 2 {
        return None;
    }
    let unit_value = figure.unit_value?;
    let mut values: Vec<UsdCents> = neighbours.iter().filter_map(|f| f.unit_value).collect();
    values.sort_unstable();
    // Neighbours that do not agree among themselves are no measure of anything.
    let (least, most) = (values.first().copied()?, values.last().copied()?);
    if float(most.cents()) > float(least.cents()) * context.settings.factor_ten_neighbours {
        return None;
    }
    let usual = values.get(values.len() / 2).copied()?;
    let power = power(context, unit_value, usual)?;
    let name = series.name.as_str();
    let mended = whole(libm::round(float(figure.value.cents()) / libm::pow(10.0, f64::from(power))));
    let at_stake = UsdCents::from_cents(figure.value.cents().saturating_sub(mended).saturating_abs());
    let mended = UsdCents::from_cents(mended);
    Some(Signal {
        doc: &DOC,
        kind: Kind::UnitValue,
        role: Role::Year(figure.half.year),
        participant: series.participant,
        severity: Severity::Urgent,
        periods: std::iter::once(figure)
            .chain(neighbours.iter().copied())
            .map(|f| Period::Half(f.half))
            .collect(),
        carats_at_stake: figure.carats,
        value_at_stake: at_stake,
        beyond: 1.0 + f64::from(power.abs()),
        direction: None,
        undoes_year_before: false,
        title: sentence!(
            "found-ten-title",
            "{name} {half}: {value}, {ratio} its neighbours",
            name = name,
            half = figure.half,
            value = per_carat(Some(unit_value)),
            ratio = times(unit_value.cents(), usual.cents()),
        ),
        question: sentence!(
            "found-ten-question",
            "Has a decimal point moved in the carats or in the US$ that {name} declared for {half}?",
            name = name,
            half = figure.half,
        ),
        arithmetic: arithmetic(figure, neighbours, unit_value, usual, power, mended),
        thresholds: vec![
            Threshold::ours(
                sentence!("found-ten-near", "nearness to 10, 100, 1/10 or 1/100"),
                within(context.settings.factor_ten_tolerance),
            ),
            Threshold::ours(
                sentence!("found-ten-neighbours", "neighbours among themselves"),
                within(context.settings.factor_ten_neighbours),
            ),
            Threshold::ours(smallest_volume(), ct(context.settings.factor_ten_minimum)),
        ],
        evidence: std::iter::once(figure).chain(neighbours.iter().copied()).flat_map(evidence).collect(),
    })
}

fn within(limit: f64) -> Sentence {
    sentence!("found-within", "within {limit}", limit = factor(limit))
}

fn arithmetic(
    figure: &HalfFigure,
    neighbours: &[&HalfFigure],
    unit_value: UsdCents,
    usual: UsdCents,
    power: i32,
    mended: UsdCents,
) -> Vec<ArithmeticLine> {
    let ratio = times(unit_value.cents(), usual.cents());
    vec![
        ArithmeticLine::new(
            unit_value_of(figure.half),
            format!("US$ {} / {} ct", figure.value.grouped(), figure.carats.grouped()),
            per_carat(Some(unit_value)),
        ),
        ArithmeticLine::new(
            sentence!("found-ten-median", "median of its neighbours"),
            list(&neighbours.iter().map(|f| in_half(per_carat(f.unit_value), f.half)).collect::<Vec<_>>()),
            per_carat(Some(usual)),
        ),
        ArithmeticLine::new(
            sentence!("found-ten-against", "against its neighbours"),
            format!("{} / {}", unit_value.grouped(), usual.grouped()),
            ratio,
        ),
        ArithmeticLine::new(
            sentence!("found-ten-mended", "value if a decimal point of the US$ has moved"),
            format!("US$ {} {}", figure.value.grouped(), factor_of(power)),
            usd(mended),
        ),
    ]
}

fn factor_of(power: i32) -> String {
    let ten = if power.abs() == 2 { "100" } else { "10" };
    if power > 0 { format!("/ {ten}") } else { format!("x {ten}") }
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_when_a_zero_too_many_was_typed() {
        let rows = steady_world(2009).half("XA", 2008, 1, "50123.45", "50123450.00");
        assert_eq!(findings(&rows, "factor_of_ten"), ["factor_of_ten:XA:2008-H1"]);
    }

    #[test]
    fn is_silent_at_five_times() {
        let rows = steady_world(2009).half("XA", 2008, 1, "50123.45", "25061725.00");
        assert_eq!(findings(&rows, "factor_of_ten"), [""; 0]);
    }
}
