//! JPEG pictures. Only brightness is decoded; which way up the camera held it does not matter to a symbol.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::grey::{Grey, Shrinking};
use crate::picture::MOST_KEPT;
use crate::{MOST_PIXELS, ScanError};

const WHAT: &str = "JPEG picture";
/// No honest JPEG holds more pixels per byte: an empty sheet needs a byte for each 100 or so.
const PIXELS_PER_BYTE: usize = 300;
/// What the small ones may have nevertheless.
const PIXELS_ALWAYS: usize = 2_000_000;

pub(crate) fn read(bytes: &[u8]) -> Result<Grey, ScanError> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(30_000)
        .set_max_height(30_000)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let (width, height) = decoder.dimensions().unwrap_or((0, 0));
    let most = MOST_PIXELS.min(PIXELS_ALWAYS.max(bytes.len().saturating_mul(PIXELS_PER_BYTE)));
    if width == 0 || height == 0 || width.checked_mul(height).is_none_or(|pixels| pixels > most) {
        return Err(ScanError::TooManyPixels { width, height });
    }
    let pixels = decoder.decode().map_err(broken)?;
    if pixels.len() < width * height {
        return Err(ScanError::Broken { what: WHAT, why: "it has fewer pixels than it says".to_owned() });
    }
    if width * height <= MOST_KEPT && pixels.len() == width * height {
        return Ok(Grey { width, height, pixels });
    }
    // Some colour spaces come out as they are; their first part is brightness enough.
    let parts = pixels.len() / (width * height);
    let mut picture = Shrinking::new(width, height, MOST_KEPT);
    let mut line = Vec::with_capacity(width);
    for row in pixels.chunks_exact(width * parts) {
        line.clear();
        line.extend(row.chunks_exact(parts).map(|pixel| pixel[0]));
        picture.push(&line);
    }
    Ok(picture.finish())
}

fn broken(error: zune_jpeg::errors::DecodeErrors) -> ScanError {
    ScanError::Broken { what: WHAT, why: format!("{error:?}") }
}
