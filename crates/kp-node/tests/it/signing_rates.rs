//! What a document key signs in a day: the most that the law allows at a desk, and what is asked about (security T12).

use crate::{
    office::Office,
    signed_copy::{office_with_document_key, open_key},
};

fn rule(office: &Office, rule: &str, value: &str) {
    let set = [("participant", "XA"), ("rule", rule), ("value", value), ("effective_from", "2026-01-01")];
    office.done("xa-admin-1", "set_national_rule", &[set.as_slice(), &[("legal_act", "test")]].concat());
}

fn seal(office: &Office, reference: &str) -> Result<(), &'static str> {
    office.issue(reference, "7102.31 10.00 100.00");
    let number = office
        .node
        .db()
        .read(|tx| kp_trade::certificate_of_application(tx, reference))
        .unwrap()
        .unwrap()
        .to_string();
    let sealed = [("number", number.as_str()), ("carats_weighed", "10.00"), ("seals", number.as_str())];
    match office.act("xa-customs-1", "validate_certificate", &sealed) {
        Ok(_) => Ok(()),
        Err(kp_node::ActFailure::Failure(kp_log::Failure::Refused(no))) => Err(no.key()),
        Err(failure) => panic!("{failure}"),
    }
}

fn found(office: &Office, detector: &str) -> Vec<String> {
    let findings = office.node.db().read(kp_detect::trade::findings).unwrap();
    let of = findings.into_iter().filter(|row| row.finding.detector == detector);
    of.map(|row| row.finding.title.to_string()).collect()
}

#[test]
fn a_key_signs_so_many_in_a_day_and_the_next_day_again() {
    let office = office_with_document_key();
    open_key(&office);
    assert_eq!(
        office.refused(
            "xa-admin-1",
            "set_national_rule",
            &[
                ("participant", "XA"),
                ("rule", "certificates-a-day"),
                ("value", "0"),
                ("effective_from", "2026-01-01"),
                ("legal_act", "test"),
            ]
        ),
        "not_a_value_of_the_rule"
    );
    rule(&office, "certificates-a-day", "2");
    assert_eq!(seal(&office, "XA-A-1"), Ok(()));
    assert_eq!(seal(&office, "XA-A-2"), Ok(()));
    assert_eq!(seal(&office, "XA-A-3"), Err("document_key_day_is_full"));
    let number = "XA-000003".parse().unwrap();
    let third = office.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap().unwrap();
    assert_eq!(third.state.word(), "issued", "what cannot be signed is not validated");
    office.day("2026-02-04");
    let sealed = [("number", "XA-000003"), ("carats_weighed", "10.00"), ("seals", "3")];
    office.done("xa-customs-1", "validate_certificate", &sealed);
    assert_eq!(seal(&office, "XA-A-4"), Ok(()));
    assert_eq!(seal(&office, "XA-A-5"), Err("document_key_day_is_full"));
    office.is_sound();
}

#[test]
fn a_day_far_above_the_usual_is_asked_about() {
    let office = office_with_document_key();
    open_key(&office);
    let mut reference = 0;
    let mut seals = |count: u32| {
        for _ in 0..count {
            reference += 1;
            seal(&office, &format!("XA-A-{reference}")).unwrap();
        }
    };
    // A first day, however busy, is no usual one yet.
    seals(7);
    for day in 4..=7 {
        office.day(&format!("2026-02-{day:02}"));
        seals(6);
    }
    office.day("2026-02-08");
    seals(21);
    assert_eq!(found(&office, "signed_far_above_usual"), Vec::<String>::new(), "21 is not more than 3 x 7");
    seals(1);
    let titles = found(&office, "signed_far_above_usual");
    assert_eq!(titles.len(), 1);
    assert!(
        titles[0].ends_with(
            "signed 22 certificates on 2026-02-08 at the capital; the busiest of 30 days before had 7"
        ),
        "{titles:?}"
    );
    assert_eq!(found(&office, "signed_outside_hours"), Vec::<String>::new(), "no hours are set");
    office.is_sound();
}

#[test]
fn what_is_signed_when_nobody_works_is_asked_about_and_stands() {
    let office = office_with_document_key();
    open_key(&office);
    // The test's clock: eight in the morning, then six.
    rule(&office, "office-hours", "07:00-18:00");
    seal(&office, "XA-A-1").unwrap();
    assert_eq!(found(&office, "signed_outside_hours"), Vec::<String>::new());
    office.day("2026-02-04");
    seal(&office, "XA-A-2").unwrap();
    let titles = found(&office, "signed_outside_hours");
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert!(
        titles[0].contains("certificate XA-000002 was signed at 2026-02-04T06:00:00Z at the capital"),
        "{titles:?}"
    );
    assert!(office.node.signed_copy(&"XA-000002".parse().unwrap()).unwrap().is_some(), "it stands");
    office.is_sound();
}
