//! Logs carried between a participant's own node and its offices: what is exported, what is taken over, and what the
//! officer who brings a file states about it.
//!
//! Rule: security S-15, S-16, T35; format in `specs/exchange.md`. A file proves itself, so any officer of the participant
//! may bring it. Taking it over is one transaction with one statement; the same file again changes nothing. A file that is
//! no true copy is refused: it is not evidence of anything yet, bring a whole one. A true file that shows another history
//! than was taken over before is evidence: it changes no table, and the fork is stated in the log with both hashes.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::Tx;
use kp_log::{
    CAPITAL, Desk, EntriesTakenOver, Entry, ExchangeFile, Failure, Fork, ForkSeen, LogName, LogOwner,
    LogTaken, OfficeName, Section, Signer, Statement, TakeFault, append,
};
use kp_registry::LogKeyBook;
use kp_terms::{ParticipantCode, sentence};

use crate::{Node, Receipt, node::receipt_of, rebuild::apply};

kp_terms::refusals! {
    /// Why a file is not taken over.
    pub enum Refusal {
        /// It cannot be read.
        NotAnExchangeFile { sentence: String } = "not_an_exchange_file", "{sentence}; nothing was taken over, bring another copy of the file", "security S-15: a stick carries the same bytes";
        /// It is no true copy, or does not fit what is here.
        NotATrueCopy { place: String, sentence: String } = "not_a_true_copy", "{place}: {sentence}; nothing was taken over", "security S-15, T35: a log has one history, told whole";
        /// Officers of others bring nothing here.
        NotOfThisParticipant { officer: String, participant: String } = "officer_of_another_body", "{officer} is no officer of {participant}; a file of {participant} is brought by one of its own", "CD Section IV(b): each participant's own authority acts";
        /// It is of no office of ours.
        NothingOfOurs { from: String } = "exchange_file_of_others", "the file comes from {from} and holds no log of one participant whose node this is", "one log, one node (T35)";
        /// The office has not begun.
        NotStarted { office: OfficeName } = "office_not_started", "office {office} has not taken over the capital's file yet; `kpcs office prepare` writes it there, `kpcs exchange take` reads it here", "security S-16: an office knows the registry before it acts";
        /// Nothing goes to itself.
        NoSuchOffice { office: String } = "no_such_office", "{office} is not a registered office; `kpcs office list` shows them", "one log, one node (T35)";
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenOver {
    /// These entries are new here.
    New {
        /// By log.
        logs: Vec<LogTaken>,
        /// How many of them do not fit what was here; each is a finding.
        problems: u64,
        /// What the officer stated about it.
        receipt: Box<Receipt>,
    },
    /// Everything in the file stood here before.
    NothingNew,
    /// The file shows another history; that was stated.
    Fork {
        /// What differs.
        fork: Box<Fork>,
        /// What the officer stated about it; nothing where the same was stated before.
        receipt: Option<Box<Receipt>>,
    },
}

impl Node {
    /// The office that this node is; none for a participant's own node.
    pub fn office(&self) -> Option<OfficeName> {
        self.keys().office()
    }

    /// The text of an exchange file for another node: for an office its label's name, for the capital nothing. Holds what
    /// the other node has not said that it has, or everything.
    ///
    /// # Errors
    /// Refuses where there is no such office or this one has not begun; fails where the database does.
    pub fn export(&self, to: Option<&OfficeName>, everything: bool) -> Result<String, Failure> {
        self.refuse_in_training(sentence!("training-exchange-file", "an exchange file"))?;
        self.db().read(|tx| {
            let own = self.office();
            let receiver = to.cloned();
            let wanted = match (&own, &receiver) {
                (Some(office), None) => {
                    if kp_log::logs_of_node(tx, Some(office))?.is_empty() {
                        return Err(Failure::refused(Refusal::NotStarted { office: office.clone() }));
                    }
                    Some(office.participant())
                }
                (None, Some(office)) => {
                    if !kp_registry::offices(tx)?.iter().any(|known| known.name == *office) {
                        return Err(Failure::refused(Refusal::NoSuchOffice { office: office.to_string() }));
                    }
                    Some(office.participant())
                }
                _ => None,
            };
            let Some(participant) = wanted else {
                let office = receiver.map_or_else(|| CAPITAL.to_owned(), |office| office.to_string());
                return Err(Failure::refused(Refusal::NoSuchOffice { office }));
            };
            let sections = sections(tx, own.as_ref(), receiver.as_ref(), participant, everything)?;
            let from = own.map_or_else(|| CAPITAL.to_owned(), |office| office.to_string());
            Ok(ExchangeFile { from, sections }.to_text())
        })
    }

    /// Takes over a file that another node of the same participant wrote.
    ///
    /// # Errors
    /// Refuses a file that is no true copy, leaves a gap, or is not for this node; fails where the database does.
    pub fn take_over(&self, text: &str, signer: &Signer, now: Timestamp) -> Result<TakenOver, Failure> {
        self.refuse_in_training(sentence!("training-answer", "the answer to an exchange file"))?;
        let file = ExchangeFile::read(text)
            .map_err(|sentence| Failure::refused(Refusal::NotAnExchangeFile { sentence }))?;
        let participant = self.participant_of(&file)?;
        let sum = kp_sign::hex(&kp_sign::sha256(text.as_bytes()));
        let desk = Desk::new(signer, self.keys(), now);
        let outcome = self.at_desk("take_over", desk, |tx, desk| {
            let mut keys = self.key_book();
            keys.learn_log(tx)?;
            match kp_log::take_over(tx, desk, &file.sections, &mut keys) {
                Ok(taken) if taken.entries.is_empty() => Ok(TakenOver::NothingNew),
                Ok(taken) => state(tx, desk, participant, &sum, taken),
                Err(TakeFault::Fork(fork)) => state_fork(tx, desk, participant, &sum, fork),
                Err(TakeFault::Copy(fault)) => {
                    let number = fault.entry_number.map(|n| format!(" entry {n}")).unwrap_or_default();
                    let place = format!("{}{number}", fault.log_id);
                    Err(Failure::refused(Refusal::NotATrueCopy { place, sentence: fault.sentence }))
                }
                Err(TakeFault::Error(error)) => Err(error.into()),
            }
        })?;
        // Durable from here on. If power fails now, an office that began with this file pins its root at the next start.
        self.pin_root()?;
        self.follow_up(now);
        Ok(outcome)
    }

    /// Whose log the statement about the file goes into.
    fn participant_of(&self, file: &ExchangeFile) -> Result<ParticipantCode, Failure> {
        if let Some(office) = self.office() {
            return Ok(office.participant());
        }
        let mut owners: Vec<ParticipantCode> = Vec::new();
        for section in &file.sections {
            let name = section.log_id.parse::<LogName>().ok();
            owners.extend(name.and_then(|name| name.office).map(|office| office.participant()));
        }
        owners.sort();
        owners.dedup();
        match owners[..] {
            [participant] => Ok(participant),
            _ => Err(Failure::refused(Refusal::NothingOfOurs { from: file.from.clone() })),
        }
    }

    /// The keys that this node believes at the beginning of its log.
    pub(crate) fn key_book(&self) -> LogKeyBook {
        let book = match self.root() {
            Some(root) => LogKeyBook::pinned_to(root),
            None => LogKeyBook::default(),
        };
        book.read_by(self.office())
    }
}

/// The logs of this node that concern a participant, each from the entry on that the other node has not yet.
fn sections(
    tx: &mut Tx<'_>,
    own: Option<&OfficeName>,
    receiver: Option<&OfficeName>,
    participant: ParticipantCode,
    everything: bool,
) -> Result<Vec<Section>> {
    let known = if everything { Vec::new() } else { taken_by(tx, receiver)? };
    let mut sections = Vec::new();
    for name in kp_log::logs_of_node(tx, own)? {
        if name.owner != LogOwner::Scheme && name.owner != LogOwner::Participant(participant) {
            continue;
        }
        let log_id = name.to_string();
        let to = known.iter().filter(|taken| taken.log_id == log_id).map(|taken| taken.to + 1).max();
        sections.push(kp_log::section_of_log(tx, &log_id, to.unwrap_or(0))?);
    }
    Ok(sections)
}

/// What another node has stated that it took over from us, as far as its log has come here.
fn taken_by(tx: &mut Tx<'_>, other: Option<&OfficeName>) -> Result<Vec<LogTaken>> {
    let other = other.map(OfficeName::to_string).unwrap_or_default();
    let mut taken = Vec::new();
    for entry in kp_log::entries_of_kind(tx, EntriesTakenOver::KIND)? {
        if entry.log_id.parse::<LogName>().is_ok_and(|name| name.node() == other) {
            taken.extend(entry.body::<EntriesTakenOver>()?.logs);
        }
    }
    Ok(taken)
}

/// Applies what was taken over, and states it. The officer is looked at after that: an office's first file is what names
/// its officers.
fn state(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    participant: ParticipantCode,
    file: &str,
    taken: kp_log::Taken,
) -> Result<TakenOver, Failure> {
    let mut problems = 0;
    for entry in &taken.entries {
        apply(tx, entry)
            .with_context(|| format!("applying {} entry {}", entry.log_id, entry.entry_number))?;
        problems += u64::from(kp_trade::problem_at(tx, entry.position)?.is_some());
    }
    let officer = officer_of(tx, desk, participant)?;
    let statement =
        EntriesTakenOver { participant, file: file.to_owned(), logs: taken.logs, taken_by: officer };
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    let receipt = Box::new(receipt_of("take_over", &entry));
    Ok(TakenOver::New { logs: statement.logs, problems, receipt })
}

/// States a fork, once for each other branch.
fn state_fork(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    participant: ParticipantCode,
    file: &str,
    fork: Box<Fork>,
) -> Result<TakenOver, Failure> {
    let officer = officer_of(tx, desk, participant)?;
    let statement = ForkSeen {
        participant,
        log_id: fork.log_id.clone(),
        entry_number: fork.entry_number,
        here: fork.here.to_base64(),
        there: fork.there.to_base64(),
        checkpoint: fork.checkpoint.clone(),
        file: file.to_owned(),
        seen_by: officer,
    };
    let known = kp_log::entries_of_kind(tx, ForkSeen::KIND)?;
    let is_it = |entry: &Entry| {
        entry
            .body::<ForkSeen>()
            .is_ok_and(|seen| (seen.log_id, seen.there) == (fork.log_id.clone(), fork.there.to_base64()))
    };
    let receipt = if known.iter().any(is_it) {
        None
    } else {
        Some(Box::new(receipt_of("take_over", &append(tx, desk, &statement)?)))
    };
    Ok(TakenOver::Fork { fork, receipt })
}

fn officer_of(tx: &mut Tx<'_>, desk: &Desk<'_>, participant: ParticipantCode) -> Result<String, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    if officer.body == participant.to_string() {
        return Ok(officer.id);
    }
    let (officer, participant) = (officer.id, participant.to_string());
    Err(Failure::refused(Refusal::NotOfThisParticipant { officer, participant }))
}
