//! Recovery needs two others, a day, and leaves the officer the last word.

use jiff::SignedDuration;
use kp_accounts::{Kind, NotSignedIn, limits::Limits};
use kp_log::Failure;

use crate::office::{Office, PASSPHRASE, PASSWORD};

fn key<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.key(),
        Err(Failure::Error(error)) => panic!("{error:#}"),
        Ok(_) => "done",
    }
}

fn started(office: &Office, kind: Kind) -> String {
    let admin = office.officer("xa-admin-1");
    office.accounts.start_recovery(&admin, "xa-clerk-1", kind, office.now()).unwrap()
}

#[test]
fn one_person_alone_gets_no_code_in_any_order() {
    for office in Office::on_each_engine("recovery") {
        office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
        let (admin, other) = (office.officer("xa-admin-1"), office.officer("xa-approver-1"));
        let id = started(&office, Kind::Factor);
        let now = office.now();
        let a = &office.accounts;
        assert_eq!(key(a.fetch_recovery_code(&admin, &id, now)), "recovery_not_ready");
        assert_eq!(key(a.confirm_recovery(&admin, &id, now)), "recovery_same_person");
        assert_eq!(key(a.confirm_recovery(&office.officer("xa-clerk-1"), &id, now)), "own_recovery");
        assert_eq!(key(a.confirm_recovery(&office.officer("xb-admin-1"), &id, now)), "recovery_other_body");
        assert_eq!(key(a.start_recovery(&admin, "xa-clerk-1", Kind::Factor, now)), "recovery_under_way");
        assert_eq!(
            key(a.start_recovery(&other, "xa-clerk-1", Kind::Factor, now)),
            "not_administrator_of_account"
        );
        assert_eq!(key(a.start_recovery(&admin, "xa-admin-1", Kind::Factor, now)), "own_recovery");
        assert_eq!(key(a.start_recovery(&admin, "xa-approver-1", Kind::Factor, now)), "no_open_account");
        assert_eq!(key(a.confirm_recovery(&other, &id, now)), "done");
        assert_eq!(key(a.fetch_recovery_code(&admin, &id, now)), "recovery_not_ready");
        office.pass(SignedDuration::from_hours(24));
        assert_eq!(key(a.fetch_recovery_code(&other, &id, office.now())), "not_administrator_of_account");
        assert_eq!(key(a.fetch_recovery_code(&admin, &id, office.now())), "done");
        assert_eq!(key(a.fetch_recovery_code(&admin, &id, office.now())), "no_such_recovery");
    }
}

#[test]
fn the_officer_stops_what_somebody_else_started() {
    let office = Office::found(None);
    office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    let id = started(&office, Kind::Password);
    let stranger = office.officer("xa-approver-1");
    assert_eq!(key(office.accounts.stop_recovery(&stranger, &id, office.now())), "recovery_not_yours");
    let clerk = office.officer("xa-clerk-1");
    assert_eq!(key(office.accounts.stop_recovery(&clerk, &id, office.now())), "done");
    office.pass(SignedDuration::from_hours(48));
    let admin = office.officer("xa-admin-1");
    assert_eq!(key(office.accounts.fetch_recovery_code(&admin, &id, office.now())), "no_such_recovery");
}

fn code(office: &Office, kind: Kind) -> String {
    let id = started(office, kind);
    office.accounts.confirm_recovery(&office.officer("xa-approver-1"), &id, office.now()).unwrap();
    office.pass(SignedDuration::from_hours(25));
    let admin = office.officer("xa-admin-1");
    office.accounts.fetch_recovery_code(&admin, &id, office.now()).unwrap().code.to_string()
}

#[test]
fn a_lost_factor_is_renewed_with_the_password_and_the_key_stays() {
    let office = Office::found(None);
    let joined = office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    let old = office.signer("xa-clerk-1", PASSWORD).key.public();
    let code = code(&office, Kind::Factor);
    let renewed = office.take_up(&code, PASSWORD, "");
    assert_eq!(renewed.new_key, None);
    assert_eq!(office.signer("xa-clerk-1", PASSWORD).key.public(), old);
    let limits = Limits::default();
    let before = joined.recovery_codes[0].to_string();
    let out = office.sign_in("xa-clerk-1", PASSWORD, &before, &limits);
    assert!(matches!(out, Err(NotSignedIn::Wrong)), "old recovery codes end");
    office.sign_in("xa-clerk-1", PASSWORD, &office.factor_code("xa-clerk-1"), &limits).unwrap();
}

#[test]
fn a_lost_password_costs_the_key() {
    let office = Office::found(None);
    office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    let old = office.signer("xa-clerk-1", PASSWORD).key.public();
    let code = code(&office, Kind::Password);
    let renewed = office.take_up(&code, "", "another five river stones");
    let new = renewed.new_key.expect("a new key was made");
    assert_ne!(new, kp_sign::hex(&old.to_bytes()));
    let limits = Limits::default();
    let old_password = office.sign_in("xa-clerk-1", PASSWORD, &office.factor_code("xa-clerk-1"), &limits);
    assert!(matches!(old_password, Err(NotSignedIn::Wrong)));
    let factor = office.factor_code("xa-clerk-1");
    let signed = office.sign_in("xa-clerk-1", "another five river stones", &factor, &limits).unwrap();
    assert_eq!(kp_sign::hex(&signed.signer.key.public().to_bytes()), new);
    let kept = std::fs::read_dir(office.folder.path().join("keys")).unwrap();
    let aside =
        kept.filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().ends_with(".aside")).count();
    assert_eq!(aside, 1, "the old key's file is laid aside, not destroyed");
}
