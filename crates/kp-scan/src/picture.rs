//! A grey picture into code texts: looked at in several ways until both symbols of a certificate are read.

use crate::grey::Grey;
use crate::symbol::{self, Symbol};
use crate::{Code, FileKind, Place, Scan, Unread};

/// Most pixels that are kept of a picture (an A4 sheet at 400 dpi); larger ones are made smaller while they are read.
pub(crate) const MOST_KEPT: usize = 16_000_000;
/// Above this a picture is looked at in half its size first: it is faster, and noise is halved too.
const LARGE: usize = 5_000_000;
/// Below this a module may be a single pixel.
const TINY: usize = 90_000;

pub(crate) fn scan(kind: FileKind, picture: &Grey) -> Scan {
    let (codes, unread) = on_page(read(picture), 1);
    Scan { kind, pages: 1, codes, unread, left_out: Vec::new() }
}

/// Symbols of one page as codes and as what could not be read, in reading order.
pub(crate) fn on_page(mut symbols: Vec<Symbol>, page: usize) -> (Vec<Code>, Vec<Unread>) {
    in_reading_order(&mut symbols);
    let mut codes: Vec<Code> = Vec::new();
    let mut unread = Vec::new();
    for symbol in symbols {
        let place = place(&symbol);
        match symbol.text {
            Some(text) if codes.iter().any(|code| code.text == text) => {}
            Some(text) => codes.push(Code { text, page, place: Some(place) }),
            None => unread.push(Unread { page, place }),
        }
    }
    (codes, unread)
}

/// As they stand on the paper, however it was held: the first symbol that was read says where its upper edge is.
///
/// Rows are a tenth of the page's width: of two side by side the left one comes first, even if it stands a little lower.
fn in_reading_order(symbols: &mut [Symbol]) {
    let read = symbols.iter().find(|symbol| symbol.text.is_some()).or(symbols.first());
    let ((x, y), first) = read.map_or(((1.0, 0.0), (0.0, 0.0)), |symbol| (symbol.along, symbol.middle));
    let place = |symbol: &Symbol| {
        let (u, v) = (symbol.middle.0 - first.0, symbol.middle.1 - first.1);
        (((v * x - u * y) * 10.0).round() as i32, ((u * x + v * y) * 10_000.0) as i32)
    };
    symbols.sort_by_key(place);
}

fn place(symbol: &Symbol) -> Place {
    let thousandths = |part: f32| (part * 1000.0).round().clamp(0.0, 1000.0) as u16;
    Place {
        left: thousandths(symbol.left),
        top: thousandths(symbol.top),
        right: thousandths(symbol.right),
        bottom: thousandths(symbol.bottom),
    }
}

/// Symbols of a picture. Each further look is taken only while something is missing.
pub(crate) fn read(picture: &Grey) -> Vec<Symbol> {
    let mut found = Vec::new();
    for look in looks(picture) {
        for symbol in symbol::look(&look.made(picture)) {
            add(&mut found, symbol);
        }
        if complete(&found) {
            break;
        }
    }
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    AsIs,
    Half,
    Quarter,
    Enlarged,
    Inverted,
}

impl Look {
    fn made(self, picture: &Grey) -> std::borrow::Cow<'_, Grey> {
        use std::borrow::Cow::{Borrowed, Owned};
        match self {
            Self::AsIs => Borrowed(picture),
            Self::Half => Owned(picture.halved()),
            Self::Quarter => Owned(picture.halved().halved()),
            Self::Enlarged => Owned(picture.enlarged(4)),
            Self::Inverted if picture.pixels.len() > LARGE => Owned(picture.halved().inverted()),
            Self::Inverted => Owned(picture.clone().inverted()),
        }
    }
}

/// In which order a picture is looked at.
fn looks(picture: &Grey) -> Vec<Look> {
    match picture.pixels.len() {
        0..TINY => vec![Look::AsIs, Look::Enlarged, Look::Inverted],
        TINY..LARGE => vec![Look::AsIs, Look::Half, Look::Inverted],
        _ => vec![Look::Half, Look::AsIs, Look::Quarter, Look::Inverted],
    }
}

/// Whether a certificate and its receipt were read and nothing unread is left.
fn complete(found: &[Symbol]) -> bool {
    let has = |prefix| {
        found.iter().filter_map(|symbol| symbol.text.as_deref()).any(|text| text.starts_with(prefix))
    };
    has("KPC1:") && has("KPR1:") && found.iter().all(|symbol| symbol.text.is_some())
}

/// A reading takes the place of a failure at the same place, never the other way round.
fn add(found: &mut Vec<Symbol>, symbol: Symbol) {
    match found.iter_mut().find(|other| other.overlaps(&symbol)) {
        None => found.push(symbol),
        Some(other) if other.text.is_none() && symbol.text.is_some() => {
            *other = symbol;
        }
        Some(_) => {}
    }
    // A failure that was taken for larger than it is may cover several readings.
    let read: Vec<Symbol> = found.iter().filter(|symbol| symbol.text.is_some()).cloned().collect();
    found.retain(|symbol| symbol.text.is_some() || !read.iter().any(|other| other.overlaps(symbol)));
}
