//! Messages: quotation marks of a reply, columns lined up with blanks, slips of `word: value`, and plain lines.

use super::PassedOver;
use super::columns::{Columns, ROLES, Role, role_of};
use super::gather::{Gathered, GatheredRow, GatheredTable};
use crate::cell::Cell;
use crate::dates::{Day, read_day};
use crate::read_certificate_number::read_certificate_number;

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

/// A message without a table: slips of `word: value`, else one certificate to a line.
pub(super) fn slips_or_lines(text: &str, encoding: &str) -> Gathered {
    let mut passed_over = Vec::new();
    let (kind, rows) = match slips(text, &mut passed_over) {
        rows if rows.is_empty() => {
            passed_over.clear();
            ("lines of a message", lines(text, &mut passed_over))
        }
        rows => ("slips of a message", rows),
    };
    let table = GatheredTable { sheet: None, columns: Columns::default(), comma_separated: false, rows };
    Gathered { kind: format!("{kind}, {encoding}"), tables: vec![table], passed_over }
}

fn new_row(row: u32) -> GatheredRow {
    GatheredRow { row, raw: String::new(), unclosed_quote: false, cells: [const { None }; ROLES] }
}

fn put(row: &mut GatheredRow, role: Role, text: &str) {
    let cell = &mut row.cells[role as usize];
    if cell.is_none() {
        *cell = Some(Cell::text(text.trim().to_owned().into()));
    }
}

/// `Certificate: XA-000001`, `Carats: 1200.00` below each other; the next certificate begins the next slip.
fn slips(text: &str, passed_over: &mut Vec<PassedOver>) -> Vec<GatheredRow> {
    let mut rows: Vec<GatheredRow> = Vec::new();
    for (at, line) in (1..).zip(text.lines()) {
        let said = line.split_once([':', '=']).and_then(|(word, value)| Some((role_of(word)?, value.trim())));
        match said {
            Some((Role::Number, value)) => {
                let mut row = new_row(at);
                put(&mut row, Role::Number, value);
                row.raw = line.trim().to_owned();
                rows.push(row);
            }
            Some((role, value)) if !rows.is_empty() => {
                if let Some(row) = rows.last_mut() {
                    put(row, role, value);
                    row.raw = format!("{} | {}", row.raw, line.trim());
                }
            }
            _ if line.trim().is_empty() => {}
            _ => passed_over.push(PassedOver { row: at, raw: line.trim().to_owned() }),
        }
    }
    rows
}

/// `XA 000 123 arrived 5 March 2026, 1200.50 ct`: the number, what stands before or behind `ct`, the first date.
fn lines(text: &str, passed_over: &mut Vec<PassedOver>) -> Vec<GatheredRow> {
    let mut rows = Vec::new();
    for (at, line) in (1..).zip(text.lines()) {
        match line_of(at, line) {
            Some(row) => rows.push(row),
            None if line.trim().is_empty() => {}
            None => passed_over.push(PassedOver { row: at, raw: line.trim().to_owned() }),
        }
    }
    rows
}

fn line_of(at: u32, line: &str) -> Option<GatheredRow> {
    let spaced = line.replace([';', '\t', '|'], " ").replace(", ", " ");
    let mut tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut row = new_row(at);
    row.raw = line.trim().to_owned();
    let is_mark = |c: char| matches!(c, '-' | '*' | '•' | '·');
    tokens.retain(|token| !token.chars().all(is_mark));
    let is_number = |text: &str| {
        text.bytes().filter(u8::is_ascii_digit).count() >= 3 && read_certificate_number(text, None).is_ok()
    };
    let number = take(&mut tokens, 4, &is_number)?;
    put(&mut row, Role::Number, &number);
    if let Some(day) = take(&mut tokens, 3, &|text| {
        text.bytes().any(|b| b.is_ascii_digit())
            && text.chars().any(|c| !c.is_ascii_digit())
            && !text.contains("ct")
            && !matches!(read_day(&Cell::text(text.to_owned().into())), Day::NotADate)
    }) {
        put(&mut row, Role::Arrived, &day);
    }
    if let Some(carats) = carats_of(&tokens) {
        put(&mut row, Role::Carats, &carats);
    }
    Some(row)
}

/// Takes the first run of tokens that reads, the longest first; they are gone afterwards.
fn take(tokens: &mut Vec<&str>, longest: usize, reads: &dyn Fn(&str) -> bool) -> Option<String> {
    for from in 0..tokens.len() {
        for length in (1..=longest.min(tokens.len() - from)).rev() {
            let run = tokens.get(from..from + length)?.join(" ");
            if reads(run.trim_matches([',', '.', ':', '(', ')'])) {
                tokens.drain(from..from + length);
                return Some(run.trim_matches([',', '.', ':', '(', ')']).to_owned());
            }
        }
    }
    None
}

fn carats_of(tokens: &[&str]) -> Option<String> {
    let is_unit = |token: &str| {
        let word = token.trim_matches([',', '.', ';', ':']).to_lowercase();
        matches!(word.as_str(), "ct" | "cts" | "carat" | "carats" | "quilates")
    };
    for (at, token) in tokens.iter().enumerate() {
        let lower = token.to_lowercase();
        let glued = lower.trim_end_matches(['.', ',', ';']).trim_end_matches("cts").trim_end_matches("ct");
        if glued.len() < lower.trim_end_matches(['.', ',', ';']).len()
            && glued.ends_with(|c: char| c.is_ascii_digit())
        {
            return Some(glued.to_owned());
        }
        if is_unit(token) {
            let figure = |text: &&&str| text.bytes().any(|b| b.is_ascii_digit());
            let before = at.checked_sub(1).and_then(|b| tokens.get(b)).filter(figure);
            return before.or_else(|| tokens.get(at + 1).filter(figure)).map(|text| (*text).to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_its_number_day_and_carats() {
        for (line, number, carats, day) in [
            ("XA 000 123 arrived 5 March 2026, 1,200.50 ct", "XA 000 123", "1,200.50", "5 March 2026"),
            ("- xa-000124: 40.00cts received 2026-03-06", "xa-000124", "40.00", "2026-03-06"),
            ("carats 12.5 of XA/000125 on 07.03.2026", "XA/000125", "12.5", "07.03.2026"),
        ] {
            let row = line_of(1, line).expect(line);
            let cell = |role| row.cell(role).trimmed().to_owned();
            assert_eq!(cell(Role::Number), number, "{line}");
            assert_eq!(cell(Role::Carats), carats, "{line}");
            assert_eq!(cell(Role::Arrived), day, "{line}");
        }
        assert!(line_of(1, "Best regards, Port Sample 1000").is_none());
    }

    #[test]
    fn blanks_part_columns_and_keep_lines() {
        assert_eq!(blanks_as_tabs("a b   c\n  d  e  \n"), "a b\tc\nd\te\n");
        assert_eq!(unquoted("> > a\n>b\n c"), "a\nb\n c");
    }
}
