//! Which application is taken, and which reason comes first.

use kp_registry::{Role, UnderWayRule};
use kp_testkit::refused_in_order;

use super::{Facts, LONGEST_REFERENCE, Refusal, decide};
use crate::{
    Line,
    rules::{eligible::Side, sources::Sources},
    testing::*,
};

fn line(text: &str) -> Line {
    text.parse().unwrap()
}

fn facts() -> Facts {
    Facts {
        officer: officer("XA", Role::Clerk),
        existing: None,
        exporter: Some(exporter()),
        destination: open("XB"),
        sources: Sources::default(),
    }
}

#[test]
fn each_reason_in_its_order() {
    let wrong = Facts {
        officer: officer("XB", Role::Clerk),
        existing: Some(application()),
        exporter: None,
        destination: Side::default(),
        sources: Sources::default(),
    };
    let mut asked = received();
    asked.application = "XB-A-1".into();
    asked.lines = Vec::new();
    asked.parcels = 0;
    asked.declared_by = " ".into();
    asked.destination = code("XA");
    asked.origin = "mixed XA:1000.00 XC:199.99".parse().unwrap();
    refused_in_order(
        &mut (wrong, asked),
        |(facts, asked)| keyed(decide(facts, asked, now())),
        &[
            ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
            ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
            ("application_reference_not_of_participant", |w| w.1.application = "XA-A-1".into()),
            ("application_reference_taken", |w| w.0.existing = None),
            ("no_such_licence", |w| {
                // Another participant's licence is no licence here.
                w.0.exporter = Some(kp_registry::Exporter { participant: code("XB"), ..exporter() });
            }),
            ("no_such_licence", |w| {
                w.0.exporter = Some(kp_registry::Exporter { valid_until: day("2026-02-02"), ..exporter() });
            }),
            ("licence_not_active", |w| w.0.exporter = Some(exporter())),
            ("no_lines", |w| w.1.lines = vec![line("7102.31 0.00 1.00"), line("7102.31 1200.00 1.00")]),
            ("class_twice", |w| w.1.lines = vec![line("7102.31 1200.00 0.00")]),
            ("line_not_positive", |w| w.1.lines = vec![line("7102.31 0.00 1.00")]),
            ("line_not_positive", |w| w.1.lines = vec![line("7102.31 -1200.00 1.00")]),
            ("line_not_positive", |w| w.1.lines = vec![line("7102.31 1000000000.01 1.00")]),
            ("line_too_large", |w| w.1.lines = vec![line("7102.31 1200.00 100000000000.01")]),
            ("line_too_large", |w| {
                w.1.lines = vec![line("7102.31 1000.00 1.00"), line("7102.10 200.00 1.00")]
            }),
            ("origin_differs_from_lines", |w| w.1.origin = "mixed XA:1000.00 XC:200.00".parse().unwrap()),
            ("no_parcel", |w| w.1.parcels = 1),
            ("no_declaration", |w| w.1.declared_by = "M. Exporter".into()),
            ("destination_is_own", |w| w.1.destination = code("XB")),
            ("destination_not_a_participant", |w| {
                w.0.destination = suspended("XB", NOW, UnderWayRule::Release)
            }),
            ("destination_barred", |w| w.0.destination = open("XB")),
        ],
    );
}

/// L02: the last day of a licence is in it, the day after is not.
#[test]
fn a_licence_that_lapsed_the_day_before_serves_nobody() {
    for (valid_until, key) in [("2026-02-03", None), ("2026-02-02", Some("licence_not_active"))] {
        let exporter = kp_registry::Exporter { valid_until: day(valid_until), ..exporter() };
        let facts = Facts { exporter: Some(exporter), ..facts() };
        let refused = decide(&facts, &received(), now()).err().map(|refusal| refusal.key());
        assert_eq!(refused, key, "{valid_until}");
    }
}

#[test]
fn a_reference_is_as_long_as_the_commitment_allows() {
    let mut asked = received();
    asked.application = format!("XA-{}", "1".repeat(LONGEST_REFERENCE - 3));
    decide(&facts(), &asked, now()).unwrap();
    asked.application.push('1');
    let refused = decide(&facts(), &asked, now()).unwrap_err();
    let expected = Refusal::ReferenceNotOfParticipant { reference: asked.application, code: code("XA") };
    assert_eq!(refused.to_string(), expected.to_string());
}
