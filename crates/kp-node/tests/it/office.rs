//! A small office for tests: a founded node in a temporary folder, two participants with their officers, a clock.

use std::{cell::RefCell, collections::BTreeMap};

use kp_log::Signer;
use kp_node::{ActFailure, Node, Receipt, Settings};
use kp_sign::SigningKey;
use kp_terms::{Fields, Timestamp};

pub(crate) struct Office {
    pub(crate) node: Node,
    pub(crate) folder: tempfile::TempDir,
    /// Where the database is, if not in the folder.
    database: Option<String>,
    now: RefCell<Timestamp>,
}

/// A key that every test run makes alike.
pub(crate) fn signer(id: &str) -> Signer {
    Signer {
        id: id.to_owned(),
        key: SigningKey::from_bytes(&kp_sign::sha256(id.as_bytes()))
            .expect("a hash is a valid key but for one in 2^128"),
    }
}

/// The usual application.
pub(crate) fn fields<'a>(application: &str, line: &str) -> Vec<(&'a str, String)> {
    [
        ("participant", "XA"),
        ("application", application),
        ("licence_number", "XA-EXP-7"),
        ("importer", "Harbour Gems"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XB"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines", line),
        ("declared_by", "M. Exporter"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

impl Office {
    pub(crate) fn found() -> Self {
        Self::found_in(None)
    }

    /// Founded with its database elsewhere than in the folder.
    pub(crate) fn found_in(database: Option<String>) -> Self {
        Self::found_at(tempfile::tempdir().expect("a temporary folder"), database)
    }

    /// A node for training.
    pub(crate) fn found_for_training() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings = Settings { folder: folder.path().into(), database: None, name: "node".into() };
        drop(Node::open_training(&settings).expect("the node opens"));
        Self::found_at(folder, None)
    }

    fn found_at(folder: tempfile::TempDir, database: Option<String>) -> Self {
        let node = open(&folder, database.as_ref());
        let office = Self {
            node,
            folder,
            database,
            now: RefCell::new("2026-02-03T08:00:00Z".parse().expect("an instant")),
        };
        let founder = office.node.keys().signer.clone();
        let named = office.officer_fields("scheme", "scheme-sec-1", &["secretariat", "statistics"]);
        office
            .node
            .perform("name_officer", &named, &founder, *office.now.borrow())
            .expect("the founder is named");
        office
    }

    pub(crate) fn reopened(self) -> Self {
        self.reopened_after(|_| ())
    }

    /// Closed, something done to the data folder, opened again.
    pub(crate) fn reopened_after(self, meanwhile: impl FnOnce(&std::path::Path)) -> Self {
        let Self { node, folder, database, now } = self;
        drop(node);
        meanwhile(folder.path());
        Self { node: open(&folder, database.as_ref()), folder, database, now }
    }

    /// Another node over a copy of this one's folder.
    pub(crate) fn copied(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_folder(self.folder.path(), folder.path());
        let node = open(&folder, None);
        Self { node, folder, database: None, now: RefCell::new(*self.now.borrow()) }
    }

    fn officer_fields(&self, body: &str, id: &str, roles: &[&str]) -> Fields {
        let key = kp_sign::hex(&signer(id).key.public().to_bytes());
        BTreeMap::from([
            ("body".into(), vec![body.to_owned()]),
            ("officer_id".into(), vec![id.to_owned()]),
            ("name".into(), vec!["A. Sample".into()]),
            ("roles".into(), roles.iter().map(|r| (*r).to_owned()).collect()),
            ("public_key".into(), vec![key]),
        ])
    }

    /// Names an officer with these roles.
    #[track_caller]
    pub(crate) fn officer(&self, by: &str, body: &str, id: &str, roles: &[&str]) {
        let named = self.officer_fields(body, id, roles);
        self.node
            .perform("name_officer", &named, &signer(by), *self.now.borrow())
            .expect("an officer is named");
    }

    pub(crate) fn two_participants(&self) {
        for code in ["XA", "XB"] {
            self.done(
                "scheme-sec-1",
                "admit_participant",
                &[("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "test")],
            );
            let lower = code.to_ascii_lowercase();
            let by = [
                ("admin", "administrator"),
                ("clerk", "clerk"),
                ("approver", "approver"),
                ("customs", "customs"),
                ("importer", "importer"),
                ("focal", "focal-point"),
            ];
            for (index, (short, role)) in by.into_iter().enumerate() {
                let id = format!("{lower}-{short}-1");
                let named = self.officer_fields(code, &id, &[role]);
                let admin = format!("{lower}-admin-1");
                let by = if index == 0 { "scheme-sec-1" } else { admin.as_str() };
                self.node
                    .perform("name_officer", &named, &signer(by), *self.now.borrow())
                    .expect("the clock of the test");
            }
        }
        self.done(
            "xa-admin-1",
            "license_exporter",
            &[
                ("participant", "XA"),
                ("licence_number", "XA-EXP-7"),
                ("holder", "River Stones"),
                ("address", "1 Market Road"),
                ("valid_from", "2026-01-01"),
                ("valid_until", "2026-12-31"),
            ],
        );
    }

    pub(crate) fn issue(&self, application: &str, line: &str) {
        let applied = fields(application, line);
        self.done(
            "xa-clerk-1",
            "apply_for_certificate",
            &applied.iter().map(|(a, b)| (*a, b.as_str())).collect::<Vec<_>>(),
        );
        let number = self.done("xa-clerk-1", "draft_certificate", &[("application", application)]).subject;
        self.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
    }

    pub(crate) fn act(&self, by: &str, name: &str, typed: &[(&str, &str)]) -> Result<Receipt, ActFailure> {
        let mut fields = Fields::new();
        for (name, value) in typed {
            fields.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        self.node.perform(name, &fields, &signer(by), *self.now.borrow())
    }

    #[track_caller]
    pub(crate) fn done(&self, by: &str, name: &str, typed: &[(&str, &str)]) -> Receipt {
        self.act(by, name, typed).unwrap_or_else(|failure| panic!("{name} by {by}: {failure}"))
    }

    /// The key of the refusal.
    #[track_caller]
    pub(crate) fn refused(&self, by: &str, name: &str, typed: &[(&str, &str)]) -> &'static str {
        match self.act(by, name, typed) {
            Err(ActFailure::Failure(kp_log::Failure::Refused(refusal))) => refusal.key(),
            other => panic!("{name} by {by} was not refused: {other:?}"),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    /// The clock goes on, and nobody has stated the day yet.
    pub(crate) fn clock(&self, day: &str) {
        *self.now.borrow_mut() = format!("{day}T06:00:00Z").parse().expect("a day");
    }

    pub(crate) fn day(&self, day: &str) {
        *self.now.borrow_mut() = format!("{day}T06:00:00Z").parse().expect("a day");
        self.node.reach_day(*self.now.borrow()).expect("the clock of the test");
    }

    /// The log verifies and every table is what the log says.
    #[track_caller]
    pub(crate) fn is_sound(&self) {
        assert_eq!(self.node.verify_log().expect("the log is read").faults, []);
        assert_eq!(self.node.rebuild_check().expect("the tables are read").differences, []);
    }
}

fn open(folder: &tempfile::TempDir, database: Option<&String>) -> Node {
    let folder = folder.path().to_owned();
    Node::open(&Settings { folder, database: database.cloned(), name: "test-node".into() })
        .expect("the node opens")
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("the folder reads") {
        let entry = entry.expect("the folder reads");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}
