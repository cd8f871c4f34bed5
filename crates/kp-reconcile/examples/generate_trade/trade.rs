//! Day by day: certificates are issued, travel, and are confirmed; now and then something is put in on purpose.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{Result, Write},
};

use kp_testkit::dice::Dice;

use crate::{
    labels::{Label, Labels, ROWS},
    world::{DAYS, HS, Role, World, market},
    written,
};

/// The longest a confirmation takes.
const LONGEST: usize = 120;

#[derive(Clone)]
struct Certificate {
    number: (usize, u64),
    exporter: usize,
    importer: usize,
    class: usize,
    day: i32,
    cc: i64,
    vc: i64,
    seal: u64,
}

struct Confirmation {
    anomaly: Option<u64>,
    certificate: Certificate,
    /// A clerk wrote a day before the certificate's.
    is_misdated: bool,
}

/// What the year's tables are made of: hundredths of carats and counts, by participant and year.
#[derive(Default)]
pub(crate) struct Books {
    pub(crate) exported: BTreeMap<(usize, i32), i64>,
    pub(crate) imported: BTreeMap<(usize, i32), i64>,
    pub(crate) issued: BTreeMap<(usize, i32), u64>,
    pub(crate) received: BTreeMap<(usize, i32), u64>,
    /// Certificates and confirmations.
    pub(crate) rows: [i64; 2],
}

/// Two participants, and from which day to which nothing is confirmed.
struct Silence {
    exporter: usize,
    importer: usize,
    days: std::ops::Range<i32>,
    anomaly: u64,
}

pub(crate) struct Trade<'a, W> {
    world: &'a World,
    dice: Dice,
    labels: Labels<W>,
    certificates: W,
    confirmations: W,
    serials: Vec<u64>,
    seal: u64,
    recent: VecDeque<(i64, Certificate)>,
    travelling: VecDeque<Vec<Confirmation>>,
    silences: Vec<Silence>,
    books: Books,
}

impl<'a, W: Write> Trade<'a, W> {
    pub(crate) fn new(
        world: &'a World,
        dice: Dice,
        labels: Labels<W>,
        mut certificates: W,
        mut confirmations: W,
    ) -> Result<Self> {
        writeln!(
            certificates,
            "cert_id,cert_no,exporter,importer,origin,hs,issue_date,expiry_date,carats,value_usd,parcels,exp_firm,imp_firm,seal_no"
        )?;
        writeln!(confirmations, "conf_id,cert_no,exporter,importer,hs,arrival_date,carats,value_usd")?;
        Ok(Self {
            world,
            dice,
            labels,
            certificates,
            confirmations,
            serials: vec![0; world.participants.len()],
            seal: 0,
            recent: VecDeque::new(),
            travelling: (0..=LONGEST).map(|_| Vec::new()).collect(),
            silences: Vec::new(),
            books: Books::default(),
        })
    }

    /// Routes that are not confirmed for some months.
    pub(crate) fn fall_silent(&mut self, how_often: u64) -> Result<()> {
        for _ in 0..how_often {
            let exporter = self.dice.weighted(&self.world.exporters);
            let importer = self.dice.weighted(&self.world.participants[exporter].partners);
            let from = DAYS.start() + self.dice.below(7000) as i32;
            let days = from..from + 40 + self.dice.below(200) as i32;
            let label = self.label(
                "confirmations_missing",
                "route",
                1,
                (exporter, importer),
                &days,
                "nothing confirmed",
            );
            let anomaly = self.labels.anomaly(&label)?;
            self.silences.push(Silence { exporter, importer, days, anomaly });
        }
        Ok(())
    }

    fn label(
        &self,
        kind: &'static str,
        level: &'static str,
        difficulty: u8,
        (one, other): (usize, usize),
        days: &std::ops::Range<i32>,
        note: &'static str,
    ) -> Label {
        let code = |at: usize| self.world.participants[at].code().to_owned();
        let (start, end) = (written(days.start), written(days.end - 1));
        Label {
            kind,
            level,
            difficulty,
            participant: code(one),
            partner: code(other),
            start,
            end,
            magnitude: String::new(),
            note,
        }
    }

    /// One day: so many certificates are issued, and what arrives is confirmed.
    pub(crate) fn day(&mut self, day: i32, issued: u64) -> Result<()> {
        for _ in 0..issued {
            let certificate = self.draw(day);
            self.issue(certificate)?;
        }
        let arrived = self.travelling.pop_front().unwrap_or_default();
        self.travelling.push_back(Vec::new());
        for confirmation in arrived {
            self.confirm(confirmation, day)?;
        }
        Ok(())
    }

