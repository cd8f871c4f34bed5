//! The tables of a certificate: carats and value by customs class with their totals, and the parcels one by one.

use kp_terms::{Carats, HsCode, UsdCents};

use crate::{
    area::Area,
    certificate::{both, labels, small},
    colour::Colour,
    error::PaperError,
    fonts::{Fonts, Style},
    layout::{Field, Layout, Stock, word},
    page::{Align, Look, Page, Role},
    sheet::{CertificateSheet, GoodsLine, LISTED_PARCELS},
};

/// Columns as shares of the width: class, description, carats, value.
const COLUMNS: [f32; 4] = [0.14, 0.42, 0.20, 0.24];
/// Between two columns, in millimetres.
const GUTTER: f32 = 1.6;
const DASH: &str = "\u{2014}";

/// Carats and value of all three classes, a dash where there is nothing, and the totals.
pub(crate) fn table(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    field: &Field,
    sheet: Option<&CertificateSheet>,
) -> Result<(), PaperError> {
    let (area, plain) = (field.area, layout.stock == Stock::Plain);
    let head = area.height * 0.18;
    let height = (area.height - head) / 4.0;
    if plain {
        lines(page, layout, &area, head, height);
        heads(page, fonts, layout, &area, head)?;
    }
    for (place, class) in (0_u8..).zip(HsCode::ALL) {
        let row = Area::new(area.x, area.y + head + f32::from(place) * height, area.width, height);
        let goods = sheet.and_then(|sheet| sheet.goods.iter().find(|line| line.class == class));
        let described = both(layout, class_word(class));
        let amounts = sheet.map(|_| amounts(goods)).unwrap_or_default();
        let texts = if plain { [class.code().to_owned(), described] } else { [String::new(), String::new()] };
        cells(page, fonts, layout, field, &row, place + 1, texts, amounts, Style::Sans)?;
    }
    let total = Area::new(area.x, area.y + head + 3.0 * height, area.width, height);
    let sums = match sheet.map(CertificateSheet::totals).transpose()? {
        Some((carats, value)) => [carats.grouped(), value.grouped()],
        None => <[String; 2]>::default(),
    };
    let word = if plain { both(layout, "total") } else { String::new() };
    cells(page, fonts, layout, field, &total, 4, [String::new(), word], sums, Style::SansBold)
}

const fn class_word(class: HsCode) -> &'static str {
    match class {
        HsCode::Unsorted => "unsorted",
        HsCode::Industrial => "industrial",
        HsCode::NonIndustrial => "non_industrial",
    }
}

fn amounts(goods: Option<&GoodsLine>) -> [String; 2] {
    match goods {
        Some(line) => [line.carats.grouped(), line.value.grouped()],
        None => [DASH.to_owned(), DASH.to_owned()],
    }
}

fn lines(page: &mut Page, layout: &Layout, area: &Area, head: f32, height: f32) {
    let (strong, fine) = (layout.colours.ink, layout.colours.accent.tint(70));
    let mut across =
        |y: f32, colour: Colour, width: f32| page.line((area.x, y), (area.right(), y), colour, width, &[]);
    across(area.y, strong, 0.8);
    across(area.y + head, strong, 0.4);
    across(area.y + head + height, fine, 0.35);
    across(area.y + head + 2.0 * height, fine, 0.35);
    across(area.y + head + 3.0 * height, strong, 0.4);
    across(area.bottom(), strong, 0.8);
}

/// The four places of a row.
fn places(row: &Area) -> [Area; 4] {
    // The gutter is outside on the right, so that the last column ends where the table ends.
    let width = row.width + GUTTER;
    let mut x = row.x;
    COLUMNS.map(|share| {
        let place = Area::new(x, row.y, width * share - GUTTER, row.height);
        x += width * share;
        place
    })
}

fn heads(page: &mut Page, fonts: &Fonts, layout: &Layout, area: &Area, head: f32) -> Result<(), PaperError> {
    let row = Area::new(area.x, area.y, area.width, head);
    let words = ["hs_class", "description", "carats", "value"];
    for (column, (place, key)) in places(&row).into_iter().zip(words).enumerate() {
        let mut look = small(layout.colours.ink, 6.5);
        look.setting.style = Style::SansBold;
        look.middle = true;
        look.align = if column < 2 { Align::Left } else { Align::Right };
        let text = both(layout, key);
        let role = Role::Cell { table: 1, row: 0, head: true };
        page.text(fonts, "the heads of goods", place, &text, &look, role, None)?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "a row has a page, a look, a place and its four texts")]
