//! Adds rows up into series. Rulings 34: rows of one half add up; Production beside No Production counts what is
//! reported. One sort, then one pass, so that a million rows take a moment and the order of rows cannot matter.

use jiff::civil::Date;
use kp_terms::{Carats, Half, ParticipantCode, UsdCents};

use super::{
    CalendarLine, HalfFigure, MembershipSpan, Part, ParticipantSeries, ProductionSeries, ReturnState,
    WorldHalf, WorldYear, YearFigure, calendar, unit_value,
};
use crate::production::{Declaration, ProductionRow, ProductionType};

/// See [`ProductionSeries::build`].
pub(super) fn build(
    rows: &[ProductionRow],
    membership: &[MembershipSpan],
    today: Option<Date>,
) -> ProductionSeries {
    let sorted = in_order(rows);
    let span = span_of(&sorted);
    let mut participants: Vec<ParticipantSeries> = sorted
        .chunk_by(|a, b| a.participant == b.participant)
        .map(|rows| participant_series(rows, &span))
        .collect();
    calendar::mark_absences(&mut participants, membership, today);
    for series in &mut participants {
        series.years = years_of(&series.halves);
    }
    let world_halves = world_halves(&participants, &span);
    ProductionSeries {
        world_years: world_years(&participants, &world_halves),
        world_halves,
        calendar: super::Calendar { lines: participants.iter().map(calendar_line).collect(), halves: span },
        participants,
    }
}

/// The rows by participant, half, declaration and type, then by everything else that reaches the output. Most of the
/// order is packed into one number first: a million rows are sorted without following a million references.
fn in_order(rows: &[ProductionRow]) -> Vec<&ProductionRow> {
    let mut packed: Vec<(u64, &ProductionRow)> = rows.iter().map(|row| (packed_key(row), row)).collect();
    packed.sort_unstable_by_key(|(key, _)| *key);
    for same in packed.chunk_by_mut(|a, b| a.0 == b.0) {
        same.sort_unstable_by(|(_, a), (_, b)| rest_of_key(a).cmp(&rest_of_key(b)));
    }
    packed.into_iter().map(|(_, row)| row).collect()
}

/// Participant, half, declaration and type as one number that sorts as they do.
fn packed_key(row: &ProductionRow) -> u64 {
    let letters = row.participant.as_str().bytes().fold(0_u64, |key, letter| key << 8 | u64::from(letter));
    let year = u64::from(row.half.year.cast_unsigned() ^ 0x8000);
    let small =
        (u64::from(row.half.half) << 16) | ((row.declaration as u64) << 8) | row.production_type as u64;
    letters << 40 | year << 24 | small
}

/// Everything else a row can differ in.
fn rest_of_key(row: &ProductionRow) -> impl Ord + '_ {
    (&row.place, row.carats, row.value, row.created, row.participant_name.as_str())
}

/// Every half from the first to the last of the files.
fn span_of(sorted: &[&ProductionRow]) -> Vec<Half> {
    let Some(first) = sorted.iter().map(|r| r.half).min() else { return Vec::new() };
    let Some(last) = sorted.iter().map(|r| r.half).max() else { return Vec::new() };
    std::iter::successors(Some(first), |h| (*h < last).then(|| h.next())).collect()
}

/// The series of one participant; `rows` are its rows in order, never empty.
fn participant_series(rows: &[&ProductionRow], span: &[Half]) -> ParticipantSeries {
    let mut returned = rows.chunk_by(|a, b| a.half == b.half).peekable();
    let halves = span
        .iter()
        .map(|&half| match returned.next_if(|rows| rows.first().is_some_and(|r| r.half == half)) {
            Some(rows) => half_figure(half, rows),
            None => absent(half),
        })
        .collect();
    ParticipantSeries {
        participant: rows.first().map(|r| r.participant).expect("because chunks are never empty"),
        name: rows.last().map(|r| r.participant_name.clone()).unwrap_or_default(),
        halves,
        years: Vec::new(),
    }
}

fn absent(half: Half) -> HalfFigure {
    HalfFigure {
        half,
        state: ReturnState::NotExpected,
        carats: Carats::ZERO,
        value: UsdCents::ZERO,
        unit_value: None,
        parts: Vec::new(),
        rows: Vec::new(),
        declared: Vec::new(),
        created: None,
    }
}

