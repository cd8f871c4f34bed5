//! Returns out of spreadsheets, and the sheet given back with its problems in its cells.

use calamine::{Data, Reader, Xlsx};
use kp_exchange::{
    marked_sheet::{Mark, marked_sheet},
    participants::Participants,
    return_sheet::{ReturnSheet, WhichReturn, read_return_sheet},
};
use kp_statistics::{AnnexTable, return_rules::Column};
use rust_xlsxwriter::Workbook;

/// The return of XA for the first period of 2026 that the table is returned for.
fn of_xa(table: AnnexTable) -> WhichReturn {
    let period = table.period_of(jiff::civil::date(2026, 1, 1));
    WhichReturn { participant: "XA".parse().unwrap(), table, period }
}

fn read_bytes(name: &str, bytes: &[u8], table: AnnexTable) -> ReturnSheet {
    read_return_sheet(name, bytes, of_xa(table), &Participants::known())
}

fn read(text: &str, table: AnnexTable) -> ReturnSheet {
    read_bytes("return.csv", text.as_bytes(), table)
}

/// What blocks: `other_return 2 period: ...`.
fn told(sheet: &ReturnSheet) -> Vec<String> {
    assert_eq!(sheet.problem, None);
    let said = |it: &kp_exchange::return_sheet::Unread| {
        format!("{} {} {}: {}; {}", it.why.name(), it.row, it.column.word(), it.sentence, it.mend)
    };
    sheet.unread.iter().map(said).collect()
}

/// What was not used: `1: ...`.
fn noted(sheet: &ReturnSheet) -> Vec<String> {
    sheet.notes.iter().map(|note| format!("{}: {}", note.row, note.sentence)).collect()
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
    let told = told(&sheet);
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].starts_with("cell_unread 2 class"), "{told:#?}");
    assert!(told[1].starts_with("cell_unread 3 partner"), "{told:#?}");
    assert!(told[2].starts_with("cell_unread 4 carats"), "{told:#?}");
    assert!(told[3].starts_with("cell_unread 4 value: missing: value;"), "{told:#?}");
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
    let again = read_bytes("marked.xlsx", &bytes, AnnexTable::Exports);
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

/// A row says whose it is, for which period and of which table; what is another return's is not declared as this one's.
#[test]
fn rows_of_another_return_block() {
    let text = "partner,hs,carats,value_usd,period,participant\nXB,7102.31,1.00,5.00,2026-Q1,XA\n\
                XB,7102.10,1.00,5.00,2025-Q1,XA\nXC,7102.10,1.00,5.00,2026-Q1,XB\nXC,7102.31,1.00,5.00,,\n\
                XD,7102.31,1.00,5.00,winter,Atlantis\n";
    let sheet = read(text, AnnexTable::Exports);
    assert_eq!(figures(&sheet), ["2: XB 7102.31 1.00 5.00", "5: XC 7102.31 1.00 5.00"]);
    let told = told(&sheet);
    assert_eq!(
        told[..2],
        [
            "other_return 3 period: \"2025-Q1\" is another period, and this is the return for 2026-Q1; leave only rows of \
             2026-Q1 in the file, or bring it as the return for the period it names",
            "other_return 4 participant: \"XB\" is another participant, and this is the return of XA; leave only rows of XA \
             in the file, or bring it as the return of whom it names",
        ]
    );
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[2].starts_with("cell_unread 6 participant: \"Atlantis\" is no participant"), "{told:#?}");
    assert!(told[3].starts_with("cell_unread 6 period: \"winter\" is no period"), "{told:#?}");
    for (header, row, expected) in [
        ("country", "XB", &["other_return 2 participant"][..]),
        ("reporter", "XA", &[]),
        ("year", "2025", &["other_return 2 period"]),
        ("year", "2026", &[]),
        ("half", "2", &["other_return 2 period"]),
        ("Semestre", "1er semestre", &[]),
        ("Trade type", "Production", &[]),
        ("Trade type", "Import", &["other_return 2 table"]),
        ("month", "2026-05", &[]),
    ] {
        let sheet = read(&format!("carats,value,{header}\n1.00,5.00,{row}\n"), AnnexTable::Production);
        let told: Vec<String> = sheet
            .unread
            .iter()
            .map(|it| format!("{} {} {}", it.why.name(), it.row, it.column.word()))
            .collect();
        assert_eq!(told, expected, "{header} {row}");
        let marked_at = |it: &kp_exchange::return_sheet::Unread| sheet.columns.get(&it.column).copied();
        assert!(sheet.unread.iter().all(|it| marked_at(it) == Some(2)), "{header}: marked where it stands");
    }
}

