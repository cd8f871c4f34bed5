//! Single papers: numbers, seals, contents, and one parcel in a ring (A04, A05, A10, A12, A14, A15).

use kp_detect::stream::ConfirmationRow;

use super::Workshop;
use crate::labels::{Kind, Label};
use crate::world::{HS, Role, first_day};

fn place(w: &mut Workshop<'_>) -> usize {
    loop {
        let at = w.dice.below(w.known as u64) as usize;
        let c = &w.history.certificates[at];
        let in_time = (first_day(4)..first_day(80)).contains(&c.issued);
        if in_time
            && c.value > 2_000_000
            && c.carats > 5_000
            && w.history.answers[at].len() == 1
            && w.take(at, Some(2_000_000))
        {
            return at;
        }
    }
}

fn participant_of(w: &Workshop<'_>, code: kp_detect::stream::Code) -> usize {
    w.world.participants.iter().position(|p| p.code == code).unwrap_or_default()
}

fn row_label(w: &Workshop<'_>, kind: Kind, difficulty: u8, at: usize, days: (i32, i32)) -> Label {
    let c = &w.history.certificates[at];
    let mut label = crate::decoys::label(kind, c.exporter, Some(c.importer), days);
    label.difficulty = difficulty;
    label
}

fn add(w: &mut Workshop<'_>, mut row: ConfirmationRow) -> i64 {
    row.id = w.history.confirmations.len() as i64 + 1;
    w.history.confirmations.push(Some(row.clone()));
    row.id
}

/// A04: goods are confirmed under a number that the issuer never gave: far beyond its serials, or among them and skipped.
pub(crate) fn fake_number(w: &mut Workshop<'_>, difficulty: u8) {
    let at = place(w);
    let c = w.history.certificates[at].clone();
    let from = participant_of(w, c.exporter);
    let serial = match difficulty {
        1 => 40_000_000 + w.dice.below(9_999_999) as u32,
        2 => w.history.serials[from] + 500 + w.dice.below(500) as u32,
        _ => w.history.serials[from] + 1 + w.dice.below(200) as u32,
    };
    let arrived = (c.issued + 11).min(w.history.end);
    let carats = c.carats * (60 + w.dice.below(300) as i64) / 100 + 77;
    let row = ConfirmationRow {
        arrived,
        id: 0,
        number: format!("{}-{serial:08}", c.exporter),
        exporter: c.exporter,
        importer: c.importer,
        hs: c.hs,
        carats,
        value: carats * 131,
    };
    let mut label = row_label(w, Kind::FakeNumber, difficulty, at, (arrived, arrived));
    label.confirmations.push(add(w, row));
    w.labels.push(label);
}

/// A05: another shipment under a number that is already on a certificate.
pub(crate) fn duplicate_number(w: &mut Workshop<'_>, difficulty: u8) {
    let at = place(w);
    let c = w.history.certificates[at].clone();
    let (from, later) = (participant_of(w, c.exporter), 3 + w.dice.below(60) as i32);
    let to = if difficulty == 3 {
        participant_of(w, c.importer)
    } else {
        w.dice.weighted(&w.world.participants[from].partners)
    };
    let number = c.number.clone();
    let day = c.issued + later;
    let placed = w.history.send(w.world, w.dice, from, to, day, |_| {});
    w.history.certificates[placed].number.clone_from(&number);
    w.history.serials[from] -= 1;
    for answer in w.history.answers[placed].clone() {
        if let Some(row) = &mut w.history.confirmations[answer] {
            row.number.clone_from(&number);
        }
    }
    let mut label = row_label(w, Kind::DuplicateNumber, difficulty, at, (c.issued, day));
    label.certificates.extend([c.id, w.history.certificates[placed].id]);
    w.labels.push(label);
}

/// A10: a number that was received once is received again, elsewhere or at the same place, with other goods.
pub(crate) fn number_reuse(w: &mut Workshop<'_>, difficulty: u8) {
    let at = place(w);
    let c = w.history.certificates[at].clone();
    let answer = w.history.answers[at][0];
    let Some(first) = w.history.confirmations[answer].clone() else { return };
    let from = participant_of(w, c.exporter);
    let importer = if difficulty == 3 {
        c.importer
    } else {
        w.world.participants[w.dice.weighted(&w.world.participants[from].partners)].code
    };
    let arrived = (first.arrived + 10 + w.dice.below(150) as i32).min(w.history.end);
    let carats = first.carats * (70 + w.dice.below(60) as i64) / 100;
    let row = ConfirmationRow {
        arrived,
        importer,
        carats,
        value: first.value * carats / first.carats.max(1),
        ..first
    };
    let mut label = row_label(w, Kind::NumberReuse, difficulty, at, (first.arrived, arrived));
    label.certificates.push(c.id);
    label.confirmations.extend([first.id, add(w, row)]);
    w.labels.push(label);
}

