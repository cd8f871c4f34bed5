//! Change a participant's standing: from an instant on it may trade, may with some goods under conditions, may not for a
//! time, is under an embargo, or is off the list; both ways, or one.
//!
//! Scheme: Section III(c) (no trade with non-participants), domain 4.3, 4.4; precedents RoC 9 July 2004, Venezuela 2008, CAR
//! 23 May 2013 and 17 July 2015, Marange 2009. Closes: L24, L25.
//! Appends `standing_changed` to the scheme's log. Touches no certificate: desks ask for the standing when they act.

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{HsCode, ParticipantCode, Refuse, Zone};

use crate::{
    Condition, Direction, Officer, Participant, Role, Scope, Standing, StandingChange, UnderWayRule, queries,
    rules::may_act, standing_for,
};

const RECORD_STANDING: Sql = sql!("record_standing");

kp_terms::form! {
    /// A participant's standing changes.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct StandingChanged {
        /// Whose standing.
        participant: ParticipantCode, "XC";
        /// What holds from then on.
        standing: Standing, "suspended";
        /// From which instant, UTC.
        effective_at: Timestamp, "2026-07-09T12:00:00Z";
        /// The decision.
        legal_act: String, "Administrative decision 2026/3";
        /// What happens to goods exported before and arriving after; hold-and-ask where the decision is silent.
        under_way: Option<UnderWayRule>, "hold-and-ask";
        /// Which way: export, import, or both where nothing is said.
        direction: Option<Direction>, "export";
        /// Zones the decision speaks of; none: all. Conditional: only these, and those recorded as compliant, may trade.
        zones: Option<Vec<Zone>>, "XC/north-river";
        /// Mines the decision speaks of; none: all.
        mines: Option<Vec<String>>, "Sample Pit 2";
        /// Customs classes the decision speaks of; none: all.
        classes: Option<Vec<HsCode>>, "7102.10";
        /// Sorts of stock the decision speaks of, in its words; none: all.
        stock: Option<Vec<String>>, "stockpile-2025";
        /// What must be shown for each shipment, where the standing is conditional.
        conditions: Option<Vec<Condition>>, "prior-approval";
        /// The decision that ended an embargo, where one is in force.
        lifts_embargo: Option<String>, "Resolution 9999 (2026)";
    }
}

impl StandingChanged {
    /// As the tables hold it.
    fn change(&self) -> StandingChange {
        StandingChange {
            standing: self.standing,
            effective_at: self.effective_at,
            legal_act: self.legal_act.clone(),
            under_way: self.under_way.unwrap_or(UnderWayRule::HoldAndAsk),
            direction: self.direction.unwrap_or(Direction::Both),
            scope: Scope {
                zones: self.zones.clone().unwrap_or_default(),
                mines: self.mines.clone().unwrap_or_default(),
                classes: self.classes.clone().unwrap_or_default(),
                stock: self.stock.clone().unwrap_or_default(),
            },
            conditions: self.conditions.clone().unwrap_or_default(),
        }
    }
}

impl Statement for StandingChanged {
    const KIND: &'static str = "standing_changed";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a standing is not changed.
    pub enum Refusal {
        /// There is no such participant.
        NotAParticipant { code: ParticipantCode } = "not_a_participant",
            "{code} is not a participant; admit it first", "CD Section VI.8";
        /// Open is open.
        OpenWithScope = "open_standing_with_scope", "an open standing has no scope and no conditions; a conditional one has", "domain 4.3: conditional(scope)";
        /// Conditions of nothing.
        ConditionsUnasked { standing: Standing } = "conditions_of_unconditional_standing", "conditions belong to a conditional standing, and this one is {standing}", "domain 4.4";
        /// Somebody else's ground.
        ZoneOfAnother { zone: Zone, code: ParticipantCode } = "zone_of_another_participant", "{zone} is not a zone of {code}", "domain 4.4: zones of the participant concerned";
        /// The Security Council's measure stands above the scheme.
        EmbargoInForce { code: ParticipantCode, legal_act: String } = "embargo_in_force", "{code} is under an embargo ({legal_act}); name the decision that ended it", "domain 5: an embargo overrides the scheme's status";
    }
}

struct Facts {
    officer: Officer,
    participant: Option<Participant>,
    changes: Vec<StandingChange>,
}

/// Changes a standing.
///
/// # Errors
/// Refuses where the officer is not of the secretariat or the participant is unknown.
pub fn change_standing(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &StandingChanged,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        participant: queries::participant_by_code(tx, request.participant)?,
        changes: queries::standing_changes_of_participant(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &StandingChanged) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Secretariat)?;
    if facts.participant.is_none() {
        return Err(Refusal::NotAParticipant { code: request.participant }.into());
    }
    let change = request.change();
    check_scope(request.participant, &change)?;
    match embargo(&facts.changes, &change) {
        Some(legal_act) if request.lifts_embargo.is_none() => {
            Err(Refusal::EmbargoInForce { code: request.participant, legal_act }.into())
        }
        _ => Ok(()),
    }
}