/// `participant` is the other side only where no column names it.
#[test]
fn the_partner_is_who_is_called_so() {
    let own_first = "participant,partner,hs,carats,value\nXA,XB,7102.31,1.00,5.00\n";
    assert_eq!(figures(&read(own_first, AnnexTable::Exports)), ["2: XB 7102.31 1.00 5.00"]);
    let alone = "participant,hs,carats,value\nXB,7102.31,1.00,5.00\n";
    assert_eq!(figures(&read(alone, AnnexTable::Exports)), ["2: XB 7102.31 1.00 5.00"]);
    let both = "from,to,hs,carats,value\nXA,XB,7102.31,1.00,5.00\n";
    assert_eq!(figures(&read(both, AnnexTable::Exports)), ["2: XB 7102.31 1.00 5.00"]);
    let import = read(both, AnnexTable::Imports);
    assert!(told(&import)[0].starts_with("other_return 2 participant: \"XB\""), "{:?}", told(&import));
}

#[test]
fn every_column_that_is_not_used_is_listed() {
    let text =
        "Partner,HS,Carats,Value,Parcels,Remarks,\nXB,7102.31,1.00,5.00,3,,x\nXB,7102.10,1.00,5.00,3,,\n";
    assert_eq!(
        noted(&read(text, AnnexTable::Exports)),
        ["1: columns that are not used: \"Parcels\", \"Remarks\", G"]
    );
    assert_eq!(
        noted(&read("hs,carats,value\n7102.31,1.00,5.00\n", AnnexTable::Stocks)),
        Vec::<String>::new()
    );
    let flow = read("hs,carats,value,flow\n7102.31,1.00,5.00,sideways\n", AnnexTable::Stocks);
    assert_eq!(noted(&flow), ["1: columns that are not used: \"flow\""]);
    let twice = read("hs,carats,value,Quilates\n7102.31,1.00,5.00,2.00\n", AnnexTable::Stocks);
    let problem = twice.problem.expect("two columns of carats");
    assert!(problem.contains("\"carats\" and \"Quilates\""), "{problem}");
}

