//! Which column of a return holds what, in which table, and which columns nobody reads.

use std::collections::BTreeMap;

use kp_statistics::{AnnexTable, return_rules::Column};
use kp_terms::{Sentence, sentence};

use crate::cell::Cell;
use crate::headings::{Heading, heading};

/// The columns of a return.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Column to place, from 0.
    pub(super) places: BTreeMap<Column, usize>,
    /// Which certificates are counted.
    pub(super) counted: Option<usize>,
    /// The year of a row, where a column says it.
    pub(super) year: Option<usize>,
    /// Half or quarter of a row, where a column says it.
    pub(super) part: Option<usize>,
    /// Headings as written, by column.
    written: Vec<String>,
    /// Two columns of figures that mean the same.
    twice: Option<(usize, usize)>,
}

impl Columns {
    /// Reads a row as a header: nothing where it does not look like one.
    pub(super) fn recognise(cells: &[Cell<'_>], annex: AnnexTable) -> Option<Self> {
        let headings: Vec<Option<Heading>> = cells.iter().map(|cell| heading(&cell.text)).collect();
        let of_partner = |meaning: &Heading| column_of(*meaning, annex, true) == Some(Column::Partner);
        let has_partner = headings.iter().flatten().any(of_partner);
        let written = cells.iter().map(|cell| cell.trimmed().to_owned()).collect();
        let (places, twice) = (BTreeMap::new(), None);
        let mut it = Self { places, counted: None, year: None, part: None, written, twice };
        for (at, meaning) in headings.into_iter().enumerate() {
            let Some(meaning) = meaning else { continue };
            match meaning {
                Heading::Year if it.year.is_none() => it.year = Some(at),
                Heading::Part if it.part.is_none() => it.part = Some(at),
                _ if counts(meaning, annex) && it.counted.is_none() => it.counted = Some(at),
                _ => {
                    let Some(column) = column_of(meaning, annex, has_partner) else { continue };
                    let first = *it.places.entry(column).or_insert(at);
                    if first != at && matches!(column, Column::Carats | Column::Value | Column::Certificates)
                    {
                        it.twice = Some((first, at));
                    }
                }
            }
        }
        let has = |column| it.places.contains_key(&column);
        let figures = has(Column::Carats) && has(Column::Value);
        (figures || has(Column::Certificates)).then_some(it)
    }

    /// Why nobody can know which column counts, where that is so.
    pub(super) fn problem(&self) -> Option<Sentence> {
        let (first, second) = self.twice?;
        Some(sentence!(
            "file-column-twice",
            "two columns mean the same: {first} and {second}; delete or rename the one that does not count",
            first = self.title(first),
            second = self.title(second),
        ))
    }

    /// Whether a column is read.
    pub(super) fn reads(&self, at: usize) -> bool {
        let others = [self.counted, self.year, self.part];
        self.places.values().any(|place| *place == at) || others.contains(&Some(at))
    }

    /// The column that says which table a row belongs to is not understood: it is not read.
    pub(super) fn forget_table(&mut self) {
        self.places.remove(&Column::Table);
    }

    /// How many columns are read.
    pub(super) fn known(&self) -> usize {
        self.places.len() + [self.counted, self.year, self.part].iter().flatten().count()
    }

    /// How many columns its header has.
    pub(super) fn width(&self) -> usize {
        self.written.len()
    }

    /// The heading as written, or the letter that a spreadsheet program gives the column.
    pub(super) fn title(&self, at: usize) -> String {
        match self.written.get(at).filter(|written| !written.is_empty()) {
            Some(written) => format!("{written:?}"),
            None => letters(at),
        }
    }

    /// Whether its header says something above a column.
    pub(super) fn is_titled(&self, at: usize) -> bool {
        self.written.get(at).is_some_and(|written| !written.is_empty())
    }
}

/// Whether a column says which certificates are counted.
fn counts(meaning: Heading, annex: AnnexTable) -> bool {
    let flow = matches!(meaning, Heading::Flow | Heading::Declaration);
    meaning == Heading::Counted || (flow && annex == AnnexTable::Certificates)
}

/// What a column is good for in a table. In trade, `country` or `participant` is the other side only where nothing else
/// names it; else it says whose figures they are, as in every table without partners.
fn column_of(meaning: Heading, annex: AnnexTable, has_partner: bool) -> Option<Column> {
    let trade = matches!(annex, AnnexTable::Imports | AnnexTable::Exports);
    Some(match meaning {
        Heading::Partner if trade => Column::Partner,
        Heading::To if annex == AnnexTable::Exports => Column::Partner,
        Heading::From if annex == AnnexTable::Imports => Column::Partner,
        Heading::To | Heading::From if trade => Column::Participant,
        Heading::Reporter => Column::Participant,
        Heading::Participant | Heading::ParticipantCode if trade && !has_partner => Column::Partner,
        Heading::Participant | Heading::ParticipantCode => Column::Participant,
        Heading::Class => Column::Class,
        Heading::Mining => Column::Mining,
        Heading::Carats | Heading::Volume | Heading::Quantity => Column::Carats,
        Heading::Value => Column::Value,
        Heading::Certificates => Column::Certificates,
        Heading::Visibility | Heading::Public => Column::Visibility,
        Heading::Period | Heading::Time => Column::Period,
        Heading::Flow | Heading::Declaration => Column::Table,
        _ => return None,
    })
}

/// `A` to `Z`, `AA`, ...
fn letters(at: usize) -> String {
    let (mut rest, mut name) = (at + 1, String::new());
    while rest > 0 {
        rest -= 1;
        name.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    name
}
