//! The pages of one column in one row group: their headers, their bytes unpacked, which values are there.

use super::{bits::Along, thrift::structure};
use crate::digits::PAD;

/// The largest page there may be.
const LARGEST: usize = 1 << 30;

/// How a page's values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Dictionary,
    Differences,
    LengthsFirst,
    PrefixesFirst,
    Split,
}

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// So many values of the dictionary.
    Dictionary(usize),
    /// So many rows, of which `present` have values.
    Data { rows: usize, present: usize, encoding: Encoding },
}

/// One column's pages, unpacked one after the other.
pub(super) struct Pages<'a> {
    chunk: &'a [u8],
    codec: i64,
    is_optional: bool,
    /// The page's values lie in `values..end` of this padded buffer.
    pub(super) buffer: Vec<u8>,
    pub(super) values: usize,
    pub(super) end: usize,
    /// For each row of the page whether it has a value; empty where all have.
    pub(super) present: Vec<bool>,
    zstd: zstd_safe::DCtx<'static>,
}

/// What is wrong with a page, for a person.
pub(super) type Wrong = &'static str;
const DAMAGED: Wrong = "a page cannot be read; write the file again";

impl<'a> Pages<'a> {
    pub(super) fn new() -> Self {
        Self {
            chunk: &[],
            codec: 0,
            is_optional: false,
            buffer: Vec::new(),
            values: PAD,
            end: PAD,
            present: Vec::new(),
            zstd: zstd_safe::DCtx::create(),
        }
    }

    /// Begins another column.
    pub(super) fn begin(&mut self, chunk: &'a [u8], codec: i64, is_optional: bool) {
        (self.chunk, self.codec, self.is_optional) = (chunk, codec, is_optional);
    }

    /// The next page, or nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Page>, Wrong> {
        while !self.chunk.is_empty() {
            let (header, taken) = structure(self.chunk).ok_or(DAMAGED)?;
            let packed = header.count(3).ok_or(DAMAGED)?;
            let unpacked = header.count(2).filter(|size| *size <= LARGEST).ok_or(DAMAGED)?;
            let body = self.chunk.get(taken..taken + packed).ok_or(DAMAGED)?;
            self.chunk = &self.chunk[taken + packed..];
            let count =
                |field: i16, id: i16| header.field(field).and_then(|node| node.count(id)).ok_or(DAMAGED);
            let encoding =
                |field: i16, id: i16| header.field(field).and_then(|node| node.int(id)).ok_or(DAMAGED);
            match header.int(1) {
                Some(0) => {
                    self.unpack(body, 0, unpacked, true)?;
                    let rows = count(5, 1)?;
                    let present = self.levels_before(rows)?;
                    return Ok(Some(Page::Data { rows, present, encoding: named(encoding(5, 2)?)? }));
                }
                Some(2) => {
                    self.unpack(body, 0, unpacked, true)?;
                    return Ok(Some(Page::Dictionary(count(7, 1)?)));
                }
                Some(3) => {
                    let (levels, repetitions) = (count(8, 5)?, count(8, 6)?);
                    let is_packed = header.field(8).and_then(|node| node.flag(7)).unwrap_or(true);
                    self.unpack(body, levels + repetitions, unpacked, is_packed)?;
                    let rows = count(8, 1)?;
                    let present = self.levels_within(rows, repetitions, levels)?;
                    return Ok(Some(Page::Data { rows, present, encoding: named(encoding(8, 4)?)? }));
                }
                // An index: not needed.
                _ => {}
            }
        }
        Ok(None)
    }

    /// Unpacks a page; the first bytes are not packed.
    fn unpack(&mut self, body: &[u8], bare: usize, unpacked: usize, is_packed: bool) -> Result<(), Wrong> {
        let (head, body) = body.split_at_checked(bare).ok_or(DAMAGED)?;
        self.buffer.clear();
        self.buffer.resize(PAD, 0);
        self.buffer.extend_from_slice(head);
        let size = unpacked.checked_sub(bare).ok_or(DAMAGED)?;
        let from = self.buffer.len();
        if self.codec == 0 || !is_packed {
            self.buffer.extend_from_slice(body);
        } else {
            self.buffer.resize(from + size, 0);
            let target = &mut self.buffer[from..];
            let written = match self.codec {
                1 => snap::raw::Decoder::new().decompress(body, target).map_err(|_| DAMAGED)?,
                6 if size == 0 => 0,
                6 => self.zstd.decompress(target, body).map_err(|_| DAMAGED)?,
                _ => {
                    return Err("it is packed in a way that is not read; write it with zstd, snappy or none");
                }
            };
            if written != size {
                return Err(DAMAGED);
            }
        }
        self.end = self.buffer.len();
        self.buffer.resize(self.end + PAD, 0);
        self.values = PAD;
        Ok(())
    }

    /// Levels before the values, with their length (pages of the first kind).
    fn levels_before(&mut self, rows: usize) -> Result<usize, Wrong> {
        if !self.is_optional {
            self.present.clear();
            return Ok(rows);
        }
        let mut along = Along { bytes: &self.buffer, at: PAD, end: self.end };
        let length = along.u32().ok_or(DAMAGED)? as usize;
        let from = along.skip(length).ok_or(DAMAGED)?;
        self.values = along.at;
        self.levels(from, from + length, rows)
    }

    /// Levels before the values, their length in the header (pages of the second kind).
    fn levels_within(&mut self, rows: usize, repetitions: usize, levels: usize) -> Result<usize, Wrong> {
        self.values = PAD + repetitions + levels;
        if !self.is_optional {
            self.present.clear();
            return Ok(rows);
        }
        self.levels(PAD + repetitions, self.values, rows)
    }

    fn levels(&mut self, from: usize, end: usize, rows: usize) -> Result<usize, Wrong> {
        let mut along = Along { bytes: &self.buffer, at: from, end };
        let (present, mut count) = (&mut self.present, 0);
        present.clear();
        let read = along.hybrid(1, rows, |level| {
            present.push(level == 1);
            count += level as usize;
        });
        read.ok_or(DAMAGED)?;
        if count == rows {
            present.clear();
        }
        Ok(count)
    }
}

fn named(encoding: i64) -> Result<Encoding, Wrong> {
    match encoding {
        0 => Ok(Encoding::Plain),
        2 | 8 => Ok(Encoding::Dictionary),
        5 => Ok(Encoding::Differences),
        6 => Ok(Encoding::LengthsFirst),
        7 => Ok(Encoding::PrefixesFirst),
        9 => Ok(Encoding::Split),
        _ => Err(
            "its values are written in an encoding that is not read; write it with plain or dictionary encoding",
        ),
    }
}
