//! Innocent events of the same outward look as the oddities: they are in the clean history too.

use kp_detect::stream::{CertificateRow, Code};
use kp_testkit::dice::Dice;

use crate::books::{Books, year_of};
use crate::labels::{Kind, Label};
use crate::trade::{History, rounded_to};
use crate::world::{Participant, QUARTERS, Role, World, first_day};

/// A label without rows.
pub(crate) fn label(kind: Kind, participant: Code, partner: Option<Code>, days: (i32, i32)) -> Label {
    Label {
        kind,
        difficulty: 1,
        participant,
        partner,
        firm: None,
        start: days.0,
        end: days.1,
        magnitude: String::new(),
        certificates: Vec::new(),
        confirmations: Vec::new(),
    }
}

/// Puts all of them in.
pub(crate) fn put_in(world: &World, history: &mut History, dice: &mut Dice) -> Vec<Label> {
    let mut decoys = Vec::new();
    let miners = world.of_role(&[Role::Artisanal, Role::Producer]);
    let mut turn = dice.below(miners.len() as u64) as usize;
    let mut next = || {
        turn += 3;
        miners[turn % miners.len()]
    };
    for (kind, quarters) in
        [(Kind::Rush, 5), (Kind::Rush, 6), (Kind::NewMine, 99), (Kind::NewMine, 99), (Kind::StockRelease, 4)]
    {
        decoys.extend(more(world, history, dice, kind, next(), quarters));
    }
    for _ in 0..4 {
        decoys.push(outage(world, history, dice));
    }
    for _ in 0..3 {
        decoys.push(price_list(world, history, dice));
    }
    for _ in 0..3 {
        decoys.push(new_business(world, history, dice));
    }
    slips(history, dice, &mut decoys);
    decoys
}

/// Own-origin certificates half as many again to twice as many, of the same goods.
fn more(
    world: &World,
    history: &mut History,
    dice: &mut Dice,
    kind: Kind,
    at: usize,
    quarters: usize,
) -> Option<Label> {
    let first = 16 + dice.below(QUARTERS as u64 - 36) as usize;
    let last = (first + quarters).min(QUARTERS) - 1;
    let (start, end) = (first_day(first), first_day(last + 1) - 1);
    let code = world.participants[at].code;
    let by = 0.8 + 0.9 * dice.unit();
    let base: Vec<CertificateRow> = history
        .certificates
        .iter()
        .filter(|c| c.exporter == code && (start..=end).contains(&c.issued))
        .cloned()
        .collect();
    let mut label = label(kind, code, None, (start, end));
    for row in &base {
        let copies = by as usize + usize::from(dice.unit() < by.fract());
        for _ in 0..copies {
            let importer = world.participants.iter().position(|p| p.code == row.importer)?;
            let placed = history.send(world, dice, at, importer, row.issued, |_| {});
            label.certificates.push(history.certificates[placed].id);
        }
    }
    label.magnitude = format!("x {:.2}", 1.0 + by);
    Some(label)
}

/// What was released from stock was produced before: declared stock falls instead of production rising.
pub(crate) fn declare(decoys: &[Label], books: &mut Books, history: &History) {
    for decoy in decoys.iter().filter(|d| d.kind == Kind::StockRelease) {
        let Some(participant) = history.certificates.iter().find(|c| c.exporter == decoy.participant) else {
            continue;
        };
        let at = (participant.exporter_firm / 1000) as usize;
        for id in &decoy.certificates {
            let row = &history.certificates[*id as usize - 1];
            let (year, half) = crate::books::half_of(row.issued);
            if row.origin == row.exporter
                && let Some(made) = books.production.get_mut(&(at, year, half))
            {
                made.0 = (made.0 - row.carats).max(0);
                made.1 = (made.1 - row.value).max(0);
            }
        }
        // Stocks held before are higher by all of it, and fall by what each year releases.
        let released = |year: i32| -> i64 {
            let rows = decoy.certificates.iter().map(|id| &history.certificates[*id as usize - 1]);
            rows.filter(|c| c.origin == c.exporter && year_of(c.issued) == year).map(|c| c.carats).sum()
        };
        let mut held: i64 = (0..4000).map(released).sum();
        held += held / 10;
        let years: Vec<(usize, i32)> = books.stocks.keys().filter(|(p, _)| *p == at).copied().collect();
        for key in years {
            let gone = released(key.1);
            if let Some(stock) = books.stocks.get_mut(&key) {
                stock.0 += held;
                held -= gone;
                stock.1 += held;
            }
        }
    }
}

