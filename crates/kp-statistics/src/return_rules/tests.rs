//! Each rule fires on what it is for and is silent on what it is not.

use super::*;

fn figures(texts: &[&str]) -> Vec<Figure> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn draft(table: AnnexTable, period: &str, texts: &[&str]) -> Draft {
    let rows = (2..).zip(figures(texts)).collect();
    Draft {
        participant: "XA".parse().unwrap(),
        table,
        period: period.parse().unwrap(),
        rows,
        totals: Vec::new(),
    }
}

fn known(history: &[(&str, &[&str])]) -> Known {
    Known {
        today: "2026-08-01".parse().unwrap(),
        participants: ["XA", "XB", "XC"].into_iter().map(|code| code.parse().unwrap()).collect(),
        history: history.iter().map(|(period, texts)| (period.parse().unwrap(), figures(texts))).collect(),
        register: None,
    }
}

/// The rules that fire, each once, with the rows.
fn fired(draft: &Draft, known: &Known) -> Vec<String> {
    let mut fired: Vec<String> =
        check(draft, known).iter().map(|b| format!("{} {} {}", b.rule, b.row, b.column.word())).collect();
    fired.dedup();
    fired
}

const Q2: &str = "2026-Q2";

#[test]
fn what_cannot_be_right_blocks() {
    use AnnexTable::{Certificates, Exports, Production, Stocks};
    for (table, period, rows, expected) in [
        (Exports, Q2, &["XB 7102.31 10.00 1234.00"][..], &[][..]),
        (Exports, Q2, &["XB 10.00 1234.00"], &["figure_incomplete 2 class"]),
        (Exports, Q2, &["7102.31 10.00 1234.00"], &["figure_incomplete 2 partner"]),
        (Production, "2026-H1", &["XB 10.00 1234.00"], &["figure_incomplete 2 partner"]),
        (
            Stocks,
            "2025",
            &["artisanal 10.00 1234.00"],
            &["figure_incomplete 2 class", "figure_incomplete 2 mining"],
        ),
        (Certificates, Q2, &["validated 7", "received 0"], &[]),
        (Certificates, Q2, &["10.00 1234.00"], &["figure_incomplete 2 certificates"]),
        (
            Exports,
            Q2,
            &["XB 7102.31 10.00 1234.00", "XC 7102.31 1.00 5.00", "XB 7102.31 2.00 7.00"],
            &["figure_repeated 4 carats"],
        ),
        (Production, "2026-H1", &["0.00 5.00"], &["not_positive 2 carats"]),
        (Production, "2026-H1", &["5.00 0.00"], &["not_positive 2 value"]),
        (Production, "2026-H1", &["-5.00 1.00"], &["not_positive 2 carats"]),
        (Production, "2026-H1", &["5.00 -1.00"], &["not_positive 2 value"]),
        (Production, "2026-H1", &["0.00 0.00"], &[]),
        (Exports, Q2, &["XA 7102.31 10.00 1234.00"], &["partner_unknown 2 partner"]),
        (Exports, Q2, &["XZ 7102.31 10.00 1234.00"], &["partner_unknown 2 partner"]),
        (Exports, "2026-Q3", &["XB 7102.31 10.00 1234.00"], &["period_not_over 0 carats"]),
        (Exports, "2026-H1", &["XB 7102.31 10.00 1234.00"], &["period_not_over 0 carats"]),
        (Production, "2026-H1", &[], &[]),
    ] {
        let draft = draft(table, period, rows);
        assert_eq!(fired(&draft, &known(&[])), expected, "{table} {period} {rows:?}");
        assert!(check(&draft, &known(&[])).iter().all(|breach| breach.force == Force::Blocks));
    }
}

#[test]
fn what_is_seldom_right_warns() {
    let before = &["12000.00 1111111.00"][..];
    for (rows, history, expected) in [
        (&["13000.00 1203456.00"][..], &[("2025-H1", before)][..], &[][..]),
        (&["24000.00 2222222.00"], &[("2025-H1", before)], &["carats_jump 2 carats"]),
        (&["6000.00 555555.00"], &[("2025-H1", before)], &["carats_jump 2 carats"]),
        // The half before serves where the year before is missing, and a small volume says nothing.
        (&["24000.00 2222222.00"], &[("2025-H2", before)], &["carats_jump 2 carats"]),
        (&["40.00 3333.00"], &[("2025-H1", &["4.10 410.00"])], &[]),
        (&["12500.00 1750001.00"], &[("2025-H1", before)], &["unit_value_jump 2 value"]),
        (&["12500.00 750001.00"], &[("2025-H1", before)], &["unit_value_jump 2 value"]),
        (
            &["4100.00 410001.00"],
            &[("2025-H1", &["410.00 41001.00"])],
            &["factor_of_ten 2 carats", "factor_of_ten 2 value"],
        ),
        (&["12000.00 1234567.00"], &[("2024-H1", before)], &["same_as_before 2 carats"]),
        (&["1000.00 145000.00"], &[], &["round_unit_value 2 value"]),
        (&["999.99 99999.00"], &[], &[]),
    ] {
        let draft = draft(AnnexTable::Production, "2026-H1", rows);
        assert_eq!(fired(&draft, &known(history)), expected, "{rows:?} after {history:?}");
        assert!(check(&draft, &known(history)).iter().all(|breach| breach.force == Force::Warns));
    }
}

