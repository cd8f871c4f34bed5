//! Symbols in a grey picture: found, measured, read.
//!
//! `rqrr` corrects errors and reads what the modules say. Finding them is ours: its own search follows connected dark
//! areas and loses a symbol as soon as blur joins two of them (figures in `docs/decisions`), and it copies the picture
//! for every pair of corners, which a picture full of corners turns into hours.

mod corners;
mod finder;
mod grid;
mod plane;
mod sample;
mod threshold;

use crate::grey::Grey;

use self::finder::View;
use self::plane::Sheet;
use self::threshold::Threshold;

/// Three squares whose timing pattern alternates this well are a symbol, even if nothing in it can be read.
const SURELY: f64 = 0.6;

/// A symbol that was found: its text if it could be read, and its corners in parts of the picture's width and height.
#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    pub(crate) text: Option<String>,
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
    /// Middle of the symbol and the direction of its upper edge, in parts of the picture's width.
    pub(crate) middle: (f32, f32),
    pub(crate) along: (f32, f32),
}

impl Symbol {
    /// Whether two readings mean the same place.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let inside = |symbol: &Self, of: &Self| {
            let (x, y) = ((symbol.left + symbol.right) / 2.0, (symbol.top + symbol.bottom) / 2.0);
            (of.left..of.right).contains(&x) && (of.top..of.bottom).contains(&y)
        };
        inside(self, other) || inside(other, self)
    }
}

/// Symbols seen in one look at a picture.
pub(crate) fn look(picture: &Grey) -> Vec<Symbol> {
    let threshold = Threshold::of(picture);
    let view = View { picture, threshold: &threshold };
    let found = finder::find(&view);
    let mut used = vec![false; found.len()];
    let mut symbols = Vec::new();
    for corners in corners::threes(&found) {
        if corners.used.iter().any(|at| used[*at]) {
            continue;
        }
        let sizes = grid::sizes(&view, &corners);
        let mut damaged = None;
        for (score, size) in sizes {
            let Some(sheet) = grid::sheet(&view, &corners, size) else { continue };
            let text = sample::text(&view, &sheet, size);
            let symbol = placed(picture, &sheet, size, text);
            if symbol.text.is_some() {
                corners.used.iter().for_each(|at| used[*at] = true);
                damaged = None;
                symbols.push(symbol);
                break;
            }
            if score > SURELY {
                damaged = damaged.or(Some(symbol));
            }
        }
        symbols.extend(damaged);
    }
    symbols
}

fn placed(picture: &Grey, sheet: &Sheet, size: usize, text: Option<String>) -> Symbol {
    let far = size as f64;
    let corners = [(0.0, 0.0), (far, 0.0), (0.0, far), (far, far)].map(|(x, y)| {
        let (x, y) = sheet.at(x, y);
        (x as f32 / picture.width as f32, y as f32 / picture.height as f32)
    });
    let least = |value: fn(&(f32, f32)) -> f32| corners.iter().map(value).fold(1.0, f32::min).max(0.0);
    let most = |value: fn(&(f32, f32)) -> f32| corners.iter().map(value).fold(0.0, f32::max).min(1.0);
    let (start, end, middle) = (sheet.at(0.0, 0.0), sheet.at(far, 0.0), sheet.at(far / 2.0, far / 2.0));
    let width = picture.width as f32;
    let (x, y) = ((end.0 - start.0) as f32, (end.1 - start.1) as f32);
    let length = x.hypot(y).max(1.0);
    Symbol {
        text,
        left: least(|c| c.0),
        top: least(|c| c.1),
        right: most(|c| c.0),
        bottom: most(|c| c.1),
        middle: (middle.0 as f32 / width, middle.1 as f32 / width),
        along: (x / length, y / length),
    }
}
