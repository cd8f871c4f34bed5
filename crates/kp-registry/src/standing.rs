//! Whether a participant may trade, from an instant on; and what happens to goods already under way.
//!
//! Membership and standing are separate things (domain 4.3): Venezuela 2008-2016 was a participant that could not trade.

use jiff::Timestamp;

use crate::word::word;

/// May the participant trade?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Open,
    /// It may not, for a time.
    Suspended,
    /// It is no longer on the list.
    Removed,
}

/// What happens to goods exported before a change and arriving after it. The scheme has no general rule (domain 4.3);
/// each decision says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnderWayRule {
    /// Hold and ask the exporting authority. The default where a decision is silent.
    HoldAndAsk,
    /// Release.
    Release,
    /// Refuse.
    Refuse,
}

/// One change of standing, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingChange {
    /// What holds from then on.
    pub standing: Standing,
    /// From when.
    pub effective_at: Timestamp,
    /// By which decision.
    pub legal_act: String,
    /// For goods under way.
    pub under_way: UnderWayRule,
}

/// The standing in force at an instant: of the changes effective by then, the one effective last (later statements win
/// a tie). A participant without any change is open.
pub fn standing_at(changes: &[StandingChange], at: Timestamp) -> Option<&StandingChange> {
    changes.iter().filter(|c| c.effective_at <= at).max_by_key(|c| c.effective_at)
}

word!(Standing, "a standing", Open => "open", Suspended => "suspended", Removed => "removed");
word!(UnderWayRule, "a rule for goods under way", HoldAndAsk => "hold-and-ask", Release => "release", Refuse => "refuse");

/// An authority's duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Validates certificates of goods leaving.
    Exporting,
    /// Checks certificates of goods arriving.
    Importing,
    /// Both.
    Both,
}

word!(Duty, "a duty", Exporting => "exporting", Importing => "importing", Both => "both");

#[cfg(test)]
mod tests {
    use super::{Standing, StandingChange, UnderWayRule, standing_at};

    fn change(standing: Standing, effective_at: &str, legal_act: &str) -> StandingChange {
        StandingChange {
            standing,
            effective_at: effective_at.parse().unwrap(),
            legal_act: legal_act.to_owned(),
            under_way: UnderWayRule::HoldAndAsk,
        }
    }

    #[test]
    fn the_change_effective_last_holds_and_of_two_at_one_instant_the_later_statement() {
        let changes = [
            change(Standing::Open, "2026-08-01T00:00:00Z", "d3"),
            change(Standing::Suspended, "2026-07-09T12:00:00Z", "d1"),
            change(Standing::Removed, "2026-07-09T12:00:00Z", "d2"),
        ];
        let at = |text: &str| standing_at(&changes, text.parse().unwrap()).map(|c| c.legal_act.as_str());
        assert_eq!(at("2026-07-09T11:59:59Z"), None);
        assert_eq!(at("2026-07-09T12:00:00Z"), Some("d2"));
        assert_eq!(at("2026-07-31T23:59:59Z"), Some("d2"));
        assert_eq!(at("2026-08-01T00:00:00Z"), Some("d3"));
    }
}
