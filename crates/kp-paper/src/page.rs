//! What lies on a page before it is written: texts with their ink, paths, symbols, each with its place.
//!
//! Everything that is drawn passes here, so that tests can ask whether two things overlap, and so that the writer of
//! the file is only ever called in the one right way (it ends the program when it is misused).

use crate::{
    area::{Area, POINTS},
    colour::Colour,
    error::PaperError,
    fonts::{Fonts, remedy},
    paragraph::{Misfit, Set, Setting, set},
    symbol::Symbol,
};

/// Where a text stands within its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Align {
    #[default]
    Left,
    Centre,
    Right,
}

/// What a thing on the page is for somebody who has it read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// Ornament: lines, frames, the ground.
    Ornament,
    /// A word across the page: SPECIMEN.
    Watermark,
    /// A page number or a heading that is on every page.
    Running,
    Heading,
    Paragraph,
    /// A cell: which table, which row, whether it heads a column.
    Cell {
        table: u32,
        row: u32,
        head: bool,
    },
    /// A picture with the words for it.
    Picture(String),
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) setting: Setting,
    pub(crate) colour: Colour,
    pub(crate) align: Align,
    /// Whether the text stands in the middle of its place's height.
    pub(crate) middle: bool,
}

/// A text in its place.
pub(crate) struct Text {
    pub(crate) field: String,
    /// What it says, as it came in.
    pub(crate) says: String,
    pub(crate) set: Set,
    /// Left end and baseline of each line, in points.
    pub(crate) starts: Vec<(f32, f32)>,
    pub(crate) colour: Colour,
    pub(crate) role: Role,
    /// The language, where it is not English.
    pub(crate) language: Option<String>,
    /// The place it had to keep to.
    pub(crate) place: Area,
    /// The ink.
    pub(crate) ink: Area,
    /// Turned around the middle of its place by so many degrees.
    pub(crate) turned: f32,
}

/// One stroke of a pen; points from the upper left corner.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Move(f32, f32),
    Line(f32, f32),
    Curve([f32; 6]),
    Close,
}

/// A line or a filled shape.
pub(crate) struct Drawing {
    pub(crate) steps: Vec<Step>,
    pub(crate) fill: Option<Colour>,
    /// Colour, width in points, and lengths of dashes in points.
    pub(crate) stroke: Option<(Colour, f32, Vec<f32>)>,
    pub(crate) role: Role,
    /// Where it lies, in millimetres.
    pub(crate) area: Area,
}

/// A thing on a page, in the order of drawing and of reading.
pub(crate) enum Thing {
    Text(Text),
    Drawing(Drawing),
    Symbol { field: String, reserved: Area, symbol: Symbol, says: String },
}

/// A page.
pub(crate) struct Page {
    /// Width and height in millimetres.
    pub(crate) size: (f32, f32),
    /// Everything is moved by this much, in millimetres.
    pub(crate) offset: (f32, f32),
    pub(crate) things: Vec<Thing>,
}

impl Page {
    pub(crate) fn new(width: f32, height: f32, offset: (f32, f32)) -> Self {
        Self { size: (width, height), offset, things: Vec::new() }
    }

    /// Sets a text into a place and gives the place of its ink.
    pub(crate) fn text(
        &mut self,
        fonts: &Fonts,
        field: &str,
        place: Area,
        text: &str,
        look: &Look,
        role: Role,
        language: Option<&str>,
    ) -> Result<Area, PaperError> {
        if text.trim().is_empty() {
            return Ok(Area::new(place.x, place.y, 0.0, 0.0));
        }
        let place = place.moved(self.offset.0, self.offset.1);
        let set = fitted(fonts, field, &place, text, &look.setting)?;
        let mut placed = place_text(field, set, place, look, role, language);
        placed.says = text.trim().to_owned();
        let ink = placed.ink;
        self.things.push(Thing::Text(placed));
        Ok(ink.moved(-self.offset.0, -self.offset.1))
    }

    /// A straight line; width in points.
    pub(crate) fn line(
        &mut self,
        from: (f32, f32),
        to: (f32, f32),
        colour: Colour,
        width: f32,
        dashes: &[f32],
    ) {
        let point = |(x, y): (f32, f32)| ((x + self.offset.0) * POINTS, (y + self.offset.1) * POINTS);
        let ((x1, y1), (x2, y2)) = (point(from), point(to));
        let area =
            Area::new(from.0.min(to.0), from.1.min(to.1), (to.0 - from.0).abs(), (to.1 - from.1).abs())
                .moved(self.offset.0, self.offset.1);
        self.things.push(Thing::Drawing(Drawing {
            steps: vec![Step::Move(x1, y1), Step::Line(x2, y2)],
            fill: None,
            stroke: Some((colour, width, dashes.to_vec())),
            role: Role::Ornament,
            area,
        }));
    }