    fn draw(&mut self, day: i32) -> Certificate {
        let dice = &mut self.dice;
        let exporter = dice.weighted(&self.world.exporters);
        let from = &self.world.participants[exporter];
        let importer = dice.weighted(&from.partners);
        let class = dice.weighted(&from.classes);
        let carats =
            libm::exp(5.2 + 1.4 * dice.bell() - if from.role == Role::Artisanal { 1.5 } else { 0.0 });
        let cc = ((carats * 100.0) as i64).clamp(5, 500_000_000);
        let price = libm::exp(from.price[class] + market(day) + 0.25 * dice.bell());
        let vc = ((cc as f64 * price) as i64).max(1);
        self.serials[exporter] += 1;
        // A container now and then holds two shipments: one seal, innocently.
        if !dice.one_in(4000) || self.seal == 0 {
            self.seal += 1;
        }
        let number = (exporter, self.serials[exporter]);
        Certificate { number, exporter, importer, class, day, cc, vc, seal: self.seal }
    }

    /// Writes a certificate and sends it on its way.
    fn issue(&mut self, mut certificate: Certificate) -> Result<()> {
        let mut anomaly = None;
        let place = ROWS.iter().position(|(_, _, _, often)| self.dice.one_in(*often));
        if let Some(place) = place
            && let Some(earlier) =
                self.recent.get(self.dice.below(self.recent.len().max(1) as u64) as usize).cloned()
        {
            anomaly = Some(self.put_in(place, &mut certificate, earlier)?);
        }
        let id = self.write_certificate(&certificate)?;
        if let Some((anomaly, _)) = anomaly {
            self.labels.row(anomaly, "cert", id)?;
        }
        self.recent.push_back((id, certificate.clone()));
        if self.recent.len() > 3000 {
            self.recent.pop_front();
        }
        self.send(certificate, anomaly)
    }

    /// Changes a certificate on purpose.
    fn put_in(
        &mut self,
        place: usize,
        certificate: &mut Certificate,
        (id, earlier): (i64, Certificate),
    ) -> Result<(u64, &'static str)> {
        let (kind, difficulty, note, _) = ROWS[place];
        let days = certificate.day..certificate.day + 1;
        let pair = (certificate.exporter, certificate.importer);
        let mut label = self.label(kind, "row", difficulty, pair, &days, note);
        match kind {
            "number_reused" => certificate.number = earlier.number,
            "certificate_restated" => {
                let (day, cc) =
                    (certificate.day, earlier.cc + 1 + self.dice.below(earlier.cc as u64 / 4 + 1) as i64);
                *certificate = Certificate { day, cc, seal: certificate.seal, ..earlier.clone() };
            }
            "seal_reused" => certificate.seal = earlier.seal,
            "content_copied" => {
                let (number, day, seal) = (certificate.number, certificate.day, certificate.seal);
                // The number belongs to the exporter that is copied as well.
                let number =
                    if number.0 == earlier.exporter { number } else { self.own_number(earlier.exporter) };
                *certificate = Certificate { number, day, seal, ..earlier.clone() };
            }
            "value_outlier" => {
                let factor = 4 + self.dice.below(20) as i64;
                label.magnitude = factor.to_string();
                certificate.vc = if self.dice.one_in(2) {
                    certificate.vc * factor
                } else {
                    (certificate.vc / factor).max(1)
                };
            }
            _ => {}
        }
        let anomaly = self.labels.anomaly(&label)?;
        if matches!(kind, "number_reused" | "certificate_restated" | "seal_reused" | "content_copied") {
            self.labels.row(anomaly, "cert", id)?;
        }
        Ok((anomaly, kind))
    }

    fn own_number(&mut self, exporter: usize) -> (usize, u64) {
        self.serials[exporter] += 1;
        (exporter, self.serials[exporter])
    }

    fn write_certificate(&mut self, certificate: &Certificate) -> Result<i64> {
        self.books.rows[0] += 1;
        let (from, to) =
            (&self.world.participants[certificate.exporter], &self.world.participants[certificate.importer]);
        let firm = |at: usize, firms: u64, dice: &mut Dice| at as u64 * 1000 + dice.below(firms);
        let exp_firm = firm(certificate.exporter, from.firms, &mut self.dice);
        let imp_firm = firm(certificate.importer, to.firms, &mut self.dice);
        let origin = if from.role.mines() { from.code() } else { "ZZ" };
        let (parcels, issuer) =
            (1 + self.dice.below(5), self.world.participants[certificate.number.0].code());
        writeln!(
            self.certificates,
            "{},{issuer}-{:08},{},{},{origin},{},{},{},{},{},{parcels},{exp_firm},{imp_firm},S{:010}",
            self.books.rows[0],
            certificate.number.1,
            from.code(),
            to.code(),
            HS[certificate.class],
            written(certificate.day),
            written(certificate.day + 60),
            Hundredths(certificate.cc),
            Hundredths(certificate.vc),
            // Spread, so that seals are not in the order of certificates.
            certificate.seal * 7_919 % 9_999_999_967,
        )?;
        let key = (certificate.exporter, year(certificate.day));
        *self.books.exported.entry(key).or_default() += certificate.cc;
        *self.books.issued.entry(key).or_default() += 1;
        Ok(self.books.rows[0])
    }

