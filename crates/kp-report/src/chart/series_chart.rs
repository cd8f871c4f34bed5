//! One measure of one participant, or of the world, over the halves: bars for amounts, a line for a price.
//!
//! A nil return, a missing one and one not yet due look different; a half without a figure is a gap, never a zero.

use kp_statistics::series::ReturnState;
use kp_terms::Half;

use super::frame::Frame;
use super::marks::{self, LANE, Mark};
use super::scale::Scale;
use super::svg::{Drawing, Naming, Path};
use crate::setting::Setting;

/// One half of a series.
#[derive(Debug, Clone)]
pub struct Point {
    /// Which.
    pub half: Half,
    /// Hundredths of a carat, cents, or cents per carat; none is a gap.
    pub amount: Option<i64>,
    /// The figure with its unit, or why there is none.
    pub says: String,
    /// Whether and how it was returned; none for sums.
    pub state: Option<ReturnState>,
    /// Returns are still coming in.
    pub open: bool,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// From zero.
    Bars,
    /// From zero, or logarithmic where the figures span far; broken at gaps.
    Line,
}

/// How large a drawing is, in units that are pixels when it is shown in its natural size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// In a row of three, or alone on a phone.
    Column,
    /// Beside a finding.
    Aside,
}

impl Size {
    const fn width_and_height(self) -> (f64, f64) {
        match self {
            Self::Column => (360.0, 128.0),
            Self::Aside => (360.0, 112.0),
        }
    }
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct SeriesChart<'a> {
    /// What the drawing is called: `Guinea: carats`.
    pub title: &'a str,
    /// Class that gives its colour.
    pub class: &'a str,
    /// The points, every half of the span.
    pub points: &'a [Point],
    /// Findings to mark.
    pub marks: &'a [Mark],
    /// Bars or a line.
    pub drawn: Drawn,
    /// How large.
    pub size: Size,
    /// Lanes for numbers to leave room for at least, so that charts side by side begin at one height.
    pub lanes: usize,
    /// In which language it is described.
    pub setting: Setting,
}

/// Room for the figures of the axis, on the left.
const LEFT: f64 = 40.0;
const BELOW: f64 = 20.0;

/// Whether the chart of these points has a logarithmic axis, so that its caption can say so.
pub(crate) fn is_logarithmic(points: &[Point], drawn: Drawn) -> bool {
    scale_of(points, drawn).0.is_logarithmic()
}

/// Draws one series.
pub fn series_chart(chart: &SeriesChart<'_>) -> String {
    let (width, height) = chart.size.width_and_height();
    let lanes = chart.lanes.max(lanes_needed(chart.points, chart.marks));
    let above = 8.0 + LANE * lanes as f64;
    let frame = frame_at(above, chart.size, chart.points);
    let (placed, _) = marks::place(chart.marks, &frame);
    let (scale, ticks) = scale_of(chart.points, chart.drawn);
    let description = describe(chart, &scale);
    let naming = Naming { title: chart.title, description: &description };

    let mut drawing = Drawing::new(width, above + height + BELOW);
    drawing.open_picture(&naming);
    drawing.open(chart.class);
    frame.draw(&mut drawing, &scale, &ticks);
    let y_of = |n: usize| match chart.points.get(n).and_then(|p| p.amount) {
        Some(amount) if amount > 0 => frame.y(&scale, amount) - 2.0,
        _ => frame.bottom() - 8.0,
    };
    marks::draw_leaders(&mut drawing, &placed, &frame, y_of);
    if chart.drawn == Drawn::Line {
        draw_line(&mut drawing, chart.points, &frame, &scale);
    }
    for (n, point) in chart.points.iter().enumerate() {
        draw_point(&mut drawing, chart, (n, point), &frame, &scale);
    }
    drawing.close();
    drawing.close();
    marks::draw_numbers(&mut drawing, &placed, &frame);
    if chart.marks.is_empty() { drawing.finish_picture(&naming) } else { drawing.finish_group(&naming) }
}

/// How many lanes the numbers of these marks need.
pub(crate) fn lanes_needed(points: &[Point], marks: &[Mark]) -> usize {
    marks::place(marks, &frame_at(0.0, Size::Column, points)).1
}

fn frame_at(above: f64, size: Size, points: &[Point]) -> Frame {
    let (width, height) = size.width_and_height();
    let halves: Vec<Half> = points.iter().map(|p| p.half).collect();
    Frame::new([LEFT, above, width - LEFT - 6.0, height], &halves)
}

fn scale_of(points: &[Point], drawn: Drawn) -> (Scale, Vec<i64>) {
    let amounts: Vec<i64> = points.iter().filter_map(|p| p.amount).collect();
    match drawn {
        Drawn::Bars => Scale::from_zero(amounts.iter().copied().max().unwrap_or(0)),
        Drawn::Line => Scale::for_line(&amounts),
    }
}

