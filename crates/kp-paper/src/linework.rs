//! Line-work: a woven border and a rosette, drawn as curves, so that a plain copy of a sheet looks plain.
//!
//! It is ornament. It never lies under a symbol, it is pale under texts, and it secures nothing that paper and printing
//! of a security printer would: see the layout's pre-printed stock for these. Sines come from `libm`, so that every
//! machine draws the same bytes.

use std::f32::consts::{PI, TAU};

use crate::{
    area::{Area, POINTS},
    colour::Colour,
    page::{Drawing, Page, Role, Step, Thing},
};

/// The woven band between the margin and `band` millimetres further in.
pub(crate) fn border(page: &mut Page, margin: f32, band: f32, ink: Colour, accent: Colour) {
    let outer = Area::new(margin, margin, page.size.0 - 2.0 * margin, page.size.1 - 2.0 * margin);
    let inner = outer.grown(-band);
    for (area, width) in [(outer, 0.9), (outer.grown(-0.7), 0.3), (inner.grown(0.7), 0.3), (inner, 0.6)] {
        frame(page, area, ink, width);
    }
    for strand in 0..STRANDS {
        let colour = if strand % 2 == 0 { ink.tint(70) } else { accent };
        let mut steps = Vec::new();
        for side in sides(&outer, band) {
            steps.extend(weave(&side, band, strand));
        }
        push(page, steps, colour, 0.28, outer);
    }
    for (x, y) in [
        (outer.x, outer.y),
        (inner.right(), outer.y),
        (outer.x, inner.bottom()),
        (inner.right(), inner.bottom()),
    ] {
        let corner = Area::new(x, y, band, band);
        frame(page, corner, ink, 0.5);
        flower(page, &corner, ink, accent);
    }
}

/// Plain double lines where a layout wants no woven band.
pub(crate) fn double_lines(page: &mut Page, margin: f32, band: f32, ink: Colour, accent: Colour) {
    let outer = Area::new(margin, margin, page.size.0 - 2.0 * margin, page.size.1 - 2.0 * margin);
    frame(page, outer, ink, 1.4);
    frame(page, outer.grown(-band), accent, 0.4);
}

/// A pale rosette around a point.
pub(crate) fn rosette(page: &mut Page, middle: (f32, f32), radius: f32, ink: Colour, accent: Colour) {
    let area = Area::new(middle.0 - radius, middle.1 - radius, 2.0 * radius, 2.0 * radius);
    for turn in 0..12_u8 {
        let phase = f32::from(turn) * TAU / 12.0;
        let colour = if turn % 2 == 0 { accent.tint(34) } else { ink.tint(14) };
        ring(page, middle, radius, (0.76, 0.22, 12.0), phase, (colour, 0.3), area);
    }
    for turn in 0..8_u8 {
        let phase = f32::from(turn) * TAU / 8.0;
        let colour = if turn % 2 == 0 { ink.tint(16) } else { accent.tint(40) };
        ring(page, middle, radius, (0.36, 0.14, 8.0), phase, (colour, 0.3), area);
    }
}

const STRANDS: u8 = 6;
/// Length of one wave of the border, in millimetres.
const WAVE: f32 = 10.0;

/// Where a side runs: its start, its direction as a unit vector, its length; millimetres.
struct Side {
    start: (f32, f32),
    along: (f32, f32),
    length: f32,
}

fn sides(outer: &Area, band: f32) -> [Side; 4] {
    let (half, across, down) = (band / 2.0, outer.width - 2.0 * band, outer.height - 2.0 * band);
    let side = |x: f32, y: f32, along, length| Side { start: (outer.x + x, outer.y + y), along, length };
    [
        side(band, half, (1.0, 0.0), across),
        side(band, outer.height - half, (1.0, 0.0), across),
        side(half, band, (0.0, 1.0), down),
        side(outer.width - half, band, (0.0, 1.0), down),
    ]
}

