//! What is known of one side of a trade, and what of it stands against goods at an instant.

use jiff::Timestamp;
use kp_log::day_of;
use kp_registry::{
    Condition, Direction, Goods, MembershipChange, MembershipStep, OwnList, Part, Participant, Scope,
    Standing, StandingChange, UnderWayRule, ZoneChange, ZoneState, membership_at, standing_for, zone_on,
};

/// What is known of one side of a trade.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// The participant, where it ever was one.
    pub participant: Option<Participant>,
    /// Every change of its standing.
    pub changes: Vec<StandingChange>,
    /// Every change of its membership; where none is known, the participant's first day counts.
    pub memberships: Vec<MembershipChange>,
    /// Every state of its zones.
    pub zones: Vec<ZoneChange>,
    /// Whom its own law lets it trade with.
    pub own_list: OwnList,
}

/// Whether this side may trade at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eligibility {
    /// It may, perhaps with some goods only.
    Eligible,
    /// It is not a participant on that day, and never was one before.
    NotAParticipant,
    /// It may not trade since an instant, by a decision.
    Barred {
        /// suspended, removed and the like.
        standing: Standing,
        /// Since when.
        since: Timestamp,
        /// By which decision.
        legal_act: String,
        /// For goods that left before.
        under_way: UnderWayRule,
    },
}

/// How closely goods are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looking {
    /// By the desk that vouches for them: what it does not know counts against them.
    AtDesk,
    /// By anybody else: what the paper shows.
    AtPaper,
}

/// Something that stands against goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) standing: Standing,
    pub(super) since: Timestamp,
    pub(super) legal_act: String,
    pub(super) under_way: UnderWayRule,
    /// Which of the goods.
    pub(super) part: Part,
    /// The condition that is not met, where that is what stands against them.
    pub(super) unmet: Option<Condition>,
}

impl Side {
    /// Whether this side may trade at an instant, out and in: barred where one of the two is.
    pub fn eligibility_at(&self, at: Timestamp) -> Eligibility {
        match self.eligibility(Direction::Export, at) {
            Eligibility::Eligible => self.eligibility(Direction::Import, at),
            not => not,
        }
    }

    /// Whether this side may trade at an instant in one direction.
    pub fn eligibility(&self, direction: Direction, at: Timestamp) -> Eligibility {
        if !self.was_ever_admitted(at) {
            return Eligibility::NotAParticipant;
        }
        match self.whole_bar(direction, at) {
            None => Eligibility::Eligible,
            Some(Bar { standing, since, legal_act, under_way, .. }) => {
                Eligibility::Barred { standing, since, legal_act, under_way }
            }
        }
    }

    fn was_ever_admitted(&self, at: Timestamp) -> bool {
        if self.memberships.is_empty() {
            let day = day_of(at);
            return self.participant.as_ref().is_some_and(|participant| participant.member_from <= day);
        }
        membership_at(&self.memberships, at).is_some()
    }

    /// What stands against all goods: a membership that ended, or a standing that speaks of all of them.
    pub(super) fn whole_bar(&self, direction: Direction, at: Timestamp) -> Option<Bar> {
        let ended = membership_at(&self.memberships, at).filter(|c| c.step != MembershipStep::Admitted);
        if let Some(change) = ended {
            return Some(Bar {
                standing: Standing::Removed,
                since: change.effective_at,
                legal_act: change.legal_act.clone(),
                under_way: change.under_way,
                part: Part::Whole,
                unmet: None,
            });
        }
        let change = standing_for(&self.changes, direction, at)?;
        (change.standing.bars() && change.scope.is_all()).then(|| bar(change, Part::Whole, None))
    }

    /// What stands against some goods: the scope and the conditions of the standing.
    pub(super) fn bar(
        &self,
        direction: Direction,
        goods: &Goods,
        at: Timestamp,
        looking: Looking,
    ) -> Option<Bar> {
        let change = standing_for(&self.changes, direction, at)?;
        let seen = match looking {
            Looking::AtDesk => change.scope.clone(),
            Looking::AtPaper => shown_on_paper(&change.scope, change.standing)?,
        };
        match change.standing {
            Standing::Open => None,
            Standing::Conditional => {
                let day = day_of(at);
                let compliant = |zone: &kp_terms::Zone| {
                    zone_on(&self.zones, zone, day).is_some_and(|known| known.state == ZoneState::Compliant)
                };
                let asked =
                    looking == Looking::AtDesk && change.conditions.contains(&Condition::CompliantZones);
                let compliant: &dyn Fn(&kp_terms::Zone) -> bool = &compliant;
                let register = (asked || !seen.zones.is_empty()).then_some(compliant);
                let outside = seen.first_outside(goods, register).map(|part| bar(change, part, None));
                outside.or_else(|| first_unmet(change, goods, looking))
            }
            _ => seen.first_inside(goods).map(|part| bar(change, part, None)),
        }
    }
}

fn first_unmet(change: &StandingChange, goods: &Goods, looking: Looking) -> Option<Bar> {
    let mut needed = change.conditions.iter().filter(|condition| condition.is_recorded_before());
    let unmet = needed.find(|condition| looking == Looking::AtDesk && !goods.met.contains(condition))?;
    Some(bar(change, Part::Whole, Some(*unmet)))
}

/// The sides of a scope that a certificate shows: its classes. A standing that bars goods which no paper tells apart is not
/// applied by looking at papers.
fn shown_on_paper(scope: &Scope, standing: Standing) -> Option<Scope> {
    let classes_only = scope.zones.is_empty() && scope.mines.is_empty() && scope.stock.is_empty();
    (standing == Standing::Conditional || classes_only)
        .then(|| Scope { classes: scope.classes.clone(), ..Scope::all() })
}

fn bar(change: &StandingChange, part: Part, unmet: Option<Condition>) -> Bar {
    Bar {
        standing: change.standing,
        since: change.effective_at,
        legal_act: change.legal_act.clone(),
        under_way: change.under_way,
        part,
        unmet,
    }
}
