//! Where the modules of a symbol lie: its size, the alignment squares inside it, and from both the sheet's shape.

use super::corners::Corners;
use super::finder::View;
use super::plane::{Plane, Seen, Sheet};

/// Middles of the first and last corner squares from the border, in modules.
const CORNER: f64 = 3.5;

/// Sizes in modules that this three may have, the likeliest first, each with how well its timing pattern alternates
/// (1 is perfect, 0 is chance).
pub(super) fn sizes(view: &View<'_>, corners: &Corners) -> Vec<(f64, usize)> {
    let distance = estimated_by_distance(view, corners);
    let timing = [
        estimated_by_timing(view, corners, distance, true),
        estimated_by_timing(view, corners, distance, false),
    ];
    let nearest = |size: f64| (((size - 17.0) / 4.0).round() as i64).clamp(1, 40);
    let mut versions: Vec<i64> = timing.iter().flatten().map(|size| nearest(*size)).collect();
    let middle = nearest(distance);
    versions.extend([middle, middle + 1, middle - 1, middle + 2, middle - 2]);
    let mut sizes: Vec<(f64, usize)> = Vec::new();
    for version in versions.into_iter().filter(|version| (1..=40).contains(version)) {
        let size = version as usize * 4 + 17;
        if !sizes.iter().any(|(_, known)| *known == size) {
            sizes.push((alternation(view, corners, size), size));
        }
    }
    sizes.sort_by(|one, other| other.0.total_cmp(&one.0));
    sizes.retain(|(score, _)| *score > 0.3);
    sizes.truncate(3);
    sizes
}

/// Modules from the distance between squares and the module's width along it.
fn estimated_by_distance(view: &View<'_>, corners: &Corners) -> f64 {
    let a = &corners.top_left;
    let mut sum = 0.0;
    for b in [&corners.top_right, &corners.bottom_left] {
        let (x, y) = (b.x - a.x, b.y - a.y);
        let length = x.hypot(y);
        let (dx, dy) = (x / length, y / length);
        let along = |x: f32, y: f32, module: f32| {
            view.across(x, y, dx, dy, module).map_or(module * dx.abs().max(dy.abs()), |(module, _)| module)
        };
        let module = (along(a.x, a.y, a.module) + along(b.x, b.y, b.module)) / 2.0;
        sum += f64::from(length / module);
    }
    sum / 2.0 + 7.0
}

/// The plane through three corner squares, as if seen straight on.
fn straight(corners: &Corners, size: usize) -> Option<(Plane, [Seen; 3])> {
    let far = size as f64 - CORNER;
    let seen = |symbol, finder: &super::finder::Finder| Seen {
        symbol,
        picture: (f64::from(finder.x), f64::from(finder.y)),
    };
    let seen = [
        seen((CORNER, CORNER), &corners.top_left),
        seen((far, CORNER), &corners.top_right),
        seen((CORNER, far), &corners.bottom_left),
    ];
    Some((Plane::straight(&seen)?, seen))
}

/// Modules from the changes of brightness along the timing row or column.
fn estimated_by_timing(view: &View<'_>, corners: &Corners, about: f64, across: bool) -> Option<f64> {
    let size = about.round().clamp(21.0, 177.0) as usize;
    let (plane, _) = straight(corners, size)?;
    let steps = size * 8;
    let mut changes = 0_u32;
    let mut dark = true;
    for step in 0..=steps {
        let along = 6.5 + (size as f64 - 13.0) * step as f64 / steps as f64;
        let (x, y) = if across { plane.at(along, 6.5) } else { plane.at(6.5, along) };
        let light = view.light(x as f32, y as f32);
        // A little beyond the threshold, so that noise on it does not count.
        if (dark && light > 4.0) || (!dark && light < -4.0) {
            dark = !dark;
            changes += 1;
        }
    }
    Some(f64::from(changes) + 13.0)
}

/// How well the timing row and column alternate for a size: 1 is perfect, 0 is chance.
fn alternation(view: &View<'_>, corners: &Corners, size: usize) -> f64 {
    let Some((plane, _)) = straight(corners, size) else { return 0.0 };
    let mut best = [0.0_f64; 2];
    for (axis, best) in best.iter_mut().enumerate() {
        // Seen from an angle the line lies a little beside where it is expected.
        for beside in [-0.4, 0.0, 0.4] {
            let mut right = 0_i64;
            for at in 7..size - 7 {
                let (along, beside) = (at as f64 + 0.5, 6.5 + beside);
                let (x, y) = if axis == 0 { plane.at(along, beside) } else { plane.at(beside, along) };
                let dark = view.light(x as f32, y as f32) < 0.0;
                right += if dark == (at % 2 == 0) { 1 } else { -1 };
            }
            *best = best.max(right as f64 / (size - 14) as f64);
        }
    }
    // Seen from an angle one of them may run out of step in the middle.
    best[0].max(best[1]) * 0.7 + best[0].min(best[1]) * 0.3
}

