//! Spreadsheets and other people's formats, in and out.
//!
//! Reads production returns ([`read_production`]), import confirmations ([`confirmations`]), capacity bands and the
//! reference history of participants. Every
//! row of a strange file is accounted for ([`Reading`]): nothing is guessed, nothing is lost, nothing panics.
//! Never looks for anomalies and never decides anything: it reads.

mod amount;
mod archive;
pub mod capacities;
mod cell;
pub mod confirmations;
pub mod customs;
mod dates;
mod decode;
mod delimited;
mod duplicates;
mod file_kind;
mod header;
mod headings;
pub mod marked_sheet;
mod names;
mod not_a_figure;
pub mod parquet_out;
pub mod participants;
mod period_cell;
pub mod public_tables;
mod read_certificate_number;
mod read_production;
mod read_row;
mod reading;
mod remark;
pub mod return_sheet;
mod row_fields;
mod table;
mod workbook;

pub use read_production::{ProductionReader, read_production};
pub use reading::{
    ColumnProblem, Counts, Duplicate, FileProblem, FileReading, Notice, Reading, Rejected, RejectedKind,
};
