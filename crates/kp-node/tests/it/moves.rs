//! Every state of a certificate against every act: allowed, or the refusal. Over a real node.
//!
//! What must come of it is the table that the acts ask (`kp_trade::moves`); here a node is taken into every state, with
//! everything else an act needs put right, so that the state alone decides. What is refused leaves the certificate where
//! it was; what is done leaves a node whose tables are what its log says.

use kp_trade::{
    CertificateState::{self, *},
    moves::{Act, Outcome, outcome},
};

use crate::{
    any_order::world::World,
    office::{Office, fields},
};

const NUMBER: &str = "XA-000001";

type Step = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const APPLY: [&str; 3] = ["XA-A-1", "XA-A-2", "XA-A-3"];
const DRAFT: Step = ("xa-clerk-1", "draft_certificate", &[("application", "XA-A-1"), ("number", NUMBER)]);
const ISSUE: Step = ("xa-approver-1", "issue_certificate", &[("number", NUMBER)]);
const VALIDATE: Step = (
    "xa-customs-1",
    "validate_certificate",
    &[("number", "XA.1"), ("carats_weighed", "1200.00"), ("seals", "77120-A")],
);
const DEPART: Step = ("xa-customs-1", "depart_shipment", &[("number", NUMBER)]);
const ENTER: Step = (
    "xc-customs-1",
    "record_transit_entry",
    &[("number", NUMBER), ("at", "XC"), ("container", "BOX-17"), ("seals", "77120-A")],
);
const ARRIVE: Step =
    ("xb-importer-1", "record_arrival", &[("number", "xa-1"), ("at", "XB"), ("carats_received", "1200.00")]);
const ARRIVE_ELSEWHERE: Step =
    ("xc-importer-1", "record_arrival", &[("number", "xa-1"), ("at", "XC"), ("carats_received", "1200.00")]);
const CONFIRM: Step = ("xb-importer-1", "confirm_receipt", &[("number", "XA/000001"), ("at", "xb")]);
const DIFFER: Step = (
    "xb-importer-1",
    "report_difference",
    &[("number", "XA1"), ("at", "XB"), ("explanation", "a parcel more")],
);
const DETAIN: Step =
    ("xb-importer-1", "detain_shipment", &[("number", NUMBER), ("at", "XB"), ("reason", "seals")]);
const RELEASE: Step =
    ("xb-importer-1", "release_shipment", &[("number", NUMBER), ("at", "XB"), ("remedy", "misprint")]);
const ORDER_RETURN: Step =
    ("xb-importer-1", "order_return", &[("number", NUMBER), ("at", "XB"), ("order", "order 4")]);
const TAKE_BACK: Step =
    ("xa-importer-1", "record_return", &[("number", NUMBER), ("at", "XB"), ("carats_received", "1200")]);
const SEIZE: Step = (
    "xb-customs-1",
    "seize_shipment",
    &[("number", NUMBER), ("at", "XB"), ("lot", "XB-L-1"), ("carats", "1200"), ("legal_basis", "order 5")],
);
const LIFT: Step =
    ("xb-importer-1", "release_seized", &[("number", NUMBER), ("at", "XB"), ("decision", "court 88")]);
const FORFEIT: Step =
    ("xb-customs-1", "forfeit_goods", &[("number", NUMBER), ("at", "XB"), ("decision", "court 89")]);
const DISPOSE: Step = (
    "xb-importer-1",
    "dispose_forfeited",
    &[
        ("number", NUMBER),
        ("at", "XB"),
        ("disposal", "destroyed"),
        ("carats", "1200"),
        ("assurance", "crushed"),
        ("notice", "Gazette 31"),
    ],
);
const REPLACE: Step = (
    "xa-approver-1",
    "replace_certificate",
    &[("number", NUMBER), ("application", "XA-A-3"), ("old_paper_handed_in", "yes"), ("reason", "a name")],
);
const INVALIDATE: Step =
    ("xa-approver-1", "invalidate_certificate", &[("number", NUMBER), ("reason", "false origin")]);
const RETURN: Step =
    ("xa-approver-1", "return_certificate", &[("number", NUMBER), ("reason", "the buyer withdrew")]);
const LOSE: Step = (
    "xa-approver-1",
    "report_paper",
    &[("number", NUMBER), ("participant", "XA"), ("mishap", "lost"), ("circumstances", "in the post")],
);
const STEAL: Step = (
    "xa-approver-1",
    "report_paper",
    &[("number", NUMBER), ("participant", "XA"), ("mishap", "stolen"), ("circumstances", "from a car")],
);
const SPOIL: Step = (
    "xa-approver-1",
    "report_paper",
    &[("number", NUMBER), ("participant", "XA"), ("mishap", "spoiled"), ("circumstances", "misprint")],
);
const COUNTERFEIT: Step = (
    "xb-importer-1",
    "report_counterfeit",
    &[("number", NUMBER), ("at", "XB"), ("circumstances", "no watermark")],
);
const INSTRUCT: Step = (
    "xa-approver-1",
    "instruct_correction",
    &[("number", NUMBER), ("field", "importer-address"), ("becomes", "6 Quay Street"), ("reason", "a digit")],
);
const ACCEPT: Step = (
    "xb-importer-1",
    "accept_correction",
    &[("number", NUMBER), ("at", "XB"), ("field", "importer-address")],
);

