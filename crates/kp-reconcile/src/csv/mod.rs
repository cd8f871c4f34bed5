//! CSV files: UTF-8, a header, commas, one row on each line; read by all threads at once, in pieces.
//!
//! Columns are found by their names, in any order; columns that are not needed are not looked at. Plain lines take the
//! short way, others the careful way, with the same result. A line that is not a row becomes a fault, never a guess.

mod chunks;
mod line;

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use self::{chunks::Pieces, line::Careful};
use crate::{
    digits::PAD,
    failure::Failure,
    table::{Account, Fault, Rejected, Sink, Table},
    threads::{Progress, on_all},
    tokens::separators,
    values::{Values, Words},
};

/// At most so many rows may be left out: beyond, the file is not of this kind.
pub(crate) const MOST_REJECTED: usize = 1_000_000;
/// How much of a value is shown.
const SHOWN: usize = 60;
/// The longest header.
const HEADER: u64 = 64 * 1024;
/// Columns a file may have.
const MOST_FIELDS: usize = 256;

/// Where the lines begin, and which field each needed column is.
struct Layout {
    body: u64,
    size: u64,
    fields: usize,
    places: Vec<usize>,
}

/// One thread's results: its sink, and of each piece the lines and faults.
type Lane<S> = (S, Vec<(u64, u64, u64)>, Vec<(u64, u64, Fault)>);

/// Reads a file, giving every row to one of the sinks: one for each thread.
pub(crate) fn read<S: Sink + Send>(
    path: &Path,
    table: &Table,
    words: &Words,
    progress: &Progress<'_>,
    sink: impl Fn() -> S + Sync,
) -> Result<(Vec<S>, Account, Vec<Rejected>), Failure> {
    let layout = layout(path, table)?;
    let next = AtomicU64::new(0);
    let count = Pieces::count(layout.body, layout.size);
    let lanes = on_all(progress.threads, || -> Result<Lane<S>, Failure> {
        let mut lane = Reader::new(path, table, words, &layout, sink())?;
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= count {
                return Ok((lane.sink, lane.lines, lane.faults));
            }
            lane.piece(piece)?;
            progress.step((piece + 1) * chunks::PIECE, layout.size);
        }
    })?;
    Ok(gather(path, table, layout.size, lanes))
}

/// Puts the threads' lines in order, so that every fault has its line's number.
fn gather<S>(path: &Path, table: &Table, size: u64, lanes: Vec<Lane<S>>) -> (Vec<S>, Account, Vec<Rejected>) {
    let mut pieces: Vec<(u64, u64, u64)> = lanes.iter().flat_map(|lane| lane.1.iter().copied()).collect();
    pieces.sort_unstable();
    let mut first_line = Vec::with_capacity(pieces.len());
    let mut lines = 2;
    for (_, count, _) in &pieces {
        first_line.push(lines);
        lines += count;
    }
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut rejected: Vec<Rejected> = lanes
        .iter()
        .flat_map(|lane| &lane.2)
        .map(|(piece, line, fault)| Rejected::new(&file, first_line[*piece as usize] + line, table, fault))
        .collect();
    rejected.sort_by_key(|rejected| rejected.row);
    let account = Account {
        file: path.display().to_string(),
        bytes: size,
        used: pieces.iter().map(|piece| piece.2).sum(),
        rejected: rejected.len() as u64,
    };
    (lanes.into_iter().map(|lane| lane.0).collect(), account, rejected)
}

fn layout(path: &Path, table: &Table) -> Result<Layout, Failure> {
    let file = File::open(path).map_err(Failure::io("opening", path))?;
    let size = file.metadata().map_err(Failure::io("looking at", path))?.len();
    let mut header = Vec::new();
    let mut reader = std::io::Read::take(BufReader::new(file), HEADER);
    reader.read_until(b'\n', &mut header).map_err(Failure::io("reading", path))?;
    let body = header.len() as u64;
    let text = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&header).trim_ascii_end();
    if text.is_empty() {
        let missing = format!("the file is empty; expected a header with the columns of {}", table.name);
        return Err(Failure::about(path, missing));
    }
    let mut careful = Careful::default();
    // The number of fields is what the header says, so only the rest can be at fault.
    let apart = careful.take_apart(text, 0);
    if let Err(fault @ (Fault::Encoding | Fault::Quotes)) = apart {
        let sentence = Rejected::new("", 1, table, &fault);
        return Err(Failure::about(
            path,
            format!("the header holds {}; expected {}", sentence.found, sentence.expected),
        ));
    }
    let mut from = PAD;
    let names: Vec<&[u8]> = careful
        .ends
        .iter()
        .map(|end| {
            let name = careful.bytes[from..*end as usize].trim_ascii();
            from = *end as usize + 1;
            name
        })
        .collect();
    if names.len() > MOST_FIELDS {
        return Err(Failure::about(path, format!("{} columns; at most {MOST_FIELDS} are read", names.len())));
    }
    let other = [(b';', "semicolons"), (b'\t', "tabs")].into_iter().find(|(mark, _)| text.contains(mark));
    if let ([_], Some((_, marks))) = (names.as_slice(), other) {
        return Err(Failure::about(
            path,
            format!(
                "its columns are separated by {marks}; save it with commas between them, as for {}",
                table.name
            ),
        ));
    }
    let places = table.columns.iter().map(|column| {
        let mut named = (0..names.len()).filter(|place| names[*place] == column.name.as_bytes());
        match (named.next(), named.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => {
                Err(Failure::about(path, format!("the header names the column `{}` twice", column.name)))
            }
            (None, _) => Err(Failure::about(
                path,
                format!(
                    "the header has no column `{}`; it has {}; expected comma-separated columns as for {}",
                    column.name,
                    shortened(text, 200),
                    table.name
                ),
            )),
        }
    });
    let places = places.collect::<Result<_, _>>()?;
    Ok(Layout { body, size, fields: names.len(), places })
}

