//! Two hundred confirmations as desks really send them, fourteen of them wrong in a way of its own.
//!
//! Made by rule and without chance: the same rows every time, so that a test can say which row must be told what. The
//! shipments they confirm are made by the same rule ([`shipments`]).

use std::fmt::Write as _;

/// Columns as the sender heads them.
pub const HEADER: [&str; 5] =
    ["KP Certificate No.", "Importing authority", "Carats received", "Date of arrival", "Remarks"];

/// Rows below the header.
pub const ROWS: usize = 200;

/// A shipment that left and waits to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// Serial of its certificate.
    pub serial: u32,
    /// Hundredths of a carat.
    pub hundredths: u64,
    /// Whether it left: one did not.
    pub departed: bool,
}

/// One row, and what must come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessyRow {
    /// Its cells, in the order of [`HEADER`].
    pub cells: [String; 5],
    /// A piece of the sentence it must get; empty where it must be matched.
    pub told: &'static str,
}

/// The rows that are wrong: which row of the table (from 1), and how.
const WRONG: [(usize, Wrong); 14] = [
    (7, Wrong::NoNumber),
    (19, Wrong::NotANumber),
    (33, Wrong::TwoNumbers),
    (48, Wrong::NoCarats),
    (61, Wrong::CaratsInWords),
    (77, Wrong::NoSuchDay),
    (90, Wrong::NoSuchParticipant),
    (104, Wrong::NothingWeighed),
    (118, Wrong::NeverIssued),
    (133, Wrong::AnothersNumber),
    (149, Wrong::SameAgain),
    (162, Wrong::AgainOtherwise),
    (178, Wrong::NotDeparted),
    (195, Wrong::BeforeItLeft),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    NoNumber,
    NotANumber,
    TwoNumbers,
    NoCarats,
    CaratsInWords,
    NoSuchDay,
    NoSuchParticipant,
    NothingWeighed,
    NeverIssued,
    AnothersNumber,
    SameAgain,
    AgainOtherwise,
    NotDeparted,
    BeforeItLeft,
}

fn wrong_at(row: usize) -> Option<Wrong> {
    WRONG.iter().find(|(at, _)| *at == row).map(|(_, wrong)| *wrong)
}

/// What left XA for XF: one shipment for each row that speaks of one.
pub fn shipments() -> Vec<Shipment> {
    let speaks = |row: &usize| {
        !matches!(
            wrong_at(*row),
            Some(
                Wrong::NoNumber
                    | Wrong::NotANumber
                    | Wrong::TwoNumbers
                    | Wrong::NeverIssued
                    | Wrong::AnothersNumber
                    | Wrong::SameAgain
                    | Wrong::AgainOtherwise
            )
        )
    };
    (1..=ROWS)
        .filter(speaks)
        .map(|row| Shipment {
            serial: u32::try_from(row).unwrap_or_default(),
            hundredths: hundredths(row),
            departed: wrong_at(row) != Some(Wrong::NotDeparted),
        })
        .collect()
}

/// From 13.50 ct to some 2,600 ct.
const fn hundredths(row: usize) -> u64 {
    1_350 + (row as u64 * 1_307) % 261_000
}

/// The rows.
pub fn rows() -> Vec<MessyRow> {
    (1..=ROWS).map(row).collect()
}

fn row(at: usize) -> MessyRow {
    let good = [number(at, at), importer(at), carats(at, hundredths(at)), day(at), remark(at)];
    let mut cells = good;
    let told = match wrong_at(at) {
        None => return MessyRow { cells, told: "" },
        Some(Wrong::NoNumber) => {
            cells[0] = "n/a".into();
            "the certificate's number is missing"
        }
        Some(Wrong::NotANumber) => {
            cells[0] = "see attached scan no 2".into();
            "as a certificate number"
        }
        Some(Wrong::TwoNumbers) => {
            cells[0] = format!("XA-{:06} XA-{:06}", at, at + 1);
            "as a certificate number"
        }
        Some(Wrong::NoCarats) => {
            cells[2] = "-".into();
            "the carats are missing"
        }
        Some(Wrong::CaratsInWords) => {
            cells[2] = "about forty".into();
            "cannot be read"
        }
        Some(Wrong::NoSuchDay) => {
            cells[3] = "31.02.2026".into();
            "is not a day of the calendar"
        }
        Some(Wrong::NoSuchParticipant) => {
            cells[1] = "Atlantis Diamond Office".into();
            "is no participant"
        }
        Some(Wrong::NothingWeighed) => {
            cells[2] = "0.00".into();
            "is not what was weighed"
        }
        Some(Wrong::NeverIssued) => {
            cells[0] = "XA-909090".into();
            "is not in our register"
        }
        Some(Wrong::AnothersNumber) => {
            cells[0] = "XC-000133".into();
            "is not ours"
        }
        Some(Wrong::SameAgain) => {
            cells = row(at - 4).cells;
            "row"
        }
        Some(Wrong::AgainOtherwise) => {
            cells[0] = row(at - 2).cells[0].clone();
            "row"
        }
        Some(Wrong::NotDeparted) => "has not left",
        Some(Wrong::BeforeItLeft) => {
            cells[3] = "2025-03-05".into();
            "before"
        }
    };
    MessyRow { cells, told }
}

