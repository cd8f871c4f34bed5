//! Certificates by whom they name: the newest of a licence, and of an importer or exporter as the papers write it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_terms::ParticipantCode;

use super::{Certificate, certificate};

const NEWEST_OF_LICENCE: Sql = sql!("newest_of_licence");
const NEWEST_OF_IMPORTER_FROM: Sql = sql!("newest_of_importer_from");
const NEWEST_OF_IMPORTER_TO: Sql = sql!("newest_of_importer_to");
const NEWEST_OF_EXPORTER_FROM: Sql = sql!("newest_of_exporter_from");
const NEWEST_OF_EXPORTER_TO: Sql = sql!("newest_of_exporter_to");

/// The newest certificates under a licence, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn newest_of_licence(tx: &mut Tx<'_>, licence_number: &str, limit: u32) -> Result<Vec<Certificate>> {
    tx.rows(NEWEST_OF_LICENCE, &[licence_number.into(), i64::from(limit).into()], certificate)
}

/// The newest certificates of a participant, on either side, that name somebody as importer, or as exporter without a
/// licence; at most `limit`. The name is taken as the papers write it.
///
/// # Errors
/// Where the database fails.
pub fn newest_of_party(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    name: &str,
    limit: u32,
) -> Result<Vec<Certificate>> {
    let params = [name.into(), i64::from(limit).into(), code.as_str().into()];
    let mut all = Vec::new();
    for sql in
        [NEWEST_OF_IMPORTER_FROM, NEWEST_OF_IMPORTER_TO, NEWEST_OF_EXPORTER_FROM, NEWEST_OF_EXPORTER_TO]
    {
        all.extend(tx.rows(sql, &params, certificate)?);
    }
    let order = |c: &Certificate| (std::cmp::Reverse(c.application.applied_on), c.number.clone());
    all.sort_by_key(order);
    all.dedup_by(|a, b| a.number == b.number);
    all.truncate(limit as usize);
    Ok(all)
}
