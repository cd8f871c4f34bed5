//! Small charts, drawn whole: what stands in them is what a reader of the code should expect to see.

use super::*;

fn half(text: &str) -> Half {
    text.parse().unwrap()
}

fn point(text: &str, amount: Option<i64>, state: ReturnState) -> Point {
    let says =
        amount.map_or("no figure".to_owned(), |a| format!("{} ct", crate::chart::grouped_hundredths(a)));
    Point { half: half(text), amount, says, state: Some(state), open: false }
}

fn points() -> Vec<Point> {
    vec![
        point("2007-H1", None, ReturnState::NotExpected),
        point("2007-H2", Some(50_000), ReturnState::Reported),
        point("2008-H1", Some(200_000), ReturnState::Reported),
        point("2008-H2", Some(0), ReturnState::Nil),
        point("2009-H1", None, ReturnState::Missing),
        point("2009-H2", Some(1), ReturnState::Contradictory),
    ]
}

fn mark(number: usize, of: &str) -> Mark {
    Mark {
        number,
        href: format!("#finding-{number}"),
        title: format!("Finding {number}"),
        halves: vec![half(of)],
        habit: Vec::new(),
        emphasised: false,
    }
}

fn draw(drawn: Drawn, points: &[Point], marks: &[Mark]) -> String {
    let chart = SeriesChart {
        title: "XA: carats",
        class: "carats",
        points,
        marks,
        drawn,
        size: Size::Column,
        lanes: 0,
        setting: crate::Setting::of_report(),
    };
    series_chart(&chart).replace("><", ">\n<")
}

#[test]
fn nil_missing_contradiction_and_a_gap_look_different() {
    insta::assert_snapshot!(draw(Drawn::Bars, &points(), &[mark(3, "2008-H1")]), @r##"
        <svg viewBox="0 0 360 173" role="group">
        <title>XA: carats</title>
        <desc>Half-years 2007-H1 to 2009-H2; highest 2,000.00 ct in 2008-H1; 1 finding marked.</desc>
        <g role="img" aria-label="Half-years 2007-H1 to 2009-H2; highest 2,000.00 ct in 2008-H1; 1 finding marked.">
        <g class="carats">
        <path class="grid" d="M40 153L354 153"/>
        <text class="tick-y" x="34" y="156.4">0</text>
        <path class="grid" d="M40 121L354 121"/>
        <text class="tick-y" x="34" y="124.4">500</text>
        <path class="grid" d="M40 89L354 89"/>
        <text class="tick-y" x="34" y="92.4">1k</text>
        <path class="grid" d="M40 57L354 57"/>
        <text class="tick-y" x="34" y="60.4">1.5k</text>
        <path class="grid" d="M40 25L354 25"/>
        <text class="tick-y" x="34" y="28.4">2k</text>
        <path class="axis" d="M40 153L354 153"/>
        <path class="tick" d="M40 153L40 157"/>
        <text class="tick-x" x="92.3" y="168">2007</text>
        <path class="tick" d="M144.7 153L144.7 157"/>
        <text class="tick-x" x="197" y="168">2008</text>
        <path class="tick" d="M249.3 153L249.3 157"/>
        <text class="tick-x" x="301.7" y="168">2009</text>
        <path class="leader" d="M170.8 21L170.8 23"/>
        <g>
        <title>2007-H2: 500.00 ct</title>
        <rect class="hit" x="92.3" y="25" width="52.3" height="128"/>
        <rect class="bar" x="98.6" y="121" width="39.8" height="32"/>
        </g>
        <g>
        <title>2008-H1: 2,000.00 ct</title>
        <rect class="hit" x="144.7" y="25" width="52.3" height="128"/>
        <rect class="bar flagged" x="150.9" y="25" width="39.8" height="128"/>
        </g>
        <g>
        <title>2008-H2: 0.00 ct</title>
        <rect class="hit" x="197" y="25" width="52.3" height="128"/>
        <circle class="nil" cx="223.2" cy="149" r="1.9"/>
        </g>
        <g>
        <title>2009-H1: no figure</title>
        <rect class="hit" x="249.3" y="25" width="52.3" height="128"/>
        <path class="missing" d="M273.3 146.8L277.7 151.2M273.3 151.2L277.7 146.8"/>
        </g>
        <g>
        <title>2009-H2: 0.01 ct</title>
        <rect class="hit" x="301.7" y="25" width="52.3" height="128"/>
        <rect class="bar" x="307.9" y="152.3" width="39.8" height="0.7"/>
        <path class="contradictory" d="M327.8 146L330.8 149L327.8 152L324.8 149L327.8 146"/>
        </g>
        </g>
        </g>
        <a class="mark" href="#finding-3">
        <title>Finding 3</title>
        <rect x="164.3" y="8" width="13" height="13" rx="6.5"/>
        <text x="170.8" y="17.7">3</text>
        </a>
        </svg>
        "##);
}

#[test]
fn a_line_is_broken_where_there_is_no_figure() {
    let drawn = draw(Drawn::Line, &points(), &[]);
    let line = drawn.lines().find(|l| l.contains(r#"class="line""#)).unwrap();
    insta::assert_snapshot!(line, @r#"<path class="line" d="M118.5 22.5L170.8 8M327.8 136"/>"#);
}

#[test]
fn numbers_that_would_touch_get_lanes_of_their_own() {
    let marks = [mark(1, "2008-H1"), mark(2, "2008-H1"), mark(3, "2009-H2")];
    assert_eq!(lanes_needed(&points(), &marks), 2);
    assert_eq!(lanes_needed(&points(), &marks[1..]), 1);
    assert_eq!(lanes_needed(&points(), &[]), 0);
}

#[test]
fn a_chart_without_figures_is_still_a_chart() {
    let empty = draw(Drawn::Bars, &[], &[]);
    assert!(empty.contains("No figures."), "{empty}");
    assert!(!empty.contains("NaN") && !empty.contains("inf"), "{empty}");
}

#[test]
fn the_largest_amounts_stay_on_the_drawing() {
    let most = [
        point("2008-H1", Some(i64::MAX), ReturnState::Reported),
        point("2008-H2", Some(1), ReturnState::Reported),
    ];
    for drawn in [Drawn::Bars, Drawn::Line] {
        let drawing = draw(drawn, &most, &[mark(1, "2008-H1")]);
        assert!(
            !drawing.contains("NaN") && !drawing.contains("inf") && !drawing.contains("=\"-"),
            "{drawing}"
        );
    }
}
