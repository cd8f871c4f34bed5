//! The import confirmation as the detachable part of a certificate.
//!
//! Core Document III(b) (number, parcels, carats, importer and exporter are the least that is confirmed) and Annex I.B
//! (destination, importer, carats and value, class, date of receipt, authentication); a detachable part as in the form of
//! EU2368 Annex IV. What the issuer knows is printed; the importing authority writes the rest by hand.

use crate::{
    area::Area,
    cell::{Cell, cell},
    certificate::{both, small},
    error::PaperError,
    fonts::{Fonts, Style},
    goods::{carats, dollars},
    layout::{Field, Layout, Stock, word},
    page::{Align, Look, Page, Role},
    sheet::CertificateSheet,
};

/// Where the blanks are that are written by hand: taller than print, for a pen.
const ROWS: [f32; 3] = [13.0, 10.5, 12.0];
const GAP: f32 = 3.5;

/// The part under the line where it is torn off.
pub(crate) fn part(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    field: &Field,
    sheet: Option<&CertificateSheet>,
) -> Result<(), PaperError> {
    let area = field.area;
    if layout.stock == Stock::Plain {
        tear(page, fonts, layout, &area)?;
    }
    let head = Area::new(area.x, area.y + 6.0, area.width, 8.0);
    heading(page, fonts, layout, &head, sheet)?;
    let mut y = head.bottom() + 1.5;
    let scale = (area.bottom() - y) / ROWS.iter().sum::<f32>();
    for (row, height) in rows(layout, sheet)?.iter().zip(ROWS) {
        let height = height * scale;
        let width = area.width - GAP * (count(row.len()) - 1.0);
        let mut x = area.x;
        for (share, content) in row {
            let place = Area::new(x, y, width * share, height - 1.5);
            cell(page, fonts, layout, &place, content)?;
            x += width * share + GAP;
        }
        y += height;
    }
    Ok(())
}

fn tear(page: &mut Page, fonts: &Fonts, layout: &Layout, area: &Area) -> Result<(), PaperError> {
    page.line((area.x, area.y + 4.0), (area.right(), area.y + 4.0), layout.colours.label, 0.7, &[3.0, 2.4]);
    let look = Look { align: Align::Centre, ..small(layout.colours.label, 6.5) };
    let place = Area::new(area.x, area.y, area.width, 3.6);
    page.text(
        fonts,
        "the words at the tear line",
        place,
        &both(layout, "detach"),
        &look,
        Role::Paragraph,
        None,
    )?;
    Ok(())
}

fn heading(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    area: &Area,
    sheet: Option<&CertificateSheet>,
) -> Result<(), PaperError> {
    let mut look = small(layout.colours.ink, 15.0);
    (look.setting.style, look.setting.least, look.middle) = (Style::Serif, 10.0, true);
    let place = Area { width: area.width * 0.62, ..*area };
    if layout.stock == Stock::Plain {
        page.text(fonts, "confirmation", place, &both(layout, "confirmation"), &look, Role::Paragraph, None)?;
    }
    let Some(sheet) = sheet else { return Ok(()) };
    let place = Area::new(area.x + area.width * 0.62, area.y, area.width * 0.38, area.height);
    let look = Look { colour: layout.colours.mark, align: Align::Right, ..look };
    let number = sheet.number.to_string();
    page.text(fonts, "the number on the confirmation", place, &number, &look, Role::Paragraph, None)?;
    Ok(())
}

type Row = Vec<(f32, Cell)>;

fn rows(layout: &Layout, sheet: Option<&CertificateSheet>) -> Result<[Row; 3], PaperError> {
    let totals = sheet.map(CertificateSheet::totals).transpose()?;
    let known = |text: fn(&CertificateSheet) -> String| sheet.map(text).unwrap_or_default();
    let blank = |key: &'static str| Cell::blank(word(key));
    let goods = totals
        .map_or_else(String::new, |(mass, value)| format!("{} \u{b7} {}", carats(mass), dollars(value)));
    let classes =
        known(|sheet| sheet.goods.iter().map(|line| line.class.code()).collect::<Vec<_>>().join(", "));
    let yes_no = |key: &'static str| Cell::new(word(key), both(layout, "yes_no"), 8.0);
    Ok([
        vec![
            (0.36, Cell::new(word("exporter"), known(|sheet| sheet.exporter.name.clone()), 8.0)),
            (0.36, Cell::new(word("importer"), known(|sheet| sheet.importer.name.clone()), 8.0)),
            (
                0.28,
                Cell::new(
                    word("destination"),
                    known(|sheet| format!("{} {}", sheet.destination, sheet.destination_name)),
                    8.0,
                ),
            ),
        ],
        vec![
            (0.16, Cell::new(word("parcels"), known(|sheet| sheet.parcels.to_string()), 9.0)),
            (0.44, Cell::new(word("certified"), goods, 9.0)),
            (0.22, Cell::new(word("hs_class"), classes, 8.0)),
            (0.18, blank("received_on")),
        ],
        vec![
            (0.16, blank("carats_received")),
            (0.15, yes_no("seals_intact")),
            (0.15, yes_no("opened")),
            (0.22, blank("differences")),
            (0.32, blank("importing_authority")),
        ],
    ])
}

/// A row has a handful of cells.
fn count(cells: usize) -> f32 {
    f32::from(u8::try_from(cells).unwrap_or(u8::MAX))
}
