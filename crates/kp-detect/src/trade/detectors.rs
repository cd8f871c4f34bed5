//! One file per detector; what they share is below.

pub(super) mod acts_in_conflict;
pub(super) mod blanks_not_counted;
pub(super) mod blanks_unaccounted;
pub(super) mod class_changed_on_arrival;
pub(super) mod exports_above_capacity;
pub(super) mod log_forked;
pub(super) mod number_outside_range;
pub(super) mod number_used_twice;
pub(super) mod origin_without_production;
pub(super) mod presented_blank_missing;
pub(super) mod presented_without_departure;
pub(super) mod signed_far_above_usual;
pub(super) mod signed_outside_hours;
pub(super) mod signed_with_withdrawn_key;
pub(super) mod sources_differ_from_parcels;
pub(super) mod unconfirmed_after_due;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement, entries_of_subject};
use kp_registry::admit_participant::ParticipantAdmitted;
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Sentence, UsdCents, sentence};

use crate::finding::{RankFactors, Severity};

const ARRIVALS_REMEMBERED: Sql = sql!("arrivals_remembered");

/// A number was presented to an importing authority.
struct Presented {
    at: ParticipantCode,
    carats: Carats,
    on: Date,
    place: Sentence,
    position: u64,
}

/// The presentations of a number so far, in the order of the log.
fn presentations(tx: &mut Tx<'_>, number: &str) -> Result<Vec<Presented>> {
    tx.rows(ARRIVALS_REMEMBERED, &[number.into()], |row| {
        Ok(Presented {
            at: row.word(0)?,
            carats: Carats::from_hundredths(row.get(1)?),
            on: row.word(2)?,
            place: read_place(row.get(3)?),
            position: u64::try_from(row.get::<i64>(4)?)?,
        })
    })
}

/// The issuer is asked; where the prefix belongs to nobody who could answer, whoever first held the goods. Told from the
/// first presentation, so that the finding stays the same one however often the number comes back.
fn asked(tx: &mut Tx<'_>, number: &CertificateNumber, first: &Presented) -> Result<ParticipantCode> {
    let Ok(issuer) = number.issuer(first.on) else { return Ok(first.at) };
    let admitted = entries_of_subject(tx, issuer.as_str())?
        .iter()
        .any(|entry| entry.kind == ParticipantAdmitted::KIND && entry.position < first.position);
    Ok(if admitted { issuer } else { first.at })
}

/// Where an entry stands, for evidence: `log kp.XA/2026, entry 14`.
pub(super) fn log_place(entry: &Entry) -> Sentence {
    at(&entry.log_id, entry.entry_number)
}

/// A place as this room's tables keep it, which is its English.
pub(super) fn read_place(kept: String) -> Sentence {
    match kept.strip_prefix("log ").and_then(|rest| rest.rsplit_once(", entry ")) {
        Some((log, entry)) => at(log, entry),
        None => kept.into(),
    }
}

fn at(log: &str, entry: impl std::fmt::Display) -> Sentence {
    sentence!("found-log-entry", "log {log}, entry {entry}", log = log, entry = entry)
}

/// What an entry records, in words: `certificate drafted`.
fn kind_in_words(entry: &Entry) -> Sentence {
    Sentence::behind::<&str>(&format!("kind-{}", entry.kind), entry.kind.replace('_', " "), [])
}

/// `more than 0`
fn more_than(number: u8) -> Sentence {
    sentence!("found-more-than", "more than {number}", number = number)
}

/// `fewer than 1`
fn fewer_than(number: u8) -> Sentence {
    sentence!("found-fewer-than", "fewer than {number}", number = number)
}

/// One presentation, as evidence says it.
fn presented_there(presented: &Presented) -> Sentence {
    sentence!(
        "found-presented",
        "presented at {at} on {on}: {carats} ct",
        at = presented.at,
        on = presented.on,
        carats = presented.carats.grouped(),
    )
}

/// Rank factors of a finding over the register: facts, not statistics, so nothing is beyond a yardstick but itself.
pub(super) fn rank(
    severity: Severity,
    carats: Carats,
    value: UsdCents,
    beyond_hundredths: i64,
) -> RankFactors {
    RankFactors {
        severity,
        carats_at_stake: carats,
        value_at_stake: value,
        beyond_hundredths,
        corroboration: 0,
        same_participant_above: 0,
        order_thousandths: severity.weight_hundredths() * 10,
    }
}
