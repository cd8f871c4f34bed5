//! Which certificate is issued, which reason comes first, and what the statement vouches for.

use kp_registry::{Role, UnderWayRule};
use kp_testkit::refused_in_order;

use super::{Facts, Request, decide};
use crate::{Certificate, CertificateState, rules::eligible::Side, testing::*};

#[test]
fn each_reason_in_its_order() {
    let facts = Facts {
        officer: officer("XB", Role::Approver),
        certificate: None,
        lines: vec!["7102.31 1200.00 420000.00".parse().unwrap()],
        exporter: None,
        issuer: Side::default(),
        destination: Side::default(),
        rules: vec![rule("second-approval", "yes"), rule("validity", "2-months")],
    };
    let request = Request { number: number("xa 1"), expires_on: Some(day("2026-02-02")) };
    let mut world = (facts, request);
    let issued = refused_in_order(
        &mut world,
        |(facts, request)| keyed(decide(facts, request, now())),
        &[
            ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Issued))),
            ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
            ("role_missing", |w| {
                w.0.officer = officer("XA", Role::Approver);
                w.0.officer.id = "xa-clerk-1".into();
            }),
            ("number_already_used", |w| w.0.certificate = Some(certificate(CertificateState::Drafted))),
            ("same_officer_drafted_and_issued", |w| w.0.officer.id = "xa-approver-1".into()),
            ("second_approval_missing", |w| w.0.certificate = Some(approved("xa-approver-1"))),
            ("same_officer_approved_and_issued", |w| w.0.certificate = Some(approved("xa-approver-2"))),
            ("no_such_licence", |w| {
                w.0.exporter = Some(kp_registry::Exporter { valid_from: day("2026-02-04"), ..exporter() });
            }),
            ("licence_not_active", |w| w.0.exporter = Some(exporter())),
            ("issuer_not_a_participant", |w| w.0.issuer = suspended("XA", NOW, UnderWayRule::Release)),
            ("issuer_barred", |w| w.0.issuer = open("XA")),
            ("destination_not_a_participant", |w| {
                w.0.destination = suspended("XB", NOW, UnderWayRule::Release)
            }),
            ("destination_barred", |w| w.0.destination = open("XB")),
            ("expires_before_issue", |w| w.1.expires_on = Some(day("2026-04-04"))),
            ("expires_after_rule", |w| w.1.expires_on = None),
        ],
    );
    assert_eq!((issued.number.to_string(), issued.issued_on), ("XA-000001".into(), day("2026-02-03")));
    assert_eq!(issued.expires_on, day("2026-04-03"), "two months");
    assert_eq!((issued.exporter.as_str(), issued.issued_by.as_str()), ("River Stones", "xa-approver-1"));
}

#[test]
fn a_certificate_may_expire_on_the_day_of_its_issue() {
    let facts = Facts {
        officer: officer("XA", Role::Approver),
        certificate: Some(certificate(CertificateState::Drafted)),
        lines: Vec::new(),
        exporter: Some(exporter()),
        issuer: open("XA"),
        destination: open("XB"),
        rules: Vec::new(),
    };
    let request = Request { number: number("XA-000001"), expires_on: Some(day("2026-02-03")) };
    assert_eq!(decide(&facts, &request, now()).unwrap().expires_on, day("2026-02-03"));
}

fn approved(by: &str) -> Certificate {
    Certificate { approved_by: Some(by.into()), ..certificate(CertificateState::Drafted) }
}

/// Seized goods are sent by an authority, not by a trader.
#[test]
fn a_technical_certificate_asks_for_no_licence_and_names_its_own_exporter() {
    let mut technical = certificate(CertificateState::Drafted);
    technical.application.kind = crate::CertificateKind::Technical;
    technical.application.exporter = Some("Customs store".into());
    technical.application.exporter_address = Some("1 Customs Road".into());
    let facts = Facts {
        officer: officer("XA", Role::Approver),
        certificate: Some(technical),
        lines: Vec::new(),
        exporter: None,
        issuer: open("XA"),
        destination: open("XB"),
        rules: Vec::new(),
    };
    let issued = decide(&facts, &Request { number: number("XA-1"), expires_on: None }, now()).unwrap();
    assert_eq!(
        (issued.exporter.as_str(), issued.exporter_address.as_str()),
        ("Customs store", "1 Customs Road")
    );
    assert_eq!(issued.expires_on, day("2026-04-04"), "sixty days where the law says nothing");
}
