//! Whether a row belongs to the return: whose it says it is, for which period, of which table.
//!
//! A figure of another participant or period must not be declared as this one's because its column went unread.

use kp_statistics::{AnnexTable, return_rules::Column};
use kp_terms::{Sentence, sentence};

use super::{Unread, WhyUnread, row::RowReader};
use crate::cell::says_nothing;
use crate::{period_cell, row_fields};

impl RowReader<'_> {
    /// Whose figure it is, where the row says so.
    pub(super) fn whose(&mut self) {
        let text = self.text(Column::Participant).to_owned();
        if says_nothing(&text) {
            return;
        }
        let ours = self.which.participant;
        match self.participants.meant(&text) {
            Some(code) if code == ours => {}
            Some(_) => {
                let text = format!("{text:?}");
                let sentence = sentence!(
                    "cell-other-participant",
                    "{text} is another participant, and this is the return of {ours}",
                    text = text,
                    ours = ours,
                );
                let mend = sentence!(
                    "cell-mend-other-participant",
                    "leave only rows of {ours} in the file, or bring it as the return of whom it names",
                    ours = ours,
                );
                self.tell_other(Column::Participant, sentence, mend);
            }
            None => self.tell_unknown(Column::Participant, &text),
        }
    }

    /// For which period the figure is, where the row says so.
    pub(super) fn period(&mut self) {
        let ours = self.which.period;
        let whole = self.text(Column::Period).to_owned();
        let part = self.at(self.columns.part).to_owned();
        let year = self.at(self.columns.year).to_owned();
        let year_is_ours = || Some(row_fields::year(&year).ok()? == ours.first_day().year());
        for (text, is_ours) in [
            (&whole, period_cell::lies_in(&whole, ours)),
            (&part, period_cell::part_lies_in(&part, ours)),
            (&year, year_is_ours()),
        ] {
            if says_nothing(text) || is_ours == Some(true) {
                continue;
            }
            let text = format!("{text:?}");
            if is_ours.is_none() {
                let sentence =
                    sentence!("cell-no-period", "{text} is no period that can be read", text = text);
                let mend = sentence!("cell-mend-period", "write {ours}, if that is meant", ours = ours);
                self.tell(Column::Period, sentence, mend);
            } else {
                let sentence = sentence!(
                    "cell-other-period",
                    "{text} is another period, and this is the return for {ours}",
                    text = text,
                    ours = ours,
                );
                let mend = sentence!(
                    "cell-mend-other-period",
                    "leave only rows of {ours} in the file, or bring it as the return for the period it names",
                    ours = ours,
                );
                self.tell_other(Column::Period, sentence, mend);
            }
        }
    }

    /// Which table the figure belongs to, where the row says so.
    pub(super) fn table(&mut self) {
        let text = self.text(Column::Table).to_owned();
        if says_nothing(&text) {
            return;
        }
        let Some(said) = row_fields::annex_table(&text) else {
            self.table_unread = true;
            return;
        };
        if said == self.which.table {
            return;
        }
        let (text, ours) = (format!("{text:?}"), table_in_words(self.which.table));
        let sentence = sentence!(
            "cell-other-table",
            "{text} belongs into another table, and this is a return of {ours}",
            text = text,
            ours = ours,
        );
        let mend = sentence!(
            "cell-mend-other-table",
            "leave only rows of {ours} in the file, or bring it as the return of the table it names",
            ours = ours,
        );
        self.tell_other(Column::Table, sentence, mend);
    }

    fn tell_other(&mut self, column: Column, sentence: Sentence, mend: Sentence) {
        self.unread.push(Unread { why: WhyUnread::OtherReturn, row: self.row, column, sentence, mend });
    }
}

/// The word of a table as it is said in every language.
fn table_in_words(table: AnnexTable) -> Sentence {
    Sentence::behind::<&str>(&format!("word-{}", table.word()), table.word(), [])
}