/// The acts by which a drafted certificate comes into a state.
const fn way_to(state: CertificateState) -> &'static [Step] {
    match state {
        Drafted => &[],
        Issued => &[ISSUE],
        Validated => &[ISSUE, VALIDATE],
        Departed => &[ISSUE, VALIDATE, DEPART],
        InTransit => &[ISSUE, VALIDATE, DEPART, ENTER],
        Arrived => &[ISSUE, VALIDATE, DEPART, ARRIVE],
        Detained => &[ISSUE, VALIDATE, DEPART, ARRIVE, DETAIN],
        Seized => &[ISSUE, VALIDATE, DEPART, ARRIVE, DETAIN, SEIZE],
        Returning => &[ISSUE, VALIDATE, DEPART, ARRIVE, DETAIN, ORDER_RETURN],
        Confirmed => &[ISSUE, VALIDATE, DEPART, ARRIVE, CONFIRM],
        ConfirmedWithDifference => &[ISSUE, VALIDATE, DEPART, ARRIVE, DIFFER],
        Forfeited => &[ISSUE, VALIDATE, DEPART, ARRIVE, DETAIN, SEIZE, FORFEIT],
        Returned => &[ISSUE, VALIDATE, DEPART, ARRIVE, DETAIN, ORDER_RETURN, TAKE_BACK],
        ReturnedUnused => &[ISSUE, VALIDATE, RETURN],
        Replaced => &[ISSUE, VALIDATE, REPLACE],
        Invalidated => &[ISSUE, VALIDATE, DEPART, INVALIDATE],
        Spoiled => &[SPOIL],
        Lost => &[ISSUE, LOSE],
        Stolen => &[ISSUE, VALIDATE, STEAL],
    }
}

/// How an act is asked for.
const fn step_of(act: Act, state: CertificateState) -> Step {
    match act {
        // Another application asks for the number.
        Act::Draft => ("xa-clerk-1", "draft_certificate", &[("application", "XA-A-2"), ("number", "xa 1")]),
        Act::Approve => ("xa-approver-1", "approve_certificate", &[("number", NUMBER)]),
        Act::Issue => ISSUE,
        Act::Validate => VALIDATE,
        Act::Depart => DEPART,
        // Out of one territory in transit into the next.
        Act::EnterTransit if matches!(state, InTransit) => (
            "xe-customs-1",
            "record_transit_entry",
            &[("number", NUMBER), ("at", "XE"), ("container", "BOX-17"), ("seals", "77120-A")],
        ),
        Act::EnterTransit => ENTER,
        Act::ExitTransit => (
            "xc-customs-1",
            "record_transit_exit",
            &[("number", NUMBER), ("at", "XC"), ("container", "BOX-17"), ("seals", "77120-A")],
        ),
        // Not word for word what was recorded before: that would be one statement said twice.
        Act::Arrive => (
            "xb-importer-1",
            "record_arrival",
            &[("number", "xa-1"), ("at", "XB"), ("carats_received", "1199.99")],
        ),
        Act::Confirm => CONFIRM,
        // What came before it had left on paper came elsewhere.
        Act::Differ if matches!(state, Departed | InTransit) => (
            "xc-importer-1",
            "report_difference",
            &[("number", "XA1"), ("at", "XC"), ("explanation", "came here")],
        ),
        Act::Differ => DIFFER,
        // The importing authority has officers here: what others say for it is noted, and refused where it is typed.
        Act::AnswerOutside | Act::DifferOutside => (
            "xa-clerk-1",
            "record_confirmation",
            &[
                ("participant", "XA"),
                ("number", NUMBER),
                ("at", "XB"),
                ("carats", "1200"),
                ("came_by", "slip"),
                ("sent_by", "desk of XB"),
            ],
        ),
        Act::Detain => DETAIN,
        Act::Release => RELEASE,
        Act::OrderReturn => ORDER_RETURN,
        Act::TakeBack => TAKE_BACK,
        Act::Seize => SEIZE,
        Act::ReleaseSeized => LIFT,
        Act::Forfeit => FORFEIT,
        Act::Dispose => DISPOSE,
        Act::Replace => REPLACE,
        Act::Invalidate => INVALIDATE,
        Act::ReturnUnused => RETURN,
        Act::ReportLost => LOSE,
        Act::ReportStolen => STEAL,
        Act::ReportSpoiled => SPOIL,
        Act::ReportCounterfeit => COUNTERFEIT,
        Act::InstructCorrection => INSTRUCT,
        Act::AcceptCorrection => ACCEPT,
    }
}

