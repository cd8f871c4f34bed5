//! Findings marked on a chart: which halves, under which number, and where the numbers lie so that none hides another.

use kp_detect::finding::Finding;
use kp_terms::{Half, Period};

use super::frame::Frame;
use super::measure::Measure;
use super::svg::{Drawing, Path};
use crate::setting::Setting;

/// Height of a number's lane above the plot.
pub(super) const LANE: f64 = 17.0;
const PILL_HEIGHT: f64 = 13.0;

/// A finding on a chart.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Its place in the list, which is the number shown.
    pub number: usize,
    /// Where it is explained.
    pub href: String,
    /// What it says, shown under the pointer.
    pub title: String,
    /// The halves that moved.
    pub halves: Vec<Half>,
    /// The halves of a habit, such as a round unit value: marked more softly, because there are many.
    pub habit: Vec<Half>,
    /// Drawn filled: the finding that the chart belongs to.
    pub emphasised: bool,
}

/// The findings that a measure's chart shows; `findings` come with their place in the list.
pub fn marks_on<'a>(
    measure: Measure,
    findings: impl IntoIterator<Item = (usize, &'a Finding)>,
    emphasised: Option<usize>,
    setting: Setting,
) -> Vec<Mark> {
    findings
        .into_iter()
        .map(|(number, finding)| {
            let (halves, habit) = halves(measure, finding);
            Mark {
                number,
                href: (setting.finding)(finding),
                title: setting.with(
                    "report-mark",
                    &[("number", &number.to_string()), ("title", &setting.texts.sentence(&finding.title))],
                ),
                halves,
                habit,
                emphasised: emphasised == Some(number),
            }
        })
        .filter(|mark| !mark.halves.is_empty() || !mark.habit.is_empty())
        .collect()
}

/// The halves asked about by those parts of the finding that look at this measure: those that moved, and those of a
/// habit. What only takes the movement back a year later is told in words, not marked.
fn halves(measure: Measure, finding: &Finding) -> (Vec<Half>, Vec<Half>) {
    let year = |periods: &[Period]| periods.first().map(|p| p.last_day().year());
    let lead = (finding.detector.as_str(), finding.periods.as_slice());
    let support = finding
        .supporting
        .iter()
        .map(|s| (s.detector.as_str(), s.periods.as_slice()))
        .filter(|(_, periods)| year(periods) == year(&finding.periods));
    let (mut moved, mut habit) = (Vec::new(), Vec::new());
    for (detector, periods) in [lead].into_iter().chain(support).filter(|(d, _)| measure.is_seen_by(d)) {
        if is_habit(detector) {
            habit.extend(periods.iter().flat_map(|p| halves_of(*p)));
        } else {
            // A change names the period asked about first, then those it is compared with.
            moved.extend(periods.iter().take(1).flat_map(|p| halves_of(*p)));
        }
    }
    for halves in [&mut moved, &mut habit] {
        halves.sort_unstable();
        halves.dedup();
    }
    (moved, habit)
}

/// Whether a detector asks about all its periods alike.
fn is_habit(detector: &str) -> bool {
    matches!(
        detector,
        "administered_unit_value" | "round_quantity" | "duplicated_carats" | "missing_return" | "late_return"
    )
}

fn halves_of(period: Period) -> Vec<Half> {
    match period {
        Period::Half(half) => vec![half],
        Period::Year(year) => vec![Half { year, half: 1 }, Half { year, half: 2 }],
        Period::Quarter(_) => vec![Half::of(period.last_day())],
    }
}

/// A mark with its place: the middle of its latest halves, and the lane above the plot.
pub(super) struct Placed<'a> {
    mark: &'a Mark,
    x: f64,
    lane: usize,
    /// The half that the leader points at.
    pub(super) at: usize,
}

/// Gives every mark a lane in which it does not touch another. The number of lanes comes back too.
pub(super) fn place<'a>(marks: &'a [Mark], frame: &Frame) -> (Vec<Placed<'a>>, usize) {
    let mut placed: Vec<Placed<'a>> = Vec::new();
    for mark in marks {
        let asked = if mark.halves.is_empty() { &mark.habit } else { &mark.halves };
        let on_axis: Vec<usize> = asked.iter().filter_map(|h| frame.place(*h)).collect();
        let Some(&last) = on_axis.last() else { continue };
        // Two halves of one year are pointed at in the middle; a habit at its latest half.
        let paired = last > 0 && on_axis.contains(&(last - 1)) && on_axis.len() == 2;
        let x = if paired { frame.x(last) } else { frame.middle(last) };
        placed.push(Placed { mark, x, lane: 0, at: last });
    }
    placed.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.mark.number.cmp(&b.mark.number)));
    let mut ends: Vec<f64> = Vec::new();
    for p in &mut placed {
        let half_width = pill_width(p.mark.number) / 2.0;
        p.lane = ends.iter().position(|end| *end + 1.5 <= p.x - half_width).unwrap_or(ends.len());
        let end = p.x + half_width;
        match ends.get_mut(p.lane) {
            Some(lane) => *lane = end,
            None => ends.push(end),
        }
    }
    (placed, ends.len())
}

/// Leaders from the numbers down to the figures.
pub(super) fn draw_leaders(
    drawing: &mut Drawing,
    placed: &[Placed<'_>],
    frame: &Frame,
    y_of: impl Fn(usize) -> f64,
) {
    for p in placed {
        let from = pill_top(frame, p.lane) + PILL_HEIGHT;
        let to = y_of(p.at).max(from);
        drawing.path("leader", &Path::default().jump((p.x, from)).to((p.x, to)));
    }
}

/// The numbers, each a link.
pub(super) fn draw_numbers(drawing: &mut Drawing, placed: &[Placed<'_>], frame: &Frame) {
    for p in placed {
        let (width, top) = (pill_width(p.mark.number), pill_top(frame, p.lane));
        let class = if p.mark.emphasised { "mark first" } else { "mark" };
        drawing.open_link(class, &p.mark.href, &p.mark.title);
        drawing.pill([p.x - width / 2.0, top, width, PILL_HEIGHT]);
        drawing.text("", (p.x, top + 9.7), &p.mark.number.to_string());
        drawing.close_link();
    }
}

fn pill_top(frame: &Frame, lane: usize) -> f64 {
    frame.top - 4.0 - LANE * (lane as f64 + 1.0) + (LANE - PILL_HEIGHT)
}

fn pill_width(number: usize) -> f64 {
    match number {
        0..10 => 13.0,
        10..100 => 17.0,
        100..1000 => 22.0,
        _ => 27.0,
    }
}
