//! A disk that fails once, or is full: the act is not acknowledged, the sentence says what is wrong, and afterwards the
//! same command goes on without any repair.
//!
//! Source: security R04. `strace` answers the call in the system's place; the file itself is not touched by it.

use std::{path::Path, process::Output};

use crate::{desk::Desk, power::trace, soundness};

/// The fault, what the system says of it, and every how many calls it is tried.
struct Fault {
    calls: &'static str,
    error: &'static str,
    /// Tried at the first call, and then after so many more.
    step: u64,
}

const FAULTS: [Fault; 2] = [
    Fault { calls: "fsync,fdatasync", error: "EIO", step: 1 },
    // A batch writes some hundred pieces; the odd step meets headers and pages of the log alike.
    Fault { calls: "pwrite64", error: "ENOSPC", step: 9 },
];

/// More calls than an issuance makes: where no fault is met any more, the search must have ended before.
const MOST_CALLS: u64 = 2000;

#[test]
fn a_failing_or_full_disk_is_never_acknowledged_and_needs_no_repair() {
    let strace = match trace::strace() {
        Ok(strace) => strace,
        Err(missing) => return kp_testkit::skipped("a failing and a full disk", &missing),
    };
    let desk = Desk::found(None);
    let mut issued = 0;
    for fault in FAULTS {
        let mut stopped = 0;
        for call in (1..MOST_CALLS).step_by(usize::try_from(fault.step).unwrap()) {
            issued += 1;
            let outcome = issue_with(&desk, &strace, &fault, call, issued);
            stopped += u64::from(outcome == Outcome::Stopped);
            if outcome == Outcome::NotMet {
                break;
            }
            assert!(call + fault.step < MOST_CALLS, "{} was met at each of {call} calls", fault.error);
        }
        assert!(stopped > 2, "{} stopped only {stopped} issuances", fault.error);
        eprintln!(
            "{} at {}: {stopped} issuances stopped, none of them acknowledged",
            fault.error, fault.calls
        );
    }
    let everything = desk.done(&[
        "certificate",
        "issue-batch",
        path(&desk.file_of(issued)),
        "--clerk",
        "xa-clerk-1",
        "--approver",
        "xa-approver-1",
    ]);
    soundness::check(&desk, &soundness::acknowledged(&everything), issued);
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The fault was met; the command said so and ended, without acknowledging.
    Stopped,
    /// The fault was met after everything was durable (tidying up at the end), and changed nothing.
    Harmless,
    /// The command makes fewer calls than that.
    NotMet,
}

/// Asks for one more certificate while one call fails, and then without the fault.
fn issue_with(desk: &Desk, strace: &Path, fault: &Fault, call: u64, issued: u64) -> Outcome {
    let file = desk.file_of(issued);
    let command = desk.issuing(&file);
    let log = tempfile::NamedTempFile::new().unwrap();
    let Fault { calls, error, .. } = fault;
    let (watched, injected) = (format!("trace={calls}"), format!("inject={calls}:error={error}:when={call}"));
    let options = ["-f", "-e", &watched, "-e", &injected];
    let Output { status, stdout, stderr } =
        trace::under(strace, &options, log.path(), &command).output().unwrap();
    let (said, complaint) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    let met = std::fs::read_to_string(log.path()).unwrap().contains("(INJECTED)");
    let acknowledged = soundness::acknowledged(&said);
    let place = format!("{error} at call {call} of {calls}: {status}\n{said}\n{complaint}");
    let node = soundness::open(desk);
    soundness::every_certificate_is_issued_once(&node, &acknowledged);
    drop(node);
    if status.success() {
        assert_eq!(acknowledged.len() as u64, issued, "{place}");
        return if met { Outcome::Harmless } else { Outcome::NotMet };
    }
    assert!(met && status.code() == Some(3), "{place}");
    let last = crate::desk::reference(issued);
    assert!(!acknowledged.contains_key(&last), "acknowledged without being durable: {place}");
    assert!(complaint.contains("error: ") && names_the_cause(&complaint), "{place}");
    Outcome::Stopped
}

/// What a person needs to know: the disk failed, or is full.
fn names_the_cause(complaint: &str) -> bool {
    ["disk I/O error", "Input/output error", "No space left", "disk is full"]
        .iter()
        .any(|cause| complaint.contains(cause))
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}
