//! What stands on the printed sheets, gathered from the register: certificate, confirmation slip, court extract.
//!
//! Domain 1.2, 3.1, 3.4. Draws nothing (that is `kp-paper`) and decides nothing: a sheet says what the log says, as of
//! the print that an act has recorded. A reprint shows the state of the day, under its own number.

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use kp_db::Tx;
use kp_log::day_of;
use kp_paper::{
    CertificateSheet, Codes, ConfirmationSlip, Container, GoodsLine, LISTED_PARCELS, Layout, ParcelLine,
    Party, Print, Validation,
};
use kp_terms::{CertificateNumber, Origin, ParticipantCode, Provenance};
use kp_trade::{Certificate, CertificateKind, Line};

use crate::Node;

impl Node {
    /// The sheet of a recorded print of a certificate, from 1 the original.
    ///
    /// # Errors
    /// Where there is no such certificate or print, or the database fails.
    pub fn certificate_sheet(&self, number: &CertificateNumber, copy: u32) -> Result<CertificateSheet> {
        self.db().read(|tx| {
            let print = kp_trade::prints_of_number(tx, number)?.into_iter().find(|print| print.copy == copy);
            let print = print.with_context(|| {
                format!("no print {copy} of {number} is recorded; `kpcs act print-certificate` records one")
            })?;
            let print_of_paper = match copy {
                1 => Print::Original,
                _ => Print::Reprint { number: copy - 1, on: day_of(print.printed_at) },
            };
            self.sheet(tx, number, print_of_paper, print.printed_at)
        })
    }

    fn sheet(
        &self,
        tx: &mut Tx<'_>,
        number: &CertificateNumber,
        print: Print,
        printed_at: Timestamp,
    ) -> Result<CertificateSheet> {
        let certificate = kp_trade::certificate_by_number(tx, number)?
            .with_context(|| format!("there is no certificate {number} here"))?;
        let application = &certificate.application;
        let (Some(issued_on), Some(expires_on)) = (certificate.issued_on, certificate.expires_on) else {
            bail!("certificate {number} is only drafted; it is printed once it is issued");
        };
        let goods = goods(&kp_trade::lines_of_application(tx, &application.application)?);
        let origin_code = match &application.origin {
            Origin::One(code) => Some(*code),
            Origin::Mixed(_) => None,
        };
        let copy = self.signed_copy_in(tx, number)?;
        Ok(CertificateSheet {
            number: number.clone(),
            issuer_name: name_of(tx, application.participant)?,
            authority: authority_of(tx, certificate.issued_by.as_deref())?,
            issued_on,
            expires_on,
            validation: validation(tx, &certificate)?,
            exporter: exporter(tx, &certificate)?,
            importer: Party {
                name: application.importer.clone(),
                address: application.importer_address.clone(),
                licence: String::new(),
            },
            origin: application.origin.clone(),
            origin_name: origin_code.map_or_else(|| Ok(String::new()), |code| name_of(tx, code))?,
            provenance: Provenance(application.participant),
            provenance_name: name_of(tx, application.participant)?,
            destination: application.destination,
            destination_name: name_of(tx, application.destination)?,
            goods,
            parcels: application.parcels,
            parcel_list: parcels(tx, &certificate)?,
            containers: containers(&certificate.seals),
            technical_purpose: technical_purpose(&certificate),
            quality: String::new(),
            transit_purpose: application.transit_purpose.clone(),
            codes: copy.map(|copy| Codes {
                certificate: copy.credential.to_text(),
                receipt: copy.receipt.map(|receipt| receipt.to_text()),
                check_code: copy.credential.check_code().to_string(),
            }),
            print,
            training: self.is_training(),
            printed_at,
        })
    }

    /// The confirmation slip for a certificate that was answered here.
    ///
    /// # Errors
    /// Where nothing was presented or answered, or the database fails.
    pub fn confirmation_slip(&self, number: &CertificateNumber, now: Timestamp) -> Result<ConfirmationSlip> {
        self.db().read(|tx| {
            let certificate = kp_trade::certificate_by_number(tx, number)?
                .with_context(|| format!("there is no certificate {number} here"))?;
            let arrival = kp_trade::arrivals_of_number(tx, number)?
                .into_iter()
                .next()
                .with_context(|| format!("{number} was not presented here"))?;
            let answer = kp_trade::confirmation_of_number(tx, number)?.with_context(|| {
                format!("{number} is not confirmed yet; confirm it or report the difference")
            })?;
            let officer = kp_registry::officer_by_id(tx, &answer.confirmed_by)?;
            let application = &certificate.application;
            let certified = goods(&kp_trade::lines_of_application(tx, &application.application)?);
            let measured = goods(&kp_trade::lines_of_arrival(tx, arrival.position)?);
            let mut differences: Vec<String> = kp_trade::discrepancies_of_arrival(tx, arrival.position)?
                .iter()
                .map(|discrepancy| format!("{}: {}", discrepancy.code, discrepancy.says))
                .collect();
            if !answer.explanation.is_empty() {
                differences.push(answer.explanation.to_string());
            }
            Ok(ConfirmationSlip {
                number: number.clone(),
                participant_name: name_of(tx, answer.at)?,
                authority: authority_of(tx, Some(&answer.confirmed_by))?,
                addressee: authority_of(tx, certificate.issued_by.as_deref())?,
                exporter: exporter(tx, &certificate)?.name,
                importer: arrival.importer.clone().unwrap_or_else(|| application.importer.clone()),
                destination: application.destination,
                destination_name: name_of(tx, application.destination)?,
                parcels: (application.parcels, arrival.parcels.unwrap_or(application.parcels)),
                received: if measured.is_empty() { certified.clone() } else { measured },
                certified,
                received_on: arrival.arrived_on,
                seals: seals_in_words(&arrival),
                examination: examination_in_words(&arrival),
                differences,
                officer: officer.map_or(answer.confirmed_by, |officer| officer.name),
                sent: format!("confirmed on {}", answer.confirmed_on),
                print: Print::Original,
                training: self.is_training(),
                printed_at: now,
            })
        })
    }

