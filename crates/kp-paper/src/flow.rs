//! Text that flows over as many pages as it needs: headings, paragraphs, tables whose heads are repeated, proofs line by
//! line. Every page carries the number, the marks and `page 2 of 5`.

use crate::{
    area::{Area, POINTS},
    certificate::small,
    error::PaperError,
    extract::CourtExtract,
    fonts::{Fonts, Style},
    layout::Layout,
    marks::{self, Mark},
    page::{Align, Look, Page, Role, fitted},
};

const WIDTH: f32 = 210.0;
const HEIGHT: f32 = 297.0;
const LEFT: f32 = 20.0;
const INNER: f32 = WIDTH - 2.0 * LEFT;
const TOP: f32 = 26.0;
const BOTTOM: f32 = HEIGHT - 22.0;
/// Between the columns of a table, in millimetres.
const GUTTER: f32 = 3.0;
/// As high as a text may be before it is parted; a page holds it.
const TALL: f32 = 200.0;

/// A column of a table: its head and its share of the width.
pub(crate) struct Column {
    head: &'static str,
    share: f32,
    /// Whether its texts may break anywhere, as hashes do.
    anywhere: bool,
}

impl Column {
    pub(crate) fn new(head: &'static str, share: f32) -> Self {
        Self { head, share, anywhere: false }
    }

    pub(crate) fn hash(head: &'static str, share: f32) -> Self {
        Self { head, share, anywhere: true }
    }
}

