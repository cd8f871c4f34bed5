//! Load returns from a file: what the scheme published, taken over as one statement with the file's SHA-256.
//!
//! Scheme: Annex III(c), the public statistics. One act, one statement, however many rows: the statement says who took
//! the file over, from where, and every figure in it. Appends `returns_loaded` to the scheme's log. Checks no figure:
//! what is odd about them becomes a finding (record at the door).

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Role, rules::may_act};
use kp_terms::{Carats, Date, Half, ParticipantCode, Refuse, UsdCents};
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
        /// The same file again.
        LoadedAlready { file: String } = "file_loaded_already", "{file} was loaded already, byte for byte", "one file, one statement";
        /// An empty file.
        NoRows { file: String } = "file_without_rows", "{file} holds no row that could be used", "CD Annex III(c)";
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
    may_act::of_scheme(&officer, Role::Statistics)?;
    let known = !kp_log::entries_of_subject(tx, &request.subject())?.is_empty();
    decide(request, known)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(request: &ReturnsLoaded, known: bool) -> Result<(), Box<dyn Refuse>> {
    if known {
        return Err(Refusal::LoadedAlready { file: request.file.clone() }.into());
    }
    if request.rows.is_empty() {
        return Err(Refusal::NoRows { file: request.file.clone() }.into());
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
