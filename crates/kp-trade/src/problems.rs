//! Entries that do not fit what stood here before them: kept in the log, applied to no table, shown to people.
//!
//! Scheme: security T35, R10; rulings 13 (what arrives is recorded, and what is odd about it becomes a finding). An office
//! that worked alone for a week, or one that cheats, may bring an entry that contradicts ours. It is evidence, so it is
//! taken over; but it changes no certificate here, and `acts_in_conflict` asks about it. The same in a rebuild: what fits
//! depends on the entries before it alone. Of a run of blanks those sheets move that can; the others are the problem. What
//! an entry refers to and must find, kind by kind, is in problems/fits.rs; a test of `kp-node` brings every act of the
//! catalogue from an office to a register that has nothing of it.

use std::collections::BTreeSet;

use anyhow::Result;
use kp_custody::ParcelState;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, LogName, Statement};
use kp_terms::{Sentence, sentence};

mod fits;

use crate::{
    Application, CertificateState, Line,
    apply::reads,
    apply_for_certificate::ApplicationReceived,
    confirm_receipt::ReceiptConfirmed,
    depart_shipment::ShipmentDeparted,
    draft_certificate::CertificateDrafted,
    file_application::ApplicationFiled,
    issue_certificate::CertificateIssued,
    kept::{keep, kept},
    queries::{
        application_by_reference, certificate_by_number, certificate_of_application, confirmation_of_number,
        state_of_number,
    },
    record_pre_advice::{PreAdviceReceived, as_application},
    report_difference::DifferenceReported,
    validate_certificate::CertificateValidated,
};

const RECORD_PROBLEM: Sql = sql!("record_problem");
const PROBLEM_AT: Sql = sql!("problem_at");
const PROBLEMS_ABOUT_IN_LOG: Sql = sql!("problems_about_in_log");
const PROBLEMS_BETWEEN: Sql = sql!("problems_between");
const PROBLEMS: Sql = sql!("problems");

/// An entry that changed no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its position here.
    pub position: u64,
    /// Its log.
    pub log_id: String,
    /// Certificate number, application or range.
    pub about: String,
    /// What does not fit.
    pub sentence: Sentence,
}

/// What did not fit at a position, where something did not.
///
/// # Errors
/// Where the database fails.
pub fn problem_at(tx: &mut Tx<'_>, position: u64) -> Result<Option<(String, Sentence)>> {
    tx.optional(PROBLEM_AT, &[i64::try_from(position)?.into()], |row| Ok((row.get(0)?, kept(row.get(1)?))))
}

/// Which of these entries, read one after the other, were set aside: asked once for all of them.
///
/// # Errors
/// Where the database fails.
pub fn set_aside_among(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<BTreeSet<u64>> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(BTreeSet::new()) };
    let between = [i64::try_from(first.position)?.into(), i64::try_from(last.position)?.into()];
    let positions = tx.rows(PROBLEMS_BETWEEN, &between, |row| Ok(u64::try_from(row.get::<i64>(0)?)?))?;
    Ok(positions.into_iter().collect())
}

/// All problems, in order of arrival.
///
/// # Errors
/// Where the database fails.
pub fn problems(tx: &mut Tx<'_>) -> Result<Vec<Problem>> {
    tx.rows(PROBLEMS, &[], |row| {
        Ok(Problem {
            position: u64::try_from(row.get::<i64>(0)?)?,
            log_id: row.get(1)?,
            about: row.get(2)?,
            sentence: kept(row.get(3)?),
        })
    })
}

pub(crate) fn record(tx: &mut Tx<'_>, entry: &Entry, about: &str, sentence: &Sentence) -> Result<()> {
    let (position, sentence) = (i64::try_from(entry.position)?, keep(sentence));
    tx.execute(RECORD_PROBLEM, &[position.into(), (&entry.log_id).into(), about.into(), (&sentence).into()])?;
    Ok(())
}

