//! Accounts from invitation to leaving, over a real node, on both engines.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

mod answers;
mod authenticator;
mod ministry;
mod office;
mod passkeys;
mod recovery;
mod tables;
mod tokens;

use jiff::SignedDuration;
use kp_accounts::{NotSignedIn, State, Taken, limits::Limits, totp};
use kp_log::Failure;
use kp_node::ActFailure;
use office::{Office, PASSPHRASE, PASSWORD};

#[test]
fn an_invited_officer_chooses_a_password_that_opens_the_key_and_signs_in_once_per_code() {
    for office in Office::on_each_engine("signing in") {
        office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
        let node = office.node();
        assert!(node.open_key("xa-clerk-1", PASSPHRASE).is_err(), "the old passphrase opens nothing");
        assert!(node.open_key("xa-clerk-1", PASSWORD).is_ok());
        let limits = Limits::default();
        let code = office.factor_code("xa-clerk-1");
        let signed = office.sign_in("xa-clerk-1", PASSWORD, &code, &limits).unwrap();
        assert_eq!(signed.signer.id, "xa-clerk-1");
        let again = office.sign_in("xa-clerk-1", PASSWORD, &code, &limits);
        assert!(matches!(again, Err(NotSignedIn::Wrong)), "a code serves once");
        office.pass(SignedDuration::from_secs(31));
        let next = office.factor_code("xa-clerk-1");
        for (id, password, code) in [
            ("xa-clerk-1", "not the password at all", next.as_str()),
            ("xa-clerk-1", PASSWORD, "000000"),
            ("xa-nobody-1", PASSWORD, next.as_str()),
        ] {
            assert!(matches!(office.sign_in(id, password, code, &limits), Err(NotSignedIn::Wrong)));
        }
        office.sign_in("xa-clerk-1", PASSWORD, &next, &limits).expect("a wrong password burns no code");
    }
}

#[test]
fn a_recovery_code_serves_once_and_counts_down() {
    let office = Office::found(None);
    let joined = office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    assert_eq!(joined.recovery_codes.len(), 10);
    assert_eq!(joined.new_key, None, "the key that lay here was kept");
    let limits = Limits::default();
    let code = joined.recovery_codes[3].to_string().to_lowercase();
    let signed = office.sign_in("xa-clerk-1", PASSWORD, &code, &limits).unwrap();
    assert_eq!(signed.codes_left, Some(9));
    assert!(matches!(office.sign_in("xa-clerk-1", PASSWORD, &code, &limits), Err(NotSignedIn::Wrong)));
}

#[test]
fn an_officer_not_yet_named_brings_a_key_that_no_administrator_made() {
    let office = Office::found(None);
    let issued = office.accounts.invite(&office.officer("xa-admin-1"), "xa-clerk-9", office.now()).unwrap();
    let joined = office.take_up(&issued.code.to_string(), "", PASSWORD);
    let key = joined.new_key.expect("a key was made");
    office.name_with_key("xa-clerk-9", "clerk", &key);
    let limits = Limits::default();
    let signed = office.sign_in("xa-clerk-9", PASSWORD, &office.factor_code("xa-clerk-9"), &limits).unwrap();
    assert_eq!(kp_sign::hex(&signed.signer.key.public().to_bytes()), key);
}

#[test]
fn a_code_is_refused_used_late_or_mistyped_with_one_answer() {
    let office = Office::found(None);
    let admin = office.officer("xa-admin-1");
    let first = office.accounts.invite(&admin, "xa-clerk-1", office.now()).unwrap().code.to_string();
    let second = office.accounts.invite(&admin, "xa-clerk-1", office.now()).unwrap().code.to_string();
    let keys = |code: &str| match office.accounts.offer(code, &[], office.now()) {
        Err(Failure::Refused(refusal)) => refusal.key(),
        other => panic!("{other:?}"),
    };
    assert_eq!(keys(&first), "code_does_not_serve", "a second invitation ends the first");
    assert_eq!(keys("0000-0000-0000-0000"), "code_does_not_serve");
    office.accounts.offer(&second, &[], office.now()).expect("it serves");
    office.pass(SignedDuration::from_hours(73));
    assert_eq!(keys(&second), "code_does_not_serve");
}

