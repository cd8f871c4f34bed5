//! A round trip with a spreadsheet program's real files: returns and confirmations saved by LibreOffice as XLSX, ODS and CSV
//! in three locales all load, to the hundredth.
//!
//! Runs where `soffice` is found. CSV is saved as shown, so that decimals and dates are in the locale's own writing.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use kp_exchange::{
    ProductionReader,
    confirmations::{ConfirmationContext, read_confirmations},
    participants::Participants,
    return_sheet::{WhichReturn, read_return_sheet},
};
use kp_statistics::AnnexTable;
use kp_testkit::{Missing, find_program, skipped};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const LOCALES: [&str; 3] = ["en-US", "de-DE", "fr-FR"];
/// Semicolons, quotes, UTF-8, the first line; numbers as they are shown.
const AS_CSV: &str = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true";

/// Carats and values that look different in every locale, thousands among them.
const FIGURES: [(&str, f64, f64); 4] = [
    ("7102.10", 1_234.5, 56_789.25),
    ("7102.21", 12.34, 1_000.0),
    ("7102.31", 1_234_567.89, 98_765_432.1),
    ("7102.31", 250.0, 1_250.5),
];

fn production(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    let two = Format::new().set_num_format("#,##0.00");
    for (at, word) in (0..).zip(["participant_code", "year", "half", "declaration", "carats", "value_usd"]) {
        sheet.write(0, at, word).unwrap();
    }
    for (row, (year, (_, carats, value))) in (1..).zip((2004..).zip(FIGURES)) {
        sheet.write(row, 0, "XA").unwrap();
        sheet.write(row, 1, year).unwrap();
        sheet.write(row, 2, 1).unwrap();
        sheet.write(row, 3, "Production").unwrap();
        sheet.write_with_format(row, 4, carats, &two).unwrap();
        sheet.write_with_format(row, 5, value, &two).unwrap();
    }
}

fn exports(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    let two = Format::new().set_num_format("#,##0.00");
    for (at, word) in (0..).zip(["partner", "hs", "carats", "value_usd"]) {
        sheet.write(0, at, word).unwrap();
    }
    for (row, (partner, (hs, carats, value))) in (1..).zip(["XB", "XB", "XB", "XC"].into_iter().zip(FIGURES))
    {
        sheet.write(row, 0, partner).unwrap();
        sheet.write(row, 1, hs).unwrap();
        sheet.write_with_format(row, 2, carats, &two).unwrap();
        sheet.write_with_format(row, 3, value, &two).unwrap();
    }
}

/// The same rows in two sheets: one of them is not read.
fn two_sheets(book: &mut Workbook) {
    exports(book);
    exports(book);
}

fn confirmations(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    let (two, day) = (Format::new().set_num_format("#,##0.00"), Format::new().set_num_format("yyyy-mm-dd"));
    for (at, word) in (0..).zip(["Certificate", "Carats received", "Date of arrival"]) {
        sheet.write(0, at, word).unwrap();
    }
    for (row, (_, carats, _)) in (1..).zip(FIGURES) {
        sheet.write(row, 0, format!("xa 0OO{row}")).unwrap();
        sheet.write_with_format(row, 1, carats, &two).unwrap();
        let on = ExcelDateTime::from_ymd(2026, 3, 12 + u8::try_from(row).unwrap()).unwrap();
        sheet.write_with_format(row, 2, &on, &day).unwrap();
    }
}

/// Lets the program save files in another format, with a profile of its own in that locale.
fn save_as(soffice: &Path, profile: &Path, locale: &str, format: &str, files: &[PathBuf], to: &Path) {
    let settings = profile.join("user/registrymodifications.xcu");
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    let locale_of = |name: &str| {
        format!(
            "<item oor:path=\"/org.openoffice.Setup/L10N\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{locale}</value>\
             </prop></item>"
        )
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" \
         xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{}</oor:items>",
        locale_of("ooSetupSystemLocale")
    );
    std::fs::write(&settings, text).unwrap();
    let done = Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", format, "--outdir"])
        .arg(to)
        .args(files)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(done.status.success(), "{locale} {format}: {}", String::from_utf8_lossy(&done.stderr));
}

fn hundredths(amount: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "small amounts of a test")]
    let exact = (amount * 100.0).round() as i64;
    exact
}

