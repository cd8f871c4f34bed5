//! The certificate: a layout filled with what one certificate says, or left blank as a specimen.
//!
//! Core Document, Annex I.A (what must be on it), I.B (what may be), security rules for the two symbols. It decides
//! nothing about the certificate itself; it prints what it is given, whole, or refuses with the field's name.

use kp_terms::Timestamp;

use crate::{
    area::{Area, POINTS},
    colour::Colour,
    confirmation,
    error::PaperError,
    fonts::{Fonts, Style},
    goods, ground,
    layout::{Field, FontName, Frame, Layout, Shows, Stock, word},
    marks::{self, Mark},
    page::{Align, Look, Page, Role, Thing, fitted},
    paragraph::Setting,
    render::{About, write},
    sheet::{CertificateSheet, Codes, Party, Validation},
    symbol::symbol,
};

/// The title that every certificate carries (CD Annex I.A).
pub const TITLE: &str = "Kimberley Process Certificate";

/// The statement that every certificate carries, word for word (CD Annex I.A).
pub const STATEMENT: &str = "The rough diamonds in this shipment have been handled in accordance with the provisions of \
     the Kimberley Process Certification Scheme for rough diamonds";

/// Room that a label takes at the top of a field, in millimetres.
const LABEL: f32 = 3.9;
const LABEL_SIZE: f32 = 6.5;
const LABEL_LEAST: f32 = 5.0;
/// Between the English label and the issuer's own, in millimetres.
const LABEL_GAP: f32 = 1.4;

/// Prints a certificate as PDF/A-2a.
///
/// # Errors
/// A text that does not fit, a character that no font has, a code too large for its place, or data that contradict
/// themselves; each names its field.
pub fn certificate(sheet: &CertificateSheet, layout: &Layout, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let page = certificate_page(sheet, layout, fonts)?;
    let about = About {
        title: format!("{TITLE} {}", sheet.number),
        author: sheet.issuer_name.clone(),
        created: sheet.printed_at,
    };
    write(&[page], &about)
}

/// Prints the blank form with SPECIMEN across it and without codes, as participants send it to one another (CD II(d)).
///
/// # Errors
/// As for [`certificate`].
pub fn specimen(
    issuer_name: &str,
    layout: &Layout,
    fonts: &Fonts,
    made_at: Timestamp,
) -> Result<Vec<u8>, PaperError> {
    let page = specimen_page(issuer_name, layout, fonts)?;
    let about =
        About { title: format!("{TITLE}: specimen"), author: issuer_name.to_owned(), created: made_at };
    write(&[page], &about)
}

pub(crate) fn certificate_page(
    sheet: &CertificateSheet,
    layout: &Layout,
    fonts: &Fonts,
) -> Result<Page, PaperError> {
    sheet.totals()?;
    let marks = marks::of(sheet.print, sheet.training);
    let filler = Filler { layout, fonts, issuer: &sheet.issuer_name, sheet: Some(sheet) };
    filler.fill(marks)
}

pub(crate) fn specimen_page(issuer: &str, layout: &Layout, fonts: &Fonts) -> Result<Page, PaperError> {
    Filler { layout, fonts, issuer, sheet: None }.fill(vec![Mark::specimen()])
}

struct Filler<'a> {
    layout: &'a Layout,
    fonts: &'a Fonts,
    issuer: &'a str,
    sheet: Option<&'a CertificateSheet>,
}

