//! From pages to the bytes of a PDF/A-2a and PDF/UA-1 file.
//!
//! The only place that calls the writer. The writer keeps the rules of both standards and refuses a file that would not;
//! it has no clock: the creation date comes in, and the same pages give the same bytes.

use std::num::NonZeroU16;

use kp_terms::Timestamp;
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect, Transform},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke, StrokeDash},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
        TagKind, TagTree,
    },
};

use crate::{
    area::{Area, POINTS},
    colour::Colour,
    error::PaperError,
    page::{Drawing, Page, Role, Step, Text, Thing},
    symbol::Symbol,
};

/// What the file says about itself.
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) author: String,
    /// When the sheet was made, in UTC.
    pub(crate) created: Timestamp,
}

/// Writes the pages.
pub(crate) fn write(pages: &[Page], about: &About) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| PaperError::Writer(format!("{why:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut tree = Tree::default();
    for page in pages {
        let settings = PageSettings::from_wh(page.size.0 * POINTS, page.size.1 * POINTS)
            .ok_or_else(|| PaperError::Writer("a page has no size".to_owned()))?;
        let mut written = document.start_page_with(settings);
        let mut surface = written.surface();
        for thing in &page.things {
            draw(&mut surface, thing, &mut tree);
        }
        surface.finish();
        written.finish();
    }
    document.set_metadata(metadata(about));
    document.set_outline(outline(about, pages.len()));
    document.set_tag_tree(tree.finish());
    document.finish().map_err(|why| PaperError::Writer(format!("{why}: {why:?}")))
}

fn metadata(about: &About) -> Metadata {
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .creator("kpcs".to_owned())
        .language("en".to_owned())
        .creation_date(date(about.created))
        .document_id(about.title.clone())
}

/// An instant as the file writes it, in UTC.
fn date(at: Timestamp) -> DateTime {
    let text = at.to_string(); // 2026-02-03T09:04:00Z
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u16>().ok());
    let small =
        |from: usize, to: usize| part(from, to).and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0);
    DateTime::new(part(0, 4).unwrap_or(0))
        .month(small(5, 7))
        .day(small(8, 10))
        .hour(small(11, 13))
        .minute(small(14, 16))
        .second(small(17, 19))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn outline(about: &About, pages: usize) -> Outline {
    let mut outline = Outline::new();
    for page in 0..pages {
        let name = if page == 0 { about.title.clone() } else { format!("Page {}", page + 1) };
        outline.push_child(OutlineNode::new(name, XyzDestination::new(page, Point::from_xy(0.0, 0.0))));
    }
    outline
}

/// The order of reading, as it grows.
#[derive(Default)]
struct Tree {
    nodes: Vec<Node>,
    /// The table being read: its number, its finished rows, the row being read with its number.
    table: Option<(u32, Vec<TagGroup>, u32, TagGroup)>,
}

impl Tree {
    fn push(&mut self, role: &Role, says: &str, language: Option<&str>, ids: Vec<Identifier>) {
        let children = ids.into_iter().map(Node::from).collect();
        let group = |tag: TagKind, children| {
            let mut tag = tag;
            if let Some(language) = language {
                tag = tag.with_language(language);
            }
            TagGroup::with_children(tag, children)
        };
        match role {
            Role::Cell { table, row, head } => {
                let tag: TagKind =
                    if *head { Tag::TH(TableHeaderScope::Column).into() } else { Tag::TD.into() };
                self.cell(*table, *row, group(tag, children));
            }
            Role::Heading => {
                self.flat(group(Tag::Hn(NonZeroU16::MIN, Some(says.to_owned())).into(), children))
            }
            Role::Picture(says) => self.flat(group(Tag::Figure(Some(says.clone())).into(), children)),
            _ => self.flat(group(Tag::P.into(), children)),
        }
    }

    fn flat(&mut self, group: TagGroup) {
        self.close_table();
        self.nodes.push(group.into());
    }

    fn cell(&mut self, table: u32, row: u32, cell: TagGroup) {
        if self.table.as_ref().is_none_or(|(open, ..)| *open != table) {
            self.close_table();
            self.table = Some((table, Vec::new(), row, TagGroup::new(Tag::TR)));
        }
        if let Some((_, rows, current, cells)) = &mut self.table {
            if *current != row {
                rows.push(std::mem::replace(cells, TagGroup::new(Tag::TR)));
                *current = row;
            }
            cells.push(cell);
        }
    }

    fn close_table(&mut self) {
        if let Some((_, mut rows, _, last)) = self.table.take() {
            rows.push(last);
            let rows = rows.into_iter().map(Node::from).collect();
            self.nodes.push(TagGroup::with_children(Tag::Table, rows).into());
        }
    }