/// One thread at work.
struct Reader<'a, S> {
    table: &'a Table,
    layout: &'a Layout,
    values: Values<'a>,
    pieces: Pieces<'a>,
    ends: Vec<u32>,
    careful: Careful,
    sink: S,
    row: Vec<i64>,
    /// Piece, its lines, its rows that were used.
    lines: Vec<(u64, u64, u64)>,
    /// Piece, line within it, what is wrong.
    faults: Vec<(u64, u64, Fault)>,
}

impl<'a, S: Sink> Reader<'a, S> {
    fn new(
        path: &'a Path,
        table: &'a Table,
        words: &'a Words,
        layout: &'a Layout,
        sink: S,
    ) -> Result<Self, Failure> {
        Ok(Self {
            table,
            layout,
            values: Values::new(words),
            pieces: Pieces::open(path, layout.body, layout.size)?,
            ends: Vec::new(),
            careful: Careful::default(),
            sink,
            row: vec![0; table.columns.len()],
            lines: Vec::new(),
            faults: Vec::new(),
        })
    }

    fn piece(&mut self, piece: u64) -> Result<(), Failure> {
        let (from, end) = self.pieces.load(piece)?;
        let count = separators(&self.pieces.buffer, from, end, &mut self.ends);
        let (mut begins, mut at, mut line, mut used) = (from, 0, 0, 0);
        while begins < end {
            let next = match self.plain(begins, at, count) {
                Some(next) => {
                    self.sink.row(&self.row);
                    used += 1;
                    next
                }
                None => {
                    let (next, fault) = self.not_plain(begins, at, count);
                    match fault {
                        Some(Ok(())) => {
                            self.sink.row(&self.row);
                            used += 1;
                        }
                        Some(Err(fault)) => self.reject(piece, line, fault)?,
                        None => {}
                    }
                    next
                }
            };
            begins = self.ends[next - 1] as usize + 1;
            at = next;
            line += 1;
        }
        self.lines.push((piece, line, used));
        Ok(())
    }

    /// A line with as many fields as the header and nothing but plain bytes, read into the row: the place of the first
    /// separator after it. Nothing where it is not so.
    #[inline]
    fn plain(&mut self, begins: usize, at: usize, count: usize) -> Option<usize> {
        let bytes = &self.pieces.buffer;
        let fields = self.layout.fields;
        let ends = self.ends[..count].get(at..at + fields)?;
        let (last, commas) = ends.split_last()?;
        if bytes[*last as usize] != b'\n' || !commas.iter().all(|end| bytes[*end as usize] == b',') {
            return None;
        }
        for ((place, column), value) in self.layout.places.iter().zip(self.table.columns).zip(&mut self.row) {
            let from = if *place == 0 { begins } else { ends[*place - 1] as usize + 1 };
            *value = self.values.read(column.kind, bytes, from, ends[*place] as usize)?;
        }
        Some(at + fields)
    }

    /// Any other line: the place of the first separator after it, and its row or fault; nothing for a blank line.
    #[cold]
    fn not_plain(&mut self, begins: usize, at: usize, count: usize) -> (usize, Option<Result<(), Fault>>) {
        let bytes = &self.pieces.buffer;
        let newline = (at..count).find(|at| bytes[self.ends[*at] as usize] == b'\n');
        let newline = newline.expect("because every line of a piece is ended");
        let line = &bytes[begins..self.ends[newline] as usize];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return (newline + 1, None);
        }
        (newline + 1, Some(self.carefully(begins, begins + line.len())))
    }

    fn carefully(&mut self, from: usize, end: usize) -> Result<(), Fault> {
        self.careful.take_apart(&self.pieces.buffer[from..end], self.layout.fields)?;
        let Careful { bytes, ends } = &self.careful;
        for (column, place) in self.layout.places.iter().enumerate() {
            let from = if *place == 0 { PAD } else { ends[*place - 1] as usize + 1 };
            let end = ends[*place] as usize;
            let kind = self.table.columns[column].kind;
            self.row[column] = self
                .values
                .read(kind, bytes, from, end)
                .ok_or_else(|| Fault::Value { column, found: shortened(&bytes[from..end], SHOWN) })?;
        }
        Ok(())
    }

    fn reject(&mut self, piece: u64, line: u64, fault: Fault) -> Result<(), Failure> {
        self.faults.push((piece, line, fault));
        match self.faults.len() {
            MOST_REJECTED.. => Err(too_many(self.table, &self.faults[0].2)),
            _ => Ok(()),
        }
    }
}

/// What is said where hardly a row can be read.
pub(crate) fn too_many(table: &Table, first: &Fault) -> Failure {
    let example = Rejected::new(table.name, 0, table, first);
    Failure::Input(format!(
        "more than {MOST_REJECTED} rows of {} cannot be read, so this is another kind of file; one of them, column `{}`: `{}`, expected {}",
        table.name, example.column, example.found, example.expected
    ))
}

/// A text for a message, shortened.
pub(crate) fn shortened(bytes: &[u8], most: usize) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    short
}
