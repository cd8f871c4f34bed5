//! One row for each parcel: the verdict in the words of `kp-verify`, what the register here knows, and the act that is next.
//!
//! Exceptions come first. A form is filled in from a scan only where the scan was green or amber; of what was altered, is red
//! or could not be judged, the form gets the number that the paper claims, and says above what was found. Recording an
//! arrival is open to all of them: it is evidence (rulings 13). Closes: L21, L22, L23 at the gate.

use std::collections::BTreeMap;

use anyhow::Result;
use kp_accounts::rights::Class;
use kp_certificate::Content;
use kp_db::Tx;
use kp_language::Texts;
use kp_terms::{CertificateNumber, Date, ParticipantCode};
use kp_trade::{Certificate, CertificateState};
use kp_verify::{Clock, OnPaper, Presented, Seen, Speaker, State, TrustData, Verdict, verify};

use super::scans::{Scan, Scans};
use crate::{
    act::next::{self, NextAct},
    certificate::show::parties,
    visit::Visit,
    words,
};

/// One parcel.
pub(crate) struct Row {
    /// Its place in the list as scanned, from 0.
    pub(crate) at: usize,
    pub(crate) state: State,
    /// The state's word.
    pub(crate) word: String,
    pub(crate) number: String,
    /// Its page, where it is on file for whoever looks.
    pub(crate) link: String,
    /// The verdict's sentence.
    pub(crate) sentence: String,
    /// What else is to be said: further reasons, what to do, the register's word.
    pub(crate) more: Vec<String>,
    /// Why this row is looked at first, although its code is good.
    pub(crate) oddities: Vec<String>,
    pub(crate) carats: String,
    pub(crate) parcels: String,
    pub(crate) seals: String,
    pub(crate) next: Vec<NextAct>,
}

impl Row {
    /// Whether somebody has to look.
    pub(crate) fn is_exception(&self) -> bool {
        self.state != State::Green || !self.oddities.is_empty()
    }
}

/// What the rows are judged by.
pub(crate) struct Judging<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) texts: Texts,
    pub(crate) speaker: Speaker,
    pub(crate) trust: Option<&'a TrustData>,
    pub(crate) clock: Clock,
    pub(crate) today: Date,
}

/// All rows, exceptions first, then in the order in which they were scanned.
///
/// # Errors
/// Where the register cannot be read.
pub(crate) fn rows(tx: &mut Tx<'_>, judging: &Judging<'_>, scans: &Scans) -> Result<Vec<Row>> {
    let mut verdicts: Vec<Verdict> = scans.all.iter().map(|scan| verdict(judging, scan)).collect();
    for (verdict, scan) in verdicts.iter_mut().zip(&scans.all) {
        // A number that was typed without a check code is what the paper claims, and no more.
        if let (None, Scan::Typed { number, .. }) = (&verdict.number, scan) {
            verdict.number = number.parse().ok();
        }
    }
    let mut times: BTreeMap<&CertificateNumber, usize> = BTreeMap::new();
    for number in verdicts.iter().filter_map(|verdict| verdict.number.as_ref()) {
        *times.entry(number).or_default() += 1;
    }
    let mut rows = Vec::with_capacity(verdicts.len());
    for (at, verdict) in verdicts.iter().enumerate() {
        let is_twice = verdict.number.as_ref().is_some_and(|number| times.get(number) > Some(&1));
        rows.push(row(tx, judging, at, verdict, is_twice)?);
    }
    rows.sort_by_key(|row| (std::cmp::Reverse(row.state), row.oddities.is_empty(), row.at));
    Ok(rows)
}

fn verdict(judging: &Judging<'_>, scan: &Scan) -> Verdict {
    let (trust, clock, seen) = (judging.trust, judging.clock, Seen::new());
    match scan {
        Scan::Codes(pair) if pair.credential.is_empty() => {
            verify(&Presented::NothingFound, trust, clock, &seen)
        }
        Scan::Codes(pair) => pair.verdict(&OnPaper::NOTHING, trust, clock, &seen),
        Scan::Typed { number, check_code } => {
            verify(&Presented::Typed { number, check_code, issued_on: None }, trust, clock, &seen)
        }
    }
}