impl Filler<'_> {
    fn fill(&self, marks: Vec<Mark>) -> Result<Page, PaperError> {
        let mut page = Page::new(self.layout.page.0, self.layout.page.1, self.layout.offset);
        if self.layout.stock == Stock::Plain {
            ground::draw(&mut page, self.layout);
        }
        marks::across(&mut page, self.fonts, &marks, self.layout.colours.mark)?;
        ground::clear_for_symbols(&mut page, self.layout);
        for field in &self.layout.fields {
            self.field(&mut page, field, &marks)?;
        }
        Ok(page)
    }

    fn field(&self, page: &mut Page, field: &Field, marks: &[Mark]) -> Result<(), PaperError> {
        if self.layout.stock == Stock::Preprinted && field.shows.is_on_stock() {
            return Ok(());
        }
        match field.shows {
            Shows::Rule => self.rule(page, field),
            Shows::CertificateSymbol | Shows::ReceiptSymbol => return self.symbol(page, field),
            Shows::Goods => return goods::table(page, self.fonts, self.layout, field, self.sheet),
            Shows::ParcelList => {
                let inner = self.frame(page, field)?;
                return goods::parcels(page, self.fonts, self.layout, field, &inner, self.sheet);
            }
            Shows::Confirmation => {
                return confirmation::part(page, self.fonts, self.layout, field, self.sheet);
            }
            Shows::PrintMark => {
                return marks::small(page, self.fonts, field, marks, self.layout.colours.mark);
            }
            Shows::Signature => return self.signature(page, field),
            Shows::Seal => return self.seal(page, field),
            _ => {
                let inner = self.frame(page, field)?;
                let text = self.value(field);
                let language = self.language(field.shows);
                let role = if field.shows == Shows::Title { Role::Heading } else { Role::Paragraph };
                page.text(self.fonts, field.shows.key(), inner, &text, &self.look(field), role, language)?;
            }
        }
        Ok(())
    }

    fn language(&self, shows: Shows) -> Option<&str> {
        matches!(shows, Shows::TitleLocal | Shows::StatementLocal).then(|| self.layout.language()).flatten()
    }

    /// What a field of plain text says. A field that stays empty gets a dash, so that nothing can be added to it.
    fn value(&self, field: &Field) -> String {
        match field.shows {
            Shows::Issuer => return self.issuer.to_uppercase(),
            Shows::Title => return TITLE.to_owned(),
            Shows::Statement => return STATEMENT.to_owned(),
            Shows::TitleLocal | Shows::StatementLocal => return field.local.clone().unwrap_or_default(),
            Shows::Text => return field.text.clone().unwrap_or_default(),
            Shows::HowToCheck => return self.how_to_check(),
            _ => {}
        }
        let Some(sheet) = self.sheet else { return String::new() };
        let text = certified(sheet, self.layout, field.shows);
        if text.trim().is_empty() { "\u{2014}".to_owned() } else { text }
    }

    fn how_to_check(&self) -> String {
        let how = word("how_to_check");
        match self.layout.local(how) {
            Some(local) => format!("{}\n{local}", how.english),
            None => how.english.to_owned(),
        }
    }

    fn look(&self, field: &Field) -> Look {
        let usual = match field.shows {
            Shows::Issuer | Shows::Title => self.layout.colours.ink,
            Shows::TitleLocal => self.layout.colours.accent,
            Shows::HowToCheck => self.layout.colours.label,
            Shows::Technical if self.sheet.is_some_and(|sheet| sheet.technical_purpose.is_some()) => {
                self.layout.colours.mark
            }
            _ => self.layout.colours.text,
        };
        Look {
            setting: Setting {
                style: style(field.font),
                size: field.size,
                least: field.least,
                leading: 1.22,
                tracking: field.tracking,
                anywhere: false,
            },
            colour: field.colour.unwrap_or(usual),
            align: field.align,
            middle: false,
        }
    }

    /// Draws frame and label of a field and gives the room that is left for its value.
    fn frame(&self, page: &mut Page, field: &Field) -> Result<Area, PaperError> {
        let (area, plain) = (field.area, self.layout.stock == Stock::Plain);
        let line = self.layout.colours.accent;
        let mut inner = match field.frame {
            Frame::None => area,
            Frame::Line => Area::new(area.x, area.y, area.width, area.height - 0.8),
            Frame::Box => area.grown(-1.3),
        };
        match field.frame {
            Frame::Line if plain => {
                page.line((area.x, area.bottom()), (area.right(), area.bottom()), line, 0.5, &[])
            }
            Frame::Box if plain => page.rectangle(area, None, Some((line, 0.5))),
            _ => {}
        }
        if field.label.is_some() {
            if plain {
                // The units of the columns of amounts stand on the same line.
                let share = if field.shows == Shows::ParcelList { goods::LABEL_SHARE } else { 1.0 };
                self.label(page, field, inner.x, inner.y, inner.width * share)?;
            }
            inner = inner.below(LABEL);
        }
        Ok(inner)
    }

    /// The label in English, and beside it in the issuer's language; to the right end where that runs leftwards.
    fn label(&self, page: &mut Page, field: &Field, x: f32, y: f32, width: f32) -> Result<Area, PaperError> {
        let area = Area::new(x, y, width, LABEL);
        let english = field.label.clone().unwrap_or_default();
        labels(page, self.fonts, self.layout, field.shows.key(), area, &english, field.local.as_deref())?;
        Ok(area)
    }

    fn rule(&self, page: &mut Page, field: &Field) {
        let area = field.area;
        let colour = field.colour.unwrap_or(self.layout.colours.accent);
        page.line((area.x, area.y), (area.right(), area.bottom()), colour, 0.8, &[]);
    }

    fn codes(&self) -> Option<&Codes> {
        self.sheet.and_then(|sheet| sheet.codes.as_ref())
    }

    fn symbol(&self, page: &mut Page, field: &Field) -> Result<(), PaperError> {
        let key = field.shows.key();
        let is_receipt = field.shows == Shows::ReceiptSymbol;
        let code = self
            .codes()
            .map(|codes| if is_receipt { codes.receipt.as_deref() } else { Some(&*codes.certificate) });
        let (words, text) = match code {
            Some(Some(text)) => (None, text),
            Some(None) => (Some("receipt_in_list"), ""),
            None if self.sheet.is_some() => (Some("not_validated"), ""),
            None => (Some("no_code"), ""),
        };
        let reserved = field.area.moved(page.offset.0, page.offset.1);
        let made = if words.is_none() { Some(symbol(key, text, &reserved)) } else { None };
        match made {
            Some(Ok(symbol)) => {
                let says = format!(
                    "{} code of the certificate, to be read by a scanner",
                    word(match_word(is_receipt)).english
                );
                page.things.push(Thing::Symbol { field: key.to_owned(), reserved, symbol, says });
                Ok(())
            }
            // The receipt can be had elsewhere; the certificate's own code cannot.
            Some(Err(PaperError::CodeTooLarge { .. })) if is_receipt => {
                self.instead_of_symbol(page, field, "receipt_in_list")
            }
            Some(Err(why)) => Err(why),
            None => self.instead_of_symbol(page, field, words.unwrap_or("no_code")),
        }
    }

    fn instead_of_symbol(&self, page: &mut Page, field: &Field, key: &str) -> Result<(), PaperError> {
        let said = word(key);
        let text = match self.layout.local(said) {
            Some(local) => format!("{}\n{local}", said.english),
            None => said.english.to_owned(),
        };
        let area = field.area;
        page.rectangle(area.grown(-1.0), None, Some((self.layout.colours.label.tint(50), 0.4)));
        let look = Look { align: Align::Centre, middle: true, ..small(self.layout.colours.label, 8.0) };
        page.text(self.fonts, field.shows.key(), area.grown(-3.0), &text, &look, Role::Paragraph, None)?;
        Ok(())
    }

    /// A line to sign on, the officer's name above it and the label below.
    fn signature(&self, page: &mut Page, field: &Field) -> Result<(), PaperError> {
        let area = field.area;
        let (line, plain) = (area.bottom() - LABEL - 0.6, self.layout.stock == Stock::Plain);
        let officer: Option<&Validation> = self.sheet.and_then(|sheet| sheet.validation.as_ref());
        if let Some(validation) = officer {
            let place = Area::new(area.x, line - 4.6, area.width, 4.2);
            let look = self.look(field);
            page.text(self.fonts, "signature", place, &validation.officer, &look, Role::Paragraph, None)?;
        }
        if plain {
            page.line((area.x, line), (area.right(), line), self.layout.colours.ink, 0.6, &[]);
            self.label(page, field, area.x, line + 0.8, area.width)?;
        }
        Ok(())
    }

    /// A ring for the wet seal, and its label under it.
    fn seal(&self, page: &mut Page, field: &Field) -> Result<(), PaperError> {
        if self.layout.stock == Stock::Preprinted {
            return Ok(());
        }
        let (area, colour) = (field.area, self.layout.colours.accent.tint(70));
        let radius = ((area.height - LABEL - 0.6) / 2.0).min(area.width / 2.0) - 0.2;
        let middle = (area.x + area.width / 2.0, area.y + radius + 0.2);
        page.circle(middle, radius, colour, 0.6, &[2.2, 1.6]);
        let place = Area::new(area.x, area.bottom() - LABEL + 0.2, area.width, LABEL);
        let english = field.label.clone().unwrap_or_default();
        let text = match &field.local {
            Some(local) => format!("{english} \u{b7} {local}"),
            None => english,
        };
        let look = Look { align: Align::Centre, ..small(self.layout.colours.label, LABEL_SIZE) };
        page.text(self.fonts, "seal", place, &text, &look, Role::Paragraph, None)?;
        Ok(())
    }
}

