//! Reading files of production returns: the one way in for `analyze` and for the demonstration.
//!
//! A file that cannot be read gets a sentence and the others go on. Inside a file every row that is not blank, a
//! title or the header is a row read, and becomes used, nil, duplicate or rejected (rulings 34).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kp_statistics::production::{Declaration, ProductionRow, RowPlace};
use sha2::{Digest, Sha256};

use crate::cell::Cell;
use crate::decode::decode;
use crate::delimited::{Delimited, Row};
use crate::duplicates::Seen;
use crate::file_kind::{FileKind, file_kind};
use crate::header::{Columns, HEADER_SEARCH_ROWS, Role};
use crate::not_a_figure;
use crate::participants::Participants;
use crate::read_row::RowReader;
use crate::reading::{
    ColumnProblem, Duplicate, FileProblem, FileReading, Notice, Reading, Rejected, RejectedKind,
};
use crate::remark::Remark;
use crate::table::Table;
use crate::workbook;

/// Files larger than this are refused: a table of production returns has some thousand rows.
const LARGEST_FILE: u64 = 1 << 30;

/// Reads production returns from files of any known layout.
pub fn read_production(paths: &[PathBuf]) -> Reading {
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    for path in paths {
        reader.add_path(path);
    }
    reader.finish()
}

/// Reads one file after the other; rows that repeat an earlier file's count once.
#[derive(Debug)]
pub struct ProductionReader<'p> {
    participants: &'p Participants,
    reading: Reading,
    seen: Seen,
    /// Remarks of the table being read: how many rows, and the first of them.
    remarks: BTreeMap<(Remark, Role), (usize, RowPlace, String)>,
    names: BTreeSet<String>,
}

impl<'p> ProductionReader<'p> {
    /// A reader that knows these participants.
    pub fn new(participants: &'p Participants) -> Self {
        let (reading, seen) = (Reading::default(), Seen::default());
        Self { participants, reading, seen, remarks: BTreeMap::new(), names: BTreeSet::new() }
    }

    /// Reads a file from the disk.
    pub fn add_path(&mut self, path: &Path) {
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        match read_bytes(path) {
            Ok(bytes) => self.add_bytes(&name, &bytes),
            Err(sentence) => {
                let file = self.distinct(&name);
                self.reading.files.push(FileReading {
                    file,
                    problem: problem(sentence),
                    ..FileReading::default()
                });
            }
        }
    }

