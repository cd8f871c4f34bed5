//! The pass over all entries: each one's place, statement, signature, time and commitment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kp_sign::KeyId;
use kp_tlog::{Frontier, Hash, VerifierKey};

use super::{Fault, KeyBook, LogReport, THE_LOG, heads, raw::RawEntry, raw::RawHead};
use crate::{
    Entry, Kept, LogName, LogOpened, LogOwner, Statement,
    entry::{Leaf, hash_of},
};

/// What is known of one log while it is read.
#[derive(Default)]
pub(super) struct LogState {
    pub(super) frontier: Frontier,
    /// The number after the highest one seen.
    pub(super) next: u64,
    pub(super) last_at: Option<Timestamp>,
    /// The checkpoint key, once an opening signed by the node has named it.
    pub(super) verifier: Option<VerifierKey>,
    pub(super) kept: Kept,
    /// Sizes at which somebody has signed a root, and the root found there.
    pub(super) roots: BTreeMap<u64, Hash>,
    pub(super) wanted: BTreeSet<u64>,
}

/// What is known of one node while its logs are read: its own order of arrival.
#[derive(Default)]
pub(super) struct NodeState {
    /// The last position it gave out.
    pub(super) last_position: u64,
    pub(super) last_at: Option<Timestamp>,
    /// Its last position about each subject.
    pub(super) last_about: BTreeMap<String, u64>,
}

/// What the pass holds.
pub(crate) struct Check<'a> {
    pub(super) keys: &'a mut dyn KeyBook,
    /// What is kept outside of logs not seen yet.
    kept: BTreeMap<String, Kept>,
    pub(super) states: BTreeMap<String, LogState>,
    /// The key that signed the very first entry: only it opens logs of the capital, and offices are registered there.
    pub(super) node: Option<KeyId>,
    /// Each owner's newest log so far at each node.
    pub(super) newest: BTreeMap<(String, LogOwner), String>,
    /// By the node's name; empty for the capital.
    pub(super) nodes: BTreeMap<String, NodeState>,
    /// The node that looks.
    own: String,
    pub(super) expected: u64,
    report: LogReport,
}

impl<'a> Check<'a> {
    pub(super) fn new(keys: &'a mut dyn KeyBook, kept: BTreeMap<String, Kept>, heads: &[RawHead]) -> Self {
        let own = keys.own_office().map(|office| office.to_string()).unwrap_or_default();
        let mut check = Self {
            keys,
            own,
            kept,
            states: BTreeMap::new(),
            node: None,
            newest: BTreeMap::new(),
            nodes: BTreeMap::new(),
            expected: 1,
            report: LogReport::default(),
        };
        for head in heads {
            let size = head.checkpoint.as_deref().and_then(heads::size_said);
            check.state(&head.log_id).wanted.extend(size);
        }
        check
    }

    /// What is kept outside of logs of which nothing was seen.
    pub(super) fn kept_of_unseen(&mut self) -> BTreeMap<String, Kept> {
        std::mem::take(&mut self.kept)
    }

    pub(crate) fn report(self) -> LogReport {
        self.report
    }

    pub(super) fn fault(&mut self, log_id: &str, entry_number: Option<u64>, sentence: impl Into<String>) {
        self.note(Fault { log_id: log_id.to_owned(), entry_number, sentence: sentence.into() });
    }

    pub(super) fn note(&mut self, fault: Fault) {
        self.report.faults.push(fault);
    }

    /// The state of a log, made on first sight with what is kept of it outside.
    pub(super) fn state(&mut self, log_id: &str) -> &mut LogState {
        if !self.states.contains_key(log_id) {
            let kept = self.kept.remove(log_id).unwrap_or_default();
            let wanted = kept.checkpoint.as_deref().and_then(heads::size_said).into_iter().collect();
            self.states.insert(log_id.to_owned(), LogState { kept, wanted, ..LogState::default() });
        }
        self.states.entry(log_id.to_owned()).or_default()
    }

    pub(crate) fn entry(&mut self, raw: &RawEntry) {
        *self.report.logs.entry(raw.log_id.clone()).or_default() += 1;
        let local = self.position(raw);
        let number = self.number(raw);
        let leaf = raw.leaf.as_deref().and_then(|leaf| kp_sign::from_canonical::<Leaf>(leaf).ok());
        let node = raw.log_id.parse::<LogName>().map(|name| name.node()).unwrap_or_default();
        // Our own leaves hold the order of arrival here; those of another node the order there.
        let position = match &leaf {
            Some(leaf) if node != self.own => leaf.7,
            _ => local,
        };
        let opened = self.statement(raw, &node, position, number);
        self.commitment(raw, &node, number, opened.as_ref());
        // The commitment still says what a spoilt statement was about: the next entry about it is innocent.
        let subject = opened.map(|entry| entry.subject).or(leaf.map(|leaf| leaf.4));
        let state = self.nodes.entry(node).or_default();
        state.last_position = position;
        if let Some(subject) = subject.filter(|subject| !subject.is_empty()) {
            state.last_about.insert(subject, position);
        }
    }

