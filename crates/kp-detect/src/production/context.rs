//! What every detector is handed: the series, the thresholds, and each change against the same halves a year before
//! with the others' movement beside it. Like half is compared with like half, because most producers have seasons.

use kp_statistics::series::{HalfFigure, ParticipantSeries, ProductionSeries, unit_value};
use kp_terms::{Carats, Half, ParticipantCode, Period, UsdCents, sentence};

use super::CapacityBand;
use super::movement::{Movement, Movements, Usual};
use super::settings::Settings;
use super::words::{float, times_log, to_hundredths};
use crate::finding::ArithmeticLine;

/// What detectors look at.
pub(super) struct Context<'a> {
    pub series: &'a ProductionSeries,
    pub settings: &'a Settings,
    pub capacities: &'a [CapacityBand],
    carats: Movements,
    unit_values: Movements,
    carats_usual: Usual,
    unit_values_usual: Usual,
}

/// A year against the year before, over the halves that both have returns for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearChange<'a> {
    pub year: i16,
    /// Halves of both years, `(before, after)`.
    pub halves: Vec<(&'a HalfFigure, &'a HalfFigure)>,
    pub carats_before: Carats,
    pub carats_after: Carats,
    pub value_before: UsdCents,
    pub value_after: UsdCents,
}

/// What a movement is measured against: the fixed factor, or twice what is usual for the participant itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Yardstick {
    /// In logs.
    pub log: f64,
    /// Median size of the participant's other movements, in logs, where there are enough of them.
    pub usual: Option<f64>,
}

impl Yardstick {
    /// The line of arithmetic that shows it.
    pub(super) fn line(self, net: f64) -> ArithmeticLine {
        let usual = self.usual.map_or_else(
            || sentence!("found-usual-unknown", "its other years are too few to know what is usual for it"),
            |u| sentence!("found-usual", "its other movements are usually by {usual}", usual = times_log(u)),
        );
        ArithmeticLine::new(
            sentence!("found-against-yardstick", "measured against its yardstick"),
            sentence!(
                "found-yardstick-logs",
                "ln({net}) / ln({yardstick}); {usual}",
                net = times_log(net).replace("x ", ""),
                yardstick = times_log(self.log).replace("x ", ""),
                usual = usual,
            ),
            sentence!(
                "found-times",
                "{times} times",
                times = format!("{:.2}", float(to_hundredths(libm::fabs(net) / self.log)) / 100.0),
            ),
        )
    }
}

