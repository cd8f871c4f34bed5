//! The squares in three corners of a symbol: dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1 along any line.
//!
//! Where brightness crosses the threshold is taken between pixels, so that modules of two and a half pixels (a scan at
//! 200 dpi) are measured well enough.

use crate::grey::Grey;

use super::threshold::Threshold;

/// The smallest module that is looked for, in pixels.
const LEAST_MODULE: f32 = 1.2;
/// More candidates than any sheet has; what is beyond is a pattern made to keep us busy.
const MOST_FOUND: usize = 1_000;
/// As many go on to be put together in threes.
pub(super) const MOST_KEPT: usize = 40;

/// A picture with its threshold.
pub(super) struct View<'a> {
    pub(super) picture: &'a Grey,
    pub(super) threshold: &'a Threshold,
}

/// Where a corner square may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finder {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Width of a module along rows and columns, in pixels.
    pub(super) module: f32,
    /// How many rows met it.
    pub(super) rows: u32,
}

impl View<'_> {
    /// Above zero is light, below is dark.
    pub(super) fn light(&self, x: f32, y: f32) -> f32 {
        self.picture.between(x, y) - self.threshold.at(x, y)
    }

    /// Distances from a dark place to the three changes of brightness in one direction, or none within `most`.
    fn changes(&self, x: f32, y: f32, dx: f32, dy: f32, most: f32) -> Option<[f32; 3]> {
        let mut found = [0.0; 3];
        let mut count = 0;
        let (mut last, mut step) = (self.light(x, y), 0.0);
        if last > 0.0 {
            return None;
        }
        while step < most {
            step += 1.0;
            let (px, py) = (x + dx * step, y + dy * step);
            let outside =
                px < 0.0 || py < 0.0 || px > self.picture.width as f32 || py > self.picture.height as f32;
            let here = if outside { 1.0 } else { self.light(px, py) };
            if (here > 0.0) != (last > 0.0) {
                found[count] = step - 1.0 + last / (last - here);
                count += 1;
                if count == 3 {
                    return Some(found);
                }
            }
            if outside {
                return None;
            }
            last = here;
        }
        None
    }

    /// Looks along a line through a place: the module's width along it, and how far the middle lies from the place.
    pub(super) fn across(&self, x: f32, y: f32, dx: f32, dy: f32, module: f32) -> Option<(f32, f32)> {
        let most = module * 8.0 + 2.0;
        let ahead = self.changes(x, y, dx, dy, most)?;
        let behind = self.changes(x, y, -dx, -dy, most)?;
        let runs = [
            behind[2] - behind[1],
            behind[1] - behind[0],
            behind[0] + ahead[0],
            ahead[1] - ahead[0],
            ahead[2] - ahead[1],
        ];
        let measured = looks_right(&runs, 0.7)?;
        // The inner edges say where the middle is; the outer ones may touch other print.
        Some((measured, (ahead[0] - behind[0] + ahead[1] - behind[1]) / 4.0))
    }
}

/// The module's width if the five runs look like a corner square; `loose` is the error allowed, in modules.
fn looks_right(runs: &[f32; 5], loose: f32) -> Option<f32> {
    let module = runs.iter().sum::<f32>() / 7.0;
    let near = |run: f32, modules: f32| (run - modules * module).abs() < loose * module * modules.sqrt();
    let right = module >= LEAST_MODULE
        && near(runs[2], 3.0)
        && [runs[0], runs[1], runs[3], runs[4]].iter().all(|run| near(*run, 1.0));
    right.then_some(module)
}

/// Corner squares of the whole picture, the surest first.
pub(super) fn find(view: &View<'_>) -> Vec<Finder> {
    let mut found = Found::new(view.picture.width, view.picture.height);
    let mut limits = vec![0.0; view.picture.width];
    for y in 0..view.picture.height {
        view.threshold.row(y, &mut limits);
        for (x, module) in candidates(view.picture.row(y), &limits) {
            if let Some(finder) = confirmed(view, x, y as f32 + 0.5, module) {
                found.add(finder);
            }
        }
        if found.all.len() >= MOST_FOUND {
            break;
        }
    }
    let mut all = merged(found.all);
    // Larger squares are met by more rows: what counts is the share of rows that saw the inner square.
    let sure = |finder: &Finder| (finder.rows as f32 / finder.module).min(3.0);
    all.sort_by(|one, other| sure(other).total_cmp(&sure(one)));
    all.truncate(MOST_KEPT);
    all
}

