//! Text files as they come: every separator, every encoding, every way of saying nothing.

use std::collections::BTreeSet;

use jiff::civil::date;
use kp_exchange::{Counts, Reading, RejectedKind, read_production};

use crate::{counts, fixture, read};

/// Every text fixture that can be read, and what its rows become.
fn expected() -> Vec<(&'static str, Counts)> {
    vec![
        ("columns_in_any_order.csv", counts(2, 1, 0, 0)),
        ("dates_american.csv", counts(3, 0, 0, 0)),
        ("decimal_commas.csv", counts(3, 1, 0, 0)),
        ("dot_or_comma.csv", counts(0, 0, 0, 2)),
        ("duplicates.csv", counts(3, 1, 3, 0)),
        ("export_layout.csv", counts(6, 2, 0, 4)),
        ("lone_commas.csv", counts(1, 0, 0, 2)),
        ("namibia.csv", counts(5, 0, 0, 1)),
        ("no_figure.csv", counts(2, 2, 0, 4)),
        ("old_mac.csv", counts(1, 0, 0, 1)),
        ("quotation_marks.csv", counts(3, 0, 0, 1)),
        ("separators_of_thousands.csv", counts(3, 0, 0, 3)),
        ("tabs_utf16.txt", counts(1, 1, 0, 0)),
        ("titles_and_totals.csv", counts(3, 0, 0, 5)),
        ("utf16_without_a_mark.csv", counts(1, 0, 0, 0)),
        ("windows_1252.csv", counts(2, 1, 0, 0)),
        ("year_and_period.csv", counts(4, 1, 0, 2)),
        ("wrong_in_every_column.csv", counts(1, 0, 0, 5)),
    ]
}

/// Every fixture that cannot be read, and what its sentence says.
const UNREADABLE: [(&str, &str); 11] = [
    ("a_letter.txt", "no header row"),
    ("a_page_named.xls", "a web page, whatever its name"),
    ("a_report.pdf", "it is a PDF"),
    ("capacities.csv", "no header row"),
    ("empty.csv", "it is empty"),
    ("header_only.csv", "a header and no row below it"),
    ("missing_columns.csv", "no column for the declaration (declaration or Trade Type), nor for the carats"),
    ("not_text.csv", "not text and not a workbook"),
    ("old_kind.xls", "the old .xls kind"),
    ("two_columns_of_carats.csv", "two columns mean the same: carats and Carats (ct)"),
    ("with_a_password.xlsx", "protected by a password"),
];

#[test]
fn every_ugly_file_is_counted_as_expected() {
    for (name, counts) in expected() {
        let reading = read(name);
        assert_eq!(reading.files[0].problem, None, "{name}");
        assert_eq!(reading.counts(), counts, "{name}: {:#?}", reading.rejected);
    }
}

#[test]
fn every_unreadable_file_gets_a_sentence() {
    for (name, says) in UNREADABLE {
        let reading = read(name);
        let problem = reading.files[0].problem.clone().expect(name);
        assert!(problem.sentence.contains(says), "{name}: {}", problem.sentence);
        assert!(
            problem.sentence.starts_with(name) && reading.rows.is_empty(),
            "{name}: {}",
            problem.sentence
        );
    }
}

