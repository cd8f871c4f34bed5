//! Writing to the person: results on standard output, everything else on standard error.
//!
//! Standard output is written line by line and flushed, so that a line that was read was really said.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

/// Writes a result. A reader that has gone away stops the command quietly.
pub(crate) fn say(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    // In one piece, so that a reader who has seen the first line of it can go. The io error is kept as it is, so that a
    // broken pipe can be told from a full disk.
    out.write_all(format!("{text}\n").as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a remark beside the result.
pub(crate) fn aside(text: &str) {
    // Where standard error is closed, there is nobody to tell.
    writeln!(std::io::stderr().lock(), "{text}").unwrap_or_default();
}

/// Writes a value as JSON, indented.
pub(crate) fn say_json<T: Serialize + ?Sized>(value: &T) -> Result<()> {
    say(&serde_json::to_string_pretty(value)?)
}

/// `1 fault`, `2 faults`.
pub(crate) fn counted<N: std::fmt::Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let ending = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Columns of text, as wide as they need to be. Columns of figures stand to the right.
pub(crate) struct Table {
    headers: Vec<&'static str>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headers; one that begins with `>` has its figures to the right.
    pub(crate) fn new(headers: &[&'static str]) -> Self {
        Self {
            right: headers.iter().map(|h| h.starts_with('>')).collect(),
            headers: headers.iter().map(|h| h.trim_start_matches('>')).collect(),
            rows: Vec::new(),
        }
    }

    /// One more row, with as many cells as there are headers.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether it has no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text, without a newline at its end.
    pub(crate) fn text(&self) -> String {
        let headers: Vec<String> = self.headers.iter().map(|h| (*h).to_owned()).collect();
        let all: Vec<&Vec<String>> = std::iter::once(&headers).chain(&self.rows).collect();
        let width = |column: usize| {
            all.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..headers.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).zip(&self.right);
            let padded = cells.map(|((cell, width), right)| match right {
                true => format!("{cell:>width$}"),
                false => format!("{cell:<width$}"),
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        all.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Writes the table, or a sentence where it has no rows.
    pub(crate) fn say_or(&self, nothing: &str) -> Result<()> {
        if self.is_empty() { say(nothing) } else { say(&self.text()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_stand_below_each_other() {
        let mut table = Table::new(&["number", ">carats"]);
        table.row(vec!["XA-000001".into(), "1,200.00".into()]);
        table.row(vec!["XA-2".into(), "5.00".into()]);
        assert_eq!(table.text(), "number       carats\nXA-000001  1,200.00\nXA-2           5.00");
    }
}
