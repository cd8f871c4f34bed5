//! A period in a cell, as people write it: `2026-Q1`, `T1 2026`, `1er trimestre 2026`, `2026-03`, `31.3.2026` never.
//!
//! Asked only whether what stands there lies inside the period of a return; a date that can be read in two ways is not read.

use jiff::civil::{Date, date};
use kp_terms::{Half, Period, Quarter};

use crate::names::squeeze;

/// First and last day.
type Span = (Date, Date);

/// Whether what the cell says lies inside a period; nothing where it cannot be read.
pub(crate) fn lies_in(text: &str, period: Period) -> Option<bool> {
    span(text).map(|(first, last)| first >= period.first_day() && last <= period.last_day())
}

/// Whether a part of a year (`1`, `Q1`, `2e semestre`), or a whole period, lies inside a period.
pub(crate) fn part_lies_in(text: &str, period: Period) -> Option<bool> {
    if let Some(answer) = lies_in(text, period) {
        return Some(answer);
    }
    let part = part(&tokens(text))?;
    let year = period.first_day().year();
    let (kind, number) = match (part, period) {
        ((None, number), Period::Year(_)) => return Some(number >= 1),
        ((None, number), Period::Half(_)) => (Kind::Half, number),
        ((None, number), Period::Quarter(_)) => (Kind::Quarter, number),
        ((Some(kind), number), _) => (kind, number),
    };
    let (first, last) = span_of(year, kind, number)?;
    Some(first >= period.first_day() && last <= period.last_day())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Half,
    Quarter,
}

fn span(text: &str) -> Option<Span> {
    if let Ok(period) = text.parse::<Period>() {
        return Some((period.first_day(), period.last_day()));
    }
    let mut tokens = tokens(text);
    let is_year = |token: &String| {
        token.len() == 4 && token.parse().is_ok_and(|year: i16| (1990..=2099).contains(&year))
    };
    let Some(at) = tokens.iter().position(is_year) else {
        let [both] = tokens.as_slice() else { return None };
        let (year, month) = both.split_at_checked(4).filter(|_| both.len() == 6)?;
        return month_of(year.parse().ok()?, month);
    };
    let year: i16 = tokens.remove(at).parse().ok()?;
    match tokens.as_slice() {
        [] => Some((date(year, 1, 1), date(year, 12, 31))),
        [month] if month.len() <= 2 && month.bytes().all(|b| b.is_ascii_digit()) => month_of(year, month),
        [month, day] if at == 0 && [month, day].iter().all(|it| it.bytes().all(|b| b.is_ascii_digit())) => {
            let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some((day, day))
        }
        rest => match part(rest)? {
            (Some(kind), number) => span_of(year, kind, number),
            (None, _) => None,
        },
    }
}

fn month_of(year: i16, month: &str) -> Option<Span> {
    let first = Date::new(year, month.parse().ok()?, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn span_of(year: i16, kind: Kind, number: u8) -> Option<Span> {
    let period = match (kind, number) {
        (Kind::Half, 1..=2) => Period::Half(Half { year, half: number }),
        (Kind::Quarter, 1..=4) => Period::Quarter(Quarter { year, quarter: number }),
        _ => return None,
    };
    Some((period.first_day(), period.last_day()))
}

/// One number and at most one word for half or quarter.
fn part(tokens: &[String]) -> Option<(Option<Kind>, u8)> {
    let (mut kind, mut number) = (None, None);
    for token in tokens {
        match token.as_str() {
            "q" | "t" | "qtr" | "quarter" | "trim" | "trimestre" => kind = kind.xor(Some(Kind::Quarter)),
            "h" | "s" | "half" | "semester" | "semestre" | "sem" => kind = kind.xor(Some(Kind::Half)),
            "st" | "nd" | "rd" | "th" | "er" | "e" | "eme" | "o" | "º" | "of" | "de" | "do" | "year" => {}
            word => {
                let read = match word {
                    "i" | "first" | "premier" | "primeiro" => 1,
                    "ii" | "second" | "deuxieme" | "segundo" => 2,
                    "iii" | "third" | "troisieme" | "terceiro" => 3,
                    "iv" | "fourth" | "quatrieme" | "quarto" => 4,
                    digits => digits.parse::<u8>().ok().filter(|number| (1..=4).contains(number))?,
                };
                if number.replace(read).is_some() {
                    return None;
                }
            }
        }
    }
    Some((kind, number?))
}

/// Digits and letters apart: `T1 2026` is `t`, `1`, `2026`.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = c.is_alphanumeric().then_some(c.is_ascii_digit());
        if kind.is_some() && kind != last {
            tokens.push(String::new());
        }
        if let (Some(_), Some(token)) = (kind, tokens.last_mut()) {
            token.push(c);
        }
        last = kind;
    }
    tokens.iter().map(|token| squeeze(token)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_people_write_it() {
        let quarter: Period = "2026-Q1".parse().unwrap();
        for inside in [
            "2026-Q1",
            "2026Q1",
            "Q1 2026",
            "T1 2026",
            "2026-T1",
            "1er trimestre 2026",
            "1º trimestre de 2026",
            "First quarter of 2026",
            "I trimestre 2026",
            "2026-03",
            "202602",
            "03/2026",
            "2026-03-31",
        ] {
            assert_eq!(lies_in(inside, quarter), Some(true), "{inside}");
        }
        for outside in [
            "2026-Q2",
            "2025-Q1",
            "2026",
            "2026-H1",
            "S1 2026",
            "2026-04",
            "202504",
            "2026-04-01",
            "2º trimestre 2026",
        ] {
            assert_eq!(lies_in(outside, quarter), Some(false), "{outside}");
        }
        for unread in ["", "31/03/2026", "Q5 2026", "2026-13", "winter", "2026 2025", "Q1", "12345678"] {
            assert_eq!(lies_in(unread, quarter), None, "{unread}");
        }
    }

    #[test]
    fn a_part_of_a_year_is_of_the_year_of_the_return() {
        let (quarter, half): (Period, Period) = ("2026-Q1".parse().unwrap(), "2026-H2".parse().unwrap());
        for (text, of, expected) in [
            ("1", quarter, Some(true)),
            ("Q1", quarter, Some(true)),
            ("2", quarter, Some(false)),
            ("1er semestre", quarter, Some(false)),
            ("2", half, Some(true)),
            ("Q3", half, Some(true)),
            ("Q1", half, Some(false)),
            ("H2", half, Some(true)),
            ("2025-H2", half, Some(false)),
            ("5", quarter, None),
            ("winter", quarter, None),
        ] {
            assert_eq!(part_lies_in(text, of), expected, "{text} in {of}");
        }
    }
}