    fn finish(mut self) -> TagTree {
        self.close_table();
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        for node in self.nodes {
            tree.push(node);
        }
        tree
    }
}

/// Tags carry their language.
trait WithLanguage {
    fn with_language(self, language: &str) -> Self;
}

impl WithLanguage for TagKind {
    fn with_language(mut self, language: &str) -> Self {
        self.as_any_mut().set_lang(Some(language.to_owned()));
        self
    }
}

fn draw(surface: &mut Surface<'_>, thing: &Thing, tree: &mut Tree) {
    match thing {
        Thing::Text(text) => draw_text(surface, text, tree),
        Thing::Drawing(drawing) => draw_path(surface, drawing, tree),
        Thing::Symbol { symbol, says, .. } => draw_symbol(surface, symbol, says, tree),
    }
}

fn artifact(role: &Role, area: &Area) -> Option<ContentTag<'static>> {
    let around = || {
        let [left, top, right, bottom] =
            [area.x, area.y, area.right(), area.bottom()].map(|edge| edge * POINTS);
        Rect::from_ltrb(left, top, right.max(left + 0.1), bottom.max(top + 0.1))
    };
    let kind = match role {
        Role::Ornament => ArtifactType::Layout,
        Role::Watermark => ArtifactType::Watermark,
        Role::Running => ArtifactType::PaginationOther,
        _ => return None,
    };
    Some(ContentTag::Artifact(Artifact::new(kind, around())))
}

fn draw_text(surface: &mut Surface<'_>, text: &Text, tree: &mut Tree) {
    if text.turned != 0.0 {
        let (x, y) = (text.place.x + text.place.width / 2.0, text.place.y + text.place.height / 2.0);
        surface.push_transform(&Transform::from_rotate_at(text.turned, x * POINTS, y * POINTS));
    }
    surface.set_stroke(None);
    surface.set_fill(Some(fill(text.colour)));
    let mut ids = Vec::new();
    for (line, start) in text.set.lines.iter().zip(&text.starts) {
        if line.runs.is_empty() {
            continue;
        }
        let artifact = artifact(&text.role, &text.ink);
        let real = artifact.is_none();
        let tag = artifact
            .unwrap_or_else(|| ContentTag::Span(SpanTag::empty().with_lang(text.language.as_deref())));
        let id = surface.start_tagged(tag);
        let mut left = start.0;
        for run in &line.runs {
            let at = Point::from_xy(left, start.1);
            let size = text.set.size * run.scale;
            surface.draw_glyphs(at, &run.glyphs, run.face.font.clone(), &run.text, size, false);
            left += run.width * text.set.size;
        }
        surface.end_tagged();
        if real {
            ids.push(id);
        }
    }
    if text.turned != 0.0 {
        surface.pop();
    }
    if !ids.is_empty() {
        tree.push(&text.role, &text.says, text.language.as_deref(), ids);
    }
}

fn draw_path(surface: &mut Surface<'_>, drawing: &Drawing, tree: &mut Tree) {
    let mut builder = PathBuilder::new();
    for step in &drawing.steps {
        match *step {
            Step::Move(x, y) => builder.move_to(x, y),
            Step::Line(x, y) => builder.line_to(x, y),
            Step::Curve([a, b, c, d, x, y]) => builder.cubic_to(a, b, c, d, x, y),
            Step::Close => builder.close(),
        }
    }
    let Some(path) = builder.finish() else { return };
    surface.set_fill(drawing.fill.map(fill));
    surface.set_stroke(drawing.stroke.as_ref().map(|(colour, width, dashes)| Stroke {
        paint: colour.paint(),
        width: *width,
        dash: (!dashes.is_empty()).then(|| StrokeDash { array: dashes.clone(), offset: 0.0 }),
        ..Stroke::default()
    }));
    let artifact = artifact(&drawing.role, &drawing.area);
    let real = artifact.is_none();
    let id = surface.start_tagged(artifact.unwrap_or(ContentTag::Other));
    surface.draw_path(&path);
    surface.end_tagged();
    if real {
        tree.push(&drawing.role, "", None, vec![id]);
    }
}

fn draw_symbol(surface: &mut Surface<'_>, symbol: &Symbol, says: &str, tree: &mut Tree) {
    let mut builder = PathBuilder::new();
    for [left, top, width, height] in symbol.rectangles() {
        if let Some(rectangle) = Rect::from_xywh(left, top, width, height) {
            builder.push_rect(rectangle);
        }
    }
    let Some(path) = builder.finish() else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(Colour::BLACK)));
    let id = surface.start_tagged(ContentTag::Other);
    surface.draw_path(&path);
    surface.end_tagged();
    tree.push(&Role::Picture(says.to_owned()), says, None, vec![id]);
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: colour.paint(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}
