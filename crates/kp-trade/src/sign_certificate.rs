//! The certificate as signed bytes: made when customs has sealed and validated, under the participant's document key, in
//! the same transaction, so that no certificate is ever out of the log and none of the log's is missing on paper.
//!
//! Scheme: Annex I.A; format specs/certificate.md; security 1.2 and S-07 (nothing leaves before its entry is durable).
//! Closes: L21 together with `kp-verify`. Where a participant has registered no document key, its certificates are paper
//! alone. It is no act of its own: it is the issuer's hand under what the validating officer has just vouched for, and
//! signs exactly what those statements say.

use anyhow::{Context, Result};
use kp_certificate::{Content, ContentFault, Credential, Flags, Kind, Line as SignedLine, Origins, Party};
use kp_db::{Sql, Tx, sql};
use kp_log::{
    CREDENTIAL_SIGNED, Desk, DocumentSigner, Entry, Failure, LogName, LogOwner, Statement, append_signed,
};
use kp_registry::{DocumentKey, NationalRule, rule_on};
use kp_sign::KeyId;
use kp_terms::{Carats, Date, Origin, ParticipantCode, Timestamp};

use crate::{Certificate, CertificateKind, Line, Purpose, issue_certificate::CertificateIssued};

const RECORD_CREDENTIAL: Sql = sql!("record_credential");
const SIGNED_ON_DAY: Sql = sql!("signed_on_day");

/// Bytes that an authority's name may take in the signed code; the paper carries it whole.
const AUTHORITY_BYTES: usize = 23;

kp_terms::refusals! {
    /// Why a certificate cannot be signed, and is therefore not validated.
    pub enum Refusal {
        /// The key is registered, but not open here.
        KeyNotOpen { key_id: String } = "document_key_not_open",
            "document key {key_id} is not open at this node; give its passphrase or PIN when the node starts (`kpcs serve --document-passphrase-file`), or validate at the node that holds it", "security 7.3: the key that signs stays with its custodians";
        /// It has signed enough for a day.
        DayIsFull { key_id: String, signed: i64, most: u32 } = "document_key_day_is_full",
            "document key {key_id} has signed {signed} certificates at this desk today, and {most} are the most (national rule certificates-a-day); find out why there are so many, then go on tomorrow or have the rule set anew", "security T12: a key in wrong hands signs as fast as it can";
        /// The content does not fit.
        DoesNotFit { sentence: String } = "does_not_fit_the_code", "the certificate cannot be signed as it stands: {sentence}", "specs/certificate.md, caps";
    }
}

/// What is needed to sign, found before anything is written.
pub(crate) struct Preparation {
    signer: DocumentSigner,
    content: Content,
}

/// Everything that the signed bytes say, as the tables and the desk have it.
pub(crate) struct Facts<'a> {
    pub(crate) certificate: &'a Certificate,
    pub(crate) lines: &'a [Line],
    pub(crate) exporter: &'a str,
    pub(crate) seals: &'a [String],
}

/// Finds the key and puts the content together. Nothing where the participant has registered no document key.
///
/// # Errors
/// Refuses where the key is not open here or something does not fit; fails where the database does.
pub(crate) fn prepare(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    facts: &Facts<'_>,
) -> Result<Option<Preparation>, Failure> {
    let code = facts.certificate.application.participant;
    let Some(key) = kp_registry::active_document_key(tx, code, None, desk.now)? else { return Ok(None) };
    let signer = open_key(desk, &key)?;
    check_day(tx, desk, &key, code)?;
    let authority = kp_registry::authority_by_id(tx, &key.authority)?;
    let authority = authority.map_or_else(|| key.authority.clone(), |authority| authority.name);
    let content = content(facts, &authority, desk).map_err(|fault| does_not_fit(&fault))?;
    Ok(Some(Preparation { signer, content }))
}

/// How many certificates the key has signed at this desk on this day, against the most that the participant allows.
fn check_day(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    key: &DocumentKey,
    code: ParticipantCode,
) -> Result<(), Failure> {
    let today = desk.today();
    let sets = kp_registry::national_rules_of_participant(tx, code)?;
    let most = rule_on(&sets, NationalRule::CertificatesADay, today).parse::<u32>().unwrap_or(u32::MAX);
    let office = desk.node.office().map(|office| office.label().to_owned()).unwrap_or_default();
    let (first, after) =
        (format!("{today}T"), today.tomorrow().map_or_else(|_| "~".to_owned(), |d| d.to_string()));
    let of_day = [(&key.key_id).into(), (&office).into(), (&first).into(), (&after).into()];
    let signed = tx.one(SIGNED_ON_DAY, &of_day, |row| row.get::<i64>(0))?;
    if signed >= i64::from(most) {
        let key_id = key.key_id.clone();
        return Err(Failure::refused(Refusal::DayIsFull { key_id, signed, most }));
    }
    Ok(())
}

fn open_key(desk: &Desk<'_>, key: &DocumentKey) -> Result<DocumentSigner, Failure> {
    let id: KeyId = key.public_key.id();
    desk.node
        .documents
        .get(id)
        .ok_or_else(|| Failure::refused(Refusal::KeyNotOpen { key_id: key.key_id.clone() }))
}

