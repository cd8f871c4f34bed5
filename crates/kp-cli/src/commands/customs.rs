//! `kpcs statistics customs`: the scheme's figures against a customs office's file, every difference in its parts.

use std::path::Path;

use anyhow::Context;
use kp_exchange::customs::read_customs;
use kp_statistics::{
    customs::{Difference, compare},
    explore::{told_by_register, told_by_returns},
};
use kp_terms::{Carats, UsdCents};
use serde::Serialize;

use super::statistics::known_at;
use crate::{
    answer::{Answer, Outcome},
    arguments::AsOf,
    place::Place,
    screen::{Table, aside, say_json},
};

#[derive(Serialize)]
struct ShownDifference {
    participant: String,
    flow: &'static str,
    partner: String,
    quarter: String,
    hs: String,
    scheme_carats: Option<String>,
    customs_carats: Option<String>,
    scheme_value_usd: Option<String>,
    customs_value_usd: Option<String>,
    parts: Vec<ShownPart>,
    is_question: bool,
    rows: Vec<u32>,
}

#[derive(Serialize)]
struct ShownPart {
    cause: &'static str,
    carats: String,
    value_usd: String,
}

impl From<&Difference> for ShownDifference {
    fn from(it: &Difference) -> Self {
        let carats = |hundredths| Carats::from_hundredths(hundredths).to_string();
        let value = |cents| UsdCents::from_cents(cents).to_string();
        let mut causes: Vec<_> = it.carats.keys().chain(it.cents.keys()).copied().collect();
        causes.sort_unstable();
        causes.dedup();
        Self {
            participant: it.key.participant.to_string(),
            flow: it.key.way.word(),
            partner: it.key.partner.to_string(),
            quarter: it.key.quarter.to_string(),
            hs: it.key.hs.to_string(),
            scheme_carats: it.ours.map(|side| carats(side.carats)),
            customs_carats: it.theirs.map(|side| carats(side.carats)),
            scheme_value_usd: it.ours.map(|side| value(side.cents)),
            customs_value_usd: it.theirs.map(|side| value(side.cents)),
            parts: causes
                .into_iter()
                .map(|cause| ShownPart {
                    cause: cause.word(),
                    carats: carats(it.carats.get(&cause).copied().unwrap_or(0)),
                    value_usd: value(it.cents.get(&cause).copied().unwrap_or(0)),
                })
                .collect(),
            is_question: it.is_question(),
            rows: it.rows.clone(),
        }
    }
}

/// Compares a file with what is on file here.
pub(crate) fn run(place: &Place, file: &Path, by_register: bool, asked: AsOf) -> Answer {
    let known_at = known_at(asked.as_of)?;
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let node = place.open()?;
    let read = read_customs(&bytes, &node.names_known()?);
    if let Some(problem) = &read.problem {
        return Err(anyhow::anyhow!("{}: {problem}", file.display()).into());
    }
    let told = node.db().read(|tx| {
        Ok::<_, anyhow::Error>(if by_register {
            told_by_register(&kp_statistics::cells_as_known_on(tx, known_at)?)
        } else {
            told_by_returns(kp_statistics::declared_as_known_on(tx, known_at, None, None)?.iter())
        })
    })?;
    let shown: Vec<ShownDifference> =
        compare(&told, &read.figures).iter().map(ShownDifference::from).collect();
    let unit = if read.unit.is_empty() { "carats, as the file does not say" } else { &read.unit };
    aside(&format!(
        "{}: {} figures (weights in {unit}), {} rows of other goods, {} left out",
        file.display(),
        read.figures.len(),
        read.other_rows,
        read.left_out.len()
    ));
    for (row, sentence) in &read.left_out {
        aside(&format!("row {row} left out: {sentence}"));
    }
    if !read.unused.is_empty() {
        aside(&format!("columns that are not used: {}", read.unused.join(", ")));
    }
    if !read.other_sheets.is_empty() {
        aside(&format!("sheets that are not read: {}", read.other_sheets.join(", ")));
    }
    if asked.reading.json {
        say_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let columns = [
        "participant",
        "flow",
        "partner",
        "quarter",
        "class",
        ">scheme ct",
        ">customs ct",
        "cause",
        ">carats more",
        ">US$ more",
    ];
    let mut table = Table::new(&columns);
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    for it in &shown {
        let agree = ShownPart { cause: "agree", carats: "0.00".into(), value_usd: "0.00".into() };
        for part in if it.parts.is_empty() { std::slice::from_ref(&agree) } else { &it.parts[..] } {
            table.row(vec![
                it.participant.clone(),
                it.flow.to_owned(),
                it.partner.clone(),
                it.quarter.clone(),
                it.hs.clone(),
                or_none(&it.scheme_carats),
                or_none(&it.customs_carats),
                part.cause.to_owned(),
                part.carats.clone(),
                part.value_usd.clone(),
            ]);
        }
    }
    table.say_or("The file holds no figure of rough diamonds.")?;
    Ok(Outcome::Done)
}