/// Records why an entry of this room cannot stand beside what is here, where it cannot. Returns whether it was set aside.
pub(crate) fn set_aside(tx: &mut Tx<'_>, entry: &Entry) -> Result<bool> {
    if of_office(entry) && !reads(entry) {
        let about = if entry.subject.is_empty() { entry.kind.clone() } else { entry.subject.clone() };
        let kind =
            Sentence::behind::<&str>(&format!("kind-{}", entry.kind), entry.kind.replace('_', " "), []);
        let sentence = sentence!("misfit-does-not-read", "the {kind} does not read as one", kind = kind);
        return record(tx, entry, &about, &sentence).map(|()| true);
    }
    let found = match entry.kind.as_str() {
        ApplicationReceived::KIND => application(tx, &entry.body()?)?,
        ApplicationFiled::KIND => application(tx, &entry.body::<ApplicationFiled>()?.content)?,
        CertificateDrafted::KIND => draft(tx, entry)?,
        PreAdviceReceived::KIND => pre_advice(tx, entry)?,
        _ => later(tx, entry)?,
    };
    match found {
        Some((about, sentence)) => record(tx, entry, &about, &sentence).map(|()| true),
        None => Ok(false),
    }
}

type Misfit = Option<(String, Sentence)>;

fn of_office(entry: &Entry) -> bool {
    entry.log_id.parse::<LogName>().is_ok_and(|name| name.office.is_some())
}

fn application(tx: &mut Tx<'_>, body: &ApplicationReceived) -> Result<Misfit> {
    let reference = body.application.clone();
    let there = application_by_reference(tx, &reference)?;
    let sentence = there.map(|_| {
        sentence!(
            "misfit-taken-before",
            "application {reference} was taken before, with this reference",
            reference = reference,
        )
    });
    Ok(sentence.or_else(|| named_twice(body)).map(|sentence| (reference, sentence)))
}

/// What an application names twice, which the desk would have refused: a class, an import, a parcel.
fn named_twice(body: &ApplicationReceived) -> Option<Sentence> {
    let classes: Vec<String> = body.lines.iter().map(|line: &Line| line.hs.to_string()).collect();
    let imports: Vec<String> = body.sources.iter().flatten().map(|draw| draw.number.to_string()).collect();
    let parcels = body.from_parcels.clone().unwrap_or_default();
    for (what, mut names) in [("class", classes), ("import", imports), ("parcel", parcels)] {
        names.sort();
        if let Some([name, _]) = names.array_windows().find(|[one, next]| one == next) {
            return Some(sentence!(
                "misfit-named-twice",
                "application {reference} names {what} {name} twice",
                reference = body.application,
                what = what,
                name = name,
            ));
        }
    }
    None
}

fn pre_advice(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let body: PreAdviceReceived = entry.body()?;
    let number = &body.number;
    let there = certificate_by_number(tx, number)?;
    let sentence = there.map(|_| {
        sentence!(
            "misfit-pre-advised",
            "{number} was on file already when a pre-advice of it came",
            number = number,
        )
    });
    let sentence = sentence.or_else(|| named_twice(&as_application(&body)));
    Ok(sentence.map(|sentence| (number.to_string(), sentence)))
}

fn draft(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let body: CertificateDrafted = entry.body()?;
    let (number, application) = (body.number.to_string(), body.application);
    let about_another = |sentence: Sentence| Ok(Some((number.clone(), sentence)));
    if state_of_number(tx, &body.number)?.is_some() {
        return about_another(sentence!(
            "misfit-drafted-before",
            "certificate number {number} was drafted before, for another application",
            number = number,
        ));
    }
    let stands = !is_about(tx, &application, entry)?;
    let named = application_by_reference(tx, &application)?;
    let Some(named) = named.filter(|_| stands) else {
        return about_another(sentence!(
            "misfit-drafted-for",
            "{number} was drafted for application {application}, which does not stand here",
            number = number,
            application = application,
        ));
    };
    if let Some(sentence) = parcel_taken(tx, &named)? {
        return about_another(sentence);
    }
    match certificate_of_application(tx, &application)? {
        Some(other) => about_another(sentence!(
            "misfit-has-another",
            "{number} was drafted for {application}, which has {other} already",
            number = number,
            application = application,
            other = other,
        )),
        None => Ok(None),
    }
}

