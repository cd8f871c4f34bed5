//! Capacity bands: what a participant's ground can give in a year, low, likely and high, each with its source.
//!
//! Read from `kpcs analyze --capacities FILE`, a text table with the columns `participant, from_year, to_year, low,
//! likely, high, source, dated`. Only `participant`, `from_year`, `high` and `source` must be filled: an estimate
//! without a source is no evidence. An estimate is somebody's; nothing here says that it is right.

use std::path::Path;

use kp_detect::production::CapacityBand;
use kp_statistics::production::RowPlace;
use kp_terms::{Carats, ParticipantCode};
use sha2::{Digest, Sha256};

use crate::amount::{Amount, Marks, read_amount};
use crate::cell::{Cell, says_nothing};
use crate::decode::decode;
use crate::delimited::{Delimited, Row};
use crate::file_kind::{FileKind, file_kind};
use crate::names::squeeze;
use crate::participants::Participants;
use crate::reading::{ColumnProblem, FileProblem, Rejected, RejectedKind};

/// What came of reading a file of capacity bands: every row became a band or is rejected.
#[derive(Debug, Clone, Default)]
pub struct CapacityReading {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of its bytes in hexadecimal; empty where it could not be opened.
    pub sha256: String,
    /// Rows read: `bands.len() + rejected.len()`.
    pub rows_read: usize,
    /// The bands, in the order of the file.
    pub bands: Vec<CapacityBand>,
    /// Rows that cannot be used, with what is wrong and how to mend it.
    pub rejected: Vec<Rejected>,
    /// Why nothing could be read, where nothing could.
    pub problem: Option<FileProblem>,
}

const COLUMNS: [(&str, &[&str]); 8] = [
    ("participant", &["participant", "participantcode", "code", "country", "countryname", "participantname"]),
    ("from_year", &["fromyear", "from", "year", "firstyear"]),
    ("to_year", &["toyear", "to", "lastyear"]),
    ("low", &["low", "lowcarats", "lowcaratsperyear", "minimum"]),
    ("likely", &["likely", "likelycarats", "likelycaratsperyear", "best"]),
    ("high", &["high", "highcarats", "highcaratsperyear", "maximum"]),
    ("source", &["source"]),
    ("dated", &["dated", "date", "sourcedate"]),
];
const NEEDED: [usize; 4] = [0, 1, 5, 6];

/// Reads a file of capacity bands.
pub fn read_capacities(path: &Path, participants: &Participants) -> CapacityReading {
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    match std::fs::read(path) {
        Ok(bytes) => read_capacity_bytes(&name, &bytes, participants),
        Err(error) => {
            let sentence = format!("{} cannot be opened: {error}.", path.display());
            CapacityReading {
                file: name,
                problem: Some(FileProblem { sentence }),
                ..CapacityReading::default()
            }
        }
    }
}

/// Reads capacity bands that are already in memory.
pub fn read_capacity_bytes(name: &str, bytes: &[u8], participants: &Participants) -> CapacityReading {
    let sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let mut reading = CapacityReading { file: name.to_owned(), sha256, ..CapacityReading::default() };
    let outcome = match file_kind(bytes) {
        FileKind::Text => read_text(&decode(bytes).0, participants, &mut reading),
        FileKind::Empty => Err("it is empty".to_owned()),
        FileKind::Workbook | FileKind::OpenDocument => {
            Err("capacities are read from text; save the sheet as .csv".to_owned())
        }
        FileKind::Other(_, sentence) => Err(sentence.to_owned()),
    };
    reading.problem =
        outcome.err().map(|why| FileProblem { sentence: format!("{name} cannot be read: {why}.") });
    reading
}

type Places = [Option<usize>; 8];

fn read_text(text: &str, participants: &Participants, reading: &mut CapacityReading) -> Result<(), String> {
    let tables = [b',', b';', b'\t'].map(|separator| Delimited::new(text, separator));
    let (table, header, places) = tables
        .iter()
        .find_map(|table| find_header(table).map(|(row, places)| (table, row, places)))
        .ok_or("its header needs the columns participant, from_year, high and source; to_year, low, likely and dated \
                are read too")?;
    let marks = Marks::of_table(table.is_comma_separated());
    table.visit(&mut |row| {
        if row.number > header && !row.cells.iter().all(Cell::is_blank) {
            read_row(&row, &places, marks, participants, reading);
        }
        true
    });
    Ok(())
}

fn find_header(table: &Delimited<'_>) -> Option<(u32, Places)> {
    let mut found = None;
    table.visit(&mut |row| {
        let words: Vec<String> = row.cells.iter().map(|cell| squeeze(&cell.text)).collect();
        let places = COLUMNS.map(|(_, names)| words.iter().position(|word| names.contains(&word.as_str())));
        if NEEDED.iter().all(|column| places[*column].is_some()) {
            found = Some((row.number, places));
        }
        found.is_none() && row.number < crate::header::HEADER_SEARCH_ROWS
    });
    found
}

