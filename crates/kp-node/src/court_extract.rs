//! Everything that is known about one number, with proofs: for a court, an auditor, another authority.
//!
//! Each act with who signed it, its entry in the log and the SHA-256 of its statement; the presentations; what the goods
//! were worth to whom, how far that lies apart, what they weighed at each point, and who objected; the signed
//! certificate and the log's receipt; for the last entry a proof against the newest signed head. The signed statements
//! themselves go along as files (`kpcs log prove`). Judges nothing.

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_db::Tx;
use kp_log::Entry;
use kp_paper::{ActLine, CourtExtract, PresentationLine, Print, ProofText, RefusalLine};
use kp_terms::CertificateNumber;

mod worth;

use crate::{
    Node,
    sheets::{authority_of, exporter, name_of},
};

/// Bytes of a proof in one printed line, as hexadecimal digits.
const DIGITS: usize = 64;

impl Node {
    /// The extract about a number, made by an officer for a purpose.
    ///
    /// # Errors
    /// Where nothing is known of the number here, or the database fails.
    pub fn court_extract(
        &self,
        number: &CertificateNumber,
        officer: &str,
        purpose: &str,
        now: Timestamp,
    ) -> Result<CourtExtract> {
        self.db().read(|tx| {
            let certificate = kp_trade::certificate_by_number(tx, number)?;
            let mut entries = kp_log::entries_of_subject(tx, &number.to_string())?;
            if let Some(certificate) = &certificate {
                let application = &certificate.application.application;
                entries.extend(kp_log::entries_of_subject(tx, application)?);
                for lot in kp_valuation::lots_of_application(tx, application)? {
                    entries.extend(kp_log::entries_of_subject(tx, &lot.lot)?);
                }
            }
            entries.sort_by_key(|entry| entry.position);
            entries.dedup_by_key(|entry| entry.position);
            anyhow::ensure!(!entries.is_empty(), "nothing is known of {number} here");
            let worth = worth::of(tx, certificate.as_ref(), &entries)?;
            let maker = kp_registry::officer_by_id(tx, officer)?
                .with_context(|| format!("{officer} is not a registered officer"))?;
            let participant_name = match maker.body.parse() {
                Ok(code) => name_of(tx, code)?,
                Err(_) => "Kimberley Process Certification Scheme".to_owned(),
            };
            Ok(CourtExtract {
                number: number.clone(),
                participant_name,
                authority: authority_of(tx, Some(officer))?,
                purpose: purpose.to_owned(),
                facts: facts(tx, certificate.as_ref())?,
                acts: entries.iter().map(|entry| act(tx, entry)).collect::<Result<_>>()?,
                refusals: overrides(tx, number)?,
                presentations: presentations(tx, number)?,
                values: worth.values,
                valuation: worth.valuation,
                weighings: worth.weighings,
                remarks: worth.remarks,
                proofs: self.proofs(tx, number, &entries)?,
                how_to_verify: HOW.iter().map(|step| (*step).to_owned()).collect(),
                officer: maker.name,
                print: Print::Original,
                training: self.is_training(),
                made_at: now,
            })
        })
    }

    fn proofs(
        &self,
        tx: &mut Tx<'_>,
        number: &CertificateNumber,
        entries: &[Entry],
    ) -> Result<Vec<ProofText>> {
        let mut proofs = Vec::new();
        if let Some(copy) = self.signed_copy_in(tx, number)? {
            let title = "The certificate as signed bytes (COSE_Sign1), hexadecimal".to_owned();
            proofs.push(ProofText { title, text: hex_lines(copy.credential.bytes()) });
            if let Some(receipt) = copy.receipt {
                let title = "The log's receipt for it (RFC 9942), hexadecimal".to_owned();
                proofs.push(ProofText { title, text: hex_lines(receipt.bytes()) });
            }
        }
        if let Some(last) = entries.last() {
            let proof = kp_log::prove_inclusion(tx, &last.log_id, last.entry_number)?;
            let path: Vec<String> = proof.path.iter().map(kp_tlog::Hash::to_base64).collect();
            proofs.push(ProofText {
                title: format!(
                    "That entry {} is in {}: the path to the root of {} entries, and the signed head",
                    last.entry_number, last.log_id, proof.size
                ),
                text: format!("{}\n{}", path.join("\n"), proof.checkpoint),
            });
        }
        Ok(proofs)
    }
}