    fn send(&mut self, mut certificate: Certificate, anomaly: Option<(u64, &'static str)>) -> Result<()> {
        let silence = self.silences.iter().find(|silence| {
            (silence.exporter, silence.importer) == (certificate.exporter, certificate.importer)
                && silence.days.contains(&certificate.day)
        });
        if let Some(silence) = silence {
            return self.labels.row(silence.anomaly, "cert", self.books.rows[0]);
        }
        // Lost in the post, without meaning anything.
        if self.dice.one_in(300) {
            return Ok(());
        }
        self.read_otherwise(&mut certificate);
        let lag = 1 + (libm::exp(1.9 + 0.6 * self.dice.bell()) as usize).min(LONGEST - 30);
        let is_misdated = self.dice.one_in(5000);
        let id = anomaly.map(|(id, _)| id);
        match anomaly.map(|(_, kind)| kind) {
            Some("weight_lost") => {
                certificate.cc = (certificate.cc * (50 + self.dice.below(40) as i64) / 100).max(1)
            }
            Some("number_never_issued") => certificate.number.1 += 40_000_000,
            Some("confirmed_twice") => {
                let mut again = certificate.clone();
                if self.dice.one_in(2) {
                    again.importer = self.dice.weighted(&self.world.participants[again.exporter].partners);
                }
                self.travelling[lag + 5].push(Confirmation { anomaly: id, certificate: again, is_misdated });
            }
            _ => {}
        }
        self.travelling[lag].push(Confirmation { anomaly: id, certificate, is_misdated });
        Ok(())
    }

    /// What the importer writes is not always what the exporter wrote.
    fn read_otherwise(&mut self, certificate: &mut Certificate) {
        let dice = &mut self.dice;
        let by = |value: i64, share: f64, dice: &mut Dice| {
            value + (value as f64 * share * (2.0 * dice.unit() - 1.0)) as i64
        };
        let (carats, value) = match dice.below(1000) {
            0..900 => (0.0, 0.0),
            900..960 => (0.001, 0.01),
            960..985 => (0.01, 0.05),
            985..995 => (0.05, 0.25),
            _ => (0.3, 0.6),
        };
        certificate.cc = by(certificate.cc, carats, dice).max(1);
        certificate.vc = by(certificate.vc, value, dice).max(1);
        if dice.one_in(250) {
            certificate.class = (certificate.class + 1) % HS.len();
        }
        if dice.one_in(1200) {
            certificate.importer = dice.weighted(&self.world.participants[certificate.exporter].partners);
        }
    }

    fn confirm(&mut self, confirmation: Confirmation, day: i32) -> Result<()> {
        let Confirmation { anomaly, certificate, is_misdated } = confirmation;
        self.books.rows[1] += 1;
        let code = |at: usize| self.world.participants[at].code();
        let day = if is_misdated { certificate.day - 3 } else { day };
        writeln!(
            self.confirmations,
            "{},{}-{:08},{},{},{},{},{},{}",
            self.books.rows[1],
            code(certificate.number.0),
            certificate.number.1,
            code(certificate.exporter),
            code(certificate.importer),
            HS[certificate.class],
            written(day),
            Hundredths(certificate.cc),
            Hundredths(certificate.vc),
        )?;
        if let Some(anomaly) = anomaly {
            self.labels.row(anomaly, "conf", self.books.rows[1])?;
        }
        let key = (certificate.importer, year(day));
        *self.books.imported.entry(key).or_default() += certificate.cc;
        *self.books.received.entry(key).or_default() += 1;
        Ok(())
    }

    /// Ends the trade: what is left travelling is not confirmed yet. Returns the labels for what remains to be put in.
    pub(crate) fn finish(mut self) -> Result<(Labels<W>, Books)> {
        self.certificates.flush()?;
        self.confirmations.flush()?;
        Ok((self.labels, self.books))
    }
}

fn year(day: i32) -> i32 {
    written(day)[..4].parse().unwrap_or_default()
}

/// Hundredths, written with two decimals.
pub(crate) struct Hundredths(pub(crate) i64);

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let value = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", value / 100, value % 100)
    }
}
