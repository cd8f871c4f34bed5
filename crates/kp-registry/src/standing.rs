//! Whether a participant may trade, from an instant on, which way and with which goods; and what happens to goods already
//! under way.
//!
//! Membership and standing are separate things (domain 4.3): Venezuela 2008-2016 was a participant that could not trade. A
//! standing speaks of the goods in its scope (see [`Scope`]). Closes: L24, L25. Never looks at a single certificate.

use jiff::Timestamp;

use crate::{Condition, Direction, Scope, word::word};

/// May the participant trade?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Open,
    /// It may with the goods in the scope, under conditions, and with no others (CAR 17 July 2015; Marange 2009).
    Conditional,
    /// It may not, for a time, by its own decision (Venezuela 2008).
    SelfSuspended,
    /// It may not, for a time (CAR 23 May 2013).
    Suspended,
    /// Its goods are under an embargo of the United Nations Security Council. Only the end of that embargo opens it.
    Embargo,
    /// It is no longer on the list (RoC 9 July 2004).
    Removed,
}

impl Standing {
    /// Whether it keeps the goods that it speaks of from being traded at all.
    pub const fn bars(self) -> bool {
        !matches!(self, Self::Open | Self::Conditional)
    }
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
    /// Which way.
    pub direction: Direction,
    /// Which goods.
    pub scope: Scope,
    /// What must be shown for each shipment, where the standing is conditional.
    pub conditions: Vec<Condition>,
}

impl StandingChange {
    /// A change that speaks of all goods, both ways, without conditions.
    pub fn of_all(
        standing: Standing,
        effective_at: Timestamp,
        legal_act: String,
        under_way: UnderWayRule,
    ) -> Self {
        let (scope, conditions) = (Scope::all(), Vec::new());
        Self { standing, effective_at, legal_act, under_way, direction: Direction::Both, scope, conditions }
    }
}

/// The standing in force at an instant: of the changes effective by then, the one effective last (later statements win
/// a tie). A participant without any change is open.
pub fn standing_at(changes: &[StandingChange], at: Timestamp) -> Option<&StandingChange> {
    changes.iter().filter(|c| c.effective_at <= at).max_by_key(|c| c.effective_at)
}

/// The standing in force for one direction at an instant; as [`standing_at`], among the changes that speak of it.
pub fn standing_for(
    changes: &[StandingChange],
    direction: Direction,
    at: Timestamp,
) -> Option<&StandingChange> {
    let concerns = |change: &&StandingChange| change.direction.covers(direction) && change.effective_at <= at;
    changes.iter().filter(concerns).max_by_key(|change| change.effective_at)
}

word!(Standing, "a standing", Open => "open", Conditional => "conditional", SelfSuspended => "self-suspended",
    Suspended => "suspended", Embargo => "embargo", Removed => "removed");
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
    use super::{Standing, StandingChange, UnderWayRule, standing_at, standing_for};
    use crate::Direction;

    fn change(standing: Standing, effective_at: &str, legal_act: &str) -> StandingChange {
        let at = effective_at.parse().unwrap();
        StandingChange::of_all(standing, at, legal_act.to_owned(), UnderWayRule::HoldAndAsk)
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

    #[test]
    fn a_change_of_one_direction_leaves_the_other_as_it_was() {
        let one_way = |standing, effective_at: &str, direction| StandingChange {
            direction,
            ..change(standing, effective_at, effective_at)
        };
        let changes = [
            one_way(Standing::Suspended, "2026-01-01T00:00:00Z", Direction::Both),
            one_way(Standing::Open, "2026-02-01T00:00:00Z", Direction::Import),
            one_way(Standing::Conditional, "2026-03-01T00:00:00Z", Direction::Export),
        ];
        let on = |direction, text: &str| {
            standing_for(&changes, direction, text.parse().unwrap()).map(|change| change.standing)
        };
        assert_eq!(on(Direction::Import, "2025-12-31T00:00:00Z"), None);
        assert_eq!(on(Direction::Import, "2026-01-15T00:00:00Z"), Some(Standing::Suspended));
        assert_eq!(on(Direction::Import, "2026-03-15T00:00:00Z"), Some(Standing::Open));
        assert_eq!(on(Direction::Export, "2026-02-15T00:00:00Z"), Some(Standing::Suspended));
        assert_eq!(on(Direction::Export, "2026-03-15T00:00:00Z"), Some(Standing::Conditional));
    }
}
