//! A line of prose: `Certificate XA-000069 arrived on 2026-12-01 with 70.50 carats`.
//!
//! Takes what stands for the number, the weight and the day, and looks at what remains: a word that speaks against an
//! arrival, a second number, weight or day make the row one to mend. Every line that holds something like a number or a
//! weight becomes a row; what is read of it is for [`read`](super::read) to say.

mod words;

use super::CellFault;
use super::against::word_against;
use super::columns::Role;
use super::gather::GatheredRow;
use crate::read_certificate_number::read_certificate_number;
use words::{
    bare, digits_in, glued_to_unit, has_decimals, is_amount, is_around, is_day, is_number, is_unit,
    stands_for_digits,
};

/// What stands in a line where something was taken, so that the words around it do not close up.
const TAKEN: &str = "it";

/// Words in front of a number.
const LABELS: [&str; 10] =
    ["certificate", "certificat", "certificado", "cert", "number", "numero", "kp", "kpc", "kpcs", "n"];
/// Two letters that are words of a sentence, where they are written small.
const SMALL_WORDS: [&str; 28] = [
    "on", "of", "at", "to", "in", "is", "no", "by", "we", "it", "as", "or", "ct", "nr", "le", "la", "du",
    "de", "au", "et", "en", "un", "os", "em", "do", "da", "ao", "um",
];
/// Words that count: a lone figure behind them begins no weight.
const COUNTED: [&str; 9] = ["parcel", "parcels", "lot", "lots", "colis", "lote", "lotes", "box", "seal"];
/// A number is written with so many digits.
const DIGITS: usize = 6;

/// Reads a line; nothing where it holds neither a number nor a weight.
pub(super) fn row_of(at: u32, line: &str) -> Option<GatheredRow> {
    let spaced = line.replace([';', '\t', '|'], " ");
    let mut line_of = Line { tokens: tokens(&spaced), faults: Vec::new() };
    let number = line_of.number();
    let weight = line_of.weight_with_unit();
    if number.is_none() && weight.is_none() {
        return None;
    }
    let day = line_of.day();
    let weight = weight.or_else(|| line_of.bare_weight());
    if let Some(word) = word_against(&line_of.tokens.join(" ")) {
        line_of.faults.push(speaks_against(&word));
    }
    let mut row = GatheredRow::new(at, line.trim());
    row.put(Role::Number, &number.unwrap_or_default());
    row.put(Role::Carats, &weight.unwrap_or_default());
    row.put(Role::Arrived, &day.unwrap_or_default());
    row.faults = line_of.faults;
    Some(row)
}

/// What is said of a row with a word against an arrival.
pub(super) fn speaks_against(word: &str) -> CellFault {
    CellFault {
        column: "the line".to_owned(),
        sentence: format!("{word:?} may say that the goods did not come, or not as certified"),
        mend: "record by hand what became of them, or correct the line and send it again".to_owned(),
    }
}

/// Whether a line begins as a sum does, and names no certificate.
pub(super) fn is_sum(line: &str) -> bool {
    let headed = line.to_lowercase();
    ["total", "sum", "subtotal", "grand total", "somme"].iter().any(|word| headed.starts_with(word))
        && !row_of(1, line).is_some_and(|row| row.has(Role::Number))
}

struct Line<'l> {
    tokens: Vec<&'l str>,
    faults: Vec<CellFault>,
}

/// Words of a line, without marks that stand alone; `XA-000071,72.50` is two.
fn tokens(line: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(c, '-' | '*' | '•' | '·' | '–' | '—');
    let mut found = Vec::new();
    for token in line.split_whitespace().filter(|token| !token.chars().all(is_mark)) {
        match token.split_once([',', ':', '(']) {
            Some((before, behind)) if !behind.is_empty() && is_number(bare(before)) => {
                found.extend([before, behind]);
            }
            _ => found.push(token),
        }
    }
    found
}

