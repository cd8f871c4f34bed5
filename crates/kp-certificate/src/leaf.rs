//! The log entry of a credential: the leaf of the tree is made from the credential alone and its three places.
//!
//! `specs/statement.md` rule 15: an entry is a commitment, so whoever holds the paper can make it again and nobody can
//! read the paper from it. It never looks into a log.

use kp_terms::{ParticipantCode, Timestamp};

use crate::{Credential, Placed, cbor::Writer};

/// The kind of the log entry that a credential is.
pub const CREDENTIAL_SIGNED: &str = "credential_signed";

/// Version of entries.
const VERSION: u64 = 1;

/// The bytes of the entry: canonical CBOR of
/// `[1, index, "credential_signed", issuer, number, issued at, SHA-256(S), position, previous]`.
pub fn leaf_of(credential: &Credential, placed: Placed) -> Vec<u8> {
    let content = credential.content();
    let mut leaf = Writer(Vec::with_capacity(128));
    leaf.array(9);
    leaf.unsigned(VERSION);
    leaf.unsigned(placed.index);
    leaf.text(CREDENTIAL_SIGNED);
    leaf.text(content.issuer.as_str());
    // The content was read from signed bytes, so the number is printed in its canonical form.
    leaf.text(content.number.printed());
    leaf.text(&content.issued_at.to_string());
    leaf.bytes(credential.hash());
    leaf.unsigned(placed.position);
    leaf.unsigned(placed.previous);
    leaf.0
}

/// The log that a participant's credential of that moment stands in: `kp.XA/2026`.
///
/// ```
/// let at = "2026-02-03T09:04:00Z".parse()?;
/// assert_eq!(kp_certificate::log_of("XA".parse()?, at), "kp.XA/2026");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn log_of(issuer: ParticipantCode, at: Timestamp) -> String {
    // The first four characters of an instant in UTC are its year, for every instant a credential can have.
    format!("kp.{issuer}/{}", at.to_string().get(..4).unwrap_or_default())
}

/// Whether a log is one that a participant's credential of that moment may stand in: the participant's own of that year,
/// or that of one of its offices, `kp.XA.north/2026`. Whether there is such an office, the trust list says.
///
/// ```
/// let at = "2026-02-03T09:04:00Z".parse()?;
/// let may = |log: &str| kp_certificate::is_log_of(log, "XA".parse().expect("a code"), at);
/// assert!(may("kp.XA/2026") && may("kp.XA.north/2026"));
/// assert!(!may("kp.XA/2027") && !may("kp.XB.north/2026") && !may("kp.XA./2026"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn is_log_of(log: &str, issuer: ParticipantCode, at: Timestamp) -> bool {
    let own = log_of(issuer, at);
    let Some((owner, year)) = own.split_once('/') else { return false };
    let label = log
        .strip_prefix(owner)
        .and_then(|rest| rest.strip_suffix(year)?.strip_suffix('/'))
        .map(|between| between.strip_prefix('.'));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match label {
        Some(Some(label)) => !label.is_empty() && label.len() <= 20 && label.chars().all(plain),
        Some(None) => log == own,
        None => false,
    }
}
