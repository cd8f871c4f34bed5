//! `kpcs exchange ...`: write a file for the other node, take one over.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use kp_log::{LogTaken, OfficeName};
use kp_node::TakenOver;

use super::act::{in_words, open_key};
use crate::{
    answer::{Answer, Outcome},
    clock,
    place::Place,
    screen::say,
};

/// Writes what the other node does not have yet.
pub(crate) fn export(place: &Place, to: Option<&OfficeName>, all: bool, out: &Path) -> Answer {
    let text = place.open()?.export(to, all)?;
    write_file(out, &text)?;
    let entries = text.lines().filter(|line| line.starts_with("entry ")).count();
    say(&format!("Wrote {entries} entries to {}", out.display()))?;
    Ok(Outcome::Done)
}

/// Beside it, flushed, then renamed: a stick pulled out too early leaves no half file under this name.
pub(crate) fn write_file(out: &Path, text: &str) -> anyhow::Result<()> {
    let beside = out.with_added_extension("part");
    let mut file = std::fs::File::create(&beside).with_context(|| format!("writing {}", beside.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all().with_context(|| format!("writing {}", beside.display()))?;
    std::fs::rename(&beside, out).with_context(|| format!("writing {}", out.display()))
}

/// Takes a file over.
pub(crate) fn take(place: &Place, file: &Path, officer: &str, passphrase_file: Option<&PathBuf>) -> Answer {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let node = place.open()?;
    let signer = open_key(&node, officer, passphrase_file)?;
    match node.take_over(&text, &signer, clock::now())? {
        TakenOver::NothingNew => {
            say("Everything in this file stood here before; nothing was changed.")?;
            Ok(Outcome::Done)
        }
        TakenOver::New { logs, problems, receipt } => {
            for LogTaken { log_id, from, to, .. } in logs {
                say(&format!("{log_id}: entries {from} to {to} are new here"))?;
            }
            say(&in_words(&receipt))?;
            if problems == 0 {
                return Ok(Outcome::Done);
            }
            say(&format!(
                "{problems} of them do not fit what was here and changed nothing; `kpcs findings list` shows the questions"
            ))?;
            Ok(Outcome::Found)
        }
        TakenOver::Fork { fork, receipt } => {
            say(&format!(
                "{} entry {}: this file shows another history than was taken over before, and the log's own key signed both. \
                 Nothing of it was taken over; do not go on with that office under this label.",
                fork.log_id, fork.entry_number
            ))?;
            if let Some(receipt) = receipt {
                say(&in_words(&receipt))?;
            }
            Ok(Outcome::Found)
        }
    }
}
