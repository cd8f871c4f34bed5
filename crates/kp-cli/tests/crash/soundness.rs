//! Whether everything that was acknowledged is there, once, whole, and nothing else.

use std::collections::BTreeMap;

use kp_node::{Node, Settings};
use kp_trade::CertificateState;

use crate::desk::{Desk, reference};

/// Acts that make one certificate.
const ACTS: [&str; 3] = ["application_received", "certificate_drafted", "certificate_issued"];

/// What a batch printed: reference to number.
pub(crate) fn acknowledged(said: &str) -> BTreeMap<String, String> {
    let lines = said.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    lines.map(|parts| (parts[1].to_owned(), parts[0].to_owned())).collect()
}

/// Checks a desk after a run that issued `count` certificates: `acknowledged` holds what it printed.
pub(crate) fn check(desk: &Desk, acknowledged: &BTreeMap<String, String>, count: u64) {
    let asked: Vec<String> = (1..=count).map(reference).collect();
    assert_eq!(acknowledged.keys().cloned().collect::<Vec<_>>(), asked, "one acknowledgement for each");
    let mut numbers: Vec<&String> = acknowledged.values().collect();
    numbers.sort();
    let expected: Vec<String> = (1..=count).map(|number| format!("XA-{number:06}")).collect();
    assert_eq!(numbers, expected.iter().collect::<Vec<_>>(), "no number twice and none lost");
    let node = open(desk);
    every_certificate_is_issued_once(&node, acknowledged);
    logs_are_as_long_as_the_acts(&node, count);
    let waiting = node.db().read(kp_trade::applications_without_draft).unwrap();
    assert!(waiting.is_empty(), "half done: {waiting:?}");
    drop(node);
    desk.done(&["log", "verify"]);
    desk.done(&["rebuild", "--check"]);
}

pub(crate) fn open(desk: &Desk) -> Node {
    Node::open(&Settings {
        folder: desk.folder().to_owned(),
        database: desk.database().cloned(),
        name: "node".into(),
    })
    .unwrap()
}

/// Whether each of these is issued, under its number.
pub(crate) fn every_certificate_is_issued_once(node: &Node, acknowledged: &BTreeMap<String, String>) {
    node.db()
        .read(|tx| {
            for (reference, number) in acknowledged {
                let there = kp_trade::certificate_of_application(tx, reference)?;
                assert_eq!(there.map(|n| n.to_string()).as_ref(), Some(number), "{reference}");
                let certificate = kp_trade::certificate_by_number(tx, &number.parse()?)?;
                let certificate = certificate.unwrap_or_else(|| panic!("{number} is not there"));
                assert_eq!(certificate.state, CertificateState::Issued, "{number}");
            }
            anyhow::Ok(())
        })
        .unwrap();
}

/// Three acts for each certificate, each once; every log runs from entry 0 without a gap; positions too.
pub(crate) fn logs_are_as_long_as_the_acts(node: &Node, count: u64) {
    let mut of_subject: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut next: BTreeMap<String, u64> = BTreeMap::new();
    let (mut position, mut others) = (0, 0);
    loop {
        let entries = node.db().read(|tx| kp_log::entries_after(tx, position, 1000)).unwrap();
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            assert_eq!(entry.position, position + 1, "positions run without a gap");
            position = entry.position;
            let expected = next.entry(entry.log_id.clone()).or_default();
            assert_eq!(entry.entry_number, *expected, "{} runs without a gap", entry.log_id);
            *expected += 1;
            if ACTS.contains(&entry.kind.as_str()) {
                *of_subject.entry((entry.kind, entry.subject)).or_default() += 1;
            } else if entry.entry_number > 0 {
                others += 1;
            }
        }
    }
    let twice: Vec<_> = of_subject.iter().filter(|(_, times)| **times != 1).collect();
    assert!(twice.is_empty(), "said more than once: {twice:?}");
    assert_eq!(of_subject.len() as u64, 3 * count, "three acts for each certificate");
    assert_eq!(others, Desk::prepared(), "and nothing else was stated");
}

/// Every signature, hash and checkpoint is good, and every table is what the log says.
pub(crate) fn log_and_tables_agree(node: &Node) {
    assert_eq!(node.verify_log().unwrap().faults, []);
    assert_eq!(node.rebuild_check().unwrap().differences, []);
}
