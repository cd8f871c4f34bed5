//! Returns in, findings out.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

const RETURNS: &str = "\
year,half,participant_code,participant_name,declaration,production_type,carats,value_usd
2019,1,XA,Examplia,Production,Production,1000.00,50000.00
2019,2,XA,Examplia,Production,Production,1100.00,55500.00
2020,1,XA,Examplia,Production,Production,1200.00,61000.00
2020,2,XA,Examplia,Production,Production,1150.00,58300.00
2021,1,XA,Examplia,Production,Production,9000.00,180000.00
2021,2,XA,Examplia,Production,Production,about 9000,180000.00
2021,2,XB,Sampleland,No Production,,0,0
2021,2,XB,Sampleland,No Production,,0,0
";

#[test]
fn every_row_is_accounted_for_and_the_report_is_the_same_bytes_again() {
    let kpcs = Kpcs::new();
    let file = kpcs.file("returns.csv", RETURNS);
    let (first, second) = (kpcs.path("first"), kpcs.path("second"));
    assert_snapshot!(kpcs.run(&["analyze", &file, "--out", &first]).text, @r#"
    exit 0
    --- out
    8 rows read from returns.csv = 5 used + 1 nil + 1 duplicate + 1 rejected
      rejected: returns.csv, row 7: carats: "about 9000" cannot be read: it is not a number. To mend it: write the figure as digits with a dot and two decimals, for example 1250.00.

    No findings.
    1 of 8 rows with figures were rejected, more than a tenth: the findings are incomplete.

    Report: [HOME]/first/report.html
    Beside it: findings.csv, findings.json, rejected.csv, duplicates.csv
    "#);
    assert_eq!(kpcs.run(&["analyze", &file, "--out", &second]).code, 0);
    for name in ["report.html", "findings.csv", "findings.json", "rejected.csv", "duplicates.csv"] {
        let bytes = |folder: &str| std::fs::read(format!("{folder}/{name}")).unwrap();
        assert!(!bytes(&first).is_empty(), "{name}");
        assert_eq!(bytes(&first), bytes(&second), "{name}");
    }
    let rejected = std::fs::read_to_string(format!("{first}/rejected.csv")).unwrap();
    assert!(rejected.contains("about 9000"), "{rejected}");
    assert!(!kpcs.data().exists(), "no data folder is needed and none is made");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_analysed() {
    let kpcs = Kpcs::new();
    kpcs.file("in/returns.csv", RETURNS);
    kpcs.file("in/scan.csv", b"%PDF-1.7 not a table");
    let folder = kpcs.path("in");
    let said = kpcs.run(&["analyze", &folder, "--out", &kpcs.path("out")]);
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("not read: scan.csv"), "{}", said.text);
    assert!(said.out.contains("8 rows read"), "{}", said.text);
}

#[test]
fn names_that_lead_nowhere_get_a_sentence_and_no_report() {
    let kpcs = Kpcs::new();
    let out = kpcs.path("out");
    assert_snapshot!(kpcs.run(&["analyze", "returns.csv", "--out", &out]).text, @r"
    exit 3
    --- err
    error: there is no file returns.csv; check the name and the folder
    ");
    assert_snapshot!(kpcs.run(&["analyze", "*.csv", "--out", &out]).text, @r"
    exit 3
    --- err
    error: no file matches *.csv; write the pattern without quotation marks, or name the folder
    ");
    let scan = kpcs.file("scan.csv", b"%PDF-1.7 not a table");
    assert_snapshot!(kpcs.run(&["analyze", &scan, "--out", &out]).text, @r"
    exit 3
    --- err
    not read: scan.csv cannot be read: it is a PDF, in which a table is only a picture of one; ask for the .xlsx or .csv behind it.
    error: none of the files could be read, so no report was written
    ");
    assert!(!std::path::Path::new(&out).exists());
}

#[test]
fn a_capacity_makes_a_question_of_output_above_it() {
    let kpcs = Kpcs::new();
    let file = kpcs.file("returns.csv", RETURNS);
    let capacities = kpcs.file(
        "capacities.csv",
        "participant,from_year,to_year,low,likely,high,source,dated\nXA,2015,,1000,2000,3000,invented survey,2015-01-15\n",
    );
    let out = kpcs.path("out");
    let said = kpcs.run(&["analyze", &file, "--capacities", &capacities, "--out", &out]);
    assert!(said.out.contains("production_outside_capacity:XA"), "{}", said.text);
    let missing = kpcs.run(&["analyze", &file, "--capacities", "nowhere.csv", "--out", &out]);
    assert_snapshot!(missing.text, @r"
    exit 3
    --- err
    error: nowhere.csv cannot be opened: No such file or directory (os error 2).
    ");
}

#[test]
fn where_no_row_can_be_used_nothing_is_called_examined() {
    let kpcs = Kpcs::new();
    let text = "year;half;participant_code;declaration;carats;value_usd\n2019;1;XA;Production;1,250;many\n";
    let file = kpcs.file("returns.csv", text);
    assert_snapshot!(kpcs.run(&["analyze", &file, "--out", &kpcs.path("out")]).text, @r#"
    exit 1
    --- out
    1 rows read from returns.csv = 0 used + 0 nil + 0 duplicate + 1 rejected
      rejected: returns.csv, row 2: carats: "1,250" can be read in two ways: the mark may part thousands or decimals. To mend it: write the figure without separators of thousands and with a dot and two decimals. value_usd: "many" cannot be read: it is not a number. To mend it: write the figure as digits with a dot and two decimals, for example 1250.00.

    No row could be used, so nothing was examined.

    Report: [HOME]/out/report.html
    Beside it: findings.csv, findings.json, rejected.csv, duplicates.csv
    "#);
}

#[test]
fn few_rejected_rows_and_rows_that_are_no_figures_leave_the_findings_whole() {
    let kpcs = Kpcs::new();
    let mut text = RETURNS.replace("about 9000", "9000");
    let trade = "2019,1,XC,Testland,Export,,5.00,5.00\n";
    text.push_str(&trade.repeat(8));
    let said = kpcs.run(&["analyze", &kpcs.file("returns.csv", text), "--out", &kpcs.path("out")]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.out.contains("8 rejected") && !said.out.contains("incomplete"), "{}", said.text);
}

#[test]
fn a_file_is_no_folder_and_a_date_is_written_in_one_way() {
    let kpcs = Kpcs::new();
    let file = kpcs.file("returns.csv", RETURNS);
    assert_snapshot!(kpcs.run(&["analyze", &file, "--out", &file]).text, @r"
    exit 3
    --- err
    error: [HOME]/returns.csv is a file; name a folder for the report
    ");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), RETURNS, "the file is untouched");
    // Every date shows as today here.
    let said = kpcs.run(&["analyze", &file, "--out", &kpcs.path("out"), "--as-of", "1.2.2009"]);
    assert!(said.code == 2 && said.text.contains("write it as [TODAY]"), "{}", said.text);
}

#[test]
fn a_report_beside_its_returns_is_not_read_the_next_time() {
    let kpcs = Kpcs::new();
    kpcs.file("in/returns.csv", RETURNS);
    let folder = kpcs.path("in");
    let first = kpcs.run(&["analyze", &folder, "--out", &folder]);
    let page = std::fs::read(format!("{folder}/report.html")).unwrap();
    // The same folder under another name.
    let again = kpcs.run(&["analyze", &folder, "--out", &format!("{folder}/../in")]);
    assert_eq!((first.code, again.code), (0, 0), "{} {}", first.text, again.text);
    assert!(again.out.starts_with("8 rows read from returns.csv"), "{}", again.text);
    assert_eq!(std::fs::read(format!("{folder}/report.html")).unwrap(), page);
}

/// Writes an invented history into a folder; with `turned`, its rows in another order.
fn history(kpcs: &Kpcs, name: &str, turned: bool) -> String {
    let folder = kpcs.path(name);
    let mut history = kp_measure::labelled(4_000, 11);
    if turned {
        history.rows.certificates.reverse();
        history.rows.confirmations.rotate_left(1_234);
        history.rows.production.reverse();
        history.rows.stocks.reverse();
        history.rows.members.reverse();
    }
    kp_measure::files::write(std::path::Path::new(&folder), &history.rows, &[], &[]).unwrap();
    folder
}

#[test]
fn a_stream_gives_the_same_findings_to_the_byte_in_any_order_of_rows() {
    let kpcs = Kpcs::new();
    let (one, other) = (history(&kpcs, "one", false), history(&kpcs, "other", true));
    let runs = [(&one, "first"), (&one, "again"), (&other, "turned")];
    for (folder, out) in runs {
        let said = kpcs.run(&["analyze", folder, "--out", &kpcs.path(out)]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(
            said.out.contains("certificates.csv: 4") && said.out.contains("each is a question"),
            "{}",
            said.text
        );
    }
    for name in ["cases.csv", "findings.csv", "findings.json", "thresholds.txt", "rejected.csv"] {
        let bytes = |out: &str| std::fs::read(format!("{}/{name}", kpcs.path(out))).unwrap();
        assert!(!bytes("first").is_empty(), "{name}");
        assert!(bytes("first") == bytes("again"), "{name} the second time");
        assert!(bytes("first") == bytes("turned"), "{name} with rows in another order");
    }
    // A number that stands on another certificate too is another stream.
    let mut changed = kp_measure::labelled(4_000, 11);
    changed.rows.certificates[10].number = changed.rows.certificates[200].number.clone();
    let folder = kpcs.path("changed");
    kp_measure::files::write(std::path::Path::new(&folder), &changed.rows, &[], &[]).unwrap();
    assert_eq!(kpcs.run(&["analyze", &folder, "--out", &kpcs.path("other-findings")]).code, 0);
    let bytes = |out: &str| std::fs::read(format!("{}/findings.json", kpcs.path(out))).unwrap();
    assert!(bytes("first") != bytes("other-findings"));
}

#[test]
fn thresholds_come_from_a_file_and_a_wrong_line_is_named() {
    let kpcs = Kpcs::new();
    let folder = history(&kpcs, "one", false);
    let strict = kpcs.file("strict.txt", "missing_least = 100 # hardly ever\n");
    let said = kpcs.run(&["analyze", &folder, "--out", &kpcs.path("out"), "--thresholds", &strict]);
    assert_eq!(said.code, 0, "{}", said.text);
    let applied = std::fs::read_to_string(format!("{}/thresholds.txt", kpcs.path("out"))).unwrap();
    assert!(applied.contains("missing_least = 100 #"), "{applied}");
    let wrong = kpcs.file("wrong.txt", "mising_least = 100\n");
    let said = kpcs.run(&["analyze", &folder, "--out", &kpcs.path("out"), "--thresholds", &wrong]);
    assert_eq!(said.code, 3, "{}", said.text);
    assert!(said.text.contains("line 1: there is no threshold `mising_least`"), "{}", said.text);
    let returns = kpcs.file("returns.csv", RETURNS);
    let said = kpcs.run(&["analyze", &returns, "--out", &kpcs.path("out"), "--thresholds", &strict]);
    assert_eq!(said.code, 2, "{}", said.text);
}
