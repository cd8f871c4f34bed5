//! Rows and files that are not as they should be: each gets a sentence, none is lost, none is guessed.

use kp_reconcile::Format;

use crate::run::{CERTIFICATES, CONFIRMATIONS, folder_of, run_in, run_on, settings};

const GOOD: &str =
    "1,A1-00000001,A1,B7,A1,710231,2024-01-10,2024-03-10,100.00,5000.00,1,1001,2001,S0000000001";
const CONFIRMED: &str = "1,A1-00000001,A1,B7,710231,2024-01-15,100.00,5000.00\n";

/// A certificate that differs from the good one in one column.
fn with(column: usize, value: &str) -> String {
    let mut fields: Vec<&str> = GOOD.split(',').collect();
    fields[column] = value;
    fields.join(",")
}

#[test]
fn each_bad_value_is_named_with_its_row_and_column() {
    let table = [
        (0, "one", "cert_id"),
        (1, "", "cert_no"),
        (2, "a1", "exporter"),
        (2, "A", "exporter"),
        (3, "B77", "importer"),
        (3, "", "importer"),
        (5, "7102.31", "hs"),
        (5, "gem", "hs"),
        (6, "10/01/2024", "issue_date"),
        (6, "2024-02-30", "issue_date"),
        (6, "", "issue_date"),
        (8, "-1.00", "carats"),
        (8, "1.005", "carats"),
        (8, "1e3", "carats"),
        (8, "100000000000.00", "carats"),
        (9, "five", "value_usd"),
        (9, "", "value_usd"),
    ];
    for (place, value, column) in table {
        let text = format!("{CERTIFICATES}{GOOD}\n{}\n{GOOD}\n", with(place, value));
        let outcome =
            run_on(text.as_bytes(), format!("{CONFIRMATIONS}{CONFIRMED}").as_bytes()).unwrap().outcome;
        let read = &outcome.read[0];
        assert_eq!((read.account.used, read.account.rejected), (2, 1), "{column} {value}");
        let rejected = &read.rejected[0];
        assert_eq!((rejected.row, rejected.column.as_str(), rejected.found.as_str()), (3, column, value));
        let sentence = rejected.to_string();
        let start = format!("certificates.csv, row 3, column {column}: `{value}`; expected ");
        assert!(sentence.starts_with(&start), "{sentence}");
    }
}

