//! Every state of a certificate against every act: allowed, or the refusal. Over a real node.
//!
//! The whole table stands here in one place, so that whoever adds a state or an act sees what else must be said.

use kp_trade::CertificateState::{self, *};

use crate::office::{Office, fields};

const NUMBER: &str = "XA-000001";

/// The acts on a certificate that are looked at, and who does them.
const ACTS: [(&str, &str); 7] = [
    ("draft_certificate", "xa-clerk-1"),
    ("issue_certificate", "xa-approver-1"),
    ("validate_certificate", "xa-customs-1"),
    ("depart_shipment", "xa-customs-1"),
    ("record_arrival", "xb-importer-1"),
    ("confirm_receipt", "xb-importer-1"),
    ("report_difference", "xb-importer-1"),
];

const OK: &str = "done";
const USED: &str = "number_already_used";
const NO_ARRIVAL: &str = "no_arrival";
const NOT_ISSUED: &str = "certificate_not_issued";
const NOT_VALIDATED: &str = "certificate_not_validated";
/// What each act comes to, in the order of [`ACTS`], for each state.
const TABLE: [(CertificateState, [&str; 7]); 7] = [
    (Drafted, [USED, OK, NOT_ISSUED, NOT_VALIDATED, OK, NO_ARRIVAL, NO_ARRIVAL]),
    (Issued, [USED, USED, OK, NOT_VALIDATED, OK, NO_ARRIVAL, NO_ARRIVAL]),
    (Validated, [USED, USED, NOT_ISSUED, OK, OK, NO_ARRIVAL, NO_ARRIVAL]),
    (Departed, [USED, USED, NOT_ISSUED, NOT_VALIDATED, OK, NO_ARRIVAL, NO_ARRIVAL]),
    (Arrived, [USED, USED, NOT_ISSUED, NOT_VALIDATED, OK, OK, OK]),
    (Confirmed, [USED, USED, NOT_ISSUED, NOT_VALIDATED, OK, USED, USED]),
    (ConfirmedWithDifference, [USED, USED, NOT_ISSUED, NOT_VALIDATED, OK, USED, USED]),
];

fn typed(act: &str) -> Vec<(&'static str, &'static str)> {
    match act {
        // Another application asks for the number.
        "draft_certificate" => vec![("application", "XA-A-2"), ("number", "xa 1")],
        "validate_certificate" => {
            vec![("number", "XA.1"), ("carats_weighed", "1200.00"), ("seals", "77120-A")]
        }
        "record_arrival" => vec![("number", "xa-1"), ("at", "XB"), ("carats_received", "1200.00")],
        "confirm_receipt" => vec![("number", "XA/000001"), ("at", "xb")],
        "report_difference" => vec![("number", "XA1"), ("at", "XB"), ("explanation", "a parcel more")],
        _ => vec![("number", NUMBER)],
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
    office.done("xa-clerk-1", "draft_certificate", &[("application", "XA-A-1")]);
    let last = if state == ConfirmedWithDifference { "report_difference" } else { "confirm_receipt" };
    let life = ["issue_certificate", "validate_certificate", "depart_shipment", "record_arrival", last];
    let steps = CertificateState::ALL.iter().position(|s| *s == state).unwrap().min(life.len());
    for act in &life[..steps] {
        let by = ACTS.iter().find(|(name, _)| name == act).unwrap().1;
        office.done(by, act, &typed(act));
    }
    assert_eq!(state_of(&office), state);
    office
}

fn state_of(office: &Office) -> CertificateState {
    let number = NUMBER.parse().unwrap();
    office.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap().unwrap().state
}

#[test]
fn every_state_against_every_act() {
    assert_eq!(TABLE.map(|(state, _)| state), CertificateState::ALL, "every state has its row");
    for (state, outcomes) in TABLE {
        for ((act, by), expected) in ACTS.into_iter().zip(outcomes) {
            // An office serves until something was done in it.
            let office = office_at(state);
            let mut asked = typed(act);
            if act == "record_arrival" {
                // Not word for word what was recorded before: that would be one statement said twice.
                asked[2].1 = "1199.99";
            }
            let outcome = match office.act(by, act, &asked) {
                Ok(_) => OK,
                Err(kp_node::ActFailure::Failure(kp_log::Failure::Refused(no))) => no.key(),
                Err(broken) => panic!("{act} on {state}: {broken}"),
            };
            assert_eq!(outcome, expected, "{act} on a certificate that is {state}");
            if outcome != OK {
                assert_eq!(state_of(&office), state, "{act} was refused and moved the certificate");
            }
        }
    }
}

/// The importing desk was quicker than the exporting one: nothing is a dead end, nothing is counted twice or never.
#[test]
fn an_arrival_before_its_departure_is_answered_and_counted() {
    let office = office_at(Validated);
    office.done("xb-importer-1", "record_arrival", &typed("record_arrival"));
    assert_eq!(
        office.refused("xb-importer-1", "confirm_receipt", &typed("confirm_receipt")),
        "certificate_not_departed"
    );
    assert_eq!(cells(&office), Vec::<String>::new());
    assert_eq!(problems(&office).len(), 1, "an arrival that nobody had sent");
    let asked = office.node.db().read(kp_cases::cases).unwrap();
    let about: Vec<&str> = asked.iter().map(|case| case.finding_id.as_str()).collect();
    assert_eq!(about, ["presented_without_departure:XA:XA-000001"]);
    office.done("xa-customs-1", "depart_shipment", &[("number", NUMBER)]);
    assert_eq!(state_of(&office), Arrived);
    assert_eq!(problems(&office), Vec::<String>::new());
    office.done("xb-importer-1", "confirm_receipt", &typed("confirm_receipt"));
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
    office.done("xb-importer-1", "record_arrival", &typed("record_arrival"));
    office.day("2026-02-05");
    office.done("xa-customs-1", "depart_shipment", &[("number", NUMBER)]);
    assert_eq!(
        office.refused("xb-importer-1", "confirm_receipt", &typed("confirm_receipt")),
        "arrival_before_departure"
    );
    assert_eq!(
        problems(&office),
        ["XA-000001 is said to have arrived on 2026-02-03, before it left; it is counted on 2026-02-05"]
    );
    office.done("xb-importer-1", "report_difference", &typed("report_difference"));
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
    problems.into_iter().map(|(_, sentence)| sentence).collect()
}
