//! Take over entries of another node's log: byte for byte, held to its own order, in the caller's transaction.
//!
//! Rule: security S-15 (a stick carries the same bytes), T35 (one log, one node), T22 (one statement, one effect). The
//! same file twice changes nothing; files may overlap; a gap, a damaged copy and a fork are refused with the entry that
//! shows it. A foreign log is never written on here, and nothing in it moves our own clock or our own positions.
//!
//! What is true if power fails: before the caller's commit nothing of the file exists here; after, all that was new in it
//! does, with the caller's own statement about it.

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_tlog::{Checkpoint, Frontier, Hash, VerifierKey};

use crate::{
    Appended, Carried, Desk, Entry, Fault, KeyBook, LogName, LogOpened, LogTaken, OfficeName, Section,
    append::{move_head, open_head, record},
    entry::{Leaf, hash_of},
    verify::{Check, Coming, RawEntry},
};

const CARRIED_ENTRIES: Sql = sql!("carried_entries");
const LOGS_OF_NODE: Sql = sql!("logs_of_node");
const HEAD_STATE: Sql = sql!("head_state");
const POSITION_OF_STATEMENT: Sql = sql!("position_of_statement");

/// What was new in a file and stands here now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The entries, in the order in which their node made them, at their positions here.
    pub entries: Vec<Entry>,
    /// The same by log.
    pub logs: Vec<LogTaken>,
}

/// One log with two histories, both signed by its own key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// Name of the log.
    pub log_id: String,
    /// The first entry that differs.
    pub entry_number: u64,
    /// Its leaf hash here.
    pub here: Hash,
    /// Its leaf hash in the file.
    pub there: Hash,
    /// The signed checkpoint in the file.
    pub checkpoint: String,
}

/// Why a file is not taken over.
#[derive(Debug)]
pub enum TakeFault {
    /// The file is no true copy, or does not fit what is here: the entry and a sentence.
    Copy(Fault),
    /// The file is true, and so is what is here: that is evidence.
    Fork(Box<Fork>),
    /// Something broke.
    Error(anyhow::Error),
}

impl From<anyhow::Error> for TakeFault {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

fn no_copy(log_id: &str, entry_number: Option<u64>, sentence: impl Into<String>) -> TakeFault {
    TakeFault::Copy(Fault { log_id: log_id.to_owned(), entry_number, sentence: sentence.into() })
}

/// Names of the logs that a node keeps, as far as they are here: of an office, or of the capital.
///
/// # Errors
/// Where the database fails.
pub fn logs_of_node(tx: &mut Tx<'_>, office: Option<&OfficeName>) -> Result<Vec<LogName>> {
    let node = office.map(OfficeName::to_string).unwrap_or_default();
    tx.rows(LOGS_OF_NODE, &[(&node).into()], |row| row.word(0))
}

/// Entries of a log from a number on, with its checkpoint, to be carried elsewhere.
///
/// # Errors
/// Where there is no such log or the database fails.
pub fn section_of_log(tx: &mut Tx<'_>, log_id: &str, first: u64) -> Result<Section> {
    let checkpoint = tx
        .optional(HEAD_STATE, &[log_id.into()], |row| row.get::<String>(2))?
        .with_context(|| format!("there is no log {log_id}"))?;
    let entries = tx.rows(CARRIED_ENTRIES, &[log_id.into(), i64::try_from(first)?.into()], |row| {
        Ok(Carried {
            entry_number: u64::try_from(row.get::<i64>(0)?)?,
            leaf: row.get(1)?,
            signed: row.get(2)?,
        })
    })?;
    Ok(Section { log_id: log_id.to_owned(), first, entries, checkpoint })
}

/// One entry that is new, with what is needed to put it in its place.
struct New<'a> {
    name: &'a LogName,
    carried: &'a Carried,
    leaf: Leaf,
}

/// Takes over what is new in a file. Applying it, and stating it, is the caller's.
///
/// # Errors
/// Refuses a file that is no true copy, leaves a gap or shows a fork; fails where the database does.
pub fn take_over(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    sections: &[Section],
    keys: &mut dyn KeyBook,
) -> Result<Taken, TakeFault> {
    let mut names = Vec::new();
    let mut ends = Vec::new();
    for section in sections {
        let name = foreign_name(desk, section)?;
        ends.push(held(tx, section)?);
        names.push(name);
    }
    let mut new = Vec::new();
    for ((section, name), held) in sections.iter().zip(&names).zip(&ends) {
        for carried in section.entries.iter().filter(|entry| entry.entry_number >= *held) {
            let leaf = kp_sign::from_canonical(&carried.leaf).map_err(|_| {
                no_copy(
                    &section.log_id,
                    Some(carried.entry_number),
                    "its commitment was altered: it does not read",
                )
            })?;
            new.push(New { name, carried, leaf });
        }
    }
    // The order in which their node made them: a key is introduced before it signs, in whichever log.
    new.sort_by_key(|new| (new.name.node(), new.leaf.7));
    hold_to_their_order(tx, sections, &names, &new, keys)?;
    let entries = put_in_place(tx, desk, sections, &new)?;
    let logs = move_heads(tx, sections, &names, &ends, &entries)?;
    Ok(Taken { entries, logs })
}

