//! What the detectors remember of document keys: how many certificates each has signed, by desk and day.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{CREDENTIAL_SIGNED, Entry, LogName};
use kp_terms::{Sentence, sentence};

const ADD_SIGNING: Sql = sql!("add_signing");

pub(super) fn remember(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    if entry.kind == CREDENTIAL_SIGNED {
        let (key, day) = (entry.key_id.to_string(), entry.on().to_string());
        tx.execute(ADD_SIGNING, &[(&key).into(), (&office_of(entry)).into(), (&day).into()])?;
    }
    Ok(())
}

/// The label of the office in whose log an entry stands; empty at the capital.
pub(super) fn office_of(entry: &Entry) -> String {
    let office = entry.log_id.parse::<LogName>().ok().and_then(|name| name.office);
    office.map(|office| office.label().to_owned()).unwrap_or_default()
}

/// The desk in words.
pub(super) fn desk_in_words(office: &str) -> Sentence {
    match office {
        "" => sentence!("found-capital", "the capital"),
        office => sentence!("found-office", "office {office}", office = office),
    }
}
