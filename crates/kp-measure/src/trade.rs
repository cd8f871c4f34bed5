//! The honest history: certificates are issued, travel, and are confirmed, with the small faults that mean nothing.

use kp_detect::stream::{CertificateRow, Code, ConfirmationRow};
use kp_testkit::dice::{Dice, summed};

use crate::world::{Firm, HS, Participant, QUARTERS, Role, World, first_day, market, world_activity};

/// Spread of the logarithms of honest parcels' prices.
const SPREAD: f64 = 0.65;

/// Certificates with their confirmations, while they can still be changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    pub certificates: Vec<CertificateRow>,
    /// Taken away where nothing.
    pub confirmations: Vec<Option<ConfirmationRow>>,
    /// Of each certificate, its confirmations.
    pub answers: Vec<Vec<usize>>,
    pub serials: Vec<u32>,
    seals: u64,
    /// The last day that is known.
    pub end: i32,
}

impl History {
    pub(crate) fn new(world: &World, dice: &mut Dice, certificates: usize) -> Self {
        let mut history = Self {
            serials: vec![0; world.participants.len()],
            end: first_day(QUARTERS) - 1,
            ..Self::default()
        };
        let total: f64 = (0..QUARTERS).map(world_activity).sum();
        let mut owed = 0.0;
        for quarter in 0..QUARTERS {
            owed += certificates as f64 * world_activity(quarter) / total;
            let exporters = summed(world.participants.iter().map(|p| p.activity[quarter]));
            let mut days: Vec<i32> = Vec::new();
            while history.certificates.len() + days.len() < owed as usize {
                days.push(
                    first_day(quarter)
                        + dice.below((first_day(quarter + 1) - first_day(quarter)) as u64) as i32,
                );
            }
            days.sort_unstable();
            for day in days {
                let exporter = dice.weighted(&exporters);
                let importer = dice.weighted(&world.participants[exporter].partners);
                history.send(world, dice, exporter, importer, day, |_| {});
            }
        }
        history.sized(world);
        history
    }

    /// Draws a certificate, lets it be changed, and sends it. Returns its place.
    pub(crate) fn send(
        &mut self,
        world: &World,
        dice: &mut Dice,
        exporter: usize,
        importer: usize,
        day: i32,
        change: impl FnOnce(&mut CertificateRow),
    ) -> usize {
        let mut row = draw(world, dice, exporter, importer, day);
        change(&mut row);
        self.issue(world, exporter, &mut row, dice);
        self.certificates.push(row);
        self.answers.push(Vec::new());
        let at = self.certificates.len() - 1;
        if !dice.one_in(world.participants[importer].missing_one_in) {
            self.confirm(world, dice, at, importer);
        }
        at
    }

    fn issue(&mut self, world: &World, exporter: usize, row: &mut CertificateRow, dice: &mut Dice) {
        row.id = self.certificates.len() as i64 + 1;
        row.number = self.next_number(exporter, world);
        // A container now and then holds two shipments: one seal, innocently.
        let shares = self.certificates.last().is_some_and(|last| {
            last.issued == row.issued && last.exporter == row.exporter && last.importer == row.importer
        });
        if !(shares && dice.one_in(10)) {
            self.seals += 1;
        }
        row.seal = format!("S{:010}", self.seals * 7_919 % 9_999_999_967);
    }

    pub(crate) fn next_number(&mut self, exporter: usize, world: &World) -> String {
        self.serials[exporter] += 1;
        format!("{}-{:08}", world.participants[exporter].code, self.serials[exporter])
    }

    pub(crate) fn confirm(
        &mut self,
        world: &World,
        dice: &mut Dice,
        at: usize,
        importer: usize,
    ) -> Option<usize> {
        let (row, there) = (&self.certificates[at], &world.participants[importer]);
        let lag = 1 + (libm::exp(there.lag + 0.5 * dice.bell()) as i32).min(110);
        if row.issued + lag > self.end {
            return None;
        }
        let light = if row.hs == HS[1] { -0.0006 } else { 0.0 };
        let noise = light + 0.0004 * dice.bell();
        let carats = row.carats + (row.carats as f64 * noise) as i64 + dice.below(3) as i64 - 1;
        // Most importers key the certificate's own value.
        let own_value = there.revalue + if dice.one_in(10) { 0.03 * dice.bell() } else { 0.0 };
        let mut confirmation = ConfirmationRow {
            arrived: row.issued + lag,
            id: self.confirmations.len() as i64 + 1,
            number: row.number.clone(),
            exporter: row.exporter,
            importer: there.code,
            hs: row.hs,
            carats: carats.max(1),
            value: (row.value as f64 * libm::exp(own_value)) as i64,
        };
        if dice.one_in(400) {
            confirmation.hs = HS[dice.below(3) as usize];
        }
        self.confirmations.push(Some(confirmation));
        self.answers[at].push(self.confirmations.len() - 1);
        Some(self.confirmations.len() - 1)
    }

