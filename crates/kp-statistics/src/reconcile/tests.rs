//! Every kind of difference, and the law that the parts of a gap add up to it.

use proptest::prelude::*;

use super::*;

struct Line<'a>(&'a str, &'a str, &'a str, &'a str, i64, i64);

/// Postings from XA to XB: number, `export` or `import`, day, class, hundredths, cents.
fn postings(lines: &[Line<'_>]) -> Vec<Posting> {
    let of = |Line(number, flow, day, hs, carats, cents): &Line<'_>| Posting {
        number: (*number).to_owned(),
        participant: if *flow == "export" { "XA" } else { "XB" }.parse().unwrap(),
        flow: (*flow).to_owned(),
        partner: if *flow == "export" { "XB" } else { "XA" }.parse().unwrap(),
        counted_on: day.parse().unwrap(),
        hs: hs.parse().unwrap(),
        carats: Carats::from_hundredths(*carats),
        value: UsdCents::from_cents(*cents),
        recorded_at: "2026-04-01T00:00:00Z".parse().unwrap(),
        position: 1,
    };
    lines.iter().map(of).collect()
}

fn presentation(number: &str) -> Presentation {
    Presentation {
        position: 9,
        number: number.to_owned(),
        at: "XB".parse().unwrap(),
        arrived_on: "2026-02-08".parse().unwrap(),
        carats: Carats::from_hundredths(700),
    }
}

const LEFT: &str = "2026-02-03";
const CAME: &str = "2026-02-08";
const LATER: &str = "2026-04-02";

