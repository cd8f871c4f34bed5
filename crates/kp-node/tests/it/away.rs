//! An office away from the capital, for tests: a node of its own with a clock of its own, and files between the two.

use std::cell::RefCell;

use kp_log::{CAPITAL, OfficeName};
use kp_node::{ActFailure, Node, Receipt, Settings, TakenOver};
use kp_terms::{Fields, Timestamp};

use crate::office::{Office, fields, signer};

pub(crate) struct Away {
    pub(crate) name: OfficeName,
    pub(crate) node: Node,
    pub(crate) folder: tempfile::TempDir,
    now: RefCell<Timestamp>,
}

/// A capital with two participants, and offices of XA that have begun: `north` with 101 to 200, `south` with 201 to 300.
pub(crate) fn capital_and<const N: usize>(labels: [&str; N]) -> (Office, [Away; N]) {
    capital_in_and(None, labels)
}

pub(crate) fn capital_in_and<const N: usize>(
    database: Option<String>,
    labels: [&str; N],
) -> (Office, [Away; N]) {
    let capital = Office::found_in(database);
    capital.two_participants();
    let mut first = 101;
    let offices = labels.map(|label| {
        let office = Away::registered(&capital, label);
        let numbers = format!("XA-{first:06}..XA-{:06}", first + 99);
        first += 100;
        let range = [("participant", "XA"), ("office", label), ("numbers", &numbers)];
        capital.done("xa-admin-1", "allot_range", &range);
        office.takes_from(&capital);
        office
    });
    (capital, offices)
}

impl Away {
    /// Made and registered; it has not read the capital's file yet.
    pub(crate) fn registered(capital: &Office, label: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let name = OfficeName::new("XA".parse().unwrap(), label).unwrap();
        let node = Node::open_office(&settings(&folder), &name).unwrap();
        let key = kp_sign::hex(&node.keys().signer.key.public().to_bytes());
        let request = [("participant", "XA"), ("label", label), ("place", "far away"), ("node_key", &key)];
        capital.done("xa-admin-1", "register_office", &request);
        Self { name, node, folder, now: RefCell::new(capital.now()) }
    }

    /// A second computer with a copy of this one's folder.
    pub(crate) fn copied(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(self.folder.path(), folder.path());
        let node = Node::open(&settings(&folder)).unwrap();
        Self { name: self.name.clone(), node, folder, now: RefCell::new(*self.now.borrow()) }
    }

    pub(crate) fn at(&self, instant: &str) {
        *self.now.borrow_mut() = instant.parse().expect("an instant");
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

    #[track_caller]
    pub(crate) fn refused(&self, by: &str, name: &str, typed: &[(&str, &str)]) -> &'static str {
        match self.act(by, name, typed) {
            Err(ActFailure::Failure(kp_log::Failure::Refused(refusal))) => refusal.key(),
            other => panic!("{name} by {by} was not refused: {other:?}"),
        }
    }

    /// From application to departure, with the numbers that the office gives by itself.
    pub(crate) fn departs(&self, count: u64) -> Vec<String> {
        (1..=count).map(|index| self.departs_one(index)).collect()
    }

    fn departs_one(&self, index: u64) -> String {
        let reference = format!("XA-{}-{index}", self.name.label());
        let applied = fields(&reference, "7102.31 10.00 100.00");
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        self.done("xa-clerk-1", "apply_for_certificate", &applied);
        let number = self.done("xa-clerk-1", "draft_certificate", &[("application", &reference)]).subject;
        self.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
        let weighed =
            [("number", number.as_str()), ("carats_weighed", "10.00"), ("seals", &format!("S-{number}"))];
        self.done("xa-customs-1", "validate_certificate", &weighed);
        self.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
        number
    }

    pub(crate) fn export(&self) -> String {
        self.node.export(None, false).expect("an office that has begun writes its file")
    }

    #[track_caller]
    pub(crate) fn takes_from(&self, capital: &Office) -> TakenOver {
        let file = capital.node.export(Some(&self.name), false).expect("a registered office");
        self.node
            .take_over(&file, &signer("xa-clerk-1"), *self.now.borrow())
            .unwrap_or_else(|f| panic!("{f}"))
    }

    #[track_caller]
    pub(crate) fn is_sound(&self) {
        assert_eq!(self.node.verify_log().expect("the log is read").faults, []);
        assert_eq!(self.node.rebuild_check().expect("the tables are read").differences, []);
    }
}

/// The capital takes a file over.
#[track_caller]
pub(crate) fn taken(capital: &Office, file: &str) -> TakenOver {
    capital.node.take_over(file, &signer("xa-clerk-1"), capital.now()).unwrap_or_else(|f| panic!("{f}"))
}

/// Why the capital does not take a file over.
#[track_caller]
pub(crate) fn not_taken(capital: &Office, file: &str) -> String {
    match capital.node.take_over(file, &signer("xa-clerk-1"), capital.now()) {
        Err(kp_log::Failure::Refused(refusal)) => format!("{}: {refusal}", refusal.key()),
        other => panic!("was not refused: {other:?}"),
    }
}

pub(crate) fn settings(folder: &tempfile::TempDir) -> Settings {
    Settings { folder: folder.path().to_owned(), database: None, name: CAPITAL.into() }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
