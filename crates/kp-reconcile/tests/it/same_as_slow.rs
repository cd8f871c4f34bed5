//! Random small worlds, in which everything collides: the results are those of the slow implementation, to the byte, with
//! one thread and with three.

use jiff::{Span, civil::date};
use kp_reconcile::Format;
use proptest::prelude::*;

use crate::{
    run::{CERTIFICATES, CONFIRMATIONS, folder_of, run_in, settings},
    slow::{Row, certificate_line, confirmation_line, w1, w2, w4, w5},
};

/// Numbers of every shape: serial, of several lengths, far apart, without digits, with a space.
const NUMBERS: [&str; 9] =
    ["A1-0000000", "A1-000000", "NA-0999999", "B7/", "no number ", "77", "KP 12345678901234", "Ä-1", "A1-00"];

fn row() -> impl Strategy<Value = Row> {
    let number =
        (0..NUMBERS.len(), 0..4_u32, any::<bool>()).prop_map(|(beginning, serial, bare)| match bare {
            true if beginning == 4 => NUMBERS[4].to_owned() + "x",
            _ => format!("{}{serial}", NUMBERS[beginning]),
        });
    let parties = (prop_oneof![Just("A1"), Just("NA"), Just("B7")], prop_oneof![Just("A1"), Just("C3")]);
    let hs = prop_oneof![6 => Just(710_231), 1 => Just(710_210), 1 => Just(71_022_110)];
    let day = prop_oneof![4 => 0..80_i64, 1 => 0..400_i64];
    // Few different amounts, so that contents repeat and tolerances are met at their borders.
    let cc = prop_oneof![
        Just(10_000_i64),
        Just(10_010),
        Just(10_100),
        Just(10_500),
        Just(1),
        Just(0),
        0..3_000_000_i64
    ];
    let vc = prop_oneof![
        Just(500_000_i64),
        Just(505_000),
        Just(525_000),
        Just(625_000),
        Just(0),
        0..99_000_000_i64
    ];
    (number, parties, hs, day, cc, vc, 0..30_u32).prop_map(
        |(number, (exporter, importer), hs, day, cc, vc, seal)| Row {
            id: 0,
            number,
            exporter: exporter.to_owned(),
            importer: importer.to_owned(),
            hs,
            date: date(2024, 10, 1).saturating_add(Span::new().days(day - 40)),
            cc,
            vc,
            seal: format!("S{:010}", seal * 97),
        },
    )
}

fn numbered(rows: Vec<Row>, large: bool) -> Vec<Row> {
    let first = if large { 5_000_000_000_000_000 } else { 1 };
    (first..).zip(rows).map(|(id, row)| Row { id, ..row }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn results_are_those_of_the_slow_implementation(
        certificates in proptest::collection::vec(row(), 0..160),
        confirmations in proptest::collection::vec(row(), 0..120),
        large in any::<bool>(),
    ) {
        let (certificates, confirmations) = (numbered(certificates, large), numbered(confirmations, large));
        let text: String = certificates.iter().map(certificate_line).collect();
        let other: String = confirmations.iter().map(confirmation_line).collect();
        let (one, two) = (format!("{CERTIFICATES}{text}"), format!("{CONFIRMATIONS}{other}"));
        let folder = folder_of(&[("certificates.csv", one.as_bytes()), ("confirmations.csv", two.as_bytes())]);
        let ran = run_in(folder.path(), Format::Csv, &settings(1)).unwrap();
        prop_assert_eq!(ran.outcome.rejected(), 0);
        let (summary, exceptions) = w2(&certificates, &confirmations);
        let (outliers, groups) = w4(&certificates);
        let [certno, confno, seal, content] = w5(&certificates, &confirmations);
        let expected = [
            ("w1.csv", w1(&certificates, &confirmations)),
            ("w2_summary.csv", summary),
            ("w2_exceptions.csv", exceptions),
            ("w4_outliers.csv", outliers),
            ("w4_groups.csv", groups),
            ("w5_certno.csv", certno),
            ("w5_confno.csv", confno),
            ("w5_seal.csv", seal),
            ("w5_content.csv", content),
        ];
        for (name, text) in expected {
            prop_assert_eq!(&ran.files[name], &text, "{}", name);
        }
        let again = run_in(folder.path(), Format::Csv, &settings(3)).unwrap();
        prop_assert_eq!(again.outcome.sha256, ran.outcome.sha256);
    }
}
