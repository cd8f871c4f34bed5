//! `rejected.csv` and `duplicates.csv`: what did not count, to send back to whoever wrote the file.
//!
//! Columns of the first: `file`, `sheet`, `row` as a spreadsheet program counts it, `kind`, `column`, `found`,
//! `what_is_wrong`, `how_to_mend`; one line per column at fault. Of the second: place of the row, place of the row that
//! counts.

use kp_exchange::{Duplicate, Rejected, RejectedKind};
use kp_statistics::production::RowPlace;

use super::table_text::{csv_text, plain};

const REJECTED: [&str; 8] =
    ["file", "sheet", "row", "kind", "column", "found", "what_is_wrong", "how_to_mend"];
const DUPLICATES: [&str; 6] = ["file", "sheet", "row", "same_as_file", "same_as_sheet", "same_as_row"];

pub(super) fn rejected_csv(rejected: &[Rejected]) -> String {
    let lines = rejected.iter().flat_map(|row| {
        row.problems.iter().map(|problem| {
            let mut line = place(&row.place);
            line.push(kind_code(row.kind).to_owned());
            line.extend(
                [&problem.column, &problem.found, &problem.sentence, &problem.mend].map(|t| plain(t)),
            );
            line
        })
    });
    csv_text(&REJECTED, lines)
}

pub(super) fn duplicates_csv(duplicates: &[Duplicate]) -> String {
    csv_text(&DUPLICATES, duplicates.iter().map(|d| [place(&d.place), place(&d.same_as)].concat()))
}

fn place(place: &RowPlace) -> Vec<String> {
    vec![plain(&place.file), plain(place.sheet.as_deref().unwrap_or_default()), place.row.to_string()]
}

/// The kind as a word without blanks.
fn kind_code(kind: RejectedKind) -> &'static str {
    match kind {
        RejectedKind::Unreadable => "unreadable",
        RejectedKind::TotalRow => "total_row",
        RejectedKind::NotProduction => "not_production",
        RejectedKind::NotAFigure => "not_a_figure",
    }
}

/// The kind for people, with why such rows do not count.
pub(super) fn kind_in_words(kind: RejectedKind) -> (&'static str, &'static str) {
    match kind {
        RejectedKind::Unreadable => {
            ("Cannot be read", "A column holds something that is not what its header says.")
        }
        RejectedKind::TotalRow => {
            ("Sums of other rows", "Counting them would count the same carats twice. Nothing needs mending.")
        }
        RejectedKind::NotProduction => (
            "Not production",
            "Imports and exports are not production returns. Nothing needs mending if that is meant.",
        ),
        RejectedKind::NotAFigure => {
            ("Not a figure", "Remarks, sources or repeated headers among the figures. Nothing needs mending.")
        }
    }
}