fn half_figure(half: Half, rows: &[&ProductionRow]) -> HalfFigure {
    let produced: Vec<&ProductionRow> =
        rows.iter().copied().filter(|r| r.declaration == Declaration::Production).collect();
    let nil = rows.len() > produced.len();
    let parts: Vec<Part> =
        [ProductionType::Unlabelled, ProductionType::Artisanal, ProductionType::LargeScale]
            .into_iter()
            .filter(|t| produced.iter().any(|r| r.production_type == *t))
            .map(|t| {
                let (carats, value) = sum(produced.iter().copied().filter(|r| r.production_type == t));
                Part { production_type: t, carats, value }
            })
            .collect();
    // Carats on a nil row are odd, but they are reported, so they count.
    let (carats, value) = sum(rows.iter().copied());
    HalfFigure {
        half,
        state: match (produced.is_empty(), nil) {
            (true, _) if carats.is_zero() && value.is_zero() => ReturnState::Nil,
            (false, false) => ReturnState::Reported,
            _ => ReturnState::Contradictory,
        },
        carats,
        value,
        unit_value: unit_value(carats, value),
        parts,
        rows: rows.iter().map(|r| r.place.clone()).collect(),
        declared: rows
            .iter()
            .map(|r| Part { production_type: r.production_type, carats: r.carats, value: r.value })
            .collect(),
        created: rows.iter().map(|r| r.created).min().flatten(),
    }
}

/// Sums that hold at the end of the range rather than wrap: 92 quadrillion carats is beyond any return.
fn sum<'a>(rows: impl Iterator<Item = &'a ProductionRow>) -> (Carats, UsdCents) {
    let (carats, cents) = rows.fold((0_i64, 0_i64), |(c, v), r| {
        (c.saturating_add(r.carats.hundredths()), v.saturating_add(r.value.cents()))
    });
    (Carats::from_hundredths(carats), UsdCents::from_cents(cents))
}

/// Sums of figures already added up.
fn total(figures: impl Iterator<Item = (Carats, UsdCents)>) -> (Carats, UsdCents) {
    let (carats, cents) = figures.fold((0_i64, 0_i64), |(c, v), (carats, value)| {
        (c.saturating_add(carats.hundredths()), v.saturating_add(value.cents()))
    });
    (Carats::from_hundredths(carats), UsdCents::from_cents(cents))
}

fn years_of(halves: &[HalfFigure]) -> Vec<YearFigure> {
    halves
        .chunk_by(|a, b| a.half.year == b.half.year)
        .map(|year| {
            let (carats, value) = total(year.iter().map(|h| (h.carats, h.value)));
            YearFigure {
                year: year.first().map_or(0, |h| h.half.year),
                halves_returned: u8::try_from(year.iter().filter(|h| h.state.has_return()).count())
                    .unwrap_or(2),
                carats,
                value,
                unit_value: unit_value(carats, value),
            }
        })
        .collect()
}

fn calendar_line(series: &ParticipantSeries) -> CalendarLine {
    CalendarLine {
        participant: series.participant,
        name: series.name.clone(),
        states: series.halves.iter().map(|h| h.state).collect(),
    }
}

fn in_world(code: ParticipantCode) -> bool {
    !code.is_invented()
}

fn world_halves(participants: &[ParticipantSeries], span: &[Half]) -> Vec<WorldHalf> {
    span.iter()
        .enumerate()
        .map(|(at, &half)| {
            let figures: Vec<&HalfFigure> = participants
                .iter()
                .filter(|s| in_world(s.participant))
                .filter_map(|s| s.halves.get(at))
                .collect();
            let (carats, value) = total(figures.iter().map(|f| (f.carats, f.value)));
            let count = |wanted: &[ReturnState]| {
                u32::try_from(figures.iter().filter(|f| wanted.contains(&f.state)).count())
                    .unwrap_or(u32::MAX)
            };
            WorldHalf {
                half,
                carats,
                value,
                unit_value: unit_value(carats, value),
                reported: count(&[ReturnState::Reported, ReturnState::Contradictory]),
                nil: count(&[ReturnState::Nil]),
                missing: count(&[ReturnState::Missing]),
                open: count(&[ReturnState::NotDue]) > 0,
            }
        })
        .collect()
}

fn world_years(participants: &[ParticipantSeries], halves: &[WorldHalf]) -> Vec<WorldYear> {
    halves
        .chunk_by(|a, b| a.half.year == b.half.year)
        .enumerate()
        .map(|(at, year)| {
            let (carats, value) = total(year.iter().map(|h| (h.carats, h.value)));
            let producing =
                participants.iter().filter(|s| in_world(s.participant)).filter_map(|s| s.years.get(at));
            WorldYear {
                year: year.first().map_or(0, |h| h.half.year),
                carats,
                value,
                unit_value: unit_value(carats, value),
                producers: u32::try_from(producing.filter(|y| !y.carats.is_zero()).count())
                    .unwrap_or(u32::MAX),
                partial: year.len() < 2 || year.iter().any(|h| h.open),
            }
        })
        .collect()
}
