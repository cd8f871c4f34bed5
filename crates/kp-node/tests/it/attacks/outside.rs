//! The copy outside the database: removed, older, newer, altered; and what it still says when half of it is gone.

use std::path::Path;

use super::scene::Scene;

const XA: &str = "kp.XA/2026";

/// Puts the files of one folder into another, in place of what is there.
pub(crate) fn replace(from: &Path, to: &Path) {
    if to.exists() {
        std::fs::remove_dir_all(to).unwrap();
    }
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// A place for copies made during a test.
pub(crate) struct Safe(tempfile::TempDir);

impl Safe {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn keep_database(&self, name: &str, folder: &Path) {
        std::fs::copy(folder.join("kpcs.db"), self.0.path().join(name)).unwrap();
    }

    pub(crate) fn put_database(&self, name: &str, folder: &Path) {
        for left in ["kpcs.db-wal", "kpcs.db-shm"] {
            assert!(!folder.join(left).exists(), "a closed database is one file");
        }
        std::fs::copy(self.0.path().join(name), folder.join("kpcs.db")).unwrap();
    }

    pub(crate) fn keep_outside(&self, name: &str, folder: &Path) {
        replace(&folder.join("outside"), &self.0.path().join(format!("outside-{name}")));
    }

    pub(crate) fn put_outside(&self, name: &str, folder: &Path) {
        replace(&self.0.path().join(format!("outside-{name}")), &folder.join("outside"));
    }
}

pub(crate) fn one_more_act(scene: &Scene) {
    scene.office.issue("XA-A-9", "7102.31 5.00 600.00");
}

#[test]
fn an_older_copy_is_brought_up_to_date_and_accuses_nobody() {
    let (scene, safe) = (Scene::on_sqlite(), Safe::new());
    safe.keep_outside("older", scene.office.folder.path());
    one_more_act(&scene);
    safe.put_outside("older", scene.office.folder.path());
    assert_eq!(scene.faults(), [], "an older copy is consistent");
    let scene = scene.reopened();
    assert_eq!(scene.office.node.faults(), []);
    let hashes = scene.office.folder.path().join("outside/kp.XA-2026.hashes");
    assert_eq!(std::fs::metadata(hashes).unwrap().len(), 32 * scene.size(XA));
}

/// An older database with the copy taken away would pass for the whole log; so a missing copy stops the desk.
#[test]
fn a_removed_copy_is_named_and_stops_the_desk_until_a_person_accepts() {
    let scene = Scene::on_sqlite().reopened_after(|folder| {
        std::fs::remove_dir_all(folder.join("outside")).unwrap();
    });
    let says_so =
        |f: &kp_log::Fault| f.log_id == XA && f.sentence.contains("kept outside the database is missing");
    assert!(scene.faults().iter().any(says_so), "log verify says it too");
    let withdraw = [("body", "XA"), ("key_id", "0"), ("reason", "x")];
    let refused = scene.office.act("xa-admin-1", "withdraw_key", &withdraw);
    assert!(refused.unwrap_err().to_string().contains("not as it was written"));
    assert!(
        !scene.office.folder.path().join("outside/kp.XA-2026.checkpoint").exists(),
        "nothing heals by itself"
    );
    let accepted = scene.office.node.accept_without_outside().unwrap();
    assert!(accepted.contains(&XA.to_owned()));
    let scene = scene.reopened();
    assert_eq!(scene.office.node.faults(), []);
    scene.office.is_sound();
}

/// A copy is made anew only for a log that has none: nothing else is settled by that.
#[test]
fn accepting_does_not_settle_an_altered_copy() {
    let scene = Scene::on_sqlite().reopened_after(|folder| {
        let checkpoint = folder.join("outside/kp.XA-2026.checkpoint");
        let text = std::fs::read_to_string(&checkpoint).unwrap();
        std::fs::write(&checkpoint, text.replace("kp.XA/2026", "kp.XB/2026")).unwrap();
    });
    assert!(
        scene
            .office
            .node
            .accept_without_outside()
            .unwrap_err()
            .to_string()
            .contains("something else is wrong")
    );
}

/// With the node's keys gone, new ones would make every statement look forged.
#[test]
fn missing_node_keys_are_said_and_none_are_made() {
    let office = crate::office::Office::found();
    let folder = office.folder.path().to_owned();
    std::fs::remove_file(folder.join("keys/node.pem")).unwrap();
    let settings = kp_node::Settings { folder: folder.clone(), database: None, name: "test-node".into() };
    let Err(error) = kp_node::Node::open(&settings) else { panic!("it opened without its keys") };
    assert!(error.to_string().contains("keys/node.pem"), "{error:#}");
    assert!(!folder.join("keys/node.pem").exists());
}

#[test]
fn a_database_set_back_behind_the_copy_is_named_and_stops_the_desk() {
    let safe = Safe::new();
    let scene = Scene::on_sqlite().reopened_after(|folder| safe.keep_database("earlier", folder));
    let was = scene.size(XA);
    one_more_act(&scene);
    let scene = scene.reopened_after(|folder| safe.put_database("earlier", folder));
    assert_eq!(scene.office.node.faults()[0].entry_number, Some(was));
    scene.says(XA, was, "restore the newest backup");
    let refused =
        scene.office.act("xa-admin-1", "withdraw_key", &[("body", "XA"), ("key_id", "0"), ("reason", "x")]);
    assert!(refused.unwrap_err().to_string().contains("not as it was written"));
}

#[test]
fn half_a_copy_still_tells_that_the_end_was_cut() {
    for gone in ["checkpoint", "hashes"] {
        let safe = Safe::new();
        let scene = Scene::on_sqlite().reopened_after(|folder| safe.keep_database("earlier", folder));
        let was = scene.size(XA);
        one_more_act(&scene);
        let scene = scene.reopened_after(|folder| {
            safe.put_database("earlier", folder);
            std::fs::remove_file(folder.join(format!("outside/kp.XA-2026.{gone}"))).unwrap();
        });
        assert_eq!(scene.office.node.faults()[0].entry_number, Some(was), "without the {gone}");
        scene.says(XA, was, "are missing");
    }
}

#[test]
fn an_altered_copy_is_seen() {
    for (file, at) in
        [("hashes", 33), ("checkpoint", 3), ("checkpoint", 13), ("checkpoint", 30), ("checkpoint", 90)]
    {
        let scene = Scene::on_sqlite();
        let path = scene.office.folder.path().join(format!("outside/kp.XA-2026.{file}"));
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[at] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let faults = scene.faults();
        assert!(faults.iter().any(|f| f.log_id == XA), "{file} byte {at}");
        let scene = scene.reopened();
        assert!(!scene.faults().is_empty(), "{file} byte {at}: opening again does not wipe it out");
    }
}

#[test]
fn two_histories_signed_by_the_same_node_are_told_apart() {
    // The node's own keys signed both: a copy of the machine went on by itself, and its database was put in place.
    let safe = Safe::new();
    let scene = Scene::on_sqlite().reopened_after(|folder| {
        safe.keep_database("common", folder);
        safe.keep_outside("common", folder);
    });
    let was = scene.size(XA);
    one_more_act(&scene);
    let scene = scene.reopened_after(|folder| {
        safe.keep_outside("this", folder);
        safe.put_database("common", folder);
        safe.put_outside("common", folder);
    });
    scene.office.issue("XA-A-8", "7102.31 7.00 700.00");
    scene.office.is_sound();
    let scene = scene.reopened_after(|folder| safe.put_outside("this", folder));
    assert_eq!(scene.office.node.faults()[0].entry_number, Some(was));
    scene.says(XA, was, "differs from the leaf hash kept outside");
}

#[test]
fn what_the_node_did_not_sign_never_gets_into_the_copy() {
    let scene = Scene::on_sqlite();
    let old = scene.last("certificate_issued");
    let number = scene.put_in(&old.log_id, &old.kind, &old.subject, &old.signed);
    // So that the copy is looked at when the node opens.
    scene.sql("UPDATE log_head SET checkpoint = checkpoint || ' ' WHERE log_id = 'kp.XA/2026'");
    let scene = scene.reopened();
    assert!(scene.office.node.faults()[0].sentence.contains("not those that this node signed"));
    let hashes = scene.office.folder.path().join("outside/kp.XA-2026.hashes");
    assert_eq!(std::fs::metadata(hashes).unwrap().len(), 32 * number);
    scene.names(XA, number);
}
