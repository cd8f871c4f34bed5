//! One series in the size of a stamp: its shape, its highest figure, its first and last period. Many of them side by side
//! are compared by shape; each has an axis of its own, and says so by its highest figure.

use super::figure_text::compact;
use super::svg::{Drawing, Naming, Path};

const WIDTH: f64 = 150.0;
const TOP: f64 = 13.0;
const HEIGHT: f64 = 44.0;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Stamp<'a> {
    /// `Botswana: carats`.
    pub title: &'a str,
    /// The same in a sentence with figures.
    pub description: &'a str,
    /// Class that gives its colour: `carats`, `value`, `unit`.
    pub class: &'a str,
    /// Hundredths or cents, oldest first; none is a gap.
    pub points: &'a [Option<i64>],
    /// Amounts that add up are bars; a price is a line.
    pub bars: bool,
    /// The first and the last period.
    pub ends: (&'a str, &'a str),
}

/// Draws a stamp.
pub fn stamp(of: &Stamp<'_>) -> String {
    let most = of.points.iter().flatten().copied().max().unwrap_or(0);
    let step = WIDTH / of.points.len().max(1) as f64;
    let y = |amount: i64| TOP + HEIGHT - HEIGHT * (amount.max(0) as f64 / most.max(1) as f64);
    let mut drawing = Drawing::new(WIDTH, TOP + HEIGHT + 13.0);
    drawing.open(of.class);
    let (mut path, mut is_on) = (Path::default(), false);
    for (n, point) in of.points.iter().enumerate() {
        let x = step * n as f64;
        match point {
            Some(amount) if of.bars && *amount > 0 => {
                let height = (TOP + HEIGHT - y(*amount)).max(0.7);
                path = path.and_box([x + step * 0.12, TOP + HEIGHT - height, step * 0.76, height]);
            }
            Some(amount) if !of.bars => {
                let place = (x + step / 2.0, y(*amount));
                path = if is_on { path.to(place) } else { path.jump(place).to((place.0 + 0.1, place.1)) };
            }
            _ => {}
        }
        is_on = point.is_some();
    }
    if !path.is_empty() {
        drawing.path(if of.bars { "bar" } else { "line" }, &path);
    }
    drawing.line("axis", (0.0, TOP + HEIGHT), (WIDTH, TOP + HEIGHT));
    drawing.close();
    if most > 0 {
        drawing.text("most", (0.0, 9.0), &compact(most));
    }
    drawing.text("", (0.0, TOP + HEIGHT + 11.0), of.ends.0);
    drawing.text("end", (WIDTH, TOP + HEIGHT + 11.0), of.ends.1);
    drawing.finish_picture(&Naming { title: of.title, description: of.description })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_gap_and_the_highest_figure_is_written() {
        let of = |bars| Stamp {
            title: "A<B",
            description: "three",
            class: "unit",
            points: &[Some(100), None, Some(250_000)],
            bars,
            ends: ("2020-H1", "2021-H1"),
        };
        let line = stamp(&of(false));
        assert_eq!(
            line.matches('M').count(),
            3,
            "the line is broken at the gap, and there is the axis: {line}"
        );
        assert!(line.contains(">2.5k<") && line.contains("A&lt;B"), "{line}");
        assert!(stamp(&of(true)).contains(r#"class="bar""#));
    }
}
