//! Which sheet of a workbook is the return, and what becomes of the others: figures nobody reads must not go unseen.

use kp_statistics::{AnnexTable, return_rules::Column};
use kp_terms::{Sentence, sentence};

use super::{Note, ReturnSheet, Unread, WhichReturn, WhyUnread, find_header, no_header, read_table};
use crate::amount::{Amount, Marks, read_amount};
use crate::cell::{Cell, CellKind};
use crate::marked_sheet;
use crate::participants::Participants;
use crate::table::Table;
use crate::workbook::{self, Sheet};

/// Reads the first sheet with a header and rows below it. Another sheet that holds figures, or cannot be read, blocks; one
/// without is noted.
pub(super) fn read_workbook(
    bytes: &[u8],
    which: WhichReturn,
    participants: &Participants,
    sheet: &mut ReturnSheet,
) -> Result<(), Sentence> {
    let (mut tables, mut unreadable) = (Vec::new(), Vec::new());
    for Sheet { name, rows, .. } in workbook::sheets(bytes)? {
        match rows {
            Ok(rows) => tables.push((name, Table::Sheet(rows))),
            Err(why) => unreadable.push((name, why)),
        }
    }
    let has_rows = |(_, table): &(String, Table<'_>)| rows_below_header(table, which.table) > 0;
    let has_header = |(_, table): &(String, Table<'_>)| find_header(table, which.table).is_some();
    let place = tables.iter().position(has_rows).or_else(|| tables.iter().position(has_header));
    let Some(place) = place else {
        return Err(unreadable.into_iter().next().map_or_else(no_header, |(_, why)| why.into()));
    };
    let (name, table) = tables.remove(place);
    let header = find_header(&table, which.table).ok_or_else(no_header)?;
    sheet.kind = format!("workbook, sheet {name}");
    for (name, table) in tables {
        pass_over(&name, &table, which.table, sheet);
    }
    for (name, why) in unreadable {
        let (name, why) = (format!("{name:?}"), Sentence::from(why));
        let sentence = sentence!(
            "return-sheet-damaged",
            "the sheet {name} cannot be read: {why}",
            name = name,
            why = why,
        );
        sheet.unread.push(of_sheet(sentence));
    }
    read_table(&table, header, which, participants, sheet)
}

fn pass_over(name: &str, table: &Table<'_>, annex: AnnexTable, sheet: &mut ReturnSheet) {
    let (rows, is_ours) = (rows_of_figures(table, annex), marked_sheet::lists_problems(table));
    if is_ours || !table.says_something() {
        return;
    }
    let name = format!("{name:?}");
    if rows == 0 {
        let sentence = sentence!("return-sheet-noted", "the sheet {name} holds no figures", name = name);
        sheet.notes.push(Note { row: 0, sentence });
    } else {
        let sentence = sentence!(
            "return-sheet-unread",
            "the sheet {name} holds figures too, which are not read (rows: {rows})",
            name = name,
            rows = rows,
        );
        sheet.unread.push(of_sheet(sentence));
    }
}

fn of_sheet(sentence: Sentence) -> Unread {
    let mend = sentence!(
        "return-mend-sheet",
        "put all rows of the return into one sheet, and leave the other out of the file",
    );
    Unread { why: WhyUnread::Sheet, row: 0, column: Column::Carats, sentence, mend }
}

fn rows_below_header(table: &Table<'_>, annex: AnnexTable) -> usize {
    let Some((header, _)) = find_header(table, annex) else { return 0 };
    let mut rows = 0;
    table.visit(&mut |row| {
        rows += usize::from(row.number > header && row.cells.iter().any(Cell::says_something));
        true
    });
    rows
}

/// Rows below a header, else rows with two amounts or more; years are none.
fn rows_of_figures(table: &Table<'_>, annex: AnnexTable) -> usize {
    let is_amount = |cell: &&Cell<'_>| {
        let is_year = cell.trimmed().parse().is_ok_and(|year: u16| (1990..=2099).contains(&year));
        let reads = || matches!(read_amount(cell, Some(Marks::default())), Amount::Read { .. });
        !is_year && (cell.kind == CellKind::Number || reads())
    };
    let mut rows = 0;
    table.visit(&mut |row| {
        rows += usize::from(row.cells.iter().filter(is_amount).count() >= 2);
        true
    });
    rows_below_header(table, annex).max(rows)
}
