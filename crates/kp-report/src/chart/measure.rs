//! What a participant's chart shows: carats, value, or unit value.

use kp_statistics::series::{HalfFigure, ParticipantSeries, WorldHalf};
use kp_terms::UsdCents;

use super::series_chart::{Drawn, Point};
use crate::setting::Setting;
use crate::words::why_no_figure;

/// A measure of declared production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Carats a half.
    Carats,
    /// US$ a half.
    Value,
    /// US$ per carat.
    UnitValue,
}

impl Measure {
    /// The three of them, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Carats, Self::Value, Self::UnitValue];

    /// The text that is the title of its chart.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Carats => "report-carats",
            Self::Value => "report-value",
            Self::UnitValue => "report-unit-value",
        }
    }

    /// The text that says the unit, as it stands under the title.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Carats => "report-carats-unit",
            Self::Value => "report-value-unit",
            Self::UnitValue => "report-unit-value-unit",
        }
    }

    /// The class that gives its colour.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Carats => "carats",
            Self::Value => "value",
            Self::UnitValue => "unit",
        }
    }

    /// Amounts that add up are bars; a price is a line.
    pub const fn drawn(self) -> Drawn {
        match self {
            Self::Carats | Self::Value => Drawn::Bars,
            Self::UnitValue => Drawn::Line,
        }
    }

    /// The points of a participant's chart.
    pub fn points(self, series: &ParticipantSeries, setting: Setting) -> Vec<Point> {
        series.halves.iter().map(|figure| self.point(figure, setting)).collect()
    }

    /// The points of the world's chart.
    pub fn world_points(self, halves: &[WorldHalf], setting: Setting) -> Vec<Point> {
        let point = |w: &WorldHalf| {
            // The price of a few early returns is not the world's.
            let early = w.open && self == Self::UnitValue;
            let amount = self.amount(w.carats.hundredths(), w.value.cents(), w.unit_value.filter(|_| !early));
            let figure = self.says(amount, setting);
            let says =
                if w.open { setting.with("report-still-open", &[("figure", &figure)]) } else { figure };
            Point { half: w.half, amount, says, state: None, open: w.open }
        };
        halves.iter().map(point).collect()
    }

    fn point(self, figure: &HalfFigure, setting: Setting) -> Point {
        let amount = figure
            .state
            .has_return()
            .then(|| self.amount(figure.carats.hundredths(), figure.value.cents(), figure.unit_value))
            .flatten();
        let says =
            why_no_figure(figure.state).map_or_else(|| self.says(amount, setting), |key| setting.t(key));
        Point { half: figure.half, amount, says, state: Some(figure.state), open: false }
    }

    fn amount(self, carats: i64, value: i64, unit_value: Option<UsdCents>) -> Option<i64> {
        match self {
            Self::Carats => Some(carats),
            Self::Value => Some(value),
            Self::UnitValue => unit_value.map(UsdCents::cents),
        }
    }

    fn says(self, amount: Option<i64>, setting: Setting) -> String {
        let Some(amount) = amount else { return setting.t("report-no-figure") };
        let figure = super::grouped_hundredths(amount);
        match self {
            Self::Carats => format!("{figure} ct"),
            Self::Value => format!("US$ {figure}"),
            Self::UnitValue => format!("{figure} US$/ct"),
        }
    }

    /// Whether a detector looks at this measure; one that is not known here is shown on every chart. The value is carats
    /// times their price, so it shows what either of them did.
    pub(super) fn is_seen_by(self, detector: &str) -> bool {
        match detector {
            "production_surge" | "production_collapse" => self != Self::UnitValue,
            "unit_value_shift" => self != Self::Carats,
            "administered_unit_value" => self == Self::UnitValue,
            "carats_without_value" => self == Self::Value,
            "production_outside_capacity"
            | "round_quantity"
            | "duplicated_carats"
            | "exports_above_capacity"
            | "contradictory_declarations"
            | "missing_return"
            | "late_return" => self == Self::Carats,
            _ => true,
        }
    }
}
