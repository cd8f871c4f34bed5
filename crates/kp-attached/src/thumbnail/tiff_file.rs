//! The first page of a scan in TIFF, and how many pages there are. `tiff` decodes; what may be asked of it is bounded here.
//!
//! Read: black and white (also in fax compression of group 4), grey, colours and CMYK, as scanners write them. Not read: fax
//! compression of group 3, palettes, JPEG of before 1995. A scan may be made to harm: strips that lie over each other, chains
//! of pages without an end, a JPEG inside that claims to be enormous. So the reader gets each byte of the file a few times at
//! most, and a JPEG is no larger than the strip it fills.

use std::{
    collections::BTreeSet,
    io::{Cursor, Error, Read, Result, Seek, SeekFrom},
};

use tiff::{
    ColorType,
    decoder::{Decoder, DecodingResult, Limits},
    tags::{CompressionMethod, Tag},
};

use super::{Glimpse, MOST_PIXELS, Pixels, fits, painted, photograph::orientation};

/// How often each byte may be read, on average.
const MOST_READ: usize = 4;
/// Longer chains of pages are not counted.
const MOST_PAGES: usize = 9_999;
/// A JPEG with more segments before its picture is none of a scanner's.
const MOST_SEGMENTS: usize = 100;
/// The bit of the tag `NewSubfileType` that says: the same page again, in small (TIFF 6.0, tag 254).
const REDUCED: usize = 1;

pub(super) fn of_tiff(bytes: &[u8]) -> Glimpse {
    let turn = orientation(bytes).unwrap_or(1);
    let png = first_page(bytes).and_then(|pixels| painted((pixels, turn)));
    Glimpse { pages: pages(bytes), png }
}

/// A file of which only so much may be read.
struct Rationed<'a> {
    file: Cursor<&'a [u8]>,
    left: usize,
}

impl Read for Rationed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.file.read(buffer)?;
        self.left = self.left.checked_sub(count).ok_or_else(|| Error::other("read too often"))?;
        Ok(count)
    }
}

impl Seek for Rationed<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.file.seek(to)
    }
}

fn first_page(bytes: &[u8]) -> Option<Pixels> {
    let left = bytes.len().saturating_mul(MOST_READ).saturating_add(64 << 10);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_PIXELS * 4;
    let mut decoder = Decoder::new(Rationed { file: Cursor::new(bytes), left }).ok()?.with_limits(limits);
    let (width, height) = decoder.dimensions().ok()?;
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let method: u16 = decoder.get_tag_unsigned(Tag::Compression).unwrap_or(1);
    if !fits(width, height)
        || (method == CompressionMethod::ModernJPEG.to_u16() && !is_modest(&mut decoder, bytes))
    {
        return None;
    }
    let colours = decoder.colortype().ok()?;
    let rows = match decoder.read_image().ok()? {
        DecodingResult::U8(rows) => rows,
        // The upper half of each number is as much as a picture shows.
        DecodingResult::U16(rows) => rows.into_iter().map(|value| value.to_be_bytes()[0]).collect(),
        _ => return None,
    };
    let rgb = coloured(&rows, colours, width)?;
    (rgb.len() == width * height * 3).then_some(Pixels { width, height, rgb })
}

/// Whether each JPEG in the file has at most about as many pixels as the strip or tile that it fills.
fn is_modest(decoder: &mut Decoder<Rationed<'_>>, bytes: &[u8]) -> bool {
    let (across, down) = decoder.chunk_dimensions();
    let blocks = |side: u32| u64::from(side).next_multiple_of(16);
    let most = blocks(across).saturating_mul(blocks(down)).min(MOST_PIXELS as u64);
    let places =
        [Tag::StripOffsets, Tag::TileOffsets].map(|tag| decoder.get_tag_u64_vec(tag).unwrap_or_default());
    let places = places.concat();
    !places.is_empty()
        && places.into_iter().all(|place| {
            let jpeg = usize::try_from(place).ok().and_then(|place| bytes.get(place..));
            jpeg.and_then(size_of_jpeg)
                .is_some_and(|(width, height)| u64::from(width) * u64::from(height) <= most)
        })
}

