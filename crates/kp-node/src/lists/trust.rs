//! A participant's keys: those that sign its certificates, and those that sign receipts of its logs.

use anyhow::{Context, Result};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kp_certificate::lists::{Compromise, Cut, DocumentKey, Head, KeyClass, LogKey, Signers, Trust};
use kp_db::Tx;
use kp_log::{LogName, LogOwner};
use kp_sign::PublicKey;
use kp_terms::ParticipantCode;

/// The list as the registry and the logs have it.
pub(super) fn list(tx: &mut Tx<'_>, head: Head, code: ParticipantCode, node: PublicKey) -> Result<Trust> {
    let mut document_keys = Vec::new();
    for key in kp_registry::document_keys_of_participant(tx, code)? {
        // A key that no second custodian has witnessed is nobody's yet.
        if key.witnessed_at.is_some() {
            document_keys.push(document_key(&key)?);
        }
    }
    Ok(Trust {
        head,
        document_keys,
        log_keys: log_keys(tx, code, &node)?,
        list_signers: Signers::new(1, [node]),
    })
}

/// The key of each log of this participant: the node's own, or that of the office that keeps it.
fn log_keys(tx: &mut Tx<'_>, code: ParticipantCode, node: &PublicKey) -> Result<Vec<LogKey>> {
    let offices = kp_registry::offices(tx)?;
    let mut keys = Vec::new();
    for head in kp_log::log_heads(tx)? {
        let name: LogName = head.log_id.parse()?;
        if name.owner != LogOwner::Participant(code) {
            continue;
        }
        let public = match &name.office {
            None => node.clone(),
            Some(label) => {
                let office = offices.iter().find(|office| office.name == *label);
                let office = office.with_context(|| format!("{label} keeps a log and is not registered"))?;
                kp_registry::name_officer::public_key(&office.public_key)
                    .with_context(|| format!("the key of office {label} is not a P-256 point"))?
            }
        };
        keys.push(LogKey { log: head.log_id, public });
    }
    Ok(keys)
}

fn document_key(key: &kp_registry::DocumentKey) -> Result<DocumentKey> {
    let after = key.signs_until.tomorrow().context("the last day of a key is not the last of time")?;
    Ok(DocumentKey {
        public: key.public_key.clone(),
        class: match key.class {
            kp_registry::KeyClass::Software => KeyClass::Software,
            kp_registry::KeyClass::Token => KeyClass::Token,
        },
        valid_from: midnight(key.valid_from)?,
        signs_until: midnight(after)?,
        retired_at: key.retired_at,
        compromise: key.compromise.as_ref().map(compromise),
    })
}

/// How far each log is believed.
fn compromise(reported: &kp_registry::Compromise) -> Compromise {
    let mut cuts: Vec<Cut> = reported
        .cuts
        .iter()
        .map(|cut| Cut { log: cut.log_id.clone(), first_untrusted: cut.from_entry })
        .collect();
    cuts.sort_by(|a, b| a.log.cmp(&b.log));
    Compromise { cuts, noted_at: reported.reported_at }
}

fn midnight(day: Date) -> Result<Timestamp> {
    Ok(TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0))?)
}
