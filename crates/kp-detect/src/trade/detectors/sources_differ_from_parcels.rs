//! sources_differ_from_parcels: an application draws otherwise on imports than the parcels that it names, or names parcels
//! that are not known.
//!
//! Question: from which imports, and how much of each, do these goods come?
//! Formula: for an import certificate, |carats in the named parcels that came under it - carats that the application draws on
//! it| beyond the tolerance of the shipment, or one of the two is nothing; or a named parcel is not known here.
//! Minimum data: one application that names parcels.
//! Thresholds (ours): the larger of 0.05 ct per parcel and 0.1 %, as for weights.
//! Innocent explanations: the office did not know yet how the parcels were split or mixed at the capital; a number or a weight was
//! typed wrongly; the parcels had not reached this register when the application did.
//! An answer must contain: the parcels as they were handed over; the import certificates with the carats of each; which of the
//! two statements is right.
//! Evidence: the application, with what differs.
//! Source: L35, L38; EU2368 Art 12(1)(a): conclusive evidence of lawful import; rulings 13: what arrives is recorded.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, LogOwner};
use kp_terms::sentence;

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{detectors::log_place, seen::Seen},
};

pub(in crate::trade) const SOURCE: &str = include_str!("sources_differ_from_parcels.rs");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    let LogOwner::Participant(asked) = entry.owner else { return Ok(None) };
    if !kp_trade::may_be_odd(entry) {
        return Ok(None);
    }
    let Some((about, sentence)) = kp_trade::oddity_at(tx, entry.position)? else { return Ok(None) };
    Ok(Some(
        Seen {
            source: SOURCE,
            about: about.clone(),
            number: None,
            asked,
            on: entry.on(),
            title: sentence.clone(),
            question: sentence!(
                "found-sources-question",
                "{sentence}. From which imports, and how much of each, do these goods come?",
                sentence = sentence,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-sources-say", "what the application and its parcels say"),
                &about,
                sentence!("found-sources-differ", "not the same"),
            ),
            threshold: Threshold::ours(
                sentence!("found-sources-threshold", "difference per import"),
                sentence!("found-sources-tolerance", "0.05 ct per parcel or 0.1 %"),
            ),
            evidence: vec![(log_place(entry), sentence)],
            severity: Severity::Ask,
            count: 1,
        }
        .finding(),
    ))
}
