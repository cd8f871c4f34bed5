//! The report as plain text, for a terminal, a mail, a file beside the results.

use super::{Section, Table};

/// How long a line of a paragraph may be.
const WIDTH: usize = 100;

/// The whole report.
pub(super) fn written(lead: &str, sections: &[Section], program: &str) -> String {
    let mut out = format!("CERTIFICATES AND CONFIRMATIONS\n\n{}", wrapped(lead));
    for section in sections {
        out.push_str(&format!("\n\n{}\n", section.heading.to_uppercase()));
        for paragraph in &section.paragraphs {
            out.push_str(&format!("\n{}\n", wrapped(paragraph)));
        }
        if let Some(table) = &section.table {
            out.push_str(&format!("\n{}", columns(table)));
        }
    }
    out.push_str(&format!("\n\nWritten by {program}. The same files give the same bytes.\n"));
    out
}

fn wrapped(paragraph: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= WIDTH) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn columns(table: &Table) -> String {
    let columns = table.columns();
    let length = |text: &str| text.chars().count();
    let width = |(at, (header, _)): (usize, &(&str, bool))| {
        table.rows.iter().map(|row| length(&row[at])).chain([length(header)]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = columns.iter().enumerate().map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).zip(&columns).map(|((cell, width), (_, figures))| match figures {
            true => format!("{cell:>width$}"),
            false => format!("{cell:<width$}"),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut out = line(&mut columns.iter().map(|(header, _)| *header));
    for row in &table.rows {
        out.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    out
}
