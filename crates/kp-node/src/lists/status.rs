//! Which certificates of a participant there are, and what became of them, from the log and the register.

use anyhow::{Context, Result};
use jiff::{Timestamp, ToSpan, civil::Date};
use kp_certificate::lists::{Complete, Fate, Head, State, Status};
use kp_db::Tx;
use kp_log::{Entry, LogName, LogOwner, Statement, day_of};
use kp_terms::{CertificateNumber, ParticipantCode};
use kp_trade::{
    detain_shipment::ShipmentDetained,
    invalidate_certificate::CertificateInvalidated,
    record_arrival::ArrivalRecorded,
    record_return::ReturnRecorded,
    replace_certificate::CertificateReplaced,
    report_counterfeit::CounterfeitReported,
    report_paper::{Mishap, PaperReported},
    return_certificate::CertificateReturned,
    seize_shipment::ShipmentSeized,
};

/// The list as of a moment.
pub(super) fn list(tx: &mut Tx<'_>, head: Head, code: ParticipantCode, now: Timestamp) -> Result<Status> {
    let mut certificates = Vec::new();
    for signed in kp_trade::credentials(tx)? {
        if signed.number.prefix() == code {
            let entry = kp_log::entry_at(tx, signed.position)?;
            let short = entry.statement_hash.first_chunk().context("a hash has 32 bytes")?;
            certificates.push((signed.number.serial(), *short));
        }
    }
    let mut fates = fates(tx, code)?;
    fates.sort_by_key(|fate| (fate.serial, fate.at));
    fates.dedup_by_key(|fate| (fate.serial, fate.state, fate.place.clone()));
    let long_over = long_over(tx, code, &fates, day_of(now))?;
    let fates = Status::prune(fates, |serial| long_over.contains(&serial));
    let own = |log: &kp_log::Head| {
        log.log_id.parse::<LogName>().is_ok_and(|name| name.owner == LogOwner::Participant(code))
    };
    let logs = kp_log::log_heads(tx)?.into_iter().filter(own);
    let complete = logs.map(|log| Complete { log: log.log_id, size: log.size, at: whole(now) }).collect();
    Ok(Status { head, complete, certificates: Status::runs(certificates), fates })
}

/// Days after a certificate's last day, or after the last that was heard of a number that has none, until all but the sentence
/// about it leaves the list: longer than any certificate holds (specs/lists.md, rule 15).
const LONG: i32 = 400;

/// The numbers among these that are long over on a day.
fn long_over(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    fates: &[Fate],
    today: Date,
) -> Result<std::collections::BTreeSet<u64>> {
    let mut over = std::collections::BTreeSet::new();
    for of_number in fates.chunk_by(|one, next| one.serial == next.serial) {
        let [first, .., last] = of_number else { continue };
        let number = CertificateNumber::new(code, first.serial);
        let expires_on = kp_trade::certificate_by_number(tx, &number)?.and_then(|found| found.expires_on);
        let heard_on = day_of(last.at);
        let end = expires_on.map_or(heard_on, |expires_on| expires_on.max(heard_on));
        if end.checked_add(LONG.days()).is_ok_and(|end| end < today) {
            over.insert(first.serial);
        }
    }
    Ok(over)
}

/// What became of numbers: each presentation, each report about a paper, each end of a certificate's life.
fn fates(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<Fate>> {
    let mut fates = Vec::new();
    for kind in KINDS {
        for entry in kp_log::entries_of_kind(tx, kind)? {
            let Ok(number) = entry.subject.parse::<CertificateNumber>() else { continue };
            if number.prefix() == code
                && let Some((state, replaced_by)) = fate_of(tx, &entry, &number)?
            {
                let (serial, place) = (number.serial(), entry.owner.to_string());
                fates.push(Fate { serial, state, at: whole(entry.at), place, replaced_by });
            }
        }
    }
    Ok(fates)
}

/// Statements that decide a number's fate.
const KINDS: [&str; 9] = [
    ArrivalRecorded::KIND,
    CertificateReplaced::KIND,
    CertificateInvalidated::KIND,
    CertificateReturned::KIND,
    PaperReported::KIND,
    CounterfeitReported::KIND,
    ShipmentDetained::KIND,
    ShipmentSeized::KIND,
    ReturnRecorded::KIND,
];

fn fate_of(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
) -> Result<Option<(State, Option<u64>)>> {
    let state = match entry.kind.as_str() {
        ArrivalRecorded::KIND => State::Used,
        CertificateReplaced::KIND => return Ok(Some((State::Replaced, successor(tx, number)?))),
        CertificateInvalidated::KIND => State::Void,
        CertificateReturned::KIND => State::Expired,
        CounterfeitReported::KIND => State::Counterfeit,
        ShipmentDetained::KIND => State::Detained,
        ShipmentSeized::KIND => State::Seized,
        ReturnRecorded::KIND => State::Returned,
        PaperReported::KIND => match entry.body::<PaperReported>()?.mishap {
            Mishap::Lost => State::Lost,
            Mishap::Stolen => State::Stolen,
            Mishap::Spoiled => State::Void,
        },
        _ => return Ok(None),
    };
    Ok(Some((state, None)))
}

/// The certificate that stands in the place of a replaced one, once it has a number.
fn successor(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<u64>> {
    let replaced = kp_trade::certificate_by_number(tx, number)?.and_then(|old| old.replaced_by);
    let Some(application) = replaced else { return Ok(None) };
    Ok(kp_trade::certificate_of_application(tx, &application)?.map(|number| number.serial()))
}

/// Lists know whole seconds.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
