//! The copy kept outside the database (rulings 6): the last checkpoint of each log and its leaf hashes.
//!
//! It makes a cut tail or a rewritten log visible even to a person who holds the database alone, and lets `verify` name
//! the very entry. A cut tail together with this copy is caught by an outside witness only.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use kp_tlog::Hash;

use crate::Appended;

/// What is kept of one log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The last signed checkpoint, where one could be read.
    pub checkpoint: Option<String>,
    /// Leaf hashes from entry 0; may lag the checkpoint after a power cut, never lead the database.
    pub leaf_hashes: Vec<Hash>,
}

impl Kept {
    /// Whether this is an earlier state of a log with these leaf hashes: every kept hash stands at its place, and the
    /// kept checkpoint is over a beginning of the log.
    pub fn is_older_state_of(&self, hashes: &[Hash]) -> bool {
        let same_beginning = hashes.starts_with(&self.leaf_hashes);
        same_beginning && self.checkpoint.as_deref().is_none_or(|text| is_over_beginning(text, hashes))
    }

    /// The first entry that differs from what is kept, where one can be named.
    pub fn first_difference(&self, hashes: &[Hash]) -> Option<u64> {
        let differs = self.leaf_hashes.iter().zip(hashes).position(|(kept, there)| kept != there)?;
        u64::try_from(differs).ok()
    }

    /// The leaf hash kept of an entry.
    pub(crate) fn hash_of(&self, entry_number: u64) -> Option<Hash> {
        self.leaf_hashes.get(usize::try_from(entry_number).ok()?).copied()
    }
}

/// Reads size and root of a note without its signature, which `verify` checks.
fn is_over_beginning(note: &str, hashes: &[Hash]) -> bool {
    let mut lines = note.lines().skip(1);
    let size: Option<usize> = lines.next().and_then(|line| line.parse().ok());
    let root = lines.next().and_then(|line| Hash::from_base64(line).ok());
    match (size.and_then(|size| hashes.get(..size)), root) {
        (Some(beginning), Some(root)) => kp_tlog::root_of(beginning) == root,
        _ => false,
    }
}

/// Gives the leaf hashes of a log from an entry number on, read from the database.
pub type EarlierHashes<'a> = dyn FnMut(&str, u64) -> Result<Vec<Hash>> + 'a;

/// A place outside the database.
///
/// Contract: `keep` is called after the transaction has committed and before the act is acknowledged, in the order of
/// the commits. Losing the last calls in a power cut is allowed (the copy is then older than the database, which is
/// consistent); inventing or reordering is not.
pub trait Outside: Send + Sync {
    /// Asked before a transaction commits: whether what it appends stands after everything that is kept. Where the
    /// place has entries that the database lacks, the database was set back while it was open; signing another entry
    /// with a number that was given out before would make two histories.
    ///
    /// # Errors
    /// Where it does not, or the place cannot be read.
    fn fits(&self, appended: &[Appended]) -> Result<()> {
        let mut seen = BTreeSet::new();
        for first in appended.iter().filter(|entry| seen.insert(entry.log_id.as_str())) {
            let kept = self.kept(&first.log_id)?.leaf_hashes.len() as u64;
            ensure_after(first, kept)?;
        }
        Ok(())
    }

    /// Keeps what one transaction appended. Where the copy lags (a lost connection, another process that was cut off),
    /// `earlier` gives the leaf hashes of a log from an entry on, so that no gap is ever left.
    ///
    /// # Errors
    /// Where the place cannot be written.
    fn keep(&self, appended: &[Appended], earlier: &mut EarlierHashes<'_>) -> Result<()>;

    /// What is kept of one log.
    ///
    /// # Errors
    /// Where the place cannot be read.
    fn kept(&self, log_id: &str) -> Result<Kept>;

    /// Names of all logs of which something is kept.
    ///
    /// # Errors
    /// Where the place cannot be read.
    fn logs(&self) -> Result<Vec<String>>;
}

/// That the first entry appended to a log stands after the `kept` entries of the copy.
///
/// # Errors
/// With the sentence for the person, where it does not.
pub fn ensure_after(first: &Appended, kept: u64) -> Result<()> {
    ensure!(
        kept <= first.entry_number,
        "the log is not as it was written, so nothing is done here until that is settled: {}",
        crate::verify::cut_tail(&first.log_id, first.entry_number, kept)
    );
    Ok(())
}
