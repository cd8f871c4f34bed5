//! Entry 0 of a log: only its node opens it, only there, and each names the end of the log before it.
//!
//! The capital's node is the one that wrote the very first entry; an office's node is the one whose key a statement of the
//! capital has registered for that office.

use kp_tlog::VerifierKey;

use super::check::Check;
use crate::{Entry, LogName, LogOpened, Statement};

impl Check<'_> {
    /// Takes the checkpoint key of a log from its opening, where the opening is one.
    pub(super) fn opening(&mut self, number: u64, entry: &Entry) {
        if (entry.kind == LogOpened::KIND) != (number == 0) {
            let sentence = if number == 0 {
                "a log begins with its opening, and this is none"
            } else {
                "a log is opened once, by its entry 0: this was put in"
            };
            return self.fault(&entry.log_id, Some(number), sentence);
        }
        if number != 0 {
            return;
        }
        let node = entry.log_id.parse::<LogName>().map(|name| name.node()).unwrap_or_default();
        let before = self.newest.insert((node, entry.owner), entry.log_id.clone());
        match self.read_opening(entry, before.as_deref()) {
            Ok(verifier) => self.state(&entry.log_id).verifier = Some(verifier),
            Err(sentence) => self.fault(&entry.log_id, Some(0), sentence),
        }
    }

    fn read_opening(&mut self, entry: &Entry, before: Option<&str>) -> Result<VerifierKey, String> {
        let office = entry.log_id.parse::<LogName>().ok().and_then(|name| name.office);
        let by_its_node = match &office {
            None => self.node == Some(entry.key_id),
            Some(_) => self.keys.office(entry.key_id) == office,
        };
        if !by_its_node {
            return Err(format!(
                "the log is opened with key {}, which is not the node's: it was put in",
                entry.key_id
            ));
        }
        let opened: LogOpened = entry.body().map_err(|error| format!("it does not read: {error:#}"))?;
        let node_key = self.keys.key(entry.key_id).map(|key| kp_sign::hex(&key.to_bytes()));
        if opened.log_id != entry.log_id || Some(opened.node_key) != node_key {
            return Err("it opens another log, or names another node's key".into());
        }
        let verifier: VerifierKey = opened
            .checkpoint_key
            .parse()
            .map_err(|error| format!("its checkpoint key does not read: {error}"))?;
        let continued = before.map(|log_id| {
            let frontier = &self.state(log_id).frontier;
            (log_id.to_owned(), frontier.size(), frontier.root().to_base64())
        });
        if opened.continues.map(|c| (c.log_id, c.size, c.root)) != continued {
            return Err("the log that it continues did not end as it says: entries before it were removed, put in or altered".into());
        }
        Ok(verifier)
    }
}
