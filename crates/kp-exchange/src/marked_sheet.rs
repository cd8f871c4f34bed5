//! A sheet given back with its problems marked in its cells: red where it blocks, yellow where it warns, each with a note.
//!
//! peers 4.2: whoever sent the sheet mends it where it is wrong, and needs no other list. A second sheet lists every problem,
//! grouped by rule with counts. Same input, same bytes: the workbook carries no clock.

use anyhow::{Context, Result};
use kp_statistics::return_rules::Column;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Note, Workbook, Worksheet};

use crate::cell::Cell;
use crate::return_sheet::{GridCell, ReturnSheet};
use crate::table::Table;

/// The columns of the list of problems.
const TITLES: [&str; 6] =
    ["rule", "count", "blocks or warns", "row", "column", "what is wrong, and how to mend it"];

/// Something to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which rule, or `cell_unread`.
    pub rule: String,
    /// Whether it blocks.
    pub blocks: bool,
    /// The row; 0 where it is about the whole return.
    pub row: u32,
    /// Which cell.
    pub column: Column,
    /// What is wrong, and how to mend it.
    pub sentence: String,
}

/// Writes the sheet with its marks as an .xlsx file.
///
/// # Errors
/// Where the workbook cannot be written.
pub fn marked_sheet(sheet: &ReturnSheet, marks: &[Mark]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2003, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    write_sheet(book.add_worksheet().set_name("Return")?, sheet, marks)?;
    write_problems(book.add_worksheet().set_name("Problems")?, marks)?;
    book.save_to_buffer().context("writing the marked sheet")
}

fn write_sheet(to: &mut Worksheet, sheet: &ReturnSheet, marks: &[Mark]) -> Result<()> {
    let (plain, bold) = (Format::new(), Format::new().set_bold());
    let red =
        Format::new().set_background_color(Color::RGB(0x00FF_C7CE)).set_font_color(Color::RGB(0x009C_0006));
    let yellow =
        Format::new().set_background_color(Color::RGB(0x00FF_EB9C)).set_font_color(Color::RGB(0x007F_6000));
    for (row, cells) in &sheet.grid {
        let format = if *row == sheet.header_row { &bold } else { &plain };
        for (at, cell) in cells.iter().enumerate() {
            write_cell(to, (row.saturating_sub(1), column_number(at)?), cell, format)?;
        }
    }
    for (row, column, told) in by_cell(sheet, marks) {
        let cells = sheet.grid.iter().find(|(number, _)| *number == row);
        let cell = cells.and_then(|(_, cells)| cells.get(column)).cloned().unwrap_or_default();
        let blocks = told.iter().any(|mark| mark.blocks);
        let at = (row.saturating_sub(1), column_number(column)?);
        write_cell(to, at, &cell, if blocks { &red } else { &yellow })?;
        let said: Vec<String> = told.iter().map(|mark| format!("{}: {}", mark.rule, mark.sentence)).collect();
        to.insert_note(at.0, at.1, &Note::new(said.join("\n")).set_author("kpcs"))?;
    }
    Ok(())
}

/// A number stays a number. All else goes as text: what a spreadsheet program would round or read as a date is given back as
/// it came.
fn write_cell(to: &mut Worksheet, (row, column): (u32, u16), cell: &GridCell, format: &Format) -> Result<()> {
    match cell.text.parse::<f64>() {
        Ok(number) if cell.is_number => to.write_with_format(row, column, number, format)?,
        _ => to.write_with_format(row, column, &cell.text, format)?,
    };
    Ok(())
}

/// Whether a table is the list of problems of a sheet that was given back, and comes again with it.
pub(crate) fn lists_problems(table: &Table<'_>) -> bool {
    let mut is_list = false;
    table.visit(&mut |row| {
        is_list = row.cells.iter().map(Cell::trimmed).eq(TITLES);
        false
    });
    is_list
}

/// Marks by cell, in the order of rows and columns. What is about the whole return, or a column that is not there, is marked
/// at the header's first cell.
fn by_cell<'m>(sheet: &ReturnSheet, marks: &'m [Mark]) -> Vec<(u32, usize, Vec<&'m Mark>)> {
    let mut cells: std::collections::BTreeMap<(u32, usize), Vec<&Mark>> = std::collections::BTreeMap::new();
    for mark in marks {
        let place = match sheet.columns.get(&mark.column) {
            Some(at) if mark.row > 0 => (mark.row, *at),
            _ if mark.row > 0 => (mark.row, 0),
            _ => (sheet.header_row, 0),
        };
        cells.entry(place).or_default().push(mark);
    }
    cells.into_iter().map(|((row, column), marks)| (row, column, marks)).collect()
}

fn write_problems(to: &mut Worksheet, marks: &[Mark]) -> Result<()> {
    let bold = Format::new().set_bold();
    let mut rules: Vec<&str> = marks.iter().map(|mark| mark.rule.as_str()).collect();
    rules.dedup();
    let mut row = 0;
    for (at, title) in (0..).zip(TITLES) {
        to.write_with_format(row, at, title, &bold)?;
    }
    for rule in rules {
        let of_rule: Vec<&Mark> = marks.iter().filter(|mark| mark.rule == rule).collect();
        for (at, mark) in of_rule.iter().enumerate() {
            row += 1;
            if at == 0 {
                to.write(row, 0, rule)?;
                to.write(row, 1, u32::try_from(of_rule.len())?)?;
            }
            to.write(row, 2, if mark.blocks { "blocks" } else { "warns" })?;
            to.write(row, 3, mark.row)?;
            to.write(row, 4, mark.column.word())?;
            to.write(row, 5, mark.sentence.as_str())?;
        }
    }
    Ok(())
}

fn column_number(at: usize) -> Result<u16> {
    u16::try_from(at).context("because a sheet has at most 512 columns")
}
