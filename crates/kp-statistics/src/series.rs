//! Production series: declared rows added up per participant, per half and per year, and for the world.
//!
//! Scheme: Annex III(c), production half-yearly in carats and US$. Rows of one half add up (rulings 34); an explicit
//! nil return is not the same as no return. Pure: no database, no clock; the day of analysis is an argument and may
//! be absent. Carats and dollars stay whole numbers throughout; a unit value is rounded to the cent, half up.

mod build;
mod calendar;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use kp_terms::{Carats, Half, ParticipantCode, UsdCents};
use serde::{Deserialize, Serialize};

use crate::production::{ProductionRow, ProductionType, RowPlace};

/// Where a participant stands for one half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// Figures were declared.
    Reported,
    /// An explicit `No Production`, and nothing else.
    Nil,
    /// `Production` and `No Production` for the same half; what is reported is counted (rulings 34).
    Contradictory,
    /// A return was expected and there is none.
    Missing,
    /// No return yet, and none can be held against anyone: not due on the day of analysis, or the half is so far
    /// from complete in these files that they were plainly taken before it was in.
    NotDue,
    /// Nobody expects one: before the first return, or outside the membership on file.
    NotExpected,
}

impl ReturnState {
    /// Whether there is a return of any kind.
    pub const fn has_return(self) -> bool {
        matches!(self, Self::Reported | Self::Nil | Self::Contradictory)
    }
}

/// A part of a half's figure: one row, or the rows of one production type added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Who dug.
    pub production_type: ProductionType,
    /// Carats of the part.
    pub carats: Carats,
    /// Value of the part.
    pub value: UsdCents,
}

/// One participant's half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HalfFigure {
    /// Which half.
    pub half: Half,
    /// Whether and how it was returned.
    pub state: ReturnState,
    /// Carats, all parts.
    pub carats: Carats,
    /// Value, all parts.
    pub value: UsdCents,
    /// US$ per carat, rounded to the cent; none where carats or value are zero.
    pub unit_value: Option<UsdCents>,
    /// Parts in the order unlabelled, ASM, LSM; empty where nothing was produced.
    pub parts: Vec<Part>,
    /// The rows behind the figure, by place.
    pub rows: Vec<RowPlace>,
    /// What each of these rows declares, in the same order.
    pub declared: Vec<Part>,
    /// Earliest day on which a row of this half was created, where the source says so for every row.
    #[serde(serialize_with = "date_as_text")]
    pub created: Option<Date>,
}

/// One participant's year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearFigure {
    /// Calendar year.
    pub year: i16,
    /// Halves with a return of any kind, 0 to 2.
    pub halves_returned: u8,
    /// Carats, both halves.
    pub carats: Carats,
    /// Value, both halves.
    pub value: UsdCents,
    /// US$ per carat, rounded to the cent; none where carats or value are zero.
    pub unit_value: Option<UsdCents>,
}

/// One participant's series, without holes: every half from the first to the last of the files is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParticipantSeries {
    /// Whose.
    pub participant: ParticipantCode,
    /// The name as its latest row writes it.
    pub name: String,
    /// Every half of the files' span, in order.
    pub halves: Vec<HalfFigure>,
    /// Every year of the files' span, in order.
    pub years: Vec<YearFigure>,
}

/// The world in one half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorldHalf {
    /// Which half.
    pub half: Half,
    /// Carats, all real participants.
    pub carats: Carats,
    /// Value, all real participants.
    pub value: UsdCents,
    /// US$ per carat; none where carats or value are zero.
    pub unit_value: Option<UsdCents>,
    /// Participants with figures (contradictory declarations included).
    pub reported: u32,
    /// Participants with an explicit nil return.
    pub nil: u32,
    /// Participants whose return is missing.
    pub missing: u32,
    /// Whether returns are still coming in (see [`ReturnState::NotDue`]), so that totals are partial.
    pub open: bool,
}

