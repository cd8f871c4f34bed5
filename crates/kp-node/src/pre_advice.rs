//! The pre-advice that goes out with a departure, as a message in the importer's language; and what is read from the code
//! in one that came in.
//!
//! Scheme: Annex II.19 and 21: carats, value, origin or provenance, importer, exporter, serial number. The message is text
//! that any mail program sends; both codes stand in it, so that whoever gets it can verify it without a network and need
//! not type it again. Decides nothing and sends nothing.

use anyhow::{Context, Result, bail};
use jiff::SignedDuration;
use kp_certificate::{Content, Origins};
use kp_language::{Language, Texts};
use kp_log::{Failure, day_of};
use kp_terms::{CertificateNumber, Fields, sentence};
use kp_trade::issue_certificate::exporter_of;

use crate::Node;

impl Node {
    /// The pre-advice of a certificate that has left, with its subject as the first line.
    ///
    /// # Errors
    /// Refuses at a node for training; fails where the certificate is not here or has not left, or the database fails.
    pub fn pre_advice(&self, number: &CertificateNumber, language: Language) -> Result<String, Failure> {
        self.refuse_in_training(sentence!("training-pre-advice", "a pre-advice"))?;
        self.written(number, language).map_err(Failure::Error)
    }

    fn written(&self, number: &CertificateNumber, language: Language) -> Result<String> {
        let texts = Texts::of(language);
        let copy = self.signed_copy(number)?;
        self.db().read(|tx| {
            let certificate = kp_trade::certificate_by_number(tx, number)?
                .with_context(|| format!("there is no certificate {number} here"))?;
            let Some(left_on) = certificate.departed_on else {
                bail!("{number} is {}; what has not left is not announced", certificate.state)
            };
            let application = &certificate.application;
            let licensed = kp_registry::exporter_by_licence(tx, &application.licence_number)?;
            let exporter = exporter_of(application, licensed.as_ref()).0;
            let mut facts = vec![
                ("fact-number", number.to_string()),
                ("fact-issued", certificate.issued_on.map_or_else(String::new, |day| day.to_string())),
                ("fact-left", left_on.to_string()),
                ("fact-from", application.participant.to_string()),
                ("fact-to", application.destination.to_string()),
                ("fact-origin", application.origin.to_string()),
                ("fact-exporter", exporter),
                ("fact-importer", format!("{}, {}", application.importer, application.importer_address)),
                ("fact-carats", application.carats.grouped()),
                ("fact-value", application.value.grouped()),
                ("fact-parcels", application.parcels.to_string()),
                ("fact-seals", certificate.seals.join(" ")),
            ];
            for line in kp_trade::lines_of_application(tx, &application.application)? {
                let goods =
                    format!("{}: {} ct, US$ {}", line.hs, line.carats.grouped(), line.value.grouped());
                facts.push(("fact-class", goods));
            }
            let carats = application.carats.grouped();
            let mut lines = vec![
                texts.with("pre-advice-subject", &[("number", &number.to_string()), ("carats", &carats)]),
                String::new(),
                texts.text("pre-advice-lead"),
                String::new(),
            ];
            lines.extend(facts.into_iter().map(|(key, value)| format!("{}: {value}", texts.text(key))));
            if let Some(copy) = &copy {
                lines.extend([String::new(), texts.text("pre-advice-codes"), String::new()]);
                lines.push(copy.credential.to_text());
                lines.extend(copy.receipt.as_ref().map(kp_certificate::Receipt::to_text));
            }
            lines.push(String::new());
            Ok(lines.join("\n"))
        })
    }
}

/// What `record_pre_advice` asks for, as the code of the certificate says it. A mixed origin is not in the code with its
/// composition; then it is left out and must be given.
pub fn fields_of_code(content: &Content) -> Fields {
    // The code says the instant from which nothing leaves; the form asks for the last day.
    let last = content.expires_at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(content.expires_at);
    let issued_on = day_of(content.issued_at).to_string();
    let mut fields = Fields::new();
    let mut set = |name: &str, values: Vec<String>| fields.insert(name.to_owned(), values);
    set("number", vec![content.number.to_string()]);
    set("at", vec![content.destination.to_string()]);
    set("issued_on", vec![issued_on]);
    set("expires_on", vec![day_of(last).to_string()]);
    set("exporter", vec![content.exporter.name.clone()]);
    set("importer", vec![content.importer.name.clone()]);
    set("parcels", vec![content.parcels.to_string()]);
    let line = |line: &kp_certificate::Line| format!("{} {} {}", line.class, line.carats, line.value);
    set("lines", content.lines.iter().map(line).collect());
    if let Origins::Named(codes) = &content.origins
        && let [one] = codes.as_slice()
    {
        set("origin", vec![one.to_string()]);
    }
    if !content.seals.is_empty() {
        set("seals", content.seals.clone());
    }
    fields
}
