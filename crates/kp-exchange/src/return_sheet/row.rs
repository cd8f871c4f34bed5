//! One row of a return into a figure, or into everything about it that cannot be read or does not belong to the return.

use kp_statistics::{
    AnnexTable,
    figure::{Counted, Figure, Visibility},
    production::ProductionType,
    return_rules::{Column, Total},
};
use kp_terms::{Carats, HsCode, ParticipantCode, Sentence, UsdCents, sentence};

use super::{Unread, WhichReturn, WhyUnread, columns::Columns};
use crate::amount::{Amount, Marks, read_amount};
use crate::cell::{Cell, says_nothing};
use crate::names::squeeze;
use crate::participants::Participants;
use crate::row_fields;

/// Reads one row.
pub(super) struct RowReader<'a> {
    pub(super) row: u32,
    pub(super) cells: &'a [Cell<'a>],
    pub(super) columns: &'a Columns,
    pub(super) participants: &'a Participants,
    pub(super) marks: Marks,
    pub(super) which: WhichReturn,
    pub(super) unread: Vec<Unread>,
    /// A cell that says which table it is in a word that is not known.
    pub(super) table_unread: bool,
}

impl RowReader<'_> {
    pub(super) fn text(&self, column: Column) -> &str {
        self.cell(column).trimmed()
    }

    pub(super) fn tell(&mut self, column: Column, sentence: Sentence, mend: Sentence) {
        self.unread.push(Unread { why: WhyUnread::Cell, row: self.row, column, sentence, mend });
    }

    pub(super) fn at(&self, place: Option<usize>) -> &str {
        place.and_then(|at| self.cells.get(at)).map_or("", Cell::trimmed)
    }

    /// The figure of the row; nothing where [`Self::unread`] says why.
    pub(super) fn figure(&mut self) -> Option<Figure> {
        self.whose();
        self.period();
        self.table();
        let nothing = Figure::of(Carats::ZERO, UsdCents::ZERO);
        let visibility = self.visibility();
        if self.which.table == AnnexTable::Certificates {
            let certificates = self.certificates();
            return Some(Figure { certificates: Some(certificates?), visibility: visibility?, ..nothing });
        }
        let (partner, hs, mining) = (self.partner(), self.class(), self.mining());
        let (carats, value) = (self.amount(Column::Carats), self.amount(Column::Value));
        Some(Figure {
            partner: partner?,
            hs: hs?,
            production_type: mining?,
            visibility: visibility?,
            ..Figure::of(Carats::from_hundredths(carats?), UsdCents::from_cents(value?))
        })
    }

    fn partner(&mut self) -> Option<Option<ParticipantCode>> {
        let text = self.text(Column::Partner).to_owned();
        if says_nothing(&text) || !matches!(self.which.table, AnnexTable::Imports | AnnexTable::Exports) {
            return Some(None);
        }
        let found = self.participants.meant(&text);
        if found.is_none() {
            self.tell_unknown(Column::Partner, &text);
            return None;
        }
        Some(found)
    }

    pub(super) fn tell_unknown(&mut self, column: Column, text: &str) {
        let mend = match (self.participants.member_of(text), self.participants.suggestion(text)) {
            (Some((member, of)), _) => sentence!(
                "cell-mend-member",
                "{member} takes part in the scheme with {name}; write {code}, if that is meant",
                member = member,
                name = of.name,
                code = of.code,
            ),
            (None, Some(near)) => sentence!("cell-mend-near", "write {near}, if that is meant", near = near),
            (None, None) => sentence!(
                "cell-mend-participant",
                "write the two-letter code or the name that the scheme uses",
            ),
        };
        let text = format!("{text:?}");
        let sentence =
            sentence!("cell-no-participant", "{text} is no participant that is known here", text = text);
        self.tell(column, sentence, mend);
    }

    /// What the row states as a sum, where it is a total.
    pub(super) fn total(&self) -> Total {
        let amount = |column| match read_amount(self.cell(column), Some(self.marks)) {
            Amount::Read { hundredths, .. } => Some(hundredths),
            _ => None,
        };
        match self.which.table {
            AnnexTable::Certificates => {
                Total { certificates: count(self.text(Column::Certificates)), ..Total::default() }
            }
            _ => Total {
                carats: amount(Column::Carats).map(Carats::from_hundredths),
                value: amount(Column::Value).map(UsdCents::from_cents),
                certificates: None,
            },
        }
    }

    fn cell(&self, column: Column) -> &Cell<'_> {
        const EMPTY: &Cell<'static> = &Cell::EMPTY;
        self.columns.places.get(&column).and_then(|at| self.cells.get(*at)).unwrap_or(EMPTY)
    }

    fn class(&mut self) -> Option<Option<HsCode>> {
        let text = self.text(Column::Class).to_owned();
        if says_nothing(&text) {
            return Some(None);
        }
        match row_fields::class(&text) {
            Some(hs) => Some(Some(hs)),
            None => {
                let text = format!("{text:?}");
                self.tell(
                    Column::Class,
                    sentence!("cell-no-class", "{text} is no class of rough diamonds", text = text),
                    sentence!("return-mend-class", "write 7102.10, 7102.21 or 7102.31"),
                );
                None
            }
        }
    }

    fn mining(&mut self) -> Option<ProductionType> {
        match row_fields::production_type(self.text(Column::Mining)) {
            Ok(kind) => Some(kind),
            Err(fault) => {
                let (sentence, mend) = *fault;
                self.tell(Column::Mining, sentence, mend);
                None
            }
        }
    }

    fn visibility(&mut self) -> Option<Visibility> {
        let text = self.text(Column::Visibility).to_lowercase();
        if says_nothing(&text) {
            return Some(Visibility::Public);
        }
        match (text.parse(), row_fields::flag(&text)) {
            (Ok(visibility), _) => Some(visibility),
            (_, Some(true)) => Some(Visibility::Public),
            (_, Some(false)) => Some(Visibility::Secretariat),
            _ => {
                let mend = sentence!(
                    "cell-mend-visibility",
                    "write public, participants or secretariat, or leave it empty",
                );
                let text = format!("{text:?}");
                let sentence =
                    sentence!("cell-no-visibility", "{text} does not say who may see it", text = text);
                self.tell(Column::Visibility, sentence, mend);
                None
            }
        }
    }

    fn amount(&mut self, column: Column) -> Option<i64> {
        let cell = self.cell(column).clone();
        match read_amount(&cell, Some(self.marks)) {
            Amount::Read { hundredths, rounded: false } => Some(hundredths),
            Amount::Read { .. } => {
                let text = format!("{:?}", cell.trimmed());
                let sentence = sentence!("cell-decimals", "{text} has more than two decimals", text = text);
                let mend =
                    sentence!("cell-mend-decimals", "write two decimals; nothing is rounded in a return");
                self.tell(column, sentence, mend);
                None
            }
            Amount::Unreadable { sentence, mend } => {
                self.tell(column, sentence, mend);
                None
            }
            Amount::Nothing | Amount::Ambiguous => {
                self.tell(
                    column,
                    sentence!("cell-missing", "missing: {column}", column = column.in_words()),
                    sentence!("cell-mend-missing", "write the figure, 0.00 for nothing"),
                );
                None
            }
        }
    }

    fn certificates(&mut self) -> Option<(Counted, u32)> {
        let what = squeeze(self.at(self.columns.counted));
        let counted = if what.starts_with("valid") || what.starts_with("export") || what.starts_with("issued")
        {
            Some(Counted::Validated)
        } else if what.starts_with("rec") || what.starts_with("import") {
            Some(Counted::Received)
        } else {
            None
        };
        let text = self.text(Column::Certificates).to_owned();
        let count = count(&text);
        if counted.is_none() {
            let mend = sentence!(
                "cell-mend-counted",
                "write validated (for export) or received (with imports) in the column counted",
            );
            let sentence = sentence!("cell-counted-unsaid", "it is not said which certificates are counted");
            self.tell(Column::Certificates, sentence, mend);
        }
        if count.is_none() {
            let text = format!("{text:?}");
            let sentence = sentence!("cell-no-count", "{text} is not a count", text = text);
            self.tell(Column::Certificates, sentence, sentence!("cell-mend-count", "write a whole number"));
        }
        counted.zip(count)
    }
}

/// A whole number, with or without separators of thousands.
fn count(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_whole = decimals.len() <= 2 && decimals.bytes().all(|b| b == b'0');
    whole.replace([' ', ',', '\u{a0}', '\u{202f}'], "").parse().ok().filter(|_| is_whole)
}