    /// A rectangle.
    pub(crate) fn rectangle(&mut self, area: Area, fill: Option<Colour>, stroke: Option<(Colour, f32)>) {
        let area = area.moved(self.offset.0, self.offset.1);
        let [left, top, right, bottom] =
            [area.x, area.y, area.right(), area.bottom()].map(|edge| edge * POINTS);
        let steps = vec![
            Step::Move(left, top),
            Step::Line(right, top),
            Step::Line(right, bottom),
            Step::Line(left, bottom),
            Step::Close,
        ];
        let stroke = stroke.map(|(colour, width)| (colour, width, Vec::new()));
        self.things.push(Thing::Drawing(Drawing { steps, fill, stroke, role: Role::Ornament, area }));
    }

    /// A circle; the middle and the radius in millimetres.
    pub(crate) fn circle(
        &mut self,
        middle: (f32, f32),
        radius: f32,
        colour: Colour,
        width: f32,
        dashes: &[f32],
    ) {
        // Four curves with this reach are a circle to a fortieth of a per cent.
        const REACH: f32 = 0.552_285;
        let (x, y) = ((middle.0 + self.offset.0) * POINTS, (middle.1 + self.offset.1) * POINTS);
        let (r, k) = (radius * POINTS, radius * POINTS * REACH);
        let steps = vec![
            Step::Move(x + r, y),
            Step::Curve([x + r, y + k, x + k, y + r, x, y + r]),
            Step::Curve([x - k, y + r, x - r, y + k, x - r, y]),
            Step::Curve([x - r, y - k, x - k, y - r, x, y - r]),
            Step::Curve([x + k, y - r, x + r, y - k, x + r, y]),
            Step::Close,
        ];
        let area = Area::new(middle.0 - radius, middle.1 - radius, 2.0 * radius, 2.0 * radius);
        self.things.push(Thing::Drawing(Drawing {
            steps,
            fill: None,
            stroke: Some((colour, width, dashes.to_vec())),
            role: Role::Ornament,
            area: area.moved(self.offset.0, self.offset.1),
        }));
    }
}

/// Sets a text or says in words why it cannot be.
pub(crate) fn fitted(
    fonts: &Fonts,
    field: &str,
    place: &Area,
    text: &str,
    setting: &Setting,
) -> Result<Set, PaperError> {
    set(text, setting, fonts, place.width * POINTS, place.height * POINTS).map_err(|misfit| match misfit {
        Misfit::TooLong => PaperError::DoesNotFit {
            field: field.to_owned(),
            text: text.to_owned(),
            width: place.width,
            height: place.height,
            least: setting.least,
        },
        Misfit::Missing(mut characters) => {
            characters.sort_unstable();
            characters.dedup();
            let named = characters.iter().map(|c| named(*c)).collect::<Vec<_>>().join(", ");
            PaperError::MissingCharacters {
                field: field.to_owned(),
                characters: named,
                remedy: remedy(&characters),
            }
        }
    })
}

/// A character with its code point; only the code point where it cannot be seen.
fn named(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    if character.is_alphanumeric() { format!("{character} ({code})") } else { code }
}

fn place_text(field: &str, set: Set, place: Area, look: &Look, role: Role, language: Option<&str>) -> Text {
    let room = place.height * POINTS - set.height;
    let top = place.y * POINTS + if look.middle { room / 2.0 } else { 0.0 };
    let mut starts = Vec::new();
    let mut ink: Option<Area> = None;
    for (line, baseline) in set.lines.iter().zip(set.baselines()) {
        let free = place.width * POINTS - line.width;
        let left = place.x * POINTS
            + match look.align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            };
        starts.push((left, top + baseline));
        let lies = Area::new(
            left / POINTS,
            (top + baseline - line.above) / POINTS,
            line.width / POINTS,
            (line.above + line.below) / POINTS,
        );
        ink = Some(ink.map_or(lies, |so_far| so_far.with(&lies)));
    }
    Text {
        field: field.to_owned(),
        says: String::new(),
        set,
        starts,
        colour: look.colour,
        role,
        language: language.map(str::to_owned),
        place,
        ink: ink.unwrap_or(place),
        turned: 0.0,
    }
}
