//! A certificate's two codes: the signed bytes as they stand in the log, and the log's receipt for them.
//!
//! specs/certificate.md. The signed bytes are read, never made again; the receipt is signed over the tree that ended with
//! them, so it is always the same and its path is the shortest. Only the node whose log it is can sign a receipt: for a
//! certificate of another office there is none here.

use anyhow::Result;
use kp_certificate::{Credential, Placed, Receipt};
use kp_db::Tx;
use kp_log::LogName;
use kp_terms::CertificateNumber;

use crate::Node;

/// A certificate as signed bytes, with its receipt.
#[derive(Debug, Clone)]
pub struct SignedCopy {
    /// The first symbol's content.
    pub credential: Credential,
    /// The second symbol's content, where this node can vouch for its place.
    pub receipt: Option<Receipt>,
}

impl Node {
    /// The signed bytes of a certificate with their receipt; nothing where it has none.
    ///
    /// # Errors
    /// Where the database fails, or what stands in the log is not a certificate (`log verify` names it).
    pub fn signed_copy(&self, number: &CertificateNumber) -> Result<Option<SignedCopy>> {
        self.db().read(|tx| self.signed_copy_in(tx, number))
    }

    pub(crate) fn signed_copy_in(
        &self,
        tx: &mut Tx<'_>,
        number: &CertificateNumber,
    ) -> Result<Option<SignedCopy>> {
        let Some(signed) = kp_trade::credential_of_number(tx, number)? else { return Ok(None) };
        let credential = Credential::open(&kp_log::signed_at(tx, signed.position)?)?;
        Ok(Some(SignedCopy { receipt: self.receipt(tx, signed.position)?, credential }))
    }

    fn receipt(&self, tx: &mut Tx<'_>, position: u64) -> Result<Option<Receipt>> {
        let place = kp_log::place_of(tx, position)?;
        let log: LogName = place.log_id.parse()?;
        if log.office != self.keys().office() {
            return Ok(None);
        }
        let placed = Placed {
            size: place.entry_number + 1,
            index: place.entry_number,
            position: place.position,
            previous: place.previous,
        };
        let key = &self.keys().signer.key;
        Ok(Some(Receipt::sign(&place.log_id, placed, &place.path, place.root, place.at, key)?))
    }
}
