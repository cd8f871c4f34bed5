//! Which three corner squares belong to one symbol.

use super::finder::Finder;

/// Three corners, named as in an upright symbol.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corners {
    pub(super) top_left: Finder,
    pub(super) top_right: Finder,
    pub(super) bottom_left: Finder,
    /// Places in the list of squares, so that squares of a symbol that was read are not used again.
    pub(super) used: [usize; 3],
    misfit: f32,
}

/// Not more are looked at: a sheet has six squares, and each three costs some milliseconds.
const MOST_TRIED: usize = 60;

/// Threes that could be a symbol, the best first.
pub(super) fn threes(found: &[Finder]) -> Vec<Corners> {
    let mut all = Vec::new();
    for corner in 0..found.len() {
        for one in 0..found.len() {
            for other in one + 1..found.len() {
                if one != corner && other != corner {
                    all.extend(three(found, corner, one, other));
                }
            }
        }
    }
    all.sort_by(|one, other| one.misfit.total_cmp(&other.misfit));
    all.truncate(MOST_TRIED);
    all
}

fn three(found: &[Finder], corner: usize, one: usize, other: usize) -> Option<Corners> {
    let (a, b, c) = (&found[corner], &found[one], &found[other]);
    let least = a.module.min(b.module).min(c.module);
    let most = a.module.max(b.module).max(c.module);
    if most > least * 1.6 {
        return None;
    }
    let (x1, y1, x2, y2) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y);
    let (long, short) = (x1.hypot(y1).max(x2.hypot(y2)), x1.hypot(y1).min(x2.hypot(y2)));
    // The smallest symbol has 14 modules between middles, the largest 170.
    if long > short * 1.5 || short < 10.0 * least || long > 200.0 * most {
        return None;
    }
    let cosine = (x1 * x2 + y1 * y2) / (long * short);
    if cosine.abs() > 0.42 {
        return None;
    }
    let misfit = (long / short - 1.0) + cosine.abs() + (most / least - 1.0) * 0.5 + long / most * 0.001;
    let clockwise = x1 * y2 - y1 * x2 > 0.0;
    let (right, left) = if clockwise { (b, c) } else { (c, b) };
    Some(Corners { top_left: *a, top_right: *right, bottom_left: *left, used: [corner, one, other], misfit })
}
