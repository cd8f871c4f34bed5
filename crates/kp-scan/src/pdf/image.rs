//! Pictures inside a document, into grey.

use hayro_syntax::Filter;
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams, Stream};
use hayro_syntax::object::{Array, Dict};

use crate::grey::{Grey, Shrinking};
use crate::picture::MOST_KEPT;
use crate::{MOST_PIXELS, jpeg_file};

use super::Work;
use super::colour::{self, Space};

/// A picture: how bright it is, and whether it is a stencil through which the fill colour shows (dark: it shows).
pub(super) struct Image {
    pub(super) picture: Grey,
    pub(super) stencil: bool,
    /// Dark where the paper shows through.
    pub(super) cover: Option<Grey>,
}

/// No picture of a page is packed better than this by fax compression: an empty page takes some bytes a row.
const PIXELS_PER_BYTE: usize = 20_000;
const PIXELS_ALWAYS: usize = 4_000_000;

/// Decodes a picture; none if it is larger than allowed or broken.
pub(super) fn decoded(stream: &Stream<'_>, spaces: &Dict<'_>, work: &mut Work) -> Option<Image> {
    let dict = stream.dict();
    let stencil = dict.get::<bool>("ImageMask").or_else(|| dict.get::<bool>("IM")).unwrap_or(false);
    let picture = grey(stream, spaces, stencil, work)?;
    let cover = dict.get::<Stream<'_>>("SMask").and_then(|mask| grey(&mask, spaces, false, work));
    Some(Image { picture, stencil, cover })
}

fn grey(stream: &Stream<'_>, spaces: &Dict<'_>, stencil: bool, work: &mut Work) -> Option<Grey> {
    let dict = stream.dict();
    let side = |long: &str, short: &str| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    let (width, height) = (side("Width", "W")? as usize, side("Height", "H")? as usize);
    let pixels = width.checked_mul(height).filter(|pixels| (1..=MOST_PIXELS).contains(pixels))?;
    let filters = stream.filters();
    if filters[..] == [Filter::DctDecode] {
        let picture = jpeg_file::read(&stream.raw_data()).ok()?;
        let turned = inverted(dict, false);
        return work
            .take(picture.pixels.len() as u64 * 2)
            .then(|| if turned { picture.inverted() } else { picture });
    }
    let packed = filters.iter().any(|filter| {
        matches!(filter, Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::JpxDecode | Filter::DctDecode)
    });
    let raw = stream.raw_data();
    if packed && pixels > PIXELS_ALWAYS.max(raw.len().saturating_mul(PIXELS_PER_BYTE)) {
        return None;
    }
    if filters.contains(&Filter::JpxDecode) && !jpx_is_small(&raw, pixels) {
        return None;
    }
    if !work.take(pixels as u64 * 2) {
        return None;
    }
    unpacked(stream, spaces, stencil, (width, height))
}

