//! From the sheet's shape to dark and light modules, and from those, by `rqrr`, to a text.

use super::finder::View;
use super::plane::Sheet;

/// Brightness of every module, with one ring of the quiet zone around.
pub(super) struct Modules {
    size: usize,
    values: Vec<f32>,
}

/// How brightness becomes dark or light; tried in this order.
const WAYS: [Way; 4] = [
    Way { spread: 0.25, sharpen: 0.0, reach: 6 },
    Way { spread: 0.2, sharpen: 0.15, reach: 6 },
    Way { spread: 0.0, sharpen: 0.3, reach: 4 },
    Way { spread: 0.3, sharpen: 0.08, reach: 12 },
];

struct Way {
    /// How far from the middle of a module brightness is taken, in modules.
    spread: f64,
    /// How much of what neighbours spilled over (blur) is taken back.
    sharpen: f32,
    /// How many modules around decide what is dark here.
    reach: usize,
}

/// The text of the symbol, or none if no way of looking at it gives one that its own checks accept.
pub(super) fn text(view: &View<'_>, sheet: &Sheet, size: usize) -> Option<String> {
    WAYS.iter().find_map(|way| {
        let modules = Modules::taken(view, sheet, size, way.spread).sharpened(way.sharpen);
        let dark = modules.dark(way.reach);
        let grid = rqrr::SimpleGrid::from_func(size, |x, y| dark[y * size + x]);
        let (_, text) = rqrr::Grid::new(grid).decode().ok()?;
        (!text.is_empty()).then_some(text)
    })
}

impl Modules {
    fn taken(view: &View<'_>, sheet: &Sheet, size: usize, spread: f64) -> Self {
        let side = size + 2;
        let mut values = Vec::with_capacity(side * side);
        for y in 0..side {
            for x in 0..side {
                let (x, y) = (x as f64 - 0.5, y as f64 - 0.5);
                let (px, py) = sheet.at(x, y);
                let mut value = view.picture.between(px as f32, py as f32);
                if spread > 0.0 {
                    let (rx, ry) = sheet.at(x + spread, y);
                    let (dx, dy) = ((rx - px) as f32, (ry - py) as f32);
                    let (px, py) = (px as f32, py as f32);
                    // A turn by a right angle is near enough for the other axis.
                    for (sx, sy) in [(dx, dy), (-dx, -dy), (-dy, dx), (dy, -dx)] {
                        value += view.picture.between(px + sx, py + sy);
                    }
                    value /= 5.0;
                }
                values.push(value);
            }
        }
        Self { size, values }
    }

    /// Takes back part of what the four neighbours spilled into each module.
    fn sharpened(mut self, part: f32) -> Self {
        if part == 0.0 {
            return self;
        }
        let side = self.size + 2;
        let old = self.values.clone();
        for y in 1..=self.size {
            for x in 1..=self.size {
                let at = y * side + x;
                let around = old[at - 1] + old[at + 1] + old[at - side] + old[at + side];
                self.values[at] = old[at] + part * (4.0 * old[at] - around);
            }
        }
        self
    }

    /// Dark modules: below the middle between what is dark and what is light within `reach`.
    fn dark(&self, reach: usize) -> Vec<bool> {
        let (size, side) = (self.size, self.size + 2);
        let mut dark = Vec::with_capacity(size * size);
        // One limit for each 3 x 3 modules: light does not change faster.
        let limits: Vec<f32> = (0..size.div_ceil(3).pow(2))
            .map(|at| self.limit(at % size.div_ceil(3) * 3 + 2, at / size.div_ceil(3) * 3 + 2, reach))
            .collect();
        for y in 0..size {
            for x in 0..size {
                let limit = limits[y / 3 * size.div_ceil(3) + x / 3];
                dark.push(self.values[(y + 1) * side + x + 1] < limit);
            }
        }
        dark
    }

    fn limit(&self, x: usize, y: usize, reach: usize) -> f32 {
        let side = self.size + 2;
        let columns = x.saturating_sub(reach)..(x + reach + 1).min(side);
        let rows = y.saturating_sub(reach)..(y + reach + 1).min(side);
        let values = || rows.clone().flat_map(|y| self.values[y * side..][columns.clone()].iter());
        let mean = |sum: f32, count: f32| if count > 0.0 { sum / count } else { 0.0 };
        let all = values().fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        let middle = mean(all.0, all.1);
        let mut below = (0.0, 0.0);
        let mut above = (0.0, 0.0);
        for value in values() {
            let side = if *value < middle { &mut below } else { &mut above };
            *side = (side.0 + value, side.1 + 1.0);
        }
        (mean(below.0, below.1) + mean(above.0, above.1)) / 2.0
    }
}
