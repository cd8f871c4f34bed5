//! Puts signals together into findings and orders them.
//!
//! How the list is ordered, in one paragraph: signals of one participant and one year are one finding; the severest and
//! then the weightiest leads and the others support it. A change that only takes back the year before is told with that year and not asked
//! again. The place of a finding is the product of five factors that are shown with it: its severity (note 0.5, watch
//! 1, ask 2, urgent 3); the size of what is at stake, log10(1 + US$ / 100,000), so that ten times the money counts one
//! step more; how far the figure moved, in logs, against its yardstick (a doubling, or twice what is usual for that
//! participant), held at 2, because past that a larger ratio says
//! little more than that the first number was small; half as much again for each independent kind of signal that agrees (carats, unit value, form of the
//! figures, record, capacity: two readings of one number count once); and, so that nobody floods the list, the n-th
//! further finding of one participant divided by 1 + n/3. All weights are ours.

use std::collections::BTreeMap;

use kp_statistics::series::ProductionSeries;
use kp_terms::{ParticipantCode, Period};

use super::signal::{Direction, Kind, Role, Signal};
use super::words::{float, to_hundredths};
use crate::finding::{Evidence, Finding, RankFactors, SupportingSignal};

/// How far beyond its threshold a figure counts at most.
const BEYOND_AT_MOST: f64 = 2.0;
/// What each independent kind of supporting signal adds.
const CORROBORATION_ADDS: f64 = 0.5;
/// What each finding of the same participant above takes: the n-th is divided by 1 + n times this.
const SAME_PARTICIPANT_TAKES: f64 = 1.0 / 3.0;
/// US$ at stake that count as one step of size.
const SIZE_UNIT_USD: f64 = 100_000.0;

/// A leading signal and what supports it.
struct Story {
    lead: Signal,
    /// Signals of the same year.
    support: Vec<Signal>,
    /// Signals of the year after that only take the lead back.
    echoes: Vec<Signal>,
}

/// From signals to the ordered list.
pub(super) fn findings(series: &ProductionSeries, signals: Vec<Signal>) -> Vec<Finding> {
    let mut by_participant: BTreeMap<ParticipantCode, Vec<Signal>> = BTreeMap::new();
    for signal in signals {
        by_participant.entry(signal.participant).or_default().push(signal);
    }
    let mut found: Vec<Finding> = Vec::new();
    for (participant, signals) in by_participant {
        let name = series.of(participant).map(|s| s.name.as_str()).unwrap_or_default();
        let mut own: Vec<Finding> = stories(signals).into_iter().map(|story| finding(story, name)).collect();
        own.sort_by(order);
        for (above, finding) in own.iter_mut().enumerate() {
            finding.rank.same_participant_above = u8::try_from(above).unwrap_or(u8::MAX);
            finding.rank.order_thousandths = order_thousandths(&finding.rank);
        }
        found.append(&mut own);
    }
    found.sort_by(order);
    found
}

/// Higher first; ties by what is at stake, then by id, so that the order never depends on chance.
fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let key = |f: &Finding| (f.rank.order_thousandths, f.rank.value_at_stake, f.rank.carats_at_stake);
    key(b).cmp(&key(a)).then_with(|| a.id.cmp(&b.id))
}

/// The signals of one participant as stories.
fn stories(signals: Vec<Signal>) -> Vec<Story> {
    let mut stories = Vec::new();
    let mut by_year: BTreeMap<i16, Vec<Signal>> = BTreeMap::new();
    for signal in signals {
        match signal.year() {
            Some(year) => by_year.entry(year).or_default().push(signal),
            None => stories.push(Story { lead: signal, support: Vec::new(), echoes: Vec::new() }),
        }
    }
    let mut echoes = take_echoes(&mut by_year);
    for (year, mut of_year) in by_year {
        of_year.sort_by(|a, b| {
            let severer = b.severity.cmp(&a.severity);
            severer.then_with(|| weight(b).total_cmp(&weight(a))).then_with(|| a.title.cmp(&b.title))
        });
        let Some(at) = of_year.iter().position(|s| matches!(s.role, Role::Year(_))) else { continue };
        let lead = of_year.remove(at);
        stories.push(Story { lead, support: of_year, echoes: echoes.remove(&year).unwrap_or_default() });
    }
    stories
}

