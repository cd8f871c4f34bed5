//! Which case is opened, and which reason comes first.

use kp_detect::finding::{Finding, RankFactors, Severity};
use kp_terms::{Carats, UsdCents};
use kp_testkit::refused_in_order;

use super::{Facts, Request, Role, decide};
use crate::testing::*;

fn finding(asks: &str) -> Finding {
    Finding {
        id: "number_used_twice:XA:XA-000001".into(),
        detector: "number_used_twice".into(),
        participant: code(asks),
        participant_name: asks.into(),
        subject: Some("XA-000001".into()),
        periods: Vec::new(),
        title: "presented twice".into(),
        question: "which is it?".into(),
        arithmetic: Vec::new(),
        thresholds: Vec::new(),
        innocent_explanations: Vec::new(),
        answer_must_contain: Vec::new(),
        evidence: Vec::new(),
        supporting: Vec::new(),
        rank: RankFactors {
            severity: Severity::Ask,
            carats_at_stake: Carats::ZERO,
            value_at_stake: UsdCents::ZERO,
            beyond_hundredths: 100,
            corroboration: 0,
            same_participant_above: 0,
            order_thousandths: 0,
        },
    }
}

fn request() -> Request {
    Request {
        asked: code("XA"),
        finding_id: Some("number_used_twice:XA:XA-000001".into()),
        title: "a matter".into(),
        question: "why?".into(),
        answer_due: None,
    }
}

#[test]
fn each_reason_in_its_order() {
    let facts = Facts {
        officer: officer("XA", Role::FocalPoint),
        asked: None,
        existing: Some(case("open")),
        finding: Some(finding("XB")),
        case_number: "C-2026-10000".into(),
    };
    let mut asked = request();
    asked.title = " ".into();
    asked.question = String::new();
    asked.answer_due = Some(day("2026-02-03"));
    let (mut world, today) = ((facts, asked), day("2026-02-03"));
    let opened = refused_in_order(
        &mut world,
        |(facts, asked)| keyed(decide(facts, asked, today)),
        &[
            ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Secretariat)),
            ("role_missing", |w| w.0.officer = officer("scheme", Role::Statistics)),
            ("not_a_participant", |w| w.0.asked = Some(participant("XA"))),
            ("case_exists", |w| w.0.existing = Some(case("answered"))),
            ("case_exists", |w| w.0.existing = None),
            ("finding_asks_another", |w| w.0.finding = Some(finding("XA"))),
            ("no_question", |w| w.1.title = "a matter".into()),
            ("no_question", |w| w.1.question = "why?".into()),
            ("answer_due_in_the_past", |w| w.1.answer_due = None),
        ],
    );
    assert_eq!((opened.case_number.as_str(), opened.answer_due), ("C-2026-10000", day("2026-03-05")));
}

/// A closed case takes no question, and says: open a new one.
#[test]
fn about_a_finding_whose_case_is_closed_a_new_one_is_opened() {
    let facts = Facts {
        officer: officer("scheme", Role::Statistics),
        asked: Some(participant("XA")),
        existing: Some(case("closed")),
        finding: None,
        case_number: "C-2026-0002".into(),
    };
    decide(&facts, &request(), day("2026-02-03")).unwrap();
}
