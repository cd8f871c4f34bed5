//! Setting a text into a place: where lines may break, and how small the letters must be for all of it to fit.
//!
//! The text is made smaller in steps of a quarter point, down to the least size of its place; then it is refused. It is
//! never cut off and never runs out of its place: what is measured is the ink.

use std::ops::Range;

use crate::{
    fonts::{Fonts, Style},
    shape::{Run, Unprintable, shape_line},
};

/// How a text is to be set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) style: Style,
    /// Wanted size in points.
    pub(crate) size: f32,
    /// Least size in points.
    pub(crate) least: f32,
    /// Distance of baselines as a multiple of the size.
    pub(crate) leading: f32,
    /// Extra space after each letter, in ems.
    pub(crate) tracking: f32,
    /// Whether a line may break within a word: for hashes and codes.
    pub(crate) anywhere: bool,
}

/// A line ready to be drawn; measures in points.
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f32,
    pub(crate) above: f32,
    pub(crate) below: f32,
}

/// A text that fits.
pub(crate) struct Set {
    pub(crate) lines: Vec<Line>,
    pub(crate) size: f32,
    /// From the top of the first line to the bottom of the last, in points.
    pub(crate) height: f32,
    pub(crate) leading: f32,
}

/// Why a text was not set.
#[derive(Debug)]
pub(crate) enum Misfit {
    TooLong,
    Missing(Unprintable),
}

/// A stretch of text that no line breaks, and the blanks after it; widths in ems.
struct Atom {
    range: Range<usize>,
    width: f32,
    blank: f32,
    /// A new line must begin after it.
    ends: bool,
}

/// Room for letters above and below the line that have no ink there: `x` alone is as high as `H`.
const ABOVE: f32 = 0.76;
const BELOW: f32 = 0.24;
const STEP: f32 = 0.25;

/// Sets a text into `width` x `height` points.
pub(crate) fn set(
    text: &str,
    setting: &Setting,
    fonts: &Fonts,
    width: f32,
    height: f32,
) -> Result<Set, Misfit> {
    let text = plain(text);
    let atoms = atoms(&text, setting, fonts).map_err(Misfit::Missing)?;
    let mut size = setting.size;
    loop {
        if let Some(ranges) = lines(&atoms, width / size) {
            let lines = shape_all(&text, &ranges, setting, fonts, size).map_err(Misfit::Missing)?;
            let set = stack(lines, size, setting.leading);
            let widest = set.lines.iter().map(|line| line.width).fold(0.0, f32::max);
            if set.height <= height && widest <= width {
                return Ok(set);
            }
        }
        if size <= setting.least {
            return Err(Misfit::TooLong);
        }
        size = (size - STEP).max(setting.least);
    }
}

/// Tabs are blanks, and a line ends with one kind of mark.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n")
        .replace('\t', " ")
        .trim()
        .to_owned()
}

fn atoms(text: &str, setting: &Setting, fonts: &Fonts) -> Result<Vec<Atom>, Unprintable> {
    let mut atoms = Vec::new();
    let mut missing = Vec::new();
    for (range, ends) in pieces(text, setting.anywhere) {
        let whole = text.get(range.clone()).unwrap_or_default();
        let word = whole.trim_end();
        let mut advance =
            |piece: &str| match shape_line(piece, 0..piece.len(), fonts, setting.style, setting.tracking) {
                Ok(runs) => runs.iter().map(|run| run.width).sum::<f32>(),
                Err(characters) => {
                    missing.extend(characters);
                    0.0
                }
            };
        let width = advance(word);
        let blank = if whole.len() > word.len() && !ends { advance(" ") } else { 0.0 };
        atoms.push(Atom { range: range.start..range.start + word.len(), width, blank, ends });
    }
    if missing.is_empty() { Ok(atoms) } else { Err(missing) }
}

