//! Small invented streams for the detectors' own examples.

use super::calendar::day_number;
use super::rows::{CertificateRow, Code, ConfirmationRow, Embargo, Member, ProductionLine, Rows, StockLine};
use super::{Analysis, Settings, analyze};

/// Rows, and what the next one is called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Small {
    rows: Rows,
}

pub(crate) fn code(text: &str) -> Code {
    Code::read(text).unwrap()
}

pub(crate) fn day(text: &str) -> i32 {
    let part = |range| text.get(range).and_then(|t: &str| t.parse().ok()).unwrap();
    day_number(part(0..4), part(5..7), part(8..10))
}

impl Small {
    pub(crate) fn rows(&self) -> Rows {
        self.rows.clone()
    }

    /// A certificate of own origin, gem, from firm 1 to firm 1; returns it, so that a test may change more.
    pub(crate) fn certificate(
        &mut self,
        number: &str,
        exporter: &str,
        importer: &str,
        issued: &str,
        carats: i64,
        value: i64,
    ) -> &mut CertificateRow {
        let id = i64::try_from(self.rows.certificates.len()).unwrap() + 1;
        self.rows.certificates.push(CertificateRow {
            issued: day(issued),
            id,
            number: number.to_owned(),
            exporter: code(exporter),
            importer: code(importer),
            origin: code(exporter),
            hs: 710_231,
            expires: day(issued) + 60,
            carats,
            value,
            parcels: 1,
            exporter_firm: 1,
            importer_firm: 1,
            seal: format!("S{id:010}"),
        });
        self.rows.certificates.last_mut().unwrap()
    }

    pub(crate) fn receipt(
        &mut self,
        number: &str,
        exporter: &str,
        importer: &str,
        arrived: &str,
        carats: i64,
        value: i64,
    ) -> &mut ConfirmationRow {
        let id = i64::try_from(self.rows.confirmations.len()).unwrap() + 1;
        self.rows.confirmations.push(ConfirmationRow {
            arrived: day(arrived),
            id,
            number: number.to_owned(),
            exporter: code(exporter),
            importer: code(importer),
            hs: 710_231,
            carats,
            value,
        });
        self.rows.confirmations.last_mut().unwrap()
    }

    /// A receipt of the last certificate, ten days later and exact.
    pub(crate) fn received(&mut self) -> &mut ConfirmationRow {
        let last = self.rows.certificates.last().unwrap().clone();
        self.receipt(
            &last.number,
            last.exporter.as_str(),
            last.importer.as_str(),
            "2000-01-01",
            last.carats,
            last.value,
        )
        .arrived = last.issued + 10;
        self.rows.confirmations.last_mut().unwrap()
    }

    pub(crate) fn production(&mut self, participant: &str, year: i32, half: i32, carats: i64, value: i64) {
        self.rows.production.push(ProductionLine {
            participant: code(participant),
            year,
            half,
            carats,
            value,
        });
    }

    pub(crate) fn stock(&mut self, participant: &str, year: i32, opening: i64, closing: i64) {
        self.rows.stocks.push(StockLine { participant: code(participant), year, opening, closing });
    }

    pub(crate) fn count(&mut self, participant: &str, year: i32, issued: i64, received: i64) {
        let line = super::rows::CountLine { participant: code(participant), year, issued, received };
        self.rows.counts.push(line);
    }

    pub(crate) fn member(&mut self, participant: &str, joined: i32, neighbours: &[&str]) {
        let neighbours = neighbours.iter().map(|n| code(n)).collect();
        self.rows.members.push(Member { code: code(participant), joined, neighbours });
    }

    pub(crate) fn embargo(&mut self, participant: &str, start: &str, end: &str) {
        self.rows.embargoes.push(Embargo {
            participant: code(participant),
            start: day(start),
            end: day(end),
        });
    }

    /// A steady trade: every route of the named participants, `each` certificates a quarter from the first year to the
    /// last, firms 1 to 4, prices around 100 US$/ct that scatter by chance of a fixed sequence, all received exactly.
    pub(crate) fn steady(codes: &[&str], years: std::ops::RangeInclusive<i32>, each: u32) -> Self {
        let (mut small, mut wheel, mut serial) = (Self::default(), 12_345_u64, 0);
        for year in years {
            for quarter in 0..4 {
                for exporter in codes {
                    for importer in codes.iter().filter(|i| i != &exporter) {
                        for _ in 0..each {
                            let mut turn = |below: u64| {
                                wheel = wheel
                                    .wrapping_mul(6_364_136_223_846_793_005)
                                    .wrapping_add(1_442_695_040_888_963_407);
                                (wheel >> 33) % below
                            };
                            serial += 1;
                            let number = format!("{exporter}-{serial:08}");
                            let (month, of_month) = (quarter * 3 + 1 + turn(3), 1 + turn(28));
                            let issued = format!("{year}-{month:02}-{of_month:02}");
                            let carats = i64::try_from(20_00 + turn(400_00)).unwrap();
                            // Four throws make a hill of prices around 100, most within a factor of two.
                            let price: u64 = (0..4).map(|_| 10 + turn(31)).sum();
                            let value =
                                carats * i64::try_from(price).unwrap() + i64::try_from(turn(97)).unwrap();
                            let firm = i64::try_from(1 + turn(4)).unwrap();
                            let row = small.certificate(&number, exporter, importer, &issued, carats, value);
                            row.exporter_firm = firm;
                            row.importer_firm = firm;
                            small.received();
                        }
                    }
                }
            }
        }
        small
    }

    pub(crate) fn certificates(&mut self) -> &mut Vec<CertificateRow> {
        &mut self.rows.certificates
    }

    pub(crate) fn confirmations(&mut self) -> &mut Vec<ConfirmationRow> {
        &mut self.rows.confirmations
    }

    pub(crate) fn analysis(&self) -> Analysis {
        analyze(self.rows(), &Settings::default())
    }

    /// Ids of the findings of one detector.
    pub(crate) fn found(&self, detector: &str) -> Vec<String> {
        self.analysis().findings.into_iter().filter(|f| f.detector == detector).map(|f| f.id).collect()
    }
}
