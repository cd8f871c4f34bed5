//! No person takes a certificate from draft to validation alone: searched, not argued (L19; security notes 6, test b).
//!
//! Every largest set of roles that one person may hold is given to one officer, who then tries every act in every round
//! until nothing new happens. And because roles only open doors, an officer with all roles at once, written into the table
//! behind the node's back, stands for every change of roles in between.

use kp_registry::Role;
use kp_trade::CertificateState;

use crate::office::{Office, fields, signer};

const NUMBER: &str = "XA-000001";
const PERSON: &str = "xa-person-1";

/// Sequences of acts up to this length.
const ROUNDS: usize = 8;

/// Roles of a participant that can be held together, each set as large as can be.
fn largest_sets() -> Vec<Vec<Role>> {
    let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| !role.is_of_scheme()).collect();
    let holds =
        |set: u32, role: Role| roles.iter().position(|r| *r == role).is_some_and(|i| set >> i & 1 == 1);
    let allowed = |set: u32| Role::INCOMPATIBLE.iter().all(|(a, b, _)| !(holds(set, *a) && holds(set, *b)));
    let all: Vec<u32> = (1..1_u32 << roles.len()).filter(|set| allowed(*set)).collect();
    let largest =
        all.iter().filter(|set| (0..roles.len()).all(|i| *set >> i & 1 == 1 || !allowed(*set | 1 << i)));
    largest.map(|set| roles.iter().copied().filter(|role| holds(*set, *role)).collect()).collect()
}

fn office_with(roles: &[Role]) -> Office {
    let office = Office::found();
    office.two_participants();
    let key = kp_sign::hex(&signer(PERSON).key.public().to_bytes());
    let mut named =
        vec![("body", "XA"), ("officer_id", PERSON), ("name", "A. Person"), ("public_key", key.as_str())];
    named.extend(roles.iter().map(|role| ("roles", role.word())));
    if roles.contains(&Role::Trader) {
        named.push(("licence_number", "XA-EXP-7"));
    }
    office.done("xa-admin-1", "name_officer", &named);
    for (rule, value) in [("override-allowed", "yes"), ("valuations-required", "1")] {
        let set = [
            ("participant", "XA"),
            ("rule", rule),
            ("value", value),
            ("effective_from", "2026-01-01"),
            ("legal_act", "invented"),
        ];
        office.done("xa-admin-1", "set_national_rule", &set);
    }
    office
}

/// Everything that could bring the certificate further, tried by one person, over and over.
fn try_everything(office: &Office, person: &str) -> usize {
    let applied = fields("XA-A-1", "7102.31 1200.00 420000.00");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let overrides: Vec<(&str, &str)> = kp_registry::SET_ASIDE
        .iter()
        .flat_map(|(act, refusals)| refusals.iter().map(|refusal| (*act, *refusal)))
        .chain([
            ("issue_certificate", "same_officer_drafted_and_issued"),
            ("issue_certificate", "valuer_signs"),
        ])
        .collect();
    let mut done = 0;
    for round in 0..ROUNDS {
        let scale = format!("scale {round}");
        let mut tries: Vec<(&str, Vec<(&str, &str)>)> = vec![
            ("apply_for_certificate", applied.clone()),
            ("file_application", applied.clone()),
            ("draft_certificate", vec![("application", "XA-A-1")]),
            ("issue_certificate", vec![("number", NUMBER)]),
            (
                "validate_certificate",
                vec![("number", NUMBER), ("carats_weighed", "1200.00"), ("seals", "1-A")],
            ),
            ("depart_shipment", vec![("number", NUMBER)]),
            (
                "open_lot",
                vec![
                    ("participant", "XA"),
                    ("lot", "XA-L-1"),
                    ("application", "XA-A-1"),
                    ("licence_number", "XA-EXP-7"),
                    ("goods", "7102.31 1200.00"),
                ],
            ),
            (
                "submit_value",
                vec![("lot", "XA-L-1"), ("party", "government"), ("values", "7102.31 420000.00")],
            ),
        ];
        for point in ["reception", "valuation", "sealing"] {
            let weighed =
                [("lot", "XA-L-1"), ("point", point), ("carats", "1200.00"), ("scale", scale.as_str())];
            tries.push(("record_weighing", weighed.to_vec()));
        }
        for (act, refusal) in &overrides {
            let order = [
                ("participant", "XA"),
                ("act", *act),
                ("subject", NUMBER),
                ("refusal", *refusal),
                ("reason", "ordered"),
                ("legal_basis", "invented"),
            ];
            tries.push(("override_refusal", order.to_vec()));
        }
        done += tries.iter().filter(|(act, typed)| office.act(person, act, typed).is_ok()).count();
    }
    done
}

