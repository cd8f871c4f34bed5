//! The last look before a file is written: no text over another, none out of its place, clear paper around each symbol.
//!
//! A layout that can be read rules most of this out; here it is asked of what really lies on the page, so that a mistake
//! of ours is a refusal and not a spoiled certificate.

use crate::{
    area::Area,
    error::PaperError,
    page::{Page, Role, Text, Thing},
    symbol::CLEAR,
};

pub(crate) fn check(page: &Page) -> Result<(), PaperError> {
    let whole = Area::new(0.0, 0.0, page.size.0, page.size.1);
    let texts: Vec<&Text> = page.things.iter().filter_map(text).collect();
    for (place, text) in texts.iter().enumerate() {
        if !text.place.contains(&text.ink) || !whole.contains(&text.ink) {
            return Err(refused(&text.field, "its text would leave its place".to_owned()));
        }
        if let Some(other) = texts.iter().skip(place + 1).find(|other| other.ink.overlaps(&text.ink)) {
            return Err(refused(&text.field, format!("its text would lie over that of {}", other.field)));
        }
    }
    for thing in &page.things {
        let Thing::Symbol { field, reserved, symbol, .. } = thing else { continue };
        if !reserved.contains(&symbol.area()) {
            return Err(refused(field, "its quiet zone would leave its place".to_owned()));
        }
        let clear = reserved.grown(CLEAR);
        if let Some(text) = texts.iter().find(|text| text.ink.overlaps(&clear)) {
            return Err(refused(
                field,
                format!("the text of {} would lie within {CLEAR} mm of it", text.field),
            ));
        }
    }
    Ok(())
}

/// Texts that must not meet: all but the words across a page, which lie under the others.
fn text(thing: &Thing) -> Option<&Text> {
    match thing {
        Thing::Text(text) if text.role != Role::Watermark => Some(text),
        _ => None,
    }
}

fn refused(field: &str, why: String) -> PaperError {
    PaperError::Sheet { field: field.to_owned(), why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fonts, Layout, certificate::certificate_page, samples};

    /// A good page with one thing put wrong.
    fn spoiled(change: impl Fn(&mut Page)) -> String {
        let (fonts, layout) = (Fonts::built_in().unwrap(), Layout::built_in());
        let mut page = certificate_page(&samples::everyday(), &layout, &fonts).unwrap();
        check(&page).unwrap();
        change(&mut page);
        check(&page).unwrap_err().to_string()
    }

    fn number(page: &mut Page) -> &mut Text {
        let number = page.things.iter_mut().find_map(|thing| match thing {
            Thing::Text(text) if text.field == "number" => Some(text),
            _ => None,
        });
        number.expect("a certificate has its number")
    }

    #[test]
    fn a_spoiled_page_is_refused() {
        let over = spoiled(|page| {
            let number = number(page);
            (number.ink, number.place) = (number.ink.moved(0.0, 18.0), number.place.moved(0.0, 18.0));
        });
        assert!(
            over.contains("number: its text would lie over that of") && over.contains("exporter"),
            "{over}"
        );
        let out = spoiled(|page| number(page).ink.width += 60.0);
        assert!(out.contains("number: its text would leave its place"), "{out}");
        let near = spoiled(|page| {
            let number = number(page);
            (number.ink.x, number.ink.y) = (20.0, 205.5);
            number.place = number.ink;
        });
        assert!(near.contains("the text of number would lie within 5 mm of it"), "{near}");
        let quiet = spoiled(|page| {
            for thing in &mut page.things {
                if let Thing::Symbol { symbol, .. } = thing {
                    symbol.corner.0 += 100;
                }
            }
        });
        assert!(quiet.contains("its quiet zone would leave its place"), "{quiet}");
    }
}
