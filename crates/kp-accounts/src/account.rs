//! An account: whose it is, in which state, and the secrets that only this crate reads.
//!
//! ```text
//! allowed moves   (none) -> invited -> open -> closed      closed -> invited (somebody comes back)
//! ```

use std::sync::Arc;

use anyhow::{Result, bail};
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_node::{Keyring, Node};
use kp_registry::{Officer, Role};
use kp_terms::ReadError;
use zeroize::Zeroizing;

use crate::{common::random, hashing::Hashing, passkey::Spent};

const ACCOUNT_BY_OFFICER: Sql = sql!("account_by_officer");
const ACCOUNTS: Sql = sql!("accounts");
const RECORD_ACCOUNT: Sql = sql!("record_account");
const SET_STATE: Sql = sql!("set_state");

/// Where an account is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A code is out; nobody can sign in yet.
    Invited,
    /// Its officer signs in with it.
    Open,
    /// Nobody signs in with it any more.
    Closed,
}

impl State {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl std::str::FromStr for State {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        [Self::Invited, Self::Open, Self::Closed]
            .into_iter()
            .find(|state| state.word() == text)
            .ok_or_else(|| ReadError::new(format!("{text:?} is not a state of an account")))
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub officer_id: String,
    /// Where it is in its life.
    pub state: State,
    /// When the password was chosen.
    pub password_set_at: Option<Timestamp>,
    /// When the state last changed.
    pub since: Timestamp,
    pub(crate) password: Option<String>,
    pub(crate) factor: Option<Vec<u8>>,
    pub(crate) factor_step: i64,
}

/// The accounts of a node.
pub struct Accounts {
    pub(crate) node: Arc<Node>,
    pub(crate) secret: Zeroizing<[u8; 32]>,
    pub(crate) hashing: Hashing,
    pub(crate) spent: Spent,
}

impl Accounts {
    /// The accounts of an open node. A node without a folder (in tests) seals under a secret that ends with the process.
    ///
    /// # Errors
    /// Where the folder's secret cannot be read or made.
    pub fn of(node: Arc<Node>) -> Result<Self> {
        let secret = match node.keyring() {
            Some(keyring) => keyring.accounts_secret()?,
            None => Zeroizing::new(random()?),
        };
        let pepper = Zeroizing::new(crate::common::sha256(&[b"kpcs pepper", secret.as_slice()]));
        Ok(Self { node, hashing: Hashing::new(pepper)?, secret, spent: Spent::default() })
    }

    /// Whether anybody signs in here: from then on what could be done with a passphrase alone needs an account.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn any_open(&self) -> Result<bool> {
        Ok(self.all()?.iter().any(|account| account.state == State::Open))
    }

    /// All accounts, by officer.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn all(&self) -> Result<Vec<Account>> {
        self.node.db().read(|tx| tx.rows(ACCOUNTS, &[], account))
    }

    /// The account of an officer.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn of_officer(&self, officer_id: &str) -> Result<Option<Account>> {
        self.node.db().read(|tx| by_officer(tx, officer_id))
    }

    /// Seals a secret that this folder has to be able to read again, bound to what it is about.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<Vec<u8>> {
        crate::seal::seal(&self.secret, about, plain)
    }

    /// Opens what [`Accounts::seal`] sealed; none where it was altered or is about something else.
    ///
    /// # Errors
    /// Where the key is refused.
    pub fn unseal(&self, about: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
        crate::seal::open(&self.secret, about, sealed)
    }

    pub(crate) fn keyring(&self) -> Result<&Keyring> {
        match self.node.keyring() {
            Some(keyring) => Ok(keyring),
            None => bail!("this node has no key folder, so nobody can sign in here"),
        }
    }
}

pub(crate) fn by_officer(tx: &mut Tx<'_>, officer_id: &str) -> Result<Option<Account>> {
    tx.optional(ACCOUNT_BY_OFFICER, &[officer_id.into()], account)
}

pub(crate) fn record(tx: &mut Tx<'_>, officer_id: &str, state: State, now: Timestamp) -> Result<()> {
    tx.execute(RECORD_ACCOUNT, &[officer_id.into(), state.word().into(), (&now.to_string()).into()])?;
    Ok(())
}

pub(crate) fn set_state(tx: &mut Tx<'_>, officer_id: &str, state: State, now: Timestamp) -> Result<()> {
    tx.execute(SET_STATE, &[officer_id.into(), state.word().into(), (&now.to_string()).into()])?;
    Ok(())
}

fn account(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        officer_id: row.get(0)?,
        state: row.word(1)?,
        password: row.get(2)?,
        password_set_at: row.optional_word(3)?,
        factor: row.get(4)?,
        factor_step: row.get(5)?,
        since: row.word(6)?,
    })
}

/// The body that an officer's id belongs to: the registry gives ids of `XA` the beginning `xa-`.
pub(crate) fn body_of(officer_id: &str) -> String {
    match officer_id.split_once('-') {
        Some(("scheme", _)) => "scheme".to_owned(),
        Some((code, _)) => code.to_uppercase(),
        None => String::new(),
    }
}

kp_terms::refusals! {
    /// Why somebody does not look after this account.
    pub enum NotTheirs {
        /// Another body's, or not an administrator.
        NotAdministrator { by: String, of: String } = "not_administrator_of_account",
            "{by} does not look after the account of {of}: an administrator of the same participant does, and the secretariat for the scheme and for a participant's first administrator", "security 6: accounts are the administrator's, acts are not";
    }
}

/// An administrator looks after the accounts of its own participant; the secretariat after the scheme's and administrators'.
pub(crate) fn looks_after(by: &Officer, officer_id: &str, target: Option<&Officer>) -> Result<(), NotTheirs> {
    let body = target.map_or_else(|| body_of(officer_id), |target| target.body.clone());
    let own = by.body == body && by.roles.contains(&Role::Administrator);
    let is_secretariat = by.body == "scheme" && by.roles.contains(&Role::Secretariat);
    let administers = target.is_some_and(|target| target.roles.contains(&Role::Administrator));
    if own || (is_secretariat && (body == "scheme" || administers)) {
        Ok(())
    } else {
        Err(NotTheirs::NotAdministrator { by: by.id.clone(), of: officer_id.to_owned() })
    }
}
