//! `kpcs lists ...`: root keys, publishing, taking over, showing.
//!
//! Decides nothing: what is believed is decided by the signatures and versions (specs/lists.md).

use std::path::Path;

use anyhow::{Context, Result};
use kp_certificate::lists::Bundle;
use kp_node::lists::{
    ListSigners, ListStore, Publication, RootFile, make_root_key, open_root_key, roots_to_text,
};
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::{Lists, PublishLists, Reading},
    clock,
    passphrase::Source,
    place::Place,
    screen::{Table, aside, counted, say, say_json},
};

const PIN_FIRST: &str = "no root keys are pinned here; `kpcs lists pin` pins those that are to be believed";

/// Runs what was typed.
pub(crate) fn run(place: &Place, command: &Lists) -> Answer {
    match command {
        Lists::MakeRoot { file, passphrase_file } => {
            let passphrase = Source::of_new_key(passphrase_file.as_ref()).ask_new("the root key")?;
            let public = make_root_key(file, &passphrase)?;
            say(&format!(
                "The root key is in {}, under its passphrase. Its public half, to be pinned by everybody:\n{}",
                file.display(),
                kp_sign::hex(&public.to_bytes())
            ))?;
            Ok(Outcome::Done)
        }
        Lists::Pin { threshold, keys } => pin(place, *threshold, keys),
        Lists::Publish(options) => publish(place, options),
        Lists::Take { file } => take(place, file),
        Lists::Show(reading) => show(place, *reading),
    }
}

/// Where lists lie.
pub(crate) fn store(place: &Place) -> Result<ListStore> {
    Ok(ListStore::at(&place.folder()?.join("lists")))
}

fn pin(place: &Place, threshold: u32, keys: &[String]) -> Answer {
    let roots = keys.iter().map(|typed| root(typed)).collect::<Result<Vec<_>, _>>()?;
    let pinned = store(place)?.pin(&roots_to_text(threshold, &roots))?;
    say(&format!(
        "Pinned: {} of {} must sign.",
        pinned.threshold,
        counted(pinned.keys.len() as u64, "root key")
    ))?;
    Ok(Outcome::Done)
}

/// `02ab...=Chair's office`.
fn root(typed: &str) -> Result<RootFile, Trouble> {
    let (hex, holder) = typed.split_once('=').unwrap_or((typed, "holder not named"));
    let digits = hex.trim();
    let key = kp_registry::name_officer::public_key(digits);
    let key = key.ok_or_else(|| {
        Trouble::Usage(format!("{digits} is not a public key; write its 66 hexadecimal digits, then =HOLDER"))
    })?;
    Ok(RootFile { holder: holder.trim().to_owned(), key })
}

fn publish(place: &Place, options: &PublishLists) -> Answer {
    let node = place.open()?;
    let store = store(place)?;
    let roots = store.roots()?.context(PIN_FIRST)?;
    let before = store.bundle(&roots)?;
    let source = Source::of_signer(options.passphrase_file.as_ref());
    let mut signers = ListSigners::default();
    for file in &options.root {
        signers.roots.push(open_root_key(file, &source.ask(&file.display().to_string())?)?);
    }
    for officer in &options.custodian {
        signers.custodians.push(node.open_key(officer, &source.ask(officer)?)?.key);
    }
    match node.publish_lists(before.as_ref(), &roots, &signers, clock::now())? {
        Publication::Wanting(wanting) => {
            for each in wanting {
                aside(&each.to_string());
            }
            aside("Nothing was published. --root FILE and --custodian OFFICER name who signs.");
            Ok(Outcome::Found)
        }
        Publication::Published(bundle) => {
            store.keep(&bundle)?;
            if let Some(out) = &options.out {
                std::fs::write(out, bundle.to_bytes())
                    .with_context(|| format!("writing {}", out.display()))?;
            }
            say(&in_words(&bundle))?;
            Ok(Outcome::Done)
        }
    }
}

fn take(place: &Place, file: &Path) -> Answer {
    let store = store(place)?;
    let roots = store.roots()?.context(PIN_FIRST)?;
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let older = store.bundle(&roots)?;
    let bundle = Bundle::accept(&bytes, &roots, older.as_ref(), clock::now())
        .with_context(|| format!("{} is not taken; what was here stays", file.display()))?;
    store.keep(&bundle)?;
    say(&in_words(&bundle))?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Shown {
    version: u64,
    issued_at: String,
    expires_at: String,
    participants: usize,
    certificates: u64,
    fates: usize,
}

impl Shown {
    fn of(bundle: &Bundle) -> Self {
        let head = &bundle.snapshot.head;
        let runs = bundle.status.values().flat_map(|status| &status.certificates);
        Self {
            version: head.version,
            issued_at: head.issued_at.to_string(),
            expires_at: head.expires_at.to_string(),
            participants: bundle.participants.participants.len(),
            certificates: runs.map(kp_certificate::lists::Run::count).sum(),
            fates: bundle.status.values().map(|status| status.fates.len()).sum(),
        }
    }
}

fn show(place: &Place, reading: Reading) -> Answer {
    let store = store(place)?;
    let roots = store.roots()?.context(PIN_FIRST)?;
    let bundle = store.bundle(&roots)?.context(
        "there are no lists here; `kpcs lists publish` makes them, `kpcs lists take FILE` takes them over",
    )?;
    if reading.json {
        say_json(&Shown::of(&bundle))?;
        return Ok(Outcome::Done);
    }
    say(&in_words(&bundle))?;
    let mut table = Table::new(&["participant", "name", ">keys", ">certificates", ">fates", ">papers"]);
    for participant in &bundle.participants.participants {
        let code = participant.code;
        let status = bundle.status.get(&code);
        let certificates: u64 = status
            .map_or(0, |status| status.certificates.iter().map(kp_certificate::lists::Run::count).sum());
        table.row(vec![
            code.to_string(),
            participant.name.clone(),
            bundle.trust.get(&code).map_or(0, |trust| trust.document_keys.len()).to_string(),
            certificates.to_string(),
            status.map_or(0, |status| status.fates.len()).to_string(),
            bundle.specimens.get(&code).map_or(0, |specimens| specimens.forms.len()).to_string(),
        ]);
    }
    table.say_or("They name no participant.")?;
    Ok(Outcome::Done)
}

fn in_words(bundle: &Bundle) -> String {
    let shown = Shown::of(bundle);
    format!(
        "Lists version {} of {}, good until {}: {}, {}.",
        shown.version,
        shown.issued_at,
        shown.expires_at,
        counted(shown.participants as u64, "participant"),
        counted(shown.certificates, "certificate")
    )
}