/// A world whose certificate stands in this state, and where nothing but the state can keep the act from being done.
fn world_at(state: CertificateState, act: Act) -> World {
    let mut world = World::in_memory();
    for reference in APPLY {
        let mut applied = fields(reference, "7102.31 1200.00 420000.00");
        if reference == "XA-A-3" {
            applied.push(("replaces", NUMBER.to_owned()));
        }
        if reference == "XA-A-2" {
            take(&mut world, DRAFT);
        }
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        world.outcome("xa-clerk-1", "apply_for_certificate", &applied).unwrap();
    }
    match act {
        // In the state of transit it has entered anyway.
        Act::ExitTransit if state != InTransit => take(&mut world, ENTER),
        Act::EnterTransit if state == InTransit => world.admit("XE", &["administrator", "customs"]),
        Act::Differ if matches!(state, Departed | InTransit) => take(&mut world, ARRIVE_ELSEWHERE),
        _ => {}
    }
    for step in way_to(state) {
        take(&mut world, *step);
    }
    match act {
        Act::Confirm | Act::Differ | Act::Detain => {
            let came = way_to(state).iter().any(|step| step.1 == ARRIVE.1);
            if !came && !matches!(state, Departed | InTransit) {
                take(&mut world, ARRIVE);
            }
        }
        Act::AcceptCorrection if outcome(state, Act::InstructCorrection) == Outcome::Stays => {
            take(&mut world, INSTRUCT);
        }
        _ => {}
    }
    assert_eq!(state_in(&world), state, "on the way to {act}");
    world
}

#[track_caller]
fn take(world: &mut World, (by, act, typed): Step) {
    world.outcome(by, act, typed).unwrap_or_else(|key| panic!("{act} by {by}: {key}"));
}

fn state_in(world: &World) -> CertificateState {
    let number = NUMBER.parse().unwrap();
    world.node.db().read(|tx| kp_trade::state_of_number(tx, &number)).unwrap().unwrap()
}

/// Whether something besides the state must be put right before the act can be asked for.
const fn is_prepared(act: Act) -> bool {
    matches!(
        act,
        Act::EnterTransit
            | Act::ExitTransit
            | Act::Confirm
            | Act::Differ
            | Act::Detain
            | Act::AcceptCorrection
    )
}

#[test]
fn every_state_against_every_act() {
    let mut rebuilt = Vec::new();
    for state in CertificateState::ALL.iter().copied() {
        // A refusal leaves no trace, so one world serves for all of them.
        let mut refusing = world_at(state, Act::Draft);
        for act in Act::ALL.iter().copied() {
            let (by, name, typed) = step_of(act, state);
            let next = match outcome(state, act) {
                Outcome::Refused(key) => {
                    let came = match is_prepared(act) {
                        true => world_at(state, act).outcome(by, name, typed),
                        false => refusing.outcome(by, name, typed),
                    };
                    assert_eq!(came, Err(key), "{act} on a certificate that is {state}");
                    continue;
                }
                // Seen to move it in `confirmations`, for an authority that has no officer here.
                _ if matches!(act, Act::AnswerOutside | Act::DifferOutside) => {
                    assert_eq!(refusing.outcome(by, name, typed), Err("importer_signs_itself"));
                    continue;
                }
                Outcome::To(next) => next,
                Outcome::Stays => state,
            };
            let mut world = world_at(state, act);
            assert_eq!(world.outcome(by, name, typed), Ok(()), "{act} on a certificate that is {state}");
            assert_eq!(state_in(&world), next, "{act} on a certificate that was {state}");
            // Once for each move, and once for each act that moves nothing.
            if next != state || !rebuilt.contains(&act) {
                rebuilt.push(act);
                assert_eq!(world.node.rebuild_check().unwrap().differences, [], "{act} on {state}");
            }
        }
        assert_eq!(state_in(&refusing), state, "a refusal moved it");
    }
}

/// An office whose first certificate stands in this state, with a second application at hand.
fn office_at(state: CertificateState) -> Office {
    let office = Office::found();
    office.two_participants();
    for reference in ["XA-A-1", "XA-A-2"] {
        let applied = fields(reference, "7102.31 1200.00 420000.00");
        let applied: Vec<(&str, &str)> =
            applied.iter().map(|(name, value)| (*name, value.as_str())).collect();
        office.done("xa-clerk-1", "apply_for_certificate", &applied);
    }
    office.done(DRAFT.0, DRAFT.1, DRAFT.2);
    for (by, act, typed) in way_to(state) {
        office.done(by, act, typed);
    }
    assert_eq!(state_of(&office), state);
    office
}