/// The log's name, where it is one that may come in a file.
fn foreign_name(desk: &Desk<'_>, section: &Section) -> Result<LogName, TakeFault> {
    let name: LogName =
        section.log_id.parse().map_err(|error| no_copy(&section.log_id, None, format!("{error}")))?;
    if name.node() == desk.node.node() {
        let sentence = "this node keeps the log itself: only what another node keeps is taken over";
        return Err(no_copy(&section.log_id, None, sentence));
    }
    if section.entries.iter().zip(section.first..).any(|(entry, number)| entry.entry_number != number) {
        let out =
            section.entries.iter().zip(section.first..).find(|(entry, number)| entry.entry_number != *number);
        let (there, number) = out.map(|(entry, number)| (entry.entry_number, number)).unwrap_or_default();
        let sentence = format!("it is missing or was moved: entry {there} stands in its place");
        return Err(no_copy(&section.log_id, Some(number), sentence));
    }
    Ok(name)
}

/// How many entries of a log are here; what the file repeats of them must be the same.
fn held(tx: &mut Tx<'_>, section: &Section) -> Result<u64, TakeFault> {
    let here = crate::leaf_hashes(tx, &section.log_id)?;
    let size = here.len() as u64;
    if section.first > size {
        let sentence = format!(
            "the file begins with entry {}, and here are only entries up to {}: bring the file with those between first",
            section.first,
            size.checked_sub(1).map_or_else(|| "none".to_owned(), |last| last.to_string())
        );
        return Err(no_copy(&section.log_id, Some(size), sentence));
    }
    let there: Vec<Hash> = section.entries.iter().map(|entry| hash_of(&entry.leaf)).collect();
    let from = usize::try_from(section.first).map_err(anyhow::Error::from)?;
    let differs = here.iter().skip(from).zip(&there).position(|(here, there)| here != there);
    if let Some(at) = differs {
        return Err(differing(tx, section, &here, &there, from + at)?);
    }
    if section.first + there.len() as u64 <= size {
        // Nothing new: an old file, brought again. What it says is held to what it said then.
        let whole: Vec<Hash> = here.iter().take(from).chain(&there).copied().collect();
        let verifier = checkpoint_verifier(tx, &section.log_id)?;
        if size > 0 && !signs(&section.checkpoint, &section.log_id, verifier.as_ref(), &whole) {
            let sentence =
                "the checkpoint in the file is not one that this log's own key signed over these entries";
            return Err(no_copy(&section.log_id, None, sentence));
        }
    }
    Ok(size)
}

/// An entry that is here is another in the file: a fork where the log's own key signed the other branch too.
fn differing(
    tx: &mut Tx<'_>,
    section: &Section,
    here: &[Hash],
    there: &[Hash],
    at: usize,
) -> Result<TakeFault> {
    let from = usize::try_from(section.first)?;
    let branch: Vec<Hash> = here.iter().take(from).chain(there).copied().collect();
    let verifier = checkpoint_verifier(tx, &section.log_id)?;
    let number = u64::try_from(at)?;
    if !signs(&section.checkpoint, &section.log_id, verifier.as_ref(), &branch) {
        let sentence = "in the file it is another entry than the one that was taken over before, and the log's own key did \
                        not sign that: the file was altered";
        return Ok(no_copy(&section.log_id, Some(number), sentence));
    }
    let hash = |of: &[Hash], at: usize| of.get(at).copied().context("an entry that differs has a hash");
    Ok(TakeFault::Fork(Box::new(Fork {
        log_id: section.log_id.clone(),
        entry_number: number,
        here: hash(here, at)?,
        there: hash(there, at - from)?,
        checkpoint: section.checkpoint.clone(),
    })))
}

/// Whether a checkpoint is the log's own over exactly these leaves.
fn signs(note: &str, log_id: &str, verifier: Option<&VerifierKey>, leaves: &[Hash]) -> bool {
    let opened = verifier.and_then(|key| Checkpoint::open(note, std::slice::from_ref(key)).ok());
    opened.is_some_and(|signed| {
        signed.origin() == log_id
            && signed.size() == leaves.len() as u64
            && signed.root() == kp_tlog::root_of(leaves)
    })
}

/// The checkpoint key that the opening of a log names, where the log is here.
///
/// # Errors
/// Where the database fails or the opening does not read.
pub fn checkpoint_verifier(tx: &mut Tx<'_>, log_id: &str) -> Result<Option<VerifierKey>> {
    let Some(entry) = crate::entry_of_log(tx, log_id, 0)? else { return Ok(None) };
    Ok(Some(entry.body::<LogOpened>()?.checkpoint_key.parse()?))
}

