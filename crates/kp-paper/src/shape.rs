//! From a line of text to glyphs: which way it runs (bidirectional text), in which face, and in which shapes.
//!
//! All measures are in ems, so that a text is shaped once and can be set at any size. Nothing is drawn here.

use std::{ops::Range, sync::Arc};

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Feature, UnicodeBuffer, ttf_parser};
use unicode_bidi::BidiInfo;

use crate::fonts::{Face, Fonts, Style, region_of};

/// Glyphs of one face and one direction, in the order in which they stand from left to right.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) face: Arc<Face>,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// The text they stand for; the ranges of the glyphs point into it.
    pub(crate) text: String,
    /// Drawn larger than its line by this much, so that Arabic stands beside Latin as high as it should.
    pub(crate) scale: f32,
    /// Advance, in ems.
    pub(crate) width: f32,
    /// How far the ink reaches above and below the baseline, in ems.
    pub(crate) above: f32,
    pub(crate) below: f32,
}

/// Characters that no face has.
pub(crate) type Unprintable = Vec<char>;

/// The runs of one line, from left to right. `line` is a range within one paragraph of `text`.
pub(crate) fn shape_line(
    text: &str,
    line: Range<usize>,
    fonts: &Fonts,
    style: Style,
    tracking: f32,
) -> Result<Vec<Run>, Unprintable> {
    let bidi = BidiInfo::new(text, None);
    let Some(paragraph) = bidi.paragraphs.iter().find(|paragraph| paragraph.range.contains(&line.start))
    else {
        return Ok(Vec::new());
    };
    let (levels, visual) = bidi.visual_runs(paragraph, line);
    let mut runs = Vec::new();
    for range in visual {
        let rtl = levels.get(range.start).is_some_and(|level| level.is_rtl());
        let mut stretches = in_one_face(text, range, fonts, style)?;
        if rtl {
            stretches.reverse();
        }
        for (range, face) in stretches {
            runs.extend(shape_run(&face, text.get(range).unwrap_or_default(), rtl, tracking));
        }
    }
    Ok(runs)
}

/// Splits a range into stretches that one face can set. Marks and spaces stay in the face of what stands before them.
fn in_one_face(
    text: &str,
    range: Range<usize>,
    fonts: &Fonts,
    style: Style,
) -> Result<Vec<(Range<usize>, Arc<Face>)>, Unprintable> {
    let region = region_of(text);
    let mut stretches: Vec<(Range<usize>, Arc<Face>)> = Vec::new();
    let mut missing = Vec::new();
    for (at, character) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let (start, end) = (range.start + at, range.start + at + character.len_utf8());
        let stays = stretches.last().filter(|(_, face)| !character.is_alphanumeric() && face.has(character));
        let face = match stays {
            Some((_, face)) => Some(Arc::clone(face)),
            None => fonts.face(style, character, region),
        };
        match (face, stretches.last_mut()) {
            (Some(face), Some((last, same))) if Arc::ptr_eq(same, &face) => last.end = end,
            (Some(face), _) => stretches.push((start..end, face)),
            (None, _) => missing.push(character),
        }
    }
    if missing.is_empty() { Ok(stretches) } else { Err(missing) }
}

fn shape_run(face: &Arc<Face>, text: &str, rtl: bool, tracking: f32) -> Option<Run> {
    let shaper = face.shaper()?;
    let em = face.font.units_per_em();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = rustybuzz::shape(&shaper, &features(tracking), buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut run = Run {
        face: Arc::clone(face),
        glyphs: Vec::new(),
        text: text.to_owned(),
        scale: 1.0,
        width: 0.0,
        above: 0.0,
        below: 0.0,
    };
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let start = info.cluster as usize;
        let end = starts.iter().copied().find(|other| *other > start).unwrap_or(text.len());
        let lift = whole(position.y_offset) / em;
        if let Some(ink) = u16::try_from(info.glyph_id)
            .ok()
            .and_then(|id| shaper.glyph_bounding_box(ttf_parser::GlyphId(id)))
        {
            run.above = run.above.max(f32::from(ink.y_max) / em + lift);
            run.below = run.below.max(-f32::from(ink.y_min) / em - lift);
        }
        // A mark has no advance of its own and is not spaced out from its letter.
        let advance = whole(position.x_advance) / em + if position.x_advance == 0 { 0.0 } else { tracking };
        run.width += advance;
        run.glyphs.push(KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            advance,
            whole(position.x_offset) / em,
            lift,
            whole(position.y_advance) / em,
            start..end,
            None,
        ));
    }
    run.scale = face.scale;
    (run.width, run.above, run.below) =
        (run.width * face.scale, run.above * face.scale, run.below * face.scale);
    Some(run)
}

/// Figures that stand on the line in every face; no ligatures in spaced letters.
fn features(tracking: f32) -> Vec<Feature> {
    let feature = |tag: &[u8; 4], value| Feature::new(ttf_parser::Tag::from_bytes(tag), value, ..);
    let mut features = vec![feature(b"lnum", 1)];
    if tracking > 0.0 {
        features.extend([feature(b"liga", 0), feature(b"clig", 0), feature(b"dlig", 0)]);
    }
    features
}

/// Font units are small whole numbers, which a float of 24 bits holds exactly.
#[expect(clippy::cast_precision_loss, reason = "font units are below 2^24")]
fn whole(units: i32) -> f32 {
    units as f32
}
