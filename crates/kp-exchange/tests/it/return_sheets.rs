//! Returns out of spreadsheets, and the sheet given back with its problems in its cells.

use calamine::{Reader, Xlsx};
use kp_exchange::{
    marked_sheet::{Mark, marked_sheet},
    return_sheet::{ReturnSheet, read_return_sheet},
};
use kp_statistics::{AnnexTable, return_rules::Column};

fn read(text: &str, table: AnnexTable) -> ReturnSheet {
    read_return_sheet("return.csv", text.as_bytes(), table)
}

fn figures(sheet: &ReturnSheet) -> Vec<String> {
    assert_eq!(sheet.problem, None);
    sheet.figures.iter().map(|(row, figure)| format!("{row}: {figure}")).collect()
}

#[test]
fn each_table_is_read_with_its_columns_in_any_order() {
    let trade = "Exports of XA, first quarter;;;\nHS code;Destination;Value US$;Carats;Visibility\n\
                 7102 31;XB;420.000,00;1.200,00;\n710210;XC;1.000,50;12,00;participants\nTotal;;421.000,50;1.212,00;\n";
    assert_eq!(
        figures(&read(trade, AnnexTable::Exports)),
        ["3: XB 7102.31 1200.00 420000.00", "4: XC 7102.10 12.00 1000.50 participants"]
    );
    let production = "Country,Production type,Carats,Value\nXA,ASM,10.00,500.00\nXA,LSM,90.00,9000.00\n";
    assert_eq!(
        figures(&read(production, AnnexTable::Production)),
        ["2: artisanal 10.00 500.00", "3: large-scale 90.00 9000.00"]
    );
    let counts = "counted\tcertificates\nvalidated for export\t1,204\nreceived with imports\t17\n";
    assert_eq!(figures(&read(counts, AnnexTable::Certificates)), ["2: validated 1204", "3: received 17"]);
    let nil = read("carats,value_usd\nnil,\n", AnnexTable::Stocks);
    assert!(nil.is_nil && nil.figures.is_empty() && nil.problem.is_none());
    for (text, sentence) in [
        ("", "is empty"),
        ("a,b\n1,2\n", "names the columns"),
        ("carats,value\n", "for a nil return write nil"),
    ] {
        let problem = read(text, AnnexTable::Stocks).problem.expect(sentence);
        assert!(problem.contains(sentence), "{problem}");
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_named() {
    let text = "hs,partner,carats,value\n7102.99,XB,1.00,5.00\n7102.10,Atlantis,1.00,5.00\n7102.10,XB,x,\n\
                7102.10,XB,1.234,5.00\n";
    let sheet = read(text, AnnexTable::Imports);
    let told: Vec<String> = sheet
        .unread
        .iter()
        .map(|cell| format!("{} {} {}", cell.row, cell.column.word(), cell.sentence))
        .collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].starts_with("2 class"), "{told:#?}");
    assert!(told[1].starts_with("3 partner"), "{told:#?}");
    assert!(told[2].starts_with("4 carats") && told[3].starts_with("4 value"), "{told:#?}");
    assert!(told[4].contains("more than two decimals"), "{told:#?}");
}

/// What was marked is there when the workbook is opened again, and the figures are as they came.
#[test]
fn the_sheet_comes_back_with_its_problems_in_its_cells() {
    let text = "hs,partner,carats,value\n7102.31,XB,1200.00,420000.00\n7102.10,XB,1.10,0.00\n";
    let sheet = read(text, AnnexTable::Exports);
    let mark = |row, column, blocks| Mark {
        rule: if blocks { "not_positive" } else { "carats_jump" }.into(),
        blocks,
        row,
        column,
        sentence: format!("a sentence about row {row}"),
    };
    let marks =
        [mark(3, Column::Value, true), mark(2, Column::Carats, false), mark(0, Column::Carats, false)];
    let bytes = marked_sheet(&sheet, &marks).unwrap();
    assert_eq!(bytes, marked_sheet(&sheet, &marks).unwrap(), "the same bytes, whatever the time");
    let again = read_return_sheet("marked.xlsx", &bytes, AnnexTable::Exports);
    assert_eq!(again.figures, sheet.figures);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let problems = book.worksheet_range("Problems").unwrap();
    let rows: Vec<String> = problems.rows().map(|row| format!("{} {} {}", row[0], row[2], row[3])).collect();
    assert_eq!(
        rows,
        ["rule blocks or warns row", "not_positive blocks 3", "carats_jump warns 2", " warns 0"]
    );
    // Notes are a part of their own in the file, which a reader of cells passes over.
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.contains("xl/comments1.xml") || text.contains("xl/comments/comment1.xml"),
        "notes are there"
    );
}
