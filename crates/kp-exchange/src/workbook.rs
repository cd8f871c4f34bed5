//! Sheets of a workbook as rows of cells, with row numbers as the spreadsheet program shows them.
//!
//! Cells are streamed, so that a sheet that claims a huge size costs nothing until it holds something; a workbook
//! that unpacks to more than it should is refused. Numbers become their shortest decimal text at once: no
//! arithmetic is ever done on the floating form that such files keep. A cell merged over several rows stands in each of
//! them, marked, because a name may be repeated that way and a figure may not.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, Ods, Reader, SheetType, SheetVisible, Xlsx};

use crate::archive::unpacked_size;
use crate::cell::{Cell, CellKind};
use crate::file_kind::{FileKind, file_kind};

/// Workbooks that unpack to more are refused.
const LARGEST_UNPACKED: u64 = 1 << 30;
/// Sheets with more cells that hold something are refused.
const MOST_CELLS: usize = 20_000_000;
/// Sheets that hold something right of this column are refused: that is no table of production returns.
const MOST_COLUMNS: u32 = 512;

/// Rows of a sheet with their numbers.
pub(crate) type Rows = Vec<(u32, Vec<Cell<'static>>)>;

/// One sheet.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// Its rows, or the sentence that says why it cannot be read.
    pub(crate) rows: Result<Rows, String>,
}

/// All sheets of a workbook that can hold a table.
///
/// # Errors
/// One sentence for the whole workbook.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    match unpacked_size(bytes) {
        None => {
            return Err("it begins like a workbook, but its end is missing; fetch the file again".to_owned());
        }
        Some(size) if size > LARGEST_UNPACKED => {
            return Err(format!("it unpacks to {size} bytes, more than 1 GiB; save only the table, as .csv"));
        }
        Some(_) => {}
    }
    // The reader of this format is not ours. If it should ever panic, one workbook is lost and not the whole reading.
    let is_open_document = file_kind(bytes) == FileKind::OpenDocument;
    let read = || if is_open_document { read_open_document(bytes) } else { read_sheets(bytes) };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err("it is damaged in a way that its reader cannot name; save it again".to_owned())
    })
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let about = workbook.sheets_metadata().to_vec();
    let tables = about.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets = tables.map(|sheet| Sheet {
        hidden: sheet.visible != SheetVisible::Visible,
        rows: read_rows(&mut workbook, &sheet.name),
        name: sheet.name,
    });
    Ok(sheets.collect())
}

/// The sheets of an OpenDocument spreadsheet. Its reader hands out whole sheets; merged regions are not repeated.
fn read_open_document(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let unreadable = |e: &calamine::OdsError| match e {
        calamine::OdsError::Password => "it is protected by a password; save it without one".to_owned(),
        other => format!(
            "it is not a readable spreadsheet ({other}); open it in a spreadsheet program and save it again"
        ),
    };
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let about = workbook.sheets_metadata().to_vec();
    let sheets = about.into_iter().map(|sheet| Sheet {
        hidden: sheet.visible != SheetVisible::Visible,
        rows: workbook
            .worksheet_range(&sheet.name)
            .map_err(|e| unreadable(&e))
            .and_then(|range| rows_of(&range)),
        name: sheet.name,
    });
    Ok(sheets.collect())
}

fn rows_of(range: &calamine::Range<Data>) -> Result<Rows, String> {
    let (top, left) = range.start().unwrap_or_default();
    let mut rows: BTreeMap<u32, Vec<Cell<'static>>> = BTreeMap::new();
    for (held, (row, column, value)) in range.used_cells().enumerate() {
        let too_large = || "the sheet holds more than such a table can; save only the table".to_owned();
        let at =
            |from: u32, offset: usize| u32::try_from(offset).ok().and_then(|offset| from.checked_add(offset));
        let (row, column) = at(top, row).zip(at(left, column)).ok_or_else(too_large)?;
        let Some(read) = read_cell(&borrowed(value)) else { continue };
        if held >= MOST_CELLS || column >= MOST_COLUMNS {
            return Err(too_large());
        }
        put(&mut rows, row, column, read);
    }
    Ok(rows.into_iter().map(|(row, cells)| (row.saturating_add(1), cells)).collect())
}

