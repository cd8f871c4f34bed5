//! A tiny world, worked out by hand: every class of W2, every file, and `NA`, which is Namibia.

use insta::assert_snapshot;
use kp_reconcile::Format;

use crate::run::{CERTIFICATES, CONFIRMATIONS, PRODUCTION, Ran, STOCKS, folder_of, run_in, settings};

/// Certificates, as: number; what becomes of it.
///  1 NA-00000001  100.00 ct, 5000.00 $  EXACT     confirmation 1
///  2 NA-00000002  100.00 ct, 5000.00 $  T1        2: 0.10 ct less (a tenth of a percent), 50.00 $ more (a percent)
///  3 NA-00000003  100.00 ct, 5000.00 $  T2        3: 1.00 ct less (a percent), 250.00 $ less (five)
///  4 NA-00000004  100.00 ct, 5000.00 $  T3        4: 5.00 ct more, 1250.00 $ more (twenty-five); hs differs
///  5 NA-00000005  100.00 ct, 5000.00 $  X         5: 5.01 ct less
///  6 NA-00000006  100.00 ct, 5000.00 $  PARTNER   6: the importer is C3, not B2
///  7 NA-00000007  100.00 ct, 5000.00 $  DATE      7: arrived on the day before
///  8 NA-00000008   50.00 ct, 2500.00 $  NOCONF    issued on 2024-11-01, the last day on which one is due
///  9 NA-00000009   50.00 ct, 2500.00 $  PENDING   issued on the day after
/// 10 NA-00000001   70.00 ct, 7000.00 $            the number of certificate 1 again, from C3: PARTNER with 1
///    B2-00000001                       ORPHAN    8 and 9: no such certificate; confirmed by C3 and by NA
/// Seal S0000000001 is on 1 and 2. Certificates 1 to 7 have the same content. Certificate 11 and its like: see W4 below.
const WORLD: [(&str, &str); 4] = [
    (
        "certificates.csv",
        "\
1,NA-00000001,NA,B2,NA,710231,2024-01-10,2024-03-10,100.00,5000.00,1,1001,2001,S0000000001
2,NA-00000002,NA,B2,NA,710231,2024-01-11,2024-03-11,100.00,5000.00,1,1001,2001,S0000000001
3,NA-00000003,NA,B2,NA,710231,2024-01-12,2024-03-12,100.00,5000.00,1,1001,2001,S0000000003
4,NA-00000004,NA,B2,NA,710231,2024-01-13,2024-03-13,100.00,5000.00,1,1001,2001,S0000000004
5,NA-00000005,NA,B2,NA,710231,2024-01-14,2024-03-14,100.00,5000.00,1,1001,2001,S0000000005
6,NA-00000006,NA,B2,NA,710231,2024-01-15,2024-03-15,100.00,5000.00,1,1001,2001,S0000000006
7,NA-00000007,NA,B2,NA,710231,2024-01-16,2024-03-16,100.00,5000.00,1,1001,2001,S0000000007
8,NA-00000008,NA,B2,NA,710231,2024-11-01,2025-01-01,50.00,2500.00,1,1001,2001,S0000000008
9,NA-00000009,NA,B2,NA,710231,2024-11-02,2025-01-02,50.00,2500.00,1,1001,2001,S0000000009
10,NA-00000001,C3,B2,ZZ,710231,2024-12-20,2025-02-20,70.00,7000.00,1,3001,2001,S0000000010
11,NA-00000011,NA,B2,NA,710231,2024-01-17,2024-03-17,100.00,50000.00,1,1001,2001,S0000000011
",
    ),
    (
        "confirmations.csv",
        "\
1,NA-00000001,NA,B2,710231,2024-01-15,100.00,5000.00
2,NA-00000002,NA,B2,710231,2024-01-15,99.90,5050.00
3,NA-00000003,NA,B2,710231,2024-01-15,99.00,4750.00
4,NA-00000004,NA,B2,710221,2024-01-15,105.00,6250.00
5,NA-00000005,NA,B2,710231,2024-01-15,94.99,5000.00
6,NA-00000006,NA,C3,710231,2024-01-15,100.00,5000.00
7,NA-00000007,NA,B2,710231,2024-01-15,100.00,5000.00
8,B2-00000001,B2,C3,710231,2024-02-01,10.00,900.00
9,B2-00000001,B2,NA,710231,2024-02-02,10.00,900.00
10,NA-00000011,NA,B2,710231,2024-01-20,100.00,50000.00
",
    ),
    ("production.csv", "NA,2024,1,500.00,25000.00\nNA,2024,2,300.00,15000.00\nNA,2023,2,9.00,1.00\n"),
    ("stocks.csv", "NA,2024,80.00,20.00\nB2,2024,0.00,0.00\nC3,2025,1.00,1.00\n"),
];