/// Every new entry and every end: the pass that verifies the log, gone on with.
fn hold_to_their_order(
    tx: &mut Tx<'_>,
    sections: &[Section],
    names: &[LogName],
    new: &[New<'_>],
    keys: &mut dyn KeyBook,
) -> Result<(), TakeFault> {
    let mut subjects: Vec<(String, String)> =
        new.iter().map(|new| (new.name.node(), new.leaf.4.clone())).filter(|(_, s)| !s.is_empty()).collect();
    subjects.sort();
    subjects.dedup();
    let mut check = Check::resumed(tx, keys, &Coming { logs: names.iter().collect(), subjects })?;
    let first = crate::last_position(tx)? + 1;
    for (new, position) in new.iter().zip(first..) {
        check.entry(&raw(new, position));
    }
    for section in
        sections.iter().filter(|section| new.iter().any(|new| new.name.to_string() == section.log_id))
    {
        check.end_of_log(&section.log_id, &section.checkpoint);
    }
    let faults = check.report().faults;
    // The first fault that names an entry; that the end does not fit follows from it.
    let named = faults.iter().find(|fault| fault.entry_number.is_some()).or(faults.first());
    match named {
        Some(fault) => Err(TakeFault::Copy(fault.clone())),
        None => repeated_statement(tx, new),
    }
}

/// The row as it will stand here.
fn raw(new: &New<'_>, position: u64) -> RawEntry {
    RawEntry {
        position: Some(position),
        log_id: new.name.to_string(),
        entry_number: Some(new.carried.entry_number),
        subject: Some(new.leaf.4.clone()),
        leaf: Some(new.carried.leaf.clone()),
        leaf_hash: Some(hash_of(&new.carried.leaf).as_bytes().to_vec()),
        statement_hash: Some(kp_sign::sha256(&new.carried.signed).to_vec()),
        kind: Some(new.leaf.2.clone()),
        signed: Some(new.carried.signed.clone()),
    }
}

/// A statement that stands here already, put into another log: one act with two effects.
fn repeated_statement(tx: &mut Tx<'_>, new: &[New<'_>]) -> Result<(), TakeFault> {
    let mut seen = std::collections::BTreeSet::new();
    for new in new {
        let hash = kp_sign::sha256(&new.carried.signed);
        let there = tx.optional(POSITION_OF_STATEMENT, &[hash.as_slice().into()], |row| row.get::<i64>(0))?;
        if there.is_some() || !seen.insert(hash) {
            let place =
                there.map_or_else(|| "earlier in the file".to_owned(), |p| format!("at position {p} here"));
            let sentence = format!("its statement is the very one that stands {place}: it was repeated");
            return Err(no_copy(&new.name.to_string(), Some(new.carried.entry_number), sentence));
        }
    }
    Ok(())
}

/// Writes the rows; notes each entry for the copy outside the database.
fn put_in_place(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    sections: &[Section],
    new: &[New<'_>],
) -> Result<Vec<Entry>> {
    let first = crate::last_position(tx)? + 1;
    let mut entries = Vec::with_capacity(new.len());
    for (new, position) in new.iter().zip(first..) {
        let (log_id, carried) = (new.name.to_string(), new.carried);
        let entry = Entry::from_signed(position, log_id.clone(), carried.entry_number, &carried.signed)?;
        let leaf_hash = hash_of(&carried.leaf);
        record(tx, &entry, &carried.signed, &carried.leaf, leaf_hash)?;
        let checkpoint =
            sections.iter().find(|section| section.log_id == log_id).map(|s| s.checkpoint.clone());
        desk.note(Appended {
            log_id,
            entry_number: entry.entry_number,
            leaf_hash,
            checkpoint: checkpoint.context("an entry comes from a section")?,
        });
        entries.push(entry);
    }
    Ok(entries)
}

/// The heads of the logs that grew, with the checkpoints that came.
fn move_heads(
    tx: &mut Tx<'_>,
    sections: &[Section],
    names: &[LogName],
    held: &[u64],
    entries: &[Entry],
) -> Result<Vec<LogTaken>> {
    let mut taken = Vec::new();
    for ((section, name), held) in sections.iter().zip(names).zip(held) {
        let last = entries.iter().rfind(|entry| entry.log_id == section.log_id);
        let Some(last) = last else { continue };
        let there = tx.optional(HEAD_STATE, &[(&section.log_id).into()], |row| row.get::<Vec<u8>>(0))?;
        let mut frontier = match there {
            Some(frontier) => Frontier::from_bytes(&frontier)?,
            None => {
                open_head(tx, name, last.at)?;
                Frontier::new()
            }
        };
        for carried in section.entries.iter().filter(|entry| entry.entry_number >= *held) {
            frontier.append(hash_of(&carried.leaf));
        }
        move_head(tx, &section.log_id, &frontier, last.at, &section.checkpoint)?;
        taken.push(LogTaken {
            log_id: section.log_id.clone(),
            from: *held,
            to: last.entry_number,
            root: frontier.root().to_base64(),
        });
    }
    Ok(taken)
}
