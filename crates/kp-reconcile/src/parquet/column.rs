//! One column of a row group as the whole numbers of the table: what the file stores, made into what the column holds.

use super::{
    bits::Along,
    footer::{Leaf, Meaning, Stored},
    pages::{Encoding, Page, Pages, Wrong},
};
use crate::{
    calendar::YEARS,
    csv::shortened,
    digits::PAD,
    table::{Kind, MOST, NO_SEAL},
    values::Values,
};

/// How much of a value is shown.
const SHOWN: usize = 60;
const DAMAGED: Wrong = "a page cannot be read; write the file again";

/// A stored value.
#[derive(Debug, Clone, Copy)]
enum Raw<'a> {
    Int(i64),
    Float(f64),
    /// In a padded buffer, from where to where.
    Bytes(&'a [u8], usize, usize),
}

/// How a file's column becomes a table's column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) kind: Kind,
    stored: Stored,
    meaning: Meaning,
    pub(super) is_optional: bool,
}

impl Plan {
    /// Whether such a column can be such a kind.
    pub(super) fn new(kind: Kind, leaf: &Leaf) -> Option<Self> {
        let stored = leaf.stored.filter(|_| !leaf.is_nested)?;
        let is_int = matches!(stored, Stored::Int32 | Stored::Int64);
        let fits = match (kind, leaf.meaning) {
            (_, Meaning::Plain) if stored == Stored::Bytes => true,
            (Kind::Id | Kind::Year | Kind::Hs, Meaning::Plain) => is_int,
            (Kind::Day, Meaning::Date) => stored == Stored::Int32,
            (Kind::Day, Meaning::Instant(_)) => stored == Stored::Int64,
            (Kind::Amount | Kind::Balance, Meaning::Plain) => {
                !matches!(stored, Stored::Bytes | Stored::Fixed(_))
            }
            (Kind::Amount | Kind::Balance, Meaning::Decimal(scale)) => {
                scale <= 18 && (is_int || matches!(stored, Stored::Fixed(1..=16)))
            }
            _ => false,
        };
        fits.then_some(Self { kind, stored, meaning: leaf.meaning, is_optional: leaf.is_optional })
    }

    /// The table's value, or none where it has not the column's shape.
    #[inline]
    fn value(&self, raw: Raw<'_>, values: &mut Values<'_>) -> Option<i64> {
        match (raw, self.kind) {
            (Raw::Int(value), Kind::Id) => Some(value),
            (Raw::Int(value), Kind::Hs) => values.hs(value),
            (Raw::Int(value), Kind::Year) => Some(value).filter(|year| YEARS.contains(year)),
            (Raw::Int(value), Kind::Day) => match self.meaning {
                Meaning::Instant(to_a_day) => self.day(value.div_euclid(to_a_day)),
                _ => self.day(value),
            },
            (Raw::Int(value), kind) => self.decimal(i128::from(value)).filter(|amount| may_be(kind, *amount)),
            (Raw::Float(value), kind) => hundredths(value).filter(|amount| may_be(kind, *amount)),
            (Raw::Bytes(bytes, from, end), kind) => match self.stored {
                Stored::Fixed(_) => {
                    let first = if bytes[from] < 0x80 { 0 } else { -1 };
                    let number =
                        bytes[from..end].iter().fold(first, |sum: i128, byte| sum << 8 | i128::from(*byte));
                    self.decimal(number).filter(|amount| may_be(kind, *amount))
                }
                _ => values.read(kind, bytes, from, end),
            },
        }
    }

    fn day(&self, day: i64) -> Option<i64> {
        let first = crate::calendar::day_number(*YEARS.start() as u32, 1, 1)?;
        let last = crate::calendar::day_number(*YEARS.end() as u32, 12, 31)?;
        (first..=last).contains(&day).then_some(day)
    }

    /// Hundredths, where the number is a whole one of them.
    fn decimal(&self, number: i128) -> Option<i64> {
        let scale = if let Meaning::Decimal(scale) = self.meaning { scale } else { 0 };
        let hundredths = match scale {
            0..=2 => number.checked_mul(10_i128.pow(2 - scale))?,
            _ => {
                let unit = 10_i128.pow(scale - 2);
                (number % unit == 0).then_some(number / unit)?
            }
        };
        i64::try_from(hundredths).ok()
    }
}