/// The world in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorldYear {
    /// Calendar year.
    pub year: i16,
    /// Carats, all real participants.
    pub carats: Carats,
    /// Value, all real participants.
    pub value: UsdCents,
    /// US$ per carat; none where carats or value are zero.
    pub unit_value: Option<UsdCents>,
    /// Participants with carats in the year.
    pub producers: u32,
    /// Whether one of its halves is open or absent from the files.
    pub partial: bool,
}

/// One line of the reporting calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarLine {
    /// Whose line.
    pub participant: ParticipantCode,
    /// Its name.
    pub name: String,
    /// One state per half of [`Calendar::halves`].
    pub states: Vec<ReturnState>,
}

/// Who reported, who returned nil, who did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// The columns.
    pub halves: Vec<Half>,
    /// One line per participant, by code.
    pub lines: Vec<CalendarLine>,
}

/// A span during which a participant owed returns. Several spans say left and came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipSpan {
    /// Whose.
    pub participant: ParticipantCode,
    /// First day; none means from before the files begin.
    pub from: Option<Date>,
    /// Last day; none means still.
    pub to: Option<Date>,
}

/// Everything added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductionSeries {
    /// By participant code.
    pub participants: Vec<ParticipantSeries>,
    /// The world by half. Invented codes never enter it (rulings 14).
    pub world_halves: Vec<WorldHalf>,
    /// The world by year.
    pub world_years: Vec<WorldYear>,
    /// Who reported.
    pub calendar: Calendar,
}

impl ProductionSeries {
    /// Adds the rows up. The order of the rows does not matter. `membership` may be empty: then a return is expected
    /// from a participant's first return on. `today`, where given, keeps halves that are not due from being missing.
    pub fn build(rows: &[ProductionRow], membership: &[MembershipSpan], today: Option<Date>) -> Self {
        build::build(rows, membership, today)
    }

    /// One participant's series.
    pub fn of(&self, participant: ParticipantCode) -> Option<&ParticipantSeries> {
        let at = self.participants.binary_search_by_key(&participant, |s| s.participant).ok()?;
        self.participants.get(at)
    }
}

impl ParticipantSeries {
    /// The figure of one half, where it lies in the files' span.
    pub fn half(&self, half: Half) -> Option<&HalfFigure> {
        let at = self.halves.binary_search_by_key(&half, |f| f.half).ok()?;
        self.halves.get(at)
    }

    /// The figure of one year, where it lies in the files' span.
    pub fn year(&self, year: i16) -> Option<&YearFigure> {
        let at = self.years.binary_search_by_key(&year, |f| f.year).ok()?;
        self.years.get(at)
    }

    /// Whether any carats were ever declared.
    pub fn is_producer(&self) -> bool {
        self.years.iter().any(|y| !y.carats.is_zero())
    }
}

/// US$ per carat, rounded to the cent, half up. None where either is zero or below.
///
/// ```
/// use kp_statistics::series::unit_value;
/// use kp_terms::{Carats, UsdCents};
/// let u = unit_value(Carats::from_hundredths(156_289_763), UsdCents::from_cents(2_813_215_734));
/// assert_eq!(u, Some(UsdCents::from_cents(1_800)));
/// ```
pub fn unit_value(carats: Carats, value: UsdCents) -> Option<UsdCents> {
    if carats.hundredths() <= 0 || value.cents() <= 0 {
        return None;
    }
    let (carats, cents) = (i128::from(carats.hundredths()), i128::from(value.cents()));
    let per_carat = (cents * 100 + carats / 2) / carats;
    i64::try_from(per_carat).ok().map(UsdCents::from_cents)
}

/// Last day on which the return of a half is in time: two months after its end (Annex III(c)).
pub fn due_on(half: Half) -> Date {
    match half.half {
        1 => jiff::civil::date(half.year, 8, 31),
        _ => jiff::civil::date(half.year.saturating_add(1), 2, 1).last_of_month(),
    }
}

/// A date as `2008-08-31`, or null.
fn date_as_text<S: serde::Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}
