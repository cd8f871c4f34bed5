//! Declared production, stocks and counts: they balance with the trade until something is put in.

use std::collections::BTreeMap;

use kp_detect::stream::{Code, CountLine, Embargo, ProductionLine, Rows, StockLine, day_text};
use kp_testkit::dice::Dice;

use crate::trade::History;
use crate::world::{FIRST_YEAR, QUARTERS, World};

const YEARS: std::ops::Range<i32> = FIRST_YEAR..FIRST_YEAR + QUARTERS as i32 / 4;

#[derive(Debug, Clone, Default)]
pub(crate) struct Books {
    /// Carats and value by participant, year and half.
    pub production: BTreeMap<(usize, i32, i32), (i64, i64)>,
    /// Opening and closing by participant and year.
    pub stocks: BTreeMap<(usize, i32), (i64, i64)>,
    /// Added to the true count of issued certificates.
    pub count_slips: BTreeMap<(usize, i32), i64>,
    pub embargoes: Vec<Embargo>,
}

/// The year of a day.
pub(crate) fn year_of(day: i32) -> i32 {
    day_text(day).get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}

/// Year and half of a day.
pub(crate) fn half_of(day: i32) -> (i32, i32) {
    let text = day_text(day);
    let month: i32 = text.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
    (year_of(day), if month <= 6 { 1 } else { 2 })
}

/// Carats in and out by participant and year; of imports the smaller of what was certified and what was confirmed.
#[derive(Debug, Default)]
struct Flows {
    out: BTreeMap<(usize, i32), i64>,
    into: BTreeMap<(usize, i32), i64>,
}

fn places(world: &World) -> BTreeMap<Code, usize> {
    world.participants.iter().enumerate().map(|(at, p)| (p.code, at)).collect()
}

fn flows(world: &World, history: &History) -> Flows {
    let places = places(world);
    let (mut certified, mut confirmed) =
        (BTreeMap::<(usize, i32), i64>::new(), BTreeMap::<(usize, i32), i64>::new());
    let mut flows = Flows::default();
    for c in &history.certificates {
        let year = year_of(c.issued);
        *flows.out.entry((places[&c.exporter], year)).or_default() += c.carats;
        *certified.entry((places[&c.importer], year)).or_default() += c.carats;
    }
    for c in history.confirmations.iter().flatten() {
        *confirmed.entry((places[&c.importer], year_of(c.arrived))).or_default() += c.carats;
    }
    for (key, carats) in certified {
        flows.into.insert(key, carats.min(confirmed.get(&key).copied().unwrap_or_default()));
    }
    flows
}

impl Books {
    pub(crate) fn of(world: &World, history: &History, dice: &mut Dice) -> Self {
        let mut books = Self::default();
        books.produced(world, history, dice);
        let flows = flows(world, history);
        for at in 0..world.participants.len() {
            books.balanced(at, &flows);
        }
        books
    }

    /// Production as declared: what was certified as mined here, and a little more.
    fn produced(&mut self, world: &World, history: &History, dice: &mut Dice) {
        let places = places(world);
        for c in history.certificates.iter().filter(|c| c.origin == c.exporter) {
            let (year, half) = half_of(c.issued);
            let (carats, value) = self.production.entry((places[&c.exporter], year, half)).or_default();
            *carats += c.carats;
            *value += c.value;
        }
        for (carats, value) in self.production.values_mut() {
            let more = 1.01 + 0.02 * dice.unit();
            *carats = (*carats as f64 * more) as i64;
            *value = (*value as f64 * more * (0.97 + 0.06 * dice.unit())) as i64;
        }
    }

    /// Stocks that close the balance, with an opening that never lets them fall below nothing.
    fn balanced(&mut self, at: usize, flows: &Flows) {
        let of =
            |map: &BTreeMap<(usize, i32), i64>, year: i32| map.get(&(at, year)).copied().unwrap_or_default();
        let made = |year: i32| -> i64 {
            (1..=2).map(|half| self.production.get(&(at, year, half)).map_or(0, |p| p.0)).sum()
        };
        let usual = YEARS.map(|year| of(&flows.into, year) + made(year)).sum::<i64>() / YEARS.len() as i64;
        let mut opening_first = usual / 4 + 100;
        let lines = loop {
            let (mut opening, mut lines, mut short) = (opening_first, Vec::new(), 0);
            for year in YEARS {
                let held = opening + made(year) + of(&flows.into, year) - of(&flows.out, year);
                short = short.min(held - usual / 20);
                // What is not exported and more than is kept is polished.
                let closing = held.min(opening.max(usual / 4)).max(0);
                lines.push((year, opening, closing));
                opening = closing;
            }
            if short >= 0 {
                break lines;
            }
            opening_first -= short;
        };
        self.stocks
            .extend(lines.into_iter().map(|(year, opening, closing)| ((at, year), (opening, closing))));
    }

    /// The tables.
    pub(crate) fn rows(&self, world: &World, history: &History) -> Rows {
        let code = |at: usize| world.participants[at].code;
        let places = places(world);
        let mut counts: BTreeMap<(usize, i32), (i64, i64)> = BTreeMap::new();
        for c in &history.certificates {
            counts.entry((places[&c.exporter], year_of(c.issued))).or_default().0 += 1;
        }
        for c in history.confirmations.iter().flatten() {
            counts.entry((places[&c.importer], year_of(c.arrived))).or_default().1 += 1;
        }
        for (key, slip) in &self.count_slips {
            counts.entry(*key).or_default().0 += slip;
        }
        Rows {
            certificates: history.certificates.clone(),
            confirmations: history.confirmations.iter().flatten().cloned().collect(),
            production: self
                .production
                .iter()
                .map(|((at, year, half), (carats, value))| ProductionLine {
                    participant: code(*at),
                    year: *year,
                    half: *half,
                    carats: *carats,
                    value: *value,
                })
                .collect(),
            stocks: self
                .stocks
                .iter()
                .map(|((at, year), (opening, closing))| StockLine {
                    participant: code(*at),
                    year: *year,
                    opening: *opening,
                    closing: *closing,
                })
                .collect(),
            counts: counts
                .iter()
                .map(|((at, year), (issued, received))| CountLine {
                    participant: code(*at),
                    year: *year,
                    issued: *issued,
                    received: *received,
                })
                .collect(),
            members: world.members(),
            embargoes: self.embargoes.clone(),
        }
    }
}