/// Whether a JPEG 2000 picture is about as large as the document says: its own head decides what is decoded.
fn jpx_is_small(raw: &[u8], pixels: usize) -> bool {
    let Some(at) = raw.windows(4).position(|window| window == [0xff, 0x4f, 0xff, 0x51]) else { return false };
    let number = |from: usize| {
        raw.get(at + from..at + from + 4)
            .map(|four| four.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    // SIZ: length (2), capabilities (2), width, height of the grid, and where the picture begins in it.
    let (Some(width), Some(height)) = (number(8), number(12)) else { return false };
    width.saturating_mul(height) <= (pixels as u64).saturating_mul(2).max(4096)
}

fn unpacked(
    stream: &Stream<'_>,
    spaces: &Dict<'_>,
    stencil: bool,
    (width, height): (usize, usize),
) -> Option<Grey> {
    let dict = stream.dict();
    let space = if stencil { Some(Space::Grey) } else { colour::of_picture(stream, spaces) };
    let bits = dict.get::<u8>("BitsPerComponent").or_else(|| dict.get::<u8>("BPC"));
    let params = ImageDecodeParams {
        is_indexed: matches!(space, Some(Space::Table(_))),
        bpc: bits,
        num_components: space.as_ref().map(|space| space.parts() as u8),
        target_dimension: None,
        width: width as u32,
        height: height as u32,
    };
    let result = stream.decoded_image(&params).ok()?;
    let own = result.image_data.as_ref();
    let space = own
        .and_then(|own| own.color_space)
        .filter(|_| !matches!(space, Some(Space::Table(_) | Space::Inks(_))))
        .map(|own| match own {
            ImageColorSpace::Gray => Space::Grey,
            ImageColorSpace::Rgb => Space::Rgb,
            ImageColorSpace::Cmyk => Space::Cmyk,
            ImageColorSpace::Unknown(parts) => Space::Inks(usize::from(parts.max(1))),
        })
        .or(space)
        .unwrap_or(Space::Grey);
    let bits = own.map_or(if stencil { 1 } else { bits.unwrap_or(8) }, |own| own.bits_per_component);
    let (width, height) = own.map_or((width, height), |own| (own.width as usize, own.height as usize));
    width.checked_mul(height).filter(|pixels| (1..=MOST_PIXELS).contains(pixels))?;
    let samples = Samples { data: &result.data, bits, parts: space.parts(), width };
    let mut picture = Shrinking::new(width, height, MOST_KEPT);
    let mut line = Vec::with_capacity(width);
    for y in 0..height {
        line.clear();
        if !samples.row(y, &space, &mut line) {
            break;
        }
        picture.push(&line);
    }
    let picture = picture.finish();
    Some(if inverted(dict, matches!(space, Space::Table(_))) { picture.inverted() } else { picture })
}

/// Whether the picture's numbers are to be read the other way round (`/Decode [1 0]`).
fn inverted(dict: &Dict<'_>, table: bool) -> bool {
    let decode = dict.get::<Array<'_>>("Decode").or_else(|| dict.get::<Array<'_>>("D"));
    let mut numbers =
        decode.map(|decode| decode.iter::<f32>().take(2).collect::<Vec<_>>()).unwrap_or_default();
    numbers.truncate(2);
    !table && matches!(numbers[..], [from, to] if from > to)
}

/// Numbers of one to sixteen bits, rows beginning at whole bytes.
struct Samples<'a> {
    data: &'a [u8],
    bits: u8,
    parts: usize,
    width: usize,
}

impl Samples<'_> {
    /// Brightness of a row's pixels; false where the data end before it.
    fn row(&self, y: usize, space: &Space, into: &mut Vec<u8>) -> bool {
        let bits = usize::from(self.bits);
        let length = (self.width * self.parts * bits).div_ceil(8);
        let Some(row) = self.data.get(y * length..(y + 1) * length) else { return false };
        match (bits, space) {
            (8, Space::Grey) => into.extend_from_slice(row),
            (8, Space::Rgb) => {
                into.extend(row.chunks_exact(3).map(|p| crate::grey::luma(p[0], p[1], p[2])));
            }
            (1 | 2 | 4 | 8 | 16, _) => self.slowly(row, space, into),
            _ => return false,
        }
        into.len() == self.width
    }

    fn slowly(&self, row: &[u8], space: &Space, into: &mut Vec<u8>) {
        let bits = usize::from(self.bits);
        let most = ((1_u32 << bits) - 1) as f32;
        let number = |at: usize| -> f32 {
            let bit = at * bits;
            let value = match bits {
                16 => u32::from(row[bit / 8]) << 8 | u32::from(row[bit / 8 + 1]),
                _ => u32::from(row[bit / 8]) >> (8 - bits - bit % 8) & ((1 << bits) - 1),
            };
            // Numbers of a table are counted, all others are shares.
            if matches!(space, Space::Table(_)) { value as f32 / 255.0 } else { value as f32 / most }
        };
        let mut values = vec![0.0; self.parts];
        for x in 0..self.width {
            for (part, value) in values.iter_mut().enumerate() {
                *value = number(x * self.parts + part);
            }
            into.push(space.brightness(&values));
        }
    }
}
