//! That nothing overlaps, nothing is cut off, and every symbol has its clear paper: asked of the places themselves, on
//! every sheet, with the longest names and in every layout.

use crate::{
    Fonts, Layout,
    area::{Area, POINTS},
    certificate::{certificate_page, specimen_page},
    extract::extract_pages,
    page::{Page, Role, Text, Thing},
    samples,
    slip::slip_page,
    symbol::{CLEAR, DOT, LEAST_DOTS, QUIET},
};

const FRENCH: &str = include_str!("../layouts/xa-portrait-fr.toml");
const ARABIC: &str = include_str!("../layouts/xb-landscape-ar.toml");

fn layouts() -> Vec<Layout> {
    let plain = ARABIC.replace("\"preprinted\"", "\"plain\"");
    let read = |text: &str| Layout::read(text).unwrap_or_else(|why| panic!("{why}"));
    vec![Layout::built_in(), read(FRENCH), read(ARABIC), read(&plain)]
}

/// Every sheet that there is, with a name for the message; without the Chinese names where no font is at hand.
fn pages() -> Vec<(String, Page)> {
    let fonts = Fonts::built_in().unwrap().with_system();
    let mut longest = samples::longest();
    if fonts.face(crate::fonts::Style::Sans, '钻', "SC").is_none() {
        kp_testkit::skipped("Chinese names on sheets", &samples::no_cjk());
        samples::without_chinese(&mut longest);
    }
    let mut issued = samples::everyday();
    (issued.codes, issued.validation, issued.training) = (None, None, true);
    let mut pages = Vec::new();
    for layout in layouts() {
        for (name, sheet) in [("everyday", &samples::everyday()), ("longest", &longest), ("issued", &issued)]
        {
            let page = certificate_page(sheet, &layout, &fonts)
                .unwrap_or_else(|why| panic!("{name} in {}: {why}", layout.name()));
            pages.push((format!("{name} in {}", layout.name()), page));
        }
        pages.push((
            format!("specimen in {}", layout.name()),
            specimen_page("Exemplia", &layout, &fonts).unwrap(),
        ));
        pages.push((
            format!("slip in {}", layout.name()),
            slip_page(&samples::slip(), &layout, &fonts).unwrap(),
        ));
        for (place, page) in
            extract_pages(&samples::extract(), &layout, &fonts).unwrap().into_iter().enumerate()
        {
            pages.push((format!("extract, page {}, in {}", place + 1, layout.name()), page));
        }
    }
    pages
}

fn texts(page: &Page) -> Vec<&Text> {
    let text = |thing: &'_ Thing| matches!(thing, Thing::Text(text) if text.role != Role::Watermark);
    page.things
        .iter()
        .filter(|thing| text(thing))
        .filter_map(|thing| if let Thing::Text(text) = thing { Some(text) } else { None })
        .collect()
}

/// One test, because setting all sheets takes a while and each question is asked of all of them.
#[test]
fn nothing_overlaps_nothing_is_cut_off_and_every_symbol_has_its_clear_paper() {
    let pages = pages();
    every_text_keeps_to_its_place_and_no_two_overlap(&pages);
    a_mark_across_a_page_stays_on_it(&pages);
    every_symbol_has_its_pitch_its_quiet_zone_and_clear_paper(&pages);
}

fn every_text_keeps_to_its_place_and_no_two_overlap(pages: &[(String, Page)]) {
    for (name, page) in pages {
        let whole = Area::new(0.0, 0.0, page.size.0, page.size.1);
        let texts = texts(page);
        assert!(texts.len() > 2, "{name} has hardly any text");
        for (place, text) in texts.iter().enumerate() {
            assert!(
                text.place.contains(&text.ink),
                "{name}: {} {:?} leaves its place",
                text.field,
                text.says
            );
            assert!(whole.contains(&text.ink), "{name}: {} leaves the page", text.field);
            for other in &texts[place + 1..] {
                assert!(
                    !text.ink.overlaps(&other.ink),
                    "{name}: {} {:?} lies over {} {:?}: {:?} {:?}",
                    text.field,
                    text.says,
                    other.field,
                    other.says,
                    text.ink,
                    other.ink
                );
            }
        }
    }
}