fn read_row(
    row: &Row<'_, '_>,
    places: &Places,
    marks: Marks,
    participants: &Participants,
    reading: &mut CapacityReading,
) {
    reading.rows_read += 1;
    let mut faults = Faults { cells: row.cells, places, marks, problems: Vec::new() };
    match faults.band(participants) {
        Some(band) if faults.problems.is_empty() => reading.bands.push(band),
        _ => {
            let place = RowPlace { file: reading.file.clone(), sheet: None, row: row.number };
            let problems = faults.problems;
            reading.rejected.push(Rejected { place, kind: RejectedKind::Unreadable, problems });
        }
    }
}

/// The row being read and what is wrong with it.
struct Faults<'r, 'a> {
    cells: &'r [Cell<'a>],
    places: &'r Places,
    marks: Marks,
    problems: Vec<ColumnProblem>,
}

impl<'r> Faults<'r, '_> {
    fn text(&self, column: usize) -> &'r str {
        let cells = self.cells;
        self.places[column].and_then(|at| cells.get(at)).map_or("", Cell::trimmed)
    }

    fn fault<T>(&mut self, column: usize, sentence: impl Into<String>, mend: &str) -> Option<T> {
        self.problems.push(ColumnProblem {
            column: COLUMNS[column].0.to_owned(),
            found: self.text(column).to_owned(),
            sentence: sentence.into(),
            mend: mend.to_owned(),
        });
        None
    }

    /// The band; every fault of the row is listed, not only the first.
    fn band(&mut self, participants: &Participants) -> Option<CapacityBand> {
        let participant = self.participant(participants);
        let first_year = self.year(1).flatten().or_else(|| self.missing(1));
        let last_year = self.year(2);
        let (low, likely, high) = (self.carats(3), self.carats(4), self.carats(5));
        let high = high.flatten().or_else(|| self.missing(5));
        if self.text(6).is_empty() {
            self.missing::<()>(6);
        }
        let (low, likely) = (low.flatten(), likely.flatten());
        if [low, likely, high].into_iter().flatten().is_sorted() {
            let backwards = last_year.flatten().zip(first_year).is_some_and(|(last, first)| last < first);
            if backwards {
                self.fault::<()>(2, "the band ends before it begins", "exchange the two years");
            }
        } else {
            self.fault::<()>(5, "low, likely and high are not in this order", "write the smallest as low");
        }
        Some(CapacityBand {
            participant: participant?,
            first_year: first_year?,
            last_year: last_year?,
            low,
            high: high?,
            source: self.source(likely),
        })
    }

    fn missing<T>(&mut self, column: usize) -> Option<T> {
        if self.problems.iter().any(|p| p.column == COLUMNS[column].0) {
            return None;
        }
        self.fault(column, format!("{} is missing", COLUMNS[column].0), "fill it in; it must be known")
    }

    fn participant(&mut self, participants: &Participants) -> Option<ParticipantCode> {
        let text = self.text(0);
        let coded =
            text.parse().ok().filter(|c: &ParticipantCode| c.is_invented() || participants.get(*c).is_some());
        match coded.or_else(|| participants.by_name(text)) {
            Some(code) => Some(code),
            None => {
                let near = participants.suggestion(text).unwrap_or_else(|| "the two-letter code".to_owned());
                self.fault(0, format!("{text:?} is no participant known here"), &format!("write {near}"))
            }
        }
    }

    /// A year; `Some(None)` where there is none, nothing where it cannot be read.
    fn year(&mut self, column: usize) -> Option<Option<i16>> {
        let text = self.text(column);
        if says_nothing(text) {
            return Some(None);
        }
        match text.parse() {
            Ok(year) if (1900..=2999).contains(&year) => Some(Some(year)),
            _ => self.fault(column, format!("{text:?} is not a year"), "write four digits, for example 2008"),
        }
    }

    /// Carats; `Some(None)` where there are none, nothing where they cannot be read.
    fn carats(&mut self, column: usize) -> Option<Option<Carats>> {
        let cells = self.cells;
        let cell = self.places[column].and_then(|at| cells.get(at)).unwrap_or(&Cell::EMPTY);
        match read_amount(cell, Some(self.marks)) {
            Amount::Read { hundredths, .. } if hundredths >= 0 => {
                Some(Some(Carats::from_hundredths(hundredths)))
            }
            Amount::Read { .. } => self.fault(column, "it is less than nothing", "write carats a year"),
            Amount::Nothing => Some(None),
            Amount::Unreadable { sentence, mend } => self.fault(column, sentence.to_string(), &mend),
            Amount::Ambiguous => {
                self.fault(column, "it can be read in two ways", "write it with two decimals")
            }
        }
    }

    /// The source with its date, and the likely figure, which a band has no field for.
    fn source(&self, likely: Option<Carats>) -> String {
        let mut source = self.text(6).to_owned();
        if !self.text(7).is_empty() {
            source.push_str(&format!(", dated {}", self.text(7)));
        }
        if let Some(likely) = likely {
            source.push_str(&format!(", most likely {} ct a year", likely.grouped()));
        }
        source
    }
}