#[test]
fn what_the_register_counts_otherwise_warns() {
    let register = ["XB 7102.31 1000.00 123456.00", "XC 7102.10 5.00 50.00"];
    for (rows, expected) in [
        (&["XB 7102.31 1000.50 123456.00", "XC 7102.10 5.00 50.00"][..], &[][..]),
        (&["XB 7102.31 1002.00 123456.00", "XC 7102.10 5.00 50.00"], &["differs_from_register 2 carats"]),
        (&["XB 7102.31 1000.00 124456.00", "XC 7102.10 5.00 50.00"], &["differs_from_register 2 value"]),
        (&["XB 7102.31 1000.00 123456.00"], &["differs_from_register 0 carats"]),
        (
            &["XB 7102.31 1000.00 123456.00", "XC 7102.10 5.00 50.00", "XC 7102.21 1.00 5.00"],
            &["differs_from_register 4 carats"],
        ),
    ] {
        let known = Known { register: Some(figures(&register)), ..known(&[]) };
        assert_eq!(fired(&draft(AnnexTable::Exports, Q2, rows), &known), expected, "{rows:?}");
    }
    let known = Known { register: Some(figures(&["validated 7"])), ..known(&[]) };
    assert_eq!(
        fired(&draft(AnnexTable::Certificates, Q2, &["validated 8"]), &known),
        ["differs_from_register 2 certificates"]
    );
    assert!(fired(&draft(AnnexTable::Certificates, Q2, &["validated 7", "received 0"]), &known).is_empty());
}

/// A total is of everything above it, or of the rows since the total before.
#[test]
fn a_total_that_is_not_the_sum_of_its_rows_warns() {
    let total = |row, carats, cents| {
        let (carats, value) = (Carats::from_hundredths(carats), UsdCents::from_cents(cents));
        (row, Total { carats: Some(carats), value: Some(value), certificates: None })
    };
    let rows = &["XB 7102.31 10.00 1234.00", "XB 7102.10 2.00 5.00", "XC 7102.31 1.00 7.00"];
    let draft = |rows: &[&str], totals: &[(u32, Total)]| {
        let mut draft = draft(AnnexTable::Exports, Q2, rows);
        draft.rows.iter_mut().filter(|(row, _)| *row > 3).for_each(|(row, _)| *row += 1);
        Draft { totals: totals.to_vec(), ..draft }
    };
    for (totals, expected) in [
        (&[total(6, 1300, 124_600)][..], &[][..]),
        (&[total(4, 1200, 123_900), total(6, 100, 700), total(7, 1300, 124_600)], &[]),
        (&[total(1, 1300, 124_600)], &[]),
        (&[total(6, 1299, 124_600)], &["total_differs 6 carats"]),
        (&[total(6, 1300, 124_601)], &["total_differs 6 value"]),
        (&[total(4, 1300, 123_900)], &["total_differs 4 carats"]),
        (&[(6, Total::default())], &[]),
    ] {
        assert_eq!(fired(&draft(rows, totals), &known(&[])), expected, "{totals:?}");
    }
    let counted = Total { certificates: Some(8), ..Total::default() };
    let draft =
        Draft { totals: vec![(9, counted)], ..self::draft(AnnexTable::Certificates, Q2, &["validated 7"]) };
    assert_eq!(fired(&draft, &known(&[])), ["total_differs 9 certificates"]);
}

#[test]
fn the_last_twelve_are_the_newest_and_every_rule_is_on_its_page() {
    let history: Vec<(String, Vec<&str>)> =
        (2010..2026).map(|year| (format!("{year}-H1"), vec!["10.00 100.00"])).collect();
    let history: Vec<(&str, &[&str])> = history.iter().map(|(p, f)| (p.as_str(), f.as_slice())).collect();
    let known = known(&history);
    let periods: Vec<String> = last_twelve("total", &known).iter().map(|(p, _)| p.to_string()).collect();
    assert_eq!((periods.len(), periods[0].as_str(), periods[11].as_str()), (12, "2025-H1", "2014-H1"));
    const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/return-rules.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, as_markdown()).unwrap();
    }
    let there = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(there == as_markdown(), "run UPDATE_DOCS=1 cargo test -p kp-statistics");
}
