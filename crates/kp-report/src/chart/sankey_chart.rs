//! Flows between participants: exporters on the left, importers on the right, bands as wide as what went.

use std::collections::BTreeMap;

use super::figure_text::compact;
use super::map_chart::Flow;
use super::svg::{Drawing, Naming, Path};

const WIDTH: f64 = 720.0;
const BAR: f64 = 12.0;
const LABEL: f64 = 96.0;
const TOP: f64 = 24.0;
/// What all bands together are high.
const BANDS: f64 = 300.0;
const BETWEEN: f64 = 16.0;
/// Colours for exporters; all others share one.
const COLOURS: usize = 7;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Sankey<'a> {
    /// What it is called.
    pub title: &'a str,
    /// In a sentence.
    pub description: &'a str,
    /// What stands over the two sides.
    pub sides: (&'a str, &'a str),
    /// The flows.
    pub flows: &'a [Flow],
}

/// One side: names with their sums and where they lie.
struct Side<'f> {
    order: Vec<(&'f str, i64)>,
    /// Where the next band begins.
    next: BTreeMap<&'f str, f64>,
    height: f64,
}

impl<'f> Side<'f> {
    fn of(flows: &'f [Flow], end: impl Fn(&'f Flow) -> &'f str, scale: f64) -> Self {
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for flow in flows {
            let sum = sums.entry(end(flow)).or_default();
            *sum = sum.saturating_add(flow.amount.max(0));
        }
        let mut order: Vec<(&str, i64)> = sums.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut y = TOP;
        let mut next = BTreeMap::new();
        for (name, sum) in &order {
            next.insert(*name, y);
            y += (*sum as f64 * scale).max(1.0) + BETWEEN;
        }
        Self { order, next, height: y }
    }

    /// Takes a band's place.
    fn take(&mut self, name: &str, high: f64) -> f64 {
        let Some(next) = self.next.get_mut(name) else { return TOP };
        let at = *next;
        *next += high;
        at
    }
}

/// The class of an exporter's colour by its place.
fn colour(place: usize) -> String {
    if place < COLOURS { format!("part-{}", place + 1) } else { "part-rest".to_owned() }
}

/// Draws flows.
pub fn sankey_chart(of: &Sankey<'_>) -> String {
    let total: i64 = of.flows.iter().map(|flow| flow.amount.max(0)).fold(0, i64::saturating_add);
    let scale = BANDS / total.max(1) as f64;
    let mut left = Side::of(of.flows, |flow| flow.from.as_str(), scale);
    let mut right = Side::of(of.flows, |flow| flow.to.as_str(), scale);
    let mut drawing = Drawing::new(WIDTH, left.height.max(right.height));
    drawing.open("sankey");
    let (x0, x1) = (LABEL + BAR, WIDTH - LABEL - BAR);
    drawing.text("head end", (LABEL - 6.0, 12.0), of.sides.0);
    drawing.text("head", (WIDTH - LABEL + 6.0, 12.0), of.sides.1);
    for (nodes, is_left) in [(&left, true), (&right, false)] {
        for (place, (name, sum)) in nodes.order.iter().enumerate() {
            let (y, high) = (nodes.next[name], (*sum as f64 * scale).max(1.0));
            let class = if is_left { colour(place) } else { "node".to_owned() };
            drawing.rect(&class, [if is_left { LABEL } else { x1 }, y, BAR, high]);
            let label = format!("{name} {}", compact(*sum));
            let middle = y + high / 2.0 + 3.5;
            match is_left {
                true => drawing.text("end", (LABEL - 6.0, middle), &label),
                false => drawing.text("", (WIDTH - LABEL + 6.0, middle), &label),
            }
        }
    }
    let places: BTreeMap<&str, usize> =
        left.order.iter().enumerate().map(|(place, (name, _))| (*name, place)).collect();
    let rank: BTreeMap<&str, usize> =
        right.order.iter().enumerate().map(|(place, (name, _))| (*name, place)).collect();
    let mut flows: Vec<&Flow> = of.flows.iter().filter(|flow| flow.amount > 0).collect();
    flows.sort_by_key(|flow| (places[flow.from.as_str()], rank[flow.to.as_str()]));
    for flow in flows {
        let high = (flow.amount as f64 * scale).max(0.7);
        let (a, b) = (left.take(&flow.from, high), right.take(&flow.to, high));
        let half = (x0 + x1) / 2.0;
        let band = Path::default()
            .jump((x0, a))
            .curve((half, a), (half, b), (x1, b))
            .to((x1, b + high))
            .curve((half, b + high), (half, a + high), (x0, a + high))
            .closed();
        let class = format!("flow {}", colour(places[flow.from.as_str()]));
        linked(&mut drawing, flow, |drawing| drawing.path(&class, &band));
    }
    drawing.close();
    drawing.finish_group(&Naming { title: of.title, description: of.description })
}

/// Draws something that leads somewhere, where it does.
pub(super) fn linked(drawing: &mut Drawing, flow: &Flow, draw: impl FnOnce(&mut Drawing)) {
    if flow.href.is_empty() {
        drawing.open_titled(&flow.says);
        draw(drawing);
        drawing.close();
    } else {
        drawing.open_link("cell", &flow.href, &flow.says);
        draw(drawing);
        drawing.close_link();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(from: &str, to: &str, amount: i64) -> Flow {
        Flow { from: from.into(), to: to.into(), amount, says: format!("{from} {to}"), href: String::new() }
    }

    #[test]
    fn sums_stand_beside_their_names_and_every_flow_is_a_band() {
        let flows = [flow("XA", "XB", 100_000), flow("XA", "XC", 50_000), flow("XD", "XB", 25_000)];
        let of = Sankey { title: "t", description: "d", sides: ("from", "to"), flows: &flows };
        let drawn = sankey_chart(&of);
        for label in [">XA 1.5k<", ">XD 250<", ">XB 1.25k<", ">XC 500<"] {
            assert!(drawn.contains(label), "{label}: {drawn}");
        }
        assert_eq!(drawn.matches("class=\"flow part-1\"").count(), 2);
        assert!(sankey_chart(&Sankey { flows: &[], ..of }).contains("<svg"));
    }
}
