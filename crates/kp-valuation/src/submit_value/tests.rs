//! Who may put in which value, and when it is no longer blind.

use kp_registry::Role;
use kp_testkit::refused_in_order;

use super::{Facts, Request, decide};
use crate::{Party, Stage, Value, testing::*};

const NOW: &str = "2026-02-03T09:00:00Z";

fn sealed(party: Party, by: &str, stage: Stage) -> Value {
    Value { opened_on: None, lines: Vec::new(), stage, ..value(party, by, "1.00") }
}

#[test]
fn each_reason_in_its_order() {
    let facts = Facts { officer: officer("XB", Role::Valuer), lot: None, has_book: false, in_force: None };
    let request = Request {
        lot: "XA-L-1".into(),
        party: Party::Government,
        stage: Some(Stage::AsPresented),
        values: Vec::new(),
        price_book: Some("2026-09".into()),
    };
    let submitted = refused_in_order(
        &mut (facts, request),
        |(facts, request)| keyed(decide(facts, request, NOW)),
        &[
            ("no_such_lot", |w| {
                let mut there = lot();
                there.values = vec![value(Party::Government, "xa-valuer-9", "1.00")];
                w.0.lot = Some(there);
            }),
            ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::IndependentValuer)),
            ("role_missing", |w| w.0.officer = officer("XA", Role::Valuer)),
            ("values_are_open", |w| {
                w.0.lot.as_mut().unwrap().values =
                    vec![sealed(Party::Government, "xa-valuer-9", Stage::AsPresented)];
            }),
            ("value_is_in", |w| {
                w.0.lot.as_mut().unwrap().values =
                    vec![sealed(Party::Exporter, "xa-valuer-1", Stage::Cleaned)];
            }),
            ("stage_is_past", |w| w.1.stage = None),
            ("same_person_valued_twice", |w| {
                w.0.lot.as_mut().unwrap().values[0].valued_by = "xa-clerk-1".into();
            }),
            ("lines_differ_from_lot", |w| w.1.values = vec!["7102.31 small 5.00".parse().unwrap()]),
            ("lines_differ_from_lot", |w| w.1.values = vec!["7102.31 0.00".parse().unwrap()]),
            ("not_a_value", |w| w.1.values = vec!["7102.31 5.00".parse().unwrap()]),
            ("no_such_price_book", |w| {
                w.0.has_book = true;
                w.1.price_book = None;
                w.0.in_force = Some("2026-01".into());
            }),
        ],
    );
    assert_eq!((submitted.stage, submitted.price_book.as_deref()), (Stage::Cleaned, Some("2026-01")));
}

#[test]
fn each_party_has_its_role() {
    for (party, role) in [
        (Party::Exporter, Role::Clerk),
        (Party::Government, Role::Valuer),
        (Party::Independent, Role::IndependentValuer),
    ] {
        for held in Role::ALL {
            let facts =
                Facts { officer: officer("XA", held), lot: Some(lot()), has_book: true, in_force: None };
            let values = vec!["7102.31 5.00".parse().unwrap()];
            let request = Request { lot: "XA-L-1".into(), party, stage: None, values, price_book: None };
            assert_eq!(decide(&facts, &request, NOW).is_ok(), held == role, "{party} by {held}");
        }
    }
}