#[test]
fn rows_that_are_no_rows_are_named_as_such() {
    let table: [(&[u8], &str); 5] = [
        (b"1,A1-00000001,A1", "certificates.csv, row 3: 3 fields; expected 14 fields, as in the header"),
        (
            b"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15",
            "certificates.csv, row 3: 15 fields; expected 14 fields, as in the header",
        ),
        (
            b"1,\"A1-00000001,A1",
            "certificates.csv, row 3: a quotation mark out of place; expected fields without quotation marks, or closed on their line",
        ),
        (b"1,\xff1,A1", "certificates.csv, row 3: bytes that are not UTF-8; expected a text in UTF-8"),
        (b" ", "certificates.csv, row 3: 1 fields; expected 14 fields, as in the header"),
    ];
    for (line, expected) in table {
        let text = [CERTIFICATES.as_bytes(), GOOD.as_bytes(), b"\n", line, b"\n", GOOD.as_bytes()].concat();
        let outcome = run_on(&text, CONFIRMATIONS.as_bytes()).unwrap().outcome;
        assert_eq!(outcome.read[0].rejected.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
        assert_eq!(outcome.read[0].account.used, 2);
    }
}

#[test]
fn innocent_variety_is_read() {
    let plain = run_on(
        format!("{CERTIFICATES}{GOOD}\n").as_bytes(),
        format!("{CONFIRMATIONS}{CONFIRMED}").as_bytes(),
    );
    let plain = plain.unwrap().outcome.sha256;
    let quoted: Vec<String> = GOOD.split(',').map(|field| format!("\"{field}\"")).collect();
    let reordered = |line: &str| line.trim_end().rsplit(',').collect::<Vec<_>>().join(",");
    let variety = [
        format!("{CERTIFICATES}{GOOD}"),
        format!("\u{feff}{CERTIFICATES}{GOOD}\n"),
        format!("{CERTIFICATES}{GOOD}\n\n\n"),
        format!("{CERTIFICATES}{GOOD}\n").replace('\n', "\r\n"),
        format!("{CERTIFICATES}{}\n", quoted.join(",")),
        format!("{}\n{}\n", reordered(CERTIFICATES), reordered(GOOD)),
        format!("{CERTIFICATES}{}\n", with(8, "100")),
        format!("{CERTIFICATES}{}\n", with(8, "100.0")),
        format!("{CERTIFICATES}{}\n", with(8, "100.000")),
        // What is not needed is not looked at.
        format!("{CERTIFICATES}{}\n", with(7, "never")),
    ];
    for text in variety {
        let ran = run_on(text.as_bytes(), format!("{CONFIRMATIONS}{CONFIRMED}").as_bytes()).unwrap();
        assert_eq!((ran.outcome.rejected(), &ran.outcome.sha256), (0, &plain), "{text}");
    }
}

#[test]
fn rows_keep_their_numbers_across_pieces_and_threads() {
    // More than a piece of 256 KiB, with a bad row every thousand.
    let mut text = CERTIFICATES.to_owned();
    for row in 0..20_000 {
        text.push_str(&if row % 1000 == 7 { with(8, "x") } else { with(0, &row.to_string()) });
        text.push('\n');
    }
    let folder =
        folder_of(&[("certificates.csv", text.as_bytes()), ("confirmations.csv", CONFIRMATIONS.as_bytes())]);
    for threads in [1, 3] {
        let outcome = run_in(folder.path(), Format::Csv, &settings(threads)).unwrap().outcome;
        let rows: Vec<u64> = outcome.read[0].rejected.iter().map(|rejected| rejected.row).collect();
        assert_eq!(rows, (0..20).map(|at| at * 1000 + 9).collect::<Vec<_>>());
        assert_eq!(outcome.read[0].account.used, 19_980);
    }
}

#[test]
fn files_that_cannot_be_what_they_should_be_stop_the_run_with_a_sentence() {
    let said = |certificates: &[u8]| run_on(certificates, CONFIRMATIONS.as_bytes()).unwrap_err().to_string();
    let missing = CERTIFICATES.replace("seal_no", "seal");
    let sentence = said(missing.as_bytes());
    assert!(sentence.contains("certificates.csv: the header has no column `seal_no`"), "{sentence}");
    let twice = CERTIFICATES.replace("origin", "exporter");
    assert!(said(twice.as_bytes()).contains("the header names the column `exporter` twice"));
    assert!(said(b"").contains("the file is empty"));
    assert!(said(b"\xff\xfec\0e\0r\0t\0").contains("the header holds bytes that are not UTF-8"));
    let none = folder_of(&[("certificates.csv", CERTIFICATES.as_bytes())]);
    let sentence = run_in(none.path(), Format::Csv, &settings(1)).unwrap_err().to_string();
    assert!(sentence.contains("there is no confirmations.csv in this folder"), "{sentence}");
    let not_parquet =
        folder_of(&[("certificates.parquet", b"cert_id,cert_no"), ("confirmations.parquet", b"")]);
    let sentence = run_in(not_parquet.path(), Format::Parquet, &settings(1)).unwrap_err().to_string();
    assert!(sentence.contains("this is no Parquet file, or it is not complete"), "{sentence}");
}

#[test]
fn empty_tables_give_headers_alone() {
    let ran = run_on(CERTIFICATES.as_bytes(), CONFIRMATIONS.as_bytes()).unwrap();
    assert_eq!(ran.files.len(), 10);
    assert!(ran.files.values().all(|text| text.lines().count() == 1), "{:?}", ran.files);
    assert_eq!(ran.outcome.flagged, None);
}

#[test]
fn a_limit_of_memory_is_kept_or_said() {
    let text = format!("{CERTIFICATES}{GOOD}\n");
    let folder =
        folder_of(&[("certificates.csv", text.as_bytes()), ("confirmations.csv", CONFIRMATIONS.as_bytes())]);
    let limited = |memory| kp_reconcile::Settings { memory: Some(memory), ..settings(1) };
    let sentence = run_in(folder.path(), Format::Csv, &limited(10 << 20)).unwrap_err().to_string();
    assert!(sentence.contains("more than the 10 MiB allowed"), "{sentence}");
    assert!(run_in(folder.path(), Format::Csv, &limited(1 << 30)).is_ok());
}

/// A file of another program, or none at all, is told what it is and what to do; a row that stands there twice is said.
#[test]
fn an_empty_file_other_marks_and_a_row_twice_are_said() {
    let semicolons = CERTIFICATES.replace(',', ";");
    let tabs = CERTIFICATES.replace(',', "\t");
    for (text, says) in [
        ("", "the file is empty; expected a header with the columns of"),
        ("\u{feff}\n", "the file is empty; expected a header with the columns of"),
        (semicolons.as_str(), "separated by semicolons; save it with commas between them"),
        (tabs.as_str(), "separated by tabs; save it with commas between them"),
    ] {
        let failure = run_on(text.as_bytes(), CONFIRMATIONS.as_bytes()).unwrap_err().to_string();
        assert!(failure.contains(says), "{failure}");
    }
    let twice =
        format!("{CERTIFICATES}{GOOD}\n{GOOD}\n{}\n{}\n", with(1, "A1-00000002"), with(1, "A1-00000003"));
    let outcome = run_on(twice.as_bytes(), CONFIRMATIONS.as_bytes()).unwrap().outcome;
    assert_eq!((outcome.same_rows, outcome.certificates), (1, 4));
    let other = format!("{CERTIFICATES}{GOOD}\n{}\n", with(0, "2"));
    assert_eq!(run_on(other.as_bytes(), CONFIRMATIONS.as_bytes()).unwrap().outcome.same_rows, 0);
}
