//! The ends of the logs: the head in the database, its signed checkpoint, and the checkpoint kept outside.

use kp_tlog::{Checkpoint, VerifierKey};

use super::{check::Check, cut_tail, raw::RawHead};
use crate::{LogName, LogOwner};

/// The size line of a note, its signature unchecked.
pub(super) fn size_said(note: &str) -> Option<u64> {
    note.lines().nth(1).and_then(|line| line.parse().ok())
}

impl Check<'_> {
    /// Every log that has a head, an entry, or something kept outside.
    pub(super) fn heads(&mut self, heads: &[RawHead]) {
        for head in heads {
            self.head(head);
        }
        let logs: Vec<String> = self.states.keys().cloned().collect();
        for log_id in &logs {
            if !heads.iter().any(|head| head.log_id == *log_id) {
                self.fault(log_id, None, "its head is missing: it was removed, or the log was put in");
            }
            self.kept_head(log_id);
        }
        for (log_id, kept) in self.kept_of_unseen() {
            self.note(cut_tail(&log_id, 0, kept.size()));
        }
    }

    fn head(&mut self, head: &RawHead) {
        let log_id = head.log_id.as_str();
        let state = self.state(log_id);
        let (counted, last_at) = (state.frontier.size(), state.last_at.map(|at| at.to_string()));
        let same_tree = head.frontier.as_deref() == Some(state.frontier.to_bytes().as_slice());
        if head.size != Some(counted) || !same_tree {
            let said = head.size.map_or_else(|| "no readable number of".to_owned(), |size| size.to_string());
            self.fault(
                log_id,
                None,
                format!(
                    "its head says {said} entries, but {counted} are there, or they hash to another tree"
                ),
            );
        }
        let owner: Option<LogOwner> = head.owner.as_deref().and_then(|owner| owner.parse().ok());
        let year = head.year.and_then(|year| i16::try_from(year).ok());
        // Which node keeps it: a head that says ours of another's would let us write into it.
        let office = head.office.as_deref().and_then(|office| office.parse().ok());
        let named = owner.zip(year).map(|(owner, year)| LogName { owner, office, year });
        let same_node = named.as_ref().map(LogName::node) == head.office;
        if named.map(|name| name.to_string()).as_deref() != Some(log_id)
            || !same_node
            || head.owner != owner.map(|owner| owner.to_string())
        {
            self.fault(
                log_id,
                None,
                "its head names another owner or year than the log has: the head was altered",
            );
        }
        if head.last_at != last_at {
            self.fault(
                log_id,
                None,
                "its head says another time of the last entry than that entry: one of the two was altered",
            );
        }
        let Some(verifier) = self.state(log_id).verifier.clone() else {
            return self.fault(
                log_id,
                Some(0),
                "there is no good opening that names its checkpoint key, so its checkpoint cannot be checked",
            );
        };
        self.checkpoint(log_id, counted, head.checkpoint.as_deref().unwrap_or_default(), &verifier);
    }

    /// The checkpoint in the database: whoever holds the database alone cannot sign one.
    pub(super) fn checkpoint(&mut self, log_id: &str, counted: u64, note: &str, verifier: &VerifierKey) {
        let signed = match Checkpoint::open(note, std::slice::from_ref(verifier)) {
            Ok(signed) if signed.origin() == log_id => signed,
            Ok(signed) => {
                return self.fault(log_id, None, format!("its checkpoint is that of {}", signed.origin()));
            }
            Err(error) => return self.fault(log_id, None, format!("its checkpoint is not good: {error}")),
        };
        let size = signed.size();
        if size > counted {
            return self.fault(log_id, Some(counted), format!("its checkpoint was signed over {size} entries, but {counted} are there: the entries from {counted} on are missing"));
        }
        if self.state(log_id).roots.get(&size) != Some(&signed.root()) {
            self.fault(log_id, None, format!("its first {size} entries do not hash to the root in its signed checkpoint: history was rewritten"));
        }
        if size < counted {
            self.fault(log_id, Some(size), format!("its checkpoint was signed over {size} entries, and this stands after them: it was put in without the node's key"));
        }
    }

    /// What is kept outside: a beginning of what is there, and no more.
    fn kept_head(&mut self, log_id: &str) {
        let state = self.state(log_id);
        let (counted, kept) = (state.frontier.size(), state.kept.size());
        let (note, verifier) = (state.kept.checkpoint.clone(), state.verifier.clone());
        if kept > counted {
            self.note(cut_tail(log_id, counted, kept));
        }
        let (Some(note), Some(verifier)) = (note, verifier) else { return };
        match Checkpoint::open(&note, std::slice::from_ref(&verifier)) {
            Err(error) => self.fault(
                log_id,
                None,
                format!("the checkpoint kept outside the database is not good: {error}"),
            ),
            Ok(signed) if signed.size() > counted => {} // said above
            Ok(signed) if self.state(log_id).roots.get(&signed.size()) != Some(&signed.root()) => {
                self.fault(log_id, None, format!("its first {} entries do not hash to the checkpoint kept outside the database: history was rewritten", signed.size()));
            }
            Ok(_) => {}
        }
    }
}
