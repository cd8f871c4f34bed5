//! No certificate is issued on a blank that was reported lost or stolen, also where it was drafted before anybody knew.
//!
//! Source: domain 4.1; L23. Drafting asks the same (`series.rs`); this is for the moment between: an office drafted without
//! a network what the capital had reported missing.

use anyhow::Result;
use kp_db::Tx;
use kp_log::Failure;
use kp_terms::CertificateNumber;

use crate::{blank_stock, series::Refusal};

/// That the paper of a number is not missing.
///
/// # Errors
/// Refuses where it is; fails where the database does.
pub(crate) fn check(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<(), Failure> {
    match blank_stock::blank_of_number(tx, number)?.filter(|piece| piece.place.is_missing()) {
        Some(piece) => {
            Err(Failure::refused(Refusal::BlankMissing { number: number.clone(), place: piece.place }))
        }
        None => Ok(()),
    }
}
