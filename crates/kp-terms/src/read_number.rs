//! How a certificate's number is read from what people type: forgiving in form, open about every liberty taken.
//!
//! It never guesses a prefix: a digit among the first two letters is refused, for another prefix is another issuer.

use crate::{ParticipantCode, ReadError, quoted::quoted};

/// What was understood of a typed number.
pub(crate) struct ReadNumber {
    pub(crate) prefix: ParticipantCode,
    pub(crate) serial: u64,
    pub(crate) explanations: Vec<String>,
}

/// Digits a serial is written with at least; two groups of so many are two numbers, not one.
const SHORTEST_WRITTEN: usize = 6;

/// What one character of the typed text is.
enum Sign {
    Separator,
    Digit(char),
    /// A letter among the digits that stands for one.
    LetterAsDigit(char),
    /// A digit of another script or width.
    OtherDigit(char),
    Unknown,
}

/// The text taken apart, before anything is judged.
#[derive(Default)]
struct Parts {
    /// The two letters as they were typed.
    prefix: String,
    digits: String,
    letters_as_digits: usize,
    /// Where separators stood, except the one hyphen that the canonical form has too.
    separators: Vec<usize>,
    /// Digits since the last separator, and how many groups had enough of them to be a number of their own.
    group: usize,
    long_groups: usize,
    explanations: Vec<String>,
}

/// Reads a number; see [`CertificateNumber::read_explained`](crate::CertificateNumber::read_explained).
pub(crate) fn read_number(text: &str) -> Result<ReadNumber, ReadError> {
    let refuse = |why: String| {
        ReadError::new(format!(
            "cannot read {} as a certificate number: {why}; write for example XA-000001",
            quoted(text)
        ))
    };
    let parts = take_apart(text).map_err(refuse)?;
    let prefix: ParticipantCode = parts
        .prefix
        .parse()
        .map_err(|_| refuse("it does not begin with the two letters of the issuer".into()))?;
    if parts.digits.is_empty() {
        return Err(refuse("no digits follow the two letters".into()));
    }
    // Otherwise a word such as `hello` would be a number.
    if parts.letters_as_digits == parts.digits.len() {
        return Err(refuse("no digits follow the two letters".into()));
    }
    // `XA-OOOO12` is a number; `Polio 5` is a word and a figure.
    if parts.letters_as_digits * 2 > parts.digits.len() && begins_with_a_word(text) {
        return Err(refuse("it begins with a word, not with the two letters of the issuer".into()));
    }
    if parts.long_groups > 1 {
        return Err(refuse("it looks like two numbers in one; give them one by one".into()));
    }
    let serial = parts.digits.parse().map_err(|_| refuse("the number is too long".into()))?;
    Ok(ReadNumber { prefix, serial, explanations: explain(parts, prefix, serial) })
}

/// Whether the first two letters go on as letters alone until a separator comes.
fn begins_with_a_word(text: &str) -> bool {
    let mut behind = text.trim().chars().skip(2).take_while(|c| !is_separator(*c)).peekable();
    behind.peek().is_some() && behind.all(char::is_alphabetic)
}

fn take_apart(text: &str) -> Result<Parts, String> {
    let mut parts = Parts::default();
    let blanks = text.chars().take_while(|c| c.is_whitespace()).count();
    for (place, c) in (1..).zip(text.trim().chars()) {
        let position = blanks + place;
        if parts.prefix.len() < 2 {
            parts.take_in_front(c, position)?;
        } else if c != '-' || place != 3 {
            parts.take_behind(c, position)?;
        }
    }
    Ok(parts)
}

impl Parts {
    /// A character before the two letters are complete.
    fn take_in_front(&mut self, c: char, position: usize) -> Result<(), String> {
        match c {
            _ if c.is_ascii_alphabetic() => self.prefix.push(c),
            _ if is_separator(c) => self.separators.push(position),
            _ => {
                return Err(format!(
                    "{c:?} at position {position} is not a letter, and a number begins with two"
                ));
            }
        }
        Ok(())
    }

    /// A character after the two letters.
    fn take_behind(&mut self, c: char, position: usize) -> Result<(), String> {
        match sign(c) {
            Sign::Separator => {
                self.separators.push(position);
                self.group = 0;
            }
            Sign::Digit(digit) => self.take_digit(digit),
            Sign::LetterAsDigit(digit) => {
                self.take_digit(digit);
                self.letters_as_digits += 1;
                self.explanations.push(format!("read letter {c} at position {position} as digit {digit}"));
            }
            Sign::OtherDigit(digit) => {
                self.take_digit(digit);
                self.explanations.push(format!("read {c} at position {position} as digit {digit}"));
            }
            Sign::Unknown => return Err(format!("{c:?} at position {position} is not a digit")),
        }
        Ok(())
    }

    fn take_digit(&mut self, digit: char) {
        self.digits.push(digit);
        self.group += 1;
        if self.group == SHORTEST_WRITTEN {
            self.long_groups += 1;
        }
    }
}

fn sign(c: char) -> Sign {
    match c {
        '0'..='9' => Sign::Digit(c),
        'O' | 'o' => Sign::LetterAsDigit('0'),
        'I' | 'i' | 'L' | 'l' => Sign::LetterAsDigit('1'),
        _ if is_separator(c) => Sign::Separator,
        _ => other_digit(c).map_or(Sign::Unknown, Sign::OtherDigit),
    }
}

/// Blanks, hyphens and dashes, dots, slashes, and the invisible marks that copying from other scripts leaves behind.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '/' | '\\' | '_' | '\u{b7}' | '\u{2212}' | '\u{feff}')
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}')
}

/// Arabic-Indic, Persian and full-width digits, as keyboards of participants give them.
fn other_digit(c: char) -> Option<char> {
    let zero =
        ['\u{660}', '\u{6f0}', '\u{ff10}'].into_iter().find(|zero| (*zero..).take(10).any(|d| d == c))?;
    char::from_digit(u32::from(c).checked_sub(u32::from(zero))?, 10)
}

/// Puts the sentences in the order in which one reads: prefix, digits, separators, zeros.
fn explain(parts: Parts, prefix: ParticipantCode, serial: u64) -> Vec<String> {
    let mut explanations = Vec::new();
    if parts.prefix != prefix.as_str() {
        explanations.push(format!("read the prefix {} as {prefix}", parts.prefix));
    }
    explanations.extend(parts.explanations);
    match parts.separators.as_slice() {
        [] => {}
        [one] => explanations.push(format!("left out the separator at position {one}")),
        [before @ .., last] => {
            let before: Vec<String> = before.iter().map(ToString::to_string).collect();
            explanations
                .push(format!("left out the separators at positions {} and {last}", before.join(", ")));
        }
    }
    let written = format!("{serial:06}");
    if written != parts.digits {
        explanations.push(format!(
            "wrote the serial {} as {written}; zeros in front make no difference",
            parts.digits
        ));
    }
    explanations
}