type SheetOf<'a> = (&'a str, &'a [&'a [&'a str]]);

/// A workbook; what reads as a number is one.
fn workbook(sheets: &[SheetOf<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (at, row) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*row) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(at, column, number).unwrap(),
                    Err(_) => sheet.write(at, column, *text).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

const HEADER: &[&str] = &["partner", "hs", "carats", "value"];

#[test]
fn a_second_sheet_with_figures_blocks_and_one_without_is_noted() {
    let first: SheetOf<'_> = ("January", &[HEADER, &["XB", "7102.31", "1200.5", "420000"]]);
    let more: SheetOf<'_> =
        ("February", &[HEADER, &["XB", "7102.10", "5", "60"], &["XC", "7102.10", "5", "60"]]);
    let bare: SheetOf<'_> = ("March", &[&["XB", "7102.31", "3", "70"]]);
    let cover: SheetOf<'_> = ("Cover", &[&["Return of XA"], &["Period", "2026", "1"]]);
    let empty: SheetOf<'_> = ("Sheet4", &[]);
    let only_named: SheetOf<'_> = ("Template", &[HEADER]);
    let sheet = read_bytes("q1.xlsx", &workbook(&[cover, only_named, first, empty]), AnnexTable::Exports);
    assert_eq!(figures(&sheet), ["2: XB 7102.31 1200.50 420000.00"]);
    assert_eq!(told(&sheet), Vec::<String>::new());
    assert_eq!(
        noted(&sheet),
        ["0: the sheet \"Cover\" holds no figures", "0: the sheet \"Template\" holds no figures"]
    );
    let sheet = read_bytes("q1.xlsx", &workbook(&[first, more, bare]), AnnexTable::Exports);
    let told = told(&sheet);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told[0].starts_with(
            "sheet_unread 0 carats: the sheet \"February\" holds figures too, which are not read (rows: 2)"
        ),
        "{told:#?}"
    );
    assert!(told[1].contains("\"March\" holds figures too, which are not read (rows: 1)"), "{told:#?}");
}

#[test]
fn a_customs_file_names_the_sheets_that_are_not_read() {
    let header: &[&str] = &["reporter", "partner", "flow", "hs", "period", "carats", "value"];
    let row: &[&str] = &["XB", "XA", "import", "7102.1", "2026Q1", "5", "60"];
    let sheets: [SheetOf<'_>; 3] = [("Q1", &[header, row]), ("Q2", &[header, row]), ("Empty", &[])];
    let file = kp_exchange::customs::read_customs(&workbook(&sheets), &Participants::known());
    assert_eq!((&file.problem, file.figures.len()), (&None, 1));
    assert_eq!(file.other_sheets, ["Q2"]);
}

/// What came as a number goes back as one, and the sheet can be mended and brought again.
#[test]
fn numbers_stay_numbers_in_the_sheet_that_goes_back() {
    let bytes = workbook(&[("Q1", &[HEADER, &["XB", "7102.1", "1200.5", "x1"]])]);
    let sheet = read_bytes("q1.xlsx", &bytes, AnnexTable::Exports);
    let mark = Mark {
        rule: "carats_jump".into(),
        blocks: false,
        row: 2,
        column: Column::Carats,
        sentence: "?".into(),
    };
    let given_back = marked_sheet(&sheet, &[mark]).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(given_back.as_slice())).unwrap();
    let rows = book.worksheet_range("Return").unwrap();
    let cells: Vec<&Data> = rows.rows().nth(1).unwrap().iter().collect();
    assert_eq!(
        cells,
        [&Data::String("XB".into()), &Data::Float(7102.1), &Data::Float(1200.5), &Data::String("x1".into())]
    );
    let again = read_bytes("again.xlsx", &given_back, AnnexTable::Exports);
    assert_eq!((again.unread.len(), again.notes.len()), (1, 0), "the list of problems is ours: {again:#?}");
}

#[test]
fn the_number_that_a_spreadsheet_makes_of_a_class_is_the_class() {
    for (written, expected) in [("7102.1", "7102.10"), ("7102.31", "7102.31"), ("71021000", "7102.10")] {
        let bytes = workbook(&[("Q1", &[HEADER, &["XB", written, "1", "5"]])]);
        let sheet = read_bytes("q1.xlsx", &bytes, AnnexTable::Exports);
        assert_eq!(figures(&sheet), [format!("2: XB {expected} 1.00 5.00")], "{written}");
    }
    let text = "partner;hs;carats;value\nXB;7102,1;1,00;5,00\nXB;7102.2;1,00;5,00\nXB;71021;1,00;5,00\n";
    let sheet = read(text, AnnexTable::Exports);
    assert_eq!(figures(&sheet), ["2: XB 7102.10 1.00 5.00"]);
    assert_eq!(told(&sheet).len(), 2, "{:?}", told(&sheet));
}

#[test]
fn names_of_the_register_are_known_and_members_are_sent_to_their_participant() {
    let names =
        [("XB".parse().unwrap(), "Sampleland".to_owned()), ("ZZ".parse().unwrap(), "Zedland".to_owned())];
    let participants = Participants::known().with_registered(names);
    let text = "partner,hs,carats,value\nSampleland,7102.31,1.00,5.00\nzz,7102.31,1.00,5.00\nSamplelnd,7102.31,1.00,5.00\n\
                Belgium,7102.31,1.00,5.00\nHK,7102.31,1.00,5.00\nBotswana,7102.31,1.00,5.00\nYY,7102.31,1.00,5.00\n";
    let sheet = read_return_sheet("q1.csv", text.as_bytes(), of_xa(AnnexTable::Exports), &participants);
    assert_eq!(
        figures(&sheet),
        ["2: XB 7102.31 1.00 5.00", "3: ZZ 7102.31 1.00 5.00", "7: BW 7102.31 1.00 5.00"]
    );
    let told = told(&sheet);
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[0].contains("write Sampleland, if that is meant"), "{told:#?}");
    assert!(told[1].contains("Belgium takes part in the scheme with European Union; write EU"), "{told:#?}");
    assert!(told[2].contains("Hong Kong takes part in the scheme with China"), "{told:#?}");
    assert!(told[3].contains("write the two-letter code"), "{told:#?}");
}

