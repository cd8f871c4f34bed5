//! Passkeys over a real node: made, shown as second factor and alone, removed, ended with the account, never twice.

use jiff::SignedDuration;
use kp_accounts::{
    Accounts, Attempt, NotSignedIn, Proof, SignedIn,
    fresh::Given,
    limits::Limits,
    passkey::{Ceremony, Purpose, Shown, Site},
    trail,
};
use kp_log::Failure;
use kp_node::ActFailure;

use crate::{
    authenticator::Authenticator,
    office::{Office, PASSPHRASE, PASSWORD},
};

const ASKER: &str = "cookie of a browser";

fn site() -> Site {
    Site { name: "localhost".into(), origin: "http://localhost:8080".into() }
}

fn ceremony(site: &Site, purpose: Purpose) -> Ceremony<'_> {
    Ceremony { site, asker: ASKER, purpose }
}

fn register(office: &Office, id: &str, authenticator: &Authenticator) -> Result<(), String> {
    let site = site();
    let challenge = office.accounts.challenge(Purpose::New, ASKER, office.now()).unwrap();
    let made = authenticator.made(&site, &challenge);
    let signer = office.signer(id, PASSWORD);
    let ceremony = ceremony(&site, Purpose::New);
    office.accounts.register_passkey(&signer, "my key", &made, &ceremony, office.now()).map_err(key_of)
}

fn key_of(failure: ActFailure) -> String {
    match failure {
        ActFailure::Failure(Failure::Refused(refusal)) => refusal.key().to_owned(),
        ActFailure::Fields(problems) => problems[0].field.clone(),
        ActFailure::Failure(Failure::Error(error)) => panic!("{error:#}"),
    }
}

fn alone(office: &Office, shown: &Shown, limits: &Limits) -> Result<SignedIn, NotSignedIn> {
    let site = site();
    let ceremony = ceremony(&site, Purpose::SignIn);
    office.accounts.sign_in_with_passkey(shown, &ceremony, "198.51.100.7", limits, office.now())
}

fn question(office: &Office) -> Vec<u8> {
    office.accounts.challenge(Purpose::SignIn, ASKER, office.now()).unwrap()
}

fn joined(office: &Office, algorithm: &str) -> Authenticator {
    office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    Authenticator::new(algorithm, &office.accounts.user_handle("xa-clerk-1"))
}

#[test]
fn a_passkey_alone_opens_the_key_and_every_answer_serves_once() {
    for office in Office::on_each_engine("passkeys") {
        let mut key = joined(&office, "ES256");
        key.counter = 4;
        register(&office, "xa-clerk-1", &key).unwrap();
        let limits = Limits::default();
        let challenge = question(&office);
        let shown = key.shown(&site(), &challenge);
        let signed = alone(&office, &shown, &limits).unwrap();
        assert_eq!(signed.signer.id, "xa-clerk-1");
        let public = office.signer("xa-clerk-1", PASSWORD).key.public().to_bytes();
        assert_eq!(signed.signer.key.public().to_bytes(), public, "the same key");
        assert!(matches!(alone(&office, &shown, &limits), Err(NotSignedIn::Wrong)), "once");
        let listed = office.node().db().read(|tx| Accounts::passkeys_of(tx, "xa-clerk-1")).unwrap();
        assert_eq!((listed.len(), listed[0].last_used_at), (1, Some(office.now())));
        assert!(listed[0].opens_key);
    }
}

#[test]
fn each_kind_of_key_serves_and_the_password_may_change_in_between() {
    let office = Office::found(None);
    let first = joined(&office, "ES256");
    let user = first.user.clone();
    let limits = Limits::default();
    for algorithm in ["ES256", "EdDSA", "RS256"] {
        let mut key = Authenticator::new(algorithm, &user);
        register(&office, "xa-clerk-1", &key).unwrap();
        let shown = key.shown(&site(), &question(&office));
        alone(&office, &shown, &limits).unwrap_or_else(|no| panic!("{algorithm}: {no:?}"));
        assert_eq!(register(&office, "xa-clerk-1", &key), Err("passkey_known".into()));
    }
    let signer = office.signer("xa-clerk-1", PASSWORD);
    let new = "another five river stones";
    office.accounts.change_password(&signer, "A. Sample", PASSWORD, new, new, office.now()).unwrap();
    let mut key = Authenticator::new("EdDSA", &user);
    let shown = key.shown(&site(), &question(&office));
    alone(&office, &shown, &limits).expect("the copy of the key lies under the passkey, not the password");
}

