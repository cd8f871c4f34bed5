//! A person with a database tool: writes rows behind the node's back, on the copy that a story made for itself.
//!
//! The guards against changing and repeating log rows are taken away first, as such a person would. The only place where a story
//! writes to the database; nothing of this is reachable from any door.

use anyhow::{Context, Result, ensure};
use kp_db::{Engine, Sql, Tx};
use kp_tlog::Frontier;

use crate::{
    form::Args,
    slot,
    stage::{Stage, nth, one},
};

const NO_GUARD_SQLITE: &str = "DROP TRIGGER IF EXISTS log_entry_is_kept; \
    DROP TRIGGER IF EXISTS log_entry_is_not_deleted; \
    DROP TRIGGER IF EXISTS log_statement_is_kept; \
    DROP TRIGGER IF EXISTS log_statement_is_not_deleted; \
    DROP INDEX IF EXISTS log_statement_once";
const NO_GUARD_POSTGRES: &str = "DROP TRIGGER IF EXISTS log_entry_is_kept ON log_entry; \
    DROP TRIGGER IF EXISTS log_statement_is_kept ON log_statement; \
    DROP INDEX IF EXISTS log_statement_once";

const POSITION: Sql = Sql {
    name: "tamper_position",
    text: "SELECT position FROM log_entry WHERE log_id = $1 AND entry_number = $2",
};
const LATER_POSITIONS: Sql = Sql {
    name: "tamper_later_positions",
    text: "SELECT position FROM log_entry WHERE log_id = $1 AND entry_number > $2 ORDER BY position",
};
const DELETE_ENTRY: Sql =
    Sql { name: "tamper_delete_entry", text: "DELETE FROM log_entry WHERE position = $1" };
const DELETE_STATEMENT: Sql =
    Sql { name: "tamper_delete_statement", text: "DELETE FROM log_statement WHERE position = $1" };
const SIGNED: Sql =
    Sql { name: "tamper_signed", text: "SELECT signed FROM log_statement WHERE position = $1" };
const ALTER_SIGNED: Sql = Sql {
    name: "tamper_alter_signed",
    text: "UPDATE log_statement SET signed = $2, statement_hash = $3 WHERE position = $1",
};
const COPY_STATEMENT: Sql = Sql {
    name: "tamper_copy_statement",
    text: "INSERT INTO log_statement (position, statement_hash, kind, signed) \
           SELECT (SELECT MAX(position) + 1 FROM log_statement), statement_hash, kind, signed \
           FROM log_statement WHERE position = $1",
};
const COPY_ENTRY: Sql = Sql {
    name: "tamper_copy_entry",
    text: "INSERT INTO log_entry (position, log_id, entry_number, subject, leaf, leaf_hash) \
           SELECT (SELECT MAX(position) + 1 FROM log_entry), log_id, \
                  (SELECT MAX(entry_number) + 1 FROM log_entry WHERE log_id = $2), subject, leaf, leaf_hash \
           FROM log_entry WHERE position = $1",
};
const MOVE_ENTRY: Sql = Sql {
    name: "tamper_move_entry",
    text: "UPDATE log_entry SET position = $2, entry_number = $3 WHERE position = $1",
};
const MOVE_STATEMENT: Sql =
    Sql { name: "tamper_move_statement", text: "UPDATE log_statement SET position = $2 WHERE position = $1" };
const OLD_HEAD: Sql = Sql {
    name: "tamper_old_head",
    text: "UPDATE log_head SET size = $2, frontier = $3, checkpoint = $4 WHERE log_id = $1",
};

