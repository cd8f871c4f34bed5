//! Charts as SVG: pure functions from figures to text, without scripts, fonts or colours of their own.
//!
//! Colours come from the classes of `style/chart.css`, so that dark screens and paper work. Floats stand here for
//! places on the drawing only; every figure that a person reads was written from whole hundredths or cents.

mod calendar_chart;
mod figure_text;
mod frame;
mod marks;
mod measure;
mod scale;
mod series_chart;
mod small_multiple;
mod svg;
mod ticks;
mod world_chart;

pub use calendar_chart::{CalendarGroup, CalendarSize, calendar_chart};
pub use figure_text::{compact, grouped_hundredths};
pub use marks::{Mark, marks_on};
pub use measure::Measure;
pub use series_chart::{Drawn, Point, SeriesChart, Size, series_chart};
pub(crate) use series_chart::{is_logarithmic, lanes_needed};
pub use small_multiple::small_multiple;
pub use world_chart::{WorldParts, WorldSize, world_chart};
