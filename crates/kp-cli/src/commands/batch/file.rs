//! The file of a batch: one row for each customs class of each certificate, read whole before anything is done.
//!
//! Columns, in any order: `reference, licence, importer, importer_address, destination, origin, parcels, declared_by,
//! hs, carats, value_usd`. Rows of one reference stand together; they are the classes of one certificate and agree in
//! every other column. A row that cannot be read stops the batch before its first act, with one sentence for each fault.

use std::{collections::BTreeSet, path::Path};

use anyhow::Context;
use kp_terms::{FieldProblem, Fields, Origin, ParticipantCode};
use kp_trade::Line;

use crate::answer::Trouble;

/// The columns there must be.
pub(crate) const COLUMNS: [&str; 11] = [
    "reference",
    "licence",
    "importer",
    "importer_address",
    "destination",
    "origin",
    "parcels",
    "declared_by",
    "hs",
    "carats",
    "value_usd",
];

/// A certificate that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// First row, as a spreadsheet program counts it.
    pub(crate) row: u64,
    pub(crate) reference: String,
    pub(crate) licence: String,
    pub(crate) importer: String,
    pub(crate) importer_address: String,
    pub(crate) destination: ParticipantCode,
    pub(crate) origin: Origin,
    pub(crate) parcels: u32,
    pub(crate) declared_by: String,
    pub(crate) lines: Vec<Line>,
}

impl Wanted {
    /// As the application form takes it.
    pub(crate) fn fields(&self, participant: ParticipantCode) -> Fields {
        let one = |name: &str, value: String| (name.to_owned(), vec![value]);
        Fields::from([
            one("participant", participant.to_string()),
            one("application", self.reference.clone()),
            one("licence_number", self.licence.clone()),
            one("importer", self.importer.clone()),
            one("importer_address", self.importer_address.clone()),
            one("destination", self.destination.to_string()),
            one("origin", self.origin.to_string()),
            one("parcels", self.parcels.to_string()),
            ("lines".to_owned(), self.lines.iter().map(ToString::to_string).collect()),
            one("declared_by", self.declared_by.clone()),
        ])
    }

    /// Whether a further row is a class of this same certificate.
    fn same_but_for_lines(&self, other: &Self) -> bool {
        Self { row: self.row, lines: Vec::new(), ..other.clone() }
            == Self { lines: Vec::new(), ..self.clone() }
    }
}

/// Reads the whole file, or names everything that is wrong with it.
pub(crate) fn read(path: &Path) -> Result<Vec<Wanted>, Trouble> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(&bytes);
    read_bytes(&path.display().to_string(), bytes)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Wanted>, Trouble> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let unreadable =
        |error: csv::Error| Trouble::Usage(format!("{name} cannot be read as comma-separated text: {error}"));
    let headers = reader.headers().map_err(unreadable)?.clone();
    let missing: Vec<&str> =
        COLUMNS.into_iter().filter(|column| !headers.iter().any(|header| header == *column)).collect();
    if !missing.is_empty() {
        let message = format!(
            "{name} lacks the columns {}; the first row must name {}",
            missing.join(", "),
            COLUMNS.join(", ")
        );
        return Err(Trouble::Usage(message));
    }
    let (mut wanted, mut problems): (Vec<Wanted>, Vec<String>) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let row = record.position().map_or(0, csv::Position::line);
        let cell = |column: &str| {
            let at = headers.iter().position(|header| header == column);
            at.and_then(|at| record.get(at)).unwrap_or_default().to_owned()
        };
        match wanted_of(row, &cell) {
            Ok(next) => problems.extend(add(&mut wanted, &mut seen, next)),
            Err(found) => problems.extend(found.into_iter().map(|p| format!("row {row}, column {p}"))),
        }
    }
    if problems.is_empty() {
        return Ok(wanted);
    }
    Err(Trouble::Usage(format!("{name} cannot be used, and nothing was done:\n  {}", problems.join("\n  "))))
}