fn cells(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    field: &Field,
    row: &Area,
    number: u8,
    texts: [String; 2],
    amounts: [String; 2],
    style: Style,
) -> Result<(), PaperError> {
    let texts = texts.into_iter().chain(amounts);
    for (column, (place, text)) in places(row).into_iter().zip(texts).enumerate() {
        let mut look = small(field.colour.unwrap_or(layout.colours.text), field.size);
        look.setting.least = field.least.min(if column == 1 { 5.5 } else { field.least });
        look.setting.style = style;
        look.middle = true;
        look.align = if column < 2 { Align::Left } else { Align::Right };
        let role = Role::Cell { table: 1, row: u32::from(number), head: false };
        page.text(fonts, "goods", place, &text, &look, role, None)?;
    }
    Ok(())
}

/// Up to five parcels, one to a line: label, class, carats, value.
pub(crate) fn parcels(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    field: &Field,
    inner: &Area,
    sheet: Option<&CertificateSheet>,
) -> Result<(), PaperError> {
    let Some(sheet) = sheet else { return Ok(()) };
    let look = |align| {
        let mut look = small(field.colour.unwrap_or(layout.colours.text), field.size);
        look.setting.least = field.least;
        Look { align, middle: true, ..look }
    };
    if sheet.parcel_list.is_empty() {
        let text = both(layout, "not_listed");
        let look = Look { middle: false, ..look(Align::Left) };
        page.text(fonts, "parcel_list", *inner, &text, &look, Role::Paragraph, None)?;
        return Ok(());
    }
    if layout.stock == Stock::Plain {
        parcel_heads(page, fonts, layout, inner)?;
    }
    let height = inner.height / f32::from(u8::try_from(LISTED_PARCELS).unwrap_or(5));
    for (place, parcel) in (0_u8..).zip(&sheet.parcel_list) {
        let row = Area::new(inner.x, inner.y + f32::from(place) * height, inner.width, height);
        let goods = &parcel.goods;
        let texts =
            [parcel.label.clone(), goods.class.to_string(), goods.carats.grouped(), goods.value.grouped()];
        for ((place_of, align), text) in parcel_places(&row).into_iter().zip(texts) {
            let role = Role::Cell { table: 2, row: u32::from(place), head: false };
            page.text(fonts, "parcel_list", place_of, &text, &look(align), role, None)?;
        }
    }
    Ok(())
}

/// How much of the list's width is left to its label: the first two columns.
pub(crate) const LABEL_SHARE: f32 = 0.54;

/// Label, class, carats and value of one parcel.
fn parcel_places(row: &Area) -> [(Area, Align); 4] {
    let columns = [
        (0.0, 0.43, Align::Left),
        (0.44, 0.11, Align::Left),
        (0.55, 0.20, Align::Right),
        (0.76, 0.24, Align::Right),
    ];
    columns.map(|(start, share, align)| {
        (Area::new(row.x + row.width * start, row.y, row.width * share, row.height), align)
    })
}

/// The units over the columns, on the line of the field's label.
fn parcel_heads(page: &mut Page, fonts: &Fonts, layout: &Layout, inner: &Area) -> Result<(), PaperError> {
    let row = Area::new(inner.x, inner.y - 3.9, inner.width, 3.9);
    for ((place, align), text) in parcel_places(&row).into_iter().zip(["", "", "ct", "US$"]) {
        let look = Look { align, ..small(layout.colours.label, 6.5) };
        page.text(fonts, "the heads of parcel_list", place, text, &look, Role::Paragraph, None)?;
    }
    Ok(())
}

pub(crate) fn carats(carats: Carats) -> String {
    format!("{} ct", carats.grouped())
}

pub(crate) fn dollars(value: UsdCents) -> String {
    format!("US$ {}", value.grouped())
}

/// A small label over a place of a part, as fields have it.
pub(crate) fn labelled(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    area: Area,
    key: &str,
) -> Result<(), PaperError> {
    let said = word(key);
    labels(page, fonts, layout, said.key, area, said.english, layout.local(said))
}
