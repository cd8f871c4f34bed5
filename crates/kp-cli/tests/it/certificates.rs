//! Reading the register.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

#[test]
fn a_certificate_is_shown_with_its_whole_life() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&["certificate", "show", "XA-000002"]).text, @r"
    exit 0
    --- out
    Certificate XA-000002: confirmed with difference
      from          XA
      to            XB
      exporter      XA-EXP-7
      importer      Harbour Gems BV, 5 Quay Street, Port Sample
      origin        XA
      goods         800.00 ct, US$ 56,000.00, 1 parcel
      application   XA-A-2, taken on 2024-01-14
      drafted       on 2024-01-14 by xa-clerk
      issued        on 2024-01-15 by xa-approver
      leaves before the end of 2024-03-15
      validated     on 2024-01-16 by xa-customs, seals 77121-A
      departed      on 2024-01-16
      7102.21       800.00 ct, US$ 56,000.00
      presented     at XB on 2024-01-19: 788.00 ct, seals intact
      answer        confirmed with difference on 2024-01-20 by xb-importer
      difference    12.00 ct less than certified; the seal was intact; weighed twice
    What happened:
      at                    what                   log         entry
      2024-01-14T08:00:00Z  application received   kp.XA/2024     18
      2024-01-14T08:05:00Z  certificate drafted    kp.XA/2024     19
      2024-01-15T08:00:00Z  certificate issued     kp.XA/2024     20
      2024-01-16T08:00:00Z  certificate validated  kp.XA/2024     21
      2024-01-16T08:00:00Z  credential signed      kp.XA/2024     22
      2024-01-16T08:05:00Z  shipment departed      kp.XA/2024     23
      2024-01-19T08:00:00Z  arrival recorded       kp.XB/2024      7
      2024-01-20T08:00:00Z  difference reported    kp.XB/2024      8
    ");
}

#[test]
fn numbers_that_are_not_there_and_numbers_that_are_none() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&["certificate", "show", "XA-000099"]).text, @r"
    exit 3
    --- err
    error: there is no certificate XA-000099 here; `kpcs certificate list` shows those there are
    ");
    assert_snapshot!(kpcs.run(&["certificate", "show", "7"]).text, @r#"
    exit 2
    --- err
    error: NUMBER: cannot read "7" as a certificate number: '7' at position 1 is not a letter, and a number begins with two; write for example XA-000001
    "#);
}

