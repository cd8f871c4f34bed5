//! Rows out of whatever came: a workbook's sheets, delimited text, a message with a table or slips in it.
//!
//! Gathers only: which cell stands for what. Reads no figure.

use super::columns::{Columns, ROLES, Role};
use super::{CellFault, PassedOver, against, around, pasted, prose};
use crate::cell::Cell;
use crate::delimited::{Delimited, Row};
use crate::header::HEADER_SEARCH_ROWS;
use crate::table::Table;
use crate::workbook;

/// Everything a file holds, before it is read.
pub(super) struct Gathered {
    pub(super) kind: String,
    pub(super) tables: Vec<GatheredTable>,
    pub(super) passed_over: Vec<PassedOver>,
}

/// Rows that share their headings, decimal mark and order of dates.
pub(super) struct GatheredTable {
    pub(super) sheet: Option<String>,
    pub(super) columns: Columns,
    pub(super) comma_separated: bool,
    pub(super) rows: Vec<GatheredRow>,
}

/// One row with its cells by role.
pub(super) struct GatheredRow {
    pub(super) row: u32,
    pub(super) raw: String,
    pub(super) unclosed_quote: bool,
    pub(super) cells: [Option<Cell<'static>>; ROLES],
    /// The last row it stands on: a slip has several.
    pub(super) until: u32,
    /// What speaks against it, seen before its cells are read.
    pub(super) faults: Vec<CellFault>,
}

impl GatheredRow {
    /// A row of which nothing is known but what stands there.
    pub(super) fn new(row: u32, raw: &str) -> Self {
        let cells = [const { None }; ROLES];
        Self { row, raw: raw.to_owned(), unclosed_quote: false, cells, until: row, faults: Vec::new() }
    }

    /// Puts a value where none stands yet.
    pub(super) fn put(&mut self, role: Role, text: &str) {
        if !self.has(role) {
            self.put_again(role, text);
        }
    }

    /// Puts a value in the place of whatever stands there.
    pub(super) fn put_again(&mut self, role: Role, text: &str) {
        self.cells[role as usize] = Some(Cell::text(text.trim().to_owned().into()));
    }

    /// Whether something stands there.
    pub(super) fn has(&self, role: Role) -> bool {
        !self.cell(role).is_blank()
    }

    pub(super) fn cell(&self, role: Role) -> &Cell<'static> {
        self.cells[role as usize].as_ref().unwrap_or(&Cell::EMPTY)
    }
}

/// The sheets of a workbook or OpenDocument spreadsheet.
pub(super) fn workbook(bytes: &[u8]) -> Result<Gathered, String> {
    let sheets = workbook::sheets(bytes)?;
    let several = sheets.len() > 1;
    let mut gathered = Gathered {
        kind: format!("workbook, {} sheet(s)", sheets.len()),
        tables: Vec::new(),
        passed_over: Vec::new(),
    };
    let mut why = None;
    let mut headless = Vec::new();
    for sheet in sheets {
        let table = match sheet.rows {
            Ok(rows) => Table::Sheet(rows),
            Err(sentence) => {
                why.get_or_insert(sentence);
                continue;
            }
        };
        let name = several.then(|| sheet.name.clone());
        match find_header(&table) {
            Some((header, columns)) => {
                gathered.tables.push(rows_below(&table, header, columns, name, &mut gathered.passed_over));
            }
            None => {
                why.get_or_insert(no_header());
                headless.push((name, table));
            }
        }
    }
    if let Some(why) = why.filter(|_| gathered.tables.is_empty()) {
        return Err(why);
    }
    for (name, table) in headless {
        gathered.tables.push(rows_outside(&table, name, &mut gathered.passed_over));
    }
    Ok(gathered)
}

/// A text: delimited, or a message.
pub(super) fn text(text: &str, encoding: &str) -> Result<Gathered, String> {
    if text.contains('\0') {
        return Err("it is neither text nor a workbook; save the table as .xlsx, .ods or .csv".to_owned());
    }
    let unquoted = pasted::unquoted(text);
    let by_blanks = pasted::blanks_as_tabs(&unquoted);
    let candidates = [
        (&unquoted, b',', "comma-separated text"),
        (&unquoted, b';', "semicolon-separated text"),
        (&unquoted, b'\t', "tab-separated text"),
        (&unquoted, b'|', "bar-separated text"),
        (&by_blanks, b'\t', "text in columns"),
    ];
    let found = candidates.into_iter().filter_map(|(text, separator, kind)| {
        let table = Table::Text(Delimited::new(text, separator));
        let (header, columns) = find_header(&table)?;
        Some((columns.known(), table, header, columns, kind))
    });
    let best = found.reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some((_, table, header, columns, kind)) = best {
        let mut passed_over = Vec::new();
        let rows = rows_below(&table, header, columns, None, &mut passed_over);
        return Ok(Gathered { kind: format!("{kind}, {encoding}"), tables: vec![rows], passed_over });
    }
    let gathered = pasted::slips_or_lines(&unquoted, encoding);
    if gathered.tables.iter().all(|table| table.rows.is_empty()) {
        return Err(no_header());
    }
    Ok(gathered)
}

fn no_header() -> String {
    format!(
        "no row among its first {HEADER_SEARCH_ROWS} names the columns, and no line holds a certificate's number; name the \
         columns certificate number, carats and date of arrival, or write one certificate to a line"
    )
}

