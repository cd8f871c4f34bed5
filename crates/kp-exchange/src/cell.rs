//! One cell of somebody's table, whatever file it came from, and what counts as an empty one.
//!
//! `NA` is Namibia and never a missing value.

use std::borrow::Cow;

/// What sort of value the file said a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Text, also in every text file.
    Text,
    /// A number that the workbook keeps as a number; its text has a dot and no separators.
    Number,
    /// A date of the workbook; its text is `2008-03-01`.
    Date,
    /// Repeated from the first cell of a region merged over several rows.
    MergedFromAbove,
}

/// One cell: its text as a person would read it, and its kind.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) kind: CellKind,
}

impl<'a> Cell<'a> {
    pub(crate) const EMPTY: Cell<'static> = Cell { text: Cow::Borrowed(""), kind: CellKind::Text };

    pub(crate) const fn text(text: Cow<'a, str>) -> Self {
        Self { text, kind: CellKind::Text }
    }

    /// The text without white space around it, no-break spaces included.
    pub(crate) fn trimmed(&self) -> &str {
        self.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
    }

    /// Whether there is nothing at all in the cell.
    pub(crate) fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// Whether the cell itself holds something, and not only through a merged region.
    pub(crate) fn says_something(&self) -> bool {
        self.kind != CellKind::MergedFromAbove && !self.is_blank()
    }
}

/// Whether a trimmed text is one of the ways in which people write "no figure here".
pub(crate) fn says_nothing(text: &str) -> bool {
    const WORDS: [&str; 11] = ["n/a", "n.a.", "n.a", "#n/a", "null", "nil", "none", "..", "...", ".", "n/d"];
    text.is_empty()
        || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '−'))
        || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}
