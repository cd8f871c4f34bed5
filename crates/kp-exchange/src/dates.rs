//! Dates in the cells of strangers: ISO, day or month first, spelt months, and the day numbers of spreadsheets.
//!
//! `03/04/2008` is the third of April or the fourth of March; only other cells of the same column can tell. Where
//! they do not, the date is left out rather than guessed. The time of day is not kept.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::cell::{Cell, CellKind};
use crate::names::squeeze;

/// Which order a column shows, as far as its unambiguous cells do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DateOrder {
    pub(crate) day_first: bool,
    pub(crate) month_first: bool,
}

/// What a date cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    Is(Date),
    /// Day first or month first: both give a date.
    Either {
        day_first: Date,
        month_first: Date,
    },
    NotADate,
}

impl DateOrder {
    pub(crate) fn learn(&mut self, cell: &Cell<'_>) {
        if let Some((a, b, _)) = slashed(cell.trimmed()) {
            self.day_first |= a > 12 && b <= 12;
            self.month_first |= b > 12 && a <= 12;
        }
    }

    /// The date that an ambiguous cell means, where the column is of one mind.
    pub(crate) const fn decide(self, day_first: Date, month_first: Date) -> Option<Date> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(day_first),
            (false, true) => Some(month_first),
            _ => None,
        }
    }
}

pub(crate) fn read_day(cell: &Cell<'_>) -> Day {
    let text = cell.trimmed();
    if cell.kind == CellKind::Number {
        return serial_day(text).map_or(Day::NotADate, Day::Is);
    }
    if let Some(day) = iso_day(text) {
        return Day::Is(day);
    }
    if let Some((a, b, year)) = slashed(text) {
        return match (Date::new(year, b, a).ok(), Date::new(year, a, b).ok()) {
            (Some(one), Some(other)) if one == other => Day::Is(one),
            (Some(day_first), Some(month_first)) if text.contains('/') || text.contains('-') => {
                Day::Either { day_first, month_first }
            }
            (Some(day), _) | (None, Some(day)) => Day::Is(day), // dotted dates begin with the day everywhere
            (None, None) => Day::NotADate,
        };
    }
    spelt(text).or_else(|| serial_day(text)).map_or(Day::NotADate, Day::Is)
}

/// `2008-03-01`, `2008/03/01`, with or without a time behind it.
fn iso_day(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    let mark = char::from(*day.as_bytes().get(4)?);
    if !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let mut parts = day.split(mark);
    let year = parts.next()?.parse().ok()?;
    Date::new(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?).ok()
}

/// `3/14/2008`, `14.03.2008 10:11`: the two small numbers as they stand, and the year.
fn slashed(text: &str) -> Option<(i8, i8, i16)> {
    let day = text.split([' ', 'T', '\u{a0}']).next()?;
    let mark = day.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = day.trim_end_matches(',').split(mark);
    let (a, b) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = full_year(parts.next()?)?;
    parts.next().is_none().then_some((a, b, year))
}

/// `14 March 2008`, `14-Mar-08`, `March 14, 2008`.
fn spelt(text: &str) -> Option<Date> {
    let mut parts = text.split([' ', '-', ',', '.']).filter(|p| !p.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, month) = match month_number(second) {
        Some(month) => (first, month),
        None => (second, month_number(first)?),
    };
    Date::new(full_year(third)?, month, day.parse().ok()?).ok()
}

fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = squeeze(word);
    let start = word.get(..3)?;
    MONTHS.iter().position(|month| *month == start).and_then(|at| i8::try_from(at + 1).ok())
}

/// Four digits, or two of this century: the scheme began in 2003.
fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// The day number of a spreadsheet (day 1 is 1900-01-01, and a 1900-02-29 that never was is counted).
fn serial_day(text: &str) -> Option<Date> {
    let whole: i32 = text.split('.').next()?.parse().ok()?;
    (20_000..80_000).contains(&whole).then(|| date(1899, 12, 30).checked_add(whole.days()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Day {
        read_day(&Cell::text(text.into()))
    }

    #[test]
    fn every_way_of_writing_one_day() {
        let day = Day::Is(date(2008, 3, 14));
        let ways = [
            "2008-03-14",
            "2008-03-14T10:00:00Z",
            "2008/03/14",
            "14/03/2008",
            "3/14/2008 10:11:12 AM",
            "14.3.2008",
            "14 March 2008",
            "14-Mar-08",
            "March 14, 2008",
            "39521",
            "39521.75",
        ];
        for text in ways {
            assert_eq!(read(text), day, "{text}");
        }
        assert_eq!(read("04.03.2008"), Day::Is(date(2008, 3, 4)), "dotted dates begin with the day");
        assert_eq!(read("soon"), Day::NotADate);
        assert_eq!(read("2008-13-40"), Day::NotADate);
    }

    #[test]
    fn a_date_that_can_be_two_days_is_decided_by_the_column_or_not_at_all() {
        let Day::Either { day_first, month_first } = read("03/04/2008") else { panic!("it can be two days") };
        assert_eq!((day_first, month_first), (date(2008, 4, 3), date(2008, 3, 4)));
        let mut order = DateOrder::default();
        assert_eq!(order.decide(day_first, month_first), None);
        order.learn(&Cell::text("12/31/2008".into()));
        assert_eq!(order.decide(day_first, month_first), Some(month_first));
        order.learn(&Cell::text("31/12/2008".into()));
        assert_eq!(order.decide(day_first, month_first), None, "the column is not of one mind");
    }
}
