//! Passkeys: a second factor, or a way in of their own (docs/decisions/0018-passkeys-fresh-factors-mandates.md).
//!
//! Every passkey is discoverable and shows its owner (PIN, finger, face) each time. One whose authenticator gives a secret
//! (the `prf` extension) keeps a copy of the officer's key under that secret, and so opens the key without the password; one
//! that gives none proves who is there and opens nothing. The database alone opens nothing either way.

mod challenge;
mod new;
mod shown;
mod webauthn;

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::ReadError;

pub use challenge::{Ceremony, Purpose, Spent};
pub use new::NewPasskey;
pub use shown::Shown;
pub use webauthn::{Fault, Site};

use crate::{
    Accounts,
    common::{random, sha256},
    trail,
};

pub(crate) use shown::Right;

const PASSKEYS_OF_OFFICER: Sql = sql!("passkeys_of_officer");
const PASSKEY_BY_ID: Sql = sql!("passkey_by_id");
const END_PASSKEY: Sql = sql!("end_passkey");

/// What the authenticator is asked its secret about: the same at every node, because the secret is bound to the site.
pub const SECRET_ABOUT: &[u8; 32] = b"kpcs: the signing key, version 1";

/// Where the private half of a passkey is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// In one device, for good.
    Device,
    /// With a provider that copies it to the owner's devices.
    Synced,
}

impl Keeping {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Synced => "synced",
        }
    }
}

impl std::str::FromStr for Keeping {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        [Self::Device, Self::Synced]
            .into_iter()
            .find(|keeping| keeping.word() == text)
            .ok_or_else(|| ReadError::new(format!("{text:?} does not say where a passkey is kept")))
    }
}

/// A passkey as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// As the authenticator gave it.
    pub credential_id: Vec<u8>,
    /// Whose.
    pub officer_id: String,
    /// In the officer's words.
    pub name: String,
    /// The name of the site that it was made for and serves at.
    pub site: String,
    /// Where it is kept.
    pub keeping: Keeping,
    /// Whether it opens the signing key without the password.
    pub opens_key: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it last let somebody in or through.
    pub last_used_at: Option<Timestamp>,
    pub(crate) public_key: Vec<u8>,
    pub(crate) counter: i64,
}

impl Passkey {
    /// A short public name, for forms and files.
    pub fn handle(&self) -> String {
        handle(&self.credential_id)
    }

    pub(crate) fn loan(&self) -> String {
        loan(&self.credential_id)
    }
}

fn handle(credential_id: &[u8]) -> String {
    let hash = sha256(&[b"kpcs passkey", credential_id]);
    kp_sign::hex(hash.get(..16).unwrap_or(&hash))
}

/// The name of the copy of the key that lies under its secret.
fn loan(credential_id: &[u8]) -> String {
    format!("pk{}", handle(credential_id))
}

impl Accounts {
    /// What authenticators call the officer: says nothing to anybody else, and is the same for all of an officer's passkeys.
    pub fn user_handle(&self, officer_id: &str) -> [u8; 32] {
        sha256(&[b"kpcs passkey user", self.secret.as_slice(), officer_id.as_bytes()])
    }

    /// The passkeys of an officer that serve, in the order in which they were made.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn passkeys_of(tx: &mut Tx<'_>, officer_id: &str) -> Result<Vec<Passkey>> {
        tx.rows(PASSKEYS_OF_OFFICER, &[officer_id.into()], passkey)
    }

    /// Removes a passkey of the officer's own, by its handle. One that is not there is removed already.
    ///
    /// # Errors
    /// Where database or key folder fail.
    pub fn remove_passkey(&self, officer_id: &str, handle: &str, now: Timestamp) -> Result<()> {
        let removed = self.node.db().write("remove a passkey", |tx| {
            let own = Self::passkeys_of(tx, officer_id)?.into_iter().find(|p| p.handle() == handle);
            if let Some(own) = &own {
                end(tx, own, "removed", now)?;
                trail::add(tx, now, officer_id, "passkey_removed", officer_id, &own.name)?;
            }
            Ok::<_, anyhow::Error>(own)
        })?;
        // Ended before the copy goes: a file that stays behind is opened by nobody without the authenticator.
        match removed {
            Some(own) => self.keyring()?.end_loan(&own.loan()),
            None => Ok(()),
        }
    }
}

fn end(tx: &mut Tx<'_>, passkey: &Passkey, why: &str, now: Timestamp) -> Result<()> {
    let id = passkey.credential_id.as_slice();
    tx.execute(END_PASSKEY, &[id.into(), why.into(), (&now.to_string()).into()])?;
    Ok(())
}

/// Ends all passkeys of an officer; returns the names of the copies of the key that lay under them.
pub(crate) fn end_all(tx: &mut Tx<'_>, officer_id: &str, now: Timestamp) -> Result<Vec<String>> {
    let all = Accounts::passkeys_of(tx, officer_id)?;
    for passkey in &all {
        end(tx, passkey, "account", now)?;
    }
    Ok(all.iter().map(Passkey::loan).collect())
}

fn by_id(tx: &mut Tx<'_>, credential_id: &[u8]) -> Result<Option<Passkey>> {
    tx.optional(PASSKEY_BY_ID, &[credential_id.into()], passkey)
}

fn passkey(row: &Row<'_>) -> Result<Passkey> {
    let opens: String = row.get(7)?;
    Ok(Passkey {
        credential_id: row.get(0)?,
        officer_id: row.get(1)?,
        name: row.get(2)?,
        site: row.get(3)?,
        public_key: row.get(4)?,
        counter: row.get(5)?,
        keeping: row.word(6)?,
        opens_key: opens == "key",
        made_at: row.word(8)?,
        last_used_at: row.optional_word(9)?,
    })
}
