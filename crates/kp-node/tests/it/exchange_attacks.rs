//! What can be done to a file on its way: each attack is refused with a sentence that names the place, and changes nothing.

use kp_log::ExchangeFile;
use kp_node::TakenOver;
use kp_tlog::{Checkpoint, CheckpointKey};

use crate::{
    away::{Away, capital_and, not_taken, settings, taken},
    office::{Office, signer},
};

const LOG: &str = "kp.XA.north/2026";

/// A file altered by somebody who makes every sum in it fit again.
fn altered(file: &str, change: impl FnOnce(&mut ExchangeFile)) -> String {
    let mut read = ExchangeFile::read(file).unwrap();
    change(&mut read);
    read.to_text()
}

struct Scene {
    capital: Office,
    north: Away,
    south: Away,
    /// Taken over before.
    old: String,
    /// With five acts more.
    new: String,
}

fn scene() -> Scene {
    let (capital, [north, south]) = capital_and(["north", "south"]);
    north.departs(1);
    south.at("2026-02-05T08:00:00Z");
    south.departs(2);
    let old = north.export();
    taken(&capital, &old);
    north.at("2026-02-06T08:00:00Z");
    let applied = crate::office::fields("XA-north-9", "7102.31 10.00 100.00");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
    north.done("xa-clerk-1", "apply_for_certificate", &applied);
    north.done("xa-clerk-1", "draft_certificate", &[("application", "XA-north-9")]);
    north.done("xa-approver-1", "issue_certificate", &[("number", "XA-000102")]);
    let new = north.export();
    Scene { capital, north, south, old, new }
}

/// Name, the file, what is said of it.
#[expect(clippy::too_many_lines, reason = "a table: one line an attack, and rustfmt makes several of it")]
fn attacks(scene: &Scene) -> Vec<(&'static str, String, &'static str)> {
    let Scene { south, old, new, .. } = scene;
    let other = ExchangeFile::read(&south.export()).unwrap().sections.remove(0);
    let before = ExchangeFile::read(old).unwrap().sections.remove(0);
    let change = |change: &dyn Fn(&mut kp_log::Section)| altered(new, |file| change(&mut file.sections[0]));
    let beside = |log_id: &str| {
        altered(new, |file| {
            let copy = kp_log::Section { log_id: log_id.into(), ..file.sections[0].clone() };
            file.sections.push(copy);
        })
    };
    let flipped = |text: &str, line: usize| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = lines[line - 1].len() / 2;
        let to = if lines[line - 1].as_bytes()[at] == b'A' { "B" } else { "A" };
        lines[line - 1].replace_range(at..=at, to);
        lines.join("\n") + "\n"
    };
    let sealed = |section: &kp_log::Section, seed: u8| {
        let leaves: Vec<_> = section.entries.iter().map(|e| kp_tlog::leaf_hash(&e.leaf)).collect();
        let key = CheckpointKey::from_seed(&section.log_id, [seed; 32]).unwrap();
        Checkpoint::new(&section.log_id, leaves.len() as u64, kp_tlog::root_of(&leaves))
            .unwrap()
            .sign(&key)
            .unwrap()
    };
    vec![
        ("a flipped byte", flipped(new, 9), "line 9 was damaged"),
        ("the end torn off", new[..new.len() * 2 / 3].to_owned(), "was cut"),
        ("something after the end", format!("{new}x\n"), "after the end"),
        ("no such file", "title \"a story\"\n".into(), "not an exchange file"),
        (
            "a byte of a statement",
            change(&|s| s.entries[8].signed[200] ^= 1),
            "north/2026 entry 8: its statement was altered",
        ),
        (
            "a byte of a commitment",
            change(&|s| s.entries[8].leaf[3] ^= 1),
            "north/2026 entry 8: its commitment",
        ),
        (
            "a byte of one taken over before",
            change(&|s| s.entries[3].leaf[3] ^= 1),
            "entry 3: in the file it is another",
        ),
        (
            "an entry dropped",
            change(&|s| {
                s.entries.remove(8);
            }),
            "north/2026 entry 8: it is missing or was moved",
        ),
        (
            "the last entry dropped",
            change(&|s| {
                s.entries.pop();
            }),
            "north/2026 entry 9: its checkpoint was signed over 10",
        ),
        (
            "two entries exchanged",
            change(&|s| s.entries.swap(7, 8)),
            "north/2026 entry 7: it is missing or was moved",
        ),
        (
            "two entries exchanged and renumbered",
            change(&|s| {
                s.entries.swap(7, 8);
                s.entries[7].entry_number = 7;
                s.entries[8].entry_number = 8;
            }),
            "north/2026 entry 7: it is missing: removed or moved",
        ),
        (
            "an entry of another office",
            change(&|s| s.entries[8] = other.entries[8].clone()),
            "north/2026 entry 8: it is missing: removed or moved",
        ),
        (
            "the entries of another office",
            change(&|s| s.entries.clone_from(&other.entries)),
            "north/2026 entry 0: in the file it is another",
        ),
        (
            "a checkpoint of another key",
            change(&|s| s.checkpoint = sealed(s, 9)),
            "north/2026: its checkpoint is not good",
        ),
        (
            "the checkpoint of another office",
            change(&|s| s.checkpoint.clone_from(&other.checkpoint)),
            "north/2026: its checkpoint",
        ),
        (
            "an older checkpoint",
            change(&|s| s.checkpoint.clone_from(&before.checkpoint)),
            "north/2026 entry 7: its checkpoint was signed over 7",
        ),
        (
            "an old file under a new checkpoint",
            altered(old, |f| f.sections[0].checkpoint = sealed(&before, 9)),
            "north/2026: the checkpoint in the file is not one",
        ),
        (
            "a gap",
            change(&|s| {
                s.first = 9;
                s.entries.drain(..9);
            }),
            "north/2026 entry 7: the file begins with entry 9",
        ),
        ("a log of the capital itself", beside("kp.XA/2026"), "kp.XA/2026: this node keeps the log itself"),
        ("a log of no office", beside("kp.XA.west/2026"), "kp.XA.west/2026 entry 0: "),
        ("no name of a log", beside("kp.XA.north"), "kp.XA.north: \"kp.XA.north\" is not the name of a log"),
    ]
}

