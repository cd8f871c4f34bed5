//! What makes a layout unusable: a mandatory field left out, two fields over one another, something near a code, a field
//! outside the page, letters too small to read.

use super::{Border, Field, Layout, LayoutProblem, Shows, Stock};
use crate::{
    area::Area,
    symbol::{CLEAR, RESERVED},
};

/// No letters on a certificate are smaller than this, in points.
const SMALLEST: f32 = 5.0;
const LARGEST: f32 = 72.0;

pub(super) fn check(layout: &Layout, problems: &mut Vec<LayoutProblem>) {
    page(layout, problems);
    for field in &layout.fields {
        sizes(field, problems);
        on_page(layout, field, problems);
        symbol_place(layout, field, problems);
    }
    overlaps(layout, problems);
    mandatory(layout, problems);
}

fn page(layout: &Layout, problems: &mut Vec<LayoutProblem>) {
    let (width, height) = layout.page;
    let usable = |side: f32| (50.0..=500.0).contains(&side);
    if !usable(width) || !usable(height) {
        problems.push(LayoutProblem {
            line: 0,
            field: "page".to_owned(),
            why: format!(
                "the page is {width} x {height}; expected millimetres from 50 to 500, A4 is 210 x 297"
            ),
        });
    }
    let moved = |by: f32| (-50.0..=50.0).contains(&by);
    if !moved(layout.offset.0) || !moved(layout.offset.1) {
        problems.push(LayoutProblem {
            line: 0,
            field: "offset".to_owned(),
            why: "expected x and y in millimetres from -50 to 50".to_owned(),
        });
    }
}

fn problem(field: &Field, why: String) -> LayoutProblem {
    LayoutProblem { line: field.line, field: field.shows.key().to_owned(), why }
}

fn sizes(field: &Field, problems: &mut Vec<LayoutProblem>) {
    let readable = |size: f32| (SMALLEST..=LARGEST).contains(&size);
    if !readable(field.size) {
        problems.push(problem(
            field,
            format!("size is {}; expected points from {SMALLEST} to {LARGEST}", field.size),
        ));
    }
    if !readable(field.least) || field.least > field.size {
        problems.push(problem(
            field,
            format!(
                "least is {}; expected points from {SMALLEST} to the field's size of {}",
                field.least, field.size
            ),
        ));
    }
    if !(0.0..=0.5).contains(&field.tracking) {
        problems.push(problem(field, format!("tracking is {}; expected ems from 0 to 0.5", field.tracking)));
    }
    let flat = field.shows == Shows::Rule;
    let extent = |length: f32| length.is_finite() && (length > 0.0 || (flat && length == 0.0));
    if !extent(field.area.width) || !extent(field.area.height) {
        problems.push(problem(
            field,
            format!(
                "its place is {} x {}; expected millimetres above 0{}",
                field.area.width,
                field.area.height,
                if flat { ", one of the two may be 0" } else { "" }
            ),
        ));
    }
    if field.shows == Shows::Text && field.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
        problems.push(problem(field, "expected text = \"...\"".to_owned()));
    }
    let local = matches!(field.shows, Shows::TitleLocal | Shows::StatementLocal);
    if local && field.local.as_deref().is_none_or(|text| text.trim().is_empty()) {
        problems.push(problem(field, "expected local = \"...\" in the issuer's language".to_owned()));
    }
}

fn on_page(layout: &Layout, field: &Field, problems: &mut Vec<LayoutProblem>) {
    let page = Area::new(0.0, 0.0, layout.page.0, layout.page.1);
    let moved = field.area.moved(layout.offset.0, layout.offset.1);
    if !page.contains(&moved) {
        problems.push(problem(
            field,
            format!(
                "it reaches from {:.1}, {:.1} to {:.1}, {:.1} with the offset, off the page of {} x {}; expected a place \
                 on the page",
                moved.x,
                moved.y,
                moved.right(),
                moved.bottom(),
                page.width,
                page.height
            ),
        ));
    }
}

fn symbol_place(layout: &Layout, field: &Field, problems: &mut Vec<LayoutProblem>) {
    if !field.shows.is_symbol() {
        return;
    }
    if field.area.width < RESERVED || field.area.height < RESERVED {
        problems.push(problem(
            field,
            format!(
                "its place is {} x {} mm; expected {RESERVED} x {RESERVED} mm at least, so that a code can be scanned",
                field.area.width, field.area.height
            ),
        ));
    }
    let ground = &layout.ground;
    let taken = match ground.border {
        Border::None => 0.0,
        _ => ground.margin + ground.band,
    };
    let free = Area::new(0.0, 0.0, layout.page.0, layout.page.1).grown(-taken);
    if layout.stock == Stock::Plain && !free.contains(&field.area.grown(CLEAR)) {
        problems.push(problem(
            field,
            format!("it lies within {CLEAR} mm of the border or the page's edge; expected {CLEAR} mm of clear paper"),
        ));
    }
}

fn overlaps(layout: &Layout, problems: &mut Vec<LayoutProblem>) {
    for (place, field) in layout.fields.iter().enumerate() {
        for other in layout.fields.iter().skip(place + 1) {
            let symbols = field.shows.is_symbol() || other.shows.is_symbol();
            let (clear, rules) =
                (if symbols { CLEAR } else { 0.0 }, field.shows == Shows::Rule || other.shows == Shows::Rule);
            // A rule may run along a field, never near a symbol.
            if (rules && !symbols) || !field.area.grown(clear).overlaps(&other.area) {
                continue;
            }
            let why = if symbols {
                format!(
                    "it comes nearer than {CLEAR} mm to {} of line {}; expected clear paper around a code",
                    other.shows.key(),
                    other.line
                )
            } else {
                format!("it overlaps {} of line {}; expected places apart", other.shows.key(), other.line)
            };
            problems.push(problem(field, why));
        }
    }
}

fn mandatory(layout: &Layout, problems: &mut Vec<LayoutProblem>) {
    for shows in Shows::MANDATORY {
        let by_the_printer = layout.stock == Stock::Preprinted && shows.is_on_stock();
        if layout.field(shows).is_none() && !by_the_printer {
            problems.push(LayoutProblem {
                line: 0,
                field: shows.key().to_owned(),
                why:
                    "is missing; expected a [[field]] that shows it (CD Annex I.A, and the mark of a reprint)"
                        .to_owned(),
            });
        }
    }
    for shows in [Shows::CertificateSymbol, Shows::ReceiptSymbol] {
        if layout.field(shows).is_none() {
            problems.push(LayoutProblem {
                line: 0,
                field: shows.key().to_owned(),
                why: format!("is missing; expected a [[field]] of {RESERVED} x {RESERVED} mm that shows it"),
            });
        }
    }
}