    /// Takes the confirmations of a certificate away; returns whether there were any.
    pub(crate) fn silence(&mut self, at: usize) -> bool {
        let answers = std::mem::take(&mut self.answers[at]);
        answers.iter().for_each(|answer| self.confirmations[*answer] = None);
        !answers.is_empty()
    }

    /// Sizes the exports of those who do not mine so that they come to nine tenths of what they import.
    fn sized(&mut self, world: &World) {
        let of = |code: Code| world.participants.iter().position(|p| p.code == code).unwrap_or_default();
        let count = world.participants.len();
        let places: Vec<(usize, usize)> =
            self.certificates.iter().map(|c| (of(c.exporter), of(c.importer))).collect();
        let mut flows = vec![vec![0.0; count]; count];
        for ((from, to), row) in places.iter().zip(&self.certificates) {
            flows[*from][*to] += row.carats as f64;
        }
        let mut scales = vec![1.0_f64; count];
        for _ in 0..40 {
            for at in (0..count).filter(|at| !world.participants[*at].role.mines()) {
                let into: f64 = (0..count).map(|from| scales[from] * flows[from][at]).sum();
                let out: f64 = flows[at].iter().sum();
                scales[at] = (0.9 * into / out.max(1.0)).clamp(0.02, 50.0);
            }
        }
        for (at, (from, _)) in places.iter().enumerate() {
            let by = |amount: i64| ((amount as f64 * scales[*from]) as i64).max(5);
            let row = &mut self.certificates[at];
            let is_round = row.value % 100_000 == 0;
            (row.carats, row.value) = (by(row.carats), by(row.value));
            if is_round {
                row.value = rounded_to(row.value, 100_000);
            }
            for answer in &self.answers[at] {
                if let Some(c) = &mut self.confirmations[*answer] {
                    (c.carats, c.value) = (by(c.carats), by(c.value));
                }
            }
        }
    }
}

fn draw(world: &World, dice: &mut Dice, exporter: usize, importer: usize, day: i32) -> CertificateRow {
    let from = &world.participants[exporter];
    let class = dice.weighted(&from.classes);
    let firm = dice.weighted(&from.firm_weights);
    let Firm { price, size, round_one_in } = from.firms[firm];
    let artisanal = if from.role == Role::Artisanal { -1.2 } else { 0.0 };
    let carats = libm::exp(5.0 + 1.3 * dice.bell() + size + artisanal);
    let carats = ((carats * 100.0) as i64).clamp(50, 500_000_000);
    let half = ((day - first_day(0)) / 183).clamp(0, from.drift.len() as i32 - 1) as usize;
    let level = from.price[class] + from.drift[half] + market(day) + price + SPREAD * dice.bell();
    let mut value = ((carats as f64 * libm::exp(level)) as i64).max(1);
    if dice.one_in(round_one_in) {
        value = rounded_to(value, 100_000);
    }
    let mines_it = from.role.mines() && !dice.one_in(40);
    let there = &world.participants[importer];
    CertificateRow {
        issued: day,
        id: 0,
        number: String::new(),
        exporter: from.code,
        importer: there.code,
        origin: if mines_it { from.code } else { Code::MIXED },
        hs: HS[class],
        expires: day + 60,
        carats,
        value,
        parcels: 1 + dice.below(5) as u32,
        exporter_firm: Participant::firm_id(exporter, firm),
        importer_firm: Participant::firm_id(importer, dice.weighted(&there.firm_weights)),
        seal: String::new(),
    }
}

/// The nearest multiple of a unit, not nothing.
pub(crate) fn rounded_to(value: i64, unit: i64) -> i64 {
    ((value + unit / 2) / unit).max(1) * unit
}
