//! signed_with_withdrawn_key: an act at an office was signed with a key that the capital had withdrawn before.
//!
//! Question: did the office know of the withdrawal, and who signed?
//! Formula: an entry of an office's log is signed with a key whose withdrawal stands here before it and is dated no later
//! than the act.
//! Minimum data: one entry taken over from an office.
//! Thresholds (ours): none; every such act is asked about.
//! Innocent explanations: the office had no network and could not know; the officer's new key had not come yet.
//! An answer must contain: when the office read the withdrawal; who had the key in hand at the time of the act; whether the act
//! is upheld, and by whom it was looked at again.
//! Evidence: the act and the withdrawal.
//! Source: security S-20, T11 in kind: what a withdrawn key signs is not believed without a question; L19.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, LogName, Statement, entries_of_kind};
use kp_registry::withdraw_key::KeyWithdrawn;

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{detectors::log_place, seen::Seen},
};

pub(in crate::trade) const SOURCE: &str = include_str!("signed_with_withdrawn_key.rs");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    let office = entry.log_id.parse::<LogName>().ok().and_then(|name| name.office);
    let Some(office) = office else { return Ok(None) };
    let key_id = entry.key_id.to_string();
    for withdrawal in entries_of_kind(tx, KeyWithdrawn::KIND)? {
        let before = withdrawal.position < entry.position && withdrawal.at <= entry.at;
        if before && withdrawal.body::<KeyWithdrawn>()?.key_id == key_id {
            return Ok(Some(finding(entry, &withdrawal, &office, &key_id)));
        }
    }
    Ok(None)
}

fn finding(entry: &Entry, withdrawal: &Entry, office: &kp_log::OfficeName, key_id: &str) -> Finding {
    let act = entry.kind.replace('_', " ");
    Seen {
        source: SOURCE,
        about: format!("{office}:{}", entry.entry_number),
        number: entry.subject.parse::<kp_terms::CertificateNumber>().ok().map(|number| number.to_string()),
        asked: office.participant(),
        on: entry.on(),
        title: format!("{act} at office {office} was signed with key {key_id}, withdrawn at {}", withdrawal.at),
        question: format!(
            "At {} office {office} stated {act} under key {key_id}, which was withdrawn at {}. Did the office know, and who \
             signed?",
            entry.at, withdrawal.at
        ),
        arithmetic: ArithmeticLine::new("acts under a withdrawn key", log_place(entry), "1"),
        threshold: Threshold::ours("acts under a withdrawn key", "more than 0"),
        evidence: vec![
            (log_place(withdrawal), format!("key {key_id} was withdrawn at {}", withdrawal.at)),
            (log_place(entry), format!("{act} was signed with it at {}", entry.at)),
        ],
        severity: Severity::Urgent,
        count: 1,
    }
    .finding()
}
