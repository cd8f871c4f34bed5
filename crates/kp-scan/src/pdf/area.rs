//! Areas filled into a grey raster: paths of straight pieces, by rows.

use crate::grey::Grey;

use super::Work;

/// Most points of one path; our sheets draw a symbol as one path of some thousands.
const MOST_POINTS: usize = 1_000_000;
/// Most edges met by rows while one path is filled.
const MOST_MET: usize = 4_000_000;

/// A transformation of the plane as PDF writes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    /// First `self`, then `then`.
    pub(super) fn then(self, then: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, then.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    pub(super) fn at(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    pub(super) fn inverse(self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        if area.abs() < 1e-9 || !area.is_finite() {
            return None;
        }
        let (a, b, c, d) = (d / area, -b / area, -c / area, a / area);
        Some(Self([a, b, c, d, -(e * a + f * c), -(e * b + f * d)]))
    }
}

/// A rectangle of pixels outside which nothing is painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clip {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Clip {
    pub(super) fn whole(raster: &Grey) -> Self {
        Self { left: 0.0, top: 0.0, right: raster.width as f64, bottom: raster.height as f64 }
    }

    /// What lies in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// The rectangle around these points.
    pub(super) fn around(points: impl Iterator<Item = (f64, f64)>) -> Self {
        let start = Self { left: f64::MAX, top: f64::MAX, right: f64::MIN, bottom: f64::MIN };
        points.fold(start, |clip, (x, y)| Self {
            left: clip.left.min(x),
            top: clip.top.min(y),
            right: clip.right.max(x),
            bottom: clip.bottom.max(y),
        })
    }
}

/// A path under construction, in pixels of the raster.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// Closed or not, all are filled as if closed.
    pieces: Vec<Vec<(f64, f64)>>,
    points: usize,
}

impl Path {
    pub(super) fn move_to(&mut self, to: (f64, f64)) {
        if self.points < MOST_POINTS {
            self.points += 1;
            self.pieces.push(vec![to]);
        }
    }

    pub(super) fn line_to(&mut self, to: (f64, f64)) {
        if self.points < MOST_POINTS
            && let Some(piece) = self.pieces.last_mut()
        {
            self.points += 1;
            piece.push(to);
        }
    }

    /// A curve as eight straight pieces: symbols with rounded modules stay readable.
    pub(super) fn curve_to(&mut self, one: (f64, f64), two: (f64, f64), to: (f64, f64)) {
        let Some(from) = self.last() else { return };
        for step in 1..=8 {
            let t = f64::from(step) / 8.0;
            let s = 1.0 - t;
            let on = |a: f64, b: f64, c: f64, d: f64| {
                s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
            };
            self.line_to((on(from.0, one.0, two.0, to.0), on(from.1, one.1, two.1, to.1)));
        }
    }

    pub(super) fn last(&self) -> Option<(f64, f64)> {
        self.pieces.last().and_then(|piece| piece.last()).copied()
    }

    /// Back to the beginning of the piece; what follows begins there too.
    pub(super) fn close(&mut self) {
        if let Some(first) = self.pieces.last().and_then(|piece| piece.first()).copied() {
            self.move_to(first);
        }
    }

    pub(super) fn extent(&self) -> Clip {
        Clip::around(self.pieces.iter().flatten().copied())
    }

    /// Paints the inside. Every pixel whose middle lies inside gets the ink's grey, weighed by its cover.
    pub(super) fn fill(
        &self,
        raster: &mut Grey,
        clip: &Clip,
        even_odd: bool,
        ink: (u8, f32),
        work: &mut Work,
    ) {
        let mut met = Vec::new();
        for piece in self.pieces.iter().filter(|piece| piece.len() > 1) {
            let ends = piece.iter().skip(1).chain(piece.first());
            for (from, to) in piece.iter().zip(ends) {
                if !edge(*from, *to, clip, &mut met) {
                    return;
                }
            }
        }
        if !work.take(met.len() as u64 * 4) {
            return;
        }
        met.sort_by(|one: &Met, other| one.row.cmp(&other.row).then(one.x.total_cmp(&other.x)));
        let mut winding = 0;
        let mut row = None;
        for pair in met.windows(2) {
            if row != Some(pair[0].row) {
                row = Some(pair[0].row);
                winding = 0;
            }
            winding += i32::from(pair[0].down);
            let inside = if even_odd { winding % 2 != 0 } else { winding != 0 };
            if inside && pair[0].row == pair[1].row {
                let (from, to) = (pair[0].x.max(clip.left), pair[1].x.min(clip.right));
                if !span(raster, pair[0].row, from, to, ink, work) {
                    return;
                }
            }
        }
    }
}

/// Where an edge meets the middle of a row of pixels.
struct Met {
    row: u32,
    x: f64,
    down: i8,
}

/// Notes where an edge meets rows; false when there are too many.
fn edge(from: (f64, f64), to: (f64, f64), clip: &Clip, met: &mut Vec<Met>) -> bool {
    let (upper, lower, down) = if from.1 <= to.1 { (from, to, 1) } else { (to, from, -1) };
    let first = (upper.1.max(clip.top) - 0.5).ceil().max(0.0);
    let last = (lower.1.min(clip.bottom) - 0.5).ceil();
    if !(first.is_finite() && last.is_finite() && upper.0.is_finite() && lower.0.is_finite()) || first >= last
    {
        return true;
    }
    if met.len() as f64 + (last - first) > MOST_MET as f64 {
        return false;
    }
    let slope = (lower.0 - upper.0) / (lower.1 - upper.1);
    for row in first as u32..last as u32 {
        let x = upper.0 + (f64::from(row) + 0.5 - upper.1) * slope;
        met.push(Met { row, x, down });
    }
    true
}

fn span(raster: &mut Grey, row: u32, from: f64, to: f64, (grey, cover): (u8, f32), work: &mut Work) -> bool {
    let first = (from - 0.5).ceil().max(0.0) as usize;
    let last = ((to - 0.5).ceil().max(0.0) as usize).min(raster.width);
    let row = row as usize;
    if first >= last || row >= raster.height {
        return true;
    }
    for pixel in &mut raster.pixels[row * raster.width + first..row * raster.width + last] {
        *pixel = mixed(*pixel, grey, cover);
    }
    work.take((last - first) as u64)
}

/// A grey laid over another.
pub(super) fn mixed(under: u8, over: u8, cover: f32) -> u8 {
    if cover >= 1.0 { over } else { (f32::from(under) * (1.0 - cover) + f32::from(over) * cover) as u8 }
}
