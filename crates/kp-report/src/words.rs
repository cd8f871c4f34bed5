//! Words of the report that stand in more than one place. Templates hand numbers over by reference, so the counting
//! ones take either.

use std::borrow::Borrow;

use kp_statistics::series::ReturnState;

/// Why a half has no figure; empty where it has one.
pub(crate) const fn state_in_words(state: ReturnState) -> &'static str {
    match state {
        ReturnState::Reported | ReturnState::Contradictory => "",
        ReturnState::Nil => "nil return",
        ReturnState::Missing => "no return",
        ReturnState::NotDue => "no return yet, none held against anyone",
        ReturnState::NotExpected => "none expected",
    }
}

/// The state for a table's cell.
pub(crate) const fn state_label(state: ReturnState) -> &'static str {
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
pub(crate) fn detector_in_words(name: &str) -> String {
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

/// The multiplication sign where the machine's plain `x` stands before or between figures.
pub(crate) fn shown(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (n, &c) in characters.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|b| characters.get(b));
        let starts = before.is_none_or(|b| matches!(b, ' ' | '('));
        let figure = characters.get(n + 1) == Some(&' ') && characters.get(n + 2).is_some_and(char::is_ascii_digit);
        if c == 'x' && starts && figure {
            out.push('×');
        } else {
            out.push(c);
        }
    }
    out
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
        assert_eq!(shown("(x 3.04); box 5 is x 2 or more"), "(× 3.04); box 5 is × 2 or more");
        assert_eq!(shown("x marks"), "x marks");
    }
}
