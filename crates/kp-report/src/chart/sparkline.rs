//! The last values of one figure in the height of a line of words, over the band in which they usually lie.

use super::svg::{Drawing, Path};

const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 16.0;

/// Draws values, oldest first, as a line from nought; the last is marked where it is the one in question. What it shows must
/// stand beside it in words.
pub fn sparkline(values: &[i64], usual: Option<(i64, i64)>, marks_last: bool) -> String {
    let most = values.iter().copied().chain(usual.map(|(_, high)| high)).max().unwrap_or(0).max(1);
    let y = |value: i64| HEIGHT - 2.0 - (HEIGHT - 4.0) * (value.max(0) as f64 / most as f64);
    let step = (WIDTH - 8.0) / values.len().saturating_sub(1).max(1) as f64;
    let x = |n: usize| 4.0 + step * n as f64;
    let mut drawing = Drawing::new(WIDTH, HEIGHT);
    drawing.open("spark");
    if let Some((low, high)) = usual {
        drawing.rect("band", [0.0, y(high), WIDTH, (y(low) - y(high)).max(1.0)]);
    }
    let mut line = Path::default();
    for (n, value) in values.iter().enumerate() {
        let place = (x(n), y(*value));
        line = if n == 0 { line.jump(place) } else { line.to(place) };
    }
    if values.len() > 1 {
        drawing.path("line", &line);
    }
    if let (Some(last), true) = (values.last(), marks_last) {
        let outside = usual.is_some_and(|(low, high)| *last < low || *last > high);
        drawing.circle(if outside { "dot flagged" } else { "dot" }, (x(values.len() - 1), y(*last)), 2.2);
    }
    drawing.close();
    drawing.finish_decoration()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_outside_its_band_is_marked() {
        let inside = sparkline(&[100, 110, 105], Some((90, 120)), true);
        assert!(inside.contains(r#"class="dot""#) && inside.contains(r#"class="band""#), "{inside}");
        assert!(sparkline(&[100, 110, 400], Some((90, 120)), true).contains("dot flagged"));
        assert!(!sparkline(&[100, 110, 400], Some((90, 120)), false).contains("dot"), "only earlier values");
        assert!(sparkline(&[], None, false).contains("svg"));
    }
}
