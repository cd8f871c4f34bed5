//! `kpcs certificate print`, `slip`, `extract`, `specimen`: sheets as PDF/A files.
//!
//! Printing a certificate records the print first and draws it after: if power fails between the two, the log knows of a
//! sheet that nobody has, and `--recorded` draws that very sheet. Never writes over a file.

use std::{io::Write, path::Path};

use anyhow::{Context, Result};
use kp_node::Node;
use kp_paper::Fonts;
use kp_terms::{CertificateNumber, Fields, ParticipantCode};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::{Extract, PrintCertificate, Sheet, Slip, SpecimenSheet},
    clock,
    commands::act::open_key,
    place::Place,
    screen::say,
};

/// Records a print and draws it; or draws one that was recorded.
pub(crate) fn print(place: &Place, options: &PrintCertificate) -> Answer {
    let number = number(&options.number)?;
    let node = place.open()?;
    refuse_existing(&options.sheet.out)?;
    let copy = match options.recorded {
        Some(copy) => copy,
        None => record(&node, &number, options)?,
    };
    let sheet = node.certificate_sheet(&number, copy)?;
    let layout = node.layout(number.prefix())?;
    let pdf =
        kp_paper::certificate(&sheet, &layout, &fonts(&options.sheet)?).context("drawing the certificate")?;
    write_new(&options.sheet.out, &pdf)?;
    let codes = match &sheet.codes {
        Some(codes) => format!("check code {}", codes.check_code),
        None => "without codes: it is not validated, or its issuer has no document key".to_owned(),
    };
    say(&format!("Sheet {copy} of {number} is in {}; {codes}.", options.sheet.out.display()))?;
    Ok(Outcome::Done)
}

fn record(node: &Node, number: &CertificateNumber, options: &PrintCertificate) -> Result<u32, Trouble> {
    let Some(officer) = &options.officer else {
        return Err(Trouble::Usage("say who prints: --as OFFICER".into()));
    };
    let signer = open_key(node, officer, options.passphrase_file.as_ref())?;
    let mut fields = Fields::from([("number".to_owned(), vec![number.to_string()])]);
    fields.extend(options.reason.iter().map(|reason| ("reason".to_owned(), vec![reason.clone()])));
    node.perform("print_certificate", &fields, &signer, clock::now())?;
    let prints = node.db().read(|tx| kp_trade::prints_of_number(tx, number))?;
    Ok(prints.last().context("a print that was recorded is there")?.copy)
}

/// Draws the slip for a certificate that was confirmed here.
pub(crate) fn slip(place: &Place, options: &Slip) -> Answer {
    let number = number(&options.number)?;
    let node = place.open()?;
    refuse_existing(&options.sheet.out)?;
    let slip = node.confirmation_slip(&number, clock::now())?;
    let layout = node.layout(slip.destination)?;
    let pdf =
        kp_paper::confirmation_slip(&slip, &layout, &fonts(&options.sheet)?).context("drawing the slip")?;
    write_new(&options.sheet.out, &pdf)?;
    say(&format!("The confirmation of {number} is in {}.", options.sheet.out.display()))?;
    Ok(Outcome::Done)
}

/// Draws everything that is known about a number.
pub(crate) fn extract(place: &Place, options: &Extract) -> Answer {
    let number = number(&options.number)?;
    let node = place.open()?;
    refuse_existing(&options.sheet.out)?;
    let extract = node.court_extract(&number, &options.officer, &options.purpose, clock::now())?;
    let layout = node.layout(number.prefix())?;
    let pdf =
        kp_paper::court_extract(&extract, &layout, &fonts(&options.sheet)?).context("drawing the extract")?;
    write_new(&options.sheet.out, &pdf)?;
    let acts = crate::screen::counted(extract.acts.len() as u64, "act");
    say(&format!("The extract about {number}, {acts}, is in {}.", options.sheet.out.display()))?;
    Ok(Outcome::Done)
}

/// Draws a blank specimen.
pub(crate) fn specimen(place: &Place, options: &SpecimenSheet) -> Answer {
    let code: ParticipantCode =
        options.participant.parse().map_err(|error| Trouble::Usage(format!("PARTICIPANT: {error}")))?;
    let node = place.open()?;
    refuse_existing(&options.sheet.out)?;
    let name = node.db().read(|tx| kp_registry::participant_by_code(tx, code))?;
    let name = name.map(|found| found.name).with_context(|| format!("{code} is not a participant here"))?;
    let layout = node.layout(code)?;
    let pdf = kp_paper::specimen(&name, &layout, &fonts(&options.sheet)?, clock::now())
        .context("drawing the specimen")?;
    write_new(&options.sheet.out, &pdf)?;
    say(&format!("The specimen of {name} is in {}.", options.sheet.out.display()))?;
    Ok(Outcome::Done)
}

fn number(typed: &str) -> Result<CertificateNumber, Trouble> {
    typed.parse().map_err(|error| Trouble::Usage(format!("NUMBER: {error}")))
}

/// The program's own letters, then those of a folder, then the system's.
fn fonts(options: &Sheet) -> Result<Fonts> {
    let fonts = Fonts::built_in()?;
    let fonts = match &options.fonts {
        Some(folder) => fonts.with_folder(folder)?,
        None => fonts,
    };
    Ok(fonts.with_system())
}

/// Said before anything is recorded.
fn refuse_existing(file: &Path) -> Result<(), Trouble> {
    if file.exists() {
        return Err(Trouble::Usage(format!("{} is there already; name another file", file.display())));
    }
    Ok(())
}

fn write_new(file: &Path, bytes: &[u8]) -> Result<()> {
    let writing = || format!("writing {}", file.display());
    let mut out =
        std::fs::OpenOptions::new().write(true).create_new(true).open(file).with_context(writing)?;
    out.write_all(bytes).and_then(|()| out.sync_all()).with_context(writing)
}
