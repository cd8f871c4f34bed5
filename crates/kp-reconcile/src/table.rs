//! The tables that are read: their columns, what each value is, and what is said where a value is not that.
//!
//! CSV and Parquet go the same way: every needed value becomes a whole number, a row is a slice of them.

use std::fmt;

/// What a column holds, and as which whole number a value is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number, as it is.
    Id,
    /// A year.
    Year,
    /// A number of a certificate: its key.
    Number,
    /// A number of a seal: its key; [`NO_SEAL`] where there is none.
    Seal,
    /// Two of A-Z and 0-9: `36 * first + second`, which sorts like the text. `NA` is Namibia.
    Code,
    /// An HS code: its place in the list of those seen.
    Hs,
    /// A date: days since 1970-01-01.
    Day,
    /// Carats or US dollars, not below zero: hundredths.
    Amount,
    /// Carats that may be below zero, as a correction is: hundredths.
    Balance,
}

/// What stands for the seal of a certificate that names none.
pub(crate) const NO_SEAL: i64 = -1;
/// Amounts of one row lie below this many hundredths (a hundred thousand million), so that comparisons stay exact.
pub(crate) const MOST: i64 = 10_000_000_000_000;
/// How many different HS codes a run may see.
pub(crate) const MOST_HS: usize = 1024;

impl Kind {
    /// What is expected, for a person.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Id => "a whole number below 2^63, such as 1207",
            Self::Year => "a year of four digits, such as 2009",
            Self::Number => "the certificate's number, such as A1-00001207",
            Self::Seal => "the seal's number, such as S0000001207",
            Self::Code => "a participant's code of two capital letters or digits, such as NA or B7",
            Self::Hs => "an HS code in digits, such as 710231 (at most 1024 different ones)",
            Self::Day => "a date written YYYY-MM-DD, such as 2009-06-30",
            Self::Amount => {
                "an amount of at most two decimals, not below zero and below 100000000000.00, such as 1234.50"
            }
            Self::Balance => "an amount of at most two decimals, such as -12.50",
        }
    }
}

/// One needed column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// One table as it is needed: its other columns are not looked at.
#[derive(Debug)]
pub(crate) struct Table {
    /// The file's name without its ending.
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
}

pub(crate) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

pub(crate) static CERTIFICATES: Table = Table {
    name: "certificates",
    columns: &[
        column("cert_id", Kind::Id),
        column("cert_no", Kind::Number),
        column("exporter", Kind::Code),
        column("importer", Kind::Code),
        column("hs", Kind::Hs),
        column("issue_date", Kind::Day),
        column("carats", Kind::Amount),
        column("value_usd", Kind::Amount),
        column("seal_no", Kind::Seal),
    ],
};

pub(crate) static CONFIRMATIONS: Table = Table {
    name: "confirmations",
    columns: &[
        column("conf_id", Kind::Id),
        column("cert_no", Kind::Number),
        column("exporter", Kind::Code),
        column("importer", Kind::Code),
        column("hs", Kind::Hs),
        column("arrival_date", Kind::Day),
        column("carats", Kind::Amount),
        column("value_usd", Kind::Amount),
    ],
};

pub(crate) static PRODUCTION: Table = Table {
    name: "production",
    columns: &[
        column("participant", Kind::Code),
        column("year", Kind::Year),
        column("carats", Kind::Balance),
    ],
};

pub(crate) static STOCKS: Table = Table {
    name: "stocks",
    columns: &[
        column("participant", Kind::Code),
        column("year", Kind::Year),
        column("opening_carats", Kind::Balance),
        column("closing_carats", Kind::Balance),
    ],
};

/// Takes the rows of a table, one after the other, from one thread.
pub(crate) trait Sink {
    /// One row: as many values as the table has columns, in their order.
    fn row(&mut self, values: &[i64]);
}

/// Why a row was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A value is not what the column holds; the column's place in the table.
    Value { column: usize, found: String },
    /// The line has another number of fields than the header.
    Fields { expected: usize, found: usize },
    /// A quotation mark is opened and not closed, or text follows a closed one.
    Quotes,
    /// The bytes are not UTF-8.
    Encoding,
}

/// A row that was left out. A sentence in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file's name.
    pub file: String,
    /// The line of a CSV file, counted from 1 with the header; the row of a Parquet file, counted from 1.
    pub row: u64,
    /// The column, or nothing where the row as a whole is at fault.
    pub column: String,
    /// What was found, shortened.
    pub found: String,
    /// What is expected there.
    pub expected: String,
}

impl Rejected {
    pub(crate) fn new(file: &str, row: u64, table: &Table, fault: &Fault) -> Self {
        let (column, found, expected) = match fault {
            Fault::Value { column, found } => {
                let column = table.columns[*column];
                (column.name, found.clone(), column.kind.expected().to_owned())
            }
            Fault::Fields { expected, found } => {
                ("", format!("{found} fields"), format!("{expected} fields, as in the header"))
            }
            Fault::Quotes => (
                "",
                "a quotation mark out of place".to_owned(),
                "fields without quotation marks, or closed on their line".to_owned(),
            ),
            Fault::Encoding => ("", "bytes that are not UTF-8".to_owned(), "a text in UTF-8".to_owned()),
        };
        Self { file: file.to_owned(), row, column: column.to_owned(), found, expected }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, row, column, found, expected } = self;
        match column.as_str() {
            "" => write!(f, "{file}, row {row}: {found}; expected {expected}"),
            _ => write!(f, "{file}, row {row}, column {column}: `{found}`; expected {expected}"),
        }
    }
}

/// What became of a file's rows: every row is in exactly one of the two counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// The file's path as it was given.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Rows that were used.
    pub used: u64,
    /// Rows that were left out.
    pub rejected: u64,
}
