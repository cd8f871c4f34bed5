//! `kpcs certificate list` and `show`: certificates as they stand, and everything that happened to one.

mod shown;

use anyhow::{Context, Result};
use kp_db::Tx;
use kp_log::Entry;
use kp_terms::CertificateNumber;
use kp_trade::{Arrival, Certificate, Confirmation, Line};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::{CertificateList, Reading},
    place::Place,
    screen::{Table, counted, say, say_json},
};
use shown::{Brief, ShownWhole};

/// Lists certificates in order of their number.
pub(crate) fn list(place: &Place, options: &CertificateList) -> Answer {
    let found = place.open()?.db().read(|tx| kp_trade::certificates(tx, &options.after, options.limit))?;
    if options.reading.json {
        say_json(&found.iter().map(Brief::from).collect::<Vec<_>>())?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["number", "state", "from", "to", ">carats", ">US$", "issued on"]);
    for each in &found {
        let brief = Brief::from(each);
        let (carats, value) = (each.application.carats.grouped(), each.application.value.grouped());
        let issued_on = brief.issued_on.unwrap_or_else(|| "-".into());
        table.row(vec![
            brief.number,
            state_in_words(&brief.state),
            brief.from,
            brief.to,
            carats,
            value,
            issued_on,
        ]);
    }
    table.say_or("There is no certificate here.")?;
    if let Some(last) = found.last().filter(|_| found.len() == options.limit as usize) {
        say(&format!("More may follow: --after {}", last.number))?;
    }
    Ok(Outcome::Done)
}

/// One certificate, whole.
struct Whole {
    certificate: Option<Certificate>,
    lines: Vec<Line>,
    arrivals: Vec<Arrival>,
    confirmation: Option<Confirmation>,
    timeline: Vec<Entry>,
}

/// Shows one certificate with everything that happened to it.
pub(crate) fn show(place: &Place, typed: &str, reading: Reading) -> Answer {
    let number: CertificateNumber =
        typed.parse().map_err(|error| Trouble::Usage(format!("NUMBER: {error}")))?;
    let whole = place.open()?.db().read(|tx| {
        let certificate = kp_trade::certificate_by_number(tx, &number)?;
        Ok::<_, anyhow::Error>(Whole {
            lines: match &certificate {
                Some(c) => kp_trade::lines_of_application(tx, &c.application.application)?,
                None => Vec::new(),
            },
            arrivals: kp_trade::arrivals_of_number(tx, &number)?,
            confirmation: kp_trade::confirmation_of_number(tx, &number)?,
            timeline: timeline(tx, &number, certificate.as_ref())?,
            certificate,
        })
    })?;
    if whole.certificate.is_none() && whole.arrivals.is_empty() {
        let message =
            format!("there is no certificate {number} here; `kpcs certificate list` shows those there are");
        return Err(anyhow::anyhow!(message).into());
    }
    if reading.json {
        say_json(&ShownWhole::of(&number, &whole))?;
    } else {
        say(&in_words(&number, &whole).context("putting the certificate into words")?)?;
    }
    Ok(Outcome::Done)
}

/// What happened to the application, and then to the certificate.
fn timeline(
    tx: &mut Tx<'_>,
    number: &CertificateNumber,
    certificate: Option<&Certificate>,
) -> Result<Vec<Entry>> {
    let mut entries = kp_log::entries_of_subject(tx, &number.to_string())?;
    if let Some(certificate) = certificate {
        entries.extend(kp_log::entries_of_subject(tx, &certificate.application.application)?);
    }
    entries.sort_by_key(|entry| entry.position);
    // Where only a pre-advice is known, the number stands for the application too.
    entries.dedup_by_key(|entry| entry.position);
    Ok(entries)
}

fn in_words(number: &CertificateNumber, whole: &Whole) -> Result<String> {
    use std::fmt::Write;
    let mut text = String::new();
    match &whole.certificate {
        Some(certificate) => {
            writeln!(text, "Certificate {number}: {}", state_in_words(certificate.state.word()))?;
            for (label, value) in facts(certificate) {
                writeln!(text, "  {label:<14}{value}")?;
            }
            for line in &whole.lines {
                writeln!(
                    text,
                    "  {:<14}{} ct, US$ {}",
                    line.hs,
                    line.carats.grouped(),
                    line.value.grouped()
                )?;
            }
        }
        None => writeln!(text, "Certificate {number} is not in the register here; it was presented here")?,
    }
    for arrival in &whole.arrivals {
        let seals = if arrival.seals_intact { "seals intact" } else { "seals not intact" };
        let carats = arrival.carats_received.grouped();
        writeln!(
            text,
            "  {:<14}at {} on {}: {carats} ct, {seals}",
            "presented", arrival.at, arrival.arrived_on
        )?;
    }
    if let Some(confirmation) = &whole.confirmation {
        let outcome = state_in_words(confirmation.outcome.word());
        writeln!(
            text,
            "  {:<14}{outcome} on {} by {}",
            "answer", confirmation.confirmed_on, confirmation.confirmed_by
        )?;
        if !confirmation.explanation.is_empty() {
            writeln!(text, "  {:<14}{}", "difference", confirmation.explanation)?;
        }
    }
    writeln!(text, "What happened:")?;
    let mut table = Table::new(&["  at", "what", "log", ">entry"]);
    for entry in &whole.timeline {
        let at = format!("  {}", entry.at);
        table.row(vec![
            at,
            entry.kind.replace('_', " "),
            entry.log_id.clone(),
            entry.entry_number.to_string(),
        ]);
    }
    text.push_str(&table.text());
    Ok(text)
}

fn facts(certificate: &Certificate) -> Vec<(&'static str, String)> {
    let application = &certificate.application;
    let (carats, value) = (application.carats.grouped(), application.value.grouped());
    let mut facts = vec![
        ("from", application.participant.to_string()),
        ("to", application.destination.to_string()),
        ("exporter", application.exporter.clone().unwrap_or_else(|| application.licence_number.clone())),
        ("importer", format!("{}, {}", application.importer, application.importer_address)),
        ("origin", application.origin.to_string()),
        ("goods", format!("{carats} ct, US$ {value}, {}", counted(application.parcels, "parcel"))),
        ("application", format!("{}, taken on {}", application.application, application.applied_on)),
        ("drafted", format!("on {} by {}", certificate.drafted_on, certificate.drafted_by)),
    ];
    let by =
        |on: jiff::civil::Date, by: &Option<String>| format!("on {on} by {}", by.as_deref().unwrap_or("-"));
    if let Some(on) = certificate.issued_on {
        facts.push(("issued", by(on, &certificate.issued_by)));
    }
    if let Some(on) = certificate.expires_on {
        facts.push(("leaves before", format!("the end of {on}")));
    }
    if let Some(on) = certificate.validated_on {
        facts.push((
            "validated",
            format!("{}, seals {}", by(on, &certificate.validated_by), certificate.seals.join(" ")),
        ));
    }
    if let Some(on) = certificate.departed_on {
        facts.push(("departed", format!("on {on}")));
    }
    facts
}

fn state_in_words(state: &str) -> String {
    state.replace('_', " ")
}
