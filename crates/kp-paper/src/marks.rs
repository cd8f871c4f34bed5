//! The marks that say what a print is worth: SPECIMEN, REPRINT with its number and day, TRAINING.
//!
//! Large and pale across every page, under the texts, and small and dark in the place that each layout must have.

use crate::{
    area::Area,
    colour::Colour,
    error::PaperError,
    fonts::{Fonts, Style},
    label::{small as small_look, style},
    layout::Field,
    page::{Align, Look, Page, Role, Thing},
    paragraph::Setting,
    sheet::Print,
};

/// A mark: one word across the page, and a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) word: &'static str,
    pub(crate) sentence: String,
}

impl Mark {
    pub(crate) fn specimen() -> Self {
        Self { word: "SPECIMEN", sentence: "SPECIMEN: not valid".to_owned() }
    }
}

/// The marks of a print.
pub(crate) fn of(print: Print, training: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    if training {
        // In the three languages of the pages, so that nobody needs to know one to see it.
        for (word, sentence) in [
            ("TRAINING", "TRAINING: not valid"),
            ("FORMATION", "FORMATION : sans valeur"),
            ("FORMA\u{c7}\u{c3}O", "FORMA\u{c7}\u{c3}O: sem valor"),
        ] {
            marks.push(Mark { word, sentence: sentence.to_owned() });
        }
    }
    if let Print::Reprint { number, on } = print {
        marks.push(Mark { word: "REPRINT", sentence: format!("REPRINT No. {number} of {on}") });
    }
    marks
}

/// How far a line that is turned by 28 degrees rises for each part of its length.
const TURNED_RISES: f32 = 0.4695;

/// The words across the page, one under the other.
pub(crate) fn across(
    page: &mut Page,
    fonts: &Fonts,
    marks: &[Mark],
    colour: Colour,
) -> Result<(), PaperError> {
    let (width, height) = page.size;
    let count = u8::try_from(marks.len()).unwrap_or(u8::MAX);
    for (place, mark) in (0_u8..).zip(marks) {
        let middle = height * (f32::from(place) + 1.0) / (f32::from(count) + 1.0) - 0.04 * height;
        let look = Look {
            setting: Setting {
                style: Style::SansBold,
                size: 82.0,
                least: 26.0,
                leading: 1.0,
                tracking: 0.06,
                anywhere: false,
            },
            colour: colour.tint(16),
            align: Align::Centre,
            middle: true,
        };
        // As long as the page is wide, and no longer than that it still lies on the page when it is turned.
        let room = (middle.min(height - middle) - 20.0).max(0.0);
        let long = (width * 0.88).min(2.0 * room / TURNED_RISES);
        let area = Area::new((width - long) / 2.0, middle - 20.0, long, 40.0);
        page.text(fonts, "the mark across the page", area, mark.word, &look, Role::Watermark)?;
        if let Some(Thing::Text(text)) = page.things.last_mut() {
            text.turned = -28.0;
        }
    }
    Ok(())
}

/// The sentences, in the field of the layout.
pub(crate) fn small_in(
    page: &mut Page,
    fonts: &Fonts,
    area: Area,
    marks: &[Mark],
    look: &Look,
) -> Result<(), PaperError> {
    let text = marks.iter().map(|mark| mark.sentence.as_str()).collect::<Vec<_>>().join(" \u{b7} ");
    page.text(fonts, "print_mark", area, &text, look, Role::Paragraph)?;
    Ok(())
}

pub(crate) fn small(
    page: &mut Page,
    fonts: &Fonts,
    field: &Field,
    marks: &[Mark],
    colour: Colour,
) -> Result<(), PaperError> {
    let mut look = small_look(field.colour.unwrap_or(colour), field.size);
    look.setting.style = style(field.font);
    look.align = field.align;
    small_in(page, fonts, field.area, marks, &look)
}
