//! Parquet files: flat tables as pyarrow, Polars and DuckDB write them, read row group by row group.
//!
//! Our own small reader, because the library for it costs four times what a build may (`docs/decisions/0011-parquet.md`).
//! It reads what those three write (zstd, snappy or nothing; plain, dictionary, differences, split bytes; both kinds of
//! pages) and refuses everything else with a sentence. Bytes that are damaged are refused, never guessed.

mod bits;
mod column;
mod footer;
mod pages;
mod thrift;

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use self::{
    column::{Filled, Plan, fill},
    footer::Footer,
    pages::Pages,
};
use crate::{
    csv::{MOST_REJECTED, too_many},
    failure::Failure,
    table::{Account, Fault, Rejected, Sink, Table},
    threads::{Progress, on_all},
    values::{Values, Words},
};

/// One thread's results: its sink, and the rows that were left out.
type Lane<S> = (S, Vec<(u64, Fault)>);

/// Reads a file, giving every row to one of the sinks: one for each thread.
pub(crate) fn read<S: Sink + Send>(
    path: &Path,
    table: &Table,
    words: &Words,
    progress: &Progress<'_>,
    sink: impl Fn() -> S + Sync,
) -> Result<(Vec<S>, Account, Vec<Rejected>), Failure> {
    let footer = footer::read(path)?;
    let plans = plans(path, table, &footer)?;
    let (next, ready) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let count = footer.groups.len();
    let first_rows: Vec<u64> = footer
        .groups
        .iter()
        .scan(1, |row, group| {
            let first = *row;
            *row += group.rows as u64;
            Some(first)
        })
        .collect();
    let lanes = on_all(progress.threads, || -> Result<Lane<S>, Failure> {
        let mut reader = Reader::new(path, table, &footer, &plans, words, sink())?;
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= count {
                return Ok((reader.sink, reader.faults));
            }
            reader.group(group, first_rows[group])?;
            progress.step(ready.fetch_add(1, Ordering::Relaxed) as u64 + 1, count as u64);
        }
    })?;
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let faults = lanes.iter().flat_map(|lane| &lane.1);
    let mut rejected: Vec<Rejected> =
        faults.map(|(row, fault)| Rejected::new(&file, *row, table, fault)).collect();
    rejected.sort_by_key(|rejected| rejected.row);
    let rows: u64 = footer.groups.iter().map(|group| group.rows as u64).sum();
    let account = Account {
        file: path.display().to_string(),
        bytes: footer.size,
        used: rows - rejected.len() as u64,
        rejected: rejected.len() as u64,
    };
    Ok((lanes.into_iter().map(|lane| lane.0).collect(), account, rejected))
}

/// For each needed column its place in the file, and how it is read.
fn plans(path: &Path, table: &Table, footer: &Footer) -> Result<Vec<(usize, Plan)>, Failure> {
    let plan = |column: &crate::table::Column| {
        let mut named = footer.leaves.iter().enumerate().filter(|(_, leaf)| leaf.name == column.name);
        let (place, leaf) = named.next().ok_or_else(|| {
            let names: Vec<&str> = footer.leaves.iter().map(|leaf| leaf.name.as_str()).collect();
            Failure::about(
                path,
                format!("there is no column `{}`; there are {}", column.name, names.join(", ")),
            )
        })?;
        let plan = Plan::new(column.kind, leaf).ok_or_else(|| {
            let expected = column.kind.expected();
            Failure::about(
                path,
                format!("the column `{}` is stored as another kind; expected {expected}", column.name),
            )
        })?;
        Ok((place, plan))
    };
    table.columns.iter().map(plan).collect()
}

/// One thread at work.
struct Reader<'a, S> {
    path: &'a Path,
    table: &'a Table,
    footer: &'a Footer,
    plans: &'a [(usize, Plan)],
    file: File,
    values: Values<'a>,
    filled: Vec<Filled>,
    sink: S,
    faults: Vec<(u64, Fault)>,
}

impl<'a, S: Sink> Reader<'a, S> {
    fn new(
        path: &'a Path,
        table: &'a Table,
        footer: &'a Footer,
        plans: &'a [(usize, Plan)],
        words: &'a Words,
        sink: S,
    ) -> Result<Self, Failure> {
        let file = File::open(path).map_err(Failure::io("opening", path))?;
        let filled = plans.iter().map(|_| Filled::default()).collect();
        Ok(Self {
            path,
            table,
            footer,
            plans,
            file,
            values: Values::new(words),
            filled,
            sink,
            faults: Vec::new(),
        })
    }

    fn group(&mut self, number: usize, first_row: u64) -> Result<(), Failure> {
        let group = &self.footer.groups[number];
        let mut bytes = Vec::new();
        for ((place, plan), filled) in self.plans.iter().zip(&mut self.filled) {
            let chunk = group.chunks[*place];
            bytes.resize(chunk.length as usize, 0);
            let read =
                self.file.seek(SeekFrom::Start(chunk.start)).and_then(|_| self.file.read_exact(&mut bytes));
            read.map_err(Failure::io("reading", self.path))?;
            let mut pages = Pages::new();
            pages.begin(&bytes, chunk.codec, plan.is_optional);
            fill(*plan, &mut pages, group.rows, &mut self.values, filled).map_err(|wrong| {
                let name = &self.footer.leaves[*place].name;
                Failure::about(self.path, format!("column `{name}`, row group {}: {wrong}", number + 1))
            })?;
        }
        let mut row = vec![0; self.filled.len()];
        let mut faulty = self.faults_of_group(first_row)?.into_iter().peekable();
        for at in 0..group.rows {
            if faulty.next_if_eq(&at).is_some() {
                continue;
            }
            for (value, column) in row.iter_mut().zip(&self.filled) {
                *value = column.values[at];
            }
            self.sink.row(&row);
        }
        Ok(())
    }

    /// The rows of the group that are left out, each once, with the first column at fault.
    fn faults_of_group(&mut self, first_row: u64) -> Result<Vec<usize>, Failure> {
        let mut all: Vec<(usize, usize)> = Vec::new();
        for (column, filled) in self.filled.iter().enumerate() {
            all.extend(filled.faults.iter().map(|(row, _)| (*row, column)));
        }
        all.sort_unstable();
        all.dedup_by_key(|fault| fault.0);
        for (row, column) in &all {
            let faults = &self.filled[*column].faults;
            let at = faults.partition_point(|fault| fault.0 < *row);
            let fault = Fault::Value { column: *column, found: faults[at].1.clone() };
            self.faults.push((first_row + *row as u64, fault));
        }
        match self.faults.first() {
            Some((_, first)) if self.faults.len() >= MOST_REJECTED => Err(too_many(self.table, first)),
            _ => Ok(all.into_iter().map(|fault| fault.0).collect()),
        }
    }
}
