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

fn message(text: &str) -> ConfirmationFile {
    read("message", text.as_bytes())
}

/// Number of each row as it was understood, and whether it confirms.
fn numbers(file: &ConfirmationFile) -> Vec<(String, bool)> {
    let number = |row: &kp_exchange::confirmations::ConfirmationRow| {
        row.understood.number.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    file.rows.iter().map(|row| (number(row), row.read.is_ok())).collect()
}

fn told(file: &ConfirmationFile, at: usize) -> String {
    file.rows[at].sentence().unwrap_or_default()
}

#[test]
fn a_message_that_says_goods_did_not_come_confirms_nothing() {
    for (text, word) in [
        ("XA-000075 is still missing, 76.50 carats never came", "missing"),
        ("XA-000075: 76.50 ct, refused and sent back", "refused"),
        ("XA-000075 n'est jamais arrivé, 76,50 ct", "n'"),
        ("XA-000075 não chegou, 76,50 ct", "não"),
        ("Certificate: XA-000075\nCarats: 76.50\nRemarks: seized by customs", "seized"),
        ("Certificate: XA-000075\nCarats: 76.50\nDecision: refused", "refused"),
        ("number;carats;remarks\nXA-000075;76.50;never arrived\n", "never"),
        ("number;carats;status at the gate\nXA-000075;76.50;detained\n", "detained"),
        ("certificates not received;carats\nXA-000075;76.50\n", "not"),
        ("Number not received: XA-000075\nCarats: 76.50", "not"),
        ("The following have never\nreached us:\n\nXA-000075, 76.50 ct\n", "never"),
        ("XA-000075, 76.50 ct\n\nNone of these has come.\n", "None"),
        ("Still missing:\n\nnumber;carats\nXA-000075;76.50\n", "missing"),
        ("number;carats\nXA-000074;75.50\nNot received;\nXA-000075;76.50\n", "Not"),
    ] {
        let file = message(text);
        let last = file.rows.len() - 1;
        assert_eq!(numbers(&file)[last], ("XA-000075".to_owned(), false), "{text}");
        assert!(told(&file, last).contains(word), "{text}: {}", told(&file, last));
    }
    for text in [
        "XA-000075 arrived in good order, 76.50 ct, no difference",
        "Sorry for the delay. Please find our answers:\n\nXA-000075, 76.50 ct\n\nBest regards, V. Sample\n",
        "number;carats;remarks\nXA-000075;76.50;received without damage\n",
        "number;carats;damage\nXA-000075;76.50;none\n",
        "Certificate: XA-000075\nCarats: 76.50\nDamage: none\nRemarks: no discrepancy",
        "XA-000075, 76.50 ct\n\nStill missing:\nXA-000076, 77.50 ct\n",
    ] {
        assert_eq!(numbers(&message(text))[0], ("XA-000075".to_owned(), true), "{text}");
    }
}

#[test]
fn no_line_of_a_message_is_lost() {
    let file = message(
        "Dear colleagues,\n\nCertificate: XA-000063\nWeight: 64.50 ct\nArrived: 2 January 2027\n\nAlso XA-000064 arrived, \
         65.50 carats.\nAnd XA-000069 we never saw.\n\nBest regards\nV. Sample\n",
    );
    let read = [("XA-000063", true), ("XA-000064", true), ("XA-000069", false)];
    assert_eq!(numbers(&file), read.map(|(number, ok)| (number.to_owned(), ok)));
    assert_eq!(file.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [3, 7, 8]);
    let passed: Vec<(u32, &str)> =
        file.passed_over.iter().map(|line| (line.row, line.raw.as_str())).collect();
    assert_eq!(passed, [(1, "Dear colleagues,"), (10, "Best regards"), (11, "V. Sample")]);
    // Beside a table too, and where a slip's second weight or a weight above its certificate would be taken for another's.
    let file = message("number;carats\nXA-000063;64.50\n\nXA-000064 came here too, as we wrote\n");
    assert_eq!(numbers(&file), [("XA-000063".to_owned(), true), ("XA-000064".to_owned(), false)]);
    assert!(told(&file, 1).contains("outside the table"), "{}", told(&file, 1));
    let file = message("Certificate: XA-000063\nWeight: 64.50\nWeight: 65.50\n");
    assert!(told(&file, 0).contains("twice, 64.50 and 65.50"), "{}", told(&file, 0));
    let file =
        message("Weight: 64.50 ct\nCertificate: XA-000063\n\nWeight: 65.50 ct\nCertificate: XA-000064\n");
    assert!(file.rows.iter().all(|row| row.read.is_err()), "{:?}", numbers(&file));
    assert_eq!(file.rows.len(), 3);
}

#[test]
fn one_certificate_to_a_line_is_read_as_people_write_it() {
    for line in [
        "XA-000071, 72.50 ct",
        "XA-000071 72.50 carats 2026-12-01",
        "Certificate XA-000071 arrived on 2026-12-01 with 72.50 carats",
        "XA-000071 72.50 2026-12-01",
        "xa 000 071: 72.50ct",
        "XA-OOOO71 72.50 ct",
        "certificate 71, 72.50 ct",
    ] {
        let file = message(line);
        let read = file.rows[0].read.as_ref().unwrap_or_else(|_| panic!("{line}: {}", told(&file, 0)));
        assert_eq!(
            (read.number.to_string().as_str(), read.carats.hundredths()),
            ("XA-000071", 7_250),
            "{line}"
        );
        let day = read.arrived_on.map(|day| day.to_string());
        assert_eq!(day.as_deref(), line.contains("2026").then_some("2026-12-01"), "{line}");
    }
    // What does not read keeps what does.
    let file = message("XA-000071 arrived\n");
    assert_eq!(numbers(&file), [("XA-000071".to_owned(), false)]);
}