/// Whether such an amount may be in such a column.
fn may_be(kind: Kind, amount: i64) -> bool {
    amount < MOST && amount > if kind == Kind::Balance { -MOST } else { -1 }
}

/// The nearest hundredth, where the number is one as far as a float can say.
fn hundredths(value: f64) -> Option<i64> {
    let hundredths = value * 100.0;
    let nearest = libm::round(hundredths);
    let is_near = libm::fabs(hundredths - nearest) <= 1e-3 + libm::fabs(nearest) * 1e-12;
    (is_near && libm::fabs(nearest) < MOST as f64).then_some(nearest as i64)
}

fn shown(raw: Raw<'_>) -> String {
    match raw {
        Raw::Int(value) => value.to_string(),
        Raw::Float(value) => value.to_string(),
        Raw::Bytes(bytes, from, end) => shortened(&bytes[from..end], SHOWN),
    }
}

/// A column of a row group: a value for each row, and the rows where there is none.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub(super) values: Vec<i64>,
    /// Row within the group, and what was found there.
    pub(super) faults: Vec<(usize, String)>,
}

impl Filled {
    fn push(&mut self, value: Result<i64, String>) {
        if let Err(found) = &value {
            self.faults.push((self.values.len(), found.clone()));
        }
        self.values.push(value.unwrap_or_default());
    }
}

/// Fills a column with so many rows.
pub(super) fn fill(
    plan: Plan,
    pages: &mut Pages<'_>,
    rows: usize,
    values: &mut Values<'_>,
    filled: &mut Filled,
) -> Result<(), Wrong> {
    filled.values.clear();
    filled.faults.clear();
    let mut dictionary: Vec<Result<i64, String>> = Vec::new();
    let mut of_page = Vec::new();
    while let Some(page) = pages.next()? {
        let along = Along { bytes: &pages.buffer, at: pages.values, end: pages.end };
        let mut made = |raw: Raw<'_>| plan.value(raw, values).ok_or_else(|| shown(raw));
        match page {
            Page::Dictionary(count) => {
                plain(plan.stored, along, count, |raw| dictionary.push(made(raw))).ok_or(DAMAGED)?;
            }
            Page::Data { rows: of_rows, present, encoding } => {
                if filled.values.len() + of_rows > rows {
                    return Err(DAMAGED);
                }
                let is_whole = pages.present.is_empty();
                of_page.clear();
                let mut each = |value: Result<i64, String>| {
                    if is_whole { filled.push(value) } else { of_page.push(value) }
                };
                let read = match encoding {
                    Encoding::Dictionary => from_dictionary(along, present, &dictionary, each),
                    Encoding::Plain => plain(plan.stored, along, present, |raw| each(made(raw))),
                    Encoding::Differences if matches!(plan.stored, Stored::Int32 | Stored::Int64) => {
                        let mut along = along;
                        let narrow = |value: i64| {
                            if plan.stored == Stored::Int32 { i64::from(value as i32) } else { value }
                        };
                        let read = along.differences(present, |value| each(made(Raw::Int(narrow(value)))));
                        read.filter(|read| *read == present).map(|_| ())
                    }
                    Encoding::LengthsFirst => lengths_first(along, present, |raw| each(made(raw))),
                    Encoding::PrefixesFirst => prefixes_first(along, present, |raw| each(made(raw))),
                    Encoding::Split => split(plan.stored, along, present, |raw| each(made(raw))),
                    Encoding::Differences => None,
                };
                read.ok_or(DAMAGED)?;
                if !is_whole {
                    let mut of_page = of_page.drain(..);
                    for is_present in &pages.present {
                        filled.push(match (is_present, plan.kind) {
                            (true, _) => of_page.next().ok_or(DAMAGED)?,
                            (false, Kind::Seal) => Ok(NO_SEAL),
                            (false, _) => Err("nothing".to_owned()),
                        });
                    }
                }
            }
        }
    }
    if filled.values.len() == rows { Ok(()) } else { Err(DAMAGED) }
}

fn from_dictionary(
    mut along: Along<'_>,
    count: usize,
    dictionary: &[Result<i64, String>],
    mut each: impl FnMut(Result<i64, String>),
) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let width = u32::from(along.byte()?);
    let mut all_there = true;
    along.hybrid(width, count, |place| match dictionary.get(place as usize) {
        Some(Ok(value)) => each(Ok(*value)),
        Some(Err(found)) => each(Err(found.clone())),
        None => all_there = false,
    })?;
    all_there.then_some(())
}

