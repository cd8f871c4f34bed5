//! A picture at its place on a page.

use crate::grey::Grey;

use super::Work;
use super::area::{Clip, Matrix, mixed};
use super::image::Image;

/// Lays a picture over the page within `extent`. `back` leads from the page's pixels to the picture, whose sides are 1; `ink` is
/// the fill colour's grey, which a stencil lets through, and how much of what lies under it is covered.
pub(super) fn place(
    raster: &mut Grey,
    image: &Image,
    back: Matrix,
    extent: &Clip,
    (ink, covers): (Option<u8>, f32),
    work: &mut Work,
) {
    let columns = extent.left.max(0.0) as usize..(extent.right.max(0.0).ceil() as usize).min(raster.width);
    let rows = extent.top.max(0.0) as usize..(extent.bottom.max(0.0).ceil() as usize).min(raster.height);
    let (width, height) = (image.picture.width as f64, image.picture.height as f64);
    // Pixels of the picture per pixel of the page decide how many are looked at.
    let [a, b, c, d, ..] = back.0;
    let denser = (a * width).hypot(b * height).max((c * width).hypot(d * height));
    let taps = (denser.ceil() as usize).clamp(1, 4);
    if !work.take((columns.len() * rows.len() * taps * taps) as u64) {
        return;
    }
    for y in rows {
        for x in columns.clone() {
            let (mut grey, mut cover, mut count) = (0.0_f32, 0.0_f32, 0.0_f32);
            for tap in 0..taps * taps {
                let shift = |at: usize| (at as f64 + 0.5) / taps as f64;
                let (u, v) = back.at(x as f64 + shift(tap % taps), y as f64 + shift(tap / taps));
                if (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v) {
                    let (u, v) = (u as f32, 1.0 - v as f32);
                    grey += sample(&image.picture, u, v, denser);
                    cover += image.cover.as_ref().map_or(255.0, |cover| sample(cover, u, v, denser));
                    count += 1.0;
                }
            }
            if count > 0.0 {
                let pixel = &mut raster.pixels[y * raster.width + x];
                let (grey, cover) = (grey / count, cover / count / 255.0 * covers);
                *pixel = if image.stencil {
                    ink.map_or(*pixel, |ink| mixed(*pixel, ink, (1.0 - grey / 255.0) * cover))
                } else {
                    mixed(*pixel, grey as u8, cover)
                };
            }
        }
    }
}

/// A picture's brightness at a place in parts of its sides: between pixels where they are finer than the page's, the
/// nearest where they are coarser, so that modules of one pixel keep their edges.
fn sample(picture: &Grey, u: f32, v: f32, denser: f64) -> f32 {
    let (x, y) = (u * picture.width as f32, v * picture.height as f32);
    if denser > 0.4 { picture.between(x, y) } else { picture.at(x, y) }
}
