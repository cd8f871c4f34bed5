//! Append a statement: sign, store, commit to the tree, sign the new head. All in the caller's transaction.
//!
//! What is true if power fails: before the commit returns, nothing of this exists; after, the statement, its entry,
//! the new head and the caller's table changes all exist. There is no state between.

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use kp_db::{Sql, Tx, sql};
use kp_tlog::{Checkpoint, Frontier};

use crate::{
    Appended, Desk, Entry, Failure, LogOwner, Signer, Statement,
    entry::hash_of,
    log_opened::{Continued, LogOpened},
    statement::{Payload, VERSION},
};

const HEAD_OF_LOG: Sql = sql!("head_of_log");
const LAST_LOG_OF_OWNER: Sql = sql!("last_log_of_owner");
const LAST_POSITION: Sql = sql!("last_position");
const LAST_ABOUT_SUBJECT: Sql = sql!("last_about_subject");
const RECORD_STATEMENT: Sql = sql!("record_statement");
const RECORD_ENTRY: Sql = sql!("record_entry");
const OPEN_HEAD: Sql = sql!("open_head");
const MOVE_HEAD: Sql = sql!("move_head");

/// A desk clock may lag the log by this much (two desks' clocks differ); more is refused.
const LAG_FORGIVEN: SignedDuration = SignedDuration::from_mins(5);

kp_terms::refusals! {
    /// Why a statement is not appended.
    pub enum Refusal {
        /// The clock went back.
        ClockBehindLog { now: Timestamp, last: Timestamp } = "clock_behind_log",
            "this desk's clock says {now}, but the log already holds an act of {last}; set the clock right before going on",
            "entry times never decrease (R09)";
    }
}

/// Appends a statement to its owner's log of the current year, opening that log where needed.
///
/// # Errors
/// Refuses where the clock lies behind the log by more than five minutes; fails where the database does.
pub fn append<S: Statement>(tx: &mut Tx<'_>, desk: &Desk<'_>, statement: &S) -> Result<Entry, Failure> {
    let owner = statement.owner();
    let year = desk.today().year();
    let log_id = owner.log_id(year);
    let head = match head_of(tx, &log_id)? {
        Some(head) => head,
        None => open_log(tx, desk, owner, year, &log_id)?,
    };
    let at = time_of_entry(desk.now, head.last_at)?;
    Ok(put(tx, desk, desk.signer, statement, &log_id, head, at)?)
}

struct Head {
    frontier: Frontier,
    last_at: Timestamp,
}

fn head_of(tx: &mut Tx<'_>, log_id: &str) -> Result<Option<Head>> {
    tx.optional(HEAD_OF_LOG, &[log_id.into()], |row| {
        let frontier = Frontier::from_bytes(&row.get::<Vec<u8>>(1)?)
            .with_context(|| format!("the head of log {log_id} is damaged; run `kpcs log verify`"))?;
        Ok(Head { frontier, last_at: row.word(2)? })
    })
}

/// The time written into the entry: the desk's clock, or the last entry's time where the clock lags a little.
fn time_of_entry(now: Timestamp, last: Timestamp) -> Result<Timestamp, Failure> {
    if now >= last {
        return Ok(now);
    }
    if last.duration_since(now) <= LAG_FORGIVEN {
        return Ok(last);
    }
    Err(Failure::refused(Refusal::ClockBehindLog { now, last }))
}

fn open_log(tx: &mut Tx<'_>, desk: &Desk<'_>, owner: LogOwner, year: i16, log_id: &str) -> Result<Head> {
    let continues = tx.optional(LAST_LOG_OF_OWNER, &[(&owner.to_string()).into()], |row| {
        let frontier = Frontier::from_bytes(&row.get::<Vec<u8>>(1)?)?;
        Ok(Continued { log_id: row.get(0)?, size: frontier.size(), root: frontier.root().to_base64() })
    })?;
    let node = &desk.node.signer;
    let opened = LogOpened {
        log_id: log_id.to_owned(),
        owner: owner.to_string(),
        node: node.id.clone(),
        node_key: kp_sign::hex(&node.key.public().to_bytes()),
        checkpoint_key: desk.node.checkpoint_key(log_id)?.verifier_key().to_string(),
        continues,
    };
    let empty = Head { frontier: Frontier::new(), last_at: desk.now };
    tx.execute(
        OPEN_HEAD,
        &[
            log_id.into(),
            (&owner.to_string()).into(),
            i64::from(year).into(),
            (&empty.frontier.to_bytes()).into(),
            (&desk.now.to_string()).into(),
        ],
    )?;
    put(tx, desk, node, &opened, log_id, empty, desk.now)?;
    head_of(tx, log_id)?.context("a log that was just opened has a head")
}

/// Signs and stores one statement at the end of a log.
fn put<S: Statement>(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    signer: &Signer,
    statement: &S,
    log_id: &str,
    head: Head,
    at: Timestamp,
) -> Result<Entry> {
    let signed = sign(signer, statement, at)?;
    let position = u64::try_from(tx.one(LAST_POSITION, &[], |row| row.get::<i64>(0))?)? + 1;
    let mut frontier = head.frontier;
    let entry = Entry::from_signed(position, log_id.to_owned(), frontier.size(), &signed)?;
    let leaf = entry.leaf(last_about(tx, &entry.subject)?).to_bytes()?;
    let leaf_hash = hash_of(&leaf);
    frontier.append(leaf_hash);
    let checkpoint = Checkpoint::new(log_id, frontier.size(), frontier.root())?
        .sign(&desk.node.checkpoint_key(log_id)?)?;

    let place = i64::try_from(position)?;
    let hash = entry.statement_hash.as_slice();
    tx.execute(RECORD_STATEMENT, &[place.into(), hash.into(), (&entry.kind).into(), (&signed).into()])?;
    tx.execute(
        RECORD_ENTRY,
        &[
            place.into(),
            log_id.into(),
            i64::try_from(entry.entry_number)?.into(),
            (&entry.subject).into(),
            (&leaf).into(),
            leaf_hash.as_bytes().as_slice().into(),
        ],
    )?;
    tx.execute(
        MOVE_HEAD,
        &[
            log_id.into(),
            i64::try_from(frontier.size())?.into(),
            (&frontier.to_bytes()).into(),
            (&at.to_string()).into(),
            (&checkpoint).into(),
        ],
    )?;
    desk.note(Appended {
        log_id: log_id.to_owned(),
        entry_number: entry.entry_number,
        leaf_hash,
        checkpoint,
    });
    Ok(entry)
}

fn sign<S: Statement>(signer: &Signer, statement: &S, at: Timestamp) -> Result<Vec<u8>> {
    let owner = statement.owner().to_string();
    let payload = kp_sign::to_canonical(&Payload {
        v: VERSION,
        kind: S::KIND.to_owned(),
        owner: owner.clone(),
        at: at.to_string(),
        body: statement,
    })?;
    Ok(kp_sign::sign(&payload, &owner, &statement.subject(), at.as_second(), &signer.key)?)
}

fn last_about(tx: &mut Tx<'_>, subject: &str) -> Result<u64> {
    if subject.is_empty() {
        return Ok(0);
    }
    Ok(u64::try_from(tx.one(LAST_ABOUT_SUBJECT, &[subject.into()], |row| row.get::<i64>(0))?)?)
}
