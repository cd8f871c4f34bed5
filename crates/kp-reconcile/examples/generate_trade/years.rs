//! The tables of participants' years: production, stocks, counts, participants, embargoes. They balance, but for what is
//! put in on purpose.

use std::{
    io::{Result, Write},
    path::Path,
};

use kp_testkit::dice::Dice;

use crate::{
    create,
    labels::{Label, Labels},
    trade::{Books, Hundredths},
    world::World,
};

const YEARS: std::ops::RangeInclusive<i32> = 2004..=2024;

pub(crate) fn write<W: Write>(
    folder: &Path,
    world: &World,
    books: &Books,
    dice: &mut Dice,
    labels: &mut Labels<W>,
) -> Result<()> {
    let mut production = create(folder, "production.csv")?;
    let mut stocks = create(folder, "stocks.csv")?;
    let mut counts = create(folder, "cert_counts.csv")?;
    writeln!(production, "participant,year,half,carats,value_usd")?;
    writeln!(stocks, "participant,year,opening_carats,closing_carats")?;
    writeln!(counts, "participant,year,issued,received")?;
    for (at, participant) in world.participants.iter().enumerate() {
        let of = |map: &std::collections::BTreeMap<(usize, i32), i64>, year| {
            map.get(&(at, year)).copied().unwrap_or_default()
        };
        let most = YEARS.map(|year| of(&books.exported, year)).max().unwrap_or_default();
        let mut opening = most / 5;
        for year in YEARS {
            let left = opening + of(&books.imported, year) - of(&books.exported, year);
            let target = most / 5 + dice.below(most as u64 / 20 + 1) as i64;
            let made = if participant.role.mines() { (target - left).max(0) } else { 0 };
            // Who polishes uses it up; who runs short had more in stock than was declared.
            let closing = (left + made).clamp(0, most / 2 + 1);
            let mut declared = made;
            if made > 0 && dice.one_in(60) {
                declared = made * (40 + dice.below(30) as i64) / 100;
                labels.anomaly(&Label {
                    kind: "exports_above_production",
                    level: "year",
                    difficulty: 1,
                    participant: participant.code().to_owned(),
                    partner: String::new(),
                    start: format!("{year}-01-01"),
                    end: format!("{year}-12-31"),
                    magnitude: Hundredths(made - declared).to_string(),
                    note: "more certified than was there",
                })?;
            }
            // A return that was made again with a figure to be added (a restatement) is a row of its own.
            let first = declared * (45 + dice.below(10) as i64) / 100;
            let restated = if declared > 0 && dice.one_in(25) { declared / 50 } else { 0 };
            for (half, carats) in [(1, first - restated), (2, declared - first), (1, restated)] {
                if participant.role.mines() && (carats != 0 || restated == 0) && (half, carats) != (1, 0) {
                    let value = carats * (30 + dice.below(90) as i64);
                    writeln!(
                        production,
                        "{},{year},{half},{},{}",
                        participant.code(),
                        Hundredths(carats),
                        Hundredths(value)
                    )?;
                }
            }
            writeln!(
                stocks,
                "{},{year},{},{}",
                participant.code(),
                Hundredths(opening),
                Hundredths(closing)
            )?;
            let mut slip = |count: u64| if dice.one_in(40) { count + count / 50 + 1 } else { count };
            let issued = slip(books.issued.get(&(at, year)).copied().unwrap_or_default());
            let received = slip(books.received.get(&(at, year)).copied().unwrap_or_default());
            writeln!(counts, "{},{year},{issued},{received}", participant.code())?;
            opening = closing;
        }
    }
    production.flush()?;
    stocks.flush()?;
    counts.flush()?;
    participants(folder, world, dice, labels)
}

fn participants<W: Write>(
    folder: &Path,
    world: &World,
    dice: &mut Dice,
    labels: &mut Labels<W>,
) -> Result<()> {
    let mut participants = create(folder, "participants.csv")?;
    writeln!(participants, "code,role,joined,neighbours")?;
    for each in &world.participants {
        let neighbours: Vec<&str> = each.neighbours.iter().map(|at| world.participants[*at].code()).collect();
        writeln!(
            participants,
            "{},{},{},{}",
            each.code(),
            each.role.letter(),
            each.joined,
            neighbours.join(" ")
        )?;
    }
    let mut embargoes = create(folder, "embargoes.csv")?;
    writeln!(embargoes, "participant,start,end")?;
    for each in world.participants.iter().filter(|each| each.role.mines()) {
        if dice.one_in(8) {
            let year = 2005 + dice.below(15);
            writeln!(embargoes, "{},{year}-06-01,{}-05-31", each.code(), year + 2)?;
        }
    }
    // The fall of prices in late 2008 touches every route and means nothing.
    labels.decoy(&Label {
        kind: "market_fall",
        level: "world",
        difficulty: 2,
        participant: String::new(),
        partner: String::new(),
        start: "2008-10-19".to_owned(),
        end: "2009-12-31".to_owned(),
        magnitude: "0.70".to_owned(),
        note: "all prices fall",
    })?;
    labels.decoy(&Label {
        kind: "shared_container",
        level: "row",
        difficulty: 1,
        participant: String::new(),
        partner: String::new(),
        start: "2004-01-01".to_owned(),
        end: "2024-12-31".to_owned(),
        magnitude: "1 in 4000".to_owned(),
        note: "two shipments under one seal",
    })?;
    participants.flush()?;
    embargoes.flush()
}
