//! `kpcs log heads`, `verify` and `prove`: what the log holds, whether it is as it was written, and how to show that
//! to somebody else.

use kp_tlog::TlogProof;
use serde::Serialize;

use crate::{
    answer::{Answer, Outcome},
    arguments::Reading,
    place::Place,
    screen::{Table, counted, say, say_json},
};

#[derive(Serialize)]
struct Head {
    log: String,
    entries: u64,
    root: String,
    key: String,
    checkpoint: String,
}

/// Lists all logs.
pub(crate) fn heads(place: &Place, reading: Reading) -> Answer {
    let node = place.open()?;
    let mut rows = Vec::new();
    for head in node.db().read(kp_log::log_heads)? {
        rows.push(Head {
            // The third line of a checkpoint is the root (C2SP tlog-checkpoint).
            root: head.checkpoint.lines().nth(2).unwrap_or_default().to_owned(),
            key: node.checkpoint_verifier(&head.log_id)?.to_string(),
            log: head.log_id,
            entries: head.size,
            checkpoint: head.checkpoint,
        });
    }
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["log", ">entries", "root", "checkpoint key"]);
    for row in rows {
        table.row(vec![row.log, row.entries.to_string(), row.root, row.key]);
    }
    table.say_or("There is no log yet; the first act opens one.")?;
    Ok(Outcome::Done)
}

/// Makes the copy outside the database anew, where there is none and a person says that this database is the newest.
pub(crate) fn accept_outside(place: &Place) -> Answer {
    let accepted = place.open()?.accept_without_outside()?;
    if accepted.is_empty() {
        say("Every log has its copy outside the database; nothing was changed.")?;
        return Ok(Outcome::Done);
    }
    say(&format!(
        "From now on the copy of {} is what this database holds. Whether its end was cut off before, nothing here can say.",
        accepted.join(", ")
    ))?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Verified {
    logs: Vec<VerifiedLog>,
    faults: Vec<ShownFault>,
}

#[derive(Serialize)]
struct VerifiedLog {
    log: String,
    entries: u64,
}

#[derive(Serialize)]
struct ShownFault {
    log: String,
    entry: Option<u64>,
    sentence: String,
}

/// Checks every entry of every log; names what is not as it was written.
pub(crate) fn verify(place: &Place, reading: Reading) -> Answer {
    let report = place.open()?.verify_log()?;
    let outcome = if report.faults.is_empty() { Outcome::Done } else { Outcome::Found };
    if reading.json {
        let fault = |f: &kp_log::Fault| ShownFault {
            log: f.log_id.clone(),
            entry: f.entry_number,
            sentence: f.sentence.clone(),
        };
        say_json(&Verified {
            logs: report.logs.iter().map(|(log, n)| VerifiedLog { log: log.clone(), entries: *n }).collect(),
            faults: report.faults.iter().map(fault).collect(),
        })?;
        return Ok(outcome);
    }
    for fault in &report.faults {
        say(&fault.to_string())?;
    }
    let entries: u64 = report.logs.values().sum();
    let what = format!("{entries} entries in {}", counted(report.logs.len(), "log"));
    say(&match report.faults.len() {
        0 => format!("{what}: every signature, hash and checkpoint is good"),
        faults => format!("{what}: {}; this log is not as it was written", counted(faults, "fault")),
    })?;
    Ok(outcome)
}

/// Prints a proof of inclusion that the receiver can check offline with the log's key.
pub(crate) fn prove(place: &Place, log: &str, entry: u64) -> Answer {
    let proof = place.open()?.db().read(|tx| kp_log::prove_inclusion(tx, log, entry))?;
    let text = TlogProof { extra: None, index: entry, hashes: proof.path, checkpoint: proof.checkpoint };
    say(text.to_string().trim_end_matches('\n'))?;
    Ok(Outcome::Done)
}