#[test]
fn every_field_that_does_not_serve_is_named_at_once_and_nothing_changes() {
    let office = Office::found(None);
    let admin = office.officer("xa-admin-1");
    let code = office.accounts.invite(&admin, "xa-clerk-1", office.now()).unwrap().code.to_string();
    let offer = office.accounts.offer(&code, &[], office.now()).unwrap();
    assert!(offer.has_key);
    let taken = Taken {
        code: code.clone(),
        factor_sealed: offer.factor_sealed,
        factor_code: "123".into(),
        present: "guessed".to_owned().into(),
        password: "password1234".to_owned().into(),
        again: "password123".to_owned().into(),
    };
    let Err(ActFailure::Fields(problems)) = office.accounts.join(&taken, "here", office.now()) else {
        panic!("it was taken")
    };
    let named: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(named, ["factor_code", "password", "again"]);
    assert_eq!(office.accounts.of_officer("xa-clerk-1").unwrap().unwrap().state, State::Invited);
    assert!(office.node().open_key("xa-clerk-1", PASSPHRASE).is_ok());
}

#[test]
fn only_who_looks_after_an_account_invites() {
    let office = Office::found(None);
    let refused = |by: &str, id: &str| match office.accounts.invite(&office.officer(by), id, office.now()) {
        Err(Failure::Refused(refusal)) => refusal.key(),
        Err(Failure::Error(error)) => panic!("{error:#}"),
        Ok(_) => "invited",
    };
    for (by, id, answer) in [
        ("xa-admin-1", "xa-clerk-1", "invited"),
        ("xb-admin-1", "xa-clerk-1", "not_administrator_of_account"),
        ("xa-clerk-1", "xa-approver-1", "not_administrator_of_account"),
        ("scheme-sec-1", "xa-clerk-1", "not_administrator_of_account"),
        ("scheme-sec-1", "xa-admin-1", "invited"),
        ("xa-approver-1", "xa-approver-1", "invited"),
        ("xa-admin-1", "../node", "not_an_officer_id"),
        ("xa-admin-1", "xb-clerk-9", "not_administrator_of_account"),
        ("xa-admin-1", "xa-clerk-9", "invited"),
    ] {
        assert_eq!(refused(by, id), answer, "{by} invites {id}");
    }
}

#[test]
fn failures_make_wait_and_a_browser_that_was_in_does_not_pay_for_others() {
    let office = Office::found(None);
    office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    let limits = Limits::default();
    let mark =
        office.sign_in("xa-clerk-1", PASSWORD, &office.factor_code("xa-clerk-1"), &limits).unwrap().mark;
    for _ in 0..5 {
        assert!(matches!(office.sign_in("xa-clerk-1", "guess", "000000", &limits), Err(NotSignedIn::Wrong)));
    }
    let waiting = office.sign_in("xa-clerk-1", "guess", "000000", &limits);
    assert!(matches!(waiting, Err(NotSignedIn::Wait(1..))), "{waiting:?}");
    for _ in 0..5 {
        office.sign_in("xa-nobody-1", "guess", "000000", &limits).unwrap_err();
    }
    let unknown = office.sign_in("xa-nobody-1", "guess", "000000", &limits);
    assert!(
        matches!(unknown, Err(NotSignedIn::Wait(1..))),
        "an unknown account makes wait alike: {unknown:?}"
    );
    let code = totp::code(&office.factor_secret("xa-clerk-1"), totp::step_at(office.now()) + 1);
    let attempt = office.attempt("xa-clerk-1", PASSWORD, &code, &mark);
    office.accounts.sign_in(&attempt, &limits, office.now()).expect("its own browser lets the officer in");
    let forged = mark.replace(&mark[40..44], "0000");
    let attempt = office.attempt("xa-clerk-1", PASSWORD, "000000", &forged);
    assert!(matches!(office.accounts.sign_in(&attempt, &limits, office.now()), Err(NotSignedIn::Wait(_))));
}

#[test]
fn who_leaves_is_out_and_the_keys_to_withdraw_are_named() {
    let office = Office::found(None);
    office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    let admin = office.officer("xa-admin-1");
    let closed = office.accounts.close(&admin, "xa-clerk-1", office.now()).unwrap();
    assert_eq!((closed.body.as_str(), closed.keys.len()), ("XA", 1));
    let limits = Limits::default();
    let out = office.sign_in("xa-clerk-1", PASSWORD, &office.factor_code("xa-clerk-1"), &limits);
    assert!(matches!(out, Err(NotSignedIn::Wrong)));
    assert!(office.accounts.close(&admin, "xa-clerk-1", office.now()).is_err(), "once");
    assert!(office.accounts.close(&admin, "xa-admin-1", office.now()).is_err(), "nobody closes the own");
    office.accounts.invite(&admin, "xa-clerk-1", office.now()).expect("somebody may come back");
}
