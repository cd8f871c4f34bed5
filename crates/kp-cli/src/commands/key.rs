//! `kpcs key document ...`: key files and tokens around the acts of the catalogue.
//!
//! Decides nothing: the acts do. What it adds is the private half, which no act may carry, and the SHA-256 of a record
//! that lies in a file.

mod list;
mod make;

pub(crate) use list::list;
pub(crate) use make::make;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use kp_node::{DocumentKeyFile, Kept, Node};
use kp_registry::{DocumentKey as Registered, DocumentKeyState};
use kp_terms::Fields;
use sha2::{Digest, Sha256};

use crate::{
    answer::{Answer, Outcome},
    arguments::{AtKey, DocumentKey, Key},
    clock,
    commands::act::{in_words, open_key},
    passphrase::Source,
    place::Place,
    screen::{aside, say},
};

/// Runs what was typed.
pub(crate) fn run(place: &Place, command: &Key) -> Answer {
    let Key::Document(command) = command;
    match command {
        DocumentKey::List(reading) => list(place, *reading),
        DocumentKey::Make(options) => make(place, options),
        DocumentKey::Witness { key, record, remark } => {
            let mut more = vec![("record_hash", hash_of_file(record)?)];
            more.extend(remark.iter().map(|remark| ("remark", remark.clone())));
            act_on(place, "witness_ceremony", key, more)
        }
        DocumentKey::Retire { key, reason } => {
            act_on(place, "retire_document_key", key, vec![("reason", reason.clone())])
        }
        DocumentKey::Compromise { key, since, what } => {
            let more = vec![("suspected_from", since.clone()), ("what_happened", what.clone())];
            act_on(place, "report_key_compromise", key, more)
        }
        DocumentKey::Check { key, document_passphrase_file, pin_file } => {
            check(place, key, document_passphrase_file.as_ref(), pin_file.as_ref())
        }
    }
}

fn act_on(place: &Place, act: &str, at: &AtKey, more: Vec<(&'static str, String)>) -> Answer {
    let node = place.open()?;
    let Some(key) = registered(&node, &at.key)? else {
        return Err(
            anyhow::anyhow!("{} is not a document key; `kpcs key document list` shows them", at.key).into()
        );
    };
    let signer = open_key(&node, &at.signing.officer, at.signing.passphrase_file.as_ref())?;
    let mut fields = Fields::from([
        ("participant".to_owned(), vec![key.participant.to_string()]),
        ("key_id".to_owned(), vec![at.key.clone()]),
    ]);
    fields.extend(more.into_iter().map(|(name, value)| (name.to_owned(), vec![value])));
    let receipt = node.perform(act, &fields, &signer, clock::now())?;
    say(&in_words(&receipt))?;
    if act == "report_key_compromise" {
        say(&after_compromise(&node, &at.key)?)?;
    }
    Ok(Outcome::Done)
}

/// From where on nothing is believed: the figures that the drill's next steps need.
fn after_compromise(node: &Node, key_id: &str) -> Result<String> {
    let key = registered(node, key_id)?.context("a key that was just reported is registered")?;
    let cuts = key.compromise.map(|compromise| compromise.cuts).unwrap_or_default();
    let lines = cuts.iter().map(|cut| format!("  {} from entry {} on", cut.log_id, cut.from_entry));
    Ok(std::iter::once(format!("Under key {key_id} nothing is believed in"))
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n"))
}

fn registered(node: &Node, key_id: &str) -> Result<Option<Registered>> {
    node.db().read(|tx| kp_registry::document_key_by_id(tx, key_id))
}

fn check(place: &Place, key_id: &str, passphrase: Option<&PathBuf>, pin: Option<&PathBuf>) -> Answer {
    let node = place.open()?;
    let keyring = node.keyring().context("a node in a data folder has a keyring")?;
    let Some(file) = keyring.document_key_file(key_id)? else {
        return Err(anyhow::anyhow!("document key {key_id} is not kept in this data folder").into());
    };
    let secret = match &file.kept {
        Kept::Open => None,
        Kept::UnderPassphrase => {
            Some(Source::of_document_key(passphrase).ask(&format!("document key {key_id}"))?)
        }
        Kept::InToken(place) => Some(Source::of_token(pin).ask_pin(&place.token)?),
    };
    let signer = keyring.open_document_key(key_id, secret.as_ref().map(|secret| secret.as_str()))?;
    // Not a statement and not a certificate: nobody can take the test for either.
    let test = b"kpcs key document check";
    let signature = signer.sign_message(test).context("signing a test")?;
    signer.public().check_signature(test, &signature).context("checking the test")?;
    say(&format!("Document key {key_id} opens and signs; the test was thrown away."))?;
    Ok(Outcome::Done)
}

/// The SHA-256 of a record, which may be a film of many gigabytes.
fn hash_of_file(file: &Path) -> Result<String> {
    let reading = || format!("reading the record {}", file.display());
    let mut record = std::fs::File::open(file).with_context(reading)?;
    let mut sha256 = Sha256::new();
    if std::io::copy(&mut record, &mut Absorb(&mut sha256)).with_context(reading)? == 0 {
        bail!("the record {} is empty", file.display());
    }
    Ok(kp_sign::hex(&sha256.finalize()))
}

struct Absorb<'a>(&'a mut Sha256);

impl std::io::Write for Absorb<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Lays open what certificates are signed with: every key in use that is kept here and whose secret is given in a file, in
/// the environment, or at the terminal. What stays shut is said; it keeps nobody from the rest.
pub(crate) fn open_document_keys(
    node: &Node,
    passphrase: Option<&PathBuf>,
    pin: Option<&PathBuf>,
) -> Result<()> {
    let Some(keyring) = node.keyring() else { return Ok(()) };
    for file in keyring.document_keys()?.iter().filter(|file| !file.opens_by_itself()) {
        if !is_in_use(node, &file.key_id)? {
            continue;
        }
        let prompt = format!("{} of document key {} (empty: it stays shut): ", file.secret(), file.key_id);
        match source(file, passphrase, pin).ask_where_possible(&prompt)? {
            None => aside(&format!(
                "Document key {} stays shut, because its {} was not given: certificates are not signed with it.",
                file.key_id,
                file.secret()
            )),
            Some(secret) => {
                if let Err(error) = node.open_document_key(&file.key_id, Some(&secret)) {
                    aside(&format!("Document key {} stays shut: {error:#}", file.key_id));
                }
            }
        }
    }
    Ok(())
}

/// As [`open_document_keys`], for one act: only what is given in the environment, and silently.
pub(crate) fn open_what_is_given(node: &Node) -> Result<()> {
    let Some(keyring) = node.keyring() else { return Ok(()) };
    for file in keyring.document_keys()?.iter().filter(|file| !file.opens_by_itself()) {
        if is_in_use(node, &file.key_id)?
            && let Some(secret) = source(file, None, None).given()?
        {
            node.open_document_key(&file.key_id, Some(&secret))?;
        }
    }
    Ok(())
}

fn is_in_use(node: &Node, key_id: &str) -> Result<bool> {
    let state = registered(node, key_id)?.map(|key| key.state_at(clock::now()));
    Ok(matches!(
        state,
        Some(DocumentKeyState::Active | DocumentKeyState::NotYetValid | DocumentKeyState::AwaitingWitness)
    ))
}

fn source<'a>(
    file: &DocumentKeyFile,
    passphrase: Option<&'a PathBuf>,
    pin: Option<&'a PathBuf>,
) -> Source<'a> {
    match file.kept {
        Kept::InToken(_) => Source::of_token(pin),
        _ => Source::of_document_key(passphrase),
    }
}