/// Takes out the signals that only undo the year before, keyed by the year they undo.
fn take_echoes(by_year: &mut BTreeMap<i16, Vec<Signal>>) -> BTreeMap<i16, Vec<Signal>> {
    let mut echoes: BTreeMap<i16, Vec<Signal>> = BTreeMap::new();
    // In order of years: a signal taken away as an echo can no longer be undone itself.
    let years: Vec<i16> = by_year.keys().copied().collect();
    for year in years {
        let before: Vec<(Kind, Option<Direction>)> = year
            .checked_sub(1)
            .and_then(|b| by_year.get(&b))
            .map(|signals| signals.iter().map(|s| (s.kind, s.direction)).collect())
            .unwrap_or_default();
        let Some(signals) = by_year.get_mut(&year) else { continue };
        let (echo, stay): (Vec<Signal>, Vec<Signal>) = std::mem::take(signals).into_iter().partition(|s| {
            s.undoes_year_before
                && before.iter().any(|(kind, direction)| *kind == s.kind && opposite(*direction, s.direction))
        });
        *signals = stay;
        if !echo.is_empty() {
            echoes.entry(year - 1).or_default().extend(echo);
        }
    }
    echoes
}

fn opposite(a: Option<Direction>, b: Option<Direction>) -> bool {
    // A factor of ten has no direction of its own; what comes back after it is its echo all the same.
    a.is_none() || b.is_none() || a != b
}

/// How much a signal weighs by itself.
fn weight(signal: &Signal) -> f64 {
    float(signal.severity.weight_hundredths()) / 100.0
        * size(signal.value_at_stake.cents())
        * held(signal.beyond)
}

fn size(cents_at_stake: i64) -> f64 {
    libm::log10(1.0 + float(cents_at_stake.max(0)) / 100.0 / SIZE_UNIT_USD)
}

fn held(beyond: f64) -> f64 {
    libm::fmin(libm::fmax(beyond, 0.0), BEYOND_AT_MOST)
}

/// The product of the factors. Worked out from the rounded factors that are shown, so that a reader can redo it.
fn order_thousandths(rank: &RankFactors) -> i64 {
    let product = float(rank.severity.weight_hundredths()) / 100.0
        * size(rank.value_at_stake.cents())
        * held(float(rank.beyond_hundredths) / 100.0)
        * (1.0 + CORROBORATION_ADDS * f64::from(rank.corroboration))
        / (1.0 + SAME_PARTICIPANT_TAKES * f64::from(rank.same_participant_above));
    to_hundredths(product * 10.0)
}

fn finding(story: Story, name: &str) -> Finding {
    let Story { lead, support, echoes } = story;
    let independent = |s: &Signal| s.kind != lead.kind && overlaps(&lead, s);
    let mut kinds: Vec<Kind> = support.iter().filter(|s| independent(s)).map(|s| s.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut rank = RankFactors {
        severity: lead.severity,
        carats_at_stake: lead.carats_at_stake,
        value_at_stake: lead.value_at_stake,
        beyond_hundredths: to_hundredths(lead.beyond),
        corroboration: u8::try_from(kinds.len()).unwrap_or(u8::MAX),
        same_participant_above: 0,
        order_thousandths: 0,
    };
    rank.order_thousandths = order_thousandths(&rank);
    let mut evidence: Vec<Evidence> = Vec::new();
    for piece in [&lead].into_iter().chain(&support).chain(&echoes).flat_map(|s| &s.evidence) {
        if !evidence.contains(piece) {
            evidence.push(piece.clone());
        }
    }
    let asked = lead.periods.first().map(ToString::to_string).unwrap_or_default();
    let supporting: Vec<SupportingSignal> = support
        .iter()
        .map(|s| supporting(s, independent(s)))
        .chain(echoes.iter().map(|s| supporting(s, false)))
        .collect();
    Finding {
        id: format!("{}:{}:{asked}", lead.doc.name, lead.participant),
        detector: lead.doc.name.clone(),
        participant: lead.participant,
        participant_name: name.to_owned(),
        subject: None,
        supporting,
        periods: lead.periods,
        title: lead.title,
        question: lead.question,
        arithmetic: lead.arithmetic,
        thresholds: lead.thresholds,
        innocent_explanations: lead.doc.explanations(),
        answer_must_contain: lead.doc.answers(),
        evidence,
        rank,
    }
}

/// Whether two signals speak of the same part of the year: a round price in the second half says nothing about a
/// movement in the first.
fn overlaps(lead: &Signal, other: &Signal) -> bool {
    let Some(year) = lead.year() else { return false };
    let of_year = |p: &&Period| p.last_day().year() == year;
    lead.periods.iter().filter(of_year).any(|a| {
        other
            .periods
            .iter()
            .filter(of_year)
            .any(|b| a.first_day() <= b.last_day() && b.first_day() <= a.last_day())
    })
}

fn supporting(signal: &Signal, independent: bool) -> SupportingSignal {
    SupportingSignal {
        detector: signal.doc.name.clone(),
        periods: signal.periods.clone(),
        title: signal.title.clone(),
        question: signal.question.clone(),
        arithmetic: signal.arithmetic.clone(),
        thresholds: signal.thresholds.clone(),
        independent,
    }
}
