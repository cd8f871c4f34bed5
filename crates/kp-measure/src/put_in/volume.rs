//! Goods that come from elsewhere, or from nowhere (A01, A07, A08, A13, A17).

use super::Workshop;
use crate::books::half_of;
use crate::decoys::dormant;
use crate::labels::Kind;
use crate::trade::History;
use crate::world::{QUARTERS, Role, first_day};

/// A01: a producer certifies 60 to 250 percent more for four to eight quarters, of goods with another price.
pub(crate) fn production_surge(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 4 + w.dice.below(5) as usize;
    let window = w.window(quarters);
    let miners = w.world.of_role(&[Role::Artisanal, Role::Producer]);
    for _ in 0..200 {
        let from = miners[w.dice.below(miners.len() as u64) as usize];
        let rows = w.of_route(from, None, window);
        if rows.len() < 20 || !w.take(from, None) {
            continue;
        }
        let by = [2.5, 1.5, 0.8][usize::from(difficulty) - 1];
        let price = [0.35, 0.5, 0.65][usize::from(difficulty) - 1];
        let mut label = w.label(Kind::ProductionSurge, difficulty, from, None, window);
        label.magnitude = format!("x {:.1} at {price} of the price", 1.0 + by);
        let declared = !w.dice.one_in(3);
        for at in rows {
            let copies = by as usize + usize::from(w.dice.unit() < f64::fract(by));
            for _ in 0..copies {
                let (day, importer) =
                    (w.history.certificates[at].issued, w.history.certificates[at].importer);
                let Some(to) = w.world.participants.iter().position(|p| p.code == importer) else { continue };
                let placed = w.history.send(w.world, w.dice, from, to, day, |row| {
                    row.value = ((row.value as f64 * price) as i64).max(1);
                    row.origin = row.exporter;
                });
                let row = &w.history.certificates[placed];
                label.certificates.push(row.id);
                if declared {
                    let (year, half) = half_of(row.issued);
                    let made = w.books.production.entry((from, year, half)).or_default();
                    made.0 += row.carats;
                    made.1 += row.value;
                }
            }
        }
        w.labels.push(label);
        return;
    }
}

/// A07: in one year 15, 8 or 5 percent more left or stayed in stock than there was.
pub(crate) fn over_export(w: &mut Workshop<'_>, difficulty: u8) {
    for _ in 0..200 {
        let at = w.dice.below(w.world.participants.len() as u64) as usize;
        let first = 12 + 4 * w.dice.below(15) as usize;
        let window = (first, first + 3);
        let year = 2004 + first as i32 / 4;
        let supply = supply(w, at, year);
        if supply < 1_000_000 || !w.take(at, None) {
            continue;
        }
        let percent = [15, 8, 5][usize::from(difficulty) - 1];
        let mut label = w.label(Kind::OverExport, difficulty, at, None, window);
        label.magnitude = format!("{percent} % of supply");
        // What was used at home hides the first of it; the rest is missing.
        if let Some((_, closing)) = w.books.stocks.get_mut(&(at, year)) {
            *closing += supply * percent / 100;
        }
        if let Some((opening, _)) = w.books.stocks.get_mut(&(at, year + 1)) {
            *opening += supply * percent / 100;
        }
        w.labels.push(label);
        return;
    }
}

fn supply(w: &Workshop<'_>, at: usize, year: i32) -> i64 {
    let code = w.world.participants[at].code;
    let made: i64 = (1..=2).map(|half| w.books.production.get(&(at, year, half)).map_or(0, |p| p.0)).sum();
    let days = first_day((year - 2004) as usize * 4)..first_day((year - 2003) as usize * 4);
    let into = |h: &History| -> i64 {
        h.certificates
            .iter()
            .filter(|c| c.importer == code && days.contains(&c.issued))
            .map(|c| c.carats)
            .sum()
    };
    made + into(w.history) + w.books.stocks.get(&(at, year)).map_or(0, |s| s.0)
}

