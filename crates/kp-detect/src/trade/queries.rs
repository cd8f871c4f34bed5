//! Findings over the register, as they stand in the table.

use anyhow::{Context, Result};
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::{Date, ParticipantCode};

use crate::finding::Finding;

const FINDINGS: Sql = sql!("findings");
const VERSIONS_OF_FINDING: Sql = sql!("versions_of_finding");
const FINDINGS_FURTHER: Sql = sql!("findings_further");
const FINDINGS_NEWEST: Sql = sql!("findings_newest");
const FINDINGS_OF_SUBJECT: Sql = sql!("findings_of_subject");
const FINDING_BY_ID: Sql = sql!("finding_by_id");
const FINDINGS_OF_PARTICIPANT: Sql = sql!("findings_of_participant");

/// A finding with when it was first seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// What was seen.
    pub finding: Finding,
    /// Position of the entry that first showed it.
    pub found_at: u64,
    /// The day of that entry.
    pub found_on: Date,
}

/// All findings, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn findings(tx: &mut Tx<'_>) -> Result<Vec<FindingRow>> {
    tx.rows(FINDINGS, &[], finding_row)
}

/// The newest findings, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn findings_newest(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<FindingRow>> {
    tx.rows(FINDINGS_NEWEST, &[i64::from(limit).into()], finding_row)
}

/// Findings in the order of [`findings`] that come after one of them (none: from the first), about one participant (none:
/// about everybody), found by the end of a day, in the words of that day; at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn findings_further(
    tx: &mut Tx<'_>,
    after: Option<&FindingRow>,
    about: Option<ParticipantCode>,
    found_by: Date,
    limit: u32,
) -> Result<Vec<FindingRow>> {
    let (position, id) = match after {
        Some(row) => (i64::try_from(row.found_at)?, row.finding.id.as_str()),
        None => (i64::MAX, ""),
    };
    let code = about.map(|code| code.to_string()).unwrap_or_default();
    let by = found_by.to_string();
    let of = [position.into(), id.into(), (&code).into(), (&by).into(), i64::from(limit).into()];
    tx.rows(FINDINGS_FURTHER, &of, finding_row)
}

/// Findings about one certificate's number, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn findings_of_subject(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<FindingRow>> {
    tx.rows(FINDINGS_OF_SUBJECT, &[subject.into()], finding_row)
}

/// The finding with this id.
///
/// # Errors
/// Where the database fails.
pub fn finding_by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<FindingRow>> {
    tx.optional(FINDING_BY_ID, &[id.into()], finding_row)
}

/// Findings about which one participant is asked, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn findings_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<FindingRow>> {
    tx.rows(FINDINGS_OF_PARTICIPANT, &[code.as_str().into()], finding_row)
}

/// Everything that a finding has said, each with the entry and the day from which on, the oldest first; the last is what it
/// says.
///
/// # Errors
/// Where the database fails.
pub fn versions_of_finding(tx: &mut Tx<'_>, id: &str) -> Result<Vec<FindingRow>> {
    tx.rows(VERSIONS_OF_FINDING, &[id.into()], finding_row)
}

fn finding_row(row: &Row<'_>) -> Result<FindingRow> {
    let body: String = row.get(2)?;
    let finding: Finding =
        serde_json::from_str(&body).context("a finding in the table does not read; run `kpcs rebuild`")?;
    Ok(FindingRow {
        found_at: u64::try_from(row.get::<i64>(0)?)?,
        found_on: row.word(1)?,
        finding: finding.with_sentences(&|sentence| kp_trade::kept(sentence.to_string())),
    })
}
