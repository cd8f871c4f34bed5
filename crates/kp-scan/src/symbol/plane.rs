//! From places in a symbol, counted in modules, to places in the picture: the view from an angle, and paper that is bent.

/// A place in a symbol (modules) and where it was seen in the picture (pixels).
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) symbol: (f64, f64),
    pub(super) picture: (f64, f64),
}

/// A flat sheet seen from an angle (a homography), with the last element set to one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane([f64; 8]);

impl Plane {
    /// Places in the picture for places in the symbol.
    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f, g, h] = self.0;
        let w = g * x + h * y + 1.0;
        // A plane seen from its edge: far outside, where nothing is.
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        ((a * x + b * y + c) / w, (d * x + e * y + f) / w)
    }

    /// Seen straight on, from three places that are not in one line.
    pub(super) fn straight(seen: &[Seen; 3]) -> Option<Self> {
        let [one, two, three] = seen;
        let (u1, v1) = (two.symbol.0 - one.symbol.0, two.symbol.1 - one.symbol.1);
        let (u2, v2) = (three.symbol.0 - one.symbol.0, three.symbol.1 - one.symbol.1);
        let area = u1 * v2 - u2 * v1;
        if area.abs() < 1e-6 {
            return None;
        }
        let solve = |p1: f64, p2: f64| ((p1 * v2 - p2 * v1) / area, (u1 * p2 - u2 * p1) / area);
        let (a, b) = solve(two.picture.0 - one.picture.0, three.picture.0 - one.picture.0);
        let (d, e) = solve(two.picture.1 - one.picture.1, three.picture.1 - one.picture.1);
        let c = one.picture.0 - a * one.symbol.0 - b * one.symbol.1;
        let f = one.picture.1 - d * one.symbol.0 - e * one.symbol.1;
        Some(Self([a, b, c, d, e, f, 0.0, 0.0]))
    }

    /// The plane that fits four places or more best.
    pub(super) fn fitted(seen: &[Seen], size: f64) -> Option<Self> {
        if seen.len() < 4 {
            return None;
        }
        // Scaled to about one, so that the sums stay well conditioned.
        let middle = seen.iter().fold((0.0, 0.0), |sum, s| (sum.0 + s.picture.0, sum.1 + s.picture.1));
        let middle = (middle.0 / seen.len() as f64, middle.1 / seen.len() as f64);
        let far = |s: &Seen| (s.picture.0 - middle.0).abs().max((s.picture.1 - middle.1).abs());
        let scale = seen.iter().map(far).fold(1.0, f64::max);
        let mut sums = [[0.0_f64; 9]; 8];
        for s in seen {
            let (x, y) = (s.symbol.0 / size, s.symbol.1 / size);
            let (u, v) = ((s.picture.0 - middle.0) / scale, (s.picture.1 - middle.1) / scale);
            add(&mut sums, &[x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], u);
            add(&mut sums, &[0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y], v);
        }
        let p = solved(&mut sums)?;
        // Back: symbol places divided by `size`, picture places times `scale` plus `middle`.
        let (g, h) = (p[6] / size, p[7] / size);
        Some(Self([
            p[0] * scale / size + middle.0 * g,
            p[1] * scale / size + middle.0 * h,
            p[2] * scale + middle.0,
            p[3] * scale / size + middle.1 * g,
            p[4] * scale / size + middle.1 * h,
            p[5] * scale + middle.1,
            g,
            h,
        ]))
    }
}

fn add(sums: &mut [[f64; 9]; 8], row: &[f64; 8], value: f64) {
    for (sum, left) in sums.iter_mut().zip(row) {
        for (cell, right) in sum.iter_mut().zip(row) {
            *cell += left * right;
        }
        sum[8] += left * value;
    }
}

/// Elimination with the largest pivot; none where the places do not determine a plane.
fn solved(sums: &mut [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let best = (column..8).max_by(|a, b| sums[*a][column].abs().total_cmp(&sums[*b][column].abs()))?;
        sums.swap(column, best);
        let pivot = sums[column];
        if pivot[column].abs() < 1e-12 {
            return None;
        }
        for row in (0..8).filter(|row| *row != column) {
            let times = sums[row][column] / pivot[column];
            for (cell, above) in sums[row].iter_mut().zip(&pivot) {
                *cell -= times * above;
            }
        }
    }
    let mut result = [0.0; 8];
    for (at, value) in result.iter_mut().enumerate() {
        *value = sums[at][8] / sums[at][at];
    }
    Some(result)
}

/// A plane and how far the paper bends away from it at the places that were seen.
pub(super) struct Sheet {
    plane: Plane,
    bends: Vec<((f64, f64), (f64, f64))>,
}

impl Sheet {
    pub(super) fn new(plane: Plane, seen: &[Seen]) -> Self {
        let bend = |s: &Seen| {
            let (x, y) = plane.at(s.symbol.0, s.symbol.1);
            (s.symbol, (s.picture.0 - x, s.picture.1 - y))
        };
        Self { plane, bends: seen.iter().map(bend).collect() }
    }

    /// Places in the picture, corrected by what was seen nearby.
    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (px, py) = self.plane.at(x, y);
        let (mut sum_x, mut sum_y, mut weights) = (0.0, 0.0, 0.0);
        for ((sx, sy), (bx, by)) in &self.bends {
            let distance = (sx - x) * (sx - x) + (sy - y) * (sy - y) + 4.0;
            let weight = 1.0 / (distance * distance);
            sum_x += weight * bx;
            sum_y += weight * by;
            weights += weight;
        }
        if weights > 0.0 { (px + sum_x / weights, py + sum_y / weights) } else { (px, py) }
    }
}
