//! An account begins with an invitation: a code that serves once and for three days.
//!
//! No default accounts, nobody signs up (security 6). The administrator gives the code to the person and to nobody else; what
//! the person then chooses, no administrator learns.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_db::{Sql, Tx, sql};
use kp_log::Failure;
use kp_registry::Officer;
use kp_terms::{Refuse, sentence};

use crate::{
    Account, Accounts, Code, State,
    account::{self, body_of, looks_after},
    code, trail,
};

const RECORD_INVITATION: Sql = sql!("record_invitation");
const INVITATION_BY_HASH: Sql = sql!("invitation_by_hash");
const INVITATIONS_OPEN: Sql = sql!("invitations_open");
const END_INVITATIONS: Sql = sql!("end_invitations");

/// How long a code serves. Ours: over a weekend, not longer.
const SERVES: SignedDuration = SignedDuration::from_hours(72);

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A first account, or one that was closed.
    Join,
    /// A new second factor; the password stays.
    NewFactor,
    /// A new password, and therefore a new key.
    NewPassword,
}

impl Purpose {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::NewFactor => "new_factor",
            Self::NewPassword => "new_password",
        }
    }
}

impl std::str::FromStr for Purpose {
    type Err = kp_terms::ReadError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Join, Self::NewFactor, Self::NewPassword]
            .into_iter()
            .find(|purpose| purpose.word() == text)
            .ok_or_else(|| kp_terms::ReadError::new(format!("{text:?} is not what a code is for")))
    }
}

/// A code that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// For whom.
    pub officer_id: String,
    /// For what.
    pub purpose: Purpose,
    /// By whom.
    pub issued_by: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A code just issued: shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The code.
    pub code: Code,
    /// For whom, by whom, until when.
    pub invitation: Invitation,
}

kp_terms::refusals! {
    /// Why nobody is invited.
    pub enum Refusal {
        /// The id is none of an officer.
        NotAnId { id: String } = "not_an_officer_id", "{id:?} cannot be an officer's id; it is lower case and begins with the participant's code, for example xa-clerk-1", "one id, one person";
        /// There is an account.
        HasAccount { id: String } = "account_is_open", "{id} has an account; a lost password or second factor is recovered, not invited again", "security 6: no second way in";
    }
}

impl Accounts {
    /// Invites an officer, named already or about to be. An earlier code of the same officer serves no more.
    ///
    /// # Errors
    /// Refuses where the one who invites does not look after that account, or it is open; fails where the database does.
    pub fn invite(&self, by: &Officer, officer_id: &str, now: Timestamp) -> Result<Issued, Failure> {
        self.node.db().write("invite an officer", |tx| {
            let target = kp_registry::officer_by_id(tx, officer_id)?;
            let existing = account::by_officer(tx, officer_id)?;
            decide(by, officer_id, target.as_ref(), existing.as_ref())?;
            account::record(tx, officer_id, State::Invited, now)?;
            Ok(issue(tx, officer_id, Purpose::Join, &by.id, now)?)
        })
    }

    /// The codes that are out and still serve.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn invitations(&self, now: Timestamp) -> Result<Vec<Invitation>> {
        self.node.db().read(|tx| {
            tx.rows(INVITATIONS_OPEN, &[(&now.to_string()).into()], |row| {
                Ok(Invitation {
                    officer_id: row.get(0)?,
                    purpose: row.word(1)?,
                    issued_by: row.get(2)?,
                    expires_at: row.word(3)?,
                })
            })
        })
    }
}

fn decide(
    by: &Officer,
    officer_id: &str,
    target: Option<&Officer>,
    existing: Option<&Account>,
) -> Result<(), Box<dyn Refuse>> {
    let plain = officer_id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain || officer_id.len() > 40 || body_of(officer_id).is_empty() {
        return Err(Refusal::NotAnId { id: officer_id.to_owned() }.into());
    }
    // Whoever has opened the own key with its passphrase begins the own account: the first administrator has nobody above.
    if by.id != officer_id {
        looks_after(by, officer_id, target)?;
    }
    if existing.is_some_and(|account| account.state == State::Open) {
        return Err(Refusal::HasAccount { id: officer_id.to_owned() }.into());
    }
    Ok(())
}

/// Issues a code, and ends those of the same officer that are out.
pub(crate) fn issue(
    tx: &mut Tx<'_>,
    officer_id: &str,
    purpose: Purpose,
    by: &str,
    now: Timestamp,
) -> Result<Issued> {
    let code = Code::draw()?;
    let expires_at = now.checked_add(SERVES)?;
    tx.execute(END_INVITATIONS, &[officer_id.into(), (&now.to_string()).into()])?;
    tx.execute(
        RECORD_INVITATION,
        &[
            code::hash(&code.to_string(), "").as_slice().into(),
            officer_id.into(),
            purpose.word().into(),
            by.into(),
            (&now.to_string()).into(),
            (&expires_at.to_string()).into(),
        ],
    )?;
    let detail = match purpose {
        Purpose::Join => sentence!("trail-detail-code-join", "a code for a first account"),
        Purpose::NewFactor => sentence!("trail-detail-code-factor", "a code for a new second factor"),
        Purpose::NewPassword => {
            sentence!("trail-detail-code-password", "a code for a new password and a new key")
        }
    };
    trail::add(tx, now, by, "invited", officer_id, detail)?;
    let invitation =
        Invitation { officer_id: officer_id.to_owned(), purpose, issued_by: by.to_owned(), expires_at };
    Ok(Issued { code, invitation })
}

/// The invitation of a code that still serves.
pub(crate) fn of_code(tx: &mut Tx<'_>, typed: &str, now: Timestamp) -> Result<Option<Invitation>> {
    let found: Option<(Invitation, Option<String>)> =
        tx.optional(INVITATION_BY_HASH, &[code::hash(typed, "").as_slice().into()], |row| {
            let invitation = Invitation {
                officer_id: row.get(0)?,
                purpose: row.word(1)?,
                issued_by: row.get(2)?,
                expires_at: row.word(3)?,
            };
            Ok((invitation, row.get(4)?))
        })?;
    Ok(found
        .and_then(|(invitation, used)| (used.is_none() && invitation.expires_at > now).then_some(invitation)))
}

/// Ends every code of an officer.
pub(crate) fn end_all(tx: &mut Tx<'_>, officer_id: &str, now: Timestamp) -> Result<()> {
    tx.execute(END_INVITATIONS, &[officer_id.into(), (&now.to_string()).into()])?;
    Ok(())
}
