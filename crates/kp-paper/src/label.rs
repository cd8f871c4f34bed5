//! Labels and words in two languages: English first, the issuer's own beside it.

use crate::{
    area::{Area, POINTS},
    colour::Colour,
    error::PaperError,
    fonts::{Fonts, Style},
    layout::{FontName, Layout, word},
    page::{Align, Look, Page, Role, fitted},
    paragraph::Setting,
};

/// Wanted and least size of labels, in points.
pub(crate) const LABEL_SIZE: f32 = 6.5;
const LABEL_LEAST: f32 = 5.0;
/// Between the English label and the issuer's own, in millimetres.
const LABEL_GAP: f32 = 1.4;

/// The English label at the left, the issuer's own after it (or at the right end, where it runs leftwards).
pub(crate) fn labels(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    field: &str,
    area: Area,
    english: &str,
    local: Option<&str>,
) -> Result<(), PaperError> {
    let named = format!("the label of {field}");
    let local = local.filter(|local| !same(local, english));
    let mut look = small(layout.colours.ink, LABEL_SIZE);
    look.setting.style = Style::SansBold;
    let mut beside = small(layout.colours.label, LABEL_SIZE);
    // Both on one line, as small as they must be to share it.
    let whole = [Some((english, &look)), local.map(|local| (local, &beside))];
    let mut taken = 0.0;
    for (text, look) in whole.into_iter().flatten() {
        taken += one_line(fonts, &named, text, look)?;
    }
    let gap = if local.is_some() { LABEL_GAP } else { 0.0 };
    let size = LABEL_SIZE * ((area.width - gap) / taken).min(1.0);
    if size < LABEL_LEAST {
        return Err(PaperError::DoesNotFit {
            field: named,
            text: [english, local.unwrap_or_default()].join(" "),
            width: area.width,
            height: area.height,
            least: LABEL_LEAST,
        });
    }
    (look.setting.size, look.setting.least) = (size, size - 0.05);
    (beside.setting.size, beside.setting.least) = (size, size - 0.05);
    let ink = page.text(fonts, &named, area, english, &look, Role::Paragraph)?;
    if let Some(local) = local {
        let start = ink.right() + gap * 0.98;
        let place = Area::new(start, area.y, (area.right() - start).max(0.1), area.height);
        beside.align = if layout.right_to_left() { Align::Right } else { Align::Left };
        page.text(fonts, &named, place, local, &beside, Role::Paragraph)?;
        page.spoken(layout.language());
    }
    Ok(())
}

/// The width of a text on one line, in millimetres.
fn one_line(fonts: &Fonts, field: &str, text: &str, look: &Look) -> Result<f32, PaperError> {
    const WIDE: f32 = 2000.0;
    let set = fitted(fonts, field, &Area::new(0.0, 0.0, WIDE, WIDE), text, &look.setting)?;
    Ok(set.width() / POINTS)
}

/// Small text: labels and notes.
pub(crate) fn small(colour: Colour, size: f32) -> Look {
    Look {
        setting: Setting {
            style: Style::Sans,
            size,
            least: LABEL_LEAST,
            leading: 1.22,
            tracking: 0.0,
            anywhere: false,
        },
        colour,
        align: Align::Left,
        middle: false,
    }
}

pub(crate) const fn style(font: FontName) -> Style {
    match font {
        FontName::Serif => Style::Serif,
        FontName::SerifItalic => Style::SerifItalic,
        FontName::Sans => Style::Sans,
        FontName::SansBold => Style::SansBold,
    }
}

/// A word in English and, where the layout has it, in the issuer's language.
pub(crate) fn both(layout: &Layout, key: &str) -> String {
    let word = word(key);
    match layout.local(word) {
        Some(local) if !same(local, word.english) => format!("{} \u{b7} {local}", word.english),
        _ => word.english.to_owned(),
    }
}

/// Whether both languages have the same word, which is then printed once.
fn same(local: &str, english: &str) -> bool {
    local.to_lowercase() == english.to_lowercase()
}
