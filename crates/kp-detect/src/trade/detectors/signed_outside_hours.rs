//! signed_outside_hours: a certificate was signed at an hour at which, by the participant's own rule, nobody works.
//!
//! Question: who validated at this hour, and who else was there?
//! Formula: the time of the signed certificate, UTC, lies outside the hours that the national rule office-hours sets for the day.
//! Minimum data: one certificate, and the rule set before it.
//! Thresholds (ours): none of ours; the hours are the participant's own.
//! Innocent explanations: an aircraft was waiting, and the authority opened for it; the desk's clock was wrong; the rule is older
//! than the present hours.
//! An answer must contain: who validated and who was present; why at this hour; that goods and seals were seen by both.
//! Evidence: the first certificate of the day at that desk that was signed outside the hours.
//! Source: security T12, T11: a key in wrong hands signs when nobody looks; L19.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{CREDENTIAL_SIGNED, Entry, LogOwner, Statement, entries_of_kind};
use kp_registry::{NationalRule, OfficeHours, set_national_rule::NationalRuleSet};
use kp_terms::{ParticipantCode, sentence};

use crate::{
    finding::{ArithmeticLine, Finding, Severity, Threshold},
    trade::{
        detectors::log_place,
        seen::Seen,
        signing_memory::{desk_in_words, office_of},
    },
};

pub(in crate::trade) const SOURCE: &str = include_str!("signed_outside_hours.rs");

pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Finding>> {
    let LogOwner::Participant(asked) = entry.owner else { return Ok(None) };
    if entry.kind != CREDENTIAL_SIGNED {
        return Ok(None);
    }
    let Some(value) = hours_at(tx, asked, entry)? else { return Ok(None) };
    if OfficeHours::read(&value).is_none_or(|hours| hours.include(entry.at)) {
        return Ok(None);
    }
    let (office, key, number) = (office_of(entry), entry.key_id, &entry.subject);
    let desk = desk_in_words(&office);
    let signed = sentence!(
        "found-hours-title",
        "certificate {number} was signed at {at} at {desk}; the hours are {hours}, UTC",
        number = number,
        at = entry.at,
        desk = desk,
        hours = value,
    );
    Ok(Some(
        Seen {
            source: SOURCE,
            about: format!("{key}:{office}:{}", entry.on()),
            number: None,
            asked,
            on: entry.on(),
            title: signed.clone(),
            question: sentence!(
                "found-hours-question",
                "{signed}. Who validated at this hour, and who else was there?",
                signed = signed,
            ),
            arithmetic: ArithmeticLine::new(
                sentence!("found-hours-time", "time of signing, UTC"),
                &value,
                entry.at.to_string(),
            ),
            threshold: Threshold {
                set_by: asked.as_str().into(),
                ..Threshold::ours(sentence!("found-hours-threshold", "office hours"), &value)
            },
            evidence: vec![(log_place(entry), signed)],
            severity: Severity::Ask,
            count: 1,
        }
        .finding(),
    ))
}

/// The hours in force on the day of an entry, as they had been set before it.
fn hours_at(tx: &mut Tx<'_>, code: ParticipantCode, entry: &Entry) -> Result<Option<String>> {
    let mut found: Option<NationalRuleSet> = None;
    for set in entries_of_kind(tx, NationalRuleSet::KIND)? {
        if set.position > entry.position {
            break;
        }
        let set: NationalRuleSet = set.body()?;
        let concerns = set.participant == code && set.rule == NationalRule::OfficeHours;
        let later = found.as_ref().is_none_or(|found| found.effective_from <= set.effective_from);
        if concerns && set.effective_from <= entry.on() && later {
            found = Some(set);
        }
    }
    Ok(found.map(|set| set.value))
}