const fn match_word(is_receipt: bool) -> &'static str {
    if is_receipt { "receipt_code" } else { "certificate_code" }
}

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
    let ink = page.text(fonts, &named, area, english, &look, Role::Paragraph, None)?;
    if let Some(local) = local {
        let start = ink.right() + gap * 0.98;
        let place = Area::new(start, area.y, (area.right() - start).max(0.1), area.height);
        beside.align = if layout.right_to_left() { Align::Right } else { Align::Left };
        page.text(fonts, &named, place, local, &beside, Role::Paragraph, layout.language())?;
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

/// What one certificate says in a field.
fn certified(sheet: &CertificateSheet, layout: &Layout, shows: Shows) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    match shows {
        Shows::Number => sheet.number.to_string(),
        Shows::IssuedOn => sheet.issued_on.to_string(),
        Shows::ExpiresOn => sheet.expires_on.to_string(),
        Shows::ValidatedOn => {
            sheet.validation.as_ref().map(|validation| validation.on.to_string()).unwrap_or_default()
        }
        Shows::Authority => sheet.authority.clone(),
        Shows::Exporter => party(&sheet.exporter, layout),
        Shows::Importer => party(&sheet.importer, layout),
        Shows::Origin => match &sheet.origin {
            kp_terms::Origin::One(code) => place(code.as_str(), &sheet.origin_name),
            kp_terms::Origin::Mixed(_) => {
                format!("{} {}", sheet.origin.printed(), both(layout, "mixed_origin"))
            }
        },
        Shows::Provenance => place(sheet.provenance.participant().as_str(), &sheet.provenance_name),
        Shows::Destination => place(sheet.destination.as_str(), &sheet.destination_name),
        Shows::Parcels => sheet.parcels.to_string(),
        Shows::Containers => {
            let seal = both(layout, "seal_number");
            let line = |container: &crate::sheet::Container| {
                format!("{}: {seal} {}", container.label, container.seal)
            };
            sheet.containers.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Shows::Technical => optional(&sheet.technical_purpose),
        Shows::Quality => sheet.quality.clone(),
        Shows::Transit => optional(&sheet.transit_purpose),
        Shows::CheckCode => sheet.codes.as_ref().map_or_else(String::new, |codes| codes.check_code.clone()),
        _ => String::new(),
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

fn place(code: &str, name: &str) -> String {
    if name.trim().is_empty() { code.to_owned() } else { format!("{code} {name}") }
}

pub(crate) fn party(party: &Party, layout: &Layout) -> String {
    let mut text = format!("{}\n{}", party.name, party.address);
    if !party.licence.trim().is_empty() {
        text.push_str(&format!("\n{} {}", both(layout, "licence"), party.licence));
    }
    text
}