/// Middles of runs 1 : 1 : 3 : 1 : 1 in one row, with the module's width.
fn candidates(row: &[u8], limits: &[f32]) -> Vec<(f32, f32)> {
    let mut found = Vec::new();
    let mut edges = [0.0_f32; 6];
    let mut last = 1.0_f32;
    let mut count = 0;
    for x in 0..=row.len() {
        let here = if x == row.len() { 1.0 } else { f32::from(row[x]) - limits[x] };
        if (here > 0.0) == (last > 0.0) {
            last = here;
            continue;
        }
        edges.rotate_left(1);
        edges[5] = x as f32 - 0.5 + last / (last - here);
        count += 1;
        last = here;
        if here > 0.0 && count >= 6 {
            let run = |at: usize| edges[at + 1] - edges[at];
            if let Some(module) = looks_right(&[run(0), run(1), run(2), run(3), run(4)], 0.6) {
                found.push(((edges[2] + edges[3]) / 2.0, module));
            }
        }
    }
    found
}

/// A candidate of a row looked at down, across and along both diagonals.
fn confirmed(view: &View<'_>, x: f32, y: f32, module: f32) -> Option<Finder> {
    let (down, shift) = view.across(x, y, 0.0, 1.0, module)?;
    if !(0.5..2.0).contains(&(down / module)) {
        return None;
    }
    let y = y + shift;
    let (across, shift) = view.across(x, y, 1.0, 0.0, module)?;
    let x = x + shift;
    let half = std::f32::consts::FRAC_1_SQRT_2;
    view.across(x, y, half, half, module * 1.5)?;
    view.across(x, y, half, -half, module * 1.5)?;
    Some(Finder { x, y, module: (down + across) / 2.0, rows: 1 })
}

/// Squares found so far, with a coarse map to find those nearby.
struct Found {
    all: Vec<Finder>,
    map: Vec<u16>,
    across: usize,
}

const CELL: usize = 8;

impl Found {
    fn new(width: usize, height: usize) -> Self {
        let across = width / CELL + 3;
        Self { all: Vec::new(), map: vec![0; across * (height / CELL + 3)], across }
    }

    fn add(&mut self, finder: Finder) {
        let (x, y) = (finder.x as usize / CELL + 1, finder.y as usize / CELL + 1);
        for near in [y, y - 1, y + 1] {
            for cell in near * self.across + x - 1..near * self.across + x + 2 {
                let at = usize::from(self.map[cell]);
                if at > 0 && same(&self.all[at - 1], &finder) {
                    merge(&mut self.all[at - 1], &finder);
                    return;
                }
            }
        }
        self.all.push(finder);
        self.map[y * self.across + x] = self.all.len() as u16;
    }
}

/// The coarse map finds only what is within a cell or two: large squares may have been met twice.
fn merged(found: Vec<Finder>) -> Vec<Finder> {
    let mut all: Vec<Finder> = Vec::new();
    for finder in found {
        match all.iter_mut().find(|other| same(other, &finder)) {
            Some(other) => other.rows += finder.rows,
            None => all.push(finder),
        }
    }
    all
}

fn same(one: &Finder, other: &Finder) -> bool {
    let near = one.module * 2.0;
    (one.x - other.x).abs() < near && (one.y - other.y).abs() < near
}

fn merge(into: &mut Finder, other: &Finder) {
    let old = into.rows as f32;
    let mean = |one: f32, other: f32| (one * old + other) / (old + 1.0);
    into.x = mean(into.x, other.x);
    into.y = mean(into.y, other.y);
    into.module = mean(into.module, other.module);
    into.rows += 1;
}
