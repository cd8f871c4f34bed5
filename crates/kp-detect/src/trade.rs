//! Detectors over the register: what certificates, departures, arrivals and confirmations show.
//!
//! Derived: follows the log with a cursor, one entry after the other, and gives the same findings from the same entries.
//! Depends on entries, on this crate's own tables, and on facts that never change (a capacity on file). "Today" comes
//! from `day_reached` statements (rulings 4). Each detector is one file; all are listed in [`look`] and [`look_at_any`].

mod detectors;
mod memory;
mod numbers_memory;
mod origins_memory;
mod queries;
mod seen;
mod signing_memory;

pub use queries::{
    FindingRow, finding_by_id, findings, findings_further, findings_newest, findings_of_participant,
    findings_of_subject, versions_of_finding,
};

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, entries_after};

use crate::{detector_doc::DetectorDoc, finding::Finding};

const CURSOR: Sql = sql!("cursor");
const MOVE_CURSOR: Sql = sql!("move_cursor");
const RECORD_FINDING: Sql = sql!("record_finding");
const RECORD_FINDING_VERSION: Sql = sql!("record_finding_version");

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &[
    "detect_finding",
    "detect_finding_version",
    "detect_shipment",
    "detect_arrival",
    "detect_year",
    "detect_draft",
    "detect_range",
    "detect_blank_missing",
    "detect_blank_keeper",
    "detect_blank_count",
    "detect_blank_rule",
    "detect_threshold",
    "detect_production",
    "detect_origin_left",
    "detect_origin_sent",
    "detect_signing",
];

/// Entries looked at per call of [`detect`], so that a transaction stays short.
const BATCH: u32 = 500;

/// Detects what is new in the log since the cursor. Returns whether there may be more.
///
/// # Errors
/// Where the database fails or an entry does not read.
pub fn detect(tx: &mut Tx<'_>) -> Result<bool> {
    let seen = detected_to(tx)?;
    let entries = entries_after(tx, seen, BATCH)?;
    detect_entries(tx, &entries)?;
    Ok(!entries.is_empty())
}

/// Position of the last entry that was looked at; 0 where none was.
///
/// # Errors
/// Where the database fails.
pub fn detected_to(tx: &mut Tx<'_>) -> Result<u64> {
    let seen = tx.optional(CURSOR, &[], |row| row.get::<i64>(0))?.unwrap_or(0);
    Ok(u64::try_from(seen)?)
}

/// Looks at the entries that come after the cursor, where somebody has read them already.
///
/// # Errors
/// As [`detect`].
pub fn detect_entries(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<()> {
    let Some(last) = entries.last() else { return Ok(()) };
    let aside = kp_trade::set_aside_among(tx, entries)?;
    for entry in entries {
        let is_aside = aside.contains(&entry.position);
        if is_aside && let Some(finding) = detectors::acts_in_conflict::look(tx, entry)? {
            record(tx, entry, &finding)?;
        }
        if !kp_trade::reads(entry) {
            // Set aside when it arrived; there is nothing in it to look at.
            continue;
        }
        numbers_memory::remember(tx, entry)?;
        let mut found = look_at_any(tx, entry)?;
        // An act that was set aside moved no goods.
        if !is_aside {
            memory::remember(tx, entry)?;
            origins_memory::remember(tx, entry)?;
            signing_memory::remember(tx, entry)?;
            found.extend(look(tx, entry)?);
        }
        for finding in found {
            record(tx, entry, &finding)?;
        }
    }
    tx.execute(MOVE_CURSOR, &[i64::try_from(last.position)?.into()])?;
    Ok(())
}

/// Detectors that look at every entry, also at one that does not fit and changed nothing.
fn look_at_any(tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    found.extend(detectors::log_forked::look(entry)?);
    found.extend(detectors::number_outside_range::look(tx, entry)?);
    found.extend(detectors::signed_with_withdrawn_key::look(tx, entry)?);
    Ok(found)
}

/// Every other detector, in the order of their names.
fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<Finding>> {
    let mut found = detectors::blanks_not_counted::look(tx, entry)?;
    found.extend(detectors::blanks_unaccounted::look(entry)?);
    found.extend(detectors::class_changed_on_arrival::look(tx, entry)?);
    found.extend(detectors::exports_above_capacity::look(tx, entry)?);
    found.extend(detectors::number_used_twice::look(tx, entry)?);
    found.extend(detectors::origin_without_production::look(tx, entry)?);
    found.extend(detectors::presented_blank_missing::look(tx, entry)?);
    found.extend(detectors::presented_without_departure::look(tx, entry)?);
    found.extend(detectors::signed_far_above_usual::look(tx, entry)?);
    found.extend(detectors::signed_outside_hours::look(tx, entry)?);
    found.extend(detectors::sources_differ_from_parcels::look(tx, entry)?);
    found.extend(detectors::unconfirmed_after_due::look(tx, entry)?);
    Ok(found)
}

/// The pages of these detectors, by name.
pub fn detector_docs() -> Vec<DetectorDoc> {
    [
        detectors::acts_in_conflict::SOURCE,
        detectors::blanks_not_counted::SOURCE,
        detectors::blanks_unaccounted::SOURCE,
        detectors::class_changed_on_arrival::SOURCE,
        detectors::exports_above_capacity::SOURCE,
        detectors::log_forked::SOURCE,
        detectors::number_outside_range::SOURCE,
        detectors::number_used_twice::SOURCE,
        detectors::origin_without_production::SOURCE,
        detectors::presented_blank_missing::SOURCE,
        detectors::presented_without_departure::SOURCE,
        detectors::signed_far_above_usual::SOURCE,
        detectors::signed_outside_hours::SOURCE,
        detectors::signed_with_withdrawn_key::SOURCE,
        detectors::sources_differ_from_parcels::SOURCE,
        detectors::unconfirmed_after_due::SOURCE,
    ]
    .map(DetectorDoc::from_header)
    .to_vec()
}

/// A finding seen again keeps its first place and day and takes the newer figures; what it said before is kept with its day.
fn record(tx: &mut Tx<'_>, entry: &Entry, finding: &Finding) -> Result<()> {
    let body = serde_json::to_string(&finding.clone().with_sentences(&kp_trade::as_kept))?;
    let (position, on) = (i64::try_from(entry.position)?, entry.on().to_string());
    let version = [(&finding.id).into(), position.into(), (&on).into(), (&body).into()];
    tx.execute(RECORD_FINDING_VERSION, &version)?;
    tx.execute(
        RECORD_FINDING,
        &[
            (&finding.id).into(),
            (&finding.detector).into(),
            finding.participant.as_str().into(),
            finding.subject.as_deref().unwrap_or_default().into(),
            position.into(),
            (&on).into(),
            (&body).into(),
        ],
    )?;
    Ok(())
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM detect_finding; \
         DELETE FROM detect_finding_version; \
         DELETE FROM detect_shipment; \
         DELETE FROM detect_arrival; \
         DELETE FROM detect_year; \
         DELETE FROM detect_draft; \
         DELETE FROM detect_range; \
         DELETE FROM detect_blank_missing; \
         DELETE FROM detect_blank_keeper; \
         DELETE FROM detect_blank_count; \
         DELETE FROM detect_blank_rule; \
         DELETE FROM detect_threshold; \
         DELETE FROM detect_production; \
         DELETE FROM detect_origin_left; \
         DELETE FROM detect_origin_sent; \
         DELETE FROM detect_signing; \
         DELETE FROM detect_cursor;",
    )
}
