//! The small picture beside a paper: painted anew from the pixels, so that nothing of the file itself is shown.
//!
//! Whatever a camera writes into its files (place, owner, time) is left behind: the small picture holds pixels and nothing
//! else. A photograph is turned as its camera held it; of a document in PDF and of a scan in TIFF the first page is taken. A
//! document whose page is written and not scanned has none (docs/decisions/0023-pictures-of-papers.md). Every size is bounded
//! before anything is decoded, and what a decoder gives up on in whatever way has no picture.

mod document;
mod photograph;
mod tiff_file;

use std::panic::{AssertUnwindSafe, catch_unwind};

use png::{BitDepth, ColorType};

use crate::MediaType;

/// Longest side of a small picture.
pub const LARGEST_SIDE: usize = 320;
/// Larger pictures get none: decoding one would take more memory than an office's machine should give.
const MOST_PIXELS: usize = 50_000_000;

/// Pixels in three colours.
#[derive(Debug)]
struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

/// What can be shown of a file without opening it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glimpse {
    /// Pages of a document or scan, where they could be counted; photographs have none.
    pub pages: Option<u32>,
    /// The small picture as a PNG, where there can be one.
    pub png: Option<Vec<u8>>,
}

/// A look at a file. Nothing is an error here: what is broken, too large or made to harm has no picture and no pages.
pub fn glimpse(bytes: Vec<u8>, media_type: MediaType) -> Glimpse {
    let look = || match media_type {
        MediaType::Jpeg => Glimpse { pages: None, png: photograph::of_jpeg(&bytes).and_then(painted) },
        MediaType::Png => Glimpse { pages: None, png: photograph::of_png(&bytes).and_then(painted) },
        MediaType::Pdf => document::of_pdf(bytes),
        MediaType::Tiff => tiff_file::of_tiff(&bytes),
    };
    // The decoders are not ours. If one should ever panic, one picture is lost and not the page that shows it.
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default()
}

/// Made small, turned as its file says, and written.
fn painted((pixels, turn): (Pixels, u16)) -> Option<Vec<u8>> {
    written(&turned(&smaller(&pixels)?, turn)?)
}

fn fits(width: usize, height: usize) -> bool {
    width > 0 && height > 0 && width.checked_mul(height).is_some_and(|pixels| pixels <= MOST_PIXELS)
}

/// Each pixel of the small picture is the mean of those that fall into it.
fn smaller(from: &Pixels) -> Option<Pixels> {
    let longest = from.width.max(from.height);
    let scaled = |side: usize| (side * LARGEST_SIDE.min(longest) / longest).max(1);
    let (width, height) = (scaled(from.width), scaled(from.height));
    let mut sums = vec![[0_u64; 4]; width * height];
    for (y, row) in from.rgb.chunks_exact(from.width * 3).enumerate() {
        let line = y * height / from.height * width;
        for (x, pixel) in row.chunks_exact(3).enumerate() {
            let sum = sums.get_mut(line + x * width / from.width)?;
            let [red, green, blue, count] = sum;
            let [r, g, b] = *pixel else { return None };
            (*red, *green, *blue, *count) =
                (*red + u64::from(r), *green + u64::from(g), *blue + u64::from(b), *count + 1);
        }
    }
    let mean = |sum: &[u64; 4]| {
        let [red, green, blue, count] = *sum;
        [red, green, blue].map(|part| u8::try_from(part / count.max(1)).unwrap_or(255))
    };
    Some(Pixels { width, height, rgb: sums.iter().flat_map(mean).collect() })
}

/// The picture as its camera held it (TIFF 6.0 tag 274: 3 upside down, 6 and 8 on its side; mirrored ones are as rare as they
/// are harmless and stay).
fn turned(from: &Pixels, turn: u16) -> Option<Pixels> {
    let (width, height) = match turn {
        6 | 8 => (from.height, from.width),
        _ => (from.width, from.height),
    };
    let mut rgb = Vec::with_capacity(from.rgb.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = match turn {
                3 => (from.width - 1 - x, from.height - 1 - y),
                6 => (y, from.height - 1 - x),
                8 => (from.width - 1 - y, x),
                _ => (x, y),
            };
            let at = (from_y * from.width + from_x) * 3;
            rgb.extend_from_slice(from.rgb.get(at..at + 3)?);
        }
    }
    Some(Pixels { width, height, rgb })
}

fn written(pixels: &Pixels) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = (u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels.rgb).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG with a red left half and a blue right half.
    fn halves(width: usize, height: usize) -> Vec<u8> {
        let pixel = |x: usize| if x < width / 2 { [250, 0, 0] } else { [0, 0, 250] };
        let rgb = (0..height).flat_map(|_| (0..width).flat_map(pixel)).collect();
        written(&Pixels { width, height, rgb }).unwrap()
    }

    fn read(png: &[u8]) -> Pixels {
        photograph::of_png(png).unwrap().0
    }

    fn thumbnail(bytes: &[u8], media_type: MediaType) -> Option<Vec<u8>> {
        glimpse(bytes.to_vec(), media_type).png
    }

    #[test]
    fn a_picture_becomes_small_and_keeps_its_colours_and_shape() {
        let small = read(&thumbnail(&halves(1600, 800), MediaType::Png).unwrap());
        assert_eq!((small.width, small.height), (320, 160));
        assert_eq!((&small.rgb[..3], &small.rgb[319 * 3..320 * 3]), (&[250, 0, 0][..], &[0, 0, 250][..]));
        let already_small = read(&thumbnail(&halves(20, 10), MediaType::Png).unwrap());
        assert_eq!((already_small.width, already_small.height), (20, 10));
    }

    #[test]
    fn a_photograph_is_turned_as_it_was_held() {
        let from = read(&halves(4, 2));
        let corner = |turn: u16| {
            let picture = turned(&from, turn).unwrap();
            (picture.width, picture.height, picture.rgb[0])
        };
        assert_eq!(corner(1), (4, 2, 250));
        assert_eq!(corner(3), (4, 2, 0), "upside down: blue comes first");
        assert_eq!(corner(6), (2, 4, 250), "left becomes top");
        assert_eq!(corner(8), (2, 4, 0), "right becomes top");
    }

    #[test]
    fn what_cannot_be_painted_has_no_small_picture() {
        assert_eq!(thumbnail(b"%PDF-1.7 %%EOF", MediaType::Pdf), None);
        assert_eq!(thumbnail(b"\xff\xd8\xff\xe0 broken \xff\xd9", MediaType::Jpeg), None);
        // A picture that claims to be enormous is not decoded.
        let mut huge = halves(4, 2);
        huge[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        assert_eq!(thumbnail(&huge, MediaType::Png), None);
    }
}
