//! The stage that follows the log and puts words into the index.
//!
//! Depends on entries alone. A former name goes on leading to its bearer. What was set aside when it was taken over is
//! not indexed: it named nobody.

use std::collections::HashSet;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement, entries_after};
use kp_registry::{
    admit_participant::ParticipantAdmitted, license_exporter::ExporterLicensed,
    name_authority::AuthorityNamed, name_officer::OfficerNamed,
};
use kp_trade::{
    apply_for_certificate::ApplicationReceived, cure_application::ApplicationCured,
    record_arrival::ArrivalRecorded, record_pre_advice::PreAdviceReceived,
    validate_certificate::CertificateValidated,
};

use crate::{
    EVERYBODY, Kind,
    fold::{self, SHORTEST_FORGIVEN},
};

const CURSOR: Sql = sql!("cursor");
const MOVE_CURSOR: Sql = sql!("move_cursor");
const RECORD_WORD: Sql = sql!("record_word");
const RECORD_NEAR: Sql = sql!("record_near");
const RECORD_SEAL: Sql = sql!("record_seal");

/// Entries looked at per call of [`follow`], so that a transaction stays short.
const BATCH: u32 = 500;

/// Words of one name that are indexed; nobody's name has more.
const MOST_WORDS: usize = 12;

/// Indexes what is new in the log since the cursor. Returns whether there may be more.
///
/// # Errors
/// Where the database fails or an entry does not read.
pub fn follow(tx: &mut Tx<'_>) -> Result<bool> {
    let seen = followed_to(tx)?;
    let entries = entries_after(tx, seen, BATCH)?;
    follow_entries(tx, &mut Parties::default(), &entries)?;
    Ok(!entries.is_empty())
}

/// Position of the last entry that was indexed; 0 where none was.
///
/// # Errors
/// Where the database fails.
pub fn followed_to(tx: &mut Tx<'_>) -> Result<u64> {
    let seen = tx.optional(CURSOR, &[], |row| row.get::<i64>(0))?.unwrap_or(0);
    Ok(u64::try_from(seen)?)
}

/// Indexes the entries that come after the cursor, where somebody has read them already.
///
/// # Errors
/// As [`follow`].
pub fn follow_entries(tx: &mut Tx<'_>, parties: &mut Parties, entries: &[Entry]) -> Result<()> {
    let Some(last) = entries.last() else { return Ok(()) };
    let aside = kp_trade::set_aside_among(tx, entries)?;
    for entry in entries.iter().filter(|entry| !aside.contains(&entry.position)) {
        match index_of(&entry.kind) {
            Some(index) if kp_trade::reads(entry) => index(tx, parties, entry)?,
            _ => {}
        }
    }
    tx.execute(MOVE_CURSOR, &[i64::try_from(last.position)?.into()])?;
    Ok(())
}

/// Names of traders that were indexed on the way, each with whose it is: most come again and again, and are indexed once.
#[derive(Debug, Default)]
pub struct Parties(HashSet<(String, String)>);

/// Names that are remembered at a time; some tens of bytes each.
const MOST_PARTIES: usize = 100_000;

impl Parties {
    /// Whether this is the first time.
    fn is_new(&mut self, whose: &str, name: &str) -> bool {
        if self.0.len() >= MOST_PARTIES {
            self.0.clear();
        }
        self.0.insert((whose.to_owned(), name.to_owned()))
    }
}

