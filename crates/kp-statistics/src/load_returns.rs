//! Load returns from a file: what the scheme published, taken over as one statement with the file's SHA-256.
//!
//! Scheme: Annex III(c), the public statistics. One act, one statement, however many rows: the statement says who took
//! the file over, from where, and every figure in it. Appends `returns_loaded` to the scheme's log. Judges no figure:
//! what is odd about them becomes a finding (record at the door). Only what could not be added up is refused.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, Date, Half, ParticipantCode, Refuse, UsdCents};
use kp_trade::rules::amounts::{MOST_CARATS, MOST_VALUE};
use serde::{Deserialize, Serialize};

use crate::{
    ReturnLine,
    production::{Declaration, ProductionRow, ProductionType},
    queries,
};

/// One row as it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedRow {
    /// Whose return.
    pub code: ParticipantCode,
    /// Name as the file writes it.
    pub name: String,
    /// For which half.
    pub half: Half,
    /// Production or nil.
    pub declaration: Declaration,
    /// Who dug.
    pub production_type: ProductionType,
    /// Carats.
    pub carats: Carats,
    /// Value, US$.
    pub value: UsdCents,
    /// When the row was created in its source, where it says so.
    pub created: Option<Date>,
    /// When it was last modified.
    pub modified: Option<Date>,
    /// Row in the file, from 1.
    pub row: u32,
}

/// Returns are loaded from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnsLoaded {
    /// Who published the figures, in words that can be cited.
    pub source: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub file_sha256: String,
    /// Its rows.
    pub rows: Vec<LoadedRow>,
}

impl ReturnsLoaded {
    /// From rows that were read from one file.
    pub fn from_rows(source: &str, file: &str, file_sha256: &str, rows: &[ProductionRow]) -> Self {
        let rows = rows.iter().map(|row| LoadedRow {
            code: row.participant,
            name: row.participant_name.clone(),
            half: row.half,
            declaration: row.declaration,
            production_type: row.production_type,
            carats: row.carats,
            value: row.value,
            created: row.created,
            modified: row.modified,
            row: row.place.row,
        });
        Self {
            source: source.to_owned(),
            file: file.to_owned(),
            file_sha256: file_sha256.to_owned(),
            rows: rows.collect(),
        }
    }
}

impl Statement for ReturnsLoaded {
    const KIND: &'static str = "returns_loaded";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.file_sha256.get(..16).map(|short| format!("file {short}")).unwrap_or_default()
    }
}

kp_terms::refusals! {
    /// Why returns are not loaded.
    pub enum Refusal {
        /// Not a hash.
        NotAHash { file: String } = "file_hash_unreadable", "the SHA-256 of {file} is not 64 hexadecimal digits", "a file taken over is named by its SHA-256";
        /// The same file again.
        LoadedAlready { file: String } = "file_loaded_already", "{file} was loaded already, byte for byte", "one file, one statement";
        /// An empty file.
        NoRows { file: String } = "file_without_rows", "{file} holds no row that could be used", "CD Annex III(c)";
        /// More than the world has, or far less than nothing.
        RowTooLarge { file: String, row: u32 } = "row_too_large", "{file}, row {row} holds more than 1,000,000,000.00 carats or US$ 100,000,000,000.00; correct the file or leave the row out", "limit ours: figures that cannot be added up would stop the counting for everybody";
        /// No source.
        NoSource = "returns_without_source", "say who published these figures, so that they can be cited", "house: a figure carries its source";
    }
}

/// Loads returns.
///
/// # Errors
/// Refuses where the officer is not of the Working Group on Statistics, or the file was loaded before.
pub fn load_returns(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &ReturnsLoaded) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let known = !kp_log::entries_of_subject(tx, &request.subject())?.is_empty();
    decide(&officer, request, known)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, request: &ReturnsLoaded, known: bool) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(officer, Role::Statistics)?;
    if request.file_sha256.len() != 64 || !request.file_sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Refusal::NotAHash { file: request.file.clone() }.into());
    }
    if known {
        return Err(Refusal::LoadedAlready { file: request.file.clone() }.into());
    }
    if request.rows.is_empty() {
        return Err(Refusal::NoRows { file: request.file.clone() }.into());
    }
    let too_large = |row: &&LoadedRow| {
        row.carats.hundredths().saturating_abs() > MOST_CARATS.hundredths()
            || row.value.cents().saturating_abs() > MOST_VALUE.cents()
    };
    if let Some(row) = request.rows.iter().find(too_large) {
        return Err(Refusal::RowTooLarge { file: request.file.clone(), row: row.row }.into());
    }
    if request.source.trim().is_empty() {
        return Err(Refusal::NoSource.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ReturnsLoaded = entry.body()?;
    for (order, row) in body.rows.iter().enumerate() {
        let line = ReturnLine {
            declaration: row.declaration,
            production_type: row.production_type,
            carats: row.carats,
            value: row.value,
        };
        queries::record_return(
            tx,
            entry,
            order,
            &queries::ReturnRow {
                code: row.code,
                name: &row.name,
                half: row.half,
                line,
                created: row.created,
                modified: row.modified,
                source: &body.source,
                file: &body.file,
                file_row: row.row,
            },
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{LoadedRow, ReturnsLoaded, Role, decide};
    use crate::{
        production::{Declaration, ProductionType},
        testing::*,
    };
    use kp_terms::{Carats, UsdCents};

    fn row(carats: i64, value: i64) -> LoadedRow {
        LoadedRow {
            code: code("XA"),
            name: "Examplia".into(),
            half: "2025-H2".parse().unwrap(),
            declaration: Declaration::Production,
            production_type: ProductionType::Unlabelled,
            carats: Carats::from_hundredths(carats),
            value: UsdCents::from_cents(value),
            created: None,
            modified: None,
            row: 7,
        }
    }

    #[test]
    fn each_reason_in_its_order() {
        let returns = ReturnsLoaded {
            source: " ".into(),
            file: "returns.csv".into(),
            file_sha256: "é".repeat(32),
            rows: Vec::new(),
        };
        let mut world = (officer("XA", Role::FocalPoint), returns, true);
        refused_in_order(
            &mut world,
            |(officer, asked, known)| keyed(decide(officer, asked, *known)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0 = officer("scheme", Role::Statistics)),
                ("file_hash_unreadable", |w| w.1.file_sha256 = "0a".repeat(32)),
                ("file_loaded_already", |w| w.2 = false),
                ("file_without_rows", |w| w.1.rows = vec![row(100, 100), row(i64::MIN, 0)]),
                ("row_too_large", |w| w.1.rows = vec![row(1, i64::MAX)]),
                // What is odd but can be added up is taken: it becomes a finding.
                ("row_too_large", |w| w.1.rows = vec![row(-1, 0), row(0, 500)]),
                ("returns_without_source", |w| w.1.source = "invented".into()),
            ],
        );
    }
}
