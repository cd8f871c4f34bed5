//! Register a further key: a second device of the same officer.
//!
//! Scheme: Annex II.4 (electronic messages). rulings 3: every act is signed with a registered key. Appends
//! `key_registered` to the body's log. Private keys never come near this.

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::Refuse;

use crate::{Officer, Role, name_officer::public_key, queries, register_office, rules::may_act};

const RECORD_KEY: Sql = sql!("record_key");
const KEY_TAKEN: Sql = sql!("key_taken");

kp_terms::form! {
    /// A key is registered.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct KeyRegistered {
        /// Participant's code, or the word scheme.
        body: LogOwner, "XA";
        /// Whose key.
        officer_id: String, "xa-clerk-1";
        /// The device that holds it.
        device: String, "desk 2";
        /// Public half, hexadecimal; the doors fill this in.
        public_key: String, "02...";
    }
}

impl Statement for KeyRegistered {
    const KIND: &'static str = "key_registered";

    fn owner(&self) -> LogOwner {
        self.body
    }

    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why a key is not registered.
    pub enum Refusal {
        /// There is no such officer in this body.
        NoSuchOfficer { id: String, body: LogOwner } = "no_such_officer", "{id} is not an officer of {body}", "CD Section IV(b)";
        /// The key is unreadable.
        NotAPublicKey = "not_a_public_key", "the public key is not a compressed P-256 point in hexadecimal (66 digits)", "rulings 3";
        /// The key already belongs to somebody.
        KeyTaken = "key_taken", "this key is registered already; every officer and device has a key of its own", "security 6: no shared accounts";
    }
}

struct Facts {
    signer: Officer,
    holder: Option<Officer>,
    key_taken: bool,
}

/// Registers a key.
///
/// # Errors
/// Refuses where the signer may not, the officer is unknown, or the key does not serve.
pub fn register_key(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &KeyRegistered) -> Result<Entry, Failure> {
    let facts = Facts {
        signer: queries::officer_at_desk(tx, desk)?,
        holder: queries::officer_by_id(tx, &request.officer_id)?,
        key_taken: is_taken(tx, &request.public_key)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &KeyRegistered) -> Result<(), Box<dyn Refuse>> {
    match request.body {
        LogOwner::Scheme => may_act::of_scheme(&facts.signer, Role::Secretariat)?,
        LogOwner::Participant(code) => may_act::of_participant(&facts.signer, Role::Administrator, code)?,
    }
    if facts.holder.as_ref().is_none_or(|holder| holder.body != request.body.to_string()) {
        return Err(Refusal::NoSuchOfficer { id: request.officer_id.clone(), body: request.body }.into());
    }
    if public_key(&request.public_key).is_none() {
        return Err(Refusal::NotAPublicKey.into());
    }
    if facts.key_taken {
        return Err(Refusal::KeyTaken.into());
    }
    Ok(())
}

/// Whether a key is registered already, for anybody and for any purpose.
pub(crate) fn is_taken(tx: &mut Tx<'_>, hex: &str) -> Result<bool> {
    let Some(key) = public_key(hex) else { return Ok(false) };
    let id = key.id().to_string();
    let registered = tx.optional(KEY_TAKEN, &[(&id).into()], |row| row.get::<String>(0))?;
    Ok(registered.is_some() || register_office::is_key_of_office(tx, &id)?)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: KeyRegistered = entry.body()?;
    record(tx, entry, &body.officer_id, &body.public_key, &body.device)
}

/// Writes a key's row; also used when an officer is named with a first key.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    entry: &Entry,
    officer_id: &str,
    hex: &str,
    device: &str,
) -> Result<()> {
    let key = public_key(hex).context("a recorded key is a P-256 point")?;
    tx.execute(
        RECORD_KEY,
        &[
            (&key.id().to_string()).into(),
            officer_id.into(),
            hex.into(),
            device.into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, KeyRegistered, LogOwner, decide};
    use crate::{Role, testing::*};

    #[test]
    fn an_administrator_registers_further_keys_of_its_own_officers() {
        let request = KeyRegistered {
            body: LogOwner::Participant(code("XA")),
            officer_id: "xa-clerk-1".into(),
            device: "desk 2".into(),
            public_key: "02...".into(),
        };
        let facts = Facts {
            signer: officer("XB", Role::Administrator),
            holder: Some(officer("XB", Role::Clerk)),
            key_taken: true,
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.signer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.signer = officer("XA", Role::Administrator)),
                ("no_such_officer", |w| w.0.holder = None),
                ("no_such_officer", |w| w.0.holder = Some(officer("XA", Role::Clerk))),
                ("not_a_public_key", |w| w.1.public_key = A_KEY.into()),
                ("key_taken", |w| w.0.key_taken = false),
            ],
        );
    }

    #[test]
    fn the_secretariat_registers_keys_of_the_scheme() {
        let request = KeyRegistered {
            body: LogOwner::Scheme,
            officer_id: "scheme-statistics-1".into(),
            device: "desk 2".into(),
            public_key: A_KEY.into(),
        };
        let mut facts = Facts {
            signer: officer("XA", Role::Administrator),
            holder: Some(officer("scheme", Role::Statistics)),
            key_taken: false,
        };
        refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request)),
            &[
                ("officer_of_another_body", |f| f.signer = officer("scheme", Role::Statistics)),
                ("role_missing", |f| f.signer = officer("scheme", Role::Secretariat)),
            ],
        );
    }
}
