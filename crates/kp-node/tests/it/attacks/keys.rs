//! Who signs: unknown keys, withdrawn keys, other people's keys, and the node's own keys used past the desk's rules.

use kp_log::{Desk, LogOwner, NodeKeys, Signer};
use kp_registry::{admit_participant::ParticipantAdmitted, register_key::KeyRegistered};
use kp_sign::SigningKey;

use super::scene::{Scene, signed_again};
use crate::office::signer;

const XA: &str = "kp.XA/2026";

fn stranger() -> SigningKey {
    SigningKey::from_bytes(&[77; 32]).unwrap()
}

/// What whoever holds the node's keys can do: append past every rule, with a good checkpoint and outside copy of it.
fn append_past_the_desk<S: kp_log::Statement>(scene: &Scene, by: &Signer, statement: &S) -> kp_log::Entry {
    let node = &scene.office.node;
    let desk = Desk::new(by, node.keys(), scene.office.now());
    node.db().write("attack", |tx| kp_log::append(tx, &desk, statement)).map_err(|f| f.to_string()).unwrap()
}

#[test]
fn a_statement_of_an_unknown_key_is_named() {
    for scene in Scene::on_each_engine("a statement of an unknown key") {
        let old = scene.last("certificate_issued");
        let forged = signed_again(&old.signed, &stranger());
        let number = scene.put_in(&old.log_id, &old.kind, &old.subject, &forged);
        scene.says(&old.log_id, number, "which no good earlier statement introduced");
    }
}

#[test]
fn a_statement_of_another_officer_cannot_stand_at_the_end() {
    for scene in Scene::on_each_engine("a statement of another officer") {
        let old = scene.last("certificate_issued");
        // Of the same participant: only the missing signature of the node tells.
        let colleague = signed_again(&old.signed, &signer("xa-customs-1").key);
        let number = scene.put_in(&old.log_id, &old.kind, &old.subject, &colleague);
        scene.says(&old.log_id, number, "put in without the node's key");
        // Of another participant: it has no say in this log, whoever put it there.
        let foreign = signed_again(&old.signed, &signer("xb-importer-1").key);
        let number = scene.put_in(&old.log_id, &old.kind, &old.subject, &foreign);
        scene.says(&old.log_id, number, "a key of XB, which has no say in this log");
    }
}

#[test]
fn a_statement_replaced_by_another_officers_is_named() {
    for scene in Scene::on_each_engine("a replaced statement") {
        let old = scene.last("certificate_issued");
        let forged = signed_again(&old.signed, &signer("xa-clerk-1").key);
        scene.sql(&format!(
            "UPDATE log_statement SET signed = {}, statement_hash = {} WHERE position = {}",
            scene.blob(&forged),
            scene.blob(&kp_sign::sha256(&forged)),
            old.position
        ));
        scene.says(&old.log_id, old.number, "does not fit its statement");
    }
}

#[test]
fn the_nodes_own_opening_replaced_by_a_strangers_is_named() {
    for scene in Scene::on_each_engine("the opening replaced") {
        let old = scene.log().remove(0);
        assert_eq!((old.position, old.kind.as_str()), (1, "log_opened"));
        let forged = signed_again(&old.signed, &stranger());
        scene.sql(&format!(
            "UPDATE log_statement SET signed = {}, statement_hash = {} WHERE position = 1",
            scene.blob(&forged),
            scene.blob(&kp_sign::sha256(&forged))
        ));
        let first = scene.names(&old.log_id, 0).remove(0);
        assert_eq!((first.log_id.as_str(), first.entry_number), (old.log_id.as_str(), Some(0)));
        scene.office.node.rebuild_check().expect("a log whose statements read is worked out");
    }
}

#[test]
fn an_officer_cannot_open_a_log() {
    // With an officer's key and the database: a new log, opened with that key, with checkpoints of the officer's own
    // making. Whole in itself, signed by a registered key.
    for scene in Scene::on_each_engine("an officer opens a log") {
        let officer = signer("scheme-sec-1");
        let own = NodeKeys {
            signer: officer.clone(),
            checkpoint_seed: [5; 32],
            documents: kp_log::DocumentKeys::default(),
        };
        let desk = Desk::new(&officer, &own, scene.office.now());
        let statement = KeyRegistered {
            body: LogOwner::Participant("XC".parse().unwrap()),
            officer_id: "xc-clerk-1".into(),
            device: "desk".into(),
            public_key: kp_sign::hex(&stranger().public().to_bytes()),
        };
        let appended = scene.office.node.db().write("attack", |tx| kp_log::append(tx, &desk, &statement));
        appended.map_err(|f| f.to_string()).unwrap();
        scene.says("kp.XC/2026", 0, "which is not the node's");
    }
}