/// A number in one of eleven hands: case, blanks, O for 0, I and l for 1, separators, words around it, no letters.
fn number(at: usize, serial: usize) -> String {
    let plain = format!("{serial:06}");
    let letters = plain.replacen('0', "O", 2);
    match at % 11 {
        0 => format!("XA-{plain}"),
        1 => format!("xa-{plain}"),
        2 => format!("XA {} {}", &plain[..3], &plain[3..]),
        3 => format!("XA{letters}"),
        4 => format!("XA-{}", plain.replacen('1', "I", 1)),
        5 => format!("XA/{plain}"),
        6 => format!("XA.{}.{}", &plain[..3], &plain[3..]),
        7 => format!("XA\u{2013}{serial}"),
        8 => plain,
        9 => format!("KP cert. no. XA-{plain}"),
        _ => format!("  x a - {} ", plain.replacen('1', "l", 1)),
    }
}

fn importer(at: usize) -> String {
    ["XF", "xf", "", "XF "][at % 4].to_owned()
}

/// Carats in one of six hands, all with a decimal dot. Every ninth is weighed a carat short.
fn carats(at: usize, hundredths: u64) -> String {
    let weighed = if at % 9 == 0 { hundredths - 300 } else { hundredths };
    let (whole, part) = (weighed / 100, weighed % 100);
    let grouped = |mark: char| match whole {
        1_000.. => format!("{}{mark}{:03}", whole / 1_000, whole % 1_000),
        _ => whole.to_string(),
    };
    match at % 6 {
        0 => format!("{whole}.{part:02}"),
        1 => format!("{}.{part:02}", grouped(',')),
        2 => format!("{whole}.{part:02} ct"),
        3 => format!("{}.{part:02}", grouped(' ')),
        4 => format!("{whole}.{part:02}cts"),
        _ => format!("{whole}.{part:02}0"),
    }
}

/// Between 13 and 27 March 2026, so that no date can be read in two ways.
fn day(at: usize) -> String {
    let day = 13 + at % 15;
    match at % 5 {
        0 => format!("2026-03-{day:02}"),
        1 => format!("{day}/03/2026"),
        2 => format!("{day} March 2026"),
        3 => format!("{day}-Mar-26"),
        _ => format!("{day}.03.2026"),
    }
}

fn remark(at: usize) -> String {
    match at % 7 {
        0 => "seal, box and \"parcel list\" checked".to_owned(),
        3 => "ok".to_owned(),
        _ => String::new(),
    }
}

/// As comma-separated text.
pub fn as_csv() -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let line = |cells: &[String]| cells.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(",");
    let mut text = format!("{}\r\n", line(&HEADER.map(str::to_owned)));
    for row in rows() {
        let _ = write!(text, "{}\r\n", line(&row.cells));
    }
    text
}

/// As it was pasted out of a spreadsheet into a reply: greeting, quotation marks, tabs, a sum and a signature.
pub fn as_message() -> String {
    let mut text = "Dear colleagues,\n\nplease find our confirmations below.\n\n".to_owned();
    let _ = writeln!(text, "> {}", HEADER.join("\t"));
    for row in rows() {
        let _ = writeln!(text, "> {}", row.cells.join("\t"));
    }
    text.push_str("> Total\t\t251,000.00\t\t\n\nBest regards\nV. Sample\nImport desk, Port Sample\n");
    text
}

/// As slips: one word and its value to a line.
pub fn as_slips() -> String {
    let mut text = "Please enter these slips.\n\n".to_owned();
    for row in rows() {
        for (word, value) in HEADER.iter().zip(&row.cells) {
            let _ = writeln!(text, "{word}: {value}");
        }
        text.push('\n');
    }
    text
}

/// The table with its header, for a spreadsheet.
pub fn as_table() -> Vec<Vec<String>> {
    std::iter::once(HEADER.map(str::to_owned).to_vec())
        .chain(rows().into_iter().map(|r| r.cells.to_vec()))
        .collect()
}
