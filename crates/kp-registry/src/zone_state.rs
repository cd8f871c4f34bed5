//! Whether a zone is open, from a day on.
//!
//! Scheme: domain 4.4. A zone is tested on the day of find and of first sale, not of export (kp-custody asks), and, where a
//! participant's standing is conditional, on the day of export too (kp-trade asks). Closes: L25.

use jiff::civil::Date;
use kp_terms::Zone;

use crate::word::word;

/// The state of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneState {
    /// Open like any other ground.
    Open,
    /// Found compliant: open also under a conditional standing.
    Compliant,
    /// Closed.
    Suspended,
}

word!(ZoneState, "a state of a zone", Open => "open", Compliant => "compliant", Suspended => "suspended");

impl ZoneState {
    /// Whether stones of the zone may be exported, as far as the zone goes.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Suspended)
    }
}

/// One change of a zone's state, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneChange {
    /// Which zone.
    pub zone: Zone,
    /// What holds from then on.
    pub state: ZoneState,
    /// First civil day.
    pub effective_from: Date,
    /// The decision.
    pub legal_act: String,
}

/// The change in force for a zone on a day: of those effective by then the one effective last (later statements win a tie).
/// None where no decision names the zone.
pub fn zone_on<'a>(changes: &'a [ZoneChange], zone: &Zone, day: Date) -> Option<&'a ZoneChange> {
    changes
        .iter()
        .filter(|change| change.zone == *zone && change.effective_from <= day)
        .max_by_key(|change| change.effective_from)
}