    /// Positions run from 1 without gaps. Which entry is gone is told by its log's own numbers.
    fn position(&mut self, raw: &RawEntry) -> u64 {
        let expected = self.expected;
        let Some(position) = raw.position else {
            self.fault(&raw.log_id, raw.entry_number, "its position is not a number: the row was altered");
            return expected;
        };
        if position != expected {
            let place =
                if position > expected { "between, one or more were removed" } else { "it was put in" };
            self.fault(THE_LOG, None, format!("after position {} comes {position}: {place}", expected - 1));
        }
        self.expected = position + 1;
        position
    }

    /// Numbers run from 0 without gaps in each log.
    fn number(&mut self, raw: &RawEntry) -> u64 {
        let next = self.state(&raw.log_id).next;
        let Some(number) = raw.entry_number else {
            self.fault(&raw.log_id, Some(next), "its number is not a number: the row was altered");
            self.state(&raw.log_id).next = next + 1;
            return next;
        };
        if number > next {
            let span =
                if number == next + 1 { String::new() } else { format!(", and all up to {}", number - 1) };
            self.fault(
                &raw.log_id,
                Some(next),
                format!("it is missing{span}: removed or moved; entry {number} stands in its place"),
            );
        } else if number < next {
            let sentence = format!("it stands after entry {}: it was moved, or put in", next - 1);
            self.fault(&raw.log_id, Some(number), sentence);
        }
        self.state(&raw.log_id).next = next.max(number + 1);
        number
    }

    /// The statement's own bytes: hash, form, signature. Given back only where the signature is good.
    fn statement(&mut self, raw: &RawEntry, node: &str, position: u64, number: u64) -> Option<Entry> {
        let log_id = raw.log_id.as_str();
        let read = raw
            .signed
            .as_deref()
            .ok_or_else(|| "its statement is missing: it was removed or erased".to_owned());
        let read = read.and_then(|signed| {
            if raw.statement_hash.as_deref() != Some(kp_sign::sha256(signed).as_slice()) {
                return Err(
                    "its statement was altered: the bytes no longer have the SHA-256 recorded beside them"
                        .into(),
                );
            }
            let entry = Entry::from_signed(position, log_id.to_owned(), number, signed)
                .map_err(|error| format!("its statement was altered: {error:#}"))?;
            Ok((signed, entry))
        });
        let checked = read.and_then(|(signed, entry)| self.signature(signed, node, entry));
        match checked {
            Ok(entry) => {
                self.beside(raw, node, number, &entry);
                self.learn(number, &entry);
                Some(entry)
            }
            Err(sentence) => {
                self.fault(log_id, Some(number), sentence);
                None
            }
        }
    }

    fn signature(&mut self, signed: &[u8], node: &str, entry: Entry) -> Result<Entry, String> {
        if self.is_first(&entry) {
            // The root of trust introduces itself; a book that was pinned believes the one node only.
            self.keys.learn(&entry).map_err(|error| format!("it names no key that may open: {error:#}"))?;
        }
        let of_other_office = !node.is_empty() && node != self.own;
        let key = self.keys.key(entry.key_id);
        let key = key.or_else(|| self.keys.withdrawn_key(entry.key_id).filter(|_| of_other_office));
        let key = key.ok_or_else(|| {
            format!("it is signed with key {}, which no good earlier statement introduced", entry.key_id)
        })?;
        kp_sign::verify(signed, &key).map_err(|error| format!("its statement was altered: {error}"))?;
        if self.is_first(&entry) {
            self.node = Some(entry.key_id);
        }
        Ok(entry)
    }

    /// The first entry of all: the capital's first, here and at each of its offices.
    fn is_first(&self, entry: &Entry) -> bool {
        entry.position == 1
            && self.expected == 2
            && entry.kind == LogOpened::KIND
            && self.node.is_none_or(|node| node == entry.key_id)
    }

    /// What stands beside the statement, and where it stands, must be what the statement says.
    fn beside(&mut self, raw: &RawEntry, node: &str, number: u64, entry: &Entry) {
        let (log_id, number) = (raw.log_id.as_str(), Some(number));
        if raw.kind.as_deref() != Some(entry.kind.as_str()) || raw.subject.as_ref() != Some(&entry.subject) {
            self.fault(log_id, number, "the kind or subject beside it differs from what is signed");
        }
        let office = node.parse().ok();
        let own = LogName { owner: entry.owner, office, year: entry.on().year() }.to_string();
        if own != log_id {
            self.fault(log_id, number, format!("what is signed belongs into {own}: it was moved"));
        }
        if let Some(LogOwner::Participant(code)) = self.keys.body(entry.key_id)
            && entry.owner != LogOwner::Scheme
            && entry.owner != LogOwner::Participant(code)
        {
            self.fault(
                log_id,
                number,
                format!("it is signed with a key of {code}, which has no say in this log"),
            );
        }
        let may_sign = self.keys.may_sign(entry.key_id, &entry.kind, entry.owner, entry.at);
        if let Err(sentence) = may_sign {
            self.fault(log_id, number, sentence);
        }
        // A node's clock never goes back, whichever of its logs it writes to. Of another node we may not hold all logs.
        let last = if node == self.own {
            self.nodes.entry(node.to_owned()).or_default().last_at
        } else {
            self.state(log_id).last_at
        };
        if let Some(last) = last.filter(|last| entry.at < *last) {
            let sentence = format!(
                "it was signed at {}, before the entry that arrived before it ({last}): it was moved or repeated",
                entry.at
            );
            self.fault(log_id, number, sentence);
        }
        let state = self.nodes.entry(node.to_owned()).or_default();
        state.last_at = state.last_at.max(Some(entry.at));
        self.state(log_id).last_at = Some(entry.at);
    }

