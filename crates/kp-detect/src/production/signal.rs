//! What one detector says about one participant, before signals of one story are put together.

use kp_terms::{Carats, Half, ParticipantCode, Period, Sentence, UsdCents};

use crate::detector_doc::DetectorDoc;
use crate::finding::{ArithmeticLine, Evidence, Severity, Threshold};

/// What a signal measures. Signals of one kind read the same numbers and must not vote twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// How many carats.
    Volume,
    /// US$ per carat.
    UnitValue,
    /// The form of the figures: round, repeated, copied.
    Form,
    /// The record: missing, late, contradictory.
    Record,
    /// What the ground can give.
    Capacity,
}

/// How a signal takes part in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// About one year; leads a finding or supports one of the same year.
    Year(i16),
    /// About one year, and too slight to be asked about alone: supports or is silent.
    SupportOnly(i16),
    /// About a habit over many halves: a finding of its own, one per participant and detector.
    Habit,
}

/// Which way a figure went, for signals that can be undone a year later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// What one detector says.
#[derive(Debug, Clone)]
pub(super) struct Signal {
    pub doc: &'static DetectorDoc,
    pub kind: Kind,
    pub role: Role,
    pub participant: ParticipantCode,
    pub severity: Severity,
    /// The period asked about first, then those compared with.
    pub periods: Vec<Period>,
    pub carats_at_stake: Carats,
    pub value_at_stake: UsdCents,
    /// How far the figure went against its yardstick; 1 is the yardstick.
    pub beyond: f64,
    pub direction: Option<Direction>,
    /// Whether it only takes back what the year before did.
    pub undoes_year_before: bool,
    pub title: Sentence,
    pub question: Sentence,
    pub arithmetic: Vec<ArithmeticLine>,
    pub thresholds: Vec<Threshold>,
    pub evidence: Vec<Evidence>,
}

impl Signal {
    /// The year it belongs to, unless it is a habit.
    pub(super) fn year(&self) -> Option<i16> {
        match self.role {
            Role::Year(year) | Role::SupportOnly(year) => Some(year),
            Role::Habit => None,
        }
    }
}

/// The halves as periods.
pub(super) fn as_periods(halves: &[Half]) -> Vec<Period> {
    halves.iter().map(|&h| Period::Half(h)).collect()
}
