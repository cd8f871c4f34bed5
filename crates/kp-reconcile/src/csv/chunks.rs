//! A CSV file in pieces of whole lines, so that several threads read it at once and none needs more than a piece.
//!
//! A piece is a fixed range of bytes; its lines are those that begin in it. Every line belongs to exactly one piece, and
//! adding up the pieces' lines gives every line its number.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use crate::{digits::PAD, failure::Failure};

/// Bytes of one piece: it fits the second-level cache with what is worked out from it.
pub(super) const PIECE: u64 = 256 * 1024;
/// How far beyond a piece its last line is looked for at first.
const BEYOND: usize = 4 * 1024;
/// The longest line there may be.
const LONGEST: u64 = 1024 * 1024;

/// One thread's hold on the file.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    path: &'a Path,
    file: File,
    /// Where the lines after the header begin, and where the file ends.
    body: u64,
    size: u64,
    pub(super) buffer: Vec<u8>,
}

impl<'a> Pieces<'a> {
    pub(super) fn open(path: &'a Path, body: u64, size: u64) -> Result<Self, Failure> {
        let file = File::open(path).map_err(Failure::io("opening", path))?;
        Ok(Self { path, file, body, size, buffer: Vec::new() })
    }

    /// How many pieces the lines after the header make.
    pub(super) fn count(body: u64, size: u64) -> u64 {
        (size - body).div_ceil(PIECE)
    }

    /// Reads a piece: `from..end` of the buffer holds its lines, each ended, with bytes to spare on both sides.
    pub(super) fn load(&mut self, number: u64) -> Result<(usize, usize), Failure> {
        let begins = self.body + number * PIECE;
        let ends = (begins + PIECE).min(self.size);
        // From one byte earlier, to see whether a line begins exactly here.
        let first = if number == 0 { begins } else { begins - 1 };
        self.fill(first, (ends - first) as usize + BEYOND)?;
        let own_end = PAD + (ends - first) as usize;
        let from = match number {
            0 => Some(PAD),
            _ => newline(&self.buffer[PAD..own_end - 1]).map(|at| PAD + at + 1),
        };
        let Some(from) = from else { return Ok((PAD, PAD)) };
        // The last line begins before `own_end`, so its newline is the first at or after the byte before that.
        let mut looked = own_end - 1;
        let end = loop {
            if let Some(at) = newline(&self.buffer[looked..]) {
                break looked + at + 1;
            }
            if first + (self.buffer.len() - PAD) as u64 >= self.size {
                self.buffer.push(b'\n');
                break self.buffer.len();
            }
            looked = self.buffer.len();
            if (looked - own_end) as u64 > LONGEST {
                return Err(Failure::about(
                    self.path,
                    "a line of more than 1 MiB; expected one row on each line",
                ));
            }
            self.more(first + (looked - PAD) as u64, BEYOND * 16)?;
        };
        // What follows must not look like digits of a field.
        self.buffer.truncate(end);
        self.buffer.resize(end + 2 * PAD, b'\n');
        Ok((from, end))
    }

    fn fill(&mut self, at: u64, length: usize) -> Result<(), Failure> {
        self.buffer.clear();
        self.buffer.resize(PAD, b'\n');
        self.more(at, length)
    }

    fn more(&mut self, at: u64, length: usize) -> Result<(), Failure> {
        let length = length.min((self.size - at) as usize);
        self.file.seek(SeekFrom::Start(at)).map_err(Failure::io("reading", self.path))?;
        let read = (&self.file).take(length as u64).read_to_end(&mut self.buffer);
        match read.map_err(Failure::io("reading", self.path))? {
            read if read == length => Ok(()),
            _ => Err(Failure::about(
                self.path,
                "the file became shorter while it was read; run again when it is complete",
            )),
        }
    }
}

fn newline(bytes: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', bytes)
}
