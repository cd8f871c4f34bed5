//! The ground of a sheet, and the clear paper that the symbols need on it.

use crate::{
    colour::Colour,
    layout::{Border, Layout, Stock},
    linework,
    page::Page,
    symbol::CLEAR,
};

pub(crate) fn draw(page: &mut Page, layout: &Layout) {
    let (ground, colours) = (&layout.ground, &layout.colours);
    if let Some((x, y, radius)) = ground.rosette {
        linework::rosette(page, (x, y), radius, colours.ink, colours.accent);
    }
    match ground.border {
        Border::Guilloche => linework::border(page, ground.margin, ground.band, colours.ink, colours.accent),
        Border::Lines => {
            linework::double_lines(page, ground.margin, ground.band, colours.ink, colours.accent)
        }
        Border::None => {}
    }
}

/// White under every reserved place and around it, over whatever the ground has there. On pre-printed stock the printer
/// of the paper leaves it out.
pub(crate) fn clear_for_symbols(page: &mut Page, layout: &Layout) {
    if layout.stock == Stock::Preprinted {
        return;
    }
    for field in layout.fields.iter().filter(|field| field.shows.is_symbol()) {
        page.rectangle(field.area.grown(CLEAR), Some(Colour::WHITE), None);
    }
}