#[test]
fn what_does_not_hold_is_refused_with_one_answer() {
    let office = Office::found(None);
    let mut key = joined(&office, "ES256");
    register(&office, "xa-clerk-1", &key).unwrap();
    let limits = Limits::default();
    let here = site();
    let elsewhere = Site { name: "evil.example".into(), origin: "https://evil.example".into() };
    let refused = |shown: Shown, what: &str| {
        let answer = alone(&office, &shown, &Limits::default());
        assert!(matches!(answer, Err(NotSignedIn::Wrong)), "{what}: {answer:?}");
    };
    refused(key.shown(&elsewhere, &question(&office)), "another site");
    refused(key.shown(&here, b"a question of nobody's"), "no question of ours");
    let other = office.accounts.challenge(Purpose::SignIn, "another browser", office.now()).unwrap();
    refused(key.shown(&here, &other), "another browser's question");
    let other = office.accounts.challenge(Purpose::Factor, ASKER, office.now()).unwrap();
    refused(key.shown(&here, &other), "a question for something else");
    key.flags = 0x01;
    refused(key.shown(&here, &question(&office)), "nobody was verified");
    key.flags = 0x05;
    let mut stranger = Authenticator::new("ES256", &key.user);
    stranger.id.clone_from(&key.id);
    refused(stranger.shown(&here, &question(&office)), "another key under the same id");
    let user = std::mem::replace(&mut key.user, vec![1; 32]);
    refused(key.shown(&here, &question(&office)), "another user");
    key.user = user;
    let old = question(&office);
    office.pass(SignedDuration::from_secs(301));
    refused(key.shown(&here, &old), "an old question");
    alone(&office, &key.shown(&here, &question(&office)), &limits).expect("and what holds is let in");
}

#[test]
fn a_counter_that_goes_back_ends_the_passkey_and_stands_in_the_trail() {
    let office = Office::found(None);
    let mut key = joined(&office, "ES256");
    key.counter = 10;
    register(&office, "xa-clerk-1", &key).unwrap();
    let limits = Limits::default();
    alone(&office, &key.shown(&site(), &question(&office)), &limits).unwrap();
    key.counter = 5;
    let copied = alone(&office, &key.shown(&site(), &question(&office)), &limits);
    assert!(matches!(copied, Err(NotSignedIn::Wrong)), "{copied:?}");
    key.counter = 50;
    let late = alone(&office, &key.shown(&site(), &question(&office)), &limits);
    assert!(matches!(late, Err(NotSignedIn::Wrong)), "it serves no more: {late:?}");
    let steps = office.node().db().read(|tx| trail::before(tx, i64::MAX, 9)).unwrap();
    let copied = steps.iter().find(|step| step.what == "passkey_copied").expect("it is on record");
    assert!(copied.detail.contains("its counter said 6 after 11"), "{}", copied.detail);
}

#[test]
fn as_a_second_factor_it_needs_the_password_and_alone_it_needs_a_secret() {
    let office = Office::found(None);
    let mut key = joined(&office, "EdDSA");
    key.secret = None;
    register(&office, "xa-clerk-1", &key).unwrap();
    let limits = Limits::default();
    let bare = alone(&office, &key.shown(&site(), &question(&office)), &limits);
    assert!(matches!(bare, Err(NotSignedIn::OpensNothing)), "{bare:?}");
    let mut attempt = |password: &str, officer: &str| {
        let shown = key.shown(&site(), &question(&office));
        let site = site();
        let attempt = Attempt {
            passkey: Some((&shown, ceremony(&site, Purpose::SignIn))),
            ..office.attempt(officer, password, "", "")
        };
        office.accounts.sign_in(&attempt, &limits, office.now())
    };
    assert!(matches!(attempt("not the password", "xa-clerk-1"), Err(NotSignedIn::Wrong)));
    assert!(matches!(attempt(PASSWORD, "xa-approver-1"), Err(NotSignedIn::Wrong)), "another's passkey");
    assert_eq!(attempt(PASSWORD, "xa-clerk-1").unwrap().signer.id, "xa-clerk-1");
}