fn a_mark_across_a_page_stays_on_it(pages: &[(String, Page)]) {
    let mut seen = 0;
    for (name, page) in pages {
        for thing in &page.things {
            let Thing::Text(text) = thing else { continue };
            if text.role != Role::Watermark {
                continue;
            }
            seen += 1;
            let (middle, turned) = (text.ink.y + text.ink.height / 2.0, text.turned.to_radians().abs());
            let half = (text.ink.width * libm::sinf(turned) + text.ink.height) / 2.0;
            assert!(
                middle - half > 0.0 && middle + half < page.size.1,
                "{name}: {} leaves the page",
                text.says
            );
        }
    }
    assert!(seen > 20, "the sheets that have marks were not looked at");
}

fn every_symbol_has_its_pitch_its_quiet_zone_and_clear_paper(pages: &[(String, Page)]) {
    let mut seen = 0;
    for (name, page) in pages {
        for (place, thing) in page.things.iter().enumerate() {
            let Thing::Symbol { field, reserved, symbol, .. } = thing else { continue };
            seen += 1;
            assert!(symbol.dots >= LEAST_DOTS, "{name}: {field} has modules of {} dots", symbol.dots);
            assert!(reserved.contains(&symbol.area()), "{name}: the quiet zone of {field} leaves its place");
            for [left, top, width, height] in symbol.rectangles() {
                let quiet = f32::from(u8::try_from(QUIET).unwrap()) * DOT;
                let dark = Area::new(left / POINTS, top / POINTS, width / POINTS, height / POINTS);
                assert!(
                    symbol.area().grown(-quiet / POINTS).contains(&dark),
                    "{name}: {field} is dark in its quiet zone"
                );
                for edge in [left, top, width, height] {
                    let dots = edge / DOT;
                    assert!(
                        (dots - dots.round()).abs() < 0.01,
                        "{name}: {field} lies between printer's dots: {edge}"
                    );
                }
            }
            near(name, page, place, field, &reserved.grown(CLEAR));
        }
    }
    // Two layouts have no room for the receipt of the longest certificate, on stock and on plain paper.
    assert_eq!(seen, 13, "the sheets that have symbols were not looked at");
}

/// Nothing but what is covered by the white ground lies within the clear paper.
fn near(name: &str, page: &Page, symbol: usize, field: &str, clear: &Area) {
    let covered = page.things.iter().rposition(|thing| {
        matches!(thing, Thing::Drawing(drawing) if drawing.fill.is_some() && drawing.area.contains(clear))
    });
    for (place, thing) in page.things.iter().enumerate() {
        if place == symbol || covered.is_some_and(|covered| place <= covered) {
            continue;
        }
        let area = match thing {
            Thing::Text(text) => text.ink,
            Thing::Drawing(drawing) if drawing.fill.is_some() => continue,
            Thing::Drawing(drawing) => drawing.area,
            Thing::Symbol { symbol, .. } => symbol.area(),
        };
        assert!(!clear.overlaps(&area), "{name}: thing {place} lies within {CLEAR} mm of {field}: {area:?}");
    }
}

#[test]
fn stock_gets_only_what_varies_moved_by_the_offset() {
    let fonts = Fonts::built_in().unwrap();
    let stock = Layout::read(ARABIC).unwrap();
    let plain = Layout::read(
        &ARABIC.replace("\"preprinted\"", "\"plain\"").replace("x = 1.5, y = -0.8", "x = 0, y = 0"),
    );
    let page = |layout: &Layout| certificate_page(&samples::everyday(), layout, &fonts).unwrap();
    let (stock, plain) = (page(&stock), page(&plain.unwrap()));
    let number = |page: &Page| {
        texts(page).into_iter().find(|text| text.field == "number").map(|text| text.ink).unwrap()
    };
    let (there, here) = (number(&plain), number(&stock));
    assert!((here.x - there.x - 1.5).abs() < 0.01 && (here.y - there.y + 0.8).abs() < 0.01);
    let says: Vec<&str> = texts(&stock).into_iter().map(|text| &*text.says).collect();
    assert!(says.contains(&"XA-000184") && says.contains(&"10,046.92"));
    for printed_on_the_stock in [crate::TITLE, crate::STATEMENT, "Exporter", "Certificate number"] {
        assert!(!says.contains(&printed_on_the_stock), "{printed_on_the_stock} is printed twice");
    }
}
