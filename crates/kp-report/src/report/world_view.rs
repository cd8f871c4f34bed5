//! The world as the page shows it.

use kp_statistics::series::ProductionSeries;

use crate::chart::{Measure, WorldParts, WorldSize, world_chart};
use crate::figure::{legend_square, world_figure};

pub(super) struct WorldView {
    pub(super) desk: String,
    pub(super) phone: String,
    pub(super) legend: Vec<(String, String)>,
    pub(super) figures: Vec<String>,
}

impl WorldView {
    /// Nothing where no real participant declared a carat.
    pub(super) fn of(series: &ProductionSeries) -> Option<Self> {
        if series.world_years.iter().all(|y| y.carats.is_zero()) {
            return None;
        }
        let parts = WorldParts::of(series);
        // A legend is read from above, as the bars are looked at.
        let legend =
            parts.legend().into_iter().rev().map(|(name, class)| (legend_square(&class), name)).collect();
        Some(Self {
            desk: world_chart(&parts, WorldSize::Desk),
            phone: world_chart(&parts, WorldSize::Phone),
            legend,
            figures: Measure::ALL.map(|measure| world_figure(&series.world_halves, measure)).to_vec(),
        })
    }
}
