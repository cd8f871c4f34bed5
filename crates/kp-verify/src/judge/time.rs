//! The time: of the certificate, of the lists, and whether the clock can be asked at all.
//!
//! Security R09: ten minutes of difference between clocks are nothing. A clock behind the newest list is wrong (T36): then
//! what depends on today is not guessed; but time is at least as late as that list.

use kp_certificate::Content;
use kp_terms::Timestamp;

use super::Case;
use crate::{FRESH_DAYS, LONGEST_DAYS, Reason, TrustData};

const TOLERANCE_SECONDS: i64 = 600;
const DAY_SECONDS: i64 = 86_400;

/// Whether a clock is behind something that was made already.
pub(super) fn behind(clock: Timestamp, made: Timestamp) -> bool {
    clock.as_second() + TOLERANCE_SECONDS < made.as_second()
}

/// Whole days from one instant to the other.
pub(super) fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).max(0) / DAY_SECONDS
}

pub(super) fn judge(case: &mut Case, lists: &TrustData, content: Option<&Content>) {
    let now = case.clock.at;
    if !case.clock_good {
        case.found(Reason::ClockNotTrusted { clock: now, newest: lists.newest() });
    }
    if let Some(content) = content {
        let earliest = if case.clock_good { now } else { lists.newest() };
        if content.expires_at <= earliest {
            case.found(Reason::Expired { at: content.expires_at });
        }
        if case.clock_good && behind(now, content.issued_at) {
            case.found(Reason::NotYetValid { from: content.issued_at });
        }
    }
    if case.clock_good {
        let seconds = now.as_second() - lists.as_of().as_second();
        let days = days_between(lists.as_of(), now);
        if seconds > LONGEST_DAYS * DAY_SECONDS || lists.expired(now) {
            case.found(Reason::TrustTooOld { days });
        } else if seconds > FRESH_DAYS * DAY_SECONDS {
            case.found(Reason::TrustOld { days });
        }
    }
}
