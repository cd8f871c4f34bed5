//! Register a document key: the public half of the key under which certificates will be signed, with the ceremony in
//! which it was made.
//!
//! Scheme: Annex I.A (forgery-resistant), security 7.2, 7.3, 7.5. Closes: L19, L21, together with the witness: a key
//! that one custodian registers alone signs nothing. Appends `document_key_registered` to the participant's log. Private
//! halves never come near this. A successor is registered the same way, with a first day that lies ahead.

use anyhow::{Context, Result};
use jiff::{ToSpan, civil::Date};
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_terms::{ParticipantCode, Refuse};

use crate::{
    Authority, DocumentKey, KeyClass, Officer, Role, name_officer::public_key, queries, register_key,
    rules::may_act,
};

const RECORD_DOCUMENT_KEY: Sql = sql!("record_document_key");

/// Most months of signing. Ours after security 7.2: twelve months, and one in which the successor takes over.
pub const MOST_MONTHS: i64 = 13;

kp_terms::form! {
    /// A document key is registered.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct DocumentKeyRegistered {
        /// Whose certificates the key will sign.
        participant: ParticipantCode, "XA";
        /// Which authority's certificates.
        authority_id: String, "xa-gdo";
        /// Where the private half lies: software or token.
        key_class: KeyClass, "token";
        /// First day of signing; today or later.
        valid_from: Date, "2026-02-03";
        /// Last day of signing; at most 13 months later.
        signs_until: Date, "2027-02-02";
        /// The key it will replace, where there is one.
        successor_of: Option<String>, "0123456789abcdef";
        /// The custodians present, by name; two at least.
        custodians: Vec<String>, "B. Sample";
        /// Witnesses from outside, by name and house.
        outside_witnesses: Option<Vec<String>>, "C. Sample, Chamber of Mines";
        /// Where the ceremony was held.
        place: String, "Diamond office, strong room";
        /// SHA-256 of the record of the ceremony (signed script, film), 64 hexadecimal digits.
        record_hash: String, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        /// Public half of the key, hexadecimal; the doors fill this in.
        public_key: String, "02...";
    }
}

impl Statement for DocumentKeyRegistered {
    const KIND: &'static str = "document_key_registered";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    /// The key's id: the key is an office's, not a person's, and whoever verifies looks for it.
    fn subject(&self) -> String {
        public_key(&self.public_key).map(|key| key.id().to_string()).unwrap_or_default()
    }
}

kp_terms::refusals! {
    /// Why a document key is not registered.
    pub enum Refusal {
        /// The authority is unknown or another participant's.
        NoSuchAuthority { id: String } = "no_such_authority", "{id} is not an authority of this participant; name it first", "CD Section IV(b)";
        /// Fewer than two custodians.
        TooFewCustodians { named: usize } = "ceremony_needs_two_custodians", "the ceremony names {named} custodian(s); two different persons at least must be present", "security 7.5: dual control";
        /// No place.
        NoPlace = "ceremony_without_place", "say where the ceremony was held", "security 7.5: the ceremony is on record";
        /// The record's hash is unreadable.
        NotAHash = "ceremony_record_not_a_hash", "the hash of the ceremony's record is not 64 hexadecimal digits; `sha256sum` over the signed script or the film gives it", "security 7.5: the hash of the record is logged";
        /// It would have signed before it existed.
        StartsInThePast { valid_from: Date, today: Date } = "document_key_starts_in_the_past", "the key would be valid from {valid_from}, before today, {today}: certificates dated back would look good; let it begin today or later", "security 7.4: nothing is valid unless logged";
        /// Ends before it begins.
        EndsBeforeItStarts { valid_from: Date, signs_until: Date } = "document_key_ends_before_it_starts", "the last day of signing, {signs_until}, lies before the first, {valid_from}", "security 7.2";
        /// Signs too long.
        SignsTooLong { signs_until: Date, latest: Date } = "document_key_signs_too_long", "the key would sign until {signs_until}; {latest} is the last day allowed, 13 months after its first", "security 7.2: 12 months of signing, and a month for the successor to take over";
        /// The key it replaces is unknown.
        NoSuchPredecessor { id: String } = "no_such_document_key", "{id} is not a document key of this participant", "security 7.2: one successor made known before";
        /// The key is unreadable.
        NotAPublicKey = "not_a_public_key", "the public key is not a compressed P-256 point in hexadecimal (66 digits)", "rulings 3";
        /// The key already belongs to somebody.
        KeyTaken = "key_taken", "this key is registered already; a key has one holder and one purpose", "security 7.7: one key, one purpose";
    }
}

struct Facts {
    officer: Officer,
    authority: Option<Authority>,
    predecessor: Option<DocumentKey>,
    key_taken: bool,
}

