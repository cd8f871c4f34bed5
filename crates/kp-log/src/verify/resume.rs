//! The same pass, gone on with: entries that come in a file are held to what stands here already.
//!
//! Takes the ends of the logs concerned from the database, where a full verification looks after them, and reads only
//! what is new. Trusts nothing in the file.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_tlog::Frontier;

use super::{Fault, KeyBook, check::Check, check::LogState};
use crate::{LogName, LogOpened, Statement, entry::Leaf};

const HEAD_STATE: Sql = sql!("head_state");
const LAST_LOG_OF_OWNER: Sql = sql!("last_log_of_owner");
const LAST_LEAF_OF_NODE: Sql = sql!("last_leaf_of_node");
const LAST_LEAF_ABOUT_SUBJECT: Sql = sql!("last_leaf_about_subject");

/// What comes in a file, as far as the pass must know before it reads it.
pub(crate) struct Coming<'a> {
    /// Names of the logs.
    pub(crate) logs: Vec<&'a LogName>,
    /// Each node's subjects.
    pub(crate) subjects: Vec<(String, String)>,
}

impl<'a> Check<'a> {
    /// A pass that stands at the end of what is in the database.
    pub(crate) fn resumed(tx: &mut Tx<'_>, keys: &'a mut dyn KeyBook, coming: &Coming<'_>) -> Result<Self> {
        let mut check = Self::new(keys, BTreeMap::new(), &[]);
        check.expected = crate::last_position(tx)? + 1;
        if check.expected > 1 {
            check.node = Some(crate::entry_at(tx, 1)?.key_id);
        }
        for name in &coming.logs {
            check.stand_at_end_of(tx, &name.to_string())?;
            let (owner, node) = (name.owner.to_string(), name.node());
            let of = [(&owner).into(), (&node).into()];
            let newest = tx.optional(LAST_LOG_OF_OWNER, &of, |row| row.get::<String>(0))?;
            if let Some(newest) = newest {
                check.stand_at_end_of(tx, &newest)?;
                check.newest.insert((name.node(), name.owner), newest);
            }
            let last =
                tx.optional(LAST_LEAF_OF_NODE, &[(&name.node()).into()], |row| row.get::<Vec<u8>>(0))?;
            let last_position = last.map(|leaf| position_in(&leaf)).transpose()?.unwrap_or(0);
            check.nodes.entry(name.node()).or_default().last_position = last_position;
        }
        for (node, subject) in &coming.subjects {
            let about = [subject.into(), node.into()];
            let last = tx.optional(LAST_LEAF_ABOUT_SUBJECT, &about, |row| row.get::<Vec<u8>>(0))?;
            if let Some(leaf) = last {
                let state = check.nodes.entry(node.clone()).or_default();
                state.last_about.insert(subject.clone(), position_in(&leaf)?);
            }
        }
        Ok(check)
    }

    fn stand_at_end_of(&mut self, tx: &mut Tx<'_>, log_id: &str) -> Result<()> {
        let head = tx.optional(HEAD_STATE, &[log_id.into()], |row| {
            Ok((row.get::<Vec<u8>>(0)?, row.get::<String>(1)?))
        })?;
        let Some((frontier, last_at)) = head else { return Ok(()) };
        let frontier = Frontier::from_bytes(&frontier)?;
        let opened: LogOpened = crate::entry_of_log(tx, log_id, 0)?
            .filter(|entry| entry.kind == LogOpened::KIND)
            .with_context(|| format!("log {log_id} has no opening; run `kpcs log verify`"))?
            .body()?;
        let state = LogState {
            next: frontier.size(),
            last_at: Some(last_at.parse().with_context(|| format!("the last time of {log_id}"))?),
            verifier: Some(opened.checkpoint_key.parse()?),
            frontier,
            ..LogState::default()
        };
        self.states.insert(log_id.to_owned(), state);
        Ok(())
    }

    /// Holds the end of a log that was read to the checkpoint that came with it.
    pub(crate) fn end_of_log(&mut self, log_id: &str, checkpoint: &str) {
        let state = self.state(log_id);
        let size = state.frontier.size();
        let root = state.frontier.root();
        state.roots.insert(size, root);
        match state.verifier.clone() {
            Some(verifier) => self.checkpoint(log_id, size, checkpoint, &verifier),
            None => self.note(Fault {
                log_id: log_id.to_owned(),
                entry_number: Some(0),
                sentence: "there is no good opening that names its checkpoint key".into(),
            }),
        }
    }
}

/// The position inside a commitment.
fn position_in(leaf: &[u8]) -> Result<u64> {
    let leaf: Leaf =
        kp_sign::from_canonical(leaf).context("a commitment does not read; run `kpcs log verify`")?;
    Ok(leaf.7)
}
