//! Questions about parcels, one thin typed function per statement in `sql/`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Entry;
use kp_terms::{Carats, CertificateNumber, ParticipantCode};

use crate::{Parcel, Share, SourceKind, record_audit::AuditRecorded, rules::measures::Measures};

const PARCEL_BY_REFERENCE: Sql = sql!("parcel_by_reference");
const PARCELS: Sql = sql!("parcels");
const PARCELS_OF_HOLDER: Sql = sql!("parcels_of_holder");
const PARCELS_OF_APPLICATION: Sql = sql!("parcels_of_application");
const PARCELS_NAMED: Sql = sql!("parcels_named");
const SHARES_OF_PARCEL: Sql = sql!("shares_of_parcel");
const INPUTS_OF_PARCEL: Sql = sql!("inputs_of_parcel");
const PARCEL_OF_SLIP: Sql = sql!("parcel_of_slip");
const AUDIT_BY_REFERENCE: Sql = sql!("audit_by_reference");
const CARATS_UNDER_AUDIT: Sql = sql!("carats_under_audit");
const CARATS_DRAWN_OF_IMPORT: Sql = sql!("carats_drawn_of_import");
const OPEN_ADJUSTMENT_OF_PARCEL: Sql = sql!("open_adjustment_of_parcel");

/// A weight that somebody adjusted and nobody has agreed to yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Which parcel.
    pub parcel: String,
    /// What it weighed.
    pub before: Carats,
    /// What it weighs.
    pub carats: Carats,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub adjusted_by: String,
}

fn parcel(row: &Row<'_>) -> Result<Parcel> {
    Ok(Parcel {
        parcel: row.get(0)?,
        participant: row.word(1)?,
        hs: row.word(2)?,
        carats: Carats::from_hundredths(row.get(3)?),
        holder: row.get(4)?,
        state: row.word(5)?,
        application: row.get(6)?,
        recorded_on: row.word(7)?,
        recorded_by: row.get(8)?,
        handed_to: row.get(9)?,
        handed_by: row.get(10)?,
        shares: Vec::new(),
    })
}

/// The parcel with this reference.
///
/// # Errors
/// Where the database fails.
pub fn parcel_by_reference(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Parcel>> {
    let found = tx.optional(PARCEL_BY_REFERENCE, &[reference.into()], parcel)?;
    found.map(|parcel| with_shares(tx, parcel)).transpose()
}

/// Parcels in order of reference, after a cursor (empty for the first), at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn parcels(tx: &mut Tx<'_>, after: &str, limit: u32) -> Result<Vec<Parcel>> {
    let found = tx.rows(PARCELS, &[after.into(), i64::from(limit).into()], parcel)?;
    found.into_iter().map(|parcel| with_shares(tx, parcel)).collect()
}

/// What a trader, an authority or an officer holds, reserved parcels too.
///
/// # Errors
/// Where the database fails.
pub fn parcels_of_holder(tx: &mut Tx<'_>, holder: &str) -> Result<Vec<Parcel>> {
    let found = tx.rows(PARCELS_OF_HOLDER, &[holder.into()], parcel)?;
    found.into_iter().map(|parcel| with_shares(tx, parcel)).collect()
}

/// The references that an application names, known here or not.
///
/// # Errors
/// Where the database fails.
pub fn parcels_named(tx: &mut Tx<'_>, application: &str) -> Result<Vec<String>> {
    tx.rows(PARCELS_NAMED, &[application.into()], |row| row.get(0))
}

/// The parcels that an application names, as far as they are known here.
///
/// # Errors
/// Where the database fails.
pub fn parcels_of_application(tx: &mut Tx<'_>, application: &str) -> Result<Vec<Parcel>> {
    let found = tx.rows(PARCELS_OF_APPLICATION, &[application.into()], parcel)?;
    found.into_iter().map(|parcel| with_shares(tx, parcel)).collect()
}

fn with_shares(tx: &mut Tx<'_>, mut parcel: Parcel) -> Result<Parcel> {
    parcel.shares = tx.rows(SHARES_OF_PARCEL, &[(&parcel.parcel).into()], |row| {
        Ok(Share { id: row.get(0)?, source: row.word(1)?, carats: Carats::from_hundredths(row.get(2)?) })
    })?;
    Ok(parcel)
}