#[test]
fn lists_are_tables_for_people_and_json_for_programs() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&["certificate", "list", "--limit", "3"]).text, @r"
    exit 0
    --- out
    number     state                      from  to     carats            US$  issued on
    XA-000001  confirmed                  XA    XB   1,200.00     420,000.00  2024-01-08
    XA-000002  confirmed with difference  XA    XB     800.00      56,000.00  2024-01-15
    XA-000003  confirmed                  XA    XB  36,000.00  12,600,000.00  2024-01-23
    More may follow: --after XA-000003
    ");
    let json = kpcs.run(&["certificate", "list", "--after", "XA-000006", "--json"]);
    assert_snapshot!(json.text, @r#"
    exit 0
    --- out
    [
      {
        "number": "XA-000007",
        "state": "drafted",
        "from": "XA",
        "to": "XB",
        "carats": "640.00",
        "value_usd": "230000.00",
        "application": "XA-A-7",
        "issued_on": null
      }
    ]
    "#);
    assert_snapshot!(kpcs.run(&["participants"]).text, @r"
    exit 0
    --- out
    code  name        member from  standing  by
    XA    Examplia    2020-01-01   open      invented decision 1
    XB    Sampleland  2020-01-01   open      invented decision 2
    ");
    assert_snapshot!(kpcs.run(&["officers"]).text, @r"
    exit 0
    --- out
    id                 name              body    authority  roles          key here
    scheme-secretary   Z. Secretary      scheme  -          secretariat    yes
    scheme-statistics  S. Statistician   scheme  -          statistics     yes
    xa-admin           A. Administrator  XA      -          administrator  yes
    xa-approver        D. Approver       XA      xa-gdo     approver       yes
    xa-clerk           C. Clerk          XA      xa-gdo     clerk          yes
    xa-custodian-1     K. Custodian      XA      xa-gdo     custodian      yes
    xa-custodian-2     L. Custodian      XA      xa-gdo     custodian      yes
    xa-customs         E. Customs        XA      xa-gdo     customs        yes
    xa-focal           F. Focal-Point    XA      xa-gdo     focal-point    yes
    xb-admin           B. Administrator  XB      -          administrator  yes
    xb-focal           H. Focal-Point    XB      xb-dia     focal-point    yes
    xb-importer        G. Importer       XB      xb-dia     importer       yes
    ");
    assert_snapshot!(kpcs.run(&["exporters"]).text, @r"
    exit 0
    --- out
    licence   of  holder            valid from  until
    XA-EXP-7  XA  River Stones Ltd  2024-01-05  [TODAY]
    ");
}

#[test]
fn cases_and_findings_say_who_was_asked_what() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&["case", "list"]).text, @r"
    exit 0
    --- out
    number       state     level        asked  answer due  about
    C-2024-0003  open      answer owed  XB     2024-03-09  XA-000005 left XA for XB on 2024-02-09 with 400.00 ct and was not confirmed after 15 days: a question is put
    C-2024-0002  open      answer owed  XA     2024-03-19  certificate XA-000004 was presented 2 times: at XB on 2024-02-05, at XB on 2024-02-18
    C-2024-0001  answered  query        XA     2024-02-23  XA exported 38,000.00 ct in 2024, 16,000.00 ct more than the high estimate of its ground and its imports allow
    ");
    assert_snapshot!(kpcs.run(&["case", "show", "C-2024-0001"]).text, @r"
    exit 0
    --- out
    Case C-2024-0001: XA exported 38,000.00 ct in 2024, 16,000.00 ct more than the high estimate of its ground and its imports allow
      state       answered, query
      asked       XA, answer due 2024-02-23
      followed by statistics
      finding     exports_above_capacity:XA:2024
    Question:
      The high estimate for XA is 20,000.00 ct a year (invented survey, table 2, 2020-01-15). By departures, 38,000.00 ct left in 2024, and 0.00 ct came in. Where did the other 16,000.00 ct come from?
    Steps:
      2024-01-24  opened by node
      2024-02-14  answered by xa-focal
                  Stock of 31,000 ct from the year before was exported; the inventory of 31 December is attached.
    ");
    assert_snapshot!(kpcs.run(&["findings", "show", "number_used_twice:XA:XA-000004"]).text, @r"
    exit 0
    --- out
    number_used_twice:XA:XA-000004
    certificate XA-000004 was presented 2 times: at XB on 2024-02-05, at XB on 2024-02-18

    Question:
      XA-000004 was presented at XB on 2024-02-05, at XB on 2024-02-18. Which of these is the shipment it was issued for, and what was presented the other time?

    Arithmetic:
      arrivals recorded under the number: XA-000004 -> 2

    Thresholds:
      arrivals under one number: more than 1 (ours)

    What would explain it without fault:
      - one arrival was recorded twice by mistake
      - a shipment was returned and sent again under the same paper
      - a number was typed wrongly

    An answer must contain:
      - the register entry of the number with carats, value, importer and seals
      - which arrival it belongs to
      - what is known of the paper presented the other time

    Evidence:
      log kp.XB/2024, entry 11: presented at XB on 2024-02-05: 950.00 ct
      log kp.XB/2024, entry 13: presented at XB on 2024-02-18: 610.00 ct

    Why it stands where it stands: severity urgent; at stake 610.00 ct and US$ 0.00; 2.00 times the yardstick; 0 independent supporting signal(s); 0 finding(s) of the same participant above
    ");
    assert_snapshot!(kpcs.run(&["findings", "show", "nothing:XA"]).text, @r#"
    exit 3
    --- err
    error: there is no finding "nothing:XA" here; `kpcs findings list` shows those there are
    "#);
}

#[test]
fn cells_are_counted_from_the_register() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&["statistics", "cells"]).text, @r"
    exit 0
    --- out
    participant  flow    partner  quarter  class       carats            US$  shipments
    XA           export  XB       2024-Q1  7102.10     400.00      36,000.00          1
    XA           export  XB       2024-Q1  7102.21     800.00      56,000.00          1
    XA           export  XB       2024-Q1  7102.31  38,150.00  13,330,000.00          3
    XB           import  XA       2024-Q1  7102.21     788.00      56,000.00          1
    XB           import  XA       2024-Q1  7102.31  38,150.00  13,330,000.00          3

    participant  quarter  certificates  count
    XA           2024-Q1  validated         6
    XB           2024-Q1  received          4
    ");
}

#[test]
fn guinea_is_found_in_the_database_too() {
    let kpcs = Kpcs::with_world();
    let said = kpcs.run(&["findings", "show", "production_surge:GN:2008"]);
    for figure in ["473,862.25", "1,018,722.90", "3,098,490.09", "18.00 US$/ct", "16.50 US$/ct"] {
        assert!(said.out.contains(figure), "{figure}: {}", said.text);
    }
}

#[test]
fn a_file_of_returns_is_taken_over_once() {
    let kpcs = Kpcs::with_world();
    let file = kpcs.file(
        "returns.csv",
        "year,half,participant_code,participant_name,declaration,production_type,carats,value_usd\n\
         2023,1,XA,Examplia,Production,Production,1200.00,54000.00\n\
         2023,2,XA,Examplia,Production,Production,many,54000.00\n",
    );
    let load = ["statistics", "load", &file, "--source", "invented returns", "--as", "scheme-statistics"];
    assert_snapshot!(kpcs.run(&load).text, @r#"
    exit 0
    --- out
    returns loaded file b938600226554f7b
      stated on [TODAY] as entry 1 of kp.scheme/[YEAR]
      SHA-256 [SHA-256]
    --- err
    returns.csv: 2 rows read = 1 used + 0 nil + 0 duplicate + 1 rejected
    not taken over: returns.csv, row 3: carats: "many" cannot be read: it is not a number. To mend it: write the figure as digits with a dot and two decimals, for example 1250.00.
    "#);
    assert_snapshot!(kpcs.run(&load).text, @r#"
    exit 1
    --- err
    returns.csv: 2 rows read = 1 used + 0 nil + 0 duplicate + 1 rejected
    not taken over: returns.csv, row 3: carats: "many" cannot be read: it is not a number. To mend it: write the figure as digits with a dot and two decimals, for example 1250.00.
    refused: returns.csv was loaded already, byte for byte
    rule: one file, one statement [file_loaded_already]
    "#);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let kpcs = Kpcs::with_world();
    let mut child = kpcs
        .command(&["statistics", "production"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
