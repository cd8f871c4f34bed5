//! The production returns on file, added up and looked at: the same series and findings as `kpcs analyze` gives.
//!
//! Worked out anew when something it depends on has changed: a return, a capacity, an admission, the day. Works nothing
//! out itself: `kp-statistics` adds up, `kp-detect` asks.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use anyhow::Result;
use jiff::{Timestamp, tz::TimeZone};
use kp_db::Tx;
use kp_detect::{
    finding::Finding,
    production::{Analysis, CapacityBand, Input, analyze},
};
use kp_exchange::participants::Participants;
use kp_report::Links;
use kp_statistics::{
    production::ProductionRow,
    series::{MembershipSpan, ParticipantSeries},
};
use kp_terms::{Date, ParticipantCode};

use crate::{act::next::escaped, app::App, problem::Problem};

/// What is known of declared production on a day. Invented participants are looked at apart from real ones: they never
/// enter the world (rulings 14), and a half that only they have returned is nobody else's missing return.
pub(crate) struct Known {
    pub(crate) real: Analysis,
    pub(crate) invented: Analysis,
    pub(crate) capacities: Vec<CapacityBand>,
}

impl Known {
    /// The findings of one participant with their places in the whole list.
    pub(crate) fn findings_of(&self, code: ParticipantCode) -> Vec<(usize, &Finding)> {
        self.findings().filter(|(_, finding)| finding.participant == code).collect()
    }

    /// All findings with their places, the real participants' first.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (usize, &Finding)> {
        let all = self.real.findings.iter().chain(&self.invented.findings).enumerate();
        all.map(|(at, finding)| (at + 1, finding))
    }

    /// All series, the real participants' first.
    pub(crate) fn participants(&self) -> impl Iterator<Item = &ParticipantSeries> {
        self.real.series.participants.iter().chain(&self.invented.series.participants)
    }

    /// One participant's series.
    pub(crate) fn of(&self, code: ParticipantCode) -> Option<&ParticipantSeries> {
        let analysis = if code.is_invented() { &self.invented } else { &self.real };
        analysis.series.of(code)
    }
}

/// Where links in charts and sections lead.
pub(crate) const LINKS: Links = Links {
    finding: |finding| format!("/findings/{}", escaped(&finding.id)),
    participant: |code| format!("/statistics/production/{code}"),
};

/// Statements that change what comes out.
const DEPENDS_ON: [&str; 4] =
    ["return_submitted", "returns_loaded", "capacity_recorded", "participant_admitted"];

/// What an analysis was made from: the last statements of each kind, and the day it looks back from.
type Key = ([u64; 4], Date);

/// The last few analyses.
#[derive(Default)]
pub(crate) struct Analyses(Mutex<Vec<(Key, Arc<Known>)>>);

/// How many days looked back from are kept.
const KEPT: usize = 4;

/// What is known today.
pub(crate) fn of_today(app: &App, tx: &mut Tx<'_>) -> Result<Arc<Known>, Problem> {
    of_day(app, tx, app.today())
}

/// What was known at the end of a day.
pub(crate) fn of_day(app: &App, tx: &mut Tx<'_>, day: Date) -> Result<Arc<Known>, Problem> {
    let mut last = [0; 4];
    for (position, kind) in last.iter_mut().zip(DEPENDS_ON) {
        *position = kp_log::last_entry_of_kind(tx, kind)?.map_or(0, |entry| entry.position);
    }
    let key = (last, day);
    let kept = |all: &Vec<(Key, Arc<Known>)>| all.iter().find(|(k, _)| *k == key).map(|(_, a)| Arc::clone(a));
    if let Some(analysis) = kept(&app.analyses.0.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(analysis);
    }
    let analysis = Arc::new(work_out(tx, day)?);
    let mut all = app.analyses.0.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((key, Arc::clone(&analysis)));
    Ok(analysis)
}

/// The last instant of a civil day, UTC.
pub(crate) fn end_of(day: Date) -> Result<Timestamp> {
    Ok(TimeZone::UTC.to_timestamp(day.at(23, 59, 59, 0))?)
}

fn work_out(tx: &mut Tx<'_>, day: Date) -> Result<Known> {
    let mut rows = kp_statistics::returns_as_known_on(tx, end_of(day)?)?;
    let (mut capacities, mut membership) = (Vec::new(), HISTORY.clone());
    for participant in kp_registry::participants(tx)? {
        let bands = kp_registry::capacities_of_participant(tx, participant.code)?;
        let following = bands.iter().skip(1).map(|next| Some(next.from_year.saturating_sub(1))).chain([None]);
        capacities.extend(bands.iter().zip(following).map(|(band, last_year)| CapacityBand {
            participant: band.participant,
            first_year: band.from_year,
            last_year,
            low: None,
            high: band.high,
            source: format!("{}, {}", band.source, band.dated),
        }));
        // A focal point's own return carries no name; the registry has it.
        for row in rows.iter_mut().filter(|row| row.participant == participant.code) {
            row.participant_name.clone_from(&participant.name);
        }
        // The real participants' history is published; only the invented ones are known from the registry alone.
        if participant.code.is_invented() {
            let from = Some(participant.member_from);
            membership.push(MembershipSpan { participant: participant.code, from, to: None });
        }
    }
    let (invented, real): (Vec<ProductionRow>, Vec<ProductionRow>) =
        rows.into_iter().partition(|row| row.participant.is_invented());
    let look = |rows: &[ProductionRow]| {
        analyze(&Input { rows, capacities: &capacities, membership: &membership, today: Some(day) })
    };
    Ok(Known { real: look(&real), invented: look(&invented), capacities })
}

static HISTORY: LazyLock<Vec<MembershipSpan>> = LazyLock::new(|| Participants::known().membership());
