//! Who filed an application: the exporter's own person, or a broker under a mandate.

use anyhow::{Context, Result};
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::{Carats, UsdCents};

const FILING_OF_APPLICATION: Sql = sql!("filing_of_application");
const FILINGS_OF_LICENCE: Sql = sql!("filings_of_licence");
const FILED_UNDER_MANDATE: Sql = sql!("filed_under_mandate");
const RECORD_FILING: Sql = sql!("record_filing");

/// How an application came to the desk, where a trader's person filed it or a broker brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The application.
    pub application: String,
    /// The trader's person; empty where a clerk took it down for a broker at the counter.
    pub filed_by: String,
    /// The licence that the person acts for: the exporter's own, or the broker's.
    pub filed_under: String,
    /// Under which mandate, where a broker filed it.
    pub mandate: Option<String>,
}

/// How an application was filed, where it was.
///
/// # Errors
/// Where the database fails.
pub fn filing_of_application(tx: &mut Tx<'_>, application: &str) -> Result<Option<Filing>> {
    tx.optional(FILING_OF_APPLICATION, &[application.into()], read)
}

/// What is filed for or by a licence, the newest reference first: the exporter's own applications, whoever filed them, and a
/// broker's filings for others.
///
/// # Errors
/// Where the database fails.
pub fn filings_of_licence(tx: &mut Tx<'_>, licence_number: &str, limit: u32) -> Result<Vec<String>> {
    let rows: &[kp_db::Param<'_>] = &[licence_number.into(), i64::from(limit).into()];
    tx.rows(FILINGS_OF_LICENCE, rows, |row| row.get(0))
}

/// What is filed under a mandate already: applications that were not rejected, without the one named.
///
/// # Errors
/// Where the database fails, or the sum cannot be written.
pub(crate) fn filed_under_mandate(
    tx: &mut Tx<'_>,
    mandate: &str,
    without: &str,
) -> Result<(Carats, UsdCents)> {
    let rows = tx.rows(FILED_UNDER_MANDATE, &[mandate.into(), without.into()], |row| {
        Ok((Carats::from_hundredths(row.get(0)?), UsdCents::from_cents(row.get(1)?)))
    })?;
    let carats = Carats::sum(rows.iter().map(|(carats, _)| *carats)).context("carats under a mandate")?;
    let value = UsdCents::sum(rows.iter().map(|(_, value)| *value)).context("US$ under a mandate")?;
    Ok((carats, value))
}

pub(crate) fn record(tx: &mut Tx<'_>, filing: &Filing) -> Result<()> {
    tx.execute(
        RECORD_FILING,
        &[
            (&filing.application).into(),
            (&filing.filed_by).into(),
            (&filing.filed_under).into(),
            filing.mandate.as_ref().into(),
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Filing> {
    Ok(Filing {
        application: row.get(0)?,
        filed_by: row.get(1)?,
        filed_under: row.get(2)?,
        mandate: row.get(3)?,
    })
}
