//! Reading a layout file. What is wrong is said with its line, its field, and what is expected.

use std::{collections::BTreeMap, fmt, ops::Range, str::FromStr};

use serde::Deserialize;
use toml::Spanned;

use super::{Border, Colours, Field, FontName, Frame, Ground, Layout, Shows, Stock, check, words::WORDS};
use crate::{area::Area, colour::Colour, page::Align};

/// One thing that is wrong with a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutProblem {
    /// The line of the file, counted from 1; 0 where it is about the whole file.
    pub line: usize,
    /// Which field or table, as the file names it.
    pub field: String,
    /// What is wrong, and what is expected.
    pub why: String,
}

/// Everything that is wrong with a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutError(pub Vec<LayoutProblem>);

impl fmt::Display for LayoutProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.field, self.why),
            line => write!(f, "line {line}, {}: {}", self.field, self.why),
        }
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the layout cannot be used: ")?;
        for (place, problem) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for LayoutError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileToml {
    name: String,
    language: Option<String>,
    page: PageToml,
    #[serde(default)]
    stock: Stock,
    #[serde(default)]
    offset: OffsetToml,
    #[serde(default)]
    colours: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    ground: GroundToml,
    #[serde(default)]
    words: BTreeMap<Spanned<String>, String>,
    #[serde(default, rename = "field")]
    fields: Vec<Spanned<FieldToml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageToml {
    width: f32,
    height: f32,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct OffsetToml {
    x: f32,
    y: f32,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct GroundToml {
    #[serde(default)]
    border: Border,
    margin: Option<f32>,
    band: Option<f32>,
    rosette: Option<[f32; 3]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldToml {
    shows: Shows,
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    size: Option<f32>,
    least: Option<f32>,
    font: Option<FontName>,
    #[serde(default)]
    align: Align,
    #[serde(default)]
    tracking: f32,
    colour: Option<Spanned<String>>,
    label: Option<String>,
    local: Option<String>,
    text: Option<String>,
    #[serde(default)]
    frame: Frame,
}

/// Least size in points where the file gives none: smaller cannot be read by everybody.
const LEAST: f32 = 6.0;
const USUAL: f32 = 9.5;

impl Layout {
    /// Reads a layout file (TOML).
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line, its field, and what is expected.
    pub fn read(text: &str) -> Result<Self, LayoutError> {
        let file: FileToml = toml::from_str(text).map_err(|why| LayoutError(vec![unreadable(text, &why)]))?;
        let mut problems = Vec::new();
        let layout = Self {
            name: file.name,
            language: file.language,
            page: (file.page.width, file.page.height),
            stock: file.stock,
            offset: (file.offset.x, file.offset.y),
            colours: colours(text, &file.colours, &mut problems),
            ground: ground(&file.ground),
            fields: file
                .fields
                .into_iter()
                .map(|field| read_field(text, field, &file.colours, &mut problems))
                .collect(),
            words: words(text, file.words, &mut problems),
        };
        check::check(&layout, &mut problems);
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() { Ok(layout) } else { Err(LayoutError(problems)) }
    }
}

/// The line of a place in the file, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1
}

/// An error of the TOML reader, with the field in whose block it lies.
fn unreadable(text: &str, why: &toml::de::Error) -> LayoutProblem {
    let at = why.span().map_or(0, |span: Range<usize>| span.start);
    let block = text.get(..at).and_then(|before| before.rfind("\n[")).map_or(0, |start| start + 1);
    let block_text = text.get(block..).unwrap_or_default();
    let end = block_text.get(1..).and_then(|rest| rest.find("\n[")).map_or(block_text.len(), |end| end + 1);
    let shows = block_text.get(..end).unwrap_or_default().lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "shows").then(|| value.trim().trim_matches('"').to_owned())
    });
    let table =
        || block_text.lines().next().filter(|head| head.starts_with('[')).unwrap_or("the file").to_owned();
    LayoutProblem {
        line: line_of(text, at),
        field: shows.unwrap_or_else(table),
        why: why.message().trim().replace('\n', " "),
    }
}

fn read_field(
    text: &str,
    field: Spanned<FieldToml>,
    named: &BTreeMap<String, Spanned<String>>,
    problems: &mut Vec<LayoutProblem>,
) -> Field {
    let line = line_of(text, field.span().start);
    let field = field.into_inner();
    let size = field.size.unwrap_or(USUAL);
    let colour = field.colour.and_then(|colour| {
        let wanted = named.get(colour.get_ref()).map_or(colour.get_ref(), Spanned::get_ref);
        let read = Colour::from_str(wanted).ok();
        if read.is_none() {
            problems.push(LayoutProblem {
                line: line_of(text, colour.span().start),
                field: field.shows.key().to_owned(),
                why: format!("colour is {wanted:?}; expected #rrggbb or a name from [colours]"),
            });
        }
        read
    });
    Field {
        shows: field.shows,
        area: Area::new(field.x, field.y, field.width, field.height),
        size,
        least: field.least.unwrap_or(LEAST.min(size)),
        font: field.font.unwrap_or_default(),
        align: field.align,
        tracking: field.tracking,
        colour,
        label: field
            .label
            .or_else(|| field.shows.label().map(str::to_owned))
            .filter(|label| !label.is_empty()),
        local: field.local,
        text: field.text,
        frame: field.frame,
        line,
    }
}

fn colours(
    text: &str,
    given: &BTreeMap<String, Spanned<String>>,
    problems: &mut Vec<LayoutProblem>,
) -> Colours {
    let mut colour = |name: &str, usual: Colour| {
        let Some(written) = given.get(name) else { return usual };
        Colour::from_str(written.get_ref()).unwrap_or_else(|()| {
            problems.push(LayoutProblem {
                line: line_of(text, written.span().start),
                field: "[colours]".to_owned(),
                why: format!("{name} is {:?}; expected a colour as #rrggbb", written.get_ref()),
            });
            usual
        })
    };
    Colours {
        ink: colour("ink", Colour(0x1b, 0x2a, 0x4e)),
        accent: colour("accent", Colour(0xa8, 0x84, 0x3a)),
        label: colour("label", Colour(0x5d, 0x63, 0x70)),
        text: colour("text", Colour(0x14, 0x16, 0x1a)),
        mark: colour("mark", Colour(0xa6, 0x1b, 0x1b)),
    }
}

fn ground(given: &GroundToml) -> Ground {
    Ground {
        border: given.border,
        margin: given.margin.unwrap_or(8.0),
        band: given.band.unwrap_or(6.0),
        rosette: given.rosette.map(|[x, y, radius]| (x, y, radius)),
    }
}

fn words(
    text: &str,
    given: BTreeMap<Spanned<String>, String>,
    problems: &mut Vec<LayoutProblem>,
) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for (key, local) in given {
        if WORDS.iter().all(|word| word.key != key.get_ref()) {
            let known = WORDS.iter().map(|word| word.key).collect::<Vec<_>>().join(", ");
            problems.push(LayoutProblem {
                line: line_of(text, key.span().start),
                field: "[words]".to_owned(),
                why: format!("{:?} is not a word of the sheet; expected one of {known}", key.get_ref()),
            });
        }
        words.insert(key.into_inner(), local);
    }
    words
}
