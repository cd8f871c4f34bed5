//! Heads and proofs of a log, for anyone who wants to check it elsewhere.

use anyhow::{Result, ensure};
use jiff::Timestamp;
use kp_db::{Sql, Tx, sql};
use kp_tlog::Hash;

use crate::entry::Leaf;

const HEADS: Sql = sql!("heads");
const LEAF_HASHES: Sql = sql!("leaf_hashes");
const LEAVES_OF_LOG: Sql = sql!("leaves_of_log");

/// The head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which log.
    pub log_id: String,
    /// How many entries.
    pub size: u64,
    /// Signed checkpoint, a C2SP note.
    pub checkpoint: String,
}

/// That an entry is in a log of a given size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Which log.
    pub log_id: String,
    /// Which entry.
    pub entry_number: u64,
    /// Size of the tree proven against.
    pub size: u64,
    /// The path, from the leaf up.
    pub path: Vec<Hash>,
    /// The checkpoint proven against.
    pub checkpoint: String,
}

/// Where an entry stands, proven against the tree that ended with it: what a receipt is signed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which log.
    pub log_id: String,
    /// Which entry.
    pub entry_number: u64,
    /// Order of arrival at the node that signed it, as its commitment says.
    pub position: u64,
    /// Position of the entry before it about the same subject, or 0.
    pub previous: u64,
    /// When it was signed.
    pub at: Timestamp,
    /// The path, from the leaf up, in the tree of `entry_number + 1` entries.
    pub path: Vec<Hash>,
    /// The root of that tree.
    pub root: Hash,
}

/// The place of the entry at a position, proven against the shortest tree that holds it: this gives the shortest path
/// (one hash for each one-bit of its number), and always the same.
///
/// # Errors
/// Where there is no such entry, its commitment does not read, or the database fails.
pub fn place_of(tx: &mut Tx<'_>, position: u64) -> Result<Place> {
    let entry = crate::entry_at(tx, position)?;
    let mut leaves = leaf_hashes(tx, &entry.log_id)?;
    leaves.truncate(usize::try_from(entry.entry_number)? + 1);
    let leaf = leaves_of_log(tx, &entry.log_id, entry.entry_number, 1)?;
    let leaf: Leaf = match leaf.first() {
        Some(leaf) => kp_sign::from_canonical(leaf)?,
        None => anyhow::bail!("entry {} of {} has no commitment", entry.entry_number, entry.log_id),
    };
    Ok(Place {
        path: kp_tlog::inclusion_proof(&leaves, entry.entry_number)?,
        root: kp_tlog::root_of(&leaves),
        position: leaf.7,
        previous: leaf.8,
        entry_number: entry.entry_number,
        at: entry.at,
        log_id: entry.log_id,
    })
}

/// All heads, by name.
///
/// # Errors
/// Where the database fails.
pub fn log_heads(tx: &mut Tx<'_>) -> Result<Vec<Head>> {
    tx.rows(HEADS, &[], |row| {
        Ok(Head { log_id: row.get(0)?, size: u64::try_from(row.get::<i64>(1)?)?, checkpoint: row.get(2)? })
    })
}

/// All leaf hashes of a log, from entry 0.
///
/// # Errors
/// Where the database fails.
pub fn leaf_hashes(tx: &mut Tx<'_>, log_id: &str) -> Result<Vec<Hash>> {
    tx.rows(LEAF_HASHES, &[log_id.into()], |row| Ok(Hash::from_slice(&row.get::<Vec<u8>>(0)?)?))
}

/// The entries of a log as they are published: commitments, from an entry number on, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn leaves_of_log(tx: &mut Tx<'_>, log_id: &str, first: u64, limit: u64) -> Result<Vec<Vec<u8>>> {
    let (first, limit) = (i64::try_from(first)?, i64::try_from(limit)?);
    tx.rows(LEAVES_OF_LOG, &[log_id.into(), first.into(), limit.into()], |row| row.get(0))
}

/// Proves that an entry is in its log.
///
/// # Errors
/// Where there is no such log or entry, or the database fails.
pub fn prove_inclusion(tx: &mut Tx<'_>, log_id: &str, entry_number: u64) -> Result<Proof> {
    let head = log_heads(tx)?.into_iter().find(|h| h.log_id == log_id);
    let head =
        head.ok_or_else(|| anyhow::anyhow!("there is no log {log_id}; `kpcs log heads` lists them"))?;
    ensure!(entry_number < head.size, "log {log_id} has entries 0 to {}", head.size.saturating_sub(1));
    let leaves = leaf_hashes(tx, log_id)?;
    let path = kp_tlog::inclusion_proof(&leaves, entry_number)?;
    Ok(Proof { log_id: log_id.to_owned(), entry_number, size: head.size, path, checkpoint: head.checkpoint })
}