    fn learn(&mut self, number: u64, entry: &Entry) {
        self.opening(number, entry);
        if self.is_first(entry) {
            return;
        }
        if let Err(error) = self.keys.learn(entry) {
            self.fault(&entry.log_id, Some(number), format!("what it says of keys cannot stand: {error:#}"));
        }
    }

    /// The commitment: hashes to the leaf hash, says what the statement says, and equals what was kept outside.
    fn commitment(&mut self, raw: &RawEntry, node: &str, number: u64, opened: Option<&Entry>) {
        let log_id = raw.log_id.as_str();
        let leaf = raw.leaf.as_deref().unwrap_or_default();
        let leaf_hash = hash_of(leaf);
        if raw.leaf_hash.as_deref() != Some(leaf_hash.as_bytes()) {
            self.fault(
                log_id,
                Some(number),
                "its commitment was altered: it no longer has the leaf hash recorded beside it",
            );
        }
        if let Some(entry) = opened {
            let own = node == self.own;
            let state = self.nodes.entry(node.to_owned()).or_default();
            let previous = state.last_about.get(&entry.subject).copied().unwrap_or(0);
            let sentence = if own {
                misfit(leaf, entry, previous)
            } else {
                misfit_elsewhere(leaf, entry, previous, state.last_position)
            };
            if let Some(sentence) = sentence {
                self.fault(log_id, Some(number), sentence);
            }
        }
        let state = self.state(log_id);
        state.frontier.append(leaf_hash);
        let size = state.frontier.size();
        if state.wanted.contains(&size) {
            state.roots.insert(size, state.frontier.root());
        }
        if state.kept.hash_of(number).is_some_and(|kept| kept != leaf_hash) {
            self.fault(
                log_id,
                Some(number),
                "it differs from the leaf hash kept outside the database: the entry was replaced",
            );
        }
    }

    pub(super) fn statement_alone(&mut self, position: Option<u64>, kind: Option<String>) {
        let position =
            position.map_or_else(|| "no readable position".to_owned(), |p| format!("position {p}"));
        let kind = kind.unwrap_or_else(|| "of no readable kind".to_owned());
        self.fault(THE_LOG, None, format!("a statement {kind} stands at {position} without an entry: the entry was removed, or the statement put in"));
    }

    pub(super) fn repeated(&mut self, log_id: &str, number: Option<u64>, earliest: Option<u64>) {
        let earliest = earliest.map_or_else(|| "an earlier position".to_owned(), |p| format!("position {p}"));
        self.fault(
            log_id,
            number,
            format!("its statement is the very one that stands at {earliest} already: it was repeated"),
        );
    }
}

/// The same for an entry of another node, of which we may not hold every log: its position follows that node's earlier
/// ones, and it knew at least what we hold of that node about the subject.
fn misfit_elsewhere(leaf: &[u8], entry: &Entry, previous: u64, last: u64) -> Option<String> {
    let claimed = kp_sign::from_canonical::<Leaf>(leaf).ok();
    let said = claimed.as_ref().map_or(previous, |leaf| leaf.8);
    if entry.position <= last {
        return Some(format!(
            "its node gave it position {}, and position {last} to an entry before it: entries were moved",
            entry.position
        ));
    }
    let fits = previous <= said && said < entry.position.max(1);
    misfit(leaf, entry, if fits { said } else { previous })
}

/// How a commitment does not fit its statement, where it does not.
fn misfit(leaf: &[u8], entry: &Entry, previous: u64) -> Option<String> {
    let Ok(claimed) = kp_sign::from_canonical::<Leaf>(leaf) else {
        return Some("its commitment was altered: it does not read".into());
    };
    if claimed == entry.leaf(previous) {
        return None;
    }
    if claimed == entry.leaf(claimed.8) {
        return Some(format!(
            "it says that the entry before it about {} arrived at position {}, but that one stands at {previous} (0: none): \
             entries before it were removed, put in or moved",
            entry.subject, claimed.8
        ));
    }
    Some(
        "its commitment does not fit its statement: one of the two was altered, or the entry was moved"
            .into(),
    )
}
