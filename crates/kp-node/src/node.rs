//! A node: one database, its keys, and the one way in which anything is done.

mod keys;
mod once;

use std::sync::Mutex;

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::{Db, Tx, Url};
use kp_log::{
    Appended, Desk, Entry, Failure, Fault, Head, Kept, LogName, LogOpened, LogReport, NodeKeys, OfficeName,
    Outside, Signer, TRAINING,
};
use kp_sign::PublicKey;
use kp_statistics::load_returns::ReturnsLoaded;
use kp_terms::{Fields, ParticipantCode, Sentence};
use kp_tlog::{Checkpoint, Hash, VerifierKey};

pub use once::Once;

use crate::{Act, ActFailure, Folder, Keyring, OutsideFiles, OutsideNowhere, Receipt, act_by_name};

/// How a node is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The data folder.
    pub folder: std::path::PathBuf,
    /// A PostgreSQL address, where the database is not the folder's own file.
    pub database: Option<String>,
    /// The node's name, written into its statements.
    pub name: String,
}

/// An open node. Shared between threads.
pub struct Node {
    db: Db,
    keys: NodeKeys,
    keyring: Option<Keyring>,
    outside: Box<dyn Outside>,
    /// Keeps the outside copy in the order of the commits.
    keeping: Mutex<()>,
    faults: Vec<Fault>,
    /// Whose first entry is believed: the capital's node key. An office learns it from its first file.
    root: Mutex<Option<PublicKey>>,
}

impl Node {
    /// Opens the node of a data folder, making it where there is none.
    ///
    /// # Errors
    /// Where the folder, keys or database cannot be used, or the log's tail is cut against the outside copy.
    pub fn open(settings: &Settings) -> Result<Self> {
        let folder = Folder::at(&settings.folder)?;
        let url = match &settings.database {
            Some(address) => address.parse()?,
            None => Url::File(folder.database()),
        };
        let keyring = Keyring::of(&folder);
        let db = Db::open(&url)?;
        refuse_without_keys(&db, &keyring)?;
        let office = keyring.office()?;
        let name = match &office {
            Some(office) => office.to_string(),
            None if keyring.is_training() => TRAINING.to_owned(),
            None => settings.name.clone(),
        };
        refuse_mixed_with_training(&db, &name)?;
        let keys = keyring.node_keys(&name)?;
        let root = if office.is_some() { keyring.capital_key()? } else { Some(keys.signer.key.public()) };
        let mut node = Self {
            db,
            keys,
            keyring: Some(keyring),
            outside: Box::new(OutsideFiles::of(&folder)),
            keeping: Mutex::new(()),
            faults: Vec::new(),
            root: Mutex::new(root),
        };
        node.pin_root()?;
        // A database that cannot even be compared is one more thing for `log verify` to name, so it opens all the same.
        node.faults = node.compare_and_catch_up().unwrap_or_else(|error| vec![not_comparable(&error)]);
        node.open_what_opens_by_itself();
        Ok(node)
    }

    /// Opens the node of an office, making it where there is none. The folder stays the office's from then on.
    ///
    /// # Errors
    /// As [`Node::open`], and where the folder is another node's.
    pub fn open_office(settings: &Settings, office: &OfficeName) -> Result<Self> {
        Keyring::of(&Folder::at(&settings.folder)?).become_office(office)?;
        Self::open(settings)
    }

    /// Opens the node of a folder for training, making it where there is none. The folder stays one for training.
    ///
    /// # Errors
    /// As [`Node::open`], and where the folder is a real node's.
    pub fn open_training(settings: &Settings) -> Result<Self> {
        Keyring::of(&Folder::at(&settings.folder)?).become_training()?;
        Self::open(settings)
    }

    /// Whether this node is for training: nothing that it signs is worth anything, and nothing leaves it.
    pub fn is_training(&self) -> bool {
        self.keys.is_training()
    }

    /// Refuses what would carry something out of a node for training.
    ///
    /// # Errors
    /// The refusal, naming `what` would leave.
    pub fn refuse_in_training(&self, what: Sentence) -> Result<(), Failure> {
        match self.is_training() {
            true => Err(Failure::refused(Refusal::InTraining { what })),
            false => Ok(()),
        }
    }

    /// At a node for training only invented participants act.
    fn refuse_real_participants(&self, act: &Act, fields: &Fields) -> Result<(), Failure> {
        let code = fields.get("code").and_then(|texts| texts.first()).map(|text| text.trim().to_uppercase());
        let real = |code: &ParticipantCode| !code.is_invented();
        match code.and_then(|code| code.parse().ok()).filter(real) {
            Some(code) if self.is_training() && act.name == "admit_participant" => {
                Err(Failure::refused(Refusal::RealParticipant { code }))
            }
            _ => Ok(()),
        }
    }