/// The first row that reads as a header.
fn find_header(table: &Table<'_>) -> Option<(u32, Columns)> {
    let mut found = None;
    table.visit(&mut |row| {
        if row.number <= HEADER_SEARCH_ROWS {
            found = Columns::recognise(row.cells).map(|columns| (row.number, columns));
        }
        found.is_none() && row.number < HEADER_SEARCH_ROWS
    });
    found
}

fn rows_below(
    table: &Table<'_>,
    header: u32,
    columns: Columns,
    sheet: Option<String>,
    passed_over: &mut Vec<PassedOver>,
) -> GatheredTable {
    let (mut rows, mut outside) = (Vec::new(), Vec::new());
    table.visit(&mut |row| {
        if row.cells.iter().any(Cell::says_something) {
            if row.number <= header || is_no_confirmation(row, &columns) {
                outside.push(PassedOver { sheet: sheet.clone(), row: row.number, raw: raw(row) });
            } else {
                rows.push(gathered_row(row, &columns));
            }
        }
        true
    });
    around::doubts_of_table(&mut rows, &outside, header);
    if let Some(word) = columns.word_against() {
        rows.iter_mut().for_each(|row| row.faults.push(prose::speaks_against(&word)));
    }
    // The headings were read.
    for line in outside.into_iter().filter(|line| line.row != header) {
        match prose::row_of(line.row, &line.raw).filter(|_| !prose::is_sum(&line.raw)) {
            Some(row) => rows.push(outside_of_table(row)),
            None => passed_over.push(line),
        }
    }
    rows.sort_by_key(|row| row.row);
    GatheredTable { sheet, columns, comma_separated: table.is_comma_separated(), rows }
}

/// A sheet without headings beside one that has them: what looks like a confirmation in it is not lost.
fn rows_outside(
    table: &Table<'_>,
    sheet: Option<String>,
    passed_over: &mut Vec<PassedOver>,
) -> GatheredTable {
    let mut rows = Vec::new();
    table.visit(&mut |row| {
        if row.cells.iter().any(Cell::says_something) {
            match prose::row_of(row.number, &raw(row)).filter(|_| !prose::is_sum(&raw(row))) {
                Some(row) => rows.push(outside_of_table(row)),
                None => {
                    passed_over.push(PassedOver { sheet: sheet.clone(), row: row.number, raw: raw(row) });
                }
            }
        }
        true
    });
    GatheredTable { sheet, columns: Columns::default(), comma_separated: table.is_comma_separated(), rows }
}

/// A line that holds a number or a weight and stands in no column: what it says is for a person to read.
fn outside_of_table(mut row: GatheredRow) -> GatheredRow {
    row.faults.push(CellFault {
        column: "the line".to_owned(),
        sentence: "it stands outside the table and holds something like a certificate's number or a weight"
            .to_owned(),
        mend: "record by hand what it says, or write it as a row of the table".to_owned(),
    });
    row
}

fn gathered_row(row: &Row<'_, '_>, columns: &Columns) -> GatheredRow {
    let roles =
        [Role::Number, Role::At, Role::Carats, Role::Value, Role::Parcels, Role::Arrived, Role::Remarks];
    let cells = roles.map(|role| {
        let cell = columns.place(role).and_then(|at| row.cells.get(at))?;
        Some(Cell { text: cell.text.clone().into_owned().into(), kind: cell.kind })
    });
    let mut gathered = GatheredRow::new(row.number, &raw(row));
    gathered.faults.extend(word_against(row, columns).map(|word| prose::speaks_against(&word)));
    GatheredRow { unclosed_quote: row.unclosed_quote, cells, ..gathered }
}

/// A word against an arrival among the remarks, or in a column that has no role: `Status: refused`. Bare answers are read
/// with their heading by whoever heads a column so; here they are the remark's alone.
fn word_against(row: &Row<'_, '_>, columns: &Columns) -> Option<String> {
    let read = [Role::Number, Role::At, Role::Carats, Role::Value, Role::Parcels, Role::Arrived];
    let is_read = |at: usize| read.iter().any(|role| columns.place(*role) == Some(at));
    let said = row.cells.iter().enumerate().filter(|(at, cell)| !is_read(*at) && cell.says_something());
    said.filter(|(at, cell)| {
        // `no` below `Damage` is good news, and which heading stands there is not known here.
        columns.place(Role::Remarks) == Some(*at)
            || cell.trimmed().contains(' ')
            || !against::denies_all(&cell.text)
    })
    .find_map(|(_, cell)| against::word_against(cell.trimmed()))
}

fn raw(row: &Row<'_, '_>) -> String {
    let texts: Vec<&str> = row.cells.iter().map(Cell::trimmed).collect();
    texts.join(" | ").trim_matches([' ', '|']).to_owned()
}

/// A greeting, a signature, a repeated header or a sum: without a digit, or headed as a total.
fn is_no_confirmation(row: &Row<'_, '_>, columns: &Columns) -> bool {
    let at = |role: Role| columns.place(role).and_then(|at| row.cells.get(at)).map_or("", Cell::trimmed);
    let number = at(Role::Number);
    let first = row.cells.iter().map(Cell::trimmed).find(|text| !text.is_empty()).unwrap_or_default();
    let is_sum = prose::is_sum(first);
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let speaks = row.cells.iter().filter(|cell| cell.says_something()).count();
    let has_figures = digits(at(Role::Carats)) > 0 || digits(at(Role::Arrived)) > 0;
    let is_number = digits(number) > 0;
    is_sum && !is_number
        || Columns::recognise(row.cells).is_some()
        || !has_figures && !is_number
        || speaks == 1 && number.split_whitespace().count() > 4
}
