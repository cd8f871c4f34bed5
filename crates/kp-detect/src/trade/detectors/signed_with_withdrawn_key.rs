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
use kp_terms::sentence;

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::{kind_in_words, log_place, more_than},
        seen::Seen,
    },
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
    let act = kind_in_words(entry);
    Seen {
        source: SOURCE,
        about: format!("{office}:{}", entry.entry_number),
        number: entry.subject.parse::<kp_terms::CertificateNumber>().ok().map(|number| number.to_string()),
        asked: office.participant(),
        on: entry.on(),
        title: sentence!(
            "found-withdrawn-title",
            "{act} at office {office} was signed with key {key}, withdrawn at {withdrawn}",
            act = act,
            office = office,
            key = key_id,
            withdrawn = withdrawal.at,
        ),
        question: sentence!(
            "found-withdrawn-question",
            "At {at} office {office} stated {act} under key {key}, which was withdrawn at {withdrawn}. Did the office know, and \
             who signed?",
            at = entry.at,
            office = office,
            act = act,
            key = key_id,
            withdrawn = withdrawal.at,
        ),
        arithmetic: ArithmeticLine::new(
            sentence!("found-withdrawn-acts", "acts under a withdrawn key"),
            log_place(entry),
            "1",
        ),
        threshold: Threshold::ours(
            sentence!("found-withdrawn-acts", "acts under a withdrawn key"),
            more_than(0),
        ),
        evidence: vec![
            (
                log_place(withdrawal),
                sentence!(
                    "found-withdrawn-key",
                    "key {key} was withdrawn at {withdrawn}",
                    key = key_id,
                    withdrawn = withdrawal.at,
                ),
            ),
            (
                log_place(entry),
                sentence!("found-withdrawn-act", "{act} was signed with it at {at}", act = act, at = entry.at),
            ),
        ],
        severity: Severity::Urgent,
        count: 1,
    }
    .finding()
}
