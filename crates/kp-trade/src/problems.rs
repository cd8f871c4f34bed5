//! Entries that do not fit what stood here before them: kept in the log, applied to no table, shown to people.
//!
//! Scheme: security T35, R10; rulings 13 (what arrives is recorded, and what is odd about it becomes a finding). An office
//! that worked alone for a week, or one that cheats, may bring an entry that contradicts ours. It is evidence, so it is
//! taken over; but it changes no certificate here, and `acts_in_conflict` asks about it. The same in a rebuild: what fits
//! depends on the entries before it alone. Of a run of blanks those sheets move that can; the others are the problem. What an entry refers
//! to and must find, kind by kind, is in problems/fits.rs; a test of `kp-node` brings every act of the catalogue from an office
//! to a register that has nothing of it. What an entry refers to and what it must find there, kind by
//! kind, is in problems/fits.rs; a test of `kp-node` brings every act of the catalogue from an office to a register that has
//! nothing of it.

use std::collections::BTreeSet;

use anyhow::Result;
use kp_custody::ParcelState;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, LogName, Statement};

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
    pub sentence: String,
}

/// What did not fit at a position, where something did not.
///
/// # Errors
/// Where the database fails.
pub fn problem_at(tx: &mut Tx<'_>, position: u64) -> Result<Option<(String, String)>> {
    tx.optional(PROBLEM_AT, &[i64::try_from(position)?.into()], |row| Ok((row.get(0)?, row.get(1)?)))
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
            sentence: row.get(3)?,
        })
    })
}

pub(crate) fn record(tx: &mut Tx<'_>, entry: &Entry, about: &str, sentence: &str) -> Result<()> {
    let position = i64::try_from(entry.position)?;
    tx.execute(RECORD_PROBLEM, &[position.into(), (&entry.log_id).into(), about.into(), sentence.into()])?;
    Ok(())
}

/// Records why an entry of this room cannot stand beside what is here, where it cannot. Returns whether it was set aside.
pub(crate) fn set_aside(tx: &mut Tx<'_>, entry: &Entry) -> Result<bool> {
    if of_office(entry) && !reads(entry) {
        let about = if entry.subject.is_empty() { entry.kind.clone() } else { entry.subject.clone() };
        let sentence = format!("the {} does not read as one", entry.kind.replace('_', " "));
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

type Misfit = Option<(String, String)>;

fn of_office(entry: &Entry) -> bool {
    entry.log_id.parse::<LogName>().is_ok_and(|name| name.office.is_some())
}

fn application(tx: &mut Tx<'_>, body: &ApplicationReceived) -> Result<Misfit> {
    let reference = body.application.clone();
    let there = application_by_reference(tx, &reference)?;
    let sentence = there.map(|_| format!("application {reference} was taken before, with this reference"));
    Ok(sentence.or_else(|| named_twice(body)).map(|sentence| (reference, sentence)))
}

/// What an application names twice, which the desk would have refused: a class, an import, a parcel.
fn named_twice(body: &ApplicationReceived) -> Option<String> {
    let classes: Vec<String> = body.lines.iter().map(|line: &Line| line.hs.to_string()).collect();
    let imports: Vec<String> = body.sources.iter().flatten().map(|draw| draw.number.to_string()).collect();
    let parcels = body.from_parcels.clone().unwrap_or_default();
    for (what, mut names) in [("class", classes), ("import", imports), ("parcel", parcels)] {
        names.sort();
        if let Some([name, _]) = names.array_windows().find(|[one, next]| one == next) {
            return Some(format!("application {} names {what} {name} twice", body.application));
        }
    }
    None
}

fn pre_advice(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let body: PreAdviceReceived = entry.body()?;
    let number = &body.number;
    let there = certificate_by_number(tx, number)?;
    let sentence = there.map(|_| format!("{number} was on file already when a pre-advice of it came"));
    let sentence = sentence.or_else(|| named_twice(&as_application(&body)));
    Ok(sentence.map(|sentence| (number.to_string(), sentence)))
}

fn draft(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let body: CertificateDrafted = entry.body()?;
    let (number, application) = (body.number.to_string(), body.application);
    let about_another = |sentence: String| Ok(Some((number.clone(), sentence)));
    if state_of_number(tx, &body.number)?.is_some() {
        return about_another(format!(
            "certificate number {number} was drafted before, for another application"
        ));
    }
    let stands = !is_about(tx, &application, entry)?;
    let named = application_by_reference(tx, &application)?;
    let Some(named) = named.filter(|_| stands) else {
        return about_another(format!(
            "{number} was drafted for application {application}, which does not stand here"
        ));
    };
    if let Some(sentence) = parcel_taken(tx, &named)? {
        return about_another(sentence);
    }
    match certificate_of_application(tx, &application)? {
        Some(other) => {
            about_another(format!("{number} was drafted for {application}, which has {other} already"))
        }
        None => Ok(None),
    }
}

/// A parcel of an application that is not free any more: two desks that do not hear each other can name the same one (L35).
fn parcel_taken(tx: &mut Tx<'_>, named: &Application) -> Result<Option<String>> {
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
            let kept = kept.map(|kept| format!(" for {kept}")).unwrap_or_default();
            let (parcel, state) = (parcel.parcel, parcel.state);
            return Ok(Some(format!(
                "{application} names parcel {parcel}, which is {state}{kept}; a parcel serves one certificate"
            )));
        }
    }
    Ok(None)
}

/// What follows a draft: by subject. Of our own acts the desk has asked all this; of an office's it is asked here.
fn later(tx: &mut Tx<'_>, entry: &Entry) -> Result<Misfit> {
    let of_office = of_office(entry);
    let subject = entry.subject.clone();
    if of_office && !subject.is_empty() && is_about(tx, &subject, entry)? {
        let sentence = format!("an earlier entry of {} about {subject} does not stand here", entry.log_id);
        return Ok(Some((subject, sentence)));
    }
    if matches!(entry.kind.as_str(), ReceiptConfirmed::KIND | DifferenceReported::KIND) {
        let answered = match subject.parse() {
            Ok(number) => confirmation_of_number(tx, &number)?.is_some(),
            Err(_) => false,
        };
        if answered {
            let sentence = format!("{subject} was answered before");
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
        Some(certificate) => {
            format!("{subject} is {} here, and this needs it to be {needed}", certificate.state)
        }
        None => format!("{subject} was never drafted here"),
    };
    Ok(Some((subject.to_owned(), sentence)))
}

/// Whether an earlier entry of the same log about the same thing was set aside.
fn is_about(tx: &mut Tx<'_>, about: &str, entry: &Entry) -> Result<bool> {
    let count =
        tx.one(PROBLEMS_ABOUT_IN_LOG, &[about.into(), (&entry.log_id).into()], |row| row.get::<i64>(0))?;
    Ok(count > 0)
}
