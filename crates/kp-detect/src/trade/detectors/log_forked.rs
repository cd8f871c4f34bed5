//! log_forked: a log was shown with two different histories, both signed with its own key.
//!
//! Question: which of the two histories is the true one, and who holds the key that signed both?
//! Formula: a file holds another entry under a number than was taken over before, and the log's own checkpoint key has signed
//! the branch in the file too.
//! Minimum data: one exchange file.
//! Thresholds (ours): none; a log has one history.
//! Innocent explanations: the office's computer was put back to an older state from a backup and went on from there; its disk
//! was copied, and both copies were used.
//! An answer must contain: which computer wrote each branch; what was issued on the branch that is given up, number by number;
//! the new office that continues, since a log that forked is never continued.
//! Evidence: the statement that keeps both hashes and the checkpoint over the other branch.
//! Source: security T09, T34, T35: one log, one node, one history.

use anyhow::Result;
use kp_log::{Entry, ForkSeen, Statement};
use kp_terms::sentence;

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::{log_place, more_than},
        seen::Seen,
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("log_forked.rs");

pub(in crate::trade) fn look(entry: &Entry) -> Result<Option<Finding>> {
    if entry.kind != ForkSeen::KIND {
        return Ok(None);
    }
    let body: ForkSeen = entry.body()?;
    let (log, number) = (&body.log_id, body.entry_number);
    Ok(Some(
        Seen {
            source: SOURCE,
            about: format!("{log}:{number}"),
            number: None,
            asked: body.participant,
            on: entry.on(),
            title: sentence!(
                "found-forked-title",
                "{log} has two histories from entry {number} on, and its own key signed both",
                log = log,
                number = number,
            ),
            question: sentence!(
                "found-forked-question",
                "From entry {number} on, {log} was shown with two histories. Which one is true, and who signed both?",
                number = number,
                log = log,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-forked-histories", "histories of the log"),
                sentence!("found-forked-entry", "{log} entry {number}", log = log, number = number),
                "2",
            ),
            threshold: Threshold::ours(
                sentence!("found-forked-threshold", "histories of one log"),
                more_than(1),
            ),
            evidence: vec![(
                log_place(entry),
                sentence!(
                    "found-forked-hashes",
                    "entry {number} hashes to {here} here and to {there} in the file",
                    number = number,
                    here = body.here,
                    there = body.there,
                ),
            )],
            severity: Severity::Urgent,
            count: 2,
        }
        .finding(),
    ))
}
