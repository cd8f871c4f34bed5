//! The world: what is mined where as circles, what goes where as arrows. Participants that are invented lie in an inset of
//! their own: they are nowhere on earth.
//!
//! Land without borders: the map takes no side in any dispute about them. Source and licence: `data/README.md`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::sankey_chart::linked;
use super::svg::{Drawing, Naming, Path};

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 440.0;
/// Where the inset lies: left, top, width, height. There is only ocean.
const INSET: [f64; 4] = [14.0, 262.0, 250.0, 166.0];
const LARGEST_CIRCLE: f64 = 22.0;
const WIDEST_ARROW: f64 = 9.0;

/// Land, projected.
const LAND: &str = include_str!("../../../../data/world/land.txt");
const PLACES: &str = include_str!("../../../../data/world/places.csv");

/// Where each participant lies on the drawing, by code.
static PLACE: LazyLock<BTreeMap<&'static str, (f64, f64)>> = LazyLock::new(|| {
    let place = |line: &'static str| {
        let cells: Vec<&str> = line.split(',').collect();
        let (code, x, y) = (cells.first()?, cells.get(3)?, cells.get(4)?);
        Some((*code, (x.parse().ok()?, y.parse().ok()?)))
    };
    PLACES.lines().skip(1).filter_map(place).collect()
});

/// Something that goes from one participant to another.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Who sends.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How much, hundredths or cents.
    pub amount: i64,
    /// Who, whom and how much, in words.
    pub says: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// How much one participant mines.
#[derive(Debug, Clone)]
pub struct Bubble {
    /// Who.
    pub code: String,
    /// How much.
    pub amount: i64,
    /// In words.
    pub says: String,
    /// Where it leads.
    pub href: String,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct WorldMap<'a> {
    /// What it is called.
    pub title: &'a str,
    /// In a sentence.
    pub description: &'a str,
    /// What stands over the inset.
    pub inset: &'a str,
    /// What is mined.
    pub bubbles: &'a [Bubble],
    /// What goes where.
    pub flows: &'a [Flow],
}

fn is_on_earth(code: &str) -> bool {
    PLACE.contains_key(code)
}

/// Where each code lies: on earth, or on an ellipse in the inset.
fn places<'m>(of: &'m WorldMap<'m>) -> BTreeMap<&'m str, (f64, f64)> {
    let codes = of.flows.iter().flat_map(|flow| [flow.from.as_str(), flow.to.as_str()]);
    let codes = codes.chain(of.bubbles.iter().map(|bubble| bubble.code.as_str()));
    let mut all: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut invented: Vec<&str> = Vec::new();
    for code in codes {
        match PLACE.get(code) {
            Some(place) => drop(all.insert(code, *place)),
            None if !invented.contains(&code) => invented.push(code),
            None => {}
        }
    }
    invented.sort_unstable();
    let [left, top, width, height] = INSET;
    for (n, code) in invented.iter().enumerate() {
        let turn = std::f64::consts::TAU * (n as f64 / invented.len() as f64 + 0.5);
        let (x, y) = (libm::cos(turn) * (width / 2.0 - 34.0), libm::sin(turn) * (height / 2.0 - 34.0));
        all.insert(code, (left + width / 2.0 + x, top + height / 2.0 + 8.0 + y));
    }
    all
}

/// Draws the world.
pub fn map_chart(of: &WorldMap<'_>) -> String {
    let places = places(of);
    let mut drawing = Drawing::new(WIDTH, HEIGHT);
    drawing.open("world");
    drawing.drawn("land", LAND.trim_end());
    if places.keys().any(|code| !is_on_earth(code)) {
        let [left, top, ..] = INSET;
        drawing.rect("inset", INSET);
        drawing.text("head", (left + 8.0, top + 15.0), of.inset);
    }
    let most = of.bubbles.iter().map(|bubble| bubble.amount).max().unwrap_or(0).max(1);
    for bubble in &of.bubbles_by_size() {
        let Some(place) = places.get(bubble.code.as_str()) else { continue };
        // The area is what it stands for.
        let radius = LARGEST_CIRCLE * libm::sqrt(bubble.amount.max(0) as f64 / most as f64);
        drawing.open_link("cell", &bubble.href, &bubble.says);
        drawing.circle("bubble", *place, radius.max(1.5));
        drawing.close_link();
    }
    draw_flows(&mut drawing, of.flows, &places);
    for (code, (x, y)) in &places {
        let sized =
            of.bubbles.iter().any(|bubble| bubble.code == *code && bubble.amount.saturating_mul(12) > most);
        let trades = of.flows.iter().any(|flow| flow.from == *code || flow.to == *code);
        if trades {
            drawing.circle("place", (*x, *y), 3.0);
        }
        if trades || sized {
            drawing.text("middle name", (*x, y - 6.0), code);
        }
    }
    drawing.close();
    drawing.finish_group(&Naming { title: of.title, description: of.description })
}