impl YearChange<'_> {
    /// Log ratio of carats; none where either side is nil.
    pub(super) fn log_ratio(&self) -> Option<f64> {
        log_ratio(self.carats_after.hundredths(), self.carats_before.hundredths())
    }

    pub(super) fn unit_value_before(&self) -> Option<UsdCents> {
        unit_value(self.carats_before, self.value_before)
    }

    pub(super) fn unit_value_after(&self) -> Option<UsdCents> {
        unit_value(self.carats_after, self.value_after)
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(
        series: &'a ProductionSeries,
        capacities: &'a [CapacityBand],
        settings: &'a Settings,
    ) -> Self {
        let carats = Movements::from_ratios(series.participants.iter().flat_map(|s| {
            year_changes(s)
                .into_iter()
                .filter(|c| c.carats_before >= settings.peer_minimum)
                .filter_map(|c| Some((Period::Year(c.year), s.participant, c.log_ratio()?)))
                .collect::<Vec<_>>()
        }));
        let unit_values = Movements::from_ratios(series.participants.iter().flat_map(|s| {
            half_changes(s)
                .filter(|(before, after)| before.carats.min(after.carats) >= settings.peer_minimum)
                .filter_map(|(before, after)| {
                    Some((Period::Half(after.half), s.participant, unit_value_log_ratio(before, after)?))
                })
                .collect::<Vec<_>>()
        }));
        let usual = Usual::default;
        let mut context = Self {
            series,
            settings,
            capacities,
            carats,
            unit_values,
            carats_usual: usual(),
            unit_values_usual: usual(),
        };
        context.carats_usual = context.usual_carats();
        context.unit_values_usual = context.usual_unit_values();
        context
    }

    /// Each participant's own movements of carats, net of the others'.
    fn usual_carats(&self) -> Usual {
        Usual::from_nets(self.series.participants.iter().flat_map(|s| {
            year_changes(s).into_iter().filter_map(|c| {
                let net = c.log_ratio()? - self.carats_movement(c.year, s.participant).log;
                Some((s.participant, Period::Year(c.year), net))
            })
        }))
    }

    /// Each participant's own movements of unit values, net of the others'.
    fn usual_unit_values(&self) -> Usual {
        Usual::from_nets(self.series.participants.iter().flat_map(|s| {
            half_changes(s)
                .filter(|(before, after)| before.carats.min(after.carats) >= self.settings.unit_value_minimum)
                .filter_map(|(before, after)| {
                    let movement = self.unit_value_movement(after.half, s.participant);
                    let net = unit_value_log_ratio(before, after)? - movement.log;
                    Some((s.participant, Period::Half(after.half), net))
                })
        }))
    }

    /// What a movement of carats is measured against.
    pub(super) fn carats_yardstick(&self, year: i16, participant: ParticipantCode) -> Yardstick {
        self.yardstick(self.carats_usual.without(
            participant,
            Period::Year(year),
            self.settings.usual_minimum,
        ))
    }

    /// What a movement of a unit value is measured against.
    pub(super) fn unit_value_yardstick(&self, half: Half, participant: ParticipantCode) -> Yardstick {
        self.yardstick(self.unit_values_usual.without(
            participant,
            Period::Half(half),
            self.settings.usual_minimum,
        ))
    }

    fn yardstick(&self, usual: Option<f64>) -> Yardstick {
        let twice = usual.map_or(0.0, |u| 2.0 * u);
        Yardstick { log: libm::fmax(libm::log(self.settings.yardstick_factor), twice), usual }
    }

    /// What the others' carats did from the year before to `year`.
    pub(super) fn carats_movement(&self, year: i16, participant: ParticipantCode) -> Movement {
        self.carats.without(Period::Year(year), participant, self.settings.peers_minimum)
    }

    /// What the others' unit values did from the same half a year before to `half`.
    pub(super) fn unit_value_movement(&self, half: Half, participant: ParticipantCode) -> Movement {
        self.unit_values.without(Period::Half(half), participant, self.settings.peers_minimum)
    }
}

/// Each half with a return and the same half a year before, if that has one too.
pub(super) fn half_changes(series: &ParticipantSeries) -> impl Iterator<Item = (&HalfFigure, &HalfFigure)> {
    series
        .halves
        .iter()
        .zip(series.halves.iter().skip(2))
        .filter(|(before, after)| before.state.has_return() && after.state.has_return())
}

/// Each year against the year before, over like halves.
pub(super) fn year_changes(series: &ParticipantSeries) -> Vec<YearChange<'_>> {
    let pairs: Vec<(&HalfFigure, &HalfFigure)> = half_changes(series).collect();
    pairs
        .chunk_by(|a, b| a.1.half.year == b.1.half.year)
        .map(|halves| YearChange {
            year: halves.first().map_or(0, |(_, after)| after.half.year),
            halves: halves.to_vec(),
            carats_before: Carats::from_hundredths(sum(halves.iter().map(|(b, _)| b.carats.hundredths()))),
            carats_after: Carats::from_hundredths(sum(halves.iter().map(|(_, a)| a.carats.hundredths()))),
            value_before: UsdCents::from_cents(sum(halves.iter().map(|(b, _)| b.value.cents()))),
            value_after: UsdCents::from_cents(sum(halves.iter().map(|(_, a)| a.value.cents()))),
        })
        .collect()
}

fn sum(numbers: impl Iterator<Item = i64>) -> i64 {
    numbers.fold(0, i64::saturating_add)
}

/// ln(after / before); none where either is zero or below.
pub(super) fn log_ratio(after: i64, before: i64) -> Option<f64> {
    (after > 0 && before > 0).then(|| libm::log(float(after) / float(before)))
}

/// ln of the ratio of unit values, from the unrounded ones; none where either has none.
pub(super) fn unit_value_log_ratio(before: &HalfFigure, after: &HalfFigure) -> Option<f64> {
    before.unit_value.and(after.unit_value)?;
    Some(
        log_ratio(after.value.cents(), before.value.cents())?
            - log_ratio(after.carats.hundredths(), before.carats.hundredths())?,
    )
}