fn check_scope(code: ParticipantCode, change: &StandingChange) -> Result<(), Box<dyn Refuse>> {
    if change.standing == Standing::Open && !(change.scope.is_all() && change.conditions.is_empty()) {
        return Err(Refusal::OpenWithScope.into());
    }
    if change.standing != Standing::Conditional && !change.conditions.is_empty() {
        return Err(Refusal::ConditionsUnasked { standing: change.standing }.into());
    }
    match change.scope.zones.iter().find(|zone| zone.participant() != code) {
        Some(zone) => Err(Refusal::ZoneOfAnother { zone: zone.clone(), code }.into()),
        None => Ok(()),
    }
}

/// The act of an embargo that a change would end, in any direction that it speaks of.
fn embargo(changes: &[StandingChange], change: &StandingChange) -> Option<String> {
    if change.standing == Standing::Embargo {
        return None;
    }
    [Direction::Export, Direction::Import]
        .into_iter()
        .filter(|direction| change.direction.covers(*direction))
        .filter_map(|direction| standing_for(changes, direction, change.effective_at))
        .find(|in_force| in_force.standing == Standing::Embargo)
        .map(|in_force| in_force.legal_act.clone())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: StandingChanged = entry.body()?;
    let change = body.change();
    tx.execute(
        RECORD_STANDING,
        &[
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            change.standing.word().into(),
            (&change.effective_at.to_string()).into(),
            (&change.legal_act).into(),
            change.under_way.word().into(),
            change.direction.word().into(),
            (&one_a_line(&change.scope.zones)).into(),
            (&one_a_line(&change.scope.mines)).into(),
            (&one_a_line(&change.scope.classes)).into(),
            (&one_a_line(&change.scope.stock)).into(),
            (&one_a_line(&change.conditions)).into(),
        ],
    )?;
    Ok(())
}

/// One a line, each on one line.
fn one_a_line<T: ToString>(values: &[T]) -> String {
    let plain = |value: &T| value.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    values.iter().map(plain).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, StandingChanged, decide};
    use crate::{Condition, Direction, Role, Standing, StandingChange, UnderWayRule, testing::*};

    fn request() -> StandingChanged {
        StandingChanged {
            participant: code("XC"),
            standing: Standing::Open,
            effective_at: "2026-07-09T12:00:00Z".parse().unwrap(),
            legal_act: "invented".into(),
            under_way: None,
            direction: None,
            zones: Some(vec!["XB/north-river".parse().unwrap()]),
            mines: None,
            classes: None,
            stock: None,
            conditions: Some(vec![Condition::Pictures]),
            lifts_embargo: None,
        }
    }

    fn embargo(direction: Direction) -> StandingChange {
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let all = StandingChange::of_all(Standing::Embargo, at, "resolution".into(), UnderWayRule::Refuse);
        StandingChange { direction, ..all }
    }

    #[test]
    fn only_the_secretariat_changes_a_standing_and_only_what_a_decision_can_mean() {
        let facts = Facts {
            officer: officer("XC", Role::Administrator),
            participant: None,
            changes: vec![embargo(Direction::Export)],
        };
        refused_in_order(
            &mut (facts, request()),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Statistics)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("not_a_participant", |w| w.0.participant = Some(participant("XC"))),
                ("open_standing_with_scope", |w| w.1.standing = Standing::Suspended),
                ("conditions_of_unconditional_standing", |w| w.1.standing = Standing::Conditional),
                ("zone_of_another_participant", |w| w.1.zones = Some(vec!["XC/a".parse().unwrap()])),
                ("embargo_in_force", |w| w.1.lifts_embargo = Some("resolution 2".into())),
            ],
        );
    }

    #[test]
    fn an_embargo_on_exports_is_not_touched_by_a_change_for_imports() {
        let mut request = request();
        (request.zones, request.conditions, request.direction) = (None, None, Some(Direction::Import));
        let facts = Facts {
            officer: officer("scheme", Role::Secretariat),
            participant: Some(participant("XC")),
            changes: vec![embargo(Direction::Export)],
        };
        assert_eq!(keyed(decide(&facts, &request)), Ok(()));
        request.direction = Some(Direction::Export);
        assert_eq!(keyed(decide(&facts, &request)), Err("embargo_in_force".into()));
    }

    /// A decision that was recorded before scopes were known reads as what it said: all goods, both ways.
    #[test]
    fn a_statement_without_scope_speaks_of_all_goods_both_ways() {
        #[derive(serde::Serialize)]
        struct Before {
            participant: &'static str,
            standing: &'static str,
            effective_at: &'static str,
            legal_act: &'static str,
            under_way: Option<&'static str>,
        }
        let before = Before {
            participant: "XC",
            standing: "suspended",
            effective_at: "2026-07-09T12:00:00Z",
            legal_act: "decision",
            under_way: None,
        };
        let read: StandingChanged =
            kp_sign::from_canonical(&kp_sign::to_canonical(&before).unwrap()).unwrap();
        let change = read.change();
        assert!(change.scope.is_all() && change.conditions.is_empty());
        assert_eq!((change.direction, change.under_way), (Direction::Both, UnderWayRule::HoldAndAsk));
    }
}