fn state(office: &Office) -> Option<CertificateState> {
    let number = NUMBER.parse().unwrap();
    office.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap().map(|c| c.state)
}

#[test]
fn no_set_of_roles_that_one_person_may_hold_leads_from_draft_to_issue() {
    let sets = largest_sets();
    assert!(sets.len() > 3, "{sets:?}");
    let mut drafted = 0;
    for roles in sets {
        let office = office_with(&roles);
        try_everything(&office, PERSON);
        let reached = state(&office);
        assert!(reached.is_none_or(|state| state == CertificateState::Drafted), "{roles:?}: {reached:?}");
        drafted += usize::from(reached.is_some());
        office.is_sound();
    }
    assert!(drafted > 0, "somebody can draft, or nothing was tried");
}

/// The roles are written into the table by somebody with a database tool; the tables then differ from the log, and still
/// the persons in the statements decide.
fn with_all_roles(office: &Office, person: &str) {
    const ALL_ROLES: kp_db::Sql = kp_db::Sql {
        name: "all_roles",
        text: "UPDATE registry_officer SET roles = $2 WHERE officer_id = $1",
    };
    let roles: Vec<&str> =
        Role::ALL.iter().filter(|role| !role.is_of_scheme()).map(|role| role.word()).collect();
    office
        .node
        .db()
        .write("test", |tx| tx.execute(ALL_ROLES, &[person.into(), (&roles.join(" ")).into()]).map(drop))
        .unwrap();
}

#[test]
fn no_sequence_of_roles_leads_one_person_from_draft_to_issue() {
    let office = office_with(&[Role::Clerk]);
    with_all_roles(&office, PERSON);
    assert!(try_everything(&office, PERSON) > 5, "most of it can be done by somebody who may do everything");
    assert_eq!(state(&office), Some(CertificateState::Drafted));
}

#[test]
fn who_drafted_or_valued_does_not_validate_either() {
    // Another person issues what the first drafted; the first then may do everything, and still does not validate.
    let office = office_with(&[Role::Clerk]);
    let rule = [
        ("participant", "XA"),
        ("rule", "valuations-required"),
        ("value", "0"),
        ("effective_from", "2026-01-02"),
        ("legal_act", "invented"),
    ];
    office.done("xa-admin-1", "set_national_rule", &rule);
    let applied = fields("XA-A-1", "7102.31 1200.00 420000.00");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(name, value)| (*name, value.as_str())).collect();
    office.done(PERSON, "apply_for_certificate", &applied);
    office.done(PERSON, "draft_certificate", &[("application", "XA-A-1")]);
    office.done("xa-approver-1", "issue_certificate", &[("number", NUMBER)]);
    with_all_roles(&office, PERSON);
    let sealed = [("number", NUMBER), ("carats_weighed", "1200.00"), ("seals", "1-A")];
    assert_eq!(office.refused(PERSON, "validate_certificate", &sealed), "same_officer_drafted_and_validated");
    try_everything(&office, PERSON);
    assert_eq!(state(&office), Some(CertificateState::Issued));
    // The approver valued it after the issue: no validation rests on that person's signature any more.
    with_all_roles(&office, "xa-approver-1");
    let lot = [
        ("participant", "XA"),
        ("lot", "XA-L-2"),
        ("application", "XA-A-1"),
        ("licence_number", "XA-EXP-7"),
        ("goods", "7102.31 1200.00"),
    ];
    office.done("xa-clerk-1", "open_lot", &lot);
    let value = [("lot", "XA-L-2"), ("party", "government"), ("values", "7102.31 420000.00")];
    office.done("xa-approver-1", "submit_value", &value);
    assert_eq!(office.refused("xa-customs-1", "validate_certificate", &sealed), "valuer_signs");
}
