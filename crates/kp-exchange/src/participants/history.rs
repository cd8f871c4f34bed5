//! What happened to a participant, and how exactly the day is known.

use anyhow::{Context, Result};
use jiff::civil::{Date, date};
use kp_statistics::series::MembershipSpan;
use kp_terms::ParticipantCode;

use super::Membership;

/// How exactly a source dates an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Not at all.
    Unknown,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Became a participant.
    Joined,
    /// Became one again.
    Readmitted,
    /// Was taken off the list.
    Removed,
    /// Went on inside another participant (states that joined the EU).
    Absorbed,
    /// Trade suspended; still a participant.
    Suspended,
    /// Suspended its own trade; still a participant.
    SelfSuspended,
    /// Trade under conditions.
    Conditional,
    /// Trade open again.
    Restored,
    /// Meets the requirements without being a participant.
    MetRequirements,
    /// A measure of the UN Security Council began.
    EmbargoBegan,
    /// It ended.
    EmbargoEnded,
}

/// One dated fact with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Earliest day it can have been.
    pub first: Date,
    /// Latest day it can have been.
    pub last: Date,
    /// How exactly the source dates it.
    pub precision: Precision,
    /// Source tags, explained in `data/README.md`; `unconfirmed` where no document was seen.
    pub source: String,
    /// Anything a reader should know.
    pub note: String,
}

impl EventKind {
    /// Whether somebody is a participant afterwards: yes, no, or no change.
    pub const fn participant_after(self) -> Option<bool> {
        match self {
            Self::Joined | Self::Readmitted => Some(true),
            Self::Removed | Self::Absorbed => Some(false),
            _ => None,
        }
    }

    /// Whether it begins or ends membership.
    pub const fn changes_membership(self) -> bool {
        self.participant_after().is_some()
    }

    fn read(text: &str) -> Result<Self> {
        Ok(match text {
            "joined" => Self::Joined,
            "readmitted" => Self::Readmitted,
            "removed" => Self::Removed,
            "absorbed" => Self::Absorbed,
            "suspended" => Self::Suspended,
            "self_suspended" => Self::SelfSuspended,
            "conditional" => Self::Conditional,
            "restored" => Self::Restored,
            "met_requirements" => Self::MetRequirements,
            "embargo_began" => Self::EmbargoBegan,
            "embargo_ended" => Self::EmbargoEnded,
            other => anyhow::bail!("{other:?} is not an event"),
        })
    }
}

impl Event {
    /// Reads `event, date, precision, certain_by, source, note`.
    pub(super) fn read(cells: &[String]) -> Result<Self> {
        let [kind, when, precision, certain_by, source, note] = cells else {
            anyhow::bail!("expected 7 columns, found {}", cells.len() + 1);
        };
        let (first, mut last, precision) = span(when, precision)?;
        if !certain_by.is_empty() {
            last = certain_by.parse().with_context(|| format!("{certain_by:?} is not a date"))?;
        }
        anyhow::ensure!(first <= last, "it ends before it begins");
        anyhow::ensure!(!source.is_empty(), "it has no source");
        Ok(Self {
            kind: EventKind::read(kind)?,
            first,
            last,
            precision,
            source: source.clone(),
            note: note.clone(),
        })
    }
}

/// Folds the events, oldest first, into what is known of one day.
pub(super) fn membership_on(events: &[Event], day: Date) -> Membership {
    let mut membership = Membership::NotParticipant;
    for event in events {
        let Some(participant) = event.kind.participant_after() else { continue };
        let after = if participant { Membership::Participant } else { Membership::NotParticipant };
        if event.last <= day {
            membership = after;
        } else if event.first <= day && membership != after {
            membership = Membership::Uncertain;
        }
    }
    membership
}

/// From the day by which a joining had certainly happened to the eve of the day when a leaving can have happened.
pub(super) fn certain_spans(participant: ParticipantCode, events: &[Event]) -> Vec<MembershipSpan> {
    let mut spans = Vec::new();
    let mut since = None;
    for event in events {
        match (event.kind.participant_after(), since) {
            (Some(true), None) => since = Some(event.last),
            (Some(false), Some(from)) => {
                spans.push(MembershipSpan {
                    participant,
                    from: Some(from),
                    to: event.first.yesterday().ok(),
                });
                since = None;
            }
            _ => {}
        }
    }
    spans.extend(since.map(|from| MembershipSpan { participant, from: Some(from), to: None }));
    spans
}

/// The days a date can mean: `2003-07-09`, `2003-07`, `2003` or nothing.
fn span(when: &str, precision: &str) -> Result<(Date, Date, Precision)> {
    let parts: Vec<i16> = when
        .split('-')
        .filter(|p| !p.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .context("not a date")?;
    let part = |at: usize| parts.get(at).copied();
    let month = |m: i16| i8::try_from(m).ok().filter(|m| (1..=12).contains(m)).context("not a month");
    Ok(match (precision, part(0), part(1), part(2)) {
        ("day", Some(_), Some(_), Some(_)) => {
            let day: Date = when.parse().with_context(|| format!("{when:?} is not a date"))?;
            (day, day, Precision::Day)
        }
        ("month", Some(year), Some(m), None) => {
            let first = date(year, month(m)?, 1);
            (first, first.last_of_month(), Precision::Month)
        }
        ("year", Some(year), None, None) => (date(year, 1, 1), date(year, 12, 31), Precision::Year),
        ("unknown", None, _, _) => (Date::MIN, Date::MAX, Precision::Unknown),
        _ => anyhow::bail!("{when:?} does not have the precision {precision:?}"),
    })
}
