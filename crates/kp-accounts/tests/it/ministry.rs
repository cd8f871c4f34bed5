//! A ministry's own sign-in, without a network: what its word is worth, once, for what, and to whom; on both engines.

use jiff::SignedDuration;
use kp_accounts::{
    Accounts, Attempt, NotSignedIn, Proof,
    fresh::Given,
    limits::Limits,
    ministry::{About, Known, Proven, Purpose, Question},
};
use kp_log::Failure;

use crate::office::{Office, PASSPHRASE, PASSWORD};

const ASKER: &str = "the cookie of this browser";

fn question(office: &Office, purpose: Purpose, officer_id: &str) -> Question {
    let about = About {
        purpose,
        officer_id,
        back: "/acts",
        redirect: "https://kp.example/sign-in/ministry/back",
        session_minutes: 30,
    };
    office.accounts.ministry_question(&about, office.now()).unwrap()
}

fn known(office: &Office, purpose: Purpose, officer_id: &str, subject: &str) -> Known {
    let proven = Proven {
        issuer: "https://sso.ministry.example".into(),
        subject: subject.into(),
        name: "A. Sample".into(),
        auth_at: office.now(),
    };
    let question = question(office, purpose, officer_id);
    let kept = office.accounts.keep_known(&question, &proven, office.now()).unwrap();
    office.accounts.known(&kept, office.now()).unwrap().unwrap()
}

fn bind(office: &Office, officer_id: &str, subject: &str) -> Result<(), &'static str> {
    let known = known(office, Purpose::Bind, officer_id, subject);
    key(office.accounts.bind(officer_id, &known, office.now()))
}

fn key(outcome: Result<(), Failure>) -> Result<(), &'static str> {
    match outcome {
        Ok(()) => Ok(()),
        Err(Failure::Refused(refusal)) => Err(refusal.key()),
        Err(Failure::Error(error)) => panic!("{error:#}"),
    }
}

#[test]
fn a_question_is_answered_once_soon_and_by_the_browser_that_asked() {
    let office = Office::found(None);
    let asked = question(&office, Purpose::SignIn, "");
    let state = office.accounts.ministry_state(&asked, ASKER).unwrap();
    let take = |state: &str, asker: &str| {
        office.accounts.take_ministry_question(state, asker, office.now()).unwrap()
    };
    assert_eq!(take(&state, "another"), None);
    for at in 0..state.len() {
        let mut altered = state.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(take(&String::from_utf8(altered).unwrap(), ASKER), None, "letter {at}");
    }
    assert_eq!(take(&state, ASKER).as_ref(), Some(&asked));
    assert_eq!(take(&state, ASKER), None, "once");
    let late = office.accounts.ministry_state(&question(&office, Purpose::SignIn, ""), ASKER).unwrap();
    office.pass(SignedDuration::from_secs(601));
    assert_eq!(take(&late, ASKER), None);
}

#[test]
fn only_to_sign_in_does_a_sign_in_of_earlier_serve() {
    let office = Office::found(None);
    let (now, minutes) = (office.now(), SignedDuration::from_mins);
    for (purpose, serves, does_not) in
        [(Purpose::SignIn, 31, 33), (Purpose::Factor, 1, 3), (Purpose::Bind, 1, 3)]
    {
        let question = question(&office, purpose, "xa-clerk-1");
        assert!(question.is_met_by(now - minutes(serves), now), "{purpose:?}");
        assert!(!question.is_met_by(now - minutes(does_not), now), "{purpose:?}");
        assert!(!question.is_met_by(now + minutes(3), now), "from tomorrow");
    }
}

