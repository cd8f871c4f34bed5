//! Tables of cases: who may trade with whom, on which day, with which goods.

use jiff::Timestamp;
use kp_registry::{
    Condition, Direction, Goods, MembershipChange, MembershipStep, NationalRule, OwnList, Recognition,
    RuleSet, Scope, Standing, StandingChange, UnderWayRule, ZoneChange, ZoneState,
};

use super::{Eligibility, Side, Trade, UnderWay, left_at, may_be_sent, may_trade, under_way};
use crate::testing::{code, day, keyed, open, suspended};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn goods(classes: &[&str]) -> Goods {
    Goods { classes: classes.iter().map(|class| class.parse().unwrap()).collect(), ..Goods::default() }
}

fn change(standing: Standing, since: &str) -> StandingChange {
    StandingChange::of_all(standing, at(since), format!("decision of {since}"), UnderWayRule::HoldAndAsk)
}

/// The key of the refusal of a shipment from XA to XB, or "may".
fn asked(from: &Side, to: &Side, goods: &Goods, when: &str) -> String {
    let trade = Trade { issuer: code("XA"), from, destination: code("XB"), to, goods };
    keyed(may_trade(&trade, at(when))).map_or_else(|key| key, |()| "may".to_owned())
}

#[test]
fn a_standing_holds_from_its_instant_on() {
    let side = suspended("XC", "2026-07-09T12:00:00Z", UnderWayRule::HoldAndAsk);
    let at = |text: &str| side.eligibility_at(text.parse().unwrap());
    assert_eq!(at("2026-07-09T11:59:59Z"), Eligibility::Eligible);
    assert!(matches!(at("2026-07-09T12:00:00Z"), Eligibility::Barred { .. }));
    assert_eq!(at("2024-12-31T23:59:59Z"), Eligibility::NotAParticipant);
    let nobody = Side::default().eligibility_at("2026-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(nobody, Eligibility::NotAParticipant);
}

#[test]
fn each_standing_each_way() {
    let when = "2026-06-01T00:00:00Z";
    for (standing, direction, as_issuer, as_destination) in [
        (Standing::Open, Direction::Both, "may", "may"),
        (Standing::Conditional, Direction::Both, "may", "may"),
        (Standing::SelfSuspended, Direction::Both, "issuer_barred", "destination_barred"),
        (Standing::Suspended, Direction::Both, "issuer_barred", "destination_barred"),
        (Standing::Suspended, Direction::Export, "issuer_barred", "may"),
        (Standing::Suspended, Direction::Import, "may", "destination_barred"),
        (Standing::Embargo, Direction::Export, "issuer_barred", "may"),
        (Standing::Removed, Direction::Both, "issuer_barred", "destination_barred"),
    ] {
        let changed = |text: &str| Side {
            changes: vec![StandingChange { direction, ..change(standing, "2026-01-01T00:00:00Z") }],
            ..open(text)
        };
        let goods = goods(&["7102.31"]);
        assert_eq!(asked(&changed("XA"), &open("XB"), &goods, when), as_issuer, "{standing} {direction}");
        assert_eq!(
            asked(&open("XA"), &changed("XB"), &goods, when),
            as_destination,
            "{standing} {direction}"
        );
    }
}

#[test]
fn a_membership_ends_and_begins_again() {
    let step = |step, when: &str| MembershipChange {
        step,
        effective_at: at(when),
        legal_act: "notice".into(),
        under_way: UnderWayRule::HoldAndAsk,
        successor: None,
    };
    let side = Side {
        memberships: vec![
            step(MembershipStep::Admitted, "2025-01-01T00:00:00Z"),
            step(MembershipStep::Removed, "2026-07-09T12:00:00Z"),
            step(MembershipStep::Admitted, "2027-11-08T00:00:00Z"),
        ],
        ..open("XA")
    };
    let goods = goods(&["7102.31"]);
    for (when, outcome) in [
        ("2024-12-31T23:59:59Z", "issuer_not_a_participant"),
        ("2026-07-09T11:59:59Z", "may"),
        ("2026-07-09T12:00:00Z", "issuer_barred"),
        ("2027-11-07T23:59:59Z", "issuer_barred"),
        ("2027-11-08T00:00:00Z", "may"),
    ] {
        assert_eq!(asked(&side, &open("XB"), &goods, when), outcome, "{when}");
    }
    // What left before the end follows the notice's own rule, like goods under way at a change of standing.
    let left = Some(at("2026-07-08T00:00:00Z"));
    let held = under_way(&side, Direction::Export, &goods, left, at("2026-07-20T00:00:00Z"));
    assert_eq!(held, UnderWay::HoldAndAsk { legal_act: "notice".into() });
}

/// The shape of CAR 2013-2017 and Venezuela, with invented codes: the scheme suspends XA on 23 May 2013 and lets it trade
/// under conditions from 17 July 2015; XB changes its own list on 26 April 2017; XD keeps no list.
#[test]
fn recognition_lags_behind_the_scheme_and_both_count() {
    let from = Side {
        changes: vec![
            change(Standing::Suspended, "2013-05-23T00:00:00Z"),
            change(Standing::Open, "2015-07-17T00:00:00Z"),
        ],
        participant: Some(kp_registry::Participant { member_from: day("2003-07-31"), ..participant("XA") }),
        ..Side::default()
    };
    let entry = |from: &str, to: Option<&str>| Recognition {
        of: code("XA"),
        valid_from: day(from),
        valid_to: to.map(day),
        legal_act: "notice".into(),
    };
    let keeps = RuleSet {
        rule: NationalRule::RecognitionList,
        value: "yes".into(),
        effective_from: day("2003-07-31"),
        legal_act: "Diamond Trade Act".into(),
    };
    let since_2003 = |text: &str| Side {
        participant: Some(kp_registry::Participant { member_from: day("2003-07-31"), ..participant(text) }),
        ..Side::default()
    };
    let with_list = Side {
        own_list: OwnList {
            rules: vec![keeps],
            entries: vec![entry("2003-07-31", Some("2013-07-01")), entry("2017-04-26", None)],
        },
        ..since_2003("XB")
    };
    let without_list = since_2003("XB");
    let goods = goods(&["7102.31"]);
    for (when, with, without) in [
        ("2013-05-22T12:00:00Z", "may", "may"),
        // The scheme has suspended; XB's list still names XA for five weeks, and that helps nobody.
        ("2013-06-01T12:00:00Z", "issuer_barred", "issuer_barred"),
        ("2015-07-17T00:00:00Z", "not_recognised", "may"),
        ("2017-04-25T23:59:59Z", "not_recognised", "may"),
        ("2017-04-26T00:00:00Z", "may", "may"),
    ] {
        assert_eq!(asked(&from, &with_list, &goods, when), with, "{when}");
        assert_eq!(asked(&from, &without_list, &goods, when), without, "{when}");
    }
    // The other way round the same list counts: XB may not send to whom it does not recognise.
    let trade =
        Trade { issuer: code("XB"), from: &with_list, destination: code("XA"), to: &from, goods: &goods };
    assert_eq!(keyed(may_be_sent(&trade, at("2016-01-01T00:00:00Z"))), Err("not_recognised".into()));
}

fn participant(text: &str) -> kp_registry::Participant {
    open(text).participant.unwrap()
}

/// The shape of CAR 2015: compliant zones only, with approval before each export; and of Marange: named mines.
#[test]
fn a_conditional_standing_lets_go_what_it_names() {
    let conditional = |scope: Scope, conditions: &[Condition]| Side {
        changes: vec![StandingChange {
            scope,
            conditions: conditions.to_vec(),
            ..change(Standing::Conditional, "2026-01-01T00:00:00Z")
        }],
        zones: vec![
            zone("XA/north", ZoneState::Compliant, "2026-03-01"),
            zone("XA/south", ZoneState::Open, "2026-01-01"),
            zone("XA/north", ZoneState::Suspended, "2026-09-01"),
        ],
        ..open("XA")
    };
    let zones_and_approval = conditional(
        Scope::all(),
        &[Condition::CompliantZones, Condition::PriorApproval, Condition::PostAudit],
    );
    let from = |zones: Option<&[&str]>, met: &[Condition]| Goods {
        zones: zones.map(|zones| zones.iter().map(|zone| zone.parse().unwrap()).collect()),
        met: met.to_vec(),
        ..goods(&["7102.31"])
    };
    let approved: &[Condition] = &[Condition::PriorApproval];
    for (goods, when, outcome) in [
        (from(Some(&["XA/north"]), approved), "2026-02-28T12:00:00Z", "zone_out_of_scope"),
        (from(Some(&["XA/north"]), approved), "2026-03-01T12:00:00Z", "may"),
        (from(Some(&["XA/north"]), &[]), "2026-03-01T12:00:00Z", "condition_not_met"),
        (from(Some(&["XA/north", "XA/south"]), approved), "2026-03-01T12:00:00Z", "zone_out_of_scope"),
        (from(None, approved), "2026-03-01T12:00:00Z", "zone_not_known"),
        (from(Some(&["XA/north"]), approved), "2026-09-01T12:00:00Z", "zone_out_of_scope"),
    ] {
        assert_eq!(asked(&zones_and_approval, &open("XB"), &goods, when), outcome, "{goods:?} {when}");
    }
    let mines = conditional(Scope { mines: vec!["Pit 2".into()], ..Scope::all() }, &[]);
    let of_mine =
        |mine: Option<&str>| Goods { mines: mine.map(|m| vec![m.to_owned()]), ..goods(&["7102.31"]) };
    let classes = conditional(Scope { classes: vec!["7102.31".parse().unwrap()], ..Scope::all() }, &[]);
    let stock = conditional(Scope { stock: vec!["audited".into()], ..Scope::all() }, &[]);
    for (side, goods, outcome) in [
        (&mines, of_mine(Some("Pit 2")), "may"),
        (&mines, of_mine(Some("Pit 3")), "mine_out_of_scope"),
        (&mines, of_mine(None), "mine_not_known"),
        (&classes, goods(&["7102.31"]), "may"),
        (&classes, goods(&["7102.31", "7102.10"]), "class_out_of_scope"),
        (&stock, goods(&["7102.31"]), "stock_not_known"),
        (&stock, Goods { stock: Some(vec!["frozen".into()]), ..goods(&["7102.31"]) }, "stock_out_of_scope"),
    ] {
        assert_eq!(asked(side, &open("XB"), &goods, "2026-06-01T00:00:00Z"), outcome, "{goods:?}");
    }
}

fn zone(name: &str, state: ZoneState, from: &str) -> ZoneChange {
    ZoneChange { zone: name.parse().unwrap(), state, effective_from: day(from), legal_act: "decision".into() }
}

#[test]
fn a_suspension_of_one_class_leaves_the_others() {
    let scope = Scope { classes: vec!["7102.10".parse().unwrap()], ..Scope::all() };
    let barred = StandingChange { scope, ..change(Standing::Suspended, "2026-01-01T00:00:00Z") };
    let side = |text: &str| Side { changes: vec![barred.clone()], ..open(text) };
    let when = "2026-06-01T00:00:00Z";
    for (classes, outcome) in [(&["7102.31"][..], "may"), (&["7102.31", "7102.10"], "class_out_of_scope")] {
        assert_eq!(asked(&side("XA"), &open("XB"), &goods(classes), when), outcome);
        assert_eq!(asked(&open("XA"), &side("XB"), &goods(classes), when), outcome);
    }
}

#[test]
fn goods_under_way_follow_the_decision_and_zones_are_no_matter_of_papers() {
    let with = |under_way, scope: Scope| Side {
        changes: vec![StandingChange {
            under_way,
            scope,
            ..change(Standing::Suspended, "2026-07-09T12:00:00Z")
        }],
        ..open("XA")
    };
    let all = Scope::all();
    let class = Scope { classes: vec!["7102.10".parse().unwrap()], ..Scope::all() };
    let zone = Scope { zones: vec!["XA/north".parse().unwrap()], ..Scope::all() };
    let before = Some("2026-07-08T00:00:00Z");
    for (rule, scope, left, word) in [
        (UnderWayRule::Release, &all, before, "free"),
        (UnderWayRule::HoldAndAsk, &all, before, "hold"),
        (UnderWayRule::Refuse, &all, before, "refused"),
        (UnderWayRule::Release, &all, Some("2026-07-09T12:00:00Z"), "refused"),
        (UnderWayRule::Release, &all, None, "refused"),
        (UnderWayRule::Refuse, &class, before, "free"),
        (UnderWayRule::Refuse, &zone, before, "free"),
    ] {
        let side = with(rule, scope.clone());
        let found = under_way(
            &side,
            Direction::Export,
            &goods(&["7102.31"]),
            left.map(at),
            at("2026-07-20T00:00:00Z"),
        );
        let found = match found {
            UnderWay::Free => "free",
            UnderWay::HoldAndAsk { .. } => "hold",
            UnderWay::Refused { .. } => "refused",
        };
        assert_eq!(found, word, "{rule} {scope:?} left {left:?}");
    }
}

#[test]
fn a_departure_of_an_earlier_day_is_judged_by_that_day() {
    let stated = at("2026-07-10T08:00:00Z");
    assert_eq!(left_at(day("2026-07-10"), stated), stated);
    assert!(left_at(day("2026-07-09"), stated) < at("2026-07-10T00:00:00Z"));
    assert!(left_at(day("2026-07-09"), stated) > at("2026-07-09T23:59:59Z"));
}