    /// Reads a file that is already in memory, under the name it goes by.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) {
        let mut file = FileReading {
            file: self.distinct(name),
            sha256: Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect(),
            bytes: bytes.len() as u64,
            ..FileReading::default()
        };
        let outcome = match file_kind(bytes) {
            FileKind::Empty => Err("it is empty".to_owned()),
            FileKind::Other(_, sentence) => Err(sentence.to_owned()),
            FileKind::Text => self.read_text(bytes, &mut file),
            FileKind::Workbook | FileKind::OpenDocument => self.read_workbook(bytes, &mut file),
        };
        file.problem =
            outcome.err().and_then(|sentence| problem(format!("{} cannot be read: {sentence}.", file.file)));
        self.reading.files.push(file);
    }

    /// Everything that was read.
    pub fn finish(self) -> Reading {
        self.reading
    }

    /// A name that no earlier file has: the second `returns.csv` becomes `returns.csv (2)`.
    fn distinct(&mut self, name: &str) -> String {
        let again = (2..).map(|n| format!("{name} ({n})"));
        let free =
            std::iter::once(name.to_owned()).chain(again).find(|candidate| !self.names.contains(candidate));
        let name = free.unwrap_or_else(|| name.to_owned());
        self.names.insert(name.clone());
        name
    }

    fn read_text(&mut self, bytes: &[u8], file: &mut FileReading) -> Result<(), String> {
        let (text, encoding) = decode(bytes);
        if text.contains('\0') {
            return Err("it is not text and not a workbook; save the table as .xlsx or .csv".to_owned());
        }
        let tables = [b',', b';', b'\t', b'|'].map(|separator| Table::Text(Delimited::new(&text, separator)));
        let headers =
            tables.iter().zip(["comma", "semicolon", "tab", "bar"]).filter_map(|(table, separator)| {
                let (row, columns) = find_header(table)?;
                Some((columns.known(), table, separator, row, columns))
            });
        let best = headers.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((_, table, separator, row, columns)) = best else {
            return Err(no_header(&tables[0]));
        };
        file.kind = format!("{separator}-separated text, {encoding}");
        self.read_table(table, row, &columns, None, file)
    }

    fn read_workbook(&mut self, bytes: &[u8], file: &mut FileReading) -> Result<(), String> {
        let sheets = workbook::sheets(bytes)?;
        file.kind = format!("workbook of {} sheet{}", sheets.len(), if sheets.len() == 1 { "" } else { "s" });
        let several = sheets.len() > 1;
        let mut passed_over = Vec::new();
        let mut tables = 0_usize;
        for sheet in sheets {
            let name = file.file.clone();
            let place = || RowPlace { file: name.clone(), sheet: Some(sheet.name.clone()), row: 0 };
            let table = match sheet.rows {
                Ok(rows) => Table::Sheet(rows),
                Err(sentence) => {
                    passed_over.push(Notice { place: place(), column: None, sentence });
                    continue;
                }
            };
            let outcome = match find_header(&table) {
                None => Err(no_header(&table)),
                Some((row, columns)) => {
                    let shown = several.then_some(sheet.name.as_str());
                    self.read_table(&table, row, &columns, shown, file)
                }
            };
            match outcome {
                Ok(()) => tables += 1,
                Err(sentence) => passed_over.push(Notice { place: place(), column: None, sentence }),
            }
            if sheet.hidden {
                let sentence = "the sheet is hidden; it was read all the same".to_owned();
                passed_over.push(Notice { place: place(), column: None, sentence });
            }
        }
        if tables == 0 {
            let why = passed_over.first().map_or("it has no sheet", |notice| notice.sentence.as_str());
            return Err(why.to_owned());
        }
        self.reading.notices.append(&mut passed_over);
        Ok(())
    }

    fn read_table(
        &mut self,
        table: &Table<'_>,
        header_row: u32,
        columns: &Columns,
        sheet: Option<&str>,
        file: &mut FileReading,
    ) -> Result<(), String> {
        if let Some(sentence) = columns.problem() {
            return Err(sentence);
        }
        let rows_before = file.counts.read;
        self.seen.begin_table(&self.reading.rows);
        let mut reader = RowReader::new(columns, self.participants, table);
        table.visit(&mut |row| {
            if !row.cells.iter().any(Cell::says_something) {
                file.blank_rows += 1;
            } else if row.number <= header_row {
                file.title_rows += 1;
            } else {
                self.read_row(row, &mut reader, sheet, file);
            }
            true
        });
        self.report_remarks(columns);
        self.report_unknown(columns, header_row, sheet, file);
        if file.counts.read == rows_before {
            Err("it has a header and no row below it".to_owned())
        } else {
            Ok(())
        }
    }

    fn read_row(
        &mut self,
        row: &Row<'_, '_>,
        reader: &mut RowReader<'_, '_>,
        sheet: Option<&str>,
        file: &mut FileReading,
    ) {
        let place = || RowPlace { file: file.file.clone(), sheet: sheet.map(str::to_owned), row: row.number };
        file.counts.read += 1;
        let outcome = if row.unclosed_quote { Err(unclosed(row)) } else { reader.read(row.cells, &place) };
        match outcome {
            Ok(figure) => {
                let counts = &mut file.counts;
                let columns = reader.columns;
                let amounts = [columns.place(Role::Carats), columns.place(Role::Value)];
                if let Some(first) = self.seen.repeats(&figure, row.cells, amounts, &self.reading.rows) {
                    counts.duplicate += 1;
                    let same_as = self.reading.rows[first].place.clone();
                    self.reading.duplicates.push(Duplicate { place: figure.place, same_as });
                    return;
                }
                if is_nil(&figure) {
                    counts.nil += 1
                } else {
                    counts.used += 1
                }
                self.remember_remarks(&figure, reader);
                self.reading.rows.push(figure);
            }
            Err((kind, problems)) => {
                file.counts.rejected += 1;
                let (kind, problems) =
                    not_a_figure::recognise(row.cells, reader.columns).unwrap_or((kind, problems));
                self.reading.rejected.push(Rejected { place: place(), kind, problems });
            }
        }
    }

    fn remember_remarks(&mut self, figure: &ProductionRow, reader: &mut RowReader<'_, '_>) {
        if self.seen.differs_from_earlier(figure) {
            reader.remarks.push((Remark::AlsoElsewhere, Role::Carats, figure.carats.to_string()));
        }
        for (remark, role, found) in reader.remarks.drain(..) {
            self.remarks.entry((remark, role)).or_insert_with(|| (0, figure.place.clone(), found)).0 += 1;
        }
    }

    /// Columns that nobody reads: they only tell rows apart that are otherwise the same.
    fn report_unknown(&mut self, columns: &Columns, row: u32, sheet: Option<&str>, file: &FileReading) {
        let unknown = columns.unknown();
        if !unknown.is_empty() {
            let place = RowPlace { file: file.file.clone(), sheet: sheet.map(str::to_owned), row };
            let sentence = format!("columns that are not used: {}", unknown.join(", "));
            self.reading.notices.push(Notice { place, column: None, sentence });
        }
    }

    /// One notice per table and kind of remark, so that a million rounded cells are one sentence.
    fn report_remarks(&mut self, columns: &Columns) {
        for ((remark, role), (rows, place, found)) in std::mem::take(&mut self.remarks) {
            let sentence = remark.sentence(rows, &found);
            self.reading.notices.push(Notice { place, column: Some(columns.title(role)), sentence });
        }
    }
}

