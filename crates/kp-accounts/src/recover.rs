//! Recovery: a lost second factor, or a lost password. Three people and a day.
//!
//! The administrator starts it; another officer, who has seen the person, confirms it; for a day the officer can object, and
//! every page of theirs says so; then a code can be fetched. A password cannot be reset: it opens the key, and nobody else
//! knows it. Who lost it gets a new key, and the administrator withdraws the old one (security 7). An attacker who talks one
//! person into it gets nothing.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_db::{Row, Sql, Tx, sql};
use kp_log::Failure;
use kp_registry::Officer;
use kp_terms::{ReadError, Refuse, Sentence, sentence};

use crate::{
    Accounts, Issued, Purpose, State,
    account::{self, Account, looks_after},
    common::random,
    invite, trail,
};

const RECORD_RECOVERY: Sql = sql!("record_recovery");
const RECOVERIES: Sql = sql!("recoveries");
const CONFIRM_RECOVERY: Sql = sql!("confirm_recovery");
const END_RECOVERY: Sql = sql!("end_recovery");

/// How long the officer can object. Ours (security 6: no change within 24 hours makes a second person).
pub const WAIT: SignedDuration = SignedDuration::from_hours(24);

/// What was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The second factor.
    Factor,
    /// The password, and with it the key.
    Password,
}

impl Kind {
    /// The word in tables and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Password => "password",
        }
    }

    /// The word as the trail says it.
    fn in_words(self) -> Sentence {
        match self {
            Self::Factor => sentence!("trail-detail-lost-factor", "factor"),
            Self::Password => sentence!("trail-detail-lost-password", "password"),
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        [Self::Factor, Self::Password].into_iter().find(|kind| kind.word() == text).ok_or_else(|| {
            ReadError::new(format!("{text:?} is not what can be lost: write factor or password"))
        })
    }
}

/// A recovery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Short id.
    pub id: String,
    /// Whose.
    pub officer_id: String,
    /// What was lost.
    pub kind: Kind,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
    /// Who saw the person.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<Timestamp>,
    /// From when the code can be fetched.
    pub ready_at: Option<Timestamp>,
    /// `done` or `stopped`.
    pub ended: Option<String>,
}

kp_terms::refusals! {
    /// Why a recovery does not go on.
    pub enum Refusal {
        /// Nothing to recover.
        NoAccount { id: String } = "no_open_account", "{id} has no open account to recover; invite the officer", "security 6: no second way in";
        /// One is under way.
        UnderWay { id: String } = "recovery_under_way", "a recovery of {id} is under way already; stop it first, or go on with it", "one at a time";
        /// Nobody recovers the own account.
        Own { id: String } = "own_recovery", "{id} cannot start or confirm the recovery of the own account", "security 6: two other persons";
        /// No such recovery, or ended.
        NoSuchRecovery = "no_such_recovery", "there is no such recovery under way", "security 6";
        /// The same person twice.
        SamePerson { id: String } = "recovery_same_person", "{id} started this recovery; another officer, who has seen the person, confirms it", "security 6: two other persons";
        /// A stranger.
        OtherBody { id: String } = "recovery_other_body", "{id} serves another body and cannot have seen the person at work", "security 6: two other persons";
        /// Not confirmed, or too early.
        NotReady { when: String } = "recovery_not_ready", "the code cannot be fetched yet: {when}", "the officer can object for a day (ours)";
        /// Neither the officer nor an administrator.
        NotYours { id: String } = "recovery_not_yours", "{id} can neither stop this recovery nor fetch its code", "security 6";
    }
}

impl Accounts {
    /// Starts a recovery.
    ///
    /// # Errors
    /// Refuses where the signer does not look after that account, or there is none; fails where the database does.
    pub fn start_recovery(
        &self,
        by: &Officer,
        officer_id: &str,
        kind: Kind,
        now: Timestamp,
    ) -> Result<String, Failure> {
        self.node.db().write("start a recovery", |tx| {
            let target = kp_registry::officer_by_id(tx, officer_id)?;
            let existing = account::by_officer(tx, officer_id)?;
            let under_way = all(tx)?.iter().any(|r| r.officer_id == officer_id && r.ended.is_none());
            decide_start(by, officer_id, target.as_ref(), existing.as_ref(), under_way)?;
            let id = kp_sign::hex(&random::<6>()?);
            tx.execute(
                RECORD_RECOVERY,
                &[
                    (&id).into(),
                    officer_id.into(),
                    kind.word().into(),
                    (&by.id).into(),
                    (&now.to_string()).into(),
                ],
            )?;
            trail::add(tx, now, &by.id, "recovery_started", officer_id, kind.in_words())?;
            Ok(id)
        })
    }

    /// Confirms that the person was seen. The day begins.
    ///
    /// # Errors
    /// Refuses where the signer started it, is the officer, or serves another body; fails where the database does.
    pub fn confirm_recovery(&self, by: &Officer, id: &str, now: Timestamp) -> Result<(), Failure> {
        self.node.db().write("confirm a recovery", |tx| {
            let recovery = under_way(tx, id)?;
            let target = kp_registry::officer_by_id(tx, &recovery.officer_id)?;
            decide_confirm(by, &recovery, target.as_ref())?;
            let ready = now.checked_add(WAIT).map_err(anyhow::Error::from)?;
            let (at, ready) = (now.to_string(), ready.to_string());
            tx.execute(CONFIRM_RECOVERY, &[id.into(), (&by.id).into(), (&at).into(), (&ready).into()])?;
            Ok(trail::add(
                tx,
                now,
                &by.id,
                "recovery_confirmed",
                &recovery.officer_id,
                sentence!("trail-detail-seen", "the person was seen"),
            )?)
        })
    }

