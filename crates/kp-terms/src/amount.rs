//! Reading and writing of two-decimal amounts, shared by carats and dollars.
//!
//! Accepts what people type and spreadsheets hold: `36000`, `36,000.00`, `36 000.00`, `36'000.00`. A single comma
//! followed by one or two digits at the end is a decimal comma (`36000,5`); a comma before three digits is a
//! thousands separator. What stays ambiguous is refused with a sentence, never guessed.

use crate::ReadError;

/// Reads a two-decimal amount as hundredths. `what` names it in the sentence (`"carats"`).
pub(crate) fn read_hundredths(text: &str, what: &str) -> Result<i64, ReadError> {
    let bare: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_')).collect();
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    let refuse = |why: &str| ReadError::new(format!("cannot read {text:?} as {what}: {why}"));
    let (whole, decimals) = split_decimals(digits).map_err(|why| refuse(&why))?;
    if whole.is_empty() && decimals.is_empty() {
        return Err(refuse("there are no digits in it; write for example 1250.00"));
    }
    if let Some(c) = whole.chars().chain(decimals.chars()).find(|c| !c.is_ascii_digit()) {
        return Err(refuse(&format!("{c:?} is not a digit")));
    }
    let kept = decimals.trim_end_matches('0');
    if kept.len() > 2 {
        return Err(refuse("it has more than two decimals; round it to two"));
    }
    let mut value: i64 = 0;
    for c in whole.chars().chain(format!("{kept:0<2}").chars()) {
        let digit = i64::from(c.to_digit(10).unwrap_or(0));
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit))
            .ok_or_else(|| refuse("the number is too large"))?;
    }
    Ok(if negative { -value } else { value })
}

/// Splits into whole digits (separators removed) and decimals.
fn split_decimals(digits: &str) -> Result<(String, String), String> {
    let last_dot = digits.rfind('.');
    let last_comma = digits.rfind(',');
    let (decimal, thousands) = match (last_dot, last_comma) {
        (Some(d), Some(c)) if d > c => (Some('.'), Some(',')),
        (Some(_), Some(_)) => (Some(','), Some('.')),
        (Some(_), None) if digits.matches('.').count() > 1 => (None, Some('.')),
        (Some(_), None) => (Some('.'), None),
        (None, Some(c)) if digits.matches(',').count() > 1 || digits.len() - c - 1 == 3 => (None, Some(',')),
        (None, Some(_)) => (Some(','), None),
        (None, None) => (None, None),
    };
    let (whole, decimals) = match decimal {
        Some(mark) => match digits.split_once(mark) {
            Some((w, d)) => (w, d),
            None => (digits, ""),
        },
        None => (digits, ""),
    };
    if let Some(mark) = thousands {
        let groups: Vec<&str> = whole.split(mark).collect();
        let well_formed = groups.first().is_some_and(|g| (1..=3).contains(&g.len()))
            && groups.iter().skip(1).all(|g| g.len() == 3);
        if !well_formed {
            return Err(format!("the thousands separators {mark:?} are not in groups of three"));
        }
    }
    Ok((whole.chars().filter(|c| Some(*c) != thousands).collect(), decimals.to_owned()))
}

/// Writes hundredths with exactly two decimals: `3600000` becomes `36000.00`.
pub(crate) fn write_hundredths(value: i64, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{sign}{grouped}.{:02}", magnitude % 100)
}
