//! The outbox: everything that leaves the house by mail or webhook, with what became of it.
//!
//! ```text
//! waiting -> sending -> sent
//!                    -> failed (tried again later) -> sending ...
//!                    -> given_up
//! ```
//! A row is durable as `sending` before the other side is spoken to. Where the node stops in between, nobody knows whether it
//! arrived: the row becomes `failed` and doubtful, is sent again under the same name, and says that it may come twice. So
//! nothing is lost, and nothing is doubled in silence.

use std::{fmt, str::FromStr};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kp_db::{Row, Sql, Tx, sql};
use kp_terms::ReadError;

use crate::Refused;

const LAST_OUTBOX: Sql = sql!("last_outbox");
const RECORD_OUTBOX: Sql = sql!("record_outbox");
const OUTBOX_DUE: Sql = sql!("outbox_due");
const OUTBOX_BY_ID: Sql = sql!("outbox_by_id");
const OUTBOX: Sql = sql!("outbox");
const BEGIN_SENDING: Sql = sql!("begin_sending");
const SET_OUTCOME: Sql = sql!("set_outcome");
const DOUBT_SENDING: Sql = sql!("doubt_sending");
const TRY_AGAIN: Sql = sql!("try_again");

/// Minutes to wait after each try; after the last it is given up. Ours: four days in all.
pub const WAITS: [i64; 9] = [1, 5, 15, 60, 240, 720, 1440, 1440, 1440];

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not tried yet.
    Waiting,
    /// Being sent at this moment.
    Sending,
    /// The other side took it.
    Sent,
    /// Did not get through; it is tried again.
    Failed,
    /// Will not be tried again by itself.
    GivenUp,
}

impl State {
    /// All.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Sending, Self::Sent, Self::Failed, Self::GivenUp];

    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::GivenUp => "given_up",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for State {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let found = Self::ALL.into_iter().find(|state| state.word() == text);
        found.ok_or_else(|| ReadError::new(format!("{text:?} is no state of the outbox")))
    }
}

/// By which way something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// E-mail.
    Mail,
    /// A call to a program.
    Webhook,
}

impl Channel {
    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }
}

impl FromStr for Channel {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let found = [Self::Mail, Self::Webhook].into_iter().find(|channel| channel.word() == text);
        found.ok_or_else(|| ReadError::new(format!("{text:?} is no way out")))
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// 1, 2, 3 ...
    pub id: i64,
    /// By which way.
    pub channel: Channel,
    /// For whom.
    pub officer_id: String,
    /// E-mail address, or id of the webhook.
    pub target: String,
    /// Subject line, or kind of the event.
    pub subject: String,
    /// What is sent.
    pub body: String,
    /// The same at every try.
    pub sending_name: String,
    /// What became of it.
    pub state: State,
    /// How often it was tried.
    pub tries: i64,
    /// When it was written.
    pub made_at: Timestamp,
    /// Not tried before.
    pub next_at: Timestamp,
    /// The last try.
    pub tried_at: Option<Timestamp>,
    /// A try of which nobody knows whether it arrived.
    pub doubtful_at: Option<Timestamp>,
    /// When it was sent or given up.
    pub ended_at: Option<Timestamp>,
    /// What the other side said.
    pub last_answer: String,
}

/// What is to leave.
pub(crate) struct NewOutgoing<'a> {
    pub(crate) channel: Channel,
    pub(crate) officer_id: &'a str,
    pub(crate) target: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) body: &'a str,
}

/// Puts something into the outbox; its id.
pub(crate) fn put(tx: &mut Tx<'_>, new: &NewOutgoing<'_>, now: Timestamp) -> Result<i64> {
    let id: i64 = tx.one(LAST_OUTBOX, &[], |row| row.get::<i64>(0))? + 1;
    let (name, at) = (random_name()?, now.to_string());
    let row = [
        id.into(),
        new.channel.word().into(),
        new.officer_id.into(),
        new.target.into(),
        new.subject.into(),
        new.body.into(),
        (&name).into(),
        (&at).into(),
    ];
    tx.execute(RECORD_OUTBOX, &row)?;
    Ok(id)
}

pub(crate) fn random_name() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gave no random bytes: {e}"))?;
    Ok(kp_sign::hex(&bytes))
}

/// Whether a row is due.
pub(crate) fn is_due(tx: &mut Tx<'_>, now: Timestamp, has_mail: bool) -> Result<bool> {
    Ok(next_due(tx, now, has_mail)?.is_some())
}