/// Runs one piece of tampering in a transaction, without the guards.
fn tamper(stage: &mut Stage, write: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Result<()> {
    stage.tampered = true;
    stage.node.db().write("tamper", |tx| {
        tx.batch(match tx.engine() {
            Engine::Sqlite => NO_GUARD_SQLITE,
            Engine::Postgres => NO_GUARD_POSTGRES,
        })?;
        write(tx)
    })
}

fn position(tx: &mut Tx<'_>, log: &str, entry: i64) -> Result<i64> {
    tx.optional(POSITION, &[log.into(), entry.into()], |row| row.get(0))?
        .with_context(|| format!("{log} has no entry {entry}"))
}

/// The entry and the log that a line names.
fn entry_of(args: &Args) -> Result<(i64, String)> {
    Ok((one(args, "entry")?.parse()?, one(args, "log")?.to_owned()))
}

pub(crate) fn delete_entry(stage: &mut Stage, args: &Args) -> Result<()> {
    let (entry, log) = entry_of(args)?;
    tamper(stage, |tx| {
        let at = position(tx, &log, entry)?;
        tx.execute(DELETE_ENTRY, &[at.into()])?;
        tx.execute(DELETE_STATEMENT, &[at.into()])?;
        Ok(())
    })
}

pub(crate) fn delete_row(stage: &mut Stage, args: &Args) -> Result<()> {
    let (table, column) = (one(args, "table")?, one(args, "column")?);
    let text = format!("DELETE FROM {table} WHERE {column} = {}", literal(one(args, "value")?));
    tamper(stage, |tx| tx.batch(&text))
}

pub(crate) fn alter_row(stage: &mut Stage, args: &Args) -> Result<()> {
    let table = one(args, "table")?;
    let (where_column, set_column) = (nth(args, "column", 0)?, nth(args, "column", 1)?);
    let (is, becomes) = (literal(nth(args, "value", 0)?), literal(nth(args, "value", 1)?));
    let text = format!("UPDATE {table} SET {set_column} = {becomes} WHERE {where_column} = {is}");
    tamper(stage, |tx| tx.batch(&text))
}

/// A text constant, which both engines read as a number where the column holds one.
fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

pub(crate) fn alter_statement(stage: &mut Stage, args: &Args) -> Result<()> {
    let (entry, log) = entry_of(args)?;
    let carats = |index| -> Result<String> {
        Ok(slot::carats(nth(args, "carats", index)?).context("carats were read")?.to_string())
    };
    let (from, to) = (carats(0)?, carats(1)?);
    ensure!(from.len() == to.len(), "{from} and {to} are not equally long; the bytes around would move");
    tamper(stage, |tx| {
        let at = position(tx, &log, entry)?;
        let signed: Vec<u8> = tx.one(SIGNED, &[at.into()], |row| row.get(0))?;
        let altered = replaced(&signed, from.as_bytes(), to.as_bytes())
            .with_context(|| format!("the statement of {log} entry {entry} does not hold {from}"))?;
        let hash = kp_sign::sha256(&altered);
        tx.execute(ALTER_SIGNED, &[at.into(), (&altered).into(), hash.as_slice().into()])?;
        Ok(())
    })
}

/// The bytes with every occurrence of `from` replaced, or nothing where there is none.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Option<Vec<u8>> {
    let mut altered = bytes.to_vec();
    let mut found = false;
    for start in 0..=bytes.len().checked_sub(from.len())? {
        let end = start + from.len();
        if bytes.get(start..end) == Some(from) {
            altered.splice(start..end, to.iter().copied());
            found = true;
        }
    }
    found.then_some(altered)
}

pub(crate) fn insert_copy(stage: &mut Stage, args: &Args) -> Result<()> {
    let (entry, log) = entry_of(args)?;
    tamper(stage, |tx| {
        let at = position(tx, &log, entry)?;
        tx.execute(COPY_STATEMENT, &[at.into()])?;
        tx.execute(COPY_ENTRY, &[at.into(), (&log).into()])?;
        Ok(())
    })
}

pub(crate) fn swap(stage: &mut Stage, args: &Args) -> Result<()> {
    let log = one(args, "log")?.to_owned();
    let (first, second): (i64, i64) = (nth(args, "entry", 0)?.parse()?, nth(args, "entry", 1)?.parse()?);
    tamper(stage, |tx| {
        let (here, there) = (position(tx, &log, first)?, position(tx, &log, second)?);
        // By way of a place that nobody has, because two rows never stand at one place.
        let moves = [(here, -1, -1), (there, here, first), (-1, there, second)];
        for (from, to, entry) in moves {
            tx.execute(MOVE_ENTRY, &[from.into(), to.into(), entry.into()])?;
            tx.execute(MOVE_STATEMENT, &[from.into(), to.into()])?;
        }
        Ok(())
    })
}

/// Cuts a tail off and puts the head back as it was then, with the checkpoint that was good then: an old backup of one
/// table, put in place by somebody careful.
pub(crate) fn cut(stage: &mut Stage, args: &Args) -> Result<()> {
    let (entry, log) = entry_of(args)?;
    let kept = usize::try_from(entry)? + 1;
    let appended = stage.outside.appended(&log);
    let old = appended.get(..kept).with_context(|| format!("{log} has no entry {entry}"))?;
    let mut frontier = Frontier::new();
    for entry in old {
        frontier.append(entry.leaf_hash);
    }
    let checkpoint = old.last().map(|entry| entry.checkpoint.clone()).unwrap_or_default();
    tamper(stage, |tx| {
        for at in tx.rows(LATER_POSITIONS, &[(&log).into(), entry.into()], |row| row.get::<i64>(0))? {
            tx.execute(DELETE_ENTRY, &[at.into()])?;
            tx.execute(DELETE_STATEMENT, &[at.into()])?;
        }
        let size = i64::try_from(frontier.size())?;
        tx.execute(
            OLD_HEAD,
            &[(&log).into(), size.into(), (&frontier.to_bytes()).into(), (&checkpoint).into()],
        )?;
        Ok(())
    })
}
