//! Questions about document keys, one thin typed function per statement in `sql/`.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::ParticipantCode;

use crate::{Compromise, DocumentKey, LogCut, name_officer::public_key, signing_key_at};

const DOCUMENT_KEYS_OF_PARTICIPANT: Sql = sql!("document_keys_of_participant");
const DOCUMENT_KEY_BY_ID: Sql = sql!("document_key_by_id");
const CUTS_OF_KEY: Sql = sql!("cuts_of_key");
const WITNESSES_OF_CEREMONY: Sql = sql!("witnesses_of_ceremony");

/// Every document key of a participant, oldest registration first, whatever its state.
///
/// # Errors
/// Where the database fails.
pub fn document_keys_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<DocumentKey>> {
    let keys = tx.rows(DOCUMENT_KEYS_OF_PARTICIPANT, &[code.as_str().into()], document_key)?;
    keys.into_iter().map(|key| with_cuts(tx, key)).collect()
}

/// The document key with this id (sixteen hexadecimal digits).
///
/// # Errors
/// Where the database fails.
pub fn document_key_by_id(tx: &mut Tx<'_>, key_id: &str) -> Result<Option<DocumentKey>> {
    let key = tx.optional(DOCUMENT_KEY_BY_ID, &[key_id.into()], document_key)?;
    key.map(|key| with_cuts(tx, key)).transpose()
}

/// The key that signs certificates of a participant (of one of its authorities, where one is named) at an instant: the
/// newest active one. None where certificates cannot be signed.
///
/// # Errors
/// Where the database fails.
pub fn active_document_key(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    authority: Option<&str>,
    at: Timestamp,
) -> Result<Option<DocumentKey>> {
    let keys = document_keys_of_participant(tx, code)?;
    Ok(signing_key_at(&keys, authority, at).cloned())
}

/// The officers who witnessed the ceremony of a key, first one first.
///
/// # Errors
/// Where the database fails.
pub fn witnesses_of_ceremony(tx: &mut Tx<'_>, key_id: &str) -> Result<Vec<String>> {
    tx.rows(WITNESSES_OF_CEREMONY, &[key_id.into()], |row| row.get(0))
}

fn document_key(row: &Row<'_>) -> Result<DocumentKey> {
    let custodians: String = row.get(8)?;
    let public: String = row.get(3)?;
    let suspected_from: Option<Timestamp> = row.optional_word(15)?;
    let reported_at: Option<Timestamp> = row.optional_word(16)?;
    let compromise = match suspected_from.zip(reported_at) {
        Some((suspected_from, reported_at)) => {
            Some(Compromise { suspected_from, reported_at, what_happened: row.get(17)?, cuts: Vec::new() })
        }
        None => None,
    };
    Ok(DocumentKey {
        key_id: row.get(0)?,
        participant: row.word(1)?,
        authority: row.get(2)?,
        public_key: public_key(&public).context("a registered document key is a P-256 point")?,
        class: row.word(4)?,
        valid_from: row.word(5)?,
        signs_until: row.word(6)?,
        successor_of: row.get(7)?,
        custodians: custodians.lines().map(str::to_owned).collect(),
        place: row.get(9)?,
        record_hash: row.get(10)?,
        registered_by: row.get(11)?,
        registered_at: row.word(12)?,
        witnessed_at: row.optional_word(13)?,
        retired_at: row.optional_word(14)?,
        compromise,
    })
}

fn with_cuts(tx: &mut Tx<'_>, mut key: DocumentKey) -> Result<DocumentKey> {
    if let Some(compromise) = &mut key.compromise {
        compromise.cuts = tx.rows(CUTS_OF_KEY, &[(&key.key_id).into()], |row| {
            Ok(LogCut { log_id: row.get(0)?, from_entry: u64::try_from(row.get::<i64>(1)?)? })
        })?;
    }
    Ok(key)
}