impl WorldMap<'_> {
    /// Large ones first, so that small ones lie above them.
    fn bubbles_by_size(&self) -> Vec<&Bubble> {
        let mut all: Vec<&Bubble> = self.bubbles.iter().filter(|bubble| bubble.amount > 0).collect();
        all.sort_by(|a, b| b.amount.cmp(&a.amount).then(a.code.cmp(&b.code)));
        all
    }
}

fn draw_flows(drawing: &mut Drawing, flows: &[Flow], places: &BTreeMap<&str, (f64, f64)>) {
    let most = flows.iter().map(|flow| flow.amount).max().unwrap_or(0).max(1);
    for flow in flows.iter().filter(|flow| flow.amount > 0) {
        let (Some(a), Some(b)) = (places.get(flow.from.as_str()), places.get(flow.to.as_str())) else {
            continue;
        };
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let long = libm::hypot(dx, dy);
        if long < 1.0 {
            continue;
        }
        let (ux, uy) = (dx / long, dy / long);
        // Bent to its right, so that both ways can be seen; it ends before the place.
        let handle = (a.0 + dx / 2.0 - uy * long * 0.18, a.1 + dy / 2.0 + ux * long * 0.18);
        let (tx, ty) = (b.0 - handle.0, b.1 - handle.1);
        let far = libm::hypot(tx, ty).max(1.0);
        let (ex, ey) = (tx / far, ty / far);
        let width = (WIDEST_ARROW * flow.amount as f64 / most as f64).max(1.0);
        let head = 5.0 + width;
        let tip = (b.0 - ex * 4.0, b.1 - ey * 4.0);
        let foot = (tip.0 - ex * head, tip.1 - ey * head);
        let wing = 2.5 + width * 0.75;
        let arrow = Path::default()
            .jump(tip)
            .to((foot.0 - ey * wing, foot.1 + ex * wing))
            .to((foot.0 + ey * wing, foot.1 - ex * wing))
            .closed();
        let bow = Path::default().jump(*a).bow(handle, foot);
        linked(drawing, flow, |drawing| {
            drawing.stroke("arrow", width, &bow);
            drawing.path("arrow-head", &arrow);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_participant_of_the_reference_list_has_a_place() {
        let list = include_str!("../../../../data/participants.csv");
        for code in list.lines().skip(1).filter_map(|line| line.split(',').next()) {
            let place =
                PLACE.get(code).unwrap_or_else(|| panic!("{code} has no place in data/world/places.csv"));
            assert!((0.0..WIDTH).contains(&place.0) && (0.0..HEIGHT).contains(&place.1), "{code}: {place:?}");
        }
        assert!(!is_on_earth("XA"));
    }

    #[test]
    fn invented_participants_lie_in_the_inset_and_real_ones_do_not() {
        let flows =
            [Flow { from: "XA".into(), to: "XB".into(), amount: 5, says: "a".into(), href: String::new() }];
        let bubbles = [Bubble { code: "BW".into(), amount: 7, says: "b".into(), href: "/b".into() }];
        let of =
            WorldMap { title: "t", description: "d", inset: "invented", bubbles: &bubbles, flows: &flows };
        let places = places(&of);
        let inside = |code: &str| {
            let (x, y) = places[code];
            (INSET[0]..INSET[0] + INSET[2]).contains(&x) && (INSET[1]..INSET[1] + INSET[3]).contains(&y)
        };
        assert!(inside("XA") && inside("XB") && !inside("BW"));
        let drawn = map_chart(&of);
        assert!(drawn.contains("invented") && drawn.contains("arrow-head") && drawn.contains("bubble"));
        assert!(
            !map_chart(&WorldMap { flows: &[], ..of }).contains("class=\"inset\""),
            "nothing invented, no inset"
        );
    }
}
