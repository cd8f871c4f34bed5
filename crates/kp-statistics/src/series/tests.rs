//! What adding up must get right: parts, nil, contradiction, holes, open halves, invented codes.

use super::*;
use crate::production::{Declaration, ProductionRow, ProductionType, RowPlace};

fn row(code: &str, half: &str, kind: ProductionType, carats: &str, value: &str) -> ProductionRow {
    let declaration = if carats == "nil" { Declaration::NoProduction } else { Declaration::Production };
    let amount = |text: &str| if text == "nil" { "0".to_owned() } else { text.to_owned() };
    ProductionRow {
        participant: code.parse().unwrap(),
        participant_name: format!("Country {code}"),
        half: half.parse().unwrap(),
        declaration,
        production_type: kind,
        carats: amount(carats).parse().unwrap(),
        value: amount(value).parse().unwrap(),
        created: None,
        modified: None,
        public: None,
        place: RowPlace { file: "t.csv".into(), sheet: None, row: 2 },
    }
}

fn plain(code: &str, half: &str, carats: &str, value: &str) -> ProductionRow {
    row(code, half, ProductionType::Unlabelled, carats, value)
}

fn states(rows: &[ProductionRow], code: &str, today: Option<Date>) -> Vec<ReturnState> {
    let series = ProductionSeries::build(rows, &[], today);
    series.of(code.parse().unwrap()).unwrap().halves.iter().map(|h| h.state).collect()
}

#[test]
fn parts_of_one_half_add_up() {
    let rows = [
        row("XA", "2020-H1", ProductionType::LargeScale, "100.25", "2000.00"),
        row("XA", "2020-H1", ProductionType::Artisanal, "50.00", "1000.00"),
        row("XA", "2020-H1", ProductionType::Artisanal, "10.00", "200.00"),
    ];
    let series = ProductionSeries::build(&rows, &[], None);
    let half = series.of("XA".parse().unwrap()).unwrap().half(Half { year: 2020, half: 1 }).unwrap();
    assert_eq!(half.carats, Carats::from_hundredths(16_025));
    assert_eq!(half.value, UsdCents::from_cents(320_000));
    assert_eq!(half.unit_value, Some(UsdCents::from_cents(1_997)));
    let parts: Vec<(ProductionType, i64)> =
        half.parts.iter().map(|p| (p.production_type, p.carats.hundredths())).collect();
    assert_eq!(parts, [(ProductionType::Artisanal, 6_000), (ProductionType::LargeScale, 10_025)]);
    assert_eq!(half.rows.len(), 3);
}

#[test]
fn nil_missing_and_contradictory_are_three_things() {
    let rows = [
        plain("XA", "2020-H1", "10", "100"),
        plain("XA", "2020-H2", "nil", "nil"),
        plain("XA", "2021-H2", "10", "100"),
        plain("XA", "2021-H2", "nil", "nil"),
        plain("XB", "2019-H2", "10", "100"),
        plain("XB", "2021-H2", "10", "100"),
    ];
    use ReturnState::{Contradictory, Missing, Nil, NotExpected, Reported};
    assert_eq!(states(&rows, "XA", None), [NotExpected, Reported, Nil, Missing, Contradictory]);
    assert_eq!(states(&rows, "XB", None), [Reported, Missing, Missing, Missing, Reported]);
}

#[test]
fn nothing_is_missing_before_it_is_due() {
    let rows = [
        plain("XA", "2020-H1", "10", "100"),
        plain("XB", "2020-H1", "10", "100"),
        plain("XB", "2020-H2", "10", "100"),
        plain("XC", "2020-H1", "10", "100"),
        plain("XC", "2020-H2", "10", "100"),
    ];
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    assert_eq!(states(&rows, "XA", day("2021-02-28"))[1], ReturnState::NotDue);
    assert_eq!(states(&rows, "XA", day("2021-03-01"))[1], ReturnState::Missing);
    assert_eq!(states(&rows, "XA", None)[1], ReturnState::Missing);
}

#[test]
fn a_last_half_that_few_have_returned_is_open() {
    let rows = [
        plain("XA", "2020-H1", "10", "100"),
        plain("XB", "2020-H1", "10", "100"),
        plain("XC", "2020-H1", "10", "100"),
        plain("XC", "2020-H2", "10", "100"),
    ];
    assert_eq!(states(&rows, "XA", None)[1], ReturnState::NotDue);
    assert_eq!(states(&rows, "XB", None)[1], ReturnState::NotDue);
}

#[test]
fn membership_says_what_was_owed() {
    let rows = [
        plain("XA", "2020-H1", "10", "100"),
        plain("XB", "2021-H2", "10", "100"),
        plain("XA", "2021-H2", "1", "1"),
    ];
    let membership = [
        MembershipSpan {
            participant: "XA".parse().unwrap(),
            from: None,
            to: Some("2020-09-30".parse().unwrap()),
        },
        MembershipSpan {
            participant: "XB".parse().unwrap(),
            from: Some("2020-10-01".parse().unwrap()),
            to: None,
        },
    ];
    let series = ProductionSeries::build(&rows, &membership, None);
    let of = |code: &str| -> Vec<ReturnState> {
        series.of(code.parse().unwrap()).unwrap().halves.iter().map(|h| h.state).collect()
    };
    use ReturnState::{Missing, NotExpected, Reported};
    assert_eq!(of("XA"), [Reported, NotExpected, NotExpected, Reported]);
    assert_eq!(of("XB"), [NotExpected, Missing, Missing, Reported]);
}

#[test]
fn invented_codes_never_enter_the_world() {
    let rows = [plain("GN", "2008-H1", "10", "180"), plain("XA", "2008-H1", "1000", "1")];
    let series = ProductionSeries::build(&rows, &[], None);
    assert_eq!(series.world_halves[0].carats, Carats::from_hundredths(1_000));
    assert_eq!(series.world_years[0].producers, 1);
    assert!(series.world_years[0].partial);
}

#[test]
fn due_dates_follow_the_calendar() {
    assert_eq!(due_on(Half { year: 2007, half: 2 }).to_string(), "2008-02-29");
    assert_eq!(due_on(Half { year: 2008, half: 1 }).to_string(), "2008-08-31");
}
