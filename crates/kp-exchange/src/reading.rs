//! What came of reading: figures, and an account of every row that is not among them.
//!
//! The law (rulings 34): rows read = used + nil + duplicate + rejected, for every file and in total.

use kp_statistics::production::{ProductionRow, RowPlace};
use serde::Serialize;

/// Everything that reading some files of production returns gave.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// One account per file, in the order given.
    pub files: Vec<FileReading>,
    /// The rows that count, nil returns among them, in the order read.
    pub rows: Vec<ProductionRow>,
    /// Rows that do not count, each with what is wrong and how to mend it.
    pub rejected: Vec<Rejected>,
    /// Rows that repeat an earlier one in every column.
    pub duplicates: Vec<Duplicate>,
    /// What was read and counted, but not as it stood.
    pub notices: Vec<Notice>,
}

/// How many rows became what. Title rows, header rows and blank rows are not rows read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows read.
    pub read: usize,
    /// Rows with a figure that count.
    pub used: usize,
    /// Explicit nil returns that count: `No Production`, and no figure.
    pub nil: usize,
    /// Rows that repeat an earlier one.
    pub duplicate: usize,
    /// Rows that do not count.
    pub rejected: usize,
}

/// The account of one file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileReading {
    /// Name without folders, made distinct where two files share it; every [`RowPlace`] uses it.
    pub file: String,
    /// SHA-256 of its bytes in hexadecimal; empty where it could not be opened.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
    /// What the file turned out to be, for people: `semicolon-separated text, windows-1252`.
    pub kind: String,
    /// How its rows were counted.
    pub counts: Counts,
    /// Rows above and between the figures that are no rows read: titles and headers.
    pub title_rows: usize,
    /// Rows with nothing in them.
    pub blank_rows: usize,
    /// Why nothing could be read from it, where nothing could.
    pub problem: Option<FileProblem>,
}

/// Why a whole file, or a whole sheet, could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileProblem {
    /// One sentence: what is wrong and how to mend it.
    pub sentence: String,
}

/// Why a row does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectedKind {
    /// A column cannot be read.
    Unreadable,
    /// A sum of other rows: counting it would count them twice.
    TotalRow,
    /// Imports or exports: not a production return.
    NotProduction,
    /// A remark, a source or a repeated header among the figures.
    NotAFigure,
}

/// A row that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Where it stands.
    pub place: RowPlace,
    /// Why it does not count.
    pub kind: RejectedKind,
    /// Every column at fault, never empty.
    pub problems: Vec<ColumnProblem>,
}

/// One column at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnProblem {
    /// The column's header as the file writes it.
    pub column: String,
    /// What the cell holds.
    pub found: String,
    /// What is wrong with it.
    pub sentence: String,
    /// How to mend it.
    pub mend: String,
}

/// A row that repeats an earlier one in every column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The row that does not count again.
    pub place: RowPlace,
    /// The row that counts.
    pub same_as: RowPlace,
}

/// Something that was read, but not as it stood: a rounded figure, a date in doubt, a sheet passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Where; row 0 means the whole sheet or file.
    pub place: RowPlace,
    /// The column, where it is about one.
    pub column: Option<String>,
    /// What was done, and why.
    pub sentence: String,
}

impl Counts {
    /// The law: every row read became exactly one thing.
    pub const fn law_holds(&self) -> bool {
        self.read == self.used + self.nil + self.duplicate + self.rejected
    }

    fn plus(self, other: Self) -> Self {
        Self {
            read: self.read + other.read,
            used: self.used + other.used,
            nil: self.nil + other.nil,
            duplicate: self.duplicate + other.duplicate,
            rejected: self.rejected + other.rejected,
        }
    }
}

impl Reading {
    /// The counts of all files together.
    pub fn counts(&self) -> Counts {
        self.files.iter().fold(Counts::default(), |sum, file| sum.plus(file.counts))
    }

    /// Whether the law holds for every file, in total, and against the lists themselves.
    pub fn law_holds(&self) -> bool {
        let sum = self.counts();
        self.files.iter().all(|f| f.counts.law_holds())
            && sum.law_holds()
            && self.rows.len() == sum.used + sum.nil
            && self.rejected.len() == sum.rejected
            && self.duplicates.len() == sum.duplicate
    }
}

impl std::fmt::Display for Rejected {
    /// `returns.csv, row 14: carats "12x" ...; mend: ...`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:", self.place)?;
        for problem in &self.problems {
            write!(f, " {}: {}. To mend it: {}.", problem.column, problem.sentence, problem.mend)?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Notice {
    /// `returns.xlsx, sheet 2008, row 14: Created: 2 rows: not a date ...`; without a row where it is about a sheet.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.place.sheet, self.place.row) {
            (Some(sheet), 0) => write!(f, "{}, sheet {sheet}: ", self.place.file)?,
            (None, 0) => write!(f, "{}: ", self.place.file)?,
            _ => write!(f, "{}: ", self.place)?,
        }
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        f.write_str(&self.sentence)
    }
}
