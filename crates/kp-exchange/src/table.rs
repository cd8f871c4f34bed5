//! A table of any file: rows of cells with their numbers, to be walked as often as needed.

use crate::cell::Cell;
use crate::delimited::{Delimited, Row};

/// Rows of a text file or of a sheet.
pub(crate) enum Table<'a> {
    Text(Delimited<'a>),
    Sheet(Vec<(u32, Vec<Cell<'a>>)>),
}

impl Table<'_> {
    /// Whether its cells are parted by commas.
    pub(crate) const fn is_comma_separated(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_comma_separated())
    }

    /// Calls `each` for every row until it answers `false`. Rows a sheet does not hold are blank and are not called.
    pub(crate) fn visit(&self, each: &mut dyn FnMut(&Row<'_, '_>) -> bool) {
        match self {
            Self::Text(text) => text.visit(&mut |row| each(&row)),
            Self::Sheet(rows) => {
                for (number, cells) in rows {
                    if !each(&Row { number: *number, cells, unclosed_quote: false }) {
                        return;
                    }
                }
            }
        }
    }

    /// Whether any cell holds anything.
    pub(crate) fn says_something(&self) -> bool {
        let mut says = false;
        self.visit(&mut |row| {
            says = row.cells.iter().any(Cell::says_something);
            !says
        });
        says
    }
}
