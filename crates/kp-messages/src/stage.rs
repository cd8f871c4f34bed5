//! The stage that follows: what is new in the log and in the trail becomes messages, and what is to leave is put into the
//! outbox, all in the transaction that moves the cursor. It can run twice without harm, and nothing is lost between.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kp_accounts::trail;
use kp_db::{Sql, Tx, sql};

use crate::{
    Cadence, Message, Setting,
    event::{self, Event},
    message,
    outbox::{self, Channel, NewOutgoing},
    say::{self, Mail},
    webhook::{self, Webhook},
};

const CURSOR: Sql = sql!("cursor");
const BEGIN_CURSOR: Sql = sql!("begin_cursor");
const MOVE_CURSOR: Sql = sql!("move_cursor");

/// Entries looked at in one transaction, so that it stays short.
const BATCH: u32 = 200;
/// A digest never reaches further back, so that who turns it on is not sent a year.
const DIGEST_REACHES: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Whether there is anything to follow or to put together: asked before a writer is taken, since mostly there is not.
///
/// # Errors
/// Where the database fails.
pub fn is_behind(tx: &mut Tx<'_>, sends: bool, now: Timestamp) -> Result<bool> {
    let seen = |tx: &mut Tx<'_>, source: &str| tx.optional(CURSOR, &[source.into()], |row| row.get::<i64>(0));
    let (log, trail) = (i64::try_from(kp_log::last_position(tx)?)?, trail::last(tx)?);
    if seen(tx, "log")? != Some(log) || seen(tx, "trail")? != Some(trail) {
        return Ok(true);
    }
    Ok(sends && !digests(tx, now)?.is_empty())
}

/// Follows log and trail once; whether there may be more. `sends` says whether anything may leave the house: in training
/// nothing does. `base` is the address at which this node is reached.
///
/// # Errors
/// Where the database fails.
pub fn follow(tx: &mut Tx<'_>, base: &str, sends: bool, now: Timestamp) -> Result<bool> {
    let last = kp_log::last_position(tx)?;
    let seen = cursor(tx, "log", i64::try_from(last)?)?;
    let entries = kp_log::entries_after(tx, u64::try_from(seen)?, BATCH)?;
    let webhooks = if entries.is_empty() || !sends { Vec::new() } else { Webhook::all(tx)? };
    for entry in &entries {
        if let Some(event) = event::of_entry(tx, entry)? {
            tell(tx, &event, entry.at, base, sends, now)?;
        }
        webhook::of_entry(tx, &webhooks, entry, now)?;
    }
    if let Some(entry) = entries.last() {
        move_cursor(tx, "log", i64::try_from(entry.position)?)?;
    }
    let last = trail::last(tx)?;
    let seen = cursor(tx, "trail", last)?;
    let steps = trail::after(tx, seen, BATCH)?;
    for step in &steps {
        if let Some(event) = event::of_account(step) {
            tell(tx, &event, step.at, base, sends, now)?;
        }
    }
    if let Some(step) = steps.last() {
        move_cursor(tx, "trail", step.number)?;
    }
    Ok(entries.len() == BATCH as usize || steps.len() == BATCH as usize)
}

fn tell(
    tx: &mut Tx<'_>,
    event: &Event,
    at: Timestamp,
    base: &str,
    sends: bool,
    now: Timestamp,
) -> Result<()> {
    for message in message::tell(tx, event, at)? {
        let setting = Setting::of(tx, &message.officer_id)?;
        if let Some(setting) = setting.filter(|setting| sends && setting.cadence == Cadence::Instant) {
            let mail = say::mail_of_one(&message, setting.language, base);
            put(tx, &setting, &mail, std::slice::from_ref(&message), now)?;
        }
    }
    Ok(())
}

/// Puts into the outbox what was told before today to officers who want one mail a day. Does nothing the second time.
///
/// # Errors
/// Where the database fails.
pub fn digest(tx: &mut Tx<'_>, base: &str, now: Timestamp) -> Result<()> {
    for (setting, messages) in digests(tx, now)? {
        let mail = say::digest(&messages, setting.language, base);
        put(tx, &setting, &mail, &messages, now)?;
    }
    Ok(())
}

/// Who wants one mail a day, with what is not in one yet.
fn digests(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(Setting, Vec<Message>)>> {
    let today = TimeZone::UTC.to_timestamp(kp_log::day_of(now).at(0, 0, 0, 0))?;
    let from = today.checked_sub(DIGEST_REACHES)?;
    let mut due = Vec::new();
    for setting in Setting::all(tx)?.into_iter().filter(|setting| setting.cadence == Cadence::Daily) {
        let messages = Message::not_mailed(tx, &setting.officer_id, from, today)?;
        if !messages.is_empty() {
            due.push((setting, messages));
        }
    }
    Ok(due)
}

fn put(tx: &mut Tx<'_>, setting: &Setting, mail: &Mail, messages: &[Message], now: Timestamp) -> Result<()> {
    let new = NewOutgoing {
        channel: Channel::Mail,
        officer_id: &setting.officer_id,
        target: &setting.address,
        subject: &mail.subject,
        body: &mail.body,
    };
    let id = outbox::put(tx, &new, now)?;
    messages.iter().try_for_each(|message| message.set_mailed(tx, id))
}

/// Where a source was followed to. At the first start its end: nobody is told of what was before.
fn cursor(tx: &mut Tx<'_>, source: &str, end: i64) -> Result<i64> {
    if let Some(position) = tx.optional(CURSOR, &[source.into()], |row| row.get(0))? {
        return Ok(position);
    }
    tx.execute(BEGIN_CURSOR, &[source.into(), end.into()])?;
    Ok(end)
}

fn move_cursor(tx: &mut Tx<'_>, source: &str, position: i64) -> Result<()> {
    tx.execute(MOVE_CURSOR, &[source.into(), position.into()])?;
    Ok(())
}
