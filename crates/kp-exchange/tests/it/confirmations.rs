//! The same two hundred confirmations through every door that files have.

use kp_exchange::{
    confirmations::{ConfirmationContext, ConfirmationFile, read_confirmations},
    participants::Participants,
};
use kp_testkit::confirmations::{ROWS, as_csv, as_message, as_slips, as_table, rows, shipments};
use rust_xlsxwriter::Workbook;

fn read(name: &str, bytes: &[u8]) -> ConfirmationFile {
    let participants = Participants::known();
    let context = ConfirmationContext {
        ours: "XA".parse().unwrap(),
        from: "XF".parse().ok(),
        participants: &participants,
    };
    read_confirmations(name, bytes, context)
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(as_table()) {
        for (column, text) in (0..).zip(cells) {
            sheet.write(row, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Eight rows cannot be read, each for its own reason; of the others every figure is the one that was weighed.
fn check(file: &ConfirmationFile) {
    assert_eq!(file.problem, None, "{}", file.file);
    assert_eq!(file.rows.len(), ROWS, "{}", file.kind);
    let (rows, shipments) = (rows(), shipments());
    let mut told = 0;
    for (at, (row, expected)) in (1..).zip(file.rows.iter().zip(&rows)) {
        match &row.read {
            Err(_) => {
                let sentence = row.sentence().unwrap();
                assert!(
                    !expected.told.is_empty() && sentence.contains(expected.told),
                    "row {at}: {sentence}"
                );
                told += 1;
            }
            Ok(read) if expected.told.is_empty() => {
                let sent = shipments.iter().find(|s| s.serial == at).unwrap();
                let short = if at % 9 == 0 { 300 } else { 0 };
                assert_eq!(read.number.to_string(), format!("XA-{at:06}"), "row {at}");
                assert_eq!(u64::try_from(read.carats.hundredths()), Ok(sent.hundredths - short), "row {at}");
                assert_eq!(read.at, "XF".parse().ok(), "row {at}");
                let day = 13 + at % 15;
                assert_eq!(read.arrived_on.unwrap().to_string(), format!("2026-03-{day}"), "row {at}");
            }
            Ok(_) => {} // what is wrong with it only the register can tell
        }
    }
    assert_eq!(told, 8, "{}", file.kind);
}

#[test]
fn csv_workbook_open_document_message_and_slips_read_alike() {
    check(&read("list.csv", as_csv().as_bytes()));
    check(&read("list.xlsx", &workbook()));
    check(&read("list.ods", &kp_testkit::open_document(&as_table())));
    check(&read("message", as_message().as_bytes()));
    check(&read("slips", as_slips().as_bytes()));
}

#[test]
fn greetings_and_sums_are_passed_over_and_named() {
    let file = read("message", as_message().as_bytes());
    let lines: Vec<&str> = file.passed_over.iter().map(|line| line.raw.as_str()).collect();
    assert!(lines.contains(&"Dear colleagues,"), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Total")), "{lines:?}");
    assert!(lines.contains(&"V. Sample"), "{lines:?}");
}

#[test]
fn what_is_no_list_gets_a_sentence() {
    for (bytes, sentence) in [
        (&b""[..], "is empty"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n1,2\n", "name the columns"),
        (b"PK\x03\x04", "its end is missing"),
    ] {
        let problem = read("list", bytes).problem.expect(sentence).sentence;
        assert!(problem.contains(sentence), "{problem}");
    }
}

#[test]
fn a_day_that_can_be_two_is_told_where_no_other_cell_decides() {
    let one = "number,carats,arrived\nXA-000001,10.00,03/04/2026\n";
    let sentence = read("a.csv", one.as_bytes()).rows[0].sentence().unwrap();
    assert!(sentence.contains("write 2026-04-03 or 2026-03-04"), "{sentence}");
    let two = format!("{one}XA-000002,10.00,14/04/2026\n");
    let file = read("b.csv", two.as_bytes());
    assert_eq!(file.rows[0].read.as_ref().unwrap().arrived_on.unwrap().to_string(), "2026-04-03");
}
