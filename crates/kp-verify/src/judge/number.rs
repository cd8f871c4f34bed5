//! The number: was it allotted, was it issued, and what became of it?
//!
//! By number, not by hash (security 2.2): a second encoding of a void certificate is void. The list of certificates is
//! positive: what is not in it and is older than it was never issued, whoever signed it (T11; L19, L21, L22).

use kp_certificate::{
    Credential,
    lists::{Complete, Fate, State as Fated, Status},
    log_of,
};
use kp_terms::{CertificateNumber, Date, ParticipantCode, Timestamp};

use super::{Case, day, receipt::Proven};
use crate::{Reason, TrustData};

/// Looks at the number of a credential; gives whether the list of certificates holds these very bytes.
pub(super) fn of_credential(
    case: &mut Case,
    lists: &TrustData,
    credential: &Credential,
    place: Option<&Proven>,
) -> bool {
    let content = credential.content();
    let (issuer, number) = (content.issuer, &content.number);
    fate_and_range(case, lists, issuer, number, Some(content.issued_at));
    let Some((status, complete)) = complete_list(lists, issuer, content.issued_at) else {
        case.found(Reason::NoStatusList { issuer });
        return false;
    };
    match status.certificate(number.serial()) {
        Some(hash) if hash == credential.short_hash() => true,
        Some(_) => {
            case.found(Reason::AnotherRegistered { number: number.clone() });
            false
        }
        None => {
            let passed = place.is_some_and(|p| status.complete_size(&p.log).is_some_and(|s| p.index < s));
            case.found(if content.issued_at < complete.at || passed {
                Reason::NeverIssued { number: number.clone(), complete: complete.at }
            } else {
                Reason::IssuedAfterList { complete: complete.at }
            });
            false
        }
    }
}

/// The issuer's list, and how far it is complete for the log in which a certificate of that moment stands.
fn complete_list(lists: &TrustData, issuer: ParticipantCode, at: Timestamp) -> Option<(&Status, &Complete)> {
    let status = lists.bundle().status.get(&issuer)?;
    let log = log_of(issuer, at);
    let complete = status.complete.iter().find(|complete| complete.log == log).or(status.complete.last())?;
    Some((status, complete))
}

/// What can be said about a number whatever its bytes are.
pub(super) fn fate_and_range(
    case: &mut Case,
    lists: &TrustData,
    issuer: ParticipantCode,
    number: &CertificateNumber,
    issued_at: Option<Timestamp>,
) {
    let bundle = lists.bundle();
    if let Some(status) = bundle.status.get(&issuer) {
        let fates = status.fates_of(number.serial()).iter();
        fates.map(|fate| fated(fate, number)).for_each(|reason| case.found(reason));
    }
    if let Some(sighting) = case.seen.get(number) {
        case.found(Reason::SeenHere { place: sighting.place.clone(), at: sighting.at });
    }
    if let Some(ranges) = bundle.ranges.get(&issuer) {
        if let Some(missing) = ranges.missing_blank(number.serial()) {
            case.found(Reason::BlankMissing { state: missing.state, since: missing.since });
        }
        let on = issued_at.map(day);
        let in_use = |from: Date, until: Option<Date>| {
            on.is_none_or(|on| from <= on && until.is_none_or(|until| on <= until))
        };
        let allotted = ranges.allotment(number.serial()).is_some_and(|a| in_use(a.from, a.until));
        if !allotted {
            case.found(Reason::OutsideRanges { number: number.clone() });
        }
    }
}

fn fated(fate: &Fate, number: &CertificateNumber) -> Reason {
    let (at, place) = (fate.at, fate.place.clone());
    match fate.state {
        Fated::Used => Reason::Used { place, at },
        Fated::Void => Reason::Void { at },
        Fated::Lost => Reason::Lost { at },
        Fated::Stolen => Reason::Stolen { at },
        Fated::Counterfeit => Reason::Counterfeit { at },
        Fated::Replaced => {
            let by = fate.replaced_by.map(|serial| CertificateNumber::new(number.prefix(), serial));
            Reason::Replaced { at, by }
        }
        Fated::Expired => Reason::ReturnedUnused { at },
        Fated::Detained => Reason::Detained { place, at },
        Fated::Seized => Reason::Seized { place, at },
        Fated::Returned => Reason::SentBack { place, at },
    }
}
