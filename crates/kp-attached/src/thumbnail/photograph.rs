//! Photographs and pictures into pixels: JPEG as its camera held it, PNG over white paper.

use std::io::Cursor;

use png::{BitDepth, Decoder, Limits, Transformations};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{MOST_PIXELS, Pixels, fits};

/// The pixels, and how the camera was held.
pub(super) fn of_jpeg(bytes: &[u8]) -> Option<(Pixels, u16)> {
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

/// The pixels; a picture is never turned.
pub(super) fn of_png(bytes: &[u8]) -> Option<(Pixels, u16)> {
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
    (rgb.len() == width * height * 3).then_some((Pixels { width, height, rgb }, 1))
}

/// The orientation in what a camera wrote (Exif: a TIFF header, then entries of twelve bytes).
pub(super) fn orientation(exif: &[u8]) -> Option<u16> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_camera_was_held_is_read_in_both_orders_of_bytes() {
        let exif = |order: &[u8], rest: &[u8]| orientation(&[b"Exif\0\0", order, rest].concat());
        let little = [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
        let big = [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0];
        assert_eq!((exif(b"II", &little), exif(b"MM", &big)), (Some(6), Some(8)));
        assert_eq!(orientation(b"Exif\0\0II\x2a\0\xff\xff\xff\xff"), None);
    }
}