#[test]
fn a_withdrawn_key_signs_no_more_and_comes_back_never() {
    for scene in Scene::on_each_engine("a withdrawn key") {
        let clerk = signer("xa-clerk-1");
        let key_id = clerk.key.public().id().to_string();
        let fields = [("body", "XA"), ("key_id", key_id.as_str()), ("reason", "lost")];
        scene.office.done("xa-admin-1", "withdraw_key", &fields);
        assert_eq!(scene.faults(), []);
        let old = scene.last("certificate_drafted");
        let number = scene.put_in(XA, &old.kind, &old.subject, &signed_again(&old.signed, &clerk.key));
        scene.says(XA, number, "which no good earlier statement introduced");
    }
    for scene in Scene::on_each_engine("a withdrawn key brought back by the node") {
        let clerk = signer("xa-clerk-1");
        let key_id = clerk.key.public().id().to_string();
        let fields = [("body", "XA"), ("key_id", key_id.as_str()), ("reason", "lost")];
        scene.office.done("xa-admin-1", "withdraw_key", &fields);
        let again = KeyRegistered {
            body: LogOwner::Participant("XA".parse().unwrap()),
            officer_id: "xa-clerk-1".into(),
            device: "desk 2".into(),
            public_key: kp_sign::hex(&clerk.key.public().to_bytes()),
        };
        let entry = append_past_the_desk(&scene, &signer("xa-admin-1"), &again);
        scene.says(XA, entry.entry_number, "was withdrawn, and is introduced again");
    }
}

#[test]
fn a_key_registered_twice_is_named() {
    for scene in Scene::on_each_engine("a key registered twice") {
        let twice = KeyRegistered {
            body: LogOwner::Participant("XB".parse().unwrap()),
            officer_id: "xb-clerk-1".into(),
            device: "desk 2".into(),
            public_key: kp_sign::hex(&signer("xa-clerk-1").key.public().to_bytes()),
        };
        let entry = append_past_the_desk(&scene, &signer("xb-admin-1"), &twice);
        scene.says(&entry.log_id, entry.entry_number, "is introduced a second time");
    }
}

#[test]
fn one_participants_officer_has_no_say_in_anothers_log_even_with_the_nodes_keys() {
    for scene in Scene::on_each_engine("a foreign officer with the node's keys") {
        let foreign = KeyRegistered {
            body: LogOwner::Participant("XA".parse().unwrap()),
            officer_id: "xa-clerk-1".into(),
            device: "desk 2".into(),
            public_key: kp_sign::hex(&stranger().public().to_bytes()),
        };
        let entry = append_past_the_desk(&scene, &signer("xb-admin-1"), &foreign);
        scene.says(XA, entry.entry_number, "a key of XB, which has no say in this log");
    }
}

#[test]
fn a_statement_past_the_rules_differs_from_the_tables() {
    // A clerk admits a participant: the log takes it (whoever holds the node's keys wrote it), no table was filled.
    for scene in Scene::on_each_engine("a statement past the rules") {
        let admitted = ParticipantAdmitted {
            code: "XC".parse().unwrap(),
            name: "C".into(),
            member_from: "2026-01-01".parse().unwrap(),
            legal_act: "none".into(),
        };
        append_past_the_desk(&scene, &signer("scheme-sec-1"), &admitted);
        let differences = scene.office.node.rebuild_check().unwrap().differences;
        assert!(
            differences.iter().any(|d| d.row.contains("XC") && d.sentence.contains("should be here")),
            "{differences:?}"
        );
    }
}

#[test]
fn the_very_same_words_twice_in_a_second_are_refused() {
    for scene in Scene::on_each_engine("the same words twice") {
        let statement = KeyRegistered {
            body: LogOwner::Participant("XA".parse().unwrap()),
            officer_id: "xa-clerk-1".into(),
            device: "desk 2".into(),
            public_key: kp_sign::hex(&stranger().public().to_bytes()),
        };
        let admin = signer("xa-admin-1");
        append_past_the_desk(&scene, &admin, &statement);
        let desk = Desk::new(&admin, scene.office.node.keys(), scene.office.now());
        let again = scene.office.node.db().write("attack", |tx| kp_log::append(tx, &desk, &statement));
        match again {
            Err(kp_log::Failure::Refused(refusal)) => assert_eq!(refusal.key(), "said_already"),
            other => panic!("{other:?}"),
        }
    }
}
