//! The world as the page shows it.

use askama::Template;
use kp_statistics::series::ProductionSeries;

use super::participant_view as view;
use crate::chart::{Measure, WorldParts, WorldSize, world_chart};
use crate::figure::{legend_square, world_figure};
use crate::setting::Setting;

struct WorldView {
    desk: String,
    phone: String,
    legend: Vec<(String, String)>,
    figures: Vec<String>,
}

#[derive(Template)]
#[template(path = "report/world.html")]
struct Section<'a> {
    setting: Setting,
    world: WorldView,
    series: &'a ProductionSeries,
}

/// The world set out: carats by year and producer, the three measures half by half, the figures as tables. Nothing
/// where no real participant declared a carat.
pub fn world_section(series: &ProductionSeries, setting: Setting) -> Option<String> {
    if series.world_years.iter().all(|y| y.carats.is_zero()) {
        return None;
    }
    let parts = WorldParts::of(series);
    // A legend is read from above, as the bars are looked at.
    let legend =
        parts.legend(setting).into_iter().rev().map(|(name, class)| (legend_square(&class), name)).collect();
    let world = WorldView {
        desk: world_chart(&parts, WorldSize::Desk, setting),
        phone: world_chart(&parts, WorldSize::Phone, setting),
        legend,
        figures: Measure::ALL.map(|measure| world_figure(&series.world_halves, measure, setting)).to_vec(),
    };
    let section = Section { setting, world, series };
    Some(section.render().expect("because the template only writes texts that are already there"))
}
