//! Tokens: scopes, an end, a copy of the key that the token alone opens.

use jiff::SignedDuration;
use kp_accounts::NewToken;
use kp_node::ActFailure;

use crate::office::{Office, PASSPHRASE, PASSWORD};

fn asked(scopes: &[&str], days: i64) -> NewToken {
    NewToken { label: "stock program".into(), scopes: scopes.iter().map(|s| (*s).to_owned()).collect(), days }
}

#[test]
fn a_token_does_what_it_says_until_it_ends() {
    for office in Office::on_each_engine("tokens") {
        office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
        let clerk = office.signer("xa-clerk-1", PASSWORD);
        let text = office
            .accounts
            .make_token(&clerk, &asked(&["read", "apply_for_certificate"], 30), office.now())
            .unwrap();
        let token = office.accounts.token(&text, office.now()).unwrap().expect("it serves");
        assert!(
            token.may_read() && token.may_do("apply_for_certificate") && !token.may_do("issue_certificate")
        );
        let lent = office.accounts.open_lent(&token, &text).unwrap();
        assert_eq!(lent.signer.key.public(), clerk.key.public());
        let wrong = format!("{}0", &text[..text.len() - 1]);
        assert!(wrong == *text || office.accounts.token(&wrong, office.now()).unwrap().is_none());
        let reading = office.accounts.make_token(&clerk, &asked(&["read"], 1), office.now()).unwrap();
        let reader = office.accounts.token(&reading, office.now()).unwrap().unwrap();
        assert!(!reader.acts() && office.accounts.open_lent(&reader, &reading).is_err());
        office.pass(SignedDuration::from_hours(25));
        assert!(office.accounts.token(&reading, office.now()).unwrap().is_none(), "a day is over");
        office.accounts.end_token("xb-clerk-1", &token.id, office.now()).unwrap();
        assert!(office.accounts.token(&text, office.now()).unwrap().is_some(), "another's cannot be ended");
        let copies = || {
            let files = std::fs::read_dir(office.folder.path().join("keys")).unwrap();
            files.filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().starts_with("lent-")).count()
        };
        assert_eq!(copies(), 1);
        office.accounts.end_token("xa-clerk-1", &token.id, office.now()).unwrap();
        assert!(office.accounts.token(&text, office.now()).unwrap().is_none());
        assert_eq!(copies(), 0, "the copy of the key goes with its token");
    }
}

#[test]
fn a_token_ends_with_its_account_and_is_nowhere_in_the_database() {
    let office = Office::found(None);
    office.join("xa-clerk-1", PASSPHRASE, PASSWORD);
    let clerk = office.signer("xa-clerk-1", PASSWORD);
    let text = office.accounts.make_token(&clerk, &asked(&["read"], 366), office.now()).unwrap();
    let secret = text.rsplit('_').next().unwrap().to_owned();
    for file in ["kpcs.db", "kpcs.db-wal"] {
        let bytes = std::fs::read(office.folder.path().join(file)).unwrap_or_default();
        let found = |needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
        assert!(!found(&secret) && !found(PASSWORD), "{file}");
    }
    office.accounts.close(&office.officer("xa-admin-1"), "xa-clerk-1", office.now()).unwrap();
    assert!(office.accounts.token(&text, office.now()).unwrap().is_none());
}

#[test]
fn what_a_token_cannot_be_is_said_field_by_field() {
    let office = Office::found(None);
    let clerk = office.signer("xa-clerk-1", PASSPHRASE);
    let bad = NewToken {
        label: " ".into(),
        scopes: vec!["burn_certificate".into(), "name_officer".into()],
        days: 400,
    };
    let Err(ActFailure::Fields(problems)) = office.accounts.make_token(&clerk, &bad, office.now()) else {
        panic!("it was made")
    };
    let named: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(named, ["label", "days", "scopes", "scopes"]);
}