#[test]
fn every_attack_on_the_way_is_named_and_changes_nothing() {
    let scene = scene();
    let position = |scene: &Scene| scene.capital.node.db().read(kp_log::last_position).unwrap();
    let before = position(&scene);
    for (name, file, said) in attacks(&scene) {
        let sentence = not_taken(&scene.capital, &file);
        assert!(sentence.contains(said), "{name}: {sentence}");
        assert_eq!(position(&scene), before, "{name} left something behind");
    }
    assert_eq!(taken(&scene.capital, &scene.old), TakenOver::NothingNew, "an old file brought again");
    assert!(matches!(taken(&scene.capital, &scene.new), TakenOver::New { .. }));
    assert_eq!(taken(&scene.capital, &scene.old), TakenOver::NothingNew);
    scene.capital.is_sound();
    scene.north.is_sound();
}

#[test]
fn an_office_that_nobody_registered_or_that_names_officers_is_not_believed() {
    let (capital, [north]) = capital_and(["north"]);
    // The same label on another computer: its key is not the one that the capital has registered.
    let folder = tempfile::tempdir().unwrap();
    let node = kp_node::Node::open_office(&settings(&folder), &north.name).unwrap();
    let start = capital.node.export(Some(&north.name), true).unwrap();
    node.take_over(&start, &signer("xa-clerk-1"), "2026-02-04T08:00:00Z".parse().unwrap()).unwrap();
    let file = node.export(None, true).unwrap();
    let sentence = not_taken(&capital, &file);
    assert!(sentence.contains(&format!("{LOG} entry 0: ")), "{sentence}");

    // The true office, with a program of its own, names an officer.
    let admin = signer("xa-admin-1");
    let desk = kp_log::Desk::new(&admin, north.node.keys(), capital.now());
    let named = kp_registry::name_officer::OfficerNamed {
        body: "XA".parse().unwrap(),
        officer_id: "xa-clerk-9".into(),
        name: "M. Nobody".into(),
        authority_id: None,
        roles: vec![kp_registry::Role::Clerk],
        public_key: kp_sign::hex(&signer("xa-clerk-9").key.public().to_bytes()),
        licence_number: None,
    };
    north
        .node
        .db()
        .write("cheat", |tx| kp_log::append(tx, &desk, &named))
        .map_err(|f| f.to_string())
        .unwrap();
    let sentence = not_taken(&capital, &north.export());
    assert!(
        sentence.contains(&format!("{LOG} entry 2: ")) && sentence.contains("officer_named"),
        "{sentence}"
    );
    capital.is_sound();
}

#[test]
fn an_act_of_the_capital_copied_into_an_office_is_a_repetition() {
    let (capital, [north]) = capital_and(["north"]);
    let applied = crate::office::fields("XA-north-1", "7102.31 10.00 100.00");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
    // The same person, the same words, the same second: the same signed bytes.
    capital.done("xa-clerk-1", "apply_for_certificate", &applied);
    north.done("xa-clerk-1", "apply_for_certificate", &applied);
    let sentence = not_taken(&capital, &north.export());
    assert!(sentence.contains(&format!("{LOG} entry 2: its statement is the very one")), "{sentence}");
    capital.is_sound();
}

/// What a database tool does to entries that were taken over.
#[test]
fn entries_taken_over_are_verified_like_our_own() {
    let Scene { capital, .. } = scene();
    let sql = |text: &str| capital.node.db().write("tamper", |tx| tx.batch(text)).unwrap();
    for guard in [
        "log_entry_is_kept",
        "log_entry_is_not_deleted",
        "log_statement_is_kept",
        "log_statement_is_not_deleted",
    ] {
        sql(&format!("DROP TRIGGER {guard}"));
    }
    let says = |number: Option<u64>, words: &str| {
        let faults = capital.node.verify_log().unwrap().faults;
        let said =
            faults.iter().any(|f| f.log_id == LOG && f.entry_number == number && f.sentence.contains(words));
        assert!(said, "{words:?} is not among {faults:#?}");
    };
    let of = format!("log_id = '{LOG}' AND entry_number");
    sql(&format!("UPDATE log_entry SET subject = 'XA-000999' WHERE {of} = 4"));
    says(Some(4), "the kind or subject beside it differs");
    sql(&format!("UPDATE log_entry SET subject = 'XA-000101' WHERE {of} = 4"));
    sql(&format!("UPDATE log_head SET office = '' WHERE log_id = '{LOG}'"));
    says(None, "its head names another owner");
    sql(&format!("UPDATE log_head SET office = 'XA.north', size = size + 1 WHERE log_id = '{LOG}'"));
    says(None, "its head says 8 entries");
    sql(&format!("UPDATE log_head SET size = size - 1 WHERE log_id = '{LOG}'"));
    assert_eq!(capital.node.verify_log().unwrap().faults, []);
    sql(&format!(
        "DELETE FROM log_statement WHERE position = (SELECT position FROM log_entry WHERE {of} = 6)"
    ));
    sql(&format!("DELETE FROM log_entry WHERE {of} = 6"));
    says(Some(6), "the entries from 6 on are missing");
}