impl Line<'_> {
    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).copied().unwrap_or_default()
    }

    fn take(&mut self, from: usize, length: usize) -> String {
        let end = (from + length).min(self.tokens.len());
        let run: Vec<&str> = self.tokens.splice(from..end, [TAKEN]).collect();
        run.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    }

    /// One of several that say the same, or a fault where they do not.
    fn only(&mut self, mut found: Vec<String>, what: &str, mend: &str) -> Option<String> {
        found.dedup();
        if let [first, .., last] = found.as_slice() {
            let sentence = format!("it holds two {what}, {first} and {last}");
            self.faults.push(CellFault { column: "the line".to_owned(), sentence, mend: mend.to_owned() });
        }
        found.into_iter().next()
    }

    fn number(&mut self) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if let Some(length) = self.number_at(at) {
                found.push(self.take(at, length));
                at = self.without_labels(at);
            }
            at += 1;
        }
        if found.is_empty() {
            found.extend(self.like_a_number());
        }
        found.dedup_by_key(|text| read_certificate_number(text, None).map(|read| read.number).ok());
        self.only(found, "numbers", "write one certificate to a line")
    }

    /// How many words from here on are a number: the fewest that do, and more only to fill up six digits.
    fn number_at(&self, at: usize) -> Option<usize> {
        let first = bare(self.token(at));
        let alone = first.len() == 2
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && !SMALL_WORDS.contains(&first);
        if !alone && !is_number(first) {
            return None;
        }
        let mut digits = if alone { 0 } else { digits_in(first.get(2..).unwrap_or_default()) };
        let mut shortest = (!alone).then_some(1);
        for more in 1..=3 {
            let group = bare(self.token(at + more));
            let is_weight = is_unit(self.token(at + more + 1));
            if digits >= DIGITS || !stands_for_digits(group) || is_weight {
                break;
            }
            digits += group.len();
            if digits == DIGITS || shortest.is_none() && digits >= 3 {
                shortest = Some(more + 1);
            }
        }
        shortest
    }

    /// Words in front of the number that was taken are no part of what a line says; `no` only where it is `No.`
    fn without_labels(&mut self, mut at: usize) -> usize {
        while let Some(before) = at.checked_sub(1) {
            let written = self.token(before);
            let word = bare(written).to_lowercase();
            let label = || before.checked_sub(1).map(|at| bare(self.token(at)).to_lowercase());
            let behind_label = || label().is_some_and(|word| LABELS.contains(&word.as_str()));
            let short = matches!(word.as_str(), "no" | "nr" | "nº" | "num")
                && (written.ends_with(['.', ':', '°', 'º']) || behind_label());
            if !short && !LABELS.contains(&word.as_str()) {
                break;
            }
            self.tokens.remove(before);
            at = before;
        }
        at
    }

    /// What is meant for a number and does not read as one: `certificate 75`, `000064`, `XA-12Z45`.
    fn like_a_number(&mut self) -> Option<String> {
        let at = (0..self.tokens.len()).find(|at| {
            let word = bare(self.token(*at));
            let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
            let before = at.checked_sub(1).map(|at| bare(self.token(at)).to_lowercase()).unwrap_or_default();
            let behind_label =
                matches!(before.as_str(), "no" | "nr") && *at > 1 || LABELS.contains(&before.as_str());
            let six =
                word.len() == DIGITS && word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit());
            let lettered = word.get(..3).is_some_and(|head| {
                head.ends_with('-') && head.bytes().take(2).all(|b| b.is_ascii_uppercase())
            });
            behind_label && begins(word) && !is_unit(self.token(*at + 1))
                || six
                || lettered && word.bytes().filter(u8::is_ascii_digit).count() >= 3
        })?;
        let taken = self.take(at, 1);
        self.without_labels(at);
        Some(taken)
    }

    fn weight_with_unit(&mut self) -> Option<String> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if glued_to_unit(self.token(at)).is_some() {
                found.push(self.weight_at(at, at + 1));
            } else if is_unit(self.token(at)) {
                let before = at.checked_sub(1).filter(|before| is_amount(bare(self.token(*before))));
                let behind = bare(self.token(at + 1)).to_owned();
                match before {
                    Some(before) => {
                        found.push(self.weight_at(before, at + 1));
                        // `lot 2 carats 12.50`: which of the two?
                        found.extend(has_decimals(&behind).then_some(behind));
                    }
                    None if is_amount(&behind) && !is_day(&behind) => {
                        found.push(self.take(at, 2).split_whitespace().last().unwrap_or_default().to_owned());
                    }
                    None => {}
                }
            }
            at += 1;
        }
        self.only(found, "weights", "leave only what was weighed on arrival")
    }

    /// The figure from here on; `1 200.50` is one, as much of the world writes it.
    fn weight_at(&mut self, from: usize, end: usize) -> String {
        let figure = bare(self.token(from)).to_owned();
        let group = from.checked_sub(1).map(|at| bare(self.token(at)).to_owned()).unwrap_or_default();
        let grouped = (1..=3).contains(&group.len())
            && group.bytes().all(|b| b.is_ascii_digit())
            && figure.bytes().take_while(u8::is_ascii_digit).count() == 3;
        let from = if grouped { from - 1 } else { from };
        let counted = from.checked_sub(1).map(|at| bare(self.token(at)).to_lowercase()).unwrap_or_default();
        if grouped && COUNTED.contains(&counted.as_str()) {
            self.faults.push(CellFault {
                column: "the line".to_owned(),
                sentence: format!("{group} {figure} can be one figure or two"),
                mend: "write the weight without blanks within it".to_owned(),
            });
        }
        let taken = self.take(from, end - from);
        let figures = taken.split_whitespace().filter(|token| !is_unit(token));
        let figures: Vec<&str> = figures.map(|token| glued_to_unit(token).unwrap_or(token)).collect();
        figures.join(" ")
    }

    /// A figure with decimals and without a unit, where there is only one.
    fn bare_weight(&mut self) -> Option<String> {
        let is_money =
            |token: &str| matches!(bare(token).to_lowercase().as_str(), "usd" | "us" | "dollars" | "value");
        let is_weight = |at: &usize| {
            let before = at.checked_sub(1).map_or("", |at| self.token(at));
            let word = self.token(*at);
            has_decimals(bare(word))
                && !word.contains('$')
                && !is_money(before)
                && !is_money(self.token(at + 1))
        };
        let places: Vec<usize> = (0..self.tokens.len()).filter(is_weight).collect();
        let found = places.into_iter().map(|at| self.take(at, 1)).collect();
        self.only(found, "figures that can be the weight", "write ct behind what was weighed on arrival")
    }

    fn day(&mut self) -> Option<String> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let run = |length: usize| Some(self.tokens.get(at..at + length)?.join(" "));
            let length =
                (1..=3).find(|length| run(*length).is_some_and(|run| is_day(run.trim_matches(is_around))));
            if let Some(length) = length {
                found.push(self.take(at, length));
            }
            at += 1;
        }
        self.only(found, "days", "leave only the day of arrival")
    }
}

#[cfg(test)]
mod tests;