/// The two forms in which the reader hands out a cell are read by one function.
fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::Int(whole) => DataRef::Int(*whole),
        Data::Float(float) => DataRef::Float(*float),
        Data::String(written) => DataRef::SharedString(written),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(written) => DataRef::DateTimeIso(written.clone()),
        Data::DurationIso(written) => DataRef::DurationIso(written.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn damaged(error: &calamine::XlsxError) -> String {
    match error {
        calamine::XlsxError::Password => "it is protected by a password; save it without one".to_owned(),
        other => format!(
            "it is not a readable workbook ({other}); open it in a spreadsheet program and save it again"
        ),
    }
}

fn read_rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, String> {
    let mut rows: BTreeMap<u32, Vec<Cell<'static>>> = BTreeMap::new();
    let mut held = 0_usize;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| damaged(&e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| damaged(&e))? {
        let (row, column) = cell.get_position();
        let Some(read) = read_cell(cell.get_value()) else { continue };
        held += 1;
        if held > MOST_CELLS || column >= MOST_COLUMNS {
            return Err(format!(
                "the sheet holds more than a table of production returns can ({MOST_COLUMNS} columns, {MOST_CELLS} \
                 cells); save only the table"
            ));
        }
        put(&mut rows, row, column, read);
    }
    drop(cells);
    let merged = workbook.merge_cells_by_sheet_name(name).map_err(|e| damaged(&e))?;
    merged.iter().for_each(|region| repeat_downwards(region, &mut rows));
    Ok(rows.into_iter().map(|(row, cells)| (row.saturating_add(1), cells)).collect())
}

fn put(rows: &mut BTreeMap<u32, Vec<Cell<'static>>>, row: u32, column: u32, cell: Cell<'static>) {
    let cells = rows.entry(row).or_default();
    let at = column as usize;
    if cells.len() <= at {
        cells.resize(at + 1, Cell::EMPTY);
    }
    cells[at] = cell;
}

/// The first cell of a merged region stands in every row of it, where that row holds anything at all.
fn repeat_downwards(region: &Dimensions, rows: &mut BTreeMap<u32, Vec<Cell<'static>>>) {
    let ((top, column), (bottom, _)) = (region.start, region.end);
    let first = rows.get(&top).and_then(|cells| cells.get(column as usize)).cloned();
    let Some(first) = first.filter(|cell| !cell.is_blank() && top < bottom) else { return };
    let below: Vec<u32> = rows.range(top + 1..=bottom).map(|(row, _)| *row).collect();
    for row in below {
        put(rows, row, column, Cell { text: first.text.clone(), kind: CellKind::MergedFromAbove });
    }
}

/// A cell as text and kind; nothing where it is empty.
fn read_cell(value: &DataRef<'_>) -> Option<Cell<'static>> {
    let number = |text: String| Cell { text: Cow::Owned(text), kind: CellKind::Number };
    let text = |text: String| Cell::text(Cow::Owned(text));
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(whole) => number(whole.to_string()),
        DataRef::Float(float) => number(float.to_string()), // shortest decimal that reads back the same, no exponent
        DataRef::String(written) => text(written.clone()),
        DataRef::SharedString(written) => text((*written).to_owned()),
        DataRef::DateTimeIso(written) | DataRef::DurationIso(written) => text(written.clone()),
        DataRef::Bool(flag) => text(flag.to_string()),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Cell { text: Cow::Owned(format!("{year:04}-{month:02}-{day:02}")), kind: CellKind::Date }
        }
        DataRef::Error(error) => text(error.to_string()),
    })
}
