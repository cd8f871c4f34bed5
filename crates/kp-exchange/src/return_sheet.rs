//! A return of any table of Annex III out of a spreadsheet, cell by cell, so that what is wrong can be marked where it is.
//!
//! Scheme: CD Annex III. The reader keeps the whole sheet as it came; `kp-statistics` judges the figures
//! (`return_rules`), `marked_sheet` gives the sheet back with its problems in its cells. Never guesses a figure.

mod belongs;
mod below_header;
mod columns;
mod row;
mod sheets;

use std::collections::BTreeMap;

use kp_statistics::{
    AnnexTable,
    figure::Figure,
    return_rules::{Column, Total},
};
use kp_terms::{ParticipantCode, Period, Sentence, sentence};
use sha2::{Digest, Sha256};

use crate::amount::Marks;
use crate::cell::{Cell, CellKind};
use crate::decode::decode;
use crate::delimited::Delimited;
use crate::file_kind::{FileKind, file_kind};
use crate::header::HEADER_SEARCH_ROWS;
use crate::participants::Participants;
use crate::table::Table;

use below_header::TableReader;
use columns::Columns;

/// Which return a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhichReturn {
    /// Whose.
    pub participant: ParticipantCode,
    /// Which table.
    pub table: AnnexTable,
    /// For which period.
    pub period: Period,
}

/// A return as it stands in a file.
#[derive(Debug, Clone, Default)]
pub struct ReturnSheet {
    /// The name it goes by.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// What it turned out to be, for people.
    pub kind: String,
    /// Every row with anything in it, as it stands: row from 1, and its cells.
    pub grid: Vec<(u32, Vec<GridCell>)>,
    /// The row that names the columns.
    pub header_row: u32,
    /// Which column holds what, from 0.
    pub columns: BTreeMap<Column, usize>,
    /// The figures, each with its row.
    pub figures: Vec<(u32, Figure)>,
    /// Sums that it states, each with its row.
    pub totals: Vec<(u32, Total)>,
    /// What cannot be read, or does not belong to this return; all of it blocks.
    pub unread: Vec<Unread>,
    /// What was not used, and blocks nothing.
    pub notes: Vec<Note>,
    /// Whether it is an explicit nil return.
    pub is_nil: bool,
    /// Why nothing could be read, where nothing could.
    pub problem: Option<Sentence>,
}

/// A cell as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridCell {
    /// Its text.
    pub text: String,
    /// Whether the workbook keeps it as a number.
    pub is_number: bool,
}

/// Something that cannot be read, or does not belong to the return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What sort of thing it is.
    pub why: WhyUnread,
    /// Its row; 0 where it is about the whole file.
    pub row: u32,
    /// Which cell.
    pub column: Column,
    /// What is wrong.
    pub sentence: Sentence,
    /// How to mend it.
    pub mend: Sentence,
}

/// Why something of a file cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyUnread {
    /// A row of another participant, period or table.
    OtherReturn,
    /// A nil return that holds figures.
    NilBesideFigures,
    /// A sheet of the workbook that holds figures too.
    Sheet,
    /// A cell that is not what its column asks for.
    Cell,
}

impl WhyUnread {
    /// All, the weightiest first.
    pub const ALL: [Self; 4] = [Self::OtherReturn, Self::NilBesideFigures, Self::Sheet, Self::Cell];

    /// Its name beside the names of rules.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OtherReturn => "other_return",
            Self::NilBesideFigures => "nil_beside_figures",
            Self::Sheet => "sheet_unread",
            Self::Cell => "cell_unread",
        }
    }

    /// What it is about, in a sentence.
    pub fn says(self) -> Sentence {
        match self {
            Self::OtherReturn => sentence!(
                "return-other",
                "every row is of the participant, the period and the table whose return the file is",
            ),
            Self::NilBesideFigures => sentence!("return-nil-beside", "a nil return has no figures"),
            Self::Sheet => sentence!("return-sheets", "all figures stand in one sheet, which is read"),
            Self::Cell => sentence!("cell-unread", "the cell is not a figure, a code or a class"),
        }
    }
}

