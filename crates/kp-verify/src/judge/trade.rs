//! Who may trade with whom on the day of issue, and what a decision says about goods already under way.
//!
//! Domain 4.3: eligible is who belongs to the scheme, whose trade is open in that direction, and whom the other's own law
//! recognises, at that instant. CD Section III(c): no trade with those outside.

use kp_certificate::{
    Content,
    lists::{Direction, Standing, UnderWay},
};

use super::Case;
use crate::{Reason, TrustData};

pub(super) fn judge(case: &mut Case, lists: &TrustData, content: &Content) {
    let participants = &lists.bundle().participants;
    let (issuer, destination, at) = (content.issuer, content.destination, content.issued_at);
    let Some(from) = participants.get(issuer) else { return };
    if !from.belonged(at) {
        case.found(Reason::IssuerNotParticipant { issuer, on: at });
    }
    match from.standing_at(Direction::Export, at) {
        Some(change) if barred(change.standing) => {
            let (since, act) = (change.effective_at, change.legal_act.clone());
            case.found(Reason::IssuerSuspended { issuer, since, act });
        }
        then => {
            if let Some(change) = then.filter(|change| change.standing == Standing::Conditional) {
                let (scope, act) = (change.scope.clone(), change.legal_act.clone());
                case.found(Reason::Conditional { issuer, scope, act });
            }
            under_way(case, lists, content);
        }
    }
    let Some(to) = participants.get(destination).filter(|to| to.belonged(at)) else {
        case.found(Reason::DestinationBarred { destination, act: String::new() });
        return;
    };
    if let Some(change) = to.standing_at(Direction::Import, at).filter(|change| barred(change.standing)) {
        case.found(Reason::DestinationBarred { destination, act: change.legal_act.clone() });
    }
    let exclusions = [(from.exclusion(destination, at), issuer), (to.exclusion(issuer, at), destination)];
    for (exclusion, by) in exclusions {
        if let Some(exclusion) = exclusion {
            case.found(Reason::NotRecognised { by, of: exclusion.of, act: exclusion.legal_act.clone() });
        }
    }
}

const fn barred(standing: Standing) -> bool {
    matches!(standing, Standing::Suspended | Standing::Embargo)
}

/// Open when the certificate was signed; and today?
fn under_way(case: &mut Case, lists: &TrustData, content: &Content) {
    // Where the clock cannot be trusted, it is at least as late as the newest list.
    let now = if case.clock_good { case.clock.at } else { lists.newest() };
    let issuer = content.issuer;
    let today = lists.bundle().participants.get(issuer).and_then(|p| p.standing_at(Direction::Export, now));
    let Some(change) = today.filter(|change| barred(change.standing)) else { return };
    let (since, act) = (change.effective_at, change.legal_act.clone());
    match change.under_way {
        UnderWay::Release => {}
        UnderWay::HoldAndAsk => case.found(Reason::UnderWayHold { issuer, since, act }),
        UnderWay::Refuse => case.found(Reason::UnderWayRefused { issuer, since, act }),
    }
}