fn state_of(office: &Office) -> CertificateState {
    let number = NUMBER.parse().unwrap();
    office.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap().unwrap().state
}

/// The importing desk was quicker than the exporting one: nothing is a dead end, nothing is counted twice or never.
#[test]
fn an_arrival_before_its_departure_is_answered_and_counted() {
    let office = office_at(Validated);
    office.done("xb-importer-1", "record_arrival", ARRIVE.2);
    assert_eq!(office.refused("xb-importer-1", "confirm_receipt", CONFIRM.2), "certificate_not_departed");
    assert_eq!(cells(&office), Vec::<String>::new());
    assert_eq!(problems(&office).len(), 1, "an arrival that nobody had sent");
    let asked = office.node.db().read(kp_cases::cases).unwrap();
    let about: Vec<&str> = asked.iter().map(|case| case.finding_id.as_str()).collect();
    assert_eq!(about, ["presented_without_departure:XA:XA-000001"]);
    office.done("xa-customs-1", "depart_shipment", &[("number", NUMBER)]);
    assert_eq!(state_of(&office), Arrived);
    assert_eq!(problems(&office), Vec::<String>::new());
    office.done("xb-importer-1", "confirm_receipt", CONFIRM.2);
    assert_eq!(cells(&office), ["XA export XB 2026-Q1 1200.00", "XB import XA 2026-Q1 1200.00"]);
    office.is_sound();
}

#[test]
fn what_came_back_is_no_import_and_a_second_presentation_is_counted_once() {
    let office = office_at(Departed);
    office.done(
        "xa-importer-1",
        "record_arrival",
        &[("number", NUMBER), ("at", "XA"), ("carats_received", "1200")],
    );
    for carats in ["1199.50", "700"] {
        office.done(
            "xb-importer-1",
            "record_arrival",
            &[("number", NUMBER), ("at", "XB"), ("carats_received", carats)],
        );
    }
    assert_eq!(cells(&office), ["XA export XB 2026-Q1 1200.00", "XB import XA 2026-Q1 1199.50"]);
    assert_eq!(
        problems(&office),
        [
            "the arrival of XA-000001 was not counted: XA is where it left from",
            "XA-000001 was presented again; it is counted once",
        ]
    );
    office.is_sound();
}

/// Recorded on the third, and then it left on the fifth: it is asked about, and counted when it can have been.
#[test]
fn an_arrival_before_the_goods_left_is_not_confirmed() {
    let office = office_at(Validated);
    office.done("xb-importer-1", "record_arrival", ARRIVE.2);
    office.day("2026-02-05");
    office.done("xa-customs-1", "depart_shipment", &[("number", NUMBER)]);
    assert_eq!(office.refused("xb-importer-1", "confirm_receipt", CONFIRM.2), "arrival_before_departure");
    assert_eq!(
        problems(&office),
        ["XA-000001 is said to have arrived on 2026-02-03, before it left; it is counted on 2026-02-05"]
    );
    office.done("xb-importer-1", "report_difference", DIFFER.2);
    office.is_sound();
}

/// rulings 13: the day is kept as it was typed; the count takes one that can be right, and says so.
#[test]
fn an_arrival_on_a_day_that_cannot_be_right_is_kept_and_counted_on_one_that_can() {
    for (typed, why) in [("2062-07-01", "after the day it was recorded"), ("1999-07-01", "before it left")] {
        let office = office_at(Departed);
        let arrived = [("number", NUMBER), ("at", "XB"), ("carats_received", "1200"), ("arrived_on", typed)];
        office.done("xb-importer-1", "record_arrival", &arrived);
        assert_eq!(cells(&office), ["XA export XB 2026-Q1 1200.00", "XB import XA 2026-Q1 1200.00"]);
        assert_eq!(
            problems(&office),
            [format!("XA-000001 is said to have arrived on {typed}, {why}; it is counted on 2026-02-03")]
        );
        let arrival =
            office.node.db().read(|tx| kp_trade::arrivals_of_number(tx, &NUMBER.parse().unwrap())).unwrap();
        assert_eq!(arrival[0].arrived_on.to_string(), typed);
        office.is_sound();
    }
}

fn cells(office: &Office) -> Vec<String> {
    let cells = office.node.db().read(kp_statistics::cells).unwrap();
    cells
        .iter()
        .map(|c| format!("{} {} {} {} {}", c.participant, c.flow, c.partner, c.quarter, c.carats))
        .collect()
}

fn problems(office: &Office) -> Vec<String> {
    let problems = office.node.db().read(kp_statistics::problems).unwrap();
    problems.into_iter().map(|(_, sentence)| sentence.to_string()).collect()
}