/// An importer confirms hardly anything of a quarter.
fn outage(world: &World, history: &mut History, dice: &mut Dice) -> Label {
    let importers = world.of_role(&[Role::Hub, Role::Manufacturer, Role::Other]);
    let at = importers[dice.below(importers.len() as u64) as usize];
    let first = 4 + dice.below(QUARTERS as u64 - 10) as usize;
    let days = (first_day(first), first_day(first + 1) - 1);
    let code = world.participants[at].code;
    let mut label = label(Kind::Outage, code, None, days);
    for place in 0..history.certificates.len() {
        let row = &history.certificates[place];
        if row.importer == code && (days.0..=days.1).contains(&row.issued) && !dice.one_in(3) {
            label.certificates.push(row.id);
            history.silence(place);
        }
    }
    label
}

/// A firm that sells by price list all its life.
fn price_list(world: &World, history: &mut History, dice: &mut Dice) -> Label {
    let at = dice.below(world.participants.len() as u64) as usize;
    let firm = Participant::firm_id(at, dice.below(world.participants[at].firms.len() as u64) as usize);
    let mut label = label(Kind::PriceList, world.participants[at].code, None, (first_day(0), history.end));
    label.firm = Some(firm);
    for place in 0..history.certificates.len() {
        if history.certificates[place].exporter_firm == firm && dice.one_in(3) {
            let value = rounded_to(history.certificates[place].value, 100_000);
            history.certificates[place].value = value;
            for answer in history.answers[place].clone() {
                if let Some(c) = &mut history.confirmations[answer] {
                    c.value = value;
                }
            }
        }
    }
    label
}

/// Two participants that hardly traded begin to, at usual prices.
fn new_business(world: &World, history: &mut History, dice: &mut Dice) -> Label {
    let (from, to) = dormant(world, history, dice);
    let first = 40 + dice.below(30) as usize;
    let days = (first_day(first), first_day(first + 2) - 1);
    let mut label =
        label(Kind::NewBusiness, world.participants[from].code, Some(world.participants[to].code), days);
    for _ in 0..5 + dice.below(7) {
        let day = days.0 + dice.below((days.1 - days.0) as u64) as i32;
        let at = history.send(world, dice, from, to, day, |_| {});
        label.certificates.push(history.certificates[at].id);
    }
    label
}

/// Two participants without a certificate between them; all of the route's are taken away where there are few.
pub(crate) fn dormant(world: &World, history: &History, dice: &mut Dice) -> (usize, usize) {
    loop {
        let from = dice.below(world.participants.len() as u64) as usize;
        let to = dice.below(world.participants.len() as u64) as usize;
        let (a, b) = (world.participants[from].code, world.participants[to].code);
        let members = world.participants[from].joined < 2008 && world.participants[to].joined < 2008;
        let is_dead =
            from != to && members && !history.certificates.iter().any(|c| c.exporter == a && c.importer == b);
        if is_dead {
            return (from, to);
        }
    }
}

/// Typing errors (300 in a million) and receipts in parts (one in 1,500).
fn slips(history: &mut History, dice: &mut Dice, decoys: &mut Vec<Label>) {
    for place in 0..history.certificates.len() {
        let Some(answer) = history.answers[place].first().copied() else { continue };
        let Some(mut row) = history.confirmations[answer].clone() else { continue };
        let days = (row.arrived, row.arrived);
        if dice.one_in(3_333) {
            row.number = mistyped(&row.number, dice);
            let mut label = label(Kind::Typo, row.importer, Some(row.exporter), days);
            label.confirmations.push(row.id);
            decoys.push(label);
            history.confirmations[answer] = Some(row);
        } else if dice.one_in(1_500) && row.carats > 100 {
            let mut label = label(Kind::SplitReceipt, row.importer, Some(row.exporter), days);
            let first = row.carats * (30 + dice.below(40) as i64) / 100;
            let mut second = row.clone();
            second.id = history.confirmations.len() as i64 + 1;
            (second.carats, second.value) = (row.carats - first, row.value - row.value * first / row.carats);
            second.arrived = (row.arrived + dice.below(9) as i32).min(history.end);
            (row.value, row.carats) = (row.value * first / row.carats, first);
            label.confirmations.extend([row.id, second.id]);
            decoys.push(label);
            history.confirmations[answer] = Some(row);
            history.answers[place].push(history.confirmations.len());
            history.confirmations.push(Some(second));
        }
    }
}

/// One digit otherwise, or two changed about.
fn mistyped(number: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = number.chars().collect();
    let at = 3 + dice.below(8) as usize;
    if dice.one_in(2) && at + 1 < letters.len() && letters[at] != letters[at + 1] {
        letters.swap(at, at + 1);
    } else if let Some(digit) = letters[at].to_digit(10) {
        letters[at] = char::from_digit((digit + 1 + dice.below(8) as u32) % 10, 10).unwrap_or('0');
    }
    letters.into_iter().collect()
}