/// A14: the seal of one certificate is written on another, of other days and parties.
pub(crate) fn seal_reuse(w: &mut Workshop<'_>, difficulty: u8) {
    let (at, other) = (place(w), place(w));
    let (a, b) = (w.history.certificates[at].clone(), w.history.certificates[other].clone());
    let (one, two) = if a.issued <= b.issued { (a, b) } else { (b, a) };
    let later = w.history.certificates.iter_mut().find(|c| c.id == two.id);
    if let Some(later) = later {
        later.seal.clone_from(&one.seal);
    }
    let mut label = row_label(w, Kind::SealReuse, difficulty, at, (one.issued, two.issued));
    (label.participant, label.partner) = (two.exporter, Some(two.importer));
    label.certificates.extend([one.id, two.id]);
    w.labels.push(label);
}

/// A15: a firm's shipment a second time within 60 days: exactly, or with a little off carats and value.
pub(crate) fn content_clone(w: &mut Workshop<'_>, difficulty: u8) {
    let at = place(w);
    let c = w.history.certificates[at].clone();
    let (from, to) = (participant_of(w, c.exporter), participant_of(w, c.importer));
    let (carats_off, value_off) = [(0.0, 0.0), (0.001, 0.003), (0.0028, 0.008)][usize::from(difficulty) - 1];
    let off =
        |amount: i64, share: f64, unit: f64| amount + (amount as f64 * share * (2.0 * unit - 1.0)) as i64;
    let (carats, value) = (off(c.carats, carats_off, w.dice.unit()), off(c.value, value_off, w.dice.unit()));
    let day = (c.issued + 3 + w.dice.below(50) as i32).min(w.history.end - 20);
    let placed = w.history.send(w.world, w.dice, from, to, day, |row| {
        let (issued, expires) = (row.issued, row.expires);
        *row = c.clone();
        (row.issued, row.expires, row.carats, row.value) = (issued, expires, carats, value);
    });
    let mut label = row_label(w, Kind::ContentClone, difficulty, at, (c.issued, day));
    label.certificates.extend([c.id, w.history.certificates[placed].id]);
    w.labels.push(label);
}

/// A12: one parcel of 60 to 800 ct goes five to eight steps round two or three hubs, dearer each time.
pub(crate) fn circular_trade(w: &mut Workshop<'_>, difficulty: u8) {
    let hubs = w.world.of_role(&[Role::Hub, Role::Manufacturer]);
    let period = 2 + w.dice.below(2) as usize;
    let mut ring: Vec<usize> = Vec::new();
    while ring.len() < period {
        let at = hubs[w.dice.below(hubs.len() as u64) as usize];
        if !ring.contains(&at) {
            ring.push(at);
        }
    }
    let steps = [8, 6, 5][usize::from(difficulty) - 1];
    let mut day = first_day(4) + w.dice.below((first_day(78) - first_day(4)) as u64) as i32;
    let (mut carats, mut value) = (6_000 + w.dice.below(74_000) as i64, 0_i64);
    let mut label: Option<Label> = None;
    for step in 0..steps {
        let (from, to) = (ring[step % period], ring[(step + 1) % period]);
        let placed = w.history.send(w.world, w.dice, from, to, day, |row| {
            if value == 0 {
                value = (row.value as f64 / row.carats.max(1) as f64 * carats as f64) as i64 + 1_000_000;
            }
            (row.carats, row.value, row.hs, row.parcels) = (carats, value, HS[2], 2);
        });
        let c = &w.history.certificates[placed];
        let label = label.get_or_insert_with(|| {
            let mut label =
                crate::decoys::label(Kind::CircularTrade, c.exporter, Some(c.importer), (c.issued, c.issued));
            label.difficulty = difficulty;
            label
        });
        label.certificates.push(c.id);
        label.end = c.issued;
        let wobble = [0.0002, 0.001, 0.002][usize::from(difficulty) - 1];
        carats = (carats as f64 * (1.0 + wobble * (2.0 * w.dice.unit() - 1.0))) as i64;
        value = (value as f64 * (1.03 + 0.15 * w.dice.unit())) as i64;
        day = (day + 8 + w.dice.below(30) as i32).min(w.history.end - 30);
    }
    w.labels.extend(label);
}