/// Registers a document key. It signs nothing until a second custodian has witnessed the ceremony.
///
/// # Errors
/// Refuses where the officer is not a custodian of that participant, or the ceremony, the days or the key do not serve.
pub fn register_document_key(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &DocumentKeyRegistered,
) -> Result<Entry, Failure> {
    let node_key = kp_sign::hex(&desk.node.signer.key.public().to_bytes());
    let facts = Facts {
        officer: queries::officer_at_desk(tx, desk)?,
        authority: queries::authority_by_id(tx, &request.authority_id)?,
        predecessor: match &request.successor_of {
            Some(id) => queries::document_key_by_id(tx, id)?,
            None => None,
        },
        key_taken: register_key::is_taken(tx, &request.public_key)?
            || request.public_key.eq_ignore_ascii_case(&node_key),
    };
    decide(&facts, request, day_of(desk.now))?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &DocumentKeyRegistered, today: Date) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Custodian, request.participant)?;
    if facts.authority.as_ref().is_none_or(|authority| authority.participant != request.participant) {
        return Err(Refusal::NoSuchAuthority { id: request.authority_id.clone() }.into());
    }
    check_ceremony(request)?;
    check_days(request, today)?;
    if let Some(id) = &request.successor_of {
        let own = facts.predecessor.as_ref().is_some_and(|key| key.participant == request.participant);
        if !own {
            return Err(Refusal::NoSuchPredecessor { id: id.clone() }.into());
        }
    }
    if public_key(&request.public_key).is_none() {
        return Err(Refusal::NotAPublicKey.into());
    }
    if facts.key_taken {
        return Err(Refusal::KeyTaken.into());
    }
    Ok(())
}

fn check_ceremony(request: &DocumentKeyRegistered) -> Result<(), Box<dyn Refuse>> {
    let mut names: Vec<String> = request.custodians.iter().map(|name| name.trim().to_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        return Err(Refusal::TooFewCustodians { named: names.len() }.into());
    }
    if request.place.trim().is_empty() {
        return Err(Refusal::NoPlace.into());
    }
    if request.record_hash.len() != 64 || !request.record_hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Refusal::NotAHash.into());
    }
    Ok(())
}

fn check_days(request: &DocumentKeyRegistered, today: Date) -> Result<(), Box<dyn Refuse>> {
    let (valid_from, signs_until) = (request.valid_from, request.signs_until);
    if valid_from < today {
        return Err(Refusal::StartsInThePast { valid_from, today }.into());
    }
    if signs_until < valid_from {
        return Err(Refusal::EndsBeforeItStarts { valid_from, signs_until }.into());
    }
    let latest = valid_from.checked_add(MOST_MONTHS.months()).unwrap_or(valid_from);
    if signs_until > latest {
        return Err(Refusal::SignsTooLong { signs_until, latest }.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: DocumentKeyRegistered = entry.body()?;
    let key = public_key(&body.public_key).context("a recorded key is a P-256 point")?;
    let registered_by = queries::officer_of_key(tx, &entry.key_id.to_string())?.unwrap_or_default();
    tx.execute(
        RECORD_DOCUMENT_KEY,
        &[
            (&key.id().to_string()).into(),
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.authority_id).into(),
            (&kp_sign::hex(&key.to_bytes())).into(),
            body.key_class.word().into(),
            (&body.valid_from.to_string()).into(),
            (&body.signs_until.to_string()).into(),
            body.successor_of.as_ref().into(),
            (&one_a_line(&body.custodians)).into(),
            (&body.place).into(),
            (&body.record_hash.to_ascii_lowercase()).into(),
            (&registered_by).into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

fn one_a_line(names: &[String]) -> String {
    let plain = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ");
    names.iter().map(plain).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_testkit::refused_in_order;

    use super::{DocumentKeyRegistered, Facts, decide};
    use crate::{Authority, Duty, KeyClass, Role, testing::*};

    fn authority(of: &str) -> Authority {
        Authority { id: "xa-gdo".into(), participant: code(of), name: "Office".into(), duty: Duty::Both }
    }

    #[test]
    fn a_custodian_registers_what_was_made_in_a_ceremony() {
        let request = DocumentKeyRegistered {
            participant: code("XA"),
            authority_id: "xa-gdo".into(),
            key_class: KeyClass::Token,
            valid_from: date(2026, 2, 2),
            signs_until: date(2026, 2, 1),
            successor_of: Some("0123456789abcdef".into()),
            custodians: vec!["A. Sample".into(), " a. sample".into()],
            outside_witnesses: None,
            place: " ".into(),
            record_hash: "film".into(),
            public_key: "02...".into(),
        };
        let facts = Facts {
            officer: officer("XB", Role::Custodian),
            authority: None,
            predecessor: None,
            key_taken: true,
        };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request, date(2026, 2, 3))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Custodian)),
                ("no_such_authority", |w| w.0.authority = Some(authority("XB"))),
                ("no_such_authority", |w| w.0.authority = Some(authority("XA"))),
                ("ceremony_needs_two_custodians", |w| w.1.custodians.push("B. Sample".into())),
                ("ceremony_without_place", |w| w.1.place = "strong room".into()),
                ("ceremony_record_not_a_hash", |w| w.1.record_hash = "0f".repeat(32)),
                ("document_key_starts_in_the_past", |w| w.1.valid_from = date(2026, 2, 3)),
                ("document_key_ends_before_it_starts", |w| w.1.signs_until = date(2027, 3, 4)),
                ("document_key_signs_too_long", |w| w.1.signs_until = date(2027, 3, 3)),
                ("no_such_document_key", |w| {
                    w.0.predecessor = Some(document_key("XB", "2026-01-10", "2027-01-09"));
                }),
                ("no_such_document_key", |w| {
                    w.0.predecessor = Some(document_key("XA", "2026-01-10", "2027-01-09"));
                }),
                ("not_a_public_key", |w| w.1.public_key = A_KEY.into()),
                ("key_taken", |w| w.0.key_taken = false),
            ],
        );
    }
}
