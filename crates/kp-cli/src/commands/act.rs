//! `kpcs act ...`: one act of one officer. When this prints the receipt, the act is durable.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context;
use kp_attached::{Kept, Store, Upload};
use kp_log::Signer;
use kp_node::{Node, Receipt, act_by_name};
use serde::Serialize;

use crate::{
    act_command::{ActCommand, PUBLIC_KEY, makes_key},
    answer::{Answer, Outcome, Trouble},
    clock,
    passphrase::Source,
    place::Place,
    screen::{say, say_json},
};

/// Bytes of a file that are copied at a time.
const PART: usize = 1 << 20;

/// Does the act.
pub(crate) fn run(place: &Place, act: &ActCommand) -> Answer {
    let node = place.open()?;
    let signer = open_key(&node, &act.officer, act.passphrase_file.as_ref())?;
    crate::commands::key::open_what_is_given(&node)?;
    let receipt = perform(&node, act, &signer)?;
    if act.json {
        say_json(&Shown::from(&receipt))?;
    } else {
        say(&in_words(&receipt))?;
    }
    Ok(Outcome::Done)
}

/// Opens the key of an officer who acts.
pub(crate) fn open_key(
    node: &Node,
    officer: &str,
    passphrase_file: Option<&PathBuf>,
) -> anyhow::Result<Signer> {
    if !node.keyring().is_some_and(|keyring| keyring.holds(officer)) {
        anyhow::bail!(
            "no key of {officer:?} lies in this data folder; officers act where their key is, and `kpcs officers` lists them"
        );
    }
    let passphrase = Source::of_signer(passphrase_file).ask(officer)?;
    node.open_key(officer, &passphrase)
}

fn perform(node: &Node, act: &ActCommand, signer: &Signer) -> Result<Receipt, Trouble> {
    if let Some(file) = &act.file {
        let mut fields = act.fields.clone();
        fields.extend(kept(node, file, signer)?.into_fields());
        return Ok(node.perform(act.name, &fields, signer, clock::now())?);
    }
    let wants_key = act_by_name(act.name).is_some_and(makes_key) && !act.fields.contains_key(PUBLIC_KEY);
    if !wants_key {
        return Ok(node.perform(act.name, &act.fields, signer, clock::now())?);
    }
    let whose =
        act.fields.get("officer_id").and_then(|typed| typed.first()).map_or("the new key", String::as_str);
    let passphrase = Source::of_new_key(act.new_passphrase_file.as_ref()).ask_new(whose)?;
    Ok(node.perform_with_new_key(act.name, act.fields.clone(), &passphrase, signer, clock::now())?)
}

/// Looks at a file and copies it to the others, so that no statement speaks of a file that is not there.
fn kept(node: &Node, file: &Path, signer: &Signer) -> anyhow::Result<Kept> {
    let store = node.papers().context("this node has no folder of its own and keeps no papers")?;
    let name = file.display();
    let mut from = std::fs::File::open(file).with_context(|| format!("opening {name}"))?;
    let length = from.metadata().with_context(|| format!("looking at {name}"))?.len();
    let upload = store.begin(&signer.id, length, clock::now()).with_context(|| format!("keeping {name}"))?;
    let copied = copied(&store, &upload, &mut from);
    if copied.is_err() {
        // What came in part goes again, whatever broke.
        store.cancel(&upload)?;
    }
    copied.with_context(|| format!("keeping {name}"))
}

fn copied(store: &Store, upload: &Upload, from: &mut impl Read) -> anyhow::Result<Kept> {
    let (mut at, mut part) = (0, vec![0; PART]);
    loop {
        let read = from.read(&mut part)?;
        let Some(bytes) = part.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        at = store.append(upload, at, bytes)?;
    }
    Ok(store.finish(upload)?)
}

/// What was stated, where it stands, and what identifies it.
pub(crate) fn in_words(receipt: &Receipt) -> String {
    let subject = if receipt.subject.is_empty() { String::new() } else { format!(" {}", receipt.subject) };
    format!(
        "{}{subject}\n  stated on {} as entry {} of {}\n  SHA-256 {}",
        receipt.kind.replace('_', " "),
        receipt.on,
        receipt.entry_number,
        receipt.log_id,
        receipt.statement_hash
    )
}

/// The receipt as JSON.
#[derive(Serialize)]
struct Shown<'a> {
    act: &'a str,
    statement: &'a str,
    subject: &'a str,
    on: String,
    log: &'a str,
    entry: u64,
    position: u64,
    sha256: &'a str,
}

impl<'a> From<&'a Receipt> for Shown<'a> {
    fn from(receipt: &'a Receipt) -> Self {
        Self {
            act: receipt.act,
            statement: &receipt.kind,
            subject: &receipt.subject,
            on: receipt.on.to_string(),
            log: &receipt.log_id,
            entry: receipt.entry_number,
            position: receipt.position,
            sha256: &receipt.statement_hash,
        }
    }
}
