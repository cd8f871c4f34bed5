//! Rows that repeat an earlier one in every column: they count once (rulings 34).
//!
//! Inside one table every column is compared as written, also those that nothing else reads, by a 128-bit hash.
//! Between tables, which may have other columns and other ways of writing a date, the figures are compared, and the
//! stamps where both rows have them: the same returns given as a workbook and as text must not count twice.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;
use kp_statistics::production::{Declaration, ProductionRow, ProductionType};
use kp_terms::{Half, ParticipantCode};

use crate::cell::Cell;

/// What makes two figures the same figure.
type Core = (ParticipantCode, Half, Declaration, ProductionType, i64, i64);
/// What one return is about.
type Subject = (ParticipantCode, Half, ProductionType);

/// Remembers the rows that count. Only looked up, never walked.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    this_table: HashMap<(u64, u64), usize>,
    earlier: HashMap<Core, Vec<usize>>,
    subjects: HashSet<Subject>,
    /// Rows before this one belong to earlier tables.
    table_start: usize,
}

impl Seen {
    /// Before the first row of a table: the rows so far become earlier ones.
    pub(crate) fn begin_table(&mut self, rows: &[ProductionRow]) {
        self.this_table.clear();
        for (at, row) in rows.iter().enumerate().skip(self.table_start) {
            self.earlier.entry(core(row)).or_default().push(at);
            self.subjects.insert(subject(row));
        }
        self.table_start = rows.len();
    }

    /// The row that this one repeats, if it does; otherwise it is remembered as row `next`.
    pub(crate) fn repeats(
        &mut self,
        row: &ProductionRow,
        cells: &[Cell<'_>],
        amounts: [Option<usize>; 2],
        rows: &[ProductionRow],
    ) -> Option<usize> {
        if let Some(at) =
            self.earlier.get(&core(row)).and_then(|all| all.iter().find(|at| agree(row, rows.get(**at))))
        {
            return Some(*at);
        }
        match self.this_table.entry(row_hash(row, cells, amounts)) {
            std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(rows.len());
                None
            }
        }
    }

    /// Whether an earlier table has a return about the same thing, with another figure.
    pub(crate) fn differs_from_earlier(&self, row: &ProductionRow) -> bool {
        !self.subjects.is_empty() && self.subjects.contains(&subject(row))
    }
}

fn core(row: &ProductionRow) -> Core {
    let (carats, cents) = (row.carats.hundredths(), row.value.cents());
    (row.participant, row.half, row.declaration, row.production_type, carats, cents)
}

const fn subject(row: &ProductionRow) -> Subject {
    (row.participant, row.half, row.production_type)
}

/// Stamps agree where both rows have them.
fn agree(row: &ProductionRow, earlier: Option<&ProductionRow>) -> bool {
    let same = |a: Option<Date>, b: Option<Date>| a.is_none() || b.is_none() || a == b;
    earlier.is_some_and(|e| same(row.created, e.created) && same(row.modified, e.modified))
}

/// All cells as written, except amounts, which are compared by what they say (`1,000` is `1000.00`).
fn row_hash(row: &ProductionRow, cells: &[Cell<'_>], amounts: [Option<usize>; 2]) -> (u64, u64) {
    let mut first = DefaultHasher::new();
    core(row).hash(&mut first);
    for (at, cell) in cells.iter().enumerate() {
        if !amounts.contains(&Some(at)) && !cell.is_blank() {
            (at, cell.trimmed()).hash(&mut first);
        }
    }
    let mut second = first.clone();
    0x6b70_u16.hash(&mut second); // a second ending: the state behind both halves is 256 bits wide
    (first.finish(), second.finish())
}
