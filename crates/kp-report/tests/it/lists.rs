//! The lists beside the page: every finding and every row that did not count, readable by other programs.

use crate::real::{PUBLISHED, of_text};

fn records(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect();
    (header, rows)
}

#[test]
fn findings_csv_holds_every_finding_in_order() {
    let (header, rows) = records(&PUBLISHED.report.findings_csv);
    let findings = &PUBLISHED.analysis.findings;
    assert_eq!(rows.len(), findings.len());
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    for (n, (row, finding)) in rows.iter().zip(findings).enumerate() {
        assert_eq!(row[column("place")], (n + 1).to_string());
        assert_eq!(row[column("id")], finding.id);
        assert_eq!(row[column("question")], *finding.question);
        assert_eq!(row[column("value_at_stake_usd")], finding.rank.value_at_stake.to_string());
        assert_eq!(row[column("evidence")].matches(" | ").count() + 1, finding.evidence.len().max(1));
    }
}

#[test]
fn findings_json_says_what_it_was_worked_out_from() {
    let document: serde_json::Value = serde_json::from_str(&PUBLISHED.report.findings_json).unwrap();
    assert_eq!(document["format"], "kpcs-findings/1");
    let file = &document["files"][0];
    assert_eq!(file["sha256"], PUBLISHED.reading.files[0].sha256.as_str());
    assert_eq!((&file["rows_read"], &file["used"]), (&1529.into(), &1001.into()));
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), PUBLISHED.analysis.findings.len());
    assert_eq!(findings[0]["place"], 1);
    assert_eq!(findings[0]["thresholds"][0]["set_by"], "ours");
}

#[test]
fn rejected_csv_says_what_is_wrong_and_cannot_run_in_a_spreadsheet() {
    let written = of_text(
        "returns.csv",
        "year,half,participant_code,participant_name,declaration,production_type,carats,value_usd\n\
         2008,1,XA,a,Production,,=1+1,1.00\n\
         2008,1,XA,a,Production,,10.00,100.00\n\
         2008,1,XA,a,Production,,10.00,100.00\n",
    );
    let (header, rows) = records(&written.report.rejected_csv);
    assert_eq!(header.len(), 8);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((rows[0][0].as_str(), rows[0][2].as_str()), ("returns.csv", "2"));
    assert_eq!((rows[0][3].as_str(), rows[0][5].as_str()), ("unreadable", "'=1+1"));
    assert!(!rows[0][6].is_empty() && !rows[0][7].is_empty());
    let (_, duplicates) = records(&written.report.duplicates_csv);
    assert_eq!(duplicates, [["returns.csv", "", "4", "returns.csv", "", "3"]]);
}