fn next_due(tx: &mut Tx<'_>, now: Timestamp, has_mail: bool) -> Result<Option<Outgoing>> {
    let waits = if has_mail { "" } else { Channel::Mail.word() };
    tx.optional(OUTBOX_DUE, &[(&now.to_string()).into(), waits.into()], outgoing)
}

/// Takes the next row that is due and marks it as being sent. If power fails after this, the row is found again as
/// doubtful.
///
/// Mails wait where there is nobody to carry them.
pub(crate) fn begin_next(tx: &mut Tx<'_>, now: Timestamp, has_mail: bool) -> Result<Option<Outgoing>> {
    let at = now.to_string();
    let Some(due) = next_due(tx, now, has_mail)? else { return Ok(None) };
    tx.execute(BEGIN_SENDING, &[due.id.into(), (&at).into()])?;
    Ok(Some(Outgoing { tries: due.tries + 1, tried_at: Some(now), state: State::Sending, ..due }))
}

/// The other side took it.
pub(crate) fn sent(tx: &mut Tx<'_>, row: &Outgoing, answer: &str, now: Timestamp) -> Result<State> {
    outcome(tx, row, (State::Sent, row.next_at), (Some(now), None), answer)
}

/// It did not get through: tried again later, or given up where the other side will never take it or has had its chances.
pub(crate) fn failed(tx: &mut Tx<'_>, row: &Outgoing, refused: &Refused, now: Timestamp) -> Result<State> {
    let (answer, doubtful) = (refused.sentence.as_str(), refused.doubtful.then_some(now));
    let wait = usize::try_from(row.tries - 1).ok().and_then(|tries| WAITS.get(tries));
    match wait.filter(|_| !refused.for_good) {
        Some(minutes) => {
            let next = now.checked_add(SignedDuration::from_mins(*minutes))?;
            outcome(tx, row, (State::Failed, next), (None, doubtful), answer)
        }
        None => outcome(tx, row, (State::GivenUp, row.next_at), (Some(now), doubtful), answer),
    }
}

fn outcome(
    tx: &mut Tx<'_>,
    row: &Outgoing,
    (state, next_at): (State, Timestamp),
    (ended_at, doubtful_at): (Option<Timestamp>, Option<Timestamp>),
    answer: &str,
) -> Result<State> {
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let (next, ended, doubtful) = (next_at.to_string(), text(ended_at), text(doubtful_at));
    let row = [
        row.id.into(),
        state.word().into(),
        (&next).into(),
        ended.as_ref().into(),
        answer.into(),
        doubtful.as_ref().into(),
    ];
    tx.execute(SET_OUTCOME, &row)?;
    Ok(state)
}

/// At start: what was being sent when the node stopped may have arrived or not.
pub(crate) fn doubt(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    let why = "the node stopped while this was being sent: it may have arrived";
    tx.execute(DOUBT_SENDING, &[(&now.to_string()).into(), why.into()])
}

/// Rows before one, the newest first.
///
/// # Errors
/// Where the database fails.
pub fn before(tx: &mut Tx<'_>, id: i64, limit: u32) -> Result<Vec<Outgoing>> {
    tx.rows(OUTBOX, &[id.into(), i64::from(limit).into()], outgoing)
}

/// A row.
///
/// # Errors
/// Where the database fails.
pub fn by_id(tx: &mut Tx<'_>, id: i64) -> Result<Option<Outgoing>> {
    tx.optional(OUTBOX_BY_ID, &[id.into()], outgoing)
}

/// Somebody wants a row tried again at once, failed or given up. Whether there was one.
///
/// # Errors
/// Where the database fails.
pub fn try_again(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(TRY_AGAIN, &[id.into(), (&now.to_string()).into()])? > 0)
}

fn outgoing(row: &Row<'_>) -> Result<Outgoing> {
    Ok(Outgoing {
        id: row.get(0)?,
        channel: row.word(1)?,
        officer_id: row.get(2)?,
        target: row.get(3)?,
        subject: row.get(4)?,
        body: row.get(5)?,
        sending_name: row.get(6)?,
        state: row.word(7)?,
        tries: row.get(8)?,
        made_at: row.word(9)?,
        next_at: row.word(10)?,
        tried_at: row.optional_word(11)?,
        doubtful_at: row.optional_word(12)?,
        ended_at: row.optional_word(13)?,
        last_answer: row.get(14)?,
    })
}
