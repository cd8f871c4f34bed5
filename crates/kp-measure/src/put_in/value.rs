//! Values that are not what they should be (A02, A03, A09, A11, A16).

use super::Workshop;
use crate::labels::Kind;
use crate::trade::rounded_to;
use crate::world::{HS, Participant, Role};

/// A02: a firm at a hub sells its goods two to four times too dear for two to eight quarters.
pub(crate) fn re_export_inflation(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 2 + w.dice.below(7) as usize;
    let window = w.window(quarters);
    let hubs = w.world.of_role(&[Role::Hub, Role::Manufacturer]);
    for _ in 0..200 {
        let from = hubs[w.dice.below(hubs.len() as u64) as usize];
        let firm =
            Participant::firm_id(from, w.dice.below(w.world.participants[from].firms.len() as u64) as usize);
        let rows: Vec<usize> = w
            .of_route(from, None, window)
            .into_iter()
            .filter(|at| w.history.certificates[*at].exporter_firm == firm)
            .collect();
        if rows.len() < 8 || !w.take(from, Some(1_000_000 + firm as usize)) {
            continue;
        }
        let unit = w.dice.unit();
        let by = [2.5 + 1.5 * unit, 1.8 + 0.7 * unit, 1.35 + 0.45 * unit][usize::from(difficulty) - 1];
        let mut label = w.label(Kind::ReExportInflation, difficulty, from, None, window);
        label.firm = Some(firm);
        label.magnitude = format!("x {by:.2}");
        for at in rows {
            let value = (w.history.certificates[at].value as f64 * by) as i64;
            w.revalue(at, value);
            label.certificates.push(w.history.certificates[at].id);
        }
        w.labels.push(label);
        return;
    }
}

/// A03: what arrives on a route is valued 8 to 60 percent otherwise for two to four quarters.
pub(crate) fn mirror_value_gap(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 2 + w.dice.below(3) as usize;
    let window = w.window(quarters);
    let Some((from, to)) = w.busy_route(window, 5 * quarters) else { return };
    let unit = w.dice.unit();
    let by = [1.3 + 0.3 * unit, 1.18 + 0.12 * unit, 1.08 + 0.1 * unit][usize::from(difficulty) - 1];
    let by = if w.dice.one_in(2) { 1.0 / by } else { by };
    let mut label = w.label(Kind::MirrorValueGap, difficulty, from, Some(to), window);
    for at in w.of_route(from, Some(to), window) {
        if w.dice.below(100) < 80 {
            for answer in w.history.answers[at].clone() {
                if let Some(c) = &mut w.history.confirmations[answer] {
                    c.value = (c.value as f64 * by) as i64;
                    label.confirmations.push(c.id);
                }
            }
            label.certificates.push(w.history.certificates[at].id);
        }
    }
    label.magnitude = format!("x {by:.2}");
    w.labels.push(label);
}

/// A09: half, a third or a fifth of a firm's values are multiples of US$ 1,000 or 10,000.
pub(crate) fn round_values(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 4 + w.dice.below(3) as usize;
    let window = w.window(quarters);
    for _ in 0..200 {
        let from = w.dice.below(w.world.participants.len() as u64) as usize;
        let firm =
            Participant::firm_id(from, w.dice.below(w.world.participants[from].firms.len() as u64) as usize);
        let rows: Vec<usize> = w
            .of_route(from, None, window)
            .into_iter()
            .filter(|at| w.history.certificates[*at].exporter_firm == firm)
            .collect();
        if rows.len() < 15 || !w.take(from, Some(1_000_000 + firm as usize)) {
            continue;
        }
        let percent = [50, 33, 20][usize::from(difficulty) - 1];
        let mut label = w.label(Kind::RoundValues, difficulty, from, None, window);
        label.firm = Some(firm);
        label.magnitude = format!("{percent} %");
        for at in rows {
            if w.dice.below(100) < percent {
                let value = w.history.certificates[at].value;
                let unit = if value > 20_000_000 && w.dice.one_in(2) { 1_000_000 } else { 100_000 };
                w.revalue(at, rounded_to(value, unit));
                label.certificates.push(w.history.certificates[at].id);
            }
        }
        w.labels.push(label);
        return;
    }
}

/// A11: a route's parcels arrive 0.25 to 2 percent light, more from quarter to quarter.
pub(crate) fn quantity_drift(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 3 + w.dice.below(4) as usize;
    let window = w.window(quarters);
    let Some((from, to)) = w.busy_route(window, 6 * quarters) else { return };
    let most = [0.02, 0.01, 0.005][usize::from(difficulty) - 1];
    let mut label = w.label(Kind::QuantityDrift, difficulty, from, Some(to), window);
    for at in w.of_route(from, Some(to), window) {
        let passed =
            f64::from(w.history.certificates[at].issued - label.start) / f64::from(label.end - label.start);
        let light = most * (0.5 + 0.5 * passed);
        for answer in w.history.answers[at].clone() {
            if let Some(c) = &mut w.history.confirmations[answer] {
                c.carats = (c.carats as f64 * (1.0 - light)) as i64;
                label.confirmations.push(c.id);
            }
        }
        label.certificates.push(w.history.certificates[at].id);
    }
    label.magnitude = format!("up to {:.2} %", most * 100.0);
    w.labels.push(label);
}

/// A16: a producer's goods leave for one hub as cheap, unsorted or industrial; the hub's firms send them on dear.
pub(crate) fn corridor(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 4 + w.dice.below(5) as usize;
    let window = w.window(quarters);
    let miners = w.world.of_role(&[Role::Artisanal, Role::Producer]);
    let hubs = w.world.of_role(&[Role::Hub, Role::Manufacturer]);
    for _ in 0..300 {
        let from = miners[w.dice.below(miners.len() as u64) as usize];
        let via = hubs[w.dice.below(hubs.len() as u64) as usize];
        let rows = w.of_route(from, Some(via), window);
        let firm_rank = w.dice.below(3) as usize;
        let firm = Participant::firm_id(via, firm_rank);
        let onward: Vec<usize> = w
            .of_route(via, None, window)
            .into_iter()
            .filter(|at| w.history.certificates[*at].exporter_firm == firm)
            .collect();
        if rows.len() < 12
            || onward.len() < 12
            || !w.take(from, Some(via))
            || !w.take(via, Some(1_000_000 + firm as usize))
        {
            continue;
        }
        let (down, up) = [(0.15, 3.0), (0.3, 2.4), (0.42, 2.1)][usize::from(difficulty) - 1];
        let mut label = w.label(Kind::Corridor, difficulty, from, Some(via), window);
        label.firm = Some(firm);
        label.magnitude = format!("x {down} out, x {up} on");
        for at in rows {
            let value = (w.history.certificates[at].value as f64 * down) as i64;
            w.revalue(at, value);
            w.history.certificates[at].importer_firm = firm;
            if difficulty == 1 {
                w.history.certificates[at].hs = HS[1];
            }
            label.certificates.push(w.history.certificates[at].id);
        }
        for at in onward {
            let value = (w.history.certificates[at].value as f64 * up) as i64;
            w.revalue(at, value);
            label.certificates.push(w.history.certificates[at].id);
        }
        w.labels.push(label);
        return;
    }
}
