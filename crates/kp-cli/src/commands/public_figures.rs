//! `kpcs statistics reconcile` and `export`: both sides of every certificate, and the public tables as files.

use std::{io::Write, path::Path};

use anyhow::Context;
use kp_exchange::{
    parquet_out::as_parquet,
    public_tables::{as_csv, as_sdmx_csv, as_workbook},
};
use kp_node::public_tables::public_observations;
use kp_statistics::reconcile::{Agreement, Gap, Route, reconcile as compare, usd};
use kp_terms::Carats;
use serde::Serialize;

use super::statistics::known_at;
use crate::{
    answer::{Answer, Outcome},
    arguments::AsOf,
    place::Place,
    screen::{Table, say, say_json},
};

#[derive(Serialize)]
struct ShownGap {
    exporter: String,
    importer: String,
    quarter: String,
    hs: Option<String>,
    carats_left: String,
    carats_arrived: String,
    parts: Vec<ShownPart>,
    carats_unexplained: String,
}

#[derive(Serialize)]
struct ShownPart {
    part: &'static str,
    carats: String,
    value_usd: String,
    certificates: usize,
    numbers: Vec<String>,
}

fn shown(route: &Route, gap: &Gap) -> ShownGap {
    let carats = |hundredths| Carats::from_hundredths(hundredths).to_string();
    ShownGap {
        exporter: route.exporter.to_string(),
        importer: route.importer.to_string(),
        quarter: route.quarter.to_string(),
        hs: route.hs.map(|hs| hs.to_string()),
        carats_left: carats(gap.sides.carats_out),
        carats_arrived: carats(gap.sides.carats_in),
        parts: gap
            .parts
            .iter()
            .map(|(of, part)| ShownPart {
                part: Agreement::word(*of),
                carats: carats(part.carats),
                value_usd: usd(part.cents).to_string(),
                certificates: part.numbers.len(),
                numbers: part.numbers.clone(),
            })
            .collect(),
        carats_unexplained: gap.unexplained().to_string(),
    }
}

/// Reconciles by certificate, then by route and quarter, and by class where asked.
pub(crate) fn reconcile(
    place: &Place,
    by_class: bool,
    numbers: bool,
    AsOf { as_of, reading }: AsOf,
) -> Answer {
    let known_at = known_at(as_of)?;
    let (postings, presentations) = place.open()?.db().read(|tx| {
        let postings = kp_statistics::postings_as_known_on(tx, known_at)?;
        Ok::<_, anyhow::Error>((postings, kp_statistics::presentations_as_known_on(tx, known_at)?))
    })?;
    let result = compare(&postings, &presentations, kp_log::day_of(known_at), by_class);
    let gaps: Vec<ShownGap> = result.gaps.iter().map(|(route, gap)| shown(route, gap)).collect();
    if reading.json {
        say_json(&gaps)?;
        return Ok(Outcome::Done);
    }
    let columns = [
        "exporter",
        "importer",
        "quarter",
        "class",
        ">ct left",
        ">ct arrived",
        "part",
        ">ct more",
        ">US$ more",
        ">certificates",
    ];
    let mut table = Table::new(&columns);
    for gap in &gaps {
        for (at, part) in gap.parts.iter().enumerate() {
            let once = |text: &str| if at == 0 { text.to_owned() } else { String::new() };
            table.row(vec![
                once(&gap.exporter),
                once(&gap.importer),
                once(&gap.quarter),
                once(gap.hs.as_deref().unwrap_or("all")),
                once(&gap.carats_left),
                once(&gap.carats_arrived),
                part.part.to_owned(),
                part.carats.clone(),
                part.value_usd.clone(),
                part.certificates.to_string(),
            ]);
        }
    }
    table.say_or("Nothing has left.")?;
    if numbers {
        for gap in &gaps {
            for part in &gap.parts {
                let route = format!("{} to {}, {}", gap.exporter, gap.importer, gap.quarter);
                say(&format!("{route}, {}: {}", part.part, part.numbers.join(" ")))?;
            }
        }
    }
    for presented in &result.never_left {
        say(&format!(
            "{} was presented at {} on {} with {} ct, and never left by its issuer's books",
            presented.number, presented.at, presented.arrived_on, presented.carats
        ))?;
    }
    Ok(Outcome::Done)
}

/// Writes the public tables.
pub(crate) fn export(place: &Place, format: &str, out: Option<&Path>, asked: AsOf) -> Answer {
    let as_of = kp_log::day_of(known_at(asked.as_of)?);
    let rows = place.open()?.db().read(|tx| public_observations(tx, as_of))?;
    let bytes = match format {
        "xlsx" => as_workbook(&rows, as_of)?,
        "parquet" => as_parquet(&rows, as_of),
        "sdmx" => as_sdmx_csv(&rows).into_bytes(),
        _ => as_csv(&rows, as_of).into_bytes(),
    };
    match out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))?,
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(Outcome::Done)
}