/// Adds a row, to the certificate before it where it is a further class of it.
fn add(wanted: &mut Vec<Wanted>, seen: &mut BTreeSet<String>, next: Wanted) -> Option<String> {
    if let Some(last) = wanted.last_mut().filter(|last| last.reference == next.reference) {
        if !last.same_but_for_lines(&next) {
            let (row, reference, first) = (next.row, &next.reference, last.row);
            return Some(format!(
                "row {row} has the reference {reference} of row {first}, but differs from it in more than hs, carats and value_usd"
            ));
        }
        last.lines.extend(next.lines);
        return None;
    }
    if !seen.insert(next.reference.clone()) {
        let (row, reference) = (next.row, &next.reference);
        return Some(format!(
            "row {row}: the reference {reference} stands further up already; rows of one reference stand together"
        ));
    }
    wanted.push(next);
    None
}

fn wanted_of(row: u64, cell: &dyn Fn(&str) -> String) -> Result<Wanted, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    for column in ["reference", "licence", "importer", "importer_address", "declared_by"] {
        if cell(column).is_empty() {
            problems.push(FieldProblem { field: column.into(), sentence: "is empty".into() });
        }
    }
    let destination = word(cell, "destination", &mut problems);
    let origin = word(cell, "origin", &mut problems);
    let parcels = word(cell, "parcels", &mut problems);
    let hs = word(cell, "hs", &mut problems);
    let carats = word(cell, "carats", &mut problems);
    let value = word(cell, "value_usd", &mut problems);
    match (destination, origin, parcels, hs, carats, value) {
        (Some(destination), Some(origin), Some(parcels), Some(hs), Some(carats), Some(value))
            if problems.is_empty() =>
        {
            Ok(Wanted {
                row,
                reference: cell("reference"),
                licence: cell("licence"),
                importer: cell("importer"),
                importer_address: cell("importer_address"),
                destination,
                origin,
                parcels,
                declared_by: cell("declared_by"),
                lines: vec![Line { hs, carats, value }],
            })
        }
        _ => Err(problems),
    }
}

fn word<T>(cell: &dyn Fn(&str) -> String, column: &str, problems: &mut Vec<FieldProblem>) -> Option<T>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let read = cell(column).parse();
    read.map_err(|error: T::Err| {
        problems.push(FieldProblem { field: column.into(), sentence: error.to_string() })
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "reference,licence,importer,importer_address,destination,origin,parcels,declared_by,hs,carats,value_usd\n";

    fn said(rows: &str) -> String {
        match read_bytes("batch.csv", format!("{HEADER}{rows}").as_bytes()) {
            Err(Trouble::Usage(sentence)) => sentence,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn rows_of_one_reference_are_classes_of_one_certificate() {
        let rows = "XA-A-1,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.31,10.00,100.00\n\
                    XA-A-1,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.21,5.00,20.00\n\
                    XA-A-2,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.31,7.00,70.00\n";
        let wanted = read_bytes("batch.csv", format!("{HEADER}{rows}").as_bytes()).unwrap();
        assert_eq!(wanted.iter().map(|w| w.lines.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((wanted[0].row, wanted[1].row), (2, 4));
    }

    #[test]
    fn every_fault_is_named_with_its_row_and_nothing_is_done() {
        let said = said(
            "XA-A-1,XA-EXP-7,,Quay 5,XB,XA,one,M. E.,7102.31,10.00,100.00\n\
             XA-A-2,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.31,ten,100.00\n\
             XA-A-3,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.31,10.00,100.00\n\
             XA-A-4,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.31,10.00,100.00\n\
             XA-A-3,XA-EXP-7,Gems,Quay 5,XB,XA,1,M. E.,7102.21,10.00,100.00\n",
        );
        assert!(said.contains("row 2, column importer: is empty"), "{said}");
        assert!(said.contains("row 2, column parcels:"), "{said}");
        assert!(said.contains("row 3, column carats:"), "{said}");
        assert!(said.contains("row 6: the reference XA-A-3 stands further up already"), "{said}");
    }

    #[test]
    fn a_file_without_the_columns_is_told_which_are_missing() {
        let Err(Trouble::Usage(said)) = read_bytes("x.csv", b"reference,hs\nXA-A-1,7102.31\n") else {
            panic!("it was read");
        };
        assert!(said.starts_with("x.csv lacks the columns licence, importer,"), "{said}");
    }
}
