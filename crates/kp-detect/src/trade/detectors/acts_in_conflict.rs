//! acts_in_conflict: two desks stated things about one number that cannot both be.
//!
//! Question: which of the two acts is the one that happened, and how did the other come to be stated?
//! Formula: an entry does not fit the state in which the earlier entries here have left its certificate, application or
//! blanks; it is kept and changes nothing.
//! Minimum data: one entry that was taken over.
//! Thresholds (ours): none; every such entry is asked about.
//! Innocent explanations: the office worked on without knowing what the capital had done meanwhile; a reference or a number
//! was given a second time by mistake.
//! An answer must contain: what was done with the goods and the paper; which of the two statements stands; what was
//! corrected by which later act.
//! Evidence: the entry that does not fit, with what it contradicts.
//! Source: R7 in kind (a week without a network, and conflicts are shown in words); security T35; rulings 13.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, LogOwner};
use kp_terms::sentence;

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::{kind_in_words, log_place, more_than},
        seen::Seen,
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("acts_in_conflict.rs");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    let LogOwner::Participant(asked) = entry.owner else { return Ok(None) };
    let Some((about, sentence)) = kp_trade::problem_at(tx, entry.position)? else { return Ok(None) };
    let (kind, place) = (kind_in_words(entry), log_place(entry));
    Ok(Some(
        Seen {
            source: SOURCE,
            about: format!("{about}:{}", entry.position),
            number: about.parse::<kp_terms::CertificateNumber>().ok().map(|number| number.to_string()),
            asked,
            on: entry.on(),
            title: sentence!(
                "found-conflict-title",
                "{kind} in {place} does not fit: {sentence}",
                kind = kind,
                place = place,
                sentence = sentence,
            ),
            question: sentence!(
                "found-conflict-question",
                "{sentence}. Which of the two acts happened, and how did the other come to be stated?",
                sentence = sentence,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-conflict-acts", "acts that cannot both be"),
                &about,
                "2",
            ),
            threshold: Threshold::ours(
                sentence!("found-conflict-threshold", "acts that do not fit"),
                more_than(0),
            ),
            evidence: vec![(
                place,
                sentence!("found-conflict-evidence", "{kind}: {sentence}", kind = kind, sentence = sentence),
            )],
            severity: Severity::Ask,
            count: 1,
        }
        .finding(),
    ))
}
