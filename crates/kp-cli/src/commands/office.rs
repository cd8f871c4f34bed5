//! `kpcs office ...`: offices that work without a network, seen from the capital and at the office itself.

use std::path::{Path, PathBuf};

use anyhow::Context;
use kp_log::OfficeName;
use serde::Serialize;

use super::exchange::write_file;
use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Reading,
    passphrase::Source,
    place::Place,
    screen::{Table, say, say_json},
};

#[derive(Serialize)]
struct Shown {
    office: String,
    place: String,
    since: String,
    node_key: String,
    ranges: Vec<ShownRange>,
}

#[derive(Serialize)]
struct ShownRange {
    first: String,
    last: String,
    allotted_on: String,
    withdrawn_on: Option<String>,
    returned_on: Option<String>,
}

/// Lists offices with their ranges.
pub(crate) fn list(place: &Place, reading: Reading) -> Answer {
    let node = place.open()?;
    let shown = node.db().read(|tx| {
        let mut shown = Vec::new();
        for office in kp_registry::offices(tx)? {
            let code = office.name.participant();
            let number = |serial| kp_terms::CertificateNumber::new(code, serial).to_string();
            let ranges = kp_trade::ranges_of_participant(tx, code)?;
            let own = ranges.into_iter().filter(|range| range.office == office.name.label());
            let ranges = own
                .map(|range| ShownRange {
                    first: number(range.first),
                    last: number(range.last),
                    allotted_on: range.allotted_on.to_string(),
                    withdrawn_on: range.withdrawn_on.map(|day| day.to_string()),
                    returned_on: range.returned_on.map(|day| day.to_string()),
                })
                .collect();
            shown.push(Shown {
                office: office.name.to_string(),
                place: office.place,
                since: office.from_day.to_string(),
                node_key: office.public_key,
                ranges,
            });
        }
        anyhow::Ok(shown)
    })?;
    if reading.json {
        say_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["office", "place", "since", "numbers"]);
    for office in shown {
        let ranges: Vec<String> = office.ranges.iter().map(in_words).collect();
        table.row(vec![office.office, office.place, office.since, ranges.join(", ")]);
    }
    table.say_or("There is no office; `kpcs act register-office` registers one.")?;
    Ok(Outcome::Done)
}

fn in_words(range: &ShownRange) -> String {
    let numbers = format!("{}..{}", range.first, range.last);
    match (&range.withdrawn_on, &range.returned_on) {
        (_, Some(day)) => format!("{numbers} (given back on {day})"),
        (Some(day), None) => format!("{numbers} (withdrawn on {day}, not yet read there)"),
        (None, None) => numbers,
    }
}

/// Writes the file with which an office begins.
pub(crate) fn prepare(place: &Place, office: &OfficeName, out: &Path) -> Answer {
    let text = place.open()?.export(Some(office), true)?;
    write_file(out, &text)?;
    say(&format!(
        "Wrote {} for office {office}. There: kpcs exchange take {} --as OFFICER",
        out.display(),
        out.file_name().unwrap_or_default().display()
    ))?;
    Ok(Outcome::Done)
}

/// Makes an officer's key at an office.
pub(crate) fn officer_key(place: &Place, officer: &str, new_passphrase_file: Option<&PathBuf>) -> Answer {
    let node = place.open()?;
    if node.office().is_none() {
        let sentence =
            "this is no office; at the capital `kpcs act name-officer` makes the key with the officer";
        return Err(Trouble::Usage(sentence.into()));
    }
    let passphrase = Source::of_new_key(new_passphrase_file).ask_new(officer)?;
    let keyring = node.keyring().context("a node in a data folder has a key folder")?;
    let signer = keyring.make(officer, &passphrase)?;
    say(&format!("Made a key for {officer}. Its public half, for `kpcs act name-officer` at the capital:"))?;
    say(&kp_sign::hex(&signer.key.public().to_bytes()))?;
    Ok(Outcome::Done)
}
