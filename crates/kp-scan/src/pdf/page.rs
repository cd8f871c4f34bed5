//! A page as a raster: its size, and what its content paints.

use hayro_syntax::page::Page;

use crate::grey::Grey;
use crate::picture::MOST_KEPT;

use super::Work;
use super::area::Matrix;
use super::paint::Painter;

/// Pixels per inch of the raster: our modules are whole multiples of 1/300 inch.
const DENSITY: f64 = 300.0;
/// No page is made smaller than this, in pixels: a symbol alone may be a page.
const LEAST: f64 = 600.0;

/// A painted page, and its pictures with their places (left, top, right, bottom in parts of the page).
pub(super) struct Painted {
    pub(super) raster: Grey,
    pub(super) pictures: Vec<(Grey, [f32; 4])>,
}

pub(super) fn painted(page: &Page<'_>, work: &mut Work) -> Painted {
    let (width, height) = size(page);
    followed(page, (DENSITY / 72.0).max(LEAST / width.min(height)), work).finish()
}

/// A page that is a scan, its longer side so many pixels long; none where it is something else.
pub(super) fn scanned(page: &Page<'_>, longest: usize, work: &mut Work) -> Option<Grey> {
    let (width, height) = size(page);
    followed(page, longest as f64 / width.max(height), work).scanned()
}

/// In points.
fn size(page: &Page<'_>) -> (f64, f64) {
    let (width, height) = page.render_dimensions();
    (f64::from(width).clamp(1.0, 20_000.0), f64::from(height).clamp(1.0, 20_000.0))
}

/// What a page's content paints, so many pixels a point.
fn followed<'w>(page: &Page<'_>, mut scale: f64, work: &'w mut Work) -> Painter<'w> {
    let (width, height) = size(page);
    let pixels = width * height * scale * scale;
    if pixels > MOST_KEPT as f64 {
        scale *= (MOST_KEPT as f64 / pixels).sqrt();
    }
    let across = ((width * scale).ceil() as usize).clamp(1, MOST_KEPT);
    let down = ((height * scale).ceil() as usize).clamp(1, (MOST_KEPT / across).max(1));
    let raster = Grey::filled(across, down, 255);
    work.take(raster.pixels.len() as u64);
    let base =
        Matrix(page.initial_transform(true).as_coeffs()).then(Matrix([scale, 0.0, 0.0, scale, 0.0, 0.0]));
    let mut painter = Painter::new(raster, base, work);
    if let Some(content) = page.page_stream() {
        painter.content(content, page.resources(), 0);
    }
    painter
}
