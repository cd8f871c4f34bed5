//! Somebody leaves: the account is closed, every code, recovery and token ends; the door ends the sessions.
//!
//! The key stays registered until the administrator withdraws it with an act of its own, which stands in the log: the ids of
//! the keys in force come back, so that the door can offer that act at once.

use anyhow::Result;
use jiff::Timestamp;
use kp_log::Failure;
use kp_registry::Officer;
use kp_terms::sentence;

use crate::{
    Accounts, State,
    account::{self, looks_after},
    invite, ministry, passkey, recover, tokens, trail,
};

/// An account that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Whose.
    pub officer_id: String,
    /// The body whose log the withdrawal goes into.
    pub body: String,
    /// Ids of the officer's keys that still sign: withdraw them.
    pub keys: Vec<String>,
}

kp_terms::refusals! {
    /// Why an account is not closed.
    pub enum Refusal {
        /// There is none.
        NoAccount { id: String } = "no_account", "{id} has no account, or it is closed already", "security 6";
        /// Nobody closes the own one.
        Own { id: String } = "own_account", "{id} cannot close the own account; another administrator does", "security 6: somebody looks after the others";
    }
}

impl Accounts {
    /// Closes an account.
    ///
    /// # Errors
    /// Refuses where the signer does not look after it, or there is none; fails where the database or key folder does.
    pub fn close(&self, by: &Officer, officer_id: &str, now: Timestamp) -> Result<Closed, Failure> {
        let (closed, lent) = self.node.db().write("close an account", |tx| {
            let target = kp_registry::officer_by_id(tx, officer_id)?;
            looks_after(by, officer_id, target.as_ref()).map_err(Failure::refused)?;
            let id = officer_id.to_owned();
            if by.id == officer_id {
                return Err(Failure::refused(Refusal::Own { id }));
            }
            let existing = account::by_officer(tx, officer_id)?;
            if existing.is_none_or(|account| account.state == State::Closed) {
                return Err(Failure::refused(Refusal::NoAccount { id }));
            }
            account::set_state(tx, officer_id, State::Closed, now)?;
            invite::end_all(tx, officer_id, now)?;
            recover::end_of(tx, officer_id, &by.id, now)?;
            let mut lent = tokens::end_all(tx, officer_id, now)?;
            lent.extend(passkey::end_all(tx, officer_id, now)?);
            ministry::end_all(tx, officer_id, now)?;
            let ended = sentence!("trail-detail-ended", "account, codes, tokens and passkeys ended");
            trail::add(tx, now, &by.id, "closed", officer_id, ended)?;
            let body = target.map(|target| target.body).unwrap_or_else(|| account::body_of(officer_id));
            let keys = kp_registry::keys_of_officer(tx, officer_id)?;
            Ok::<_, Failure>((Closed { officer_id: id, body, keys }, lent))
        })?;
        // The tokens are dead from the commit on; their copies of the key are opened by nobody without the tokens.
        for name in lent {
            self.keyring()?.end_loan(&name)?;
        }
        Ok(closed)
    }
}