fn weave(side: &Side, band: f32, strand: u8) -> Vec<Step> {
    let waves = (side.length / WAVE).round().max(1.0);
    let phase = f32::from(strand) * TAU / f32::from(STRANDS);
    let reach = band / 2.0 - 1.05;
    let at = |t: f32| {
        let swell = 0.72 + 0.28 * libm::cosf(t * waves * PI);
        let off = reach * swell * libm::sinf(t * waves * TAU + phase);
        let (along, (dx, dy)) = (t * side.length, side.along);
        ((side.start.0 + along * dx + off * dy) * POINTS, (side.start.1 + along * dy + off * dx) * POINTS)
    };
    through(at, steps_of(waves * 4.0), false)
}

fn flower(page: &mut Page, corner: &Area, ink: Colour, accent: Colour) {
    let (middle, radius) =
        ((corner.x + corner.width / 2.0, corner.y + corner.height / 2.0), corner.width / 2.0 - 0.7);
    for turn in 0..3_u8 {
        let phase = f32::from(turn) * TAU / 3.0;
        let colour = if turn == 1 { accent } else { ink.tint(70) };
        ring(page, middle, radius, (0.62, 0.36, 8.0), phase, (colour, 0.28), *corner);
    }
}

/// A closed wavy ring: radius `r (base + swing cos(petals t + phase))`.
fn ring(
    page: &mut Page,
    middle: (f32, f32),
    radius: f32,
    (base, swing, petals): (f32, f32, f32),
    phase: f32,
    (colour, width): (Colour, f32),
    area: Area,
) {
    let at = |t: f32| {
        let angle = t * TAU;
        let r = radius * (base + swing * libm::cosf(petals * angle + phase));
        ((middle.0 + r * libm::cosf(angle)) * POINTS, (middle.1 + r * libm::sinf(angle)) * POINTS)
    };
    push(page, through(at, steps_of(petals * 8.0), true), colour, width, area);
}

/// A smooth curve through samples of a function of 0..1 (cubic Hermite, written as Bézier curves).
fn through(at: impl Fn(f32) -> (f32, f32), count: u16, closed: bool) -> Vec<Step> {
    const NEAR: f32 = 1e-3;
    let step = 1.0 / f32::from(count);
    let slope = |t: f32| {
        let ((x1, y1), (x2, y2)) = (at(t - NEAR), at(t + NEAR));
        ((x2 - x1) / (2.0 * NEAR) * step / 3.0, (y2 - y1) / (2.0 * NEAR) * step / 3.0)
    };
    let (x, y) = at(0.0);
    let mut steps = vec![Step::Move(rounded(x), rounded(y))];
    for sample in 0..count {
        let (from, to) = (f32::from(sample) * step, f32::from(sample + 1) * step);
        let ((x1, y1), (x2, y2)) = (at(from), at(to));
        let ((a, b), (c, d)) = (slope(from), slope(to));
        steps.push(Step::Curve([x1 + a, y1 + b, x2 - c, y2 - d, x2, y2].map(rounded)));
    }
    if closed {
        steps.push(Step::Close);
    }
    steps
}

/// A hundredth of a point is finer than any printer, and shorter to write.
fn rounded(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast to u16 saturates, which is meant"
)]
fn steps_of(samples: f32) -> u16 {
    samples.max(4.0) as u16
}

fn frame(page: &mut Page, area: Area, colour: Colour, width: f32) {
    // The band does not move with an offset for stock: it is only drawn where there is none.
    let [left, top, right, bottom] = [area.x, area.y, area.right(), area.bottom()].map(|edge| edge * POINTS);
    let steps = vec![
        Step::Move(left, top),
        Step::Line(right, top),
        Step::Line(right, bottom),
        Step::Line(left, bottom),
        Step::Close,
    ];
    push(page, steps, colour, width, area);
}

fn push(page: &mut Page, steps: Vec<Step>, colour: Colour, width: f32, area: Area) {
    page.things.push(Thing::Drawing(Drawing {
        steps,
        fill: None,
        stroke: Some((colour, width, Vec::new())),
        role: Role::Ornament,
        area,
    }));
}