    /// Stops a recovery: the officer, who still has everything; or an administrator.
    ///
    /// # Errors
    /// Refuses where there is none or the signer is a stranger; fails where the database does.
    pub fn stop_recovery(&self, by: &Officer, id: &str, now: Timestamp) -> Result<(), Failure> {
        self.node.db().write("stop a recovery", |tx| {
            let recovery = under_way(tx, id)?;
            let target = kp_registry::officer_by_id(tx, &recovery.officer_id)?;
            if by.id != recovery.officer_id && looks_after(by, &recovery.officer_id, target.as_ref()).is_err()
            {
                return Err(Failure::refused(Refusal::NotYours { id: by.id.clone() }));
            }
            end(tx, id, "stopped", &by.id, now)?;
            invite::end_all(tx, &recovery.officer_id, now)?;
            Ok(trail::add(tx, now, &by.id, "recovery_stopped", &recovery.officer_id, "")?)
        })
    }

    /// Fetches the code, once, after the day.
    ///
    /// # Errors
    /// Refuses where it is not confirmed or too early; fails where the database does.
    pub fn fetch_recovery_code(&self, by: &Officer, id: &str, now: Timestamp) -> Result<Issued, Failure> {
        self.node.db().write("fetch a recovery code", |tx| {
            let recovery = under_way(tx, id)?;
            let target = kp_registry::officer_by_id(tx, &recovery.officer_id)?;
            looks_after(by, &recovery.officer_id, target.as_ref()).map_err(Failure::refused)?;
            if by.id == recovery.officer_id {
                return Err(Failure::refused(Refusal::Own { id: by.id.clone() }));
            }
            match recovery.ready_at {
                None => Err(not_ready("another officer has to confirm first".to_owned())),
                Some(ready) if now < ready => Err(not_ready(format!("from {ready} on"))),
                Some(_) => {
                    let purpose = match recovery.kind {
                        Kind::Factor => Purpose::NewFactor,
                        Kind::Password => Purpose::NewPassword,
                    };
                    end(tx, id, "done", &by.id, now)?;
                    Ok(invite::issue(tx, &recovery.officer_id, purpose, &by.id, now)?)
                }
            }
        })
    }

    /// All recoveries, the newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn recoveries(tx: &mut Tx<'_>) -> Result<Vec<Recovery>> {
        all(tx)
    }
}

fn decide_start(
    by: &Officer,
    officer_id: &str,
    target: Option<&Officer>,
    existing: Option<&Account>,
    under_way: bool,
) -> Result<(), Box<dyn Refuse>> {
    let id = officer_id.to_owned();
    if by.id == officer_id {
        return Err(Refusal::Own { id }.into());
    }
    looks_after(by, officer_id, target)?;
    if existing.is_none_or(|account| account.state != State::Open) {
        return Err(Refusal::NoAccount { id }.into());
    }
    if under_way {
        return Err(Refusal::UnderWay { id }.into());
    }
    Ok(())
}

fn decide_confirm(
    by: &Officer,
    recovery: &Recovery,
    target: Option<&Officer>,
) -> Result<(), Box<dyn Refuse>> {
    let id = by.id.clone();
    if by.id == recovery.officer_id {
        return Err(Refusal::Own { id }.into());
    }
    if by.id == recovery.started_by {
        return Err(Refusal::SamePerson { id }.into());
    }
    // A trader's person comes to the desk and does not belong to it.
    if by.is_trader() || target.is_none_or(|target| target.body != by.body) {
        return Err(Refusal::OtherBody { id }.into());
    }
    if recovery.confirmed_by.is_some() {
        return Err(Refusal::NoSuchRecovery.into());
    }
    Ok(())
}

fn not_ready(when: String) -> Failure {
    Failure::refused(Refusal::NotReady { when })
}

fn under_way(tx: &mut Tx<'_>, id: &str) -> Result<Recovery, Failure> {
    let found = all(tx)?.into_iter().find(|recovery| recovery.id == id && recovery.ended.is_none());
    found.ok_or_else(|| Failure::refused(Refusal::NoSuchRecovery))
}

fn end(tx: &mut Tx<'_>, id: &str, how: &str, by: &str, now: Timestamp) -> Result<()> {
    tx.execute(END_RECOVERY, &[id.into(), how.into(), by.into(), (&now.to_string()).into()])?;
    Ok(())
}

/// Ends whatever is under way for an officer who leaves.
pub(crate) fn end_of(tx: &mut Tx<'_>, officer_id: &str, by: &str, now: Timestamp) -> Result<()> {
    for recovery in all(tx)?.iter().filter(|r| r.officer_id == officer_id && r.ended.is_none()) {
        end(tx, &recovery.id, "stopped", by, now)?;
    }
    Ok(())
}

fn all(tx: &mut Tx<'_>) -> Result<Vec<Recovery>> {
    tx.rows(RECOVERIES, &[], recovery)
}

fn recovery(row: &Row<'_>) -> Result<Recovery> {
    Ok(Recovery {
        id: row.get(0)?,
        officer_id: row.get(1)?,
        kind: row.word(2)?,
        started_by: row.get(3)?,
        started_at: row.word(4)?,
        confirmed_by: row.get(5)?,
        confirmed_at: row.optional_word(6)?,
        ready_at: row.optional_word(7)?,
        ended: row.get(8)?,
    })
}
