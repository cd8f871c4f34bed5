//! That entries of another node's log were taken over here, and that a log was seen to fork.
//!
//! Both are signed by the officer who brought the file and stand in the participant's log at this node. The first also
//! tells the other node, when it reads it, how far it was read: ranges that were withdrawn are given back by it. The
//! second keeps both branches' hashes and the checkpoint that signs the other branch: evidence that cannot be denied.

use kp_terms::ParticipantCode;
use serde::{Deserialize, Serialize};

use crate::{LogOwner, Statement};

/// Entries of another node were taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesTakenOver {
    /// In whose log this stands.
    pub participant: ParticipantCode,
    /// SHA-256 of the file, hexadecimal.
    pub file: String,
    /// What was new, by log.
    pub logs: Vec<LogTaken>,
    /// Who brought it.
    pub taken_by: String,
}

/// What was new of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogTaken {
    /// Name of the log.
    pub log_id: String,
    /// First new entry.
    pub from: u64,
    /// Last new entry.
    pub to: u64,
    /// Root of the log up to that entry, base64.
    pub root: String,
}

impl Statement for EntriesTakenOver {
    const KIND: &'static str = "entries_taken_over";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

/// A log was shown with two different histories, both signed by its own key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkSeen {
    /// In whose log this stands.
    pub participant: ParticipantCode,
    /// Name of the forked log.
    pub log_id: String,
    /// The first entry that differs.
    pub entry_number: u64,
    /// Its leaf hash here, base64.
    pub here: String,
    /// Its leaf hash in the file, base64.
    pub there: String,
    /// The checkpoint in the file: signed by the log's own key over the other branch.
    pub checkpoint: String,
    /// SHA-256 of the file, hexadecimal.
    pub file: String,
    /// Who brought it.
    pub seen_by: String,
}

impl Statement for ForkSeen {
    const KIND: &'static str = "log_fork_seen";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}