/// Values as they are.
fn plain<'a>(
    stored: Stored,
    mut along: Along<'a>,
    count: usize,
    mut each: impl FnMut(Raw<'a>),
) -> Option<()> {
    let bytes = along.bytes;
    let word = |at: usize| crate::digits::word_at(bytes, at);
    match stored {
        Stored::Int32 => {
            let from = along.skip(count.checked_mul(4)?)?;
            (0..count).for_each(|at| each(Raw::Int(i64::from(word(from + 4 * at) as u32 as i32))));
        }
        Stored::Int64 => {
            let from = along.skip(count.checked_mul(8)?)?;
            (0..count).for_each(|at| each(Raw::Int(word(from + 8 * at) as i64)));
        }
        Stored::Float => {
            let from = along.skip(count.checked_mul(4)?)?;
            (0..count).for_each(|at| each(Raw::Float(f64::from(f32::from_bits(word(from + 4 * at) as u32)))));
        }
        Stored::Double => {
            let from = along.skip(count.checked_mul(8)?)?;
            (0..count).for_each(|at| each(Raw::Float(f64::from_bits(word(from + 8 * at)))));
        }
        Stored::Bytes => {
            for _ in 0..count {
                let length = along.u32()? as usize;
                let from = along.skip(length)?;
                each(Raw::Bytes(bytes, from, from + length));
            }
        }
        Stored::Fixed(length) => {
            for _ in 0..count {
                let from = along.skip(length)?;
                each(Raw::Bytes(bytes, from, from + length));
            }
        }
    }
    Some(())
}

/// All lengths, then all texts (DELTA_LENGTH_BYTE_ARRAY).
fn lengths_first<'a>(mut along: Along<'a>, count: usize, mut each: impl FnMut(Raw<'a>)) -> Option<()> {
    for length in lengths(&mut along, count)? {
        let from = along.skip(length)?;
        each(Raw::Bytes(along.bytes, from, from + length));
    }
    Some(())
}

fn lengths(along: &mut Along<'_>, count: usize) -> Option<Vec<usize>> {
    let mut lengths = Vec::with_capacity(count.min(1 << 20));
    along.differences(count, |length| lengths.push(usize::try_from(length).ok()))?;
    (lengths.len() == count).then(|| lengths.into_iter().collect())?
}

/// How much of the text before is kept, then the rest of each (DELTA_BYTE_ARRAY).
fn prefixes_first(mut along: Along<'_>, count: usize, mut each: impl FnMut(Raw<'_>)) -> Option<()> {
    let kept = lengths(&mut along, count)?;
    let rest = lengths(&mut along, count)?;
    let mut text = vec![0; PAD];
    for (kept, length) in kept.into_iter().zip(rest) {
        let from = along.skip(length)?;
        // Without the padding behind the text before.
        let before = text.len().saturating_sub(PAD).max(PAD);
        if PAD + kept > before {
            return None;
        }
        text.truncate(PAD + kept);
        text.extend_from_slice(&along.bytes[from..from + length]);
        let end = text.len();
        text.resize(end + PAD, 0);
        each(Raw::Bytes(&text, PAD, end));
    }
    Some(())
}

/// All first bytes, then all second ones, and so on (BYTE_STREAM_SPLIT).
fn split(stored: Stored, mut along: Along<'_>, count: usize, mut each: impl FnMut(Raw<'_>)) -> Option<()> {
    let width = match stored {
        Stored::Int32 | Stored::Float => 4,
        Stored::Int64 | Stored::Double => 8,
        Stored::Bytes | Stored::Fixed(_) => return None,
    };
    let from = along.skip(count.checked_mul(width)?)?;
    for at in 0..count {
        let byte = |place: usize| u64::from(along.bytes[from + place * count + at]) << (8 * place);
        let word: u64 = (0..width).map(byte).sum();
        each(match stored {
            Stored::Int32 => Raw::Int(i64::from(word as u32 as i32)),
            Stored::Float => Raw::Float(f64::from(f32::from_bits(word as u32))),
            Stored::Double => Raw::Float(f64::from_bits(word)),
            _ => Raw::Int(word as i64),
        });
    }
    Some(())
}
