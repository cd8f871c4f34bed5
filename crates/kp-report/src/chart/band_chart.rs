//! A price over its periods, each over the band that the periods before it make; what lies outside its own band is marked
//! by colour and shape.

use super::figure_text::compact;
use super::scale::Scale;
use super::svg::{Drawing, Naming, Path};

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 150.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;
/// About this much width does a period's label take.
const LABEL: f64 = 58.0;

/// One period.
#[derive(Debug, Clone)]
pub struct BandPoint {
    /// `2026-Q1`.
    pub label: String,
    /// Cents per carat; none is a gap.
    pub amount: Option<i64>,
    /// From where to where it was to be expected, by what was before it.
    pub band: Option<(i64, i64)>,
    /// The figure with its unit.
    pub says: String,
}

impl BandPoint {
    fn is_outside(&self) -> bool {
        let pair = self.amount.zip(self.band);
        pair.is_some_and(|(amount, (low, high))| amount < low || amount > high)
    }
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct BandChart<'a> {
    /// What it is called.
    pub title: &'a str,
    /// In a sentence, with figures.
    pub description: &'a str,
    /// Oldest first.
    pub points: &'a [BandPoint],
}

/// Draws a band chart.
pub fn band_chart(of: &BandChart<'_>) -> String {
    let amounts: Vec<i64> = of.points.iter().filter_map(|point| point.amount).collect();
    let most = amounts.iter().copied().max().unwrap_or(1);
    let (scale, ticks) = Scale::for_line(&amounts);
    let floor = HEIGHT - BOTTOM;
    let y = |amount: i64| floor - (floor - TOP) * scale.share(amount);
    let step = (WIDTH - LEFT - RIGHT) / of.points.len().max(1) as f64;
    let x = |n: usize| LEFT + step * (n as f64 + 0.5);
    let mut drawing = Drawing::new(WIDTH, HEIGHT);
    drawing.open("unit");
    let mut band = Path::default();
    for (n, point) in of.points.iter().enumerate() {
        if let Some((low, high)) = point.band {
            // A band wider than the chart is cut off at its top.
            let (top, floor) = (y(high.min(most.saturating_mul(2))), y(low));
            band = band.and_box([x(n) - step / 2.0, top, step, (floor - top).max(1.0)]);
        }
    }
    if !band.is_empty() {
        drawing.path("band", &band);
    }
    for tick in ticks {
        drawing.line("grid", (LEFT, y(tick)), (WIDTH - RIGHT, y(tick)));
        drawing.text("tick-y", (LEFT - 5.0, y(tick) + 3.4), &compact(tick));
    }
    drawing.line("axis", (LEFT, floor), (WIDTH - RIGHT, floor));
    let every = (LABEL / step).ceil().max(1.0) as usize;
    let mut line = Path::default();
    let mut is_on = false;
    for (n, point) in of.points.iter().enumerate() {
        if n % every == 0 && x(n) + LABEL / 2.0 <= WIDTH + 10.0 {
            drawing.text("tick-x", (x(n).max(LEFT + 16.0), HEIGHT - 8.0), &point.label);
        }
        if let Some(amount) = point.amount {
            let place = (x(n), y(amount));
            line = if is_on { line.to(place) } else { line.jump(place) };
        }
        is_on = point.amount.is_some();
    }
    if !line.is_empty() {
        drawing.path("line", &line);
    }
    for (n, point) in of.points.iter().enumerate() {
        let Some(amount) = point.amount else { continue };
        let at = (x(n), y(amount));
        drawing.open_titled(&point.says);
        if point.is_outside() {
            let triangle = Path::default().jump((at.0, at.1 - 4.5)).to((at.0 + 4.2, at.1 + 3.2));
            drawing.path("dot flagged", &triangle.to((at.0 - 4.2, at.1 + 3.2)).closed());
        } else {
            drawing.circle("dot", at, 2.0);
        }
        drawing.close();
    }
    drawing.close();
    drawing.finish_picture(&Naming { title: of.title, description: of.description })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_its_band_has_another_shape() {
        let points: Vec<BandPoint> =
            [(100, None), (110, Some((80, 130))), (900, Some((80, 130))), (105, Some((80, 130)))]
                .into_iter()
                .map(|(amount, band)| BandPoint {
                    label: "2026-Q1".into(),
                    amount: Some(amount),
                    band,
                    says: amount.to_string(),
                })
                .collect();
        let of = BandChart { title: "t", description: "d", points: &points };
        let drawn = band_chart(&of);
        assert_eq!(drawn.matches("dot flagged").count(), 1, "{drawn}");
        assert_eq!(drawn.matches("<circle").count(), 3, "{drawn}");
        assert!(band_chart(&BandChart { points: &[], ..of }).contains("<svg"));
    }
}
