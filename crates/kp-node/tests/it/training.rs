//! A node for training: what it signs says so, what it prints says so, and nothing leaves it.

use kp_node::{ActFailure, Node, Settings};

use crate::{
    office::{Office, signer},
    signed_copy::{open_key, with_document_key},
};

fn trained() -> Office {
    let office = with_document_key(Office::found_for_training());
    open_key(&office);
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let sealed = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &sealed);
    office
}

#[test]
fn what_it_signs_says_that_it_is_practice() {
    let office = trained();
    let copy = office.node.signed_copy(&"XA-000001".parse().unwrap()).unwrap().unwrap();
    assert!(copy.credential.content().flags.training, "in the signed bytes, which nobody can alter");
    let real = with_document_key(Office::found());
    open_key(&real);
    real.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let sealed = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")];
    real.done("xa-customs-1", "validate_certificate", &sealed);
    let copy = real.node.signed_copy(&"XA-000001".parse().unwrap()).unwrap().unwrap();
    assert!(!copy.credential.content().flags.training);
}

/// The words across each sheet are `kp_paper::marks`; here that every sheet of such a node bears them.
#[test]
fn what_it_prints_says_so() {
    let office = trained();
    office.done("xa-clerk-1", "print_certificate", &[("number", "XA-000001")]);
    assert!(office.node.certificate_sheet(&"XA-000001".parse().unwrap(), 1).unwrap().training);
}

#[test]
fn nothing_leaves_it_and_nobody_real_comes_in() {
    let office = trained();
    let refused = |failure: Result<String, kp_log::Failure>| failure.unwrap_err().to_string();
    let north = "XA.north".parse().unwrap();
    assert!(refused(office.node.export(Some(&north), true)).contains("for training"));
    let number = "XA-000001".parse().unwrap();
    assert!(
        refused(office.node.pre_advice(&number, kp_language::Language::English)).contains("for training")
    );
    let taken = office.node.take_over("", &signer("xa-admin-1"), office.now()).map(|_| String::new());
    assert!(refused(taken).contains("for training"));
    let lists =
        office.node.publish_lists(None, &crate::lists::roots(), &crate::lists::everybody(), office.now());
    assert!(lists.unwrap_err().to_string().contains("for training"));
    let real = [("code", "BW"), ("name", "Botswana"), ("member_from", "2025-01-01"), ("legal_act", "D")];
    let failure = office.act("scheme-sec-1", "admit_participant", &real).unwrap_err();
    assert!(
        matches!(&failure, ActFailure::Failure(_)) && failure.to_string().contains("real participant"),
        "{failure}"
    );
}

#[test]
fn what_is_real_and_what_is_not_share_no_folder_and_no_database() {
    let settings = |office: &Office| Settings {
        folder: office.folder.path().into(),
        database: None,
        name: "node".into(),
    };
    let real = Office::found();
    let mixed =
        Node::open_training(&settings(&real)).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(mixed.contains("not for training"), "{mixed}");
    let training = Office::found_for_training();
    training.two_participants();
    let copied = training.copied();
    assert!(copied.node.is_training(), "a copy of the folder is one too");
    let (folder, settings) = (copied.folder.path().to_owned(), settings(&copied));
    drop(copied.node);
    std::fs::remove_file(folder.join("keys/training")).unwrap();
    let bare = Node::open(&settings).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(bare.contains("for training"), "its log says what it is: {bare}");
}
