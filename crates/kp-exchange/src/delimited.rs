//! Rows out of delimited text: quoted fields, any line end, and row numbers as a spreadsheet program counts them.
//!
//! A spreadsheet counts one row per record, blank lines included, however many line ends a quoted field holds.
//! A quote that is opened and never closed must not swallow the rest of the file: from such a line on the quote is
//! read as an ordinary character, for that line alone, and the row is marked. (This is why the usual reader of such
//! files is not used here: it hands out everything up to the end of the file as one field, and drops blank lines.)

use std::borrow::Cow;

use crate::cell::Cell;

/// A quoted field may run over this many lines; a longer one is taken for a quote that was never closed.
const LONGEST_FIELD_LINES: usize = 200;

/// Text whose rows are lines and whose cells are split by one character.
pub(crate) struct Delimited<'a> {
    text: &'a str,
    separator: u8,
}

/// One row as split.
pub(crate) struct Row<'r, 'a> {
    /// As a spreadsheet program counts it, from 1.
    pub(crate) number: u32,
    pub(crate) cells: &'r [Cell<'a>],
    /// A quote was opened in this row and never closed.
    pub(crate) unclosed_quote: bool,
}

impl<'a> Delimited<'a> {
    pub(crate) const fn new(text: &'a str, separator: u8) -> Self {
        Self { text, separator }
    }

    /// Whether its cells are parted by commas.
    pub(crate) const fn is_comma_separated(&self) -> bool {
        self.separator == b','
    }

    /// Calls `each` for every row, blank ones included, until it answers `false`.
    pub(crate) fn visit(&self, each: &mut dyn FnMut(Row<'_, 'a>) -> bool) {
        let mut cells: Vec<Cell<'a>> = Vec::with_capacity(16);
        let mut rest = self.text;
        let mut number: u32 = 0;
        while !rest.is_empty() {
            cells.clear();
            let (line, after) = next_line(rest);
            let mut unclosed_quote = false;
            if !line.as_bytes().contains(&b'"') {
                split_plain(line, self.separator, &mut cells);
                rest = after;
            } else if let Some(after) = split_quoted(rest, self.separator, &mut cells) {
                rest = after;
            } else {
                cells.clear();
                split_plain(line, self.separator, &mut cells);
                unclosed_quote = true;
                rest = after;
            }
            number = number.saturating_add(1);
            if !each(Row { number, cells: &cells, unclosed_quote }) {
                return;
            }
        }
    }
}

/// Splits off the first line: `\n`, `\r\n` and a lone `\r` end one.
fn next_line(text: &str) -> (&str, &str) {
    let Some(end) = text.bytes().position(|b| b == b'\n' || b == b'\r') else {
        return (text, "");
    };
    let (line, tail) = text.split_at(end);
    (line, after_line_end(tail))
}

/// The text behind the line end it begins with.
fn after_line_end(text: &str) -> &str {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\n', '\r'])).unwrap_or(text)
}

fn split_plain<'a>(line: &'a str, separator: u8, cells: &mut Vec<Cell<'a>>) {
    cells.extend(line.split(char::from(separator)).map(|piece| Cell::text(Cow::Borrowed(piece))));
}

/// Splits one record with quoted fields and answers the text behind it; nothing where a quote is never closed.
fn split_quoted<'a>(text: &'a str, separator: u8, cells: &mut Vec<Cell<'a>>) -> Option<&'a str> {
    let mut rest = text;
    loop {
        let opened = rest.trim_start_matches(' ');
        let (cell, tail) = match opened.strip_prefix('"') {
            Some(inside) => quoted_field(inside, separator)?,
            None => {
                let end = rest.bytes().position(|b| b == separator || b == b'\n' || b == b'\r');
                let (field, tail) = rest.split_at(end.unwrap_or(rest.len()));
                (Cow::Borrowed(field), tail)
            }
        };
        cells.push(Cell::text(cell));
        match tail.as_bytes().first() {
            None => return Some(""),
            Some(b) if *b == separator => rest = tail.get(1..)?,
            Some(_) => return Some(after_line_end(tail)),
        }
    }
}

/// Reads a field behind its opening quote up to the separator or line end behind its closing quote.
fn quoted_field(inside: &str, separator: u8) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    let mut doubled = false;
    loop {
        let quote = from + inside.get(from..)?.find('"')?;
        let field = inside.get(..quote)?;
        let behind = inside.get(quote + 1..)?;
        if behind.starts_with('"') {
            doubled = true;
            from = quote + 2;
            continue;
        }
        if field.bytes().filter(|b| *b == b'\n').count() > LONGEST_FIELD_LINES {
            return None;
        }
        let end =
            behind.bytes().position(|b| b == separator || b == b'\n' || b == b'\r').unwrap_or(behind.len());
        let (stray, tail) = behind.split_at(end);
        let mut value = if doubled { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) };
        if !stray.trim().is_empty() {
            if value.contains(['\n', '\r']) {
                return None; // the quote of another row was taken for the end of this one
            }
            value.to_mut().push_str(stray); // text behind the closing quote is kept, as spreadsheet programs do
        }
        return Some((value, tail));
    }
}
