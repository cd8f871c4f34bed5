//! Entry 0 of every log: which keys speak for it, and which log it continues.
//!
//! Signed by the node. Named keys are what `verify` trusts for checkpoints; the first one a node ever wrote is pinned
//! outside the database too. A log of a later year names the last head of the year before.

use serde::{Deserialize, Serialize};

use crate::{LogOwner, Statement};

/// A log begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogOpened {
    /// Its name, which is also the checkpoint's origin line.
    pub log_id: String,
    /// Whose log.
    pub owner: String,
    /// Node that keeps it.
    pub node: String,
    /// The node's statement key, compressed point, hexadecimal.
    pub node_key: String,
    /// Verifier key of the checkpoints (C2SP signed-note text form).
    pub checkpoint_key: String,
    /// The log of the year before, where there was one.
    pub continues: Option<Continued>,
}

/// The last state of the log that this one continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continued {
    /// Its name.
    pub log_id: String,
    /// How many entries it had.
    pub size: u64,
    /// Its root, base64.
    pub root: String,
}

impl Statement for LogOpened {
    const KIND: &'static str = "log_opened";

    fn owner(&self) -> LogOwner {
        self.owner.parse().unwrap_or(LogOwner::Scheme)
    }

    fn subject(&self) -> String {
        self.log_id.clone()
    }
}
