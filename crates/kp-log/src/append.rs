//! Append a statement: sign, store, commit to the tree, sign the new head. All in the caller's transaction.
//!
//! What is true if power fails: before the commit returns, nothing of this exists; after, the statement, its entry,
//! the new head and the caller's table changes all exist. There is no state between.

use anyhow::{Context, Result, ensure};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kp_db::{Sql, Tx, sql};
use kp_tlog::{Checkpoint, Frontier, Hash};

use crate::{
    Appended, Desk, Entry, Failure, LogName, LogOwner, OfficeName, Signer, Statement,
    entry::hash_of,
    log_opened::{Continued, LogOpened},
    statement::{Payload, VERSION},
};

const HEAD_OF_LOG: Sql = sql!("head_of_log");
const LAST_TIME: Sql = sql!("last_time");
const POSITION_OF_STATEMENT: Sql = sql!("position_of_statement");
const LAST_LOG_OF_OWNER: Sql = sql!("last_log_of_owner");
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
        /// The very same words, by the same person, in the same second.
        SaidAlready { position: u64 } = "said_already",
            "exactly this was signed by you in this very second and stands in the log at position {position}; once is enough",
            "one statement, one effect (T22)";
        /// An office speaks for its participant alone.
        NotOfThisOffice { office: OfficeName, owner: LogOwner } = "statement_not_of_this_office",
            "office {office} keeps no log of {owner}; this is done at the node of {owner}",
            "one log, one node (T35)";
    }
}

/// Appends a statement to its owner's log of the current year, opening that log where needed.
///
/// # Errors
/// Refuses where the clock lies behind the log by more than five minutes; fails where the database does.
pub fn append<S: Statement>(tx: &mut Tx<'_>, desk: &Desk<'_>, statement: &S) -> Result<Entry, Failure> {
    append_signed(tx, desk, statement.owner(), |at| sign(desk.signer, statement, at))
}

/// Appends bytes that are signed for the entry's own time: a certificate under the issuer's document key, or a statement.
///
/// # Errors
/// As [`append`]; and where the bytes do not belong into this owner's log at that time.
pub fn append_signed(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    owner: LogOwner,
    sign: impl FnOnce(Timestamp) -> Result<Vec<u8>>,
) -> Result<Entry, Failure> {
    let at = time_of_entry(tx, desk)?;
    // The year of the entry's own time, which may be a little after the desk's at the turn of a year.
    let year = TimeZone::UTC.to_datetime(at).year();
    let office = desk.node.office();
    if let Some(office) = office.as_ref().filter(|o| owner != LogOwner::Participant(o.participant())) {
        return Err(Failure::refused(Refusal::NotOfThisOffice { office: office.clone(), owner }));
    }
    let log_id = LogName { owner, office, year }.to_string();
    let frontier = match head_of(tx, desk, &log_id)? {
        Some(frontier) => frontier,
        None => open_log(tx, desk, owner, year, &log_id, at)?,
    };
    let signed = sign(at)?;
    let entry = put(tx, desk, &signed, &log_id, frontier)?;
    if (entry.owner, entry.at) != (owner, at) {
        return Err(Failure::Error(anyhow::anyhow!("what was signed is not for the log of {owner} at {at}")));
    }
    Ok(entry)
}

/// The right edge of a log's tree, where the log is there.
///
/// Before signing on, the stored edge must be the one that this node signed last: otherwise whoever altered the
/// database would have the next honest act sign the altered history for them.
fn head_of(tx: &mut Tx<'_>, desk: &Desk<'_>, log_id: &str) -> Result<Option<Frontier>> {
    let head = tx
        .optional(HEAD_OF_LOG, &[log_id.into()], |row| Ok((row.get::<Vec<u8>>(0)?, row.get::<String>(1)?)))?;
    let Some((frontier, checkpoint)) = head else { return Ok(None) };
    let damaged = || format!("the head of log {log_id} is not as this node signed it; run `kpcs log verify`");
    let frontier = Frontier::from_bytes(&frontier).with_context(damaged)?;
    let own = desk.node.checkpoint_key(log_id)?.verifier_key();
    let signed = Checkpoint::open(&checkpoint, std::slice::from_ref(&own)).with_context(damaged)?;
    let same = signed.size() == frontier.size() && signed.root() == frontier.root();
    ensure!(same, damaged());
    Ok(Some(frontier))
}

