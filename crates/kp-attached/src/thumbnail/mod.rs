//! The small picture beside a paper: painted anew from the pixels, so that nothing of the file itself is shown.
//!
//! Whatever a camera writes into its files (place, owner, time) is left behind: the small picture holds pixels and nothing
//! else. A photograph is turned as its camera held it. Documents and scans in TIFF have none; a page then shows a plain card.
//! Every size is bounded before anything is decoded.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, Limits, Transformations};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use crate::MediaType;

/// Longest side of a small picture.
pub const LARGEST_SIDE: usize = 320;
/// Larger pictures get none: decoding one would take more memory than an office's machine should give.
const MOST_PIXELS: usize = 50_000_000;

/// Pixels in three colours.
struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

/// The small picture of a file as a PNG; nothing where there can be none.
pub fn thumbnail(bytes: &[u8], media_type: MediaType) -> Option<Vec<u8>> {
    let (pixels, turn) = match media_type {
        MediaType::Jpeg => of_jpeg(bytes)?,
        MediaType::Png => (of_png(bytes)?, 1),
        MediaType::Pdf | MediaType::Tiff => return None,
    };
    written(&turned(&smaller(&pixels)?, turn)?)
}

fn fits(width: usize, height: usize) -> bool {
    width > 0 && height > 0 && width.checked_mul(height).is_some_and(|pixels| pixels <= MOST_PIXELS)
}

fn of_jpeg(bytes: &[u8]) -> Option<(Pixels, u16)> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(30_000)
        .set_max_height(30_000)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let turn = decoder.exif().and_then(|exif| orientation(exif)).unwrap_or(1);
    if !fits(width, height) {
        return None;
    }
    let rgb = decoder.decode().ok()?;
    (rgb.len() == width * height * 3).then_some((Pixels { width, height, rgb }, turn))
}

fn of_png(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_limits(Limits { bytes: MOST_PIXELS * 4 });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    if !fits(width, height) {
        return None;
    }
    let mut data = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut data).ok()?;
    if frame.bit_depth != BitDepth::Eight {
        return None;
    }
    let over_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
    };
    let parts = frame.color_type.samples();
    let rgb: Vec<u8> = data
        .get(..frame.buffer_size())?
        .chunks_exact(parts)
        .flat_map(|pixel| match *pixel {
            [grey] => [grey; 3],
            [grey, alpha] => [over_white(grey, alpha); 3],
            [red, green, blue] => [red, green, blue],
            [red, green, blue, alpha] => [red, green, blue].map(|part| over_white(part, alpha)),
            _ => [255; 3],
        })
        .collect();
    (rgb.len() == width * height * 3).then_some(Pixels { width, height, rgb })
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

/// The orientation in what a camera wrote (Exif: a TIFF header, then entries of twelve bytes).
fn orientation(exif: &[u8]) -> Option<u16> {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let is_little = tiff.starts_with(b"II");
    let short = |at: usize| -> Option<u16> {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| -> Option<usize> {
        let (first, second) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if is_little { second << 16 | first } else { first << 16 | second })
    };
    let start = long(4)?;
    let count = usize::from(short(start)?);
    (0..count.min(100))
        .map(|entry| start + 2 + entry * 12)
        .find(|at| short(*at) == Some(274))
        .and_then(|at| short(at + 8))
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
        of_png(png).unwrap()
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
        let exif = |order: &[u8], rest: &[u8]| orientation(&[b"Exif\0\0", order, rest].concat());
        let little = [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
        let big = [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0];
        assert_eq!((exif(b"II", &little), exif(b"MM", &big)), (Some(6), Some(8)));
        assert_eq!(orientation(b"Exif\0\0II\x2a\0\xff\xff\xff\xff"), None);
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
