//! Tables read whole, for those who look at a stream rather than sum it up: every column of the schema, in the order of the
//! file's pieces, with texts given back.
//!
//! The same readers as for W1 to W5 (CSV and Parquet, a row that cannot be read is left out with a sentence). Rows come in
//! any order: which thread read a piece first says nothing, and whoever takes them sorts them.

use std::path::{Path, PathBuf};

use crate::{
    csv,
    failure::Failure,
    inputs::{Format, Inputs},
    outcome::Read,
    parquet,
    table::{Column, Kind, NO_SEAL, Sink, Table, column},
    threads::{Progress, Stage},
    values::{Words, code_text},
};

static CERTIFICATES: Table = Table {
    name: "certificates",
    columns: &[
        column("cert_id", Kind::Id),
        column("cert_no", Kind::Number),
        column("exporter", Kind::Code),
        column("importer", Kind::Code),
        column("origin", Kind::Code),
        column("hs", Kind::Hs),
        column("issue_date", Kind::Day),
        column("expiry_date", Kind::Day),
        column("carats", Kind::Amount),
        column("value_usd", Kind::Amount),
        column("parcels", Kind::Id),
        column("exp_firm", Kind::Id),
        column("imp_firm", Kind::Id),
        column("seal_no", Kind::Seal),
    ],
};

static PRODUCTION: Table = Table {
    name: "production",
    columns: &[
        column("participant", Kind::Code),
        column("year", Kind::Year),
        column("half", Kind::Id),
        column("carats", Kind::Balance),
        column("value_usd", Kind::Balance),
    ],
};

static COUNTS: Table = Table {
    name: "cert_counts",
    columns: &[
        column("participant", Kind::Code),
        column("year", Kind::Year),
        column("issued", Kind::Id),
        column("received", Kind::Id),
    ],
};

static EMBARGOES: Table = Table {
    name: "embargoes",
    columns: &[column("participant", Kind::Code), column("start", Kind::Day), column("end", Kind::Day)],
};

/// Which table a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Every column of `certificates`.
    Certificates,
    /// Every column of `confirmations`.
    Confirmations,
    /// Production by half.
    Production,
    /// Stocks by year.
    Stocks,
    /// Declared counts of certificates.
    Counts,
    /// Measures against exports.
    Embargoes,
}

impl Whole {
    fn table(self) -> &'static Table {
        match self {
            Self::Certificates => &CERTIFICATES,
            Self::Confirmations => &crate::table::CONFIRMATIONS,
            Self::Production => &PRODUCTION,
            Self::Stocks => &crate::table::STOCKS,
            Self::Counts => &COUNTS,
            Self::Embargoes => &EMBARGOES,
        }
    }

    /// The file of this table in a folder, as CSV or Parquet; none where there is none.
    pub fn in_folder(self, folder: &Path) -> Option<PathBuf> {
        Inputs::find(folder, self.table().name)
    }
}

/// One value, as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number: an id, a year, hundredths, days since 1970-01-01, an HS code.
    Whole(i64),
    /// A number of a certificate or a seal, as written; empty where there is none.
    Text(String),
    /// A participant's two letters or digits.
    Code([u8; 2]),
}

impl Value {
    /// The whole number; 0 where it is a text.
    pub fn whole(&self) -> i64 {
        match self {
            Self::Whole(whole) => *whole,
            Self::Text(_) | Self::Code(_) => 0,
        }
    }

    /// The text; of a code its two letters.
    pub fn text(&self) -> String {
        match self {
            Self::Whole(whole) => whole.to_string(),
            Self::Text(text) => text.clone(),
            Self::Code(code) => String::from_utf8_lossy(code).into_owned(),
        }
    }
}

/// Keeps rows as they come.
#[derive(Debug, Default)]
struct Keep(Vec<i64>);

impl Sink for Keep {
    fn row(&mut self, values: &[i64]) {
        self.0.extend_from_slice(values);
    }
}

/// Reads a table whole and hands every row to `take`, with its values in the order of the schema.
///
/// # Errors
/// Where the file cannot be read or has not the columns. Rows that cannot be read are no error: they are in the account.
pub fn read_whole(
    path: &Path,
    whole: Whole,
    threads: usize,
    told: &(dyn Fn(Stage, u64, u64) + Sync),
    mut take: impl FnMut(&[Value]),
) -> Result<Read, Failure> {
    let (words, table) = (Words::new(), whole.table());
    let stage = if whole == Whole::Confirmations { Stage::Confirmations } else { Stage::Certificates };
    let progress = Progress { threads: threads.max(1), stage, told };
    let (sinks, account, rejected) = match Format::of(path)? {
        Format::Csv => csv::read(path, table, &words, &progress, Keep::default)?,
        Format::Parquet => parquet::read(path, table, &words, &progress, Keep::default)?,
    };
    let hs_codes = words.hs_codes();
    let mut row: Vec<Value> = Vec::with_capacity(table.columns.len());
    for values in sinks.iter().flat_map(|sink| sink.0.chunks_exact(table.columns.len())) {
        row.clear();
        row.extend(
            values.iter().zip(table.columns).map(|(value, column)| meant(*value, column, &words, &hs_codes)),
        );
        take(&row);
    }
    Ok(Read { table: table.name, account, rejected })
}

fn meant(value: i64, column: &Column, words: &Words, hs_codes: &[i32]) -> Value {
    match column.kind {
        Kind::Seal if value == NO_SEAL => Value::Text(String::new()),
        Kind::Number | Kind::Seal => Value::Text(words.books.text(value as u64)),
        Kind::Code => Value::Code(code_text(value as u32)),
        Kind::Hs => Value::Whole(
            usize::try_from(value).ok().and_then(|at| hs_codes.get(at)).map_or(0, |hs| (*hs).into()),
        ),
        Kind::Id | Kind::Year | Kind::Day | Kind::Amount | Kind::Balance => Value::Whole(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_with_their_texts_and_a_row_that_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("certificates.csv");
        let header = "cert_id,cert_no,exporter,importer,origin,hs,issue_date,expiry_date,carats,value_usd,parcels,exp_firm,imp_firm,seal_no";
        let good =
            "7,A1-00000012,A1,NA,ZZ,710231,2009-06-30,2009-08-29,12.30,1000.05,2,1001,5003,S0000000009";
        std::fs::write(&path, format!("{header}\n{good}\n{}\n", good.replace("12.30", "many"))).unwrap();
        assert_eq!(Whole::Certificates.in_folder(folder.path()).as_deref(), Some(path.as_path()));
        let mut rows = Vec::new();
        let read =
            read_whole(&path, Whole::Certificates, 2, &|_, _, _| {}, |row| rows.push(row.to_vec())).unwrap();
        assert_eq!((read.account.used, read.account.rejected), (1, 1));
        let texts: Vec<String> = rows[0].iter().map(Value::text).collect();
        assert_eq!(
            texts.join(" "),
            "7 A1-00000012 A1 NA ZZ 710231 14425 14485 1230 100005 2 1001 5003 S0000000009"
        );
    }
}