fn does_not_fit(fault: &ContentFault) -> Failure {
    Failure::refused(Refusal::DoesNotFit { sentence: fault.to_string() })
}

/// The signed content; its record hash and times are set when it is signed.
fn content(facts: &Facts<'_>, authority: &str, desk: &Desk<'_>) -> Result<Content, ContentFault> {
    let application = &facts.certificate.application;
    let plain =
        |seal: &String| kp_certificate::plain_seal(seal).ok_or_else(|| ContentFault::Seal(seal.clone()));
    let mut seals = facts.seals.iter().map(plain).collect::<Result<Vec<_>, _>>()?;
    seals.sort();
    let mut lines: Vec<SignedLine> = facts
        .lines
        .iter()
        .filter(|line| line.carats > Carats::ZERO)
        .map(|line| SignedLine { class: line.hs, carats: line.carats, value: line.value })
        .collect();
    lines.sort_by_key(|line| line.class);
    Content {
        number: facts.certificate.number.clone(),
        issuer: application.participant,
        issued_at: desk.now,
        expires_at: end_of(facts.certificate.expires_on).unwrap_or(desk.now),
        authority: kp_certificate::shorten(authority, AUTHORITY_BYTES),
        destination: application.destination,
        exporter: Party::fitting(facts.exporter, &application.licence_number),
        importer: Party::fitting(&application.importer, ""),
        origins: match &application.origin {
            Origin::One(code) => Origins::Named(vec![*code]),
            Origin::Mixed(_) => Origins::Mixed,
        },
        lines,
        parcels: application.parcels,
        seals,
        kind: kind(facts.certificate),
        // What a node for training signs says so in its signed bytes: no verifier takes it for real.
        flags: Flags { training: desk.node.is_training(), ..Flags::default() },
        record_hash: [0; 32],
    }
    .fitted()
}

/// A technical certificate says in its signed bytes what it is for (WGDE14).
fn kind(certificate: &Certificate) -> Kind {
    match (certificate.application.kind, certificate.application.purpose) {
        (CertificateKind::Technical, Some(Purpose::Seized)) => {
            Kind::Technical(kp_certificate::Purpose::Seized)
        }
        (CertificateKind::Technical, Some(Purpose::Research)) => {
            Kind::Technical(kp_certificate::Purpose::Research)
        }
        (CertificateKind::Technical, _) => Kind::Technical(kp_certificate::Purpose::Return),
        (CertificateKind::Normal, _) => Kind::Normal,
    }
}

/// The instant at which a civil day is over, UTC (CA-Reg s.6: to 24:00 GMT).
fn end_of(day: Option<Date>) -> Option<Timestamp> {
    let midnight = day?.tomorrow().ok()?.at(0, 0, 0, 0);
    jiff::tz::TimeZone::UTC.to_timestamp(midnight).ok()
}

/// Signs what was prepared, after the validation stands in the log.
///
/// # Errors
/// Where the token does not sign or the database fails; the whole act is then undone.
pub(crate) fn sign(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    prepared: Preparation,
    validated: &Entry,
) -> Result<Entry, Failure> {
    let Preparation { signer, mut content } = prepared;
    content.record_hash = record_hash(tx, validated)?;
    let owner = LogOwner::Participant(content.issuer);
    let entry = append_signed(tx, desk, owner, |at| {
        content.issued_at = at;
        Ok(Credential::sign(&content, signer.as_ref())?.bytes().to_vec())
    })?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// What the certificate stands for: the two signed statements that vouch for it, `certificate_issued` and
/// `certificate_validated`, byte for byte one after the other; the salt is the first half of the SHA-256 of the second.
/// Their signatures cannot be guessed, so neither can the record be found out from its hash.
fn record_hash(tx: &mut Tx<'_>, validated: &Entry) -> Result<[u8; 32]> {
    let issued = kp_log::entries_of_subject(tx, &validated.subject)?
        .into_iter()
        .rfind(|entry| entry.kind == CertificateIssued::KIND)
        .context("a certificate that is validated was issued before")?;
    let record =
        [kp_log::signed_at(tx, issued.position)?, kp_log::signed_at(tx, validated.position)?].concat();
    let (salt, _) = validated.statement_hash.split_first_chunk().context("a hash has 32 bytes")?;
    Ok(kp_certificate::record_hash(salt, &record))
}

/// The label of the office in whose log an entry stands; empty at the capital.
fn office_of(entry: &Entry) -> String {
    let office = entry.log_id.parse::<LogName>().ok().and_then(|name| name.office);
    office.map(|office| office.label().to_owned()).unwrap_or_default()
}

/// Whether this crate keeps something of an entry that is no statement of a person.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    debug_assert_eq!(entry.kind, CREDENTIAL_SIGNED);
    let check_code = kp_certificate::CheckCode::of_hash(&entry.statement_hash);
    tx.execute(
        RECORD_CREDENTIAL,
        &[
            (&entry.subject).into(),
            i64::try_from(entry.position)?.into(),
            (&entry.key_id.to_string()).into(),
            (&check_code.to_string()).into(),
            (&entry.at.to_string()).into(),
            (&office_of(entry)).into(),
        ],
    )?;
    Ok(())
}