/// The sheet's shape for this size, from corner squares and as many alignment squares as are found.
pub(super) fn sheet(view: &View<'_>, corners: &Corners, size: usize) -> Option<Sheet> {
    let (mut plane, seen) = straight(corners, size)?;
    let mut seen = seen.to_vec();
    let centres = alignment_centres(size);
    if let Some(last) = centres.last().copied() {
        // The square opposite is farthest from where it is expected: looked for in growing circles.
        let reach = [2.0, 4.0, 0.09 * size as f64 + 2.0];
        let opposite = reach.iter().find_map(|reach| alignment(view, &plane, (last, last), *reach, 0.55));
        if let Some(opposite) = opposite {
            seen.push(opposite);
            plane = Plane::fitted(&seen, size as f64).unwrap_or(plane);
        }
        for place in others(&centres) {
            if let Some(found) = alignment(view, &plane, place, 1.25, 0.5) {
                seen.push(found);
            }
        }
    }
    if let Some(fitted) = Plane::fitted(&seen, size as f64) {
        let module = f64::from(corners.top_left.module);
        let near = |s: &Seen| {
            let (x, y) = fitted.at(s.symbol.0, s.symbol.1);
            (x - s.picture.0).hypot(y - s.picture.1) < 1.2 * module
        };
        seen.retain(near);
        plane = Plane::fitted(&seen, size as f64).unwrap_or(fitted);
    }
    Some(Sheet::new(plane, &seen))
}

/// Middles of alignment squares on one axis (ISO/IEC 18004 annex E), without the 6 at the border.
fn alignment_centres(size: usize) -> Vec<usize> {
    let version = (size - 17) / 4;
    if version < 2 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = if version == 32 { 26 } else { (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2 };
    let mut centres: Vec<usize> = (0..count - 1).map(|at| size - 7 - at * step).collect();
    centres.reverse();
    centres
}

/// All other alignment squares, those near the corner squares first.
fn others(centres: &[usize]) -> Vec<(usize, usize)> {
    let last = centres.last().copied().unwrap_or(0);
    let all: Vec<usize> = std::iter::once(6).chain(centres.iter().copied()).collect();
    let mut places = Vec::new();
    for x in &all {
        for y in &all {
            let corner = (*x == 6 && (*y == 6 || *y == last)) || (*y == 6 && *x == last);
            if !corner && (*x, *y) != (last, last) {
                places.push((*x, *y));
            }
        }
    }
    places.sort_by_key(|(x, y)| (x.min(y).to_owned(), x + y));
    places
}

/// Looks for an alignment square around where it is expected; `reach` is in modules.
fn alignment(view: &View<'_>, plane: &Plane, place: (usize, usize), reach: f64, least: f64) -> Option<Seen> {
    let middle = (place.0 as f64 + 0.5, place.1 as f64 + 0.5);
    let mut best = (least, None);
    // First in half modules, then in tenths around the best.
    let mut around = (0.0, 0.0);
    for (reach, step) in [(reach, 0.5), (0.5, 0.125)] {
        let steps = (reach / step) as i32;
        let start = around;
        for dy in -steps..=steps {
            for dx in -steps..=steps {
                let shift = (start.0 + f64::from(dx) * step, start.1 + f64::from(dy) * step);
                let far = shift.0.hypot(shift.1);
                let score = likeness(view, plane, (middle.0 + shift.0, middle.1 + shift.1)) - far * 0.01;
                if score > best.0 {
                    best = (score, Some(shift));
                }
            }
        }
        around = best.1?;
    }
    let picture = plane.at(middle.0 + around.0, middle.1 + around.1);
    Some(Seen { symbol: middle, picture })
}

/// How much a place looks like the middle of an alignment square: 1 is perfect, 0 is grey.
fn likeness(view: &View<'_>, plane: &Plane, middle: (f64, f64)) -> f64 {
    let (mut light, mut dark) = (0.0_f64, 0.0_f64);
    let (mut least, mut most) = (f64::MAX, f64::MIN);
    for dy in -2..=2_i32 {
        for dx in -2..=2_i32 {
            let (x, y) = plane.at(middle.0 + f64::from(dx), middle.1 + f64::from(dy));
            let value = f64::from(view.picture.between(x as f32, y as f32));
            least = least.min(value);
            most = most.max(value);
            if dx.abs().max(dy.abs()) == 1 { light += value } else { dark += value }
        }
    }
    if most - least < 24.0 {
        return 0.0;
    }
    (light / 8.0 - dark / 17.0) / (most - least) * 1.4
}
