//! The ground of a sheet, and the clear paper that the symbols need on it.

use crate::{
    colour::Colour,
    layout::{Border, Layout},
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

/// White under every reserved place and around it, over whatever lies there: the ground, or a mark across the page. On
/// pre-printed stock, where white is no ink, the printer of the paper leaves the place free of its own ground.
pub(crate) fn clear_for_symbols(page: &mut Page, layout: &Layout) {
    for field in layout.fields.iter().filter(|field| field.shows.is_symbol()) {
        page.rectangle(field.area.grown(CLEAR), Some(Colour::WHITE), None);
    }
}
