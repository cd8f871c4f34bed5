//! Workbooks as they come: titles, several sheets, merged and hidden parts, dates, numbers kept as text, damage.

use jiff::civil::date;
use kp_exchange::{ProductionReader, Reading, participants::Participants};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::counts;

const EXPORT: [&str; 10] = [
    "Country Name",
    "Year",
    "Quarter",
    "Trade Type",
    "Production Type",
    "Carat",
    "US Value",
    "Public",
    "Created",
    "Last Modified",
];

fn read(bytes: &[u8]) -> Reading {
    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_bytes("returns.xlsx", bytes);
    let reading = reader.finish();
    assert!(reading.law_holds(), "{:?}", reading.counts());
    reading
}

fn header(sheet: &mut Worksheet, row: u32) {
    for (column, word) in (0..).zip(EXPORT) {
        sheet.write(row, column, word).unwrap();
    }
}

/// One row of the export: numbers as numbers, dates as dates.
fn figure(
    sheet: &mut Worksheet,
    row: u32,
    name: &str,
    period: (i32, i32),
    declared: &str,
    figures: (f64, f64),
) {
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(row, 0, name).unwrap();
    sheet.write(row, 1, period.0).unwrap();
    sheet.write(row, 2, period.1).unwrap();
    sheet.write(row, 3, declared).unwrap();
    sheet.write(row, 5, figures.0).unwrap();
    sheet.write(row, 6, figures.1).unwrap();
    sheet.write(row, 7, true).unwrap();
    let stamp = ExcelDateTime::from_ymd(2016, 2, 29).unwrap().and_hms(10, 11, 12).unwrap();
    sheet.write_with_format(row, 8, &stamp, &day).unwrap();
}

#[test]
fn the_public_export_as_a_workbook() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 9, "Kimberley Process: production", &Format::new()).unwrap();
    header(sheet, 2);
    figure(sheet, 3, "Côte d'Ivoire", (2015, 1), "Production", (1997.62, 79_904.8));
    figure(sheet, 4, "XB", (2015, 2), "Production", (0.1 + 0.2, 163_174.57));
    figure(sheet, 6, "XA", (2015, 2), "No Production", (0.0, 0.0));
    figure(sheet, 7, "XA", (2015, 4), "Export", (5.0, 5.0));
    sheet.write(8, 0, "Total").unwrap();
    sheet.write_formula(8, 5, Formula::new("=SUM(F4:F7)").set_result("1997.92")).unwrap();
    sheet.set_column_hidden(6).unwrap();
    let reading = read(&book.save_to_buffer().unwrap());
    assert_eq!(reading.counts(), counts(2, 1, 0, 2));
    assert_eq!(reading.files[0].kind, "workbook of 1 sheet");
    let carats: Vec<String> = reading.rows.iter().map(|r| r.carats.to_string()).collect();
    assert_eq!(carats, ["1997.62", "0.30", "0.00"]);
    assert_eq!(reading.rows[1].value.to_string(), "163174.57");
    let first = &reading.rows[0];
    assert_eq!((first.created, first.public), (Some(date(2016, 2, 29)), Some(true)));
    assert_eq!((first.place.row, first.place.sheet.clone()), (4, None));
    assert_eq!(reading.rows[2].place.row, 7, "rows are counted as the spreadsheet program shows them");
    assert!(reading.notices.is_empty(), "{:?}", reading.notices);
}

#[test]
fn numbers_kept_as_text_and_figures_computed_to_many_decimals() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    figure(sheet, 1, "XA", (2015, 1), "Production", (1.0, 12.345_678));
    sheet.write(1, 5, "1 234,50").unwrap();
    sheet.write(1, 1, "2015").unwrap();
    sheet.write(1, 2, "1").unwrap();
    figure(sheet, 2, "XA", (2015, 2), "Production", (1.0, 1.0));
    sheet.write(2, 5, "1.234").unwrap();
    figure(sheet, 3, "XA", (2016, 1), "Production", (1.0, 1.0));
    sheet.write_formula(3, 5, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let reading = read(&book.save_to_buffer().unwrap());
    assert_eq!(reading.counts(), counts(2, 0, 0, 1));
    let carats: Vec<String> = reading.rows.iter().map(|r| r.carats.to_string()).collect();
    assert_eq!(carats, ["1234.50", "1234.00"], "the comma beside it decides what the dot means");
    assert_eq!(reading.rows[0].value.to_string(), "12.35");
    assert_eq!(reading.notices.len(), 1);
    assert_eq!(reading.rejected[0].problems[0].found, "#DIV/0!");
}

