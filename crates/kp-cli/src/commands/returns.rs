//! `kpcs return ...`: a return from a file to the log, and the calendar of returns.

mod calendar;
mod checked;

use std::path::Path;

use anyhow::Context;
use kp_node::returns::{Submitting, WhichReturn};
use kp_statistics::{AnnexTable, figure::Figure};
use kp_terms::Timestamp;
use serde::Serialize;

use super::act;
use crate::{
    answer::{Answer, Outcome},
    arguments::{Returns, Which},
    clock,
    place::Place,
    screen::{Table, say, say_json},
};

impl From<Which> for WhichReturn {
    fn from(which: Which) -> Self {
        Self { participant: which.of, table: which.table, period: which.period }
    }
}

/// Runs one of the commands.
pub(crate) fn run(place: &Place, command: &Returns) -> Answer {
    match command {
        Returns::Check { file, which, marked, reading } => {
            checked::check(place, file, (*which).into(), marked.as_deref(), *reading)
        }
        Returns::Put { file, which, by } => {
            let node = place.open()?;
            let signer = act::open_key(&node, &by.officer, by.passphrase_file.as_ref())?;
            let (name, bytes) = read(file)?;
            let checked = node.check_return((*which).into(), &name, &bytes, clock::now())?;
            let put = node.put_return((*which).into(), &name, &bytes, &signer, clock::now())?;
            say(&format!("{} lies in the sandbox of {} as {}", put.file, put.participant, put.id))?;
            checked::say_checked(&checked)
        }
        Returns::Sandbox { of, reading } => sandbox(place, *of, *reading),
        Returns::Drop { id, of, by } => {
            let node = place.open()?;
            let signer = act::open_key(&node, &by.officer, by.passphrase_file.as_ref())?;
            if node.drop_return(*of, id, &signer, clock::now())? {
                say(&format!("{id} was dropped; nobody has said it"))?;
                return Ok(Outcome::Done);
            }
            Err(anyhow::anyhow!("there is no {id:?} in the sandbox of {of}").into())
        }
        Returns::Submit { id, of, reason, force, complete, by } => {
            let node = place.open()?;
            let checked = node.check_sandboxed(*of, id, clock::now())?;
            let signer = act::open_key(&node, &by.officer, by.passphrase_file.as_ref())?;
            let now = clock::now();
            let with = Submitting { reason: reason.clone(), forced: force.clone(), complete: *complete };
            let receipt = node.submit_return_of_sandbox(&checked, id, with, &signer, now)?;
            say(&act::in_words(&receipt))?;
            Ok(Outcome::Done)
        }
        Returns::Calendar { of, as_of, csv, reading } => calendar::run(place, *of, *as_of, *csv, *reading),
        Returns::Derive { which, csv, reading } => derive(place, (*which).into(), *csv, *reading),
        Returns::Versions(reading) => versions(place, *reading),
    }
}

fn read(file: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok((name.unwrap_or_else(|| file.display().to_string()), bytes))
}

#[derive(Serialize)]
struct ShownSandboxed {
    id: String,
    table: String,
    period: String,
    file: String,
    sha256: String,
    put_by: String,
    put_at: String,
}

