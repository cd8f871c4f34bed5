//! Words of the report that stand in more than one place. Templates hand numbers over by reference, so the counting
//! ones take either.

use std::borrow::Borrow;

use kp_statistics::series::ReturnState;

/// The text that says why a half has no figure; none where it has one.
pub(crate) const fn why_no_figure(state: ReturnState) -> Option<&'static str> {
    match state {
        ReturnState::Reported | ReturnState::Contradictory => None,
        ReturnState::Nil => Some("report-half-nil"),
        ReturnState::Missing => Some("report-half-missing"),
        ReturnState::NotDue => Some("report-half-not-due"),
        ReturnState::NotExpected => Some("report-half-not-expected"),
    }
}

/// The text that says a state in a table's cell.
pub(crate) const fn state_key(state: ReturnState) -> &'static str {
    match state {
        ReturnState::Reported => "report-state-figures",
        ReturnState::Contradictory => "report-state-contradictory",
        ReturnState::Nil => "report-state-nil",
        ReturnState::Missing => "report-half-missing",
        ReturnState::NotDue => "report-state-not-due",
        ReturnState::NotExpected => "report-half-not-expected",
    }
}

/// The state for programs.
pub const fn state_label(state: ReturnState) -> &'static str {
    match state {
        ReturnState::Reported => "figures",
        ReturnState::Contradictory => "figures and nil",
        ReturnState::Nil => "nil",
        ReturnState::Missing => "no return",
        ReturnState::NotDue => "not yet due",
        ReturnState::NotExpected => "none expected",
    }
}

/// A detector's name for people: `production surge`.
pub fn detector_in_words(name: &str) -> String {
    name.replace('_', " ")
}

/// A whole number with thousands separators: `1,529`.
pub(crate) fn count(number: impl Borrow<usize>) -> String {
    let digits = number.borrow().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 row`, `1,529 rows`.
pub(crate) fn counted(number: impl Borrow<usize>, one: &str, many: &str) -> String {
    let number = *number.borrow();
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A text of the analysis as it is set on a page: the multiplication sign where the machine's plain `x` stands before a
/// figure, and no line broken between a figure and its sign or unit.
pub fn shown(text: &str) -> String {
    const STAYS: char = '\u{a0}';
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len() + 16);
    for (n, &c) in characters.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|b| characters.get(b)).copied();
        let after = characters.get(n + 1).copied();
        let sign = |s: char| s == 'x' || s == '$';
        match c {
            'x' if before.is_none_or(|b| matches!(b, ' ' | '(')) && after == Some(' ') && is_digit(n + 2) => {
                out.push('×');
            }
            ' ' if before.is_some_and(sign) && is_digit(n + 1) => out.push(STAYS),
            ' ' if n > 0 && is_digit(n - 1) && text_follows(&characters, n + 1, "ct") => out.push(STAYS),
            ' ' if n > 0 && is_digit(n - 1) && text_follows(&characters, n + 1, "US$/ct") => out.push(STAYS),
            c => out.push(c),
        }
    }
    out
}

fn text_follows(characters: &[char], at: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(n, c)| characters.get(at + n) == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_separators() {
        assert_eq!([0, 999, 1_529, 1_000_000].map(count), ["0", "999", "1,529", "1,000,000"]);
        assert_eq!(counted(1, "row", "rows"), "1 row");
    }

    #[test]
    fn only_a_factor_becomes_a_multiplication_sign() {
        assert_eq!(shown("(x 3.04); bo 5 is x 2 or more"), "(×\u{a0}3.04); bo 5 is ×\u{a0}2 or more");
        assert_eq!(shown("x marks the place"), "x marks the place");
    }

    #[test]
    fn a_figure_stays_with_its_unit() {
        assert_eq!(
            shown("US$ 10 at 2.00 US$/ct for 5 ct each"),
            "US$\u{a0}10 at 2.00\u{a0}US$/ct for 5\u{a0}ct each"
        );
    }
}