fn found(lines: &[Line<'_>], presentations: &[Presentation], today: &str) -> Vec<String> {
    let result = reconcile(&postings(lines), presentations, today.parse().unwrap(), false);
    let shown = |c: &Compared| format!("{} {}", c.number, c.agreement.word());
    let never = result.never_left.iter().map(|p| format!("{} never left", p.number));
    result.certificates.iter().map(shown).chain(never).collect()
}

#[test]
fn every_kind_of_difference_is_told_apart() {
    let g = "7102.31";
    let i = "7102.21";
    let out = |n| Line(n, "export", LEFT, "7102.31", 100_000, 5_000_000);
    for (into, expected) in [
        (vec![Line("1", "import", CAME, g, 100_000, 5_000_000)], "matched"),
        (vec![Line("1", "import", CAME, g, 99_990, 5_000_000)], "within_tolerance"),
        (vec![Line("1", "import", CAME, g, 99_000, 5_000_000)], "weight"),
        (vec![Line("1", "import", CAME, i, 100_000, 5_000_000)], "class"),
        (vec![Line("1", "import", CAME, g, 100_000, 7_000_000)], "value"),
        (vec![Line("1", "import", LATER, g, 100_000, 5_000_000)], "timing"),
        (vec![Line("1", "import", LATER, g, 99_990, 5_000_000)], "timing"),
        (vec![Line("1", "import", LATER, g, 98_500, 5_000_000)], "weight"),
        (vec![Line("1", "import", LATER, i, 100_000, 5_000_000)], "class"),
        (vec![Line("1", "import", LATER, g, 100_000, 7_000_000)], "value"),
    ] {
        let lines: Vec<Line<'_>> = std::iter::once(out("1")).chain(into).collect();
        assert_eq!(found(&lines, &[], "2026-07-01"), [format!("1 {expected}")]);
    }
    assert_eq!(found(&[out("1")], &[], "2026-05-04"), ["1 under_way"]);
    assert_eq!(found(&[out("1")], &[], "2026-05-05"), ["1 missing_at_destination"]);
    let twice = [presentation("1"), presentation("1"), presentation("7")];
    let both = [out("1"), Line("1", "import", CAME, g, 100_000, 5_000_000)];
    assert_eq!(found(&both, &twice, "2026-07-01"), ["1 used_twice", "7 never left"]);
}

/// L47: a gap of 12 %: 9 % timing, 2 % class, 1 % that nothing explains, each with its certificates.
#[test]
fn a_gap_is_split_into_its_parts_with_the_list_behind_each() {
    let (gem, industrial) = ("7102.31", "7102.21");
    let lines = [
        Line("1", "export", LEFT, gem, 880_000, 88_000_000),
        Line("1", "import", CAME, gem, 880_000, 88_000_000),
        Line("2", "export", LEFT, gem, 90_000, 9_000_000),
        Line("2", "import", LATER, gem, 90_000, 9_000_000),
        Line("3", "export", LEFT, gem, 20_000, 2_000_000),
        Line("3", "import", CAME, industrial, 20_000, 2_000_000),
        Line("4", "export", LEFT, gem, 10_000, 1_000_000),
    ];
    let result = reconcile(&postings(&lines), &[], "2026-07-01".parse().unwrap(), true);
    let (route, gap) =
        result.gaps.iter().find(|(r, _)| r.quarter.quarter == 1 && r.hs == gem.parse().ok()).unwrap();
    assert_eq!((route.exporter.as_str(), route.importer.as_str()), ("XA", "XB"));
    assert_eq!((gap.sides.carats_out, gap.sides.carats_in), (1_000_000, 880_000));
    let parts: Vec<String> = gap
        .parts
        .iter()
        .map(|(of, part)| format!("{} {} {}", of.word(), part.carats, part.numbers.join(" ")))
        .collect();
    assert_eq!(
        parts,
        ["matched 0 1", "class -20000 3", "missing_at_destination -10000 4", "timing -90000 2"]
    );
    assert_eq!(gap.unexplained(), Carats::from_hundredths(10_000));
}

/// The end of a quarter hides nothing: what left is timing in both quarters and sums to nothing, what is missing is asked about.
#[test]
fn what_arrives_in_another_quarter_is_compared_too() {
    let lines = [
        Line("2", "export", LEFT, "7102.31", 80_000, 8_000_000),
        Line("2", "import", LATER, "7102.31", 78_800, 8_000_000),
    ];
    for by_class in [false, true] {
        let result = reconcile(&postings(&lines), &[], "2026-07-01".parse().unwrap(), by_class);
        let told: Vec<String> = result
            .gaps
            .iter()
            .flat_map(|(route, gap)| {
                gap.parts.iter().map(move |(of, part)| {
                    format!("{} {} {} {}", route.quarter, of.word(), part.carats, part.numbers.join(" "))
                })
            })
            .collect();
        assert_eq!(told, ["2026-Q1 timing -80000 2", "2026-Q2 weight -1200 2", "2026-Q2 timing 80000 2"]);
        let unexplained: Vec<Carats> = result.gaps.values().map(Gap::unexplained).collect();
        assert_eq!(unexplained, [0, 1_200].map(Carats::from_hundredths));
    }
}

proptest! {
    /// The parts of every gap add up to it, and every route's totals to those of the postings: nothing is lost.
    #[test]
    fn the_parts_add_up(rows in prop::collection::vec(
        (0_u8..12, any::<bool>(), 0_u8..3, 0_u8..120, 0_i64..5_000_00, 0_i64..9_000_000), 0..60
    ), by_class in any::<bool>()) {
        let classes = ["7102.10", "7102.21", "7102.31"];
        let first: Date = "2026-01-01".parse().unwrap();
        // One day for each side of a certificate, as one statement gives it.
        let day = |number: u8, export: bool| {
            let days = i64::from(number) * 11 % 80 + if export { 0 } else { 25 };
            first.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
        };
        let texts: Vec<(String, String, &str, bool, i64, i64)> = rows
            .iter()
            .map(|(n, export, class, _, carats, cents)| {
                (format!("{n:02}"), day(*n, *export), classes[usize::from(*class)], *export, *carats, *cents)
            })
            .collect();
        let lines: Vec<Line<'_>> = texts
            .iter()
            .map(|(n, day, class, export, carats, cents)| {
                Line(n, if *export { "export" } else { "import" }, day, class, *carats, *cents)
            })
            .collect();
        let postings = postings(&lines);
        let result = reconcile(&postings, &[], "2026-05-01".parse().unwrap(), by_class);
        let mut out = 0;
        for gap in result.gaps.values() {
            let carats: i64 = gap.parts.values().map(|part| part.carats).sum();
            let cents: i64 = gap.parts.values().map(|part| part.cents).sum();
            prop_assert_eq!(carats, gap.sides.carats_in - gap.sides.carats_out);
            prop_assert_eq!(cents, gap.sides.cents_in - gap.sides.cents_out);
            out += gap.sides.carats_out;
        }
        let left: i64 = postings.iter().filter(|p| p.flow == "export").map(|p| p.carats.hundredths()).sum();
        prop_assert_eq!(out, left);
    }
}