fn row(tx: &mut Tx<'_>, judging: &Judging<'_>, at: usize, verdict: &Verdict, is_twice: bool) -> Result<Row> {
    let mut lines = judging.speaker.lines(verdict).into_iter();
    let sentence = lines.next().unwrap_or_default();
    let on_file = on_file(tx, judging, verdict.number.as_ref())?;
    let taken = verdict.content.as_ref().filter(|_| is_taken(verdict.state));
    let mut oddities = Vec::new();
    if is_twice {
        oddities.push(judging.texts.text("gate-twice"));
    }
    oddities.extend(taken.into_iter().flat_map(|content| of_content(judging, content, on_file.as_ref())));
    oddities.extend(on_file.as_ref().and_then(|certificate| of_register(judging, certificate)));
    let amount = |text: Option<String>| text.unwrap_or_default();
    Ok(Row {
        at,
        state: verdict.state,
        word: judging.speaker.state(verdict.state),
        number: verdict.number.as_ref().map(ToString::to_string).unwrap_or_default(),
        link: on_file.as_ref().map(|c| format!("/certificates/{}", c.number)).unwrap_or_default(),
        sentence,
        more: lines.collect(),
        oddities,
        carats: amount(taken.and_then(|content| content.carats()).map(|carats| carats.grouped())),
        parcels: amount(taken.map(|content| content.parcels.to_string())),
        seals: amount(taken.map(|content| content.seals.join(" "))),
        next: next_of(judging, verdict, taken, on_file.as_ref()),
    })
}

/// Whether what a code says goes into a form.
const fn is_taken(state: State) -> bool {
    matches!(state, State::Green | State::Amber)
}

fn on_file(
    tx: &mut Tx<'_>,
    judging: &Judging<'_>,
    number: Option<&CertificateNumber>,
) -> Result<Option<Certificate>> {
    let Some(number) = number else { return Ok(None) };
    let Some(certificate) = kp_trade::certificate_by_number(tx, number)? else { return Ok(None) };
    let thing = parties(tx, &certificate)?;
    if !judging.visit.may_see(Class::Certificate, &thing) {
        return Ok(None);
    }
    judging.visit.saw("certificate", number, &thing.bodies);
    Ok(Some(certificate))
}

fn own(judging: &Judging<'_>) -> Option<ParticipantCode> {
    judging.visit.viewer.officer().and_then(|officer| officer.body.parse().ok())
}

/// What is odd about a good code here: goods for elsewhere, a training paper, another weight than the register has.
fn of_content(judging: &Judging<'_>, content: &Content, on_file: Option<&Certificate>) -> Vec<String> {
    let texts = judging.texts;
    let mut odd = Vec::new();
    let is_ours = |own: ParticipantCode| own == content.destination || own == content.issuer;
    if own(judging).is_some_and(|own| !is_ours(own)) {
        odd.push(words::with(texts, "gate-for-elsewhere", &[("to", &content.destination)]));
    }
    if content.flags.training {
        odd.push(texts.text("gate-training"));
    }
    if let (Some(certificate), Some(signed)) = (on_file, content.carats())
        && certificate.application.carats != signed
    {
        let carats = certificate.application.carats.grouped();
        odd.push(words::with(texts, "gate-other-weight", &[("carats", &carats)]));
    }
    odd
}

/// What the register here says that the paper cannot: it has arrived already, it was replaced, its last day has passed.
fn of_register(judging: &Judging<'_>, certificate: &Certificate) -> Option<String> {
    let texts = judging.texts;
    if certificate.is_expired_on(judging.today) {
        let day = certificate.expires_on.map(|day| day.to_string()).unwrap_or_default();
        return Some(words::with(texts, "gate-expired", &[("day", &day)]));
    }
    let is_on_its_way = matches!(
        certificate.state,
        CertificateState::Issued
            | CertificateState::Validated
            | CertificateState::Departed
            | CertificateState::InTransit
            | CertificateState::Arrived
    );
    let state = words::state(texts, &certificate.state);
    (!is_on_its_way).then(|| words::with(texts, "gate-state-odd", &[("state", &state)]))
}