/// A nil return has no figure. `No Production` beside carats counts as a figure: what is reported counts, and
/// the contradiction is for the detectors to raise.
fn is_nil(row: &ProductionRow) -> bool {
    row.declaration == Declaration::NoProduction && row.carats.is_zero() && row.value.is_zero()
}

fn problem(sentence: String) -> Option<FileProblem> {
    Some(FileProblem { sentence })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let shown = path.display();
    let about = std::fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => format!("{shown} is not there; check the path."),
        _ => format!("{shown} cannot be opened: {e}."),
    })?;
    if about.is_dir() {
        return Err(format!("{shown} is a folder; name the files in it."));
    }
    if about.len() > LARGEST_FILE {
        return Err(format!("{shown} has {} bytes, more than 1 GiB; split it.", about.len()));
    }
    std::fs::read(path).map_err(|e| format!("{shown} cannot be read: {e}."))
}

/// The first row that looks like a header, or the best of the first rows.
fn find_header(table: &Table<'_>) -> Option<(u32, Columns)> {
    let mut found = None;
    table.visit(&mut |row| {
        if row.number <= HEADER_SEARCH_ROWS {
            found = Columns::recognise(row.cells).map(|columns| (row.number, columns));
        }
        found.is_none() && row.number < HEADER_SEARCH_ROWS
    });
    found
}

fn no_header(table: &Table<'_>) -> String {
    let mut first = String::new();
    table.visit(&mut |row| {
        let words: Vec<&str> =
            row.cells.iter().map(Cell::trimmed).filter(|w| !w.is_empty()).take(8).collect();
        first = words.join(", ").chars().take(120).collect();
        first.is_empty()
    });
    format!(
        "no header row with the columns of a production return was found in its first {HEADER_SEARCH_ROWS} rows (the \
         first row with anything in it is: {first:?}); it needs year, half, participant_code, declaration, carats, \
         value_usd, or the columns of the scheme's export"
    )
}

fn unclosed(row: &Row<'_, '_>) -> (RejectedKind, Vec<ColumnProblem>) {
    let quoted = row.cells.iter().find(|c| c.trimmed().starts_with('"')).map_or("", Cell::trimmed);
    let problem = ColumnProblem {
        column: "the row".to_owned(),
        found: quoted.chars().take(120).collect(),
        sentence: "a quotation mark is opened and never closed".to_owned(),
        mend: "delete the mark, or close it at the end of the field".to_owned(),
    };
    (RejectedKind::Unreadable, vec![problem])
}