#[test]
fn a_passkey_ends_with_its_removal_with_a_recovery_and_with_the_account() {
    let office = Office::found(None);
    let mut key = joined(&office, "ES256");
    register(&office, "xa-clerk-1", &key).unwrap();
    let listed = || office.node().db().read(|tx| Accounts::passkeys_of(tx, "xa-clerk-1")).unwrap();
    let lent = || {
        let all = std::fs::read_dir(office.folder.path().join("keys")).unwrap();
        all.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with("lent-pk")).count()
    };
    assert_eq!((listed().len(), lent()), (1, 1));
    office.accounts.remove_passkey("xa-approver-1", &listed()[0].handle(), office.now()).unwrap();
    assert_eq!(listed().len(), 1, "nobody removes another's");
    office.accounts.remove_passkey("xa-clerk-1", &listed()[0].handle(), office.now()).unwrap();
    assert_eq!((listed().len(), lent()), (0, 0));
    let limits = Limits::default();
    let gone = alone(&office, &key.shown(&site(), &question(&office)), &limits);
    assert!(matches!(gone, Err(NotSignedIn::Wrong)));
    key.id.push(1);
    register(&office, "xa-clerk-1", &key).unwrap();
    office.accounts.close(&office.officer("xa-admin-1"), "xa-clerk-1", office.now()).unwrap();
    assert_eq!((listed().len(), lent()), (0, 0));
    let admin = office.officer("xa-admin-1");
    let back = office.accounts.invite(&admin, "xa-clerk-1", office.now()).unwrap();
    office.take_up(&back.code.to_string(), PASSWORD, PASSWORD);
    let gone = alone(&office, &key.shown(&site(), &question(&office)), &limits);
    assert!(matches!(gone, Err(NotSignedIn::Wrong)), "who comes back begins anew");
}

#[test]
fn nobody_without_an_account_has_one_and_nobody_has_nine() {
    let office = Office::found(None);
    let key = Authenticator::new("ES256", b"anybody");
    let site = site();
    let challenge = office.accounts.challenge(Purpose::New, ASKER, office.now()).unwrap();
    let signer = office.signer("xa-clerk-1", PASSPHRASE);
    let ceremony = ceremony(&site, Purpose::New);
    let made = key.made(&site, &challenge);
    let refused = office.accounts.register_passkey(&signer, "my key", &made, &ceremony, office.now());
    assert_eq!(key_of(refused.unwrap_err()), "passkey_without_account");
    let mut key = joined(&office, "EdDSA");
    for _ in 0..8 {
        key.id.push(0);
        register(&office, "xa-clerk-1", &key).unwrap();
    }
    key.id.push(0);
    assert_eq!(register(&office, "xa-clerk-1", &key), Err("passkeys_enough".into()));
    key.flags = 0x01;
    assert_eq!(register(&office, "xa-clerk-1", &key), Err("passkey_not_taken".into()));
}

#[test]
fn a_factor_is_shown_again_by_code_or_passkey_and_is_used_up() {
    let office = Office::found(None);
    let mut key = joined(&office, "ES256");
    register(&office, "xa-clerk-1", &key).unwrap();
    let limits = Limits::default();
    let show = |proof: Proof<'_>| {
        office.accounts.show_factor("xa-clerk-1", proof, ("198.51.100.7", ""), &limits, office.now())
    };
    let code = office.factor_code("xa-clerk-1");
    assert_eq!(show(Proof::Code(&code)).unwrap(), Given::Code);
    assert!(matches!(show(Proof::Code(&code)), Err(NotSignedIn::Wrong)), "once");
    let challenge = office.accounts.challenge(Purpose::Factor, ASKER, office.now()).unwrap();
    let (shown, site) = (key.shown(&site(), &challenge), site());
    let proof = || Proof::Passkey(&shown, ceremony(&site, Purpose::Factor));
    assert_eq!(show(proof()).unwrap(), Given::Passkey);
    assert!(matches!(show(proof()), Err(NotSignedIn::Wrong)), "once");
    office.join("xa-approver-1", PASSPHRASE, PASSWORD);
    let challenge = office.accounts.challenge(Purpose::Factor, ASKER, office.now()).unwrap();
    let shown = key.shown(&site, &challenge);
    let proof = Proof::Passkey(&shown, ceremony(&site, Purpose::Factor));
    let other =
        office.accounts.show_factor("xa-approver-1", proof, ("198.51.100.7", ""), &limits, office.now());
    assert!(matches!(other, Err(NotSignedIn::Wrong)), "another's passkey");
}
