//! Find any changed, removed, inserted or reordered entry, and name it.
//!
//! Reads every statement and entry in order of arrival and recomputes everything: the statement's hash, its signature
//! (with keys learnt from the log itself, never from a table), the commitment, the tree, the head, the checkpoint, and
//! what was kept outside the database. Trusts nothing that a person with a database tool could have written.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_sign::{KeyId, PublicKey};
use kp_tlog::{Checkpoint, Frontier, Hash, VerifierKey};

use crate::{Entry, Kept, LogOpened, Outside, Statement, entry::Leaf, entry::hash_of};

const ALL_ENTRIES: Sql = sql!("all_entries");
const STATEMENTS_WITHOUT_ENTRY: Sql = sql!("statements_without_entry");
const ALL_HEADS: Sql = sql!("all_heads");
/// Rows read at a time, so that memory stays small on any log.
const BATCH: i64 = 1000;

/// The keys that statements themselves name. Asked in order of the log.
pub trait KeyBook {
    /// Learns keys from an entry whose signature was found good.
    ///
    /// # Errors
    /// Where the entry's body does not read.
    fn learn(&mut self, entry: &Entry) -> Result<()>;

    /// The key with this id that may sign at this entry.
    fn key(&self, id: KeyId) -> Option<PublicKey>;
}

/// Something in a log that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which log, where known.
    pub log_id: String,
    /// Which entry of that log, where one can be named.
    pub entry_number: Option<u64>,
    /// What is wrong, in one sentence.
    pub sentence: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.entry_number {
            Some(number) => write!(f, "{} entry {number}: {}", self.log_id, self.sentence),
            None => write!(f, "{}: {}", self.log_id, self.sentence),
        }
    }
}

/// What was found of all logs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogReport {
    /// Entries looked at, per log.
    pub logs: BTreeMap<String, u64>,
    /// Everything wrong, in order of the log.
    pub faults: Vec<Fault>,
}

struct RawEntry {
    position: u64,
    log_id: String,
    entry_number: u64,
    subject: String,
    leaf: Vec<u8>,
    leaf_hash: Vec<u8>,
    statement_hash: Option<Vec<u8>>,
    kind: Option<String>,
    signed: Option<Vec<u8>>,
}

#[derive(Default)]
struct LogState {
    frontier: Frontier,
    next: u64,
    verifier: Option<VerifierKey>,
    kept: Kept,
    root_at_kept_size: Option<Hash>,
}

/// Verifies every log in the database.
///
/// # Errors
/// Where the database or the outside copy cannot be read at all; everything else is a fault in the report.
pub fn verify(tx: &mut Tx<'_>, keys: &mut dyn KeyBook, outside: Option<&dyn Outside>) -> Result<LogReport> {
    let mut check = Check {
        keys,
        outside,
        states: BTreeMap::new(),
        last_about: BTreeMap::new(),
        report: LogReport::default(),
        expected: 1,
    };
    let mut cursor: i64 = i64::MIN;
    loop {
        let batch = tx.rows(ALL_ENTRIES, &[cursor.into(), BATCH.into()], raw_entry)?;
        let Some(last) = batch.last() else { break };
        cursor = i64::try_from(last.position)?;
        for raw in &batch {
            check.entry(raw)?;
        }
    }
    for (position, kind) in
        tx.rows(STATEMENTS_WITHOUT_ENTRY, &[], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?
    {
        check.fault("the log", None, format!("a statement {kind} stands at position {position} without an entry: the entry was removed, or the statement inserted"));
    }
    let heads = tx.rows(ALL_HEADS, &[], |row| {
        Ok((
            row.get::<String>(0)?,
            u64::try_from(row.get::<i64>(1)?)?,
            row.get::<Vec<u8>>(2)?,
            row.get::<String>(3)?,
        ))
    })?;
    check.heads(heads)?;
    Ok(check.report)
}

/// Compares only the heads with the outside copy: quick enough for every start.
///
/// # Errors
/// Where the database or the outside copy cannot be read.
pub fn compare_with_outside(tx: &mut Tx<'_>, outside: &dyn Outside) -> Result<Vec<Fault>> {
    let heads: BTreeMap<String, u64> = tx
        .rows(ALL_HEADS, &[], |row| Ok((row.get(0)?, u64::try_from(row.get::<i64>(1)?)?)))?
        .into_iter()
        .collect();
    let mut faults = Vec::new();
    for log_id in outside.logs()? {
        let Some(size) = kept_size(&outside.kept(&log_id)?) else { continue };
        let there = heads.get(&log_id).copied().unwrap_or(0);
        if there < size {
            faults.push(cut_tail(&log_id, there, size));
        }
    }
    Ok(faults)
}

fn cut_tail(log_id: &str, there: u64, kept: u64) -> Fault {
    Fault {
        log_id: log_id.to_owned(),
        entry_number: Some(there),
        sentence: format!(
            "the database holds {there} entries, but the checkpoint kept outside it was signed over {kept}: \
             entries {there} to {} are missing; restore the newest backup, do not go on from here",
            kept - 1
        ),
    }
}

fn kept_size(kept: &Kept) -> Option<u64> {
    // The size line of a note; its signature is checked in `verify`.
    kept.checkpoint.as_deref().and_then(|text| text.lines().nth(1)).and_then(|line| line.parse().ok())
}

fn raw_entry(row: &kp_db::Row<'_>) -> Result<RawEntry> {
    Ok(RawEntry {
        position: u64::try_from(row.get::<i64>(0)?)?,
        log_id: row.get(1)?,
        entry_number: u64::try_from(row.get::<i64>(2)?)?,
        subject: row.get(3)?,
        leaf: row.get(4)?,
        leaf_hash: row.get(5)?,
        statement_hash: row.get(6)?,
        kind: row.get(7)?,
        signed: row.get(8)?,
    })
}

struct Check<'a> {
    keys: &'a mut dyn KeyBook,
    outside: Option<&'a dyn Outside>,
    states: BTreeMap<String, LogState>,
    last_about: BTreeMap<String, u64>,
    report: LogReport,
    expected: u64,
}

