//! The rows below the header of a return, one after the other: figures, totals, nil, remarks; and what they make together.

use kp_statistics::return_rules::Column;
use kp_terms::{Sentence, sentence};

use super::{Note, ReturnSheet, Unread, WhichReturn, WhyUnread, columns::Columns, row::RowReader};
use crate::amount::Marks;
use crate::cell::{Cell, CellKind};
use crate::delimited::Row;
use crate::names::squeeze;
use crate::not_a_figure::says_total;
use crate::participants::Participants;
use crate::row_fields;

/// Reads the rows below the header, one after the other.
pub(super) struct TableReader<'a> {
    pub(super) header: u32,
    pub(super) columns: Columns,
    pub(super) which: WhichReturn,
    pub(super) participants: &'a Participants,
    pub(super) marks: Marks,
    /// Which columns hold anything below the header that is not used.
    pub(super) filled: Vec<bool>,
    /// The row that says nil; 0 where none does.
    pub(super) nil_row: u32,
}

impl TableReader<'_> {
    /// Reads one row that is not blank.
    pub(super) fn read(&mut self, row: &Row<'_, '_>, sheet: &mut ReturnSheet) {
        if self.is_remark(row.cells) {
            let text = format!("{:?}", first_text(row.cells));
            let sentence = sentence!("return-row-remark", "{text} is taken for a remark", text = text);
            return sheet.notes.push(Note { row: row.number, sentence });
        }
        if Columns::recognise(row.cells, self.which.table).is_some() {
            let sentence = sentence!("return-header-again", "the columns are named again");
            return sheet.notes.push(Note { row: row.number, sentence });
        }
        self.filled.resize(self.filled.len().max(row.cells.len()), false);
        self.filled.iter_mut().zip(row.cells).for_each(|(filled, cell)| *filled |= cell.says_something());
        let mut reader = RowReader {
            row: row.number,
            cells: row.cells,
            columns: &self.columns,
            participants: self.participants,
            marks: self.marks,
            which: self.which,
            unread: Vec::new(),
            table_unread: false,
        };
        if self.is_total(row.cells) {
            sheet.totals.push((row.number, reader.total()));
        } else if says_nil(row.cells) {
            sheet.is_nil = true;
            self.nil_row = row.number;
            if !reader.total().is_nothing() {
                sheet.unread.push(nil_beside_figures(row.number));
            }
        } else {
            match reader.figure() {
                Some(figure) if reader.unread.is_empty() => sheet.figures.push((row.number, figure)),
                _ => sheet.unread.append(&mut reader.unread),
            }
            if reader.table_unread {
                self.columns.forget_table();
            }
        }
    }

    /// A row with a single text in it that is no partner and no class.
    fn is_remark(&self, cells: &[Cell<'_>]) -> bool {
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| cell.says_something());
        let (Some((at, only)), None) = (filled.next(), filled.next()) else { return false };
        let text = only.trimmed();
        let place = |column| self.columns.places.get(&column) == Some(&at);
        let is_key = (place(Column::Partner) && self.participants.meant(text).is_some())
            || (place(Column::Class) && row_fields::class(text).is_some());
        only.kind == CellKind::Text && text.chars().any(char::is_alphabetic) && !is_key && !says_nil(cells)
    }

    /// A row that is named a total in a cell that holds no amount.
    fn is_total(&self, cells: &[Cell<'_>]) -> bool {
        let amounts = [Column::Carats, Column::Value, Column::Certificates];
        let holds_amount = |at| amounts.iter().any(|column| self.columns.places.get(column) == Some(&at));
        cells.iter().enumerate().any(|(at, cell)| !holds_amount(at) && says_total(cell.trimmed()))
    }

    /// What the rows make together.
    ///
    /// # Errors
    /// Where there is no figure.
    pub(super) fn finish(self, sheet: &mut ReturnSheet) -> Result<(), Sentence> {
        let is_blank = sheet.figures.is_empty() && sheet.unread.is_empty();
        if sheet.is_nil && !is_blank && !sheet.unread.iter().any(|it| it.why == WhyUnread::NilBesideFigures) {
            sheet.unread.push(nil_beside_figures(self.nil_row));
        }
        let unused = (0..self.columns.width().max(self.filled.len())).filter(|at| {
            let holds = self.columns.is_titled(*at) || self.filled.get(*at) == Some(&true);
            holds && !self.columns.reads(*at)
        });
        let unused: Vec<String> = unused.map(|at| self.columns.title(at)).collect();
        if !unused.is_empty() {
            let columns = unused.join(", ");
            let sentence =
                sentence!("return-columns-unused", "columns that are not used: {columns}", columns = columns);
            sheet.notes.insert(0, Note { row: self.header, sentence });
        }
        sheet.header_row = self.header;
        sheet.columns = self.columns.places;
        if let Some(at) = self.columns.part.or(self.columns.year) {
            sheet.columns.entry(Column::Period).or_insert(at);
        }
        if is_blank && !sheet.is_nil {
            return Err(sentence!(
                "file-no-figure",
                "there is no figure below its header; for a nil return write nil there",
            ));
        }
        Ok(())
    }
}

fn nil_beside_figures(row: u32) -> Unread {
    Unread {
        why: WhyUnread::NilBesideFigures,
        row,
        column: Column::Carats,
        sentence: sentence!("cell-nil-beside", "the row says nil, and the return has figures"),
        mend: sentence!("cell-mend-nil", "take out the row, or the figures"),
    }
}

fn first_text<'c>(cells: &'c [Cell<'_>]) -> &'c str {
    cells.iter().map(Cell::trimmed).find(|text| !text.is_empty()).unwrap_or_default()
}

fn says_nil(cells: &[Cell<'_>]) -> bool {
    const WORDS: [&str; 12] = [
        "nil",
        "nilreturn",
        "noproduction",
        "noexports",
        "noimports",
        "nostocks",
        "neant",
        "declarationneant",
        "nada",
        "semproducao",
        "semexportacoes",
        "semimportacoes",
    ];
    WORDS.contains(&squeeze(first_text(cells)).as_str())
}
