//! Pictures in formats that can claim to be anything: whether one is about as large as the document says.
//!
//! Fax, JBIG2, JPEG and JPEG 2000 data have sizes of their own, and their decoders take memory for those. What does not
//! fit the document, or cannot be told before decoding, is not decoded.

use hayro_syntax::Filter;
use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict};

use crate::MOST_PIXELS;

/// No picture of a page is packed better than this: an empty page in fax compression takes a bit a row.
const PIXELS_PER_BYTE: usize = 20_000;
/// What a small one may have nevertheless: an A4 page at 300 dpi, and a little.
const PIXELS_ALWAYS: usize = 9_000_000;
/// More tiles than any scanner makes.
const MOST_TILES: u64 = 4_096;

/// Whether a picture may be decoded.
pub(super) fn is_small(
    stream: &Stream<'_>,
    filters: &[Filter],
    raw: &[u8],
    (width, height): (usize, usize),
) -> bool {
    let most = MOST_PIXELS.min(PIXELS_ALWAYS.max(raw.len().saturating_mul(PIXELS_PER_BYTE)));
    let pixels = width.saturating_mul(height);
    let packed = |filter: &Filter| filters.contains(filter);
    if [Filter::CcittFaxDecode, Filter::Jbig2Decode, Filter::JpxDecode, Filter::DctDecode].iter().any(packed)
        && pixels > most
    {
        return false;
    }
    // Data that must be unfolded before their own head can be seen are no scan.
    let alone = filters.len() == 1;
    (!packed(&Filter::CcittFaxDecode) || columns(stream).saturating_mul(height) <= most)
        && (!packed(&Filter::JpxDecode) || (alone && jpx(raw, pixels)))
        && (!packed(&Filter::Jbig2Decode) || (alone && jbig2(stream, raw, pixels).is_some()))
}

/// Columns of fax data: their decoder takes the number beside them, not the picture's width.
fn columns(stream: &Stream<'_>) -> usize {
    let said = parameters(stream).into_iter().map(|one| one.get::<usize>("Columns").unwrap_or(1728));
    said.max().unwrap_or(1728)
}

/// What the decoders are told, in either form.
fn parameters<'a>(stream: &Stream<'a>) -> Vec<Dict<'a>> {
    let dict = stream.dict();
    let mut all = Vec::new();
    for key in ["DecodeParms", "DP"] {
        all.extend(dict.get::<Dict<'a>>(key));
        if let Some(array) = dict.get::<Array<'a>>(key) {
            all.extend(array.iter::<Dict<'a>>().take(8));
        }
    }
    all
}

fn number(raw: &[u8], at: usize) -> Option<u64> {
    raw.get(at..at.checked_add(4)?).map(|four| four.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// Whether each JPEG 2000 picture in the data has about as many pixels as said, few tiles and few parts.
fn jpx(raw: &[u8], pixels: usize) -> bool {
    let most = (pixels as u64).saturating_mul(2).max(4096);
    let mut heads =
        raw.windows(4).enumerate().filter(|(_, window)| *window == [0xff, 0x4f, 0xff, 0x51]).peekable();
    heads.peek().is_some()
        && heads.all(|(at, _)| {
            // SIZ: length, capabilities, grid, the picture's place in it, tile, the tiles' place, number of parts.
            let [Some(width), Some(height), Some(across), Some(down)] =
                [8, 12, 24, 28].map(|place| number(raw, at + place))
            else {
                return false;
            };
            let parts =
                raw.get(at + 40..at + 42).map_or(u64::MAX, |two| u64::from(two[0]) << 8 | u64::from(two[1]));
            let tiles = width.div_ceil(across.max(1)).saturating_mul(height.div_ceil(down.max(1)));
            width.saturating_mul(height) <= most && tiles <= MOST_TILES && (1..=4).contains(&parts)
        })
}

/// Whether JBIG2 data are a page of plain regions about as large as said. Dictionaries of shapes are not decoded: how
/// large they become is told by the data themselves, and an encoder may have put one shape for another.
fn jbig2(stream: &Stream<'_>, raw: &[u8], pixels: usize) -> Option<()> {
    if parameters(stream).iter().any(|one| one.contains_key("JBIG2Globals")) {
        return None;
    }
    let most = (pixels as u64).saturating_mul(2).max(4096);
    let mut at = 0;
    while at < raw.len() {
        let segment = segment(raw, at)?;
        if matches!(segment.kind, 36 | 38 | 39 | 48) {
            let (width, height) = (number(raw, segment.data)?, number(raw, segment.data + 4)?);
            // A page may leave its height open.
            let open = segment.kind == 48 && height == u64::from(u32::MAX);
            if width.saturating_mul(if open { 1 } else { height }) > most {
                return None;
            }
        } else if !matches!(segment.kind, 49..=52 | 62) {
            return None;
        }
        at = segment.data.checked_add(segment.length)?;
    }
    Some(())
}

struct Segment {
    kind: u8,
    data: usize,
    length: usize,
}

/// A segment's head (ITU-T T.88, 7.2).
fn segment(raw: &[u8], at: usize) -> Option<Segment> {
    let own = number(raw, at)?;
    let flags = *raw.get(at + 4)?;
    let count = *raw.get(at + 5)? >> 5;
    let mut place = at + 6;
    let referred = if count == 7 {
        let long = (number(raw, at + 5)? & 0x1fff_ffff) as usize;
        place = at + 9 + (long + 1).div_ceil(8);
        long
    } else {
        usize::from(count)
    };
    let width = if own <= 256 {
        1
    } else if own <= 65_536 {
        2
    } else {
        4
    };
    place = place.checked_add(referred.checked_mul(width)?)?;
    place += if flags & 0x40 == 0 { 1 } else { 4 };
    let length = number(raw, place)?;
    (length < u64::from(u32::MAX)).then_some(Segment {
        kind: flags & 0x3f,
        data: place + 4,
        length: length as usize,
    })
}