/// A08: under a measure of two years 80, 60 or 40 percent of a participant's goods leave through a neighbour.
pub(crate) fn embargo_laundering(w: &mut Workshop<'_>, difficulty: u8) {
    let window = w.window(8);
    let miners = w.world.of_role(&[Role::Artisanal, Role::Producer]);
    for _ in 0..200 {
        let under = miners[w.dice.below(miners.len() as u64) as usize];
        let neighbours = &w.world.participants[under].neighbours;
        let through = neighbours[w.dice.below(neighbours.len() as u64) as usize];
        let rows = w.of_route(under, None, window);
        let own = w.of_route(through, None, window).len();
        if through == under
            || rows.len() < 30
            || own < 20
            || own > 4 * rows.len()
            || !w.take(under, None)
            || !w.take(through, None)
        {
            continue;
        }
        let percent = [80, 60, 40][usize::from(difficulty) - 1];
        let mut label = w.label(Kind::EmbargoLaundering, difficulty, through, None, window);
        label.magnitude = format!("{percent} %");
        w.books.embargoes.push(w.world.embargo(under, window.0));
        let codes = (w.world.participants[under].code, w.world.participants[through].code);
        for at in rows {
            let (year, half) = half_of(w.history.certificates[at].issued);
            let goes = w.dice.below(100) < percent;
            let number = w.history.next_number(through, w.world);
            let row = &mut w.history.certificates[at];
            if goes {
                let firm = row.exporter_firm % 1000 % w.world.participants[through].firms.len() as i64;
                (row.exporter, row.number) = (codes.1, number.clone());
                row.origin = codes.1;
                row.exporter_firm = through as i64 * 1000 + firm + 1;
                label.certificates.push(row.id);
                let made = w.books.production.entry((through, year, half)).or_default();
                made.0 += row.carats;
                made.1 += row.value;
                for answer in w.history.answers[at].clone() {
                    if let Some(c) = &mut w.history.confirmations[answer] {
                        (c.exporter, c.number) = (codes.1, number.clone());
                    }
                }
            } else {
                // The rest stays in the ground or leaves without papers: the row is given to the next year's goods.
                row.issued = first_day(window.1 + 1) + w.dice.below(300) as i32;
                row.expires = row.issued + 60;
                let arrived = row.issued + 12;
                for answer in w.history.answers[at].clone() {
                    if let Some(c) = &mut w.history.confirmations[answer] {
                        c.arrived = arrived;
                    }
                }
            }
        }
        w.labels.push(label);
        return;
    }
}

/// A13: a dormant route carries 14, 10 or 7 certificates in two quarters, at prices out of the ordinary.
pub(crate) fn new_route_burst(w: &mut Workshop<'_>, difficulty: u8) {
    let (from, to) = dormant(w.world, w.history, w.dice);
    let first = 40 + w.dice.below(QUARTERS as u64 - 46) as usize;
    let mut label = w.label(Kind::NewRouteBurst, difficulty, from, Some(to), (first, first + 1));
    let how_many = [14, 10, 7][usize::from(difficulty) - 1];
    let by = if w.dice.one_in(2) { 3.0 } else { 0.33 };
    for _ in 0..how_many {
        let day = label.start + w.dice.below((label.end - label.start) as u64) as i32;
        let at = w
            .history
            .send(w.world, w.dice, from, to, day, |row| row.value = ((row.value as f64 * by) as i64).max(1));
        label.certificates.push(w.history.certificates[at].id);
    }
    label.magnitude = format!("{how_many} certificates at x {by}");
    w.labels.push(label);
}

/// A17: a year's count of issued certificates is declared 6, 3 or 1.5 percent too low.
pub(crate) fn count_slip(w: &mut Workshop<'_>, difficulty: u8) {
    for _ in 0..200 {
        let at = w.dice.below(w.world.participants.len() as u64) as usize;
        let first = 4 * (1 + w.dice.below(19) as usize);
        let issued = w.of_route(at, None, (first, first + 3)).len();
        let less = (issued as f64 * [0.06, 0.03, 0.015][usize::from(difficulty) - 1]) as i64;
        if less < 4 || w.books.count_slips.contains_key(&(at, 2004 + first as i32 / 4)) {
            continue;
        }
        w.books.count_slips.insert((at, 2004 + first as i32 / 4), -less);
        let mut label = w.label(Kind::CountSlip, difficulty, at, None, (first, first + 3));
        label.magnitude = format!("{less} of {issued}");
        w.labels.push(label);
        return;
    }
}