#[test]
fn no_fixture_is_forgotten() {
    let known: BTreeSet<String> =
        expected().iter().map(|e| e.0).chain(UNREADABLE.iter().map(|u| u.0)).map(str::to_owned).collect();
    let entries =
        std::fs::read_dir(fixture("")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = entries.filter(|name| !name.starts_with('.')).collect();
    assert_eq!(known, there);
}

#[test]
fn the_law_holds_over_all_files_together_and_a_bad_file_stops_nobody() {
    let names = UNREADABLE.iter().map(|u| u.0).chain(expected().iter().map(|e| e.0)).collect::<Vec<_>>();
    let mut paths: Vec<_> = names.iter().map(|name| fixture(name)).collect();
    paths.insert(3, fixture("is not there.csv"));
    paths.insert(5, fixture(""));
    let reading = read_production(&paths);
    assert!(reading.law_holds());
    let rows: usize = expected().iter().map(|(_, c)| c.read).sum();
    assert_eq!(reading.counts().read, rows);
    assert!(reading.files[3].problem.as_ref().unwrap().sentence.contains("is not there; check the path"));
    assert!(reading.files[5].problem.as_ref().unwrap().sentence.contains("is a folder"));
}

#[test]
fn names_are_found_in_every_spelling() {
    let reading = read("export_layout.csv");
    let codes: Vec<&str> = reading.rows.iter().map(|r| r.participant.as_str()).collect();
    assert_eq!(codes, ["CI", "CI", "CD", "CD", "CG", "SZ", "MX", "RU"]);
    assert_eq!(
        said(&reading),
        [
            "row 10 NotProduction Trade Type",
            "row 11 NotProduction Trade Type",
            "row 12 Unreadable Quarter",
            "row 13 Unreadable Country Name",
        ]
    );
    assert_eq!(reading.rejected[3].problems[0].mend, "write Botswana, if that is meant");
    let first = &reading.rows[0];
    assert_eq!((first.created, first.modified), (Some(date(2015, 8, 30)), Some(date(2015, 9, 2))));
    assert_eq!((first.public, first.half.to_string().as_str()), (Some(true), "2015-H1"));
}

#[test]
fn decimal_commas_decide_what_a_lone_dot_means() {
    assert_eq!(
        amounts(&read("decimal_commas.csv")),
        [("1234567.89", "12345678.90"), ("1234.00", "5000.00"), ("0.50", "12.50"), ("0.00", "0.00"),]
            .map(|(c, v)| (c.to_owned(), v.to_owned()))
    );
    let undecided = read("dot_or_comma.csv");
    assert_eq!(undecided.rejected[0].problems[0].found, "1.234");
    assert!(undecided.rejected[0].problems[0].sentence.contains("in two ways"));
    assert_eq!(undecided.rejected[1].problems[0].found, "1,234");
}

#[test]
fn a_lone_comma_parts_thousands_only_where_something_says_so() {
    let reading = read("lone_commas.csv");
    assert_eq!(said(&reading), ["row 2 Unreadable carats", "row 3 Unreadable value_usd"]);
    let problem = &reading.rejected[0].problems[0];
    assert!(problem.sentence.contains("in two ways"), "{}", problem.sentence);
    assert!(problem.mend.contains("without separators of thousands"), "{}", problem.mend);
    // One column of the same table is enough to tell, and so is text whose cells are parted by commas.
    let first = |separator: &str, value: &str| {
        let participants = kp_exchange::participants::Participants::known();
        let mut reader = kp_exchange::ProductionReader::new(&participants);
        let rows = [
            ["year", "half", "participant_code", "declaration", "carats", "value_usd"],
            ["2008", "1", "XA", "Production", "\"1,250\"", "5000"],
            ["2008", "2", "XA", "Production", "7", value],
        ];
        reader.add_bytes("a.csv", rows.map(|row| row.join(separator)).join("\n").as_bytes());
        let reading = reader.finish();
        reading.rows.iter().find(|row| row.half.half == 1).map(|row| row.carats.to_string())
    };
    for (separator, value, carats) in [
        (",", "5000", Some("1250.00")),
        (",", "\"1.234,5\"", Some("1.25")),
        (";", "5000", None),
        ("\t", "5000", None),
        ("|", "5000", None),
        (";", "12.50", Some("1250.00")),
        (";", "1,234,567", Some("1250.00")),
        (";", "12,50", Some("1.25")),
        (";", "1.234.567", None),
    ] {
        assert_eq!(first(separator, value).as_deref(), carats, "{separator:?} and {value}");
    }
}

#[test]
fn a_period_beside_a_year_is_the_half() {
    let reading = read("year_and_period.csv");
    let halves: Vec<String> = reading.rows.iter().map(|r| r.half.to_string()).collect();
    assert_eq!(halves, ["2015-H1", "2015-H2", "2016-H1", "2016-H2", "2017-H1"]);
    assert_eq!(said(&reading), ["row 7 Unreadable Period", "row 8 Unreadable Year"]);
    assert!(reading.rejected[0].problems[0].sentence.contains("is a quarter"));
}

#[test]
fn separators_of_thousands_and_too_many_decimals() {
    let reading = read("separators_of_thousands.csv");
    let read: Vec<(String, String)> = amounts(&reading);
    assert_eq!(read[0], ("1000000.50".into(), "2000000.00".into()));
    assert_eq!(read[1], ("1234567.00".into(), "5.00".into()));
    assert_eq!(read[2], ("1234.00".into(), "1234.57".into()));
    assert_eq!(reading.notices.len(), 1);
    assert_eq!(
        reading.notices[0].sentence,
        "1 row: more than two decimals, rounded to two (first: 1234.5678)"
    );
    assert_eq!(reading.rejected[1].problems.len(), 2, "less than nothing, and an exponent");
}

#[test]
fn encodings_are_told_apart() {
    assert_eq!(read("tabs_utf16.txt").files[0].kind, "tab-separated text, UTF-16LE");
    assert_eq!(read("utf16_without_a_mark.csv").files[0].kind, "comma-separated text, UTF-16BE");
    let latin = read("windows_1252.csv");
    assert_eq!(latin.files[0].kind, "comma-separated text, windows-1252");
    assert_eq!(latin.rows[0].participant_name, "Côte d’Ivoire");
    assert_eq!(amounts(&read("tabs_utf16.txt"))[0], ("1000.00".into(), "2000.00".into()));
}

#[test]
fn titles_totals_headers_and_remarks_are_no_figures() {
    let reading = read("titles_and_totals.csv");
    assert_eq!(
        said(&reading),
        [
            "row 8 TotalRow participant_name",
            "row 9 NotAFigure the row",
            "row 11 TotalRow participant_name",
            "row 12 TotalRow year",
            "row 13 NotAFigure the row",
        ]
    );
    assert_eq!((reading.files[0].title_rows, reading.files[0].blank_rows), (3, 2));
    assert_eq!(reading.rows[0].place.row, 5);
}

#[test]
fn an_open_quotation_mark_swallows_nothing() {
    let reading = read("quotation_marks.csv");
    assert_eq!(reading.rows[0].participant_name, "Xanadu\nof the \"North\"");
    assert_eq!(reading.rows.iter().map(|r| r.place.row).collect::<Vec<_>>(), [2, 4, 6]);
    assert_eq!(said(&reading), ["row 3 Unreadable the row"]);
    assert!(reading.rejected[0].problems[0].sentence.contains("never closed"));
}

#[test]
fn nothing_is_zero_in_a_nil_return_only() {
    let reading = read("no_figure.csv");
    assert_eq!(
        said(&reading),
        [
            "row 2 Unreadable carats",
            "row 3 Unreadable carats value_usd",
            "row 6 Unreadable carats",
            "row 9 Unreadable carats value_usd",
        ]
    );
    assert!(reading.rejected[2].problems[0].mend.contains("NA is the code of Namibia"));
    // No Production beside carats counts as a figure; the contradiction is for the detectors.
    assert_eq!(reading.rows[3].carats.to_string(), "12.00");
}

#[test]
fn namibia_and_contradicting_names() {
    let reading = read("namibia.csv");
    assert!(reading.rows.iter().all(|r| r.participant.as_str() == "NA"));
    assert_eq!(reading.rows[3].participant_name, "Namibia");
    assert_eq!(reading.rejected[0].problems[0].sentence, "the code is NA, but \"Angola\" is AO");
}

#[test]
fn duplicates_are_listed_with_the_row_that_counts() {
    let reading = read("duplicates.csv");
    let pairs: Vec<(u32, u32)> = reading.duplicates.iter().map(|d| (d.place.row, d.same_as.row)).collect();
    assert_eq!(pairs, [(3, 2), (7, 6), (8, 2)]);
}

#[test]
fn the_same_figures_in_another_layout_count_once_and_other_figures_are_pointed_out() {
    let participants = kp_exchange::participants::Participants::known();
    let mut reader = kp_exchange::ProductionReader::new(&participants);
    reader.add_bytes(
        "tidy.csv",
        b"year,half,participant_code,declaration,carats,value_usd\n2008,1,XA,Production,10,20\n",
    );
    reader.add_bytes(
        "export.csv",
        b"Country Name;Year;Quarter;Trade Type;Carat;US Value;Created\n\
          XA;2008;1;Production;10,00;20,00;2008-08-01\nXA;2008;1;Production;11,00;20,00;2008-09-01\n",
    );
    let reading = reader.finish();
    assert!(reading.law_holds());
    assert_eq!((reading.files[1].counts, reading.duplicates.len()), (counts(1, 0, 1, 0), 1));
    assert!(reading.notices[0].sentence.contains("another figure for the same participant, half and type"));
}

#[test]
fn american_dates_are_known_by_their_column() {
    let reading = read("dates_american.csv");
    let created: Vec<_> = reading.rows.iter().map(|r| r.created).collect();
    assert_eq!(created, [Some(date(2008, 8, 30)), Some(date(2009, 3, 4)), None]);
    assert_eq!(
        reading.rows.iter().map(|r| r.modified).collect::<Vec<_>>(),
        [None, None, Some(date(2008, 3, 14))]
    );
    let said: Vec<&str> = reading.notices.iter().map(|n| n.sentence.as_str()).collect();
    assert_eq!(
        said,
        [
            "2 rows: day first or month first cannot be told, so the date is left out (first: \"03/04/2009\")",
            "1 row: not a date, left out (first: \"soon\")",
            "1 row: neither true nor false, left out (first: \"perhaps\")",
        ]
    );
}

/// French and Portuguese headings are read, and a column that nobody reads is named.
#[test]
fn headings_of_three_languages_are_read_and_unknown_ones_are_named() {
    let participants = kp_exchange::participants::Participants::known();
    let mut reader = kp_exchange::ProductionReader::new(&participants);
    reader.add_bytes(
        "fr.csv",
        "Pays;Année;Semestre;Déclaration;Carats;Valeur (US$);Visa\nXA;2008;1;Production;5,00;7,00;x\n"
            .as_bytes(),
    );
    reader.add_bytes(
        "pt.csv",
        "País;Ano;Semestre;Declaration;Quilates;Valor (US$)\nXA;2009;2;Production;6,00;8,00\n".as_bytes(),
    );
    let reading = reader.finish();
    let carats: Vec<String> = reading.rows.iter().map(|row| format!("{} {}", row.half, row.carats)).collect();
    assert_eq!(carats, ["2008-H1 5.00", "2009-H2 6.00"], "{:?} {:?}", reading.files, reading.rejected);
    let notices: Vec<String> = reading.notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices, ["fr.csv, row 1: columns that are not used: Visa"]);
}

