//! Two tables in, results and a report out.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

const CERTIFICATES: &str = "\
cert_id,cert_no,exporter,importer,hs,issue_date,carats,value_usd,seal_no
1,NA-00000001,NA,XB,710231,2024-01-10,100.00,5000.00,S0000000001
2,NA-00000002,NA,XB,710231,2024-01-11,100.00,5000.00,S0000000002
3,NA-00000003,NA,XB,710231,2024-01-12,a lot,5000.00,S0000000003
";
const CONFIRMATIONS: &str = "\
conf_id,cert_no,exporter,importer,hs,arrival_date,carats,value_usd
1,NA-00000001,NA,XB,710231,2024-01-15,100.00,5000.00
";

#[test]
fn two_tables_become_results_and_a_report_and_the_same_bytes_again() {
    let kpcs = Kpcs::new();
    kpcs.file("in/certificates.csv", CERTIFICATES);
    kpcs.file("in/confirmations.csv", CONFIRMATIONS);
    let (folder, out, again) = (kpcs.path("in"), kpcs.path("out"), kpcs.path("again"));
    let said = kpcs.run(&["reconcile", &folder, "--out", &out]);
    assert_eq!(said.code, 1, "{}", said.text);
    let parts = [
        "= 2 used + 1 rejected",
        "rejected: certificates.csv, row 4, column carats: `a lot`; expected an amount of at most two decimals",
        "Balances were not worked out: production and stocks were not both given.",
        "Beside it: report.txt, rejected.csv",
    ];
    for part in parts {
        assert!(said.out.contains(part), "{part} is not in {}", said.text);
    }
    assert_eq!(kpcs.run(&["reconcile", &folder, "--out", &again, "--threads", "1"]).code, 1);
    let bytes = |folder: &str, name: &str| std::fs::read(format!("{folder}/{name}")).unwrap();
    for name in ["w2_summary.csv", "report/report.html", "report/report.txt", "report/rejected.csv"] {
        assert_eq!(bytes(&out, name), bytes(&again, name), "{name}");
    }
    let rejected = String::from_utf8(bytes(&out, "report/rejected.csv")).unwrap();
    assert!(rejected.contains("certificates.csv,4,carats,a lot,"), "{rejected}");
    let html = String::from_utf8(bytes(&out, "report/report.html")).unwrap();
    assert!(html.contains("certified and not confirmed, though the answer is due"), "{html}");
    assert!(!kpcs.data().exists(), "no data folder is needed and none is made");
}

#[test]
fn files_may_be_named_one_by_one() {
    let kpcs = Kpcs::new();
    let certificates = kpcs.file("c.csv", CERTIFICATES.replace("a lot", "1.00"));
    let confirmations = kpcs.file("m.csv", CONFIRMATIONS);
    let out = kpcs.path("out");
    let said = kpcs.run(&[
        "reconcile",
        "--certificates",
        &certificates,
        "--confirmations",
        &confirmations,
        "--out",
        &out,
    ]);
    assert_eq!(said.code, 0, "{}", said.text);
    let said = kpcs.run(&["reconcile", "--certificates", &certificates, "--out", &out]);
    assert_eq!(said.code, 2, "{}", said.text);
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_is_made_up() {
    let kpcs = Kpcs::new();
    kpcs.file("in/certificates.csv", CERTIFICATES);
    let said = kpcs.run(&["reconcile", &kpcs.path("in"), "--out", &kpcs.path("out")]);
    assert_snapshot!(said.text, @r"
    exit 3
    --- err
    error: [HOME]/in: there is no confirmations.csv or .parquet in this folder
    ");
}
