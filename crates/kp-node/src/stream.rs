//! The register's certificates and arrivals as a stream, looked at by the same detectors as `kpcs analyze FOLDER`, with the
//! thresholds that the working group's statements made hold.
//!
//! Works nothing out itself and keeps nothing. Only what left and what arrived is in it: a draft moved no goods.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_db::Tx;
use kp_detect::{
    set_detector_threshold::holding,
    stream::{
        Analysis, CertificateRow, Code, ConfirmationRow, Member, ProductionLine, Rows, Settings, analyze,
        day_number,
    },
};
use kp_terms::{Date, Origin, ParticipantCode, Period};
use kp_trade::{Arrival, Certificate};

/// Rows asked for at a time.
const PAGE: u32 = 1000;

/// The register looked at with the thresholds that hold.
///
/// # Errors
/// Where the database fails.
pub fn analysis(tx: &mut Tx<'_>) -> Result<Analysis> {
    let settings = holding(tx)?;
    analysis_with(tx, &settings)
}

/// The same with other thresholds: what a change would do.
///
/// # Errors
/// Where the database fails.
pub fn analysis_with(tx: &mut Tx<'_>, settings: &Settings) -> Result<Analysis> {
    Ok(analyze(rows(tx)?, settings))
}

/// Firms as whole numbers, in the order in which they come. An importer of one shipment is the exporter of another where
/// participant and name are the same; a licence stands for its holder.
#[derive(Default)]
struct Firms {
    numbers: BTreeMap<(ParticipantCode, String), i64>,
    holders: BTreeMap<String, String>,
}

impl Firms {
    fn number(&mut self, participant: ParticipantCode, name: &str) -> i64 {
        let next = i64::try_from(self.numbers.len()).unwrap_or(i64::MAX) + 1;
        *self.numbers.entry((participant, name.trim().to_lowercase())).or_insert(next)
    }

    fn of_licence(&mut self, participant: ParticipantCode, licence: &str) -> i64 {
        let holder = self.holders.get(licence).cloned().unwrap_or_else(|| licence.to_owned());
        self.number(participant, &holder)
    }
}

fn code(participant: ParticipantCode) -> Code {
    Code::read(participant.as_str()).unwrap_or(Code::MIXED)
}

fn day(date: Date) -> i32 {
    day_number(date.year().into(), date.month().into(), date.day().into())
}

/// The register's rows.
///
/// # Errors
/// Where the database fails.
pub fn rows(tx: &mut Tx<'_>) -> Result<Rows> {
    let (mut rows, mut firms) = (Rows::default(), Firms::default());
    for exporter in kp_registry::exporters(tx)? {
        firms.holders.insert(exporter.licence_number, exporter.holder);
    }
    let mut values: BTreeMap<String, (i64, i64, u32, Code)> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = kp_trade::certificates(tx, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.number.to_string();
        for certificate in page {
            let Some(issued) = certificate.departed_on.and(certificate.issued_on) else { continue };
            let hs = class(tx, &certificate)?;
            let id = i64::try_from(rows.certificates.len())? + 1;
            let row = certificate_row(&certificate, id, issued, hs, &mut firms);
            values.insert(row.number.clone(), (row.carats, row.value, hs, row.exporter));
            rows.certificates.push(row);
        }
    }
    let mut position = 0;
    loop {
        let page = kp_trade::arrivals_after(tx, position, PAGE)?;
        let Some(last) = page.last() else { break };
        position = last.position;
        rows.confirmations.extend(page.iter().map(|arrival| confirmation_row(arrival, &values)));
    }
    for participant in kp_registry::participants(tx)? {
        let joined = i32::from(participant.member_from.year());
        rows.members.push(Member { code: code(participant.code), joined, neighbours: Vec::new() });
    }
    rows.production = production(tx)?;
    Ok(rows)
}

/// The class of the goods; of several the one with the highest value.
fn class(tx: &mut Tx<'_>, certificate: &Certificate) -> Result<u32> {
    let lines = kp_trade::lines_of_application(tx, &certificate.application.application)?;
    let main = lines.iter().max_by_key(|line| line.value);
    let digits: String = main.map(|line| line.hs.to_string()).unwrap_or_default().replace('.', "");
    Ok(digits.parse().unwrap_or(710_210))
}

fn certificate_row(
    certificate: &Certificate,
    id: i64,
    issued: Date,
    hs: u32,
    firms: &mut Firms,
) -> CertificateRow {
    let application = &certificate.application;
    CertificateRow {
        issued: day(issued),
        id,
        number: certificate.number.to_string(),
        exporter: code(application.participant),
        importer: code(application.destination),
        origin: match &application.origin {
            Origin::One(participant) => code(*participant),
            Origin::Mixed(_) => Code::MIXED,
        },
        hs,
        expires: certificate.expires_on.map_or(day(issued) + 60, day),
        carats: application.carats.hundredths(),
        value: application.value.cents(),
        parcels: application.parcels,
        exporter_firm: firms.of_licence(application.participant, &application.licence_number),
        importer_firm: firms.number(application.destination, &application.importer),
        // Several seals are one container's: together they are its name.
        seal: certificate.seals.join(" "),
    }
}

/// An arrival. No value is stated on arrival, so the certificate's own stands there: values are not compared here.
fn confirmation_row(arrival: &Arrival, values: &BTreeMap<String, (i64, i64, u32, Code)>) -> ConfirmationRow {
    let number = arrival.number.to_string();
    let known = values.get(&number);
    let issuer = || arrival.number.issuer(arrival.arrived_on).ok().map_or(Code::MIXED, code);
    ConfirmationRow {
        arrived: day(arrival.arrived_on),
        id: i64::try_from(arrival.position).unwrap_or(i64::MAX),
        exporter: known.map_or_else(issuer, |known| known.3),
        importer: code(arrival.at),
        hs: known.map_or(710_210, |known| known.2),
        carats: arrival.carats_received.hundredths(),
        value: known.map_or(0, |known| known.1),
        number,
    }
}

/// Declared production as known now.
fn production(tx: &mut Tx<'_>) -> Result<Vec<ProductionLine>> {
    let rows = kp_statistics::returns_as_known_on(tx, jiff::Timestamp::MAX)?;
    let line = |row: &kp_statistics::production::ProductionRow| ProductionLine {
        participant: code(row.participant),
        year: i32::from(Period::Half(row.half).last_day().year()),
        half: i32::from(row.half.half),
        carats: row.carats.hundredths(),
        value: row.value.cents(),
    };
    Ok(rows.iter().map(line).collect())
}