/// What a reader without kpcs does with the extract.
const HOW: [&str; 4] = [
    "Ask the issuer, or any participant that keeps its lists, for its document key and its log's key; both stand in the signed lists (specs/lists.md).",
    "Check the signature of the certificate's bytes with any COSE library (ES256, RFC 9052), and of the receipt over the root that its path gives (specs/certificate.md, verifying step by step).",
    "Check the head's signature as a C2SP signed note, and the path as RFC 9162 says (specs/tlog.md).",
    "Ask for the signed statements by their SHA-256: each act above is one file, and its signature names the officer's key.",
];

fn facts(tx: &mut Tx<'_>, certificate: Option<&kp_trade::Certificate>) -> Result<Vec<(String, String)>> {
    let Some(certificate) = certificate else {
        return Ok(vec![("State".into(), "not in the register here; presented here".into())]);
    };
    let application = &certificate.application;
    let exporter = exporter(tx, certificate)?;
    let mut facts = vec![
        ("State", certificate.state.to_string().replace('_', " ")),
        ("Issuer", name_of(tx, application.participant)?),
        ("Destination", name_of(tx, application.destination)?),
        ("Exporter", format!("{}, {} ({})", exporter.name, exporter.address, exporter.licence)),
        ("Importer", format!("{}, {}", application.importer, application.importer_address)),
        ("Origin", application.origin.to_string()),
        ("Carats", application.carats.grouped()),
        ("Value, US$", application.value.grouped()),
        ("Parcels", application.parcels.to_string()),
        ("Seals", certificate.seals.join(", ")),
    ];
    let days = [
        ("Issued on", certificate.issued_on),
        ("Expires after", certificate.expires_on),
        ("Validated on", certificate.validated_on),
        ("Departed on", certificate.departed_on),
        ("Ended on", certificate.ended_on),
    ];
    facts.extend(days.into_iter().filter_map(|(name, day)| Some((name, day?.to_string()))));
    facts.extend(certificate.ended_because.clone().map(|because| ("Because", because)));
    Ok(facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}

fn act(tx: &mut Tx<'_>, entry: &Entry) -> Result<ActLine> {
    let holder = kp_registry::officer_of_key(tx, &entry.key_id.to_string())?;
    let actor = match (holder, entry.credential()) {
        (Some(id), _) => person(tx, &id)?,
        (None, Some(_)) => format!("document key {}", entry.key_id),
        (None, None) => format!("the node, key {}", entry.key_id),
    };
    Ok(ActLine {
        entry: format!("{} no. {}", entry.log_id, entry.entry_number),
        at: entry.at,
        act: entry.kind.replace('_', " "),
        actor,
        statement_hash: kp_sign::hex(&entry.statement_hash),
    })
}

/// An officer's name with the id, or the id alone where nobody of that id is registered.
fn person(tx: &mut Tx<'_>, id: &str) -> Result<String> {
    let officer = kp_registry::officer_by_id(tx, id)?;
    Ok(officer.map_or_else(|| id.to_owned(), |officer| format!("{} ({id})", officer.name)))
}

/// Refusals leave no trace at the desk; those that a director set aside do.
fn overrides(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<RefusalLine>> {
    let set_aside = kp_registry::overrides_of_subject(tx, &number.to_string())?;
    let line = |each: kp_registry::Override| RefusalLine {
        at: each.at,
        asked: format!("{}, set aside by {}", each.act.replace('_', " "), each.director),
        why: format!("{}: {} ({})", each.refusal.replace('_', " "), each.reason, each.legal_basis),
    };
    Ok(set_aside.into_iter().map(line).collect())
}

fn presentations(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<PresentationLine>> {
    let mut lines = Vec::new();
    for arrival in kp_trade::arrivals_of_number(tx, number)? {
        let entry = kp_log::entry_at(tx, arrival.position)?;
        let seals = if arrival.seals_intact { "seals intact" } else { "seals not intact" };
        lines.push(PresentationLine {
            at: entry.at,
            place: format!("{}, {}", name_of(tx, arrival.at)?, arrival.recorded_by),
            outcome: format!("{} ct, {seals}, came on {}", arrival.carats_received, arrival.arrived_on),
        });
    }
    Ok(lines)
}

fn hex_lines(bytes: &[u8]) -> String {
    let digits = kp_sign::hex(bytes);
    let lines: Vec<&str> = (0..digits.len())
        .step_by(DIGITS)
        .filter_map(|at| digits.get(at..digits.len().min(at + DIGITS)))
        .collect();
    lines.join("\n")
}
