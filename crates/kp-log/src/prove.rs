//! Heads and proofs of a log, for anyone who wants to check it elsewhere.

use anyhow::{Result, ensure};
use kp_db::{Sql, Tx, sql};
use kp_tlog::Hash;

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
