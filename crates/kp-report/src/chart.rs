//! Charts as SVG: pure functions from figures to text, without scripts, fonts or colours of their own.
//!
//! Colours come from the classes of `style/chart.css`, so that dark screens and paper work. Floats stand here for
//! places on the drawing only; every figure that a person reads was written from whole hundredths or cents.

mod band_chart;
mod calendar_chart;
mod figure_text;
mod frame;
mod map_chart;
mod marks;
mod matrix_chart;
mod measure;
mod sankey_chart;
mod scale;
mod series_chart;
mod small_multiple;
mod sparkline;
mod stamp;
mod svg;
mod ticks;
mod world_chart;

pub use band_chart::{BandChart, BandPoint, band_chart};
pub use calendar_chart::{CalendarGroup, CalendarSize, calendar_chart};
pub use figure_text::{compact, grouped_hundredths};
pub use map_chart::{Bubble, Flow, WorldMap, map_chart};
pub use marks::{Mark, marks_on};
pub use matrix_chart::{Matrix, MatrixCell, Nearness, matrix_chart};
pub use measure::Measure;
pub use sankey_chart::{Sankey, sankey_chart};
pub use series_chart::{Drawn, Point, SeriesChart, Size, series_chart};
pub(crate) use series_chart::{is_logarithmic, lanes_needed};
pub use small_multiple::small_multiple;
pub use sparkline::sparkline;
pub use stamp::{Stamp, stamp};
pub use world_chart::{WorldParts, WorldSize, world_chart};
