//! The copy kept outside the database (rulings 6): the last checkpoint of each log and its leaf hashes.
//!
//! It makes a cut tail or a rewritten log visible even to a person who holds the database alone, and lets `verify` name
//! the very entry. A cut tail together with this copy is caught by an outside witness only.

use anyhow::Result;
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

/// A place outside the database.
///
/// Contract: `keep` is called after the transaction has committed and before the act is acknowledged, in the order of
/// the commits. Losing the last calls in a power cut is allowed (the copy is then older than the database, which is
/// consistent); inventing or reordering is not.
pub trait Outside: Send + Sync {
    /// Keeps what one transaction appended.
    ///
    /// # Errors
    /// Where the place cannot be written.
    fn keep(&self, appended: &[Appended]) -> Result<()>;

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