fn draw_point(
    drawing: &mut Drawing,
    chart: &SeriesChart<'_>,
    (n, point): (usize, &Point),
    frame: &Frame,
    scale: &Scale,
) {
    if matches!(point.state, Some(ReturnState::NotExpected)) {
        return;
    }
    let flagged = flag(chart.marks, point.half);
    let open = if point.open { " open" } else { "" };
    let (middle, bottom) = (frame.middle(n), frame.bottom());
    drawing.open_titled(&format!("{}: {}", point.half, point.says));
    drawing.rect("hit", [frame.x(n), frame.top, frame.step(), frame.height]);
    match (point.amount.filter(|a| *a > 0), chart.drawn) {
        (Some(amount), Drawn::Bars) => {
            let (width, y) = (frame.step() * 0.76, frame.y(scale, amount));
            // Even the smallest amount is seen to be more than nothing.
            let height = (bottom - y).max(0.7);
            drawing
                .rect(&format!("bar{flagged}{open}"), [middle - width / 2.0, bottom - height, width, height]);
        }
        (Some(amount), Drawn::Line) => {
            let radius = match flagged {
                "" => 1.6,
                " habit" => 2.3,
                _ => 3.0,
            };
            drawing.circle(&format!("dot{flagged}"), (middle, frame.y(scale, amount)), radius);
        }
        (None, _) => {}
    }
    draw_state(drawing, point, (middle, bottom - 4.0));
    drawing.close();
}

/// Nil is a small ring, missing a cross, a contradiction a diamond: three shapes, not only three colours.
fn draw_state(drawing: &mut Drawing, point: &Point, (x, y): (f64, f64)) {
    match point.state {
        Some(ReturnState::Nil) => drawing.circle("nil", (x, y), 1.9),
        Some(ReturnState::Missing) => {
            let cross = Path::default().jump((x - 2.2, y - 2.2)).to((x + 2.2, y + 2.2));
            drawing.path("missing", &cross.jump((x - 2.2, y + 2.2)).to((x + 2.2, y - 2.2)));
        }
        Some(ReturnState::Contradictory) => {
            let corners = [(x + 3.0, y), (x, y + 3.0), (x - 3.0, y), (x, y - 3.0)];
            let diamond = Path::default().jump((x, y - 3.0));
            drawing.path("contradictory", &corners.into_iter().fold(diamond, Path::to));
        }
        _ => {}
    }
}

/// The line, broken wherever a half has no figure.
fn draw_line(drawing: &mut Drawing, points: &[Point], frame: &Frame, scale: &Scale) {
    let mut path = Path::default();
    let mut before = false;
    for (n, point) in points.iter().enumerate() {
        let place = point.amount.filter(|a| *a > 0).map(|a| (frame.middle(n), frame.y(scale, a)));
        path = match place {
            Some(at) if before => path.to(at),
            Some(at) => path.jump(at),
            None => path,
        };
        before = place.is_some();
    }
    if !path.is_empty() {
        drawing.path("line", &path);
    }
}

/// The class of a half that a finding asks about.
fn flag(marks: &[Mark], half: Half) -> &'static str {
    let any = |halves: fn(&Mark) -> &Vec<Half>| marks.iter().any(|mark| halves(mark).contains(&half));
    match (any(|mark| &mark.halves), any(|mark| &mark.habit)) {
        (true, _) => " flagged",
        (false, true) => " habit",
        (false, false) => "",
    }
}

fn describe(chart: &SeriesChart<'_>, scale: &Scale) -> String {
    let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) else {
        return chart.setting.t("report-no-figures");
    };
    let with_amount = || chart.points.iter().filter(|p| p.amount.is_some_and(|a| a > 0));
    let highest = with_amount().max_by_key(|p| (p.amount, std::cmp::Reverse(p.half)));
    let setting = chart.setting;
    let (first, last) = (first.half.to_string(), last.half.to_string());
    let mut parts = vec![setting.with("report-described-halves", &[("first", &first), ("last", &last)])];
    parts.push(match highest {
        Some(point) => setting
            .with("report-described-highest", &[("figure", &point.says), ("half", &point.half.to_string())]),
        None => setting.t("report-described-none"),
    });
    if scale.is_logarithmic() {
        parts.push(setting.t("report-described-log"));
    }
    if !chart.marks.is_empty() {
        parts.push(setting.count("report-described-marks", chart.marks.len()));
    }
    format!("{}.", parts.join("; "))
}

#[cfg(test)]
#[path = "series_chart_tests.rs"]
mod tests;