impl Check<'_> {
    fn fault(&mut self, log_id: &str, entry_number: Option<u64>, sentence: String) {
        self.report.faults.push(Fault { log_id: log_id.to_owned(), entry_number, sentence });
    }

    fn state(&mut self, log_id: &str) -> Result<&mut LogState> {
        if !self.states.contains_key(log_id) {
            let kept = self.outside.map(|o| o.kept(log_id)).transpose()?.unwrap_or_default();
            self.states.insert(log_id.to_owned(), LogState { kept, ..LogState::default() });
        }
        Ok(self.states.entry(log_id.to_owned()).or_default())
    }

    fn entry(&mut self, raw: &RawEntry) -> Result<()> {
        *self.report.logs.entry(raw.log_id.clone()).or_default() += 1;
        if raw.position != self.expected {
            let expected = self.expected;
            self.fault(&raw.log_id, Some(raw.entry_number), format!("it stands at position {}, where {expected} was expected: an entry before it was removed or inserted", raw.position));
        }
        self.expected = raw.position + 1;
        let next = self.state(&raw.log_id)?.next;
        if raw.entry_number != next {
            self.fault(
                &raw.log_id,
                Some(next),
                format!(
                    "it is missing, removed or out of order; entry {} stands in its place",
                    raw.entry_number
                ),
            );
        }
        self.state(&raw.log_id)?.next = raw.entry_number + 1;
        let opened = self.statement(raw)?;
        self.commitment(raw, opened.as_ref())?;
        if let Some(entry) = opened {
            self.keys.learn(&entry)?;
            if !entry.subject.is_empty() {
                self.last_about.insert(entry.subject.clone(), entry.position);
            }
        }
        Ok(())
    }

    /// The statement's own bytes: hash, form, signature.
    fn statement(&mut self, raw: &RawEntry) -> Result<Option<Entry>> {
        let (log_id, number) = (raw.log_id.as_str(), Some(raw.entry_number));
        let Some(signed) = &raw.signed else {
            self.fault(log_id, number, "its statement is missing: it was removed or erased".into());
            return Ok(None);
        };
        if raw.statement_hash.as_deref() != Some(kp_sign::sha256(signed).as_slice()) {
            self.fault(
                log_id,
                number,
                "its statement was altered: the bytes no longer have the SHA-256 recorded beside them".into(),
            );
            return Ok(None);
        }
        let entry = match Entry::from_signed(raw.position, raw.log_id.clone(), raw.entry_number, signed) {
            Ok(entry) => entry,
            Err(error) => {
                self.fault(log_id, number, format!("its statement was altered: {error:#}"));
                return Ok(None);
            }
        };
        self.learn_opening(&entry)?;
        let Some(key) = self.keys.key(entry.key_id) else {
            self.fault(
                log_id,
                number,
                format!("it is signed with key {}, which no earlier statement introduced", entry.key_id),
            );
            return Ok(None);
        };
        if let Err(error) = kp_sign::verify(signed, &key) {
            self.fault(log_id, number, format!("its statement was altered: {error}"));
            return Ok(None);
        }
        if raw.kind.as_deref() != Some(entry.kind.as_str()) || raw.subject != entry.subject {
            self.fault(log_id, number, "the kind or subject beside it differs from what is signed".into());
        }
        Ok(Some(entry))
    }

    /// Entry 0 introduces the node's key (the very first one is the root of trust) and the checkpoint key.
    fn learn_opening(&mut self, entry: &Entry) -> Result<()> {
        if entry.kind != LogOpened::KIND {
            return Ok(());
        }
        if entry.position == 1 {
            self.keys.learn(entry)?;
        }
        let verifier = entry.body::<LogOpened>()?.checkpoint_key.parse()?;
        self.state(&entry.log_id)?.verifier = Some(verifier);
        Ok(())
    }

    /// The commitment: hashes to the leaf hash, says what the statement says, and equals what was kept outside.
    fn commitment(&mut self, raw: &RawEntry, opened: Option<&Entry>) -> Result<()> {
        let (log_id, number) = (raw.log_id.clone(), Some(raw.entry_number));
        let leaf_hash = hash_of(&raw.leaf);
        if raw.leaf_hash != leaf_hash.as_bytes() {
            self.fault(
                &log_id,
                number,
                "its commitment was altered: it no longer has the leaf hash recorded beside it".into(),
            );
        }
        if let Some(entry) = opened {
            let previous = self.last_about.get(&entry.subject).copied().unwrap_or(0);
            let claimed: Option<Leaf> = kp_sign::from_canonical(&raw.leaf).ok();
            if claimed.as_ref() != Some(&entry.leaf(previous)) {
                self.fault(&log_id, number, "its commitment does not fit its statement: one of the two was altered, or the entry was moved".into());
            }
        }
        let state = self.state(&log_id)?;
        let at_outside =
            usize::try_from(raw.entry_number).ok().and_then(|n| state.kept.leaf_hashes.get(n).copied());
        state.frontier.append(leaf_hash);
        if kept_size(&state.kept) == Some(state.frontier.size()) {
            state.root_at_kept_size = Some(state.frontier.root());
        }
        if at_outside.is_some_and(|kept| kept != leaf_hash) {
            self.fault(
                &log_id,
                number,
                "it differs from the leaf hash kept outside the database: the entry was replaced".into(),
            );
        }
        Ok(())
    }

    fn heads(&mut self, heads: Vec<(String, u64, Vec<u8>, String)>) -> Result<()> {
        let mut named: Vec<String> = heads.iter().map(|h| h.0.clone()).collect();
        for (log_id, size, frontier, checkpoint) in heads {
            self.head(&log_id, size, &frontier, &checkpoint)?;
        }
        if let Some(outside) = self.outside {
            named.extend(self.states.keys().cloned());
            for log_id in outside.logs()?.into_iter().filter(|l| !named.contains(l)) {
                if let Some(size) = kept_size(&outside.kept(&log_id)?) {
                    self.report.faults.push(cut_tail(&log_id, 0, size));
                }
            }
        }
        Ok(())
    }

    fn head(&mut self, log_id: &str, size: u64, frontier: &[u8], checkpoint: &str) -> Result<()> {
        let state = self.state(log_id)?;
        let (counted, root, verifier) =
            (state.frontier.size(), state.frontier.root(), state.verifier.clone());
        let same_frontier = state.frontier.to_bytes() == frontier;
        let (kept, root_at_kept) = (state.kept.clone(), state.root_at_kept_size);
        if counted != size || !same_frontier {
            self.fault(
                log_id,
                None,
                format!("its head says {size} entries, but {counted} are there and hash to another tree"),
            );
        }
        let Some(verifier) = verifier else {
            self.fault(log_id, Some(0), "the entry that opens the log and names its keys is missing".into());
            return Ok(());
        };
        match Checkpoint::open(checkpoint, std::slice::from_ref(&verifier)) {
            Ok(signed) if signed.origin() == log_id && signed.size() == counted && signed.root() == root => {}
            Ok(signed) => self.fault(log_id, None, format!("its signed checkpoint is over {} entries with another root than the {counted} entries there", signed.size())),
            Err(error) => self.fault(log_id, None, format!("its checkpoint is not good: {error}")),
        }
        self.kept_head(log_id, counted, &kept, root_at_kept, &verifier);
        Ok(())
    }

    fn kept_head(
        &mut self,
        log_id: &str,
        counted: u64,
        kept: &Kept,
        root_at_kept: Option<Hash>,
        verifier: &VerifierKey,
    ) {
        let Some(text) = &kept.checkpoint else { return };
        match Checkpoint::open(text, std::slice::from_ref(verifier)) {
            Err(error) => self.fault(
                log_id,
                None,
                format!("the checkpoint kept outside the database is not good: {error}"),
            ),
            Ok(signed) if signed.size() > counted => {
                let fault = cut_tail(log_id, counted, signed.size());
                self.report.faults.push(fault);
            }
            Ok(signed) if root_at_kept != Some(signed.root()) => {
                self.fault(log_id, None, format!("its first {} entries do not hash to the checkpoint kept outside the database: history was rewritten", signed.size()));
            }
            Ok(_) => {}
        }
    }
}