fn check(folder: &Path, ending: &str, told: &str) {
    let bytes = |name: &str| std::fs::read(folder.join(format!("{name}.{ending}"))).unwrap();
    let expected: Vec<(i64, i64)> =
        FIGURES.iter().map(|(_, c, v)| (hundredths(*c), hundredths(*v))).collect();

    let participants = Participants::known();
    let mut reader = ProductionReader::new(&participants);
    reader.add_bytes(&format!("production.{ending}"), &bytes("production"));
    let reading = reader.finish();
    let read: Vec<(i64, i64)> =
        reading.rows.iter().map(|r| (r.carats.hundredths(), r.value.cents())).collect();
    assert_eq!(read, expected, "production, {told}: {:?} {:?}", reading.files, reading.rejected);

    let (participant, period) = ("XA".parse().unwrap(), "2026-Q1".parse().unwrap());
    let which = WhichReturn { participant, table: AnnexTable::Exports, period };
    let sheet = read_return_sheet(&format!("exports.{ending}"), &bytes("exports"), which, &participants);
    let read: Vec<(i64, i64)> =
        sheet.figures.iter().map(|(_, f)| (f.carats.hundredths(), f.value.cents())).collect();
    assert_eq!(read, expected, "exports, {told}: {:?} {:?}", sheet.problem, sheet.unread);
    let classes: Vec<String> = sheet.figures.iter().map(|(_, f)| f.hs.unwrap().to_string()).collect();
    assert_eq!(classes, FIGURES.map(|(hs, _, _)| hs.to_owned()), "exports, {told}");

    // Text holds one sheet and no more.
    if ending != "csv" {
        let name = format!("two_sheets.{ending}");
        let sheet = read_return_sheet(&name, &bytes("two_sheets"), which, &participants);
        let unread: Vec<String> = sheet.unread.iter().map(|it| it.sentence.to_string()).collect();
        assert_eq!(unread.len(), 1, "two sheets, {told}: {unread:?} {:?}", sheet.problem);
        assert!(unread[0].contains("Sheet2") && unread[0].contains("(rows: 4)"), "{told}: {unread:?}");
    }

    let context = ConfirmationContext {
        ours: "XA".parse().unwrap(),
        from: "XF".parse().ok(),
        participants: &participants,
    };
    let file = read_confirmations(&format!("confirmations.{ending}"), &bytes("confirmations"), context);
    let read: Vec<String> = file
        .rows
        .iter()
        .map(|row| match &row.read {
            Ok(read) => format!("{} {} {}", read.number, read.carats.hundredths(), read.arrived_on.unwrap()),
            Err(faults) => format!("{faults:?}"),
        })
        .collect();
    let wanted: Vec<String> = (1..)
        .zip(&expected)
        .map(|(at, (carats, _))| format!("XA-{at:06} {carats} 2026-03-{}", 12 + at))
        .collect();
    assert_eq!(read, wanted, "confirmations, {told}");
}

#[test]
fn what_a_spreadsheet_program_saves_in_three_locales_loads() {
    let Some(soffice) = find_program("soffice") else {
        let missing = Missing {
            reason: "no soffice was found in PATH".into(),
            remedy: "apt-get install libreoffice-calc-nogui".into(),
        };
        skipped("round trip with a spreadsheet program", &missing);
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = [
        ("production", production as fn(&mut Workbook)),
        ("exports", exports),
        ("two_sheets", two_sheets),
        ("confirmations", confirmations),
    ]
    .into_iter()
    .map(|(name, write)| {
        let mut book = Workbook::new();
        write(&mut book);
        let path = home.path().join(format!("{name}.xlsx"));
        book.save(&path).unwrap();
        path
    })
    .collect();
    for locale in LOCALES {
        let profile = home.path().join(format!("profile-{locale}"));
        for (format, ending) in [("xlsx", "xlsx"), ("ods", "ods"), (AS_CSV, "csv")] {
            let to = home.path().join(format!("{locale}-{ending}"));
            std::fs::create_dir_all(&to).unwrap();
            save_as(&soffice, &profile, locale, format, &files, &to);
            check(&to, ending, &format!("{ending} saved in {locale}"));
        }
    }
    // The locales do write differently: else this would show nothing.
    let text = |locale: &str| {
        std::fs::read_to_string(home.path().join(format!("{locale}-csv/exports.csv"))).unwrap()
    };
    assert!(text("en-US").contains("1,234.50"), "{}", text("en-US"));
    assert!(text("de-DE").contains("1.234,50"), "{}", text("de-DE"));
    assert!(!text("fr-FR").contains("1,234.50") && !text("fr-FR").contains("1.234,50"), "{}", text("fr-FR"));
}
