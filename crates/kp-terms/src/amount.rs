//! Reading and writing of two-decimal amounts, shared by carats, dollars and dollars per carat.
//!
//! Accepts what people type and spreadsheets hold: `36000`, `36,000.00`, `36 000.00`, `36'000,5`, `1.234.567,89`,
//! and groups as India writes them, `12,34,567.00`. How a lone mark is read:
//! - a dot or a comma before exactly three digits is refused where it could be either (`1.234`, `1,234`), since 1234
//!   and 1.234 lie a factor of a thousand apart and half the world writes either; `36000.000`, `0.500` and `0,500` can
//!   only be decimals and are read, and so are `36,000.00` and `12,600,000`, whose commas can only part thousands;
//! - any other lone comma is a decimal comma (`36000,5`).
//!
//! What stays ambiguous is refused with a sentence, never guessed. More than two decimals are never rounded here.

use std::fmt;

use crate::{ReadError, quoted::quoted};

/// Reads a two-decimal amount as hundredths. `what` names it in the sentence (`"carats"`).
pub(crate) fn read_hundredths(text: &str, what: &str) -> Result<i64, ReadError> {
    understand(text.trim())
        .map_err(|why| ReadError::new(format!("cannot read {} as {what}: {why}", quoted(text.trim()))))
}

fn understand(text: &str) -> Result<i64, String> {
    let (negative, unsigned) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    if let Some(c) =
        unsigned.chars().find(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',') && !is_spacing(*c))
    {
        return Err(format!("{c:?} is not a digit; write for example 1250.00"));
    }
    if !unsigned.contains(|c: char| c.is_ascii_digit()) {
        return Err("there are no digits in it; write for example 1250.00".into());
    }
    let (whole, decimals) = split_decimals(unsigned)?;
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 2 {
        return Err("it has more than two decimals; round it to two".into());
    }
    let digits = format!("{whole}{decimals:0<2}");
    let magnitude = digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .try_fold(0_i64, |value, digit| value.checked_mul(10)?.checked_sub(i64::from(digit)));
    // Counted downwards, because the least number has no positive counterpart.
    let value = if negative { magnitude } else { magnitude.and_then(i64::checked_neg) };
    value.ok_or_else(|| "the number is too large".to_owned())
}

/// Blanks of every width, apostrophes and underscores only ever separate thousands.
fn is_spacing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '\u{2019}' | '_')
}

/// Splits into whole digits without separators, and decimals.
fn split_decimals(text: &str) -> Result<(String, &str), String> {
    let (whole, decimals) = match decimal_mark(text)? {
        Some(mark) => text.split_once(mark).unwrap_or((text, "")),
        None => (text, ""),
    };
    if !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return Err("there is more than one decimal point in it, or a separator after the decimals".into());
    }
    let separators: String = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    if let Some(separator) = separators.chars().next() {
        if separators.chars().any(|c| c != separator) {
            return Err("it mixes different thousands separators; use one, or none".into());
        }
        if !well_grouped(whole, separator) {
            return Err(format!("the thousands separators {separator:?} are not in groups of three"));
        }
    }
    Ok((whole.chars().filter(char::is_ascii_digit).collect(), decimals))
}

/// Which mark begins the decimals, if any does.
fn decimal_mark(text: &str) -> Result<Option<char>, String> {
    let spaced = text.contains(is_spacing);
    let marks = |mark| text.matches(mark).count();
    match (text.rfind('.'), text.rfind(',')) {
        (None, None) => Ok(None),
        (Some(dot), Some(comma)) => Ok(Some(if dot > comma { '.' } else { ',' })),
        (Some(_), None) if marks('.') > 1 => Ok(None),
        (None, Some(_)) if marks(',') > 1 => Ok(None),
        (Some(_), None) if !spaced && could_be_thousands(text, '.') => Err(either(text, '.')),
        (Some(_), None) => Ok(Some('.')),
        (None, Some(_)) if !spaced && could_be_thousands(text, ',') => Err(either(text, ',')),
        (None, Some(_)) => Ok(Some(',')),
    }
}

/// Why a lone dot or comma before three digits is refused, with the texts that would be clear.
fn either(text: &str, mark: char) -> String {
    let decimal = match text.trim_end_matches('0') {
        two_at_most if two_at_most.len() < text.len() => {
            two_at_most.trim_end_matches(mark).replace(mark, ".")
        }
        _ => "the amount with two decimals".to_owned(),
    };
    let name = if mark == '.' { "dot" } else { "comma" };
    format!("the {name} could separate thousands or decimals; write {} or {decimal}", text.replace(mark, ""))
}

/// One to three digits that do not begin with 0, the mark, and three digits.
fn could_be_thousands(text: &str, mark: char) -> bool {
    text.split_once(mark).is_some_and(|(before, after)| {
        (1..=3).contains(&before.len()) && !before.starts_with('0') && after.len() == 3
    })
}