#[test]
fn it_stands_in_place_of_the_code_and_never_of_the_password() {
    for office in Office::on_each_engine("a ministry's sign-in") {
        office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
        office.join("xa-approver-1", PASSPHRASE, PASSWORD);
        assert_eq!(bind(&office, "xa-clerk-1", "person-7"), Ok(()));
        assert_eq!(bind(&office, "xa-clerk-1", "person-8"), Err("bound_already"));
        assert_eq!(bind(&office, "xa-approver-1", "person-7"), Err("bound_to_another"));
        assert_eq!(bind(&office, "xa-valuer-1", "person-9"), Err("no_open_account_to_bind"));
        let of_another = known(&office, Purpose::Bind, "xa-approver-1", "person-8");
        assert_eq!(
            key(office.accounts.bind("xa-clerk-1", &of_another, office.now())),
            Err("ministry_not_asked")
        );

        let limits = Limits::default();
        let sign_in = |id: &str, password: &str, known: &Known| {
            let attempt = Attempt { ministry: Some(known), ..office.attempt(id, password, "", "") };
            office.accounts.sign_in(&attempt, &limits, office.now())
        };
        let own = known(&office, Purpose::SignIn, "", "person-7");
        for (id, password) in [("xa-clerk-1", ""), ("xa-clerk-1", "not it"), ("xa-approver-1", PASSWORD)] {
            assert!(matches!(sign_in(id, password, &own), Err(NotSignedIn::Wrong)), "{id} {password}");
            office.pass(SignedDuration::from_secs(60));
        }
        assert_eq!(sign_in("xa-clerk-1", PASSWORD, &own).unwrap().signer.id, "xa-clerk-1");
        assert!(matches!(sign_in("xa-clerk-1", PASSWORD, &own), Err(NotSignedIn::Wrong)), "once");
        for purpose in [Purpose::Bind, Purpose::Factor] {
            let other = known(&office, purpose, "xa-clerk-1", "person-7");
            office.pass(SignedDuration::from_secs(60));
            assert!(
                matches!(sign_in("xa-clerk-1", PASSWORD, &other), Err(NotSignedIn::Wrong)),
                "{purpose:?}"
            );
        }

        office.pass(SignedDuration::from_mins(20));
        let show = |known: &Known| {
            let from = ("198.51.100.7", "");
            office.accounts.show_factor("xa-clerk-1", Proof::Ministry(known), from, &limits, office.now())
        };
        let asked = known(&office, Purpose::Factor, "xa-clerk-1", "person-7");
        assert_eq!(show(&asked).unwrap(), Given::Ministry);
        for wrong in [
            asked,
            known(&office, Purpose::SignIn, "", "person-7"),
            known(&office, Purpose::Factor, "xa-approver-1", "person-7"),
            known(&office, Purpose::Factor, "xa-clerk-1", "person-8"),
        ] {
            assert!(matches!(show(&wrong), Err(NotSignedIn::Wrong)), "{wrong:?}");
            office.pass(SignedDuration::from_secs(60));
        }
    }
}

#[test]
fn a_binding_ends_by_its_officer_with_the_account_and_with_a_new_beginning() {
    for office in Office::on_each_engine("bindings to a ministry end") {
        let of = |id: &str| office.node().db().read(|tx| Accounts::binding_of(tx, id)).unwrap();
        office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
        bind(&office, "xa-clerk-1", "person-7").unwrap();
        assert_eq!(of("xa-clerk-1").unwrap().name, "A. Sample");
        office.accounts.unbind("xa-clerk-1", office.now()).unwrap();
        office.accounts.unbind("xa-clerk-1", office.now()).expect("ended already");
        assert_eq!(of("xa-clerk-1"), None);
        bind(&office, "xa-clerk-1", "person-7").expect("the person is free again");
        office.accounts.close(&office.officer("xa-admin-1"), "xa-clerk-1", office.now()).unwrap();
        assert_eq!(of("xa-clerk-1"), None);
        let steps = office.node().db().read(|tx| kp_accounts::trail::before(tx, i64::MAX, 5)).unwrap();
        let whats: Vec<&str> = steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(whats, ["closed", "ministry_bound", "ministry_unbound", "ministry_bound", "joined"]);
        assert_eq!(steps[1].detail, "person-7 at https://sso.ministry.example");
    }
}
