//! The national layout: which field stands where, in which size and with which words, as a file that an authority
//! changes without a programmer.
//!
//! The Core Document fixes what must be on a certificate and leaves the look to each participant (CD II, Annex I). So a
//! layout may move, size, colour, label and leave out what is optional; it cannot change the title, the mandatory English
//! statement or the codes, and it is refused where a mandatory field is missing, where two fields overlap, or where
//! anything comes near a code.

mod check;
mod field;
mod read;
mod words;

pub(crate) use field::{Field, FontName, Frame, Shows};
pub use read::{LayoutError, LayoutProblem};
pub(crate) use words::{Word, word};

use crate::{area::Area, colour::Colour};

/// How a participant's certificate looks.
#[derive(Debug, Clone)]
pub struct Layout {
    pub(crate) name: String,
    pub(crate) language: Option<String>,
    pub(crate) page: (f32, f32),
    pub(crate) stock: Stock,
    pub(crate) offset: (f32, f32),
    pub(crate) colours: Colours,
    pub(crate) ground: Ground,
    pub(crate) fields: Vec<Field>,
    pub(crate) words: std::collections::BTreeMap<String, String>,
}

/// What is in the tray of the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stock {
    /// Plain paper: everything is printed.
    #[default]
    Plain,
    /// Security paper with title, statement, labels and ground on it: only what varies is printed.
    Preprinted,
}

/// The four colours of a sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colours {
    pub(crate) ink: Colour,
    pub(crate) accent: Colour,
    pub(crate) label: Colour,
    pub(crate) text: Colour,
    pub(crate) mark: Colour,
}

/// What is drawn under the texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    pub(crate) border: Border,
    pub(crate) margin: f32,
    pub(crate) band: f32,
    /// Middle and radius.
    pub(crate) rosette: Option<(f32, f32, f32)>,
}

/// The border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Border {
    #[default]
    Guilloche,
    Lines,
    None,
}

impl Layout {
    /// The layout that comes with the program: A4 upright, English only.
    ///
    /// # Panics
    /// Never: a test reads the file that is compiled in.
    #[must_use]
    pub fn built_in() -> Self {
        Self::read(include_str!("../layouts/default.toml")).expect("because a test reads this file")
    }

    /// What the layout calls itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The issuer's language beside English, as in `fr`.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Width and height of the page in millimetres.
    #[must_use]
    pub fn page(&self) -> (f32, f32) {
        self.page
    }

    /// The places reserved for codes, in millimetres on the printed page (with the offset for stock).
    #[must_use]
    pub fn reserved(&self) -> Vec<Area> {
        self.fields
            .iter()
            .filter(|field| field.shows.is_symbol())
            .map(|field| field.area.moved(self.offset.0, self.offset.1))
            .collect()
    }

    /// The same words and colours for a sheet that is not printed on the certificates' stock.
    pub(crate) fn for_plain_paper(&self) -> Self {
        Self { stock: Stock::Plain, offset: (0.0, 0.0), ..self.clone() }
    }

    pub(crate) fn field(&self, shows: Shows) -> Option<&Field> {
        self.fields.iter().find(|field| field.shows == shows)
    }

    /// The issuer's own word for one of ours.
    pub(crate) fn local(&self, word: Word) -> Option<&str> {
        self.words.get(word.key).map(String::as_str)
    }

    /// Whether the issuer's language runs from right to left.
    pub(crate) fn right_to_left(&self) -> bool {
        self.language.as_deref().is_some_and(|language| {
            let first = language.split('-').next().unwrap_or_default();
            matches!(first, "ar" | "fa" | "he" | "ur" | "ps" | "ckb")
        })
    }
}