/// Width and height as a JPEG's frame header says (ITU-T T.81, B.2.2).
fn size_of_jpeg(jpeg: &[u8]) -> Option<(u16, u16)> {
    let short = |at: usize| Some(u16::from_be_bytes(jpeg.get(at..at.checked_add(2)?)?.try_into().ok()?));
    let mut at = jpeg.starts_with(&[0xff, 0xd8]).then_some(2)?;
    for _ in 0..MOST_SEGMENTS {
        let marker = short(at)?;
        match marker {
            // C4, C8 and CC are tables and a reserve.
            0xffc0..=0xffcf if !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc) => {
                return Some((short(at + 7)?, short(at + 5)?));
            }
            0xffff => at += 1,
            0xff00.. => at += 2 + usize::from(short(at + 2)?),
            _ => return None,
        }
    }
    None
}

/// Rows of samples, each beginning at a whole byte, in three colours.
fn coloured(rows: &[u8], colours: ColorType, width: usize) -> Option<Vec<u8>> {
    let part = |value: u8, of: u8| u8::try_from(u16::from(value) * u16::from(of) / 255).unwrap_or(255);
    Some(match colours {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let (bits, most) = (usize::from(bits), (1_u8 << bits) - 1);
            let grey = |row: &[u8], x: usize| {
                let byte = row.get(x * bits / 8).copied().unwrap_or_default();
                (byte >> (8 - bits - x * bits % 8) & most) * (255 / most)
            };
            let line = |row: &'_ [u8]| (0..width).flat_map(|x| [grey(row, x); 3]).collect::<Vec<_>>();
            rows.chunks_exact((width * bits).div_ceil(8)).flat_map(line).collect()
        }
        ColorType::Gray(8 | 16) => rows.iter().flat_map(|grey| [*grey; 3]).collect(),
        ColorType::RGB(8 | 16) => rows.to_vec(),
        ColorType::RGBA(8 | 16) => rows
            .chunks_exact(4)
            .flat_map(|pixel| {
                [pixel[0], pixel[1], pixel[2]].map(|value| part(value, pixel[3]) + (255 - pixel[3]))
            })
            .collect(),
        ColorType::CMYK(8) => rows
            .chunks_exact(4)
            .flat_map(|ink| [ink[0], ink[1], ink[2]].map(|value| part(255 - value, 255 - ink[3])))
            .collect(),
        ColorType::YCbCr(8) => {
            rows.chunks_exact(3).flat_map(|pixel| from_ycbcr(pixel[0], pixel[1], pixel[2])).collect()
        }
        _ => return None,
    })
}

/// ITU-R BT.601, as JPEG has it.
fn from_ycbcr(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    let (luma, blue, red) = (i32::from(luma), i32::from(blue) - 128, i32::from(red) - 128);
    let parts = [luma + red * 1402 / 1000, luma - (blue * 344 + red * 714) / 1000, luma + blue * 1772 / 1000];
    parts.map(|value| u8::try_from(value.clamp(0, 255)).unwrap_or(255))
}

/// Pages in the chain; none where it bites its tail, leaves the file, or is longer than any scan.
fn pages(bytes: &[u8]) -> Option<u32> {
    let is_little = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        let sum = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_little { bytes.iter().rev().fold(0, sum) } else { bytes.iter().fold(0, sum) })
    };
    let (mut pages, mut been) = (0, BTreeSet::new());
    let mut at = number(4, 4)?;
    while at != 0 {
        if been.len() == MOST_PAGES || !been.insert(at) {
            return None;
        }
        let entries = number(at, 2)?;
        let end = at + 2 + entries * 12;
        let is_reduced = (at + 2..end)
            .step_by(12)
            .find(|entry| number(*entry, 2) == Some(254))
            .and_then(|entry| number(entry + 8, 4))
            .is_some_and(|kind| kind & REDUCED != 0);
        pages += u32::from(!is_reduced);
        at = number(end, 4)?;
    }
    (pages > 0).then_some(pages)
}
