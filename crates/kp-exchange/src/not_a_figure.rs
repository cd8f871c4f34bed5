//! Rows among the figures that nobody meant as figures: totals, repeated headers, remarks.
//!
//! Asked only about rows that could not be read, so that a participant is never mistaken for a total.

use crate::cell::{Cell, CellKind};
use crate::header::{Columns, Role};
use crate::names::squeeze;
use crate::reading::{ColumnProblem, RejectedKind};

/// What the row is, if it is one of these.
pub(crate) fn recognise(cells: &[Cell<'_>], columns: &Columns) -> Option<(RejectedKind, Vec<ColumnProblem>)> {
    let filled: Vec<(usize, &Cell<'_>)> = cells.iter().enumerate().filter(|(_, c)| !c.is_blank()).collect();
    if is_header_again(cells, columns) {
        return Some(one(
            RejectedKind::NotAFigure,
            "the row",
            &filled,
            "the header stands here again",
            "nothing",
        ));
    }
    let amounts = [columns.place(Role::Carats), columns.place(Role::Value)];
    let label = filled.iter().find(|(at, cell)| !amounts.contains(&Some(*at)) && says_total(cell.trimmed()));
    if let Some((at, _)) = label {
        let column = columns.written.get(*at).map_or("the row", String::as_str);
        let sentence = "the row is a total: it repeats what other rows say";
        return Some(one(
            RejectedKind::TotalRow,
            column,
            &filled,
            sentence,
            "nothing; totals are worked out again",
        ));
    }
    match filled.as_slice() {
        [(_, only)] if only.kind == CellKind::Text && only.trimmed().chars().any(char::is_alphabetic) => {
            let sentence = "the row holds one text and no figures";
            Some(one(RejectedKind::NotAFigure, "the row", &filled, sentence, "nothing, if it is a remark"))
        }
        _ => None,
    }
}

fn is_header_again(cells: &[Cell<'_>], columns: &Columns) -> bool {
    let same = |role| {
        let at = columns.place(role);
        let (cell, title) = (at.and_then(|at| cells.get(at)), at.and_then(|at| columns.written.get(at)));
        cell.zip(title).is_some_and(|(cell, title)| squeeze(&cell.text) == squeeze(title))
    };
    same(Role::Carats) && same(Role::Value)
}

/// `Total`, `GRAND TOTAL`, `Total 2008`, `Angola total`, `World`, `TOTAL GENERAL`, `Sous-total`, `Soma`.
pub(crate) fn says_total(text: &str) -> bool {
    const WORDS: [&str; 15] = [
        "total",
        "totals",
        "totaux",
        "totais",
        "subtotal",
        "sum",
        "soma",
        "somme",
        "world",
        "monde",
        "mundo",
        "totale",
        "summe",
        "grandtotal",
        "totalgeral",
    ];
    text.len() <= 80
        && text.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&squeeze(word).as_str()))
}

fn one(
    kind: RejectedKind,
    column: &str,
    filled: &[(usize, &Cell<'_>)],
    sentence: &str,
    mend: &str,
) -> (RejectedKind, Vec<ColumnProblem>) {
    let found: Vec<&str> = filled.iter().map(|(_, cell)| cell.trimmed()).collect();
    let problem = ColumnProblem {
        column: column.to_owned(),
        found: found.join(" | ").chars().take(200).collect(),
        sentence: sentence.to_owned(),
        mend: mend.to_owned(),
    };
    (kind, vec![problem])
}
