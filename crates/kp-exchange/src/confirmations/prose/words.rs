//! What one word of a line can be: a number, an amount, a unit, a day.

use crate::cell::Cell;
use crate::dates::{Day, read_day};
use crate::read_certificate_number::read_certificate_number;

pub(super) fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

pub(super) fn stands_for_digits(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'I' | 'i' | 'L' | 'l'))
}

pub(super) fn digits_in(text: &str) -> usize {
    text.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'I' | 'i' | 'L' | 'l')).count()
}

/// Whether one word is a whole number, or the beginning of one that is written in groups.
pub(super) fn is_number(text: &str) -> bool {
    let Some((prefix, behind)) = text.get(..2).zip(text.get(2..)) else { return false };
    if !prefix.bytes().all(|b| b.is_ascii_alphabetic()) || behind.contains(',') {
        return false;
    }
    // `Jul-2026` is no number: the letters go on without a digit.
    let glued: &str = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let digits = digits_in(behind);
    let enough =
        if prefix.bytes().all(|b| b.is_ascii_uppercase()) && behind.starts_with('-') { 1 } else { 3 };
    (glued.is_empty() || stands_for_digits(glued))
        && behind.bytes().any(|b| b.is_ascii_digit())
        && (enough..=9).contains(&digits)
        && read_certificate_number(text, None).is_ok()
}

/// Digits and the marks of an amount, nothing else.
pub(super) fn is_amount(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\''))
}

/// Whether an amount shows decimals: `64.50`, `1,200.5`; a class of goods such as `7102.31` does not.
pub(super) fn has_decimals(text: &str) -> bool {
    let decimals = text.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
    is_amount(text) && (1..=2).contains(&decimals) && !text.starts_with("7102")
}

pub(super) fn is_unit(token: &str) -> bool {
    matches!(bare(token).to_lowercase().as_str(), "ct" | "cts" | "carat" | "carats" | "quilates" | "quilate")
}

/// `40.00cts`: the figure.
pub(super) fn glued_to_unit(token: &str) -> Option<&str> {
    let token = bare(token);
    let figure = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = token.get(figure.len()..)?;
    (is_unit(unit) && is_amount(figure)).then_some(figure)
}

pub(super) fn is_around(c: char) -> bool {
    matches!(c, ',' | '.' | ':' | '(' | ')' | '[' | ']' | '"')
}

/// Whether a run of words is a day: a figure in it, no lone amount, no amount among its words.
pub(super) fn is_day(run: &str) -> bool {
    let words: Vec<&str> = run.split_whitespace().collect();
    let figures = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = |word: &str| is_amount(word) && word.matches(['.', ',']).count() < 2;
    let lone = words.len() == 1 && is_plain(run);
    // A day of several words holds no amount, and no day that is whole by itself: `2026-12-01 with` is none.
    let among = |word: &str| has_decimals(bare(word)) || figures(word) > 4;
    let parted = words.len() > 1 && words.iter().any(|word| among(word));
    figures(run) >= 3
        && !lone
        && !parted
        && !matches!(read_day(&Cell::text(run.to_owned().into())), Day::NotADate)
}