/// A parcel of an application that is not free any more: two desks that do not hear each other can name the same one (L35).
fn parcel_taken(tx: &mut Tx<'_>, named: &Application) -> Result<Option<Sentence>> {
    let application = named.application.as_str();
    let replaced = match &named.replaces {
        Some(number) => certificate_by_number(tx, number)?.map(|old| old.application.application),
        None => None,
    };
    for parcel in kp_custody::parcels_of_application(tx, application)? {
        let kept = parcel.application.as_deref();
        let own = kept == Some(application) || (kept.is_some() && kept == replaced.as_deref());
        let free = parcel.state == ParcelState::Held || (parcel.state == ParcelState::Reserved && own);
        if !free {
            let (parcel, state) = (&parcel.parcel, parcel.state);
            return Ok(Some(match kept {
                Some(kept) => sentence!(
                    "misfit-parcel-kept",
                    "{application} names parcel {parcel}, which is {state} for {kept}; a parcel serves one certificate",
                    application = application,
                    parcel = parcel,
                    state = state,
                    kept = kept,
                ),
                None => sentence!(
                    "misfit-parcel-taken",
                    "{application} names parcel {parcel}, which is {state}; a parcel serves one certificate",
                    application = application,
                    parcel = parcel,
                    state = state,
                ),
            }));
        }
    }
    Ok(None)
}

/// What follows a draft: by subject. Of our own acts the desk has asked all this; of an office's it is asked here.
fn later(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let of_office = of_office(entry);
    let subject = entry.subject.clone();
    if of_office && !subject.is_empty() && is_about(tx, &subject, entry)? {
        let sentence = sentence!(
            "misfit-earlier-entry",
            "an earlier entry of {log} about {subject} does not stand here",
            log = entry.log_id,
            subject = subject,
        );
        return Ok(Some((subject, sentence)));
    }
    if matches!(entry.kind.as_str(), ReceiptConfirmed::KIND | DifferenceReported::KIND) {
        let answered = match subject.parse() {
            Ok(number) => confirmation_of_number(tx, &number)?.is_some(),
            Err(_) => false,
        };
        if answered {
            let sentence = answered_before(&subject);
            return Ok(Some((subject, sentence)));
        }
    }
    if !of_office {
        return Ok(None);
    }
    match state_needed(&entry.kind) {
        Some(needed) => state(tx, &subject, needed),
        None => fits::misfit(tx, entry),
    }
}

/// From which state each of the moves of a certificate leads on.
fn state_needed(kind: &str) -> Option<CertificateState> {
    match kind {
        CertificateIssued::KIND => Some(CertificateState::Drafted),
        CertificateValidated::KIND => Some(CertificateState::Issued),
        ShipmentDeparted::KIND => Some(CertificateState::Validated),
        _ => None,
    }
}

fn state(tx: &mut Tx<'_>, subject: &str, needed: CertificateState) -> Result<Misfit> {
    let certificate = match subject.parse() {
        Ok(number) => certificate_by_number(tx, &number)?,
        Err(_) => None,
    };
    let sentence = match certificate {
        Some(certificate) if certificate.state == needed => return Ok(None),
        Some(certificate) => needs_state(subject, certificate.state, needed),
        None => never_drafted(subject),
    };
    Ok(Some((subject.to_owned(), sentence)))
}

fn answered_before(number: impl std::fmt::Display) -> Sentence {
    sentence!("misfit-answered-before", "{number} was answered before", number = number)
}

fn never_drafted(number: impl std::fmt::Display) -> Sentence {
    sentence!("misfit-never-drafted", "{number} was never drafted here", number = number)
}

fn needs_state(about: &str, state: impl std::fmt::Display, needed: impl std::fmt::Display) -> Sentence {
    sentence!(
        "misfit-needs-state",
        "{about} is {state} here, and this needs it to be {needed}",
        about = about,
        state = state,
        needed = needed,
    )
}

/// Whether an earlier entry of the same log about the same thing was set aside.
fn is_about(tx: &mut Tx<'_>, about: &str, entry: &Entry) -> Result<bool> {
    let count =
        tx.one(PROBLEMS_ABOUT_IN_LOG, &[about.into(), (&entry.log_id).into()], |row| row.get::<i64>(0))?;
    Ok(count > 0)
}