/// Something that was not used, and blocks nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its row; 0 where it is about the whole file.
    pub row: u32,
    /// What was not used.
    pub sentence: Sentence,
}

impl ReturnSheet {
    /// What cannot be taken, by what sort of thing it is, the weightiest first.
    pub fn unread_by_why(&self) -> Vec<(WhyUnread, Vec<&Unread>)> {
        let of = |why| (why, self.unread.iter().filter(|it| it.why == why).collect::<Vec<_>>());
        WhyUnread::ALL.map(of).into_iter().filter(|(_, all)| !all.is_empty()).collect()
    }
}

/// Reads a return out of a file of any known kind. Partners go by the names in `participants`.
pub fn read_return_sheet(
    name: &str,
    bytes: &[u8],
    which: WhichReturn,
    participants: &Participants,
) -> ReturnSheet {
    let mut sheet = ReturnSheet {
        file: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect(),
        ..ReturnSheet::default()
    };
    let outcome = match file_kind(bytes) {
        FileKind::Empty => Err(sentence!("file-empty", "it is empty")),
        FileKind::Other(key, english) => Err(Sentence::behind::<&str>(key, english, [])),
        FileKind::Text => read_text(bytes, which, participants, &mut sheet),
        FileKind::Workbook | FileKind::OpenDocument => {
            sheets::read_workbook(bytes, which, participants, &mut sheet)
        }
    };
    sheet.problem = outcome
        .err()
        .map(|why| sentence!("file-cannot-be-read", "{name} cannot be read: {why}.", name = name, why = why));
    sheet
}

fn read_text(
    bytes: &[u8],
    which: WhichReturn,
    participants: &Participants,
    sheet: &mut ReturnSheet,
) -> Result<(), Sentence> {
    let (text, encoding) = decode(bytes);
    let tables = [b',', b';', b'\t', b'|'].map(|separator| Table::Text(Delimited::new(&text, separator)));
    let found = tables.iter().filter_map(|table| Some((table, find_header(table, which.table)?)));
    let best = found.reduce(|best, next| if next.1.1.known() > best.1.1.known() { next } else { best });
    let Some((table, header)) = best else { return Err(no_header()) };
    sheet.kind = format!("text, {encoding}");
    read_table(table, header, which, participants, sheet)
}

fn no_header() -> Sentence {
    sentence!(
        "file-no-header",
        "no row among its first {rows} names the columns; it needs carats and value_usd (in trade also partner and hs, in \
         stocks hs), or certificates with a column that says validated or received",
        rows = HEADER_SEARCH_ROWS,
    )
}

fn find_header(table: &Table<'_>, annex: AnnexTable) -> Option<(u32, Columns)> {
    let mut found = None;
    table.visit(&mut |row| {
        if row.number <= HEADER_SEARCH_ROWS {
            found = Columns::recognise(row.cells, annex).map(|columns| (row.number, columns));
        }
        found.is_none() && row.number < HEADER_SEARCH_ROWS
    });
    found
}

fn read_table(
    table: &Table<'_>,
    (header, columns): (u32, Columns),
    which: WhichReturn,
    participants: &Participants,
    sheet: &mut ReturnSheet,
) -> Result<(), Sentence> {
    if let Some(twice) = columns.problem() {
        return Err(twice);
    }
    let mut marks = Marks::of_table(table.is_comma_separated());
    table.visit(&mut |row| {
        for role in [Column::Carats, Column::Value] {
            if let Some(cell) = columns.places.get(&role).and_then(|at| row.cells.get(*at)) {
                marks.learn(cell);
            }
        }
        true
    });
    let mut reader =
        TableReader { header, columns, which, participants, marks, filled: Vec::new(), nil_row: 0 };
    table.visit(&mut |row| {
        if row.cells.iter().any(Cell::says_something) {
            sheet.grid.push((row.number, row.cells.iter().map(GridCell::from).collect()));
            if row.number > header {
                reader.read(row, sheet);
            }
        }
        true
    });
    reader.finish(sheet)
}

impl From<&Cell<'_>> for GridCell {
    fn from(cell: &Cell<'_>) -> Self {
        Self { text: cell.trimmed().to_owned(), is_number: cell.kind == CellKind::Number }
    }
}