/// Cuts the text at every place where a line may end; `true` where it must.
fn pieces(text: &str, anywhere: bool) -> Vec<(Range<usize>, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, here)) = characters.next() {
        let end = at + here.len_utf8();
        let Some(&(_, next)) = characters.peek() else { break };
        if here == '\n' || may_break(before, here, next, anywhere) {
            pieces.push((start..end, here == '\n'));
            start = end;
        }
        before = here;
    }
    pieces.push((start..text.len(), true));
    pieces
}

fn may_break(before: char, here: char, next: char, anywhere: bool) -> bool {
    if next.is_whitespace() || matches!(next, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}') {
        return false;
    }
    let between_words =
        matches!(here, '-' | '/' | '\u{2010}' | '\u{2013}') && before.is_alphabetic() && next.is_alphabetic();
    let wide = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}');
    let opens = |c: char| "（「『〔《【〈([".contains(c);
    let closes = |c: char| "）」』〕》】〉、。，；：！？・ー)],.;:".contains(c);
    // Narrow and plain no-break spaces hold together what stands around them.
    (here.is_whitespace() && !matches!(here, '\u{a0}' | '\u{202f}'))
        || anywhere
        || between_words
        || ((wide(here) || wide(next)) && !opens(here) && !closes(next))
}

/// Fills lines one after the other; nothing where a single atom is wider than a line.
fn lines(atoms: &[Atom], width: f32) -> Option<Vec<Range<usize>>> {
    let mut lines = Vec::new();
    let mut current: Option<(Range<usize>, f32, f32)> = None;
    for atom in atoms {
        if atom.width > width {
            return None;
        }
        current = match current.take() {
            Some((range, used, blank)) if used + blank + atom.width <= width => {
                Some((range.start..atom.range.end, used + blank + atom.width, atom.blank))
            }
            Some((range, ..)) => {
                lines.push(range);
                Some((atom.range.clone(), atom.width, atom.blank))
            }
            None => Some((atom.range.clone(), atom.width, atom.blank)),
        };
        if atom.ends {
            lines.extend(current.take().map(|(range, ..)| range));
        }
    }
    Some(lines)
}

fn shape_all(
    text: &str,
    ranges: &[Range<usize>],
    setting: &Setting,
    fonts: &Fonts,
    size: f32,
) -> Result<Vec<Line>, Unprintable> {
    let mut lines = Vec::new();
    for range in ranges {
        let runs = if range.is_empty() {
            Vec::new()
        } else {
            shape_line(text, range.clone(), fonts, setting.style, setting.tracking)?
        };
        let reach = |of: fn(&Run) -> f32, least: f32| runs.iter().map(of).fold(least, f32::max) * size;
        // The last letter needs no space after it.
        let width = runs.iter().map(|run| run.width).sum::<f32>() - setting.tracking;
        lines.push(Line {
            width: width.max(0.0) * size,
            above: reach(|run| run.above, ABOVE),
            below: reach(|run| run.below, BELOW),
            runs,
        });
    }
    Ok(lines)
}

/// Lines under one another: at the leading, or further apart where ink would touch.
fn stack(lines: Vec<Line>, size: f32, leading: f32) -> Set {
    let mut set = Set { lines, size, height: 0.0, leading: leading * size };
    let baselines = set.baselines();
    set.height = baselines.last().copied().unwrap_or(0.0) + set.lines.last().map_or(0.0, |line| line.below);
    set
}

impl Set {
    /// Distance of each baseline from the top, in points.
    pub(crate) fn baselines(&self) -> Vec<f32> {
        let mut baselines = Vec::new();
        let mut before: Option<(f32, f32)> = None;
        for line in &self.lines {
            let baseline = match before {
                None => line.above,
                Some((baseline, below)) => baseline + self.leading.max(below + line.above + 0.04 * self.size),
            };
            before = Some((baseline, line.below));
            baselines.push(baseline);
        }
        baselines
    }

    /// The width of the widest line, in points.
    pub(crate) fn width(&self) -> f32 {
        self.lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }
}