/// Groups of three; or, with commas, of two before the last three (lakh and crore).
fn well_grouped(whole: &str, separator: char) -> bool {
    let groups: Vec<usize> = whole.split(separator).map(str::len).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return false };
    let threes = (1..=3).contains(first) && middle.iter().all(|len| *len == 3);
    let lakhs = separator == ',' && (1..=2).contains(first) && middle.iter().all(|len| *len == 2);
    *last == 3 && (threes || lakhs)
}

/// Takes one of the units off the end or the beginning, whatever its case.
pub(crate) fn without_unit<'a>(text: &'a str, before: &[&str], after: &[&str]) -> &'a str {
    let text = text.trim();
    let begun = before.iter().find_map(|unit| {
        let (head, rest) = text.split_at_checked(unit.len())?;
        head.eq_ignore_ascii_case(unit).then_some(rest.trim_start())
    });
    let text = begun.unwrap_or(text);
    let ended = after.iter().find_map(|unit| {
        let (rest, tail) = text.split_at_checked(text.len().checked_sub(unit.len())?)?;
        tail.eq_ignore_ascii_case(unit).then_some(rest.trim_end())
    });
    ended.unwrap_or(text)
}

/// Writes hundredths with exactly two decimals: `3600000` becomes `36000.00`.
pub(crate) fn write_hundredths(value: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    f.pad(&format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100))
}

/// Writes hundredths with two decimals and thousands separators: `36,000.00`.
pub(crate) fn write_grouped(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    let whole = (magnitude / 100).to_string();
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{sign}{grouped}.{:02}", magnitude % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_and_spreadsheets_write_them() {
        let read = [
            ("0", 0),
            ("-0", 0),
            ("5.", 500),
            (".5", 50),
            ("36000", 3_600_000),
            ("36000.5", 3_600_050),
            ("36000,5", 3_600_050),
            ("36,000.00", 3_600_000),
            ("12,600,000", 1_260_000_000),
            ("36,000.50", 3_600_050),
            ("36.000,50", 3_600_050),
            ("36 000,50", 3_600_050),
            ("36\u{a0}000.50", 3_600_050),
            ("36\u{202f}000,5", 3_600_050),
            ("36'000.50", 3_600_050),
            ("36\u{2019}000", 3_600_000),
            ("1.234,56", 123_456),
            ("1.234.567,89", 123_456_789),
            ("1.234.567", 123_456_700),
            ("1,234,567", 123_456_700),
            ("12,34,567.00", 123_456_700),
            ("36000.000", 3_600_000),
            ("1234,500", 123_450),
            ("0.500", 50),
            ("0,500", 50),
            ("1 234,500", 123_450),
            ("007", 700),
            ("-1,250.75", -125_075),
            ("\u{2212} 5", -500),
            ("92233720368547758.07", i64::MAX),
            ("-92233720368547758.08", i64::MIN),
        ];
        for (text, hundredths) in read {
            assert_eq!(read_hundredths(text, "carats").map_err(|e| e.to_string()), Ok(hundredths), "{text}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_odd_is_refused_with_its_reason() {
        let refused = [
            ("", "no digits"),
            ("-", "no digits"),
            (".,", "no digits"),
            ("n/a", "'n' is not a digit"),
            ("1e5", "'e' is not a digit"),
            ("--5", "'-' is not a digit"),
            ("(5)", "'(' is not a digit"),
            ("١٢", "is not a digit"),
            ("1.234", "could separate thousands or decimals; write 1234 or the amount with two decimals"),
            ("12.500", "write 12500 or 12.5"),
            ("12.000", "write 12000 or 12"),
            ("1,250", "the comma could separate thousands or decimals; write 1250 or 1.25"),
            ("-1,250", "write 1250 or 1.25"),
            ("36,000", "write 36000 or 36"),
            ("1,234", "write 1234 or the amount with two decimals"),
            ("1.2345", "more than two decimals"),
            ("0,125", "more than two decimals"),
            ("12 34", "not in groups of three"),
            ("1,23,4567", "not in groups of three"),
            ("12.34.567", "not in groups of three"),
            ("1,2345", "more than two decimals"),
            ("1.234 567,00", "mixes different thousands separators"),
            ("1,234.567.890", "more than one decimal point"),
            ("1.5 0", "separator after the decimals"),
            ("92233720368547758.08", "too large"),
            ("99999999999999999999999", "too large"),
        ];
        for (text, reason) in refused {
            let sentence = read_hundredths(text, "carats").unwrap_err().to_string();
            assert!(sentence.contains(reason) && sentence.contains("as carats"), "{text}: {sentence}");
        }
    }

    #[test]
    fn grouped_amounts_read_back() {
        for value in [0, 5, -5, 99_999, 100_000, 123_456_789, -123_456_700, i64::MAX, i64::MIN] {
            assert_eq!(read_hundredths(&write_grouped(value), "carats"), Ok(value));
        }
        assert_eq!(write_grouped(-123_456_789), "-1,234,567.89");
    }
}
