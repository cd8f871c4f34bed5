//! Messages: quotation marks of a reply, columns lined up with blanks, slips of `word: value`, and plain lines.

use super::columns::{Columns, Role, role_of};
use super::gather::{Gathered, GatheredRow, GatheredTable};
use super::{CellFault, PassedOver, against, around, prose};
use crate::cell::says_nothing;

/// Without the marks that a reply puts before quoted lines. Lines stay lines, so that their numbers hold.
pub(super) fn unquoted(text: &str) -> String {
    let line = |line: &str| {
        let mut rest = line;
        while let Some(inner) = rest.trim_start_matches([' ', '\u{a0}']).strip_prefix('>') {
            rest = inner.strip_prefix(' ').unwrap_or(inner);
        }
        rest.to_owned()
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Columns that were lined up with blanks: two blanks and more part cells.
pub(super) fn blanks_as_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blanks = 0_usize;
    for c in text.replace('\u{a0}', " ").chars() {
        if c == ' ' {
            blanks += 1;
            continue;
        }
        match blanks {
            0 => {}
            1 => out.push(' '),
            // Blanks before a line's first word, or before its end, part nothing.
            _ if c == '\n' || c == '\r' || out.is_empty() || out.ends_with('\n') => {}
            _ => out.push('\t'),
        }
        blanks = 0;
        out.push(c);
    }
    out
}

/// A message without a table: slips of `word: value`, and one certificate to a line; both may stand in one message.
pub(super) fn slips_or_lines(text: &str, encoding: &str) -> Gathered {
    let mut reader = Message::default();
    for (at, line) in (1..).zip(text.lines()) {
        reader.line(at, line.trim());
    }
    let kind = if reader.slips > 0 { "slips of a message" } else { "lines of a message" };
    let Message { mut rows, passed_over, .. } = reader;
    around::doubts_of_lines(&mut rows, &passed_over);
    let table = GatheredTable { sheet: None, columns: Columns::default(), comma_separated: false, rows };
    Gathered { kind: format!("{kind}, {encoding}"), tables: vec![table], passed_over }
}

/// A message as it is read, line by line.
#[derive(Default)]
struct Message {
    rows: Vec<GatheredRow>,
    passed_over: Vec<PassedOver>,
    /// The slip that is being read: its place among the rows.
    open: Option<usize>,
    /// A blank line stood below the open slip.
    parted: bool,
    /// How many slips there were.
    slips: usize,
    /// A weight stood above the first certificate: whose each weight is cannot be said.
    weight_first: bool,
}

impl Message {
    fn line(&mut self, at: u32, line: &str) {
        if line.is_empty() {
            self.parted = true;
            return;
        }
        let said = line.split_once([':', '=']).and_then(|(word, value)| Some((role_of(word)?, value.trim())));
        match said {
            Some((Role::Number, value)) if begins_a_slip(line, value) => self.slip(at, line, value),
            Some((role, value)) if role != Role::Number && self.belongs(role, value) => {
                self.value(at, line, role, value);
            }
            _ => {
                if matches!(said, Some((Role::Number, _))) {
                    self.open = None; // whatever follows is not the slip's above
                }
                self.prose(at, line, matches!(said, Some((Role::Carats, _))));
            }
        }
    }

    /// `Certificate: XA-000001` begins a slip.
    fn slip(&mut self, at: u32, line: &str, value: &str) {
        let mut row = GatheredRow::new(at, line);
        row.put(Role::Number, value);
        row.faults.extend(word_of_label(line));
        if self.weight_first {
            row.faults.push(CellFault {
                column: "the slip".to_owned(),
                sentence:
                    "a weight stands above the first certificate, so whose each weight is cannot be said"
                        .to_owned(),
                mend: "write the certificate's number first in each slip".to_owned(),
            });
        }
        self.open = Some(self.rows.len());
        self.parted = false;
        self.slips += 1;
        self.rows.push(row);
    }

    /// Whether `word: value` goes on with the open slip. A blank line ends a slip that has its weight; what names a
    /// certificate of its own is no remark on this one.
    fn belongs(&self, role: Role, value: &str) -> bool {
        let Some(row) = self.open.and_then(|open| self.rows.get(open)) else { return false };
        let full = self.parted && row.has(Role::Carats) && row.has(role);
        let another = || prose::row_of(1, value).is_some_and(|row| row.has(Role::Number));
        !full && (role != Role::Remarks || !another())
    }

    fn value(&mut self, at: u32, line: &str, role: Role, value: &str) {
        let Some(row) = self.open.and_then(|open| self.rows.get_mut(open)) else { return };
        let before = row.cell(role).trimmed().to_owned();
        if !before.is_empty() && before != value && role != Role::Remarks {
            row.faults.push(CellFault {
                column: super::columns::usual_word(role).to_owned(),
                sentence: format!("it stands there twice, {before} and {value}"),
                mend: "leave only the right one".to_owned(),
            });
        }
        row.faults.extend(word_of_label(line));
        if role == Role::Remarks {
            row.faults.extend(against::word_against(line).map(|word| prose::speaks_against(&word)));
        }
        if role == Role::Remarks && !before.is_empty() {
            row.put_again(role, &format!("{before}; {value}"));
        } else {
            row.put(role, value);
        }
        row.raw = format!("{} | {line}", row.raw);
        row.until = at;
    }

    /// A line of its own: a row where it holds a number or a weight, else one that is passed over and named.
    fn prose(&mut self, at: u32, line: &str, is_weight: bool) {
        match prose::row_of(at, line) {
            Some(row) if row.has(Role::Number) || !prose::is_sum(line) => {
                self.weight_first |= self.slips == 0 && !row.has(Role::Number);
                self.rows.push(row);
                self.open = None;
            }
            None if is_weight && !prose::is_sum(line) => {
                self.weight_first |= self.slips == 0;
                self.rows.push(GatheredRow::new(at, line));
            }
            _ => self.passed_over.push(PassedOver { sheet: None, row: at, raw: line.to_owned() }),
        }
    }
}

/// `Number not received: XA-000001`
fn word_of_label(line: &str) -> Option<CellFault> {
    let (label, _) = line.split_once([':', '='])?;
    against::word_against_heading(label).map(|word| prose::speaks_against(&word))
}

/// Whether what stands behind `Certificate:` is a number, or no figure on purpose, and not the rest of a sentence.
fn begins_a_slip(line: &str, value: &str) -> bool {
    let has_digit = value.bytes().any(|b| b.is_ascii_digit());
    !value.is_empty()
        && (has_digit || says_nothing(value))
        && !prose::row_of(1, line).is_some_and(|row| row.has(Role::Carats))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_part_columns_and_keep_lines() {
        assert_eq!(blanks_as_tabs("a b   c\n  d  e  \n"), "a b\tc\nd\te\n");
        assert_eq!(unquoted("> > a\n>b\n c"), "a\nb\n c");
    }
}
