//! Who signed: the issuer's own document key, in its time, and not in anybody else's hands.
//!
//! T16: every key of that issuer with that key id is tried, and no other issuer's key makes a certificate good. Security
//! 7.4: what a compromised key signed is good only where the log, or the list of certificates, proves that it came before.

use kp_certificate::{
    Credential,
    lists::{Compromise, DocumentKey},
};
use kp_terms::ParticipantCode;

use super::{Case, receipt::Proven};
use crate::{CheckKey, Reason, TrustData};

/// The document key that signed, or nothing (and the reason is said).
pub(super) fn judge<'a>(
    case: &mut Case,
    lists: &'a TrustData,
    credential: &Credential,
) -> Option<&'a DocumentKey> {
    let issuer = credential.content().issuer;
    if lists.bundle().participants.get(issuer).is_none() {
        case.found(Reason::IssuerUnknown { issuer });
        return None;
    }
    let fits = |key: &CheckKey| {
        key.id() == credential.key_id() && case.check.fits(key, credential.message(), credential.signature())
    };
    let own = lists.keys(issuer).map(|keys| keys.document.as_slice()).unwrap_or_default();
    match own.iter().find(|(key, _)| fits(key)) {
        Some((_, key)) => {
            case.key_class = Some(key.class);
            in_its_time(case, credential, key);
            Some(key)
        }
        None => {
            let reason = whose(lists, issuer, credential, &fits);
            case.found(reason);
            None
        }
    }
}

/// The signature fits no document key of the issuer: whose is it?
fn whose(
    lists: &TrustData,
    issuer: ParticipantCode,
    credential: &Credential,
    fits: &dyn Fn(&CheckKey) -> bool,
) -> Reason {
    let mut known = false;
    for (owner, keys) in lists.all_keys() {
        let document = keys.document.iter().map(|(key, _)| key);
        for key in document.chain(keys.log.iter().map(|(key, _)| key)) {
            known |= key.id() == credential.key_id();
            if fits(key) {
                return if owner == issuer {
                    Reason::KeyForOtherUse { issuer }
                } else {
                    Reason::WrongIssuer { issuer, signer: owner }
                };
            }
        }
    }
    if known {
        Reason::Altered { number: credential.content().number.clone() }
    } else {
        Reason::UnknownKey { issuer, key: credential.key_id() }
    }
}

fn in_its_time(case: &mut Case, credential: &Credential, key: &DocumentKey) {
    let issued_at = credential.content().issued_at;
    let until = key.retired_at.map_or(key.signs_until, |retired| retired.min(key.signs_until));
    if issued_at < key.valid_from {
        case.found(Reason::KeyNotYetValid { from: key.valid_from });
    }
    if issued_at >= until {
        case.found(Reason::KeyOutOfUse { until });
    }
}

/// The key may be in other hands: did this certificate come before?
pub(super) fn compromised(
    case: &mut Case,
    lists: &TrustData,
    credential: &Credential,
    compromise: &Compromise,
    place: Option<&Proven>,
    listed: bool,
) {
    let content = credential.content();
    let noted = compromise.noted_at;
    let in_log = place.map(|place| compromise.came_before(&place.log, place.index));
    // In a list that ends in every log before the compromise, the place is proven without a receipt.
    let covered = lists.bundle().status.get(&content.issuer).map(|status| status.complete.as_slice());
    let ends_before = covered.is_some_and(|logs| {
        !logs.is_empty()
            && logs.iter().all(|log| compromise.came_before(&log.log, log.size.saturating_sub(1)))
    });
    let in_list = listed && ends_before;
    let reason = match in_log {
        Some(true) => Reason::KeyRevokedAfter { noted },
        Some(false) => Reason::KeyRevokedBefore { noted },
        None if content.issued_at >= noted => Reason::KeyRevokedBefore { noted },
        None if in_list => Reason::KeyRevokedAfter { noted },
        None => Reason::KeyRevokedUnproven { noted },
    };
    case.found(reason);
}
