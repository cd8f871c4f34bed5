//! round_quantity: the declared carats are whole thousands.
//!
//! Question: were the carats weighed and added up, or estimated?
//! Formula: a part (unlabelled, ASM or LSM) of a half whose carats are a whole multiple of 1,000.00.
//! Minimum data: a part of at least 10,000 ct; the habit is asked about from two halves on.
//! Thresholds (ours): multiples of 1,000 ct; 10,000 ct in the part; two halves.
//! Innocent explanations: a large producer reports in thousands of carats; the first half of a new participant was
//! estimated; figures were rounded when copied from a report.
//! An answer must contain: the carats as weighed, by mine or buying office; how artisanal output is counted; whether the
//! return will be restated.
//! Evidence: every row of the halves, with its place in the file.
//! Source: the public statistics carry two decimals; CD Annex III(c).

use std::sync::LazyLock;

use kp_statistics::series::{HalfFigure, ParticipantSeries};
use kp_terms::{Half, Sentence, sentence};

use super::super::context::Context;
use super::super::settings::Settings;
use super::super::signal::{Kind, Role, Signal, as_periods};
use super::super::words::{ct, evidence, habit_from, in_half, kind, short_list, smallest_volume};
use super::administered_unit_value::habit_beyond;
use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Severity, Threshold};

pub(crate) static DOC: LazyLock<DetectorDoc> =
    LazyLock::new(|| DetectorDoc::from_header(include_str!("round_quantity.rs")));

pub(crate) fn look(context: &Context<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for series in &context.series.participants {
        let seen: Vec<&HalfFigure> =
            series.halves.iter().filter(|f| has_round_part(context.settings, f)).collect();
        for of_year in seen.chunk_by(|a, b| a.half.year == b.half.year) {
            let year = of_year.first().map_or(0, |f| f.half.year);
            signals.extend(signal(context, series, of_year, Role::SupportOnly(year)));
        }
        if seen.len() >= context.settings.round_quantity_halves {
            signals.extend(signal(context, series, &seen, Role::Habit));
        }
    }
    signals
}

fn has_round_part(settings: &Settings, figure: &HalfFigure) -> bool {
    let step = settings.round_quantity.hundredths().max(1);
    figure.parts.iter().any(|p| p.carats >= settings.form_minimum && p.carats.hundredths() % step == 0)
}

fn signal(
    context: &Context<'_>,
    series: &ParticipantSeries,
    seen: &[&HalfFigure],
    role: Role,
) -> Option<Signal> {
    let largest = seen.iter().max_by_key(|f| (f.value, f.half))?;
    let halves: Vec<Half> = seen.iter().map(|f| f.half).collect();
    let figures: Vec<Sentence> = seen.iter().map(|f| in_half(ct(f.carats), f.half)).collect();
    let (name, settings) = (series.name.as_str(), context.settings);
    Some(Signal {
        doc: &DOC,
        kind: Kind::Form,
        role,
        participant: series.participant,
        severity: Severity::Note,
        periods: as_periods(&halves),
        carats_at_stake: largest.carats,
        value_at_stake: largest.value,
        beyond: habit_beyond(seen.len(), settings.round_quantity_halves),
        direction: None,
        undoes_year_before: false,
        title: sentence!(
            "found-round-title",
            "{name}: carats in whole thousands ({figures})",
            name = name,
            figures = short_list(&figures, 4),
        ),
        question: sentence!(
            "found-round-question",
            "Were the carats of {name} weighed and added up, or estimated?",
            name = name,
        ),
        arithmetic: seen
            .iter()
            .flat_map(|f| f.parts.iter().map(|p| (f.half, p)))
            .map(|(half, part)| {
                let rest = part.carats.hundredths() % settings.round_quantity.hundredths().max(1);
                ArithmeticLine::new(
                    Sentence::row([half.to_string().into(), kind(part.production_type)], ", "),
                    sentence!(
                        "found-round-rest",
                        "{carats}, remainder after thousands",
                        carats = ct(part.carats),
                    ),
                    kp_terms::Carats::from_hundredths(rest).grouped(),
                )
            })
            .collect(),
        thresholds: vec![
            Threshold::ours(
                sentence!("found-round-multiples", "carats are round at multiples of"),
                ct(settings.round_quantity),
            ),
            Threshold::ours(smallest_volume(), ct(settings.form_minimum)),
            Threshold::ours(habit_from(), settings.round_quantity_halves.to_string()),
        ],
        evidence: seen.iter().flat_map(|f| evidence(f)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{findings, steady_world};

    #[test]
    fn fires_on_two_halves_in_whole_thousands() {
        let rows = steady_world(2009).half("XA", 2008, 1, "51000.00", "5123456.78").half(
            "XA",
            2008,
            2,
            "49000.00",
            "4923456.78",
        );
        assert_eq!(findings(&rows, "round_quantity"), ["round_quantity:XA:2008-H1"]);
    }

    #[test]
    fn is_silent_on_weighed_carats() {
        assert_eq!(findings(&steady_world(2009), "round_quantity"), [""; 0]);
    }
}
