//! PNG pictures, row by row: however large one claims to be, no more is kept than is looked at.

use std::io::Cursor;

use png::{BitDepth, ColorType, DecodeOptions, Decoder, Limits, Transformations};

use crate::grey::{Grey, Shrinking, luma};
use crate::picture::MOST_KEPT;
use crate::{MOST_PIXELS, ScanError};

const WHAT: &str = "PNG picture";
/// Memory for the decoder itself: one row and its window.
const DECODER_BYTES: usize = 8 * 1024 * 1024;

pub(crate) fn read(bytes: &[u8]) -> Result<Grey, ScanError> {
    let mut options = DecodeOptions::default();
    options.set_ignore_checksums(false);
    options.set_ignore_text_chunk(true);
    options.set_ignore_iccp_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(bytes), options);
    decoder.set_limits(Limits { bytes: DECODER_BYTES });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    if width.checked_mul(height).is_none_or(|pixels| pixels > MOST_PIXELS) {
        return Err(ScanError::TooManyPixels { width, height });
    }
    if reader.info().interlaced {
        return whole(reader, width, height);
    }
    let (color, _) = reader.output_color_type();
    let mut picture = Shrinking::new(width, height, MOST_KEPT);
    let mut line = Vec::with_capacity(width);
    while let Some(row) = reader.next_row().map_err(broken)? {
        line.clear();
        greys(row.data(), color, &mut line);
        picture.push(&line);
    }
    Ok(picture.finish())
}

/// Interlaced pictures come in seven passes and are kept whole; they are small, or they are not for scanning.
fn whole(mut reader: png::Reader<Cursor<&[u8]>>, width: usize, height: usize) -> Result<Grey, ScanError> {
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_KEPT);
    let size = size.ok_or(ScanError::TooManyPixels { width, height })?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(broken)?;
    if frame.bit_depth != BitDepth::Eight {
        return Err(ScanError::Broken {
            what: WHAT,
            why: "its depth is not 8 bits after decoding".to_owned(),
        });
    }
    let mut pixels = Vec::with_capacity(width * height);
    greys(&data[..frame.buffer_size()], frame.color_type, &mut pixels);
    pixels.resize(width * height, 255);
    Ok(Grey { width, height, pixels })
}

/// Samples of one row into grey; what is transparent shows white paper.
fn greys(data: &[u8], color: ColorType, into: &mut Vec<u8>) {
    let over_white = |grey: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        ((u32::from(grey) * alpha + 255 * (255 - alpha)) / 255) as u8
    };
    match color {
        ColorType::Grayscale | ColorType::Indexed => into.extend_from_slice(data),
        ColorType::GrayscaleAlpha => into.extend(data.chunks_exact(2).map(|p| over_white(p[0], p[1]))),
        ColorType::Rgb => into.extend(data.chunks_exact(3).map(|p| luma(p[0], p[1], p[2]))),
        ColorType::Rgba => {
            into.extend(data.chunks_exact(4).map(|p| over_white(luma(p[0], p[1], p[2]), p[3])));
        }
    }
}

fn broken(error: png::DecodingError) -> ScanError {
    ScanError::Broken { what: WHAT, why: error.to_string() }
}
