//! Issuing many: each line printed is durable, and a run cut short anywhere is gone on with.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

const HEADER: &str = "reference,licence,importer,importer_address,destination,origin,parcels,declared_by,hs,carats,value_usd\n";

fn row(reference: &str, hs: &str, carats: &str) -> String {
    format!(
        "{reference},XA-EXP-8,Harbour Gems BV,\"5 Quay Street, Port Sample\",XB,XA,1,M. Exporter,{hs},{carats},1000.00\n"
    )
}

/// The world with an exporter whose licence is in force today.
fn world() -> Kpcs {
    let kpcs = Kpcs::with_world();
    let license = [
        "act",
        "license-exporter",
        "--as",
        "xa-admin",
        "--participant",
        "XA",
        "--licence-number",
        "XA-EXP-8",
    ];
    let more = [
        "--holder",
        "Hill Stones Ltd",
        "--address",
        "2 Hill Road",
        "--valid-from",
        "2020-01-01",
        "--valid-until",
        "2199-12-31",
    ];
    let said = kpcs.run(&[&license[..], &more].concat());
    assert_eq!(said.code, 0, "{}", said.text);
    kpcs
}

fn batch(file: &str) -> [&str; 7] {
    ["certificate", "issue-batch", file, "--clerk", "xa-clerk", "--approver", "xa-approver"]
}

fn entries(kpcs: &Kpcs) -> String {
    kpcs.run(&["log", "verify"]).text
}

#[test]
fn a_batch_is_issued_once_however_often_it_is_run() {
    let kpcs = world();
    let rows = [
        row("XA-B-1", "7102.31", "10.00"),
        row("XA-B-2", "7102.31", "20.00"),
        row("XA-B-2", "7102.21", "5.00"),
    ];
    let file = kpcs.file("batch.csv", format!("{HEADER}{}", rows.concat()));
    assert_snapshot!(kpcs.run(&batch(&file)).text, @r"
    exit 0
    --- out
    XA-000008	XA-B-1	issued
    XA-000009	XA-B-2	issued
    --- err
    2 of 2 certificates are issued
    ");
    let before = entries(&kpcs);
    assert_snapshot!(kpcs.run(&batch(&file)).text, @r"
    exit 0
    --- out
    XA-000008	XA-B-1	issued before
    XA-000009	XA-B-2	issued before
    --- err
    2 of 2 certificates are issued
    ");
    assert_eq!(before, entries(&kpcs));
}

#[test]
fn a_run_that_was_cut_short_goes_on_within_a_certificate() {
    let kpcs = world();
    // As a power cut leaves it: the first application taken, the second drafted, the third not begun.
    for reference in ["XA-B-1", "XA-B-2"] {
        let apply = [
            "act",
            "apply-for-certificate",
            "--as",
            "xa-clerk",
            "--participant",
            "XA",
            "--application",
            reference,
        ];
        let goods = [
            "--licence-number",
            "XA-EXP-8",
            "--importer",
            "Harbour Gems BV",
            "--importer-address",
            "5 Quay Street, Port Sample",
        ];
        let more = [
            "--destination",
            "XB",
            "--origin",
            "XA",
            "--parcels",
            "1",
            "--lines",
            "7102.31 10.00 1000.00",
            "--declared-by",
            "M. Exporter",
        ];
        assert_eq!(kpcs.run(&[&apply[..], &goods, &more].concat()).code, 0);
    }
    assert_eq!(
        kpcs.run(&["act", "draft-certificate", "--as", "xa-clerk", "--application", "XA-B-2"]).code,
        0
    );
    let rows = ["XA-B-1", "XA-B-2", "XA-B-3"].map(|reference| row(reference, "7102.31", "10.00"));
    let file = kpcs.file("batch.csv", format!("{HEADER}{}", rows.concat()));
    assert_snapshot!(kpcs.run(&batch(&file)).text, @r"
    exit 0
    --- out
    XA-000009	XA-B-1	issued
    XA-000008	XA-B-2	issued
    XA-000010	XA-B-3	issued
    --- err
    3 of 3 certificates are issued
    ");
    assert_eq!(kpcs.run(&["rebuild", "--check"]).code, 0);
}

#[test]
fn a_refused_row_is_named_and_the_others_are_issued() {
    let kpcs = world();
    let good = row("XA-B-2", "7102.31", "10.00");
    let barred = row("XA-B-1", "7102.31", "10.00").replace(",XB,", ",XQ,");
    let file = kpcs.file("batch.csv", format!("{HEADER}{barred}{good}"));
    assert_snapshot!(kpcs.run(&batch(&file)).text, @r"
    exit 1
    --- out
    XA-000008	XA-B-2	issued
    --- err
    refused: row 2, XA-B-1: XQ is not a participant on [TODAY]; no certificate may be issued to it
    rule: CD Section III(c) [destination_not_a_participant]
    1 of 2 certificates are issued
    ");
}

#[test]
fn another_content_under_a_known_reference_stops_the_batch() {
    let kpcs = world();
    let file = kpcs.file("batch.csv", format!("{HEADER}{}", row("XA-B-1", "7102.31", "10.00")));
    assert_eq!(kpcs.run(&batch(&file)).code, 0);
    let file = kpcs.file("batch.csv", format!("{HEADER}{}", row("XA-B-1", "7102.31", "10.01")));
    assert_snapshot!(kpcs.run(&batch(&file)).text, @r"
    exit 3
    --- err
    error: row 2: application XA-B-1 is there already with another hs, carats or value_usd; nothing was done about it, give it a reference of its own
    ");
}

#[test]
fn one_person_cannot_be_both() {
    let kpcs = world();
    let file = kpcs.file("batch.csv", format!("{HEADER}{}", row("XA-B-1", "7102.31", "10.00")));
    let said =
        kpcs.run(&["certificate", "issue-batch", &file, "--clerk", "xa-clerk", "--approver", "xa-clerk"]);
    assert_snapshot!(said.text, @r"
    exit 1
    --- err
    refused: row 2, XA-B-1: xa-clerk does not hold the role approver, which this act needs
    rule: separation of duties (L19) [role_missing]
    0 of 1 certificates are issued
    ");
}