    /// The layout of a participant's paper: its own file in the data folder where there is one, else the built-in one.
    ///
    /// # Errors
    /// Where the file cannot be read or does not describe a sheet; each line that does not is named.
    pub fn layout(&self, code: ParticipantCode) -> Result<Layout> {
        let Some(keyring) = self.keyring() else { return Ok(Layout::built_in()) };
        let file = keyring.beside("layouts").join(format!("{code}.toml"));
        if !file.exists() {
            return Ok(Layout::built_in());
        }
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        Layout::read(&text).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))
    }
}

fn goods(lines: &[Line]) -> Vec<GoodsLine> {
    lines.iter().map(|line| GoodsLine { class: line.hs, carats: line.carats, value: line.value }).collect()
}

/// The name of a participant, or its code where it is not in the registry.
pub(crate) fn name_of(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<String> {
    Ok(kp_registry::participant_by_code(tx, code)?.map_or_else(|| code.to_string(), |found| found.name))
}

/// The authority that an officer serves, or the officer's own body.
pub(crate) fn authority_of(tx: &mut Tx<'_>, officer: Option<&str>) -> Result<String> {
    let Some(officer) = officer.map(|id| kp_registry::officer_by_id(tx, id)).transpose()?.flatten() else {
        return Ok(String::new());
    };
    let authority = officer.authority.as_deref().map(|id| kp_registry::authority_by_id(tx, id));
    Ok(authority.transpose()?.flatten().map_or(officer.body, |authority| authority.name))
}

fn validation(tx: &mut Tx<'_>, certificate: &Certificate) -> Result<Option<Validation>> {
    let (Some(on), Some(by)) = (certificate.validated_on, certificate.validated_by.as_deref()) else {
        return Ok(None);
    };
    let officer = kp_registry::officer_by_id(tx, by)?.map_or_else(|| by.to_owned(), |officer| officer.name);
    Ok(Some(Validation { on, officer }))
}

/// Who exports: under a technical certificate whoever it names, else the holder of the licence.
pub(crate) fn exporter(tx: &mut Tx<'_>, certificate: &Certificate) -> Result<Party> {
    let application = &certificate.application;
    let licensed = kp_registry::exporter_by_licence(tx, &application.licence_number)?;
    let (name, address) = kp_trade::issue_certificate::exporter_of(application, licensed.as_ref());
    Ok(Party { name, address, licence: application.licence_number.clone() })
}

/// The parcels one by one, where every one is described and the sheet has room.
fn parcels(tx: &mut Tx<'_>, certificate: &Certificate) -> Result<Vec<ParcelLine>> {
    let described = kp_trade::parcels_of_application(tx, &certificate.application.application)?;
    let all = usize::try_from(certificate.application.parcels)? == described.len();
    if !all || described.len() > LISTED_PARCELS {
        return Ok(Vec::new());
    }
    let line = |(parcel, number): (kp_trade::ParcelLine, usize)| ParcelLine {
        label: number.to_string(),
        goods: GoodsLine { class: parcel.hs, carats: parcel.carats, value: kp_terms::UsdCents::default() },
    };
    Ok(described.into_iter().zip(1..).map(line).collect())
}

fn containers(seals: &[String]) -> Vec<Container> {
    let container =
        |(seal, number): (&String, usize)| Container { label: number.to_string(), seal: seal.clone() };
    seals.iter().zip(1..).map(container).collect()
}

fn technical_purpose(certificate: &Certificate) -> Option<String> {
    let application = &certificate.application;
    if application.kind == CertificateKind::Normal {
        return None;
    }
    let purpose = application.purpose.map(|purpose| purpose.to_string()).unwrap_or_default();
    let file = application.file_reference.clone().unwrap_or_default();
    Some(format!("{purpose} {file}").trim().to_owned())
}

fn seals_in_words(arrival: &kp_trade::Arrival) -> String {
    let read = arrival.seals.join(", ");
    match (arrival.seals_intact, read.is_empty()) {
        (true, true) => "all intact".to_owned(),
        (true, false) => format!("all intact: {read}"),
        (false, true) => "not intact".to_owned(),
        (false, false) => format!("not intact: {read}"),
    }
}

fn examination_in_words(arrival: &kp_trade::Arrival) -> String {
    match arrival.channel {
        Some(kp_trade::Channel::Unopened) => "released closed, under a risk plan".to_owned(),
        _ => format!("opened; {} ct weighed", arrival.carats_received),
    }
}