type Index = fn(&mut Tx<'_>, &mut Parties, &Entry) -> Result<()>;

/// What is indexed of a kind of entries, where anything is.
fn index_of(kind: &str) -> Option<Index> {
    Some(match kind {
        ParticipantAdmitted::KIND => |tx, _, entry| {
            let body: ParticipantAdmitted = entry.body()?;
            named(tx, EVERYBODY, Kind::Participant, body.code.as_str(), &body.name)
        },
        AuthorityNamed::KIND => |tx, _, entry| {
            let body: AuthorityNamed = entry.body()?;
            named(tx, EVERYBODY, Kind::Authority, &body.authority_id, &body.name)
        },
        OfficerNamed::KIND => |tx, _, entry| {
            let body: OfficerNamed = entry.body()?;
            named(tx, &body.body.to_string(), Kind::Officer, &body.officer_id, &body.name)
        },
        ExporterLicensed::KIND => |tx, _, entry| {
            let body: ExporterLicensed = entry.body()?;
            named(tx, body.participant.as_str(), Kind::Exporter, &body.licence_number, &body.holder)
        },
        ApplicationReceived::KIND => |tx, known, entry| parties(tx, known, &entry.body()?),
        ApplicationCured::KIND => {
            |tx, known, entry| parties(tx, known, &entry.body::<ApplicationCured>()?.content)
        }
        PreAdviceReceived::KIND => |tx, _, entry| advised(tx, &entry.body()?),
        CertificateValidated::KIND => |tx, _, entry| {
            let body: CertificateValidated = entry.body()?;
            let other = kp_trade::destination_of_number(tx, &body.number)?.map(|code| code.to_string());
            let bodies = [body.participant.to_string(), other.unwrap_or_default()];
            sealed(tx, &bodies, &body.number.to_string(), &body.seals)
        },
        ArrivalRecorded::KIND => |tx, _, entry| {
            let body: ArrivalRecorded = entry.body()?;
            let seals = body.seals.unwrap_or_default();
            sealed(tx, &[body.at.to_string()], &body.number.to_string(), &seals)
        },
        _ => return None,
    })
}

/// The importer, and who exports without a licence: known to both participants.
fn parties(tx: &mut Tx<'_>, parties: &mut Parties, body: &ApplicationReceived) -> Result<()> {
    let names = [Some(&body.importer), body.exporter.as_ref()];
    for name in names.into_iter().flatten() {
        for whose in [body.participant, body.destination] {
            if parties.is_new(whose.as_str(), name) {
                index_party(tx, whose.as_str(), name)?;
            }
        }
    }
    Ok(())
}

/// A trader's name as the papers write it, among the things of a participant.
///
/// # Errors
/// Where the database fails.
pub fn index_party(tx: &mut Tx<'_>, whose: &str, name: &str) -> Result<()> {
    words_of(tx, whose, Kind::Party, name, name)
}

/// A shipment told from outside: its exporter has no licence here, and goes by the name that was told.
fn advised(tx: &mut Tx<'_>, body: &PreAdviceReceived) -> Result<()> {
    for name in [&body.importer, &body.exporter] {
        index_party(tx, body.at.as_str(), name)?;
    }
    sealed(tx, &[body.at.to_string()], &body.number.to_string(), &body.seals)
}

/// Something with a code and a name.
fn named(tx: &mut Tx<'_>, whose: &str, kind: Kind, reference: &str, name: &str) -> Result<()> {
    let code = fold::squeezed(reference);
    if !code.is_empty() {
        record(tx, whose, kind, &code, reference)?;
    }
    words_of(tx, whose, kind, reference, name)
}

fn words_of(tx: &mut Tx<'_>, whose: &str, kind: Kind, reference: &str, name: &str) -> Result<()> {
    for word in fold::words(name).iter().take(MOST_WORDS) {
        let is_new = record(tx, whose, kind, word, reference)? > 0;
        // Many names share a word; what is near it is written once, and the word itself stands for that.
        let is_long = word.chars().count() >= SHORTEST_FORGIVEN;
        if is_new && is_long && tx.execute(RECORD_NEAR, &[word.into(), word.into()])? > 0 {
            for near in fold::near(word) {
                tx.execute(RECORD_NEAR, &[(&near).into(), word.into()])?;
            }
        }
    }
    Ok(())
}

fn record(tx: &mut Tx<'_>, whose: &str, kind: Kind, word: &str, reference: &str) -> Result<u64> {
    tx.execute(RECORD_WORD, &[whose.into(), kind.word().into(), word.into(), reference.into()])
}

fn sealed(tx: &mut Tx<'_>, bodies: &[String], number: &str, seals: &[String]) -> Result<()> {
    for seal in seals {
        let seal = fold::squeezed(seal);
        for whose in bodies.iter().filter(|whose| !whose.is_empty() && !seal.is_empty()) {
            tx.execute(RECORD_SEAL, &[whose.into(), (&seal).into(), number.into()])?;
        }
    }
    Ok(())
}

/// A thing with a name, for the tests of the search.
#[cfg(test)]
pub(crate) fn name_of_test(
    tx: &mut Tx<'_>,
    whose: &str,
    kind: Kind,
    reference: &str,
    name: &str,
) -> Result<()> {
    named(tx, whose, kind, reference, name)
}

/// A seal, for the tests of the search.
#[cfg(test)]
pub(crate) fn seal_of_test(tx: &mut Tx<'_>, whose: &str, number: &str, seal: &str) -> Result<()> {
    sealed(tx, &[whose.to_owned()], number, &[seal.to_owned()])
}