fn sandbox(place: &Place, of: kp_terms::ParticipantCode, reading: crate::arguments::Reading) -> Answer {
    let all = place.open()?.db().read(|tx| kp_statistics::sandbox::sandbox(tx, Some(of)))?;
    let shown: Vec<ShownSandboxed> = all
        .into_iter()
        .map(|it| ShownSandboxed {
            id: it.id,
            table: it.table.to_string(),
            period: it.period.to_string(),
            file: it.file,
            sha256: it.file_sha256,
            put_by: it.put_by,
            put_at: it.put_at.to_string(),
        })
        .collect();
    if reading.json {
        say_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["name", "table", "period", "file", "put by", "at"]);
    for it in shown {
        table.row(vec![it.id, it.table, it.period, it.file, it.put_by, it.put_at]);
    }
    table.say_or("The sandbox is empty; `kpcs return put` fills it.")?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Beside {
    figure: String,
    declared: Option<String>,
    register: Option<String>,
    difference_carats: Option<String>,
    difference_value_usd: Option<String>,
}

/// What was declared and what the register counts, side by side: nothing is taken for the other.
fn derive(place: &Place, which: WhichReturn, csv: bool, reading: crate::arguments::Reading) -> Answer {
    let WhichReturn { participant, table, period } = which;
    let (declared, register) = place.open()?.db().read(|tx| {
        let history = kp_statistics::history(tx, participant, table)?;
        let register = kp_statistics::register::figures(tx, participant, table, period)?;
        Ok::<_, anyhow::Error>((
            history.get(&period).cloned().unwrap_or_default(),
            register.unwrap_or_default(),
        ))
    })?;
    if csv {
        return say_csv(table, &register);
    }
    let mut keys: Vec<String> = declared.iter().chain(&register).map(Figure::key).collect();
    keys.sort();
    keys.dedup();
    let find = |figures: &[Figure], key: &str| figures.iter().find(|f| f.key() == key).cloned();
    let rows: Vec<Beside> = keys
        .into_iter()
        .map(|key| {
            let (said, counted) = (find(&declared, &key), find(&register, &key));
            let gap = said.as_ref().zip(counted.as_ref());
            let carats =
                gap.and_then(|(a, b)| a.carats.checked_sub(b.carats)).map(|carats| carats.to_string());
            let value = gap.and_then(|(a, b)| a.value.checked_sub(b.value)).map(|value| value.to_string());
            Beside {
                figure: key,
                declared: said.map(|figure| figure.to_string()),
                register: counted.map(|figure| figure.to_string()),
                difference_carats: carats,
                difference_value_usd: value,
            }
        })
        .collect();
    if reading.json {
        say_json(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut shown = Table::new(&["figure", "declared", "register", ">carats more", ">US$ more"]);
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    for row in rows {
        shown.row(vec![
            row.figure,
            or_none(row.declared),
            or_none(row.register),
            or_none(row.difference_carats),
            or_none(row.difference_value_usd),
        ]);
    }
    shown.say_or("Nothing was declared, and the register counts nothing.")?;
    Ok(Outcome::Done)
}

fn say_csv(table: AnnexTable, figures: &[Figure]) -> Answer {
    let empty = |code: Option<String>| code.unwrap_or_default();
    if table == AnnexTable::Certificates {
        say("counted,certificates")?;
        for (what, count) in figures.iter().filter_map(|figure| figure.certificates) {
            say(&format!("{},{count}", what.word()))?;
        }
        return Ok(Outcome::Done);
    }
    say("partner,hs,carats,value_usd")?;
    for figure in figures {
        let (partner, hs) = (figure.partner.map(|p| p.to_string()), figure.hs.map(|hs| hs.to_string()));
        say(&format!("{},{},{},{}", empty(partner), empty(hs), figure.carats, figure.value))?;
    }
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct ShownVersion {
    participant: String,
    table: String,
    period: String,
    known_since: Timestamp,
    carats: String,
    value_usd: String,
    certificates: i64,
    reason: String,
    forced: Vec<String>,
}

fn versions(place: &Place, reading: crate::arguments::Reading) -> Answer {
    let shown = place.open()?.db().read(|tx| {
        let mut shown = Vec::new();
        for version in kp_statistics::versions_declared(tx)? {
            let forced = kp_statistics::forced_of_return(tx, version.position)?;
            shown.push(ShownVersion {
                participant: version.participant.to_string(),
                table: version.table.to_string(),
                period: version.period.to_string(),
                known_since: version.recorded_at,
                carats: version.carats.to_string(),
                value_usd: version.value.to_string(),
                certificates: version.certificates,
                reason: version.reason,
                forced: forced.into_iter().map(|(rule, reason)| format!("{rule}: {reason}")).collect(),
            });
        }
        Ok::<_, anyhow::Error>(shown)
    })?;
    if reading.json {
        say_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let columns = [
        "participant",
        "table",
        "period",
        "known since",
        ">carats",
        ">US$",
        ">certificates",
        "why, and what was forced",
    ];
    let mut table = Table::new(&columns);
    for version in shown {
        let said: Vec<String> =
            std::iter::once(version.reason).chain(version.forced).filter(|s| !s.is_empty()).collect();
        table.row(vec![
            version.participant,
            version.table,
            version.period,
            version.known_since.to_string(),
            version.carats,
            version.value_usd,
            version.certificates.to_string(),
            said.join("; "),
        ]);
    }
    table.say_or("No return was declared here.")?;
    Ok(Outcome::Done)
}
