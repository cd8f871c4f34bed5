//! Founding a node.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

#[test]
fn a_folder_is_made_once_and_says_what_comes_next() {
    let kpcs = Kpcs::new();
    assert_snapshot!(kpcs.run(&["init", "--name", "Z. Secretary"]).text, @r"
    exit 0
    --- out
    Made the data folder [DATA]
    The database is kpcs.db in that folder
    Named scheme-secretary (Z. Secretary) as secretariat

    Next, admit a participant and name its first administrator:
      kpcs act admit-participant --as scheme-secretary --help
      kpcs act name-officer --as scheme-secretary --help
    ");
    assert_snapshot!(kpcs.run(&["init"]).text, @r"
    exit 0
    --- out
    The node in [DATA] was founded before; nothing was changed.
    ");
    assert_snapshot!(kpcs.run(&["officers"]).text, @r"
    exit 0
    --- out
    id                name          body    authority  roles        key here
    scheme-secretary  Z. Secretary  scheme  -          secretariat  yes
    ");
}

#[test]
fn before_that_every_command_says_how() {
    let kpcs = Kpcs::new();
    assert_snapshot!(kpcs.run(&["officers"]).text, @r"
    exit 3
    --- err
    error: there is no data folder at [DATA]; `kpcs init` makes one, `--data` names another
    ");
    assert!(!kpcs.data().exists());
}

#[test]
fn a_short_passphrase_and_no_passphrase_are_told_apart() {
    let kpcs = Kpcs::new();
    let short = kpcs.command(&["init"]).env("KPCS_PASSPHRASE", "short").output().unwrap();
    assert_snapshot!(kpcs.said(short).text, @r"
    exit 3
    --- err
    error: the passphrase of scheme-secretary must have at least 8 characters, because its key lies in a file
    ");
    let none = kpcs.command(&["init"]).env_remove("KPCS_PASSPHRASE").output().unwrap();
    assert_snapshot!(kpcs.said(none).text, @r"
    exit 3
    --- err
    error: no passphrase was given and there is no terminal to ask at; use --passphrase-file or KPCS_PASSPHRASE
    ");
}

#[test]
fn a_key_file_of_nobody_does_not_stand_in_the_way() {
    // As after a power cut between making the key file and naming the officer.
    let kpcs = Kpcs::new();
    kpcs.file("data/keys/officer-scheme-secretary.pem", "half a file");
    assert_eq!(kpcs.run(&["init"]).code, 0);
    let act = ["act", "admit-participant", "--as", "scheme-secretary", "--code", "XA", "--name", "Examplia"];
    let act = [&act[..], &["--member-from", "2020-01-01", "--legal-act", "invented decision 1"]].concat();
    assert_eq!(kpcs.run(&act).code, 0);
}

#[test]
fn a_folder_for_training_is_filled_with_an_invented_world_and_never_becomes_real() {
    let kpcs = Kpcs::new();
    let made = kpcs.run(&["init", "--training", "--with-world"]);
    assert!(made.code == 0 && made.text.contains("for training, with an invented world"), "{}", made.text);
    let certificates = kpcs.run(&["certificate", "list"]).text;
    assert!(certificates.contains("XA-000001"), "{certificates}");
    assert!(!kpcs.run(&["statistics", "production"]).text.contains("BW"), "nothing of real participants");
    let sent = kpcs.run(&["exchange", "export", "--to", "XA.north", "--out", "x"]);
    assert!(sent.code != 0 && sent.text.contains("for training"), "{}", sent.text);
    assert_eq!(kpcs.run(&["log", "verify"]).code, 0);
    assert_eq!(kpcs.run(&["rebuild", "--check"]).code, 0);
    let real = Kpcs::new();
    assert_eq!(real.run(&["init"]).code, 0);
    let mixed = real.run(&["init", "--training"]);
    assert!(mixed.code != 0 && mixed.text.contains("not for training"), "{}", mixed.text);
}
