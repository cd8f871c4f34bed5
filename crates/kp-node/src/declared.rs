//! Declared production as it stands in the database, analysed by the same detectors as `kpcs analyze`: one way for the
//! pages and the command, so that both say the same.
//!
//! Works nothing out itself: `kp-statistics` adds up, `kp-detect` asks. Keeps nothing.

use std::sync::LazyLock;

use anyhow::Result;
use jiff::{Timestamp, tz::TimeZone};
use kp_db::Tx;
use kp_detect::{
    finding::Finding,
    production::{Analysis, CapacityBand, Input, analyze},
};
use kp_exchange::participants::Participants;
use kp_statistics::{
    production::ProductionRow,
    series::{MembershipSpan, ParticipantSeries},
};
use kp_terms::{Date, ParticipantCode};

/// What is known of declared production on a day. Invented participants are looked at apart from real ones: they never
/// enter the world (rulings 14), and a half that only they have returned is nobody else's missing return.
#[derive(Debug)]
pub struct Declared {
    /// The real participants'.
    pub real: Analysis,
    /// The invented participants'.
    pub invented: Analysis,
    /// Capacity estimates on file.
    pub capacities: Vec<CapacityBand>,
}

impl Declared {
    /// The findings of one participant with their places in the whole list.
    pub fn findings_of(&self, code: ParticipantCode) -> Vec<(usize, &Finding)> {
        self.findings().filter(|(_, finding)| finding.participant == code).collect()
    }

    /// All findings with their places, the real participants' first.
    pub fn findings(&self) -> impl Iterator<Item = (usize, &Finding)> {
        let all = self.real.findings.iter().chain(&self.invented.findings).enumerate();
        all.map(|(at, finding)| (at + 1, finding))
    }

    /// All series, the real participants' first.
    pub fn participants(&self) -> impl Iterator<Item = &ParticipantSeries> {
        self.real.series.participants.iter().chain(&self.invented.series.participants)
    }

    /// One participant's series.
    pub fn of(&self, code: ParticipantCode) -> Option<&ParticipantSeries> {
        let analysis = if code.is_invented() { &self.invented } else { &self.real };
        analysis.series.of(code)
    }
}

/// The last instant of a civil day, UTC.
///
/// # Errors
/// Where the day is the last that can be written.
pub fn end_of(day: Date) -> Result<Timestamp> {
    Ok(TimeZone::UTC.to_timestamp(day.at(23, 59, 59, 0))?)
}

/// What was known at the end of a day, UTC.
///
/// # Errors
/// Where the database fails.
pub fn declared_on(tx: &mut Tx<'_>, day: Date) -> Result<Declared> {
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
    Ok(Declared { real: look(&real), invented: look(&invented), capacities })
}

static HISTORY: LazyLock<Vec<MembershipSpan>> = LazyLock::new(|| Participants::known().membership());
