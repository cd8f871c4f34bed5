//! Whether a country is a participant, from an instant on: admitted, and how it ended.
//!
//! Domain 4.3: removed (RoC 2004), withdrawn, absorbed into another participant (states that joined the EU), separated from
//! one (the United Kingdom 2021). Membership is not standing: a participant may be barred from trade for years. A country
//! that comes back is admitted again, and the time between stays what it was.

use jiff::{Timestamp, civil::Date};
use kp_terms::ParticipantCode;

use crate::{UnderWayRule, word::word};

/// A change of membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipStep {
    /// It is a participant.
    Admitted,
    /// The scheme took it off the list.
    Removed,
    /// It left.
    Withdrawn,
    /// It became part of another participant.
    Absorbed,
    /// It broke up; its parts are participants of their own, or none.
    Separated,
}

word!(MembershipStep, "a change of membership", Admitted => "admitted", Removed => "removed", Withdrawn => "withdrawn",
    Absorbed => "absorbed", Separated => "separated");

/// How a membership ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipEnd {
    /// The scheme took it off the list.
    Removed,
    /// It left.
    Withdrawn,
    /// It became part of another participant.
    Absorbed,
    /// It broke up.
    Separated,
}

word!(MembershipEnd, "an end of membership", Removed => "removed", Withdrawn => "withdrawn", Absorbed => "absorbed",
    Separated => "separated");

/// One change of membership, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipChange {
    /// What happened.
    pub step: MembershipStep,
    /// From when.
    pub effective_at: Timestamp,
    /// By which decision.
    pub legal_act: String,
    /// For goods under way, where it ended.
    pub under_way: UnderWayRule,
    /// Who answers for it from then on, where somebody does.
    pub successor: Option<ParticipantCode>,
}

/// A time in the scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipSpell {
    /// From then on.
    pub from: Timestamp,
    /// Up to then, itself not included.
    pub until: Option<Timestamp>,
    /// By which decision it began.
    pub legal_act: String,
}

/// The change in force at an instant: of those effective by then the one effective last (later statements win a tie).
pub fn membership_at(changes: &[MembershipChange], at: Timestamp) -> Option<&MembershipChange> {
    changes.iter().filter(|change| change.effective_at <= at).max_by_key(|change| change.effective_at)
}

/// The times in the scheme, in order.
pub fn membership_spells(changes: &[MembershipChange]) -> Vec<MembershipSpell> {
    let mut sorted: Vec<&MembershipChange> = changes.iter().collect();
    sorted.sort_by_key(|change| change.effective_at);
    let mut spells: Vec<MembershipSpell> = Vec::new();
    for change in sorted {
        let open = spells.last_mut().filter(|spell| spell.until.is_none());
        match (open, change.step) {
            (None, MembershipStep::Admitted) => spells.push(MembershipSpell {
                from: change.effective_at,
                until: None,
                legal_act: change.legal_act.clone(),
            }),
            (Some(spell), step) if step != MembershipStep::Admitted => {
                spell.until = Some(change.effective_at)
            }
            _ => {}
        }
    }
    spells
}

/// The first moment of a civil day, UTC.
pub(crate) fn morning_of(day: Date) -> Timestamp {
    jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::{MembershipChange, MembershipStep, membership_at, membership_spells};
    use crate::UnderWayRule;

    #[test]
    fn who_comes_back_was_away_between() {
        let change = |step, at: &str| MembershipChange {
            step,
            effective_at: at.parse().unwrap(),
            legal_act: at.to_owned(),
            under_way: UnderWayRule::HoldAndAsk,
            successor: None,
        };
        // The shape of RoC: in 2003, removed 9 July 2004 at noon, readmitted 8 November 2007.
        let changes = [
            change(MembershipStep::Admitted, "2003-07-31T00:00:00Z"),
            change(MembershipStep::Removed, "2004-07-09T12:00:00Z"),
            change(MembershipStep::Admitted, "2007-11-08T00:00:00Z"),
        ];
        let at = |text: &str| membership_at(&changes, text.parse().unwrap()).map(|change| change.step);
        assert_eq!(at("2003-07-30T23:59:59Z"), None);
        assert_eq!(at("2004-07-09T11:59:59Z"), Some(MembershipStep::Admitted));
        assert_eq!(at("2004-07-09T12:00:00Z"), Some(MembershipStep::Removed));
        assert_eq!(at("2007-11-08T00:00:00Z"), Some(MembershipStep::Admitted));
        let spells = membership_spells(&changes);
        let ends: Vec<Option<String>> =
            spells.iter().map(|spell| spell.until.map(|until| until.to_string())).collect();
        assert_eq!(ends, [Some("2004-07-09T12:00:00Z".to_owned()), None]);
    }
}
