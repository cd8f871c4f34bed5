//! Lines around a list that speak against it: `The following have never reached us:` above, `None of these came.` below.
//!
//! Each row of the list is clean by itself; what a line beside it says is told of every row, and none of them confirms.

use super::against::word_against_a_list;
use super::gather::GatheredRow;
use super::{CellFault, PassedOver};

/// Lines of a message: what stands above a block of rows, up to a blank line, or below it, speaks of that block.
pub(super) fn doubts_of_lines(rows: &mut [GatheredRow], passed_over: &[PassedOver]) {
    // A row can be a heading too: `XA-000071 and the following never came:`.
    let headings = rows.iter().filter(|row| row.until == row.row && row.raw.ends_with(':'));
    let headings = headings.map(|row| PassedOver { sheet: None, row: row.row, raw: row.raw.clone() });
    let mut lines: Vec<PassedOver> = passed_over.iter().cloned().chain(headings).collect();
    lines.sort_by_key(|line| line.row);
    let last = rows.last().map_or(0, |row| row.row);
    let mut from = 0;
    while let Some(first) = rows.get(from).map(|row| row.row) {
        let next = lines.iter().map(|line| line.row).find(|line| *line > first).unwrap_or(u32::MAX);
        let block = rows.iter().skip(from).take_while(|row| row.row < next).count().max(1);
        let (above, mut below) = (above(&lines, first), below(&lines, next));
        // `Still missing:` heads what comes below it.
        if below.last().is_some_and(|line| line.raw.ends_with(':') && line.row < last) {
            below.clear();
        }
        tell(rows.iter_mut().skip(from).take(block), above.into_iter().chain(below));
        from += block;
    }
}

/// A table: what stands right above its headings or right below it speaks of the whole of it; what stands among its rows,
/// of the row before it and of those down to the next such line.
pub(super) fn doubts_of_table(rows: &mut [GatheredRow], passed_over: &[PassedOver], header: u32) {
    let Some(last) = rows.iter().map(|row| row.until).max() else { return };
    let outside: Vec<PassedOver> = passed_over.iter().filter(|line| line.row != header).cloned().collect();
    let after = outside.iter().map(|line| line.row).find(|line| *line > last).unwrap_or(u32::MAX);
    tell(rows.iter_mut(), above(&outside, header).into_iter().chain(below(&outside, after)));
    let among: Vec<&PassedOver> = outside.iter().filter(|line| (header..last).contains(&line.row)).collect();
    for (at, line) in among.iter().enumerate() {
        let next = among.get(at + 1).map_or(u32::MAX, |line| line.row);
        let before = rows.iter().map(|row| row.row).filter(|row| *row < line.row).max();
        let spoken_of =
            |row: &&mut GatheredRow| (line.row..next).contains(&row.row) || Some(row.row) == before;
        tell(rows.iter_mut().filter(spoken_of), std::iter::once(*line));
    }
}

/// The paragraph that ends last at or above a row.
fn above(lines: &[PassedOver], row: u32) -> Vec<&PassedOver> {
    let mut found: Vec<&PassedOver> = Vec::new();
    for line in lines.iter().rev().filter(|line| line.row <= row) {
        if found.last().is_some_and(|below| below.row != line.row + 1) {
            break;
        }
        found.push(line);
    }
    found
}

/// The paragraph that begins at or below a row.
fn below(lines: &[PassedOver], row: u32) -> Vec<&PassedOver> {
    let mut found: Vec<&PassedOver> = Vec::new();
    for line in lines.iter().filter(|line| line.row >= row) {
        if found.last().is_some_and(|above| above.row + 1 != line.row) {
            break;
        }
        found.push(line);
    }
    found
}

fn tell<'r, 'l>(
    rows: impl Iterator<Item = &'r mut GatheredRow>,
    lines: impl Iterator<Item = &'l PassedOver>,
) {
    let told = lines.filter_map(|line| Some((line, word_against_a_list(&line.raw)?))).next();
    let Some((line, word)) = told else { return };
    for row in rows {
        row.faults.push(CellFault {
            column: "the line".to_owned(),
            sentence: format!("line {} beside it says {word:?}: {}", line.row, line.raw),
            mend: "record by hand what became of the goods, or take that line out and send it again"
                .to_owned(),
        });
    }
}
