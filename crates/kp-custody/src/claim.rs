//! Parcels named by an application, and what becomes of them with its certificate.
//!
//! The room of certificates calls these while its own statements are applied, so the log alone decides and a rebuild gives
//! the same. This room knows an application by its reference only, and no certificate.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};

const RECORD_CLAIM: Sql = sql!("record_claim");
const RESERVE_PARCELS: Sql = sql!("reserve_parcels");
const RELEASE_PARCELS: Sql = sql!("release_parcels");
const EXPORT_PARCELS: Sql = sql!("export_parcels");

/// An application names its parcels.
///
/// # Errors
/// Where the database fails.
pub fn claim(tx: &mut Tx<'_>, application: &str, parcels: &[String]) -> Result<()> {
    for parcel in parcels {
        tx.execute(RECORD_CLAIM, &[application.into(), parcel.into()])?;
    }
    Ok(())
}

/// A certificate is drafted for the application: its parcels are kept for it.
///
/// # Errors
/// Where the database fails.
pub fn reserve(tx: &mut Tx<'_>, application: &str) -> Result<()> {
    tx.execute(RESERVE_PARCELS, &[application.into()]).map(drop)
}

/// The certificate comes to nothing, or the goods come back: whoever held the parcels holds them again.
///
/// # Errors
/// Where the database fails.
pub fn release(tx: &mut Tx<'_>, application: &str) -> Result<()> {
    tx.execute(RELEASE_PARCELS, &[application.into()]).map(drop)
}

/// The shipment left: its parcels leave the account of whoever held them.
///
/// # Errors
/// Where the database fails.
pub fn export(tx: &mut Tx<'_>, application: &str) -> Result<()> {
    tx.execute(EXPORT_PARCELS, &[application.into()]).map(drop)
}
