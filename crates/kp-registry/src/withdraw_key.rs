//! Withdraw a key: from now on it signs nothing. What it signed before stays as it is.
//!
//! Scheme: security 7 (rotation, loss, compromise). Appends `key_withdrawn` to the body's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::Refuse;

use crate::{Officer, Role, queries, rules::may_act};

const WITHDRAW_KEY: Sql = sql!("withdraw_key");
const KEY_BY_ID: Sql = sql!("key_by_id");

kp_terms::form! {
    /// A key is withdrawn.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct KeyWithdrawn {
        /// Participant's code, or the word scheme.
        body: LogOwner, "XA";
        /// Id of the key, sixteen hexadecimal digits.
        key_id: String, "0123456789abcdef";
        /// Why: lost, replaced, left, compromised.
        reason: String, "officer left the service";
    }
}

impl Statement for KeyWithdrawn {
    const KIND: &'static str = "key_withdrawn";

    fn owner(&self) -> LogOwner {
        self.body
    }

    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why a key is not withdrawn.
    pub enum Refusal {
        /// There is no such key in this body.
        NoSuchKey { id: String, body: LogOwner } = "no_such_key", "{id} is not a key of an officer of {body}", "rulings 3";
        /// It is withdrawn already.
        AlreadyWithdrawn { id: String } = "key_already_withdrawn", "key {id} is withdrawn already", "a key is withdrawn once";
    }
}

struct Facts {
    signer: Officer,
    holder: Option<Officer>,
    withdrawn: bool,
}

/// Withdraws a key.
///
/// # Errors
/// Refuses where the signer may not, or there is no such key.
pub fn withdraw_key(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &KeyWithdrawn) -> Result<Entry, Failure> {
    let key = tx.optional(KEY_BY_ID, &[(&request.key_id).into()], |row| {
        Ok((row.get::<String>(0)?, row.get::<Option<String>>(1)?))
    })?;
    let facts = Facts {
        signer: queries::officer_at_desk(tx, desk)?,
        holder: match &key {
            Some((officer_id, _)) => queries::officer_by_id(tx, officer_id)?,
            None => None,
        },
        withdrawn: key.is_some_and(|(_, withdrawn_at)| withdrawn_at.is_some()),
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &KeyWithdrawn) -> Result<(), Box<dyn Refuse>> {
    match request.body {
        LogOwner::Scheme => may_act::of_scheme(&facts.signer, Role::Secretariat)?,
        LogOwner::Participant(code) => may_act::of_participant(&facts.signer, Role::Administrator, code)?,
    }
    if facts.holder.as_ref().is_none_or(|holder| holder.body != request.body.to_string()) {
        return Err(Refusal::NoSuchKey { id: request.key_id.clone(), body: request.body }.into());
    }
    if facts.withdrawn {
        return Err(Refusal::AlreadyWithdrawn { id: request.key_id.clone() }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: KeyWithdrawn = entry.body()?;
    tx.execute(WITHDRAW_KEY, &[(&body.key_id).into(), (&entry.at.to_string()).into()])?;
    Ok(())
}
