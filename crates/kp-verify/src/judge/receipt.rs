//! The receipt: is it this certificate's, and did the log's key sign its root?

use kp_certificate::{Credential, Receipt, TextFault};

use super::Case;
use crate::{Code, Reason, TrustData};

/// A place in a log that a good receipt proves.
pub(super) struct Proven {
    pub(super) log: String,
    pub(super) index: u64,
}

/// The place that the receipt proves, or nothing (and the reason is said).
pub(super) fn judge(
    case: &mut Case,
    lists: &TrustData,
    credential: &Credential,
    code: Option<&Code>,
) -> Option<Proven> {
    match proven(case, lists, credential, code) {
        Ok(place) => Some(place),
        Err(reason) => {
            case.found(reason);
            None
        }
    }
}

fn proven(
    case: &Case,
    lists: &TrustData,
    credential: &Credential,
    code: Option<&Code>,
) -> Result<Proven, Reason> {
    let does_not_fit = |detail: String| Reason::ReceiptDoesNotFit { detail };
    let receipt = match code {
        None => return Err(Reason::ReceiptMissing),
        Some(Code::Bytes(bytes)) => Receipt::open(bytes).map_err(|fault| does_not_fit(fault.to_string()))?,
        Some(Code::Text(text)) => Receipt::from_text(text).map_err(|fault| match fault {
            TextFault::NotOurs => Reason::ReceiptMissing,
            TextFault::Newer(_) | TextFault::Damaged(_) => Reason::ReceiptDamaged,
            TextFault::Inside(fault) => does_not_fit(fault.to_string()),
        })?,
    };
    let root = receipt.root(credential).map_err(|fault| does_not_fit(fault.to_string()))?;
    let keys = lists.keys(credential.content().issuer).map(|keys| keys.log.as_slice()).unwrap_or_default();
    let mut named = keys
        .iter()
        .filter(|(key, log)| log == receipt.log() && key.id() == receipt.key_id())
        .map(|(key, _)| key)
        .peekable();
    if named.peek().is_none() {
        return Err(Reason::ReceiptUnknownLog { log: receipt.log().to_owned() });
    }
    let message = receipt.message(root);
    if !named.any(|key| case.check.fits(key, &message, receipt.signature())) {
        return Err(does_not_fit("the log's key did not sign this place of this certificate".into()));
    }
    Ok(Proven { log: receipt.log().to_owned(), index: receipt.placed().index })
}
