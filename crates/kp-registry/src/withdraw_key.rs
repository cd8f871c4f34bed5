//! Withdraw a key: from now on it signs nothing. What it signed before stays as it is.
//!
//! Scheme: security 7 (rotation, loss, compromise). Appends `key_withdrawn` to the body's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::Refuse;

use crate::{Officer, Role, name_officer::naming_role, queries, rules::may_act};

const WITHDRAW_KEY: Sql = sql!("withdraw_key");
const KEY_BY_ID: Sql = sql!("key_by_id");
const OTHER_KEYS_OF_ROLE_COUNT: Sql = sql!("other_keys_of_role_count");

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
        /// Nobody could name officers or register keys any more.
        LastOfItsRole { id: String, body: LogOwner, role: Role } = "last_key_of_its_role",
            "{id} is the last key of {body} in the role {role}; register another one first, or nobody could any more", "CD Section IV(b): somebody names those who act";
    }
}

struct Facts {
    signer: Officer,
    holder: Option<Officer>,
    withdrawn: bool,
    /// Keys in force of officers who may name others, without this one.
    others_who_name: i64,
}

/// Withdraws a key.
///
/// # Errors
/// Refuses where the signer may not, or there is no such key.
pub fn withdraw_key(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &KeyWithdrawn) -> Result<Entry, Failure> {
    let key = tx.optional(KEY_BY_ID, &[(&request.key_id).into()], |row| {
        Ok((row.get::<String>(0)?, row.get::<Option<String>>(1)?))
    })?;
    let naming = format!("% {} %", naming_role(request.body));
    let facts = Facts {
        signer: queries::officer_at_desk(tx, desk)?,
        holder: match &key {
            Some((officer_id, _)) => queries::officer_by_id(tx, officer_id)?,
            None => None,
        },
        withdrawn: key.is_some_and(|(_, withdrawn_at)| withdrawn_at.is_some()),
        others_who_name: tx.one(
            OTHER_KEYS_OF_ROLE_COUNT,
            &[(&request.body.to_string()).into(), (&naming).into(), (&request.key_id).into()],
            |row| row.get(0),
        )?,
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
    let (id, body) = (request.key_id.clone(), request.body);
    let Some(holder) = facts.holder.as_ref().filter(|holder| holder.body == body.to_string()) else {
        return Err(Refusal::NoSuchKey { id, body }.into());
    };
    if facts.withdrawn {
        return Err(Refusal::AlreadyWithdrawn { id }.into());
    }
    let role = naming_role(body);
    if holder.roles.contains(&role) && facts.others_who_name == 0 {
        return Err(Refusal::LastOfItsRole { id, body, role }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: KeyWithdrawn = entry.body()?;
    tx.execute(WITHDRAW_KEY, &[(&body.key_id).into(), (&entry.at.to_string()).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::{Facts, KeyWithdrawn, LogOwner, decide};
    use crate::{Role, testing::*};

    fn request() -> KeyWithdrawn {
        KeyWithdrawn {
            body: LogOwner::Participant(code("XA")),
            key_id: "0123456789abcdef".into(),
            reason: "stolen".into(),
        }
    }

    #[test]
    fn an_administrator_withdraws_keys_of_its_own_officers_and_never_the_last_of_its_office() {
        let mut facts = Facts {
            signer: officer("XB", Role::Administrator),
            holder: None,
            withdrawn: true,
            others_who_name: 0,
        };
        refused_in_order(
            &mut facts,
            |facts| keyed(decide(facts, &request())),
            &[
                ("officer_of_another_body", |f| f.signer = officer("XA", Role::Clerk)),
                ("role_missing", |f| f.signer = officer("XA", Role::Administrator)),
                ("no_such_key", |f| f.holder = Some(officer("XB", Role::Administrator))),
                ("no_such_key", |f| f.holder = Some(officer("XA", Role::Administrator))),
                ("key_already_withdrawn", |f| f.withdrawn = false),
                ("last_key_of_its_role", |f| f.others_who_name = 1),
            ],
        );
    }

    #[test]
    fn the_last_key_of_another_role_can_be_withdrawn() {
        let facts = Facts {
            signer: officer("XA", Role::Administrator),
            holder: Some(officer("XA", Role::Clerk)),
            withdrawn: false,
            others_who_name: 0,
        };
        decide(&facts, &request()).unwrap();
    }
}
