//! Answers kept under the name that a program gave its request (`Idempotency-Key`), so that asking again does nothing twice.
//!
//! A name is its officer's own and is kept for a week. For an act the answer is kept in the act's own transaction. For
//! anything else the name is taken first and the answer added after: if power fails between, the name stays taken without an
//! answer, and whoever asks again is told to look, because nobody knows.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_db::{Sql, Tx, sql};
use kp_node::{Once, Receipt};

const ANSWER_BY_NAME: Sql = sql!("answer_by_name");
const RECORD_ANSWER: Sql = sql!("record_answer");
const SET_ANSWER: Sql = sql!("set_answer");
const DROP_ANSWER: Sql = sql!("drop_answer");
const DROP_OLD_ANSWERS: Sql = sql!("drop_old_answers");

/// How long an answer is kept. Ours: a week outlasts any outage that a program waits for.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A request under a name.
#[derive(Debug, Clone)]
pub struct Named {
    /// Who asks.
    pub officer_id: String,
    /// The name given.
    pub name: String,
    /// SHA-256 of what is asked.
    pub request: [u8; 32],
}

/// What is known under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: it is new.
    New,
    /// The answer.
    Answered {
        /// HTTP status.
        status: u16,
        /// Its JSON.
        answer: String,
    },
    /// Begun, and no answer kept.
    Begun,
    /// Another request had this name.
    Other,
}

impl Named {
    /// What is known under the name.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn known(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<Known> {
        let read = |row: &kp_db::Row<'_>| {
            let request: Vec<u8> = row.get(0)?;
            Ok((request, row.get::<i64>(1)?, row.get::<String>(2)?, row.word::<Timestamp>(3)?))
        };
        let kept = tx.optional(ANSWER_BY_NAME, &[(&self.officer_id).into(), (&self.name).into()], read)?;
        Ok(match kept {
            None => Known::New,
            // Its week is over, whether or not anybody has swept yet.
            Some((.., at)) if at < now.checked_sub(KEPT_FOR)? => Known::New,
            Some((request, ..)) if request != self.request => Known::Other,
            Some((_, 0, ..)) => Known::Begun,
            Some((_, status, answer, _)) => Known::Answered { status: u16::try_from(status)?, answer },
        })
    }

    /// Takes the name, where it is free; what is known under it, as it was before.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn begin(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<Known> {
        drop_old(tx, now)?;
        let known = self.known(tx, now)?;
        if known == Known::New {
            self.record(tx, 0, "", now)?;
        }
        Ok(known)
    }

    /// Keeps the answer to what was begun.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn answered(&self, tx: &mut Tx<'_>, status: u16, answer: &str) -> Result<()> {
        let row = [(&self.officer_id).into(), (&self.name).into(), i64::from(status).into(), answer.into()];
        tx.execute(SET_ANSWER, &row)?;
        Ok(())
    }

    /// What was begun was refused: the name is free again.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn refused(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(DROP_ANSWER, &[(&self.officer_id).into(), (&self.name).into()])?;
        Ok(())
    }

    fn record(&self, tx: &mut Tx<'_>, status: u16, answer: &str, now: Timestamp) -> Result<()> {
        let at = now.to_string();
        let row = [
            (&self.officer_id).into(),
            (&self.name).into(),
            self.request.as_slice().into(),
            i64::from(status).into(),
            answer.into(),
            (&at).into(),
        ];
        tx.execute(RECORD_ANSWER, &row)?;
        Ok(())
    }
}

fn drop_old(tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
    tx.execute(DROP_OLD_ANSWERS, &[(&now.checked_sub(KEPT_FOR)?.to_string()).into()])?;
    Ok(())
}

/// An act under a name: its answer is kept in its own transaction.
pub struct NamedAct<'a> {
    /// The name.
    pub named: &'a Named,
    /// When it is asked for.
    pub now: Timestamp,
    /// How a door writes a receipt down: status and JSON.
    pub answer: &'a dyn Fn(&Receipt) -> Result<(u16, String)>,
}

impl Once for NamedAct<'_> {
    fn is_new(&self, tx: &mut Tx<'_>) -> Result<bool> {
        drop_old(tx, self.now)?;
        Ok(self.named.known(tx, self.now)? == Known::New)
    }

    fn keep(&self, tx: &mut Tx<'_>, receipt: &Receipt) -> Result<()> {
        let (status, answer) = (self.answer)(receipt)?;
        self.named.record(tx, status, &answer, self.now)
    }
}