/// Pages as they grow.
pub(crate) struct Flow<'a> {
    fonts: &'a Fonts,
    layout: &'a Layout,
    number: String,
    issuer: &'a str,
    marks: Vec<Mark>,
    pages: Vec<Page>,
    y: f32,
    tables: u32,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(
        fonts: &'a Fonts,
        layout: &'a Layout,
        extract: &'a CourtExtract,
    ) -> Result<Self, PaperError> {
        let mut flow = Self {
            fonts,
            layout,
            number: extract.number.to_string(),
            issuer: &extract.participant_name,
            marks: marks::of(extract.print, extract.training),
            pages: Vec::new(),
            y: TOP,
            tables: 0,
        };
        flow.new_page()?;
        Ok(flow)
    }

    fn new_page(&mut self) -> Result<(), PaperError> {
        let mut page = Page::new(WIDTH, HEIGHT, (0.0, 0.0));
        marks::across(&mut page, self.fonts, &self.marks, self.layout.colours.mark)?;
        self.pages.push(page);
        self.y = TOP;
        Ok(())
    }

    /// The page being filled.
    fn page(&mut self) -> Result<&mut Page, PaperError> {
        if self.pages.is_empty() {
            self.new_page()?;
        }
        self.pages.last_mut().ok_or_else(|| PaperError::Writer("there is no page".to_owned()))
    }

    /// Begins a new page where less than this is left on the old one; tells whether it did.
    fn room(&mut self, height: f32) -> Result<bool, PaperError> {
        let turns = self.y + height > BOTTOM && self.y > TOP;
        if turns {
            self.new_page()?;
        }
        Ok(turns)
    }

    fn look(&self, size: f32) -> Look {
        let mut look = small(self.layout.colours.text, size);
        look.setting.least = size;
        look.setting.leading = 1.32;
        look
    }

    /// The height of a text in a width, in millimetres.
    fn height(&self, field: &str, width: f32, text: &str, look: &Look) -> Result<f32, PaperError> {
        if text.trim().is_empty() {
            return Ok(0.0);
        }
        let place = Area::new(0.0, 0.0, width, TALL);
        Ok(fitted(self.fonts, field, &place, text, &look.setting)?.height / POINTS)
    }

    /// Puts a text at the cursor and moves the cursor under it.
    fn put(
        &mut self,
        field: &str,
        text: &str,
        look: &Look,
        role: Role,
        after: f32,
    ) -> Result<(), PaperError> {
        let height = self.height(field, INNER, text, look)?;
        self.room(height)?;
        let place = Area::new(LEFT, self.y, INNER, height + 0.05);
        let fonts = self.fonts;
        self.page()?.text(fonts, field, place, text, look, role, None)?;
        self.y += height + after;
        Ok(())
    }

    pub(crate) fn title(&mut self, title: &str, number: &str) -> Result<(), PaperError> {
        let mut look = self.look(24.0);
        (look.setting.style, look.colour, look.setting.leading) =
            (Style::Serif, self.layout.colours.ink, 1.1);
        self.put("title", title, &look, Role::Heading, 2.0)?;
        (look.setting.size, look.setting.least, look.colour) = (18.0, 18.0, self.layout.colours.mark);
        self.put("number", number, &look, Role::Paragraph, 4.0)
    }

    pub(crate) fn heading(&mut self, text: &str) -> Result<(), PaperError> {
        let mut look = self.look(13.0);
        (look.setting.style, look.colour) = (Style::Serif, self.layout.colours.ink);
        // Not alone at the foot of a page.
        self.room(22.0)?;
        self.y += 3.0;
        self.put(text, text, &look, Role::Heading, 1.2)?;
        let (y, colour) = (self.y, self.layout.colours.accent);
        self.page()?.line((LEFT, y), (LEFT + INNER, y), colour, 0.7, &[]);
        self.y += 2.2;
        Ok(())
    }

    pub(crate) fn paragraph(&mut self, field: &str, text: &str) -> Result<(), PaperError> {
        let look = self.look(9.0);
        self.put(field, text, &look, Role::Paragraph, 2.2)
    }

    /// A table; `none` stands where it has no rows.
    pub(crate) fn table(
        &mut self,
        field: &str,
        columns: &[Column],
        rows: &[Vec<String>],
    ) -> Result<(), PaperError> {
        if rows.is_empty() {
            return self.paragraph(field, "None recorded.");
        }
        self.tables += 1;
        let heads: Vec<String> = columns.iter().map(|column| column.head.to_owned()).collect();
        self.row(field, columns, &heads, 0)?;
        for (number, row) in (1_u32..).zip(rows) {
            let height = self.row_height(field, columns, row)?;
            if self.room(height)? {
                self.tables += 1;
                self.row(field, columns, &heads, 0)?;
            }
            self.row(field, columns, row, number)?;
        }
        self.y += 1.5;
        Ok(())
    }

    fn cell_look(&self, column: &Column, head: bool) -> Look {
        let mut look = self.look(if head { 7.0 } else { 8.0 });
        look.setting.anywhere = column.anywhere && !head;
        if head {
            (look.setting.style, look.colour) = (Style::SansBold, self.layout.colours.ink);
        }
        look
    }

    fn row_height(&self, field: &str, columns: &[Column], row: &[String]) -> Result<f32, PaperError> {
        let mut tallest = 0.0_f32;
        for (column, text) in columns.iter().zip(row) {
            let width = INNER * column.share - GUTTER;
            tallest = tallest.max(self.height(field, width, text, &self.cell_look(column, false))?);
        }
        Ok(tallest + 2.0)
    }

    fn row(
        &mut self,
        field: &str,
        columns: &[Column],
        row: &[String],
        number: u32,
    ) -> Result<(), PaperError> {
        let height = self.row_height(field, columns, row)?;
        let (mut x, y, fonts, table) = (LEFT, self.y, self.fonts, self.tables);
        for (column, text) in columns.iter().zip(row) {
            let look = self.cell_look(column, number == 0);
            let place = Area::new(x, y + 0.8, INNER * column.share - GUTTER, height - 1.2);
            let role = Role::Cell { table, row: number, head: number == 0 };
            self.page()?.text(fonts, field, place, text, &look, role, None)?;
            x += INNER * column.share;
        }
        self.y += height;
        let (y, colour) =
            (self.y, if number == 0 { self.layout.colours.ink } else { self.layout.colours.accent.tint(60) });
        self.page()?.line((LEFT, y), (LEFT + INNER, y), colour, 0.35, &[]);
        Ok(())
    }

    /// A proof: its title, and its text line by line, over pages where it must.
    pub(crate) fn proof(&mut self, title: &str, text: &str) -> Result<(), PaperError> {
        let mut look = self.look(8.5);
        (look.setting.style, look.colour) = (Style::SansBold, self.layout.colours.ink);
        self.room(14.0)?;
        self.put(title, title, &look, Role::Paragraph, 1.0)?;
        let mut look = self.look(7.5);
        look.setting.anywhere = true;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.put(title, line, &look, Role::Paragraph, 0.4)?;
        }
        self.y += 3.0;
        Ok(())
    }

    pub(crate) fn signature(&mut self, officer: &str, authority: &str) -> Result<(), PaperError> {
        self.room(40.0)?;
        let (line, ink) = (self.y + 26.0, self.layout.colours.ink);
        let (fonts, text, note) = (self.fonts, self.look(9.0), small(self.layout.colours.label, 7.0));
        let ring = self.layout.colours.accent.tint(70);
        let page = self.page()?;
        page.text(
            fonts,
            "officer",
            Area::new(LEFT, line - 5.2, 90.0, 4.8),
            officer,
            &text,
            Role::Paragraph,
            None,
        )?;
        page.line((LEFT, line), (LEFT + 95.0, line), ink, 0.6, &[]);
        let place = Area::new(LEFT, line + 1.0, 95.0, 8.0);
        let words = format!("For {}", authority.replace('\n', ", "));
        page.text(fonts, "authority", place, &words, &note, Role::Paragraph, None)?;
        page.circle((LEFT + INNER - 18.0, line - 8.0), 15.0, ring, 0.6, &[2.2, 1.6]);
        self.y = line + 10.0;
        Ok(())
    }

    /// Heads and feet, now that the number of pages is known.
    pub(crate) fn finish(mut self) -> Result<Vec<Page>, PaperError> {
        let count = self.pages.len();
        let note = small(self.layout.colours.label, 7.5);
        let mut mark = small(self.layout.colours.mark, 7.5);
        mark.setting.style = Style::SansBold;
        mark.align = Align::Centre;
        let right = Look { align: Align::Right, ..note };
        let line = self.layout.colours.accent;
        for (place, page) in self.pages.iter_mut().enumerate() {
            let (head, foot) =
                (Area::new(LEFT, 14.0, INNER, 4.0), Area::new(LEFT, HEIGHT - 15.0, INNER, 4.0));
            let third = INNER / 3.0;
            let part = |area: &Area, of: f32| Area::new(area.x + of * third, area.y, third, area.height);
            page.text(
                self.fonts,
                "participant_name",
                part(&head, 0.0),
                self.issuer,
                &note,
                Role::Running,
                None,
            )?;
            marks::small_in(page, self.fonts, part(&head, 1.0), &self.marks, &mark)?;
            let number = format!("Certificate {}", self.number);
            page.text(self.fonts, "number", part(&head, 2.0), &number, &right, Role::Running, None)?;
            page.line((LEFT, 19.0), (LEFT + INNER, 19.0), line, 0.4, &[]);
            page.line((LEFT, HEIGHT - 17.0), (LEFT + INNER, HEIGHT - 17.0), line, 0.4, &[]);
            page.text(self.fonts, "number", part(&foot, 0.0), &self.number, &note, Role::Running, None)?;
            let pages = format!("page {} of {count}", place + 1);
            page.text(self.fonts, "the page number", part(&foot, 2.0), &pages, &right, Role::Running, None)?;
        }
        Ok(self.pages)
    }
}
