//! Keys that are withdrawn, and a key file whose act failed.

use kp_node::ActFailure;
use kp_terms::Fields;

use crate::office::{Office, signer};

fn typed(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}

fn withdraw(office: &Office, id: &str) -> Result<(), String> {
    let key_id = signer(id).key.public().id().to_string();
    let by = "xa-admin-1";
    let withdrawn = [("body", "XA"), ("key_id", key_id.as_str()), ("reason", "stolen")];
    office.act(by, "withdraw_key", &withdrawn).map(|_| ()).map_err(|failure| failure.to_string())
}

/// A desk whose clock lags a little must not take what the log no longer believes.
#[test]
fn a_withdrawn_key_signs_nothing_at_a_desk_whose_clock_lags() {
    let office = Office::found();
    office.two_participants();
    withdraw(&office, "xb-clerk-1").unwrap_err();
    withdraw(&office, "xa-importer-1").unwrap();
    let a_minute_ago = office.now() - jiff::SignedDuration::from_secs(60);
    let arrived = typed(&[("number", "XZ-000001"), ("at", "XA"), ("carats_received", "1.00")]);
    let outcome = office.node.perform("record_arrival", &arrived, &signer("xa-importer-1"), a_minute_ago);
    match outcome {
        Err(ActFailure::Failure(kp_log::Failure::Refused(no))) => assert_eq!(no.key(), "key_not_registered"),
        other => panic!("{other:?}"),
    }
    office.is_sound();
}

#[test]
fn the_last_key_that_names_officers_stays() {
    let office = Office::found();
    office.two_participants();
    let refused = withdraw(&office, "xa-admin-1").unwrap_err();
    assert!(refused.contains("is the last key of XA in the role administrator"), "{refused}");
    let second = kp_sign::hex(&signer("xa-admin-1, second device").key.public().to_bytes());
    let registered =
        [("body", "XA"), ("officer_id", "xa-admin-1"), ("device", "desk 2"), ("public_key", second.as_str())];
    office.done("xa-admin-1", "register_key", &registered);
    withdraw(&office, "xa-admin-1").unwrap();
    office.is_sound();
}

/// An act that is refused takes its key file back; one that became durable and then failed (the copy outside could not
/// be written) keeps it: nobody else holds that key.
#[test]
fn the_key_file_of_a_durable_act_is_never_taken_back() {
    let office = Office::found();
    office.two_participants();
    let officer = |id: &str, role: &str| {
        typed(&[("body", "XA"), ("officer_id", id), ("name", "A. Sample"), ("roles", role)])
    };
    let name = |id: &str, role: &str| {
        let by = signer("xa-admin-1");
        office.node.perform_with_new_key(
            "name_officer",
            officer(id, role),
            "correct horse",
            &by,
            office.now(),
        )
    };
    name("xa-clerk-2", "statistics").unwrap_err();
    assert!(!office.node.keyring().unwrap().holds("xa-clerk-2"));
    // Where the new checkpoint is to be written first, a folder stands in the way.
    let in_the_way = office.folder.path().join("outside/kp.XA-2026.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let failure = name("xa-clerk-2", "clerk").unwrap_err().to_string();
    assert!(failure.contains("the act is done and stands in the log"), "{failure}");
    assert!(office.node.keyring().unwrap().holds("xa-clerk-2"));
    std::fs::remove_dir(&in_the_way).unwrap();
    office.reopened().is_sound();
}
