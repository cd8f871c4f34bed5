//! Lines as desks write them: what is taken of each, and what each is told.

use super::*;

fn cells(line: &str) -> (String, String, String) {
    let row = row_of(1, line).expect(line);
    let cell = |role| row.cell(role).trimmed().to_owned();
    (cell(Role::Number), cell(Role::Carats), cell(Role::Arrived))
}

#[test]
fn a_line_gives_its_number_carats_and_day() {
    for (line, number, carats, day) in [
        ("XA 000 123 arrived 5 March 2026, 1,200.50 ct", "XA 000 123", "1,200.50", "5 March 2026"),
        ("- xa-000124: 40.00cts received 2026-03-06", "xa-000124", "40.00", "2026-03-06"),
        ("carats 12.5 of XA/000125 on 07.03.2026", "XA/000125", "12.5", "07.03.2026"),
        ("XA-000071, 72.50 ct", "XA-000071", "72.50", ""),
        ("XA-000071,72.50 ct", "XA-000071", "72.50", ""),
        ("XA-000071 72.50 carats 2026-12-01", "XA-000071", "72.50", "2026-12-01"),
        ("Certificate XA-000069 arrived on 2026-12-01 with 70.50 carats", "XA-000069", "70.50", "2026-12-01"),
        ("XA-000063 64.50 2026-12-01", "XA-000063", "64.50", "2026-12-01"),
        ("XA-000063 2026-12-01 64.50", "XA-000063", "64.50", "2026-12-01"),
        ("KP cert. no. XA-000063: 64.50 ct", "XA-000063", "64.50", ""),
        ("XA-OOOO12 arrived, 20.50 ct", "XA-OOOO12", "20.50", ""),
        ("XA-000001 45000.50 ct", "XA-000001", "45000.50", ""),
        ("XA-000001 45000.50", "XA-000001", "45000.50", ""),
        ("XA-000001 with 1 200.50 ct", "XA-000001", "1 200.50", ""),
        ("XA 000123 72.50 ct in 2 parcels, class 7102.31", "XA 000123", "72.50", ""),
        ("We received at 10:30 on 14-Jul-26 XA-000009 18.50 ct", "XA-000009", "18.50", "14-Jul-26"),
        ("certificate 75, 76.50 ct", "75", "76.50", ""),
        ("also 000064 arrived, 65.50 carats.", "000064", "65.50", ""),
        ("another 65.50 carats came", "", "65.50", ""),
        ("XA-12Z45 came", "XA-12Z45", "", ""),
    ] {
        assert_eq!(cells(line), (number.into(), carats.into(), day.into()), "{line}");
        assert_eq!(row_of(1, line).map(|row| row.faults), Some(Vec::new()), "{line}");
    }
    for line in ["Best regards, Port Sample 1000", "on 5 March 2026", "", "Tel. +32 3 222 11 00"] {
        assert!(row_of(1, line).is_none(), "{line}");
    }
}

#[test]
fn what_a_line_says_twice_or_against_an_arrival_is_told() {
    for (line, told) in [
        ("XA-000075 is still missing, 76.50 carats never came", "\"missing\""),
        ("And XA-000069 we never saw.", "\"never\""),
        ("there is no XA-000071, 72.50 ct, 2 parcels", "\"no\""),
        ("XA-000071, 72.50 ct: did it come?", "\"?\""),
        ("XA-000071 and XA-000072 arrived, 72.50 ct", "two numbers, XA-000071 and XA-000072"),
        ("XA-000071 arrived, 72.50 ct of 73.50 ct", "two weights, 72.50 and 73.50"),
        ("XA-000071 72.50 73.50", "two figures that can be the weight"),
        ("XA-000071 72.50 ct 2026-02-01 2026-03-01", "two days, 2026-02-01 and 2026-03-01"),
        ("XA-000071 lot 2 carats 12.50", "two weights"),
        ("XA-000071 parcels 1 200.50 ct", "one figure or two"),
    ] {
        let faults = row_of(1, line).expect(line).faults;
        assert!(faults.iter().any(|fault| fault.sentence.contains(told)), "{line}: {faults:?}");
    }
}
