//! What is put in on purpose: kinds A01 to A17, each at three difficulties, each with its label.

mod receipts;
mod rows;
mod value;
mod volume;

use std::collections::BTreeSet;

use kp_testkit::dice::Dice;

use crate::books::Books;
use crate::decoys::label;
use crate::labels::{Kind, Label};
use crate::trade::History;
use crate::world::{QUARTERS, World, first_day};

/// Everything at hand while something is put in.
pub(crate) struct Workshop<'a> {
    pub world: &'a World,
    pub history: &'a mut History,
    pub books: &'a mut Books,
    pub dice: &'a mut Dice,
    pub labels: Vec<Label>,
    /// Participants, routes and firms that already have an oddity: none gets two, so that credit is plain.
    used: BTreeSet<(usize, usize)>,
    /// Certificates that were there before.
    pub known: usize,
}

/// A participant as a whole, in the list of what is used.
const WHOLE: usize = usize::MAX;

impl Workshop<'_> {
    /// Takes a participant or route, unless it is taken.
    pub(crate) fn take(&mut self, from: usize, to: Option<usize>) -> bool {
        self.used.insert((from, to.unwrap_or(WHOLE)))
    }

    /// A window of so many quarters, with a history before and some after.
    pub(crate) fn window(&mut self, quarters: usize) -> (usize, usize) {
        let first = 14 + self.dice.below((QUARTERS - 26 - quarters) as u64) as usize;
        (first, first + quarters - 1)
    }

    /// Places of the certificates of a route (or of an exporter) in quarters.
    pub(crate) fn of_route(
        &self,
        from: usize,
        to: Option<usize>,
        (first, last): (usize, usize),
    ) -> Vec<usize> {
        let exporter = self.world.participants[from].code;
        let importer = to.map(|at| self.world.participants[at].code);
        let days = first_day(first)..first_day(last + 1);
        (0..self.history.certificates.len())
            .filter(|at| {
                let c = &self.history.certificates[*at];
                c.exporter == exporter
                    && importer.is_none_or(|code| c.importer == code)
                    && days.contains(&c.issued)
            })
            .collect()
    }

    /// A route with at least so many certificates in the window.
    pub(crate) fn busy_route(&mut self, window: (usize, usize), least: usize) -> Option<(usize, usize)> {
        for _ in 0..400 {
            let from = self.dice.below(self.world.participants.len() as u64) as usize;
            let to = self.dice.weighted(&self.world.participants[from].partners);
            if !self.used.contains(&(from, to))
                && self.of_route(from, Some(to), window).len() >= least
                && self.take(from, Some(to))
            {
                return Some((from, to));
            }
        }
        None
    }

    pub(crate) fn label(
        &self,
        kind: Kind,
        difficulty: u8,
        from: usize,
        to: Option<usize>,
        (first, last): (usize, usize),
    ) -> Label {
        let code = |at: usize| self.world.participants[at].code;
        let mut label = label(kind, code(from), to.map(code), (first_day(first), first_day(last + 1) - 1));
        label.difficulty = difficulty;
        label
    }

    /// Changes the value of a certificate and of what was received under it.
    pub(crate) fn revalue(&mut self, at: usize, value: i64) {
        let before = self.history.certificates[at].value;
        self.history.certificates[at].value = value.max(1);
        for answer in self.history.answers[at].clone() {
            if let Some(c) = &mut self.history.confirmations[answer] {
                c.value = (c.value as f64 * value as f64 / before.max(1) as f64) as i64;
                if c.value != value && (c.value - value).abs() <= 2 {
                    c.value = value;
                }
            }
        }
    }
}

/// How many of each kind a history of this size gets: windows, and single rows.
fn how_many(certificates: usize) -> (usize, usize) {
    if certificates >= 500_000 { (6, 15) } else { (3, 9) }
}

/// Puts all kinds in.
pub(crate) fn put_in(
    world: &World,
    history: &mut History,
    books: &mut Books,
    dice: &mut Dice,
    certificates: usize,
) -> Vec<Label> {
    let known = history.certificates.len();
    let mut workshop =
        Workshop { world, history, books, dice, labels: Vec::new(), used: BTreeSet::new(), known };
    let (windows, rows) = how_many(certificates);
    for at in 0..windows {
        let difficulty = (at % 3) as u8 + 1;
        volume::production_surge(&mut workshop, difficulty);
        volume::embargo_laundering(&mut workshop, difficulty);
        volume::over_export(&mut workshop, difficulty);
        volume::count_slip(&mut workshop, difficulty);
        volume::new_route_burst(&mut workshop, difficulty);
        value::re_export_inflation(&mut workshop, difficulty);
        value::mirror_value_gap(&mut workshop, difficulty);
        value::round_values(&mut workshop, difficulty);
        value::quantity_drift(&mut workshop, difficulty);
        value::corridor(&mut workshop, difficulty);
        receipts::missing_receipts(&mut workshop, difficulty);
    }
    for at in 0..rows {
        let difficulty = (at % 3) as u8 + 1;
        rows::fake_number(&mut workshop, difficulty);
        rows::duplicate_number(&mut workshop, difficulty);
        rows::number_reuse(&mut workshop, difficulty);
        rows::seal_reuse(&mut workshop, difficulty);
        rows::content_clone(&mut workshop, difficulty);
        if at < windows {
            rows::circular_trade(&mut workshop, difficulty);
        }
    }
    workshop.labels
}