/// The forms that are next, filled from the scan: the officer types weight, seal and decision.
fn next_of(
    judging: &Judging<'_>,
    verdict: &Verdict,
    taken: Option<&Content>,
    on_file: Option<&Certificate>,
) -> Vec<NextAct> {
    let Some(number) = &verdict.number else { return Vec::new() };
    let own = own(judging);
    let is_coming = on_file.is_none_or(|certificate| {
        matches!(certificate.state, CertificateState::Departed | CertificateState::InTransit)
            // Goods that were never told to have left, or that come a second time: evidence all the same.
            || own.is_some_and(|own| own != certificate.application.participant
                && certificate.state != CertificateState::Arrived)
    });
    // Of a paper that is not good nothing goes on: it is recorded, held, or reported.
    let is_good = is_taken(verdict.state);
    if !is_coming {
        let certificate = on_file.filter(|_| is_good);
        let mut next = certificate.map(next::of_certificate).unwrap_or_default();
        next.extend(reported(verdict));
        return next;
    }
    let scanned = match verdict.state {
        State::Green => "green",
        State::Amber => "amber",
        State::Grey => "grey",
        State::Red => "red",
    };
    let at =
        own.or(taken.map(|content| content.destination)).map(|code| code.to_string()).unwrap_or_default();
    let parcels = taken.map(|content| content.parcels.to_string()).unwrap_or_default();
    let importer = taken.map(|content| content.importer.name.clone()).unwrap_or_default();
    let number = number.to_string();
    let mut filled = vec![("number", number.as_str()), ("at", at.as_str()), ("scanned", scanned)];
    if taken.is_some() {
        filled.extend([("parcels", parcels.as_str()), ("importer", importer.as_str())]);
    }
    let mut next: Vec<NextAct> = NextAct::of("record_arrival", &filled).into_iter().collect();
    let is_told = on_file.is_some() || taken.is_none_or(|content| Some(content.destination) != own);
    if let Some(content) = taken.filter(|_| !is_told) {
        next.extend(pre_advice(content, scanned));
    }
    next.extend(reported(verdict));
    next
}

/// What is red is reported, so that everybody hears of it (L21).
fn reported(verdict: &Verdict) -> Option<NextAct> {
    let number = verdict.number.as_ref().filter(|_| verdict.state == State::Red)?;
    NextAct::of("report_counterfeit", &[("number", &number.to_string())])
}

/// What the issuer's own system did not tell: the certificate's content as it was signed, so that it can be confirmed.
fn pre_advice(content: &Content, scanned: &str) -> Option<NextAct> {
    let kp_certificate::Origins::Named(origins) = &content.origins else { return None };
    let origin = match origins.as_slice() {
        [one] => one.to_string(),
        // Shares of a mixed parcel are not in the code; the officer reads them from the paper.
        _ => String::new(),
    };
    let day = |at: kp_terms::Timestamp| at.strftime("%Y-%m-%d").to_string();
    let mut filled = vec![
        ("number", content.number.to_string()),
        ("at", content.destination.to_string()),
        ("scanned", scanned.to_owned()),
        ("issued_on", day(content.issued_at)),
        ("expires_on", day(content.expires_at)),
        ("exporter", content.exporter.name.clone()),
        ("importer", content.importer.name.clone()),
        ("origin", origin),
        ("parcels", content.parcels.to_string()),
        ("came_by", "file".to_owned()),
    ];
    filled.extend(
        content.lines.iter().map(|line| ("lines", format!("{} {} {}", line.class, line.carats, line.value))),
    );
    filled.extend(content.seals.iter().map(|seal| ("seals", seal.clone())));
    let filled: Vec<(&str, &str)> = filled
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    NextAct::of("record_pre_advice", &filled)
}