fn world() -> Ran {
    let headers = [CERTIFICATES, CONFIRMATIONS, PRODUCTION, STOCKS];
    let texts: Vec<String> =
        WORLD.iter().zip(headers).map(|((_, rows), header)| format!("{header}{rows}")).collect();
    let files: Vec<(&str, &[u8])> =
        WORLD.iter().zip(&texts).map(|((name, _), text)| (*name, text.as_bytes())).collect();
    run_in(folder_of(&files).path(), Format::Csv, &settings(2)).unwrap()
}

#[test]
fn w1_has_both_sides_of_every_quarter() {
    // First quarter, NA to B2, gems: certificates 1 to 7 and 11 (8 x 100.00 ct; 7 x 5000 + 50000 = 85000.00 $); confirmed 1,
    // 2, 3, 5, 7 and 10 (100 + 99.90 + 99 + 94.99 + 100 + 100 = 593.89 ct; 5000 + 5050 + 4750 + 5000 + 5000 + 50000).
    // Confirmation 4 is of another class, 6 of another importer, 8 and 9 of another exporter. Fourth quarter: 8 and 9; 10.
    assert_snapshot!(world().files["w1.csv"], @r"
    year,quarter,exporter,importer,hs,x_n,x_cc,x_vc,m_n,m_cc,m_vc
    2024,1,B2,C3,710231,0,0,0,1,1000,90000
    2024,1,B2,NA,710231,0,0,0,1,1000,90000
    2024,1,NA,B2,710221,0,0,0,1,10500,625000
    2024,1,NA,B2,710231,8,80000,8500000,6,59389,7480000
    2024,1,NA,C3,710231,0,0,0,1,10000,500000
    2024,4,C3,B2,710231,1,7000,700000,0,0,0
    2024,4,NA,B2,710231,2,10000,500000,0,0,0
    ");
}

#[test]
fn w2_has_every_class_once() {
    // Columns after the class: n, cc, vc, dcc, dvc, adcc, advc, lag_sum, hs_diff.
    // B2 to C3 and B2 to NA: the two orphans, by their own exporter, importer and year.
    // C3 to B2, PARTNER: certificate 10 with confirmation 1 (100.00 - 70.00 ct, 5000 - 7000 $, 2024-12-20 to 2024-01-15 is
    // 340 days back). NA to B2: DATE 7 a day back; EXACT 1 with five days and 11 with three; NOCONF 8; PARTNER 6 on the
    // same day; PENDING 9; T1 four days, T2 three, T3 two and another class, X one.
    assert_snapshot!(world().files["w2_summary.csv"], @r"
    exporter,importer,year,class,n,cc,vc,dcc,dvc,adcc,advc,lag_sum,hs_diff
    B2,C3,2024,ORPHAN,1,1000,90000,0,0,0,0,0,0
    B2,NA,2024,ORPHAN,1,1000,90000,0,0,0,0,0,0
    C3,B2,2024,PARTNER,1,7000,700000,3000,-200000,3000,200000,-340,0
    NA,B2,2024,DATE,1,10000,500000,0,0,0,0,-1,0
    NA,B2,2024,EXACT,2,20000,5500000,0,0,0,0,8,0
    NA,B2,2024,NOCONF,1,5000,250000,0,0,0,0,0,0
    NA,B2,2024,PARTNER,1,10000,500000,0,0,0,0,0,0
    NA,B2,2024,PENDING,1,5000,250000,0,0,0,0,0,0
    NA,B2,2024,T1,1,10000,500000,-10,5000,10,5000,4,0
    NA,B2,2024,T2,1,10000,500000,-100,-25000,100,25000,3,0
    NA,B2,2024,T3,1,10000,500000,500,125000,500,125000,2,1
    NA,B2,2024,X,1,10000,500000,-501,0,501,0,1,0
    ");
    assert_snapshot!(world().files["w2_exceptions.csv"], @r"
    cert_id,conf_id,class
    0,8,ORPHAN
    0,9,ORPHAN
    5,5,X
    6,6,PARTNER
    7,7,DATE
    8,0,NOCONF
    10,1,PARTNER
    ");
}

#[test]
fn w3_balances_each_row_of_stocks() {
    // NA: 80.00 opening, 500 + 300 made, 10.00 confirmed by NA, certified 8 x 100 + 2 x 50 = 900.00, 20.00 closing:
    // 80 + 800 + 10 - 900 - 20 = -30.00; 30 of 890 is more than two percent. B2: confirmed 593.89 + 105.00 by B2 = 698.89,
    // certified nothing. C3 in 2025: only its stock.
    assert_snapshot!(world().files["w3.csv"], @r"
    participant,year,opening,production,imports,exports,closing,residual,flag
    B2,2024,0,0,69889,0,0,69889,0
    C3,2025,100,0,0,0,100,0,0
    NA,2024,8000,80000,1000,90000,2000,-3000,1
    ");
}

#[test]
fn w4_finds_the_certificate_at_ten_times_the_value() {
    // First quarter, NA to B2, gems: seven at 50 $ (ln 50 = 3.91202: 39120) and one at 500 $ (ln 500 = 6.21461: 62146), so
    // eight in all. Twice the median is 78240, all deviations but one are 0: mad4 is 0. 2 x 62146 - 78240 = 46052, more than
    // 2000. Fourth quarter: two, and one: too few.
    let files = world().files;
    assert_snapshot!(files["w4_outliers.csv"], @r"
    cert_id,l,med2,mad4
    11,62146,78240,0
    ");
    assert_snapshot!(files["w4_groups.csv"], @r"
    year,quarter,exporter,importer,hs,n,med2,mad4,n_out
    2024,1,NA,B2,710231,8,78240,0,1
    ");
}

#[test]
fn w5_lists_what_is_there_more_than_once() {
    let files = world().files;
    assert_snapshot!(files["w5_certno.csv"], @r"
    cert_no,n,min_id,max_id
    NA-00000001,2,1,10
    ");
    // Confirmed by C3 and by NA: two importers.
    assert_snapshot!(files["w5_confno.csv"], @r"
    cert_no,n,importers,min_id,max_id
    B2-00000001,2,2,8,9
    ");
    assert_snapshot!(files["w5_seal.csv"], @r"
    seal_no,n,min_id,max_id
    S0000000001,2,1,2
    ");
    // 1 to 7 within six days; 8 and 9 on two days.
    assert_snapshot!(files["w5_content.csv"], @r"
    exporter,importer,hs,cc,vc,n,min_id,max_id,span
    NA,B2,710231,5000,250000,2,8,9,1
    NA,B2,710231,10000,500000,7,1,7,6
    ");
}

#[test]
fn the_outcome_says_what_the_files_say() {
    let outcome = world().outcome;
    assert_eq!(outcome.rejected(), 0);
    assert_eq!(outcome.certificates, 11);
    let gap = outcome.gaps[0];
    // NA to B2: 50.00 not confirmed, 100.00 to another partner, 5.01 apart.
    assert_eq!((&gap.exporter, &gap.importer, gap.unexplained()), (b"NA", b"B2", 5000 + 10_000 + 501));
    assert_eq!(outcome.flagged.map(|flagged| flagged.len()), Some(1));
    assert_eq!(outcome.written.len(), 10);
}
