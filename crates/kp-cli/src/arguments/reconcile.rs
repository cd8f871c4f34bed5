//! Arguments of `reconcile`.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

const RECONCILE: &str = "\
Reads certificates and confirmations (and, for balances, production and stocks) as CSV or Parquet,
and writes the results w1.csv to w5_content.csv, defined to the byte, and a report with counts,
the largest gaps and how to read them. Each file is read once; confirmations are not kept.

  kpcs reconcile FOLDER --out OUT
  kpcs reconcile --certificates c.parquet --confirmations m.csv --out OUT

A row that cannot be read is left out, counted, and listed with its row, its column and what is
expected there, in OUT/report/rejected.csv.

Exits with 1 where rows were left out.";

/// Options of `reconcile`.
#[derive(Debug, clap::Args)]
#[command(after_help = RECONCILE)]
pub(crate) struct Reconcile {
    /// Folder with certificates, confirmations, production and stocks, each as .csv or .parquet
    #[arg(value_name = "FOLDER", required_unless_present_all = ["certificates", "confirmations"])]
    pub(crate) folder: Option<PathBuf>,

    /// Folder for the results; made where it is missing
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,

    /// Certificates, instead of the folder's
    #[arg(long, value_name = "FILE")]
    pub(crate) certificates: Option<PathBuf>,

    /// Confirmations, instead of the folder's
    #[arg(long, value_name = "FILE")]
    pub(crate) confirmations: Option<PathBuf>,

    /// Declared production, instead of the folder's
    #[arg(long, value_name = "FILE")]
    pub(crate) production: Option<PathBuf>,

    /// Declared stocks, instead of the folder's
    #[arg(long, value_name = "FILE")]
    pub(crate) stocks: Option<PathBuf>,

    /// Which files to take from a folder that has both; CSV where it is not said
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,

    /// Certificates issued by this day should have been confirmed
    #[arg(long, value_name = "DATE", default_value = "2024-11-01", value_parser = super::analysis::day)]
    pub(crate) answered_until: Date,

    /// Threads; as many as there are processors where it is not said
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    /// Stop with a sentence where certificates need more memory than this, such as 800M or 4G
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) memory: Option<u64>,
}

/// Formats of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated text
    Csv,
    /// Apache Parquet
    Parquet,
}

fn size(text: &str) -> Result<u64, &'static str> {
    let (number, unit) = match text.char_indices().last() {
        Some((at, 'M')) => (&text[..at], 1 << 20),
        Some((at, 'G')) => (&text[..at], 1 << 30),
        _ => return Err("write it as 800M or 4G"),
    };
    let number: u64 = number.parse().map_err(|_| "write it as 800M or 4G")?;
    number.checked_mul(unit).ok_or("more than any machine has")
}
