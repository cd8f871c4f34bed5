//! One file per detector; what they share is below.

pub(super) mod exports_above_capacity;
pub(super) mod number_used_twice;
pub(super) mod unconfirmed_after_due;

use kp_log::Entry;
use kp_terms::{Carats, UsdCents};

use crate::finding::{RankFactors, Severity};

/// Where an entry stands, for evidence: `log kp.XA/2026, entry 14`.
pub(super) fn log_place(entry: &Entry) -> String {
    format!("log {}, entry {}", entry.log_id, entry.entry_number)
}

/// Rank factors of a finding over the register: facts, not statistics, so nothing is beyond a yardstick but itself.
fn rank(severity: Severity, carats: Carats, value: UsdCents, beyond_hundredths: i64) -> RankFactors {
    RankFactors {
        severity,
        carats_at_stake: carats,
        value_at_stake: value,
        beyond_hundredths,
        corroboration: 0,
        same_participant_above: 0,
        order_thousandths: severity.weight_hundredths() * 10,
    }
}