#[test]
fn a_lone_comma_in_a_text_cell_is_not_guessed() {
    for (beside, carats) in [("5", None), ("12.50", Some("1250.00")), ("12,50", Some("1.25"))] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        header(sheet, 0);
        figure(sheet, 1, "XA", (2015, 1), "Production", (1.0, 1.0));
        sheet.write(1, 5, "1,250").unwrap();
        figure(sheet, 2, "XA", (2015, 2), "Production", (1.0, 1.0));
        sheet.write(2, 5, beside).unwrap();
        let reading = read(&book.save_to_buffer().unwrap());
        let first = reading.rows.iter().find(|row| row.half.half == 1).map(|row| row.carats.to_string());
        assert_eq!(first.as_deref(), carats, "{beside}");
    }
}

#[test]
fn merged_names_count_for_each_row_and_merged_figures_for_none() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    for (row, kind) in [(1, "ASM"), (2, "LSM"), (3, "ASM")] {
        figure(sheet, row, "", (2015, 1), "Production", (10.0, 20.0));
        sheet.write(row, 4, kind).unwrap();
    }
    sheet.merge_range(1, 0, 3, 0, "XA", &Format::new()).unwrap();
    sheet.merge_range(2, 5, 3, 5, "30", &Format::new()).unwrap();
    let reading = read(&book.save_to_buffer().unwrap());
    assert_eq!(reading.counts(), counts(2, 0, 0, 1));
    assert!(reading.rows.iter().all(|r| r.participant.as_str() == "XA"));
    assert!(reading.rejected[0].problems[0].sentence.contains("merged with the one above"));
    assert_eq!(reading.rejected[0].place.row, 4);
}

#[test]
fn several_sheets_are_read_and_those_without_a_table_are_named() {
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    notes.write(0, 0, "Prepared by the authority").unwrap();
    for (name, half) in [("First half", 1), ("Second half", 2)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        header(sheet, 0);
        figure(sheet, 1, "XA", (2015, half), "Production", (5.0, 6.0));
    }
    let kept = book.add_worksheet().set_name("Kept").unwrap();
    header(kept, 0);
    figure(kept, 1, "XA", (2015, 1), "Production", (5.0, 6.0));
    kept.set_hidden(true);
    let reading = read(&book.save_to_buffer().unwrap());
    assert_eq!(reading.counts(), counts(2, 0, 1, 0));
    assert_eq!(reading.rows[1].place.to_string(), "returns.xlsx, sheet Second half, row 2");
    assert_eq!(reading.duplicates[0].place.sheet.as_deref(), Some("Kept"));
    let said: Vec<String> = reading.notices.iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("returns.xlsx, sheet Notes: no header row"), "{said:?}");
    assert_eq!(said[1], "returns.xlsx, sheet Kept: the sheet is hidden; it was read all the same");
}

#[test]
fn a_sheet_of_huge_size_costs_nothing_or_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    figure(sheet, 1, "XA", (2015, 1), "Production", (5.0, 6.0));
    sheet.write(1_048_575, 0, "Source: the authority").unwrap();
    let reading = read(&book.save_to_buffer().unwrap());
    assert_eq!(reading.counts(), counts(1, 0, 0, 1));
    assert_eq!(reading.rejected[0].place.row, 1_048_576);

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    sheet.write(1, 16_383, 1).unwrap();
    let problem = read(&book.save_to_buffer().unwrap()).files[0].problem.clone().unwrap();
    assert!(problem.sentence.contains("more than a table of production returns can"), "{}", problem.sentence);
}

#[test]
fn damaged_workbooks_get_a_sentence() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    figure(sheet, 1, "XA", (2015, 1), "Production", (5.0, 6.0));
    let whole = book.save_to_buffer().unwrap();
    let cut = read(&whole[..whole.len() / 2]);
    assert!(cut.files[0].problem.as_ref().unwrap().sentence.contains("its end is missing"));
    for at in (0..whole.len()).step_by(37) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        read(&bytes); // whatever comes of it, the law holds and nothing panics
    }
}

#[test]
fn a_workbook_that_claims_to_unpack_to_gigabytes_is_refused() {
    let mut book = Workbook::new();
    header(book.add_worksheet(), 0);
    let mut bytes = book.save_to_buffer().unwrap();
    let entry = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[entry + 24..entry + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    let problem = read(&bytes).files[0].problem.clone().unwrap();
    assert!(problem.sentence.contains("more than 1 GiB"), "{}", problem.sentence);
}