#[test]
fn headings_are_read_in_three_languages() {
    for header in [
        "Country of destination,HS Code,Carats,Value (US$)",
        "Pays de destination,Code SH,Carats,Valeur (US$)",
        "País de destino,Código SH,Quilates,Valor (US$)",
        "PARCEIRO,SH,QUILATES,Valor USD",
    ] {
        let sheet = read(&format!("{header}\nXB,7102.31,1.00,5.00\n").replace(',', ";"), AnnexTable::Exports);
        assert_eq!(figures(&sheet), ["2: XB 7102.31 1.00 5.00"], "{header}");
        assert_eq!(noted(&sheet), Vec::<String>::new(), "{header}");
    }
}

#[test]
fn totals_are_kept_to_be_compared_and_a_row_of_one_text_is_a_remark() {
    for word in
        ["Total", "GRAND TOTAL", "Sum", "TOTAL GENERAL", "Sous-total", "Soma", "Total général", "Monde"]
    {
        let text = format!(
            "partner;hs;carats;value\nXB;7102.31;1,50;5,00\n{word};;1,60;5,00\nSource: customs of XA;;;\nXB;;;\n"
        );
        let sheet = read(&text, AnnexTable::Exports);
        assert_eq!(figures(&sheet), ["2: XB 7102.31 1.50 5.00"], "{word}");
        let totals: Vec<String> = sheet
            .totals
            .iter()
            .map(|(row, total)| format!("{row}: {} {}", total.carats.unwrap(), total.value.unwrap()))
            .collect();
        assert_eq!(totals, ["3: 1.60 5.00"], "{word}");
        assert_eq!(noted(&sheet), ["4: \"Source: customs of XA\" is taken for a remark"]);
        let told = told(&sheet);
        assert!(told.iter().all(|it| it.starts_with("cell_unread 5")) && told.len() == 2, "{told:#?}");
    }
}

#[test]
fn a_nil_return_has_no_figures() {
    let text = "hs,carats,value\n7102.31,1.00,5.00\nnil,,\n";
    let sheet = read(text, AnnexTable::Stocks);
    assert_eq!(
        told(&sheet),
        [
            "nil_beside_figures 3 carats: the row says nil, and the return has figures; take out the row, or the figures"
        ]
    );
    let inside = read("hs,carats,value\nnil,1.00,5.00\n", AnnexTable::Stocks);
    assert!(told(&inside)[0].starts_with("nil_beside_figures 2"), "{:?}", told(&inside));
    let nil = read("hs,carats,value\nNéant,0.00,0.00\n", AnnexTable::Stocks);
    assert!(nil.is_nil && nil.unread.is_empty() && nil.problem.is_none());
}