/// The time written into the entry: the desk's clock, or the last entry's time where the clock lags a little. The last
/// entry of all logs that this node keeps, so that a clock set back cannot write into a log that a later year has closed.
/// Logs taken over from another node do not count: its clock may be ahead, and ours is not to be stopped by it.
fn time_of_entry(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<Timestamp, Failure> {
    let now = desk.now;
    let node = desk.node.node();
    let last: Option<Timestamp> = tx.one(LAST_TIME, &[(&node).into()], |row| row.optional_word(0))?;
    match last {
        Some(last) if now < last && last.duration_since(now) <= LAG_FORGIVEN => Ok(last),
        Some(last) if now < last => Err(Failure::refused(Refusal::ClockBehindLog { now, last })),
        _ => Ok(now),
    }
}

fn open_log(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    owner: LogOwner,
    year: i16,
    log_id: &str,
    at: Timestamp,
) -> Result<Frontier, Failure> {
    let (node, office, owner_word) = (&desk.node.signer, desk.node.node(), owner.to_string());
    let continues = tx.optional(LAST_LOG_OF_OWNER, &[(&owner_word).into(), (&office).into()], |row| {
        let frontier = Frontier::from_bytes(&row.get::<Vec<u8>>(1)?)?;
        Ok(Continued { log_id: row.get(0)?, size: frontier.size(), root: frontier.root().to_base64() })
    })?;
    let opened = LogOpened {
        log_id: log_id.to_owned(),
        owner: owner.to_string(),
        node: node.id.clone(),
        node_key: kp_sign::hex(&node.key.public().to_bytes()),
        checkpoint_key: desk.node.checkpoint_key(log_id)?.verifier_key().to_string(),
        continues,
    };
    let empty = Frontier::new();
    open_head(tx, &LogName { owner, office: desk.node.office(), year }, at)?;
    put(tx, desk, &sign(node, &opened, at)?, log_id, empty)?;
    Ok(head_of(tx, desk, log_id)?.context("a log that was just opened has a head")?)
}

/// Makes the row of a log's head, still empty.
pub(crate) fn open_head(tx: &mut Tx<'_>, name: &LogName, at: Timestamp) -> Result<()> {
    tx.execute(
        OPEN_HEAD,
        &[
            (&name.to_string()).into(),
            (&name.owner.to_string()).into(),
            i64::from(name.year).into(),
            (&Frontier::new().to_bytes()).into(),
            (&at.to_string()).into(),
            (&name.node()).into(),
        ],
    )?;
    Ok(())
}

/// Stores signed bytes at the end of a log.
fn put(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    signed: &[u8],
    log_id: &str,
    mut frontier: Frontier,
) -> Result<Entry, Failure> {
    let position = crate::last_position(tx)? + 1;
    let entry = Entry::from_signed(position, log_id.to_owned(), frontier.size(), signed)?;
    said_once(tx, &entry)?;
    let leaf = entry.leaf(last_about(tx, &entry.subject, &desk.node.node())?).to_bytes()?;
    let leaf_hash = hash_of(&leaf);
    frontier.append(leaf_hash);
    let checkpoint = sign_head(desk, log_id, &frontier)?;
    record(tx, &entry, signed, &leaf, leaf_hash)?;
    move_head(tx, log_id, &frontier, entry.at, &checkpoint)?;
    desk.note(Appended {
        log_id: log_id.to_owned(),
        entry_number: entry.entry_number,
        leaf_hash,
        checkpoint,
    });
    Ok(entry)
}

/// The same statement twice would be one act with two effects.
fn said_once(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), Failure> {
    let hash = entry.statement_hash.as_slice();
    match tx.optional(POSITION_OF_STATEMENT, &[hash.into()], |row| row.get::<i64>(0))? {
        Some(position) => {
            let position = u64::try_from(position).map_err(anyhow::Error::from)?;
            Err(Failure::refused(Refusal::SaidAlready { position }))
        }
        None => Ok(()),
    }
}

fn sign_head(desk: &Desk<'_>, log_id: &str, frontier: &Frontier) -> Result<String> {
    let key = desk.node.checkpoint_key(log_id)?;
    Ok(Checkpoint::new(log_id, frontier.size(), frontier.root())?.sign(&key)?)
}

pub(crate) fn record(
    tx: &mut Tx<'_>,
    entry: &Entry,
    signed: &[u8],
    leaf: &[u8],
    leaf_hash: Hash,
) -> Result<()> {
    let place = i64::try_from(entry.position)?;
    let hash = entry.statement_hash.as_slice();
    tx.execute(RECORD_STATEMENT, &[place.into(), hash.into(), (&entry.kind).into(), signed.into()])?;
    tx.execute(
        RECORD_ENTRY,
        &[
            place.into(),
            (&entry.log_id).into(),
            i64::try_from(entry.entry_number)?.into(),
            (&entry.subject).into(),
            leaf.into(),
            leaf_hash.as_bytes().as_slice().into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn move_head(
    tx: &mut Tx<'_>,
    log_id: &str,
    frontier: &Frontier,
    at: Timestamp,
    checkpoint: &str,
) -> Result<()> {
    tx.execute(
        MOVE_HEAD,
        &[
            log_id.into(),
            i64::try_from(frontier.size())?.into(),
            (&frontier.to_bytes()).into(),
            (&at.to_string()).into(),
            checkpoint.into(),
        ],
    )?;
    Ok(())
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

/// Position of the last entry of this node about a subject: whoever reads this node's logs alone can check it.
fn last_about(tx: &mut Tx<'_>, subject: &str, node: &str) -> Result<u64> {
    if subject.is_empty() {
        return Ok(0);
    }
    let last = tx.one(LAST_ABOUT_SUBJECT, &[subject.into(), node.into()], |row| row.get::<i64>(0))?;
    Ok(u64::try_from(last)?)
}