    /// The key whose first entry is believed.
    pub(crate) fn root(&self) -> Option<PublicKey> {
        self.root.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// At an office that has taken over its first file and has no root yet: the capital's node key, from the very first
    /// entry, written outside the database. From then on no other capital is believed.
    pub(crate) fn pin_root(&self) -> Result<()> {
        if self.root().is_some() || self.db.read(kp_log::last_position)? == 0 {
            return Ok(());
        }
        let first: LogOpened = self.db.read(|tx| kp_log::entry_at(tx, 1))?.body()?;
        let key = kp_registry::public_key(&first.node_key).context("the capital's node key does not read")?;
        if let Some(keyring) = &self.keyring {
            keyring.pin_capital_key(&key)?;
        }
        *self.root.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(key);
        Ok(())
    }

    /// A node with given keys and database and no outside copy: for stories.
    ///
    /// # Errors
    /// Where the database cannot be opened.
    pub fn in_database(url: &Url, keys: NodeKeys) -> Result<Self> {
        Self::in_database_with_outside(url, keys, Box::new(OutsideNowhere))
    }

    /// A node with given keys, database and outside copy.
    ///
    /// # Errors
    /// Where the database cannot be opened.
    pub fn in_database_with_outside(url: &Url, keys: NodeKeys, outside: Box<dyn Outside>) -> Result<Self> {
        let db = Db::open(url)?;
        let root = if keys.office().is_some() { None } else { Some(keys.signer.key.public()) };
        let (keeping, faults, root) = (Mutex::new(()), Vec::new(), Mutex::new(root));
        let node = Self { db, keys, keyring: None, outside, keeping, faults, root };
        node.pin_root()?;
        Ok(node)
    }

    /// The database, for reading. Doors never write through it.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The keys in the data folder.
    pub fn keyring(&self) -> Option<&Keyring> {
        self.keyring.as_ref()
    }

    /// The files that lie beside records; a node without a folder of its own keeps none.
    pub fn papers(&self) -> Option<kp_attached::Store> {
        self.keyring().map(|keyring| kp_attached::Store::at(&keyring.beside("attached")))
    }

    /// The node's own keys.
    pub fn keys(&self) -> &NodeKeys {
        &self.keys
    }

    /// Does an act by name. When this returns `Ok`, the act is durable.
    ///
    /// # Errors
    /// Lists fields that could not be read; refuses with a rule; or fails without a trace.
    pub fn perform(
        &self,
        name: &str,
        fields: &Fields,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, ActFailure> {
        let Some(act) = act_by_name(name) else {
            return Err(anyhow::anyhow!("there is no act {name:?}").into());
        };
        self.perform_act(act, fields, signer, now)
    }

    /// Does an act of the catalogue.
    ///
    /// # Errors
    /// As [`Node::perform`].
    pub fn perform_act(
        &self,
        act: &'static Act,
        fields: &Fields,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, ActFailure> {
        self.refuse_here(act, fields)?;
        let desk = Desk::new(signer, &self.keys, now);
        let entry = self.at_desk(act.name, desk, |tx, desk| (act.perform)(tx, desk, fields))?;
        self.follow_up(now);
        Ok(receipt_of(act.name, &entry))
    }

    /// Refuses what is not done at a node of this sort, whoever asks: an office, or one for training.
    fn refuse_here(&self, act: &Act, fields: &Fields) -> Result<(), Failure> {
        self.refuse_of_the_capital(act)?;
        self.refuse_real_participants(act, fields)
    }

    fn refuse_of_the_capital(&self, act: &Act) -> Result<(), Failure> {
        match CAPITAL_ROOMS.contains(&act.room) || CAPITAL_ACTS.contains(&act.name) {
            true => self.refuse_at_office(act.name, act.title),
            false => Ok(()),
        }
    }

    /// Refuses what is done at the capital alone, where this node is an office.
    pub(crate) fn refuse_at_office(&self, name: &str, title: &str) -> Result<(), Failure> {
        let act = Sentence::behind::<&str>(&format!("act-{name}"), title, []);
        match self.office() {
            Some(office) => Err(Failure::refused(Refusal::OfTheCapital { office, act })),
            None => Ok(()),
        }
    }

    /// Takes over the returns of a file: one statement, however many rows.
    ///
    /// # Errors
    /// As [`Node::perform`].
    pub fn load_returns(
        &self,
        returns: &ReturnsLoaded,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, Failure> {
        let desk = Desk::new(signer, &self.keys, now);
        let entry = self.at_desk("load_returns", desk, |tx, desk| {
            kp_statistics::load_returns::load_returns(tx, desk, returns)
        })?;
        self.follow_up(now);
        Ok(receipt_of("load_returns", &entry))
    }

    /// The stages follow an act that is done and durable; their failure is reported and undoes nothing.
    pub(crate) fn follow_up(&self, now: Timestamp) {
        if let Err(error) = self.catch_up(now) {
            tracing::error!(error = format!("{error:#}"), "the stages could not follow; they will try again");
        }
    }

    /// Runs something at a desk in one write transaction, then keeps the outside copy.
    pub(crate) fn at_desk<T, E: From<anyhow::Error>>(
        &self,
        name: &'static str,
        desk: Desk<'_>,
        act: impl FnOnce(&mut Tx<'_>, &Desk<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.refuse_on_faults()?;
        let _in_order = self.keeping.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let value = self.db.write(name, |tx| {
            let done = act(tx, &desk);
            // Asked before the act's own outcome is looked at: what stumbles over an altered database is told what it
            // stumbled over.
            self.outside.fits(&desk.appended())?;
            done
        })?;
        // Durable from here on. If power fails now, the outside copy is older than the log, and is caught up at the
        // next start; the person was not told "done" and will look.
        self.keep_outside(&desk.into_appended()).context(
            "the act is done and stands in the log, but the copy outside the database could not be written; \
             make room or mend the folder, then start again: the copy is caught up at start",
        )?;
        Ok(value)
    }

    fn keep_outside(&self, appended: &[Appended]) -> Result<()> {
        self.outside.keep(appended, &mut |log_id, from| {
            let hashes = self.db.read(|tx| kp_log::leaf_hashes(tx, log_id))?;
            Ok(hashes.into_iter().skip(usize::try_from(from)?).collect())
        })
    }

    /// Verifies every log against its signatures, its tree and the outside copy.
    ///
    /// # Errors
    /// Where the database or the outside copy cannot be read at all.
    pub fn verify_log(&self) -> Result<LogReport> {
        let mut keys = self.key_book();
        let mut report = self.db.read(|tx| kp_log::verify(tx, &mut keys, Some(self.outside.as_ref())))?;
        // `verify` compares with what is kept; that nothing is kept at all is found when the node is opened.
        report.faults.extend(self.faults.iter().filter(|fault| is_copy_missing(fault)).cloned());
        Ok(report)
    }

    /// What was found wrong with the log when the node was opened. While there is anything, nothing can be done here:
    /// going on would bury the evidence. Reading and `log verify` still work.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    fn refuse_on_faults(&self) -> Result<()> {
        match self.faults.first() {
            Some(fault) => anyhow::bail!(
                "the log is not as it was written, so nothing is done here until that is settled: {fault}"
            ),
            None => Ok(()),
        }
    }

    /// Compares every log with the outside copy; brings a copy that is merely older (a power cut between commit and
    /// copy) up to date, and leaves one that contradicts the database as it is.
    fn compare_and_catch_up(&self) -> Result<Vec<Fault>> {
        let mut faults = self.db.read(|tx| kp_log::compare_with_outside(tx, self.outside.as_ref()))?;
        faults.extend(self.db.read(kp_log::compare_heads_with_entries)?);
        for Head { log_id, checkpoint, .. } in self.db.read(kp_log::log_heads)? {
            let kept = self.outside.kept(&log_id)?;
            if kept.checkpoint.as_deref() == Some(checkpoint.as_str()) {
                continue;
            }
            // Read after the copy: the log may grow meanwhile, and then the copy is merely older.
            let Some((head, hashes)) = self.db.read(|tx| head_and_hashes(tx, &log_id))? else { continue };
            if !self.has_signed(&head, &hashes)? {
                faults.push(Fault {
                    log_id: head.log_id.clone(),
                    entry_number: None,
                    sentence: "its entries are not those that this node signed; run `kpcs log verify`".into(),
                });
                continue;
            }
            // Of a log that was taken over in one transaction the copy may be missing whole; its own node has it.
            let own = self.keeps(&log_id);
            if own && kept == Kept::default() && hashes.len() > ENTRIES_OF_FIRST_ACT {
                faults.push(copy_missing(&head));
                continue;
            }
            if !kept.is_older_state_of(&hashes) {
                faults.push(Fault {
                    log_id: head.log_id.clone(),
                    entry_number: kept.first_difference(&hashes),
                    sentence: "it differs from the copy kept outside the database; run `kpcs log verify`"
                        .into(),
                });
                continue;
            }
            if kept.checkpoint.as_deref().is_some_and(|note| !self.signed_note(&log_id, note)) {
                faults.push(Fault {
                    log_id,
                    entry_number: None,
                    sentence:
                        "the checkpoint kept outside the database was altered; if `kpcs log verify` names \
                               nothing else, remove that file and start again"
                            .into(),
                });
                continue;
            }
            self.keep_outside(&missing_outside(&head, hashes, kept.leaf_hashes.len()))?;
        }
        Ok(faults)
    }

    /// Makes the copy outside the database anew for every log that has none, from what the database holds now: a
    /// person's decision after a restore, when nothing else can show where the end of the log was. Returns the logs.
    ///
    /// # Errors
    /// Where anything else is wrong with the log; or where the copy cannot be written.
    pub fn accept_without_outside(&self) -> Result<Vec<String>> {
        let mut accepted = Vec::new();
        for fault in &self.faults {
            let found = self.db.read(|tx| head_and_hashes(tx, &fault.log_id))?;
            let Some((head, hashes)) = found.filter(|_| is_copy_missing(fault)) else {
                anyhow::bail!("something else is wrong, and that is not settled by a new copy: {fault}");
            };
            self.keep_outside(&missing_outside(&head, hashes, 0))?;
            accepted.push(head.log_id);
        }
        Ok(accepted)
    }

    /// Whether this node itself keeps a log.
    fn keeps(&self, log_id: &str) -> bool {
        log_id.parse::<LogName>().is_ok_and(|name| name.office == self.office())
    }

    /// The key that signs the checkpoints of a log: our own, or that which the opening of another node's log names.
    ///
    /// # Errors
    /// Where the log has no opening that reads.
    pub fn checkpoint_verifier(&self, log_id: &str) -> Result<VerifierKey> {
        if self.keeps(log_id) {
            return Ok(self.keys.checkpoint_key(log_id)?.verifier_key());
        }
        let named = self.db.read(|tx| kp_log::checkpoint_verifier(tx, log_id))?;
        named.with_context(|| format!("log {log_id} has no opening; run `kpcs log verify`"))
    }

    /// Whether the log's own checkpoint key signed exactly these entries. What it did not sign never gets into the
    /// outside copy, where it would pass for evidence.
    fn has_signed(&self, head: &Head, hashes: &[Hash]) -> Result<bool> {
        let own = self.checkpoint_verifier(&head.log_id)?;
        let signed = Checkpoint::open(&head.checkpoint, std::slice::from_ref(&own));
        Ok(signed.is_ok_and(|s| s.size() == hashes.len() as u64 && s.root() == kp_tlog::root_of(hashes)))
    }

    fn signed_note(&self, log_id: &str, note: &str) -> bool {
        let own = self.checkpoint_verifier(log_id);
        own.is_ok_and(|own| Checkpoint::open(note, &[own]).is_ok())
    }

    /// Opens an officer's key from the data folder.
    ///
    /// # Errors
    /// Where there is no such key, or the passphrase is wrong.
    pub fn open_key(&self, officer_id: &str, passphrase: &str) -> Result<Signer> {
        match &self.keyring {
            Some(keyring) => keyring.open(officer_id, passphrase),
            None => anyhow::bail!("this node has no key folder"),
        }
    }

    /// Whether this data folder has been founded (has a first officer).
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn is_founded(&self) -> Result<bool> {
        self.db.read(|tx| Ok(kp_registry::officers_of_body_count(tx, "scheme")? > 0))
    }
}

pub(crate) fn receipt_of(act: &'static str, entry: &Entry) -> Receipt {
    Receipt {
        act,
        subject: entry.subject.clone(),
        kind: entry.kind.clone(),
        log_id: entry.log_id.clone(),
        entry_number: entry.entry_number,
        position: entry.position,
        statement_hash: kp_sign::hex(&entry.statement_hash),
        on: entry.on(),
    }
}

/// Rooms whose acts are done at the capital alone: see `kp_registry::rules::of_the_capital`.
const CAPITAL_ROOMS: [&str; 7] =
    ["registry", "custody", "valuation", "number", "statistics", "case", "paper"];

/// Acts of other rooms that are the capital's too: one queue of confirmations from outside, one ageing, one count of what
/// a mandate still allows.
const CAPITAL_ACTS: [&str; 4] =
    ["record_confirmation", "drop_confirmation", "set_ageing", "file_application"];

kp_terms::refusals! {
    /// Why an act is not done at this node.
    pub enum Refusal {
        /// Nothing leaves a node for training.
        InTraining { what: Sentence } = "in_training", "this node is for training: {what} would leave it, and nothing of it is real", "training is apart from what is real (security 6)";
        /// Only invented participants act at a node for training.
        RealParticipant { code: ParticipantCode } = "real_participant_in_training", "{code} is a real participant's code; at a node for training only invented ones are admitted, XA to XZ without XI and XK", "training is apart from what is real (rulings 14)";
        /// An office works on certificates and blanks.
        OfTheCapital { office: OfficeName, act: Sentence } = "act_of_the_capital", "office {office} works on certificates and blank paper; the act {act} is done at the capital, and its file brings it here", "one registry (T35)";
    }
}

/// A log's first transaction holds the entry that opens it and the first act. A power cut between that and the copy is
/// the only lawful way in which a log has no copy at all.
const ENTRIES_OF_FIRST_ACT: usize = 2;

const COPY_MISSING: &str = "the copy kept outside the database is missing";

fn copy_missing(head: &Head) -> Fault {
    Fault {
        log_id: head.log_id.clone(),
        entry_number: None,
        sentence: format!(
            "{COPY_MISSING}, so nothing shows that its end was not cut off after entry {}; put the copy back, or, if this \
             database is known to be the newest, run `kpcs log accept-outside`",
            head.size.saturating_sub(1)
        ),
    }
}

fn is_copy_missing(fault: &Fault) -> bool {
    fault.sentence.starts_with(COPY_MISSING)
}

/// New keys beside an old log would make every statement look forged; the old ones must come back.
fn refuse_without_keys(db: &Db, keyring: &Keyring) -> Result<()> {
    let missing = keyring.missing_node_files();
    if missing.is_empty() || db.read(kp_log::last_position)? == 0 {
        return Ok(());
    }
    anyhow::bail!(
        "this database has a log, but the node's own keys are missing from the data folder ({}); put them back from the \
         backup. Nothing was made or changed",
        missing.join(", ")
    )
}

/// A database of training beside real keys, or the other way round, would pass one off for the other.
fn refuse_mixed_with_training(db: &Db, name: &str) -> Result<()> {
    if db.read(kp_log::last_position)? == 0 {
        return Ok(());
    }
    let first = db.read(|tx| kp_log::entry_at(tx, 1))?;
    // An entry that does not read is for `log verify` to name.
    let Ok(opened) = first.body::<LogOpened>() else { return Ok(()) };
    match (opened.node == TRAINING, name == TRAINING) {
        (true, false) => anyhow::bail!(
            "this database is that of a node for training, and the folder is not: nothing of it is real; open it with its own \
             folder"
        ),
        (false, true) => anyhow::bail!(
            "this folder is for training, and the database is not that of a node for training: what is real is not opened \
             here"
        ),
        _ => Ok(()),
    }
}

fn not_comparable(error: &anyhow::Error) -> Fault {
    Fault {
        log_id: "the log".into(),
        entry_number: None,
        sentence: format!(
            "it cannot be compared with the copy kept outside the database ({error:#}); run `kpcs log verify`"
        ),
    }
}

fn head_and_hashes(tx: &mut Tx<'_>, log_id: &str) -> Result<Option<(Head, Vec<Hash>)>> {
    let head = kp_log::log_heads(tx)?.into_iter().find(|head| head.log_id == log_id);
    head.map(|head| Ok((head, kp_log::leaf_hashes(tx, log_id)?))).transpose()
}

/// What the outside copy lacks; always at least the last entry, so that its checkpoint is written.
fn missing_outside(head: &Head, hashes: Vec<Hash>, kept: usize) -> Vec<Appended> {
    let from = kept.min(hashes.len().saturating_sub(1));
    let appended = |(leaf_hash, entry_number)| Appended {
        log_id: head.log_id.clone(),
        entry_number,
        leaf_hash,
        checkpoint: head.checkpoint.clone(),
    };
    hashes.into_iter().zip(0u64..).skip(from).map(appended).collect()
}

impl From<ActFailure> for anyhow::Error {
    fn from(failure: ActFailure) -> Self {
        match failure {
            ActFailure::Failure(Failure::Error(error)) => error,
            other => anyhow::anyhow!("{other}"),
        }
    }
}
