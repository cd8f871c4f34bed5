//! Which certificates of a participant there are, and what became of them, from the log and the register.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_certificate::lists::{Complete, Fate, Head, State, Status};
use kp_db::Tx;
use kp_log::{LogName, LogOwner};
use kp_terms::ParticipantCode;

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
    let mut fates = Vec::new();
    for presented in kp_trade::arrivals_of_issuer(tx, code)? {
        let entry = kp_log::entry_at(tx, presented.position)?;
        fates.push(Fate {
            serial: presented.number.serial(),
            state: State::Used,
            at: whole(entry.at),
            place: presented.at.to_string(),
            replaced_by: None,
        });
    }
    fates.sort_by_key(|fate| (fate.serial, fate.at));
    fates.dedup_by_key(|fate| (fate.serial, fate.state, fate.place.clone()));
    let own = |log: &kp_log::Head| {
        log.log_id.parse::<LogName>().is_ok_and(|name| name.owner == LogOwner::Participant(code))
    };
    let logs = kp_log::log_heads(tx)?.into_iter().filter(own);
    let complete = logs.map(|log| Complete { log: log.log_id, size: log.size, at: whole(now) }).collect();
    Ok(Status { head, complete, certificates: Status::runs(certificates), fates })
}

/// Lists know whole seconds.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
