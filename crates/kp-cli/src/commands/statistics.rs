//! `kpcs statistics production`, `cells` and `load`: figures as declared, and as counted from the register.

use anyhow::{Context, bail};
use kp_exchange::{ProductionReader, participants::Participants};
use kp_statistics::{Cell, CertificateCount, load_returns::ReturnsLoaded};
use serde::Serialize;

use super::act;
use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::{AsOf, LoadReturns},
    clock, declared,
    place::Place,
    screen::{Table, aside, say, say_json},
};

#[derive(Serialize)]
struct Year {
    participant: String,
    name: String,
    year: i16,
    halves_returned: u8,
    carats: String,
    value_usd: String,
    usd_per_carat: Option<String>,
}

/// Declared production by participant and year.
pub(crate) fn production(place: &Place, AsOf { as_of, reading }: AsOf) -> Answer {
    let node = place.open()?;
    let analysis = declared::analysis(&node, known_at(as_of)?)?;
    let mut table = Table::new(&["participant", "name", ">year", ">halves", ">carats", ">US$", ">US$/ct"]);
    let mut years = Vec::new();
    for series in analysis.participants() {
        for year in series.years.iter().filter(|year| year.halves_returned > 0) {
            table.row(vec![
                series.participant.to_string(),
                series.name.clone(),
                year.year.to_string(),
                year.halves_returned.to_string(),
                year.carats.grouped(),
                year.value.grouped(),
                year.unit_value.map_or("-".into(), kp_terms::UsdCents::grouped),
            ]);
            years.push(Year {
                participant: series.participant.to_string(),
                name: series.name.clone(),
                year: year.year,
                halves_returned: year.halves_returned,
                carats: year.carats.to_string(),
                value_usd: year.value.to_string(),
                usd_per_carat: year.unit_value.map(|value| value.to_string()),
            });
        }
    }
    if reading.json {
        say_json(&years)?;
    } else {
        table.say_or("No return is here; `kpcs statistics load` or `kpcs act submit-return` brings them.")?;
    }
    Ok(Outcome::Done)
}

/// The end of the day asked for; now, where none is.
pub(super) fn known_at(as_of: Option<kp_terms::Date>) -> anyhow::Result<kp_terms::Timestamp> {
    as_of.map_or_else(|| Ok(clock::now()), kp_node::declared::end_of)
}

#[derive(Serialize)]
struct Counted {
    cells: Vec<ShownCell>,
    certificates: Vec<ShownCount>,
}

#[derive(Serialize)]
struct ShownCell {
    participant: String,
    flow: String,
    partner: String,
    quarter: String,
    hs: String,
    carats: String,
    value_usd: String,
    shipments: i64,
}

#[derive(Serialize)]
struct ShownCount {
    participant: String,
    quarter: String,
    what: String,
    certificates: i64,
}

/// Annex III cells and certificate counts.
pub(crate) fn cells(place: &Place, AsOf { as_of, reading }: AsOf) -> Answer {
    let known_at = known_at(as_of)?;
    let (cells, counts) = place.open()?.db().read(|tx| {
        let cells = kp_statistics::cells_as_known_on(tx, known_at)?;
        Ok::<_, anyhow::Error>((cells, kp_statistics::certificate_counts_as_known_on(tx, known_at)?))
    })?;
    if reading.json {
        say_json(&Counted {
            cells: cells.iter().map(ShownCell::from).collect(),
            certificates: counts.iter().map(ShownCount::from).collect(),
        })?;
        return Ok(Outcome::Done);
    }
    let mut table =
        Table::new(&["participant", "flow", "partner", "quarter", "class", ">carats", ">US$", ">shipments"]);
    for cell in &cells {
        let shown = ShownCell::from(cell);
        let (carats, value) = (cell.carats.grouped(), cell.value.grouped());
        let shipments = shown.shipments.to_string();
        table.row(vec![
            shown.participant,
            shown.flow,
            shown.partner,
            shown.quarter,
            shown.hs,
            carats,
            value,
            shipments,
        ]);
    }
    table.say_or("Nothing has departed or arrived.")?;
    let mut table = Table::new(&["participant", "quarter", "certificates", ">count"]);
    for count in &counts {
        let shown = ShownCount::from(count);
        table.row(vec![shown.participant, shown.quarter, shown.what, shown.certificates.to_string()]);
    }
    say("")?;
    table.say_or("No certificate has been validated or received.")?;
    Ok(Outcome::Done)
}

impl From<&Cell> for ShownCell {
    fn from(cell: &Cell) -> Self {
        Self {
            participant: cell.participant.to_string(),
            flow: cell.flow.clone(),
            partner: cell.partner.to_string(),
            quarter: cell.quarter.to_string(),
            hs: cell.hs.to_string(),
            carats: cell.carats.to_string(),
            value_usd: cell.value.to_string(),
            shipments: cell.shipments,
        }
    }
}

impl From<&CertificateCount> for ShownCount {
    fn from(count: &CertificateCount) -> Self {
        Self {
            participant: count.participant.to_string(),
            quarter: count.quarter.to_string(),
            what: count.what.clone(),
            certificates: count.certificates,
        }
    }
}

/// Takes over the returns of a file.
pub(crate) fn load(place: &Place, options: &LoadReturns) -> Answer {
    let returns = read(options)?;
    let node = place.open()?;
    let signer = act::open_key(&node, &options.officer, options.passphrase_file.as_ref())?;
    let receipt = node.load_returns(&returns, &signer, clock::now()).map_err(Trouble::from)?;
    say(&act::in_words(&receipt))?;
    Ok(Outcome::Done)
}

fn read(options: &LoadReturns) -> anyhow::Result<ReturnsLoaded> {
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_path(&options.file);
    let reading = reader.finish();
    let file = reading.files.first().context("because one file was given")?;
    if let Some(problem) = &file.problem {
        bail!("{}", problem.sentence);
    }
    let counts = reading.counts();
    aside(&format!(
        "{}: {} rows read = {} used + {} nil + {} duplicate + {} rejected",
        file.file, counts.read, counts.used, counts.nil, counts.duplicate, counts.rejected
    ));
    for rejected in &reading.rejected {
        aside(&format!("not taken over: {rejected}"));
    }
    Ok(ReturnsLoaded::from_rows(&options.source, &file.file, &file.sha256, &reading.rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_gets_a_sentence() {
        let options = LoadReturns {
            file: "no/such/file.csv".into(),
            source: "nobody".into(),
            officer: "scheme-statistics".into(),
            passphrase_file: None,
        };
        let said = read(&options).unwrap_err().to_string();
        assert!(said.contains("file.csv"), "{said}");
    }
}
