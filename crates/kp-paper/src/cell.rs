//! A labelled value over a thin line: the brick of parts, slips and extracts.

use crate::{
    area::Area,
    certificate::{labels, small},
    error::PaperError,
    fonts::Fonts,
    layout::{Layout, Stock, Word},
    page::{Page, Role},
};

/// Room for the label in millimetres.
const LABEL: f32 = 3.6;

/// A label and what stands under it.
pub(crate) struct Cell {
    pub(crate) label: Word,
    pub(crate) value: String,
    pub(crate) size: f32,
}

impl Cell {
    pub(crate) fn new(label: Word, value: String, size: f32) -> Self {
        Self { label, value, size }
    }

    /// To be written by hand.
    pub(crate) fn blank(label: Word) -> Self {
        Self { label, value: String::new(), size: 8.0 }
    }
}

pub(crate) fn cell(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    area: &Area,
    content: &Cell,
) -> Result<(), PaperError> {
    if layout.stock == Stock::Plain {
        page.line((area.x, area.bottom()), (area.right(), area.bottom()), layout.colours.accent, 0.5, &[]);
        let head = Area { height: LABEL, ..*area };
        labels(
            page,
            fonts,
            layout,
            content.label.key,
            head,
            content.label.english,
            layout.local(content.label),
        )?;
    }
    let place = Area::new(area.x, area.y + LABEL, area.width, area.height - LABEL - 0.6);
    let mut look = small(layout.colours.text, content.size);
    look.setting.least = 5.5;
    page.text(fonts, content.label.key, place, &content.value, &look, Role::Paragraph, None)?;
    Ok(())
}
