//! origin_without_production: goods left as mined in a country for which no production is on file.
//!
//! Question: where and when were these stones mined, and in which return do they stand?
//! Formula: a departure names an origin, by itself or within a mixed origin; the returns on file for that country, for half-years
//! of the year of departure and of the three calendar years before, add up to 0.00 ct or are missing; and where the origin is
//! not the exporter's own ground, no goods of that origin had been sent to the exporter before.
//! Minimum data: a return on file for that country in those years (a nil return is one); or production on file in those years
//! of another country that was admitted here, which shows that returns are kept here at all.
//! Thresholds (ours): three calendar years before the year of departure.
//! Innocent explanations: stones mined before those years lay in stock; the first mine opened after the last return; the return
//! was sent and is not on file here; goods under a technical certificate were never produced by anybody.
//! An answer must contain: mine or area and time of mining; the licences under which they were found; the return in which their
//! carats stand, or the return that now declares them; for older stock, who held it and since when.
//! Evidence: the departure that showed it, and every return on file for the country in those years.
//! Source: domain 3.7 (ORIGIN_IMPLAUSIBLE), domain 4.6 (findings against the Republic of Congo in 2004: no production
//! statistics, certificates not limited to own production or certified imports); L03; CD Annex III(c).

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Entry, Statement, entries_of_subject};
use kp_registry::admit_participant::ParticipantAdmitted;
use kp_terms::{Carats, ParticipantCode, Period, UsdCents, sentence};
use kp_trade::depart_shipment::ShipmentDeparted;

use super::{log_place, rank};
use crate::{
    detector_doc::DetectorDoc,
    finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold},
    trade::origins_memory::parts,
};

pub(in crate::trade) const SOURCE: &str = include_str!("origin_without_production.rs");
const PRODUCTION_SINCE: Sql = sql!("production_since");
const ORIGIN_LEFT: Sql = sql!("origin_left");
const ORIGIN_WAS_SENT: Sql = sql!("origin_was_sent");
/// Calendar years before the year of departure whose returns are looked at.
const YEARS_BEFORE: i16 = 3;

/// A half-year as it was declared last.
struct Declared {
    code: ParticipantCode,
    half: String,
    carats: Carats,
}