#[test]
fn every_bad_column_of_a_row_is_listed() {
    let reading = read("wrong_in_every_column.csv");
    assert_eq!(
        said(&reading),
        [
            "row 2 Unreadable declaration participant_code year half production_type carats value_usd",
            "row 3 Unreadable participant_code",
            "row 4 Unreadable year",
            "row 5 Unreadable declaration",
            "row 6 Unreadable declaration participant_name half carats value_usd",
        ]
    );
    assert_eq!(reading.rejected[1].problems[0].mend, "write GB, if that is meant");
    assert_eq!(
        reading.rejected[3].to_string(),
        "wrong_in_every_column.csv, row 5: declaration: the declaration is missing. To mend it: write Production, or \
         No Production for a nil return."
    );
    assert!(reading.rejected.iter().all(|r| r.kind == RejectedKind::Unreadable));
}

fn amounts(reading: &Reading) -> Vec<(String, String)> {
    reading.rows.iter().map(|r| (r.carats.to_string(), r.value.to_string())).collect()
}

/// Each rejected row: where, why, and the columns at fault.
fn said(reading: &Reading) -> Vec<String> {
    let one = |r: &kp_exchange::Rejected| {
        let columns: Vec<&str> = r.problems.iter().map(|p| p.column.as_str()).collect();
        format!("row {} {:?} {}", r.place.row, r.kind, columns.join(" "))
    };
    reading.rejected.iter().map(one).collect()
}