/// The parcels that a parcel was split off or mixed from, one step back; none for one that was recorded.
///
/// # Errors
/// Where the database fails.
pub fn inputs_of_parcel(tx: &mut Tx<'_>, parcel: &str) -> Result<Vec<String>> {
    tx.rows(INPUTS_OF_PARCEL, &[parcel.into()], |row| row.get(0))
}

/// The parcel of a participant in which a purchase slip stands.
///
/// # Errors
/// Where the database fails.
pub fn parcel_of_slip(tx: &mut Tx<'_>, participant: ParticipantCode, slip: &str) -> Result<Option<String>> {
    let kind = SourceKind::Purchase.word();
    tx.optional(PARCEL_OF_SLIP, &[participant.as_str().into(), kind.into(), slip.into()], |row| row.get(0))
}

/// The audit with this reference.
///
/// # Errors
/// Where the database fails.
pub fn audit_by_reference(tx: &mut Tx<'_>, audit: &str) -> Result<Option<AuditRecorded>> {
    tx.optional(AUDIT_BY_REFERENCE, &[audit.into()], |row| {
        Ok(AuditRecorded {
            audit: row.get(0)?,
            participant: row.word(1)?,
            carats: Carats::from_hundredths(row.get(2)?),
            auditor: row.get(3)?,
            report: row.get(4)?,
        })
    })
}

/// Carats of all sources that rest on an audit.
///
/// # Errors
/// Where the database fails.
pub fn carats_under_audit(tx: &mut Tx<'_>, audit: &str) -> Result<Carats> {
    tx.one(CARATS_UNDER_AUDIT, &[audit.into()], |row| Ok(Carats::from_hundredths(row.get(0)?)))
}

/// Carats that parcels of a participant say they drew from an import certificate.
///
/// # Errors
/// Where the database fails.
pub fn carats_drawn_of_import(
    tx: &mut Tx<'_>,
    participant: ParticipantCode,
    number: &CertificateNumber,
) -> Result<Carats> {
    let kind = SourceKind::Import.word();
    tx.one(
        CARATS_DRAWN_OF_IMPORT,
        &[participant.as_str().into(), kind.into(), (&number.to_string()).into()],
        |row| Ok(Carats::from_hundredths(row.get(0)?)),
    )
}

/// The last adjustment of a parcel's weight that nobody has agreed to.
///
/// # Errors
/// Where the database fails.
pub fn open_adjustment_of_parcel(tx: &mut Tx<'_>, parcel: &str) -> Result<Option<Adjustment>> {
    tx.optional(OPEN_ADJUSTMENT_OF_PARCEL, &[parcel.into()], |row| {
        Ok(Adjustment {
            parcel: row.get(0)?,
            before: Carats::from_hundredths(row.get(1)?),
            carats: Carats::from_hundredths(row.get(2)?),
            reason: row.get(3)?,
            adjusted_by: row.get(4)?,
        })
    })
}

/// What is known of measures and audits that concern these parcels.
///
/// # Errors
/// Where the database fails.
pub fn measures_for(tx: &mut Tx<'_>, parcels: &[&Parcel]) -> Result<Measures> {
    let mut measures = Measures::default();
    let sources: Vec<_> =
        parcels.iter().flat_map(|parcel| &parcel.shares).map(|share| &share.source).collect();
    let mut lands: BTreeMap<ParticipantCode, ()> = BTreeMap::new();
    for source in sources {
        lands.insert(source.origin(), ());
        if let Some(number) = source.certificate() {
            lands.insert(number.prefix(), ());
        }
        if let Some(audit) = &source.audit
            && let Some(recorded) = audit_by_reference(tx, audit)?
        {
            measures.audits.insert(audit.clone(), (recorded.participant, recorded.carats));
        }
    }
    for land in lands.into_keys() {
        let changes = kp_registry::standing_changes_of_participant(tx, land)?;
        measures.standing.insert(land, changes);
        measures.zones.extend(kp_registry::zone_changes_of_participant(tx, land)?);
    }
    Ok(measures)
}

/// Who signed an entry, by officer id.
pub(crate) fn signer_of(tx: &mut Tx<'_>, entry: &Entry) -> Result<String> {
    kp_registry::officer_of_key(tx, &entry.key_id.to_string())?
        .with_context(|| format!("nobody is registered for the key {} of this entry", entry.key_id))
}