/// A return that comes later does not take the question back: it is the answer.
pub(in crate::trade) fn look(tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<Finding>> {
    if entry.kind != ShipmentDeparted::KIND {
        return Ok(Vec::new());
    }
    let departed: ShipmentDeparted = entry.body()?;
    let since = departed.departed_on.year().saturating_sub(YEARS_BEFORE);
    let on_file = tx.rows(PRODUCTION_SINCE, &[(&format!("{since:04}-H1")).into()], |row| {
        Ok(Declared { code: row.word(0)?, half: row.get(1)?, carats: Carats::from_hundredths(row.get(2)?) })
    })?;
    let mut found = Vec::new();
    for (origin, _) in parts(&departed) {
        let own: Vec<&Declared> = on_file.iter().filter(|declared| declared.code == origin).collect();
        let produced = own.iter().any(|declared| declared.carats > Carats::ZERO);
        if produced || (own.is_empty() && !are_returns_kept(tx, &on_file, entry)?) {
            continue;
        }
        if origin != departed.participant && was_sent(tx, departed.participant, origin)? {
            continue;
        }
        let left = left_in_year(tx, &departed, origin)?;
        found.push(finding(entry, &departed, origin, since, &own, left));
    }
    Ok(found)
}

/// Whether somebody who was admitted before this entry has production on file: then returns are kept here.
fn are_returns_kept(tx: &mut Tx<'_>, on_file: &[Declared], entry: &Entry) -> Result<bool> {
    let mut codes: Vec<ParticipantCode> =
        on_file.iter().filter(|declared| declared.carats > Carats::ZERO).map(|d| d.code).collect();
    codes.dedup();
    for code in codes {
        let about = entries_of_subject(tx, code.as_str())?;
        if about.iter().any(|e| e.kind == ParticipantAdmitted::KIND && e.position < entry.position) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether goods of an origin were sent there before: whoever first said so is asked, not everybody after.
fn was_sent(tx: &mut Tx<'_>, to: ParticipantCode, origin: ParticipantCode) -> Result<bool> {
    let count =
        tx.one(ORIGIN_WAS_SENT, &[to.as_str().into(), origin.as_str().into()], |row| row.get::<i64>(0))?;
    Ok(count > 0)
}

fn left_in_year(tx: &mut Tx<'_>, departed: &ShipmentDeparted, origin: ParticipantCode) -> Result<Carats> {
    let year = i64::from(departed.departed_on.year());
    let of = [departed.participant.as_str().into(), origin.as_str().into(), year.into()];
    let carats = tx.optional(ORIGIN_LEFT, &of, |row| row.get::<i64>(0))?;
    Ok(Carats::from_hundredths(carats.unwrap_or(0)))
}

fn left_with(entry: &Entry, departed: &ShipmentDeparted) -> Evidence {
    Evidence {
        place: log_place(entry),
        states: sentence!(
            "found-origin-left",
            "certificate {number} left for {destination} on {day} with origin {origin}",
            number = departed.number,
            destination = departed.destination,
            day = departed.departed_on,
            origin = departed.origin,
        ),
    }
}

fn arithmetic(
    origin: ParticipantCode,
    year: i16,
    since: i16,
    returns: usize,
    left: Carats,
) -> Vec<ArithmeticLine> {
    vec![
        ArithmeticLine::new(
            sentence!(
                "found-origin-produced",
                "production of {origin} on file since {since}, ct",
                origin = origin,
                since = since,
            ),
            sentence!("found-origin-returns", "{count} returns", count = returns),
            "0.00",
        ),
        ArithmeticLine::new(
            sentence!(
                "found-origin-exported",
                "exported as of origin {origin} in {year}, ct",
                origin = origin,
                year = year,
            ),
            sentence!("found-origin-departures", "by departures"),
            left.grouped(),
        ),
    ]
}

fn finding(
    entry: &Entry,
    departed: &ShipmentDeparted,
    origin: ParticipantCode,
    since: i16,
    own: &[&Declared],
    left: Carats,
) -> Finding {
    let docs = DetectorDoc::from_header(SOURCE);
    let (code, year) = (departed.participant, departed.departed_on.year());
    let declared = match own {
        [] => sentence!("found-origin-no-return", "no return"),
        _ => sentence!("found-origin-nil", "nothing but nil"),
    };
    let returns = own.iter().map(|declared| Evidence {
        place: sentence!(
            "found-return-of",
            "return of {code} for {half}",
            code = declared.code,
            half = declared.half,
        ),
        states: format!("{} ct", declared.carats.grouped()).into(),
    });
    Finding {
        id: format!("origin_without_production:{code}:{origin}:{year}"),
        detector: "origin_without_production".into(),
        participant: code,
        participant_name: code.to_string(),
        subject: None,
        periods: vec![Period::Year(year)],
        title: sentence!(
            "found-origin-title",
            "{code} exported {carats} ct of origin {origin} in {year}; for {origin} {declared} is on file since {since}",
            code = code,
            carats = left.grouped(),
            origin = origin,
            year = year,
            declared = declared,
            since = since,
        ),
        question: sentence!(
            "found-origin-question",
            "By departures, {carats} ct of origin {origin} left {code} in {year}. Since {since}, {declared} is on file for \
             {origin}. Where and when were these stones mined?",
            carats = left.grouped(),
            origin = origin,
            code = code,
            year = year,
            since = since,
            declared = declared,
        ),
        arithmetic: arithmetic(origin, year, since, own.len(), left),
        thresholds: vec![Threshold::ours(
            sentence!("found-origin-years", "years before the departure"),
            YEARS_BEFORE.to_string(),
        )],
        innocent_explanations: docs.explanations(),
        answer_must_contain: docs.answers(),
        evidence: std::iter::once(left_with(entry, departed)).chain(returns).collect(),
        supporting: Vec::new(),
        // What is declared nil and exported contradicts itself; what is not declared may only be late.
        rank: rank(if own.is_empty() { Severity::Ask } else { Severity::Urgent }, left, UsdCents::ZERO, 100),
    }
}
